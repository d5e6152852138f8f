"""Verb `fold`: what follows what, in a federation and in an agency (the beginning of F13 and F21)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.model.records import AgencyRecord, Recovery, SignedRecord, SigningKeysetEntry
from referral_proto.moment import DAY
from referral_proto.trust.signed import record_digest, sign_record
from referral_proto.wire import decode, encode
from tests.conformance import make_world as make
from tests.conformance import world
from tests.conformance.record_cases import BASE, Made, accepts, refuses
from tests.conformance.tlv import text
from tests.conformance.world import AT, SHELTER, A, B, records, signing


def _fake(founders: int) -> Made:
    """A next federation record by `founders` keysets of strangers and the rest of the true ones."""

    def made() -> Sequence[bytes]:
        first = decode(SignedRecord, records()[0])
        strangers = [
            SigningKeyset.from_seeds(n, bytes([i]) * 32, bytes([i]) * 32) for i, n in enumerate(("xa.w", "xb.w"), 1)
        ]
        next_one = make.federation(
            sequence=1,
            previous=record_digest(first.kind, first.record),
            founders=tuple(make.public(one) for one in strangers),
        )
        return [sign_record(next_one, *strangers, *(signing(A), signing(B))[: 2 - founders])]

    return made


def _federation(*signers: SigningKeyset, **other: Any) -> Made:
    return lambda: [sign_record(make.federation(**other), *signers)]


def _one_holder() -> Sequence[bytes]:
    # One key under two agencies' names: a threshold of two, met by one person.
    one, two = (SigningKeyset.from_seeds(name, bytes(32), bytes(32)) for name in ("xa.one", "xb.two"))
    return [sign_record(make.federation(founders=(make.public(one), make.public(two))), one, two)]


def shelter() -> bytes:
    """The shelter's first record."""
    return next(record for record in records() if text(1, SHELTER) in record)


def second(*signers: SigningKeyset, **other: Any) -> bytes:
    """A second record of the shelter with a new keyset, by these signers."""
    first = decode(SignedRecord, shelter())
    fields: dict[str, Any] = {
        "sequence": 1,
        "previous": record_digest(first.kind, first.record),
        "issued_at": AT.plus(-DAY),
        "signing_keysets": (
            *decode(AgencyRecord, first.record).signing_keysets,
            make.entry(signing(SHELTER, world.UNRECORDED), 1),
        ),
    }
    return sign_record(make.agency(SHELTER, **(fields | other)), *signers)


def kept(**other: Any) -> tuple[SigningKeysetEntry, ...]:
    """The shelter's first keyset as its next record lists it."""
    first = decode(SignedRecord, shelter())
    (entry,) = decode(AgencyRecord, first.record).signing_keysets
    return (entry.model_copy(update={"enrolled_in": 0} | other),)


def _twice() -> bytes:
    one, two = (decode(SignedRecord, sign_record(make.federation(), signing(A))) for _ in range(2))
    return encode(one.model_copy(update={"signatures": one.signatures + two.signatures}))


accepts(
    "F00-fold-next-federation",
    "REC-04 REC-13",
    "The next federation record, signed by the founders of the one before.",
    list,
    (*BASE, "keys/strict.json"),
)
accepts(
    "F00-fold-agency-rotates",
    "REC-09 REC-15",
    "A second keyset, signed by the registrar and with the keyset before.",
    lambda: [second(signing(B), signing(SHELTER))],
)
accepts(
    "F21-registrar-revokes-alone",
    "REC-15",
    "A registrar alone may end a key.",
    lambda: [shelter(), second(signing(B), signing_keysets=kept(revoked_at=AT))],
    ("keys/federation.json",),
)
refuses(
    "F21-registrar-alone",
    "REC-15",
    "trust.keyset-unsupported",
    "A registrar alone puts another key in the shelter's place.",
    lambda: [second(signing(B))],
)
refuses(
    "F21-registrar-moves-relay-alone",
    "REC-15",
    "trust.keyset-unsupported",
    "A registrar alone moves the shelter's relay.",
    lambda: [second(signing(B), signing_keysets=kept(), relay=A)],
)
refuses(
    "F21-recovery-by-one-country",
    "REC-16",
    "trust.recovery-unsupported",
    "A recovery that only the agency's own registrar signed.",
    lambda: [second(signing(B), recovery=Recovery(second_country="xa"))],
)
refuses(
    "F13-agency-chain-broken",
    "REC-15",
    "trust.chain",
    "The second record names another one as the first.",
    lambda: [second(signing(B), signing(SHELTER), previous=bytes(32))],
)
refuses(
    "F13-agency-record-missing",
    "REC-15",
    "trust.chain",
    "The third record without the second.",
    lambda: [second(signing(B), signing(SHELTER), sequence=2)],
)
refuses("F13-no-federation", "REC-03", "trust.no-federation", "An agency's record alone.", lambda: [shelter()], ())
refuses(
    "F13-below-threshold",
    "REC-03",
    "trust.record-signature",
    "One of two founders signed.",
    _federation(signing(A)),
    (),
)
refuses(
    "F13-one-founder-twice",
    "REC-03 REC-11",
    "trust.record-signature",
    "One founder signed twice.",
    lambda: [_twice()],
    (),
)
refuses("F13-one-holder-two-founders", "REC-08", "trust.key-shared", "Two founders with one key.", _one_holder, ())
refuses(
    "F13-federation-usurped",
    "REC-04",
    "trust.record-signature",
    "Strangers found a newer federation over the one that stands.",
    _fake(2),
)
refuses(
    "F13-federation-half-usurped", "REC-04", "trust.record-signature", "A stranger and one true founder do.", _fake(1)
)
refuses(
    "F13-federation-unchained",
    "REC-04",
    "trust.chain",
    "The next record names another one as the one before.",
    _federation(signing(A), signing(B), sequence=1, previous=bytes(32)),
)
refuses(
    "F13-federation-fork",
    "REC-09",
    "trust.record-fork",
    "Two federation records under one number.",
    _federation(signing(A), signing(B), name="Another name"),
)
refuses(
    "F13-threshold-out-of-reach",
    "REC-03",
    "trust.record-malformed",
    "Three of two founders.",
    _federation(signing(A), signing(B), threshold=3),
    (),
)
refuses(
    "F13-agency-fork",
    "REC-09",
    "trust.record-fork",
    "Two records of one agency under one number.",
    lambda: [make.signed_agency(SHELTER, relay=A)],
)
