"""Queries of the agencies' logs in the relay's database: events together with what they tell of, and where they stand.

One event for each kind and subject of an agency: what is entered again stands where it stood. Rows of `logged` name the
sender of an envelope in the clear: who forgets an event here (`forget_event`) forgets its row with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, select, tuple_, update

from reference_node.store.log.checkpoints import checkpoint, sign
from reference_node.store.log.journal import append, forget
from reference_node.store.log.standing import current_origin
from reference_node.store.log.tables import log, log_checkpoint, log_cosignature
from reference_node.store.log.tree import head_of, open_log
from reference_node.store.relay.holdings import slices
from reference_node.store.relay.tables import anchored, logged
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.ids import AgencyId
from referral_proto.model.codes.log import LogEventKind
from referral_proto.moment import Moment

__all__ = [
    "Entry",
    "Key",
    "Standing",
    "anchored_note",
    "cosigned_up_to",
    "current",
    "earlier_checkpoint",
    "enter",
    "forget_event",
    "keep_anchored",
    "log_of",
    "newest",
    "opened",
    "reached",
    "size_of",
    "standing",
]


class Key(NamedTuple):
    """Whose log, and what about. subject: as in the event, 32 bytes."""

    agency: str
    kind: int
    subject: bytes


class Entry(NamedTuple):
    """An event to be. key: None if nobody will ever ask for it. sender: whose relay may be shown it, empty for nobody.
    said: signed words that it tells of.
    """

    key: Key | None
    event: bytes
    sender: str = ""
    said: bytes = b""


class Standing(NamedTuple):
    """Where an event stands: number of the log in this database, index."""

    log: int
    number: int
    sender: str
    said: bytes


# Statements are built once: putting one together costs more than running it.
_PLACE: Final = logged.insert()
_KEY: Final = (logged.c.agency, logged.c.kind, logged.c.subject)
_STANDING: Final = select(*_KEY, logged.c.log, logged.c.number, logged.c.sender, logged.c.said).where(
    tuple_(*_KEY).in_(bindparam("keys", expanding=True))
)


def opened(connection: Connection, agency: AgencyId) -> tuple[int, str]:
    """The log that takes the agency's events now: its number here and its origin. A new one if there is none."""
    origin = current_origin(connection, agency)
    return open_log(connection, origin), origin


def log_of(connection: Connection, origin: str) -> int | None:
    """The log with that origin; None if it is not kept here."""
    return connection.scalar(select(log.c.id).where(log.c.origin == origin))


def current(connection: Connection, agency: AgencyId) -> int | None:
    """As `opened`, without opening one."""
    return log_of(connection, current_origin(connection, agency))


def size_of(connection: Connection, log_id: int) -> int:
    """Events in a log."""
    return head_of(connection, log_id).head.size


def newest(connection: Connection, log_id: int) -> tuple[bytes, Moment] | None:
    """The largest checkpoint of a log, and when it was signed; None if nothing was signed yet."""
    kept = log_checkpoint.c
    wanted = select(kept.size, kept.at).where(kept.log == log_id).order_by(kept.size.desc()).limit(1)
    row = connection.execute(wanted).one_or_none()
    return None if row is None else (checkpoint(connection, log_id, row.size), Moment(row.at))


def enter(connection: Connection, log_id: int, keys: LogKeys, entries: Sequence[Entry], at: Moment) -> None:
    """Append events to one log and sign it, once. Whoever enters into several logs takes them in the order of agencies,
    so that transactions wait for each other and do not cross. No key may stand there already.

    WorldError log.forked, store.damaged: the log cannot go on, and the transaction must not.
    """
    first = append(connection, log_id, [entry.event for entry in entries])
    rows = [
        {**entry.key._asdict(), "log": log_id, "number": number, "sender": entry.sender, "said": entry.said}
        for number, entry in enumerate(entries, first)
        if entry.key is not None
    ]
    if rows:
        connection.execute(_PLACE, rows)
    sign(connection, log_id, keys, at)


def standing(connection: Connection, keys: Iterable[Key]) -> dict[Key, Standing]:
    """Which of `keys` are entered, and where."""
    found: dict[Key, Standing] = {}
    for some in slices(sorted(set(keys))):
        for row in connection.execute(_STANDING, {"keys": some}):
            place = Standing(row.log, row.number, row.sender, bytes(row.said))
            found[Key(row.agency, row.kind, bytes(row.subject))] = place
    return found


def earlier_checkpoint(connection: Connection, log_id: int, index: int, quorum: int) -> bytes:
    """The largest checkpoint that `quorum` witnesses have cosigned and that does not hold the event at `index` yet;
    empty if there is none.
    """
    kept = log_cosignature.c
    size = connection.scalar(
        select(kept.size)
        .where(kept.log == log_id, kept.size <= index)
        .group_by(kept.size)
        .having(func.count(func.distinct(kept.witness)) >= quorum)
        .order_by(kept.size.desc())
        .limit(1)
    )
    return b"" if size is None else checkpoint(connection, log_id, size)


def reached(connection: Connection, log_id: int, end: int) -> bytes:
    """The largest checkpoint of at most `end` events; empty if there is none, or if it is the newest."""
    kept = log_checkpoint.c
    newest = connection.scalar(select(func.max(kept.size)).where(kept.log == log_id))
    if newest is None or newest <= end:
        return b""
    size = connection.scalar(select(func.max(kept.size)).where(kept.log == log_id, kept.size <= end))
    return b"" if size is None else checkpoint(connection, log_id, size)


def cosigned_up_to(connection: Connection, log_id: int, end: int, witnesses: Sequence[str], quorum: int) -> bytes:
    """The largest checkpoint of at most `end` events that `quorum` of these witnesses have cosigned; empty if none."""
    kept = log_cosignature.c
    size = connection.scalar(
        select(kept.size)
        .where(kept.log == log_id, kept.size <= end, kept.witness.in_(list(witnesses)))
        .group_by(kept.size)
        .having(func.count(func.distinct(kept.witness)) >= quorum)
        .order_by(kept.size.desc())
        .limit(1)
    )
    return b"" if size is None else checkpoint(connection, log_id, size)


def anchored_note(connection: Connection, origin: str) -> bytes | None:
    """The head of a desk's own log that was entered last, as a signed note."""
    found = connection.scalar(select(anchored.c.note).where(anchored.c.origin == origin))
    return None if found is None else bytes(found)


def keep_anchored(connection: Connection, origin: str, note: bytes) -> None:
    """The head that is entered in this transaction. The log that it is entered in is locked."""
    here = anchored.c.origin == origin
    if not connection.execute(update(anchored).where(here).values(note=note)).rowcount:
        connection.execute(anchored.insert().values(origin=origin, note=note))


def forget_event(connection: Connection, agency: AgencyId, kind: LogEventKind, subject: bytes) -> bool:
    """Forget an event and whose it was; False if there was none. Only for what can never be delivered again."""
    where = (logged.c.agency == agency) & (logged.c.kind == int(kind)) & (logged.c.subject == subject)
    place = connection.execute(delete(logged).where(where).returning(logged.c.log, logged.c.number)).one_or_none()
    return place is not None and forget(connection, place.log, place.number)
