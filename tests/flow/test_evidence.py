"""Evidence of an exchange: what an honest exporter shows, and everything that a corrupt one tries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.flow.evidence.bundle import build_exchange, chosen_records, show_message
from referral_proto.flow.evidence.claim import sign_claim
from referral_proto.flow.evidence.report import Conclusion, Report, Status, Verdict
from referral_proto.flow.evidence.verify import Auditor, verify_evidence
from referral_proto.log.event import delivered, new_event
from referral_proto.log.note import parse_note, render_note
from referral_proto.model.codes.evidence import ClaimKind
from referral_proto.model.codes.federation import RecordKind
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.model.evidence import EvidenceMessage
from referral_proto.model.log import Receipt
from referral_proto.model.records import SignedRecord
from referral_proto.moment import DAY, Moment
from referral_proto.ports import Proved
from referral_proto.trust.amend import rotate_keyset
from referral_proto.trust.directory import Directory
from referral_proto.wire import decode, encode
from tests.flow.evidence_world import (
    AT,
    DUE,
    A,
    B,
    Log,
    Sent,
    answer,
    deliver,
    opening,
    played,
    records,
    request,
    revoked,
    root,
    send,
    signing,
)

OVERDUE = DUE.plus(60)
LATER = AT.plus(30 * DAY)


def held() -> tuple[bytes, ...]:
    return chosen_records(records(), (A, B))


def shown(sent: Sent, proved: Proved, *, control: bool = True, to: Any = B) -> EvidenceMessage:
    return show_message(sent.cover, {to: proved}, (sent.salt, sent.control) if control else None)


def judged(*messages: EvidenceMessage, claims: Sequence[bytes] = (), **options: Any) -> Report:
    bundle = build_exchange(messages, options.pop("held", held()), claims)
    return verify_evidence(bundle, root(), **{"at": LATER} | options)


def of(report: Report, check: str, message: int = 1) -> tuple[Status, str]:
    found = [one for one in report.results if one.id == check and one.message in (message, 0)]
    return found[-1].status, found[-1].code


def kinds(report: Report) -> list[Conclusion]:
    return [one.kind for one in report.shown]


@pytest.mark.req("EVI-07")
def test_an_honest_exchange_passes_and_says_whose_word_everything_is() -> None:
    report = verify_evidence(played().bundle(), root())
    assert report.verdict is Verdict.PASSED
    assert {one.status for one in report.results} == {Status.PASSED}
    assert kinds(report) == [
        Conclusion.SIGNED,
        Conclusion.RECEIVED,
        Conclusion.SIGNED,
        Conclusion.RECEIVED,
        Conclusion.ANSWERS,
    ]
    whose = {one.what: one.whose for one in report.times if one.message == 1}
    assert whose["cosigned"] == "quorum of witnesses"
    assert whose["received by the relay"] == f"relay of {B}"
    assert [chain.holder for chain in report.chains] == ["federation", A, B]


def test_one_auditor_judges_alike_with_and_without_a_memory() -> None:
    auditor = Auditor(root())
    first, again = auditor.verify(played().bundle()), auditor.verify(played().bundle())
    assert first.results == again.results == verify_evidence(played().bundle(), root()).results


class TestSilence:
    def claims(self, at: Moment = OVERDUE, by: Any = A, **more: Any) -> list[bytes]:
        return [sign_claim(signing(by), ClaimKind.NO_ANSWER, at, leaf=self.sent.leaf, recipient=B, **more)]

    @pytest.fixture(autouse=True)
    def _sent(self) -> None:
        (self.sent,) = send(request())

    @pytest.mark.req("EVI-09")
    def test_receipt_received_and_a_passed_deadline_make_a_non_response(self) -> None:
        report = judged(shown(self.sent, deliver(Log(B), self.sent)), claims=self.claims())
        assert report.passed and of(report, "E-14") == (Status.PASSED, "")
        text = next(one.text for one in report.shown if one.kind is Conclusion.NON_RESPONSE)
        assert f"is what {A} says under its signature" in text and DUE.iso() in text

    @pytest.mark.req("EVI-09")
    def test_a_receipt_without_received_says_exactly_and_only_that(self) -> None:
        report = judged(shown(self.sent, deliver(Log(B), self.sent, kind=None)), claims=self.claims())
        assert report.passed and of(report, "E-14") == (Status.NOT_SHOWN, "evidence.not-received")
        assert kinds(report) == [Conclusion.SIGNED, Conclusion.DELIVERED]
        by = AT.plus(72).iso()
        assert report.shown[1].text == (
            f"The relay of {B} had message 1 by {by}. Nothing here shows that the desk of {B} has said that it got it."
        )

    def test_unreadable_is_no_silence(self) -> None:
        proved = deliver(Log(B), self.sent, kind=AcknowledgementKind.UNREADABLE)
        report = judged(shown(self.sent, proved), claims=self.claims())
        assert of(report, "E-14") == (Status.NOT_SHOWN, "evidence.not-received")
        assert Conclusion.UNREADABLE in kinds(report) and Conclusion.NON_RESPONSE not in kinds(report)

    @pytest.mark.parametrize(
        ("at", "due", "arrived", "code"),
        [
            (DUE.plus(-1), DUE, AT, "evidence.not-due"),
            (DUE.plus(DAY), None, AT, "evidence.no-deadline"),
            (DUE.plus(DAY), AT.plus(60), AT.plus(120), "evidence.due-before-received"),
        ],
    )
    def test_no_deadline_that_passed_no_non_response(self, at: Moment, due: Any, arrived: Moment, code: str) -> None:
        (self.sent,) = send(request(due))
        report = judged(shown(self.sent, deliver(Log(B), self.sent, at=arrived.plus(60))), claims=self.claims(at))
        assert of(report, "E-14") == (Status.NOT_SHOWN, code)
        assert Conclusion.NON_RESPONSE not in kinds(report)

    def test_a_claimed_deadline_is_said_to_be_a_claim(self) -> None:
        (self.sent,) = send(request(None))
        due = sign_claim(
            signing(A), ClaimKind.ANSWER_DUE, DUE.plus(DAY), leaf=self.sent.leaf, recipient=B, due_at=DUE.plus(60)
        )
        claims = [*self.claims(DUE.plus(DAY)), due]
        report = judged(shown(self.sent, deliver(Log(B), self.sent)), claims=claims)
        assert report.passed and "nothing here proves it" in report.shown[-1].text

    def test_the_bundle_holds_the_answer_itself(self) -> None:
        (said,) = send(answer(self.sent.leaf), sender=B, to=A, at=AT.plus(DAY))
        back = deliver(Log(A), said, sender=B, at=AT.plus(DAY + 60))
        both = shown(self.sent, deliver(Log(B), self.sent)), shown(said, back, to=A)
        assert of(judged(*both, claims=self.claims()), "E-14") == (Status.FAILED, "evidence.contradicted")
        # Who hides what kind of message it is shows no silence either.
        closed = both[0], shown(said, back, to=A, control=False)
        assert of(judged(*closed, claims=self.claims()), "E-14") == (Status.NOT_SHOWN, "evidence.unopened")

    @pytest.mark.req("EVI-08")
    def test_only_the_sender_claims_for_itself(self) -> None:
        proved = deliver(Log(B), self.sent)
        for forged in (
            self.claims(by=B),
            [sign_claim(signing(A, 1), ClaimKind.NO_ANSWER, DUE.plus(60), leaf=self.sent.leaf, recipient=B)],
            [sign_claim(signing(A), ClaimKind.NO_ANSWER, DUE.plus(60), leaf=self.sent.leaf, recipient=A)],
            [sign_claim(signing(A), ClaimKind.NO_ANSWER, DUE.plus(60), leaf=bytes(32), recipient=B)],
            [sign_claim(signing(A), ClaimKind.UNEXPLAINED, DUE.plus(60), origin=B, index=0, entry=bytes(32))],
        ):
            report = judged(shown(self.sent, proved), claims=forged)
            assert report.verdict is Verdict.FAILED
            assert next(one for one in report.results if one.id == "E-13").status is Status.FAILED
            assert Conclusion.NON_RESPONSE not in kinds(report)

    def test_no_acknowledgement_beside_an_acknowledgement(self) -> None:
        """It stands in the recipient's log; whether the claimant ever got it nobody can say."""
        said = sign_claim(signing(A), ClaimKind.NO_ACKNOWLEDGEMENT, DUE, leaf=self.sent.leaf, recipient=B)
        report = judged(shown(self.sent, deliver(Log(B), self.sent)), claims=[said])
        assert of(report, "E-14") == (Status.INDETERMINATE, "evidence.arrival-open")


class TestCorruptExporter:
    @pytest.fixture(autouse=True)
    def _sent(self) -> None:
        (self.sent,) = send(request())
        (self.other,) = send(request(DUE.plus(60)))

    def refused(self, proved: Proved, check: str, code: str, sent: Sent | None = None) -> Report:
        report = judged(shown(sent or self.sent, proved))
        assert report.verdict is Verdict.FAILED
        assert of(report, check) == (Status.FAILED, code)
        return report

    def test_the_receipt_of_another_message(self) -> None:
        report = self.refused(deliver(Log(B), self.other), "E-5", "receipt.mismatch")
        assert of(report, "E-8") == (Status.FAILED, "acknowledgement.mismatch")
        assert kinds(report) == []

    def test_the_receipt_of_another_log(self) -> None:
        elsewhere = Log(A)
        there = deliver(Log(B), self.sent)
        index = elsewhere.append(*self._events(self.sent))
        forged = elsewhere.receipt(index, elsewhere.note(AT.plus(60), [AT.plus(70), AT.plus(70)]))
        self.refused(replace(there, receipt=forged), "E-5", "checkpoint.origin")

    def test_the_acknowledgements_receipt_of_another_log(self) -> None:
        there = deliver(Log(B), self.sent)
        elsewhere = Log(A)
        deliver(elsewhere, replace(self.sent))
        index = elsewhere.append(self._received())
        forged = elsewhere.receipt(index, elsewhere.note(AT.plus(100), [AT.plus(110), AT.plus(110)]))
        self.refused(replace(there, acknowledgement_receipt=forged), "E-9", "checkpoint.origin")

    def _events(self, sent: Sent) -> list[bytes]:
        return [delivered(sent.leaf, A, B, opening(B).id, AT.plus(60))]

    def _received(self) -> bytes:
        return new_event(LogEventKind.RECEIVED, self.sent.leaf, AT.plus(95), sender=A, recipient=B)

    @pytest.mark.req("EVI-05")
    def test_a_receipt_without_a_quorum_leaves_time_open(self) -> None:
        report = judged(shown(self.sent, deliver(Log(B), self.sent, cosigned=False)))
        assert report.verdict is Verdict.INDETERMINATE
        assert of(report, "E-6") == (Status.INDETERMINATE, "evidence.no-quorum")
        assert of(report, "E-3") == (Status.INDETERMINATE, "evidence.no-time")
        assert kinds(report) == []

    def test_witnesses_whom_the_federation_does_not_name(self) -> None:
        log = Log(B)
        index = log.append(*self._events(self.sent))
        note = log.note(AT.plus(60), [AT.plus(70), AT.plus(70), AT.plus(70)], number=1)
        report = judged(shown(self.sent, Proved(log.receipt(index, note))))
        assert of(report, "E-6") == (Status.INDETERMINATE, "evidence.no-quorum")

    def test_a_backdated_and_a_postdated_receipt(self) -> None:
        self.refused(deliver(Log(B), self.sent, at=AT.plus(DAY), claimed=AT.plus(60)), "E-7", "receipt.backdated")
        self.refused(deliver(Log(B), self.sent, claimed=AT.plus(DAY)), "E-7", "receipt.postdated")

    def test_a_receipt_from_before_the_message_or_after_its_end(self) -> None:
        self.refused(deliver(Log(B), self.sent, at=AT.plus(-DAY)), "E-7", "evidence.too-early")
        self.refused(deliver(Log(B), self.sent, at=AT.plus(8 * DAY)), "E-7", "evidence.too-late")

    def test_a_later_checkpoint_shown_as_an_earlier_one(self) -> None:
        log = Log(B)
        proved = deliver(log, self.sent)
        later = log.note(AT.plus(300), [AT.plus(310), AT.plus(310)])
        self.refused(replace(proved, earlier_checkpoint=later), "E-7", "evidence.earlier")

    def test_somebody_to_whom_it_was_not_sent(self) -> None:
        report = judged(shown(self.sent, deliver(Log(B), self.sent), to=A))
        assert of(report, "E-5") == (Status.FAILED, "evidence.recipient")

    def test_another_control_section(self) -> None:
        message = show_message(self.sent.cover, {}, (self.sent.salt, self.other.control))
        assert of(judged(message), "E-11") == (Status.FAILED, "evidence.control")

    def test_an_answer_by_a_stranger_to_the_exchange(self) -> None:
        (mine,) = send(answer(self.sent.leaf, thread=bytes(16)), sender=B, to=A, at=AT.plus(DAY))
        report = judged(
            shown(self.sent, deliver(Log(B), self.sent)), shown(mine, deliver(Log(A), mine, sender=B), to=A)
        )
        assert of(report, "E-12", 2) == (Status.FAILED, "evidence.unrelated")

    @pytest.mark.req("EVI-02")
    def test_records_of_another_federation(self) -> None:
        bundle = played().bundle(held=records("Another invented federation"))
        report = verify_evidence(bundle, root())
        assert report.verdict is Verdict.FAILED and of(report, "E-2") == (Status.FAILED, "trust.root")
        assert [one.id for one in report.results] == ["E-1", "E-2"]

    def test_every_founders_own_copy_of_a_record(self) -> None:
        whole = decode(SignedRecord, records()[0])
        copies = [encode(whole.model_copy(update={"signatures": (one,)})) for one in whole.signatures]
        bundle = build_exchange([shown(self.sent, deliver(Log(B), self.sent))], [*copies, *held()[1:]])
        assert verify_evidence(bundle, root()).passed

    @pytest.mark.req("EVI-04")
    def test_a_record_whose_signature_was_changed(self) -> None:
        for place, record in enumerate(held()):
            changed = bytearray(record)
            changed[-7] ^= 1
            others = [one for number, one in enumerate(held()) if number != place]
            bundle = build_exchange([shown(self.sent, deliver(Log(B), self.sent))], [bytes(changed), *others])
            report = verify_evidence(bundle, root())
            assert not report.passed or [one.code for one in report.results if one.id == "E-4"] == [""]
            assert report.passed == (decode(SignedRecord, record).kind is RecordKind.OPENING_KEY)

    def test_a_line_of_the_log_that_is_no_signature(self) -> None:
        proved = deliver(Log(B), self.sent)
        receipt = decode(Receipt, proved.receipt)
        note = parse_note(receipt.checkpoint)
        cut = render_note(note.text, [line._replace(signature=b"short") for line in note.lines])
        forged = encode(receipt.model_copy(update={"checkpoint": cut}))
        self.refused(replace(proved, receipt=forged), "E-5", "note.unsigned")

    def test_records_that_are_left_out_prove_nothing(self) -> None:
        report = judged(shown(self.sent, deliver(Log(B), self.sent)), held=chosen_records(records(), (A,)))
        assert report.verdict is Verdict.FAILED
        assert of(report, "E-5") == (Status.FAILED, "trust.unknown-agency")

    @pytest.mark.req("EVI-06")
    def test_a_revocation_that_was_left_out_shows_with_the_auditors_records(self) -> None:
        ended = self._revoked(AT.plus(30))
        bundle = played().bundle()
        without = verify_evidence(bundle, root(), at=AT.plus(9 * DAY))
        assert without.passed and without.chains[1].sequence == 0
        within = verify_evidence(bundle, root(), at=AT.plus(9 * DAY), more_records=ended)
        assert within.verdict is Verdict.FAILED and within.chains[1].sequence == 1
        assert of(within, "E-3") == (Status.FAILED, "trust.keyset-revoked")

    def test_a_compromise_that_was_left_out_contests(self) -> None:
        ended = self._revoked(AT.plus(5 * DAY), compromised=AT.plus(-DAY))
        report = verify_evidence(played().bundle(), root(), at=AT.plus(9 * DAY), more_records=ended)
        assert report.verdict is Verdict.CONTESTED
        standing = next(one.standing for one in report.results if one.id == "E-3")
        assert standing is not None and standing.since == AT.plus(-DAY)

    def test_received_before_a_revocation_stays_valid(self) -> None:
        ended = self._revoked(AT.plus(5 * DAY))
        assert verify_evidence(played().bundle(), root(), at=AT.plus(9 * DAY), more_records=ended).passed

    def test_a_registrar_alone_makes_no_evidence_contested(self) -> None:
        history = Directory.fold(records(), root=root()).history(A)
        registrar = signing("xa.registrar")
        alone = rotate_keyset(history, SigningKeyset.create(A), AT.plus(DAY), registrar)
        report = verify_evidence(played().bundle(), root(), at=AT.plus(9 * DAY), more_records=(*records(), alone))
        assert report.passed
        assert ("trust.keyset-unsupported", A) in report.alarms

    def _revoked(self, when: Moment, compromised: Moment | None = None) -> tuple[bytes, ...]:
        return (*records(), revoked(when, compromised))
