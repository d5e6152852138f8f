"""Keys at rest: section keys under a case key, case keys under the desk's key-encryption key. No database, no file.

    wrapped case key     = nonce(12) ‖ ChaCha20-Poly1305(kek, case key(32), aad = label ‖ thread(16) ‖ participants)
    wrapped section keys = nonce(12) ‖ ChaCha20-Poly1305(case key, entries, aad = label ‖ leaf(32))
    entries              = { u8 body index ‖ key(32) }

Whoever holds the database without the key-encryption key holds sealed envelopes. Whoever destroys a case key closes the
case in the database, its WAL and every old backup. The associated data keep a thief with write access from moving keys
between cases or envelopes.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from referral_proto import AgencyId, CallerError, WorldError
from referral_proto.ids import Leaf, ThreadId

__all__ = ["KEY_SIZE", "CaseKey", "KeyCabinet"]

KEY_SIZE: Final = 32
_NONCE_SIZE: Final = 12
_ENTRY_SIZE: Final = 1 + KEY_SIZE
_CASE_LABEL: Final = b"referral-node/v1/case-key"
_SECTIONS_LABEL: Final = b"referral-node/v1/section-keys"


@dataclass(frozen=True, slots=True, eq=False)
class CaseKey:
    """The key of one case: wraps and unwraps the section keys of its messages. Shows nothing, is never pickled."""

    _cipher: ChaCha20Poly1305 = field(repr=False)

    def wrap(self, leaf: Leaf, section_keys: Mapping[int, bytes]) -> bytes:
        """`section_keys`: body index (0 to 255) → 32 bytes."""
        entries = b"".join(bytes((index,)) + key for index, key in sorted(section_keys.items()))
        return _seal(self._cipher, entries, _SECTIONS_LABEL + leaf)

    def unwrap(self, leaf: Leaf, wrapped: bytes) -> dict[int, bytes]:
        """What `wrap` was given for this leaf. WorldError desk.key-damaged."""
        entries = _unseal(self._cipher, wrapped, _SECTIONS_LABEL + leaf)
        return {
            entries[at]: entries[at + 1 : at + _ENTRY_SIZE]
            for at in range(0, len(entries) - _ENTRY_SIZE + 1, _ENTRY_SIZE)
        }

    def __reduce__(self) -> NoReturn:
        raise TypeError("a case key is neither pickled nor copied")


class KeyCabinet:
    """Makes and opens case keys with the key-encryption key, 32 bytes, which it alone holds."""

    __slots__ = ("_cipher",)

    def __init__(self, kek: bytes) -> None:
        if len(kek) != KEY_SIZE:
            raise CallerError("desk.kek")
        self._cipher = ChaCha20Poly1305(kek)

    def new_case(self, thread: ThreadId, participants: tuple[AgencyId, ...]) -> bytes:
        """A new random case key, wrapped; open it with `case`."""
        return _seal(self._cipher, secrets.token_bytes(KEY_SIZE), _case_data(thread, participants))

    def case(self, thread: ThreadId, participants: tuple[AgencyId, ...], wrapped: bytes) -> CaseKey:
        """WorldError desk.key-damaged: the database was damaged, or belongs to another key-encryption key."""
        return CaseKey(ChaCha20Poly1305(_unseal(self._cipher, wrapped, _case_data(thread, participants))))

    def __repr__(self) -> str:
        return "KeyCabinet()"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key-encryption key is neither pickled nor copied")


def _case_data(thread: ThreadId, participants: tuple[AgencyId, ...]) -> bytes:
    return _CASE_LABEL + thread + ",".join(participants).encode("ascii")


def _seal(cipher: ChaCha20Poly1305, plaintext: bytes, data: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_SIZE)
    return nonce + cipher.encrypt(nonce, plaintext, data)


def _unseal(cipher: ChaCha20Poly1305, wrapped: bytes, data: bytes) -> bytes:
    try:
        return cipher.decrypt(wrapped[:_NONCE_SIZE], wrapped[_NONCE_SIZE:], data)
    except (InvalidTag, ValueError):
        raise WorldError("desk.key-damaged") from None
