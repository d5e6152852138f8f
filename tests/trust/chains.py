"""Invented founders, registrars and agencies whose records grow into chains. Keys are made once for all tests."""

from __future__ import annotations

from functools import cache
from typing import Any

from referral_proto.crypto import possession
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.ids import Digest, agency_id
from referral_proto.model.codes.federation import Mandate, RecordKind
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.records import (
    AgencyName,
    AgencyRecord,
    FederationRecord,
    Limits,
    PublicKeyset,
    Registrar,
    SignedRecord,
    SigningKeysetEntry,
)
from referral_proto.moment import DAY, Moment
from referral_proto.trust.signed import record_digest, sign_record
from referral_proto.wire import decode

NOW = Moment.parse("2026-11-21T12:00:00Z")
DELAY = 7 * DAY


@cache
def keys(name: str, number: int = 0) -> SigningKeyset:
    """The `number`-th keyset of an agency: always the same one within a test run."""
    return SigningKeyset.create(agency_id(name))


def public(held: SigningKeyset) -> PublicKeyset:
    return PublicKeyset(agency=held.agency, ed25519=held.public.ed25519, mldsa65=held.public.mldsa65)


def digest(signed: bytes) -> Digest:
    whole = decode(SignedRecord, signed)
    return record_digest(whole.kind, whole.record)


def federation(*signers: SigningKeyset, **changes: Any) -> bytes:
    """Three founders (two of three), registrars of three countries."""
    fields: dict[str, Any] = {
        "name": "Example federation",
        "sequence": 0,
        "founders": tuple(public(keys(f"{c}.founder")) for c in ("th", "kh", "int")),
        "threshold": 2,
        "registrars": tuple(Registrar(country=c, keyset=public(keys(f"{c}.registrar"))) for c in ("int", "kh", "th")),
        "issued_at": NOW.plus(-100 * DAY),
        "limits": Limits(recovery_delay_seconds=DELAY),
    }
    signers = signers or (keys("th.founder"), keys("kh.founder"))
    return sign_record(FederationRecord(**(fields | changes)), *signers)


def entry(held: SigningKeyset, sequence: int = 0, **changes: Any) -> SigningKeysetEntry:
    proof = possession.prove(held, sequence)
    fields: dict[str, Any] = {
        "ed25519": held.public.ed25519,
        "mldsa65": held.public.mldsa65,
        "not_before_at": NOW.plus(-90 * DAY),
        "not_after_at": NOW.plus(275 * DAY),
        "possession_ed25519": proof.ed25519,
        "possession_mldsa65": proof.mldsa65,
        "enrolled_in": sequence,
    }
    return SigningKeysetEntry(**(fields | changes))


def agency(*signers: SigningKeyset, name: str = "th.shelter", **changes: Any) -> bytes:
    """An agency's record; by default its first one, signed by its registrar."""
    fields: dict[str, Any] = {
        "agency": name,
        "sequence": 0,
        "names": (AgencyName(text="Example shelter", language="en"),),
        "organisation_type": OrganisationType.SHELTER,
        "mandates": (Mandate.SHELTER,),
        "relay": name,
        "signing_keysets": (entry(keys(name)),),
        "issued_at": NOW.plus(-90 * DAY),
    }
    signers = signers or (keys(f"{name.split('.', maxsplit=1)[0]}.registrar"),)
    return sign_record(AgencyRecord(**(fields | changes)), *signers)


def next_record(before: bytes, *signers: SigningKeyset, issued_at: Moment = NOW, **changes: Any) -> bytes:
    """The record that follows `before`, with `changes`."""
    whole = decode(SignedRecord, before)
    assert whole.kind is RecordKind.AGENCY
    old = decode(AgencyRecord, whole.record)
    fields: dict[str, Any] = {"sequence": old.sequence + 1, "previous": digest(before), "issued_at": issued_at}
    return sign_record(old.model_copy(update=fields | changes), *signers)
