"""Law: a mirror takes all of a refresh or nothing, works on what it holds while that is good, and says when not."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from referral_proto.adapters import trust_shelf, trust_taking
from referral_proto.adapters.trust_drafts import draft_targets
from referral_proto.adapters.trust_fetch import FolderSource, ServedSource
from referral_proto.adapters.trust_keys import KeyRole
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.adapters.trust_paths import digest_of, served_path, target_path
from referral_proto.adapters.trust_reading import Notice
from referral_proto.adapters.trust_repository import TrustRepository
from referral_proto.errors import CallerError, OurError, PeerError, ReferralError, WorldError
from referral_proto.ids import Digest, agency_id
from referral_proto.moment import HOUR
from referral_proto.trust.issue import found_federation
from tests.adapters import trust_world as tw
from tests.adapters.trust_forge import altered, republished
from tests.adapters.trust_world import AT, CountingSource, World

LATER = AT.plus(2 * HOUR)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def code_of(error: pytest.ExceptionInfo[ReferralError]) -> str:
    return error.value.code


def test_a_refresh_takes_everything_and_the_next_one_only_what_is_new(world: World) -> None:
    mirror, source = world.mirror(), CountingSource(world.copy())
    first = mirror.refresh(source, AT.plus(60))
    assert (first.fetched, first.kept, len(source.records)) == (6, 0, 6)
    assert first.directory is not None
    assert first.directory.agencies() == ("int.ngo", "xa.shelter", "xb.police")
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1)])
    world.publish(LATER)
    source = CountingSource(world.copy())
    second = world.mirror().refresh(source, LATER)
    assert (second.fetched, second.kept, len(source.records)) == (1, 6, 1)
    # The two countries that changed nothing are not asked for again.
    assert [path for path in source.asked if "country" in path] == ["metadata/2.country-xb.json"]
    assert second.snapshot_version == 2


def test_nothing_new_costs_two_questions_and_changes_only_the_time(world: World, tmp_path: Path) -> None:
    mirror = world.mirror()
    mirror.refresh(world.source, AT.plus(60))
    before = mirror.state(AT.plus(60))
    source = CountingSource(world.copy())
    again = mirror.refresh(source, AT.plus(HOUR))
    assert source.asked == ["metadata/2.root.json", "metadata/timestamp.json"]
    assert (again.fetched, again.kept, again.directory) == (0, 6, None)
    after = mirror.state(AT.plus(HOUR))
    assert (before.refreshed_at, after.refreshed_at) == (AT.plus(60), AT.plus(HOUR))
    assert after.records == before.records
    assert [path.name for path in (tmp_path / "mirror" / "generations").iterdir()] == ["1"]


def test_a_root_that_is_none_is_the_operators_mistake(world: World, tmp_path: Path) -> None:
    for root in (b"", b"{}", world.copy()["metadata/timestamp.json"], altered(world.bootstrap, lambda _: None)):
        with pytest.raises(CallerError) as caught:
            TrustMirror(tmp_path / "other", root).refresh(world.source, AT)
        assert code_of(caught) == "trust.bootstrap"


@pytest.mark.parametrize("part", ["snapshot", "country-xb", "police.relay.1.record"])
@pytest.mark.parametrize("error", [WorldError("net.unreachable"), PeerError("net.protocol")])
@pytest.mark.req("TRU-07")
def test_an_interrupted_refresh_leaves_the_last_good_state_and_goes_on_where_it_was(
    world: World, part: str, error: ReferralError
) -> None:
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    before = mirror.state(LATER)
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1)])
    world.country("int", LATER, [tw.relay(tw.NGO)])
    world.publish(LATER)
    source = CountingSource(world.copy())
    broken = next(path for path in source.files if part in path and ("2." in path or "targets" in path))
    source.failing[broken] = error
    with pytest.raises(type(error)) as caught:
        mirror.refresh(source, LATER)
    assert caught.value is error
    assert mirror.state(LATER) == world.mirror().state(LATER) == before
    rest = CountingSource(world.copy())
    done = mirror.refresh(rest, LATER)
    assert done.fetched + done.kept == 8
    got = [path for path in source.records if path != broken]
    assert not set(got) & set(rest.records)


def test_an_error_of_another_kind_in_a_source_is_an_unreachable_repository(world: World) -> None:
    source = CountingSource(world.copy())
    source.failing["metadata/timestamp.json"] = OSError("line cut")
    with pytest.raises(WorldError) as caught:
        world.mirror().refresh(source, AT)
    assert code_of(caught) == "trust.repository-unreachable"


def test_a_program_killed_before_the_last_step_changed_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    before = mirror.state(LATER)
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1)])
    world.publish(LATER)
    for step in ("touch", "keep_snapshot"):

        def killed(*_: object) -> None:
            raise OurError("ours.broken-promise")

        with monkeypatch.context() as patched:
            patched.setattr(trust_shelf.Shelf, step, killed)
            with pytest.raises(OurError):
                mirror.refresh(world.source, LATER)
        assert world.mirror().state(LATER) == before
    assert world.mirror().refresh(world.source, LATER).kept == 7
    assert len(world.mirror().state(LATER).records) == 7


def test_two_refreshes_at_once_are_refused(world: World, tmp_path: Path) -> None:
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    with (tmp_path / "mirror" / "lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(WorldError) as caught:
            mirror.refresh(world.source, AT)
        assert code_of(caught) == "trust.mirror-busy"
        assert mirror.state(AT)
    mirror.refresh(world.source, AT)


def test_a_mirror_serves_what_it_mirrors(world: World, tmp_path: Path) -> None:
    world.root(AT.plus(60))
    world.publish(AT.plus(60))
    mirror = world.mirror()
    mirror.refresh(world.source, AT.plus(60))
    second = TrustMirror(tmp_path / "second", world.bootstrap)
    second.refresh(ServedSource(mirror.file), LATER)
    ours, theirs = mirror.state(LATER), second.state(LATER)
    assert ours.records == theirs.records
    assert ours.snapshot_digest == theirs.snapshot_digest
    assert theirs.root_version == 2
    third = TrustMirror(tmp_path / "third", world.bootstrap)
    assert third.refresh(ServedSource(second.file), LATER).fetched == 6


def test_who_copies_while_the_mirror_moves_on_can_end(world: World, tmp_path: Path) -> None:
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    old = {path: mirror.file(path) for path in world.copy()}
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1)])
    world.publish(LATER)
    mirror.refresh(world.source, LATER)
    for node in (mirror, world.mirror()):
        for path, data in old.items():
            assert node.file(path) == data or path == "metadata/timestamp.json"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../current.json",
        "metadata/../../current.json",
        "metadata/0.root.json",
        "metadata/9.root.json",
        "metadata/1.root.json\n",
        "metadata/root.json",
        "metadata/index.json",
        "metadata/1.snapshot.json/",
        "targets/xb/police.agency.0.record",
        "targets/xb/" + "0" * 64 + ".police.agency.0.record",
        "targets/xb/../xa/" + "0" * 64 + ".police.agency.0.record",
        "records/" + "0" * 64,
    ],
)
def test_a_mirror_serves_nothing_else(world: World, path: str) -> None:
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    assert mirror.file(path) is None


@pytest.mark.parametrize("victim", ["current.json", "generations/2/index.json", "records/*", "generations/2/metadata"])
def test_a_damaged_mirror_says_so_and_the_next_refresh_heals_it(world: World, tmp_path: Path, victim: str) -> None:
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    world.publish(LATER)
    mirror.refresh(world.source, LATER)
    for path in sorted((tmp_path / "mirror").glob(victim)):
        shutil.rmtree(path) if path.is_dir() else path.write_bytes(b"\0\0")
    if victim != "generations/2/metadata":
        with pytest.raises(WorldError) as caught:
            world.mirror().state(LATER)
        assert code_of(caught) == "trust.mirror-damaged"
    world.mirror().refresh(world.source, LATER)
    state = world.mirror().state(LATER)
    assert set(state.records) == set(mirror.state(LATER).records)
    assert state.refreshed_at == LATER


def test_another_federation_under_the_same_root_is_refused(world: World, tmp_path: Path) -> None:
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    pinned = TrustMirror(tmp_path / "pinned", world.bootstrap, Digest(bytes(32)))
    with pytest.raises(PeerError) as caught:
        pinned.refresh(world.source, AT)
    assert code_of(caught) == "trust.root"
    pinned = TrustMirror(tmp_path / "pinned", world.bootstrap, digest_of(tw.federation()))
    assert pinned.refresh(world.source, AT)
    with pytest.raises(WorldError):
        TrustMirror(tmp_path / "none", world.bootstrap).state(AT)


def test_what_does_not_fold_does_not_come_into_force(world: World) -> None:
    """The founders sign a second first federation record into the targets: a fork, whoever made it."""
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    publics = [tw.keys(founder).public for founder in tw.FOUNDERS]
    signers = [tw.keys(founder) for founder in tw.FOUNDERS]
    other = found_federation("Example Federation, changed", publics, 2, {}, AT, *signers)
    current = world.repository.current("targets")
    assert current is not None
    tree = json.loads(draft_targets(None, [other], tw.COUNTRIES, LATER))["signed"]
    by = [tw.key(KeyRole.TARGETS, founder) for founder in tw.FOUNDERS]
    forked = altered(current, lambda signed: signed.update(version=2, targets=tree["targets"]), *by)
    with pytest.raises(CallerError) as honest:
        TrustRepository(world.folder).accept(forked, LATER, [other])
    assert code_of(honest) == "publish.record"
    served = world.copy() | {served_path(target_path(other), sha256(other).hexdigest()): other}
    files = republished(served, {"targets": forked}, world.online, LATER)
    with pytest.raises(PeerError) as caught:
        mirror.refresh(ServedSource(files.get), LATER)
    assert code_of(caught) == "trust.record-fork"
    assert other not in mirror.state(LATER).records
    assert other not in world.mirror().state(LATER).records


def test_a_damaged_record_of_one_agency_is_left_out_and_named(world: World) -> None:
    name = "xb/invented.agency.0.record"
    current = world.repository.current("country-xb")
    assert current is not None
    by = tw.key(KeyRole.COUNTRY, tw.COUNTRY_HOLDERS["xb"][0])
    junk = b"no record at all"
    digest = sha256(junk).hexdigest()

    def add(signed: dict[str, dict[str, object]]) -> None:
        signed["version"] = 2  # type: ignore[assignment]  # JSON
        signed["targets"][name] = {"length": len(junk), "hashes": {"sha256": digest}}

    forged = republished(world.copy(), {"country-xb": altered(current, add, by)}, world.online, LATER)
    forged[f"targets/xb/{digest}.invented.agency.0.record"] = junk
    mirror = world.mirror()
    refreshed = mirror.refresh(CountingSource(forged), LATER)
    assert refreshed.notices == (Notice("trust.repository-record", "country-xb"),)
    assert junk not in mirror.state(LATER).records
    assert mirror.refresh(CountingSource(forged), LATER.plus(60)).fetched == 0


def test_a_crowded_country_holds_up_nobody_else(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    monkeypatch.setattr(trust_taking, "MOST_RECORDS", 3)
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1), tw.relay(tw.POLICE, 2)])
    world.country("xa", LATER, [tw.relay(tw.SHELTER, 1)])
    world.publish(LATER)
    refreshed = mirror.refresh(world.source, LATER)
    assert refreshed.notices == (Notice("trust.repository-crowded", "country-xb"),)
    state = mirror.state(LATER)
    assert tw.relay(tw.SHELTER, 1) in state.records
    assert tw.relay(tw.POLICE, 1) not in state.records
    assert tw.agency(tw.POLICE) in state.records


def test_a_country_that_has_published_nothing_holds_up_nobody(world: World) -> None:
    countries = dict(tw.COUNTRIES) | {"xc": tw.signers(KeyRole.COUNTRY, [agency_id("xc.ministry")], 1)}
    world.targets(LATER, countries=countries)
    world.publish(LATER)
    mirror = world.mirror()
    assert mirror.refresh(world.source, LATER).notices == (Notice("trust.country-missing", "country-xc"),)
    assert mirror.state(LATER).warnings == (Notice("trust.country-missing", "country-xc"),)


def test_a_repository_travels_on_a_stick(world: World, tmp_path: Path) -> None:
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    stick = tmp_path / "stick"
    with pytest.raises(CallerError) as caught:
        mirror.export(stick)
    assert code_of(caught) == "file.no-folder"
    stick.mkdir()
    assert mirror.export(stick) == 13
    assert mirror.export(stick) == 0
    offline = TrustMirror(tmp_path / "offline", world.bootstrap)
    offline.refresh(FolderSource(stick), AT)
    world.root(LATER)
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1)])
    world.publish(LATER)
    mirror.refresh(world.source, LATER)
    (stick / "metadata" / "1.targets.json").write_bytes(b"")
    assert mirror.export(stick) == 6
    assert offline.refresh(FolderSource(stick), LATER).fetched == 1
    assert set(offline.state(LATER).records) == set(mirror.state(LATER).records)


def test_a_full_disk_changes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    before = mirror.state(LATER)
    world.country("xb", LATER)
    world.publish(LATER)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    for module, name in ((os, "fsync"), (os, "replace"), (trust_shelf.shutil, "copyfile")):
        with monkeypatch.context() as patched:
            patched.setattr(module, name, full)
            with pytest.raises(WorldError) as caught:
                mirror.refresh(world.source, LATER)
            assert code_of(caught) == "file.full"
        assert world.mirror().state(LATER) == before
    assert mirror.refresh(world.source, LATER).snapshot_version == 2


def test_a_mirror_that_lost_its_metadata_still_goes_not_back(world: World, tmp_path: Path) -> None:
    old = world.copy()
    world.publish(LATER)
    mirror = world.mirror()
    mirror.refresh(world.source, LATER)
    shutil.rmtree(tmp_path / "mirror" / "generations" / "1" / "metadata")
    with pytest.raises(PeerError) as caught:
        world.mirror().refresh(CountingSource(old), LATER)
    assert code_of(caught) == "trust.repository-rollback"
