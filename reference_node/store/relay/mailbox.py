"""Queries of an agency's mailbox: what waits for its desk, and what became of what the desk sent."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from typing import Any, Final

from sqlalchemy import Connection, select, update

from reference_node.store.relay.holdings import release, slices
from reference_node.store.relay.tables import envelope, inbox, outbox, outcome
from referral_proto.ids import AgencyId, Leaf
from referral_proto.moment import Moment
from referral_proto.ports import Collected, DeliverStatus, Outcome, Proved

__all__ = ["collect", "confirm", "outcomes", "outgoing", "waiting"]

_PROVED: Final = tuple(one.name for one in fields(Proved))


def collect(connection: Connection, agency: AgencyId, cursor: int, limit: int, most: int) -> tuple[Collected, ...]:
    """What waits after `cursor`, oldest first: at most `limit` envelopes and `most` bytes, but at least one."""
    found = connection.execute(
        select(inbox.c.cursor, inbox.c.leaf, inbox.c.received_at, envelope.c.size)
        .join(envelope, envelope.c.leaf == inbox.c.leaf)
        .where(inbox.c.recipient == agency, inbox.c.cursor > cursor, inbox.c.confirmed_at.is_(None))
        .order_by(inbox.c.cursor)
        .limit(limit)
    ).all()
    chosen: list[Any] = []
    total = 0
    for row in found:
        total += row.size
        if chosen and total > most:
            break
        chosen.append(row)
    data: dict[bytes, bytes] = {}
    for some in slices([row.leaf for row in chosen]):
        query = select(envelope.c.leaf, envelope.c.data).where(envelope.c.leaf.in_(some))
        data |= dict(connection.execute(query).all())
    return tuple(Collected(row.cursor, data[row.leaf], Moment(row.received_at)) for row in chosen)


def confirm(connection: Connection, agency: AgencyId, cursor: int, at: Moment) -> int:
    """The desk holds all up to `cursor`: drop the bytes that nobody else waits for. How many were confirmed now."""
    confirmed = connection.scalars(
        update(inbox)
        .where(inbox.c.recipient == agency, inbox.c.cursor <= cursor, inbox.c.confirmed_at.is_(None))
        .values(confirmed_at=at)
        .returning(inbox.c.leaf)
    ).all()
    release(connection, Counter(Leaf(leaf) for leaf in confirmed))
    return len(confirmed)


def outcomes(connection: Connection, agency: AgencyId, cursor: int, limit: int, most: int) -> tuple[Outcome, ...]:
    """What became of the agency's deliveries, after `cursor`, oldest first: at most `limit`, with at most `most` bytes
    of proof (but at least one).
    """
    rows = connection.execute(
        select(outcome)
        .where(outcome.c.agency == agency, outcome.c.cursor > cursor)
        .order_by(outcome.c.cursor)
        .limit(limit)
    )
    found: list[Outcome] = []
    for row in rows:
        proved = Proved(*(bytes(getattr(row, name)) for name in _PROVED))
        most -= sum(len(getattr(proved, name)) for name in _PROVED)
        if found and most < 0:
            break
        leaf, recipient, status = Leaf(row.leaf), AgencyId(row.recipient), DeliverStatus(row.status)
        found.append(Outcome(row.cursor, leaf, recipient, status, row.code, Moment(row.at), proved))
    return tuple(found)


def waiting(connection: Connection, leaf: Leaf) -> bytes | None:
    """The bytes of an envelope that is still held; None if nobody holds it."""
    return connection.scalar(select(envelope.c.data).where(envelope.c.leaf == leaf))


def outgoing(connection: Connection) -> list[tuple[Leaf, AgencyId]]:
    """Deliveries that wait, oldest first."""
    rows = connection.execute(select(outbox.c.leaf, outbox.c.recipient).order_by(outbox.c.id))
    return [(Leaf(row.leaf), AgencyId(row.recipient)) for row in rows]
