"""Rows of what the desk proves and checks: acknowledgements, proofs, audits, alarms. No SQL, no key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from referral_proto.ids import AgencyId, Digest, Leaf
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.moment import Moment

__all__ = [
    "AcknowledgementRow",
    "AlarmRow",
    "AnchorRow",
    "Arrival",
    "AuditView",
    "HandedRow",
    "KeptRow",
    "ProofRow",
    "Sure",
    "UnexplainedRow",
]

_START: Final = Moment(0)


@dataclass(frozen=True, slots=True)
class Arrival:
    """An envelope that came, and what this desk says about it. `by_relay`: the relay handed it over, and so its log
    must have it. `opening_key`: the one that the envelope names for this agency, if it names one.
    """

    leaf: Leaf
    sender: AgencyId
    opening_key: bytes | None
    by_relay: bool
    kind: AcknowledgementKind
    at: Moment


@dataclass(frozen=True, slots=True)
class HandedRow:
    """An envelope that the relay handed over. `origin`, `place`: where its log has the delivery."""

    leaf: Leaf
    sender: AgencyId
    opening_key: bytes | None
    origin: str | None
    place: int | None
    rounds: int


@dataclass(frozen=True, slots=True)
class AcknowledgementRow:
    """`signed`: exact bytes, None until signed. `receipt`: the relay's, verified. `code`: why it was not taken last."""

    leaf: Leaf
    kind: AcknowledgementKind
    sender: AgencyId
    at: Moment
    signed: bytes | None = field(default=None, repr=False)
    receipt: bytes | None = field(default=None, repr=False)
    code: str | None = None
    tried_at: Moment | None = None
    place: int | None = None
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class ProofRow:
    """What proves the way of one message to one recipient. Everything in it was verified by this desk.

    logged_at: when it was delivered, the word of the recipient's relay. trusted_at: by when a quorum of witnesses had
    seen it. acknowledged: what the recipient's desk signed, and acknowledged_at: when, by its own clock. code: why
    something that came was not believed.
    """

    leaf: Leaf
    recipient: AgencyId
    receipt: bytes | None = field(default=None, repr=False)
    logged_at: Moment | None = None
    trusted_at: Moment | None = None
    earlier_checkpoint: bytes | None = field(default=None, repr=False)
    acknowledgement: bytes | None = field(default=None, repr=False)
    acknowledged: AcknowledgementKind | None = None
    acknowledged_at: Moment | None = None
    acknowledgement_receipt: bytes | None = field(default=None, repr=False)
    acknowledgement_trusted_at: Moment | None = None
    code: str | None = None


class Sure(NamedTuple):
    """How far a log is audited for good: size, edge and checkpoint as in AuditView."""

    size: int
    edge: tuple[bytes, ...]
    note: bytes


@dataclass(frozen=True, slots=True)
class AuditView:
    """A log as far as it was read. `edge`: hashes of its complete subtrees, largest first. `note`: the checkpoint of
    that size, empty as long as none was shown. `event_at`: of the last event. `sure`: as far as a quorum of witnesses
    has cosigned it. `since`: when this desk first asked for it.
    """

    origin: str
    generation: int
    size: int
    edge: tuple[bytes, ...]
    note: bytes = field(repr=False)
    event_at: Moment
    sure: Sure = field(default_factory=lambda: Sure(0, (), b""))
    since: Moment = _START


@dataclass(frozen=True, slots=True)
class UnexplainedRow:
    """A delivery in the log whose envelope has not come, with the receipt that proves that it stands there."""

    origin: str
    place: int
    leaf: Leaf
    receipt: bytes = field(repr=False)
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A receipt of the agency's own log, made by this desk from what it audited. `trusted_at` as in ProofRow."""

    leaf: Leaf
    kind: LogEventKind
    origin: str
    place: int
    receipt: bytes = field(repr=False)
    trusted_at: Moment | None = None


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """Something that an honest relay does not do. `mark`: what it is about; an alarm about the same thing is given
    once. `evidence`: name of the report beside it. `settled_at`: when somebody said that it was seen to.
    """

    number: int
    code: str
    mark: str
    at: Moment
    evidence: str | None
    settled_at: Moment | None = None


@dataclass(frozen=True, slots=True)
class AnchorRow:
    """A signed head of the access log. `receipt`: of the relay's log, verified; `trusted_at` as in ProofRow."""

    size: int
    digest: Digest
    note: bytes = field(repr=False)
    receipt: bytes | None = field(default=None, repr=False)
    trusted_at: Moment | None = None
