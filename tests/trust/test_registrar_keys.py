"""F21: a registrar's key in other hands. What a thief dates back is believed by nobody who can know better, and honest
agencies stay believed: by first sights, or by the signature of a registrar that came later.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.errors import PeerError
from referral_proto.ids import Digest
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.records import EndedKey, Recovery, Registrar
from referral_proto.moment import DAY, Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.memory import FoldMemory
from referral_proto.trust.signed import countersign
from referral_proto.trust.standing import Status
from tests.trust.chains import DELAY, NOW, agency, digest, entry, federation, keys, next_record, public

OLD, NEW = keys("th.registrar"), keys("th.registrar", 1)
KH, INT = keys("kh.registrar"), keys("int.registrar")
SHELTER, STRANGER = "th.shelter", "th.stranger"
HELD = keys(SHELTER)
SINCE, REPLACED = NOW.plus(-10 * DAY), NOW.plus(-2 * DAY)
FIRST: Final = federation()


def named(**held: SigningKeyset) -> tuple[Registrar, ...]:
    whole = {"int": INT, "kh": KH, "th": NEW} | held
    return tuple(Registrar(country=country, keyset=public(whole[country])) for country in sorted(whole))


def following(*ended: EndedKey, issued_at: Moment = REPLACED, **held: SigningKeyset) -> bytes:
    """The federation's second record: `th` registers with another key."""
    fields = {"sequence": 1, "previous": digest(FIRST), "registrars": named(**held)}
    return federation(issued_at=issued_at, ended=ended, **fields)


def gone(held: SigningKeyset = OLD, since: Moment | None = SINCE) -> EndedKey:
    return EndedKey(holder=held.agency, key=held.id, ended_at=REPLACED, compromised_since_at=since)


DECLARED, REPLACING = following(gone()), following(gone(since=None))
ENROLLED = agency()


def known(later: bytes, seen: Mapping[bytes, Moment] | None, *records: bytes, at: Moment = NOW) -> Directory:
    """What a node knows; `seen` by record, the two of the federation when they were issued unless it says otherwise."""
    sights: dict[Digest, Moment] | None = None
    if seen is not None:
        said = {FIRST: NOW.plus(-100 * DAY), later: REPLACED, **seen}
        sights = {digest(record): moment for record, moment in said.items()}
    return Directory.fold([FIRST, later, *records], at=at, seen=sights, lenient=True)


def fresh(later: bytes, *records: bytes) -> Directory:
    """A node that saw everything today for the first time."""
    return known(later, dict.fromkeys((FIRST, later, *records), NOW), *records)


def auditor(later: bytes, *records: bytes) -> Directory:
    return known(later, None, *records)


moments = st.integers(NOW.plus(-95 * DAY), NOW).map(Moment)


@pytest.mark.req("REC-30")
@settings(max_examples=60)
@given(data=st.data(), since=st.integers(NOW.plus(-85 * DAY), REPLACED).map(Moment), claimed=moments)
def test_what_a_thief_dates_back_is_believed_by_nobody(data: st.DataObject, since: Moment, claimed: Moment) -> None:
    """The key is in the thief's hands from `since`, so that nobody saw anything of it before; its dates are free."""
    sight = data.draw(st.integers(since, NOW).map(Moment))
    declared = following(gone(since=since))
    thieves = agency(name=STRANGER, issued_at=claimed)
    honest = countersign(ENROLLED, NEW)
    for found in (
        known(declared, {ENROLLED: NOW.plus(-90 * DAY), thieves: sight}, ENROLLED, thieves),
        known(declared, {ENROLLED: NOW.plus(-90 * DAY)}, ENROLLED, thieves),
        fresh(declared, honest, thieves),
        auditor(declared, honest, thieves),
    ):
        assert found.agencies() == (SHELTER,)
        if claimed < REPLACED:
            assert [(one.code, one.agency) for one in found.alarms] == [("trust.registrar-compromised", STRANGER)]


@settings(max_examples=40)
@given(claimed=moments, sight=st.integers(SINCE, NOW).map(Moment))
def test_a_thief_ends_no_honest_key(claimed: Moment, sight: Moment) -> None:
    claimed = max(claimed, NOW.plus(-90 * DAY))
    revoked = next_record(ENROLLED, OLD, issued_at=claimed, signing_keysets=(entry(HELD, revoked_at=claimed),))
    sights = {ENROLLED: NOW.plus(-90 * DAY), revoked: sight}
    for found in (
        known(DECLARED, sights, ENROLLED, revoked),
        fresh(DECLARED, countersign(ENROLLED, NEW), revoked),
    ):
        assert found.standing(SHELTER, HELD.id, NOW).status is Status.VALID


@settings(max_examples=40)
@given(sight=moments)
def test_an_honest_agency_stays_believed(sight: Moment) -> None:
    """By those who saw it in time without a word of anybody, by all others when it is confirmed."""
    sight = max(sight, NOW.plus(-90 * DAY))
    unconfirmed = known(DECLARED, {ENROLLED: sight}, ENROLLED)
    assert (unconfirmed.agencies() == (SHELTER,)) == (sight < SINCE)
    for confirmer in (NEW, INT):
        confirmed = countersign(ENROLLED, confirmer)
        for found in (
            known(DECLARED, {ENROLLED: sight}, ENROLLED, confirmed),
            fresh(DECLARED, confirmed),
            auditor(DECLARED, confirmed),
        ):
            assert found.agencies() == (SHELTER,)
            assert found.alarms == found.problems == ()


def test_a_confirmation_does_not_change_what_is_named() -> None:
    assert digest(countersign(ENROLLED, NEW)) == digest(ENROLLED)


@pytest.mark.parametrize(
    "confirmer",
    [KH, keys("th.registrar", 7), keys("th.founder"), HELD],
    ids=["country", "registrar", "founder", "agency"],
)
def test_who_registers_elsewhere_or_nowhere_confirms_nothing(confirmer: SigningKeyset) -> None:
    assert fresh(DECLARED, countersign(ENROLLED, confirmer)).agencies() == ()


def test_after_the_date_nothing_counts_without_a_confirmation_though_it_was_seen_in_time() -> None:
    late = next_record(ENROLLED, OLD, HELD, issued_at=SINCE.plus(1), mandates=(Mandate.HEALTH_CARE,))
    sights = {ENROLLED: NOW.plus(-90 * DAY), late: SINCE.plus(-1)}
    found = known(DECLARED, sights, ENROLLED, late)
    assert found.mandates(SHELTER) == {Mandate.SHELTER}
    assert [one.code for one in found.alarms] == ["trust.registrar-compromised"]
    assert [one.code for one in found.problems] == ["trust.registrar-compromised"]
    with pytest.raises(PeerError, match=r"trust\.registrar-compromised"):
        Directory.fold([FIRST, DECLARED, ENROLLED], at=NOW, seen={})
    confirmed = known(DECLARED, sights, ENROLLED, countersign(late, NEW))
    assert confirmed.mandates(SHELTER) == {Mandate.HEALTH_CARE}
    assert confirmed.alarms == ()


def test_an_honest_record_beside_a_thiefs_is_no_fork_and_the_thiefs_is_an_alarm() -> None:
    first = countersign(ENROLLED, NEW)
    thieves = next_record(ENROLLED, OLD, issued_at=SINCE.plus(-1), withdrawn_at=SINCE.plus(-1))
    honest = next_record(ENROLLED, NEW, HELD, issued_at=NOW, mandates=(Mandate.HEALTH_CARE,))
    for order in ((first, thieves, honest), (honest, thieves, first)):
        found = fresh(DECLARED, *order)
        assert found.mandates(SHELTER) == {Mandate.HEALTH_CARE}
        assert not found.withdrawn(SHELTER, NOW)
        assert [(one.code, one.digest) for one in found.alarms] == [("trust.registrar-compromised", digest(thieves))]


def test_a_first_record_beside_a_thiefs_is_no_fork() -> None:
    thieves = agency(issued_at=NOW.plus(-80 * DAY))
    found = fresh(DECLARED, thieves, countersign(ENROLLED, NEW))
    assert found.agency(SHELTER).issued_at == NOW.plus(-90 * DAY)


def test_a_confirmer_in_other_hands_confirms_nothing() -> None:
    third_key = keys("th.registrar", 2)
    fields: dict[str, Any] = {"sequence": 2, "previous": digest(DECLARED), "registrars": named(th=third_key)}
    both = federation(issued_at=NOW, ended=(gone(), gone(NEW)), **fields)
    for signers, believed in (((NEW,), False), ((NEW, third_key), True), ((third_key,), True)):
        confirmed = countersign(ENROLLED, *signers)
        found = Directory.fold([FIRST, DECLARED, both, confirmed], at=NOW, seen={}, lenient=True)
        assert (found.agencies() == (SHELTER,)) is believed


@pytest.mark.req("REC-30")
@settings(max_examples=40)
@given(sight=moments, replacement=moments)
def test_under_a_replaced_key_a_record_must_not_come_after_the_replacement(sight: Moment, replacement: Moment) -> None:
    found = known(REPLACING, {ENROLLED: sight, REPLACING: replacement}, ENROLLED)
    assert (found.agencies() == (SHELTER,)) == (sight <= replacement)
    if sight > replacement:
        assert [one.code for one in found.problems] == ["trust.registrar-replaced"]
        assert known(REPLACING, {ENROLLED: sight, REPLACING: replacement}, countersign(ENROLLED, NEW)).agencies() == (
            SHELTER,
        )


def test_a_new_node_and_an_auditor_believe_what_was_registered_in_good_order() -> None:
    assert fresh(REPLACING, ENROLLED).agencies() == (SHELTER,)
    assert auditor(REPLACING, ENROLLED).agencies() == (SHELTER,)
    assert Directory.fold([FIRST, REPLACING, ENROLLED], seen={}, at=NOW).agencies() == (SHELTER,)


NEXT = keys(SHELTER, 1)
RECOVERING: dict[str, Any] = {
    "issued_at": NOW.plus(-60 * DAY),
    "signing_keysets": (entry(HELD, revoked_at=NOW.plus(-60 * DAY)), entry(NEXT, 1, not_before_at=NOW.plus(-60 * DAY))),
}


def recovered(found: Directory) -> bool:
    return any(one.code == "trust.recovery-done" for one in found.alarms)


def test_the_second_country_of_a_recovery_is_judged_alike() -> None:
    later = following(gone(KH), th=OLD, kh=keys("kh.registrar", 1))
    recovery = next_record(ENROLLED, OLD, KH, recovery=Recovery(second_country="kh"), **RECOVERING)
    assert DELAY < 50 * DAY
    for sight, signers, believed in (
        (SINCE.plus(-1), (), True),
        (SINCE, (), False),
        (SINCE, (keys("kh.registrar", 1),), True),
        (SINCE, (INT,), False),
    ):
        record = countersign(recovery, *signers)
        found = known(later, {ENROLLED: NOW.plus(-90 * DAY), recovery: sight}, ENROLLED, record, at=NOW.plus(30 * DAY))
        assert recovered(found) is believed


def test_the_second_country_does_not_confirm_the_first() -> None:
    """A deceived second registrar must not stand in for the first, whose key the thief has."""
    recovery = next_record(ENROLLED, OLD, INT, recovery=Recovery(second_country="int"), **RECOVERING)
    sights = {ENROLLED: NOW.plus(-90 * DAY), recovery: SINCE}
    assert not recovered(known(DECLARED, sights, ENROLLED, recovery, at=NOW.plus(30 * DAY)))
    confirmed = countersign(recovery, NEW)
    assert recovered(known(DECLARED, sights, ENROLLED, confirmed, at=NOW.plus(30 * DAY)))


REVOKED = next_record(ENROLLED, OLD, issued_at=NOW.plus(-5 * DAY), signing_keysets=(entry(HELD, revoked_at=NOW),))
RECOVERY = next_record(ENROLLED, OLD, KH, recovery=Recovery(second_country="kh"), **RECOVERING)
POOL = (
    *(ENROLLED, countersign(ENROLLED, NEW), REVOKED, RECOVERY, countersign(RECOVERY, NEW), agency(name=STRANGER)),
    *(FIRST, DECLARED, REPLACING),
)


def answers(directory: Directory) -> object:
    """Everything that a directory says; errors by their codes."""
    histories = {name: directory.history(name) for name in directory.agencies()}
    folded = {
        name: (one.digest, one.keysets, one.alarms, one.problem and one.problem.code, one.ended_alone, one.left_alone)
        for name, one in histories.items()
    }
    return directory.chain.head, directory.alarms, directory.problems, folded


@st.composite
def folds(draw: st.DrawFn) -> tuple[list[int], dict[int, Moment] | None, Moment]:
    """Which of the pool, when each was first seen, the moment."""
    chosen = draw(st.lists(st.integers(0, 5), min_size=1, unique=True))
    base = [6, *draw(st.sampled_from([(), (7,), (8,)]))]
    seen = draw(st.none() | st.fixed_dictionaries({}, optional=dict.fromkeys((*base, *chosen), moments)))
    return base + chosen, seen, draw(moments)


@settings(max_examples=60)
@given(st.lists(folds(), min_size=2, max_size=5))
def test_a_memory_changes_no_answer(asked: list[tuple[list[int], dict[int, Moment] | None, Moment]]) -> None:
    """One memory over folds in any order, at any moment, with any sights: as if each were the first."""
    memory = FoldMemory()
    for numbers, sights, at in asked:
        seen = None if sights is None else {digest(POOL[number]): moment for number, moment in sights.items()}
        records = [POOL[number] for number in numbers]
        recalled = Directory.fold(records, at=at, seen=seen, lenient=True, memory=memory)
        assert answers(recalled) == answers(Directory.fold(records, at=at, seen=seen, lenient=True))
