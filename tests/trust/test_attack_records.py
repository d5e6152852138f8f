"""What somebody without a key, or with a key of another agency, can do to a victim's records: nothing."""

from __future__ import annotations

import pytest

from referral_proto.errors import PeerError
from referral_proto.model.records import AgencyRecord, OpeningKeyRecord, SignedRecord
from referral_proto.moment import DAY
from referral_proto.trust.directory import Directory
from referral_proto.trust.signed import sign_record
from referral_proto.wire import decode, encode
from tests.relay.world import KH, SHELTER, START, TH, World
from tests.trust import chains

WORLD = World.founded()


def fold(**more: bytes) -> Directory:
    """The world's records and others, of which the strangers' are read first."""
    return Directory.fold([*more.values(), *WORLD.records.values()], lenient=True)


def parts(name: str) -> tuple[SignedRecord, AgencyRecord]:
    signed = decode(SignedRecord, WORLD.records[name])
    return signed, decode(AgencyRecord, signed.record)


def twin(name: str, **changes: object) -> bytes:
    """Another record that nobody signed."""
    signed, record = parts(name)
    return encode(SignedRecord(kind=signed.kind, record=encode(record.model_copy(update=changes))))


def with_wrong_signatures(name: str) -> bytes:
    """A copy of a record, under which stand signatures that do not verify."""
    signed = decode(SignedRecord, WORLD.records[name])
    wrong = tuple(one.model_copy(update={"mldsa65": bytes(3309)}) for one in signed.signatures)
    return encode(signed.model_copy(update={"signatures": wrong}))


def test_an_unsigned_twin_of_the_first_record_is_no_fork() -> None:
    found = fold(twin=twin(f"agency-{TH}", issued_at=START))
    assert found.agencies() == fold().agencies()
    assert found.problems == ()


def test_an_unsigned_twin_of_a_later_record_does_not_hold_up_a_revocation() -> None:
    first = chains.agency()
    held, registrar = chains.keys("th.shelter"), chains.keys("th.registrar")
    revoked = chains.next_record(first, registrar, signing_keysets=(chains.entry(held, revoked_at=chains.NOW),))
    unsigned = chains.next_record(first, issued_at=chains.NOW.plus(1))
    for order in ((revoked, unsigned), (unsigned, revoked)):
        found = Directory.fold([chains.federation(), first, *order], at=chains.NOW)
        with pytest.raises(PeerError, match=r"trust\.keyset-revoked"):
            found.signing_keyset("th.shelter", held.id, chains.NOW)


def test_copies_with_wrong_signatures_do_not_hurt_what_is_signed_rightly() -> None:
    for name in ("federation", f"agency-{TH}", f"relay-{TH}", f"opening-{TH}"):
        found = fold(copy=with_wrong_signatures(name))
        assert found.problems == ()
        assert found.relay_of(SHELTER).operator == TH
        assert found.current_opening_key(TH, START).agency == TH


def test_a_wrong_signature_alone_still_refuses_the_record() -> None:
    records = {**WORLD.records, f"agency-{TH}": with_wrong_signatures(f"agency-{TH}")}
    with pytest.raises(PeerError, match=r"trust\.record-signature"):
        Directory.fold(records.values())


def test_who_writes_anothers_opening_key_into_a_record_does_not_take_it_from_its_owner() -> None:
    victim = WORLD.agencies[TH].opening.public
    stolen = OpeningKeyRecord(
        agency=KH, epoch=9, xwing=victim.xwing, not_before_at=START.plus(-60), not_after_at=START.plus(DAY)
    )
    found = fold(stolen=sign_record(stolen, WORLD.agencies[KH].keys))
    assert found.current_opening_key(TH, START).id == victim.id
    assert [problem.code for problem in found.problems] == ["trust.key-shared"]


def test_who_writes_anothers_certificate_into_a_record_does_not_take_its_relay_away() -> None:
    world = World.founded()
    world.announce(KH, [world.relays[KH].der, world.relays[TH].der], 1)
    for order in (sorted(world.records), sorted(world.records, reverse=True)):
        found = Directory.fold([world.records[name] for name in order], lenient=True)
        assert [found.relay_of(agency).operator for agency in (TH, SHELTER, KH)] == [TH, TH, KH]
        assert [problem.code for problem in found.problems] == ["trust.key-shared"]
