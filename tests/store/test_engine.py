"""The database: what durability rests on, and every way in which a disk or a file can stand in the way."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from reference_node.store.engine import Database
from reference_node.store.failures import transient, world_error
from reference_node.store.relay import TREE, open_relay
from reference_node.store.relay.tables import mark, stored
from referral_proto.errors import WorldError


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'relay.sqlite'}"


def count(database: Database) -> int:
    with database.read() as connection:
        return connection.scalar(text("SELECT count(*) FROM stored")) or 0


@pytest.mark.req("TRN-04")
def test_it_is_durable_and_for_its_owner_alone(tmp_path: Path) -> None:
    database = open_relay(url(tmp_path))
    for context in (database.read(), database.engine.begin()):
        with context as connection:
            assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
            assert connection.scalar(text("PRAGMA synchronous")) == 2
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1
    database.write(lambda connection: connection.execute(stored.insert(), {"sender": "a", "bytes": 1}))
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}
    database.close()
    again = open_relay(url(tmp_path))
    assert count(again) == 1
    again.close()


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    database = open_relay(url(tmp_path))
    row = {"sender": "a", "bytes": 1}
    with pytest.raises(WorldError) as caught:
        database.write(lambda c: (c.execute(stored.insert(), row), c.execute(stored.insert(), row)))
    assert (caught.value.code, caught.value.where) == ("store.failed", "SQLITE_CONSTRAINT_PRIMARYKEY")
    assert caught.value.__context__ is None
    assert count(database) == 0
    database.close()


def test_many_writers_wait_for_each_other_and_none_is_lost(tmp_path: Path) -> None:
    databases = [open_relay(url(tmp_path)) for _ in range(2)]

    def add(number: int) -> None:
        row = {"sender": str(number), "bytes": 1}
        databases[number % 2].write(lambda connection: connection.execute(stored.insert(), row))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(100)))
    assert count(databases[0]) == 100
    for database in databases:
        database.close()


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    database = open_relay(url(tmp_path))
    inside, done = Event(), Event()

    def slow(connection: object) -> None:
        inside.set()
        assert done.wait(30)

    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(database.write, slow)
        assert inside.wait(30)
        assert count(database) == 0
        done.set()
        job.result(30)
    database.close()


def test_a_full_disk_is_said_and_nothing_is_half_written(tmp_path: Path) -> None:
    open_relay(url(tmp_path)).close()
    used = (tmp_path / "relay.sqlite").stat().st_size
    database = open_relay(url(tmp_path), database_bytes=used + 8 * 4096)
    rows = [{"sender": "s" * 1000 + str(n), "bytes": 1} for n in range(100)]
    with pytest.raises(WorldError) as caught:
        database.write(lambda connection: connection.execute(stored.insert(), rows))
    assert caught.value.code == "store.full"
    assert count(database) == 0
    database.write(lambda connection: connection.execute(stored.insert(), rows[:3]))
    assert count(database) == 3
    database.close()
    bigger = open_relay(url(tmp_path))
    bigger.write(lambda connection: connection.execute(stored.insert(), rows[3:]))
    assert count(bigger) == 100
    bigger.close()


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    open_relay(url(tmp_path)).close()
    file = tmp_path / "relay.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE relay_version SET version_num = '9999'")
    connection.close()
    before = file.read_bytes()
    with pytest.raises(WorldError) as caught:
        open_relay(url(tmp_path))
    assert caught.value.code == "store.newer-version"
    assert file.read_bytes() == before


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "relay.sqlite") as connection:
        connection.execute("CREATE TABLE desk_version (version_num TEXT)")
    connection.close()
    with pytest.raises(WorldError) as caught:
        open_relay(url(tmp_path))
    assert caught.value.code == "store.damaged"


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to look at" * 50, b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "relay.sqlite").write_bytes(content)
    with pytest.raises(WorldError) as caught:
        open_relay(url(tmp_path))
    assert caught.value.code == "store.damaged"
    assert (tmp_path / "relay.sqlite").read_bytes() == content


def test_a_damaged_page_is_said_to_be_damaged(tmp_path: Path) -> None:
    database = open_relay(url(tmp_path))
    rows = [{"sender": f"{n:050}", "bytes": 1} for n in range(2000)]
    database.write(lambda connection: connection.execute(stored.insert(), rows))
    database.close()
    file = tmp_path / "relay.sqlite"
    data = bytearray(file.read_bytes())
    data[-20 * 4096 :] = b"\xa5" * (20 * 4096)
    file.write_bytes(data)
    damaged = open_relay(url(tmp_path))
    with pytest.raises(WorldError) as caught, damaged.read() as connection:
        connection.execute(stored.select().order_by(stored.c.bytes)).all()
    assert caught.value.code == "store.damaged"
    damaged.close()


def test_a_place_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(WorldError) as caught:
        open_relay(f"sqlite:///{tmp_path / 'nowhere' / 'relay.sqlite'}")
    assert caught.value.code == "store.unreachable"


def test_a_database_that_somebody_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reference_node.store.engine._BUSY_SECONDS", 0.05)
    database = open_relay(url(tmp_path))
    other = sqlite3.connect(tmp_path / "relay.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorldError) as caught:
        database.write(lambda connection: connection.execute(mark.update().values(value=1)))
    assert caught.value.code == "store.locked"
    other.rollback()
    database.write(lambda connection: connection.execute(mark.update().values(value=1)))
    other.close()
    database.close()


def test_two_processes_may_meet_an_empty_file(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: open_relay(url(tmp_path)), range(4)))
    assert [count(database) for database in opened] == [0] * 4
    for database in opened:
        database.close()


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(WorldError) as caught:
        Database("postgresql+psycopg://nobody:hidden@127.0.0.1:1/none", TREE)
    assert caught.value.code == "store.unreachable"
    assert "hidden" not in f"{caught.value!r} {caught.value}"


class Postgres(Exception):
    """As psycopg reports: an exception with an SQLSTATE."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("planted value in the text")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("sqlstate", "code", "again"),
    [
        ("40001", "store.locked", True),
        ("40P01", "store.locked", True),
        ("55P03", "store.locked", False),
        ("53100", "store.full", False),
        ("57P01", "store.unreachable", False),
        ("08006", "store.unreachable", False),
        ("28P01", "store.unreachable", False),
        ("XX001", "store.damaged", False),
        ("23505", "store.failed", False),
        (None, "store.unreachable", False),
    ],
)
def test_what_postgresql_says(sqlstate: str | None, code: str, again: bool) -> None:
    error = DBAPIError("", None, Postgres(sqlstate))
    assert (world_error(error).code, transient(error)) == (code, again)
    assert "planted" not in f"{world_error(error)!r} {world_error(error)}"


def test_an_exhausted_pool_and_an_unknown_error() -> None:
    assert world_error(PoolTimeout()).code == "store.locked"
    assert world_error(IntegrityError("", None, sqlite3.IntegrityError("UNIQUE"))).code == "store.failed"


def test_a_serialisation_failure_is_tried_again_and_not_for_ever(tmp_path: Path) -> None:
    database = open_relay(url(tmp_path))
    tries = 0

    def fails(most: int) -> int:
        nonlocal tries
        tries += 1
        if tries < most:
            raise DBAPIError("", None, Postgres("40001"))
        return tries

    assert database.write(lambda _: fails(3)) == 3
    tries = 0
    with pytest.raises(WorldError) as caught:
        database.write(lambda _: fails(100))
    assert (caught.value.code, tries) == ("store.locked", 6)
    database.close()
