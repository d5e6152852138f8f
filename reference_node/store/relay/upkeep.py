"""Forgetting what is over. Replay protection is pruned only once it is remembered up to when it was.

Nothing that waits for its desk or its delivery is ever dropped here. Also keeps the trusted time, see
`reference_node/relay/horizon.py`.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sqlalchemy import Connection, delete, func, select, update

from reference_node.store.engine import insert
from reference_node.store.relay.tables import conflict, inbox, mark, outcome, seen
from referral_proto.moment import Moment

__all__ = ["Ages", "forget", "keep_time"]

_FIRST: Final = Moment.parse("2026-01-01T00:00:00Z")
"""Before this program was: no clock that says so is right, and none that was kept is worth following from."""


class Ages(NamedTuple):
    """Seconds: replay protection beyond an envelope's expiry, ended deliveries (also confirmed ones), conflicts."""

    seen: int
    outcomes: int
    conflicts: int


def keep_time(connection: Connection, clock: Moment, step: int) -> tuple[Moment, bool]:
    """The trusted time, moved towards `clock` by at most `step` seconds and kept; and whether the clock may be pruned
    by, which is not before one turn has found it where the trusted time is, or behind.

    The first clock ever is taken as it is, but not pruned by.
    """
    last = connection.scalar(select(mark.c.value).where(mark.c.name == "trusted").with_for_update())
    known, trusted = False, clock
    if last is not None and last >= _FIRST:
        known, trusted = True, Moment(min(max(clock, last - step), last + step))
    new = insert(connection.dialect.name, mark)
    kept = new.on_conflict_do_update(index_elements=["name"], set_={"value": new.excluded.value})
    connection.execute(kept, {"name": "trusted", "value": trusted})
    return trusted, known and clock <= trusted


def forget(connection: Connection, now: Moment, ages: Ages) -> int:
    """Prune; how many replay rows went.

    What goes is remembered by the largest expiry among it, not by the time of pruning: a clock that ran years ahead for
    an hour must not make the relay refuse everything that comes after.
    """
    newest = connection.scalar(select(func.max(seen.c.expires_at)).where(seen.c.expires_at <= now - ages.seen))
    gone = 0
    if newest is not None:
        # The mark first: its lock waits for the deliveries that have read it, and holds off those to come.
        connection.execute(update(mark).where(mark.c.name == "forgotten", mark.c.value < newest).values(value=newest))
        gone = connection.execute(delete(seen).where(seen.c.expires_at <= newest)).rowcount
    connection.execute(delete(outcome).where(outcome.c.at <= now - ages.outcomes))
    connection.execute(delete(inbox).where(inbox.c.confirmed_at <= now - ages.outcomes))
    connection.execute(delete(conflict).where(conflict.c.at <= now - ages.conflicts))
    return gone
