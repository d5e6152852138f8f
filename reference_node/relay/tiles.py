"""The relay's logs for monitors, over HTTP (C2SP tlog-tiles). Only what is published: hashes, entries, signed heads.

    GET /<origin>/checkpoint
    GET /<origin>/tile/<level>/<number>[.p/<width>]
    GET /<origin>/tile/entries/<number>[.p/<width>]

The origin stands in the path as it is: `th.dsdw`, `th.dsdw/2`. An entry hides its event; whoever reads all of this
learns how many events there were, and when the relay signed, and nothing else.
"""

from __future__ import annotations

import re
from typing import Final

from reference_node.store.engine import Database
from reference_node.store.log import checkpoint, find_log, tile
from reference_node.witness.listener import Answer, Listener
from referral_proto.errors import CallerError, PeerError
from referral_proto.log.head import agency_of
from referral_proto.log.tiles import TILE_WIDTH, parse_tile

__all__ = ["Tiles"]

_PATH: Final = re.compile(r"/([a-z0-9.-]{4,60}(?:/[0-9]{1,4})?)/(checkpoint|tile/.{1,100})", re.ASCII)
_BYTES: Final = "application/octet-stream"
_FOR_GOOD: Final = "public, max-age=31536000, immutable"
_NOT_THERE: Final = Answer(404)


class Tiles:
    """A part of the relay that serves its logs; None of it needs a key. `address` says where, once it exists."""

    def __init__(self, database: Database, listen: str) -> None:
        """Raises WorldError listen.in-use."""
        host, port = listen.rsplit(":", 1)
        self._listener = Listener(_Site(database), host.strip("[]"), int(port), "tiles")

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        return self._listener.address

    def start(self) -> None:
        self._listener.start()

    def drain(self) -> None:
        """What is under way is short; `close` ends it."""

    def close(self, seconds: float) -> bool:
        """Ends what is under way first."""
        del seconds
        self._listener.stop()
        return True


class _Site:
    """A Site."""

    largest = 0

    def __init__(self, database: Database) -> None:
        self._database = database

    def takes(self, path: str) -> bool:
        del path
        return False

    def post(self, path: str, body: bytes) -> Answer:
        del path, body
        return _NOT_THERE

    def get(self, path: str) -> Answer:
        """404 for whatever is not there: another log, another spelling, a tile that is not complete yet."""
        found = _PATH.fullmatch(path)
        if found is None:
            return _NOT_THERE
        try:
            agency_of(found[1])
            return self._checkpoint(found[1]) if found[2] == "checkpoint" else self._tile(found[1], found[2])
        except (PeerError, CallerError):
            return _NOT_THERE

    def _checkpoint(self, origin: str) -> Answer:
        with self._database.read() as connection:
            number = find_log(connection, origin)
            return _NOT_THERE if number is None else Answer(200, checkpoint(connection, number), cache="no-cache")

    def _tile(self, origin: str, path: str) -> Answer:
        wanted = parse_tile(path)
        with self._database.read() as connection:
            number = find_log(connection, origin)
            if number is None:
                return _NOT_THERE
            data = tile(connection, number, wanted)
        # A partial tile is as unchanging as a whole one; but it soon is of no use.
        return Answer(200, data, _BYTES, _FOR_GOOD if wanted.width == TILE_WIDTH else "public, max-age=3600")
