"""What anybody may read of a log: tiles of hashes and bundles of entries (C2SP tlog-tiles). Never an event."""

from __future__ import annotations

from sqlalchemy import Connection, select

from reference_node.store.log.tables import log_event, log_node
from reference_node.store.log.tree import head_of
from referral_proto.errors import CallerError, WorldError
from referral_proto.log.tiles import TILE_HEIGHT, Tile, entry_bundle

__all__ = ["entries", "tile"]


def tile(connection: Connection, log_id: int, wanted: Tile) -> bytes:
    """The bytes of a tile or bundle. CallerError log.out-of-range: the log has not all of it."""
    if not wanted.within(head_of(connection, log_id).head.size):
        raise CallerError("log.out-of-range", "tile")
    if wanted.level is None:
        return entry_bundle(entries(connection, log_id, wanted.start, wanted.width))
    kept, level = log_node.c, TILE_HEIGHT * wanted.level
    where = (kept.log == log_id) & (kept.level == level)
    inside = kept.number.between(wanted.start, wanted.start + wanted.width - 1)
    hashes = connection.scalars(select(kept.hash).where(where & inside).order_by(kept.number)).all()
    if len(hashes) != wanted.width:
        raise WorldError("store.damaged", "log")
    return b"".join(hashes)


def entries(connection: Connection, log_id: int, start: int, count: int) -> list[bytes]:
    """`count` entries from `start` on, as they were appended; each hashes to a leaf."""
    kept = log_event.c
    inside = kept.number.between(start, start + count - 1)
    rows = connection.scalars(select(kept.entry).where(kept.log == log_id, inside).order_by(kept.number)).all()
    if len(rows) != count:
        raise WorldError("store.damaged", "log")
    return [bytes(row) for row in rows]
