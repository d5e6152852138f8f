"""A desk that follows the trust repository over its relay, as real processes: starts, warns, refuses, recovers.

Both go by one clock in a file; nothing waits for time to pass.
"""

from __future__ import annotations

import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from reference_node.rpc.desk_client import DeskClient
from referral_proto import MessageKind, Purpose
from referral_proto.errors import ReferralError
from referral_proto.moment import DAY, HOUR, Moment
from tests.desk.world import EXAMPLE
from tests.e2e.desks import desk_folder
from tests.e2e.running import running, until
from tests.relay.published import Published
from tests.relay.world import KH, TH, World, free_port

QUICK = "refresh_seconds = 0.1\n[retention]\nhousekeeping_seconds = 0.05\n"
PACE = "poll_seconds = 0.1\nbackoff_cap_seconds = 0.5\n"


def refused(client: DeskClient) -> str:
    """With which code the desk turns a referral down; empty if it takes it."""
    try:
        client.refer(EXAMPLE, MessageKind.OFFER, Purpose.REFERRAL_OFFER, (KH,))
    except ReferralError as error:
        return error.code
    return ""


def metrics(port: int) -> dict[str, float]:
    """What Prometheus would see, without the prefix."""
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        lines = [line.split() for line in answer.read().decode("ascii").splitlines() if not line.startswith("#")]
    return {name.removeprefix("referral_"): float(value) for name, value in lines}


@pytest.mark.req("TRU-17")
@pytest.mark.timeout(120)
def test_a_desk_with_a_mirror_of_its_own(tmp_path: Path) -> None:
    began = Moment(int(time.time()))
    world, clock = World.founded(began), tmp_path / "clock"
    published = Published(world, tmp_path / "repository", began.plus(-HOUR))
    clock.write_text(str(int(began)), "ascii")
    world.relay_folder(tmp_path / "relay", TH, published.settings(folder=True) + QUICK)
    trust = f'[trust]\nroot = "{published.bootstrap}"\nrefresh_seconds = 1.0\n'
    port = free_port()
    desk = desk_folder(world, tmp_path / "desk", TH, f'{PACE}metrics = "127.0.0.1:{port}"\n', trust)
    # What is said by hand is a guide only: without its mirror the desk decides nothing.
    with running(desk, "--clock", str(clock), half="desk") as alone:
        client = DeskClient(desk / "desk.sock")
        assert refused(client) == "trust.no-state"
        assert client.status().trust_code == "trust.no-state"
        until(lambda: "trust.no-state" in alone.errors())
        client.close()

    with (
        running(tmp_path / "relay", "--clock", str(clock)),
        running(desk, "--clock", str(clock), half="desk") as office,
    ):
        client = DeskClient(desk / "desk.sock")

        def moved(at: Moment) -> None:
            clock.write_text(str(int(at)), "ascii")

        until(lambda: client.status().trust_code is None)
        assert client.status().trust_age_seconds == HOUR
        served = metrics(port)
        assert served["trust_age_seconds"] == HOUR
        assert min(served[f"{one}_ends_at"] for one in ("tls_certificate", "signing_keyset", "opening_key")) > began
        assert refused(client) == ""
        until(lambda: client.status().queued == 0)

        # Two days without news: a warning, in the log and to the officer; the work goes on.
        moved(began.plus(2 * DAY))
        until(lambda: "trust.stale" in client.status().trust_notices)
        until(lambda: "need attention" in office.errors() and "trust.stale" in office.errors())
        assert refused(client) == ""

        # Beyond the limit nothing is sealed, and what is there can still be read.
        moved(began.plus(8 * DAY))
        until(lambda: client.status().trust_code == "trust.stale")
        assert refused(client) == "trust.stale"
        assert client.cases().cases

        # New data come through the relay, and the desk goes on by itself.
        published.publish(began.plus(8 * DAY))

        def recovered() -> bool:
            # The desk asks again after so many seconds, by its clock.
            moved(Moment(int(clock.read_text("ascii")) + 1))
            return client.status().trust_code is None

        until(recovered)
        age = client.status().trust_age_seconds
        assert age is not None and age < HOUR
        client.close()

    # After a restart without a line it works on what it holds.
    with running(desk, "--clock", str(clock), half="desk"):
        client = DeskClient(desk / "desk.sock")
        assert client.status().trust_code is None
        clock.write_text(str(int(began.plus(3 * DAY))), "ascii")
        # A clock that is days behind is named, not taken for an age.
        until(lambda: client.status().trust_code == "trust.clock")
        assert refused(client) == "trust.clock"
        client.close()
