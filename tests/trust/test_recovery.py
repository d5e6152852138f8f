"""Laws of recovery, of dates and of assertions: who stops a recovery, and what nobody undoes afterwards."""

from __future__ import annotations

from itertools import permutations

import pytest

from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.records import RecordSignature, Recovery, SignedRecord
from referral_proto.moment import DAY
from referral_proto.trust.directory import Directory
from referral_proto.trust.memory import FoldMemory
from referral_proto.trust.signed import countersign
from referral_proto.trust.standing import Status
from referral_proto.wire import decode, encode
from tests.trust.chains import DELAY, NOW, agency, digest, entry, federation, keys, next_record, public
from tests.trust.succession_world import (
    FEDERATION,
    FIRST,
    INT,
    KH,
    LATER,
    LONG_AGO,
    NEW,
    NOTHING,
    OLD,
    OTHER,
    RECOVERY,
    REVOKED,
    SEEN,
    SHELTER,
    TH,
    alarms,
    codes,
    fold,
    known,
    status,
)


@pytest.mark.req("REC-16")
def test_the_registrar_alone_undoes_no_recovery() -> None:
    for alone in (NOTHING, REVOKED):
        for at in (LATER, NOW.plus(300 * DAY)):
            directory = fold(FIRST, RECOVERY, alone, at=at, seen=SEEN)
            assert known(directory, NEW)
            assert status(directory, OLD, LATER) is Status.NOT_VALID
            assert alarms(directory) == ["trust.recovery-done"]
        waiting = fold(FIRST, RECOVERY, alone, at=NOW.plus(2 * DAY), seen=SEEN)
        assert alarms(waiting) == ["trust.recovery-pending"]


@pytest.mark.req("REC-16")
def test_the_agency_ends_a_recovery_before_it_took_effect_and_not_after() -> None:
    own = next_record(FIRST, TH, OLD)
    in_time = fold(FIRST, RECOVERY, own, seen=SEEN | {own: NOW.plus(DELAY - 1)})
    assert (alarms(in_time), known(in_time, NEW)) == (["trust.recovery-opposed"], False)
    late = fold(FIRST, RECOVERY, own, seen=SEEN | {own: NOW.plus(DELAY)})
    assert (alarms(late), known(late, NEW)) == (["trust.recovery-done"], True)
    assert codes(late) == ["trust.record-fork"]


@pytest.mark.req("REC-16")
def test_a_recovery_displaces_nothing_that_was_there_before() -> None:
    seen = {FIRST: LONG_AGO, REVOKED: NOW, RECOVERY: NOW.plus(DAY)}
    directory = fold(FIRST, REVOKED, RECOVERY, seen=seen)
    assert directory.history(SHELTER).digest == digest(REVOKED)
    assert codes(directory) == ["trust.record-fork"]


@pytest.mark.req("REC-25")
def test_a_date_far_ahead_freezes_no_chain() -> None:
    ahead = next_record(FIRST, TH, issued_at=NOW.plus(3000 * DAY))
    by_mistake = next_record(FIRST, TH, OLD, issued_at=NOW.plus(3000 * DAY))
    rotated = next_record(FIRST, TH, OLD, signing_keysets=(entry(OLD), entry(NEW, 1, not_before_at=NOW)))
    near = next_record(FIRST, TH, issued_at=LATER.plus(DAY))
    for wrong in (ahead, by_mistake):
        assert codes(fold(FIRST, wrong, seen={FIRST: LONG_AGO})) == ["trust.dated-ahead"]
        seen = {FIRST: LONG_AGO, wrong: NOW, rotated: NOW.plus(DAY)}
        for at in (LATER, NOW.plus(3000 * DAY)):
            directory = fold(FIRST, wrong, rotated, at=at, seen=seen)
            assert directory.history(SHELTER).digest == digest(rotated)
    assert codes(fold(FIRST, near, seen={FIRST: LONG_AGO})) == []


def test_who_asks_about_the_past_is_told_what_became_known_later() -> None:
    leaked = next_record(FIRST, TH, signing_keysets=(entry(OLD, compromised_since_at=LONG_AGO),))
    assert status(fold(FIRST, leaked, at=NOW.plus(-20 * DAY)), OLD, NOW.plus(-20 * DAY)) is Status.CONTESTED


@pytest.mark.req("REC-25")
def test_a_federation_record_dated_far_ahead_freezes_nothing() -> None:
    first = federation()
    ahead = federation(sequence=1, previous=digest(first), issued_at=NOW.plus(3000 * DAY))
    after = federation(sequence=1, previous=digest(first), issued_at=NOW)
    directory = Directory.fold([first, ahead, after, FIRST], at=LATER, seen={}, lenient=True)
    assert (directory.federation.issued_at, codes(directory)) == (NOW, ["trust.dated-ahead"])


@pytest.mark.req("REC-26")
@pytest.mark.parametrize("named", [None, "kh.police", SHELTER])
def test_a_compromise_is_asserted_by_who_signed_it(named: str | None) -> None:
    said = {"compromised_since_at": LONG_AGO, "compromise_asserted_by": named, "compromise_asserted_at": NOW}
    alone = next_record(FIRST, TH, signing_keysets=(entry(OLD, **said),))
    assert fold(FIRST, alone).standing(SHELTER, OLD.id, NOW).asserted_by == "th.registrar"
    both = next_record(FIRST, TH, OLD, signing_keysets=(entry(OLD, **said),))
    by = SHELTER if named == SHELTER else "th.registrar"
    assert fold(FIRST, both).standing(SHELTER, OLD.id, NOW).asserted_by == by


@pytest.mark.req("REC-26")
def test_a_registrar_alone_rewrites_no_assertion() -> None:
    said = {"compromised_since_at": LONG_AGO, "compromise_asserted_by": SHELTER, "compromise_asserted_at": NOW}
    first = agency(signing_keysets=(entry(OLD), entry(OTHER)))
    own = next_record(first, TH, OTHER, signing_keysets=(entry(OLD, **said), entry(OTHER)))
    other = said | {"compromise_asserted_by": "th.registrar"}
    rewritten = next_record(own, TH, signing_keysets=(entry(OLD, **other), entry(OTHER)))
    earlier = next_record(
        own, TH, signing_keysets=(entry(OLD, **(other | {"compromised_since_at": LONG_AGO.plus(-1)})), entry(OTHER))
    )
    assert codes(fold(first, own, rewritten)) == ["trust.keyset-unsupported"]
    assert fold(first, own, rewritten).standing(SHELTER, OLD.id, NOW).asserted_by == SHELTER
    assert fold(first, own, earlier).standing(SHELTER, OLD.id, NOW).asserted_by == "th.registrar"


def _junk(signed: bytes, *, alone: bool) -> bytes:
    """A copy with a signature under the agency's key that does not verify; `alone`: with no other."""
    whole = decode(SignedRecord, signed)
    junk = RecordSignature(signer=SHELTER, keyset=OLD.id, ed25519=bytes(64), mldsa65=bytes(3309))
    return encode(whole.model_copy(update={"signatures": (junk,) if alone else (*whole.signatures, junk)}))


@pytest.mark.req("REC-10")
@pytest.mark.parametrize("alone", [True, False])
def test_a_copy_with_a_signature_that_does_not_verify_undoes_nothing(alone: bool) -> None:
    for order in permutations((REVOKED, _junk(REVOKED, alone=alone))):
        directory = fold(FIRST, *order)
        assert status(directory, OLD, LATER) is Status.NOT_VALID
        assert codes(directory) == []


@pytest.mark.req("REC-10")
def test_a_signature_that_does_not_verify_is_none() -> None:
    added = next_record(FIRST, TH, signing_keysets=(entry(OLD), entry(NEW, 1)))
    assert codes(fold(FIRST, _junk(added, alone=False))) == ["trust.keyset-unsupported"]
    assert codes(fold(FIRST, _junk(added, alone=True))) == ["trust.record-signature"]


@pytest.mark.req("REC-19")
def test_a_recovered_key_never_reaches_back_whatever_follows() -> None:
    follows = next_record(RECOVERY, TH, issued_at=NOW.plus(10 * DAY), recovery=None)
    agreed = next_record(RECOVERY, TH, NEW, issued_at=NOW.plus(10 * DAY), recovery=None)
    for more in ((), (follows,), (agreed,)):
        directory = fold(FIRST, RECOVERY, *more, seen=SEEN | {one: NOW.plus(10 * DAY) for one in more})
        assert status(directory, NEW, NOW.plus(-50 * DAY)) is Status.NOT_VALID
        assert status(directory, NEW, NOW.plus(DELAY - 1)) is Status.NOT_VALID
        assert status(directory, NEW, NOW.plus(DELAY)) is Status.VALID


OBJECTION = next_record(FIRST, OLD, issued_at=NOW.plus(DAY))


@pytest.mark.req("REC-27")
def test_the_agencys_word_without_its_registrar_halts_a_recovery() -> None:
    seen = SEEN | {OBJECTION: NOW.plus(2 * DAY)}
    for at in (NOW.plus(3 * DAY), LATER, NOW.plus(200 * DAY)):
        directory = fold(FIRST, RECOVERY, OBJECTION, at=at, seen=seen)
        assert alarms(directory) == ["trust.recovery-halted"]
        assert (known(directory, NEW), status(directory, OLD, at)) == (False, Status.VALID)
        assert directory.history(SHELTER).digest == digest(FIRST)
        assert codes(directory) == []
    assert alarms(fold(FIRST, RECOVERY, OBJECTION, seen=SEEN | {OBJECTION: NOW.plus(DELAY)})) == ["trust.recovery-done"]


@pytest.mark.req("REC-27")
def test_an_objection_enters_nothing() -> None:
    more = next_record(FIRST, OLD, issued_at=NOW, mandates=(Mandate.HEALTH_CARE,), relay="th.other")
    directory = fold(FIRST, RECOVERY, more, at=NOW.plus(3 * DAY), seen=SEEN | {more: NOW})
    assert alarms(directory) == ["trust.recovery-halted"]
    assert (directory.agency(SHELTER).relay, directory.mandates(SHELTER)) == (SHELTER, {Mandate.SHELTER})
    assert codes(fold(FIRST, more)) == ["trust.record-signature"]


@pytest.mark.req("REC-27")
def test_a_key_that_the_registrar_alone_ended_still_objects() -> None:
    recovery = next_record(
        REVOKED,
        TH,
        KH,
        issued_at=NOW.plus(DAY),
        recovery=Recovery(second_country="kh"),
        signing_keysets=(entry(OLD, revoked_at=NOW), entry(NEW, 2)),
    )
    objection = next_record(REVOKED, OLD, issued_at=NOW.plus(DAY))
    seen = {FIRST: LONG_AGO, REVOKED: NOW, recovery: NOW.plus(DAY), objection: NOW.plus(2 * DAY)}
    assert alarms(fold(FIRST, REVOKED, recovery, objection, seen=seen)) == ["trust.recovery-halted"]


@pytest.mark.req("REC-27")
def test_what_the_agency_itself_ended_objects_to_nothing() -> None:
    both = next_record(FIRST, TH, OLD, issued_at=NOW.plus(-DAY), signing_keysets=(entry(OLD), entry(NEW, 1)))
    ended = next_record(both, TH, NEW, signing_keysets=(entry(OLD, revoked_at=NOW), entry(NEW, 1)))
    recovery = next_record(
        ended,
        TH,
        KH,
        issued_at=NOW.plus(DAY),
        recovery=Recovery(second_country="kh"),
        signing_keysets=(entry(OLD, revoked_at=NOW), entry(NEW, 1, revoked_at=NOW), entry(OTHER, 3)),
    )
    for held, code in ((OLD, "trust.recovery-done"), (NEW, "trust.recovery-halted"), (OTHER, "trust.recovery-done")):
        objection = next_record(ended, held, issued_at=NOW.plus(DAY))
        seen = {FIRST: LONG_AGO, both: NOW, ended: NOW, recovery: NOW.plus(DAY), objection: NOW.plus(2 * DAY)}
        assert alarms(fold(FIRST, both, ended, recovery, objection, seen=seen)) == [code]


@pytest.mark.req("REC-27")
@pytest.mark.parametrize(
    ("hands", "code"),
    [
        ((), "trust.recovery-halted"),
        ((INT,), "trust.recovery-done"),
        ((keys("th.founder"),), "trust.recovery-halted"),
        ((keys("th.founder"), keys("kh.founder")), "trust.recovery-done"),
        ((OLD,), "trust.recovery-halted"),
    ],
    ids=["two registrars", "a third country", "one founder", "the founders' threshold", "the thief himself"],
)
def test_a_third_hand_ends_what_a_thief_of_the_key_would_hold_up_for_ever(
    hands: tuple[SigningKeyset, ...], code: str
) -> None:
    directory = fold(FIRST, countersign(RECOVERY, *hands), OBJECTION, seen=SEEN | {OBJECTION: NOW.plus(DAY)})
    assert alarms(directory) == [code]


@pytest.mark.req("REC-27")
def test_two_registrars_who_are_founders_are_no_third_hand() -> None:
    founders = tuple(public(one) for one in (TH, KH, INT))
    first = federation(TH, KH, founders=founders)
    seen = {digest(FIRST): LONG_AGO, digest(RECOVERY): NOW, digest(OBJECTION): NOW.plus(DAY)}
    for hands, code in (((), "trust.recovery-halted"), ((INT,), "trust.recovery-done")):
        records = [first, FIRST, countersign(RECOVERY, *hands), OBJECTION]
        directory = Directory.fold(records, at=LATER, seen=seen, lenient=True)
        assert alarms(directory) == [code]


@pytest.mark.req("REC-25")
def test_a_memory_keeps_no_answer_that_depends_on_the_moment() -> None:
    ahead = next_record(FIRST, TH, OLD, issued_at=NOW.plus(60 * DAY), signing_keysets=(entry(OLD), entry(NEW, 1)))
    seen = {digest(FIRST): LONG_AGO, digest(ahead): NOW}
    memory = FoldMemory()
    for at, entered in ((LATER, False), (NOW.plus(60 * DAY), True), (None, True), (LATER, False)):
        directory = Directory.fold([FEDERATION, FIRST, ahead], at=at, seen=seen, lenient=True, memory=memory)
        assert known(directory, NEW) is entered
