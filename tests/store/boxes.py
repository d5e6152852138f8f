"""Relay databases for tests, made quickly, and envelopes as a store sees them: a leaf, some bytes, a key, an expiry."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from sqlalchemy import select

from reference_node.store.engine import Database
from reference_node.store.relay import open_relay
from reference_node.store.relay.holdings import Sealed
from reference_node.store.relay.intake import Arrival, record
from reference_node.store.relay.tables import METADATA
from referral_proto.ids import AgencyId, Leaf
from referral_proto.moment import Moment
from referral_proto.ports import Reply

NOON = Moment.parse("2026-11-21T12:00:00Z")
SENDERS = [AgencyId("th.dsdw"), AgencyId("la.mlsw")]
RECIPIENTS = [AgencyId("kh.mosvy"), AgencyId("kh.shelter")]
PLENTY = 1 << 40


@cache
def _template() -> bytes:
    folder = Path(mkdtemp())
    open_relay(f"sqlite:///{folder / 'relay.sqlite'}").close()
    data = (folder / "relay.sqlite").read_bytes()
    shutil.rmtree(folder)
    return data


@contextmanager
def relay_database() -> Iterator[Database]:
    """A fresh one, without the time that migrations take."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "relay.sqlite")
        file.write_bytes(_template())
        database = open_relay(f"sqlite:///{file}")
        try:
            yield database
        finally:
            database.close()


def sealed(number: int, variant: int = 0, expires_at: int = NOON + 86_400, size: int = 40) -> Sealed:
    """Envelope `number`; another `variant` has the same message id."""
    leaf = Leaf(sha256(f"{number}/{variant}".encode()).digest())
    return Sealed(leaf, leaf.ljust(size, b"."), SENDERS[number % 2], number.to_bytes(16, "big"), expires_at)


def arrival(number: int, recipient: int = 0, variant: int = 0, **options: Any) -> Arrival:
    return Arrival(sealed(number, variant, **options), RECIPIENTS[recipient])


def take(database: Database, *arrivals: Arrival, at: Moment = NOON, quota: int = PLENTY) -> list[Reply]:
    return database.write(lambda connection: record(connection, arrivals, at, quota))


def rows(database: Database, name: str) -> list[tuple[Any, ...]]:
    """All rows of a table, sorted."""
    with database.read() as connection:
        return sorted(tuple(row) for row in connection.execute(select(METADATA.tables[name])))
