"""Questions about trust over real TLS: whoever is enrolled may ask, and what comes back stands by its signatures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.crypto.opening import OpeningKey
from referral_proto.errors import PeerError, ReferralError
from referral_proto.ids import AgencyId
from referral_proto.moment import HOUR
from referral_proto.trust.issue import publish_opening_key
from tests.relay.published import Published
from tests.relay.world import KH, SHELTER, START, TH
from tests.rpc.conftest import Served


@pytest.fixture
def published(served: Served, tmp_path: Path) -> Published:
    """th.dsdw's relay has the repository; kh.mosvy's asks it, with no folder of its own."""
    made = Published(served.world, tmp_path / "repository", START.plus(-HOUR))
    served.start(TH, made.settings(folder=True) + "\n")
    served.start(KH, made.settings(folder=False) + "\n")
    return made


def test_relays_and_desks_mirror_from_a_relay(
    served: Served, published: Published, tmp_path: Path, until: Callable[[Callable[[], bool]], None]
) -> None:
    app = served.apps[KH]

    def followed() -> bool:
        # The relay's own thread may be at it.
        app.following.turn()
        return not app.trust.refusal()

    until(followed)
    for number, line in enumerate((served.world.as_desk(KH), served.world.as_relay(TH, KH))):
        mirror = TrustMirror(tmp_path / f"mirror-{number}", published.bootstrap.read_bytes())
        mirror.refresh(line, START)
        shown = line.snapshot()
        assert shown is not None
        assert mirror.digest_at(shown[0]) == shown[1]
        assert mirror.compare(*shown) is None
        for path in ("metadata/9.root.json", "metadata/../relay.toml", "../../etc/passwd", "", "targets/x/y.record"):
            with pytest.raises(PeerError, match=r"trust\.no-file"):
                line.trust_file(path)
        line.close()


def test_without_a_repository_there_is_nothing_to_mirror(both: Served) -> None:
    line = both.world.as_desk(KH)
    assert line.snapshot() is None
    with pytest.raises(PeerError, match=r"trust\.no-file"):
        line.trust_file("metadata/timestamp.json")
    line.close()


def test_a_desk_publishes_its_own_key_and_another_desk_gets_it_through_its_relay(served: Served) -> None:
    # The one that is asked first: who has found nobody there waits, and no clock moves here.
    for operator in (KH, TH):
        served.start(operator)
    world = served.world
    mine, theirs, neighbour = world.as_desk(KH), world.as_desk(TH), world.as_desk(SHELTER)
    record = publish_opening_key(world.agencies[KH].keys, OpeningKey.create(KH).public, 2, START, 14)
    mine.publish_opening_key(record)
    mine.publish_opening_key(record)
    assert mine.opening_keys(KH) == (record,)
    (served.apps[TH].settings.records / f"opening-{KH}.record").unlink()
    served.apps[TH].upkeep.turn()
    assert theirs.opening_keys(KH) == (record,)
    assert neighbour.opening_keys(KH) == (record,)
    assert theirs.opening_keys(AgencyId("kh.nobody")) == ()
    for line in (mine, theirs, neighbour):
        line.close()


def test_nobody_publishes_for_somebody_else(both: Served) -> None:
    world = both.world
    record = publish_opening_key(world.agencies[KH].keys, OpeningKey.create(KH).public, 9, START, 14)
    desk, relay = world.as_desk(TH), world.as_relay(TH, KH)
    for line, code in ((desk, "relay.opening-key"), (relay, "relay.not-allowed")):
        with pytest.raises(ReferralError) as caught:
            line.publish_opening_key(record)
        assert caught.value.code == code
        line.close()


def test_a_stranger_may_ask_nothing(both: Served) -> None:
    line = both.world.dial(both.world.agencies[TH].desk, KH)
    for call in (
        lambda: line.trust_file("metadata/timestamp.json"),
        line.snapshot,
        lambda: line.opening_keys(KH),
        lambda: line.publish_opening_key(b"x"),
    ):
        with pytest.raises(ReferralError, match=r"net\.unreachable"):
            call()
    line.close()
