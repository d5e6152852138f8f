"""Between the desk's values and the messages of desk.proto, both ways. Translates; decides nothing.

Reading is written for a peer of the same version on the same machine; a malformed message is a CallerError.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any, Final

from reference_node.desk.views import (
    CaseList,
    CaseView,
    DeskStanding,
    Disclosed,
    MessageView,
    Order,
    Sent,
    Shown,
    ShownSection,
    UnreadableView,
)
from reference_node.rpc.desk_proofs import from_delivery, to_delivery
from reference_node.store.desk.rows import State
from referral_proto import (
    AgencyId,
    CallerError,
    Digest,
    Leaf,
    MessageKind,
    Moment,
    Purpose,
    SectionType,
    ThreadId,
    agency_id,
)
from referral_proto.adapters.referral_json import read_referral
from referral_proto.ids import digest, thread_id
from referral_proto.model.codes.exchange import DisclosureState, LegalBasis, TransferSafeguard, UseRestriction
from referral_proto.trust.standing import Standing, Status
from referral_proto.v1 import desk_pb2 as pb

__all__ = [
    "OPTIONS",
    "from_cases",
    "from_disclosed",
    "from_message",
    "from_shown",
    "from_status",
    "leaf_of",
    "order_of",
    "to_cases",
    "to_order",
    "to_sent",
    "to_shown",
    "to_standing",
]


OPTIONS: Final[tuple[tuple[str, Any], ...]] = (
    ("grpc.max_receive_message_length", 64 * 1024 * 1024),
    ("grpc.max_send_message_length", 64 * 1024 * 1024),
)
"""Of both ends of the socket: a list of many cases is longer than gRPC's own limit of 4 MiB."""


def _number(code: IntEnum) -> Any:
    # A field of a protobuf enumeration takes the number; the stubs only know protobuf's own classes.
    return int(code)


def leaf_of(data: bytes) -> Leaf:
    """32 bytes, or a CallerError."""
    return Leaf(digest(data))


def order_of(request: pb.ReferRequest) -> Order:
    """Raises CallerError id.malformed, desk.form, referral.*."""
    try:
        return _order(request)
    except ValueError:
        # Zero is no code: the field was left out.
        raise CallerError("desk.form", "kind, purpose") from None


def _order(request: pb.ReferRequest) -> Order:
    return Order(
        referral=read_referral(request.referral),
        kind=MessageKind(request.kind),
        purpose=Purpose(request.purpose),
        recipients=tuple(agency_id(one) for one in request.recipients),
        thread=thread_id(request.thread) if request.HasField("thread") else None,
        about=tuple(digest(one) for one in request.about),
        legal_basis=LegalBasis(request.legal_basis) if request.HasField("legal_basis") else None,
        transfer_safeguard=(
            TransferSafeguard(request.transfer_safeguard) if request.HasField("transfer_safeguard") else None
        ),
        use_restrictions=tuple(UseRestriction(one) for one in request.use_restrictions),
    )


def to_order(
    referral: bytes,
    kind: MessageKind,
    purpose: Purpose,
    recipients: Iterable[AgencyId],
    thread: ThreadId | None = None,
    about: Iterable[Digest] = (),
    legal_basis: LegalBasis | None = None,
    transfer_safeguard: TransferSafeguard | None = None,
    use_restrictions: Iterable[UseRestriction] = (),
) -> pb.ReferRequest:
    """The request for `order_of`; `referral` is the officer's JSON as it is."""
    return pb.ReferRequest(
        referral=referral,
        kind=_number(kind),
        purpose=_number(purpose),
        recipients=recipients,
        thread=thread,
        about=about,
        legal_basis=None if legal_basis is None else _number(legal_basis),
        transfer_safeguard=None if transfer_safeguard is None else _number(transfer_safeguard),
        use_restrictions=[_number(one) for one in use_restrictions],
    )


def from_disclosed(rows: Iterable[Disclosed]) -> list[pb.Disclosed]:
    """The rows as they travel."""
    return [
        pb.Disclosed(section=_number(row.section), recipient=row.recipient, state=_number(row.state), reason=row.reason)
        for row in rows
    ]


def to_sent(reply: pb.ReferResponse | pb.AnswerResponse) -> Sent:
    """What a client is told of a message it had sent."""
    return Sent(Leaf(reply.leaf), ThreadId(reply.thread), reply.size, _disclosed(reply.disclosed))


def _disclosed(rows: Iterable[pb.Disclosed]) -> tuple[Disclosed, ...]:
    return tuple(
        Disclosed(
            SectionType(row.section),
            AgencyId(row.recipient),
            DisclosureState(row.state),
            row.reason if row.HasField("reason") else None,
        )
        for row in rows
    )


def from_cases(cases: CaseList) -> pb.CasesResponse:
    """The list as it travels."""
    return pb.CasesResponse(
        revision=cases.revision,
        cases=[
            pb.Case(
                thread=case.thread,
                participants=case.participants,
                opened_at=case.opened_at,
                messages=[from_message(one) for one in case.messages],
            )
            for case in cases.cases
        ],
        unreadable=[
            pb.Unreadable(digest=mail.digest, code=mail.code, received_at=mail.received_at, size=mail.size)
            for mail in cases.unreadable
        ],
    )


def to_cases(reply: pb.CasesResponse) -> CaseList:
    """The list as a client gets it."""
    return CaseList(
        reply.revision,
        tuple(
            CaseView(
                ThreadId(case.thread),
                tuple(AgencyId(one) for one in case.participants),
                Moment(case.opened_at),
                tuple(_message(one) for one in case.messages),
            )
            for case in reply.cases
        ),
        tuple(
            UnreadableView(Digest(mail.digest), mail.code, Moment(mail.received_at), mail.size)
            for mail in reply.unreadable
        ),
    )


def from_message(one: MessageView) -> pb.CaseMessage:
    """One line of a case as it travels."""
    return pb.CaseMessage(
        leaf=one.leaf,
        direction=pb.MESSAGE_DIRECTION_OUT if one.outgoing else pb.MESSAGE_DIRECTION_IN,
        kind=_number(one.kind),
        purpose=_number(one.purpose),
        sender=one.sender,
        recipients=one.recipients,
        created_at=one.created_at,
        stored_at=one.stored_at,
        state=_number(one.state),
        code=one.code,
        size=one.size,
        about=one.about,
        deliveries=[from_delivery(d) for d in one.deliveries],
        standing=pb.KEY_STANDING_CONTESTED if _contested(one.key) else pb.KEY_STANDING_VALID,
        contest=(
            pb.Contest(since_at=one.key.since, asserted_by=one.key.asserted_by, asserted_at=one.key.asserted_at)
            if _contested(one.key)
            else None
        ),
    )


def _contested(key: Standing) -> bool:
    return key.status is Status.CONTESTED


def _key(one: pb.CaseMessage) -> Standing:
    if one.standing != pb.KEY_STANDING_CONTESTED:
        return Standing(Status.VALID)
    said = one.contest
    return Standing(
        Status.CONTESTED,
        "trust.keyset-contested",
        Moment(said.since_at) if said.HasField("since_at") else None,
        AgencyId(said.asserted_by) if said.HasField("asserted_by") else None,
        Moment(said.asserted_at) if said.HasField("asserted_at") else None,
    )


def _message(one: pb.CaseMessage) -> MessageView:
    return MessageView(
        leaf=Leaf(one.leaf),
        outgoing=one.direction == pb.MESSAGE_DIRECTION_OUT,
        kind=MessageKind(one.kind),
        purpose=Purpose(one.purpose),
        sender=AgencyId(one.sender),
        recipients=tuple(AgencyId(agency) for agency in one.recipients),
        created_at=Moment(one.created_at),
        stored_at=Moment(one.stored_at),
        state=State(one.state),
        code=one.code if one.HasField("code") else None,
        size=one.size,
        about=tuple(Digest(leaf) for leaf in one.about),
        deliveries=tuple(to_delivery(d) for d in one.deliveries),
        key=_key(one),
    )


def from_shown(shown: Shown) -> pb.ShowResponse:
    """An opened message as it travels over the Unix socket."""
    return pb.ShowResponse(
        message=from_message(shown.message),
        thread=shown.thread,
        control=shown.control,
        sections=[pb.ShownSection(section=_number(one.section), json=one.json) for one in shown.sections],
        quarantined=[_number(one) for one in shown.quarantined],
        disclosed=from_disclosed(shown.disclosed),
    )


def to_shown(reply: pb.ShowResponse) -> Shown:
    """An opened message as a client gets it."""
    return Shown(
        message=_message(reply.message),
        thread=ThreadId(reply.thread),
        control=reply.control,
        sections=tuple(ShownSection(SectionType(one.section), one.json) for one in reply.sections),
        quarantined=tuple(SectionType(one) for one in reply.quarantined),
        disclosed=_disclosed(reply.disclosed),
    )


def from_status(standing: DeskStanding) -> pb.StatusResponse:
    """The standing as it travels."""
    return pb.StatusResponse(
        agency=standing.agency,
        queued=standing.queued,
        under_way=standing.under_way,
        unreadable=standing.unreadable,
        cases=standing.cases,
        contact_at=standing.contact_at,
        code=standing.code,
        retry_at=standing.retry_at,
        alarm=standing.alarm,
        trust_code=standing.trust_code,
        trust_age_seconds=standing.trust_age_seconds,
        trust_notices=standing.trust_notices,
        audit_code=standing.audit_code,
        audit_alarms=standing.audit_alarms,
        acknowledging=standing.acknowledging,
    )


def to_standing(reply: pb.StatusResponse) -> DeskStanding:
    """The standing as a client gets it."""
    return DeskStanding(
        agency=AgencyId(reply.agency),
        cases=reply.cases,
        queued=reply.queued,
        under_way=reply.under_way,
        unreadable=reply.unreadable,
        contact_at=Moment(reply.contact_at) if reply.HasField("contact_at") else None,
        code=reply.code if reply.HasField("code") else None,
        retry_at=Moment(reply.retry_at) if reply.HasField("retry_at") else None,
        alarm=reply.alarm,
        trust_code=reply.trust_code if reply.HasField("trust_code") else None,
        trust_age_seconds=reply.trust_age_seconds if reply.HasField("trust_age_seconds") else None,
        trust_notices=tuple(reply.trust_notices),
        audit_code=reply.audit_code if reply.HasField("audit_code") else None,
        audit_alarms=reply.audit_alarms,
        acknowledging=reply.acknowledging,
    )
