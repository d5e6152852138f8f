"""Law: nothing is published that nodes would refuse, and nobody's signature can be spared or moved elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient import Updater
from tuf.ngclient.fetcher import FetcherInterface

from referral_proto.adapters.trust_drafts import (
    Signers,
    draft_country,
    draft_root,
    draft_targets,
    merge,
    role_of,
    sign,
    summary,
    tallies,
)
from referral_proto.adapters.trust_keys import KeyRole
from referral_proto.adapters.trust_paths import parse_target, target_path
from referral_proto.adapters.trust_repository import TrustRepository
from referral_proto.crypto.opening import OpeningKey
from referral_proto.errors import CallerError, PeerError, ReferralError, WorldError
from referral_proto.ids import agency_id
from referral_proto.moment import DAY, HOUR, Moment
from referral_proto.trust.issue import announce_relay, publish_opening_key
from tests.adapters import trust_world as tw
from tests.adapters.trust_forge import altered
from tests.adapters.trust_world import AT, World

LATER = AT.plus(2 * HOUR)
ROOTS = tw.signers(KeyRole.ROOT, tw.FOUNDERS, 2)
TARGETS = tw.signers(KeyRole.TARGETS, tw.FOUNDERS, 2)
ONLINE = tw.signers(KeyRole.ONLINE, [tw.OPERATOR], 1)
XA = [tw.key(KeyRole.COUNTRY, holder) for holder in tw.COUNTRY_HOLDERS["xa"]]
XB = tw.key(KeyRole.COUNTRY, tw.COUNTRY_HOLDERS["xb"][0])


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def current(world: World, role: str) -> bytes:
    found = world.repository.current(role)
    assert found is not None
    return found


def refusal(call: object, *arguments: object, **named: object) -> tuple[str, str]:
    with pytest.raises((CallerError, PeerError)) as caught:
        call(*arguments, **named)  # type: ignore[operator]  # any of the functions under test
    return caught.value.code, caught.value.where


class _Files(FetcherInterface):
    def __init__(self, world: World) -> None:
        self._files = world.copy()

    def _fetch(self, url: str) -> Iterator[bytes]:
        if url not in self._files:
            raise DownloadHTTPError("none", 404)
        return iter((self._files[url],))


def test_any_tuf_client_reads_the_repository(tmp_path: Path) -> None:
    """python-tuf's Updater as it comes, at its own moment: hence drafts made for now."""
    world = World(tmp_path)
    now = Moment(int(datetime.now(UTC).timestamp()))
    world.root(now)
    world.targets(now)
    world.country("xb", now)
    # An operator whose clock went back publishes nothing: begin anew at this moment.
    (world.folder / "metadata" / "timestamp.json").unlink()
    for path in world.folder.glob("metadata/*.snapshot.json"):
        path.unlink()
    world.publish(now)
    (tmp_path / "client").mkdir()
    client = Updater(
        str(tmp_path / "client"),
        "metadata/",
        str(tmp_path),
        "targets/",
        fetcher=_Files(world),
        bootstrap=world.bootstrap,
    )
    info = client.get_targetinfo("xb/police.agency.0.record")
    assert info is not None
    assert Path(client.download_target(info)).read_bytes() == tw.agency(tw.POLICE)
    assert client.get_targetinfo("xb/nobody.agency.0.record") is None


def test_signatures_travel_and_are_counted() -> None:
    draft = draft_root(None, ROOTS, TARGETS, ONLINE, AT)
    one, two = (sign(draft, tw.key(KeyRole.ROOT, founder)) for founder in tw.FOUNDERS[:2])
    (tally,) = tallies(one, one)
    assert (tally.by, len(tally.signed), len(tally.unsigned), tally.threshold) == ("root 1", 1, 2, 2)
    assert tally.signed[0].startswith("xa.ministry ")
    assert not tally.enough
    whole = merge(one, two)
    assert tallies(whole, whole)[0].enough
    assert merge(whole, one, two, draft) == whole
    assert refusal(merge, one, draft_root(None, ROOTS, TARGETS, ONLINE, LATER)) == ("publish.different", "")


def test_a_key_of_another_role_signs_nothing(world: World) -> None:
    for draft, key in (
        (world.bootstrap, tw.key(KeyRole.TARGETS, tw.FOUNDERS[0])),
        (current(world, "targets"), tw.key(KeyRole.ROOT, tw.FOUNDERS[0])),
        (current(world, "country-xa"), tw.key(KeyRole.TARGETS, tw.FOUNDERS[0])),
        (current(world, "timestamp"), XB),
    ):
        if role_of(draft) != "timestamp":
            assert refusal(sign, draft, key)[0] == "publish.key"
    stranger = tw.key(KeyRole.ROOT, tw.OPERATOR)
    signed = sign(draft_root(None, ROOTS, TARGETS, ONLINE, AT), stranger)
    assert tallies(signed, signed)[0].signed == ()


@pytest.mark.parametrize(
    "signers",
    [
        Signers(ROOTS.keys, 0),
        Signers(ROOTS.keys, 4),
        Signers([], 1),
        Signers([ROOTS.keys[0], ROOTS.keys[0]], 2),
        Signers(TARGETS.keys, 2),
        Signers([ROOTS.keys[0], tw.key(KeyRole.ROOT, tw.FOUNDERS[0], 1).public], 2),
    ],
)
def test_a_threshold_that_means_nothing_is_refused(signers: Signers) -> None:
    assert refusal(draft_root, None, signers, TARGETS, ONLINE, AT) == ("publish.keys", "root")


def test_a_summary_says_what_a_signature_would_mean(world: World) -> None:
    before = current(world, "targets")
    countries = {"xb": tw.COUNTRIES["xb"], "xc": tw.signers(KeyRole.COUNTRY, [agency_id("xc.ministry")], 1)}
    said = summary(draft_targets(before, [], countries, LATER, days=10), before)
    assert (said.role, said.version, said.issued_at, said.expires_at) == ("targets", 2, LATER, LATER.plus(10 * DAY))
    assert [line.rsplit(" ", 1)[0] for line in said.added] == [
        "key country-xc xc.ministry",
        "threshold country-xc 1 of",
    ]
    assert {line.split(" ")[1] for line in said.removed} == {"country-xa", "country-int"}
    first = summary(current(world, "country-xb"))
    assert [line.split(" ")[1] for line in first.added] == ["xb/police.agency.0.record", "xb/police.relay.0.record"]


def test_records_stand_under_their_own_paths_only(world: World) -> None:
    before = current(world, "country-xb")
    opening = OpeningKey.from_seed(tw.POLICE, tw.seed("opening"))
    for record in (tw.agency(tw.SHELTER), tw.federation()):
        assert refusal(draft_country, before, "xb", [record], LATER)[0] == "publish.record"
    published = publish_opening_key(tw.keys(tw.POLICE), opening.public, 0, AT)
    assert refusal(draft_country, before, "xb", [published], LATER) == ("trust.record-malformed", "kind")
    assert refusal(draft_country, before, "xb", [b"junk"], LATER)[0] == "trust.record-malformed"
    assert refusal(draft_country, before, "xa", [], LATER)[0] == "publish.record"
    assert refusal(draft_targets, current(world, "targets"), [tw.agency(tw.SHELTER)], {}, LATER)[0] == "publish.record"
    assert refusal(draft_targets, None, [], {"XA": tw.COUNTRIES["xa"]}, LATER)[0] == "publish.record"
    for record in (tw.agency(tw.SHELTER), tw.relay(tw.SHELTER, 12), tw.federation()):
        parse_target(target_path(record))


def test_a_published_record_is_not_replaced_by_another(world: World) -> None:
    other = announce_relay(tw.keys(tw.POLICE), "elsewhere.example:1", (tw.seed("x") * 4,), AT, 0)
    assert refusal(draft_country, current(world, "country-xb"), "xb", [other], LATER)[0] == "publish.record"


def test_nothing_is_accepted_with_too_few_signatures(world: World) -> None:
    draft = draft_country(current(world, "country-xa"), "xa", [], LATER)
    accept = world.repository.accept
    assert refusal(accept, draft, LATER) == ("publish.signatures", "country-xa")
    assert refusal(accept, sign(draft, XA[0]), LATER) == ("publish.signatures", "country-xa")
    assert refusal(accept, tw.signed(draft, XA[0], XB), LATER) == ("publish.signatures", "country-xa")
    assert accept(tw.signed(draft, *XA), LATER) == "country-xa"
    assert accept(tw.signed(draft, *XA), LATER) == "country-xa"
    root = draft_root(world.bootstrap, tw.signers(KeyRole.ROOT, tw.FOUNDERS, 2, 1), TARGETS, ONLINE, LATER)
    new = [tw.key(KeyRole.ROOT, founder, 1) for founder in tw.FOUNDERS]
    assert refusal(accept, tw.signed(root, *new), LATER) == ("publish.signatures", "root")


@pytest.mark.req("TRU-14")
def test_one_countrys_file_is_not_taken_for_another(world: World) -> None:
    draft = draft_country(current(world, "country-xb"), "xb", [], LATER)
    moved = altered(draft, lambda signed: signed.update({"x-referral-role": "country-xa"}), XB)
    assert refusal(world.repository.accept, moved, LATER)[0] == "publish.signatures"
    nameless = altered(draft, lambda signed: signed.pop("x-referral-role"), XB)
    assert refusal(world.repository.accept, nameless, LATER)[0] == "publish.signatures"
    assert refusal(world.repository.accept, current(world, "timestamp"), LATER)[0] == "publish.record"


def test_versions_follow_each_other_and_drafts_grow_old(world: World) -> None:
    before = current(world, "country-xb")
    one = sign(draft_country(before, "xb", [tw.relay(tw.POLICE, 1)], LATER), XB)
    other = sign(draft_country(before, "xb", [tw.relay(tw.POLICE, 2)], LATER), XB)
    world.repository.accept(one, LATER, [tw.relay(tw.POLICE, 1)])
    assert refusal(world.repository.accept, other, LATER, [tw.relay(tw.POLICE, 2)]) == ("publish.version", "country-xb")
    third = sign(draft_country(one, "xb", [], LATER, days=1), XB)
    assert refusal(world.repository.accept, third, LATER.plus(DAY)) == ("publish.expired", "country-xb")


def test_a_record_that_is_named_must_be_there(world: World) -> None:
    record = tw.relay(tw.POLICE, 1)
    draft = sign(draft_country(current(world, "country-xb"), "xb", [record], LATER), XB)
    assert refusal(world.repository.accept, draft, LATER) == ("publish.incomplete", "xb/police.relay.1.record")
    assert refusal(world.repository.accept, draft, LATER, [tw.relay(tw.POLICE, 2)])[0] == "publish.incomplete"
    assert world.repository.current("country-xb") != draft
    assert world.repository.accept(draft, LATER, [record]) == "country-xb"


def test_nothing_is_published_before_it_is_whole(tmp_path: Path) -> None:
    repository = TrustRepository(tmp_path)
    online = tw.key(KeyRole.ONLINE, tw.OPERATOR)
    assert repository.countries() == ()
    assert refusal(repository.publish, online, AT) == ("publish.incomplete", "root")
    targets = tw.signed(
        draft_targets(None, [tw.federation()], tw.COUNTRIES, AT), *(tw.key(KeyRole.TARGETS, f) for f in tw.FOUNDERS)
    )
    assert refusal(repository.accept, targets, AT, [tw.federation()]) == ("publish.incomplete", "root")
    root = tw.signed(draft_root(None, ROOTS, TARGETS, ONLINE, AT), *(tw.key(KeyRole.ROOT, f) for f in tw.FOUNDERS))
    repository.accept(root, AT)
    assert refusal(repository.publish, online, AT) == ("publish.incomplete", "targets")
    repository.accept(targets, AT, [tw.federation()])
    assert repository.countries() == ("country-int", "country-xa", "country-xb")
    for wrong in (tw.key(KeyRole.ONLINE, tw.OPERATOR, 1), tw.key(KeyRole.ROOT, tw.FOUNDERS[0])):
        assert refusal(repository.publish, wrong, AT) == ("publish.key", "online")
    assert repository.publish(online, AT).snapshot_version == 1
    assert refusal(repository.publish, online, AT.plus(365 * DAY)) == ("publish.expired", "root")


def test_new_keys_of_a_country_need_its_new_signature_first(world: World) -> None:
    countries = dict(tw.COUNTRIES) | {"xb": tw.signers(KeyRole.COUNTRY, tw.COUNTRY_HOLDERS["xb"], 1, number=1)}
    world.targets(LATER, countries=countries)
    assert refusal(world.publish, LATER) == ("publish.signatures", "country-xb")
    draft = draft_country(current(world, "country-xb"), "xb", [], LATER)
    world.repository.accept(sign(draft, tw.key(KeyRole.COUNTRY, tw.COUNTRY_HOLDERS["xb"][0], 1)), LATER)
    assert world.publish(LATER).fresh
    assert world.mirror().refresh(world.source, LATER).notices == ()


def test_the_timer_renews_the_timestamp_and_in_time_the_snapshot(world: World) -> None:
    published = [world.publish(AT.plus(day * DAY)) for day in (1, 14, 15, 16)]
    assert [one.fresh for one in published] == [False, False, True, False]
    assert [one.timestamp_version for one in published] == [2, 3, 4, 5]
    assert [one.snapshot_version for one in published] == [1, 1, 2, 2]
    assert published[0].expires_at == AT.plus(8 * DAY)


@pytest.mark.req("TRU-15")
def test_an_operator_whose_clock_went_back_publishes_nothing(world: World) -> None:
    with pytest.raises(WorldError) as caught:
        world.publish(AT.plus(-1))
    assert caught.value.code == "trust.clock"


def test_a_threshold_of_online_keys_that_one_key_cannot_meet(world: World) -> None:
    online = Signers([*ONLINE.keys, tw.key(KeyRole.ONLINE, agency_id("int.second")).public], 2)
    draft = draft_root(world.bootstrap, ROOTS, TARGETS, online, LATER)
    world.repository.accept(tw.signed(draft, *(tw.key(KeyRole.ROOT, f) for f in tw.FOUNDERS)), LATER)
    assert refusal(world.publish, LATER)[0] == "publish.signatures"
    assert json.loads(current(world, "timestamp"))["signed"]["version"] == 1


def test_a_publishing_that_broke_off_is_made_good_by_the_next(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1)])
    monkeypatch.setattr(TrustRepository, "_next_timestamp", _broken)
    with pytest.raises(WorldError):
        world.publish(LATER)
    monkeypatch.undo()
    assert world.mirror().refresh(world.source, LATER).snapshot_version == 1
    assert not world.publish(LATER).fresh
    assert world.mirror().refresh(world.source, LATER).snapshot_version == 2


def _broken(*_: object) -> None:
    raise WorldError("file.full")


def test_every_refusal_is_one_of_ours() -> None:
    for text in ("../x", "xb/police.agency.0.record ", "federation/x.record", ""):
        with pytest.raises(ReferralError):
            parse_target(text)
