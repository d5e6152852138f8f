"""Verbs `fold` and `standing`: several records under one number, and what a registrar alone, a thief of an old key or a
mistake would make of an agency's chain (families F07, F13 and F21).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.ids import agency_id
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.records import RecordSignature, SignedRecord
from referral_proto.moment import DAY, Moment
from referral_proto.trust.signed import sign_record
from referral_proto.wire import decode, encode
from tests.conformance import make_world as make
from tests.conformance.cases import base64, case
from tests.conformance.chain_cases import kept, second, shelter
from tests.conformance.recovery_cases import BEGAN, DELAY, NEW, OLD, objection, recovery
from tests.conformance.succession_cases import ALONE, FOUNDING
from tests.conformance.world import AT, SHELTER, A, B, signing
from tests.trust.chains import digest, next_record

Sights = Mapping[bytes, Moment]
LONG_AGO = AT.plus(-200 * DAY)
LATER = AT.plus(30 * DAY)


def known(at: Moment, made: Callable[[], Sights], *, lenient: bool = True, base: tuple[str, ...] = ALONE) -> Any:
    """What a node knows at `at`: the records and when it saw each. Lenient, as nodes fold."""

    def given() -> dict[str, Any]:
        seen = made()
        said = {
            "base": list(base),
            "more": [base64(one) for one in seen],
            "seen": {digest(one).hex(): moment.iso() for one, moment in seen.items()},
            "at": at.iso(),
        }
        return said | ({"lenient": True} if lenient else {})

    return given


def chosen(
    name: str, requirements: str, about: str, made: Callable[[], Sights], at: Moment = LATER, **more: Any
) -> None:
    case(name, "fold", requirements, about, known(at, made, **more))


def stood(
    name: str, requirements: str, about: str, received_at: Moment, made: Callable[[], Sights], keys: Any = OLD
) -> None:
    asked = {"agency": SHELTER, "keyset": keys.id.hex(), "received_at": received_at.iso()}
    case(name, "standing", requirements, about, lambda: known(LATER, made)() | asked)


def alone(**other: Any) -> bytes:
    """By the registrar alone; nothing is changed unless said otherwise."""
    return second(signing(B), **({"signing_keysets": kept()} | other))


def rotated(*signers: SigningKeyset, **other: Any) -> bytes:
    """The new keyset beside the old one; by registrar and agency unless said otherwise."""
    return second(*(signers or (signing(B), OLD)), **other)


def _two_steps() -> Sights:
    one = alone(issued_at=AT, signing_keysets=kept(revoked_at=LONG_AGO))
    two = next_record(one, signing(B), issued_at=AT, signing_keysets=kept(revoked_at=LONG_AGO.plus(-1)))
    return {one: AT, two: AT.plus(DAY)}


def _withdrawn_twice() -> Sights:
    one = alone(issued_at=AT, withdrawn_at=LONG_AGO)
    return {one: AT, next_record(one, signing(B), issued_at=AT, withdrawn_at=LONG_AGO.plus(-1)): AT.plus(DAY)}


def _first_twice(follows: bool) -> Sights:
    twin = make.signed_agency(SHELTER, issued_at=AT.plus(-DAY))
    return {twin: AT, shelter(): AT} | ({rotated(): AT} if follows else {})


def _junk_copy() -> Sights:
    revoked = alone(signing_keysets=kept(revoked_at=BEGAN))
    junk = RecordSignature(signer=SHELTER, keyset=OLD.id, ed25519=bytes(64), mldsa65=bytes(3309))
    copy = decode(SignedRecord, revoked).model_copy(update={"signatures": (junk,)})
    return {revoked: AT, encode(copy): AT}


def _stolen(seen: Moment) -> Sights:
    thief = SigningKeyset.from_seeds(agency_id("xa.aaa"), *OLD.seeds())
    own = make.entry(thief)
    return {rotated(): LONG_AGO, make.signed_agency(thief.agency, signing_keysets=(own,)): seen, shelter(): LONG_AGO}


def _over_then_dropped() -> Sights:
    short = make.signed_agency(SHELTER, signing_keysets=kept(not_after_at=AT.plus(-2 * DAY)))
    first = next_record(
        short,
        signing(B),
        OLD,
        issued_at=AT.plus(-3 * DAY),
        signing_keysets=(*kept(not_after_at=AT.plus(-2 * DAY)), make.entry(NEW, 1)),
    )
    then = make.entry(NEW, 1).model_copy(update={"enrolled_in": 1})
    relay = make.relay(SHELTER, issued_at=AT.plus(-10 * DAY))
    dropped = next_record(first, signing(B), NEW, issued_at=BEGAN, signing_keysets=(then,))
    return {short: LONG_AGO, first: LONG_AGO, sign_record(relay, OLD): LONG_AGO, dropped: BEGAN}


def _asserted(by: str, *signers: SigningKeyset) -> Sights:
    said = {"compromised_since_at": AT.plus(-5 * DAY), "compromise_asserted_by": by, "compromise_asserted_at": BEGAN}
    return {second(*signers, signing_keysets=kept(**said)): BEGAN}


def _followed() -> Sights:
    first = recovery(signing_keysets=(*kept(revoked_at=BEGAN), make.entry(NEW, 1)))
    after = BEGAN.plus(DELAY + DAY)
    return {first: BEGAN, next_record(first, signing(B), issued_at=after, recovery=None): after}


def _word(seen: Moment) -> Sights:
    """The agency objects, without its registrar."""
    return {recovery(): BEGAN, second(OLD, signing_keysets=kept(), issued_at=AT): seen}


stood("F21-two-narrowings-unmake-no-past", "REC-22", "A revocation dated back, then an earlier one.", BEGAN, _two_steps)
stood("F21-two-withdrawals-unmake-no-past", "REC-22", "Withdrawn long ago, then earlier.", BEGAN, _withdrawn_twice)
chosen(
    "F21-bad-record-then-an-ordinary-one",
    "REC-23",
    "The registrar alone took the next number; registrar and agency sign another record under it.",
    lambda: {second(signing(B), signing_keysets=(*kept(), make.entry(signing(SHELTER, 9), 1))): BEGAN, rotated(): AT},
)
chosen(
    "F21-unchained-record-then-a-revocation",
    "REC-23",
    "A record that names another one as the one before does not hold a revocation up.",
    lambda: {alone(previous=bytes(32)): BEGAN, alone(signing_keysets=kept(revoked_at=BEGAN)): AT},
)
chosen(
    "F21-first-seen-stays",
    "REC-24",
    "Registrar and agency signed two different records under one number, seen one after the other.",
    lambda: {rotated(): BEGAN, rotated(mandates=(Mandate.HEALTH_CARE,), signing_keysets=kept()): AT},
)
chosen(
    "F21-seen-together-the-agencys-own",
    "REC-24",
    "The registrar's revocation and the agency's own record were first seen together.",
    lambda: {alone(signing_keysets=kept(revoked_at=BEGAN)): AT, rotated(): AT},
)
chosen(
    "F21-seen-together-the-narrowest",
    "REC-24",
    "Two records of the registrar alone: one changes nothing, the other revokes.",
    lambda: {alone(): AT, alone(signing_keysets=kept(revoked_at=BEGAN)): AT},
)
chosen(
    "F21-second-first-record-takes-no-agency-away",
    "REC-24",
    "Another first record, signed by the registrar; the second record names the right one.",
    lambda: _first_twice(follows=True),
    base=FOUNDING,
)
chosen(
    "F21-first-records-seen-together",
    "REC-24",
    "Two first records, first seen together, and nothing follows: there is no such agency.",
    lambda: _first_twice(follows=False),
    base=FOUNDING,
)
chosen(
    "F13-junk-copy-undoes-no-revocation",
    "REC-10",
    "A copy of a revocation bears a signature under the agency's keyset that does not verify.",
    _junk_copy,
    lenient=False,
)
chosen("F07-stolen-key-seen-later", "REC-08", "An agency is enrolled with another's old key.", lambda: _stolen(AT))
chosen("F07-stolen-key-seen-together", "REC-08", "The same to a new node.", lambda: _stolen(LONG_AGO))
chosen(
    "F13-relay-of-a-key-that-was-over-when-dropped",
    "REC-21",
    "A keyset expired, then a rotation dropped it: the relay record that it signed stands.",
    _over_then_dropped,
    base=FOUNDING,
    lenient=False,
)
chosen(
    "F21-recovery-opposed-in-time",
    "REC-16",
    "The agency's own record was first seen a second before the recovery would take effect.",
    lambda: {recovery(): BEGAN, objection(): BEGAN.plus(DELAY - 1)},
)
chosen(
    "F21-recovery-opposed-too-late",
    "REC-16",
    "It was first seen when the recovery had taken effect, and is passed over.",
    lambda: {recovery(): BEGAN, objection(): BEGAN.plus(DELAY)},
)
chosen(
    "F21-recovery-not-undone-by-the-registrar-alone",
    "REC-16",
    "The registrar alone signed another record under the number of a recovery.",
    lambda: {recovery(): BEGAN, alone(): AT},
)
chosen(
    "F21-recovery-after-a-record-that-stands",
    "REC-16 REC-24",
    "A recovery under the number of a record that was seen before.",
    lambda: {alone(signing_keysets=kept(revoked_at=BEGAN)): BEGAN, recovery(): AT},
)
chosen(
    "F13-dated-far-ahead",
    "REC-25",
    "The registrar's clock ran two months ahead; registrar and agency sign another record today.",
    lambda: {alone(issued_at=AT.plus(60 * DAY)): BEGAN, rotated(): AT},
)
chosen(
    "F13-dated-far-ahead-in-its-time",
    "REC-25",
    "The same two months later.",
    lambda: {alone(issued_at=AT.plus(60 * DAY)): BEGAN, rotated(): AT},
    AT.plus(61 * DAY),
)
case(
    "F13-dated-more-than-a-day-ahead",
    "fold",
    "REC-25",
    "A day and a second.",
    known(AT, lambda: {alone(issued_at=AT.plus(DAY + 1)): BEGAN}, lenient=False),
    "trust.dated-ahead",
)
stood(
    "F21-asserted-in-anothers-name",
    "REC-26",
    "The registrar alone writes that another agency says so: the registrar is shown.",
    AT,
    lambda: _asserted(A, signing(B)),
)
stood(
    "F21-asserted-by-the-agency-itself",
    "REC-26",
    "Agency and registrar signed; the agency says so.",
    AT,
    lambda: _asserted(SHELTER, signing(B), OLD),
)
stood(
    "F21-recovered-key-reaches-not-back-later",
    "REC-19",
    "A record follows the recovery: the recovered keyset still counts from when it took effect.",
    BEGAN.plus(DELAY - 1),
    _followed,
    NEW,
)
chosen(
    "F21-objection-halts-a-recovery",
    "REC-27",
    "The agency's key alone says no, in time: nothing takes effect, and there is an alarm.",
    lambda: _word(AT),
)
chosen(
    "F21-objection-too-late",
    "REC-27",
    "First seen in the second in which the recovery took effect.",
    lambda: _word(BEGAN.plus(DELAY)),
)
