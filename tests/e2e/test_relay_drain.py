"""SIGTERM: a relay says that it stops, finishes what is under way, keeps it, and ends with 0."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from referral_proto.errors import WorldError
from referral_proto.moment import Moment
from referral_proto.ports import DeliverStatus
from tests.e2e.running import Running, running, until
from tests.relay.world import KH, TH, World, deliveries, statuses


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_call_under_way_is_finished(tmp_path: Path, number: int) -> None:
    world, folder, fifo = World.founded(Moment(int(time.time()))), tmp_path / "relay", tmp_path / "fifo"
    world.relay_folder(folder, KH)
    os.mkfifo(fifo)
    sealed = deliveries(world.seal(TH, [KH], 2), KH)
    relay = Running(folder, "--slow-store", str(fifo))
    relay.says("ready")
    line, late = world.as_relay(TH, KH), world.as_desk(KH)
    with ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(line.deliver, sealed)
        relay.says("storing")
        relay.process.send_signal(number)
        until(lambda: "it was told to stop" in relay.errors())

        def turned_away() -> bool:
            try:
                late.collect(KH, 0)
            except WorldError:
                return True
            return False

        until(turned_away)
        assert not under_way.done()
        with fifo.open("wb"):
            pass
        assert statuses(under_way.result(60)) == [DeliverStatus.ACCEPTED] * 2
    assert relay.ends() == 0
    assert '"it has stopped"' in relay.errors()
    for one in (line, late):
        one.close()
    with running(folder):
        desk = world.as_desk(KH)
        assert len(desk.collect(KH, 0)) == 2
        desk.close()


def test_an_idle_relay_with_open_connections_stops_at_once(tmp_path: Path) -> None:
    world, folder = World.founded(Moment(int(time.time()))), tmp_path / "relay"
    world.relay_folder(folder, KH)
    with running(folder) as relay:
        desk = world.as_desk(KH)
        assert desk.collect(KH, 0) == ()
        assert relay.stop() == 0
        desk.close()
    assert not list(folder.glob("relay.sqlite-*")), "the last connection leaves no WAL behind"


def test_an_outbox_that_waits_for_a_silent_peer_does_not_hold_up_the_end(tmp_path: Path) -> None:
    import socket

    world, folder = World.founded(Moment(int(time.time()))), tmp_path / "relay"
    world.relay_folder(folder, TH, "drain_seconds = 0.5\n")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", world.ports[KH]))
        silent.listen()
        with running(folder) as relay:
            desk = world.as_desk(TH)
            (sealed,) = world.seal(TH, [KH])
            assert statuses(desk.submit([sealed.envelope])) == [DeliverStatus.ACCEPTED]
            connection, _ = silent.accept()
            assert relay.stop() == 0
            connection.close()
            desk.close()
    world.relay_folder(tmp_path / "kh", KH)
    with running(tmp_path / "kh"), running(folder):
        desk = world.as_desk(TH)
        until(lambda: bool(desk.outcomes(TH, 0)))
        desk.close()
