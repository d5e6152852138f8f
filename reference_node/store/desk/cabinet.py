"""The desk's filing cabinet: cases and messages. SQL only; what may be filed is decided in `reference_node.desk`.

Every method is one transaction, durable when it returns. May be used by several threads; one desk process owns the
database. Raises WorldError store.*.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from reference_node.store.desk.rows import CaseRow, Filed, MessageLine, MessageRow, Numbers, State
from reference_node.store.desk.tables import case, delivery, message, unreadable
from reference_node.store.engine import Database
from referral_proto.ids import AgencyId, Digest, Leaf, MessageId, ThreadId
from referral_proto.moment import Moment

__all__ = ["Cabinet"]


class Cabinet:
    """Cases and messages of one desk."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def case(self, thread: ThreadId) -> CaseRow | None:
        with self._database.read() as db:
            return _case(db, thread)

    def open_case(self, thread: ThreadId, wrapped_key: bytes, at: Moment) -> CaseRow:
        """The case of `thread`; made with this wrapped key unless it is there, and then the key that stands holds."""

        def work(db: Connection) -> CaseRow:
            found = _case(db, thread)
            if found is not None:
                return found
            db.execute(insert(case).values(thread=thread, opened_at=int(at), wrapped_key=wrapped_key))
            made = _case(db, thread)
            assert made is not None
            return made

        return self._database.write(work)

    def file(
        self,
        row: MessageRow,
        replaces: Digest | None = None,
        beside: Callable[[Connection], None] | None = None,
    ) -> Filed:
        """File a message of a case that is open. `replaces`: the unreadable mail that it turned out to be; `beside`:
        what must be written if this is. Both in the same transaction, unless the message is in conflict.
        """

        def work(db: Connection) -> Filed:
            filed = _standing(db, row)
            if filed is Filed.FRESH:
                _insert(db, row)
            if filed is Filed.CONFLICT:
                return filed
            if replaces is not None:
                db.execute(delete(unreadable).where(unreadable.c.digest == replaces))
            if beside is not None:
                beside(db)
            return filed

        return self._database.write(work)

    def lines(self, thread: ThreadId | None = None) -> tuple[MessageLine, ...]:
        """The messages of one thread or of all, in the order in which they were filed."""
        columns = (message.c.leaf, message.c.outgoing, message.c.stored_at, message.c.state, message.c.code)
        query = (
            select(*columns, case.c.thread, func.length(message.c.envelope).label("size"))
            .join(case, message.c.case_number == case.c.number)
            .order_by(message.c.number)
        )
        if thread is not None:
            query = query.where(case.c.thread == thread)
        with self._database.read() as db:
            return tuple(
                MessageLine(
                    Leaf(row.leaf),
                    ThreadId(row.thread),
                    row.outgoing,
                    Moment(row.stored_at),
                    State(row.state),
                    row.code,
                    row.size,
                )
                for row in db.execute(query)
            )

    def message(self, leaf: Leaf) -> MessageRow | None:
        with self._database.read() as db:
            query = select(message, case.c.thread).join(case, message.c.case_number == case.c.number)
            row = db.execute(query.where(message.c.leaf == leaf)).one_or_none()
            return None if row is None else _message_row(row)

    def holds(self, leaf: Leaf) -> bool:
        with self._database.read() as db:
            return db.execute(select(message.c.number).where(message.c.leaf == leaf)).first() is not None

    def queued(self, after: int, limit: int) -> tuple[tuple[int, Leaf, bytes], ...]:
        """Messages that wait for the relay, oldest first, as (number, leaf, envelope), with numbers above `after`."""
        query = (
            select(message.c.number, message.c.leaf, message.c.envelope)
            .where(message.c.state == State.QUEUED, message.c.number > after)
            .order_by(message.c.number)
            .limit(limit)
        )
        with self._database.read() as db:
            return tuple((row.number, Leaf(row.leaf), row.envelope) for row in db.execute(query))

    def move(self, steps: Sequence[tuple[Leaf, State, str | None]]) -> None:
        """Set state and code of messages that are queued; of others nothing changes."""

        def work(db: Connection) -> None:
            for leaf, state, code in steps:
                db.execute(
                    update(message)
                    .where(message.c.leaf == leaf, message.c.state == State.QUEUED)
                    .values(state=int(state), code=code)
                )

        self._database.write(work)

    def numbers(self) -> Numbers:
        arrived = select(func.count()).select_from(delivery).where(delivery.c.leaf == message.c.leaf).scalar_subquery()
        count = select(func.count()).select_from(message)
        with self._database.read() as db:
            return Numbers(
                cases=db.execute(select(func.count(func.distinct(message.c.case_number)))).scalar_one(),
                queued=db.execute(count.where(message.c.state == State.QUEUED)).scalar_one(),
                under_way=db.execute(
                    count.where(message.c.state == State.SUBMITTED, arrived < message.c.recipients)
                ).scalar_one(),
                unreadable=db.execute(select(func.count()).select_from(unreadable)).scalar_one(),
            )


def _insert(db: Connection, row: MessageRow) -> None:
    db.execute(
        insert(message).values(
            leaf=row.leaf,
            case_number=db.execute(select(case.c.number).where(case.c.thread == row.thread)).scalar_one(),
            outgoing=row.outgoing,
            sender=row.sender,
            message_id=row.message_id,
            stored_at=int(row.stored_at),
            envelope=row.envelope,
            wrapped_keys=row.wrapped_keys,
            recipients=row.recipients,
            state=int(row.state),
            code=row.code,
        )
    )


def _standing(db: Connection, row: MessageRow) -> Filed:
    if db.execute(select(message.c.number).where(message.c.leaf == row.leaf)).first() is not None:
        return Filed.KNOWN
    twin = select(message.c.number).where(message.c.sender == row.sender, message.c.message_id == row.message_id)
    return Filed.FRESH if db.execute(twin).first() is None else Filed.CONFLICT


def _case(db: Connection, thread: ThreadId) -> CaseRow | None:
    row = db.execute(select(case).where(case.c.thread == thread)).one_or_none()
    return None if row is None else _case_row(row)


def _case_row(row: Row[Any]) -> CaseRow:
    return CaseRow(row.number, ThreadId(row.thread), Moment(row.opened_at), row.wrapped_key)


def _message_row(row: Row[Any]) -> MessageRow:
    return MessageRow(
        Leaf(row.leaf),
        ThreadId(row.thread),
        row.outgoing,
        AgencyId(row.sender),
        MessageId(row.message_id),
        Moment(row.stored_at),
        row.envelope,
        row.wrapped_keys,
        row.recipients,
        State(row.state),
        row.code,
    )
