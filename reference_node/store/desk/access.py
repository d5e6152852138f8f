"""The desk's own log in its database: events, who did them, signed heads and where they are anchored. SQL only.

`enter` runs in the transaction of what is done, so that nothing is done that the log does not tell. Everything else is
one transaction each, durable when it returns. Raises WorldError store.*, log.*.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from sqlalchemy import Connection, insert, select, update

from reference_node.store.desk.proving import AnchorRow
from reference_node.store.desk.tables import actor, anchor
from reference_node.store.engine import Database
from reference_node.store.engine import insert as insert_new
from reference_node.store.log import append, events, find_log, head_of, open_log, sign
from reference_node.store.log.journal import StoredEvent
from reference_node.store.log.tables import log
from reference_node.store.log.tree import StoredTree
from referral_proto.crypto import random
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.ids import Digest
from referral_proto.log.checkpoint import read_head
from referral_proto.log.head import Head
from referral_proto.log.tree import EMPTY_ROOT, consistency_proof, root_at
from referral_proto.moment import Moment

__all__ = ["AccessBook", "Beside"]

Beside: TypeAlias = Callable[[Connection], None]
"""What is written in somebody else's transaction."""


class AccessBook:
    """The log `origin` of one desk."""

    def __init__(self, database: Database, origin: str) -> None:
        self.database, self.origin = database, origin

    def enter(self, db: Connection, added: Sequence[bytes]) -> None:
        """Append events."""
        append(db, open_log(db, self.origin), added)

    def person(self, name: str, at: Moment, made: Callable[[bytes], Digest]) -> Digest:
        """What stands for that person in the log. made: from a new salt of 32 bytes, for somebody who is new."""
        known = select(actor.c.digest).where(actor.c.name == name)
        with self.database.read() as db:
            found = db.scalar(known)

        def work(db: Connection) -> bytes:
            salt = random.token(32)
            row = {"digest": made(salt), "name": name, "salt": salt, "at": int(at)}
            db.execute(insert_new(db.dialect.name, actor).values(**row).on_conflict_do_nothing())
            return bytes(db.execute(known).scalar_one())

        return Digest(self.database.write(work) if found is None else found)

    def salts(self) -> dict[str, bytes]:
        """By name: with it, and with nothing less, a name can be shown to be the one in the log."""
        with self.database.read() as db:
            return {row.name: bytes(row.salt) for row in db.execute(select(actor.c.name, actor.c.salt))}

    def sign(self, keys: LogKeys, at: Moment) -> None:
        """Sign the log's head, if it holds anything, and have it wait to be anchored. WorldError log.forked."""

        def work(db: Connection) -> None:
            log_id = open_log(db, self.origin)
            if not head_of(db, log_id).head.size:
                return
            note = sign(db, log_id, keys, at)
            head = read_head(note)
            if db.execute(select(anchor.c.size).where(anchor.c.size == head.size)).first() is None:
                db.execute(insert(anchor).values(size=head.size, digest=head.digest(), note=note, rounds=0))

        # Most rounds change nothing, and a writer would make others wait.
        if self.head().size > self._signed():
            self.database.write(work)

    def begins_with(self, last: Head, size: int) -> tuple[bytes, ...] | None:
        """The proof that the first `size` events begin with `last`; None if they do not."""
        with self.database.read() as db:
            log_id = find_log(db, self.origin)
            if log_id is None or not last.size <= size <= head_of(db, log_id).head.size:
                return None
            tree = StoredTree(db, log_id)
            return consistency_proof(tree, last.size, size) if root_at(tree, last.size) == last.root else None

    def head(self) -> Head:
        """What would be signed now."""
        with self.database.read() as db:
            row = db.execute(select(log.c.size, log.c.root).where(log.c.origin == self.origin)).one_or_none()
        return Head(self.origin, 0, EMPTY_ROOT) if row is None else Head(self.origin, row.size, bytes(row.root))

    def unanchored(self) -> AnchorRow | None:
        """The newest head, if it has no receipt."""
        newest = self._anchors(1)
        return next((one for one in newest if one.receipt is None), None)

    def anchors(self) -> tuple[AnchorRow, ...]:
        """Every signed head, by size."""
        return self._anchors()

    def anchored(self, size: int, receipt: bytes, trusted_at: Moment | None) -> None:
        """Keep the receipt for a head; one with a trusted time is never lost."""
        trusted = None if trusted_at is None else int(trusted_at)
        here = (anchor.c.size == size) & anchor.c.trusted_at.is_(None)
        self.database.write(
            lambda db: db.execute(update(anchor).where(here).values(receipt=receipt, trusted_at=trusted))
        )

    def whole(self) -> tuple[tuple[StoredEvent, ...], tuple[AnchorRow, ...]]:
        """Every event up to the largest signed head, and all heads."""

        def work(db: Connection) -> tuple[StoredEvent, ...]:
            return tuple(events(db, open_log(db, self.origin), 0, signed)) if signed else ()

        signed = self._signed()
        return self.database.write(work), self.anchors()

    def names(self) -> dict[bytes, str]:
        """Who the digests in the log stand for."""
        with self.database.read() as db:
            return {bytes(row.digest): row.name for row in db.execute(select(actor.c.digest, actor.c.name))}

    def _signed(self) -> int:
        with self.database.read() as db:
            found = db.scalar(select(anchor.c.size).order_by(anchor.c.size.desc()).limit(1))
        return found or 0

    def _anchors(self, most: int | None = None) -> tuple[AnchorRow, ...]:
        """By size; with `most`, the newest."""
        query = select(anchor).order_by(anchor.c.size.desc()).limit(most)
        with self.database.read() as db:
            rows = db.execute(query).all()
        return tuple(
            AnchorRow(
                row.size,
                Digest(row.digest),
                row.note,
                row.receipt,
                None if row.trusted_at is None else Moment(row.trusted_at),
            )
            for row in reversed(rows)
        )
