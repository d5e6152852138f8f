"""Relays inside the test's process: real databases, folders and checks, a clock set by hand, lines that can be cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from reference_node.app import RelayApp, build_relay
from reference_node.relay.counter import TrustCounter
from reference_node.relay.peers import Peer
from reference_node.relay.proof_counter import ProofCounter
from referral_proto.errors import PeerError, WorldError
from referral_proto.ids import AgencyId, Digest, Leaf
from referral_proto.model.records import RelayRecord
from referral_proto.ports import Delivery, Proved, Reply
from tests.relay.world import KH, PASSPHRASE, TH, HandClock, World

SLOW_THREADS = "[outbox]\nbase_seconds = 2.0\ncap_seconds = 60.0\ncall_seconds = 5.0\nlease_seconds = 20.0\n"


class Pair:
    """The relays of th.dsdw and kh.mosvy, joined without a network; nothing runs unless a test turns it."""

    def __init__(
        self, folder: Path, world: World | None = None, settings: str = "", own: Mapping[AgencyId, str] | None = None
    ) -> None:
        """settings: of both relays; own: of one, instead."""
        self.world = world or World.founded()
        self.clock = HandClock()
        self.cut: set[AgencyId] = set()
        self.lost_replies: set[AgencyId] = set()
        self.calls: list[tuple[AgencyId, int]] = []
        self.closed: list[AgencyId] = []
        log = f'[log]\nfile = "relay.log"\nlevel = "debug"\n{SLOW_THREADS}'
        self.apps: dict[AgencyId, RelayApp] = {}
        for operator in (TH, KH):
            more = (own or {}).get(operator, settings) + log
            made = self.world.relay_folder(folder / operator / "relay", operator, more)
            self.apps[operator] = self.joined(build_relay(made, PASSPHRASE, self.clock), operator)

    def joined(self, app: RelayApp, operator: AgencyId) -> RelayApp:
        # The parts share one object: what it connects through is all that is exchanged.
        app.outbox._lines._connect = lambda record: Wire(self, operator, record)
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

    def trust_file(self, path: str) -> bytes:
        found = self._counter().file(path)
        if found is None:
            raise PeerError("trust.no-file")
        return found

    def snapshot(self) -> tuple[int, Digest] | None:
        return self._counter().snapshot()

    def opening_keys(self, agency: AgencyId) -> tuple[bytes, ...]:
        return tuple(self._counter().opening_keys(agency, ask_others=False))

    def _counter(self) -> TrustCounter:
        if self.to in self.pair.cut:
            raise WorldError("net.unreachable", "relay")
        return self.pair.apps[self.to].following.counter

    def checkpoint(self, origin: str, size: int | None = None) -> bytes | None:
        return self._proofs().checkpoint(origin, size)

    def consistency(self, origin: str, first: int, second: int) -> tuple[bytes, tuple[bytes, ...]]:
        return self._proofs().consistency(origin, first, second)

    def inclusion(self, agency: AgencyId, leaves: Sequence[Leaf]) -> tuple[Proved, ...]:
        return self._proofs().inclusion(agency, leaves, Peer("", operator=self.own))

    def seen_checkpoints(self, origins: Sequence[str] = ()) -> tuple[bytes, ...]:
        return self._proofs().seen_checkpoints(origins)

    def _proofs(self) -> ProofCounter:
        if self.to in self.pair.cut:
            raise WorldError("net.unreachable", "relay")
        return self.pair.apps[self.to].proof_counter

    def close(self) -> None:
        self.pair.closed.append(self.to)
