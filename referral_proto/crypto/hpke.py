"""HPKE, base mode, one suite: X-Wing (0x647a), HKDF-SHA256, ChaCha20-Poly1305. Wraps bytes to an opening key.

pyca's single-shot HPKE takes no associated data, so all that is to be bound goes into `info`. What comes out is
`enc(1120) ‖ ciphertext`, 1,136 bytes more than the plaintext. Whatever fails on opening is one error,
`open.refused`: which step failed would tell an attacker which guess was right (RFC 9180 §6.1; draft-ietf-hpke-pq).
"""

from __future__ import annotations

from struct import Struct
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from referral_proto.crypto import labels
from referral_proto.crypto.opening import OpeningKey, OpeningPublicKey
from referral_proto.errors import PeerError

__all__ = ["OVERHEAD", "ring_info", "unwrap", "wrap"]

OVERHEAD: Final = 1120 + 16
_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_u32: Final = Struct(">I").pack
_RING: Final = labels.RING.prefix


def ring_info(core_digest: bytes, recipient: int) -> bytes:
    """HPKE info of a ring: `lp(ring) ‖ core digest(32) ‖ u32 recipient index`."""
    return _RING + core_digest + _u32(recipient)


def wrap(public: OpeningPublicKey, plaintext: bytes, info: bytes) -> bytes:
    """Encrypt to `public`: `len(plaintext) + OVERHEAD` bytes, fresh randomness at each call."""
    return _SUITE.encrypt(plaintext, public.loaded, info)


def unwrap(secret: OpeningKey, ciphertext: bytes, info: bytes) -> bytes:
    """The plaintext, or PeerError `open.refused` for every cause."""
    try:
        return _SUITE.decrypt(ciphertext, secret.loaded, info)
    except InvalidTag:
        raise PeerError("open.refused") from None
