"""What the desk is asked and answers: plain values for console, command line and demonstration. No key, nothing sealed.

Sections are JSON, hidden from repr: they are the one thing here that says anything about a person.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from reference_node.store.desk.rows import State
from referral_proto import AgencyId, Digest, Leaf, MessageKind, Moment, Purpose, Referral, SectionType, ThreadId
from referral_proto.model.codes.exchange import DisclosureState, LegalBasis, TransferSafeguard, UseRestriction
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.trust.standing import Standing

__all__ = [
    "AccessView",
    "AlarmView",
    "CaseList",
    "CaseView",
    "DeliveryView",
    "DeskStanding",
    "Disclosed",
    "MessageView",
    "Order",
    "Proof",
    "Sent",
    "Shown",
    "ShownSection",
    "UnreadableView",
]


class Proof(IntEnum):
    """What proves a delivery; the numbers are those of `DeliveryProof` in desk.proto."""

    NONE = 1
    """The word of the agency's own relay."""
    PROVISIONAL = 2
    """The recipient's relay has signed for it."""
    COSIGNED = 3
    """A quorum of witnesses has seen that."""


@dataclass(frozen=True, slots=True)
class AlarmView:
    """Something that an honest relay does not do. `mark`: what it is about. `evidence`: a file's name."""

    number: int
    code: str
    mark: str
    at: Moment
    evidence: str | None
    settled_at: Moment | None = None


@dataclass(frozen=True, slots=True)
class AccessView:
    """One event of the access log. `actor`: the name behind the digest, if this desk knows it. `anchored_at`: by when
    witnesses had seen it; None while only the relay has, or nobody.
    """

    index: int
    kind: LogEventKind | None
    leaf: Leaf | None
    recipient: AgencyId | None
    actor: str | None
    at: Moment | None
    anchored: bool
    anchored_at: Moment | None


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """What became of a message on its way to one recipient.

    proof: what shows the delivery to others. since: since when that is sure: by the witnesses' time once COSIGNED, by
    the recipient's relay's word while PROVISIONAL. acknowledged: what the recipient's desk signed, and
    acknowledged_at: when, by its own clock; None while it has said nothing. proof_code: why something that came as a
    proof was not believed.
    """

    recipient: AgencyId
    delivered: bool
    code: str | None
    at: Moment
    proof: Proof = Proof.NONE
    since: Moment | None = None
    acknowledged: AcknowledgementKind | None = None
    acknowledged_at: Moment | None = None
    proof_code: str | None = None


@dataclass(frozen=True, slots=True)
class MessageView:
    """One line of a case. `about`: leaves of the messages it answers. `size`: bytes of the sealed envelope. `key`: how
    the sender's signing key stood when the message was stored, by what is known now: VALID or CONTESTED.
    """

    leaf: Leaf
    outgoing: bool
    kind: MessageKind
    purpose: Purpose
    sender: AgencyId
    recipients: tuple[AgencyId, ...]
    created_at: Moment
    stored_at: Moment
    state: State
    code: str | None
    size: int
    about: tuple[Digest, ...]
    deliveries: tuple[DeliveryView, ...]
    key: Standing


@dataclass(frozen=True, slots=True)
class CaseView:
    """One thread between the same agencies; messages in the order in which they were stored here."""

    thread: ThreadId
    participants: tuple[AgencyId, ...]
    opened_at: Moment
    messages: tuple[MessageView, ...]


@dataclass(frozen=True, slots=True)
class UnreadableView:
    """Mail that could not be admitted or opened; kept as it came."""

    digest: Digest
    code: str
    received_at: Moment
    size: int


@dataclass(frozen=True, slots=True)
class CaseList:
    """Everything that lies on the desk; `revision` changes with it."""

    revision: int
    cases: tuple[CaseView, ...]
    unreadable: tuple[UnreadableView, ...]


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What became of one section type for one recipient. `reason`: why it was left out; only its sender knows."""

    section: SectionType
    recipient: AgencyId
    state: DisclosureState
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What a caseworker wants sent. `thread`: the case it continues, None opens one. `about`: messages it refers to."""

    referral: Referral = field(repr=False)
    kind: MessageKind
    purpose: Purpose
    recipients: tuple[AgencyId, ...]
    thread: ThreadId | None = None
    about: tuple[Digest, ...] = ()
    legal_basis: LegalBasis | None = None
    transfer_safeguard: TransferSafeguard | None = None
    use_restrictions: tuple[UseRestriction, ...] = ()


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was sealed and queued."""

    leaf: Leaf
    thread: ThreadId
    size: int
    disclosed: tuple[Disclosed, ...]


@dataclass(frozen=True, slots=True)
class ShownSection:
    """One opened section, as the JSON of its model."""

    section: SectionType
    json: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """One opened message. `quarantined`: sections that should not have been sent here, and were not opened."""

    message: MessageView
    thread: ThreadId
    control: bytes = field(repr=False)
    sections: tuple[ShownSection, ...]
    quarantined: tuple[SectionType, ...]
    disclosed: tuple[Disclosed, ...]


@dataclass(frozen=True, slots=True)
class DeskStanding:
    """How the desk stands with its relay. `code`: why the relay cannot be reached now, and `retry_at` when it is tried
    again; `alarm`: no contact for longer than is safe. `trust_code`: why nothing is sealed on the trust data of this
    desk; `trust_notices`: codes of what needs attention in them. `audit_code`: why the relay's log cannot be audited;
    `audit_alarms`: how many alarms wait for somebody; `acknowledging`: acknowledgements the relay has not taken yet.
    """

    agency: AgencyId
    cases: int
    queued: int
    under_way: int
    unreadable: int
    contact_at: Moment | None
    code: str | None
    retry_at: Moment | None
    alarm: bool
    trust_code: str | None = None
    trust_age_seconds: int | None = None
    trust_notices: tuple[str, ...] = ()
    audit_code: str | None = None
    audit_alarms: int = 0
    acknowledging: int = 0
