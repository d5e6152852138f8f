"""Verb `evidence`: what a bundle shows an auditor, and what nobody can make it show (F3, F12, F14, F22)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Any

from referral_proto.flow.evidence.bundle import build_access, build_audit, build_exchange
from referral_proto.flow.evidence.claim import sign_claim
from referral_proto.flow.evidence.verify import verify_evidence
from referral_proto.ids import Digest, Leaf
from referral_proto.log.event import anchored, dummy, entry_of, new_event
from referral_proto.log.head import desk_origin
from referral_proto.log.tree import inclusion_proof
from referral_proto.model.codes.evidence import ClaimKind
from referral_proto.model.codes.exchange import MessageKind
from referral_proto.model.codes.log import LogEventKind
from referral_proto.model.envelope import Cover
from referral_proto.model.evidence import EvidenceBundle, EvidenceMessage
from referral_proto.moment import Moment
from referral_proto.ports import Proved
from referral_proto.wire import decode, encode
from tests.conformance.cases import base64, case
from tests.conformance.evidence_scene import (
    AT,
    LATER,
    OVERDUE,
    A,
    B,
    Log,
    Sent,
    came,
    deliver,
    desk_records,
    federation,
    leaked,
    message,
    records,
    reply,
    root,
    seen,
    send,
    silent,
)
from tests.flow.evidence_world import request, signing

Made = Callable[[], bytes]


def shows(
    identity: str,
    requirements: str,
    about: str,
    verdict: str,
    made: Made,
    *,
    at: Moment | None = LATER,
    more: Callable[[], Sequence[bytes]] = tuple,
    by: Callable[[], Digest] = root,
) -> None:
    """A bundle that is judged like this, or no vector is made of it."""

    def given() -> dict[str, Any]:
        bundle, further = made(), list(more())
        found = verify_evidence(bundle, by(), at=at, more_records=further)
        assert found.verdict == verdict, [one for one in found.results if one.status not in ("passed", "not-shown")]
        whole: dict[str, Any] = {"bundle": base64(bundle), "root": by().hex(), "at": at and at.iso()}
        return whole | ({"more": [base64(one) for one in further]} if further else {})

    case(identity, "evidence", requirements, about, given)


def asked() -> Sent:
    (sent,) = send(request())
    return sent


def exchange(*messages: EvidenceMessage, claims: Sequence[bytes] = (), answered: bool = False) -> bytes:
    return build_exchange(messages, records(answered), claims)


def plain(**how: Any) -> bytes:
    """One message and the receipt of its delivery."""
    sent = asked()
    return exchange(message(sent, deliver(sent, received=False, **how), control=False))


def silence(at: Moment = OVERDUE, received: bool = True, by: Any = A) -> bytes:
    sent = asked()
    return exchange(message(sent, deliver(sent, received=received)), claims=[silent(sent, at, by)])


def replied(kind: MessageKind, claim: bool = True, delivered: bool = True) -> bytes:
    sent = asked()
    back = reply(sent, kind)
    shown = came(back) if delivered else message(back, None)
    claims = [silent(sent)] if claim else []
    return exchange(message(sent, deliver(sent)), shown, claims=claims, answered=True)


def _flipped() -> bytes:
    bundle = bytearray(plain())
    bundle[len(bundle) // 2] ^= 1
    return bytes(bundle)


def _forged() -> bytes:
    bundle = decode(EvidenceBundle, plain())
    cover = decode(Cover, bundle.messages[0].cover)
    bent = bytes([cover.seal.ed25519[0] ^ 1]) + cover.seal.ed25519[1:]
    forged = encode(cover.model_copy(update={"seal": cover.seal.model_copy(update={"ed25519": bent})}))
    return exchange(bundle.messages[0].model_copy(update={"cover": forged}))


def _newer() -> bytes:
    return plain().replace(b"evidence\x10\x01", b"evidence\x10\x02", 1)


def _no_delivery() -> bytes:
    sent = asked()
    proved = deliver(sent)
    return exchange(message(sent, Proved(b"", proved.acknowledgement, proved.acknowledgement_receipt, b"")))


def _backdated() -> bytes:
    return plain(at=OVERDUE, claimed=AT.plus(60), earlier=True)


def _opened(number: int, at: int) -> bytes:
    leaf = Leaf(sha256(b"message %d" % number).digest())
    return new_event(LogEventKind.OPENED, leaf, AT.plus(at), actor=sha256(b"an invented officer").digest())


def access(forked: bool = False) -> bytes:
    """A desk's log of three events, anchored after the second. forked: and another story of two events."""
    desk, other, relay = Log(desk_origin(A)), Log(desk_origin(A)), Log(A)
    events = [_opened(number, 10 * number) for number in range(3)]
    desk.append(*events[:2])
    other.append(events[0], events[2])
    first, second = desk.note(AT.plus(15)), other.note(AT.plus(30))
    at = AT.plus(40)
    index = relay.append(anchored(desk.head, A, at))
    anchors = [(first, relay.receipt(index, seen(relay, at)))]
    desk.append(events[2])
    anchors.append((second, b"") if forked else (desk.note(AT.plus(50)), b""))
    held = events[:2] if forked else events
    return build_access(A, [(entry_of(one), one) for one in held], anchors, desk_records())


def audit() -> bytes:
    log = Log(A)
    log.append(dummy(AT), dummy(AT))
    entry = entry_of(log.events[1])
    said = sign_claim(signing(A), ClaimKind.UNEXPLAINED, AT.plus(60), origin=A, index=1, entry=entry)
    return build_audit([(1, entry, inclusion_proof(log.tree, 1, 2), seen(log, AT))], desk_records(), [said])


shows(
    "F00-evidence-exchange",
    "EVI-01 EVI-02 EVI-04 EVI-07",
    "A message, its receipt, that the desk got it, and the answer.",
    "passed",
    lambda: replied(MessageKind.ACCEPT, claim=False),
)
shows("F14-evidence-non-response", "EVI-08 EVI-09", "Received, overdue, and no answer.", "passed", silence)
shows(
    "F14-evidence-receipt-only",
    "EVI-09",
    "The relay had it; nothing says that the desk did, so that nobody was silent.",
    "passed",
    lambda: silence(received=False),
)
shows(
    "F22-evidence-other-recipient",
    "EVI-04",
    "A receipt that says it was delivered to another recipient.",
    "failed",
    lambda: plain(recipient=A),
)
shows(
    "F22-evidence-backdated",
    "EVI-05",
    "The log says that the event is older than a checkpoint without it, which was cosigned.",
    "failed",
    _backdated,
)
shows("F14-evidence-no-quorum", "EVI-05", "No witness saw it.", "indeterminate", lambda: plain(witnessed=False))
shows(
    "F12-evidence-cosigned-ahead",
    "EVI-05",
    "A cosignature from after the auditor's clock does not count.",
    "indeterminate",
    plain,
    at=AT.plus(-3600),
)
shows(
    "F14-evidence-no-delivery",
    "EVI-04",
    "What the desk said, and no delivery to compare it with.",
    "indeterminate",
    _no_delivery,
)
shows("F08-evidence-newer", "EVI-01", "A bundle of version 2.", "indeterminate", _newer)
shows("F09-evidence-bit", "EVI-01", "One bit is turned.", "failed", _flipped)
shows(
    "F23-evidence-digest-made-right",
    "EVI-01 EVI-04",
    "One bit of the sender's signature is turned, and the digest made again.",
    "failed",
    _forged,
)
shows(
    "F13-evidence-other-root",
    "EVI-02",
    "The records lead to another federation than the auditor's.",
    "failed",
    plain,
    by=lambda: root(federation("Another invented federation")),
)
shows(
    "F22-evidence-claim-by-another",
    "EVI-08",
    "The recipient signs what only the sender can claim.",
    "failed",
    lambda: silence(by=B),
)
shows(
    "F12-evidence-claim-ahead",
    "EVI-10",
    "A claim that is dated after the deadline, and shown to an auditor before it.",
    "failed",
    silence,
    at=AT.plus(3600),
)
shows("F12-evidence-no-clock", "EVI-10", "A claim, and no clock to judge it by.", "indeterminate", silence, at=None)
shows(
    "F13-evidence-claim-by-a-leaked-key",
    "EVI-06 EVI-10",
    "The auditor's records say that the claim's key leaked later: it can have been dated back.",
    "contested",
    silence,
    more=lambda: [leaked()],
)
shows(
    "F03-evidence-update-is-no-answer",
    "EVI-11",
    "A message about the one asked that is no answer by its kind.",
    "passed",
    lambda: replied(MessageKind.UPDATE),
)
shows(
    "F03-evidence-acknowledged-is-no-decision",
    "EVI-09 EVI-11",
    "That it came meets no deadline of a decision.",
    "passed",
    lambda: replied(MessageKind.ACKNOWLEDGED),
)
shows(
    "F22-evidence-contradicted",
    "EVI-11",
    "The claimant's relay had the answer before it claimed.",
    "failed",
    lambda: replied(MessageKind.ACCEPT),
)
shows(
    "F03-evidence-answer-never-sent",
    "EVI-11",
    "An answer that nothing shows to have come: neither silence nor a false claim.",
    "indeterminate",
    lambda: replied(MessageKind.ACCEPT, delivered=False),
)
shows("F14-evidence-access", "EVI-12", "A desk's log, anchored after its second entry.", "passed", access)
shows(
    "F14-evidence-access-two-logs",
    "EVI-12",
    "Two heads of one size and two roots.",
    "failed",
    lambda: access(forked=True),
)
shows("F22-evidence-unexplained", "EVI-08", "An entry behind which an agency got nothing.", "passed", audit)
