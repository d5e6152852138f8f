"""Between the desk's values and desk.proto where it is about proof: deliveries, alarms, accesses, and who asks.

Translates; decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from reference_node.desk.views import AccessView, AlarmView, DeliveryView, Proof
from reference_node.store.desk.proving import AlarmRow
from referral_proto.errors import CallerError
from referral_proto.ids import AgencyId, Leaf
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.moment import Moment
from referral_proto.v1 import desk_pb2 as pb

__all__ = [
    "ACTOR_KEY",
    "actor_of",
    "from_accesses",
    "from_alarms",
    "from_delivery",
    "metadata_of",
    "moment_of",
    "to_accesses",
    "to_alarms",
    "to_delivery",
]

ACTOR_KEY: Final = "referral-actor-bin"
"""Metadata with the person's name in UTF-8, at most 100 bytes."""
_LONGEST: Final = 100
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


def metadata_of(actor: str | None) -> tuple[tuple[str, bytes], ...]:
    """What a client sends with each call."""
    return () if not actor else ((ACTOR_KEY, actor.encode()[:_LONGEST]),)


def actor_of(metadata: Iterable[Any]) -> str | None:
    """Whom the calling program names."""
    for key, value in metadata:
        if key == ACTOR_KEY and isinstance(value, bytes):
            return _CONTROL.sub("", value[:_LONGEST].decode("utf-8", "ignore")).strip() or None
    return None


def moment_of(value: int) -> Moment:
    """CallerError desk.form: no moment."""
    try:
        return Moment(value)
    except (ValueError, CallerError):
        raise CallerError("desk.form", "due_at") from None


def from_delivery(one: DeliveryView) -> pb.CaseDelivery:
    """A delivery as it travels."""
    proof: Any = int(one.proof)
    said: Any = None if one.acknowledged is None else int(one.acknowledged)
    return pb.CaseDelivery(
        recipient=one.recipient,
        delivered=one.delivered,
        code=one.code,
        at=one.at,
        proof=proof,
        since_at=one.since,
        acknowledged=said,
        acknowledged_at=one.acknowledged_at,
        proof_code=one.proof_code,
    )


def to_delivery(one: pb.CaseDelivery) -> DeliveryView:
    """A delivery as a client gets it."""
    return DeliveryView(
        AgencyId(one.recipient),
        one.delivered,
        one.code if one.HasField("code") else None,
        Moment(one.at),
        Proof(one.proof) if one.HasField("proof") else Proof.NONE,
        Moment(one.since_at) if one.HasField("since_at") else None,
        AcknowledgementKind(one.acknowledged) if one.HasField("acknowledged") else None,
        Moment(one.acknowledged_at) if one.HasField("acknowledged_at") else None,
        one.proof_code if one.HasField("proof_code") else None,
    )


def from_alarms(rows: Iterable[AlarmRow]) -> pb.AlarmsResponse:
    """Alarms as they travel."""
    return pb.AlarmsResponse(
        alarms=[
            pb.Alarm(
                number=row.number,
                code=row.code,
                mark=row.mark,
                at=row.at,
                evidence=row.evidence,
                settled_at=row.settled_at,
            )
            for row in rows
        ]
    )


def to_alarms(reply: pb.AlarmsResponse) -> tuple[AlarmView, ...]:
    """Alarms as a client gets them."""
    return tuple(
        AlarmView(
            one.number,
            one.code,
            one.mark,
            Moment(one.at),
            one.evidence if one.HasField("evidence") else None,
            Moment(one.settled_at) if one.HasField("settled_at") else None,
        )
        for one in reply.alarms
    )


def from_accesses(rows: Iterable[AccessView]) -> pb.AccessLogResponse:
    """The access log as it travels."""
    return pb.AccessLogResponse(accesses=[_from_access(row) for row in rows])


def _from_access(row: AccessView) -> pb.Access:
    kind: Any = None if row.kind is None else int(row.kind)
    return pb.Access(
        index=row.index,
        kind=kind,
        leaf=row.leaf,
        recipient=row.recipient,
        actor=row.actor,
        at=row.at,
        anchored=row.anchored,
        anchored_at=row.anchored_at,
    )


def to_accesses(reply: pb.AccessLogResponse) -> tuple[AccessView, ...]:
    """The access log as a client gets it."""
    return tuple(
        AccessView(
            one.index,
            LogEventKind(one.kind) if one.HasField("kind") else None,
            Leaf(one.leaf) if one.HasField("leaf") else None,
            AgencyId(one.recipient) if one.HasField("recipient") else None,
            one.actor if one.HasField("actor") else None,
            Moment(one.at) if one.HasField("at") else None,
            one.anchored,
            Moment(one.anchored_at) if one.HasField("anchored_at") else None,
        )
        for one in reply.accesses
    )
