"""Proof that whoever enrols a keyset holds it. Binds the key to an agency and to one step of its record.

    lp(possession) ‖ TH(possession, agency, u64 sequence, keyset id(32))

Without it an agency could enrol another's public key as its own, or a key that nobody holds. The sequence is that of
the agency record that brings the keyset in, so that an old proof brings no old key back. Opening keys need no proof
of their own: the agency's keyset signs the record that carries them.
"""

from __future__ import annotations

from struct import Struct
from typing import Final

from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.keyset import HybridSignature, SigningKeyset, VerifyingKeyset
from referral_proto.crypto.labels import POSSESSION

__all__ = ["check", "prove", "statement"]

_u64: Final = Struct(">Q").pack


def statement(public: VerifyingKeyset, sequence: int) -> bytes:
    """What is signed; `sequence` is 0 to 2^64 - 1."""
    return POSSESSION.prefix + labelled_hash(POSSESSION, public.agency.encode(), _u64(sequence), public.id)


def prove(keys: SigningKeyset, sequence: int) -> HybridSignature:
    """Sign for the record with this sequence number."""
    return keys.sign(statement(keys.public, sequence), POSSESSION)


def check(public: VerifyingKeyset, sequence: int, signature: HybridSignature) -> None:
    """PeerError `signature.invalid` unless `public` itself signed for its agency and this sequence number."""
    public.verify(statement(public, sequence), POSSESSION, signature)
