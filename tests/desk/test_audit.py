"""The desk audits its relay: an honest one in peace; each lie is caught, evidenced, and rings until settled."""

from __future__ import annotations

import stat
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from reference_node.desk.audit import GRACE
from reference_node.store.desk.audits import AuditBook
from referral_proto import AgencyId, CallerError, OpeningKey
from referral_proto.flow.evidence.report import Verdict
from referral_proto.flow.evidence.verify import verify_evidence
from referral_proto.log.checkpoint import LogIdentity
from referral_proto.log.event import dummy, new_event, origin
from referral_proto.log.receipt import Expected, verify_receipt
from referral_proto.model.codes.log import LogEventKind
from referral_proto.ports import Logged
from tests.desk.audited import (
    PLANTED,
    box,
    codes,
    decoded,
    kh,
    office,
    only_report,
    root,
    rounds,
    server,
    url,
)
from tests.desk.ledger import LogOffice, Tree, log_keys, opening_key_event
from tests.desk.test_inbound import made
from tests.desk.world import KH, TH, Clock, Desk, vaults

__all__ = ["kh", "office", "server", "url"]


def test_an_honest_relay_rings_no_alarm(kh: Desk, office: LogOffice, clock: Clock) -> None:
    for _ in range(5):
        office.put(KH, made(TH, KH).envelope)
        office.logs[KH].append(dummy(clock.now()))
        kh.round()
        clock.at = clock.at.plus(60)
    office.put(KH, made(TH, KH).envelope[:-1] + b"?")
    rounds(kh)
    kh.office.archive.show(kh.office.archive.cases().cases[0].messages[0].leaf)
    rounds(kh)
    assert codes(kh) == []
    assert kh.office.courier.standing().audit_code is None
    view = AuditBook(kh.database).view()
    assert view is not None
    assert view.size == len(office.logs[KH].entries)


def test_mail_that_comes_between_collect_and_audit_is_collected_before_anything_rings(
    kh: Desk, office: LogOffice
) -> None:
    sealed, first = made(TH, KH), [True]

    def late(page: tuple[Logged, ...]) -> tuple[Logged, ...]:
        if first.pop() if first else False:
            office.waiting[KH][99] = sealed.envelope
        return page

    office.drops.add(KH)
    office.put(KH, sealed.envelope)
    box(kh).tamper = late
    kh.round()
    assert codes(kh) == []
    assert AuditBook(kh.database).unexplained() == ()
    assert kh.office.archive.show(sealed.leaf).message.leaf == sealed.leaf


def test_a_relay_that_logs_and_drops_is_caught_with_evidence_for_anybody(
    kh: Desk, office: LogOffice, clock: Clock
) -> None:
    office.drops.add(KH)
    sealed = made(TH, KH)
    office.put(KH, sealed.envelope)
    rounds(kh, GRACE - 1)
    assert codes(kh) == []
    rounds(kh)
    assert codes(kh) == ["audit.unexplained"]
    (alarm,) = kh.office.alarms.waiting()
    assert alarm.evidence is not None
    file = kh.evidence / alarm.evidence
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    report = verify_evidence(file.read_bytes(), root(), at=clock.now())
    assert report.verdict is Verdict.PASSED
    assert "nothing that stands behind this entry" in report.shown[0].text
    assert not any(word in one.read_bytes() for one in kh.evidence.iterdir() for word in PLANTED)


def test_an_envelope_that_is_not_in_the_log_is_an_alarm_too(kh: Desk, office: LogOffice) -> None:
    office.put(KH, made(TH, KH).envelope)
    kh.round()
    office.hides.add(KH)
    hidden = made(TH, KH)
    office.put(KH, hidden.envelope)
    rounds(kh, GRACE - 1)
    assert codes(kh) == []
    rounds(kh)
    assert codes(kh) == ["audit.unlogged"]
    report = only_report(kh)
    assert report["leaf"] == hidden.leaf.hex()


def test_an_opening_key_that_this_desk_never_made_rings_at_once(kh: Desk, office: LogOffice, clock: Clock) -> None:
    tree = office.logs[KH]
    tree.append(opening_key_event(KH, vaults()[KH].opening.id, clock.now()))
    kh.round()
    assert codes(kh) == []
    other = OpeningKey.create(KH).id
    tree.append(opening_key_event(KH, other, clock.now()))
    kh.round()
    assert codes(kh) == ["audit.opening-key"]
    receipt = decoded(only_report(kh)["base64"]["receipt"])
    expected = Expected(LogEventKind.OPENING_KEY, bytes(32), KH, opening_key=other)
    assert verify_receipt(receipt, expected, LogIdentity.of(KH, log_keys(KH))).index == 1


@pytest.mark.parametrize("kind", [LogEventKind.RECEIVED, LogEventKind.UNREADABLE, LogEventKind.ANCHORED])
def test_what_is_logged_in_the_desks_name_and_was_never_said(
    kh: Desk, office: LogOffice, clock: Clock, kind: LogEventKind
) -> None:
    sealed = made(TH, KH)
    said = {"sender": KH} if kind is LogEventKind.ANCHORED else {"sender": TH, "recipient": KH}
    office.refuses = "relay.acknowledgement"
    office.put(KH, sealed.envelope)
    office.logs[KH].append(new_event(kind, bytes([7]) * 32, clock.now(), **said))
    kh.round()
    assert codes(kh) == ["audit.foreign"]


def test_another_sender_or_a_second_event_for_one_envelope(kh: Desk, office: LogOffice, clock: Clock) -> None:
    sealed, tree = made(TH, KH), office.logs[KH]
    office.put(KH, sealed.envelope)
    kh.round()
    event = tree.events[0]
    assert event is not None
    tree.append(
        new_event(
            *(LogEventKind.DELIVERED, sealed.leaf, clock.now()),
            sender=TH,
            recipient=KH,
            opening_key=vaults()[KH].opening.id,
        )
    )
    kh.round()
    assert codes(kh) == ["audit.unexplained"]


def forgotten(tree: Tree) -> None:
    tree.events[-1] = None


def exchanged(tree: Tree) -> None:
    tree.events[-1] = dummy(tree.clock.now())


def about_others(tree: Tree) -> None:
    tree.append(new_event(LogEventKind.RECEIVED, bytes(32), tree.clock.now(), sender=KH, recipient=TH))


def of_a_desk(tree: Tree) -> None:
    tree.append(new_event(LogEventKind.OPENED, bytes(32), tree.clock.now(), actor=bytes(32)))


def from_the_past(tree: Tree) -> None:
    tree.append(dummy(tree.clock.now().plus(-3600)))


def a_beginning_in_the_middle(tree: Tree) -> None:
    from referral_proto.log.head import Head
    from referral_proto.log.tree import EMPTY_ROOT

    tree.append(origin(Head(f"{KH}/2", 0, EMPTY_ROOT), tree.clock.now()))


@pytest.mark.parametrize(
    ("lie", "code"),
    [
        (forgotten, "audit.event"),
        (exchanged, "audit.event"),
        (of_a_desk, "audit.event"),
        (about_others, "audit.foreign"),
        (from_the_past, "audit.time"),
        (a_beginning_in_the_middle, "audit.origin"),
    ],
)
def test_events_that_no_honest_log_shows(
    kh: Desk, office: LogOffice, clock: Clock, lie: Callable[[Tree], None], code: str
) -> None:
    office.logs[KH].append(dummy(clock.now()))
    lie(office.logs[KH])
    kh.round()
    assert codes(kh) == [code]


def test_an_alarm_rings_even_if_its_evidence_cannot_be_written(kh: Desk, office: LogOffice, clock: Clock) -> None:
    kh.evidence.write_bytes(b"a file where the folder should be")
    office.logs[KH].append(opening_key_event(KH, bytes(32), clock.now()))
    kh.round()
    assert [(one.code, one.evidence) for one in kh.office.alarms.waiting()] == [("audit.opening-key", None)]


def test_what_was_seen_before_may_be_forgotten(kh: Desk, office: LogOffice, clock: Clock) -> None:
    tree = office.logs[KH]
    tree.append(dummy(clock.now()))
    kh.round()
    tree.events[0] = None
    tree.append(dummy(clock.now()))
    kh.round()
    assert codes(kh) == []


def test_an_acknowledgement_that_has_a_receipt_and_no_event(
    kh: Desk, office: LogOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = box(kh).acknowledge

    def in_a_tree_that_is_never_shown(agency: AgencyId, said: Sequence[bytes]) -> tuple[tuple[bytes, str], ...]:
        box(kh).shown = office.logs[KH].copy()
        try:
            return true(agency, said)
        finally:
            box(kh).shown = None

    monkeypatch.setattr(box(kh), "acknowledge", in_a_tree_that_is_never_shown)
    office.put(KH, made(TH, KH).envelope)
    rounds(kh, GRACE - 1)
    assert codes(kh) == []
    rounds(kh)
    assert codes(kh) == ["audit.missing"]
    assert only_report(kh)["acknowledged"] == "RECEIVED"


@pytest.mark.parametrize("call", ["acknowledge", "anchor"])
def test_a_receipt_for_something_else_is_not_taken(
    kh: Desk, office: LogOffice, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    sealed = made(TH, KH)
    office.put(KH, sealed.envelope)
    wrong = office.logs[KH].receipt(0)
    monkeypatch.setattr(box(kh), call, lambda *_: wrong if call == "anchor" else ((wrong, ""),))
    kh.round()
    kh.office.archive.show(sealed.leaf)
    kh.round()
    held = kh.office.archive._held
    if call == "acknowledge":
        (row,) = held.receipts.acknowledgements(sealed.leaf)
        assert (row.receipt, row.code) == (None, "receipt.mismatch")
        assert kh.office.courier.standing().acknowledging == 1
    else:
        assert [one.receipt for one in held.access.book.anchors()] == [None]


def test_alarms_outlive_a_restart_and_ring_until_settled(
    kh: Desk, office: LogOffice, clock: Clock, tmp_path: Path, url: str
) -> None:
    office.logs[KH].append(opening_key_event(KH, bytes(32), clock.now()))
    kh.round()
    kh.database.close()
    again = Desk(KH, tmp_path, clock, kh.box, url=url)
    rounds(again)
    (alarm,) = again.office.alarms.waiting()
    assert again.office.courier.standing().audit_alarms == 1
    again.office.alarms.settle(alarm.number)
    rounds(again)
    assert again.office.alarms.waiting() == ()
    assert [one.number for one in again.office.alarms.waiting(settled=True)] == [alarm.number]
    with pytest.raises(CallerError, match=r"desk\.no-alarm"):
        again.office.alarms.settle(alarm.number)
    again.database.close()


def test_the_mail_goes_on_whatever_the_log_shows(kh: Desk, office: LogOffice, clock: Clock) -> None:
    box(kh).tamper = lambda page: tuple(replace(one, event=b"garbage") for one in page)
    sealed = made(TH, KH)
    office.put(KH, sealed.envelope)
    rounds(kh)
    assert kh.office.archive.show(sealed.leaf).message.leaf == sealed.leaf
