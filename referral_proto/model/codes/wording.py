"""What a caseworker reads in place of a name: labels of codes, sections, fields, absences and errors, by language.

The words are data, one file per language under `labels/`; none stands here, and no rule depends on one. A file is read
when its language is first asked for. How a label is made and corrected: docs/translations.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from referral_proto.errors import explain
from referral_proto.model.codes.code import Code

__all__ = ["LANGUAGES", "label", "labels"]

LANGUAGES: Final = ("en", "th", "km")
"""BCP 47. English first: it stands in wherever another language lacks a label."""

# A section type and a reason of absence have one wording, under the name by which screens ask for it.
_LISTS: Final = {"SectionType": "section", "AbsenceReason": "absence"}
_FOREIGN_CODE: Final = "UNRECOGNISED_"
# Every section and noun has these two fields from its base class.
_INHERITED: Final = {"absent": "field.Section.absent", "unrecognised": "field.Part.unrecognised"}


def label(key: str | Code, language: str) -> str:
    """The label of a code, or of a key such as `field.Identity.birth_date`, `section.IDENTITY`, `absence.REFUSED`,
    `error.admit.expired.what`, `Purpose.SHELTER`.

    `language` is a BCP 47 tag, of which the first part counts (`th-TH`). What that language lacks is said in English;
    what English lacks, such as a code of a newer partner that is not recognised, by its number or its name. Never an
    error: a screen must show what came.
    """
    name = f"{type(key).__name__}.{key.name}" if isinstance(key, Code) else key
    head, _, tail = name.partition(".")
    found = _find(f"{_LISTS.get(head, head)}.{tail}", language)
    if found is not None:
        return found
    last = name.rpartition(".")[2]
    if last.startswith(_FOREIGN_CODE):
        return f"{_find('code.unrecognised', language)} {last.removeprefix(_FOREIGN_CODE)}"
    if head == "field" and last.startswith("#"):
        return f"{_find('field.unrecognised', language)} {last[1:]}"
    if head == "field" and last in _INHERITED:
        return _find(_INHERITED[last], language) or last
    if head == "error" and last in ("what", "do"):
        said = explain(tail.rpartition(".")[0])
        return said.what if last == "what" else said.do
    return last


def labels(language: str) -> Mapping[str, str]:
    """Every label of one of `LANGUAGES` by its key, without the English that stands in; a KeyError for another one."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return _read(language)


def _find(key: str, language: str) -> str | None:
    own = language.partition("-")[0].lower()
    for tried in (own, LANGUAGES[0]):
        found = _read(tried).get(key) if tried in LANGUAGES else None
        if found is not None:
            return found
    return None


@cache
def _read(language: str) -> Mapping[str, str]:
    """`language` is one of `LANGUAGES`: it becomes part of a file's name."""
    text = files("referral_proto.model.codes").joinpath("labels", f"{language}.json").read_text(encoding="utf-8")
    words: dict[str, str] = json.loads(text)
    return MappingProxyType(words)
