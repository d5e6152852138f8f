"""Law: a path leads from its leaf at its index to the root, and from nothing else."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.crypto.merkle import MAX_DEPTH, BatchTree, leaf_hash, node_hash, root_from_path
from referral_proto.errors import CallerError, OurError, PeerError

counts = st.integers(1, 40)


def leaves_of(count: int) -> list[bytes]:
    return [leaf_hash(b"message %d" % number) for number in range(count)]


@given(counts)
def test_every_path_leads_to_the_root(count: int) -> None:
    leaves = leaves_of(count)
    tree = BatchTree(leaves)
    assert 2 ** (tree.depth - 1) < count <= 2**tree.depth
    for leaf in leaves:
        index = tree.index_of(leaf)
        path = tree.path(index)
        assert len(path) == tree.depth
        assert root_from_path(leaf, index, path) == tree.root


@given(counts, st.integers(min_value=0), st.integers(min_value=0), st.integers(1, 255))
def test_no_other_leaf_index_sibling_or_length_leads_there(count: int, place: int, other: int, change: int) -> None:
    leaves = leaves_of(count)
    tree = BatchTree(leaves)
    leaf = leaves[place % count]
    index = tree.index_of(leaf)
    path = tree.path(index)

    altered = bytearray(leaf)
    altered[other % 32] ^= change
    assert root_from_path(bytes(altered), index, path) != tree.root

    wrong = other % 2**tree.depth
    if wrong != index:
        assert root_from_path(leaf, wrong, path) != tree.root

    if path:
        siblings = list(path)
        sibling = bytearray(siblings[other % tree.depth])
        sibling[place % 32] ^= change
        siblings[other % tree.depth] = bytes(sibling)
        assert root_from_path(leaf, index, siblings) != tree.root
        assert root_from_path(leaf, index >> 1, path[1:]) != tree.root
    assert root_from_path(leaf, index, [*path, bytes(32)]) != tree.root


@given(st.binary(max_size=40), st.integers(-2, 40), st.lists(st.just(bytes(32)) | st.binary(max_size=40), max_size=25))
def test_a_peers_path_raises_only_peer_error(leaf: bytes, index: int, path: list[bytes]) -> None:
    well_formed = all(len(sibling) == 32 for sibling in path) and len(path) <= MAX_DEPTH
    if well_formed and 0 <= index < 2 ** len(path):
        assert len(root_from_path(leaf, index, path)) == 32 or not path
    else:
        with pytest.raises(PeerError, match=r"seal\.malformed"):
            root_from_path(leaf, index, path)


@pytest.mark.parametrize(
    ("index", "path"),
    [
        (1, []),
        (-1, [bytes(32)]),
        (2, [bytes(32)]),
        (0, [bytes(31)]),
        (0, [bytes(64)]),
        (0, [bytes(32)] * (MAX_DEPTH + 1)),
        (2**MAX_DEPTH, [bytes(32)] * MAX_DEPTH),
    ],
)
def test_a_malformed_path_is_refused(index: int, path: list[bytes]) -> None:
    with pytest.raises(PeerError, match=r"seal\.malformed"):
        root_from_path(bytes(32), index, path)


def test_a_batch_of_one_is_its_own_root() -> None:
    (leaf,) = leaves_of(1)
    tree = BatchTree([leaf])
    assert (tree.root, tree.depth, tree.index_of(leaf), tree.path(0)) == (leaf, 0, 0, ())
    assert root_from_path(leaf, 0, ()) == leaf


def test_the_tree_is_sorted_and_hashed_as_in_rfc_6962() -> None:
    a, b, c, d = sorted(leaves_of(4))
    tree = BatchTree([d, b, a, c])
    assert [tree.index_of(leaf) for leaf in (a, b, c, d)] == [0, 1, 2, 3]
    left, right = sha256(b"\x01" + a + b).digest(), sha256(b"\x01" + c + d).digest()
    assert tree.root == sha256(b"\x01" + left + right).digest() == node_hash(left, right)
    assert tree.path(2) == (d, left)
    assert leaf_hash(b"x") == sha256(b"\x00x").digest()


def test_the_fill_is_random() -> None:
    leaves = leaves_of(3)
    assert BatchTree(leaves).root != BatchTree(leaves).root
    assert BatchTree(leaves_of(4)).root == BatchTree(leaves_of(4)[::-1]).root


def test_a_node_is_no_leaf() -> None:
    leaves = sorted(leaves_of(4))
    tree = BatchTree(leaves)
    inner = node_hash(leaves[0], leaves[1])
    # The way up from an inner node exists, one step shorter: only the signed depth tells it from a leaf's.
    assert root_from_path(inner, 0, tree.path(0)[1:]) == tree.root
    assert len(tree.path(0)[1:]) != tree.depth


def test_what_cannot_be_a_batch_is_refused() -> None:
    with pytest.raises(CallerError, match=r"seal\.batch-size"):
        BatchTree([])
    with pytest.raises(CallerError, match=r"seal\.batch-size"):
        BatchTree([b""] * (2**MAX_DEPTH + 1))
    with pytest.raises(OurError):
        BatchTree([bytes(32), bytes(32)])
    with pytest.raises(KeyError):
        BatchTree(leaves_of(2)).index_of(bytes(32))
    for index in (-1, 2):
        with pytest.raises(IndexError):
            BatchTree(leaves_of(2)).path(index)
