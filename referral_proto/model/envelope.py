"""The sealed envelope's outer messages: sizes and counts only. Says nothing about a person, checks no signature.

All four are closed. Whether the parts fit each other is the business of `flow.cover` and `flow.admit`.
"""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from referral_proto.ids import AGENCY_PATTERN
from referral_proto.model.base import Noun
from referral_proto.moment import Moment

__all__ = [
    "MAX_BODIES",
    "MAX_DEPTH",
    "MAX_RECIPIENTS",
    "SUITE",
    "Core",
    "Cover",
    "Envelope",
    "Recipient",
    "Seal",
    "Sender",
]

SUITE: Final = 1
MAX_RECIPIENTS: Final = 16
MAX_BODIES: Final = 16
MAX_DEPTH: Final = 20

Agency = Annotated[str, Field(pattern=AGENCY_PATTERN, max_length=44)]
Bytes16 = Annotated[bytes, Field(min_length=16, max_length=16)]
Bytes32 = Annotated[bytes, Field(min_length=32, max_length=32)]
Ed25519Signature = Annotated[bytes, Field(min_length=64, max_length=64)]
Mldsa65Signature = Annotated[bytes, Field(min_length=3309, max_length=3309)]


class Sender(Noun):
    """Who signed: agency and keyset id."""

    agency: Agency
    keyset: Bytes32


class Recipient(Noun):
    """Who may open: agency and opening key id."""

    agency: Agency
    opening_key: Bytes32


class Core(Noun):
    """The signed header. `commitments[0]` is the control section's."""

    suite: Annotated[int, Field(ge=0, lt=1 << 32)]
    message_id: Bytes16
    sender: Sender
    recipients: Annotated[tuple[Recipient, ...], Field(max_length=MAX_RECIPIENTS)] = ()
    created_at: Moment
    expires_at: Moment
    commitments: Annotated[tuple[Bytes32, ...], Field(max_length=MAX_BODIES)] = ()


class Seal(Noun):
    """Place in the batch (0-based leaf index and audit path) and both signatures over the batch."""

    index: Annotated[int, Field(ge=0, lt=1 << MAX_DEPTH)]
    path: Annotated[tuple[Bytes32, ...], Field(max_length=MAX_DEPTH)] = ()
    ed25519: Ed25519Signature
    mldsa65: Mldsa65Signature


class Envelope(Noun):
    """The whole; `core` is the exact bytes that were signed."""

    core: bytes
    rings: Annotated[tuple[bytes, ...], Field(max_length=MAX_RECIPIENTS)] = ()
    bodies: Annotated[tuple[bytes, ...], Field(max_length=MAX_BODIES)] = ()
    seal: Seal


class Cover(Noun):
    """The envelope without its ciphertext: what an auditor holds."""

    core: bytes
    rings_digest: Bytes32
    bodies_digest: Bytes32
    seal: Seal
