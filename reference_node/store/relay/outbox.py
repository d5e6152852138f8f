"""Queries of the outbox: what still has to be delivered. The same statements run on SQLite and PostgreSQL.

A process claims rows for a time; if it dies, another takes them over afterwards. A delivery ends once, with an outcome.
The clock may be set back: a time further away than any back-off or lease could have put it counts as past.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, update

from reference_node.store.relay.holdings import hold, next_cursors, release
from reference_node.store.relay.intake import Arrival, first_come
from reference_node.store.relay.tables import envelope, outbox, outcome
from referral_proto.ids import AgencyId, Leaf
from referral_proto.moment import Moment
from referral_proto.ports import DeliverStatus, Proved, Reply

__all__ = [
    "Claim",
    "Dispatch",
    "Timing",
    "claim",
    "depth",
    "due_operator",
    "finish",
    "hold_back",
    "hurry",
    "postpone",
    "queue",
]

_UNLIMITED: Final = 1 << 62


class Dispatch(NamedTuple):
    """An envelope on its way out. routes: recipient → operator of the recipient's relay, empty if not known yet."""

    arrival: Arrival
    routes: Mapping[AgencyId, str]


class Timing(NamedTuple):
    """lease: seconds for which a claim holds. cap: longest back-off in seconds."""

    lease: int
    cap: int


class Claim(NamedTuple):
    """One delivery that this process may attempt until its lease ends; `attempts` counts this one."""

    id: int
    sender: AgencyId
    leaf: Leaf
    recipient: AgencyId
    operator: str
    attempts: int
    expires_at: int
    data: bytes


def queue(connection: Connection, dispatches: Sequence[Dispatch], at: Moment) -> list[Reply]:
    """Keep envelopes until they are delivered to each recipient; one reply each, as `first_come`."""
    replies = first_come(connection, [dispatch.arrival for dispatch in dispatches], at, _UNLIMITED)
    fresh = [d for d, reply in zip(dispatches, replies, strict=True) if reply.status is DeliverStatus.ACCEPTED]
    hold(connection, {d.arrival.sealed.leaf: (d.arrival.sealed, len(d.routes)) for d in fresh})
    rows: list[dict[str, Any]] = [
        {
            "sender": dispatch.arrival.sealed.sender,
            "leaf": dispatch.arrival.sealed.leaf,
            "recipient": recipient,
            "operator": operator,
            "expires_at": dispatch.arrival.sealed.expires_at,
            "attempts": 0,
            "next_at": at,
            "claimed_until": 0,
            "code": "",
        }
        for dispatch in fresh
        for recipient, operator in sorted(dispatch.routes.items())
    ]
    if rows:
        connection.execute(outbox.insert(), rows)
    return replies


def _due(now: Moment, timing: Timing) -> ColumnElement[bool]:
    return and_(
        or_(outbox.c.next_at <= now, outbox.c.next_at > now + timing.cap),
        or_(outbox.c.claimed_until <= now, outbox.c.claimed_until > now + timing.lease),
    )


def due_operator(connection: Connection, now: Moment, timing: Timing, busy: Iterable[str]) -> str | None:
    """The operator whose delivery has been due longest, none of `busy`."""
    return connection.scalar(
        select(outbox.c.operator)
        .where(_due(now, timing), outbox.c.operator.not_in(sorted(busy)))
        .order_by(outbox.c.next_at, outbox.c.id)
        .limit(1)
    )


def claim(connection: Connection, operator: str, now: Moment, timing: Timing, limit: int, most: int) -> list[Claim]:
    """Claim at most `limit` due deliveries for one operator, of at most `most` bytes together (but at least one)."""
    chosen = (
        select(outbox.c.id)
        .where(outbox.c.operator == operator, _due(now, timing))
        .order_by(outbox.c.next_at, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = connection.execute(
        update(outbox)
        # Said twice, since SQLite and others without SKIP LOCKED may have let two processes choose the same rows.
        .where(outbox.c.id.in_(chosen), _due(now, timing))
        .values(claimed_until=now + timing.lease, attempts=outbox.c.attempts + 1)
        .returning(outbox)
    ).all()
    if not claimed:
        return []
    leaves = sorted({row.leaf for row in claimed})
    query = select(envelope.c.leaf, envelope.c.data).where(envelope.c.leaf.in_(leaves))
    data = dict(connection.execute(query).all())
    kept: list[Claim] = []
    total = 0
    for row in sorted(claimed, key=lambda row: (row.next_at, row.id)):
        total += len(data[row.leaf])
        # A planner may run the inner query twice and so exceed its limit.
        if len(kept) == limit or (kept and total > most):
            _give_back(connection, row.id)
            continue
        kept.append(
            Claim(
                row.id,
                AgencyId(row.sender),
                Leaf(row.leaf),
                AgencyId(row.recipient),
                row.operator,
                row.attempts,
                row.expires_at,
                data[row.leaf],
            )
        )
    return kept


def _give_back(connection: Connection, which: int) -> None:
    unclaimed = update(outbox).where(outbox.c.id == which)
    connection.execute(unclaimed.values(claimed_until=0, attempts=outbox.c.attempts - 1))


def finish(connection: Connection, ends: Sequence[tuple[Claim, Reply]], at: Moment) -> dict[int, int]:
    """End deliveries, each with an outcome for its sender; the outcome's cursor by the claim's id. One that another
    process ended meanwhile is left alone. A reply's receipt is kept as it is: who calls has verified it.
    """
    replies = {claim.id: reply for claim, reply in ends}
    gone = connection.execute(
        delete(outbox)
        .where(outbox.c.id.in_(sorted(replies)))
        .returning(outbox.c.id, outbox.c.sender, outbox.c.leaf, outbox.c.recipient)
    ).all()
    if not gone:
        return {}
    cursors = next_cursors(connection, "outcome", Counter(str(row.sender) for row in gone))
    rows: list[dict[str, Any]] = []
    ended: dict[int, int] = {}
    for row in sorted(gone, key=lambda row: row.id):
        reply, cursor = replies[row.id], cursors[row.sender]
        cursors[row.sender] = cursor + 1
        ended[row.id] = cursor
        rows.append(
            {
                "agency": row.sender,
                "cursor": cursor,
                "leaf": row.leaf,
                "recipient": row.recipient,
                "status": int(reply.status),
                "code": reply.code,
                "at": at,
                **asdict(Proved(receipt=reply.receipt)),
            }
        )
    connection.execute(outcome.insert(), rows)
    release(connection, Counter(Leaf(row.leaf) for row in gone))
    return ended


def postpone(connection: Connection, claim: Claim, operator: str, next_at: int, code: str) -> None:
    """Give a claim back until `next_at`. operator: where it goes now, if the records have changed."""
    connection.execute(
        update(outbox)
        .where(outbox.c.id == claim.id, outbox.c.attempts == claim.attempts)
        .values(operator=operator, next_at=next_at, claimed_until=0, code=code)
    )


def hold_back(connection: Connection, operator: str, now: Moment, until: int) -> None:
    """The operator's relay was not reached: what else is due for it waits as well."""
    connection.execute(
        update(outbox)
        .where(outbox.c.operator == operator, outbox.c.next_at < until, outbox.c.claimed_until <= now)
        .values(next_at=until, code="net.unreachable")
    )


def hurry(connection: Connection, operator: str, now: Moment) -> None:
    """The operator's relay is there again: what was put off because it was not is due now."""
    connection.execute(
        update(outbox)
        .where(outbox.c.operator == operator, outbox.c.next_at > now, outbox.c.code.startswith("net."))
        .values(next_at=now)
    )


def depth(connection: Connection) -> int:
    """Deliveries that wait."""
    return connection.scalar(select(func.count()).select_from(outbox)) or 0
