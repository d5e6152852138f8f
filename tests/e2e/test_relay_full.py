"""A database that is truly full: SQLite says SQLITE_FULL. The relay says "later", keeps what it has, and runs on."""

from __future__ import annotations

import time
from pathlib import Path

from referral_proto.moment import Moment
from referral_proto.ports import DeliverStatus
from tests.e2e.running import running, until
from tests.relay.world import KH, TH, World, deliveries, statuses

ACCEPTED, RETRY = DeliverStatus.ACCEPTED, DeliverStatus.RETRY


def limit(folder: Path, size: int) -> None:
    """Put another `database_bytes` into the settings that stand there."""
    settings = (folder / "relay.toml").read_text("utf-8").split("[limits]\n", 1)
    rest = settings[1].split("\n", 1)[1] if len(settings) == 2 else settings[0]
    head = settings[0] if len(settings) == 2 else ""
    (folder / "relay.toml").write_text(f"{head}[limits]\ndatabase_bytes = {size}\n{rest}", "utf-8")


def test_later_and_not_lost(tmp_path: Path) -> None:
    world, folder = World.founded(Moment(int(time.time()))), tmp_path / "kh"
    world.relay_folder(tmp_path / "th", TH, "[outbox]\nbase_seconds = 0.5\ncap_seconds = 1.0\nidle_seconds = 0.1\n")
    world.relay_folder(folder, KH, "[limits]\ndatabase_bytes = 300000\n")
    sealed = world.seal(TH, [KH], 60)
    with running(folder) as relay:
        line, desk = world.as_relay(TH, KH), world.as_desk(KH)
        (all_at_once,) = {reply.status for reply in line.deliver(deliveries(sealed, KH))}
        assert all_at_once is RETRY
        assert desk.collect(KH, 0) == ()
        stored = 0
        for one in sealed:
            (reply,) = line.deliver(deliveries([one], KH))
            if reply.status is RETRY:
                assert reply.code == "relay.try-later"
                break
            stored += 1
        assert 5 < stored < 60
        assert len(desk.collect(KH, 0)) == stored
        assert '"store.full"' in relay.errors()
        # What is confirmed makes room, and the relay goes on by itself.
        desk.confirm(KH, desk.collect(KH, 0)[-1].cursor)
        assert statuses(line.deliver(deliveries(sealed[stored : stored + 3], KH))) == [ACCEPTED] * 3
        assert statuses(line.deliver(deliveries(sealed[:3], KH))) == [DeliverStatus.DUPLICATE] * 3
        for one in (line, desk):
            one.close()
    with running(tmp_path / "th"):
        desk, receiver = world.as_desk(TH), world.as_desk(KH)
        assert statuses(desk.submit([one.envelope for one in sealed])) == [ACCEPTED] * 60
        limit(folder, 0)
        with running(folder):
            until(lambda: len(desk.outcomes(TH, 0)) == 60)
            assert {one.status for one in desk.outcomes(TH, 0)} <= {ACCEPTED, DeliverStatus.DUPLICATE}
            assert len(receiver.collect(KH, 0)) == 60 - stored
        for one in (desk, receiver):
            one.close()
