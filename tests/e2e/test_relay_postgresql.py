"""Two relay processes over one PostgreSQL: what comes in through both is stored once, what goes out goes once, and one
of them may be killed. F18."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from referral_proto.ids import AgencyId
from referral_proto.moment import Moment
from referral_proto.ports import DeliverStatus, Delivery, Reply
from referral_proto.rpc import GrpcRelay
from tests.e2e.running import Running, running, until
from tests.relay.world import KH, TH, World, deliveries, free_port
from tests.store.postgres import postgres

ACCEPTED, DUPLICATE = DeliverStatus.ACCEPTED, DeliverStatus.DUPLICATE
QUICK = "[outbox]\nbase_seconds = 0.5\ncap_seconds = 1.0\nidle_seconds = 0.1\ncall_seconds = 1.0\nlease_seconds = 2.0\n"


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with postgres() as url:
        yield url


class Twins:
    """Two processes of one operator over one database, each with a port of its own."""

    def __init__(self, world: World, folder: Path, operator: AgencyId, database: str, stack: ExitStack) -> None:
        self.world, self.operator = world, operator
        self.ports = [world.ports[operator], free_port()]
        self.processes: list[Running] = []
        for port in self.ports:
            place = folder / str(port)
            world.relay_folder(place, operator, f'database = "{database}"\n{QUICK}')
            settings = place / "relay.toml"
            text = settings.read_text("utf-8").replace(world.endpoint(operator), f"127.0.0.1:{port}")
            settings.write_text(text, "utf-8")
            self.processes.append(stack.enter_context(running(place)))

    def lines(self, shown: str) -> list[GrpcRelay]:
        """A connection to each, as the desk or as the other relay."""
        made = []
        for port in self.ports:
            self.world.ports[self.operator] = port
            made.append(
                self.world.as_desk(self.operator)
                if shown == "desk"
                else self.world.as_relay(AgencyId(shown), self.operator)
            )
        self.world.ports[self.operator] = self.ports[0]
        return made


def test_in_and_out_once_through_both(tmp_path: Path, database: str) -> None:
    world = World.founded(Moment(int(time.time())))
    with ExitStack() as stack:
        twins = Twins(world, tmp_path / "th", TH, database, stack)
        world.relay_folder(tmp_path / "kh", KH)
        stack.enter_context(running(tmp_path / "kh"))
        desks, peers = twins.lines("desk"), twins.lines(KH)
        receiver = world.as_desk(KH)
        stack.callback(lambda: [one.close() for one in (*desks, *peers, receiver)])

        incoming = deliveries(world.seal(KH, [TH], 40), TH)

        def bring(line: GrpcRelay) -> list[Reply]:
            return [reply for start in range(0, 40, 4) for reply in line.deliver(incoming[start : start + 4])]

        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(bring, peers * 2))
        assert Counter(reply.status for many in answers for reply in many) == {ACCEPTED: 40, DUPLICATE: 120}
        got = desks[1].collect(TH, 0)
        assert [one.cursor for one in got] == list(range(1, 41))
        assert {one.envelope for one in got} == {one.envelope for one in incoming}
        desks[0].confirm(TH, 40)
        assert desks[1].collect(TH, 0) == ()

        outgoing = [one.envelope for one in world.seal(TH, [KH], 60)]

        def submit(desk: GrpcRelay) -> Sequence[Reply]:
            return desk.submit(outgoing)

        with ThreadPoolExecutor(2) as pool:
            replies = list(pool.map(submit, desks))
        assert Counter(reply.status for many in replies for reply in many) == {ACCEPTED: 60, DUPLICATE: 60}
        until(lambda: len(desks[0].outcomes(TH, 0)) == 60)
        assert {one.status for one in desks[1].outcomes(TH, 0)} == {ACCEPTED}
        assert sorted(one.envelope for one in receiver.collect(KH, 0)) == sorted(outgoing)
        said = (tmp_path / "kh" / "relay.err").read_text("utf-8")
        assert said.count('"an envelope came"') == 60, "each was carried over the line once"


def test_one_is_killed_and_the_other_carries_on(tmp_path: Path, database: str) -> None:
    world = World.founded(Moment(int(time.time())))
    with ExitStack() as stack:
        twins = Twins(world, tmp_path / "th", TH, database, stack)
        desks = twins.lines("desk")
        receiver = world.as_desk(KH)
        stack.callback(lambda: [one.close() for one in (*desks, receiver)])
        before = max((one.cursor for one in desks[0].outcomes(TH, 0)), default=0)
        outgoing = [one.envelope for one in world.seal(TH, [KH], 30)]
        assert {reply.status for reply in desks[0].submit(outgoing)} == {ACCEPTED}
        assert twins.processes[0].stop(signal.SIGKILL) == -signal.SIGKILL
        world.relay_folder(tmp_path / "kh", KH)
        stack.enter_context(running(tmp_path / "kh"))
        until(lambda: len(desks[1].outcomes(TH, before)) == 30)
        assert sorted(one.envelope for one in receiver.collect(KH, 0)) == sorted(outgoing)
        line = world.as_relay(TH, KH)
        assert {r.status for r in line.deliver([Delivery(one, KH) for one in outgoing])} == {DUPLICATE}
        line.close()
