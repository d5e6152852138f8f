"""Databases for the tests of logs: the relay's, on SQLite and on a PostgreSQL server of our own. Tests nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import create_engine, text

from reference_node.store.engine import Database
from reference_node.store.relay import open_relay
from tests.store.postgres import postgres

__all__ = ["database", "server", "sqlite", "url"]

_numbers: Final = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of an empty database on a server that lives as long as the tests; skips where none is installed."""
    with postgres() as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'relay.sqlite'}"
    found: str = request.getfixturevalue("server")
    name = f"log{next(_numbers)}"
    engine = create_engine(found, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return found.replace("/relay?", f"/{name}?")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An open database."""
    opened = open_relay(url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """The same on SQLite only, in `relay.sqlite` of the test's folder."""
    opened = open_relay(f"sqlite:///{tmp_path / 'relay.sqlite'}")
    yield opened
    opened.close()
