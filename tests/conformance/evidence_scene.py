"""What bundles of the vectors are made of: the smallest federation that proves anything, and its logs. Makes no vector.

One founder, one witness, two agencies: records are most of a bundle, and every vector carries its own.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from referral_proto.flow.evidence.bundle import show_message
from referral_proto.flow.evidence.claim import sign_claim
from referral_proto.ids import AgencyId, Digest
from referral_proto.log.acknowledgement import acknowledge
from referral_proto.log.event import delivered, dummy, new_event
from referral_proto.log.head import desk_origin
from referral_proto.model.codes.evidence import ClaimKind
from referral_proto.model.codes.exchange import MessageKind, Purpose
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.control import Control
from referral_proto.model.evidence import EvidenceMessage
from referral_proto.model.records import SignedRecord
from referral_proto.moment import DAY, Moment
from referral_proto.ports import Proved
from referral_proto.trust.amend import declare_compromise
from referral_proto.trust.directory import Directory
from referral_proto.trust.issue import approve, found_federation, publish_opening_key, request_enrolment
from referral_proto.trust.logs import log_entry
from referral_proto.trust.signed import record_digest
from referral_proto.wire import decode
from tests.flow.evidence_world import (
    AT,
    BEFORE,
    DUE,
    FOUNDERS,
    NAMES,
    THREAD,
    A,
    B,
    Log,
    Sent,
    log_keys,
    opening,
    send,
    signing,
    witness_entry,
)

LATER: Final = AT.plus(9 * DAY)
OVERDUE: Final = DUE.plus(60)


@cache
def federation(name: str = "An invented federation") -> bytes:
    registrars = {country: signing(f"{country}.registrar").public for country in ("xa", "xb")}
    founder = signing(FOUNDERS[0])
    witnesses = [witness_entry(NAMES[0], "xa")]
    return found_federation(name, [founder.public], 1, registrars, BEFORE, founder, witnesses=witnesses, quorum=1)


@cache
def enrolled(agency: AgencyId, *origins: str) -> bytes:
    """The agency's record with these logs."""
    request = request_enrolment(
        signing(agency),
        {"en": f"Example {agency}"},
        OrganisationType.NGO,
        (Mandate.SHELTER,),
        agency,
        BEFORE,
        logs=tuple(log_entry(origin, log_keys(origin), BEFORE) for origin in origins),
    )
    return approve(request, signing(f"{agency.split('.')[0]}.registrar"))


@cache
def records(answered: bool = False) -> tuple[bytes, ...]:
    """Federation, the sender (with its log, if it got an answer), the recipient with its log and its opening key."""
    key = publish_opening_key(signing(B), opening(B).public, 0, BEFORE, 90)
    return (federation(), enrolled(A, *([A] if answered else ())), enrolled(B, B), key)


@cache
def desk_records() -> tuple[bytes, ...]:
    """Federation, and an agency with the logs of its relay and its desk."""
    return (federation(), enrolled(A, A, desk_origin(A)))


@cache
def leaked() -> bytes:
    """The sender and its registrar say, a week later, that the sender's keyset had been in other hands."""
    history = Directory.fold(records(), root=root()).history(A)
    since, said = AT.plus(5 * DAY), AT.plus(6 * DAY)
    return declare_compromise(history, signing(A).id, since, A, said, signing(A), signing("xa.registrar"))


def root(record: bytes | None = None) -> Digest:
    signed = decode(SignedRecord, record or federation())
    return record_digest(signed.kind, signed.record)


def seen(log: Log, at: Moment, witnessed: bool = True) -> bytes:
    """The newest checkpoint, cosigned ten seconds later."""
    return log.note(at, [at.plus(10)] if witnessed else [])


def deliver(
    sent: Sent,
    to: AgencyId = B,
    sender: AgencyId = A,
    at: Moment | None = None,
    *,
    received: bool = True,
    witnessed: bool = True,
    earlier: bool = False,
    claimed: Moment | None = None,
    recipient: AgencyId | None = None,
) -> Proved:
    """A delivery into the recipient's log. claimed, recipient: what the event says instead."""
    at, log = at or AT.plus(60), Log(to)
    log.append(dummy(at.plus(-60)))
    before = seen(log, at.plus(-30)) if earlier else b""
    event = delivered(sent.leaf, sender, recipient or to, opening(to).id, claimed or at)
    index = log.append(event)
    receipt = log.receipt(index, seen(log, at, witnessed))
    if not received:
        return Proved(receipt, b"", b"", before)
    said = acknowledge(signing(to), sent.leaf, sender, AcknowledgementKind.RECEIVED, at.plus(30))
    index = log.append(new_event(LogEventKind.RECEIVED, sent.leaf, at.plus(35), sender=sender, recipient=to))
    return Proved(receipt, said, log.receipt(index, seen(log, at.plus(35), witnessed)), before)


def reply(asked: Sent, kind: MessageKind = MessageKind.ACCEPT) -> Sent:
    """What the recipient sends back a day later."""
    control = Control(kind=kind, thread=THREAD, purpose=Purpose.REFERRAL_OFFER, about=(asked.leaf,))
    (made,) = send(control, sender=B, to=A, at=AT.plus(DAY))
    return made


def came(answer: Sent) -> EvidenceMessage:
    """The answer with the receipt of the relay that got it."""
    return message(answer, deliver(answer, A, B, AT.plus(DAY + 60), received=False), to=A)


def message(sent: Sent, proved: Proved | None, to: AgencyId = B, control: bool = True) -> EvidenceMessage:
    proofs = {} if proved is None else {to: proved}
    return show_message(sent.cover, proofs, (sent.salt, sent.control) if control else None)


def silent(
    sent: Sent, at: Moment = OVERDUE, by: AgencyId = A, kind: ClaimKind = ClaimKind.NO_ANSWER, **m: Any
) -> bytes:
    """The claim that nothing came."""
    return sign_claim(signing(by), kind, at, leaf=sent.leaf, recipient=B, **m)
