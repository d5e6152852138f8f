"""The labelled hash, the only way this project hashes anything that is not a node of a tree. No label is named here.

    lp(x)                     = u32 len(x) ‖ x
    TH(label, p1 … pn)        = SHA-256( lp(label) ‖ u32 n ‖ lp(p1) ‖ … ‖ lp(pn) )

Every part is preceded by its length and the whole by the number of parts, so that no two different lists of parts
are ever hashed as the same bytes; the label keeps the uses of the hash apart (spec: envelope, "labelled hash").
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from struct import Struct
from typing import Final, Self

__all__ = ["NAMESPACE", "Label", "labelled_hash", "lp"]

NAMESPACE: Final = "referral-proto/v1/"
_u32: Final = Struct(">I").pack


def lp(data: bytes) -> bytes:
    """`u32 len(data) ‖ data`."""
    return _u32(len(data)) + data


class Label(bytes):
    """A domain label: its own ASCII bytes, with what every use of it would otherwise compute again.

    `prefix` is `lp(label)`, the first bytes of whatever is signed or authenticated under the label. `begin()` is a
    fresh SHA-256 that has read `prefix`.
    """

    prefix: bytes
    begin: Callable[[], hashlib._Hash]

    def __new__(cls, name: str) -> Self:
        label = super().__new__(cls, (NAMESPACE + name).encode("ascii"))
        label.prefix = lp(label)
        # A copied state is as fast as joining the parts, and makes no second copy of what is hashed.
        label.begin = hashlib.sha256(label.prefix).copy
        return label


def labelled_hash(label: Label, *parts: bytes) -> bytes:
    """`TH(label, parts…)`: 32 bytes."""
    state = label.begin()
    update = state.update
    update(_u32(len(parts)))
    for part in parts:
        update(_u32(len(part)))
        update(part)
    return state.digest()
