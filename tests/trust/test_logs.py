"""Which keys sign for which log: what an agency's record may name, and who may change it. Keys are remembered."""

from __future__ import annotations

from typing import Any

import pytest

from referral_proto.crypto.logkeys import LogKeys
from referral_proto.errors import PeerError
from referral_proto.ids import agency_id
from referral_proto.log.checkpoint import LogIdentity, sign_checkpoint
from referral_proto.log.head import Head, desk_origin
from referral_proto.log.tree import EMPTY_ROOT
from referral_proto.model.records import LogEntry, WitnessEntry
from referral_proto.moment import DAY, Moment
from referral_proto.trust import Directory
from referral_proto.trust.logs import log_entry
from tests.trust.chains import NOW, agency, federation, keys, next_record

SHELTER = agency_id("th.shelter")
BEGAN = NOW.plus(-90 * DAY)
FIRST, SECOND, STRANGE = (LogKeys.from_seeds(bytes([n]) * 32, bytes([n + 1]) * 32) for n in (1, 3, 5))
ENTRY = log_entry(SHELTER, FIRST, BEGAN)
OF_DESK = log_entry(desk_origin(SHELTER), SECOND, BEGAN)
ENROLLED = agency(logs=(ENTRY, OF_DESK))
REGISTRAR = keys("th.registrar")


def fold(*records: bytes, **options: Any) -> Directory:
    return Directory.fold([federation(), *records], at=NOW, **options)


def note(keys_: LogKeys, origin: str = SHELTER, size: int = 0, at: Moment = NOW) -> bytes:
    return sign_checkpoint(Head(origin, size, EMPTY_ROOT), keys_, at)


def test_a_log_is_found_by_its_origin_and_by_what_it_signed() -> None:
    directory = fold(ENROLLED)
    assert directory.current_log(SHELTER, NOW) == LogIdentity.of(SHELTER, FIRST)
    assert directory.current_log(desk_origin(SHELTER), NOW) == LogIdentity.of(desk_origin(SHELTER), SECOND)
    assert directory.log_signer(note(FIRST)) == LogIdentity.of(SHELTER, FIRST)
    for origin, at in ((SHELTER, BEGAN.plus(-1)), (f"{SHELTER}/2", NOW)):
        with pytest.raises(PeerError, match=r"trust\.unknown-log"):
            directory.current_log(origin, at)
    with pytest.raises(PeerError, match=r"trust\.unknown-log"):
        directory.log_signer(note(STRANGE))


@pytest.mark.req("LOG-09")
@pytest.mark.parametrize(
    ("logs", "code"),
    [
        ((log_entry("kh.ministry", FIRST, BEGAN),), "trust.log-owner"),
        ((log_entry("a-log", FIRST, BEGAN),), "trust.log-owner"),
        ((ENTRY.model_copy(update={"possession": note(SECOND)}),), "trust.log-possession"),
        ((ENTRY.model_copy(update={"possession": note(FIRST, size=1)}),), "trust.log-possession"),
        ((ENTRY.model_copy(update={"possession": note(FIRST, origin="th.other")}),), "trust.log-possession"),
        ((ENTRY.model_copy(update={"possession": b""}),), "trust.log-possession"),
        ((ENTRY.model_copy(update={"ed25519": bytes(32)}),), "key.weak"),
    ],
    ids=["another agency's", "no agency's", "another key", "not empty", "another origin", "none", "weak"],
)
def test_a_record_names_its_own_logs_with_proof(logs: tuple[LogEntry, ...], code: str) -> None:
    with pytest.raises(PeerError) as refused:
        fold(agency(logs=logs))
    assert refused.value.code == code


@pytest.mark.req("LOG-09")
@pytest.mark.parametrize(
    ("logs", "taken"),
    [
        ((ENTRY, OF_DESK, log_entry(f"{SHELTER}/2", SECOND, NOW)), False),
        ((OF_DESK,), False),
        ((ENTRY.model_copy(update={"not_before_at": BEGAN.plus(1)}), OF_DESK), False),
        ((ENTRY.model_copy(update={"ended_at": NOW.plus(-1)}), OF_DESK), True),
        ((ENTRY.model_copy(update={"compromised_since_at": NOW.plus(-DAY)}), OF_DESK), True),
        ((ENTRY.model_copy(update={"possession": note(SECOND)}), OF_DESK), False),
    ],
    ids=["adds", "drops", "moves", "ends", "declares compromised", "changes the proof"],
)
def test_the_registrar_alone_may_end_a_log_and_no_more(logs: tuple[LogEntry, ...], taken: bool) -> None:
    changed = next_record(ENROLLED, REGISTRAR, issued_at=NOW.plus(-1), logs=logs)
    directory = fold(ENROLLED, changed, lenient=True)
    assert (directory.agency(SHELTER).sequence == 1) is taken
    both = next_record(ENROLLED, REGISTRAR, keys(SHELTER), issued_at=NOW.plus(-1), logs=logs)
    assert fold(ENROLLED, both).agency(SHELTER).sequence == 1


@pytest.mark.req("LOG-09")
def test_a_log_that_ended_does_not_come_back_and_what_it_signed_stays_known() -> None:
    ended = next_record(ENROLLED, REGISTRAR, keys(SHELTER), issued_at=NOW.plus(-DAY), logs=(OF_DESK,))
    directory = fold(ENROLLED, ended)
    with pytest.raises(PeerError, match=r"trust\.unknown-log"):
        directory.current_log(SHELTER, NOW)
    assert directory.current_log(SHELTER, NOW.plus(-2 * DAY)) == LogIdentity.of(SHELTER, FIRST)
    assert directory.log_signer(note(FIRST)) == LogIdentity.of(SHELTER, FIRST)
    again = next_record(ended, REGISTRAR, keys(SHELTER), logs=(ENTRY, OF_DESK))
    with pytest.raises(PeerError, match=r"trust\.log-restored"):
        fold(ENROLLED, ended, again)


def compromised(since: Moment | None, **changes: Any) -> LogEntry:
    return ENTRY.model_copy(update={"compromised_since_at": since, **changes})


@pytest.mark.req("LOG-30")
def test_a_log_that_was_declared_compromised_stands_until_then() -> None:
    since = NOW.plus(-DAY)
    declared = next_record(ENROLLED, REGISTRAR, issued_at=NOW.plus(-60), logs=(compromised(since), OF_DESK))
    directory = fold(ENROLLED, declared)
    assert directory.current_log(SHELTER, since.plus(-1)) == LogIdentity.of(SHELTER, FIRST)
    with pytest.raises(PeerError, match=r"trust\.unknown-log"):
        directory.current_log(SHELTER, since)
    assert directory.log_signer(note(FIRST)) == LogIdentity.of(SHELTER, FIRST)
    assert directory.current_log(desk_origin(SHELTER), NOW) == LogIdentity.of(desk_origin(SHELTER), SECOND)


@pytest.mark.req("LOG-09")
@pytest.mark.parametrize("days", [None, -1, -2, -3])
def test_the_date_of_a_compromise_is_never_taken_back(days: int | None) -> None:
    began = NOW.plus(-2 * DAY)
    declared = next_record(ENROLLED, REGISTRAR, issued_at=NOW.plus(-60), logs=(compromised(began), OF_DESK))
    since = None if days is None else NOW.plus(days * DAY)
    again = next_record(declared, REGISTRAR, keys(SHELTER), logs=(compromised(since), OF_DESK))
    directory = fold(ENROLLED, declared, again, lenient=True)
    taken = since is not None and since <= began
    assert (directory.agency(SHELTER).sequence == 2) is taken
    assert directory.logs(SHELTER)[0].compromised_since_at == (since if taken else began)
    if not taken:
        with pytest.raises(PeerError, match=r"trust\.log-restored"):
            fold(ENROLLED, declared, again)


@pytest.mark.req("LOG-09")
def test_the_registrar_may_say_it_of_a_log_that_was_dropped_but_not_bring_it_back() -> None:
    ended = NOW.plus(-DAY)
    dropped = next_record(ENROLLED, REGISTRAR, keys(SHELTER), issued_at=ended, logs=(OF_DESK,))
    since = NOW.plus(-3 * DAY)
    for entry, taken in (
        (compromised(since, ended_at=ended), True),
        (compromised(since), False),
        (compromised(since, ended_at=ended.plus(1)), False),
    ):
        said = next_record(dropped, REGISTRAR, logs=(entry, OF_DESK))
        directory = fold(ENROLLED, dropped, said, lenient=True)
        (known,) = [one for one in directory.logs(SHELTER) if one.origin == SHELTER]
        assert (known.compromised_since_at, known.ended_at) == (since if taken else None, ended)


@pytest.mark.req("WIT-02")
@pytest.mark.parametrize(
    ("change", "quorum"),
    [
        ({}, 1),
        ({}, 4),
        ({}, None),
        ({"country": "th"}, 2),
        ({"name": "witness.th"}, 2),
        ({"ed25519": SECOND.ed25519.data, "mldsa44": SECOND.mldsa44.data}, 2),
    ],
    ids=["half or less", "more than all", "none", "country twice", "name twice", "keys twice"],
)
def test_a_list_of_witnesses_that_cannot_be_is_refused(change: dict[str, Any], quorum: int | None) -> None:
    made = [
        WitnessEntry(
            name=f"witness.{country}",
            country=country,
            url=f"https://witness.example/{country}",
            ed25519=held.ed25519.data,
            mldsa44=held.mldsa44.data,
        )
        for country, held in (("th", SECOND), ("kh", STRANGE), ("int", FIRST))
    ]
    assert fold_witnesses(tuple(made), 2).witnesses(NOW).quorum == 2
    with pytest.raises(PeerError, match=r"trust\.record-malformed"):
        fold_witnesses((made[0], made[1].model_copy(update=change), made[2]), quorum)


def fold_witnesses(witnesses: tuple[WitnessEntry, ...], quorum: int | None) -> Directory:
    return Directory.fold([federation(witnesses=witnesses, quorum=quorum)], at=NOW)
