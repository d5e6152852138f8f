"""Law: a node goes by what it holds while that is good at the moment given, and says why when it is not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from referral_proto.adapters.trust_drafts import read
from referral_proto.adapters.trust_paths import digest_of
from referral_proto.adapters.trust_reading import Notice
from referral_proto.errors import PeerError, ReferralError, WorldError
from referral_proto.moment import DAY, HOUR
from referral_proto.trust.amend import revoke_keyset
from tests.adapters import trust_world as tw
from tests.adapters.trust_world import AT, World

LATER = AT.plus(2 * HOUR)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def code_of(error: pytest.ExceptionInfo[ReferralError]) -> str:
    return error.value.code


@pytest.mark.req("TRU-09")
def test_a_fresh_program_works_offline_until_the_timestamp_expires(world: World) -> None:
    world.mirror().refresh(world.source, AT.plus(60))
    shutil.rmtree(world.folder)
    mirror = world.mirror()
    state = mirror.state(AT.plus(6 * DAY))
    assert state.expires_at == AT.plus(7 * DAY)
    assert state.age_seconds == 6 * DAY
    assert set(state.warnings) == {Notice("trust.stale", ""), Notice("trust.expiring", "timestamp")}
    with pytest.raises(PeerError) as caught:
        mirror.refresh(world.source, AT.plus(6 * DAY))
    assert code_of(caught) == "trust.repository-incomplete"
    assert mirror.state(AT.plus(7 * DAY - 1)).records
    with pytest.raises(WorldError) as over:
        mirror.state(AT.plus(7 * DAY))
    assert code_of(over) == "trust.expired"
    # Judging what was received before needs the records all the same.
    assert len(mirror.records()) == 6


def test_data_older_than_the_federation_allows_is_refused_before_it_expires(world: World) -> None:
    world.publish(AT.plus(HOUR), timestamp_days=20)
    mirror = world.mirror()
    mirror.refresh(world.source, AT.plus(HOUR))
    limit = AT.plus(HOUR + 7 * DAY)
    assert mirror.state(limit.plus(-1)).age_seconds == 7 * DAY - 1
    mirror.refresh(world.source, limit)
    with pytest.raises(WorldError) as caught:
        mirror.state(limit)
    assert code_of(caught) == "trust.too-old"


def test_without_a_first_refresh_there_is_no_state(world: World) -> None:
    mirror = world.mirror()
    with pytest.raises(WorldError) as caught:
        mirror.state(AT)
    assert code_of(caught) == "trust.no-state"
    assert mirror.file("metadata/timestamp.json") is None


@pytest.mark.parametrize("days", [2, 400])
def test_a_clock_that_is_behind_is_named(world: World, days: int) -> None:
    at = AT.plus(-days * DAY)
    with pytest.raises(WorldError) as caught:
        world.mirror().refresh(world.source, at)
    assert (caught.value.code, caught.value.where) == ("trust.clock", f"clock behind by at least {days} days")
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    for call in (lambda: mirror.state(at), lambda: mirror.refresh(world.source, at)):
        with pytest.raises(WorldError) as again:
            call()
        assert code_of(again) == "trust.clock"
    assert mirror.state(AT.plus(-HOUR)).records


@pytest.mark.req("TRU-11")
def test_a_clock_that_is_ahead_is_named_when_the_repository_is_alive(world: World) -> None:
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    world.publish(LATER)
    with pytest.raises(WorldError) as caught:
        mirror.refresh(world.source, LATER.plus(30 * DAY))
    assert code_of(caught) == "trust.clock"
    assert "ahead by up to 23 days" in caught.value.where


def test_a_clock_that_was_ahead_for_a_while_does_not_lock_the_node_out(world: World) -> None:
    mirror = world.mirror()
    mirror.refresh(world.source, AT.plus(5 * DAY))
    state = mirror.state(AT.plus(DAY))
    assert Notice("trust.clock", "clock behind by at least 4 days") in state.warnings
    mirror.refresh(world.source, AT.plus(DAY))
    assert "trust.clock" not in {notice.code for notice in mirror.state(AT.plus(DAY)).warnings}


@pytest.mark.req("REC-19")
def test_the_moment_a_record_was_first_seen_is_remembered(world: World) -> None:
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1)])
    world.publish(LATER)
    world.mirror().refresh(world.source, LATER.plus(HOUR))
    world.publish(LATER.plus(2 * HOUR))
    mirror.refresh(world.source, LATER.plus(2 * HOUR))
    seen = mirror.state(LATER.plus(2 * HOUR)).seen
    assert seen[digest_of(tw.relay(tw.POLICE, 1))] == LATER.plus(HOUR)
    assert seen[digest_of(tw.agency(tw.POLICE))] == AT
    assert len(seen) == 7


def test_first_sights_that_were_lost_begin_anew_and_never_earlier(world: World, tmp_path: Path) -> None:
    world.mirror().refresh(world.source, AT)
    (tmp_path / "mirror" / "generations" / "1" / "seen.json").write_bytes(b"{}")
    with pytest.raises(WorldError) as caught:
        world.mirror().state(AT)
    assert code_of(caught) == "trust.mirror-damaged"
    world.publish(LATER)
    mirror = world.mirror()
    mirror.refresh(world.source, LATER)
    assert set(mirror.state(LATER).seen.values()) == {LATER}


def test_a_revocation_reaches_the_directory(world: World) -> None:
    mirror = world.mirror()
    first = mirror.refresh(world.source, AT.plus(60)).directory
    assert first is not None
    keyset = tw.keys(tw.POLICE)
    revoked = revoke_keyset(first.history(tw.POLICE), keyset.id, LATER, keyset, tw.keys(tw.REGISTRARS["xb"]))
    world.country("xb", LATER, [revoked])
    world.publish(LATER)
    mirror.refresh(world.source, LATER)
    directory = mirror.state(LATER).fold(LATER)
    assert directory.signing_keyset(tw.POLICE, keyset.id, LATER.plus(-1))
    with pytest.raises(PeerError) as caught:
        directory.signing_keyset(tw.POLICE, keyset.id, LATER)
    assert code_of(caught) == "trust.keyset-revoked"


def test_expiry_of_every_role_is_announced(world: World) -> None:
    at = AT.plus(350 * DAY)
    for country in ("xa", "xb", "int"):
        world.country(country, at)
    world.publish(at)
    mirror = world.mirror()
    mirror.refresh(world.source, at)
    assert set(mirror.state(at).warnings) == {Notice("trust.expiring", "root"), Notice("trust.expiring", "targets")}
    assert read(world.bootstrap).signed.version == 1
