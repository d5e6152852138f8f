"""Keys at rest: section keys under a case key, case keys under the desk's key-encryption key. No database, no file.

    wrapped case key     = nonce(12) ‖ ChaCha20-Poly1305(kek, case key(32), aad = label ‖ thread(16))
    wrapped section keys = nonce(12) ‖ ChaCha20-Poly1305(case key, kept, aad = label ‖ leaf(32))
    kept                 = u8 count ‖ count × { u8 body index ‖ key(32) } ‖ { u32 section type that was quarantined }

Whoever holds the database without the key-encryption key holds sealed envelopes. Whoever destroys a case key closes the
case in the database, its WAL and every old backup. The associated data keep a thief with write access from moving keys
between cases or envelopes.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from struct import Struct
from typing import Final, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from referral_proto import CallerError, WorldError
from referral_proto.ids import Leaf, ThreadId

__all__ = ["KEY_SIZE", "CaseKey", "Kept", "KeyCabinet"]

KEY_SIZE: Final = 32
_NONCE_SIZE: Final = 12
_ENTRY_SIZE: Final = 1 + KEY_SIZE
_u32: Final = Struct(">I")
_CASE_LABEL: Final = b"referral-node/v1/case-key"
_SECTIONS_LABEL: Final = b"referral-node/v1/section-keys"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the desk keeps of an opened message: body index → key of 32 bytes, and the types it would not open."""

    section_keys: Mapping[int, bytes] = field(repr=False)
    quarantined: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class CaseKey:
    """The key of one case: wraps and unwraps what is kept of its messages. Shows nothing, is never pickled."""

    _cipher: ChaCha20Poly1305 = field(repr=False)

    def wrap(self, leaf: Leaf, kept: Kept) -> bytes:
        """At most 255 keys, body indexes 0 to 255."""
        entries = b"".join(bytes((index,)) + key for index, key in sorted(kept.section_keys.items()))
        types = b"".join(_u32.pack(number) for number in kept.quarantined)
        return _seal(self._cipher, bytes((len(kept.section_keys),)) + entries + types, _SECTIONS_LABEL + leaf)

    def unwrap(self, leaf: Leaf, wrapped: bytes) -> Kept:
        """What `wrap` was given for this leaf. WorldError desk.key-damaged."""
        plain = _unseal(self._cipher, wrapped, _SECTIONS_LABEL + leaf)
        end = 1 + plain[0] * _ENTRY_SIZE
        keys = {plain[at]: plain[at + 1 : at + _ENTRY_SIZE] for at in range(1, end, _ENTRY_SIZE)}
        return Kept(keys, tuple(number for (number,) in _u32.iter_unpack(plain[end:])))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a case key is neither pickled nor copied")


class KeyCabinet:
    """Makes and opens case keys with the key-encryption key, 32 bytes, which it alone holds."""

    __slots__ = ("_cipher",)

    def __init__(self, kek: bytes) -> None:
        if len(kek) != KEY_SIZE:
            raise CallerError("desk.kek")
        self._cipher = ChaCha20Poly1305(kek)

    def new_case(self, thread: ThreadId) -> bytes:
        """A new random case key, wrapped; open it with `case`."""
        return _seal(self._cipher, secrets.token_bytes(KEY_SIZE), _CASE_LABEL + thread)

    def case(self, thread: ThreadId, wrapped: bytes) -> CaseKey:
        """WorldError desk.key-damaged: the database was damaged, or belongs to another key-encryption key."""
        return CaseKey(ChaCha20Poly1305(_unseal(self._cipher, wrapped, _CASE_LABEL + thread)))

    def __repr__(self) -> str:
        return "KeyCabinet()"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key-encryption key is neither pickled nor copied")


def _seal(cipher: ChaCha20Poly1305, plaintext: bytes, data: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_SIZE)
    return nonce + cipher.encrypt(nonce, plaintext, data)


def _unseal(cipher: ChaCha20Poly1305, wrapped: bytes, data: bytes) -> bytes:
    try:
        return cipher.decrypt(wrapped[:_NONCE_SIZE], wrapped[_NONCE_SIZE:], data)
    except (InvalidTag, ValueError):
        raise WorldError("desk.key-damaged") from None
