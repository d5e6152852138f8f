"""Appending events, reading them back, forgetting them. An event's bytes are kept masked with its own nonce.

`append` runs in the transaction of what the events tell of (group commit): all of it is durable, or none. Memory is
that of one batch; the tree's size does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, select, update

from reference_node.store.log.tables import log, log_event
from reference_node.store.log.tree import StoredTree, head_of
from referral_proto.crypto.merkle import leaf_hash
from referral_proto.errors import WorldError
from referral_proto.log.event import entry_of, join, split, unveil, veil
from referral_proto.log.tree import fold, frontier, grow

__all__ = ["StoredEvent", "append", "event", "events", "events_at", "forget"]

_INSERT: Final = {
    ("log_node", "sqlite"): "INSERT INTO log_node (log, level, number, hash) VALUES (?, ?, ?, ?)",
    ("log_event", "sqlite"): "INSERT INTO log_event (log, number, entry, nonce, veiled) VALUES (?, ?, ?, ?, ?)",
    # One statement whatever the number of rows; the driver's many would each be a message to the server.
    ("log_node", "postgresql"): "INSERT INTO log_node (log, level, number, hash) "
    "SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bytea[])",
    ("log_event", "postgresql"): "INSERT INTO log_event (log, number, entry, nonce, veiled) "
    "SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[], %s::bytea[], %s::bytea[])",
}


class StoredEvent(NamedTuple):
    """`event`: its exact bytes; None once it is forgotten."""

    number: int
    entry: bytes
    event: bytes | None


def append(connection: Connection, log_id: int, added: Sequence[bytes]) -> int:
    """Append events, as exact bytes; the index of the first. The log is locked until the transaction ends.

    WorldError store.damaged: the stored tree is not the one that was stored, and nothing is built on it.
    """
    size = head_of(connection, log_id, lock=True).head
    edge = StoredTree(connection, log_id).nodes(frontier(size.size))
    if fold(edge) != size.root:
        raise WorldError("store.damaged", "log")
    if not added:
        return size.size
    entries = [entry_of(one) for one in added]
    growth = grow(size.size, edge, [leaf_hash(entry) for entry in entries])
    levels: list[int] = []
    numbers: list[int] = []
    hashes: list[bytes] = []
    for level, start, new in growth.levels:
        levels += [level] * len(new)
        numbers += range(start, start + len(new))
        hashes += new
    parts = [split(one) for one in added]
    ids = [log_id] * len(numbers)
    _insert(connection, "log_node", ids, levels, numbers, hashes)
    nonces = [nonce for nonce, _ in parts]
    veiled = [veil(nonce, rest) for nonce, rest in parts]
    _insert(connection, "log_event", ids[: len(added)], range(size.size, growth.size), entries, nonces, veiled)
    connection.execute(update(log).where(log.c.id == log_id).values(size=growth.size, root=growth.root))
    return size.size


def events(connection: Connection, log_id: int, start: int, limit: int) -> list[StoredEvent]:
    """At most `limit` events from index `start` on. WorldError store.damaged if one does not fit its entry."""
    wanted = (
        select(log_event.c.number, log_event.c.entry, log_event.c.nonce, log_event.c.veiled)
        .where(log_event.c.log == log_id, log_event.c.number >= start)
        .order_by(log_event.c.number)
        .limit(limit)
    )
    return [_stored(*row) for row in connection.execute(wanted)]


def events_at(connection: Connection, log_id: int, indexes: Sequence[int]) -> list[StoredEvent]:
    """The events at some indexes, in their order in the log; few enough for one IN. WorldError as `events`."""
    wanted = (
        select(log_event.c.number, log_event.c.entry, log_event.c.nonce, log_event.c.veiled)
        .where(log_event.c.log == log_id, log_event.c.number.in_(indexes))
        .order_by(log_event.c.number)
    )
    return [_stored(*row) for row in connection.execute(wanted)]


def event(connection: Connection, log_id: int, index: int) -> StoredEvent | None:
    """The event at `index`; None if the log does not reach so far."""
    found = events(connection, log_id, index, 1)
    return found[0] if found and found[0].number == index else None


def forget(connection: Connection, log_id: int, index: int) -> bool:
    """Destroy an event's nonce, and with it what the event said; False if that was done before or never stood there.

    The entry stays. A database frees the old bytes when it likes: see the operator's page on erasure.
    """
    at = (log_event.c.log == log_id) & (log_event.c.number == index) & log_event.c.nonce.is_not(None)
    return connection.execute(update(log_event).where(at).values(nonce=None)).rowcount == 1


def _stored(number: int, entry: bytes, nonce: bytes | None, veiled: bytes) -> StoredEvent:
    if nonce is None:
        return StoredEvent(number, bytes(entry), None)
    found = join(nonce, unveil(nonce, veiled))
    if entry_of(found) != entry:
        raise WorldError("store.damaged", "log")
    return StoredEvent(number, bytes(entry), found)


def _insert(connection: Connection, table: str, *columns: Sequence[Any]) -> None:
    statement = _INSERT[table, connection.dialect.name]
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(statement, list(zip(*columns, strict=True)))
    else:
        connection.exec_driver_sql(statement, tuple(list(column) for column in columns))
