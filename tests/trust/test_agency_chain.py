"""F21 and the history of keys: who may change an agency's keys, and how each stood at any moment."""

from __future__ import annotations

import pytest

from referral_proto.errors import PeerError
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.records import Recovery
from referral_proto.moment import DAY, Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.standing import Status
from tests.trust.chains import DELAY, NOW, agency, digest, entry, federation, keys, next_record

SHELTER = "th.shelter"
OLD, NEW, THIEF = keys(SHELTER), keys(SHELTER, 1), keys(SHELTER, 666)
TH, KH = keys("th.registrar"), keys("kh.registrar")


def fold(*records: bytes, at: Moment = NOW, **more: object) -> Directory:
    return Directory.fold([federation(), *records], at=at, **more)  # type: ignore[arg-type]


def refused(*records: bytes, at: Moment = NOW, **more: object) -> str:
    with pytest.raises(PeerError) as caught:
        fold(*records, at=at, **more)
    return caught.value.code


def status(directory: Directory, held: object, at: Moment) -> Status:
    return directory.standing(SHELTER, held.id, at).status  # type: ignore[attr-defined]


FIRST = agency()
ROTATION = {"signing_keysets": (entry(OLD), entry(NEW, 1, not_before_at=NOW))}


def test_registrar_and_previous_keyset_together_add_a_key() -> None:
    directory = fold(FIRST, next_record(FIRST, TH, OLD, **ROTATION))
    assert status(directory, OLD, NOW) is Status.VALID
    assert status(directory, NEW, NOW) is Status.VALID
    assert status(directory, NEW, NOW.plus(-1)) is Status.NOT_VALID


def test_a_compelled_registrar_alone_cannot_put_its_own_key_in_place() -> None:
    forged = {"signing_keysets": (entry(OLD), entry(THIEF, 1, not_before_at=NOW))}
    usurped = next_record(FIRST, TH, **forged)
    assert refused(FIRST, usurped) == "trust.keyset-unsupported"
    lenient = fold(FIRST, usurped, lenient=True)
    assert lenient.problems == (("trust.keyset-unsupported", SHELTER),)
    with pytest.raises(PeerError) as caught:
        lenient.keyset(SHELTER, THIEF.id)
    assert caught.value.code == "trust.unknown-keyset"
    assert status(lenient, OLD, NOW) is Status.VALID


def test_the_thief_signing_for_itself_changes_nothing() -> None:
    forged = {"signing_keysets": (entry(OLD), entry(THIEF, 1, not_before_at=NOW))}
    assert refused(FIRST, next_record(FIRST, TH, THIEF, **forged)) == "trust.keyset-unsupported"


def test_the_agency_alone_changes_nothing() -> None:
    assert refused(FIRST, next_record(FIRST, OLD, **ROTATION)) == "trust.record-signature"


def test_another_countrys_registrar_enrols_nobody_here() -> None:
    assert refused(agency(KH)) == "trust.record-signature"


def test_the_registrar_alone_may_narrow() -> None:
    revoked = next_record(FIRST, TH, signing_keysets=(entry(OLD, revoked_at=NOW),))
    directory = fold(FIRST, revoked)
    assert status(directory, OLD, NOW.plus(-1)) is Status.VALID
    assert status(directory, OLD, NOW) is Status.NOT_VALID
    assert fold(FIRST, next_record(FIRST, TH, mandates=(Mandate.HEALTH_CARE,))).mandates(SHELTER) == {
        Mandate.HEALTH_CARE
    }
    gone = fold(FIRST, next_record(FIRST, TH, withdrawn_at=NOW))
    assert gone.withdrawn(SHELTER, NOW) and not gone.withdrawn(SHELTER, NOW.plus(-1))
    assert status(gone, OLD, NOW) is Status.NOT_VALID


@pytest.mark.parametrize(
    "widening",
    [
        {"signing_keysets": (entry(OLD, not_after_at=NOW.plus(900 * DAY)),)},
        {"signing_keysets": (entry(OLD, not_before_at=NOW.plus(-91 * DAY)),)},
        {"signing_keysets": (entry(NEW, 1),)},
        {"relay": "th.other"},
    ],
    ids=["longer", "earlier", "replaced", "relay moved"],
)
def test_the_registrar_alone_may_not_widen(widening: dict[str, object]) -> None:
    assert refused(FIRST, next_record(FIRST, TH, **widening)) == "trust.keyset-unsupported"


def test_a_revoked_key_neither_comes_back_nor_vouches() -> None:
    revoked = next_record(FIRST, TH, OLD, signing_keysets=(entry(OLD, revoked_at=NOW), entry(NEW, 1)))
    back = next_record(revoked, TH, NEW, issued_at=NOW.plus(1), signing_keysets=(entry(OLD), entry(NEW, 1)))
    assert refused(FIRST, revoked, back) == "trust.keyset-restored"
    by_revoked = next_record(revoked, TH, OLD, issued_at=NOW.plus(1), signing_keysets=(entry(THIEF, 2),))
    assert refused(FIRST, revoked, by_revoked) == "trust.keyset-unsupported"


def test_a_dropped_key_keeps_its_past() -> None:
    dropped = next_record(FIRST, TH, OLD, signing_keysets=(entry(NEW, 1, not_before_at=NOW),))
    directory = fold(FIRST, dropped)
    assert status(directory, OLD, NOW.plus(-1)) is Status.VALID
    assert status(directory, OLD, NOW) is Status.NOT_VALID
    back = next_record(dropped, TH, NEW, issued_at=NOW.plus(1), signing_keysets=(entry(OLD), entry(NEW, 1)))
    assert refused(FIRST, dropped, back) == "trust.keyset-restored"


@pytest.mark.req("REC-20")
def test_a_compromise_contests_what_came_after_it_began() -> None:
    since = NOW.plus(-10 * DAY)
    said = entry(OLD, compromised_since_at=since, compromise_asserted_by="th.registrar", compromise_asserted_at=NOW)
    directory = fold(FIRST, next_record(FIRST, TH, signing_keysets=(said,)))
    assert status(directory, OLD, since.plus(-1)) is Status.VALID
    contested = directory.standing(SHELTER, OLD.id, since)
    assert contested.status is Status.CONTESTED
    assert (contested.since, contested.asserted_by, contested.asserted_at) == (since, "th.registrar", NOW)
    assert directory.standing(SHELTER, OLD.id, None).status is Status.INDETERMINATE
    with pytest.raises(PeerError) as caught:
        directory.signing_keyset(SHELTER, OLD.id, NOW)
    assert caught.value.code == "trust.keyset-contested"


RECOVERY = {
    "recovery": Recovery(second_country="kh"),
    "signing_keysets": (entry(OLD, revoked_at=NOW), entry(NEW, 1, not_before_at=NOW)),
}


@pytest.mark.req("REC-16")
def test_a_recovery_waits_and_is_an_alarm() -> None:
    recovery = next_record(FIRST, TH, KH, **RECOVERY)
    seen = {digest(recovery): NOW.plus(DAY)}
    early = fold(FIRST, recovery, at=NOW.plus(DELAY), seen=seen)
    assert [(a.code, a.effective_at) for a in early.alarms] == [("trust.recovery-pending", NOW.plus(DAY + DELAY))]
    assert status(early, OLD, NOW.plus(DELAY)) is Status.VALID
    late = fold(FIRST, recovery, at=NOW.plus(DAY + DELAY), seen=seen)
    assert [a.code for a in late.alarms] == ["trust.recovery-done"]
    assert status(late, NEW, NOW.plus(DAY + DELAY)) is Status.VALID
    assert status(late, NEW, NOW.plus(DAY + DELAY - 1)) is Status.NOT_VALID


def test_without_a_moment_no_recovery_is_over_and_every_revocation_counts() -> None:
    recovery = next_record(FIRST, TH, KH, issued_at=NOW.plus(-60 * DAY), **RECOVERY)
    directory = Directory.fold([federation(), FIRST, recovery])
    assert [alarm.code for alarm in directory.alarms] == ["trust.recovery-pending"]
    assert status(directory, OLD, NOW) is Status.VALID
    with pytest.raises(PeerError):
        directory.keyset(SHELTER, NEW.id)


def test_a_backdated_recovery_waits_from_when_it_was_seen() -> None:
    backdated = next_record(FIRST, TH, KH, issued_at=NOW.plus(-60 * DAY), **RECOVERY)
    directory = fold(FIRST, backdated, at=NOW, seen={digest(backdated): NOW})
    assert [a.code for a in directory.alarms] == ["trust.recovery-pending"]
    assert status(directory, OLD, NOW) is Status.VALID


@pytest.mark.parametrize("signers", [(TH,), (KH,), (TH, keys("int.registrar"))], ids=["alone", "foreign", "other"])
def test_a_recovery_without_the_second_country_is_nothing(signers: tuple[object, ...]) -> None:
    recovery = next_record(FIRST, *signers, **RECOVERY)  # type: ignore[arg-type]
    assert refused(FIRST, recovery) in {"trust.recovery-unsupported", "trust.record-signature"}


def test_a_country_is_not_its_own_second() -> None:
    recovery = next_record(FIRST, TH, **(RECOVERY | {"recovery": Recovery(second_country="th")}))
    assert refused(FIRST, recovery) == "trust.recovery-unsupported"


def test_the_agency_that_speaks_up_stops_a_recovery() -> None:
    recovery = next_record(FIRST, TH, KH, **RECOVERY)
    objection = next_record(FIRST, TH, OLD, issued_at=NOW.plus(DAY))
    seen = {digest(recovery): NOW, digest(objection): NOW.plus(DAY)}
    directory = fold(FIRST, recovery, objection, at=NOW.plus(30 * DAY), seen=seen)
    assert [a.code for a in directory.alarms] == ["trust.recovery-opposed"]
    assert status(directory, OLD, NOW.plus(2 * DAY)) is Status.VALID
    with pytest.raises(PeerError):
        directory.keyset(SHELTER, NEW.id)


def test_two_records_in_one_place_are_a_fork() -> None:
    one = next_record(FIRST, TH, OLD, **ROTATION)
    other = next_record(FIRST, TH, OLD, mandates=(Mandate.HEALTH_CARE,))
    assert refused(FIRST, one, other) == "trust.record-fork"
    assert status(fold(FIRST, one, other, lenient=True), OLD, NOW) is Status.VALID


@pytest.mark.parametrize("change", [{"sequence": 2}, {"previous": None}, {"previous": bytes(32)}])
def test_a_broken_chain_ends_there(change: dict[str, object]) -> None:
    broken = next_record(FIRST, TH, OLD, **(ROTATION | change))
    assert refused(FIRST, broken) == "trust.chain"


@pytest.mark.req("REC-18")
def test_a_chain_does_not_run_back_in_time() -> None:
    assert refused(FIRST, next_record(FIRST, TH, OLD, issued_at=NOW.plus(-91 * DAY))) == "trust.chain"


def test_a_key_nobody_proved_is_refused() -> None:
    stolen = entry(NEW, 1).model_copy(update={"possession_ed25519": bytes(64)})
    assert refused(FIRST, next_record(FIRST, TH, OLD, signing_keysets=(entry(OLD), stolen))) == "trust.possession"


def test_one_key_is_not_two_agencies() -> None:
    other = agency(name="th.other")
    half = entry(keys("th.other")).ed25519
    shared = entry(NEW, 1).model_copy(update={"ed25519": half})
    assert refused(FIRST, other, next_record(FIRST, TH, OLD, signing_keysets=(entry(OLD), shared))) in {
        "trust.possession",
        "trust.key-shared",
    }


def test_copies_signed_apart_count_together() -> None:
    by_registrar = next_record(FIRST, TH, **ROTATION)
    by_agency = next_record(FIRST, OLD, **ROTATION)
    assert status(fold(FIRST, by_registrar, by_agency), NEW, NOW) is Status.VALID


@pytest.mark.req("REC-19")
def test_a_recovery_that_a_node_never_saw_begins_to_wait_now() -> None:
    backdated = next_record(FIRST, TH, KH, issued_at=NOW.plus(-60 * DAY), **RECOVERY)
    assert [a.code for a in fold(FIRST, backdated, seen={}).alarms] == ["trust.recovery-pending"]
    assert [a.code for a in fold(FIRST, backdated).alarms] == ["trust.recovery-done"]


@pytest.mark.req("REC-22")
def test_a_registrar_alone_ends_nothing_in_the_past() -> None:
    long_ago = NOW.plus(-80 * DAY)
    for narrowing in (
        {"signing_keysets": (entry(OLD, revoked_at=long_ago),)},
        {"signing_keysets": (entry(OLD, not_after_at=long_ago),)},
        {"withdrawn_at": long_ago},
    ):
        backdated = next_record(FIRST, TH, issued_at=long_ago, **narrowing)
        directory = fold(FIRST, backdated, seen={digest(backdated): NOW})
        assert status(directory, OLD, NOW.plus(-1)) is Status.VALID
        assert status(directory, OLD, NOW) is Status.NOT_VALID
        both = next_record(FIRST, TH, OLD, issued_at=long_ago, **narrowing)
        assert status(fold(FIRST, both, seen={digest(both): NOW}), OLD, NOW.plus(-1)) is Status.NOT_VALID
