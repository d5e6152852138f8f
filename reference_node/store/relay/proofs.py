"""Queries of what is still to be proved about deliveries that ended. The same statements run on both databases.

A row asks until its receipt is cosigned and its acknowledgement has come, or until its time is over. What it has so far
stands in the newest outcome of the delivery; more of it takes that outcome's place under a new cursor, so that the
sender's desk hears of it. As in the outbox, a claim holds for a time, and a time too far away counts as past.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, update

from reference_node.store.engine import insert
from reference_node.store.relay.holdings import next_cursors, slices
from reference_node.store.relay.outbox import Timing
from reference_node.store.relay.tables import outcome, pending_proof
from referral_proto.ids import AgencyId, Leaf
from referral_proto.moment import Moment
from referral_proto.ports import DeliverStatus, Proved

__all__ = [
    "Asked",
    "Asking",
    "Gain",
    "begin",
    "claim",
    "due_operator",
    "end",
    "gain",
    "hold_back",
    "pending",
    "postpone",
]

_PROVED: Final = tuple(one.name for one in fields(Proved))


class Asking(NamedTuple):
    """What is to be asked about a delivery. until: moment at which asking ends. cosigned: the receipt is, already."""

    operator: str
    opening_key: bytes
    next_at: int
    until: int
    cosigned: bool


class Asked(NamedTuple):
    """What this process may ask about until its lease ends; `attempts` counts this one. `proved`: what there is."""

    id: int
    sender: AgencyId
    leaf: Leaf
    recipient: AgencyId
    opening_key: bytes
    operator: str
    cursor: int
    attempts: int
    until: int
    status: DeliverStatus
    code: str
    proved: Proved
    cosigned: bool
    acknowledged: bool


class Gain(NamedTuple):
    """What an answer has brought. `proved` holds all that there is now."""

    proved: Proved
    code: str
    cosigned: bool
    acknowledged: bool
    next_at: int


def begin(connection: Connection, rows: Sequence[tuple[str, Leaf, str, int, Asking]]) -> None:
    """Ask about deliveries: sender, leaf, recipient and cursor of the outcome of each."""
    if not rows:
        return
    connection.execute(
        insert(connection.dialect.name, pending_proof).on_conflict_do_nothing(),
        [
            {
                "sender": sender,
                "leaf": leaf,
                "recipient": recipient,
                "opening_key": asking.opening_key,
                "operator": asking.operator,
                "cursor": cursor,
                "next_at": asking.next_at,
                "attempts": 0,
                "claimed_until": 0,
                "until": asking.until,
                "has_receipt_cosigned": int(asking.cosigned),
                "has_acknowledgement": 0,
            }
            for sender, leaf, recipient, cursor, asking in rows
        ],
    )


def _due(now: Moment, timing: Timing) -> ColumnElement[bool]:
    kept = pending_proof.c
    return and_(
        or_(kept.next_at <= now, kept.next_at > now + timing.cap),
        or_(kept.claimed_until <= now, kept.claimed_until > now + timing.lease),
    )


def due_operator(connection: Connection, now: Moment, timing: Timing, busy: Iterable[str]) -> str | None:
    """The operator whose relay is to be asked, that has been due longest; none of `busy`."""
    kept = pending_proof.c
    return connection.scalar(
        select(kept.operator)
        .where(_due(now, timing), kept.operator.not_in(sorted(busy)))
        .order_by(kept.next_at, kept.id)
        .limit(1)
    )


def claim(connection: Connection, operator: str, now: Moment, timing: Timing, limit: int) -> list[Asked]:
    """Claim about `limit` rows that are due for one operator. Those whose outcome was forgotten end here."""
    kept = pending_proof.c
    chosen = (
        select(kept.id)
        .where(kept.operator == operator, _due(now, timing))
        .order_by(kept.next_at, kept.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = connection.execute(
        update(pending_proof)
        # Said twice, since SQLite knows no SKIP LOCKED.
        .where(kept.id.in_(chosen), _due(now, timing))
        .values(claimed_until=now + timing.lease, attempts=kept.attempts + 1)
        .returning(pending_proof)
    ).all()
    outcomes = _outcomes(connection, claimed)
    end(connection, [row.id for row in claimed if (row.sender, row.cursor) not in outcomes])
    found = []
    for row in sorted(claimed, key=lambda row: row.id):
        last = outcomes.get((row.sender, row.cursor))
        if last is not None:
            found.append(
                Asked(
                    row.id,
                    AgencyId(row.sender),
                    Leaf(row.leaf),
                    AgencyId(row.recipient),
                    bytes(row.opening_key),
                    row.operator,
                    row.cursor,
                    row.attempts,
                    row.until,
                    DeliverStatus(last.status),
                    last.code,
                    Proved(**{name: bytes(getattr(last, name)) for name in _PROVED}),
                    bool(row.has_receipt_cosigned),
                    bool(row.has_acknowledgement),
                )
            )
    return found


def _outcomes(connection: Connection, claimed: Sequence[Any]) -> dict[tuple[str, int], Any]:
    found: dict[tuple[str, int], Any] = {}
    for sender in sorted({row.sender for row in claimed}):
        for some in slices(sorted(row.cursor for row in claimed if row.sender == sender)):
            wanted = select(outcome).where(outcome.c.agency == sender, outcome.c.cursor.in_(some))
            found |= {(sender, row.cursor): row for row in connection.execute(wanted)}
    return found


def gain(connection: Connection, gains: Sequence[tuple[Asked, Gain]]) -> int:
    """Enter what came, each as a new outcome in the place of the one before; how many did. One that another process
    has taken over meanwhile is left alone.
    """
    kept = pending_proof.c
    held = [
        (asked, more)
        for asked, more in sorted(gains, key=lambda pair: pair[0].id)
        if connection.scalar(select(kept.id).where(_still(asked)).with_for_update()) is not None
    ]
    cursors = next_cursors(connection, "outcome", Counter(str(asked.sender) for asked, _ in held))
    for asked, more in held:
        cursor = cursors[asked.sender]
        cursors[asked.sender] += 1
        before = (outcome.c.agency == asked.sender) & (outcome.c.cursor == asked.cursor)
        # A desk that has not read it yet reads the new one, which holds all of it.
        at = connection.scalar(delete(outcome).where(before).returning(outcome.c.at))
        if at is None:
            end(connection, [asked.id])
            continue
        row = {
            "agency": asked.sender,
            "cursor": cursor,
            "leaf": asked.leaf,
            "recipient": asked.recipient,
            "status": int(asked.status),
            "code": more.code,
            "at": at,
        }
        connection.execute(outcome.insert(), {**row, **asdict(more.proved)})
        connection.execute(
            update(pending_proof)
            .where(kept.id == asked.id)
            .values(
                cursor=cursor,
                next_at=more.next_at,
                attempts=0,
                claimed_until=0,
                has_receipt_cosigned=int(more.cosigned),
                has_acknowledgement=int(more.acknowledged),
            )
        )
    return len(held)


def _still(asked: Asked) -> ColumnElement[bool]:
    kept = pending_proof.c
    return and_(kept.id == asked.id, kept.attempts == asked.attempts, kept.cursor == asked.cursor)


def postpone(connection: Connection, asked: Asked, operator: str, next_at: int) -> None:
    """Give a claim back until `next_at`. operator: who is to be asked then."""
    connection.execute(
        update(pending_proof).where(_still(asked)).values(operator=operator, next_at=next_at, claimed_until=0)
    )


def hold_back(connection: Connection, operator: str, now: Moment, until: int) -> None:
    """The operator's relay did not answer: what else is due for it waits as well."""
    kept = pending_proof.c
    connection.execute(
        update(pending_proof)
        .where(kept.operator == operator, kept.next_at < until, kept.claimed_until <= now)
        .values(next_at=until)
    )


def end(connection: Connection, ids: Sequence[int]) -> None:
    """Ask no more."""
    for some in slices(sorted(ids)):
        connection.execute(delete(pending_proof).where(pending_proof.c.id.in_(some)))


def pending(connection: Connection) -> int:
    """Deliveries that are still asked about."""
    return connection.scalar(select(func.count()).select_from(pending_proof)) or 0
