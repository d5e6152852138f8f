"""The desk's filing cabinet: cases and messages. SQL only; what may be filed is decided in `reference_node.desk`.

Every method is one transaction, durable when it returns. May be used by several threads; one desk process owns the
database. Raises WorldError store.*.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, Row, Select, func, insert, select, update

from reference_node.store.desk.rows import CaseRow, Filed, MessageRow, Numbers, State
from reference_node.store.desk.tables import case, message, unreadable
from reference_node.store.engine import transaction
from referral_proto.ids import AgencyId, Digest, Leaf, MessageId, ThreadId
from referral_proto.moment import Moment

__all__ = ["Cabinet"]


class Cabinet:
    """Cases and messages of one desk."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def case(self, thread: ThreadId) -> CaseRow | None:
        with transaction(self._engine) as db:
            return _case(db, thread)

    def open_case(self, thread: ThreadId, wrapped_key: bytes, at: Moment) -> CaseRow:
        """The case of `thread`; made with this wrapped key unless it is there, and then the key that stands holds."""
        with transaction(self._engine) as db:
            found = _case(db, thread)
            if found is not None:
                return found
            db.execute(insert(case).values(thread=thread, opened_at=int(at), wrapped_key=wrapped_key))
            made = _case(db, thread)
            assert made is not None
            return made

    def file(self, row: MessageRow, replaces: Digest | None = None) -> Filed:
        """File a message of a case that is open. `replaces`: the unreadable mail that it turned out to be, which goes
        out in the same transaction, unless the message is in conflict.
        """
        with transaction(self._engine) as db:
            filed = _standing(db, row)
            if filed is Filed.FRESH:
                number = db.execute(select(case.c.number).where(case.c.thread == row.thread)).scalar_one()
                db.execute(
                    insert(message).values(
                        leaf=row.leaf,
                        case_number=number,
                        outgoing=row.outgoing,
                        sender=row.sender,
                        message_id=row.message_id,
                        stored_at=int(row.stored_at),
                        envelope=row.envelope,
                        wrapped_keys=row.wrapped_keys,
                        state=int(row.state),
                        code=row.code,
                    )
                )
            if replaces is not None and filed is not Filed.CONFLICT:
                db.execute(unreadable.delete().where(unreadable.c.digest == replaces))
            return filed

    def cases(self) -> tuple[CaseRow, ...]:
        """Oldest first."""
        with transaction(self._engine) as db:
            return tuple(_case_row(row) for row in db.execute(select(case).order_by(case.c.number)))

    def messages(self, thread: ThreadId | None = None) -> tuple[MessageRow, ...]:
        """Of one thread or of all, in the order in which they were filed, with their envelopes."""
        query = _messages().order_by(message.c.number)
        if thread is not None:
            query = query.where(case.c.thread == thread)
        with transaction(self._engine) as db:
            return tuple(_message_row(row) for row in db.execute(query))

    def message(self, leaf: Leaf) -> MessageRow | None:
        with transaction(self._engine) as db:
            row = db.execute(_messages().where(message.c.leaf == leaf)).one_or_none()
            return None if row is None else _message_row(row)

    def holds(self, leaf: Leaf) -> bool:
        with transaction(self._engine) as db:
            return db.execute(select(message.c.number).where(message.c.leaf == leaf)).first() is not None

    def queued(self, after: int, limit: int) -> tuple[tuple[int, Leaf, bytes], ...]:
        """Messages that wait for the relay, oldest first, as (number, leaf, envelope), with numbers above `after`."""
        query = (
            select(message.c.number, message.c.leaf, message.c.envelope)
            .where(message.c.state == State.QUEUED, message.c.number > after)
            .order_by(message.c.number)
            .limit(limit)
        )
        with transaction(self._engine) as db:
            return tuple((row.number, Leaf(row.leaf), row.envelope) for row in db.execute(query))

    def move(self, steps: Sequence[tuple[Leaf, State, str | None]]) -> None:
        """Set state and code of messages that are queued; of others nothing changes."""
        with transaction(self._engine) as db:
            for leaf, state, code in steps:
                db.execute(
                    update(message)
                    .where(message.c.leaf == leaf, message.c.state == State.QUEUED)
                    .values(state=int(state), code=code)
                )

    def numbers(self) -> Numbers:
        with transaction(self._engine) as db:
            states = dict(
                db.execute(select(message.c.state, func.count()).group_by(message.c.state)).tuples().all()
            )
            cases = db.execute(select(func.count(func.distinct(message.c.case_number)))).scalar_one()
            mail = db.execute(select(func.count()).select_from(unreadable)).scalar_one()
        return Numbers(cases, states.get(State.QUEUED, 0), states.get(State.SUBMITTED, 0), mail)


def _standing(db: Connection, row: MessageRow) -> Filed:
    if db.execute(select(message.c.number).where(message.c.leaf == row.leaf)).first() is not None:
        return Filed.KNOWN
    twin = select(message.c.number).where(message.c.sender == row.sender, message.c.message_id == row.message_id)
    return Filed.FRESH if db.execute(twin).first() is None else Filed.CONFLICT


def _case(db: Connection, thread: ThreadId) -> CaseRow | None:
    row = db.execute(select(case).where(case.c.thread == thread)).one_or_none()
    return None if row is None else _case_row(row)


def _case_row(row: Row[tuple[object, ...]]) -> CaseRow:
    return CaseRow(row.number, ThreadId(row.thread), Moment(row.opened_at), row.wrapped_key)


def _messages() -> Select[tuple[object, ...]]:
    return select(message, case.c.thread).join(case, message.c.case_number == case.c.number)


def _message_row(row: Row[tuple[object, ...]]) -> MessageRow:
    return MessageRow(
        Leaf(row.leaf),
        ThreadId(row.thread),
        row.outgoing,
        AgencyId(row.sender),
        MessageId(row.message_id),
        Moment(row.stored_at),
        row.envelope,
        row.wrapped_keys,
        State(row.state),
        row.code,
    )
