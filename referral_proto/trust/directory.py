"""The directory: what all signed records together say about agencies, keys and relays at any moment. Pure, immutable.

Federation, agencies and relays are chains; opening keys are records of their own. No key may belong to two agencies.
A defect of one agency's records takes only that agency's later records out of force: it is listed in `problems`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from referral_proto.crypto.keyset import VerifyingKeyset
from referral_proto.crypto.opening import OpeningPublicKey
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, Digest, KeysetId, OpeningKeyId
from referral_proto.model.codes.federation import Mandate, RecordKind
from referral_proto.model.records import AgencyRecord, FederationRecord, OpeningKeyRecord, RelayRecord, SignedRecord
from referral_proto.moment import Moment
from referral_proto.trust.agency import Alarm, History, fold_agency
from referral_proto.trust.federation import MAX_LIFETIME, MAX_SKEW, Federation
from referral_proto.trust.signed import signed_by, unsigned
from referral_proto.trust.standing import Standing, Status
from referral_proto.wire import decode

__all__ = ["MAX_LIFETIME", "MAX_SKEW", "Directory", "Problem"]

_EARLIEST, _LATEST = Moment(0), Moment(253_402_300_799)


class Problem(NamedTuple):
    """A record that is not in force, and why."""

    code: str
    agency: str


class _OpeningKey(NamedTuple):
    key: OpeningPublicKey
    record: OpeningKeyRecord


@dataclass(frozen=True)
class Directory:
    """Lookups at a given moment; every refusal is a PeerError of the `trust.` family."""

    chain: Federation
    alarms: tuple[Alarm, ...]
    problems: tuple[Problem, ...]
    _agencies: dict[str, History]
    _relays: dict[str, RelayRecord]
    _opening_keys: dict[str, dict[OpeningKeyId, _OpeningKey]]

    @classmethod
    def fold(
        cls,
        records: Iterable[bytes],
        *,
        root: Digest | None = None,
        at: Moment | None = None,
        seen: Mapping[Digest, Moment] | None = None,
        lenient: bool = False,
    ) -> Self:
        """Build from the bytes of SignedRecords in any order.

        `root` pins the oldest federation record. `at` and `seen` (record digest → when this node first saw it) decide
        whether a recovery has waited long enough; without `at` none has. `lenient`: a defect of one agency is listed
        instead of raised.
        Raises CallerError trust.no-federation; PeerError trust.*, key.*.
        """
        piles: dict[int, list[SignedRecord]] = {kind: [] for kind in RecordKind}
        problems: list[Problem] = []
        for signed in _read(records, problems, lenient):
            piles[signed.kind].append(signed)
        chain = Federation.fold(piles[RecordKind.FEDERATION], root)
        folding = _Folding(chain, seen, at, lenient, problems)
        agencies = folding.agencies(piles[RecordKind.AGENCY])
        relays = folding.relays(piles[RecordKind.RELAY], agencies)
        opening = folding.opening_keys(piles[RecordKind.OPENING_KEY], agencies)
        alarms = tuple(alarm for history in agencies.values() for alarm in history.alarms)
        return cls(chain, alarms, tuple(problems), agencies, relays, opening)

    @property
    def federation(self) -> FederationRecord:
        """The newest federation record."""
        return self.chain.current

    @property
    def max_lifetime(self) -> int:
        """Seconds."""
        return self.chain.max_lifetime

    @property
    def max_skew(self) -> int:
        """Seconds."""
        return self.chain.max_skew

    def agencies(self) -> tuple[AgencyId, ...]:
        """Every enrolled agency, sorted; those that left too."""
        return tuple(AgencyId(a) for a in sorted(self._agencies))

    def history(self, agency: str) -> History:
        """The agency's folded chain; PeerError trust.unknown-agency."""
        history = self._agencies.get(agency)
        if history is None:
            raise PeerError("trust.unknown-agency", agency if len(agency) <= 44 else "")
        return history

    def agency(self, agency: str) -> AgencyRecord:
        """The agency's record in force."""
        return self.history(agency).record

    def mandates(self, agency: str) -> frozenset[Mandate]:
        """What the agency is entitled to do."""
        return frozenset(self.agency(agency).mandates)

    def withdrawn(self, agency: str, at: Moment) -> bool:
        """Whether the agency had left by `at`."""
        gone = self.agency(agency).withdrawn_at
        return gone is not None and gone <= at

    def standing(self, agency: str, keyset_id: bytes, at: Moment | None) -> Standing:
        """How the keyset stood at `at`, the trusted time of receipt; None gives INDETERMINATE (spec: late
        verification). PeerError trust.unknown-agency, .unknown-keyset.
        """
        history = self.history(agency)
        if at is None:
            history.standing(keyset_id, history.record.issued_at)
            return Standing(Status.INDETERMINATE)
        return history.standing(keyset_id, at)

    def keyset(self, agency: str, keyset_id: bytes) -> VerifyingKeyset:
        """The keyset whatever its standing, for late verification. PeerError trust.unknown-agency, .unknown-keyset."""
        known = self.history(agency).keysets.get(keyset_id)  # type: ignore[call-overload]
        if known is None:
            raise PeerError("trust.unknown-keyset", agency)
        keys: VerifyingKeyset = known.keys
        return keys

    def signing_keyset(self, agency: str, keyset_id: bytes, at: Moment) -> VerifyingKeyset:
        """The keyset if it stood VALID at `at`. PeerError trust.unknown-agency, .unknown-keyset, .keyset-not-valid,
        .keyset-revoked, .keyset-contested, .agency-withdrawn.
        """
        history = self.history(agency)
        standing = history.standing(keyset_id, at)
        if standing.status is not Status.VALID:
            raise PeerError(standing.code, agency)
        keys: VerifyingKeyset = history.keysets[KeysetId(keyset_id)].keys
        return keys

    def opening_key(self, agency: str, key_id: bytes, at: Moment) -> OpeningPublicKey:
        """The opening key if its epoch covered `at`. PeerError trust.unknown-opening-key, .opening-key-not-valid."""
        found = self._opening_keys.get(agency, {}).get(key_id)  # type: ignore[call-overload]
        if found is None:
            raise PeerError("trust.unknown-opening-key", agency)
        if not found.record.not_before_at <= at < found.record.not_after_at:
            raise PeerError("trust.opening-key-not-valid", agency)
        key: OpeningPublicKey = found.key
        return key

    def current_opening_key(self, agency: str, at: Moment) -> OpeningPublicKey:
        """The key of the newest epoch that covers `at`. PeerError trust.no-opening-key, .agency-withdrawn."""
        if self.withdrawn(agency, at):
            raise PeerError("trust.agency-withdrawn", agency)
        covering = [
            found
            for found in self._opening_keys.get(agency, {}).values()
            if found.record.not_before_at <= at < found.record.not_after_at
        ]
        if not covering:
            raise PeerError("trust.no-opening-key", agency)
        return max(covering, key=lambda found: found.record.epoch).key

    def opening_key_ends(self, agency: str, at: Moment) -> Moment | None:
        """When the last opening key that is published for `agency` ends, or None if none covers `at`."""
        held = [found.record for found in self._opening_keys.get(agency, {}).values()]
        if not any(record.not_before_at <= at < record.not_after_at for record in held):
            return None
        return max(record.not_after_at for record in held)

    def relay_of(self, agency: str) -> RelayRecord:
        """The relay that receives for `agency`. PeerError trust.unknown-relay."""
        record = self._relays.get(self.agency(agency).relay)
        if record is None:
            raise PeerError("trust.unknown-relay", agency)
        return record

    def relays(self) -> tuple[RelayRecord, ...]:
        """Every relay, by operator."""
        return tuple(self._relays[operator] for operator in sorted(self._relays))


def _read(records: Iterable[bytes], problems: list[Problem], lenient: bool) -> Iterable[SignedRecord]:
    """Each record once, with the signatures of all its copies: every signer may have signed a copy of its own."""
    found: dict[tuple[int, bytes], SignedRecord] = {}
    for data in dict.fromkeys(records):
        try:
            signed = decode(SignedRecord, data)
            if not signed.kind.recognised:
                raise PeerError("wire.invalid-value", "kind")
        except PeerError as error:
            _tell(problems, PeerError("trust.record-malformed", error.where), "", lenient)
            continue
        place = (int(signed.kind), signed.record)
        before = found.get(place)
        if before is not None:
            more = tuple(s for s in signed.signatures if s not in before.signatures)
            signed = before.model_copy(update={"signatures": before.signatures + more})
        found[place] = signed
    return found.values()


def _tell(problems: list[Problem], problem: PeerError, agency: str, lenient: bool) -> None:
    if not lenient:
        raise problem
    problems.append(Problem(problem.code, agency))


class _Folding:
    """One fold in progress: owners of keys, defects found so far."""

    def __init__(
        self,
        chain: Federation,
        seen: Mapping[Digest, Moment] | None,
        at: Moment | None,
        lenient: bool,
        problems: list[Problem],
    ) -> None:
        self._chain, self._seen = chain, seen
        # Who gives no moment gets the careful answer to both questions: no recovery is over, every revocation counts.
        self._recovered_by, self._at = (_EARLIEST, _LATEST) if at is None else (at, at)
        self._lenient, self._problems = lenient, problems
        self._owners: dict[bytes, str] = {}

    def _own(self, key: bytes, agency: str) -> None:
        if self._owners.setdefault(key, agency) != agency:
            raise PeerError("trust.key-shared", agency)

    def _claim(self, key: bytes, agency: str) -> None:
        """As `_own`, for what a record names without proof that its signer holds it. Who writes another agency's key or
        certificate into a record of its own gains nothing by it, and must not put the other's out of force.
        """
        if self._owners.setdefault(key, agency) != agency:
            _tell(self._problems, PeerError("trust.key-shared", agency), agency, self._lenient)

    def agencies(self, pile: list[SignedRecord]) -> dict[str, History]:
        """Every agency whose first record holds."""
        piles: dict[str, list[SignedRecord]] = {}
        for signed in pile:
            try:
                piles.setdefault(unsigned(AgencyRecord, signed).agency, []).append(signed)
            except PeerError as problem:
                _tell(self._problems, problem, "", self._lenient)
        histories: dict[str, History] = {}
        for agency, own in sorted(piles.items()):
            try:
                history = fold_agency(AgencyId(agency), own, self._chain, self._seen, self._recovered_by)
                for known in history.keysets.values():
                    self._own(known.keys.ed25519, agency)
                    self._own(known.keys.mldsa65, agency)
            except PeerError as problem:
                _tell(self._problems, problem, agency, self._lenient)
                continue
            if history.problem is not None:
                _tell(self._problems, history.problem, agency, self._lenient)
            histories[agency] = history
        return histories

    def relays(self, pile: list[SignedRecord], agencies: Mapping[str, History]) -> dict[str, RelayRecord]:
        """The newest relay record of each operator, signed by a keyset that was good when it was issued."""
        relays: dict[str, RelayRecord] = {}
        for signed in pile:
            operator = ""
            try:
                record = unsigned(RelayRecord, signed)
                operator = record.operator
                _signed_by_agency(signed, agencies.get(operator), record.issued_at, self._at, operator)
                for certificate in record.tls_certificates:
                    self._claim(certificate, operator)
            except PeerError as problem:
                _tell(self._problems, problem, operator, self._lenient)
                continue
            before = relays.get(operator)
            if before is not None and before.sequence == record.sequence and before != record:
                _tell(self._problems, PeerError("trust.record-fork", operator), operator, self._lenient)
            elif before is None or before.sequence < record.sequence:
                relays[operator] = record
        return relays

    def opening_keys(
        self, pile: list[SignedRecord], agencies: Mapping[str, History]
    ) -> dict[str, dict[OpeningKeyId, _OpeningKey]]:
        """Every opening key, signed by a keyset that was good when its epoch began."""
        found: dict[str, dict[OpeningKeyId, _OpeningKey]] = {}
        for signed in pile:
            agency = ""
            try:
                record = unsigned(OpeningKeyRecord, signed)
                agency = record.agency
                _signed_by_agency(signed, agencies.get(agency), record.not_before_at, self._at, agency)
                key = OpeningPublicKey.parse(agency, record.xwing)
                self._claim(record.xwing, agency)
            except PeerError as problem:
                _tell(self._problems, problem, agency, self._lenient)
                continue
            # One key for each epoch and one epoch for each key: of two, the order of reading would choose.
            if any(
                (old.record.epoch == record.epoch or id_ == key.id) and old.record != record
                for id_, old in found.get(agency, {}).items()
            ):
                _tell(self._problems, PeerError("trust.record-fork", agency), agency, self._lenient)
                continue
            found.setdefault(agency, {})[key.id] = _OpeningKey(key, record)
        return found


def _signed_by_agency(
    signed: SignedRecord, history: History | None, signed_at: Moment, at: Moment, agency: str
) -> None:
    if history is None:
        raise PeerError("trust.unknown-agency", agency)
    if not signed_by(signed, history.unrevoked(signed_at, at)):
        raise PeerError("trust.record-signature", agency)
