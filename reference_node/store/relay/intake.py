"""Queries of the intake: replay protection, storing, and a place in the recipients' inboxes, in one transaction.

Judges keys and room only; that the envelopes are genuine was judged before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, func, select, tuple_

from reference_node.store.engine import insert
from reference_node.store.relay.holdings import ReplayKey, Sealed, forgotten, hold, known, next_cursors, slices
from reference_node.store.relay.tables import conflict, inbox, seen, stored
from referral_proto.ids import AgencyId, Leaf
from referral_proto.moment import Moment
from referral_proto.ports import DeliverStatus, Reply

__all__ = ["Arrival", "first_come", "kept_conflicts", "record"]

_CONFLICTS_KEPT: Final = 16
"""For one key: enough to prove it, too few to fill a disk."""


_WAITING: Final = select(stored.c.sender, stored.c.bytes).where(
    stored.c.sender.in_(bindparam("senders", expanding=True))
)
_PLACE: Final = inbox.insert()


@cache
def _take_keys(dialect: str) -> Any:
    new = insert(dialect, seen).on_conflict_do_nothing()
    return new.returning(seen.c.sender, seen.c.message_id, seen.c.recipient)


class Arrival(NamedTuple):
    """An admitted envelope for one recipient that is served here. opening_key: the one that it names for that agency;
    empty on the way out.
    """

    sealed: Sealed
    recipient: AgencyId
    opening_key: bytes = b""

    @property
    def key(self) -> ReplayKey:
        return ReplayKey(self.sealed.sender, self.sealed.message_id, self.recipient)


def record(connection: Connection, arrivals: Sequence[Arrival], at: Moment, quota: int) -> list[Reply]:
    """Store what is new and give it a place in its recipient's inbox; one reply for each arrival, as `first_come`."""
    replies = first_come(connection, arrivals, at, quota)
    fresh = [a for a, reply in zip(arrivals, replies, strict=True) if reply.status is DeliverStatus.ACCEPTED]
    held: dict[Leaf, tuple[Sealed, int]] = {}
    for arrival in fresh:
        leaf = arrival.sealed.leaf
        held[leaf] = (arrival.sealed, held[leaf][1] + 1 if leaf in held else 1)
    hold(connection, held)
    cursors = next_cursors(connection, "inbox", Counter(str(arrival.recipient) for arrival in fresh))
    rows: list[dict[str, Any]] = []
    for arrival in fresh:
        cursor = cursors[arrival.recipient]
        cursors[arrival.recipient] = cursor + 1
        rows.append({"recipient": arrival.recipient, "cursor": cursor, "leaf": arrival.sealed.leaf, "received_at": at})
    if rows:
        connection.execute(_PLACE, rows)
    return replies


def first_come(connection: Connection, arrivals: Sequence[Arrival], at: Moment, quota: int) -> list[Reply]:
    """Take the replay keys of what is new (ACCEPTED); one reply for each arrival, in order.

    quota: bytes that may wait from one sender. The same envelope again is DUPLICATE, another one under the same key
    CONFLICT, one that has expired REFUSED, one that expires before what was pruned, or is beyond the quota, RETRY.
    """
    floor = forgotten(connection)
    firsts = known(connection, (arrival.key for arrival in arrivals))
    room = _room(connection, {str(arrival.sealed.sender) for arrival in arrivals}, quota)
    chosen: dict[ReplayKey, int] = {}
    replies: dict[int, Reply] = {}
    for place, arrival in enumerate(arrivals):
        sealed, key = arrival.sealed, arrival.key
        if key in firsts or key in chosen:
            continue
        if sealed.expires_at <= floor:
            # Never taken in, since it may have been pruned; but only an expiry that the clock confirms is final.
            if sealed.expires_at <= at:
                replies[place] = Reply(DeliverStatus.REFUSED, sealed.leaf, "admit.expired")
            else:
                replies[place] = Reply(DeliverStatus.RETRY, sealed.leaf, "relay.try-later")
        elif len(sealed.data) > room[sealed.sender]:
            replies[place] = Reply(DeliverStatus.RETRY, sealed.leaf, "relay.quota")
        else:
            chosen[key] = place
            room[sealed.sender] -= len(sealed.data)
    taken = _take(connection, {key: arrivals[place] for key, place in chosen.items()})
    firsts |= known(connection, chosen.keys() - taken)
    for key in taken:
        replies[chosen[key]] = Reply(DeliverStatus.ACCEPTED, arrivals[chosen[key]].sealed.leaf)
        firsts[key] = arrivals[chosen[key]].sealed.leaf
    for place, arrival in enumerate(arrivals):
        if place not in replies:
            replies[place] = _second(connection, arrival, firsts[arrival.key], at)
    return [replies[place] for place in range(len(arrivals))]


def kept_conflicts(connection: Connection, arrivals: Iterable[Arrival]) -> dict[tuple[AgencyId, Leaf], Leaf]:
    """Of arrivals that were conflicts, those that are kept: recipient and leaf → the leaf that stood first."""
    found: dict[tuple[AgencyId, Leaf], Leaf] = {}
    for some in slices(sorted({arrival.key for arrival in arrivals})):
        wanted = select(conflict.c.recipient, conflict.c.leaf, conflict.c.first_leaf).where(
            tuple_(conflict.c.sender, conflict.c.message_id, conflict.c.recipient).in_(some)
        )
        rows = connection.execute(wanted)
        found.update({(AgencyId(row.recipient), Leaf(row.leaf)): Leaf(row.first_leaf) for row in rows})
    return found


def _second(connection: Connection, arrival: Arrival, first: Leaf, at: Moment) -> Reply:
    """The reply when the key is taken by `first`; a conflict is kept as evidence."""
    leaf = arrival.sealed.leaf
    if leaf == first:
        return Reply(DeliverStatus.DUPLICATE, leaf)
    key = arrival.key._asdict()
    kept = connection.scalar(select(func.count()).select_from(conflict).filter_by(**key))
    if (kept or 0) < _CONFLICTS_KEPT:
        row = {**key, "leaf": leaf, "first_leaf": first, "at": at}
        connection.execute(insert(connection.dialect.name, conflict).on_conflict_do_nothing(), row)
    return Reply(DeliverStatus.CONFLICT, leaf, "relay.conflict")


def _room(connection: Connection, senders: Iterable[str], quota: int) -> dict[str, int]:
    used = dict(connection.execute(_WAITING, {"senders": sorted(senders)}).all())
    return {sender: quota - used.get(sender, 0) for sender in senders}


def _take(connection: Connection, chosen: Mapping[ReplayKey, Arrival]) -> set[ReplayKey]:
    """Write the keys; those that another transaction wrote first are missing from the answer."""
    if not chosen:
        return set()
    written = connection.execute(
        _take_keys(connection.dialect.name),
        [
            {**key._asdict(), "leaf": arrival.sealed.leaf, "expires_at": arrival.sealed.expires_at}
            for key, arrival in sorted(chosen.items(), key=lambda item: item[0])
        ],
    )
    return {ReplayKey(*row) for row in written}
