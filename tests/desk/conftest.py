"""Fixtures of the desk's tests: a clock, a relay in memory, and desks on databases of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from referral_proto import AgencyId
from tests.desk.world import Clock, Desk, PostOffice

OpenDesk = Callable[..., Desk]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def post(clock: Clock) -> PostOffice:
    return PostOffice(clock)


@pytest.fixture
def desk(tmp_path: Path, clock: Clock, post: PostOffice) -> Iterator[OpenDesk]:
    """Opens a desk; the same name opens the same database again, as after a restart."""
    opened: list[Desk] = []

    def open_desk(agency: AgencyId, name: str | None = None, **more: bytes) -> Desk:
        folder = tmp_path / (name or agency)
        folder.mkdir(exist_ok=True)
        one = Desk(agency, folder, clock, post.box(agency), **more)
        opened.append(one)
        return one

    yield open_desk
    for one in opened:
        one.database.close()
