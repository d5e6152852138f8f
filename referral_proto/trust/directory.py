"""The directory: what the signed records in force say about agencies, keys and relays. Pure, immutable, built once.

Checked while it is built (spec: records): a federation record bears the threshold of its founders; an agency record
bears its registrar's signature and a proof of possession for every keyset; a relay record its operator's; an opening
key its agency's; no key belongs to two agencies. What is valid *when* is judged at each lookup.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

from referral_proto.crypto import possession
from referral_proto.crypto.keyset import HybridSignature, VerifyingKeyset
from referral_proto.crypto.opening import OpeningPublicKey
from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import AgencyId, country_of
from referral_proto.model.codes.federation import Mandate, RecordKind
from referral_proto.model.records import (
    AgencyRecord,
    FederationRecord,
    OpeningKeyRecord,
    PublicKeyset,
    RelayRecord,
    SignedRecord,
    SigningKeysetEntry,
)
from referral_proto.moment import DAY, Moment
from referral_proto.trust.signed import signed_by, unsigned
from referral_proto.wire import decode

__all__ = ["MAX_LIFETIME", "MAX_SKEW", "Directory"]

MAX_LIFETIME: Final = 30 * DAY
"""Longest lifetime of an envelope in seconds; a federation may set less."""
MAX_SKEW: Final = 300
"""How far a sender's clock may run ahead, in seconds; a federation may set less."""


class _Keyset(NamedTuple):
    keys: VerifyingKeyset
    entry: SigningKeysetEntry


class _OpeningKey(NamedTuple):
    key: OpeningPublicKey
    record: OpeningKeyRecord


@dataclass(frozen=True)
class Directory:
    """Lookups at a given moment; every failure is a PeerError of the `trust.` family."""

    federation: FederationRecord
    _agencies: dict[str, AgencyRecord]
    _keysets: dict[tuple[str, bytes], _Keyset]
    _relays: dict[str, RelayRecord]
    _opening_keys: dict[tuple[str, bytes], _OpeningKey]

    @classmethod
    def fold(cls, records: Iterable[bytes]) -> Self:
        """Build from the bytes of SignedRecords in any order; of two records for one thing the higher sequence holds.

        Raises CallerError trust.no-federation, PeerError trust.*.
        """
        piles: dict[int, list[SignedRecord]] = {kind: [] for kind in RecordKind}
        for data in records:
            try:
                signed = decode(SignedRecord, data)
            except PeerError as error:
                raise PeerError("trust.record-malformed", error.where) from None
            if signed.kind not in piles:
                raise PeerError("trust.record-malformed", "kind")
            piles[signed.kind].append(signed)
        federation = _federation(piles[RecordKind.FEDERATION])
        agencies, keysets = _agencies(piles[RecordKind.AGENCY], federation)
        relays = _relays(piles[RecordKind.RELAY], keysets)
        opening = _opening_keys(piles[RecordKind.OPENING_KEY], keysets)
        return cls(federation, agencies, keysets, relays, opening)

    @property
    def max_lifetime(self) -> int:
        """Seconds."""
        limits = self.federation.limits
        return min(MAX_LIFETIME, (limits and limits.max_lifetime_seconds) or MAX_LIFETIME)

    @property
    def max_skew(self) -> int:
        """Seconds."""
        limits = self.federation.limits
        if limits is None or limits.max_skew_seconds is None:
            return MAX_SKEW
        return min(MAX_SKEW, limits.max_skew_seconds)

    def agencies(self) -> tuple[AgencyId, ...]:
        """Every enrolled agency, sorted."""
        return tuple(AgencyId(a) for a in sorted(self._agencies))

    def agency(self, agency: str) -> AgencyRecord:
        """The agency's record; PeerError trust.unknown-agency."""
        record = self._agencies.get(agency)
        if record is None:
            raise PeerError("trust.unknown-agency", agency if len(agency) <= 44 else "")
        return record

    def mandates(self, agency: str) -> frozenset[Mandate]:
        """What the agency is entitled to do."""
        return frozenset(self.agency(agency).mandates)

    def signing_keyset(self, agency: str, keyset_id: bytes, at: Moment) -> VerifyingKeyset:
        """The keyset if it was good at `at`. PeerError trust.unknown-agency, .unknown-keyset, .keyset-not-valid,
        .keyset-revoked.
        """
        found = self._keysets.get((agency, keyset_id))
        if found is None:
            self.agency(agency)
            raise PeerError("trust.unknown-keyset", agency)
        entry = found.entry
        if not entry.not_before_at <= at < entry.not_after_at:
            raise PeerError("trust.keyset-not-valid", agency)
        for end in (entry.revoked_at, entry.compromised_since_at):
            if end is not None and end <= at:
                raise PeerError("trust.keyset-revoked", agency)
        return found.keys

    def opening_key(self, agency: str, key_id: bytes, at: Moment) -> OpeningPublicKey:
        """The opening key if its epoch covered `at`. PeerError trust.unknown-opening-key, .opening-key-not-valid."""
        found = self._opening_keys.get((agency, key_id))
        if found is None:
            raise PeerError("trust.unknown-opening-key", agency)
        if not found.record.not_before_at <= at < found.record.not_after_at:
            raise PeerError("trust.opening-key-not-valid", agency)
        return found.key

    def current_opening_key(self, agency: str, at: Moment) -> OpeningPublicKey:
        """The key of the newest epoch that covers `at`. PeerError trust.no-opening-key."""
        self.agency(agency)
        covering = [
            found
            for (owner, _), found in self._opening_keys.items()
            if owner == agency and found.record.not_before_at <= at < found.record.not_after_at
        ]
        if not covering:
            raise PeerError("trust.no-opening-key", agency)
        return max(covering, key=lambda found: found.record.epoch).key

    def relay_of(self, agency: str) -> RelayRecord:
        """The relay that receives for `agency`. PeerError trust.unknown-relay."""
        record = self._relays.get(self.agency(agency).relay)
        if record is None:
            raise PeerError("trust.unknown-relay", agency)
        return record

    def relays(self) -> tuple[RelayRecord, ...]:
        """Every relay, by operator."""
        return tuple(self._relays[operator] for operator in sorted(self._relays))


def _loaded(public: PublicKeyset) -> VerifyingKeyset:
    return VerifyingKeyset.parse(public.agency, public.ed25519, public.mldsa65)


def _federation(pile: list[SignedRecord]) -> FederationRecord:
    if not pile:
        raise CallerError("trust.no-federation")
    signed, record = max(((one, unsigned(FederationRecord, one)) for one in pile), key=lambda pair: pair[1].sequence)
    founders = [_loaded(f) for f in record.founders]
    if len({f.agency for f in founders}) != len(founders) or record.threshold > len(founders):
        raise PeerError("trust.record-malformed", "founders")
    if len(signed_by(signed, founders)) < record.threshold:
        raise PeerError("trust.record-signature", "federation")
    if len({r.country for r in record.registrars}) != len(record.registrars):
        raise PeerError("trust.record-malformed", "registrars")
    return record


def _agencies(
    pile: list[SignedRecord], federation: FederationRecord
) -> tuple[dict[str, AgencyRecord], dict[tuple[str, bytes], _Keyset]]:
    registrars = {r.country: _loaded(r.keyset) for r in federation.registrars}
    newest: dict[str, tuple[SignedRecord, AgencyRecord]] = {}
    for signed in pile:
        record = unsigned(AgencyRecord, signed)
        before = newest.get(record.agency)
        if before is None or before[1].sequence < record.sequence:
            newest[record.agency] = (signed, record)
    owners: dict[bytes, str] = {}
    keysets: dict[tuple[str, bytes], _Keyset] = {}
    for agency, (signed, record) in newest.items():
        registrar = registrars.get(country_of(AgencyId(agency)))
        if registrar is None or not signed_by(signed, [registrar]):
            raise PeerError("trust.record-signature", agency)
        for entry in record.signing_keysets:
            keys = VerifyingKeyset.parse(agency, entry.ed25519, entry.mldsa65)
            for half in (entry.ed25519, entry.mldsa65):
                if owners.setdefault(half, agency) != agency:
                    raise PeerError("trust.key-shared", agency)
            proof = HybridSignature(entry.possession_ed25519, entry.possession_mldsa65)
            try:
                possession.check(keys, record.sequence, proof)
            except PeerError:
                raise PeerError("trust.possession", agency) from None
            keysets[agency, keys.id] = _Keyset(keys, entry)
    return {agency: record for agency, (_, record) in newest.items()}, keysets


def _of(agency: str, keysets: dict[tuple[str, bytes], _Keyset], at: Moment) -> list[VerifyingKeyset]:
    return [
        found.keys
        for (owner, _), found in keysets.items()
        if owner == agency
        and found.entry.not_before_at <= at < found.entry.not_after_at
        and (found.entry.revoked_at is None or at < found.entry.revoked_at)
        and (found.entry.compromised_since_at is None or at < found.entry.compromised_since_at)
    ]


def _relays(pile: list[SignedRecord], keysets: dict[tuple[str, bytes], _Keyset]) -> dict[str, RelayRecord]:
    relays: dict[str, RelayRecord] = {}
    owners: dict[bytes, str] = {}
    for signed in pile:
        record = unsigned(RelayRecord, signed)
        if not signed_by(signed, _of(record.operator, keysets, record.issued_at)):
            raise PeerError("trust.record-signature", record.operator)
        for certificate in record.tls_certificates:
            if owners.setdefault(certificate, record.operator) != record.operator:
                raise PeerError("trust.key-shared", record.operator)
        before = relays.get(record.operator)
        if before is None or before.sequence < record.sequence:
            relays[record.operator] = record
    return relays


def _opening_keys(
    pile: list[SignedRecord], keysets: dict[tuple[str, bytes], _Keyset]
) -> dict[tuple[str, bytes], _OpeningKey]:
    found: dict[tuple[str, bytes], _OpeningKey] = {}
    owners: dict[bytes, str] = {}
    for signed in pile:
        record = unsigned(OpeningKeyRecord, signed)
        if not signed_by(signed, _of(record.agency, keysets, record.not_before_at)):
            raise PeerError("trust.record-signature", record.agency)
        key = OpeningPublicKey.parse(record.agency, record.xwing)
        if owners.setdefault(record.xwing, record.agency) != record.agency:
            raise PeerError("trust.key-shared", record.agency)
        found[record.agency, key.id] = _OpeningKey(key, record)
    return found
