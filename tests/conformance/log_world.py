"""The log of xb.welfare and its three witnesses in the vectors, with keys from published seeds. Makes no vector."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any, Final

from referral_proto.crypto.logkeys import LogKeys, WitnessKeys
from referral_proto.crypto.merkle import leaf_hash
from referral_proto.log.checkpoint import LogIdentity, Witness
from tests.conformance.world import AT, B, seed
from tests.log.world import Memory

__all__ = [
    "AT",
    "IDENTITY",
    "KEYS",
    "ORIGIN",
    "OTHER_KEYS",
    "WITNESS_KEYS",
    "Tree",
    "forked",
    "given_log",
    "given_witnesses",
    "tree",
]

ORIGIN: Final = B
KEYS: Final = LogKeys.from_seeds(seed(B, "log-ed25519", 0), seed(B, "log-mldsa44", 0))
OTHER_KEYS: Final = LogKeys.from_seeds(seed(B, "log-ed25519", 1), seed(B, "log-mldsa44", 1))
IDENTITY: Final = LogIdentity.of(ORIGIN, KEYS)
WITNESS_KEYS: Final = {
    name: WitnessKeys.from_seeds(seed(name, "witness-ed25519", 0), seed(name, "witness-mldsa44", 0))
    for name in ("witness.xa.example", "witness.xb.example", "witness.xc.example")
}
QUORUM: Final = 2


class Tree(Memory):
    """A tree that remembers its leaves."""

    def __init__(self, leaves: list[bytes]) -> None:
        super().__init__(leaves)
        self.leaves = leaves


@cache
def tree(size: int) -> Tree:
    """The first `size` leaves of the log."""
    return Tree([leaf_hash(sha256(b"entry %d" % number).digest()) for number in range(size)])


@cache
def forked(size: int) -> Tree:
    """The same, with another last leaf."""
    return Tree([*tree(size).leaves[:-1], leaf_hash(sha256(b"another entry").digest())])


def given_log() -> list[str]:
    """Both keys of the log as vkeys, Ed25519 first."""
    return [key.text() for key in IDENTITY.keys]


def given_witnesses() -> dict[str, Any]:
    """The witnesses' keys as vkeys, and the quorum."""
    members = [Witness.of(name, keys.ed25519, keys.mldsa44) for name, keys in WITNESS_KEYS.items()]
    return {"witnesses": [[key.text() for key in member.keys] for member in members], "quorum": QUORUM}
