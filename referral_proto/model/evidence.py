"""Evidence as data: the bundle that an auditor is shown, and what somebody claims. Sizes and presence; proves nothing.

All are closed. What a bundle proves is the business of `flow.evidence`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from referral_proto.model.base import Noun
from referral_proto.model.codes.evidence import ClaimKind, EvidenceKind
from referral_proto.model.envelope import MAX_RECIPIENTS, Agency, Bytes32, Ed25519Signature, Mldsa65Signature
from referral_proto.model.log import MAX_EVENT, MAX_NOTE, Note, Path, Place
from referral_proto.moment import Moment

__all__ = [
    "FORMAT",
    "MAX_BUNDLE",
    "VERSION",
    "AccessAnchor",
    "AccessEntry",
    "AccessEvidence",
    "Claim",
    "EvidenceBundle",
    "EvidenceDelivery",
    "EvidenceEntry",
    "EvidenceMessage",
    "OpenedControl",
    "SignedClaim",
]

FORMAT: Final = "referral-proto evidence"
VERSION: Final = 1
MAX_BUNDLE: Final = 16 * 1024 * 1024
"""Bytes of a bundle."""
MAX_MESSAGES: Final = 64
MAX_RECORDS: Final = 1024
MAX_ENTRIES: Final = 65_536
_MAX_RECEIPT: Final = MAX_NOTE + 8 * 1024

ReceiptBytes = Annotated[bytes, Field(min_length=1, max_length=_MAX_RECEIPT)]

_K = ClaimKind
_SAID: Final[Mapping[ClaimKind, frozenset[str]]] = {
    _K.NO_ANSWER: frozenset({"leaf", "recipient"}),
    _K.ANSWER_DUE: frozenset({"leaf", "recipient", "due_at"}),
    _K.NO_ACKNOWLEDGEMENT: frozenset({"leaf", "recipient"}),
    _K.UNEXPLAINED: frozenset({"origin", "index", "entry"}),
}
"""What a claim of each kind says beside kind, claimant and time: all of it, and nothing else."""
_ABOUT: Final = frozenset({"leaf", "recipient", "due_at", "origin", "index", "entry"})


class EvidenceDelivery(Noun):
    """What the log of one recipient has about an envelope."""

    recipient: Agency
    receipt: ReceiptBytes | None = None
    acknowledgement: Annotated[bytes, Field(min_length=1, max_length=8 * 1024)] | None = None
    acknowledgement_receipt: ReceiptBytes | None = None
    earlier_checkpoint: Note | None = None

    @model_validator(mode="after")
    def _receipt_of_something(self) -> Self:
        if self.acknowledgement_receipt is not None and self.acknowledgement is None:
            raise ValueError("the receipt of an acknowledgement without the acknowledgement")
        return self


class OpenedControl(Noun):
    """A section with what opens its commitment: `index` is 0, the control section's place."""

    index: Annotated[int, Field(ge=0, le=0)]
    salt: Bytes32
    section: Annotated[bytes, Field(min_length=1, max_length=256 * 1024)]


class EvidenceMessage(Noun):
    """One envelope without its ciphertext."""

    cover: Annotated[bytes, Field(max_length=16 * 1024)]
    deliveries: Annotated[tuple[EvidenceDelivery, ...], Field(max_length=MAX_RECIPIENTS)] = ()
    control: OpenedControl | None = None


class AccessEntry(Noun):
    """One entry of a desk's log; its event too, unless it is forgotten or not shown."""

    entry: Bytes32
    event: Annotated[bytes, Field(min_length=1, max_length=MAX_EVENT)] | None = None


class AccessAnchor(Noun):
    """A head of a desk's log; `receipt` is that of its entry in the log that the agency's relay keeps."""

    checkpoint: Note
    receipt: ReceiptBytes | None = None


class AccessEvidence(Noun):
    """The whole log of a desk, from its first entry to the size of its last anchor."""

    agency: Agency
    entries: Annotated[tuple[AccessEntry, ...], Field(max_length=MAX_ENTRIES)] = ()
    anchors: Annotated[tuple[AccessAnchor, ...], Field(min_length=1, max_length=1024)]


class EvidenceEntry(Noun):
    """An entry of an agency's log, and its place there."""

    index: Place
    entry: Bytes32
    path: Path = ()
    checkpoint: Note


class EvidenceBundle(Noun):
    """What an auditor is shown. It holds what its kind needs, and nothing of another kind."""

    format: Annotated[str, Field(pattern=f"^{FORMAT}$")]
    version: Annotated[int, Field(ge=VERSION, le=VERSION)]
    kind: EvidenceKind
    messages: Annotated[tuple[EvidenceMessage, ...], Field(max_length=MAX_MESSAGES)] = ()
    records: Annotated[
        tuple[Annotated[bytes, Field(max_length=256 * 1024)], ...], Field(min_length=1, max_length=MAX_RECORDS)
    ]
    claims: Annotated[tuple[Annotated[bytes, Field(max_length=8 * 1024)], ...], Field(max_length=128)] = ()
    access: AccessEvidence | None = None
    entries: Annotated[tuple[EvidenceEntry, ...], Field(max_length=256)] = ()
    digest: Bytes32

    @model_validator(mode="after")
    def _holds_what_its_kind_needs(self) -> Self:
        held = {
            EvidenceKind.EXCHANGE: bool(self.messages),
            EvidenceKind.ACCESS: self.access is not None,
            EvidenceKind.AUDIT: bool(self.entries),
        }
        if not held.get(self.kind) or sum(held.values()) != 1:
            raise ValueError("a bundle holds more, or less, than its kind needs")
        return self


class Claim(Noun):
    """What an agency says beside what is proved. `at`: its own clock. A kind that is not known may say anything."""

    kind: ClaimKind
    claimant: Agency
    leaf: Bytes32 | None = None
    recipient: Agency | None = None
    at: Moment
    due_at: Moment | None = None
    origin: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    index: Place | None = None
    entry: Bytes32 | None = None

    @model_validator(mode="after")
    def _says_what_its_kind_says(self) -> Self:
        if self.kind.recognised and {name for name in _ABOUT if getattr(self, name) is not None} != _SAID[self.kind]:
            raise ValueError("a claim says more, or less, than its kind does")
        return self


class SignedClaim(Noun):
    """A claim (exact bytes) under the signing keyset `keyset` of its claimant."""

    claim: Annotated[bytes, Field(max_length=512)]
    keyset: Bytes32
    ed25519: Ed25519Signature
    mldsa65: Mldsa65Signature
