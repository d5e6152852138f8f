"""The database itself keeps a log append-only: raw SQL of every kind is refused, but for a nonce that becomes NULL."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError

from reference_node.store.engine import Database
from reference_node.store.log import METADATA, add_cosignatures, append, events, open_log, sign
from referral_proto.log.checkpoint import cosign
from referral_proto.log.head import Head
from tests.log.world import AT, KEYS, RECIPIENT, WITNESS_KEYS, event
from tests.store.log_database import database, server, sqlite, url

__all__ = ["database", "server", "sqlite", "url"]  # fixtures

REFUSED = [
    "UPDATE log_node SET hash = {zero}",
    "UPDATE log_node SET level = level + 1",
    "UPDATE log_node SET hash = hash",
    "DELETE FROM log_node",
    "DELETE FROM log_node WHERE level = 0 AND number = 4",
    "UPDATE log_event SET veiled = {zero}",
    "UPDATE log_event SET entry = {zero}",
    "UPDATE log_event SET number = number + 100",
    "UPDATE log_event SET nonce = {zero}",
    "UPDATE log_event SET nonce = NULL, entry = {zero}",
    "UPDATE log_event SET nonce = NULL, veiled = {zero}",
    "UPDATE log_event SET nonce = NULL, number = number + 100",
    "UPDATE log_event SET log = log + 1",
    "DELETE FROM log_event",
    "UPDATE log_checkpoint SET note = {zero}",
    "UPDATE log_checkpoint SET at = at - 1",
    "DELETE FROM log_checkpoint",
    "UPDATE log_cosignature SET signature = {zero}",
    "UPDATE log_cosignature SET size = size + 1",
    "DELETE FROM log_cosignature",
    "UPDATE log SET size = size - 1",
    "UPDATE log SET root = {zero}",
    "UPDATE log SET origin = 'xx.other', size = size + 1",
    "UPDATE log SET id = id + 1, size = size + 1",
    "DELETE FROM log",
    "INSERT INTO log_node (log, level, number, hash) SELECT log, level, number, hash FROM log_node",
    """INSERT INTO log_node (log, level, number, hash) SELECT log, level, number, {zero} FROM log_node WHERE true
    ON CONFLICT (log, level, number) DO UPDATE SET hash = {zero}""",
    """INSERT INTO log (origin, size, root) SELECT origin, 0, root FROM log WHERE true
    ON CONFLICT (origin) DO UPDATE SET size = 0""",
    "INSERT INTO log_node (log, level, number, hash) VALUES (1, 0, 900, NULL)",
]
SQLITE = [
    "REPLACE INTO log_node (log, level, number, hash) SELECT log, level, number, {zero} FROM log_node",
    "REPLACE INTO log_event (log, number, entry, nonce, veiled) SELECT log, number, entry, nonce, entry FROM log_event",
    "REPLACE INTO log_checkpoint (log, size, at, root, note) SELECT log, size, 0, root, note FROM log_checkpoint",
    """REPLACE INTO log_cosignature (log, size, witness, key_id, signature)
    SELECT log, size, witness, key_id, {zero} FROM log_cosignature""",
    "REPLACE INTO log (id, origin, size, root) SELECT id, origin, 0, root FROM log",
    "REPLACE INTO log (origin, size, root) SELECT origin, 0, root FROM log",
    "UPDATE OR REPLACE log_node SET number = 0 WHERE level = 0 AND number = 1",
    "INSERT INTO log_node (log, level, number, hash) VALUES (1, 0, 900, zeroblob(31))",
    "INSERT INTO log_node (log, level, number, hash) VALUES (1, 0, 'x', zeroblob(32))",
]
POSTGRESQL = [
    "TRUNCATE log_node",
    "TRUNCATE log_event",
    "TRUNCATE log_checkpoint",
    "TRUNCATE log_cosignature",
    "TRUNCATE log CASCADE",
    "SET session_replication_role = replica; DELETE FROM log_node",
    "MERGE INTO log_node n USING log_node o ON n.level = o.level WHEN MATCHED THEN DELETE",
]


@pytest.fixture
def filled(database: Database) -> Database:
    def work(connection: object) -> None:
        log_id = open_log(connection, RECIPIENT)  # type: ignore[arg-type]
        append(connection, log_id, [event(number) for number in range(5)])  # type: ignore[arg-type]
        sign(connection, log_id, KEYS, AT)  # type: ignore[arg-type]
        name, keys = next(iter(WITNESS_KEYS.items()))
        lines = cosign(Head(RECIPIENT, 5, bytes(32)), name, keys, AT)
        add_cosignatures(connection, log_id, 5, lines)  # type: ignore[arg-type]

    database.write(work)
    return database


def rows(database: Database) -> list[list[tuple[object, ...]]]:
    with database.read() as connection:
        return [sorted(map(tuple, connection.execute(select(t))), key=repr) for t in METADATA.sorted_tables]


def raw(database: Database, statement: str) -> None:
    zero = "zeroblob(32)" if database.dialect == "sqlite" else "decode(repeat('00', 32), 'hex')"
    with database.engine.begin() as connection:
        connection.exec_driver_sql(statement.replace("{zero}", zero))


@pytest.mark.req("LOG-03")
def test_raw_sql_changes_nothing(filled: Database) -> None:
    before = rows(filled)
    assert all(before)
    for statement in [*REFUSED, *(SQLITE if filled.dialect == "sqlite" else POSTGRESQL)]:
        with pytest.raises(DBAPIError) as caught:
            raw(filled, statement)
        # And not because the statement is no SQL.
        assert "append-only" in str(caught.value.orig) or isinstance(caught.value, IntegrityError), statement
        assert rows(filled) == before, statement


@pytest.mark.req("LOG-03")
def test_a_nonce_goes_once(filled: Database) -> None:
    raw(filled, "UPDATE log_event SET nonce = NULL WHERE number = 2")
    after = rows(filled)
    with filled.read() as connection:
        assert [found.event is None for found in events(connection, 1, 0, 5)] == [False, False, True, False, False]
    for statement in (
        "UPDATE log_event SET nonce = NULL WHERE number = 2",
        "UPDATE log_event SET nonce = {zero} WHERE number = 2",
        "UPDATE log_event SET nonce = {zero} WHERE number = 1",
    ):
        with pytest.raises(DBAPIError):
            raw(filled, statement)
    assert rows(filled) == after


def test_a_bare_connection_is_refused_too(sqlite: Database, tmp_path: Path) -> None:
    """No pragma of ours is needed for the triggers to fire."""
    log_id = sqlite.write(lambda c: open_log(c, RECIPIENT))
    sqlite.write(lambda c: append(c, log_id, [event()]))
    bare = sqlite3.connect(tmp_path / "relay.sqlite")
    for statement in SQLITE[:2] + SQLITE[4:6]:
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            bare.execute(statement.replace("{zero}", "zeroblob(32)"))
    bare.close()
