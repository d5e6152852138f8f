"""Signing: Ed25519 AND ML-DSA-65 over the same bytes, as one signature. No choice of algorithm, no half signature.

A keyset is the pair of both keys of one agency, named by a hash over the agency and both public keys. Whatever is
signed begins with `lp(label)`; the label is also ML-DSA's context (FIPS 204 §5.2). A signature counts only if both
halves verify. A keyset object that exists is not weak: construction refuses (see `weak.py`).

Secret keysets show no key bytes in repr and refuse to be pickled or copied. Python cannot wipe memory; that is why
secret keys live on the desk only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple, NoReturn, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA65PublicKey

from referral_proto.crypto import labels, random
from referral_proto.crypto.digest import Label, labelled_hash
from referral_proto.crypto.weak import refuse_weak_ed25519, refuse_weak_mldsa65
from referral_proto.errors import CallerError, OurError, PeerError
from referral_proto.ids import AgencyId, KeysetId, agency_id, short

__all__ = [
    "ED25519_SIGNATURE_SIZE",
    "MLDSA65_SIGNATURE_SIZE",
    "SEED_SIZE",
    "HybridSignature",
    "SigningKeyset",
    "VerifyingKeyset",
    "peer_agency",
]

ED25519_SIGNATURE_SIZE: Final = 64
MLDSA65_SIGNATURE_SIZE: Final = 3309
SEED_SIZE: Final = 32


class HybridSignature(NamedTuple):
    """Both halves: `ed25519` 64 bytes, `mldsa65` 3,309 bytes; other lengths never verify.

    ML-DSA signing is hedged: two signatures of the same bytes differ, and comparing them says nothing.
    """

    ed25519: bytes
    mldsa65: bytes

    def __repr__(self) -> str:
        return "HybridSignature()"


@dataclass(frozen=True)
class VerifyingKeyset:
    """The public half of a keyset: `ed25519` 32 bytes, `mldsa65` 1,952 bytes.

    Raises PeerError `key.malformed` or `key.weak`. Hold on to it: the loaded keys are kept with the object.
    """

    agency: AgencyId
    ed25519: bytes = field(repr=False)
    mldsa65: bytes = field(repr=False)

    def __post_init__(self) -> None:
        refuse_weak_ed25519(self.ed25519)
        refuse_weak_mldsa65(self.mldsa65)

    @classmethod
    def parse(cls, agency: str, ed25519: bytes, mldsa65: bytes) -> Self:
        """From a peer's bytes: a malformed agency too is a PeerError (`key.malformed`)."""
        return cls(peer_agency(agency), ed25519, mldsa65)

    @cached_property
    def id(self) -> KeysetId:
        """`TH(signing-keyset, agency, ed25519, mldsa65)`."""
        return KeysetId(labelled_hash(labels.SIGNING_KEYSET, self.agency.encode(), self.ed25519, self.mldsa65))

    @cached_property
    def _ed25519(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self.ed25519)

    @cached_property
    def _mldsa65(self) -> MLDSA65PublicKey:
        return MLDSA65PublicKey.from_public_bytes(self.mldsa65)

    def verify(self, statement: bytes, label: Label, signature: HybridSignature) -> None:
        """Both halves or PeerError `signature.invalid`. `statement` begins with `lp(label)`, as whoever calls made it.

        Says nothing about whether the keyset was valid at any time: that is for `trust/`.
        """
        _refuse_unlabelled(statement, label)
        try:
            self._ed25519.verify(signature.ed25519, statement)
            self._mldsa65.verify(signature.mldsa65, statement, label)
        except InvalidSignature:
            raise PeerError("signature.invalid") from None

    def __repr__(self) -> str:
        return f"VerifyingKeyset({self.agency}, {short(self.id)})"


@dataclass(frozen=True, slots=True, eq=False)
class SigningKeyset:
    """The secret half of a keyset: two seeds of 32 bytes (RFC 8032 §5.1.5, FIPS 204 §5.1)."""

    public: VerifyingKeyset
    _ed25519: Ed25519PrivateKey = field(repr=False)
    _mldsa65: MLDSA65PrivateKey = field(repr=False)

    @classmethod
    def create(cls, agency: AgencyId) -> Self:
        """A new keyset from 64 random bytes."""
        return cls.from_seeds(agency, random.token(SEED_SIZE), random.token(SEED_SIZE))

    @classmethod
    def from_seeds(cls, agency: AgencyId, ed25519_seed: bytes, mldsa65_seed: bytes) -> Self:
        """The keyset of two stored seeds; another length is CallerError `key.seed`."""
        if len(ed25519_seed) != SEED_SIZE or len(mldsa65_seed) != SEED_SIZE:
            raise CallerError("key.seed")
        ed25519 = Ed25519PrivateKey.from_private_bytes(ed25519_seed)
        mldsa65 = MLDSA65PrivateKey.from_seed_bytes(mldsa65_seed)
        public = VerifyingKeyset(
            agency, ed25519.public_key().public_bytes_raw(), mldsa65.public_key().public_bytes_raw()
        )
        return cls(public, ed25519, mldsa65)

    @property
    def agency(self) -> AgencyId:
        return self.public.agency

    @property
    def id(self) -> KeysetId:
        """The same as the public half's."""
        return self.public.id

    def seeds(self) -> tuple[bytes, bytes]:
        """Ed25519 seed and ML-DSA-65 seed, 32 bytes each: secret, for `wrap_key` only."""
        return self._ed25519.private_bytes_raw(), self._mldsa65.private_bytes_raw()

    def sign(self, statement: bytes, label: Label) -> HybridSignature:
        """Sign `statement`, which begins with `lp(label)`. About 1 ms, nearly all of it ML-DSA, with a wide spread."""
        _refuse_unlabelled(statement, label)
        return HybridSignature(self._ed25519.sign(statement), self._mldsa65.sign(statement, label))

    def __repr__(self) -> str:
        return f"SigningKeyset({self.agency}, {short(self.id)})"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret keyset is neither pickled nor copied")


def peer_agency(agency: str) -> AgencyId:
    """`agency_id` for what a peer wrote beside a key: PeerError `key.malformed`."""
    try:
        return agency_id(agency)
    except CallerError:
        raise PeerError("key.malformed", "agency") from None


def _refuse_unlabelled(statement: bytes, label: Label) -> None:
    # Ed25519 has no context here: the label inside the statement is all that keeps its uses apart.
    if not statement.startswith(label.prefix):
        raise OurError("ours.broken-promise", "signed statement")
