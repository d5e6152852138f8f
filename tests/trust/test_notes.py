"""Which checkpoints count: the keys of a log may end or leak, and whoever holds them can sign any head at any date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.crypto.logkeys import LogKeys, WitnessKeys
from referral_proto.errors import PeerError
from referral_proto.ids import agency_id
from referral_proto.log.checkpoint import cosign, sign_checkpoint, with_cosignatures
from referral_proto.log.head import Head
from referral_proto.model.records import WitnessEntry
from referral_proto.moment import DAY, HOUR, Moment
from referral_proto.trust import Directory
from referral_proto.trust.ended import with_ended
from referral_proto.trust.logs import log_entry, stood
from referral_proto.trust.notes import NOT_STANDING, UNBOUNDED, judge_note, verify_note
from referral_proto.trust.signed import sign_record
from tests.trust.chains import NOW, agency, digest, federation, keys

SHELTER = agency_id("th.shelter")
BEGAN, ENDED = NOW.plus(-90 * DAY), NOW.plus(-10 * DAY)
OLD, NEW = (LogKeys.from_seeds(bytes([n]) * 32, bytes([n + 1]) * 32) for n in (1, 3))
NAMES = tuple(f"witness.{country}" for country in ("int", "kh", "th"))
WITNESSES = {name: WitnessKeys.from_seeds(bytes([n]) * 32, bytes([n + 1]) * 32) for n, name in enumerate(NAMES, 11)}
LATER = {name: WitnessKeys.from_seeds(bytes([n]) * 32, bytes([n + 1]) * 32) for n, name in enumerate(NAMES, 31)}
HEAD = Head(SHELTER, 9, bytes([7]) * 32)


def entries(held: dict[str, WitnessKeys]) -> tuple[WitnessEntry, ...]:
    return tuple(
        WitnessEntry(
            name=name,
            country=name.split(".")[1],
            url=f"https://{name}",
            ed25519=one.ed25519.data,
            mldsa44=one.mldsa44.data,
        )
        for name, one in held.items()
    )


WATCHED = federation(witnesses=entries(WITNESSES), quorum=2)


def directory(*more: bytes, **changes: Any) -> Directory:
    """A log whose keys began, and were replaced by others unless `changes` say otherwise."""
    old = log_entry(SHELTER, OLD, BEGAN).model_copy(update={"ended_at": ENDED, **changes})
    return Directory.fold([WATCHED, *more, agency(logs=(old, log_entry(SHELTER, NEW, ENDED)))], at=NOW)


REPLACED = directory()
LEAKED = directory(compromised_since_at=ENDED.plus(-DAY))
STANDING = directory(ended_at=None)


def note(at: Moment, cosigned: Sequence[Moment] = (), held: LogKeys = OLD, **options: Any) -> bytes:
    witnesses = options.get("witnesses", WITNESSES)
    lines = [
        line for name, time in zip(NAMES, cosigned, strict=False) for line in cosign(HEAD, name, witnesses[name], time)
    ]
    return with_cosignatures(sign_checkpoint(HEAD, held, at), lines)


def doubt(known: Directory, data: bytes, at: Moment | None = NOW) -> str:
    found = judge_note(data, known, at).doubt
    if found:
        with pytest.raises(PeerError) as refused:
            verify_note(data, known, at)
        assert refused.value.code == found
    else:
        assert verify_note(data, known, at).checkpoint.head == HEAD
    return found


def test_a_checkpoint_under_keys_that_stand_counts_by_itself() -> None:
    assert doubt(STANDING, note(NOW)) == ""
    assert doubt(REPLACED, note(NOW, held=NEW)) == ""
    judged = judge_note(note(NOW, held=NEW), REPLACED, NOW)
    assert (judged.entry.ed25519, judged.watched, judged.checkpoint.trusted_time) == (NEW.ed25519.data, True, None)


@pytest.mark.req("LOG-30")
@pytest.mark.parametrize("known", [REPLACED, LEAKED], ids=["ended", "leaked"])
@given(days=st.integers(-120, 40), cosigned=st.lists(st.integers(-120, 40), max_size=3))
def test_after_their_end_keys_say_nothing_but_what_a_quorum_cosigned_while_they_stood(
    known: Directory, days: int, cosigned: list[int]
) -> None:
    at, times = NOW.plus(days * DAY), [NOW.plus(one * DAY) for one in cosigned]
    (entry,) = [one for one in known.logs(SHELTER) if one.ed25519 == OLD.ed25519.data]
    counted = sorted(one for one in times if one <= NOW.plus(HOUR))
    quorum = counted[1] if len(counted) >= 2 and counted[1] >= Moment(0) else None
    found = doubt(known, note(at, times))
    if not stood(entry, at) or (quorum is not None and not stood(entry, quorum)):
        assert found == NOT_STANDING
    else:
        assert found == ("" if quorum is not None else UNBOUNDED)


@pytest.mark.req("LOG-30")
def test_one_lying_witness_with_an_old_key_is_no_quorum() -> None:
    before = ENDED.plus(-5 * DAY)
    for known in (REPLACED, LEAKED):
        assert doubt(known, note(before, [before])) == UNBOUNDED
        assert doubt(known, note(before, [before, before])) == ""
        assert doubt(known, note(NOW, [before, before])) == NOT_STANDING
        assert doubt(known, note(before, [NOW, NOW])) == NOT_STANDING


def test_keys_that_end_later_have_not_ended_yet() -> None:
    known = directory(ended_at=NOW.plus(DAY))
    assert doubt(known, note(NOW)) == ""
    assert doubt(known, note(NOW), NOW.plus(DAY)) == UNBOUNDED
    assert doubt(known, note(NOW), None) == UNBOUNDED
    assert doubt(known, note(NOW.plus(DAY))) == NOT_STANDING


@pytest.mark.req("WIT-03")
def test_witnesses_are_counted_by_the_list_in_force_at_the_time_they_make() -> None:
    changed = NOW.plus(-5 * DAY)
    before = Directory.fold([WATCHED], at=NOW).federation
    record = before.model_copy(
        update={"sequence": 1, "previous": digest(WATCHED), "issued_at": changed, "witnesses": entries(LATER)}
    )
    record = record.model_copy(update={"ended": with_ended(before, record, changed)})
    second = sign_record(record, keys("th.founder"), keys("kh.founder"))
    known = directory(second, ended_at=None)
    old, new = changed.plus(-HOUR), changed.plus(HOUR)
    for witnesses, time, counts in (
        (WITNESSES, old, True),
        (WITNESSES, new, False),
        (LATER, new, True),
        (LATER, old, False),
    ):
        # Whatever the log itself says of its time.
        for at in (old, new):
            found = judge_note(note(at, [time, time], witnesses=witnesses), known, NOW).checkpoint
            assert found.trusted_time == (time if counts else None)


def test_a_cosignature_from_the_future_does_not_count() -> None:
    ahead = NOW.plus(STANDING.max_skew + 1)
    assert judge_note(note(NOW, [NOW, ahead]), STANDING, NOW).checkpoint.trusted_time is None
    assert judge_note(note(NOW, [NOW, ahead]), STANDING).checkpoint.trusted_time == ahead


def test_a_log_that_would_watch_itself_has_no_witnesses() -> None:
    own = WitnessKeys.from_seeds(bytes([1]) * 32, bytes([2]) * 32)
    shared = federation(witnesses=entries(WITNESSES | {NAMES[0]: own}), quorum=2)
    known = Directory.fold([shared, agency(logs=(log_entry(SHELTER, OLD, BEGAN),))], at=NOW)
    assert judge_note(note(NOW, [NOW, NOW, NOW]), known, NOW).checkpoint.cosigned == ()


def test_what_is_not_signed_is_refused() -> None:
    stranger = LogKeys.from_seeds(bytes([5]) * 32, bytes([6]) * 32)
    with pytest.raises(PeerError, match=r"trust\.unknown-log"):
        judge_note(note(NOW, held=stranger), STANDING, NOW)
    bad = cosign(Head(SHELTER, 8, bytes(32)), NAMES[0], WITNESSES[NAMES[0]], NOW)
    with pytest.raises(PeerError, match=r"note\.signature"):
        judge_note(with_cosignatures(note(NOW), bad), STANDING, NOW)
    with pytest.raises(PeerError, match=r"note\.|checkpoint\."):
        judge_note(b"no note", STANDING, NOW)
