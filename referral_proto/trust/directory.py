"""The directory: what all signed records together say about agencies, keys and relays at any moment. Pure, immutable.

Federation, agencies and relays are chains; opening keys are records of their own. No key may belong to two agencies.
A defect of one agency's records takes only that agency's later records out of force: it is listed in `problems`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from referral_proto.crypto.keyset import VerifyingKeyset
from referral_proto.crypto.opening import OpeningPublicKey
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, Digest, KeysetId, OpeningKeyId
from referral_proto.log.checkpoint import LogIdentity, Witnesses, read_head
from referral_proto.log.head import owner_of
from referral_proto.model.codes.federation import Mandate, RecordKind
from referral_proto.model.records import (
    AgencyRecord,
    FederationRecord,
    LogEntry,
    RelayRecord,
)
from referral_proto.moment import Moment
from referral_proto.trust.agency import Alarm, History
from referral_proto.trust.federation import MAX_LIFETIME, MAX_SKEW, Federation
from referral_proto.trust.folding import FEDERATION, Folding, Problem, PublishedKey, read_piles, timely
from referral_proto.trust.logs import identity_of, signer_of, stood
from referral_proto.trust.memory import FoldMemory, NoMemory
from referral_proto.trust.standing import Standing, Status

__all__ = ["MAX_LIFETIME", "MAX_SKEW", "Directory", "Problem"]


@dataclass(frozen=True)
class Directory:
    """Lookups at a given moment; every refusal is a PeerError of the `trust.` family."""

    chain: Federation
    alarms: tuple[Alarm, ...]
    problems: tuple[Problem, ...]
    _agencies: dict[str, History]
    _relays: dict[str, RelayRecord]
    _opening_keys: dict[str, dict[OpeningKeyId, PublishedKey]]

    @classmethod
    def fold(
        cls,
        records: Iterable[bytes],
        *,
        root: Digest | None = None,
        at: Moment | None = None,
        seen: Mapping[Digest, Moment] | None = None,
        lenient: bool = False,
        whole_chain: bool = False,
        memory: FoldMemory | None = None,
    ) -> Self:
        """Build from the bytes of SignedRecords in any order.

        `root` pins the oldest federation record. `at` and `seen` (record digest → when this node first saw it) decide
        whether a recovery has waited long enough; without `at` none has. `lenient`: a defect of one agency is listed
        instead of raised, and so is a federation record that is no part of the chain, unless `whole_chain` demands that
        every one is. `memory`: of the folds before, which makes the next one cheap; two folds at once wait.
        Raises CallerError trust.no-federation; PeerError trust.*, key.*.
        """
        with NoMemory() if memory is None else memory as recalled:
            problems: list[Problem] = []
            piles = read_piles(records, problems, lenient=lenient, memory=recalled)
            of_federation = timely(
                piles[RecordKind.FEDERATION], None if seen is None else at, problems, lenient=lenient
            )
            if lenient and not whole_chain:
                chain, strangers = Federation.choose(of_federation, root, recalled)
                problems += [Problem(stranger.code, FEDERATION) for stranger in strangers]
            else:
                chain = Federation.fold(of_federation, root, recalled)
            folding = Folding(chain, seen, at, problems, lenient=lenient, memory=recalled)
            agencies = folding.agencies(piles[RecordKind.AGENCY])
            relays = folding.relays(piles[RecordKind.RELAY], agencies)
            opening = folding.opening_keys(piles[RecordKind.OPENING_KEY], agencies)
        return cls(chain, tuple(folding.alarms), tuple(problems), agencies, relays, opening)

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

    def logs(self, agency: str) -> tuple[LogEntry, ...]:
        """Every log that the agency's records ever named, ended ones too. PeerError trust.unknown-agency."""
        return tuple(self.history(agency).logs.values())

    def current_log(self, origin: str, at: Moment) -> LogIdentity:
        """The keys under which the log signs at `at`.

        PeerError checkpoint.origin, trust.unknown-agency, trust.unknown-log.
        """
        standing = [entry for entry in self.logs(owner_of(origin)) if entry.origin == origin and stood(entry, at)]
        if not standing:
            raise PeerError("trust.unknown-log", owner_of(origin))
        return identity_of(standing[-1])

    def log_signer(self, note: bytes) -> LogIdentity:
        """The log, of all that the records ever named, under whose keys a checkpoint stands; verifies no signature.

        PeerError note.*, checkpoint.*, trust.unknown-agency, trust.unknown-log.
        """
        return signer_of(note, self.logs(owner_of(read_head(note).origin)))

    def witnesses(self, at: Moment) -> Witnesses:
        """Who watched the federation's logs at `at`, and their quorum."""
        return self.chain.witnesses(at)

    def relay_of(self, agency: str) -> RelayRecord:
        """The relay that receives for `agency`. PeerError trust.unknown-relay."""
        record = self._relays.get(self.agency(agency).relay)
        if record is None:
            raise PeerError("trust.unknown-relay", agency)
        return record

    def relays(self) -> tuple[RelayRecord, ...]:
        """Every relay, by operator."""
        return tuple(self._relays[operator] for operator in sorted(self._relays))
