"""Nothing that a relay acknowledged is lost, and nothing it has seen gets in again: after kill -9, restart, pruning,
and with a clock that somebody set back. Real processes, real mTLS, real SQLite files."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from referral_proto.errors import WorldError
from referral_proto.log.checkpoint import LogIdentity
from referral_proto.log.receipt import Expected, verify_receipt
from referral_proto.model.codes.log import LogEventKind
from referral_proto.moment import DAY, HOUR, Moment
from referral_proto.ports import DeliverStatus, Delivery, LogPage, Reply
from tests.e2e.running import Running, running, until
from tests.relay.world import KH, START, TH, World, deliveries, statuses

ACCEPTED, DUPLICATE = DeliverStatus.ACCEPTED, DeliverStatus.DUPLICATE


def now() -> Moment:
    return Moment(int(time.time()))


@pytest.mark.req("TRN-04", "TRN-05")
def test_killed_between_the_store_and_the_reply(tmp_path: Path) -> None:
    world, folder = World.founded(now()), tmp_path / "relay"
    world.relay_folder(folder, KH)
    sealed = deliveries(world.seal(TH, [KH], 3), KH)
    with running(folder, "--die-after-store") as relay:
        line = world.as_relay(TH, KH)
        with pytest.raises(WorldError, match=r"net\."):
            line.deliver(sealed)
        line.close()
        assert relay.ends() == -signal.SIGKILL
    with running(folder):
        line, desk = world.as_relay(TH, KH), world.as_desk(KH)
        replies = line.deliver(sealed)
        assert statuses(replies) == [DUPLICATE] * 3
        assert [one.envelope for one in desk.collect(KH, 0)] == [one.envelope for one in sealed]
        # The receipts that were lost on the way are given again.
        assert [place(world, reply) for reply in replies] == [0, 1, 2]
        for one in (line, desk):
            one.close()


@pytest.mark.req("LOG-04")
@pytest.mark.parametrize("when", ["--die-before-log", "--die-after-log"])
def test_killed_between_the_store_and_the_log(tmp_path: Path, when: str) -> None:
    world, folder = World.founded(now()), tmp_path / "relay"
    world.relay_folder(folder, KH)
    sealed = deliveries(world.seal(TH, [KH], 3), KH)
    with running(folder, when) as relay:
        line = world.as_relay(TH, KH)
        with pytest.raises(WorldError, match=r"net\."):
            line.deliver(sealed)
        line.close()
        assert relay.ends() == -signal.SIGKILL
    with running(folder):
        line, desk = world.as_relay(TH, KH), world.as_desk(KH)
        # Neither of the two was done: there is no envelope without its event, and no event without its envelope.
        assert desk.collect(KH, 0) == ()
        assert desk.events(KH, 0) == LogPage()
        assert desk.checkpoint(KH) is None
        replies = line.deliver(sealed)
        assert statuses(replies) == [ACCEPTED] * 3
        assert [place(world, reply) for reply in replies] == [0, 1, 2]
        assert len(desk.collect(KH, 0)) == len(desk.events(KH, 0)[0]) == 3
        for one in (line, desk):
            one.close()


def place(world: World, reply: Reply) -> int:
    """Where the reply's receipt proves the envelope to stand in the receiver's log."""
    agency = world.agencies[KH]
    expected = Expected(LogEventKind.DELIVERED, reply.leaf or b"", TH, KH, agency.opening.id)
    return verify_receipt(reply.receipt, expected, LogIdentity.of(KH, agency.log_keys)).index


def test_a_sender_killed_between_the_peers_reply_and_its_own_books(tmp_path: Path) -> None:
    world = World.founded(now())
    quick = "[outbox]\ncall_seconds = 1.0\nlease_seconds = 2.0\nidle_seconds = 0.1\n"
    world.relay_folder(tmp_path / "th", TH, quick)
    world.relay_folder(tmp_path / "kh", KH)
    (sealed,) = world.seal(TH, [KH])
    with running(tmp_path / "kh"):
        with running(tmp_path / "th", "--die-after-delivery") as sender:
            desk = world.as_desk(TH)
            assert statuses(desk.submit([sealed.envelope])) == [ACCEPTED]
            desk.close()
            assert sender.ends() == -signal.SIGKILL
        with running(tmp_path / "th"):
            desk, receiver = world.as_desk(TH), world.as_desk(KH)
            until(lambda: bool(desk.outcomes(TH, 0)))
            (end,) = desk.outcomes(TH, 0)
            assert (end.leaf, end.recipient, end.status) == (sealed.leaf, KH, DUPLICATE)
            assert len(receiver.collect(KH, 0)) == 1
            assert statuses(desk.submit([sealed.envelope])) == [DUPLICATE]
            for one in (desk, receiver):
                one.close()


def test_submitted_while_the_peer_is_away_and_both_restart(tmp_path: Path) -> None:
    world = World.founded(now())
    # A sender that was killed in the middle of an attempt holds its claim until the lease ends.
    quick = "base_seconds = 0.5\ncap_seconds = 1.0\nidle_seconds = 0.1\ncall_seconds = 1.0\nlease_seconds = 2.0\n"
    world.relay_folder(tmp_path / "th", TH, f"[outbox]\n{quick}")
    world.relay_folder(tmp_path / "kh", KH)
    sealed = world.seal(TH, [KH], 5)
    with running(tmp_path / "th") as sender:
        desk = world.as_desk(TH)
        assert statuses(desk.submit([one.envelope for one in sealed])) == [ACCEPTED] * 5
        desk.close()
        sender.process.kill()
        assert sender.ends() == -signal.SIGKILL
    with running(tmp_path / "th"):
        desk, receiver = world.as_desk(TH), world.as_desk(KH)
        assert desk.outcomes(TH, 0) == ()
        with running(tmp_path / "kh"):
            until(lambda: len(desk.outcomes(TH, 0)) == 5)
            assert sorted(one.envelope for one in receiver.collect(KH, 0)) == sorted(one.envelope for one in sealed)
        for one in (desk, receiver):
            one.close()


def test_replay_after_restart_pruning_and_a_clock_set_back(tmp_path: Path) -> None:
    world, folder, clock = World.founded(), tmp_path / "relay", tmp_path / "clock"
    settings = world.relay_folder(folder, KH, "[retention]\nhousekeeping_seconds = 86400\n")
    log = folder / "relay.err"
    first, second = deliveries(world.seal(TH, [KH], lifetime=HOUR), KH)[0], world.seal(TH, [KH], lifetime=2 * DAY)[0]

    def serves_at(at: Moment, delivery: Delivery) -> tuple[DeliverStatus, str]:
        clock.write_text(str(int(at)), "ascii")
        with running(folder, "--clock", str(clock)):
            line = world.as_relay(TH, KH)
            (reply,) = line.deliver([delivery])
            line.close()
        return reply.status, reply.code

    assert settings.retention.seen_margin_seconds == DAY
    assert serves_at(START, first) == (ACCEPTED, "")
    assert serves_at(START, first) == (DUPLICATE, "")
    # Expired but not pruned: the clock decides, and set back, the row does.
    assert serves_at(START.plus(HOUR), first) == (DeliverStatus.REFUSED, "admit.expired")
    assert serves_at(START, first) == (DUPLICATE, "")
    # Pruned at start, a day after expiry; set back, the mark decides.
    assert serves_at(START.plus(2 * DAY - 60), Delivery(second.envelope, KH)) == (ACCEPTED, "")
    assert "replay protection was pruned" in log.read_text("utf-8")
    assert serves_at(START, first) == (DeliverStatus.RETRY, "relay.try-later")
    assert serves_at(START, Delivery(second.envelope, KH)) == (DUPLICATE, "")


def test_a_port_in_use_and_a_database_of_a_newer_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    monkeypatch.delenv("GRPC_VERBOSITY", raising=False)
    world = World.founded(now())
    world.relay_folder(tmp_path / "one", KH)
    world.relay_folder(tmp_path / "two", KH)
    with running(tmp_path / "one"):
        second = Running(tmp_path / "two")
        assert second.ends() == 4
        assert second.errors().splitlines()[-1] == "listen.in-use"
        assert "Failed to add port" not in second.errors()
    with sqlite3.connect(tmp_path / "one" / "relay.sqlite") as connection:
        connection.execute("UPDATE relay_version SET version_num = '9999'")
    connection.close()
    newer = Running(tmp_path / "one")
    assert newer.ends() == 4
    assert newer.errors().splitlines()[-1] == "store.newer-version"


def test_settings_and_records_that_do_not_agree(tmp_path: Path) -> None:
    world = World.founded(now())
    settings = world.relay_folder(tmp_path / "relay", TH)
    (settings.records / "relay-th.dsdw.record").unlink()
    relay = Running(tmp_path / "relay")
    assert relay.ends() == 2
    assert relay.errors().splitlines()[-1] == "settings.not-in-records"
