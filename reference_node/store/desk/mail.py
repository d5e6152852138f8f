"""The desk's post book: what became of mail that went out, and mail that came in and cannot be read. SQL only.

Every method is one transaction, durable when it returns. Raises WorldError store.*.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, update

from reference_node.store.desk.rows import DeliveryRow, UnreadableLine, UnreadableRow
from reference_node.store.desk.tables import bookmark, delivery, unreadable
from reference_node.store.engine import Database
from referral_proto.ids import AgencyId, Digest, Leaf
from referral_proto.moment import Moment

__all__ = ["CONTACT", "OUTCOMES", "SINCE", "PostBook"]

OUTCOMES: Final = "outcomes"
"""The relay's cursor up to which outcomes stand here."""
CONTACT: Final = "contact"
"""When the relay last answered, to the minute."""
SINCE: Final = "since"
"""When this desk first ran."""


class PostBook:
    """Deliveries, unreadable mail, and bookmarks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def bookmark(self, name: str) -> int | None:
        """A number that was kept under this name: OUTCOMES, CONTACT, SINCE."""
        with self._database.read() as db:
            return _bookmark(db, name)

    def turn(self, name: str, value: int) -> None:
        """Keep a number under this name."""
        self._database.write(lambda db: _turn(db, name, value))

    def enter(self, rows: Sequence[DeliveryRow], cursor: int) -> None:
        """Enter outcomes and move the bookmark OUTCOMES to `cursor`, together. A delivery that succeeded once stays a
        success.
        """

        def work(db: Connection) -> None:
            for row in rows:
                _enter(db, row)
            _turn(db, OUTCOMES, cursor)

        self._database.write(work)

    def deliveries(self) -> dict[Leaf, tuple[DeliveryRow, ...]]:
        """By leaf, the recipients sorted."""
        found: dict[Leaf, tuple[DeliveryRow, ...]] = {}
        with self._database.read() as db:
            for row in db.execute(select(delivery).order_by(delivery.c.leaf, delivery.c.recipient)):
                one = DeliveryRow(Leaf(row.leaf), AgencyId(row.recipient), row.delivered, row.code, Moment(row.at))
                found[one.leaf] = (*found.get(one.leaf, ()), one)
        return found

    def keep(self, row: UnreadableRow, beside: Callable[[Connection], None] | None = None) -> bool:
        """Keep mail that cannot be read; False if it is there already, and then only its code changes. `beside`: what
        is written in the same transaction.
        """

        def work(db: Connection) -> bool:
            there = db.execute(select(unreadable.c.code).where(unreadable.c.digest == row.digest)).first()
            if there is None:
                db.execute(
                    insert(unreadable).values(
                        digest=row.digest, envelope=row.envelope, code=row.code, received_at=int(row.received_at)
                    )
                )
            elif there.code != row.code:
                db.execute(update(unreadable).where(unreadable.c.digest == row.digest).values(code=row.code))
            if beside is not None:
                beside(db)
            return there is None

        return self._database.write(work)

    def unreadable(self) -> tuple[UnreadableLine, ...]:
        """By time of receipt."""
        columns = (unreadable.c.digest, unreadable.c.code, unreadable.c.received_at)
        query = select(*columns, func.length(unreadable.c.envelope).label("size"))
        with self._database.read() as db:
            return tuple(
                UnreadableLine(Digest(row.digest), row.code, Moment(row.received_at), row.size)
                for row in db.execute(query.order_by(unreadable.c.received_at, unreadable.c.digest))
            )

    def unread(self, digest: Digest) -> bytes | None:
        """The envelope of unreadable mail; None if there is none any more."""
        with self._database.read() as db:
            return db.scalar(select(unreadable.c.envelope).where(unreadable.c.digest == digest))

    def discard(self, digest: Digest) -> None:
        """Forget unreadable mail that turned out to be filed already."""

        def work(db: Connection) -> None:
            db.execute(delete(unreadable).where(unreadable.c.digest == digest))

        self._database.write(work)


def _bookmark(db: Connection, name: str) -> int | None:
    return db.execute(select(bookmark.c.value).where(bookmark.c.name == name)).scalar_one_or_none()


def _turn(db: Connection, name: str, value: int) -> None:
    if _bookmark(db, name) is None:
        db.execute(insert(bookmark).values(name=name, value=value))
    else:
        db.execute(update(bookmark).where(bookmark.c.name == name).values(value=value))


def _enter(db: Connection, row: DeliveryRow) -> None:
    here = (delivery.c.leaf == row.leaf) & (delivery.c.recipient == row.recipient)
    there = db.execute(select(delivery.c.delivered).where(here)).first()
    values = {"delivered": row.delivered, "code": row.code, "at": int(row.at)}
    if there is None:
        db.execute(insert(delivery).values(leaf=row.leaf, recipient=row.recipient, **values))
    elif not there.delivered:
        db.execute(update(delivery).where(here).values(**values))
