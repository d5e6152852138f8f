"""What the desk calls audited is what witnesses hold too; a second log and a log without end are no way around it."""

from __future__ import annotations

import pytest

from reference_node.desk.audit import GRACE, AuditLimits
from reference_node.store.desk.audits import AuditBook
from referral_proto import Moment
from referral_proto.crypto.merkle import leaf_hash
from referral_proto.log.checkpoint import LogIdentity, read_head, sign_checkpoint
from referral_proto.log.event import conflict, dummy, entry_of
from referral_proto.log.event import origin as origin_event
from referral_proto.log.head import Head
from referral_proto.log.receipt import Expected, verify_receipt
from referral_proto.log.tree import grow
from referral_proto.model.codes.log import LogContradictionKind, LogEventKind
from referral_proto.moment import HOUR, MINUTE
from referral_proto.ports import Logged, LogPage
from referral_proto.trust.logs import log_entry
from tests.desk.audited import box, codes, contradiction, kh, office, only_report, rounds, server, url
from tests.desk.ledger import LogOffice, Tree, log_keys
from tests.desk.test_inbound import made
from tests.desk.world import KH, TH, Clock, Desk

__all__ = ["kh", "office", "server", "url"]


def limits(desk: Desk, found: AuditLimits) -> None:
    auditor = desk.office.courier._auditor
    assert auditor is not None
    auditor._limits = auditor._follower._limits = found


def later(desk: Desk, clock: Clock, seconds: int, number: int = GRACE) -> None:
    clock.at = clock.at.plus(seconds)
    rounds(desk, number)


@pytest.mark.req("LOG-21")
def test_a_private_tree_that_no_witness_sees_rings(kh: Desk, office: LogOffice, clock: Clock) -> None:
    office.put(KH, made(TH, KH).envelope)
    rounds(kh)
    true = office.logs[KH]
    private = true.copy()
    private.witnessed, private.cosigned = False, len(private.entries)
    box(kh).shown = private
    office.drops.add(KH)
    office.put(KH, made(TH, KH).envelope)  # in the true tree only, and dropped
    private.append(dummy(clock.now()))
    later(kh, clock, HOUR)
    assert codes(kh) == []
    later(kh, clock, 7 * HOUR)
    assert codes(kh) == ["audit.uncosigned"]
    assert kh.office.courier.standing().audit_code == "audit.uncosigned"
    report = only_report(kh)
    assert report["seen_size"] > report["cosigned_size"] == private.cosigned


@pytest.mark.req("LOG-21")
def test_witnesses_that_hold_another_tree_than_the_one_shown(kh: Desk, office: LogOffice, clock: Clock) -> None:
    office.put(KH, made(TH, KH).envelope)
    rounds(kh)
    true = office.logs[KH]
    private = true.copy()
    private.witnessed, private.cosigned = False, len(private.entries)
    box(kh).shown = private
    for _ in range(5):
        private.append(dummy(clock.now()))
        true.append(dummy(clock.now()))
    kh.round()
    assert codes(kh) == []
    before = box(kh).events

    def with_the_true_one(*asked: object) -> LogPage:
        return before(*asked)._replace(cosigned=true.checkpoint(len(true.entries) - 2))  # type: ignore[arg-type]

    box(kh).events = with_the_true_one  # type: ignore[assignment]
    kh.round()
    assert codes(kh) == ["audit.contradiction"]
    assert contradiction(kh) is LogContradictionKind.OTHER_BEGINNING


@pytest.mark.req("LOG-21")
@pytest.mark.parametrize("shown", ["nothing", "no note"])
def test_no_log_at_all_rings_where_witnesses_are_named(
    kh: Desk, office: LogOffice, clock: Clock, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shown == "nothing":
        monkeypatch.setattr(box(kh), "anchor", lambda *_: b"")
    rounds(kh)
    later(kh, clock, 5 * HOUR)
    assert codes(kh) == []
    later(kh, clock, 2 * HOUR)
    assert codes(kh) == ["audit.uncosigned"]


def test_a_quorum_that_lags_behind_is_followed_and_trusted(kh: Desk, office: LogOffice, clock: Clock) -> None:
    tree = office.logs[KH]
    tree.witnessed = False
    box(kh).page = 7
    leaves = []
    for turn in range(12):
        sealed = made(TH, KH)
        leaves.append(sealed.leaf)
        office.put(KH, sealed.envelope)
        tree.append(dummy(clock.now()))
        tree.cosigned = max(0, len(tree.entries) - 3)
        rounds(kh, 1 + turn % 2)
        clock.at = clock.at.plus(HOUR)
    book = AuditBook(kh.database)
    view = book.view()
    assert view is not None
    assert codes(kh) == []
    assert (view.size, view.sure.size) == (len(tree.entries), tree.cosigned)
    assert book.tail(KH, 0, view.size) == tree.entries[tree.cosigned :]
    assert view.sure.edge == grow(0, (), [leaf_hash(one) for one in tree.entries[: tree.cosigned]]).frontier
    witnesses = kh.office.archive._held.directory.witnesses(clock.now())
    for leaf in leaves[:-2]:
        kept = book.kept(leaf)[LogEventKind.DELIVERED]
        log = LogIdentity.of(KH, log_keys(KH))
        found = verify_receipt(kept.receipt, Expected(LogEventKind.DELIVERED, leaf, TH, KH), log, witnesses)
        assert found.trusted_time is not None and found.trusted_time == kept.trusted_at
    assert book.kept(leaves[-1])[LogEventKind.DELIVERED].trusted_at is None
    tree.witnessed = True
    kh.round()
    assert book.kept(leaves[-1])[LogEventKind.DELIVERED].trusted_at is not None
    assert book.tail(KH, 0, view.size) == []


@pytest.mark.req("LOG-21")
def test_an_anchor_that_stands_in_another_tree_rings(
    kh: Desk, office: LogOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = box(kh).anchor

    def elsewhere(*asked: object) -> bytes:
        box(kh).shown = office.logs[KH].copy()
        try:
            return true(*asked)  # type: ignore[arg-type]
        finally:
            box(kh).shown = None

    office.put(KH, made(TH, KH).envelope)
    kh.round()
    monkeypatch.setattr(box(kh), "anchor", elsewhere)
    kh.office.archive.show(kh.office.archive.cases().cases[0].messages[0].leaf)
    rounds(kh, GRACE - 1)
    assert codes(kh) == []
    rounds(kh)
    assert codes(kh) == ["audit.missing"]


def succession(desk: Desk, office: LogOffice, clock: Clock) -> tuple[Tree, Tree]:
    """A successor that the records name beside the log before, which nobody ended."""
    old, new = office.logs[KH], Tree(f"{KH}/2", clock)
    entry = log_entry(new.origin, log_keys(new.origin), clock.now())
    logs = desk.office.archive._held.directory.history(KH).logs
    logs[entry.origin, entry.ed25519, entry.mldsa44] = entry  # type: ignore[index]
    new.append(origin_event(read_head(old.checkpoint()), clock.now()))
    box(desk).shown = new
    box(desk).others[old.origin] = old
    return old, new


@pytest.mark.req("LOG-22")
def test_a_log_that_was_followed_by_another_is_audited_until_it_ends(kh: Desk, office: LogOffice, clock: Clock) -> None:
    office.put(KH, made(TH, KH).envelope)
    rounds(kh)
    succession(kh, office, clock)
    rounds(kh)
    assert codes(kh) == []
    office.drops.add(KH)
    office.put(KH, made(TH, KH).envelope)  # in the old tree, which witnesses still cosign, and dropped
    rounds(kh)
    assert codes(kh) == ["audit.unexplained"]


@pytest.mark.req("LOG-22")
def test_two_logs_that_stand_ring_and_one_that_ended_does_not(kh: Desk, office: LogOffice, clock: Clock) -> None:
    office.put(KH, made(TH, KH).envelope)
    rounds(kh)
    old, _ = succession(kh, office, clock)
    box(kh).others[old.origin] = Tree(old.origin, clock)  # the relay lost it
    later(kh, clock, HOUR)
    assert codes(kh) == []
    later(kh, clock, 7 * HOUR)
    assert codes(kh) == ["audit.two-logs"]
    (alarm,) = kh.office.alarms.waiting()
    kh.office.alarms.settle(alarm.number)
    logs = kh.office.archive._held.directory.history(KH).logs
    for place, entry in list(logs.items()):
        if entry.origin == old.origin:
            logs[place] = entry.model_copy(update={"ended_at": clock.now()})  # type: ignore[index]
    later(kh, clock, HOUR)
    assert codes(kh) == []


@pytest.mark.req("LOG-23")
def test_a_long_log_is_read_so_much_in_a_round(kh: Desk, office: LogOffice, clock: Clock) -> None:
    tree, book = office.logs[KH], AuditBook(kh.database)
    box(kh).page = 8
    for _ in range(100):
        tree.append(dummy(clock.now()))
    limits(kh, AuditLimits(events=16, calls=50))
    sizes = []
    for _ in range(8):
        kh.round()
        view = book.view()
        assert view is not None
        sizes.append(view.size)
    assert sizes == [16, 32, 48, 64, 80, 96, 100, 100]
    assert codes(kh) == []
    limits(kh, AuditLimits(calls=3))
    for _ in range(100):
        tree.append(dummy(clock.now()))
    kh.round()
    assert len([one for one in box(kh).calls if one == "events"]) <= 50
    view = book.view()
    assert view is not None and view.size == 124


@pytest.mark.req("LOG-23")
@pytest.mark.parametrize("reached", [True, False])
def test_a_log_without_end_does_not_keep_the_mail(kh: Desk, office: LogOffice, clock: Clock, reached: bool) -> None:
    clock.at = clock.at.plus(MINUTE)
    event = dummy(clock.now())
    asked = [0]
    note = sign_checkpoint(Head(KH, 2**40, b"\x01" * 32), log_keys(KH), clock.now())

    def endless(agency: str, start: int, limit: int = 256, origin: str | None = None) -> LogPage:
        asked[0] += 1
        page = tuple(Logged(index, entry_of(event), event) for index in range(start, start + 256))
        small = sign_checkpoint(Head(KH, start + 256, b"\x02" * 32), log_keys(KH), Moment(clock.now() - 1))
        return LogPage(page, note, small if reached else b"")

    box(kh).events = endless  # type: ignore[assignment]
    sealed = made(TH, KH)
    office.put(KH, sealed.envelope)
    limits(kh, AuditLimits(events=2048))
    rounds(kh)
    assert asked[0] <= (GRACE + 1) * 9
    assert codes(kh) == ["audit.root" if reached else "audit.hidden"]
    assert kh.office.archive.show(sealed.leaf).message.leaf == sealed.leaf


@pytest.mark.req("LOG-18")
def test_a_conflict_with_what_never_came_is_not_explained(kh: Desk, office: LogOffice, clock: Clock) -> None:
    first, other = made(TH, KH), made(TH, KH)
    office.put(KH, first.envelope)
    tree = office.logs[KH]
    rounds(kh)
    tree.append(conflict(other.leaf, first.leaf, TH, KH, clock.now()))
    rounds(kh)
    assert codes(kh) == []
    tree.append(conflict(other.leaf, made(TH, KH).leaf, TH, KH, clock.now()))
    rounds(kh)
    assert codes(kh) == ["audit.unexplained"]
    # Not with itself, and not with what another agency sent.
    tree.append(conflict(first.leaf, first.leaf, TH, KH, clock.now()))
    tree.append(conflict(other.leaf, first.leaf, KH, KH, clock.now().plus(MINUTE)))
    rounds(kh)
    assert codes(kh) == ["audit.unexplained"] * 3


def test_a_conflict_may_come_before_the_envelope_it_names(kh: Desk, office: LogOffice, clock: Clock) -> None:
    first, other = made(TH, KH), made(TH, KH)
    office.drops.add(KH)
    office.put(KH, first.envelope)
    office.logs[KH].append(conflict(other.leaf, first.leaf, TH, KH, clock.now()))
    kh.round()
    assert len(AuditBook(kh.database).unexplained()) == 2
    office.waiting[KH][99] = first.envelope
    rounds(kh)
    assert codes(kh) == []
    assert AuditBook(kh.database).unexplained() == ()
    assert set(AuditBook(kh.database).kept(first.leaf)) >= {LogEventKind.DELIVERED}
