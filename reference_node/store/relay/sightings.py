"""Queries of the checkpoints that were seen: for each log the one that others are held against, and those that wait.

The first that is seen of a log is taken as it is. Each further one waits until the log has proved that both are of one
tree; then the newest stays and the rest may go. Everything entered here was verified before.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, or_, select, tuple_, update

from reference_node.store.engine import insert
from reference_node.store.relay.holdings import slices
from reference_node.store.relay.outbox import Timing
from reference_node.store.relay.tables import sighting, watched_log
from referral_proto.moment import Moment

__all__ = [
    "Seen",
    "Watch",
    "claim",
    "contradict",
    "contradictions",
    "due",
    "enter",
    "newest",
    "settle",
    "unproved",
]

_WAITING: Final = 64
"""Checkpoints of one log that may wait; then chance decides which are asked about, and the log cannot know which."""


class Seen(NamedTuple):
    """A verified checkpoint. `signed_at`: the log's word."""

    origin: str
    size: int
    root: bytes
    note: bytes
    signed_at: int


class Watch(NamedTuple):
    """A log that this process may ask until its lease ends. `seen`: all that is to be held against its newest."""

    origin: str
    attempts: int
    unproved_since: int | None
    seen: tuple[Seen, ...]


def enter(connection: Connection, seen: Iterable[Seen], now: Moment, due_at: int) -> list[tuple[str, bytes, bytes]]:
    """Keep what is new; those that cannot both be true by themselves: origin and both notes. due_at: when the log is
    asked, if nothing was to be asked of it before.
    """
    pairs: list[tuple[str, bytes, bytes]] = []
    for one in sorted(set(seen)):
        if _closed(connection, one.origin, due_at):
            continue
        rows = _of(connection, one.origin)
        if any((row.size, bytes(row.root)) == (one.size, one.root) for row in rows):
            continue
        pairs += [(one.origin, bytes(row.note), one.note) for row in rows if _at_odds(one, row)]
        waiting = [row for row in rows if not row.joined]
        if not waiting and rows:
            watch = watched_log.c.origin == one.origin
            connection.execute(update(watched_log).where(watch).values(next_at=due_at, attempts=0))
        if len(waiting) >= _WAITING:
            _drop(connection, one.origin, sorted(waiting, key=lambda row: row.size)[:-1])
        connection.execute(sighting.insert(), {**one._asdict(), "seen_at": now, "joined": int(not rows)})
    return pairs


def _closed(connection: Connection, origin: str, due_at: int) -> bool:
    """Whether nothing more is asked of the log. Its row is locked from here on."""
    row = {"origin": origin, "next_at": due_at, "attempts": 0, "claimed_until": 0}
    connection.execute(insert(connection.dialect.name, watched_log).on_conflict_do_nothing(), row)
    kept = watched_log.c
    wanted = select(kept.evidence).where(kept.origin == origin).with_for_update()
    return connection.execute(wanted).scalar_one() is not None


def _at_odds(one: Seen, row: Any) -> bool:
    if one.size == row.size:
        return True
    smaller, larger = sorted(((one.size, one.signed_at), (row.size, row.signed_at)))
    return bool(smaller[1] > larger[1])


def _drop(connection: Connection, origin: str, waiting: Sequence[Any]) -> None:
    victim = secrets.choice(waiting)
    _forget(connection, origin, [(victim.size, bytes(victim.root))])


def _forget(connection: Connection, origin: str, places: Sequence[tuple[int, bytes]]) -> None:
    kept = sighting.c
    for some in slices(sorted(places)):
        connection.execute(delete(sighting).where(kept.origin == origin, tuple_(kept.size, kept.root).in_(some)))


def _of(connection: Connection, origin: str) -> Sequence[Any]:
    return connection.execute(select(sighting).where(sighting.c.origin == origin).order_by(sighting.c.size)).all()


def _due(now: Moment, timing: Timing) -> ColumnElement[bool]:
    kept = watched_log.c
    return and_(
        kept.evidence.is_(None),
        or_(kept.next_at <= now, kept.next_at > now + timing.cap),
        or_(kept.claimed_until <= now, kept.claimed_until > now + timing.lease),
        exists().where(sighting.c.origin == kept.origin, sighting.c.joined == 0),
    )


def due(connection: Connection, now: Moment, timing: Timing) -> str | None:
    """The log that has been due longest and of which something waits."""
    kept = watched_log.c
    wanted = select(kept.origin).where(_due(now, timing))
    return connection.scalar(wanted.order_by(kept.next_at, kept.origin).limit(1))


def claim(connection: Connection, origin: str, now: Moment, timing: Timing) -> Watch | None:
    """Claim a log that is due; None if another process was quicker."""
    kept = watched_log.c
    row = connection.execute(
        update(watched_log)
        .where(kept.origin == origin, _due(now, timing))
        .values(claimed_until=now + timing.lease, attempts=kept.attempts + 1)
        .returning(kept.attempts, kept.unproved_since)
    ).one_or_none()
    if row is None:
        return None
    return Watch(origin, row.attempts, row.unproved_since, tuple(_seen(one) for one in _of(connection, origin)))


def settle(connection: Connection, watch: Watch, newest: Seen, now: Moment, due_at: int) -> None:
    """`newest` continues everything that was claimed: it alone stays of that. What came meanwhile waits its turn."""
    if _closed(connection, watch.origin, due_at):
        return
    _forget(connection, watch.origin, [(one.size, one.root) for one in watch.seen])
    row = {**newest._asdict(), "seen_at": now, "joined": 1}
    new = insert(connection.dialect.name, sighting)
    kept = new.on_conflict_do_update(index_elements=["origin", "size", "root"], set_={"joined": 1})
    connection.execute(kept, row)
    _give_back(connection, watch.origin, due_at, attempts=0, unproved_since=None)


def unproved(
    connection: Connection, watch: Watch, proved: Iterable[Seen], newest: Seen | None, now: Moment, next_at: int
) -> None:
    """Something waits on: all of `watch.seen` but what is `proved` to be the beginning of `newest`."""
    if _closed(connection, watch.origin, next_at):
        return
    joined = {(row.size, bytes(row.root)) for row in _of(connection, watch.origin) if row.joined}
    gone = [(one.size, one.root) for one in proved if (one.size, one.root) not in joined]
    _forget(connection, watch.origin, gone)
    if newest is not None:
        enter(connection, [newest], now, next_at)
    since = now if watch.unproved_since is None else min(watch.unproved_since, now)
    _give_back(connection, watch.origin, next_at, unproved_since=since)


def _give_back(connection: Connection, origin: str, next_at: int, **more: int | None) -> None:
    change = update(watched_log).where(watched_log.c.origin == origin)
    connection.execute(change.values(next_at=next_at, claimed_until=0, **more))


def contradict(connection: Connection, origin: str, evidence: bytes) -> bool:
    """Keep evidence against a log; False if there is some already. The first one stays."""
    if _closed(connection, origin, 0):
        return False
    connection.execute(update(watched_log).where(watched_log.c.origin == origin).values(evidence=evidence))
    return True


def contradictions(connection: Connection) -> dict[str, bytes]:
    """The evidence there is, by origin."""
    kept = watched_log.c
    rows = connection.execute(select(kept.origin, kept.evidence).where(kept.evidence.is_not(None)))
    return {origin: bytes(evidence) for origin, evidence in rows}


def newest(connection: Connection, origins: Sequence[str], limit: int) -> list[tuple[Seen, Moment]]:
    """The largest of each log, and when it was first seen here; of all logs if none is named."""
    kept = sighting.c
    largest = select(kept.origin, func.max(kept.size).label("size")).group_by(kept.origin).subquery()
    wanted = select(sighting).join(largest, (largest.c.origin == kept.origin) & (largest.c.size == kept.size))
    if origins:
        wanted = wanted.where(kept.origin.in_(sorted(set(origins))))
    rows = connection.execute(wanted.order_by(kept.origin, kept.root).limit(limit))
    return [(_seen(row), Moment(row.seen_at)) for row in rows]


def _seen(row: Any) -> Seen:
    return Seen(row.origin, row.size, bytes(row.root), bytes(row.note), row.signed_at)
