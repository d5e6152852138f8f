"""The tree over one batch of envelopes: one signature for many messages, and each still verifies alone. No signing.

    leaf = SHA-256(0x00 ‖ data)        node = SHA-256(0x01 ‖ left ‖ right)                       (RFC 6962 §2.1)

A batch is filled with random leaves to a power of two and sorted, so that neither the number of messages nor their
order shows. A path is the siblings from the leaf upwards; a batch of one has an empty path and its leaf is the root.
The tree of a log, which grows, is another thing: see `log/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from referral_proto.crypto import random
from referral_proto.errors import CallerError, OurError, PeerError
from referral_proto.ids import Leaf

__all__ = ["HASH_SIZE", "MAX_DEPTH", "BatchTree", "leaf_hash", "node_hash", "root_from_path"]

MAX_DEPTH: Final = 20
"""At most 1,048,576 messages under one signature."""
HASH_SIZE: Final = 32


def leaf_hash(data: bytes) -> Leaf:
    """`SHA-256(0x00 ‖ data)`."""
    return Leaf(sha256(b"\x00" + data).digest())


def node_hash(left: bytes, right: bytes) -> bytes:
    """`SHA-256(0x01 ‖ left ‖ right)`."""
    return sha256(b"\x01" + left + right).digest()


class BatchTree:
    """The tree over `leaves`, each 32 bytes and all different; their order does not matter.

    CallerError `seal.batch-size` for none or more than 2^20.
    """

    __slots__ = ("_levels", "_places", "depth", "root")

    root: bytes
    depth: int

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.depth = (len(leaves) - 1).bit_length() if leaves else 0
        if not leaves or self.depth > MAX_DEPTH:
            raise CallerError("seal.batch-size")
        fill = 2**self.depth - len(leaves)
        level = sorted([*leaves, *(random.token(HASH_SIZE) for _ in range(fill))])
        self._places = {leaf: index for index, leaf in enumerate(level)}
        if len(self._places) != len(level):
            raise OurError("ours.broken-promise", "batch leaves")
        self._levels: list[list[bytes]] = []
        while len(level) > 1:
            self._levels.append(level)
            pairs = iter(level)
            level = [node_hash(left, right) for left, right in zip(pairs, pairs, strict=True)]
        self.root = level[0]

    def index_of(self, leaf: bytes) -> int:
        """Where `leaf` stands after sorting; KeyError when it is not in the batch."""
        return self._places[leaf]

    def path(self, index: int) -> tuple[bytes, ...]:
        """The `depth` siblings of the leaf at `index`, from the leaf upwards."""
        if not 0 <= index < 2**self.depth:
            raise IndexError(index)
        return tuple(nodes[(index >> height) ^ 1] for height, nodes in enumerate(self._levels))


def root_from_path(leaf: bytes, index: int, path: Sequence[bytes]) -> bytes:
    """The root that `path` leads to from `leaf`.

    PeerError `seal.malformed` when the path is longer than 20, a sibling is not 32 bytes, or `index` is not below
    2^len(path): each index then has one path, and no two indexes share one.
    """
    if len(path) > MAX_DEPTH or not 0 <= index < 2 ** len(path):
        raise PeerError("seal.malformed", "index")
    node = leaf
    for sibling in path:
        if len(sibling) != HASH_SIZE:
            raise PeerError("seal.malformed", "path")
        node = node_hash(sibling, node) if index & 1 else node_hash(node, sibling)
        index >>= 1
    return node
