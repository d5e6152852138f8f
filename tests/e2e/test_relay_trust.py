"""Trust that changes while real relays run: an agency leaves, data grow old, certificates rotate under load.

Real processes, real mTLS, real files; nothing waits for time to pass except where the clock is a file.
"""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from reference_node.keys import make_tls, save_tls
from referral_proto.errors import ReferralError
from referral_proto.moment import DAY, HOUR, Moment
from referral_proto.ports import DeliverStatus, Delivery, Reply
from referral_proto.trust.amend import withdraw
from tests.e2e.running import Running, running, until
from tests.relay.published import Published
from tests.relay.world import KH, MEMORY_KIB, PASSPHRASE, TH, World, statuses

ACCEPTED, RETRY = DeliverStatus.ACCEPTED, DeliverStatus.RETRY
OFTEN = "[retention]\nhousekeeping_seconds = 0.05\n"


def now() -> Moment:
    return Moment(int(time.time()))


def test_a_withdrawn_agency_is_refused_on_its_live_connection(tmp_path: Path) -> None:
    world, folder = World.founded(now()), tmp_path / "kh"
    settings = world.relay_folder(folder, KH, OFTEN)
    with running(folder):
        line = world.as_relay(TH, KH)
        sealed = world.seal(TH, [KH], 2)
        assert statuses(line.deliver([Delivery(sealed[0].envelope, KH)])) == [ACCEPTED]
        left = withdraw(world.directory.history(TH), now(), world.registrars["th"])
        (settings.records / "left.record").write_bytes(left)
        codes: list[str] = []

        def refused() -> bool:
            try:
                codes.extend(reply.code for reply in line.deliver([Delivery(sealed[1].envelope, KH)]))
            except ReferralError as error:
                codes.append(error.code)
            # Refused on it, or cut with no way back in: whichever comes first.
            return codes[-1] in {"relay.not-allowed", "net.unreachable"}

        until(refused)
        # What came in before the relay looked was a duplicate or refused by the keyset; never a new acceptance after.
        line.close()
        again = world.as_relay(TH, KH)
        with pytest.raises(ReferralError, match=r"net\.unreachable|relay\.not-allowed"):
            again.deliver([Delivery(sealed[1].envelope, KH)])
        again.close()


def test_stale_data_put_everything_off_until_they_are_renewed(tmp_path: Path) -> None:
    world, clock = World.founded(now()), tmp_path / "clock"
    began = now()
    published = Published(world, tmp_path / "repository", began.plus(-HOUR))
    clock.write_text(str(int(began)), "ascii")
    quick = published.settings(folder=True) + "refresh_seconds = 0.1\n" + OFTEN
    world.relay_folder(tmp_path / "kh", KH, quick)
    with running(tmp_path / "kh", "--clock", str(clock)):
        line = world.as_relay(TH, KH)
        (first,) = world.seal(TH, [KH])
        assert statuses(line.deliver([Delivery(first.envelope, KH)])) == [ACCEPTED]
        later = began.plus(10 * DAY)
        clock.write_text(str(int(later)), "ascii")
        (second,) = world.seal(TH, [KH], at=later)
        assert line.deliver([Delivery(second.envelope, KH)]) == (Reply(RETRY, None, "trust.stale"),)
        published.publish(later)
        until(lambda: line.deliver([Delivery(second.envelope, KH)])[0].status.stored)
        line.close()


def rewritten(world: World, folders: list[Path], certificates: list[bytes], sequence: int) -> None:
    """A new relay record of kh.mosvy in everybody's records."""
    world.announce(KH, certificates, sequence)
    for folder in folders:
        world.write_records(folder / "records")


def test_tls_certificates_rotate_under_load_without_a_loss(tmp_path: Path) -> None:
    world = World.founded(now())
    th, kh = tmp_path / "th", tmp_path / "kh"
    quick = "[outbox]\nbase_seconds = 0.2\ncap_seconds = 0.5\nidle_seconds = 0.1\n" + OFTEN
    world.relay_folder(th, TH, quick)
    world.relay_folder(kh, KH, quick)
    old, new = world.relays[KH], make_tls(f"relay.{KH}", now())
    sent: list[bytes] = []

    with running(th):
        desk = world.as_desk(TH)

        def send(count: int) -> None:
            sealed = [one.envelope for one in world.seal(TH, [KH], count)]
            assert set(statuses(desk.submit(sealed))) == {ACCEPTED}
            sent.extend(sealed)

        before = Running(kh)
        before.says("ready")
        send(20)
        rewritten(world, [th, kh], [old.der, new.der], 1)
        send(20)
        # In the middle of its work: what was not confirmed is delivered again.
        assert before.stop(signal.SIGTERM) == 0
        send(20)
        for name in ("tls.key", "tls.crt"):
            (kh / name).unlink()
        save_tls(new, kh / "tls.key", kh / "tls.crt", PASSPHRASE, MEMORY_KIB)
        world.relays[KH] = new
        with running(kh):
            send(20)
            rewritten(world, [th, kh], [new.der], 2)
            send(20)
            until(lambda: len(desk.outcomes(TH, 0)) == 64)
            page = desk.outcomes(TH, 0)
            until(lambda: len(page) + len(desk.outcomes(TH, page[-1].cursor)) == len(sent))
            receiver = world.as_desk(KH)
            got = list(receiver.collect(KH, 0))
            got += receiver.collect(KH, got[-1].cursor)
            assert sorted(one.envelope for one in got) == sorted(sent)
            receiver.close()
        desk.close()
