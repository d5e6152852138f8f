"""The access log: nothing is given out that it does not tell, and nothing it told can be taken back unseen."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from reference_node.desk.accesslog import actor_digest
from reference_node.desk.audit import GRACE
from reference_node.desk.forms import read_answer
from reference_node.desk.views import AccessView
from reference_node.store.log import METADATA
from referral_proto import CallerError, Leaf, PeerError, WorldError
from referral_proto.flow.evidence.report import Conclusion, Report, Verdict
from referral_proto.flow.evidence.verify import verify_evidence
from referral_proto.log.checkpoint import LogIdentity, read_head
from referral_proto.log.contradiction import from_heads
from referral_proto.log.head import desk_origin
from referral_proto.model.codes.log import LogEventKind
from referral_proto.moment import HOUR
from referral_proto.trust.logs import log_entry
from tests.desk.audited import PLANTED, decoded, root
from tests.desk.ledger import LogOffice, log_keys
from tests.desk.test_inbound import made
from tests.desk.test_proving import offer
from tests.desk.world import KH, NGO, TH, Clock, Desk, directory
from tests.store.log_database import server, url

__all__ = ["server", "url"]

OPENED, DISCLOSED, EXPORTED = LogEventKind.OPENED, LogEventKind.DISCLOSED, LogEventKind.EXPORTED


@pytest.fixture
def office(clock: Clock) -> LogOffice:
    return LogOffice(clock)


@pytest.fixture
def kh(tmp_path: Path, clock: Clock, office: LogOffice, url: str) -> Iterator[Desk]:
    """A desk on SQLite and on PostgreSQL, with one message from abroad."""
    one = Desk(KH, tmp_path, clock, office.log_box(KH), url=url)
    office.put(KH, made(TH, KH).envelope)
    one.round()
    yield one
    one.database.close()


@pytest.fixture
def small(tmp_path: Path, clock: Clock, office: LogOffice) -> Iterator[Desk]:
    """The same on SQLite, whose file a test may exchange."""
    one = Desk(KH, tmp_path, clock, office.log_box(KH))
    office.put(KH, made(TH, KH).envelope)
    one.round()
    yield one
    one.database.close()


def message(desk: Desk) -> Leaf:
    return desk.office.archive.cases().cases[0].messages[0].leaf


def told(desk: Desk) -> list[AccessView]:
    desk.office.archive._held.access.sign()
    return list(desk.office.inspection.accesses())


def judged(desk: Desk) -> Report:
    return verify_evidence(desk.office.inspection.access_evidence(), root())


def test_who_opened_passed_on_and_exported_what(kh: Desk) -> None:
    leaf = message(kh)
    kh.office.archive.show(leaf, "Officer One")
    kh.office.archive.sealed(leaf, "Officer Two")
    kh.office.inspection.evidence(leaf)
    sent = offer(kh, TH, NGO)
    assert [(one.kind, one.leaf, one.recipient, one.actor) for one in told(kh)] == [
        (OPENED, leaf, None, "desk-user: Officer One"),
        (EXPORTED, leaf, None, "desk-user: Officer Two"),
        (EXPORTED, leaf, None, "desk-user"),
        (DISCLOSED, sent, NGO, "desk-user: Officer Example"),
        (DISCLOSED, sent, TH, "desk-user: Officer Example"),
    ]


def test_an_answer_of_no_section_discloses_nothing_and_lists_open_nothing(kh: Desk) -> None:
    kh.office.outbound.answer(message(kh), read_answer(b'{"kind": "ACCEPT"}'))
    kh.office.archive.cases()
    assert told(kh) == []


def test_no_log_no_content(kh: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    leaf = message(kh)

    def full(*_: object) -> None:
        raise WorldError("store.full")

    monkeypatch.setattr("reference_node.store.desk.access.append", full)
    for give in (kh.office.archive.show, kh.office.archive.sealed, kh.office.inspection.evidence):
        with pytest.raises(WorldError, match=r"store\.full"):
            give(leaf)
    with pytest.raises(WorldError, match=r"store\.full"):
        offer(kh, TH)
    assert kh.office.archive._held.cabinet.queued(0, 10) == ()


def test_the_log_names_nobody_and_the_bundle_holds_nothing_of_the_person(kh: Desk) -> None:
    kh.office.archive.show(message(kh), "Officer One")
    kh.round()
    bundle = kh.office.inspection.access_evidence()
    assert not any(word in bundle for word in (b"Officer", b"desk-user", *PLANTED))
    name = "desk-user: Officer One"
    assert actor_digest(KH, kh.office.archive._held.access.book.salts()[name], name) in bundle


def test_an_inspector_sees_that_nothing_can_be_taken_back(kh: Desk, clock: Clock) -> None:
    for _ in range(3):
        kh.office.archive.show(message(kh))
        kh.round()
        clock.at = clock.at.plus(60)
    assert all(one.anchored and one.anchored_at is not None for one in told(kh))
    report = judged(kh)
    assert report.verdict is Verdict.PASSED, report.results
    assert [one.kind for one in report.shown] == [Conclusion.ACCESS]
    assert [one.kind for one in report.accesses] == [OPENED] * 3
    assert kh.office.alarms.waiting() == ()


def test_what_is_not_anchored_yet_is_said_to_be_so(kh: Desk) -> None:
    kh.office.archive.show(message(kh))
    assert [one.anchored for one in told(kh)] == [False]
    assert judged(kh).verdict is not Verdict.PASSED or not judged(kh).shown


@pytest.mark.req("LOG-20")
def test_giving_the_log_out_is_an_event_in_it(kh: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    kh.office.archive.show(message(kh))
    kh.round()
    kh.office.inspection.access_evidence("Officer Two")
    (*_, last) = told(kh)
    (head,) = kh.office.archive._held.access.book.anchors()[:1]
    assert (last.kind, last.leaf, last.actor) == (EXPORTED, head.digest, "desk-user: Officer Two")

    def full(*_: object) -> None:
        raise WorldError("store.full")

    monkeypatch.setattr("reference_node.store.desk.access.append", full)
    with pytest.raises(WorldError, match=r"store\.full"):
        kh.office.inspection.access_evidence()


@pytest.mark.req("LOG-25")
def test_a_name_cannot_be_tried_and_one_that_is_shown_shows_no_other(kh: Desk) -> None:
    for _ in range(2):
        for name in ("Officer One", "Officer Two"):
            kh.office.archive.show(message(kh), name)
    book = kh.office.archive._held.access.book
    salts = book.salts()
    assert sorted(salts) == ["desk-user: Officer One", "desk-user: Officer Two"]
    assert len(set(salts.values())) == 2
    assert all(len(salt) == 32 for salt in salts.values())
    names = book.names()
    assert {actor_digest(KH, salt, name): name for name, salt in salts.items()} == names
    assert not any(actor_digest(KH, salt, name) in names for name in salts for salt in (b"", bytes(32)))
    assert [one.actor for one in told(kh)] == sorted(salts) * 2


@pytest.mark.req("LOG-24")
def test_a_head_is_anchored_after_an_answer_that_was_lost(kh: Desk, office: LogOffice, clock: Clock) -> None:
    kh.office.archive.show(message(kh))
    kh.box.fail_after.add("anchor")
    with pytest.raises(WorldError, match=r"net\.unreachable"):
        kh.round()
    kh.office.archive.show(message(kh))
    clock.at = clock.at.plus(HOUR)
    kh.round()
    heads = kh.office.archive._held.access.book.anchors()
    assert [(one.size, one.receipt is not None) for one in heads] == [(1, True), (2, True)]
    assert kh.office.alarms.waiting() == ()


def test_an_empty_log_is_not_exported(kh: Desk) -> None:
    with pytest.raises(CallerError, match=r"desk\.no-access-log"):
        kh.office.inspection.access_evidence()


@pytest.mark.parametrize("table", ["log_event", "log_node", "log_checkpoint", "log"])
def test_the_database_itself_keeps_what_was_entered(kh: Desk, table: str) -> None:
    kh.office.archive.show(message(kh))
    told(kh)
    with pytest.raises(WorldError):
        kh.database.write(lambda db: db.execute(delete(METADATA.tables[table])))


def test_an_event_that_somebody_removes_by_force_is_missed(small: Desk) -> None:
    for _ in range(3):
        small.office.archive.show(message(small))
        small.round()
    small.database.close()
    with sqlite3.connect(small.folder / "desk.sqlite") as direct:
        direct.execute("DROP TRIGGER log_event_there")
        direct.execute("DELETE FROM log_event WHERE number = 1")
    direct.close()
    with pytest.raises(WorldError, match=r"desk\.access-log|store\.damaged"):
        small.office.inspection.access_evidence()
    with pytest.raises(WorldError, match=r"desk\.access-log|store\.damaged"):
        small.office.inspection.accesses()


def test_a_log_that_somebody_rewrites_by_force_does_not_lead_to_its_signed_heads(small: Desk) -> None:
    for _ in range(3):
        small.office.archive.show(message(small))
        small.round()
    small.database.close()
    with sqlite3.connect(small.folder / "desk.sqlite") as direct:
        for name in ("log_event_there", "log_event_kept"):
            direct.execute(f"DROP TRIGGER {name}")
        direct.execute("DELETE FROM log_event WHERE number = 1")
        direct.execute("UPDATE log_event SET number = 1 WHERE number = 2")
        direct.execute("DROP TRIGGER log_kept")
        direct.execute("UPDATE log SET size = 2")
    direct.close()
    with pytest.raises(WorldError):
        small.office.archive.show(message(small))
    with pytest.raises(WorldError):
        small.office.inspection.access_evidence()


def test_the_mail_goes_on_when_somebody_changed_the_access_log(small: Desk, office: LogOffice) -> None:
    small.office.archive.show(message(small))
    small.round()
    small.office.archive.show(message(small))
    small.database.close()
    with sqlite3.connect(small.folder / "desk.sqlite") as direct:
        direct.execute("DROP TRIGGER log_node_kept")
        direct.execute("UPDATE log_node SET hash = zeroblob(32) WHERE level = 0 AND number = 1")
    direct.close()
    office.put(KH, made(TH, KH).envelope)
    small.round()
    assert [one.code for one in small.office.alarms.waiting()] == ["desk.access-log"]
    assert len(small.office.archive.cases().cases) == 2


def test_a_head_that_the_relay_does_not_take_is_not_offered_every_round(
    small: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def refuse(_: object, note: bytes, __: object) -> bytes:
        asked.append(note)
        raise PeerError("relay.anchor")

    monkeypatch.setattr(small.box, "anchor", refuse)
    small.office.archive.show(message(small))
    for _ in range(3):
        small.round()
    assert len(asked) == 1
    clock.at = clock.at.plus(HOUR)
    small.round()
    assert len(asked) == 2
    monkeypatch.undo()
    small.records.put(directory())
    small.round()
    assert [one.receipt is not None for one in small.office.archive._held.access.book.anchors()] == [True]


def test_an_old_copy_of_the_database_is_contradicted_by_its_anchors(
    small: Desk, clock: Clock, office: LogOffice
) -> None:
    file, backup = small.folder / "desk.sqlite", small.folder / "backup.sqlite"
    small.office.archive.show(message(small))
    small.round()
    small.database.close()
    with sqlite3.connect(file) as direct:
        direct.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    direct.close()
    shutil.copy(file, backup)
    small.office.archive.show(message(small), "whoever is to be forgotten")
    small.round()
    anchors = small.office.archive._held.access.book.anchors()
    small.database.close()
    for one in small.folder.glob("desk.sqlite-*"):
        one.unlink()
    shutil.copy(backup, file)
    again = Desk(KH, small.folder, clock, small.box)
    again.office.archive.show(message(again), "somebody else")
    for _ in range(GRACE + 1):
        again.round()
    # The relay's log has a head that this database never signed, and another one of the same size.
    waiting = {one.code: one for one in again.office.alarms.waiting()}
    assert {"audit.foreign", "desk.access-lost"} == set(waiting)
    report = json.loads((again.evidence / (waiting["desk.access-lost"].evidence or "")).read_text())
    assert decoded(report["base64"]["anchored_checkpoint"]) == anchors[-1].note
    new = again.office.archive._held.access.book.anchors()
    origin = desk_origin(KH)
    same = next(one for one in new if one.size == anchors[-1].size)
    # It is not anchored, and cannot be, beside the one that was.
    assert [one.receipt for one in new[1:]] == [None] * len(new[1:])
    lost = read_head(anchors[-1].note)
    # The log names what it lacks; under new keys, once the record has ended the old ones, it goes on.
    again.office.archive._held.access.sign()
    (named,) = [one for one in again.office.inspection.accesses() if one.kind is LogEventKind.ORIGIN]
    assert named.leaf == lost.digest()
    logs = again.office.archive._held.directory.history(KH).logs
    for place, entry in list(logs.items()):
        if entry.origin == lost.origin:
            logs[place] = entry.model_copy(update={"ended_at": clock.now()})  # type: ignore[index]
    entered = log_entry(lost.origin, log_keys("new"), clock.now())
    logs[entered.origin, entered.ed25519, entered.mldsa44] = entered  # type: ignore[index]
    again.office.archive._held.access._keys = log_keys("new")
    office.renewed.add(lost.origin)
    again.office.archive.show(message(again), "somebody else")
    clock.at = clock.at.plus(HOUR)
    again.round()
    assert again.office.archive._held.access.book.anchors()[-1].receipt is not None
    assert from_heads(anchors[-1].note, same.note, LogIdentity.of(origin, log_keys(origin))) is not None
    again.database.close()
