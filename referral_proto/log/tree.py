"""The tree of a log (RFC 9162 §2.1): growing it, its roots, its proofs and their verification. Stores nothing.

    leaf = SHA-256(0x00 ‖ data)        node = SHA-256(0x01 ‖ left ‖ right)        root of no leaves = SHA-256("")

What is kept of a tree is the hash of every complete subtree, named by its place: `(level, number)` covers the leaves
from `number · 2^level`, 2^level of them. Such a hash never changes while the tree grows; everything else is folded from
O(log n) of them. Whoever keeps the hashes is a NodeReader.

A size and a root belong together: proofs are verified against both, and only a checkpoint can say that they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final, NamedTuple, Protocol

from referral_proto.crypto.merkle import HASH_SIZE, node_hash
from referral_proto.errors import CallerError, PeerError

__all__ = [
    "EMPTY_ROOT",
    "MAX_SIZE",
    "Growth",
    "Level",
    "NodeReader",
    "Place",
    "consistency_proof",
    "fold",
    "frontier",
    "grow",
    "inclusion_proof",
    "root_at",
    "verify_consistency",
    "verify_inclusion",
]

EMPTY_ROOT: Final = sha256(b"").digest()
MAX_SIZE: Final = 2**63 - 1


class Place(NamedTuple):
    """A complete subtree: the `number`-th one, from 0, of those with 2^level leaves."""

    level: int
    number: int


class NodeReader(Protocol):
    """Reads hashes of complete subtrees. One call for one proof, so that a database is asked once."""

    def nodes(self, places: Sequence[Place]) -> Sequence[bytes]:
        """The hash at each place, in the order of `places`. Every place lies within the tree."""
        ...


class Level(NamedTuple):
    """New hashes of one level, the first of them at `start`."""

    level: int
    start: int
    hashes: Sequence[bytes]


class Growth(NamedTuple):
    """What appending made: the new complete subtrees, and the tree's new state."""

    levels: tuple[Level, ...]
    size: int
    frontier: tuple[bytes, ...]

    @property
    def root(self) -> bytes:
        """The root of the grown tree."""
        return fold(self.frontier)


def frontier(size: int) -> tuple[Place, ...]:
    """The complete subtrees that a tree of `size` leaves consists of, largest first."""
    return _span(0, size)


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over adjacent complete subtrees, largest first; `EMPTY_ROOT` for none."""
    if not hashes:
        return EMPTY_ROOT
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


def grow(size: int, hashes: Sequence[bytes], leaves: Sequence[bytes]) -> Growth:
    """Append `leaves` to a tree of `size` leaves whose frontier has these `hashes`.

    Each new subtree is hashed once: about one hash for a leaf, however the leaves are cut into batches.
    """
    places = frontier(size)
    edge = dict(zip((place.level for place in places), hashes, strict=True))
    levels: list[Level] = []
    new: Sequence[bytes] = leaves
    level = 0
    while new:
        start = size >> level
        levels.append(Level(level, start, new))
        row = [edge[level], *new] if start & 1 else new
        lefts, rights = row[::2], row[1::2]
        new = [sha256(b"\x01" + left + right).digest() for left, right in zip(lefts, rights, strict=False)]
        level += 1
    grown = size + len(leaves)
    made = {found.level: found for found in levels}
    after = []
    for place in frontier(grown):
        found = made.get(place.level)
        fresh = found is not None and place.number >= found.start
        after.append(found.hashes[place.number - found.start] if found and fresh else edge[place.level])
    return Growth(tuple(levels), grown, tuple(after))


def root_at(reader: NodeReader, size: int) -> bytes:
    """The root of the first `size` leaves."""
    return fold(reader.nodes(frontier(size))) if size else EMPTY_ROOT


def inclusion_proof(reader: NodeReader, index: int, size: int) -> tuple[bytes, ...]:
    """PATH(index, D[size]) of RFC 9162 §2.1.3.1, from the leaf's sibling upwards. CallerError log.out-of-range."""
    if not 0 <= index < size <= MAX_SIZE:
        raise CallerError("log.out-of-range", "index")
    start, end = 0, size
    siblings: list[tuple[int, int]] = []
    while end - start > 1:
        middle = start + _half(end - start)
        if index < middle:
            siblings.append((middle, end))
            end = middle
        else:
            siblings.append((start, middle))
            start = middle
    return _read(reader, reversed(siblings))


def consistency_proof(reader: NodeReader, first: int, second: int) -> tuple[bytes, ...]:
    """PROOF(first, D[second]) of RFC 9162 §2.1.4.1; empty from 0, and from a size to itself.

    CallerError log.out-of-range.
    """
    if not 0 <= first <= second <= MAX_SIZE:
        raise CallerError("log.out-of-range", "size")
    if first in (0, second):
        return ()
    start, end = 0, second
    parts: list[tuple[int, int]] = []
    while end != first:
        middle = start + _half(end - start)
        if first <= middle:
            parts.append((middle, end))
            end = middle
        else:
            parts.append((start, middle))
            start = middle
    if start:
        # Only a subtree that is the whole first tree is left out: the verifier has its root.
        parts.append((start, end))
    return _read(reader, reversed(parts))


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """RFC 9162 §2.1.3.2: `leaf` stands at `index` of the tree with this size and root, or PeerError log.proof."""
    if not 0 <= index < size:
        raise PeerError("log.proof", "index")
    node, here, last = leaf, index, size - 1
    for sibling in path:
        if last == 0 or len(sibling) != HASH_SIZE:
            raise PeerError("log.proof", "path")
        if here & 1 or here == last:
            node = node_hash(sibling, node)
            while not here & 1 and here:
                here >>= 1
                last >>= 1
        else:
            node = node_hash(node, sibling)
        here >>= 1
        last >>= 1
    if last or node != root:
        raise PeerError("log.proof", "path")


def verify_consistency(first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]) -> None:
    """RFC 9162 §2.1.4.2: the tree of size `second` begins with the tree of size `first`, or PeerError log.proof.

    A tree of no leaves is the beginning of every tree, by an empty proof.
    """
    if not 0 <= first <= second:
        raise PeerError("log.proof", "size")
    if first in (0, second):
        beginning = EMPTY_ROOT if first == 0 else second_root
        if proof or first_root != beginning or (second == 0 and second_root != EMPTY_ROOT):
            raise PeerError("log.proof", "proof")
        return
    hashes = list(proof) if first & (first - 1) else [first_root, *proof]
    if not hashes or any(len(one) != HASH_SIZE for one in hashes):
        raise PeerError("log.proof", "proof")
    here, last = first - 1, second - 1
    while here & 1:
        here >>= 1
        last >>= 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise PeerError("log.proof", "proof")
        if here & 1 or here == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not here & 1 and here:
                here >>= 1
                last >>= 1
        else:
            new = node_hash(new, sibling)
        here >>= 1
        last >>= 1
    if last or old != first_root or new != second_root:
        raise PeerError("log.proof", "proof")


def _half(width: int) -> int:
    """The largest power of two below `width`, which is at least 2."""
    return 1 << (width - 1).bit_length() - 1


def _span(start: int, end: int) -> tuple[Place, ...]:
    """The complete subtrees of [start, end), largest first; `start` is a multiple of the largest one's width."""
    places = []
    width = end - start
    while width:
        level = width.bit_length() - 1
        places.append(Place(level, start >> level))
        start += 1 << level
        width -= 1 << level
    return tuple(places)


def _read(reader: NodeReader, ranges: Iterable[tuple[int, int]]) -> tuple[bytes, ...]:
    """The hash of each range, read in one go."""
    spans = [_span(*found) for found in ranges]
    hashes = reader.nodes([place for span in spans for place in span])
    proof, at = [], 0
    for span in spans:
        proof.append(fold(hashes[at : at + len(span)]))
        at += len(span)
    return tuple(proof)
