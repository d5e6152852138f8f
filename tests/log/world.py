"""An invented log with its witnesses, and the tree of RFC 9162 spelled out as its definition has it. Proves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import sha256

from referral_proto.crypto.logkeys import LogKeys, WitnessKeys
from referral_proto.ids import AgencyId, Leaf
from referral_proto.log.checkpoint import LogIdentity, Witness, Witnesses, cosign, sign_checkpoint, with_cosignatures
from referral_proto.log.event import delivered
from referral_proto.log.head import Head
from referral_proto.log.tree import Place, grow
from referral_proto.moment import Moment

AT = Moment.parse("2026-11-21T12:00:00Z")
SENDER, RECIPIENT = AgencyId("th.example-shelter"), AgencyId("kh.example-ministry")
OPENING_KEY = bytes(range(32))
KEYS = LogKeys.from_seeds(b"\x01" * 32, b"\x02" * 32)
OTHER_KEYS = LogKeys.from_seeds(b"\x03" * 32, b"\x04" * 32)
LOG = LogIdentity.of(RECIPIENT, KEYS)
WITNESS_KEYS = {
    name: WitnessKeys.from_seeds(bytes([number]) * 32, bytes([number + 1]) * 32)
    for number, name in ((11, "witness.kh.example"), (13, "witness.th.example"), (15, "witness.vn.example"))
}
MEMBERS = tuple(Witness.of(name, keys.ed25519, keys.mldsa44) for name, keys in WITNESS_KEYS.items())
WITNESSES = Witnesses(MEMBERS, 2)


class Memory:
    """The in-memory twin of a stored tree: a NodeReader that counts what is read."""

    def __init__(self, leaves: Sequence[bytes] = ()) -> None:
        self.hashes: dict[Place, bytes] = {}
        self.size, self.frontier, self.reads = 0, (), 0
        self.root = grow(0, (), ()).root
        self.append(leaves)

    def append(self, leaves: Sequence[bytes]) -> None:
        growth = grow(self.size, self.frontier, leaves)
        for level, start, hashes in growth.levels:
            for at, found in enumerate(hashes, start):
                assert self.hashes.setdefault(Place(level, at), found) == found, "a complete subtree changed"
        self.size, self.frontier, self.root = growth.size, growth.frontier, growth.root

    def nodes(self, places: Sequence[Place]) -> list[bytes]:
        self.reads += len(places)
        return [self.hashes[place] for place in places]


@cache
def leaves(count: int, salt: int = 0) -> tuple[bytes, ...]:
    return tuple(sha256(b"%d leaf %d" % (salt, number)).digest() for number in range(count))


def half(n: int) -> int:
    """RFC 9162 §2.1.1: the largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d: Sequence[bytes]) -> bytes:
    """MTH of §2.1.1, over leaf hashes."""
    if not d:
        return sha256(b"").digest()
    if len(d) == 1:
        return d[0]
    k = half(len(d))
    return sha256(b"\x01" + mth(d[:k]) + mth(d[k:])).digest()


def path(m: int, d: Sequence[bytes]) -> list[bytes]:
    """PATH of §2.1.3.1."""
    if len(d) == 1:
        return []
    k = half(len(d))
    return [*path(m, d[:k]), mth(d[k:])] if m < k else [*path(m - k, d[k:]), mth(d[:k])]


def proof(m: int, d: Sequence[bytes]) -> list[bytes]:
    """PROOF of §2.1.4.1, for 0 < m < len(d) as there, and m = len(d)."""
    return subproof(m, d, True)


def subproof(m: int, d: Sequence[bytes], whole: bool) -> list[bytes]:
    """SUBPROOF of §2.1.4.1."""
    if m == len(d):
        return [] if whole else [mth(d)]
    k = half(len(d))
    if m <= k:
        return [*subproof(m, d[:k], whole), mth(d[k:])]
    return [*subproof(m - k, d[k:], False), mth(d[:k])]


def event(number: int = 0, at: Moment = AT) -> bytes:
    """A delivery of the envelope with an invented leaf."""
    return delivered(Leaf(sha256(b"envelope %d" % number).digest()), SENDER, RECIPIENT, OPENING_KEY, at)


def head(tree: Memory, origin: str = RECIPIENT) -> Head:
    return Head(origin, tree.size, tree.root)


def note(tree: Memory, at: Moment = AT, keys: LogKeys = KEYS, origin: str = RECIPIENT) -> bytes:
    return sign_checkpoint(head(tree, origin), keys, at)


def cosigned(tree: Memory, times: Sequence[Moment | None], at: Moment = AT) -> bytes:
    """A checkpoint that the witnesses cosigned at these times, in their order; None: did not."""
    lines = []
    for (name, keys), time in zip(WITNESS_KEYS.items(), times, strict=False):
        if time is not None:
            lines += cosign(head(tree), name, keys, time)
    return with_cosignatures(note(tree, at), lines)
