"""What a desk proves of mail: acknowledgements that no stop loses, receipts that it verified itself, evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reference_node.desk.forms import read_answer, read_referral
from reference_node.desk.views import DeliveryView, MessageView, Order, Proof
from referral_proto import CallerError, Leaf, MessageKind, Purpose, WorldError
from referral_proto.flow.evidence.report import Conclusion, Report, Verdict
from referral_proto.flow.evidence.verify import verify_evidence
from referral_proto.log.acknowledgement import acknowledge
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.moment import HOUR, Moment
from referral_proto.ports import Outcome, Proved
from tests.desk.audited import PLANTED, root
from tests.desk.ledger import LogOffice
from tests.desk.test_inbound import made
from tests.desk.world import EXAMPLE, KH, NGO, TH, Clock, Desk, directory, vaults

RECEIVED, UNREADABLE = AcknowledgementKind.RECEIVED, AcknowledgementKind.UNREADABLE


@pytest.fixture
def office(clock: Clock) -> LogOffice:
    return LogOffice(clock)


@pytest.fixture
def th(tmp_path: Path, clock: Clock, office: LogOffice) -> Iterator[Desk]:
    yield from _desk(tmp_path / "th", clock, office, TH)


@pytest.fixture
def kh(tmp_path: Path, clock: Clock, office: LogOffice) -> Iterator[Desk]:
    yield from _desk(tmp_path / "kh", clock, office, KH)


def _desk(folder: Path, clock: Clock, office: LogOffice, agency: str) -> Iterator[Desk]:
    folder.mkdir()
    one = Desk(agency, folder, clock, office.log_box(agency))  # type: ignore[arg-type]
    yield one
    one.database.close()


def kinds(office: LogOffice) -> list[AcknowledgementKind]:
    """What the log of KH says of mail that its desk had, in order."""
    names = {LogEventKind.RECEIVED: RECEIVED, LogEventKind.UNREADABLE: UNREADABLE}
    found = sorted((index, kind) for (kind, _), index in office.logs[KH].places.items() if kind in names)
    return [names[LogEventKind(kind)] for _, kind in found]


def offer(desk: Desk, *recipients: str) -> Leaf:
    order = Order(read_referral(EXAMPLE), MessageKind.OFFER, Purpose.REFERRAL_OFFER, recipients or (KH,))  # type: ignore[arg-type]
    return desk.office.outbound.refer(order, "Officer Example").leaf


def ways(desk: Desk) -> list[DeliveryView]:
    return [way for case in desk.office.archive.cases().cases for one in case.messages for way in one.deliveries]


def test_mail_is_acknowledged_once_and_the_relay_has_it_in_its_log(kh: Desk, office: LogOffice) -> None:
    sealed = made(TH, KH)
    office.put(KH, sealed.envelope)
    for _ in range(3):
        kh.round()
    assert kinds(office) == [RECEIVED]
    (row,) = kh.office.archive._held.receipts.acknowledgements(sealed.leaf)
    assert (row.kind, row.sender, row.code, row.place) == (RECEIVED, TH, None, 1)
    assert kh.office.courier.standing().acknowledging == 0


def test_what_cannot_be_read_is_said_once_and_received_when_it_can_be(kh: Desk, office: LogOffice) -> None:
    kh.records.put(directory(KH))
    sealed = made(TH, KH)
    office.put(KH, sealed.envelope)
    for _ in range(2):
        kh.round()
    said = {row.kind for row in kh.office.archive._held.receipts.acknowledgements(sealed.leaf)}
    assert said == {UNREADABLE}
    kh.records.put(directory())
    for _ in range(2):
        kh.round()
    assert kinds(office) == [UNREADABLE, RECEIVED]
    assert kh.office.alarms.waiting() == ()


def test_mail_by_hand_is_acknowledged_too(kh: Desk, office: LogOffice) -> None:
    sealed = made(TH, KH)
    kh.office.inbound.take_by_hand(sealed.envelope)
    kh.round()
    assert kinds(office) == [RECEIVED]


@pytest.mark.parametrize("step", ["confirm", "acknowledge", "anchor", "events", "outcomes"])
def test_a_stop_between_filing_and_acknowledging_loses_none(
    kh: Desk, office: LogOffice, tmp_path: Path, clock: Clock, step: str
) -> None:
    mail = [made(TH, KH) for _ in range(3)]
    for sealed in mail:
        office.put(KH, sealed.envelope)
    kh.office.archive._held.access.opened(mail[0].leaf, None)
    kh.box.fail_after = {step}
    with pytest.raises(WorldError):
        kh.round()
    kh.database.close()
    again = Desk(KH, kh.folder, clock, kh.box)
    for _ in range(5):
        again.round()
    assert kinds(office) == [RECEIVED] * 3
    assert again.office.courier.standing().acknowledging == 0
    assert again.office.alarms.waiting() == ()
    again.database.close()


def test_filing_and_acknowledging_are_one_transaction(kh: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = made(TH, KH)

    def full(*_: object, **__: object) -> None:
        raise WorldError("store.full")

    monkeypatch.setattr("reference_node.desk.inbound.enter_arrival", full)
    with pytest.raises(WorldError):
        kh.office.inbound.take_by_hand(sealed.envelope)
    with pytest.raises(WorldError):
        kh.office.inbound.take(made(TH, NGO).envelope, kh.office.archive._held.clock.now())
    monkeypatch.undo()
    assert not kh.office.archive._held.cabinet.holds(sealed.leaf)
    assert kh.office.archive._held.book.unreadable() == ()


def test_what_the_relay_refuses_is_tried_again(kh: Desk, office: LogOffice, clock: Clock) -> None:
    office.refuses = "relay.acknowledgement"
    office.put(KH, made(TH, KH).envelope)
    kh.round()
    kh.round()
    assert kh.office.courier.standing().acknowledging == 1
    assert kh.box.calls.count("acknowledge") == 1
    office.refuses = ""
    kh.round()
    assert kinds(office) == []
    clock.at = clock.at.plus(HOUR)
    kh.round()
    assert kinds(office) == [RECEIVED]


def test_new_trust_records_are_a_reason_to_try_again_at_once(kh: Desk, office: LogOffice) -> None:
    office.refuses = "relay.acknowledgement"
    office.put(KH, made(TH, KH).envelope)
    kh.round()
    office.refuses = ""
    kh.records.put(directory())
    kh.round()
    assert kinds(office) == [RECEIVED]


def test_a_case_shows_how_well_each_delivery_is_proved(th: Desk, kh: Desk, office: LogOffice, clock: Clock) -> None:
    leaf = offer(th)
    th.round()
    (way,) = ways(th)
    assert (way.delivered, way.proof, way.acknowledged) == (True, Proof.NONE, None)
    office.proofs(TH, cosigned=False)
    th.round()
    (way,) = ways(th)
    assert (way.proof, way.since, way.acknowledged) == (Proof.PROVISIONAL, clock.at, None)
    sent, clock.at = clock.at, clock.at.plus(60)
    kh.round()
    read, clock.at = clock.at, clock.at.plus(60)
    office.proofs(TH)
    th.round()
    (way,) = ways(th)
    assert (way.proof, way.since) == (Proof.COSIGNED, clock.at)
    assert (way.acknowledged, way.acknowledged_at, way.proof_code) == (RECEIVED, read, None)
    # Nothing later takes the place of what is better.
    office.proofs(TH, cosigned=False)
    th.round()
    assert ways(th) == [way]
    assert sent < read
    assert th.office.archive.show(leaf).message.deliveries == (way,)


def test_the_earliest_trusted_time_stays(th: Desk, office: LogOffice, clock: Clock) -> None:
    offer(th)
    th.round()
    office.proofs(TH)
    first = clock.at
    th.round()
    clock.at = clock.at.plus(600)
    office.proofs(TH)
    th.round()
    (way,) = ways(th)
    assert way.since == first


def test_a_relay_that_lies_to_its_own_desk_is_not_believed(th: Desk, kh: Desk, office: LogOffice) -> None:
    leaf = offer(th)
    other = offer(th)
    th.round()
    kh.round()
    office.proofs(TH)
    true = {one.leaf: one for one in office.ends[TH][-2:]}
    forged = acknowledge(vaults()[NGO].signing, leaf, TH, RECEIVED, kh.office.archive._held.clock.now())
    mine, others = true[leaf], true[other].proved
    lies = (
        Proved(receipt=others.receipt),
        Proved(receipt=b"garbage"),
        Proved(receipt=mine.proved.receipt, earlier_checkpoint=b"garbage"),
        Proved(acknowledgement=others.acknowledgement),
        Proved(acknowledgement=forged),
        Proved(acknowledgement=mine.proved.acknowledgement, acknowledgement_receipt=others.acknowledgement_receipt),
    )
    del office.ends[TH][-2:]
    for lie in lies:
        ends = office.ends[TH]
        ends.append(Outcome(len(ends) + 1, leaf, KH, mine.status, "", mine.at, lie))
        th.round()
        way = next(way for one in _messages(th) if one.leaf == leaf for way in one.deliveries)
        assert (way.proof, way.acknowledged) == (Proof.NONE, None)
        assert way.proof_code
    ends.append(replace(mine, cursor=len(ends) + 1))
    th.round()
    way = next(way for one in _messages(th) if one.leaf == leaf for way in one.deliveries)
    assert (way.proof, way.acknowledged, way.proof_code) == (Proof.COSIGNED, RECEIVED, None)


def test_evidence_of_a_delivery_and_of_its_answer(th: Desk, kh: Desk, office: LogOffice) -> None:
    leaf = offer(th)
    th.round()
    kh.round()
    kh.office.outbound.answer(leaf, read_answer(b'{"kind": "ACCEPT"}'))
    for one in (kh, th):
        one.round()
    office.proofs(TH)
    th.round()
    bundle = th.office.inspection.evidence(leaf, show_control=True)
    report = judged(bundle)
    assert report.verdict is Verdict.PASSED, report.results
    assert len(report.summaries) == 2
    assert not any(word in bundle for word in PLANTED)
    hidden = judged(th.office.inspection.evidence(leaf))
    assert [one.kind for one in hidden.summaries] == [None, None]
    assert [one.kind for one in report.summaries] == [MessageKind.OFFER, MessageKind.ACCEPT]


def test_silence_after_received_and_a_deadline(th: Desk, kh: Desk, office: LogOffice, clock: Clock) -> None:
    leaf = offer(th)
    th.round()
    kh.round()
    office.proofs(TH)
    th.round()
    due, clock.at = clock.at.plus(HOUR), clock.at.plus(2 * HOUR)
    report = judged(th.office.inspection.evidence(leaf, non_response=True, deadline=due), clock.at)
    assert report.verdict is Verdict.PASSED, report.results
    assert Conclusion.NON_RESPONSE in {one.kind for one in report.shown}
    with pytest.raises(CallerError, match=r"desk\.deadline"):
        th.office.inspection.evidence(leaf, non_response=True, deadline=clock.at.plus(1))
    with pytest.raises(CallerError, match=r"desk\.not-ours"):
        kh.office.inspection.evidence(leaf, non_response=True)
    kh.office.outbound.answer(leaf, read_answer(b'{"kind": "ACCEPT"}'))
    for one in (kh, th):
        one.round()
    with pytest.raises(CallerError, match=r"desk\.answered"):
        th.office.inspection.evidence(leaf, non_response=True)


def test_that_it_came_is_no_answer_to_what_was_asked(th: Desk, kh: Desk, office: LogOffice, clock: Clock) -> None:
    leaf = offer(th)
    th.round()
    kh.round()
    kh.office.outbound.answer(leaf, read_answer(b'{"kind": "ACKNOWLEDGED"}'))
    for one in (kh, th):
        one.round()
    office.proofs(TH)
    th.round()
    due, clock.at = clock.at.plus(HOUR), clock.at.plus(2 * HOUR)
    report = judged(th.office.inspection.evidence(leaf, show_control=True, non_response=True, deadline=due), clock.at)
    text = next(one.text for one in report.shown if one.kind is Conclusion.NON_RESPONSE)
    assert "what message 2 answers is only that it came" in text


def test_a_receipt_without_received_shows_that_and_no_more(th: Desk, office: LogOffice, clock: Clock) -> None:
    leaf = offer(th)
    th.round()
    office.proofs(TH)
    th.round()
    clock.at = clock.at.plus(2 * HOUR)
    report = judged(th.office.inspection.evidence(leaf, non_response=True, deadline=clock.at), clock.at)
    assert Conclusion.NON_RESPONSE not in {one.kind for one in report.shown}
    assert any("evidence.not-received" in one.code for one in report.results)


def test_evidence_of_nothing(th: Desk) -> None:
    with pytest.raises(CallerError, match=r"desk\.no-message"):
        th.office.inspection.evidence(Leaf(bytes(32)))


def judged(bundle: bytes, at: Moment | None = None) -> Report:
    return verify_evidence(bundle, root(), at=at)


def _messages(desk: Desk) -> list[MessageView]:
    return [one for case in desk.office.archive.cases().cases for one in case.messages]
