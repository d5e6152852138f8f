"""The stored log is the tree of the definition, whatever the batches; it grows only, and forgets only what it may."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy import event as sql_event

from reference_node.store.engine import Database
from reference_node.store.log import append, current_origin, entries, events, forget, head_of, open_log, tile
from reference_node.store.log.journal import event
from reference_node.store.log.tree import StoredTree
from reference_node.store.relay import open_relay
from referral_proto.errors import CallerError, WorldError
from referral_proto.ids import AgencyId
from referral_proto.log.event import entry_of, leaf_of
from referral_proto.log.tiles import Tile, read_bundle, tiles_of
from referral_proto.log.tree import (
    EMPTY_ROOT,
    Place,
    consistency_proof,
    inclusion_proof,
    root_at,
    verify_consistency,
    verify_inclusion,
)
from tests.log.world import RECIPIENT, SENDER, Memory, mth
from tests.log.world import event as made
from tests.store.log_database import database, server, sqlite, url

__all__ = ["database", "server", "sqlite", "url"]  # fixtures

MOST = 70
EVENTS = [made(number) for number in range(MOST)]
LEAVES = [leaf_of(found) for found in EVENTS]


def filled(database: Database, count: int, origin: str = RECIPIENT) -> int:
    def work(connection: object) -> int:
        log_id = open_log(connection, origin)  # type: ignore[arg-type]
        append(connection, log_id, EVENTS[:count])  # type: ignore[arg-type]
        return log_id

    return database.write(work)


def test_a_new_log_is_empty_and_opened_once(database: Database) -> None:
    first = database.write(lambda c: open_log(c, RECIPIENT))
    assert database.write(lambda c: open_log(c, RECIPIENT)) == first
    assert database.write(lambda c: open_log(c, SENDER)) != first
    with database.read() as connection:
        head = head_of(connection, first).head
        assert (head.origin, head.size, head.root) == (RECIPIENT, 0, EMPTY_ROOT)
        assert events(connection, first, 0, 10) == []
        with pytest.raises(CallerError, match=r"log\.out-of-range"):
            head_of(connection, 99)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
@given(cuts=st.lists(st.integers(0, MOST), max_size=6))
def test_however_events_are_cut_into_transactions_the_log_is_the_same(database: Database, cuts: list[int]) -> None:
    origin = f"{RECIPIENT}/{int.from_bytes(sha256(repr(cuts).encode()).digest()[:2]) + 2}"
    log_id = database.write(lambda c: open_log(c, origin))
    with database.read() as connection:
        if head_of(connection, log_id).head.size:
            return
    for start, end in pairwise(sorted({0, MOST, *cuts})):
        first = database.write(lambda c, part=EVENTS[start:end]: append(c, log_id, part))  # type: ignore[misc]
        assert first == start
    twin = Memory(LEAVES)
    with database.read() as connection:
        assert head_of(connection, log_id).head.root == twin.root == mth(LEAVES)
        assert StoredTree(connection, log_id).nodes(list(twin.hashes)) == list(twin.hashes.values())


def test_every_proof_from_the_database_verifies(database: Database) -> None:
    log_id = filled(database, MOST)
    filled(database, 9, SENDER)
    with database.read() as connection:
        stored, root = StoredTree(connection, log_id), mth(LEAVES)
        for index in range(MOST):
            verify_inclusion(LEAVES[index], index, MOST, inclusion_proof(stored, index, MOST), root)
        for size in range(MOST + 1):
            assert root_at(stored, size) == mth(LEAVES[:size])
            verify_consistency(size, mth(LEAVES[:size]), MOST, root, consistency_proof(stored, size, MOST))


def test_a_proof_is_one_statement_and_few_rows(sqlite: Database) -> None:
    log_id = filled(sqlite, MOST)
    asked: list[str] = []
    sql_event.listen(sqlite.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    with sqlite.read() as connection:
        asked.clear()
        path = inclusion_proof(StoredTree(connection, log_id), 33, MOST)
        consistency_proof(StoredTree(connection, log_id), 33, MOST)
        assert len(asked) == 2
        plan = [
            row[3]
            for row in connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {asked[0]}", (*[0] * len(path) * 4, 1)[: asked[0].count("?")]
            )
        ]
    assert any("SEARCH n USING PRIMARY KEY (log=? AND level=? AND number=?)" in step for step in plan), plan


def test_events_come_back_as_they_were_and_their_entries_are_published(database: Database) -> None:
    log_id = filled(database, MOST)
    with database.read() as connection:
        found = events(connection, log_id, 0, MOST + 5)
        assert [(one.number, one.event) for one in found] == list(enumerate(EVENTS))
        assert [one.entry for one in found] == entries(connection, log_id, 0, MOST) == [entry_of(e) for e in EVENTS]
        assert [one.number for one in events(connection, log_id, 60, 3)] == [60, 61, 62]
        assert event(connection, log_id, MOST) is None


def test_a_forgotten_event_leaves_its_entry_and_nothing_else(sqlite: Database, tmp_path: Path) -> None:
    log_id = filled(sqlite, 5)
    assert sqlite.write(lambda c: forget(c, log_id, 3)) is True
    assert sqlite.write(lambda c: forget(c, log_id, 3)) is False
    assert sqlite.write(lambda c: forget(c, log_id, 9)) is False
    with sqlite.read() as connection:
        found = events(connection, log_id, 0, 5)
        assert [one.event for one in found] == [*EVENTS[:3], None, EVENTS[4]]
        assert found[3].entry == entry_of(EVENTS[3])
        verify_inclusion(LEAVES[3], 3, 5, inclusion_proof(StoredTree(connection, log_id), 3, 5), mth(LEAVES[:5]))
    assert sqlite.write(lambda c: append(c, log_id, EVENTS[5:7])) == 5


def test_nothing_that_an_event_says_stands_in_the_database(sqlite: Database, tmp_path: Path) -> None:
    """Neither the agencies nor the envelope nor the key that a delivery names: only whoever unmasks it reads them."""
    log_id = filled(sqlite, MOST, "la.example-police")
    with sqlite.read() as connection:
        assert event(connection, log_id, 0) is not None
    sqlite.close()
    stored = b"".join(file.read_bytes() for file in sorted(tmp_path.glob("relay.sqlite*")))
    assert entry_of(EVENTS[0]) in stored
    for planted in (SENDER.encode(), RECIPIENT.encode(), sha256(b"envelope 0").digest(), bytes(range(32))):
        assert planted not in stored


def test_several_logs_share_the_tables_and_nothing_else(database: Database) -> None:
    one, other = filled(database, 7), filled(database, 3, SENDER)
    with database.read() as connection:
        assert [head_of(connection, found).head.size for found in (one, other)] == [7, 3]
        assert head_of(connection, other).head.root == mth(LEAVES[:3])
        with pytest.raises(WorldError, match=r"store\.damaged"):
            StoredTree(connection, other).nodes([Place(0, 5)])


def test_what_a_transaction_did_not_commit_is_not_in_the_log(database: Database) -> None:
    log_id = filled(database, 5)

    def broken(connection: object) -> None:
        append(connection, log_id, EVENTS[5:9])  # type: ignore[arg-type]
        raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        database.write(broken)
    assert database.write(lambda c: append(c, log_id, EVENTS[5:6])) == 5
    with database.read() as connection:
        assert head_of(connection, log_id).head.root == mth(LEAVES[:6])


def test_writers_that_meet_give_one_log_without_a_gap(database: Database) -> None:
    log_id = database.write(lambda c: open_log(c, RECIPIENT))

    def one(number: int) -> int:
        return database.write(lambda c: append(c, log_id, EVENTS[number : number + 2]))

    with ThreadPoolExecutor(6) as pool:
        firsts = list(pool.map(one, range(0, 60, 2)))
    assert sorted(firsts) == list(range(0, 60, 2))
    with database.read() as connection:
        logged = [leaf_of(found.event or b"") for found in events(connection, log_id, 0, 100)]
        assert sorted(logged) == sorted(LEAVES[:60])
        assert head_of(connection, log_id).head.root == mth(logged)


def test_tiles_join_into_the_same_tree(sqlite: Database) -> None:
    many = [made(number) for number in range(600)]
    log_id = sqlite.write(lambda c: open_log(c, RECIPIENT))
    sqlite.write(lambda c: append(c, log_id, many))
    leaves = [leaf_of(found) for found in many]
    with sqlite.read() as connection:
        data = {wanted: tile(connection, log_id, wanted) for wanted in tiles_of(600)}
        assert b"".join(data[Tile(0, number, width)] for number, width in ((0, 256), (1, 256), (2, 88))) == b"".join(
            leaves
        )
        assert data[Tile(1, 0, 2)] == mth(leaves[:256]) + mth(leaves[256:512])
        bundle = read_bundle(tile(connection, log_id, Tile(None, 2, 88)))
        assert bundle == tuple(entry_of(found) for found in many[512:])
        for outside in (Tile(0, 2), Tile(0, 2, 89), Tile(1, 0, 3), Tile(2, 0, 1), Tile(None, 3, 1)):
            with pytest.raises(CallerError, match=r"log\.out-of-range"):
                tile(connection, log_id, outside)


@pytest.mark.parametrize("place", [(0, 4), (2, 0)])
def test_on_a_damaged_page_nothing_is_built(sqlite: Database, tmp_path: Path, place: tuple[int, int]) -> None:
    log_id = filled(sqlite, 5)
    sqlite.close()
    with sqlite3.connect(tmp_path / "relay.sqlite") as raw:
        raw.execute("DROP TRIGGER log_node_kept")
        raw.execute("UPDATE log_node SET hash = zeroblob(32) WHERE level = ? AND number = ?", place)
    raw.close()
    again = open_relay(f"sqlite:///{tmp_path / 'relay.sqlite'}")
    with pytest.raises(WorldError, match=r"store\.damaged"):
        again.write(lambda c: append(c, log_id, EVENTS[5:6]))
    again.close()


def test_events_go_to_the_last_generation_that_this_database_has(database: Database) -> None:
    agency = AgencyId("kh.example-ministry")

    def current(*origins: str) -> str:
        def work(connection: Connection) -> str:
            for one in origins:
                open_log(connection, one)
            return current_origin(connection, agency)

        return database.write(work)

    assert current() == agency
    assert current("kh.example-ministry-2/7", "kh.example-ministryx", f"{agency}/desk") == agency
    assert current(agency, f"{agency}/2", f"{agency}/10", f"{agency}/9") == f"{agency}/10"
