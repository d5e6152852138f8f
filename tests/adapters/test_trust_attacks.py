"""Law: no repository, however signed, moves a node backwards, sideways or out of a role's bounds; what it held stays.

The table of attacks on a TUF repository, run against the mirror. Each refusal leaves the last good state in force.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from referral_proto.adapters.trust_drafts import Signers, draft_country, draft_root
from referral_proto.adapters.trust_keys import KeyRole, RepositoryPublicKey
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.adapters.trust_reading import Notice
from referral_proto.errors import PeerError, ReferralError, WorldError
from referral_proto.ids import agency_id
from referral_proto.moment import DAY, HOUR
from tests.adapters import trust_world as tw
from tests.adapters.trust_forge import altered, republished
from tests.adapters.trust_world import AT, CountingSource, World

LATER = AT.plus(2 * HOUR)
XA_KEYS = [tw.key(KeyRole.COUNTRY, holder) for holder in tw.COUNTRY_HOLDERS["xa"]]
XB_KEY = tw.key(KeyRole.COUNTRY, tw.COUNTRY_HOLDERS["xb"][0])
FOUNDER_TARGETS = [tw.key(KeyRole.TARGETS, founder) for founder in tw.FOUNDERS]
FOUNDER_ROOTS = [tw.key(KeyRole.ROOT, founder) for founder in tw.FOUNDERS]
SMALL_ORDER = (1).to_bytes(32, "little").hex()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def mirror(world: World) -> TrustMirror:
    mirror = world.mirror()
    mirror.refresh(world.source, AT.plus(HOUR))
    return mirror


def refused(mirror: TrustMirror, files: Mapping[str, bytes], at: Any = LATER) -> ReferralError:
    """The error, having looked that nothing changed."""
    before = mirror.state(AT.plus(HOUR))
    with pytest.raises((PeerError, WorldError)) as caught:
        mirror.refresh(CountingSource(files), at)
    assert mirror.state(AT.plus(HOUR)) == before
    return caught.value


def test_an_old_repository_served_again_is_refused(world: World, mirror: TrustMirror) -> None:
    old = world.copy()
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1)])
    world.publish(LATER)
    mirror.refresh(world.source, LATER)
    with pytest.raises(PeerError) as caught:
        mirror.refresh(CountingSource(old), LATER)
    assert caught.value.code == "trust.repository-rollback"
    assert len(mirror.state(LATER).records) == 7


def test_stolen_online_keys_roll_no_country_back(world: World, mirror: TrustMirror) -> None:
    old = world.repository.current("country-xb")
    assert old is not None
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1)])
    world.publish(LATER)
    mirror.refresh(world.source, LATER)
    forged = republished(world.copy(), {"country-xb": old}, world.online, LATER)
    assert refused(mirror, forged).code == "trust.repository-rollback"


def test_after_stolen_online_keys_jumped_ahead_a_new_root_brings_nodes_back(world: World, mirror: TrustMirror) -> None:
    mirror.refresh(CountingSource(republished(world.copy(), {}, world.online, LATER, jump=1000)), LATER)
    assert mirror.state(LATER).snapshot_version == 1001
    world.publish(LATER)
    with pytest.raises(PeerError) as caught:
        mirror.refresh(world.source, LATER)
    assert caught.value.code == "trust.repository-rollback"
    world.root(LATER, online=1)
    published = world.publish(LATER)
    refreshed = mirror.refresh(world.source, LATER)
    assert refreshed.snapshot_version == published.snapshot_version == 2
    assert refreshed.root_version == 2


def test_a_frozen_repository_is_warned_of_then_refused(world: World, mirror: TrustMirror) -> None:
    mirror.refresh(world.source, AT.plus(2 * DAY))
    state = mirror.state(AT.plus(2 * DAY))
    assert state.age_seconds == 2 * DAY
    assert Notice("trust.stale", "") in state.warnings
    assert refused(mirror, world.copy(), AT.plus(7 * DAY)).code == "trust.repository-expired"
    with pytest.raises(WorldError) as caught:
        mirror.state(AT.plus(7 * DAY))
    assert caught.value.code == "trust.expired"


def test_files_of_two_versions_do_not_mix(world: World, mirror: TrustMirror) -> None:
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1)])
    world.publish(LATER)
    files = world.copy()
    files["metadata/2.country-xb.json"] = files["metadata/1.country-xb.json"]
    assert refused(mirror, files).code == "trust.repository-altered"


def test_files_of_two_versions_do_not_mix_without_hashes_either(world: World, mirror: TrustMirror) -> None:
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1)])
    files = world.copy()
    newer = files["metadata/2.country-xb.json"]
    forged = republished(files, {"country-xb": newer}, world.online, LATER, hashes=False)
    forged["metadata/2.country-xb.json"] = files["metadata/1.country-xb.json"]
    assert refused(mirror, forged).code == "trust.repository-rollback"


def test_one_of_two_keys_of_a_country_is_not_enough(world: World, mirror: TrustMirror) -> None:
    current = world.repository.current("country-xa")
    draft = draft_country(current, "xa", [tw.relay(tw.SHELTER, 1)], LATER)
    for by in ([XA_KEYS[0]], [XB_KEY], [XA_KEYS[0], XB_KEY]):
        forged = republished(world.copy(), {"country-xa": altered(draft, lambda _: None, *by)}, world.online, LATER)
        assert refused(mirror, forged).code == "trust.repository-signature"


def test_one_founder_alone_changes_no_targets(world: World, mirror: TrustMirror) -> None:
    current = world.repository.current("targets")
    assert current is not None
    alone = altered(current, lambda signed: signed.update(version=2), FOUNDER_TARGETS[0])
    assert refused(mirror, republished(world.copy(), {"targets": alone}, world.online, LATER)).code == (
        "trust.repository-signature"
    )


@pytest.mark.parametrize("role", ["country-xa", "country-xb"])
def test_a_country_publishes_nothing_in_another_countrys_name(world: World, mirror: TrustMirror, role: str) -> None:
    foreign = tw.agency(agency_id("xa.invented"))
    world.country("xa", LATER, [foreign])
    files = world.copy()
    newer = files["metadata/2.country-xa.json"]
    taken = altered(newer, lambda signed: signed.update({"x-referral-role": role}), XB_KEY)
    honest = files["metadata/1.country-xa.json"]
    forged = republished(files, {"country-xb": taken, "country-xa": honest}, world.online, LATER)
    refreshed = mirror.refresh(CountingSource(forged), LATER)
    assert Notice("trust.repository-outside", "country-xb") in refreshed.notices
    state = mirror.state(LATER)
    assert foreign not in state.records
    assert "xa.invented" not in state.fold(LATER).agencies()


def test_a_country_cannot_bring_another_countrys_record_under_a_name_of_its_own(
    world: World, mirror: TrustMirror
) -> None:
    foreign = tw.agency(agency_id("xa.withheld"))
    world.country("xa", LATER, [foreign])
    files = world.copy()
    at_home = "xa/withheld.agency.0.record"

    def renamed(signed: dict[str, Any]) -> None:
        signed["targets"] = {"xb/withheld.agency.0.record": signed["targets"][at_home]}
        signed["x-referral-role"] = "country-xb"

    taken = altered(files["metadata/2.country-xa.json"], renamed, XB_KEY)
    forged = republished(
        files, {"country-xb": taken, "country-xa": files["metadata/1.country-xa.json"]}, world.online, LATER
    )
    for path, data in files.items():
        if path.endswith(".withheld.agency.0.record"):
            forged[path.replace("targets/xa/", "targets/xb/")] = data
    refreshed = mirror.refresh(CountingSource(forged), LATER)
    assert Notice("trust.repository-record", "country-xb") in refreshed.notices
    assert foreign not in mirror.state(LATER).records


def test_a_new_root_needs_old_and_new_founders(world: World, mirror: TrustMirror) -> None:
    new = tw.signers(KeyRole.ROOT, tw.FOUNDERS, 2, number=1)
    new_keys = [tw.key(KeyRole.ROOT, founder, 1) for founder in tw.FOUNDERS]
    draft = draft_root(
        world.repository.current("root"),
        new,
        tw.signers(KeyRole.TARGETS, tw.FOUNDERS, 2),
        tw.signers(KeyRole.ONLINE, [tw.OPERATOR], 1),
        LATER,
    )
    for by in ([FOUNDER_ROOTS[0], *new_keys[:2]], [*FOUNDER_ROOTS[:2], new_keys[0]], new_keys):
        files = world.copy() | {"metadata/2.root.json": altered(draft, lambda _: None, *by)}
        assert refused(mirror, files).code == "trust.repository-signature"
    files = world.copy() | {"metadata/2.root.json": altered(draft, lambda _: None, *FOUNDER_ROOTS[:2], *new_keys[:2])}
    assert mirror.refresh(CountingSource(files), LATER).root_version == 2


def test_a_root_that_skips_a_version_is_refused(world: World, mirror: TrustMirror) -> None:
    root = world.repository.current("root")
    assert root is not None
    third = altered(root, lambda signed: signed.update(version=3), *FOUNDER_ROOTS)
    assert refused(mirror, world.copy() | {"metadata/2.root.json": third}).code == "trust.repository-rollback"


def test_an_altered_record_is_refused(world: World, mirror: TrustMirror) -> None:
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1)])
    world.publish(LATER)
    files = world.copy()
    path = next(path for path in files if path.endswith("police.relay.1.record"))
    for data in (files[path][:-1] + bytes([files[path][-1] ^ 1]), files[path][:-1], tw.relay(tw.POLICE)):
        assert refused(mirror, files | {path: data}).code == "trust.repository-altered"
    assert refused(mirror, files | {path: files[path] + b"x"}).code == "trust.repository-too-large"
    del files[path]
    assert refused(mirror, files).code == "trust.repository-incomplete"


def test_withdrawn_online_keys_are_worth_nothing_even_if_the_new_root_is_hidden_again(
    world: World, mirror: TrustMirror
) -> None:
    stolen, before = world.online, world.copy()
    world.root(LATER, online=1)
    hidden = world.copy()
    forged = republished(before, {}, stolen, LATER, jump=5)
    with_root = forged | {"metadata/2.root.json": hidden["metadata/2.root.json"]}
    assert refused(mirror, with_root).code == "trust.repository-signature"
    # The refresh failed, yet the root it brought is not forgotten.
    assert refused(mirror, forged).code == "trust.repository-signature"
    assert refused(world.mirror(), forged).code == "trust.repository-signature"
    world.publish(LATER)
    assert mirror.refresh(world.source, LATER).root_version == 2


def test_an_expired_country_holds_up_nobody_else(world: World, mirror: TrustMirror) -> None:
    world.publish(AT.plus(89 * DAY))
    at = AT.plus(89 * DAY + HOUR)
    mirror.refresh(world.source, at)
    assert Notice("trust.country-expiring", "country-xb") in mirror.state(at).warnings
    over = AT.plus(91 * DAY)
    world.country("xa", over)
    world.publish(over)
    for node in (mirror, world.mirror("new")):
        node.refresh(world.source, over)
        state = node.state(over)
        assert state.expired == {"xb", "int"}
        assert Notice("trust.country-expired", "country-xb") in state.warnings
        state.require(tw.SHELTER)
        with pytest.raises(PeerError) as caught:
            state.require(tw.POLICE)
        assert caught.value.code == "trust.country-expired"
        # What was received before must still be judged.
        assert tw.agency(tw.POLICE) in state.records


def test_a_revocation_in_an_expired_country_still_counts(world: World, mirror: TrustMirror) -> None:
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1)], days=1)
    over = AT.plus(3 * DAY)
    world.publish(over)
    mirror.refresh(world.source, over)
    state = mirror.state(over)
    assert tw.relay(tw.POLICE, 1) in state.records
    assert state.expired == {"xb"}


def _twice(signed: dict[str, Any]) -> None:
    key_id = signed["roles"]["targets"]["keyids"][0]
    signed["keys"]["aa" * 32] = signed["keys"][key_id]
    signed["roles"]["targets"]["keyids"].append("aa" * 32)


def _weak(signed: dict[str, Any]) -> None:
    key_id = signed["roles"]["timestamp"]["keyids"][0]
    signed["keys"]["aa" * 32] = signed["keys"][key_id] | {"keyval": {"public": SMALL_ORDER}}
    signed["roles"]["targets"]["keyids"].append("aa" * 32)


def _foreign_scheme(signed: dict[str, Any]) -> None:
    key_id = signed["roles"]["timestamp"]["keyids"][0]
    signed["keys"]["aa" * 32] = signed["keys"][key_id] | {"keytype": "ecdsa", "scheme": "ecdsa-sha2-nistp256"}
    signed["roles"]["targets"]["keyids"].append("aa" * 32)


@pytest.mark.parametrize(
    ("change", "code"),
    [(_twice, "trust.repository-layout"), (_weak, "key.weak"), (_foreign_scheme, "trust.repository-layout")],
)
def test_keys_that_would_hollow_out_a_threshold_are_refused(
    world: World, mirror: TrustMirror, change: Callable[[dict[str, Any]], None], code: str
) -> None:
    root = world.repository.current("root")
    assert root is not None

    def second(signed: dict[str, Any]) -> None:
        signed["version"] = 2
        change(signed)

    files = world.copy() | {"metadata/2.root.json": altered(root, second, *FOUNDER_ROOTS)}
    assert refused(mirror, files).code == code


@pytest.mark.parametrize(
    "change",
    [
        lambda role: role.update(paths=["xb/*", "xa/*"]),
        lambda role: role.update(paths=["*/*"]),
        lambda role: role.update(terminating=False),
        lambda role: (role.pop("paths"), role.update(path_hash_prefixes=["00"])),
        lambda role: role.update(name="country-XB"),
        lambda role: role.update(keyids=["bb" * 32]),
    ],
)
def test_a_country_role_has_its_own_paths_and_no_others(
    world: World, mirror: TrustMirror, change: Callable[[dict[str, Any]], object]
) -> None:
    current = world.repository.current("targets")
    assert current is not None

    def widened(signed: dict[str, Any]) -> None:
        signed["version"] = 2
        change(next(role for role in signed["delegations"]["roles"] if role["name"] == "country-xb"))

    wide = altered(current, widened, *FOUNDER_TARGETS)
    error = refused(mirror, republished(world.copy(), {"targets": wide}, world.online, LATER))
    assert error.code == "trust.repository-layout"


def test_roles_of_later_versions_are_passed_over(world: World, mirror: TrustMirror) -> None:
    current = world.repository.current("targets")
    assert current is not None

    def more(signed: dict[str, Any]) -> None:
        signed["version"] = 2
        roles = signed["delegations"]["roles"]
        roles.append(roles[0] | {"name": "corridor-xa-xb", "paths": ["corridors/*"]})

    wide = altered(current, more, *FOUNDER_TARGETS)
    assert mirror.refresh(CountingSource(republished(world.copy(), {"targets": wide}, world.online, LATER)), LATER)


def test_a_record_that_is_no_longer_offered_stays_in_force(world: World, mirror: TrustMirror) -> None:
    current = world.repository.current("country-xb")
    assert current is not None
    emptied = altered(current, lambda signed: signed.update(version=2, targets={}), XB_KEY)
    forged = republished(world.copy(), {"country-xb": emptied}, world.online, LATER)
    refreshed = mirror.refresh(CountingSource(forged), LATER)
    assert refreshed.notices == (Notice("trust.repository-removed", "country-xb"),)
    for node in (mirror, world.mirror()):
        assert tw.agency(tw.POLICE) in node.state(LATER).records
        assert node.state(LATER).fold(LATER).agency(tw.POLICE)


def test_signers_of_one_role_are_not_those_of_another() -> None:
    stranger = RepositoryPublicKey(KeyRole.ROOT, tw.OPERATOR, FOUNDER_ROOTS[0].public.ed25519)
    with pytest.raises(ReferralError) as caught:
        Signers([stranger], 1).checked(KeyRole.TARGETS)
    assert caught.value.code == "publish.keys"
