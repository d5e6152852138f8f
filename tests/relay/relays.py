"""Relays inside the test's process: real databases, folders and checks, a clock set by hand, lines that can be cut."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reference_node.app import RelayApp, build_relay
from reference_node.relay.lines import Lines
from referral_proto.errors import WorldError
from referral_proto.ids import AgencyId
from referral_proto.model.records import RelayRecord
from referral_proto.ports import Delivery, Reply
from tests.relay.world import KH, PASSPHRASE, TH, HandClock, World

SLOW_THREADS = "[outbox]\nbase_seconds = 2.0\ncap_seconds = 60.0\ncall_seconds = 5.0\nlease_seconds = 20.0\n"


class Pair:
    """The relays of th.dsdw and kh.mosvy, joined without a network; nothing runs unless a test turns it."""

    def __init__(self, folder: Path, world: World | None = None, settings: str = "") -> None:
        self.world = world or World.founded()
        self.clock = HandClock()
        self.cut: set[AgencyId] = set()
        self.lost_replies: set[AgencyId] = set()
        self.calls: list[tuple[AgencyId, int]] = []
        log = f'[log]\nfile = "relay.log"\nlevel = "debug"\n{SLOW_THREADS}'
        self.apps: dict[AgencyId, RelayApp] = {}
        for operator in (TH, KH):
            made = self.world.relay_folder(folder / operator / "relay", operator, settings + log)
            self.apps[operator] = self.joined(build_relay(made, PASSPHRASE, self.clock), operator)

    def joined(self, app: RelayApp, operator: AgencyId) -> RelayApp:
        app.outbox._lines = Lines(operator, app.intake, app.trust, lambda record: Wire(self, operator, record))
        return app

    def turn(self, operator: AgencyId = TH) -> int:
        """Let an outbox do all that is due; how many batches that were."""
        turns = 0
        while self.apps[operator].outbox.turn():
            turns += 1
        return turns

    def close(self) -> None:
        for app in self.apps.values():
            app.stop()


class Wire:
    """A line between two relays of a Pair."""

    def __init__(self, pair: Pair, own: AgencyId, record: RelayRecord) -> None:
        self.pair, self.own, self.to = pair, own, AgencyId(record.operator)

    def deliver(self, deliveries: Sequence[Delivery]) -> tuple[Reply, ...]:
        self.pair.calls.append((self.to, len(deliveries)))
        if self.to in self.pair.cut:
            raise WorldError("net.unreachable", "relay")
        replies = self.pair.apps[self.to].intake.take(deliveries, self.own)
        if self.to in self.pair.lost_replies:
            raise WorldError("net.timeout", "relay")
        return replies

    def close(self) -> None:
        pass
