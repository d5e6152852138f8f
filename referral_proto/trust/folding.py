"""One fold of many records under way: who owns which key, what stands in force, what was found wrong. Pure.

Here records become agencies, relays and opening keys; `directory` answers questions about what came out. With a
memory, an agency is folded anew only if one of its records, a signature on one, the federation's chain or a first sight
has changed, or while it waits for a moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final, NamedTuple

from referral_proto.crypto.opening import OpeningPublicKey
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, Digest, OpeningKeyId
from referral_proto.model.codes.federation import RecordKind
from referral_proto.model.records import AgencyRecord, FederationRecord, OpeningKeyRecord, RelayRecord, SignedRecord
from referral_proto.moment import Moment
from referral_proto.trust.agency import Alarm, History, fold_agency
from referral_proto.trust.federation import Federation
from referral_proto.trust.memory import FoldMemory
from referral_proto.trust.registrars import COMPROMISED
from referral_proto.trust.sharing import settle, without
from referral_proto.trust.signed import R, record_digest, signed_by, unsigned
from referral_proto.trust.succession import AHEAD
from referral_proto.wire import decode

__all__ = ["FEDERATION", "Filed", "Folding", "Problem", "PublishedKey", "read_piles", "timely"]

_EARLIEST: Final = Moment(0)
_LATEST: Final = Moment(253_402_300_799)


FEDERATION: Final = "federation"


class Problem(NamedTuple):
    """A record that is not in force, and why. `agency`: whose it is; FEDERATION for one of a federation's, "" if nobody
    can tell.
    """

    code: str
    agency: str


class PublishedKey(NamedTuple):
    """An opening key and the record that says so."""

    key: OpeningPublicKey
    record: OpeningKeyRecord


class Filed(NamedTuple):
    """A record that was read. `mark`: SHA-256 over all that was given of it, every signature included."""

    signed: SignedRecord
    digest: Digest
    mark: bytes


def read_piles(
    records: Iterable[bytes], problems: list[Problem], *, lenient: bool, memory: FoldMemory
) -> dict[int, list[Filed]]:
    """Each record once, by kind, with the signatures of all its copies: every signer may have signed one of its own."""
    found: dict[tuple[int, bytes], Filed] = {}
    for data in dict.fromkeys(records):
        try:
            filed = memory.recall(("file", data), lambda data=data: _filed(data))  # type: ignore[misc]
        except PeerError as error:
            tell(problems, PeerError("trust.record-malformed", error.where), "", lenient=lenient)
            continue
        place = (int(filed.signed.kind), filed.signed.record)
        before = found.get(place)
        found[place] = filed if before is None else _joined(before, filed)
    piles: dict[int, list[Filed]] = {kind: [] for kind in RecordKind}
    for filed in found.values():
        piles[filed.signed.kind].append(filed)
    return piles


def _filed(data: bytes) -> Filed:
    signed = decode(SignedRecord, data)
    if not signed.kind.recognised:
        raise PeerError("wire.invalid-value", "kind")
    return Filed(signed, record_digest(signed.kind, signed.record), sha256(data).digest())


def _joined(one: Filed, other: Filed) -> Filed:
    more = tuple(s for s in other.signed.signatures if s not in one.signed.signatures)
    signed = one.signed.model_copy(update={"signatures": one.signed.signatures + more})
    return Filed(signed, one.digest, sha256(one.mark + other.mark).digest())


def timely(pile: list[Filed], at: Moment | None, problems: list[Problem], *, lenient: bool) -> list[SignedRecord]:
    """The federation's records without those that are dated far ahead: one of them would freeze the chain. The first
    record, which a node was set up with, stays.
    """
    kept: list[SignedRecord] = []
    for filed in pile:
        if at is not None and _ahead(filed.signed, at):
            tell(problems, PeerError("trust.dated-ahead", FEDERATION), FEDERATION, lenient=lenient)
        else:
            kept.append(filed.signed)
    return kept


def _ahead(signed: SignedRecord, at: Moment) -> bool:
    try:
        record = unsigned(FederationRecord, signed)
    except PeerError:
        # What it is the chain judges.
        return False
    return record.sequence > 0 and record.issued_at > at + AHEAD


def tell(problems: list[Problem], problem: PeerError, agency: str, *, lenient: bool) -> None:
    """List it, or raise it."""
    if not lenient:
        # Anew: one that is remembered would gather the traces of every fold.
        raise PeerError(problem.code, problem.where)
    problems.append(Problem(problem.code, agency))


class Folding:
    """One fold: owners of keys, alarms and defects found so far."""

    def __init__(
        self,
        chain: Federation,
        seen: Mapping[Digest, Moment] | None,
        at: Moment | None,
        problems: list[Problem],
        *,
        lenient: bool,
        memory: FoldMemory,
    ) -> None:
        self.alarms: list[Alarm] = []
        self._chain, self._seen, self._memory = chain, seen, memory
        # Who gives no moment gets the careful answer to both questions: no recovery is over, every revocation counts.
        self._recovered_by, self._at = (_EARLIEST, _LATEST) if at is None else (at, at)
        self._lenient, self._problems = lenient, problems
        self._owners: dict[bytes, str] = {}
        sights = None if seen is None else tuple(seen.get(one) for one in chain.digests)
        self._authority = (chain.root, chain.head, sights)

    def _claim(self, key: bytes, agency: str) -> None:
        """One owner for what a record names without proof that its signer holds it. Who writes another agency's key or
        certificate into a record of its own gains nothing by it, and must not put the other's out of force.
        """
        if self._owners.setdefault(key, agency) != agency:
            self._tell(PeerError("trust.key-shared", agency), agency)

    def _tell(self, problem: PeerError, agency: str) -> None:
        tell(self._problems, problem, agency, lenient=self._lenient)

    def _record(self, kind: type[R], filed: Filed) -> R:
        return self._memory.recall(("record", filed.mark), lambda: unsigned(kind, filed.signed))

    def agencies(self, pile: list[Filed]) -> dict[str, History]:
        """Every agency whose first record holds."""
        piles: dict[str, list[Filed]] = {}
        timed: set[str] = set()
        near = self._at + AHEAD
        for filed in pile:
            try:
                record = self._record(AgencyRecord, filed)
                piles.setdefault(record.agency, []).append(filed)
                timed |= set() if record.recovery is None and record.issued_at <= near else {record.agency}
            except PeerError as problem:
                self._tell(problem, "")
        histories: dict[str, History] = {}
        for agency, own in sorted(piles.items()):
            try:
                history = self._history(AgencyId(agency), own, timed=agency in timed)
                self.alarms += history.alarms
            except PeerError as problem:
                if problem.code == COMPROMISED:
                    first = min(own, key=lambda filed: self._record(AgencyRecord, filed).sequence)
                    self.alarms.append(Alarm(COMPROMISED, AgencyId(agency), first.digest, None))
                self._tell(problem, agency)
                continue
            for one in (*history.passed_over, *([] if history.problem is None else [history.problem])):
                self._tell(one, agency)
            histories[agency] = history
        claims = settle(histories)
        for claim in claims:
            self._tell(PeerError("trust.key-shared", claim.agency), claim.agency)
            self.alarms.append(Alarm("trust.key-shared", claim.agency, histories[claim.agency].digest, None))
        return without(histories, claims)

    def _history(self, agency: AgencyId, own: list[Filed], *, timed: bool) -> History:
        def folded() -> History:
            signed = [filed.signed for filed in own]
            return fold_agency(agency, signed, self._chain, self._seen, self._recovered_by, self._memory)

        sights = None if self._seen is None else tuple(self._seen.get(filed.digest) for filed in own)
        if timed or (sights is not None and None in sights):
            # What it says depends on the moment.
            return folded()
        marks = tuple(filed.mark for filed in own)
        return self._memory.recall(
            ("history", agency, marks, sights, self._authority, self._recovered_by == _EARLIEST), folded
        )

    def relays(self, pile: list[Filed], agencies: Mapping[str, History]) -> dict[str, RelayRecord]:
        """The newest relay record of each operator, signed by a keyset that was good when it was issued."""
        relays: dict[str, RelayRecord] = {}
        for filed in pile:
            operator = ""
            try:
                record = self._record(RelayRecord, filed)
                operator = record.operator
                self._signed_by_agency(filed, agencies.get(operator), record.issued_at, operator)
                for certificate in record.tls_certificates:
                    self._claim(certificate, operator)
            except PeerError as problem:
                self._tell(problem, operator)
                continue
            before = relays.get(operator)
            if before is not None and before.sequence == record.sequence and before != record:
                self._tell(PeerError("trust.record-fork", operator), operator)
            elif before is None or before.sequence < record.sequence:
                relays[operator] = record
        return relays

    def opening_keys(
        self, pile: list[Filed], agencies: Mapping[str, History]
    ) -> dict[str, dict[OpeningKeyId, PublishedKey]]:
        """Every opening key, signed by a keyset that was good when its epoch began or began later itself."""
        found: dict[str, dict[OpeningKeyId, PublishedKey]] = {}
        for filed in pile:
            agency = ""
            try:
                record = self._record(OpeningKeyRecord, filed)
                agency = record.agency
                self._signed_by_agency(filed, agencies.get(agency), record.not_before_at, agency, later=True)
                key = self._opening_key(agency, record.xwing)
                self._claim(record.xwing, agency)
            except PeerError as problem:
                self._tell(problem, agency)
                continue
            # One key for each epoch and one epoch for each key: of two, the order of reading would choose.
            if any(
                (old.record.epoch == record.epoch or id_ == key.id) and old.record != record
                for id_, old in found.get(agency, {}).items()
            ):
                self._tell(PeerError("trust.record-fork", agency), agency)
                continue
            found.setdefault(agency, {})[key.id] = PublishedKey(key, record)
        return found

    def _opening_key(self, agency: str, xwing: bytes) -> OpeningPublicKey:
        return self._memory.recall(("opening", agency, xwing), lambda: OpeningPublicKey.parse(agency, xwing))

    def _signed_by_agency(
        self, filed: Filed, history: History | None, signed_at: Moment, agency: str, *, later: bool = False
    ) -> None:
        if history is None:
            raise PeerError("trust.unknown-agency", agency)
        if not signed_by(filed.signed, history.unrevoked(signed_at, self._at, later=later), self._memory):
            raise PeerError("trust.record-signature", agency)
