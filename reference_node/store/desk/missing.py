"""What one side of an audit has and the other lacks, and the alarms about it, in the desk's database. SQL only.

What is counted is looked for again in the next audit; with an alarm it is not. Raises WorldError store.*.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from reference_node.store.desk.proving import AlarmRow, HandedRow
from reference_node.store.desk.tables import acknowledgement, alarm, anchor, handed
from reference_node.store.engine import Database
from referral_proto.ids import AgencyId, Digest, Leaf
from referral_proto.model.codes.log import AcknowledgementKind
from referral_proto.moment import Moment

__all__ = ["AlarmBook", "enter_alarm", "handed_row"]


class AlarmBook:
    """What a desk misses in its relay's log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unlogged(self) -> tuple[HandedRow, ...]:
        """Envelopes that the relay handed over and whose delivery its log has not shown."""
        query = select(handed).where(handed.c.place.is_(None), handed.c.rounds >= 0).order_by(handed.c.leaf)
        with self._database.read() as db:
            return tuple(handed_row(row) for row in db.execute(query))

    def count_unlogged(self, rows: Sequence[HandedRow], alarms: Sequence[AlarmRow]) -> None:
        """One more audit that did not find them; those with an alarm are not looked for again."""

        def work(db: Connection) -> None:
            told = {one.mark for one in alarms}
            for row in rows:
                rounds = -1 if row.leaf.hex() in told else row.rounds + 1
                here = (handed.c.leaf == row.leaf) & handed.c.place.is_(None)
                db.execute(update(handed).where(here).values(rounds=rounds))
            for one in alarms:
                enter_alarm(db, one)

        self._database.write(work)

    def missing(self) -> tuple[tuple[Leaf, AcknowledgementKind, int, bytes], ...]:
        """Acknowledgements for which the relay gave a receipt and that its log has not shown: also how often."""
        kept = acknowledgement.c
        query = select(kept.leaf, kept.kind, kept.rounds, kept.receipt).where(
            kept.receipt.is_not(None), kept.place.is_(None), kept.rounds >= 0
        )
        with self._database.read() as db:
            return tuple(
                (Leaf(row.leaf), AcknowledgementKind(row.kind), row.rounds, row.receipt) for row in db.execute(query)
            )

    def count_missing(
        self, rows: Sequence[tuple[Leaf, AcknowledgementKind, int, bytes]], alarms: Sequence[AlarmRow]
    ) -> None:
        """As `count_unlogged`."""

        def work(db: Connection) -> None:
            told = {one.mark for one in alarms}
            for leaf, kind, rounds, _ in rows:
                now = -1 if f"{leaf.hex()} {kind.name}" in told else rounds + 1
                here = (acknowledgement.c.leaf == leaf) & (acknowledgement.c.kind == int(kind))
                db.execute(update(acknowledgement).where(here).values(rounds=now))
            for one in alarms:
                enter_alarm(db, one)

        self._database.write(work)

    def unshown(self) -> tuple[tuple[Digest, int, bytes], ...]:
        """Heads of the access log for which the relay gave a receipt and that its log has not shown: also how often."""
        query = select(anchor.c.digest, anchor.c.rounds, anchor.c.receipt).where(
            anchor.c.rounds >= 0, anchor.c.receipt.is_not(None)
        )
        with self._database.read() as db:
            return tuple((Digest(row.digest), row.rounds, row.receipt) for row in db.execute(query))

    def count_unshown(self, rows: Sequence[tuple[Digest, int, bytes]], alarms: Sequence[AlarmRow]) -> None:
        """As `count_unlogged`."""

        def work(db: Connection) -> None:
            told = {one.mark for one in alarms}
            for digest, rounds, _ in rows:
                now = -1 if digest.hex() in told else rounds + 1
                db.execute(update(anchor).where(anchor.c.digest == digest).values(rounds=now))
            for one in alarms:
                enter_alarm(db, one)

        self._database.write(work)

    def raise_alarm(self, one: AlarmRow) -> bool:
        """Keep an alarm; False if one about the same thing was given before."""
        return self._database.write(lambda db: enter_alarm(db, one))

    def rang(self, code: str, mark: str) -> bool:
        """Whether there was such an alarm, settled or not."""
        with self._database.read() as db:
            here = (alarm.c.code == code) & (alarm.c.mark == mark)
            return db.execute(select(alarm.c.number).where(here)).first() is not None

    def alarms(self, *, settled: bool = False) -> tuple[AlarmRow, ...]:
        """Alarms that wait for somebody, oldest first; `settled`: the others too."""
        query = select(alarm).order_by(alarm.c.number)
        if not settled:
            query = query.where(alarm.c.settled_at.is_(None))
        with self._database.read() as db:
            return tuple(_alarm(row) for row in db.execute(query))

    def settle(self, number: int, at: Moment) -> bool:
        """Somebody has seen to it; False if there is no such alarm that waits."""
        here = (alarm.c.number == number) & alarm.c.settled_at.is_(None)
        done: int = self._database.write(
            lambda db: db.execute(update(alarm).where(here).values(settled_at=int(at))).rowcount
        )
        return done == 1

    def ringing(self) -> int:
        """How many alarms wait."""
        with self._database.read() as db:
            return db.execute(select(func.count()).select_from(alarm).where(alarm.c.settled_at.is_(None))).scalar_one()


def enter_alarm(db: Connection, one: AlarmRow) -> bool:
    """Keep an alarm; False if one about the same thing was given before."""
    here = (alarm.c.code == one.code) & (alarm.c.mark == one.mark)
    if db.execute(select(alarm.c.number).where(here)).first() is not None:
        return False
    db.execute(insert(alarm).values(code=one.code, mark=one.mark, at=int(one.at), evidence=one.evidence))
    return True


def _alarm(row: Any) -> AlarmRow:
    settled = None if row.settled_at is None else Moment(row.settled_at)
    return AlarmRow(row.number, row.code, row.mark, Moment(row.at), row.evidence, settled)


def handed_row(row: Any) -> HandedRow:
    """A row of `handed`."""
    return HandedRow(Leaf(row.leaf), AgencyId(row.sender), row.opening_key, row.origin, row.place, row.rounds)
