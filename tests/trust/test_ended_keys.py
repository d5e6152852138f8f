"""Law: the list of ended keys only grows, and what stands on it stands nowhere else again (F7, F13)."""

from __future__ import annotations

from typing import Any

import pytest

from referral_proto.crypto.logkeys import WitnessKeys
from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import Digest
from referral_proto.model.records import EndedKey, Registrar, WitnessEntry
from referral_proto.moment import DAY
from referral_proto.trust.amend import amend_federation
from referral_proto.trust.changes import What, changes
from referral_proto.trust.declare import declare_ended
from referral_proto.trust.directory import Directory
from referral_proto.trust.federation import Federation
from referral_proto.trust.logs import witness_id
from referral_proto.trust.signed import countersign
from tests.trust.chains import NOW, digest, federation, keys, public

TH, KH, INT = keys("th.founder"), keys("kh.founder"), keys("int.founder")
OLD, NEW = keys("th.registrar"), keys("th.registrar", 1)
REGISTRARS = tuple(Registrar(country=k.agency.split(".")[0], keyset=public(k)) for k in (keys("kh.registrar"), NEW))
SINCE = NOW.plus(-10 * DAY)


def witness(country: str) -> WitnessEntry:
    held = WitnessKeys.create()
    return WitnessEntry(
        name=f"witness.{country}.example",
        country=country,
        url=f"https://witness.{country}.example",
        ed25519=held.ed25519.data,
        mldsa44=held.mldsa44.data,
    )


WITNESSES = tuple(map(witness, ("int", "kh", "th")))
FIRST = federation(witnesses=WITNESSES, quorum=2)


def chain(*records: bytes) -> Federation:
    return Directory.fold([FIRST, *records]).chain


def code(*records: bytes) -> str:
    with pytest.raises(PeerError) as caught:
        chain(*records)
    return caught.value.code


def gone(**changes: Any) -> EndedKey:
    return EndedKey(**({"holder": "th.registrar", "key": OLD.id, "ended_at": NOW} | changes))


def second(**changes: Any) -> bytes:
    fields = {"sequence": 1, "previous": digest(FIRST), "issued_at": NOW, "registrars": REGISTRARS}
    return federation(TH, KH, **(fields | {"ended": (gone(),)} | changes))


def third(before: bytes, **changes: Any) -> bytes:
    fields = {"sequence": 2, "previous": digest(before), "issued_at": NOW.plus(DAY), "registrars": REGISTRARS}
    return federation(TH, KH, **(fields | changes))


def test_a_key_that_is_replaced_is_listed_by_itself() -> None:
    amended = amend_federation(
        chain(), NOW, TH, KH, registrars={"th": NEW.public, "kh": None}, witnesses=WITNESSES[:2], quorum=2
    )
    listed = {(one.holder, one.key, one.ended_at, one.compromised_since_at) for one in chain(amended).current.ended}
    assert listed == {
        ("th.registrar", OLD.id, NOW, None),
        ("kh.registrar", keys("kh.registrar").id, NOW, None),
        ("witness.th.example", witness_id(WITNESSES[2]), NOW, None),
    }


def test_a_key_that_stands_elsewhere_has_not_ended() -> None:
    both = federation(registrars=(Registrar(country="th", keyset=public(TH)),))
    amended = amend_federation(Directory.fold([both]).chain, NOW, TH, KH, registrars={"th": NEW.public})
    assert Directory.fold([both, amended]).federation.ended == ()


@pytest.mark.parametrize(
    "standing",
    [
        {"registrars": (Registrar(country="th", keyset=public(OLD)),)},
        {"founders": (public(TH), public(KH), public(OLD))},
    ],
    ids=["registrar", "founder"],
)
def test_an_ended_key_stands_nowhere_again(standing: dict[str, Any]) -> None:
    assert code(second(**standing)) == "trust.keyset-restored"
    ended = second()
    assert code(ended, third(ended, ended=(gone(),), **standing)) == "trust.keyset-restored"


def test_an_ended_witness_watches_no_more() -> None:
    entry = EndedKey(holder=WITNESSES[0].name, key=witness_id(WITNESSES[0]), ended_at=NOW)
    assert code(second(witnesses=WITNESSES, quorum=2, ended=(gone(), entry))) == "trust.keyset-restored"
    with pytest.raises(CallerError, match=r"issue\.invalid"):
        amend_federation(chain(second()), NOW.plus(DAY), TH, KH, registrars={"th": OLD.public})


DECLARED = gone(compromised_since_at=SINCE)


@pytest.mark.req("REC-29")
@pytest.mark.parametrize(
    ("before", "after", "refused"),
    [
        (gone(), (), True),
        (gone(), (gone(ended_at=NOW.plus(1)),), True),
        (gone(), (gone(holder="th.other"),), True),
        (gone(), (DECLARED,), False),
        (DECLARED, (gone(),), True),
        (DECLARED, (gone(compromised_since_at=SINCE.plus(1)),), True),
        (DECLARED, (gone(compromised_since_at=SINCE.plus(-1)),), False),
        (DECLARED, (DECLARED, EndedKey(holder="a", key=bytes(32), ended_at=NOW)), False),
    ],
)
def test_the_list_only_grows(before: EndedKey, after: tuple[EndedKey, ...], refused: bool) -> None:
    held = second(ended=(before,))
    later = third(held, ended=after)
    if refused:
        assert code(held, later) == "trust.chain"
    else:
        assert chain(held, later).current.ended == after


@pytest.mark.parametrize(
    "ended",
    [(gone(), gone()), (gone(ended_at=NOW.plus(1)),), (gone(compromised_since_at=NOW.plus(1)),)],
    ids=["twice", "ends later", "compromised later"],
)
def test_a_list_that_cannot_be_is_refused(ended: tuple[EndedKey, ...]) -> None:
    assert code(second(ended=ended)) == "trust.record-malformed"


def test_a_compromise_ends_the_key_wherever_it_stands() -> None:
    held = chain()
    record = declare_ended(held, NOW, "th.registrar", OLD.id, SINCE, TH, KH, replacement=NEW.public)
    after = chain(record)
    assert [one.keyset.ed25519 for one in after.current.registrars if one.country == "th"] == [NEW.public.ed25519]
    assert after.current.ended == (gone(compromised_since_at=SINCE),)
    without = chain(declare_ended(held, NOW, "th.registrar", OLD.id, SINCE, TH, KH))
    assert [one.country for one in without.current.registrars] == ["int", "kh"]
    earlier = declare_ended(after, NOW.plus(DAY), "th.registrar", OLD.id, SINCE.plus(-DAY), TH, KH)
    assert chain(record, earlier).current.ended == (gone(compromised_since_at=SINCE.plus(-DAY)),)
    with pytest.raises(CallerError, match=r"issue\.invalid"):
        declare_ended(after, NOW.plus(DAY), "th.registrar", OLD.id, SINCE.plus(1), TH, KH)
    for holder, key, why in (("kh.registrar", OLD.id, "unknown"), ("th.registrar", Digest(bytes(32)), "unknown")):
        with pytest.raises(CallerError, match=why):
            declare_ended(held, NOW, holder, key, SINCE)
    with pytest.raises(CallerError, match=r"issue\.threshold"):
        declare_ended(held, NOW, "th.founder", TH.id, SINCE, threshold=3)
    with pytest.raises(CallerError, match=r"key\.other-agency"):
        declare_ended(held, NOW, "th.founder", TH.id, SINCE, replacement=NEW.public)


@pytest.mark.req("WIT-03")
def test_a_witness_in_other_hands_counts_no_more_from_then_on_and_the_quorum_stays() -> None:
    name = WITNESSES[0].name
    record = declare_ended(chain(), NOW, name, witness_id(WITNESSES[0]), SINCE, KH, TH)
    after = chain(record)
    assert [one.name for one in after.witnesses(SINCE.plus(-1)).members] == [one.name for one in WITNESSES]
    left = after.witnesses(SINCE)
    assert ([one.name for one in left.members], left.quorum) == ([one.name for one in WITNESSES[1:]], 2)
    both = declare_ended(after, NOW.plus(DAY), WITNESSES[1].name, witness_id(WITNESSES[1]), SINCE, KH, TH)
    none = chain(record, both).witnesses(SINCE)
    assert (none.members, none.quorum) == ((), 2)
    other = witness("int").model_copy(update={"name": "other.th.example"})
    new = declare_ended(chain(), NOW, name, witness_id(WITNESSES[0]), SINCE, KH, TH, replacement=other)
    assert [one.name for one in chain(new).current.witnesses] == ["other.th.example", *(w.name for w in WITNESSES[1:])]


@pytest.mark.req("REC-31")
def test_a_founder_in_other_hands_signs_nothing_from_then_on() -> None:
    stolen = second(ended=(), name="Changed", issued_at=SINCE.plus(1))
    before = second(ended=(), name="Changed", issued_at=SINCE.plus(-1))
    new = keys("th.founder", 1)
    for changed in (stolen, before):
        declared = declare_ended(chain(changed), NOW, "th.founder", TH.id, SINCE, KH, INT, new, replacement=new.public)
        if changed is before:
            assert chain(changed, declared).current.sequence == 2
            continue
        assert code(changed, declared) == "trust.record-signature"
        assert chain(countersign(changed, INT), declared).current.sequence == 2
    by_thief = declare_ended(chain(), NOW, "th.founder", TH.id, SINCE, KH, TH, new, replacement=new.public)
    assert code(by_thief) == "trust.record-signature"


def test_what_ended_and_what_leaked_is_a_difference() -> None:
    replaced = amend_federation(chain(), NOW, TH, KH, registrars={"th": NEW.public}, witnesses=(), quorum=None)
    before, after = Directory.fold([FIRST]), Directory.fold([FIRST, replaced])
    told = [(one.what, one.agency) for one in changes(before, after, NOW)]
    assert told[0] == (What.FEDERATION, "")
    assert set(told[1:]) == {
        (What.KEY_ENDED, "th.registrar"),
        *((What.KEY_ENDED, one.name) for one in WITNESSES),
        (What.WITNESSES, ""),
    }
    declared = declare_ended(after.chain, NOW.plus(DAY), "th.registrar", OLD.id, SINCE, TH, KH)
    later = Directory.fold([FIRST, replaced, declared])
    assert [(one.what, one.agency) for one in changes(after, later, NOW)] == [
        (What.FEDERATION, ""),
        (What.KEY_COMPROMISED, "th.registrar"),
    ]
