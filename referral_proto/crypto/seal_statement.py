"""The bytes a seal signs. Builds them; signs and verifies nothing.

    lp(seal) ‖ u32 suite ‖ u8 depth ‖ keyset id(32) ‖ root(32)

The suite stands inside, so that no message can be moved to another suite; so does the depth, so that a node cannot be
passed off as a leaf of a shallower tree; so does the keyset, so that a signature names who could have made it.
"""

from __future__ import annotations

from struct import Struct
from typing import Final

from referral_proto.crypto.labels import SEAL

__all__ = ["SUITE_1", "statement"]

SUITE_1: Final = 1
"""HPKE 0x647a / HKDF-SHA256 / ChaCha20-Poly1305; Ed25519 and ML-DSA-65; SHA-256. There is no other."""
_PREFIX: Final = SEAL.prefix
_suite_and_depth: Final = Struct(">IB").pack


def statement(suite: int, depth: int, keyset_id: bytes, root: bytes) -> bytes:
    """What the seal of a batch signs, under the label `seal`; `depth` is the length of every path in the batch."""
    return _PREFIX + _suite_and_depth(suite, depth) + keyset_id + root
