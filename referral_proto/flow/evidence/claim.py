"""Claims: what an agency says beside what is proved, under its own signature and by its own clock.

    statement = lp(claim) ‖ claim (exact bytes)

A claim proves that its agency says so, and nothing more. Who may claim what is judged with the bundle that holds it.
"""

from __future__ import annotations

from typing import NamedTuple

from pydantic import ValidationError

from referral_proto.crypto.keyset import HybridSignature, SigningKeyset, VerifyingKeyset
from referral_proto.crypto.labels import CLAIM
from referral_proto.errors import CallerError, PeerError
from referral_proto.model.codes.evidence import ClaimKind
from referral_proto.model.evidence import Claim, SignedClaim
from referral_proto.moment import Moment
from referral_proto.wire.codec import decode, encode

__all__ = ["ReadClaim", "read_claim", "sign_claim", "verify_claim"]


class ReadClaim(NamedTuple):
    """A claim as it was read; `verify_claim` says whether its agency made it."""

    signed: SignedClaim
    said: Claim


def sign_claim(keys: SigningKeyset, kind: ClaimKind, at: Moment, **about: bytes | str | int) -> bytes:
    """The bytes of a SignedClaim by the agency of `keys`. `about`: what `Claim` has for its kind.

    NO_ANSWER, NO_ACKNOWLEDGEMENT: leaf, recipient. ANSWER_DUE: leaf, recipient, due_at. UNEXPLAINED: origin, index,
    entry. CallerError model.invalid.
    """
    fields = {"kind": kind, "claimant": keys.agency, "at": at, **about}
    try:
        said = encode(Claim.model_validate(fields))
    except ValidationError:
        said = b""
    # Raised outside the handler: the ValidationError holds values.
    if not said:
        raise CallerError("model.invalid", "Claim")
    made = keys.sign(CLAIM.prefix + said, CLAIM)
    return encode(SignedClaim(claim=said, keyset=keys.id, ed25519=made.ed25519, mldsa65=made.mldsa65))


def read_claim(data: bytes) -> ReadClaim:
    """Read its form, to find out whose keys are needed. PeerError wire.*, evidence.claim (a kind not known here)."""
    signed = decode(SignedClaim, data)
    said = decode(Claim, signed.claim)
    if not said.kind.recognised:
        raise PeerError("evidence.claim", "kind")
    return ReadClaim(signed, said)


def verify_claim(read: ReadClaim, keyset: VerifyingKeyset) -> Claim:
    """A keyset of the claimant signed it; how that keyset stood is for the directory to say.

    PeerError evidence.claim (somebody else's keyset), signature.invalid.
    """
    signed, said = read
    if keyset.agency != said.claimant or keyset.id != signed.keyset:
        raise PeerError("evidence.claim", "claimant")
    keyset.verify(CLAIM.prefix + signed.claim, CLAIM, HybridSignature(signed.ed25519, signed.mldsa65))
    return said
