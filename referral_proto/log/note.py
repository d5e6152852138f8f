"""Signed notes (C2SP signed-note): the text format, key identifiers and verifier keys. Knows no log.

    <text, ending in LF> LF
    — <key name> <base64(key id(4) ‖ signature)> LF                                            one line a signature

A note whose form is not exact is refused whole. A signature by a key that is not asked for is ignored, also if it
shares the name or the id with one that is; one by a key that is asked for is verified, and refuses the note if it is
bad. What a signature of each type covers is said elsewhere, for types 04 and 06 in `cosignature.py`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from binascii import Error as Base64Error
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from hashlib import sha256
from typing import Final, NamedTuple, Self, TypeVar

from referral_proto.crypto.logkeys import Algorithm, NoteKey
from referral_proto.errors import CallerError, PeerError

__all__ = [
    "MAX_LINES",
    "MAX_NOTE",
    "Note",
    "SignatureLine",
    "SignatureType",
    "VerifierKey",
    "canonical_base64",
    "parse_lines",
    "parse_note",
    "render_lines",
    "render_note",
    "verified",
    "verify_text",
]

MAX_NOTE: Final = 256 * 1024
"""Bytes of a note."""
MAX_LINES: Final = 64
"""Signatures on a note; C2SP wants 16 at least to be accepted."""
_KEY_ID_SIZE: Final = 4
_DASH: Final = "\N{EM DASH} "
_CONTROLS: Final = bytes(one for one in range(0x20) if one != 0x0A)
_NAME: Final = re.compile(r"[^\s+\x00-\x1f\ud800-\udfff]+")

T = TypeVar("T")


class SignatureType(IntEnum):
    """The byte that stands before the public key in a verifier key and in the hash of the key id."""

    ED25519 = 0x01
    ED25519_COSIGNATURE = 0x04
    MLDSA44_COSIGNATURE = 0x06

    @property
    def algorithm(self) -> Algorithm:
        return Algorithm.MLDSA44 if self is SignatureType.MLDSA44_COSIGNATURE else Algorithm.ED25519


class SignatureLine(NamedTuple):
    """One signature: key name, 4 bytes of key id, and what the key made."""

    name: str
    key_id: bytes
    signature: bytes


class Note(NamedTuple):
    """`text` ends in a line feed and does not include the empty line after it."""

    text: bytes
    lines: tuple[SignatureLine, ...]


@dataclass(frozen=True)
class VerifierKey:
    """A public key under a name and for one type of signature. Raises CallerError note.key for a name that cannot be.

    Two types under one name have two ids, even with the same public key.
    """

    name: str
    type: SignatureType
    key: NoteKey = field(repr=False)

    def __post_init__(self) -> None:
        if _NAME.fullmatch(self.name) is None or self.key.algorithm is not self.type.algorithm:
            raise CallerError("note.key")

    @cached_property
    def key_id(self) -> bytes:
        """`SHA-256(name ‖ LF ‖ type ‖ public key)[:4]`."""
        return sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.key.data).digest()[:_KEY_ID_SIZE]

    def text(self) -> str:
        """`name+key id in hex+base64(type ‖ public key)`: a vkey."""
        return f"{self.name}+{self.key_id.hex()}+{b64encode(bytes([self.type]) + self.key.data).decode()}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a vkey. CallerError note.key; PeerError key.weak, key.malformed for a key that nobody should use."""
        parts = text.split("+", 2)
        data = canonical_base64(parts[-1])
        if len(parts) != 3 or not data or data[0] not in set(SignatureType):
            raise CallerError("note.key")
        kind = SignatureType(data[0])
        found = cls(parts[0], kind, NoteKey(kind.algorithm, data[1:]))
        if found.key_id.hex() != parts[1]:
            raise CallerError("note.key")
        return found


def parse_note(data: bytes) -> Note:
    """Take a note apart. PeerError note.malformed, note.too-large."""
    if len(data) > MAX_NOTE:
        raise PeerError("note.too-large")
    text, gap, rest = data.rpartition(b"\n\n")
    if not gap:
        raise PeerError("note.malformed", "empty line")
    _plain(text)
    lines = parse_lines(rest)
    if not lines:
        raise PeerError("note.malformed", "signatures")
    return Note(text + b"\n", lines)


def parse_lines(data: bytes) -> tuple[SignatureLine, ...]:
    """Signature lines alone, as a witness answers with them. PeerError note.malformed, note.too-large."""
    if len(data) > MAX_NOTE or data.count(b"\n") > MAX_LINES:
        raise PeerError("note.too-large")
    if data and not data.endswith(b"\n"):
        raise PeerError("note.malformed", "signatures")
    return tuple(_parse_line(line) for line in _plain(data).split("\n")[:-1])


def render_lines(lines: Iterable[SignatureLine]) -> bytes:
    """Signature lines as they stand in a note."""
    return "".join(
        f"{_DASH}{line.name} {b64encode(line.key_id + line.signature).decode()}\n" for line in lines
    ).encode()


def render_note(text: bytes, lines: Sequence[SignatureLine]) -> bytes:
    """The note of a text, which ends in a line feed, and at least one signature."""
    assert text.endswith(b"\n") and lines
    return text + b"\n" + render_lines(lines)


def verified(
    note: Note, keys: Iterable[VerifierKey], check: Callable[[VerifierKey, SignatureLine], T]
) -> list[tuple[VerifierKey, T]]:
    """Every signature on the note by one of `keys`, in the order of the note, with what `check` says of it.

    `check` raises PeerError signature.invalid for a bad one, which refuses the note: PeerError note.signature.
    PeerError note.unsigned: none of the keys signed. CallerError note.key: two keys share name and id.
    """
    known: Mapping[tuple[str, bytes], VerifierKey] = _by_identity(keys)
    found: list[tuple[VerifierKey, T]] = []
    for line in note.lines:
        key = known.get((line.name, line.key_id))
        if key is None:
            continue
        try:
            found.append((key, check(key, line)))
        except PeerError as error:
            raise PeerError("note.signature" if error.code == "signature.invalid" else error.code, key.name) from None
    if not found:
        raise PeerError("note.unsigned")
    return found


def verify_text(note: Note, keys: Iterable[VerifierKey]) -> tuple[VerifierKey, ...]:
    """The keys, all of type 01, that signed the note's text. Raises as `verified`."""

    def check(key: VerifierKey, line: SignatureLine) -> None:
        if key.type is not SignatureType.ED25519:
            raise CallerError("note.key")
        key.key.verify(note.text, line.signature)

    return tuple(key for key, _ in verified(note, keys, check))


def canonical_base64(text: str) -> bytes | None:
    """Standard base64 with padding (RFC 4648 §4) in its only spelling, or None."""
    try:
        data = a2b_base64(text)
    except (Base64Error, ValueError):
        return None
    # The decoder passes over strange characters, and lets the last character's unused bits pass.
    return data if b2a_base64(data, newline=False).decode() == text else None


def _by_identity(keys: Iterable[VerifierKey]) -> dict[tuple[str, bytes], VerifierKey]:
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if known.setdefault((key.name, key.key_id), key) != key:
            raise CallerError("note.key")
    return known


def _parse_line(line: str) -> SignatureLine:
    name, gap, encoded = line.removeprefix(_DASH).partition(" ")
    data = canonical_base64(encoded)
    if (
        not line.startswith(_DASH)
        or not gap
        or _NAME.fullmatch(name) is None
        or data is None
        or len(data) <= _KEY_ID_SIZE
    ):
        raise PeerError("note.malformed", "signatures")
    return SignatureLine(name, data[:_KEY_ID_SIZE], data[_KEY_ID_SIZE:])


def _plain(data: bytes) -> str:
    """UTF-8 without control characters but line feeds."""
    if len(data.translate(None, _CONTROLS)) == len(data):
        try:
            return data.decode()
        except UnicodeDecodeError:
            pass
    raise PeerError("note.malformed", "characters")
