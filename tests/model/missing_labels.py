"""What lacks a label, or has one too many: `python -m tests.model.missing_labels` prints it, line by line.

The keys come from the models, the code lists and the error catalogue themselves; nothing is listed here by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules

import referral_proto.model.codes as lists
from referral_proto import errors as catalogue
from referral_proto import model
from referral_proto.errors import Explanation
from referral_proto.model.base import Noun
from referral_proto.model.codes.code import Code
from referral_proto.model.codes.exchange import AbsenceReason, SectionType
from referral_proto.model.codes.wording import LANGUAGES, labels

INHERITED = ("absent", "unrecognised")


def code_lists() -> list[type[Code]]:
    """Every code list whose members are labelled under its own name."""
    found = (getattr(lists, name) for name in lists.__all__)
    return [one for one in found if one not in (Code, AbsenceReason, SectionType)]


def nouns() -> list[type[Noun]]:
    """Every noun of the model, in the order of its module."""
    modules = [import_module(f"{model.__name__}.{one.name}") for one in iter_modules(model.__path__) if not one.ispkg]
    return [
        thing
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Noun) and thing.__module__ == module.__name__
    ]


def field_keys(noun: type[Noun]) -> list[str]:
    """The keys of the noun's fields; those that it inherits are labelled once, at the base class."""
    own = [name for name in noun.model_fields if name not in INHERITED or name in noun.__annotations__]
    return [f"field.{noun.__name__}.{name}" for name in own]


def errors() -> dict[str, Explanation]:
    """The library's error codes, of every area. Those that a node declares for its operators are not labelled here."""
    modules = [import_module(f"{catalogue.__name__}.{one.name}") for one in iter_modules(catalogue.__path__)]
    named = [pair for module in modules for pair in vars(module).items()]
    tables = [table for name, table in named if name.isupper() and name != "CATALOGUE"]
    return {code: said for table in tables if isinstance(table, Mapping) for code, said in table.items()}


def expected() -> Iterator[str]:
    """Every key that must have a label, in the order of the files."""
    yield from (f"absence.{reason.name}" for reason in AbsenceReason)
    yield from (f"section.{kind.name}" for kind in SectionType)
    yield from ("code.unrecognised", "field.unrecognised")
    yield from (f"{one.__name__}.{member.name}" for one in code_lists() for member in one)
    yield from (key for noun in nouns() for key in field_keys(noun))
    yield from (f"error.{code}.{part}" for code in errors() for part in ("what", "do"))


def gaps(language: str) -> list[str]:
    """Missing and needless keys of a language, each with what it is."""
    wanted, there = list(expected()), labels(language)
    missing = [f"{language}.json lacks {key}" for key in wanted if not there.get(key, "").strip()]
    return missing + [f"{language}.json has {key}, which nothing uses" for key in sorted(set(there) - set(wanted))]


def said() -> dict[str, str]:
    """What the catalogue says in English, by key."""
    return {
        f"error.{code}.{part}": text
        for code, one in errors().items()
        for part, text in (("what", one.what), ("do", one.do))
    }


def reworded() -> list[str]:
    """Errors whose English was changed since it was translated."""
    there = labels("en")
    return [
        f"{key} now says {text!r}: correct en.json, then see whether th.json and km.json still say the same"
        for key, text in said().items()
        if there.get(key, text) != text
    ]


def work() -> Iterator[str]:
    """What a translator has to do, one line for each key; for a new error also its English."""
    english = said()
    for key in expected():
        without = [language for language in LANGUAGES if not labels(language).get(key, "").strip()]
        if without:
            yield f"{key}: missing in {', '.join(without)}" + (f": {english[key]}" if key in english else "")
    yield from (line for language in LANGUAGES for line in gaps(language) if line.endswith("which nothing uses"))
    yield from reworded()


if __name__ == "__main__":
    found = list(work())
    sys.stdout.writelines(f"{line}\n" for line in found)
    sys.exit(bool(found))
