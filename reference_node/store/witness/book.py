"""Queries of the witness: the last checkpoint of each log, evidence against logs. Judges nothing."""

from __future__ import annotations

from hashlib import sha256
from typing import Final, NamedTuple

from sqlalchemy import Column, Connection, Integer, LargeBinary, MetaData, Table, Text, func, select, update

from referral_proto.moment import Moment

__all__ = ["METADATA", "Cosigned", "accused", "evidence_against", "keep_evidence", "last_cosigned", "store_cosigned"]

METADATA = MetaData()
_EVIDENCE_KEPT: Final = 16
"""For one log: enough to convict it, too little to fill a disk."""

cosigned = Table(
    "cosigned",
    METADATA,
    Column("origin", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("at", Integer, nullable=False),
    Column("note", LargeBinary, nullable=False),
    sqlite_strict=True,
)

evidence = Table(
    "evidence",
    METADATA,
    Column("origin", Text, primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    Column("at", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
    sqlite_strict=True,
)


class Cosigned(NamedTuple):
    """The last checkpoint of a log that was cosigned; `note` bears the log's lines and the witness's own."""

    size: int
    root: bytes
    at: Moment
    note: bytes


def last_cosigned(connection: Connection, origin: str) -> Cosigned | None:
    """None if the log never came."""
    wanted = select(cosigned.c.size, cosigned.c.root, cosigned.c.at, cosigned.c.note)
    row = connection.execute(wanted.where(cosigned.c.origin == origin)).one_or_none()
    return None if row is None else Cosigned(row.size, bytes(row.root), Moment(row.at), bytes(row.note))


def store_cosigned(connection: Connection, origin: str, found: Cosigned) -> None:
    """In the place of the last one, which is no larger and no later: the database refuses anything else."""
    row = found._asdict()
    if not connection.execute(update(cosigned).where(cosigned.c.origin == origin).values(row)).rowcount:
        connection.execute(cosigned.insert(), {"origin": origin, **row})


def keep_evidence(connection: Connection, origin: str, data: bytes, at: Moment) -> None:
    """Keep what a log signed against itself; the same once, and no more than a few for one log."""
    digest = sha256(data).digest()
    kept = select(func.count(), func.sum(evidence.c.digest == digest)).where(evidence.c.origin == origin)
    count, same = connection.execute(kept).one()
    if count < _EVIDENCE_KEPT and not same:
        connection.execute(evidence.insert(), {"origin": origin, "digest": digest, "at": at, "data": data})


def evidence_against(connection: Connection, origin: str) -> list[bytes]:
    """What was kept, oldest first."""
    wanted = select(evidence.c.data).where(evidence.c.origin == origin).order_by(evidence.c.at, evidence.c.digest)
    return [bytes(data) for data in connection.scalars(wanted)]


def accused(connection: Connection) -> list[tuple[str, int]]:
    """Logs against which evidence is kept, by origin, and how much."""
    wanted = select(evidence.c.origin, func.count()).group_by(evidence.c.origin).order_by(evidence.c.origin)
    return [(str(origin), int(count)) for origin, count in connection.execute(wanted)]
