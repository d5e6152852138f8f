"""Laws of the tree: what is proved holds, and nothing else can be proved. The oracle is RFC 9162's own recursion."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.errors import CallerError, PeerError
from referral_proto.log.tree import (
    EMPTY_ROOT,
    consistency_proof,
    frontier,
    inclusion_proof,
    root_at,
    verify_consistency,
    verify_inclusion,
)
from tests.log.world import Memory, leaves, mth, path, proof

MOST = 130
TREE = Memory(leaves(MOST))
ROOTS = [mth(leaves(MOST)[:size]) for size in range(MOST + 1)]

sizes = st.integers(1, 300)


@given(st.lists(st.integers(0, MOST), max_size=8))
def test_however_leaves_are_cut_into_batches_the_tree_is_the_same(cuts: list[int]) -> None:
    tree = Memory()
    for start, end in pairwise(sorted({0, MOST, *cuts})):
        tree.append(leaves(MOST)[start:end])
    assert tree.root == ROOTS[MOST]
    assert tree.hashes == TREE.hashes


def test_every_root_is_that_of_the_definition() -> None:
    assert [root_at(TREE, size) for size in range(MOST + 1)] == ROOTS
    assert ROOTS[0] == EMPTY_ROOT


def test_every_inclusion_proof_is_that_of_the_definition_and_verifies() -> None:
    for size in range(1, MOST + 1):
        for index in range(size):
            found = inclusion_proof(TREE, index, size)
            assert list(found) == path(index, leaves(MOST)[:size])
            verify_inclusion(leaves(MOST)[index], index, size, found, ROOTS[size])


def test_every_consistency_proof_is_that_of_the_definition_and_verifies() -> None:
    for second in range(MOST + 1):
        for first in range(second + 1):
            found = consistency_proof(TREE, first, second)
            assert list(found) == (proof(first, leaves(MOST)[:second]) if first else [])
            verify_consistency(first, ROOTS[first], second, ROOTS[second], found)


@pytest.mark.req("LOG-05")
def test_no_inclusion_proof_verifies_for_another_leaf_index_size_or_root() -> None:
    for size in range(1, 34):
        for index in range(size):
            found = inclusion_proof(TREE, index, size)
            for other in range(36):
                if other != index:
                    assert not included(leaves(MOST)[index], other, size, found, ROOTS[size])
                    assert not included(leaves(MOST)[other], index, size, found, ROOTS[size])
                if other != size:
                    assert not included(leaves(MOST)[index], index, other, found, ROOTS[other])
            assert not included(leaves(MOST)[index], -1, size, found, ROOTS[size])


@pytest.mark.req("LOG-05")
def test_no_consistency_proof_verifies_for_another_size_or_root() -> None:
    for second in range(1, 34):
        for first in range(1, second):
            found = consistency_proof(TREE, first, second)
            for other in range(1, 36):
                if other != first:
                    assert not consistent(other, ROOTS[other], second, ROOTS[second], found)
                    assert not consistent(first, ROOTS[other], second, ROOTS[second], found)
                if other != second:
                    assert not consistent(first, ROOTS[first], other, ROOTS[other], found)
                    assert not consistent(first, ROOTS[first], second, ROOTS[other], found)


@given(sizes, st.data())
def test_no_altered_path_verifies(size: int, data: st.DataObject) -> None:
    tree = Memory(leaves(size))
    index = data.draw(st.integers(0, size - 1))
    good = inclusion_proof(tree, index, size)
    bad = data.draw(altered(good))
    assert not included(leaves(size)[index], index, size, bad, tree.root)


@given(sizes, st.data())
def test_no_altered_consistency_proof_verifies(size: int, data: st.DataObject) -> None:
    tree = Memory(leaves(size))
    first = data.draw(st.integers(1, size))
    bad = data.draw(altered(consistency_proof(tree, first, size)))
    assert not consistent(first, root_at(tree, first), size, tree.root, bad)


@given(st.integers(1, 200), st.integers(1, 200), st.data())
def test_no_proof_joins_two_trees_that_part(first: int, more: int, data: st.DataObject) -> None:
    """Whatever a forked log offers from either of its sides, it does not lead from the one to the other."""
    old, new = Memory(leaves(first)), Memory(leaves(first + more, salt=1))
    sides = [consistency_proof(new, first, new.size), consistency_proof(Memory(leaves(first + more)), first, new.size)]
    for offered in sides:
        assert not consistent(first, old.root, new.size, new.root, offered)
    assert not consistent(first, old.root, new.size, new.root, data.draw(altered(sides[0])))


@given(
    st.binary(min_size=32, max_size=32),
    st.integers(-1, 70),
    st.integers(-1, 70),
    st.lists(st.binary(min_size=0, max_size=33) | st.binary(min_size=32, max_size=32), max_size=70),
    st.binary(min_size=32, max_size=32),
)
def test_whatever_a_peer_sends_only_a_peer_error_comes_out(
    leaf: bytes, index: int, size: int, hashes: list[bytes], root: bytes
) -> None:
    assert not included(leaf, index, size, hashes, root) or size == 1
    if not 0 <= index <= size or (index and index != size):
        assert not consistent(index, leaf, size, root, hashes)


def test_the_empty_tree_is_the_beginning_of_every_tree_by_an_empty_proof_only() -> None:
    verify_consistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, ())
    verify_consistency(0, EMPTY_ROOT, 5, ROOTS[5], ())
    assert not consistent(0, EMPTY_ROOT, 5, ROOTS[5], [ROOTS[1]])
    assert not consistent(0, ROOTS[1], 5, ROOTS[5], [])
    assert not consistent(0, ROOTS[1], 0, ROOTS[1], [])
    assert not consistent(5, ROOTS[5], 5, ROOTS[5], [ROOTS[1]])
    assert not consistent(5, ROOTS[4], 5, ROOTS[5], [])


@given(st.integers(1, 100_000), st.data())
def test_a_proof_reads_few_hashes(size: int, data: st.DataObject) -> None:
    """At most one frontier and one path: O(log n), whatever the size; nothing is stored to count them."""
    reader = Counting()
    inclusion_proof(reader, data.draw(st.integers(0, size - 1)), size)
    consistency_proof(reader, data.draw(st.integers(1, size)), size)
    assert reader.most <= 2 * size.bit_length()
    assert reader.calls <= 2
    assert len(frontier(size)) == size.bit_count()


@pytest.mark.parametrize(("index", "size"), [(0, 0), (-1, 3), (3, 3), (4, 3)])
def test_a_place_outside_the_log_is_the_callers_mistake(index: int, size: int) -> None:
    with pytest.raises(CallerError, match=r"log\.out-of-range"):
        inclusion_proof(TREE, index, size)
    with pytest.raises(CallerError, match=r"log\.out-of-range"):
        consistency_proof(TREE, size + 1, size)


class Counting:
    """A NodeReader of any size that counts and knows nothing."""

    def __init__(self) -> None:
        self.calls = self.most = 0

    def nodes(self, places: object) -> list[bytes]:
        wanted = list(places)  # type: ignore[call-overload]
        self.calls, self.most = self.calls + 1, max(self.most, len(wanted))
        return [bytes(32)] * len(wanted)


@st.composite
def altered(draw: st.DrawFn, good: tuple[bytes, ...]) -> list[bytes]:
    """A proof that differs: a hash flipped, dropped, doubled, swapped, cut, or one more put in."""
    bad = list(good)
    kinds = ["padded"] if not bad else ["padded", "flipped", "dropped", "doubled", "cut", "swapped"]
    kind = draw(st.sampled_from(kinds))
    at = draw(st.integers(0, max(len(bad) - 1, 0)))
    if kind == "padded":
        bad.insert(draw(st.integers(0, len(bad))), draw(st.sampled_from([bytes(32), ROOTS[0], *good])))
    elif kind == "flipped":
        bit = draw(st.integers(0, 255))
        bad[at] = (int.from_bytes(bad[at]) ^ 1 << bit).to_bytes(32)
    elif kind == "dropped":
        del bad[at]
    elif kind == "doubled":
        bad.insert(at, bad[at])
    elif kind == "cut":
        bad[at] = bad[at][:-1]
    else:
        bad.reverse()
        if tuple(bad) == good:
            bad.append(bytes(32))
    return bad


def included(leaf: bytes, index: int, size: int, hashes: object, root: bytes) -> bool:
    try:
        verify_inclusion(leaf, index, size, hashes, root)  # type: ignore[arg-type]
    except PeerError as error:
        return error.code != "log.proof"
    return True


def consistent(first: int, first_root: bytes, second: int, second_root: bytes, hashes: object) -> bool:
    try:
        verify_consistency(first, first_root, second, second_root, hashes)  # type: ignore[arg-type]
    except PeerError as error:
        return error.code != "log.proof"
    return True
