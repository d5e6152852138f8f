"""Who still holds an envelope's bytes, and the cursors of the boxes. Shared by inbox and outbox; decides nothing.

An envelope stands once, however many recipients or deliveries need it; `holders` counts them, and with the last one the
bytes go. Rows are always touched in the order of their keys, so that transactions wait for each other and do not cross.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar

from sqlalchemy import Connection, bindparam, delete, select, tuple_, update

from reference_node.store.engine import insert
from reference_node.store.relay.tables import counter, envelope, mark, seen, stored
from referral_proto.ids import AgencyId, Leaf

__all__ = ["ReplayKey", "Sealed", "forgotten", "hold", "known", "next_cursors", "release", "slices"]

_SLICE: Final = 500
T = TypeVar("T")


class ReplayKey(NamedTuple):
    """One delivery may happen once under this key."""

    sender: str
    message_id: bytes
    recipient: str


class Sealed(NamedTuple):
    """An admitted envelope as the store sees it."""

    leaf: Leaf
    data: bytes
    sender: AgencyId
    message_id: bytes
    expires_at: int


def slices(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Runs short enough for one IN list."""
    return (items[start : start + _SLICE] for start in range(0, len(items), _SLICE))


# Statements are built once: putting one together costs more than running it.
_FORGOTTEN: Final = select(mark.c.value).where(mark.c.name == "forgotten").with_for_update(read=True)
_KEY: Final = (seen.c.sender, seen.c.message_id, seen.c.recipient)
_KNOWN: Final = select(*_KEY, seen.c.leaf).where(tuple_(*_KEY).in_(bindparam("keys", expanding=True)))
_DROP: Final = (
    update(envelope)
    .where(envelope.c.leaf == bindparam("which"))
    .values(holders=envelope.c.holders - bindparam("dropped"))
)
_REMOVE: Final = (
    delete(envelope)
    .where(envelope.c.leaf.in_(bindparam("leaves", expanding=True)), envelope.c.holders <= 0)
    .returning(envelope.c.sender, envelope.c.size)
)


@cache
def _hold(dialect: str) -> Any:
    new = insert(dialect, envelope)
    return new.on_conflict_do_update(
        index_elements=["leaf"], set_={"holders": envelope.c.holders + new.excluded.holders}
    ).returning(envelope.c.leaf, envelope.c.holders)


@cache
def _add(dialect: str) -> Any:
    new = insert(dialect, stored)
    return new.on_conflict_do_update(index_elements=["sender"], set_={"bytes": stored.c.bytes + new.excluded.bytes})


@cache
def _count(dialect: str) -> Any:
    new = insert(dialect, counter)
    return new.on_conflict_do_update(
        index_elements=["agency", "box"], set_={"last": counter.c.last + new.excluded.last}
    ).returning(counter.c.last)


def forgotten(connection: Connection) -> int:
    """The moment up to which replay protection has been pruned: whatever expires by then is not taken in, whatever the
    clock says now. Locked until the transaction ends, so that nothing is pruned meanwhile.
    """
    return connection.scalar(_FORGOTTEN) or 0


def known(connection: Connection, keys: Iterable[ReplayKey]) -> dict[ReplayKey, Leaf]:
    """Which of `keys` stand in `seen`, and for which leaf."""
    found: dict[ReplayKey, Leaf] = {}
    for some in slices(sorted(set(keys))):
        rows = connection.execute(_KNOWN, {"keys": some})
        found.update((ReplayKey(*row[:3]), Leaf(row[3])) for row in rows)
    return found


def hold(connection: Connection, envelopes: Mapping[Leaf, tuple[Sealed, int]]) -> None:
    """Keep each envelope for so many more holders; bytes that are new count against their sender's quota."""
    if not envelopes:
        return
    rows: list[dict[str, Any]] = [
        {"leaf": leaf, "data": one.data, "size": len(one.data), "sender": one.sender, "holders": holders}
        for leaf, (one, holders) in sorted(envelopes.items())
    ]
    held = dict(connection.execute(_hold(connection.dialect.name), rows).all())
    grown: Counter[str] = Counter()
    for row in rows:
        if held[row["leaf"]] == row["holders"]:
            grown[row["sender"]] += row["size"]
    _grow(connection, grown)


def release(connection: Connection, leaves: Counter[Leaf]) -> None:
    """Drop so many holders of each leaf, and the bytes that nobody holds any more."""
    if not leaves:
        return
    drops = [{"which": leaf, "dropped": count} for leaf, count in sorted(leaves.items())]
    connection.execute(_DROP, drops)
    shrunk: Counter[str] = Counter()
    for some in slices(sorted(leaves)):
        for sender, size in connection.execute(_REMOVE, {"leaves": some}):
            shrunk[sender] -= size
    _grow(connection, shrunk)


def _grow(connection: Connection, sizes: Counter[str]) -> None:
    if not sizes:
        return
    grown = [{"sender": sender, "bytes": size} for sender, size in sorted(sizes.items())]
    connection.execute(_add(connection.dialect.name), grown)


def next_cursors(connection: Connection, box: str, wanted: Counter[str]) -> dict[str, int]:
    """The first of `wanted[agency]` new cursors in each agency's box."""
    statement = _count(connection.dialect.name)
    # One by one: the order in which the rows are locked must be the order of their keys.
    return {
        agency: connection.scalar(statement, {"agency": agency, "box": box, "last": count}) - count + 1
        for agency, count in sorted(wanted.items())
    }
