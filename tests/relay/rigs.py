"""Fixtures and liars for tests of proofs, on both databases. Tests nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from reference_node.store.relay.proofs import pending
from referral_proto.ids import AgencyId, Leaf
from referral_proto.log.receipt import Expected, VerifiedReceipt, verify_receipt
from referral_proto.model.codes.log import LogEventKind
from referral_proto.ports import Proved
from tests.relay.proving import Half, Rig
from tests.relay.world import KH, TH
from tests.store.log_database import server

__all__ = ["Lying", "asked", "new_sqlite", "offering", "rig", "server", "small", "verified"]

_numbers = count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    made = Rig(tmp_path, lambda: new_url(request, tmp_path, request.param))
    yield made
    made.close()


def new_url(request: pytest.FixtureRequest, folder: Path, backend: str) -> str:
    number = next(_numbers)
    if backend == "sqlite":
        return new_sqlite(folder)
    found: str = request.getfixturevalue("server")
    engine = create_engine(found, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE proofs{number}"))
    engine.dispose()
    return found.replace("/relay?", f"/proofs{number}?")


def new_sqlite(folder: Path) -> str:
    return f"sqlite:///{folder / f'relay{next(_numbers)}.sqlite'}"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Rig]:
    """On SQLite alone, for what does not touch the store."""
    made = Rig(tmp_path, lambda: new_sqlite(tmp_path))
    yield made
    made.close()


def verified(rig: Rig, one: Proved, leaf: Leaf, *, sender: AgencyId = TH) -> VerifiedReceipt:
    directory = rig.halves[TH].trust.directory
    expected = Expected(LogEventKind.DELIVERED, leaf, sender, KH)
    return verify_receipt(one.receipt, expected, rig.identity(KH), directory.witnesses(rig.clock.at))


def asked(half: Half) -> int:
    with half.database.read() as connection:
        return pending(connection)


class Lying:
    """A counter that answers as told, and otherwise as it should. `said`: method → what it says instead."""

    def __init__(self, half: Half, **said: Any) -> None:
        self._half, self._said = half, said

    def __getattr__(self, name: str) -> Any:
        return self._said.get(name) or getattr(self._half.counter, name)


def offering(half: Half, change: Any) -> Lying:
    """A relay whose answers about envelopes are changed by `change`."""

    def inclusion(agency: AgencyId, leaves: list[Leaf], peer: Any) -> tuple[Proved, ...]:
        return tuple(change(one) for one in half.counter.inclusion(agency, leaves, peer))

    return Lying(half, inclusion=inclusion)
