"""Fixtures of the relay's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.relay.relays import Pair
from tests.relay.rigs import rig, server, small

__all__ = ["pair", "rig", "server", "small"]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(tmp_path)
    yield made
    made.close()
