"""Law: what an index names is on the disk before the index is; what a power cut tore is fetched again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from referral_proto.adapters import trust_shelf
from referral_proto.errors import OurError, WorldError
from tests.adapters.trust_world import AT, CountingSource, World

LATER = AT.plus(3600)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture(params=[1, 32], ids=["many", "few"])
def from_many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """From how many files on the whole file system is made durable."""
    monkeypatch.setattr(trust_shelf, "_FEW", request.param)


@pytest.mark.usefixtures("from_many")
def test_records_are_durable_before_an_index_names_them(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[str, set[str]]] = []
    settle, commit = trust_shelf.Shelf.settle, trust_shelf.Staging.commit

    def settling(self: trust_shelf.Shelf, digests: Iterable[str]) -> None:
        named = set(digests)
        settle(self, named)
        steps.append(("settle", named))

    def committing(self: trust_shelf.Staging, index: trust_shelf.Index, *more: Any) -> None:
        steps.append(("commit", {digest for _, digest in index.records}))
        commit(self, index, *more)

    monkeypatch.setattr(trust_shelf.Shelf, "settle", settling)
    monkeypatch.setattr(trust_shelf.Staging, "commit", committing)
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    (first, settled), (second, named) = steps
    assert (first, second) == ("settle", "commit")
    assert settled == named
    mirror.refresh(world.source, LATER)
    assert steps[2:] in ([], [("settle", set())])


@pytest.mark.usefixtures("from_many")
@pytest.mark.parametrize("torn", [b"", b"half a record"])
def test_what_a_power_cut_tore_is_fetched_again(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, torn: bytes
) -> None:
    def cut(*_: object) -> None:
        raise OurError("ours.broken-promise")

    with monkeypatch.context() as patched:
        patched.setattr(trust_shelf.Shelf, "settle", cut)
        with pytest.raises(OurError):
            world.mirror().refresh(world.source, AT)
    with pytest.raises(WorldError, match=r"trust\.no-state"):
        world.mirror().state(AT)
    left = sorted(path for path in tmp_path.rglob("records/*") if path.is_file())
    left[0].write_bytes(torn)
    left[1].unlink()
    source = CountingSource(world.copy())
    assert world.mirror().refresh(source, AT).fetched == 2
    assert len(world.mirror().state(AT).records) == len(left)


def test_a_disk_that_cannot_make_it_durable_refuses_the_refresh(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: int) -> None:
        raise OSError(5, "input/output error")

    monkeypatch.setattr(trust_shelf.os, "fsync", failing)
    with pytest.raises(WorldError, match=r"file\.failed"):
        world.mirror().refresh(world.source, AT)
    with pytest.raises(WorldError, match=r"trust\.no-state"):
        world.mirror().state(AT)
