"""Keys of logs and witnesses: Ed25519 and ML-DSA-44, as C2SP's signed notes have them. Knows no note and no log.

An agency's own signatures are another thing (`keyset.py`, ML-DSA-65): a log key stands on the relay, which listens to
the outside world, and vouches for the order of events only. A log's keys and a witness's keys are two types and two
kinds of key file, since C2SP has a log sign any text: a key used for both could be led to cosign.

C2SP's ML-DSA-44 has no context; the statement itself begins with its label (tlog-cosignature). Secret keys show no key
bytes in repr and refuse to be pickled or copied.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import ClassVar, Final, NoReturn, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from referral_proto.crypto import random
from referral_proto.crypto.keyfile import unwrap_key, wrap_key
from referral_proto.crypto.weak import refuse_weak_ed25519, refuse_weak_mldsa44
from referral_proto.errors import CallerError, PeerError

__all__ = ["MLDSA44_SIGNATURE_SIZE", "SEED_SIZE", "Algorithm", "LogKeys", "NoteKey", "NoteKeys", "WitnessKeys"]

SEED_SIZE: Final = 32
ED25519_SIGNATURE_SIZE: Final = 64
MLDSA44_SIGNATURE_SIZE: Final = 2420


class Algorithm(StrEnum):
    """Which of the two a key is for; the value names the part in errors."""

    ED25519 = "ed25519"
    MLDSA44 = "mldsa44"


@dataclass(frozen=True)
class NoteKey:
    """One public key: 32 bytes of Ed25519 or 1,312 bytes of ML-DSA-44. Raises PeerError key.malformed, key.weak."""

    algorithm: Algorithm
    data: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if self.algorithm is Algorithm.ED25519:
            refuse_weak_ed25519(self.data)
        else:
            refuse_weak_mldsa44(self.data)

    @cached_property
    def _loaded(self) -> Ed25519PublicKey | MLDSA44PublicKey:
        if self.algorithm is Algorithm.ED25519:
            return Ed25519PublicKey.from_public_bytes(self.data)
        return MLDSA44PublicKey.from_public_bytes(self.data)

    @property
    def signature_size(self) -> int:
        """64 or 2,420."""
        return ED25519_SIGNATURE_SIZE if self.algorithm is Algorithm.ED25519 else MLDSA44_SIGNATURE_SIZE

    def verify(self, statement: bytes, signature: bytes) -> None:
        """PeerError `signature.invalid` unless `signature` is this key's over `statement`."""
        try:
            self._loaded.verify(signature, statement)
        except InvalidSignature:
            raise PeerError("signature.invalid", self.algorithm) from None


@dataclass(frozen=True, slots=True, eq=False)
class NoteKeys:
    """The secret keys of one signer of notes: two seeds of 32 bytes (RFC 8032 §5.1.5, FIPS 204 §5.1)."""

    KIND: ClassVar[str] = ""

    ed25519: NoteKey
    mldsa44: NoteKey
    _ed25519: Ed25519PrivateKey = field(repr=False)
    _mldsa44: MLDSA44PrivateKey = field(repr=False)

    @classmethod
    def create(cls) -> Self:
        """New keys from 64 random bytes."""
        return cls.from_seeds(random.token(SEED_SIZE), random.token(SEED_SIZE))

    @classmethod
    def from_seeds(cls, ed25519_seed: bytes, mldsa44_seed: bytes) -> Self:
        """The keys of two stored seeds; another length is CallerError `key.seed`."""
        if len(ed25519_seed) != SEED_SIZE or len(mldsa44_seed) != SEED_SIZE:
            raise CallerError("key.seed")
        ed25519 = Ed25519PrivateKey.from_private_bytes(ed25519_seed)
        mldsa44 = MLDSA44PrivateKey.from_seed_bytes(mldsa44_seed)
        return cls(
            NoteKey(Algorithm.ED25519, ed25519.public_key().public_bytes_raw()),
            NoteKey(Algorithm.MLDSA44, mldsa44.public_key().public_bytes_raw()),
            ed25519,
            mldsa44,
        )

    def seeds(self) -> tuple[bytes, bytes]:
        """Ed25519 seed and ML-DSA-44 seed, 32 bytes each: secret."""
        return self._ed25519.private_bytes_raw(), self._mldsa44.private_bytes_raw()

    def wrapped(self, passphrase: str, *, memory_kib: int = 65_536) -> bytes:
        """The bytes of a key file with these keys, of kind `KIND`. Raises as `wrap_key`."""
        return wrap_key(self.KIND, b"".join(self.seeds()), passphrase, memory_kib=memory_kib)

    @classmethod
    def unwrapped(cls, data: bytes, passphrase: str) -> Self:
        """The keys of a key file's bytes. CallerError key.kind, key.seed; and as `unwrap_key`."""
        kind, payload = unwrap_key(data, passphrase)
        if kind != cls.KIND:
            raise CallerError("key.kind")
        return cls.from_seeds(payload[:SEED_SIZE], payload[SEED_SIZE:])

    def sign_ed25519(self, statement: bytes) -> bytes:
        """64 bytes."""
        return self._ed25519.sign(statement)

    def sign_mldsa44(self, statement: bytes) -> bytes:
        """2,420 bytes, hedged: two signatures of one statement differ."""
        return self._mldsa44.sign(statement)

    def __reduce__(self) -> NoReturn:
        raise TypeError("secret keys are neither pickled nor copied")


class LogKeys(NoteKeys):
    """What a log signs its checkpoints with."""

    __slots__ = ()
    KIND = "log-keys"


class WitnessKeys(NoteKeys):
    """What a witness cosigns checkpoints with."""

    __slots__ = ()
    KIND = "witness-keys"
