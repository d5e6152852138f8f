"""Receipts that grow with the log: the path from an old leaf to a newer checkpoint, from the edge of the tree alone.

Every leaf lies in one of the complete subtrees of the old tree's edge. Inside it the siblings on its path never change;
beyond it everything is the old edge and the new leaves. So a desk that keeps a receipt and the edge carries the receipt
on to each newer checkpoint until a quorum has cosigned one, and asks nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reference_node.store.desk.proving import AuditView, KeptRow, Sure
from referral_proto.log.checkpoint import read_head
from referral_proto.log.receipt import make_receipt
from referral_proto.log.tree import Place, frontier, grow, inclusion_proof
from referral_proto.model.log import Receipt
from referral_proto.moment import Moment
from referral_proto.wire.codec import decode

__all__ = ["Grown", "grown_receipts"]


class Grown:
    """The port NodeReader over the part of a tree that was read just now, `leaves`, and the edge of what was there
    before.
    """

    def __init__(self, before: AuditView | Sure, leaves: Sequence[bytes]) -> None:
        self._before, self.leaves = before, leaves
        self._read: dict[Place, bytes] = {}
        self._siblings: dict[Place, bytes] = {}

    def nodes(self, places: Sequence[Place]) -> list[bytes]:
        read = self._all()
        return [self._siblings[place] if place in self._siblings else read[place] for place in places]

    def along(self, index: int, path: Sequence[bytes]) -> Grown:
        """The same, with what an older receipt of the leaf at `index` knows."""
        level = next(one.level for one in frontier(self._before.size) if one.number == index >> one.level)
        twin = Grown(self._before, self.leaves)
        twin._read, twin._siblings = self._all(), {Place(at, (index >> at) ^ 1): path[at] for at in range(level)}
        return twin

    def _all(self) -> dict[Place, bytes]:
        if not self._read:
            before = self._before
            self._read.update(zip(frontier(before.size), before.edge, strict=True))
            for level in grow(before.size, before.edge, self.leaves).levels:
                self._read |= {Place(level.level, level.start + at): one for at, one in enumerate(level.hashes)}
        return self._read


def grown_receipts(
    rows: Iterable[KeptRow],
    before: AuditView | Sure,
    after: AuditView | Sure,
    tree: Grown,
    trusted: Moment | None,
) -> list[KeptRow]:
    """The receipts of the tree `before` and of what came after it, carried on to the checkpoint of `after`. Others stay
    as they are. tree: from the one to the other.
    """
    grown = []
    for row in rows:
        held = decode(Receipt, row.receipt)
        reader = tree
        if row.place < before.size:
            if read_head(held.checkpoint).size != before.size:
                continue
            reader = tree.along(row.place, held.path)
        path = inclusion_proof(reader, row.place, after.size)
        receipt = make_receipt(held.event, row.place, path, after.note)
        grown.append(KeptRow(row.leaf, row.kind, row.origin, row.place, receipt, trusted))
    return grown
