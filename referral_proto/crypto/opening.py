"""Opening keys: the X-Wing key pairs that rings are sealed to. Bytes, identifiers and loaded keys; no encryption.

A secret opening key is X-Wing's seed of 32 bytes. `SHAKE-256(seed, 96)` gives ML-KEM-768's seed (64 bytes) and
X25519's scalar (32 bytes); the public key is ML-KEM's 1,184 bytes followed by X25519's 32 (HPKE KEM 0x647a,
draft-connolly-cfrg-xwing-kem). A public key object that exists is not weak: construction refuses (see `weak.py`).

Secret opening keys show no key bytes in repr and refuse to be pickled or copied.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import shake_256
from typing import Final, NoReturn, Self

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

from referral_proto.crypto import labels, random
from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.keyset import peer_agency
from referral_proto.crypto.weak import MLKEM768_SIZE, refuse_weak_xwing
from referral_proto.errors import CallerError
from referral_proto.ids import AgencyId, OpeningKeyId, short

__all__ = ["SEED_SIZE", "OpeningKey", "OpeningPublicKey", "opening_key_id"]

SEED_SIZE: Final = 32
_MLKEM_SEED_SIZE: Final = 64


def opening_key_id(agency: str, xwing: bytes) -> OpeningKeyId:
    """What an envelope names the key by; judges nothing."""
    return OpeningKeyId(labelled_hash(labels.OPENING_KEY, agency.encode(), xwing))


@dataclass(frozen=True)
class OpeningPublicKey:
    """The public half: `xwing`, 1,216 bytes. Raises PeerError `key.malformed` or `key.weak`.

    Hold on to it: the loaded key is kept with the object.
    """

    agency: AgencyId
    xwing: bytes = field(repr=False)

    def __post_init__(self) -> None:
        refuse_weak_xwing(self.xwing)

    @classmethod
    def parse(cls, agency: str, xwing: bytes) -> Self:
        """From a peer's bytes: a malformed agency too is a PeerError (`key.malformed`)."""
        return cls(peer_agency(agency), xwing)

    @cached_property
    def id(self) -> OpeningKeyId:
        """`TH(opening-key, agency, xwing)`."""
        return opening_key_id(self.agency, self.xwing)

    @cached_property
    def loaded(self) -> MLKEM768X25519PublicKey:
        """The key as pyca's HPKE takes it; for `hpke.py`."""
        return MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(self.xwing[:MLKEM768_SIZE]),
            X25519PublicKey.from_public_bytes(self.xwing[MLKEM768_SIZE:]),
        )

    def __repr__(self) -> str:
        return f"OpeningPublicKey({self.agency}, {short(self.id)})"


@dataclass(frozen=True, slots=True, eq=False)
class OpeningKey:
    """The secret half: X-Wing's seed, 32 bytes. Rotated by epoch and destroyed once no envelope can need it."""

    public: OpeningPublicKey
    seed: bytes = field(repr=False)
    loaded: MLKEM768X25519PrivateKey = field(repr=False)
    """The key as pyca's HPKE takes it; for `hpke.py`."""

    @classmethod
    def create(cls, agency: AgencyId) -> Self:
        """A new key from 32 random bytes."""
        return cls.from_seed(agency, random.token(SEED_SIZE))

    @classmethod
    def from_seed(cls, agency: AgencyId, seed: bytes) -> Self:
        """The key of a stored seed; another length is CallerError `key.seed`."""
        if len(seed) != SEED_SIZE:
            raise CallerError("key.seed")
        expanded = shake_256(seed).digest(96)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED_SIZE])
        x25519 = X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED_SIZE:])
        xwing = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
        return cls(OpeningPublicKey(agency, xwing), seed, MLKEM768X25519PrivateKey(mlkem, x25519))

    @property
    def agency(self) -> AgencyId:
        return self.public.agency

    @property
    def id(self) -> OpeningKeyId:
        """The same as the public half's."""
        return self.public.id

    def __repr__(self) -> str:
        return f"OpeningKey({self.agency}, {short(self.id)})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret opening key is neither pickled nor copied")
