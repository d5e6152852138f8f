"""Verb `fold`: chains that break, fork or run back in time; what a compelled registrar cannot do (F13, F21)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from referral_proto.model.codes.federation import Mandate
from referral_proto.model.records import SignedRecord
from referral_proto.moment import DAY
from referral_proto.trust.signed import record_digest, sign_record
from referral_proto.wire import decode
from tests.conformance import make_world as make
from tests.conformance import world
from tests.conformance.cases import case
from tests.conformance.chain_cases import kept, second
from tests.conformance.record_cases import BASE, accepts, given, refuses
from tests.conformance.world import AT, SHELTER, A, B, records, signing
from tests.trust.chains import next_record

NEW, OLD = signing(SHELTER, world.UNRECORDED), signing(SHELTER)
THIEF = signing(SHELTER, 9)
FOUNDING = ("keys/federation.json",)
ALONE = (*FOUNDING, "keys/shelter.json")
"""The federation and the shelter, without its opening key, which falls with the keyset that signed it."""


def thief() -> dict[str, Any]:
    """The old keyset and one that somebody else holds."""
    return {"signing_keysets": (*kept(), make.entry(THIEF, 1))}


def _restored() -> Sequence[bytes]:
    revoked = second(signing(B), OLD, signing_keysets=(*kept(revoked_at=AT.plus(-DAY)), make.entry(NEW, 1)))
    back = (*kept(), make.entry(NEW, 1).model_copy(update={"enrolled_in": 1}))
    return [revoked, next_record(revoked, signing(B), NEW, signing_keysets=back)]


def _returned() -> Sequence[bytes]:
    gone = second(signing(B), signing_keysets=kept(), withdrawn_at=AT.plus(-DAY))
    return [gone, next_record(gone, signing(B), withdrawn_at=None)]


def _dropped() -> Sequence[bytes]:
    both = second(signing(B), OLD)
    return [both, next_record(both, signing(B), signing_keysets=kept())]


def _two_steps() -> Sequence[bytes]:
    both = second(signing(B), OLD, signing_keysets=(*kept(), make.entry(NEW, 1)))
    then = (*kept(revoked_at=AT), make.entry(NEW, 1).model_copy(update={"enrolled_in": 1}))
    return [both, next_record(both, signing(B), signing_keysets=then)]


def _asserted() -> Sequence[bytes]:
    said = {"compromised_since_at": AT.plus(-2 * DAY), "compromise_asserted_by": B, "compromise_asserted_at": AT}
    return [second(signing(B), signing_keysets=kept(**said))]


def _vouched_by_revoked() -> Sequence[bytes]:
    revoked = second(signing(B), signing_keysets=kept(revoked_at=AT.plus(-DAY)))
    return [revoked, next_record(revoked, signing(B), OLD, signing_keysets=(make.entry(THIEF, 2),))]


def _next_federation(**other: Any) -> bytes:
    first = decode(SignedRecord, records()[0])
    fields = {"sequence": 1, "previous": record_digest(first.kind, first.record)} | other
    return sign_record(make.federation(**fields), signing(A), signing(B))


accepts(
    "F13-two-steps",
    "REC-09 REC-15",
    "A rotation, then the old keyset revoked by the registrar.",
    _two_steps,
    ALONE,
)
refuses(
    "F13-agency-first-record-missing",
    "REC-15",
    "trust.chain",
    "The second record without the first.",
    lambda: [second(signing(B), OLD)],
    FOUNDING,
)
refuses(
    "F13-agency-back-in-time",
    "REC-18",
    "trust.chain",
    "A second record that was issued before the first.",
    lambda: [second(signing(B), OLD, issued_at=AT.plus(-366 * DAY))],
)
refuses(
    "F13-agency-forks-at-the-second",
    "REC-09",
    "trust.record-fork",
    "Registrar and agency signed two different second records.",
    lambda: [second(signing(B), OLD), second(signing(B), OLD, mandates=(Mandate.HEALTH_CARE,))],
)
refuses(
    "F13-agency-alone",
    "REC-15",
    "trust.record-signature",
    "The agency changes its record without its registrar.",
    lambda: [second(OLD)],
)
refuses(
    "F13-agency-by-another-registrar",
    "REC-15",
    "trust.record-signature",
    "XA's registrar and the agency change a record of XB.",
    lambda: [second(signing(A), OLD)],
)
refuses(
    "F13-revoked-keyset-restored",
    "REC-15",
    "trust.keyset-restored",
    "Registrar and agency together bring a revoked keyset back.",
    _restored,
)
refuses(
    "F13-revoked-keyset-vouches",
    "REC-15",
    "trust.keyset-unsupported",
    "A change that is signed with a keyset that had been revoked.",
    _vouched_by_revoked,
)
refuses(
    "F13-relay-fork",
    "REC-09",
    "trust.record-fork",
    "Two relay records of one operator under one number.",
    lambda: [sign_record(make.relay(B, endpoint="127.0.0.1:1"), signing(B))],
)
refuses(
    "F13-federation-back-in-time",
    "REC-18",
    "trust.chain",
    "The next federation record was issued before the one that stands.",
    lambda: [_next_federation(issued_at=AT.plus(-366 * DAY))],
)
refuses(
    "F13-federation-new-threshold-not-met",
    "REC-04",
    "trust.record-signature",
    "The founders before signed, but a third of the new three is needed too.",
    lambda: [_next_federation(founders=tuple(make.public(signing(n)) for n in (A, B, SHELTER)), threshold=3)],
)
case(
    "F13-another-federation",
    "fold",
    "REC-04",
    "Two founders signed it well, but it is not the federation record whose digest this node was set up with.",
    lambda: given(BASE, list) | {"root": bytes(32).hex()},
    "trust.root",
)

accepts(
    "F21-registrar-asserts-a-compromise-alone",
    "REC-15",
    "A registrar alone may say that a key is in other hands.",
    _asserted,
    ALONE,
)
accepts(
    "F21-registrar-withdraws-alone",
    "REC-15",
    "A registrar alone may end an agency's part.",
    lambda: [second(signing(B), signing_keysets=kept(), withdrawn_at=AT)],
)
accepts(
    "F21-registrar-sets-mandates-alone",
    "REC-15",
    "A registrar grants mandates, and so it takes them.",
    lambda: [second(signing(B), signing_keysets=kept(), mandates=(Mandate.HEALTH_CARE,))],
)
refuses(
    "F21-thief-signs-for-itself",
    "REC-15",
    "trust.keyset-unsupported",
    "The registrar, and the new keyset that it brings in.",
    lambda: [second(signing(B), THIEF, **thief())],
)
refuses(
    "F21-registrar-replaces-alone",
    "REC-15",
    "trust.keyset-unsupported",
    "The shelter's keyset is gone and another stands in its place.",
    lambda: [second(signing(B), signing_keysets=(make.entry(THIEF, 1),))],
)
refuses(
    "F21-two-registrars-without-recovery",
    "REC-15",
    "trust.keyset-unsupported",
    "Both countries' registrars, in an ordinary change that waits for nothing.",
    lambda: [second(signing(B), signing(A), **thief())],
)
refuses(
    "F21-registrar-lengthens-alone",
    "REC-15",
    "trust.keyset-unsupported",
    "A keyset that lasts a year longer.",
    lambda: [second(signing(B), signing_keysets=kept(not_after_at=AT.plus(730 * DAY)))],
)
refuses(
    "F21-registrar-backdates-alone",
    "REC-15",
    "trust.keyset-unsupported",
    "A keyset that began a year earlier.",
    lambda: [second(signing(B), signing_keysets=kept(not_before_at=AT.plus(-730 * DAY)))],
)
refuses(
    "F21-registrar-drops-alone",
    "REC-15",
    "trust.keyset-unsupported",
    "A keyset that is left out would take its past with it: it must stay, revoked.",
    _dropped,
)
refuses(
    "F21-registrar-returns-agency-alone",
    "REC-15",
    "trust.keyset-unsupported",
    "An agency that had left is back, without having signed.",
    _returned,
)
refuses(
    "F21-other-country-revokes",
    "REC-15",
    "trust.record-signature",
    "The registrar of XA revokes a key of XB's shelter.",
    lambda: [second(signing(A), signing_keysets=kept(revoked_at=AT))],
)
