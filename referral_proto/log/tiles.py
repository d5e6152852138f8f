"""Tiles (C2SP tlog-tiles): how a log's hashes and entries are cut and named for monitors. Reads and serves nothing.

    tile/<level>/<number>[.p/<width>]      256 hashes, fewer in a partial tile; level L holds subtrees of 256^L leaves
    tile/entries/<number>[.p/<width>]      256 entries, each after its length in u16

A number is written in groups of three digits, all but the last after an `x`: 1234067 is `x001/x234/067`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from struct import Struct
from typing import Final, NamedTuple

from referral_proto.errors import PeerError
from referral_proto.log.tree import MAX_SIZE, Place

__all__ = ["TILE_HEIGHT", "TILE_WIDTH", "Tile", "entry_bundle", "parse_tile", "read_bundle", "tiles_of"]

TILE_HEIGHT: Final = 8
TILE_WIDTH: Final = 1 << TILE_HEIGHT
_PATH: Final = re.compile(
    r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII
)
_u16: Final = Struct(">H")


class Tile(NamedTuple):
    """`level` None: a bundle of entries. `width`: 256, or less for a partial tile."""

    level: int | None
    number: int
    width: int = TILE_WIDTH

    def path(self) -> str:
        """The tile's path under the log's prefix."""
        groups = []
        rest = self.number
        while True:
            rest, last = divmod(rest, 1000)
            groups.append(f"{last:03}")
            if not rest:
                break
        number = "/".join([*(f"x{group}" for group in reversed(groups[1:])), groups[0]])
        partial = f".p/{self.width}" if self.width < TILE_WIDTH else ""
        return f"tile/{'entries' if self.level is None else self.level}/{number}{partial}"

    @property
    def start(self) -> int:
        """Index of the first hash among those of its level, or of the first entry."""
        return self.number * TILE_WIDTH

    def places(self) -> tuple[Place, ...]:
        """The complete subtrees whose hashes the tile joins; for a bundle, the leaves of its entries."""
        level = TILE_HEIGHT * (self.level or 0)
        return tuple(Place(level, index) for index in range(self.start, self.start + self.width))

    def within(self, size: int) -> bool:
        """Whether a tree of `size` leaves has all of it."""
        return self.start + self.width <= size >> TILE_HEIGHT * (self.level or 0)


def parse_tile(path: str) -> Tile:
    """Read a tile's path in its only spelling. PeerError wire.malformed."""
    found = _PATH.fullmatch(path)
    if found is not None:
        number = int(found[2].replace("x", "").replace("/", ""))
        tile = Tile(None if found[1] == "entries" else int(found[1]), number, int(found[3] or TILE_WIDTH))
        if number <= MAX_SIZE and tile.path() == path:
            return tile
    raise PeerError("wire.malformed", "tile")


def tiles_of(size: int) -> Iterator[Tile]:
    """Every tile of hashes that a tree of `size` leaves has, partial ones at the right edge; no bundles."""
    level, count = 0, size
    while count:
        for number in range(count // TILE_WIDTH):
            yield Tile(level, number)
        if count % TILE_WIDTH:
            yield Tile(level, count // TILE_WIDTH, count % TILE_WIDTH)
        level, count = level + 1, count // TILE_WIDTH


def entry_bundle(entries: Sequence[bytes]) -> bytes:
    """A bundle's bytes."""
    return b"".join(_u16.pack(len(entry)) + entry for entry in entries)


def read_bundle(data: bytes) -> tuple[bytes, ...]:
    """The entries of a bundle. PeerError wire.malformed."""
    entries, at = [], 0
    while at < len(data):
        size = int.from_bytes(data[at : at + _u16.size])
        entries.append(data[at + _u16.size : at + _u16.size + size])
        at += _u16.size + size
    if at != len(data):
        raise PeerError("wire.malformed", "bundle")
    return tuple(entries)
