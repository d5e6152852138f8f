"""Acknowledgements: what a desk says, under its agency's own signature, about an envelope that its relay handed over.

    statement = lp(acknowledgement) ‖ acknowledgement (exact bytes)

The agency's clock starts with RECEIVED, which its relay cannot forge; UNREADABLE stops the sender's waiting. It is not
sealed, so that an auditor can verify it without a key, and says nothing that the relays on its way do not know.
"""

from __future__ import annotations

from typing import NamedTuple

from referral_proto.crypto.keyset import HybridSignature, SigningKeyset, VerifyingKeyset
from referral_proto.crypto.labels import ACKNOWLEDGEMENT
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, Leaf
from referral_proto.model.codes.log import AcknowledgementKind
from referral_proto.model.log import Acknowledgement, SignedAcknowledgement
from referral_proto.moment import Moment
from referral_proto.wire.codec import decode, encode

__all__ = ["ReadAcknowledgement", "acknowledge", "read_acknowledgement", "verify_acknowledgement"]


class ReadAcknowledgement(NamedTuple):
    """An acknowledgement as it was read; `verify_acknowledgement` says whether it holds."""

    signed: SignedAcknowledgement
    said: Acknowledgement


def acknowledge(keys: SigningKeyset, leaf: Leaf, sender: AgencyId, kind: AcknowledgementKind, at: Moment) -> bytes:
    """The bytes of a SignedAcknowledgement by the agency of `keys`, who received `leaf` from `sender`."""
    said = encode(Acknowledgement(leaf=leaf, sender=sender, recipient=AgencyId(keys.agency), kind=kind, at=at))
    made = keys.sign(ACKNOWLEDGEMENT.prefix + said, ACKNOWLEDGEMENT)
    return encode(
        SignedAcknowledgement(acknowledgement=said, keyset=keys.id, ed25519=made.ed25519, mldsa65=made.mldsa65)
    )


def read_acknowledgement(data: bytes) -> ReadAcknowledgement:
    """Read its form, to find out whose keys are needed. PeerError wire.*, acknowledgement.kind (not known here)."""
    signed = decode(SignedAcknowledgement, data)
    said = decode(Acknowledgement, signed.acknowledgement)
    if not said.kind.recognised:
        raise PeerError("acknowledgement.kind")
    return ReadAcknowledgement(signed, said)


def verify_acknowledgement(
    read: ReadAcknowledgement, keyset: VerifyingKeyset, leaf: Leaf, sender: AgencyId, recipient: AgencyId
) -> Acknowledgement:
    """It is about this envelope, on its way from one to the other, and the recipient's keyset signed it.

    How that keyset stood then is for the directory to say. PeerError acknowledgement.mismatch, signature.invalid.
    """
    signed, said = read
    about = said.leaf == leaf and said.sender == sender and said.recipient == recipient
    if not about or keyset.agency != recipient or keyset.id != signed.keyset:
        raise PeerError("acknowledgement.mismatch")
    statement = ACKNOWLEDGEMENT.prefix + signed.acknowledgement
    keyset.verify(statement, ACKNOWLEDGEMENT, HybridSignature(signed.ed25519, signed.mldsa65))
    return said
