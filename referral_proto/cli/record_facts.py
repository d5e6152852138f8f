"""What stands in a trust record, as names and values that a signer can compare. Pure; verifies nothing, prints nothing.

Every field of a record is here, keys as fingerprints: nobody signs what was not shown.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from referral_proto.crypto.keyset import VerifyingKeyset
from referral_proto.crypto.keytext import fingerprint
from referral_proto.crypto.opening import OpeningPublicKey
from referral_proto.model.records import (
    AgencyRecord,
    EndedKey,
    FederationRecord,
    LogEntry,
    OpeningKeyRecord,
    PublicKeyset,
    RelayRecord,
    SignedRecord,
    SigningKeysetEntry,
    WitnessEntry,
)
from referral_proto.trust.logs import witness_id
from referral_proto.trust.signed import AnyRecord

__all__ = ["facts", "signers"]


def signers(signed: SignedRecord) -> list[dict[str, str]]:
    """Who the record says has signed it."""
    return [{"agency": one.signer, "key": fingerprint(one.keyset)} for one in signed.signatures]


def facts(inner: AnyRecord) -> dict[str, Any]:
    """Name → text, number or texts; what a record leaves open is left out. PeerError key.weak, key.malformed."""
    if isinstance(inner, FederationRecord):
        found = _federation(inner)
    elif isinstance(inner, AgencyRecord):
        found = _agency(inner)
    elif isinstance(inner, RelayRecord):
        found = _relay(inner)
    else:
        return _opening_key(inner)
    found |= {"previous": inner.previous and inner.previous.hex(), "issued_at": inner.issued_at.iso()}
    return {name: value for name, value in found.items() if value not in (None, [])}


def _federation(record: FederationRecord) -> dict[str, Any]:
    limits = record.limits
    return {
        "name": record.name,
        "sequence": record.sequence,
        "founder": [_named(one) for one in record.founders],
        "threshold": record.threshold,
        "registrar": [f"{one.country}: {_named(one.keyset)}" for one in record.registrars],
        "profile": [one.hex() for one in record.profiles],
        "limit": [] if limits is None else [f"{name} {value}" for name, value in limits if value is not None],
        "witness": [_witness(one) for one in record.witnesses],
        "quorum": record.quorum,
        "ended": [_ended(one) for one in record.ended],
    }


def _witness(entry: WitnessEntry) -> str:
    # The id is over both halves, entry.ed25519 and entry.mldsa44.
    return f"{entry.country}: {entry.name} at {entry.url}, key {fingerprint(witness_id(entry))}"


def _ended(one: EndedKey) -> str:
    text = f"{one.holder}, key {fingerprint(one.key)}, {one.ended_at.iso()}"
    if one.compromised_since_at is not None:
        text += f", compromised since {one.compromised_since_at.iso()}"
    return text


def _agency(record: AgencyRecord) -> dict[str, Any]:
    return {
        "agency": record.agency,
        "sequence": record.sequence,
        "name": [f"{one.text} ({one.language})" for one in record.names],
        "type": record.organisation_type.name,
        "mandate": [one.name for one in record.mandates],
        "reads": [f"{one.section.name} up to version {one.version}" for one in record.section_versions],
        "relay": record.relay,
        "signing_key": [_entry(record.agency, one) for one in record.signing_keysets],
        "log": [_log(one) for one in record.logs],
        "recovery": record.recovery and f"keys were lost; the registrar of {record.recovery.second_country} signs too",
        "withdrawn_at": record.withdrawn_at and record.withdrawn_at.iso(),
    }


def _entry(agency: str, entry: SigningKeysetEntry) -> str:
    text = _named(PublicKeyset(agency=agency, ed25519=entry.ed25519, mldsa65=entry.mldsa65))
    text += f", {entry.not_before_at.iso()} to {entry.not_after_at.iso()}"
    if entry.revoked_at is not None:
        text += f", revoked {entry.revoked_at.iso()}"
    if entry.compromised_since_at is not None:
        text += f", compromised since {entry.compromised_since_at.iso()}"
    if entry.compromise_asserted_by is not None:
        text += f", says {entry.compromise_asserted_by}"
    if entry.compromise_asserted_at is not None:
        text += f", said {entry.compromise_asserted_at.iso()}"
    if entry.enrolled_in is not None:
        text += f", enrolled in record {entry.enrolled_in}"
    return text


def _log(entry: LogEntry) -> str:
    # Both halves in one number. Proof (entry.possession) is checked before anything is signed.
    keys = fingerprint(sha256(entry.ed25519 + entry.mldsa44).digest())
    ended = "" if entry.ended_at is None else f", ended {entry.ended_at.iso()}"
    since = entry.compromised_since_at
    leaked = "" if since is None else f", compromised since {since.iso()}"
    return f"{entry.origin}, keys {keys}, from {entry.not_before_at.iso()}{ended}{leaked}"


def _relay(record: RelayRecord) -> dict[str, Any]:
    return {
        "operator": record.operator,
        "sequence": record.sequence,
        "endpoint": record.endpoint,
        "certificate": [f"SHA-256 {sha256(one).hexdigest()}" for one in record.tls_certificates],
    }


def _opening_key(record: OpeningKeyRecord) -> dict[str, Any]:
    return {
        "agency": record.agency,
        "epoch": record.epoch,
        "opening_key": fingerprint(OpeningPublicKey.parse(record.agency, record.xwing).id),
        "good_from": record.not_before_at.iso(),
        "good_until": record.not_after_at.iso(),
    }


def _named(keys: PublicKeyset) -> str:
    return f"{keys.agency}, key {fingerprint(VerifyingKeyset.parse(keys.agency, keys.ed25519, keys.mldsa65).id)}"
