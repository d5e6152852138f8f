"""A log's head and its stored tree: O(log n) rows for a root or a proof, in one statement. Opens logs, grows none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select, text

from reference_node.store.log.tables import log
from referral_proto.errors import CallerError, WorldError
from referral_proto.log.head import Head
from referral_proto.log.tree import EMPTY_ROOT, Place

__all__ = ["LogHead", "StoredTree", "find_log", "head_of", "open_log", "placeholders"]


class LogHead(NamedTuple):
    """A log's row. `head` is what would be signed now."""

    id: int
    head: Head


class StoredTree:
    """The port NodeReader over a log's stored hashes, within one transaction."""

    __slots__ = ("_connection", "_log")

    def __init__(self, connection: Connection, log_id: int) -> None:
        self._connection, self._log = connection, log_id

    def nodes(self, places: Sequence[Place]) -> list[bytes]:
        """The hashes at `places`, in their order. WorldError store.damaged if one of them is not there."""
        if not places:
            return []
        mark = placeholders(self._connection)
        # A list of pairs in an IN would be a scan of the whole log on SQLite; its CROSS JOIN keeps the order of loops.
        pairs = ", ".join([f"({mark}, {mark})"] * len(places))
        statement = (
            f"WITH wanted (level, number) AS (VALUES {pairs}) "  # noqa: S608 - holds marks, never a value
            "SELECT n.level, n.number, n.hash FROM wanted w CROSS JOIN log_node n "
            f"WHERE n.log = {mark} AND n.level = w.level AND n.number = w.number"
        )
        parameters = (*(part for place in places for part in place), self._log)
        found = self._connection.exec_driver_sql(statement, parameters)
        hashes = {(level, number): bytes(one) for level, number, one in found}
        try:
            return [hashes[place] for place in places]
        except KeyError:
            pass
        raise WorldError("store.damaged", "log")


def find_log(connection: Connection, origin: str) -> int | None:
    """The number of the log with that origin in this database, if there is one."""
    found = connection.scalar(select(log.c.id).where(log.c.origin == origin))
    return None if found is None else int(found)


def open_log(connection: Connection, origin: str) -> int:
    """The number of the log with that origin in this database; a new, empty log if there is none."""
    found = find_log(connection, origin)
    if found is None:
        # Two processes may both come here; on SQLite the transaction is the only one that writes.
        statement = text("INSERT INTO log (origin, size, root) VALUES (:origin, 0, :root) ON CONFLICT DO NOTHING")
        connection.execute(statement, {"origin": origin, "root": EMPTY_ROOT})
        found = find_log(connection, origin)
    assert found is not None
    return found


def head_of(connection: Connection, log_id: int, *, lock: bool = False) -> LogHead:
    """The log's row; `lock`: nobody else appends to it until the transaction ends. CallerError log.out-of-range."""
    wanted = select(log.c.origin, log.c.size, log.c.root).where(log.c.id == log_id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        raise CallerError("log.out-of-range", "log")
    return LogHead(log_id, Head(row.origin, row.size, bytes(row.root)))


def placeholders(connection: Connection) -> str:
    """How the driver marks a parameter."""
    return "?" if connection.dialect.name == "sqlite" else "%s"
