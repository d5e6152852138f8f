"""Claims of silence: no clock but the auditor's makes one true, and no answer but one that came makes one false."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from referral_proto.crypto.opening import OpeningKey
from referral_proto.flow.evidence.bundle import build_exchange, chosen_records, show_message
from referral_proto.flow.evidence.claim import sign_claim
from referral_proto.flow.evidence.report import Conclusion, Report, Status, Verdict
from referral_proto.flow.evidence.verify import verify_evidence
from referral_proto.flow.open import ANSWERS
from referral_proto.model.codes.evidence import ClaimKind
from referral_proto.model.codes.exchange import ClockKind, MessageKind, Purpose
from referral_proto.model.codes.federation import RecordKind
from referral_proto.model.control import Clock, Control
from referral_proto.model.evidence import EvidenceMessage
from referral_proto.moment import DAY, Moment
from referral_proto.ports import Proved
from referral_proto.trust.amend import declare_compromise
from referral_proto.trust.directory import Directory
from referral_proto.trust.issue import publish_opening_key
from tests.flow.evidence_world import (
    AT,
    BEFORE,
    DUE,
    THREAD,
    A,
    B,
    Log,
    Sent,
    answer,
    deliver,
    opening,
    records,
    request,
    revoked,
    root,
    seed,
    send,
    signing,
)

LATER = AT.plus(30 * DAY)
OVERDUE = DUE.plus(60)
HOUR = 3600
FIRST = (MessageKind.RECEIVED, MessageKind.ACKNOWLEDGED, MessageKind.UNREADABLE)


def silent(sent: Sent, at: Moment = OVERDUE, kind: ClaimKind = ClaimKind.NO_ANSWER, **more: Any) -> bytes:
    return sign_claim(signing(A), kind, at, leaf=sent.leaf, recipient=B, **more)


def message(sent: Sent, proved: Proved | None, to: Any = B) -> EvidenceMessage:
    return show_message(sent.cover, {} if proved is None else {to: proved}, (sent.salt, sent.control))


def judged(
    messages: Sequence[EvidenceMessage], *claims: bytes, held: Sequence[bytes] = (), at: Moment | None = LATER
) -> Report:
    held = chosen_records([*records(), *held], (A, B))
    return verify_evidence(build_exchange(messages, held, claims), root(), at=at)


def of(report: Report, check: str, number: int = 1) -> tuple[Status, str]:
    found = [one for one in report.results if one.id == check and one.message in (number, 0)]
    return found[-1].status, found[-1].code


def silences(report: Report) -> list[str]:
    return [one.text for one in report.shown if one.kind is Conclusion.NON_RESPONSE]


def reply(sent: Sent, kind: MessageKind = MessageKind.ACCEPT, at: Moment | None = None) -> Sent:
    control = Control(kind=kind, thread=THREAD, purpose=Purpose.REFERRAL_OFFER, about=(sent.leaf,))
    (made,) = send(control, sender=B, to=A, at=at or AT.plus(DAY))
    return made


def came(sent: Sent, at: Moment | None = None) -> EvidenceMessage:
    return message(sent, deliver(Log(A), sent, sender=B, at=at or AT.plus(DAY + 60)), to=A)


def asking(*clocks: tuple[ClockKind, Moment]) -> Sent:
    made = tuple(Clock(kind=kind, due_at=due) for kind, due in clocks)
    control = Control(kind=MessageKind.OFFER, thread=THREAD, purpose=Purpose.REFERRAL_OFFER, clocks=made)
    (sent,) = send(control)
    return sent


@pytest.fixture
def asked() -> Sent:
    (sent,) = send(request())
    return sent


class TestTime:
    @pytest.mark.req("EVI-10")
    def test_a_claim_from_the_future_is_refused(self, asked: Sent) -> None:
        """The claimant dates its claim behind the deadline, and hands it over before."""
        there = [message(asked, deliver(Log(B), asked))]
        report = judged(there, silent(asked), at=AT.plus(HOUR))
        assert of(report, "E-13") == (Status.FAILED, "evidence.claim-ahead")
        assert report.verdict is Verdict.FAILED and not silences(report)
        assert judged(there, silent(asked), at=OVERDUE.plus(-60)).passed

    @pytest.mark.req("EVI-10")
    def test_without_a_clock_the_time_of_a_claim_stays_open(self, asked: Sent) -> None:
        report = judged([message(asked, deliver(Log(B), asked))], silent(asked), at=None)
        assert of(report, "E-13") == (Status.INDETERMINATE, "evidence.no-clock")
        assert report.verdict is Verdict.INDETERMINATE and not silences(report)

    @pytest.mark.req("EVI-06", "EVI-10")
    def test_a_key_that_leaked_later_contests_what_only_claims_to_be_older(self, asked: Sent) -> None:
        leaked = revoked(AT.plus(6 * DAY), compromised=AT.plus(5 * DAY))
        report = judged([message(asked, deliver(Log(B), asked))], silent(asked), held=[leaked])
        assert of(report, "E-3") == (Status.PASSED, "")
        assert of(report, "E-13") == (Status.CONTESTED, "trust.keyset-contested")
        assert report.verdict is Verdict.CONTESTED and not silences(report)
        # Before anybody said so it was a claim like any other.
        assert judged([message(asked, deliver(Log(B), asked))], silent(asked)).passed

    @pytest.mark.req("EVI-10")
    def test_a_key_that_ended_in_good_order_leaves_it_open(self, asked: Sent) -> None:
        there = [message(asked, deliver(Log(B), asked))]
        report = judged(there, silent(asked), held=[revoked(AT.plus(5 * DAY))])
        assert of(report, "E-13") == (Status.INDETERMINATE, "evidence.key-ended") and not silences(report)
        assert judged(there, silent(asked), held=[revoked(AT.plus(5 * DAY))], at=AT.plus(4 * DAY)).passed

    @pytest.mark.req("EVI-05")
    def test_what_a_witness_signs_ahead_of_the_auditors_clock_does_not_count(self, asked: Sent) -> None:
        there = [message(asked, deliver(Log(B), asked, at=AT.plus(DAY)))]
        assert of(judged(there, at=AT.plus(HOUR)), "E-6") == (Status.INDETERMINATE, "evidence.no-quorum")
        assert judged(there, at=AT.plus(DAY)).passed


class TestAnswers:
    @pytest.mark.req("EVI-11")
    @pytest.mark.parametrize("kind", [one for one in MessageKind if one not in ANSWERS], ids=lambda one: one.name)
    def test_what_is_about_a_message_and_no_answer_by_its_kind_is_none(self, asked: Sent, kind: MessageKind) -> None:
        report = judged([message(asked, deliver(Log(B), asked)), came(reply(asked, kind))], silent(asked))
        assert of(report, "E-12", 2) == (Status.PASSED, "") and of(report, "E-14") == (Status.PASSED, "")
        assert Conclusion.ANSWERS not in {one.kind for one in report.shown} and silences(report)

    @pytest.mark.parametrize("kind", sorted(ANSWERS - set(FIRST)), ids=lambda one: one.name)
    def test_an_answer_that_came_refutes_the_claim(self, asked: Sent, kind: MessageKind) -> None:
        report = judged([message(asked, deliver(Log(B), asked)), came(reply(asked, kind))], silent(asked))
        assert of(report, "E-14") == (Status.FAILED, "evidence.contradicted")

    @pytest.mark.parametrize("kind", FIRST[:2])
    def test_that_it_came_is_no_decision(self, asked: Sent, kind: MessageKind) -> None:
        report = judged([message(asked, deliver(Log(B), asked)), came(reply(asked, kind))], silent(asked))
        assert report.passed
        (text,) = silences(report)
        assert "asked for a decision by" in text and "what message 2 answers is only that it came" in text

    def test_who_could_not_read_it_is_not_silent(self, asked: Sent) -> None:
        said = reply(asked, MessageKind.UNREADABLE)
        report = judged([message(asked, deliver(Log(B), asked)), came(said)], silent(asked))
        assert of(report, "E-14") == (Status.NOT_SHOWN, "evidence.not-received") and not silences(report)
        late = judged([message(asked, deliver(Log(B), asked)), message(said, None)], silent(asked))
        assert of(late, "E-14") == (Status.INDETERMINATE, "evidence.arrival-open")

    @pytest.mark.req("EVI-11")
    def test_an_answer_that_nothing_shows_to_have_come_brands_nobody(self, asked: Sent) -> None:
        """Made afterwards and dated back, or held back by its sender, or delivered long after."""
        back = reply(asked)
        for shown in (
            message(back, None),
            message(back, Proved(b"", b"", b"", b""), to=A),
            message(back, deliver(Log(A), back, sender=B, at=AT.plus(DAY + 60), cosigned=False), to=A),
            came(back, at=AT.plus(6 * DAY)),
        ):
            report = judged([message(asked, deliver(Log(B), asked)), shown], silent(asked))
            assert of(report, "E-14") == (Status.INDETERMINATE, "evidence.arrival-open")
            assert report.verdict is Verdict.INDETERMINATE and not silences(report)

    def test_a_kind_from_a_later_version_may_be_the_answer(self, asked: Sent) -> None:
        strange = reply(asked, MessageKind(77))
        report = judged([message(asked, deliver(Log(B), asked)), came(strange)], silent(asked))
        assert of(report, "E-14") == (Status.NOT_SHOWN, "evidence.unopened")


class TestDeadlines:
    def both(self) -> Sent:
        return asking((ClockKind.ACKNOWLEDGEMENT, AT.plus(HOUR)), (ClockKind.DECISION, DUE))

    def test_one_deadline_that_passed_is_not_the_other(self) -> None:
        asked = self.both()
        report = judged([message(asked, deliver(Log(B), asked))], silent(asked, AT.plus(2 * HOUR)))
        (text,) = silences(report)
        assert f"asked for an acknowledgement by {AT.plus(HOUR).iso()}" in text and "decision" not in text

    def test_both_that_passed_are_said_one_by_one(self) -> None:
        asked = self.both()
        texts = silences(judged([message(asked, deliver(Log(B), asked))], silent(asked)))
        assert ["acknowledgement by" in texts[0], "decision by" in texts[1], len(texts)] == [True, True, 2]

    @pytest.mark.req("EVI-09")
    def test_who_got_it_after_the_first_deadline_answers_for_the_second(self) -> None:
        asked = self.both()
        report = judged([message(asked, deliver(Log(B), asked, at=AT.plus(HOUR)))], silent(asked))
        (text,) = silences(report)
        assert "asked for a decision by" in text

    def test_an_acknowledgement_meets_its_own_deadline_alone(self) -> None:
        asked = self.both()
        said = came(reply(asked, MessageKind.ACKNOWLEDGED, AT.plus(600)), AT.plus(660))
        there = message(asked, deliver(Log(B), asked))
        (text,) = silences(judged([there, said], silent(asked)))
        assert "asked for a decision by" in text
        early = judged([there, said], silent(asked, AT.plus(2 * HOUR)))
        assert of(early, "E-14") == (Status.NOT_SHOWN, "evidence.not-due")
        only = asking((ClockKind.ACKNOWLEDGEMENT, AT.plus(HOUR)))
        said = came(reply(only, MessageKind.ACKNOWLEDGED, AT.plus(600)), AT.plus(660))
        report = judged([message(only, deliver(Log(B), only)), said], silent(only, AT.plus(2 * HOUR)))
        assert of(report, "E-14") == (Status.FAILED, "evidence.contradicted")

    def test_the_message_itself_says_more_than_its_sender_does(self) -> None:
        (asked,) = send(request(AT.plus(5 * DAY)))
        due = silent(asked, OVERDUE, ClaimKind.ANSWER_DUE, due_at=DUE)
        report = judged([message(asked, deliver(Log(B), asked))], silent(asked), due)
        assert of(report, "E-14") == (Status.NOT_SHOWN, "evidence.not-due")


class TestOpeningKeys:
    def leaked(self, since: Moment) -> bytes:
        history = Directory.fold(records(), root=root()).history(B)
        return declare_compromise(
            history, signing(B).id, since, B, since.plus(DAY), signing(B), signing("xb.registrar")
        )

    def test_a_record_by_a_key_that_leaked_proves_no_opening_key(self, asked: Sent) -> None:
        """Whoever holds the leaked key can make one up, and date it back."""
        for since in (AT.plus(-10 * DAY), AT.plus(10 * DAY)):
            report = judged([message(asked, Proved(b"", b"", b"", b""), B)], held=[self.leaked(since)])
            assert of(report, "E-4") == (Status.CONTESTED, "trust.keyset-contested")

    def test_what_stood_in_the_recipients_log_before_that_is_beyond_doubt(self, asked: Sent) -> None:
        there = [message(asked, deliver(Log(B), asked, kind=None))]
        assert of(judged(there, held=[self.leaked(AT.plus(10 * DAY))]), "E-4") == (Status.PASSED, "")
        assert of(judged(there, held=[self.leaked(AT.plus(-DAY))]), "E-4")[0] is Status.CONTESTED

    def test_an_opening_key_that_a_thief_made_up(self) -> None:
        thief = OpeningKey.from_seed(B, seed("thief"))
        made = publish_opening_key(signing(B), thief.public, 9, BEFORE.plus(DAY), 80)
        assert thief.id != opening(B).id
        (asked,) = send(request(), opening_key=thief.id)
        report = judged([message(asked, Proved(b"", b"", b"", b""), B)], held=[made, self.leaked(AT.plus(-10 * DAY))])
        assert of(report, "E-4") == (Status.CONTESTED, "trust.keyset-contested")

    def test_what_reads_as_no_record_is_nobodys(self, asked: Sent) -> None:
        """No bundle makes the verifier raise."""
        junk = bytes([0x08, RecordKind.OPENING_KEY]) + b"junk"
        there = [message(asked, deliver(Log(B), asked))]
        bundle = build_exchange(there, [*chosen_records(records(), (A, B)), junk])
        assert verify_evidence(bundle, root(), at=LATER).passed


def test_an_acknowledgement_without_the_delivery_shows_no_order(asked: Sent) -> None:
    proved = deliver(Log(B), asked)
    alone = Proved(b"", proved.acknowledgement, proved.acknowledgement_receipt, b"")
    assert of(judged([message(asked, alone)]), "E-10") == (Status.NOT_SHOWN, "")
    assert of(judged([message(asked, proved)]), "E-10") == (Status.PASSED, "")


@pytest.mark.req("EVI-01")
def test_a_claim_that_is_signed_twice_is_one_claim(asked: Sent) -> None:
    from referral_proto.errors import CallerError

    with pytest.raises(CallerError, match=r"evidence\.content"):
        judged([message(asked, deliver(Log(B), asked))], silent(asked), silent(asked))


def test_an_answer_is_still_shown_as_one(asked: Sent) -> None:
    (said,) = send(answer(asked.leaf), sender=B, to=A, at=AT.plus(DAY))
    report = judged([message(asked, deliver(Log(B), asked)), came(said)])
    assert f"Message 2 is an answer of {B} to message 1." in {one.text for one in report.shown}
