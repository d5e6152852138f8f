"""Law: under a published path comes another record only if whoever holds both follows it; so no two nodes part ways."""

from __future__ import annotations

from hashlib import sha256

import pytest

from referral_proto.adapters.trust_drafts import draft_country
from referral_proto.adapters.trust_keys import KeyRole
from referral_proto.adapters.trust_paths import served_path, target_path
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.errors import CallerError
from referral_proto.model.codes.federation import Mandate
from referral_proto.moment import DAY, HOUR, Moment
from referral_proto.trust.agency import History
from referral_proto.trust.amend import recover, revoke_keyset, rotate_keyset, set_mandates
from referral_proto.trust.signed import countersign
from tests.adapters import trust_world as tw
from tests.adapters.trust_forge import republished
from tests.adapters.trust_world import AT, POLICE, World

XB = [tw.key(KeyRole.COUNTRY, holder) for holder in tw.COUNTRY_HOLDERS["xb"]]
OWN, HOME, SECOND = tw.keys(POLICE), tw.keys(tw.REGISTRARS["xb"]), tw.keys(tw.REGISTRARS["xa"])
NEW = SigningKeyset.create(POLICE)
pytestmark = pytest.mark.req("REC-28")
DAYS = [AT.plus(day * DAY) for day in range(30)]


@pytest.fixture
def world(tmp_path: object) -> World:
    return World(tmp_path)  # type: ignore[arg-type]


def history(world: World, at: Moment) -> History:
    mirror = world.mirror()
    mirror.refresh(world.source, at)
    return mirror.state(at).fold(at).history(POLICE)


def offer(world: World, record: bytes, at: Moment) -> str:
    """The country lists the record, whatever stood under its path; "" or why the operator does not take the list."""
    path = target_path(record)
    held = world.repository.current("country-xb")
    draft = tw.signed(draft_country(held, "xb", [record], at, replaced=[path]), *XB)
    try:
        world.repository.accept(draft, at, [record])
    except CallerError as error:
        return error.code
    world.publish(at)
    return ""


def forced(world: World, record: bytes, at: Moment) -> None:
    """The same by an operator that takes everything, written over the honest one's folder."""
    held = world.repository.current("country-xb")
    draft = tw.signed(draft_country(held, "xb", [record], at, replaced=[target_path(record)]), *XB)
    files = world.copy() | {served_path(target_path(record), sha256(record).hexdigest()): record}
    for path, data in republished(files, {"country-xb": draft}, world.online, at).items():
        (world.folder / path).write_bytes(data)


def test_another_record_is_refused_and_more_signatures_are_not(world: World) -> None:
    first = history(world, AT)
    revoked = revoke_keyset(first, OWN.id, DAYS[1], HOME)
    assert offer(world, revoked, DAYS[1]) == ""
    for other in (
        set_mandates(first, [Mandate.HEALTH_CARE], DAYS[1], HOME),
        rotate_keyset(first, NEW, DAYS[1], HOME, OWN),
    ):
        assert offer(world, other, DAYS[2]) == "publish.record"
    assert offer(world, countersign(revoked, OWN), DAYS[2]) == ""
    assert offer(world, revoked, DAYS[2]) == "publish.record"


def test_a_path_that_was_dropped_from_the_list_is_taken_all_the_same(world: World) -> None:
    first = history(world, AT)
    held = world.repository.current("country-xb")
    assert offer(world, revoke_keyset(first, OWN.id, DAYS[1], HOME), DAYS[1]) == ""
    # As if the record had never been listed: the next list is made from the one before it.
    assert held is not None
    other = set_mandates(first, [Mandate.HEALTH_CARE], DAYS[1], HOME)
    dropped = draft_country(held, "xb", [], DAYS[2])
    again = tw.signed(draft_country(dropped, "xb", [], DAYS[2]), *XB)
    world.repository.accept(again, DAYS[2])
    assert offer(world, other, DAYS[3]) == "publish.record"


def test_while_a_recovery_waits_only_the_agencys_own_word_takes_its_place(world: World) -> None:
    first = history(world, AT)
    # Dated back by a month: its delay runs from when it was published.
    recovery = recover(first, NEW, "xa", first.record.issued_at, HOME, SECOND)
    assert offer(world, recovery, DAYS[1]) == ""
    alone = set_mandates(first, [Mandate.HEALTH_CARE], DAYS[1], HOME)
    own = set_mandates(first, [Mandate.HEALTH_CARE], DAYS[1], HOME, OWN)
    unregistered = set_mandates(first, [Mandate.HEALTH_CARE], DAYS[1], OWN)
    assert offer(world, alone, DAYS[7]) == "publish.record"
    assert offer(world, unregistered, DAYS[7]) == "publish.record"
    assert offer(world, own, DAYS[7]) == ""


def test_what_took_effect_is_not_undone(world: World) -> None:
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    first = history(world, AT)
    recovery = recover(first, NEW, "xa", DAYS[1], HOME, SECOND)
    assert offer(world, recovery, DAYS[1]) == ""
    mirror.refresh(world.source, DAYS[1])
    world.publish(DAYS[9])
    for signers in ((HOME,), (HOME, OWN)):
        late = set_mandates(first, [Mandate.HEALTH_CARE], DAYS[2], *signers)
        assert offer(world, late, DAYS[9]) == "publish.record"
        forced(world, late, DAYS[9])
        mirror.refresh(world.source, DAYS[9])
        assert mirror.state(DAYS[9]).fold(DAYS[9]).history(POLICE).record.recovery is not None


def test_a_good_record_takes_the_place_of_one_that_nobody_believes(world: World) -> None:
    first = history(world, AT)
    forged = rotate_keyset(first, NEW, DAYS[1], HOME)
    forced(world, forged, DAYS[1])
    assert history(world, DAYS[1].plus(HOUR)).problem is not None
    assert offer(world, rotate_keyset(first, SigningKeyset.create(POLICE), DAYS[2], HOME), DAYS[2]) == "publish.record"
    good = rotate_keyset(first, NEW, DAYS[2], HOME, OWN)
    assert offer(world, good, DAYS[2]) == ""
    assert NEW.id in history(world, DAYS[2]).keysets
