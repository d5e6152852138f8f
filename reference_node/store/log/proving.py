"""Receipts of many events at once: a few statements, however many they are, and some kilobytes for each of them.

They are provisional: cosignatures, which may be sixty times as large, are left to those that are asked for one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from sqlalchemy import Connection, select

from reference_node.store.log.journal import events_at
from reference_node.store.log.tables import log_checkpoint
from reference_node.store.log.tree import StoredTree
from referral_proto.log.receipt import make_receipt
from referral_proto.log.tree import Place, inclusion_proof

__all__ = ["receipts"]

_SLICE: Final = 4_000
"""Places in one statement: each has two parameters, of which SQLite takes 32,766."""
T = TypeVar("T")


class _Asking:
    """A NodeReader that remembers what it is asked for, and knows nothing."""

    def __init__(self) -> None:
        self.places: set[Place] = set()

    def nodes(self, places: Sequence[Place]) -> Sequence[bytes]:
        self.places.update(places)
        return [b""] * len(places)


class _Known:
    """A NodeReader over what was read before."""

    def __init__(self, hashes: Mapping[Place, bytes]) -> None:
        self._hashes = hashes

    def nodes(self, places: Sequence[Place]) -> Sequence[bytes]:
        return [self._hashes[place] for place in places]


def receipts(connection: Connection, log_id: int, indexes: Collection[int]) -> dict[int, bytes]:
    """The receipts of the events at `indexes` under the largest checkpoint, without cosignatures. Missing: what is
    forgotten, and what no checkpoint reaches. WorldError store.damaged.
    """
    kept = log_checkpoint.c
    newest = select(kept.size, kept.note).where(kept.log == log_id).order_by(kept.size.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    if row is None:
        return {}
    size, note = int(row.size), bytes(row.note)
    within = sorted({index for index in indexes if index < size})
    if not within:
        return {}
    asking = _Asking()
    for index in within:
        inclusion_proof(asking, index, size)
    tree, wanted = StoredTree(connection, log_id), sorted(asking.places)
    known = _Known({place: one for some in _slices(wanted) for place, one in zip(some, tree.nodes(some), strict=True)})
    made: dict[int, bytes] = {}
    for some in _slices(within):
        for stored in events_at(connection, log_id, some):
            if stored.event is not None:
                path = inclusion_proof(known, stored.number, size)
                made[stored.number] = make_receipt(stored.event, stored.number, path, note)
    return made


def _slices(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + _SLICE] for start in range(0, len(items), _SLICE))
