"""The shelf of opening keys: signed again by a new keyset, they stay; what a thief signed keeps no place from them."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_node.trust.shelf import MOST_HELD, OpeningShelf
from referral_proto.crypto.opening import OpeningKey
from referral_proto.errors import PeerError
from referral_proto.ids import agency_id
from referral_proto.model.records import SignedRecord
from referral_proto.moment import DAY, Moment
from referral_proto.trust.amend import declare_compromise, revoke_keyset, rotate_keyset
from referral_proto.trust.directory import Directory
from referral_proto.trust.issue import publish_opening_key
from referral_proto.trust.signed import countersign
from referral_proto.wire import decode, encode
from tests.trust.chains import NOW, agency, federation, keys

SHELTER = agency_id("th.shelter")
OLD, NEW, REGISTRAR = keys("th.shelter"), keys("th.shelter", 2), keys("th.registrar")
FIRST = (federation(), agency())
ROTATED = (*FIRST, rotate_keyset(Directory.fold(FIRST, at=NOW).history(SHELTER), NEW, NOW, REGISTRAR, OLD))
LATER = NOW.plus(2 * DAY)
_HISTORY = Directory.fold(ROTATED, at=NOW).history(SHELTER)
REVOKED = (*ROTATED, revoke_keyset(_HISTORY, OLD.id, NOW.plus(DAY), REGISTRAR))
STOLEN = (
    *ROTATED,
    declare_compromise(_HISTORY, OLD.id, NOW.plus(-DAY), REGISTRAR.agency, NOW.plus(DAY), REGISTRAR),
)
SECRET = OpeningKey.create(SHELTER)
MADE = publish_opening_key(OLD, SECRET.public, 1, NOW.plus(-3 * DAY))
AGAIN = countersign(MADE, NEW)


def known(records: tuple[bytes, ...], at: Moment = LATER) -> Directory:
    return Directory.fold(records, at=at, lenient=True)


def stands(records: tuple[bytes, ...]) -> bool:
    """Whether mail of two days ago, sealed for the opening key, would be admitted."""
    with suppress(PeerError):
        return known(records).opening_key(SHELTER, SECRET.public.id, NOW.plus(-DAY)) == SECRET.public
    return False


@pytest.fixture
def shelf(tmp_path: Path) -> OpeningShelf:
    return OpeningShelf(tmp_path / "opening")


def only(record: bytes, number: int) -> bytes:
    """A record with one of its signatures."""
    whole = decode(SignedRecord, record)
    return encode(whole.model_copy(update={"signatures": whole.signatures[number : number + 1]}))


@pytest.mark.req("REC-07")
@pytest.mark.parametrize(
    ("record", "before", "after"), [(MADE, True, False), (AGAIN, True, True), (only(AGAIN, 1), True, True)]
)
def test_an_opening_key_stands_while_a_clean_keyset_signed_it(record: bytes, before: bool, after: bool) -> None:
    assert (stands((*ROTATED, record)), stands((*REVOKED, record))) == (before, after)


@given(st.permutations([MADE, AGAIN, only(AGAIN, 1)]), st.sampled_from([ROTATED, REVOKED, STOLEN]))
def test_whatever_copy_comes_first_the_record_ends_up_supported(
    tmp_path_factory: pytest.TempPathFactory, copies: list[bytes], records: tuple[bytes, ...]
) -> None:
    folder, directory = tmp_path_factory.mktemp("shelf"), known(records)
    shelf = OpeningShelf(folder)
    for one in copies:
        with suppress(PeerError):
            shelf.take(one, SHELTER, directory, LATER)
    for held in (shelf, OpeningShelf(folder)):
        assert stands((*records, *held.records()))
        assert len(held.records()) == 1


def test_signed_again_it_takes_the_place_of_the_old_one_and_the_old_copy_does_not_come_back(
    shelf: OpeningShelf,
) -> None:
    directory = known(ROTATED)
    assert shelf.take(MADE, SHELTER, directory, LATER)
    assert shelf.take(AGAIN, SHELTER, directory, LATER)
    assert not shelf.take(AGAIN, SHELTER, directory, LATER)
    assert not shelf.take(MADE, SHELTER, directory, LATER)
    assert shelf.records() == (AGAIN,)
    assert stands((*REVOKED, *shelf.records()))


def test_it_may_be_signed_again_after_its_end_while_mail_for_it_can_still_come(shelf: OpeningShelf) -> None:
    directory = known(ROTATED)
    end = NOW.plus(11 * DAY)
    assert shelf.take(MADE, SHELTER, directory, LATER)
    assert shelf.take(AGAIN, SHELTER, directory, end.plus(29 * DAY))
    assert not shelf.take(countersign(MADE, NEW), SHELTER, directory, end.plus(30 * DAY))


def test_signatures_that_do_not_verify_are_not_kept(shelf: OpeningShelf) -> None:
    whole = decode(SignedRecord, AGAIN)
    junk = whole.signatures[1].model_copy(update={"ed25519": bytes(64)})
    spoilt = encode(whole.model_copy(update={"signatures": (whole.signatures[0], junk)}))
    assert shelf.take(spoilt, SHELTER, known(ROTATED), LATER)
    assert shelf.records() == (MADE,)
    assert shelf.take(AGAIN, SHELTER, known(ROTATED), LATER)
    assert shelf.records() == (AGAIN,)


def test_another_machine_sees_that_a_record_was_signed_again(tmp_path: Path) -> None:
    one, other = OpeningShelf(tmp_path), OpeningShelf(tmp_path)
    one.take(MADE, SHELTER, known(ROTATED), LATER)
    # As if that had been long ago: what is older than a second is settled.
    os.utime(tmp_path, ns=(1, 1))
    assert other.records() == (MADE,)
    one.take(AGAIN, SHELTER, known(ROTATED), LATER)
    assert other.records() == (AGAIN,)


def fake(epoch: int) -> bytes:
    """Of whoever had the old keyset for a while."""
    return publish_opening_key(OLD, OpeningKey.create(SHELTER).public, epoch, NOW, 400)


def good(epoch: int, at: Moment) -> bytes:
    return publish_opening_key(NEW, OpeningKey.create(SHELTER).public, epoch, at, 14)


@pytest.mark.req("TRU-20")
def test_what_a_thief_signed_keeps_no_place_once_the_theft_is_known(shelf: OpeningShelf) -> None:
    for number in range(MOST_HELD):
        assert shelf.take(fake(number + 5), SHELTER, known(FIRST), NOW)
    stolen = known(STOLEN)
    for epoch in (4, 5, MOST_HELD + 10):
        assert shelf.take(record := good(epoch, LATER.plus(-60)), SHELTER, stolen, LATER)
        assert record in shelf.records()
        assert len(shelf.records()) == MOST_HELD
    assert len(known((*STOLEN, *shelf.records()))._opening_keys[SHELTER]) == 3


def test_while_the_theft_is_unknown_the_first_of_two_keys_stays_and_a_full_shelf_is_full(shelf: OpeningShelf) -> None:
    for number in range(MOST_HELD):
        shelf.take(fake(number), SHELTER, known(ROTATED), NOW)
    with pytest.raises(PeerError, match=r"trust\.record-fork"):
        shelf.take(good(5, NOW), SHELTER, known(ROTATED), NOW)
    with pytest.raises(PeerError, match=r"trust\.record-malformed"):
        shelf.take(good(MOST_HELD, NOW), SHELTER, known(ROTATED), NOW)
