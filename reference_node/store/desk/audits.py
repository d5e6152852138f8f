"""The desk's audit of its relay's log in its database: how far it came, what is not explained yet, alarms. SQL only.

`advance` enters everything that one audit found in one transaction. Raises WorldError store.*.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from reference_node.store.desk.missing import AlarmBook, enter_alarm, handed_row
from reference_node.store.desk.proving import AlarmRow, AuditView, HandedRow, KeptRow, Sure, UnexplainedRow
from reference_node.store.desk.tables import (
    acknowledgement,
    anchor,
    audit,
    handed,
    kept,
    message,
    opening,
    tail,
    unexplained,
)
from referral_proto.crypto.merkle import HASH_SIZE
from referral_proto.ids import AgencyId, Leaf
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.moment import Moment

__all__ = ["Advance", "AuditBook"]

_MANY: Final = 500
"""Values in one query."""


@dataclass(frozen=True, slots=True)
class Advance:
    """What one step of an audit found: the log as it is now; entries that wait for witnesses, the first of them at
    `waiting_from`; deliveries that are explained, and not; own acknowledgements; receipts to keep; alarms.
    """

    view: AuditView
    at: Moment
    waiting_from: int = 0
    waiting: tuple[bytes, ...] = ()
    explained: tuple[tuple[Leaf, int], ...] = ()
    unexplained: tuple[UnexplainedRow, ...] = ()
    acknowledged: tuple[tuple[Leaf, AcknowledgementKind, int], ...] = ()
    kept: tuple[KeptRow, ...] = ()
    alarms: tuple[AlarmRow, ...] = ()


class AuditBook(AlarmBook):
    """What one desk knows of its relay's log."""

    def view(self, origin: str | None = None) -> AuditView | None:
        """The log of that origin, or the newest; None if none was audited."""
        query = select(audit).order_by(audit.c.generation.desc()).limit(1)
        if origin is not None:
            query = query.where(audit.c.origin == origin)
        with self._database.read() as db:
            row = db.execute(query).one_or_none()
        return None if row is None else _view(row)

    def before(self, generation: int) -> AuditView | None:
        """The log that was read before the one of that generation."""
        query = select(audit).where(audit.c.generation < generation, audit.c.size > 0)
        with self._database.read() as db:
            row = db.execute(query.order_by(audit.c.generation.desc()).limit(1)).one_or_none()
        return None if row is None else _view(row)

    def begin(self, view: AuditView) -> None:
        """Keep that it was asked for, whatever is shown of it."""

        def work(db: Connection) -> None:
            if db.execute(select(audit.c.size).where(audit.c.origin == view.origin)).first() is None:
                _put_view(db, view)

        self._database.write(work)

    def tail(self, origin: str, start: int, end: int) -> list[bytes]:
        """Entries that were read and wait for witnesses."""
        here = (tail.c.origin == origin) & (tail.c.place >= start) & (tail.c.place < end)
        with self._database.read() as db:
            return [bytes(one) for one in db.scalars(select(tail.c.entry).where(here).order_by(tail.c.place))]

    def waits_since(self, origin: str) -> Moment | None:
        """When the first entry was read that no quorum has cosigned yet."""
        query = select(tail.c.at).where(tail.c.origin == origin).order_by(tail.c.place).limit(1)
        with self._database.read() as db:
            found = db.scalar(query)
        return None if found is None else Moment(found)

    def assure(self, origin: str, sure: Sure) -> None:
        """A quorum has cosigned it so far."""

        def work(db: Connection) -> None:
            here = audit.c.origin == origin
            db.execute(update(audit).where(here).values(**_sure(sure)))
            db.execute(delete(tail).where(tail.c.origin == origin, tail.c.place < sure.size))

        self._database.write(work)

    def keep(self, rows: Sequence[KeptRow], waiting: Sequence[UnexplainedRow] = ()) -> None:
        """Better receipts, of what is explained and of what is not."""

        def work(db: Connection) -> None:
            for row in rows:
                _keep(db, row)
            for one in waiting:
                here = (unexplained.c.origin == one.origin) & (unexplained.c.place == one.place)
                db.execute(update(unexplained).where(here).values(receipt=one.receipt))

        self._database.write(work)

    def advance(self, found: Advance) -> None:
        """Enter what an audit found."""

        def work(db: Connection) -> None:
            _put_view(db, found.view)
            if found.waiting:
                same = {"origin": found.view.origin, "at": int(found.at)}
                rows = enumerate(found.waiting, found.waiting_from)
                db.execute(insert(tail), [{**same, "place": place, "entry": entry} for place, entry in rows])
            if found.view.sure.size == found.view.size:
                db.execute(delete(tail).where(tail.c.origin == found.view.origin))
            for leaf, place in found.explained:
                _explain(db, leaf, found.view.origin, place)
            for row in found.unexplained:
                db.execute(
                    insert(unexplained).values(
                        origin=row.origin, place=row.place, leaf=row.leaf, receipt=row.receipt, rounds=0
                    )
                )
            for leaf, kind, place in found.acknowledged:
                here = (acknowledgement.c.leaf == leaf) & (acknowledgement.c.kind == int(kind))
                db.execute(update(acknowledgement).where(here).values(place=place))
            for receipt in found.kept:
                _keep(db, receipt)
            for one in found.alarms:
                enter_alarm(db, one)

        self._database.write(work)

    def provisional(self, origin: str, start: int, end: int, limit: int) -> tuple[KeptRow, ...]:
        """Receipts of that log's events from index `start` on, before `end`, that no quorum has cosigned; by index."""
        query = (
            select(kept)
            .where(kept.c.trusted_at.is_(None), kept.c.origin == origin, kept.c.place >= start, kept.c.place < end)
            .order_by(kept.c.place)
            .limit(limit)
        )
        with self._database.read() as db:
            return tuple(_kept(row) for row in db.execute(query))

    def kept(self, leaf: Leaf) -> dict[LogEventKind, KeptRow]:
        """The receipts about one envelope in the agency's own log."""
        with self._database.read() as db:
            found = [_kept(row) for row in db.execute(select(kept).where(kept.c.leaf == leaf))]
        return {one.kind: one for one in found}

    def known(self, leaves: Iterable[bytes]) -> dict[bytes, HandedRow]:
        """Which of these envelopes came: handed over by the relay, or filed after somebody carried them here."""
        found: dict[bytes, HandedRow] = {}
        with self._database.read() as db:
            for part in _parts(leaves):
                filed = select(message.c.leaf, message.c.sender).where(message.c.leaf.in_(part), ~message.c.outgoing)
                for row in db.execute(filed):
                    found[row.leaf] = HandedRow(Leaf(row.leaf), AgencyId(row.sender), None, None, None, 0)
                for row in db.execute(select(handed).where(handed.c.leaf.in_(part))):
                    found[row.leaf] = handed_row(row)
        return found

    def own_acknowledgements(self, leaves: Iterable[bytes]) -> set[tuple[bytes, AcknowledgementKind]]:
        """What this desk signed about these envelopes."""
        found: set[tuple[bytes, AcknowledgementKind]] = set()
        kept = acknowledgement.c
        with self._database.read() as db:
            for part in _parts(leaves):
                query = select(kept.leaf, kept.kind).where(kept.leaf.in_(part), kept.signed.is_not(None))
                found |= {(row.leaf, AcknowledgementKind(row.kind)) for row in db.execute(query)}
        return found

    def own_heads(self, digests: Iterable[bytes]) -> set[bytes]:
        """Which of these name heads of the access log that this desk signed."""
        return self._present(anchor.c.digest, digests)

    def own_openings(self, keys: Iterable[bytes]) -> set[bytes]:
        """Which of these opening keys this desk has held."""
        return self._present(opening.c.key, keys)

    def remember_openings(self, keys: Iterable[bytes]) -> None:
        """Keep the identifiers of opening keys that this desk holds, beyond the keys' own end."""
        fresh = set(keys)
        fresh -= self.own_openings(fresh)
        if fresh:
            self._database.write(lambda db: db.execute(insert(opening), [{"key": key} for key in sorted(fresh)]))

    def unexplained(self) -> tuple[UnexplainedRow, ...]:
        """Deliveries in the log whose envelope has not come."""
        with self._database.read() as db:
            return tuple(
                UnexplainedRow(row.origin, row.place, Leaf(row.leaf), row.receipt, row.rounds)
                for row in db.execute(select(unexplained).order_by(unexplained.c.origin, unexplained.c.place))
            )

    def settle_deliveries(
        self,
        explained: Sequence[UnexplainedRow],
        delivered: Sequence[KeptRow],
        waiting: Sequence[UnexplainedRow],
        alarms: Sequence[AlarmRow],
    ) -> None:
        """After another look: what is explained goes, with a receipt for each that was delivered; what waits is
        counted, what is told is not looked for again.
        """

        def work(db: Connection) -> None:
            told = {one.mark for one in alarms}
            for receipt in delivered:
                _explain(db, receipt.leaf, receipt.origin, receipt.place)
                _keep(db, receipt)
            for row in (*explained, *waiting):
                here = (unexplained.c.origin == row.origin) & (unexplained.c.place == row.place)
                if row in explained or f"{row.origin} {row.place}" in told:
                    db.execute(delete(unexplained).where(here))
                else:
                    db.execute(update(unexplained).where(here).values(rounds=row.rounds + 1))
            for one in alarms:
                enter_alarm(db, one)

        self._database.write(work)

    def _present(self, column: Any, values: Iterable[bytes]) -> set[bytes]:
        found: set[bytes] = set()
        with self._database.read() as db:
            for part in _parts(values):
                found |= {bytes(one) for one in db.scalars(select(column).where(column.in_(part)))}
        return found


def _parts(values: Iterable[bytes]) -> Iterable[list[bytes]]:
    listed = sorted(set(values))
    return (listed[at : at + _MANY] for at in range(0, len(listed), _MANY))


def _put_view(db: Connection, view: AuditView) -> None:
    values = {
        "generation": view.generation,
        "size": view.size,
        "edge": b"".join(view.edge),
        "note": view.note,
        "event_at": int(view.event_at),
        "since": int(view.since),
        **_sure(view.sure),
    }
    here = audit.c.origin == view.origin
    if db.execute(select(audit.c.size).where(here)).first() is None:
        db.execute(insert(audit).values(origin=view.origin, **values))
    else:
        db.execute(update(audit).where(here).values(**values))


def _sure(sure: Sure) -> dict[str, Any]:
    return {"sure_size": sure.size, "sure_edge": b"".join(sure.edge), "sure_note": sure.note}


def _explain(db: Connection, leaf: Leaf, origin: str, place: int) -> None:
    db.execute(update(handed).where(handed.c.leaf == leaf).values(origin=origin, place=place))


def _view(row: Any) -> AuditView:
    sure = Sure(row.sure_size, _edge(row.sure_edge), row.sure_note)
    event_at, since = Moment(row.event_at), Moment(row.since)
    return AuditView(row.origin, row.generation, row.size, _edge(row.edge), row.note, event_at, sure, since)


def _edge(hashes: bytes) -> tuple[bytes, ...]:
    return tuple(hashes[at : at + HASH_SIZE] for at in range(0, len(hashes), HASH_SIZE))


def _keep(db: Connection, row: KeptRow) -> None:
    here = (kept.c.leaf == row.leaf) & (kept.c.kind == int(row.kind))
    values = {
        "origin": row.origin,
        "place": row.place,
        "receipt": row.receipt,
        "trusted_at": None if row.trusted_at is None else int(row.trusted_at),
    }
    if db.execute(select(kept.c.place).where(here)).first() is None:
        db.execute(insert(kept).values(leaf=row.leaf, kind=int(row.kind), **values))
    else:
        db.execute(update(kept).where(here & kept.c.trusted_at.is_(None)).values(**values))
    if row.kind is LogEventKind.ANCHORED:
        db.execute(update(anchor).where(anchor.c.digest == row.leaf).values(rounds=-1))
        mine = (anchor.c.digest == row.leaf) & anchor.c.trusted_at.is_(None)
        db.execute(update(anchor).where(mine).values(receipt=row.receipt, trusted_at=values["trusted_at"]))


def _kept(row: Any) -> KeptRow:
    trusted = None if row.trusted_at is None else Moment(row.trusted_at)
    return KeptRow(Leaf(row.leaf), LogEventKind(row.kind), row.origin, row.place, row.receipt, trusted)
