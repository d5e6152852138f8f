"""Two relays that serve on loopback inside the test's process: real TLS, real databases, a clock set by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reference_node.app import RelayApp, build_relay
from referral_proto.ids import AgencyId
from tests.relay.world import KH, PASSPHRASE, TH, HandClock, World


class Served:
    """Relays that were started, and the world they serve."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.world, self.clock = folder, World.founded(), HandClock()
        self.apps: dict[AgencyId, RelayApp] = {}

    def start(self, operator: AgencyId, settings: str = "") -> RelayApp:
        log = '[log]\nfile = "relay.log"\n'
        made = self.world.relay_folder(self.folder / operator / "relay", operator, settings + log)
        app = self.apps[operator] = build_relay(made, PASSPHRASE, self.clock)
        assert app.start() == self.world.endpoint(operator)
        return app

    def log(self, operator: AgencyId) -> str:
        return (self.folder / operator / "relay" / "relay.log").read_text("utf-8")

    def close(self) -> None:
        for app in self.apps.values():
            app.stop()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Starts relays as the test asks for them."""
    made = Served(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Both relays, with the settings they come with, for tests that leave no trace that would hurt another."""
    made = Served(tmp_path_factory.mktemp("served"))
    made.start(TH)
    made.start(KH)
    yield made
    made.close()


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], None]:
    """Wait for something that another thread does; the test's own timeout is the limit."""
    from threading import Event

    def wait(done: Callable[[], bool]) -> None:
        while not done():
            Event().wait(0.01)

    return wait
