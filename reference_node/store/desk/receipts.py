"""The desk's book of receipts: acknowledgements on their way out, and what proves the way of its own mail. SQL only.

An acknowledgement is entered in the transaction that files the mail it is about, so that a stop in between loses none.
Methods are one transaction each, durable when they return. Raises WorldError store.*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from reference_node.store.desk.proving import AcknowledgementRow, Arrival, ProofRow
from reference_node.store.desk.tables import acknowledgement, handed, proof
from reference_node.store.engine import Database
from referral_proto.ids import AgencyId, Leaf
from referral_proto.model.codes.log import AcknowledgementKind
from referral_proto.moment import Moment

__all__ = ["ReceiptBook", "enter_arrival"]

_R = AcknowledgementKind.RECEIVED


def enter_arrival(db: Connection, came: Arrival) -> None:
    """Within the transaction that files or keeps the envelope: that it came, and that it is to be acknowledged.

    Each kind once; what was received is not called unreadable afterwards.
    """
    if came.by_relay and db.execute(select(handed.c.at).where(handed.c.leaf == came.leaf)).first() is None:
        db.execute(
            insert(handed).values(
                leaf=came.leaf, sender=came.sender, opening_key=came.opening_key, at=int(came.at), rounds=0
            )
        )
    said = set(db.scalars(select(acknowledgement.c.kind).where(acknowledgement.c.leaf == came.leaf)))
    if int(came.kind) in said or int(_R) in said:
        return
    db.execute(
        insert(acknowledgement).values(
            leaf=came.leaf, kind=int(came.kind), sender=came.sender, at=int(came.at), rounds=0
        )
    )


class ReceiptBook:
    """Acknowledgements and proofs of one desk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def arrive(self, came: Arrival) -> None:
        """Enter an envelope that is filed already."""
        self._database.write(lambda db: enter_arrival(db, came))

    def due(self, before: Moment, limit: int) -> tuple[AcknowledgementRow, ...]:
        """Acknowledgements without a receipt that were not tried since `before`, oldest first."""
        kept = acknowledgement.c
        query = (
            select(acknowledgement)
            .where(kept.receipt.is_(None), or_(kept.tried_at.is_(None), kept.tried_at <= int(before)))
            .order_by(kept.at, kept.leaf, kept.kind)
            .limit(limit)
        )
        with self._database.read() as db:
            return tuple(_acknowledgement(row) for row in db.execute(query))

    def waiting(self) -> int:
        """How many the relay has not taken yet."""
        query = select(func.count()).select_from(acknowledgement).where(acknowledgement.c.receipt.is_(None))
        with self._database.read() as db:
            return db.execute(query).scalar_one()

    def acknowledgements(self, leaf: Leaf) -> tuple[AcknowledgementRow, ...]:
        """What was said about one envelope, by kind."""
        query = select(acknowledgement).where(acknowledgement.c.leaf == leaf).order_by(acknowledgement.c.kind)
        with self._database.read() as db:
            return tuple(_acknowledgement(row) for row in db.execute(query))

    def sign(self, rows: Sequence[AcknowledgementRow]) -> None:
        """Keep what was signed, before anybody is shown it."""

        def work(db: Connection) -> None:
            for row in rows:
                _change(db, row, signed=row.signed)

        self._database.write(work)

    def told(self, rows: Sequence[AcknowledgementRow]) -> None:
        """Keep receipt, or code, and when it was tried."""

        def work(db: Connection) -> None:
            for row in rows:
                tried = None if row.tried_at is None else int(row.tried_at)
                _change(db, row, receipt=row.receipt, code=row.code, tried_at=tried)

        self._database.write(work)

    def again(self) -> None:
        """What was refused is due now: the trust records changed."""
        waiting = acknowledgement.c.receipt.is_(None) & acknowledgement.c.tried_at.is_not(None)
        self._database.write(lambda db: db.execute(update(acknowledgement).where(waiting).values(tried_at=None)))

    def prove(self, row: ProofRow) -> bool:
        """Keep what is better than before: cosigned before provisional, received before unreadable. Whether anything
        changed.
        """

        def work(db: Connection) -> bool:
            here = (proof.c.leaf == row.leaf) & (proof.c.recipient == row.recipient)
            found = db.execute(select(proof).where(here)).one_or_none()
            old = ProofRow(row.leaf, row.recipient) if found is None else _proof(found)
            new = _better(old, row)
            if new == old:
                return False
            if found is None:
                db.execute(insert(proof).values(leaf=row.leaf, recipient=row.recipient, **_values(new)))
            else:
                db.execute(update(proof).where(here).values(**_values(new)))
            return True

        return self._database.write(work)

    def proofs(self, leaf: Leaf | None = None) -> dict[tuple[Leaf, AgencyId], ProofRow]:
        """By leaf and recipient; of one message, or of all."""
        query = select(proof) if leaf is None else select(proof).where(proof.c.leaf == leaf)
        with self._database.read() as db:
            found = [_proof(row) for row in db.execute(query)]
        return {(one.leaf, one.recipient): one for one in found}


def _better(old: ProofRow, new: ProofRow) -> ProofRow:
    """The best of both. A trusted time never gets lost, and the earlier one holds."""
    best = replace(old, code=new.code)
    if new.receipt is not None and (old.receipt is None or _sooner(new.trusted_at, old.trusted_at)):
        best = replace(best, receipt=new.receipt, logged_at=new.logged_at, trusted_at=new.trusted_at)
    if new.earlier_checkpoint is not None:
        best = replace(best, earlier_checkpoint=new.earlier_checkpoint)
    if new.acknowledgement is not None and old.acknowledged is not _R and new.acknowledged is not old.acknowledged:
        best = replace(
            best,
            acknowledgement=new.acknowledgement,
            acknowledged=new.acknowledged,
            acknowledged_at=new.acknowledged_at,
            acknowledgement_receipt=new.acknowledgement_receipt,
            acknowledgement_trusted_at=new.acknowledgement_trusted_at,
        )
    same = new.acknowledgement_receipt is not None and new.acknowledgement == best.acknowledgement
    if same and (
        best.acknowledgement_receipt is None or _sooner(new.acknowledgement_trusted_at, best.acknowledgement_trusted_at)
    ):
        best = replace(
            best,
            acknowledgement_receipt=new.acknowledgement_receipt,
            acknowledgement_trusted_at=new.acknowledgement_trusted_at,
        )
    return best


def _sooner(new: Moment | None, old: Moment | None) -> bool:
    return new is not None and (old is None or new < old)


def _change(db: Connection, row: AcknowledgementRow, **values: Any) -> None:
    here = (acknowledgement.c.leaf == row.leaf) & (acknowledgement.c.kind == int(row.kind))
    db.execute(update(acknowledgement).where(here).values(**values))


def _acknowledgement(row: Row[Any]) -> AcknowledgementRow:
    return AcknowledgementRow(
        Leaf(row.leaf),
        AcknowledgementKind(row.kind),
        AgencyId(row.sender),
        Moment(row.at),
        row.signed,
        row.receipt,
        row.code,
        _moment(row.tried_at),
        row.place,
        row.rounds,
    )


def _proof(row: Row[Any]) -> ProofRow:
    return ProofRow(
        leaf=Leaf(row.leaf),
        recipient=AgencyId(row.recipient),
        receipt=row.receipt,
        logged_at=_moment(row.logged_at),
        trusted_at=_moment(row.trusted_at),
        earlier_checkpoint=row.earlier_checkpoint,
        acknowledgement=row.acknowledgement,
        acknowledged=None if row.acknowledged is None else AcknowledgementKind(row.acknowledged),
        acknowledged_at=_moment(row.acknowledged_at),
        acknowledgement_receipt=row.acknowledgement_receipt,
        acknowledgement_trusted_at=_moment(row.acknowledgement_trusted_at),
        code=row.code,
    )


def _values(row: ProofRow) -> dict[str, Any]:
    names = ("receipt", "earlier_checkpoint", "acknowledgement", "acknowledgement_receipt", "code")
    numbers = ("logged_at", "trusted_at", "acknowledged", "acknowledged_at", "acknowledgement_trusted_at")
    plain = {name: getattr(row, name) for name in names}
    counted = {name: getattr(row, name) for name in numbers}
    return plain | {name: None if value is None else int(value) for name, value in counted.items()}


def _moment(value: int | None) -> Moment | None:
    return None if value is None else Moment(value)
