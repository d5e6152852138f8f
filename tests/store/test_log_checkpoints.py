"""What a log signs it can prove; what it cannot prove it does not sign, and a log that lacks what it signed stops."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection

from reference_node.store.engine import Database
from reference_node.store.log import (
    StoredTree,
    add_cosignatures,
    append,
    checkpoint,
    events,
    forget,
    head_of,
    open_log,
    open_successor,
    receipt,
    refuse_behind,
    sign,
    submission,
)
from reference_node.store.relay import open_relay
from referral_proto.errors import CallerError, PeerError, WorldError
from referral_proto.log.checkpoint import LogIdentity, cosign, read_head, verify_checkpoint
from referral_proto.log.contradiction import from_beginning, from_heads, judge
from referral_proto.log.head import Head
from referral_proto.log.note import render_note
from referral_proto.log.receipt import Expected, verify_receipt
from referral_proto.log.tree import consistency_proof, root_at, verify_consistency
from referral_proto.model.codes.log import LogContradictionKind, LogEventKind
from referral_proto.model.log import LogEvent
from referral_proto.wire.codec import decode
from tests.log.world import AT, KEYS, LOG, OPENING_KEY, RECIPIENT, SENDER, WITNESS_KEYS, WITNESSES, event
from tests.store.log_database import database, server, sqlite, url

__all__ = ["database", "server", "sqlite", "url"]  # fixtures

EVENTS = [event(number) for number in range(40)]
NAMES = list(WITNESS_KEYS)


def deliver(database: Database, start: int, end: int, wait: int = 0) -> bytes:
    """Events and the checkpoint over them, in one transaction."""

    def work(connection: Connection) -> bytes:
        log_id = open_log(connection, RECIPIENT)
        append(connection, log_id, EVENTS[start:end])
        return sign(connection, log_id, KEYS, AT.plus(wait))

    return database.write(work)


def witnessed(database: Database, note: bytes, *names: str, wait: int = 3) -> int:
    head = read_head(note)
    lines = [line for name in names for line in cosign(head, name, WITNESS_KEYS[name], AT.plus(wait))]
    return database.write(lambda c: add_cosignatures(c, open_log(c, RECIPIENT), head.size, lines))


def expected(number: int) -> Expected:
    subject = decode(LogEvent, EVENTS[number]).subject
    return Expected(LogEventKind.DELIVERED, subject, SENDER, RECIPIENT, OPENING_KEY)


def test_a_receipt_is_provisional_until_the_quorum_has_cosigned(database: Database) -> None:
    first, second = deliver(database, 0, 7), deliver(database, 7, 20, 60)
    with database.read() as connection:
        found = verify_receipt(receipt(connection, 1, 3, 2) or b"", expected(3), LOG, WITNESSES)
        assert found.provisional and found.checkpoint.size == 20
    assert witnessed(database, second, NAMES[0]) == 2
    with database.read() as connection:
        assert verify_receipt(receipt(connection, 1, 3, 2) or b"", expected(3), LOG, WITNESSES).provisional
    assert witnessed(database, second, *NAMES[:2], wait=90) == 2
    assert witnessed(database, first, *NAMES, wait=200) == 6
    with database.read() as connection:
        found = verify_receipt(receipt(connection, 1, 3, 2) or b"", expected(3), LOG, WITNESSES)
        assert (found.checkpoint.size, found.trusted_time) == (7, AT.plus(200))
        found = verify_receipt(receipt(connection, 1, 12, 2) or b"", expected(12), LOG, WITNESSES)
        assert (found.checkpoint.size, found.trusted_time) == (20, AT.plus(90))
        assert receipt(connection, 1, 20) is None
        largest = verify_receipt(receipt(connection, 1, 3) or b"", expected(3), LOG, WITNESSES)
        assert largest.checkpoint.size == 20


def test_the_first_cosignature_of_a_key_stays(database: Database) -> None:
    note = deliver(database, 0, 7)
    assert witnessed(database, note, *NAMES[:2], wait=5) == 4
    assert witnessed(database, note, *NAMES[:2], wait=900) == 0
    with database.read() as connection:
        assert verify_checkpoint(checkpoint(connection, 1), LOG, WITNESSES).trusted_time == AT.plus(5)
        assert checkpoint(connection, 1, 7) == checkpoint(connection, 1)
        with pytest.raises(CallerError, match=r"log\.out-of-range"):
            checkpoint(connection, 1, 6)


def test_one_size_is_signed_once_and_times_never_go_back(database: Database) -> None:
    first = deliver(database, 0, 7, 100)
    assert deliver(database, 7, 7, 500) == first
    later = deliver(database, 7, 9, -50_000)
    assert verify_checkpoint(later, LOG).signed_at == verify_checkpoint(first, LOG).signed_at == AT.plus(100)
    assert from_heads(first, later, LOG) is None


def test_a_duplicate_gets_the_same_event_under_a_later_checkpoint(database: Database) -> None:
    deliver(database, 0, 7)
    with database.read() as connection:
        before = receipt(connection, 1, 2)
    deliver(database, 7, 30, 60)
    with database.read() as connection:
        after = receipt(connection, 1, 2)
    one, two = (verify_receipt(found or b"", expected(2), LOG) for found in (before, after))
    assert (one.leaf, one.index) == (two.leaf, two.index) and one.checkpoint.size < two.checkpoint.size


def test_a_forgotten_event_has_no_receipt_any_more(database: Database) -> None:
    deliver(database, 0, 7)
    database.write(lambda c: forget(c, 1, 2))
    with database.read() as connection:
        assert receipt(connection, 1, 2) is None and receipt(connection, 1, 3) is not None


def test_a_witness_is_sent_the_proof_from_where_it_stands(database: Database) -> None:
    first, second = deliver(database, 0, 7), deliver(database, 7, 20, 60)
    with database.read() as connection:
        for old in (0, 7, 20):
            found = submission(connection, 1, old)
            assert (found.old, found.checkpoint) == (old, second)
        found = submission(connection, 1, 7)
        with pytest.raises(CallerError, match=r"log\.out-of-range"):
            submission(connection, 1, 21)
    one, two = read_head(first), read_head(second)
    verify_consistency(one.size, one.root, two.size, two.root, found.proof)


def test_a_log_that_holds_what_was_seen_goes_on(database: Database) -> None:
    notes = [deliver(database, 0, 7), deliver(database, 7, 20, 60)]
    with database.read() as connection:
        refuse_behind(connection, 1, LOG, notes)


@pytest.mark.req("WIT-08")
def test_a_log_restored_from_an_old_copy_refuses_to_go_on(sqlite: Database, tmp_path: Path) -> None:
    """The witnesses' latest checkpoint stops it; without them, its own signature over a smaller tree convicts it."""
    deliver(sqlite, 0, 7)
    sqlite.close()
    shutil.copy(tmp_path / "relay.sqlite", tmp_path / "backup.sqlite")
    again = open_relay(f"sqlite:///{tmp_path / 'relay.sqlite'}")
    seen = deliver(again, 7, 20, 60)
    again.close()
    restored = open_relay(f"sqlite:///{tmp_path / 'backup.sqlite'}")
    with restored.read() as connection, pytest.raises(WorldError, match=r"log\.behind"):
        refuse_behind(connection, 1, LOG, [seen])
    rolled_back = deliver(restored, 30, 33, 120)
    evidence = from_heads(seen, rolled_back, LOG)
    assert evidence is not None and judge(evidence, LOG).kind is LogContradictionKind.ROLLED_BACK
    # It grows past what was seen: another beginning now, which its own consistency proof gives away.
    forked = deliver(restored, 10, 40, 180)
    with restored.read() as connection:
        with pytest.raises(WorldError, match=r"log\.forked"):
            refuse_behind(connection, 1, LOG, [seen])
        tree, old, new = StoredTree(connection, 1), read_head(seen), read_head(forked)
        with pytest.raises(PeerError, match=r"log\.proof"):
            verify_consistency(old.size, old.root, new.size, new.root, consistency_proof(tree, old.size, new.size))
        evidence = from_beginning(
            seen, forked, root_at(tree, old.size), consistency_proof(tree, old.size, new.size), LOG
        )
    restored.close()
    assert evidence is not None
    (tmp_path / "fork.evidence").write_bytes(evidence)
    finding = judge((tmp_path / "fork.evidence").read_bytes(), LOG)
    assert (finding.kind, finding.accused) == (LogContradictionKind.OTHER_BEGINNING, RECIPIENT)


@pytest.mark.req("WIT-08")
def test_nobody_stops_a_log_by_a_claim(database: Database) -> None:
    deliver(database, 0, 7)
    """A witness that says it has seen more must show it under the log's own signatures."""
    claimed = Head(RECIPIENT, 99, bytes(32))
    claim = render_note(claimed.text(), cosign(claimed, NAMES[0], WITNESS_KEYS[NAMES[0]], AT))
    with database.read() as connection, pytest.raises(PeerError, match=r"note\.unsigned"):
        refuse_behind(connection, 1, LOG, [claim])


@pytest.mark.req("WIT-09")
def test_a_restored_log_opens_a_new_origin_that_names_the_old_one(database: Database) -> None:
    deliver(database, 0, 7)
    lost = read_head(deliver(database, 7, 20, 60))
    log_id = database.write(lambda c: open_successor(c, lost, AT.plus(600)))
    successor = LogIdentity.of(f"{RECIPIENT}/2", KEYS)
    note = database.write(lambda c: sign(c, log_id, KEYS, AT.plus(600)))
    assert verify_checkpoint(note, successor).size == 1
    with database.read() as connection:
        (first,) = events(connection, log_id, 0, 9)
        named = decode(LogEvent, first.event or b"")
        found = receipt(connection, log_id, 0)
    assert (named.kind, named.subject, named.sender) == (LogEventKind.ORIGIN, lost.digest(), RECIPIENT)
    verify_receipt(found or b"", Expected(LogEventKind.ORIGIN, lost.digest(), RECIPIENT), successor)
    with pytest.raises(CallerError, match=r"log\.out-of-range"):
        database.write(lambda c: open_successor(c, lost, AT.plus(600)))
    third = database.write(lambda c: open_successor(c, lost, AT.plus(600), generation=3))
    with database.read() as connection:
        assert head_of(connection, third).head.origin == f"{RECIPIENT}/3"
    with pytest.raises(CallerError, match=r"log\.out-of-range"):
        database.write(lambda c: open_successor(c, lost, AT.plus(600), generation=1))


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE log_node SET hash = zeroblob(32) WHERE level = 2 AND number = 0",
        "DELETE FROM log_node WHERE level = 2 AND number = 0",
    ],
)
def test_a_damaged_tree_is_not_signed(sqlite: Database, tmp_path: Path, damage: str) -> None:
    deliver(sqlite, 0, 7)
    sqlite.close()
    with sqlite3.connect(tmp_path / "relay.sqlite") as raw:
        raw.execute("DROP TRIGGER log_node_kept")
        raw.execute("DROP TRIGGER log_node_there")
        raw.execute(damage)
    raw.close()
    again = open_relay(f"sqlite:///{tmp_path / 'relay.sqlite'}")
    with pytest.raises(WorldError, match=r"store\.damaged"):
        deliver(again, 7, 9)
    again.close()


def test_a_head_that_does_not_follow_is_not_signed(sqlite: Database, tmp_path: Path) -> None:
    """Somebody with the rights to drop triggers exchanges a whole subtree and the head: the last signature remains."""
    deliver(sqlite, 0, 8)
    sqlite.close()
    with sqlite3.connect(tmp_path / "relay.sqlite") as raw:
        for name in ("log_node_kept", "log_kept"):
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE log_node SET hash = zeroblob(32) WHERE level = 3 AND number = 0")
        raw.execute("UPDATE log SET root = zeroblob(32)")
    raw.close()
    again = open_relay(f"sqlite:///{tmp_path / 'relay.sqlite'}")
    with pytest.raises(WorldError, match=r"log\.forked"):
        deliver(again, 8, 11)
    again.close()


def test_a_masked_event_that_was_altered_is_noticed(sqlite: Database, tmp_path: Path) -> None:
    deliver(sqlite, 0, 7)
    sqlite.close()
    with sqlite3.connect(tmp_path / "relay.sqlite") as raw:
        raw.execute("DROP TRIGGER log_event_kept")
        raw.execute("UPDATE log_event SET veiled = zeroblob(length(veiled)) WHERE number = 3")
    raw.close()
    again = open_relay(f"sqlite:///{tmp_path / 'relay.sqlite'}")
    with again.read() as connection, pytest.raises(WorldError, match=r"store\.damaged"):
        receipt(connection, 1, 3)
    again.close()
