"""Laws: what a registrar, a thief of an old key, or a mistake can do to an agency's chain, and what none can undo."""

from __future__ import annotations

from itertools import permutations

import pytest

from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.ids import agency_id
from referral_proto.model.records import Recovery
from referral_proto.moment import DAY, Moment
from referral_proto.trust.amend import rotate_keyset
from referral_proto.trust.issue import announce_relay
from referral_proto.trust.standing import Status
from tests.trust.chains import NOW, agency, digest, entry, next_record
from tests.trust.succession_world import (
    FIRST,
    INT,
    KH,
    LATER,
    LONG_AGO,
    NEW,
    NOTHING,
    OLD,
    OTHER,
    REVOKED,
    ROTATED,
    SHELTER,
    TH,
    alarms,
    codes,
    fold,
    known,
    status,
)


@pytest.mark.req("REC-22")
def test_a_registrar_alone_unmakes_the_past_in_no_number_of_steps() -> None:
    one = next_record(FIRST, TH, signing_keysets=(entry(OLD, revoked_at=LONG_AGO),))
    two = next_record(one, TH, issued_at=NOW.plus(DAY), signing_keysets=(entry(OLD, revoked_at=LONG_AGO.plus(-1)),))
    three = next_record(
        two, TH, issued_at=NOW.plus(2 * DAY), signing_keysets=(entry(OLD, revoked_at=Moment(1), not_after_at=NOW),)
    )
    gone = next_record(FIRST, TH, withdrawn_at=LONG_AGO)
    further = next_record(gone, TH, issued_at=NOW.plus(DAY), withdrawn_at=LONG_AGO.plus(-1))
    for chain in ((one,), (one, two), (one, two, three), (gone,), (gone, further)):
        directory = fold(FIRST, *chain, seen={FIRST: LONG_AGO} | {x: NOW.plus(n * DAY) for n, x in enumerate(chain)})
        assert status(directory, OLD, NOW.plus(-1)) is Status.VALID
        assert status(directory, OLD, NOW) is Status.NOT_VALID


@pytest.mark.req("REC-22")
def test_an_agency_that_copies_what_its_registrar_wrote_has_not_agreed_to_it() -> None:
    first = agency(signing_keysets=(entry(OLD), entry(OTHER)))
    back = entry(OLD, revoked_at=LONG_AGO)
    alone = next_record(first, TH, signing_keysets=(back, entry(OTHER)))
    copied = next_record(alone, TH, OTHER, issued_at=NOW.plus(DAY), signing_keysets=(back, entry(OTHER), entry(NEW, 2)))
    agreed = entry(OLD, revoked_at=LONG_AGO.plus(-1))
    changed = next_record(copied, TH, OTHER, issued_at=NOW.plus(DAY), signing_keysets=(agreed, entry(OTHER)))
    seen = {first: LONG_AGO, alone: NOW, copied: NOW.plus(DAY), changed: NOW.plus(DAY)}
    assert status(fold(first, alone, copied, seen=seen), OLD, NOW.plus(-1)) is Status.VALID
    assert status(fold(first, alone, copied, changed, seen=seen), OLD, NOW.plus(-1)) is Status.NOT_VALID


@pytest.mark.req("REC-22")
def test_a_recovery_ends_nothing_in_the_past_either() -> None:
    back = next_record(
        FIRST,
        TH,
        KH,
        issued_at=LONG_AGO,
        recovery=Recovery(second_country="kh"),
        signing_keysets=(entry(OLD, revoked_at=LONG_AGO), entry(NEW, 1)),
    )
    dropping = next_record(
        FIRST, TH, KH, issued_at=LONG_AGO, recovery=Recovery(second_country="kh"), signing_keysets=(entry(NEW, 1),)
    )
    for one in (back, dropping):
        directory = fold(FIRST, one, seen={FIRST: LONG_AGO, one: NOW})
        assert known(directory, NEW)
        assert status(directory, OLD, NOW.plus(-1)) is Status.VALID
        assert status(directory, OLD, NOW) is Status.NOT_VALID


@pytest.mark.req("REC-23")
def test_what_is_no_good_record_stops_no_chain() -> None:
    unsupported = next_record(FIRST, TH, signing_keysets=(entry(OLD), entry(OTHER, 1)))
    unchained = next_record(FIRST, TH, previous=bytes(32))
    unproved = next_record(
        FIRST, TH, OLD, signing_keysets=(entry(OLD), entry(NEW, 1).model_copy(update={"possession_ed25519": bytes(64)}))
    )
    lonely = next_record(FIRST, TH, recovery=Recovery(second_country="kh"))
    good = next_record(FIRST, TH, OLD, issued_at=NOW.plus(5), signing_keysets=(entry(OLD), entry(NEW, 1)))
    for bad, code in (
        (unsupported, "trust.keyset-unsupported"),
        (unchained, "trust.chain"),
        (unproved, "trust.possession"),
        (lonely, "trust.recovery-unsupported"),
    ):
        stopped = fold(FIRST, bad)
        assert (codes(stopped), known(stopped, NEW)) == ([code], False)
        for order in permutations((FIRST, bad, good)):
            # The way out of the key ceremony's page: an ordinary record under the same number, whenever it comes.
            directory = fold(*order, seen={FIRST: LONG_AGO, bad: NOW, good: NOW.plus(20 * DAY)})
            assert known(directory, NEW)
            assert codes(directory) == [code]


@pytest.mark.req("REC-24")
def test_of_several_good_records_the_first_seen_stays() -> None:
    own = next_record(FIRST, TH, OLD, signing_keysets=(entry(OLD), entry(NEW, 1)))
    other = next_record(FIRST, TH, OLD, signing_keysets=(entry(OLD), entry(OTHER, 1)))
    for first, second in permutations((own, other, REVOKED, NOTHING), 2):
        directory = fold(FIRST, second, first, seen={FIRST: LONG_AGO, first: NOW.plus(DAY), second: NOW.plus(2 * DAY)})
        assert directory.history(SHELTER).digest == digest(first)
        assert codes(directory) == ["trust.record-fork"]


@pytest.mark.req("REC-24")
@pytest.mark.parametrize("seen", [{FIRST: LONG_AGO}, None], ids=["seen together", "no first sights"])
def test_of_those_seen_together_the_agencys_own_goes_first_then_the_narrowest(
    seen: dict[bytes, Moment] | None,
) -> None:
    own = next_record(FIRST, TH, OLD, signing_keysets=(entry(OLD), entry(NEW, 1)))
    other = next_record(FIRST, TH, OLD, signing_keysets=(entry(OLD), entry(OTHER, 1)))
    gone = next_record(FIRST, TH, withdrawn_at=NOW.plus(DAY))
    for first, second in ((own, REVOKED), (own, gone), (gone, REVOKED), (REVOKED, NOTHING)):
        for order in permutations((FIRST, first, second)):
            directory = fold(*order, seen=seen)
            assert directory.history(SHELTER).digest == digest(first)
            assert codes(directory) == ["trust.record-fork"]
    both = fold(FIRST, own, other, seen=seen)
    assert (both.history(SHELTER).digest, codes(both)) == (digest(FIRST), ["trust.record-fork"])


@pytest.mark.req("REC-24")
def test_a_thief_of_a_revoked_key_and_the_registrar_rewind_no_chain() -> None:
    base = next_record(FIRST, TH, OLD, issued_at=NOW.plus(-40 * DAY), signing_keysets=(entry(OLD), entry(NEW, 1)))
    ended = next_record(base, TH, signing_keysets=(entry(OLD, revoked_at=NOW), entry(NEW, 1)))
    rewound = next_record(
        base, TH, OLD, issued_at=NOW.plus(-DAY), signing_keysets=(entry(OLD), entry(NEW, 1), entry(OTHER, 2))
    )
    directory = fold(FIRST, base, ended, rewound, seen={FIRST: LONG_AGO, base: LONG_AGO, ended: NOW, rewound: LATER})
    assert not known(directory, OTHER)
    assert status(directory, OLD, LATER) is Status.NOT_VALID


@pytest.mark.req("REC-24")
def test_a_second_first_record_takes_no_agency_away() -> None:
    twin = agency(issued_at=NOW.plus(-90 * DAY).plus(1))
    for seen in (None, {}, {FIRST: LONG_AGO, ROTATED: LONG_AGO, twin: NOW}):
        directory = fold(twin, FIRST, ROTATED, seen=seen)
        assert status(directory, NEW, NOW) is Status.VALID
        assert codes(directory) == ["trust.record-fork"]
    assert fold(twin, FIRST, seen={FIRST: LONG_AGO, twin: NOW}).history(SHELTER).digest == digest(FIRST)
    assert fold(twin, FIRST).agencies() == ()


@pytest.mark.req("REC-21")
def test_a_key_that_was_over_when_it_was_dropped_still_supports_its_relay() -> None:
    begins = NOW.plus(-90 * DAY)
    first = agency(signing_keysets=(entry(OLD, not_before_at=begins, not_after_at=begins.plus(365 * DAY)),))
    records = [first, announce_relay(OLD, "relay.example:1", (b"x" * 64,), begins)]
    for day, new, before in ((335, NEW, OLD), (690, OTHER, NEW)):
        at = begins.plus(day * DAY)
        records.append(rotate_keyset(fold(*records, at=at).history(SHELTER), new, at, TH, before))
        assert fold(*records, at=at.plus(DAY)).relay_of(SHELTER).endpoint == "relay.example:1"


@pytest.mark.req("REC-21")
def test_a_key_that_was_dropped_in_its_time_supports_nothing() -> None:
    relay = announce_relay(OLD, "relay.example:1", (b"x" * 64,), LONG_AGO)
    dropped = next_record(FIRST, TH, OLD, signing_keysets=(entry(NEW, 1),))
    assert codes(fold(FIRST, relay)) == []
    assert codes(fold(FIRST, relay, dropped)) == ["trust.record-signature"]


def _stolen() -> bytes:
    """An agency whose name comes first, enrolled with the old key of the shelter."""
    thief = SigningKeyset.from_seeds(agency_id("int.aaa"), *OLD.seeds())
    return agency(INT, name="int.aaa", signing_keysets=(entry(thief),))


@pytest.mark.req("REC-08")
def test_who_enrols_with_a_stolen_key_takes_no_agency_away() -> None:
    stolen = _stolen()
    together = fold(FIRST, ROTATED, stolen)
    assert together.agencies() == ("int.aaa", SHELTER)
    assert status(together, NEW, NOW) is Status.VALID
    assert len(together.history("int.aaa").keysets) == 1
    assert set(alarms(together)) == {"trust.key-shared"}
    later = fold(FIRST, ROTATED, stolen, seen={FIRST: LONG_AGO, ROTATED: LONG_AGO, stolen: NOW})
    assert known(later, OLD)
    assert later.history("int.aaa").keysets == {}
    assert [(one.code, one.agency) for one in later.alarms] == [("trust.key-shared", "int.aaa")]
    assert later.problems == (("trust.key-shared", "int.aaa"),)
