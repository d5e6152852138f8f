"""Planted words: what a referral says that tells who the person is, and every form in which it could lie on a disk.

Pure: a referral in, words and byte forms out. The words are found by the type of the field they stand in, never by a
list of names, so that another example is searched for as well as the one that is shipped.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from unicodedata import normalize
from urllib.parse import quote

from referral_proto import Referral
from referral_proto.model.contacts import SafeContact
from referral_proto.model.documents import Document
from referral_proto.model.health import Medication
from referral_proto.model.identity import Identity, Parent
from referral_proto.model.names import NamePart
from referral_proto.model.note import Note
from referral_proto.model.places import Place

__all__ = ["SHORTEST", "Word", "forms", "planted"]

SHORTEST: Final = 5
"""Bytes: shorter runs stand in random bytes by chance and would prove nothing."""
_LONGEST: Final = 120
_TELLING: Final[Mapping[tuple[type, str], str]] = {
    (NamePart, "text"): "name",
    (Identity, "birth_date"): "birth date",
    (Parent, "birth_date"): "birth date",
    (Document, "number"): "document number",
    (SafeContact, "value"): "contact",
    (Medication, "name"): "medicine",
    (Note, "text"): "note",
    (Place, "code"): "village code",
}
"""(model, field) → what it is."""


@dataclass(frozen=True, slots=True)
class Word:
    """Something that tells who the person is, in every way it may be written; the first is as it stands in the
    referral. `section`: where it stands; `what`: what it is.
    """

    section: str
    what: str
    spellings: tuple[str, ...] = field(repr=False)


def planted(referral: Referral) -> tuple[Word, ...]:
    """Every telling text of the referral that is long enough to be looked for, once."""
    found: dict[tuple[str, str, str], Word] = {}
    for kind, section in referral.sections():
        for what, text in _walk(section):
            spellings = tuple(one for one in _spellings(what, text) if len(one.encode()) >= SHORTEST)
            if spellings and spellings[0] == text[:_LONGEST]:
                found.setdefault((kind.name, what, text), Word(kind.name, what, spellings))
    names = [word.spellings[0] for word in found.values() if word.what == "name"]
    return tuple(_without_names(word, names) for word in found.values())


def _walk(noun: Any) -> Iterator[tuple[str, str]]:
    for name in type(noun).model_fields:
        value = getattr(noun, name)
        what = _TELLING.get((type(noun), name))
        if what is not None and isinstance(value, str):
            yield what, value
        for one in value if isinstance(value, tuple) else (value,):
            if hasattr(type(one), "model_fields"):
                yield from _walk(one)


def _spellings(what: str, text: str) -> Iterator[str]:
    yield text[:_LONGEST]
    if what == "note":
        # A long text may be cut anywhere: its runs without a space are looked for too.
        yield from (run[:_LONGEST] for run in text.split() if len(run) >= 8)
    if what == "birth date" and len(text) == 10:
        year, month, day = text.split("-")
        # Thai officers count years of the Buddhist era.
        for y in (year, str(int(year) + 543)):
            yield from (f"{day}/{month}/{y}", f"{day}.{month}.{y}", f"{y}{month}{day}")


def _without_names(word: Word, names: list[str]) -> Word:
    """A note says more than a name; where it says only the name, that is the name's own word."""
    if word.what != "note":
        return word
    return Word(word.section, word.what, tuple(one for one in word.spellings if not any(one in n for n in names)))


def forms(text: str) -> frozenset[bytes]:
    """The text in every encoding in which a program could leave it, in lower case as far as ASCII goes.

    UTF-8 and UTF-16, composed and decomposed, escaped as JSON and in addresses, as hexadecimal and base64.
    """
    found: set[bytes] = set()
    for spelt in {text, normalize("NFC", text), normalize("NFD", text)}:
        plain = spelt.encode()
        found |= {plain, spelt.encode("utf-16-le"), spelt.encode("utf-16-be")}
        found |= {json.dumps(spelt)[1:-1].encode(), quote(spelt, safe="").encode(), plain.hex().encode()}
        found |= {_base64(plain, shift) for shift in range(3)}
    return frozenset(one.lower() for one in found if len(one) >= SHORTEST)


def _base64(plain: bytes, shift: int) -> bytes:
    """What does not depend on the neighbours, when the text begins `shift` bytes after a group of three."""
    encoded = b64encode(bytes(shift) + plain)
    start = 0 if shift == 0 else 4
    whole = (shift + len(plain)) // 3 * 4
    return encoded[start:whole]
