"""A receipt is carried on to every newer checkpoint from the tree's edge alone, and proves the same leaf there."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reference_node.desk.growing import Grown, grown_receipts
from reference_node.store.desk.proving import AuditView, KeptRow
from referral_proto import Leaf, Moment
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.crypto.merkle import leaf_hash
from referral_proto.log.checkpoint import sign_checkpoint
from referral_proto.log.event import dummy, entry_of
from referral_proto.log.head import Head
from referral_proto.log.receipt import make_receipt
from referral_proto.log.tree import fold, grow, inclusion_proof, verify_inclusion
from referral_proto.model.codes.log import LogEventKind
from referral_proto.model.log import Receipt
from referral_proto.wire import decode

KEYS = LogKeys.create()
EVENTS = [dummy(Moment(1)) for _ in range(80)]
LEAVES = [leaf_hash(entry_of(one)) for one in EVENTS]


@cache
def view(size: int) -> AuditView:
    edge = grow(0, (), LEAVES[:size]).frontier
    note = sign_checkpoint(Head("kh.mosvy", size, fold(edge)), KEYS, Moment(1))
    return AuditView("kh.mosvy", 1, size, edge, note, Moment(1))


@given(st.lists(st.integers(1, 80), min_size=2, max_size=6, unique=True).map(sorted), st.data())
def test_a_receipt_follows_the_log(sizes: list[int], data: st.DataObject) -> None:
    first = sizes[0]
    index = data.draw(st.integers(0, first - 1))
    empty = AuditView("kh.mosvy", 1, 0, (), b"", Moment(1))
    path = inclusion_proof(Grown(empty, LEAVES[:first]), index, first)
    kind = LogEventKind.DELIVERED
    row = KeptRow(Leaf(bytes(32)), kind, "kh.mosvy", index, make_receipt(EVENTS[index], index, path, view(first).note))
    for old, new in pairwise(sizes):
        tree = Grown(view(old), LEAVES[old:new])
        (row,) = grown_receipts([row], view(old), view(new), tree, Moment(new))
        held = decode(Receipt, row.receipt)
        verify_inclusion(LEAVES[index], index, new, held.path, fold(view(new).edge))
        assert (held.event, row.trusted_at) == (EVENTS[index], new)


def test_a_receipt_of_another_size_stays_as_it_is() -> None:
    empty = AuditView("kh.mosvy", 1, 0, (), b"", Moment(1))
    path = inclusion_proof(Grown(empty, LEAVES[:3]), 1, 3)
    receipt = make_receipt(EVENTS[1], 1, path, view(3).note)
    row = KeptRow(Leaf(bytes(32)), LogEventKind.DELIVERED, "kh.mosvy", 1, receipt)
    assert grown_receipts([row], view(4), view(5), Grown(view(4), LEAVES[4:5]), None) == []
