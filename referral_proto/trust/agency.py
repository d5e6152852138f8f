"""One agency's chain of records, folded with its history: who it is now, and how each of its keys stood at any moment.

Every record bears the registrar of the agency's country, whose word must count (`registrars`). Beyond that (spec:
records):
- the first record proves possession of each keyset;
- an *ordinary* change is also signed by a keyset of the record before, so that a compelled registrar alone cannot put
  its own key in a shelter's place;
- a *narrowing* change needs no keyset: the registrar alone may revoke, assert a compromise, withdraw the agency, or
  set names and mandates, which it grants; it may add, lengthen or restore no key and move no relay;
- a *recovery* bears a second country's registrar, waits out the federation's delay counted from when it was first
  seen, and falls if the agency itself speaks up with a key in time. It is an alarm on every node.

Each record is judged alone; what is not good is passed over and listed, so that nobody stops a chain by writing a bad
record under its next number. Which of several good ones comes next: `succession`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from referral_proto.crypto.keyset import VerifyingKeyset
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, Digest, KeysetId, country_of
from referral_proto.model.records import AgencyRecord, LogEntry, SignedRecord
from referral_proto.moment import Moment
from referral_proto.trust.federation import Federation
from referral_proto.trust.keysets import Entered, Known, cut_short, enter, may_object, narrows
from referral_proto.trust.logs import LogPlace
from referral_proto.trust.memory import FoldMemory
from referral_proto.trust.registrars import COMPROMISED, Registrars
from referral_proto.trust.sights import Sights
from referral_proto.trust.signed import record_digest, signed_by, unsigned
from referral_proto.trust.standing import Standing, Status
from referral_proto.trust.succession import AHEAD, Candidate, Kind, choose, overruled, refuse_ahead

__all__ = ["Alarm", "History", "fold_agency"]


_VALID: Final = Standing(Status.VALID)

_EARLIEST: Final = Moment(0)


class Alarm(NamedTuple):
    """Something every operator must look at. `code` is in the error catalogue; `effective_at` for a recovery."""

    code: str
    agency: AgencyId
    digest: Digest
    effective_at: Moment | None


@dataclass
class History:
    """What the chain says. `problem` is the code at which it stopped; what stood before it still holds."""

    agency: AgencyId
    record: AgencyRecord
    digest: Digest
    keysets: dict[KeysetId, Known]
    alarms: list[Alarm] = field(default_factory=list)
    problem: PeerError | None = None
    ended_alone: dict[KeysetId, Moment] = field(default_factory=dict)
    """Keysets that the registrar alone ended, and from when that counts."""
    logs: dict[LogPlace, LogEntry] = field(default_factory=dict)
    """Every log that the chain ever named, in the order in which they came."""
    left_alone: Moment = Moment(0)  # noqa: RUF009 - immutable, like every int
    """The same for the agency's withdrawal."""
    chain: list[Digest] = field(default_factory=list)
    """Every record that was taken, oldest first."""
    passed_over: list[PeerError] = field(default_factory=list)
    """Why other records under the same numbers were not."""

    def standing(self, keyset_id: bytes, at: Moment) -> Standing:
        """How the keyset stood at `at`; PeerError trust.unknown-keyset.

        What a registrar alone ended, it ended from when it was first seen: ended in the past, what the agency signed
        then would no longer verify, and with it the evidence that it ever spoke. Doubt about the past contests.
        """
        known = self.keysets.get(KeysetId(keyset_id))
        if known is None:
            raise PeerError("trust.unknown-keyset", self.agency)
        return self._stood(known, at, self.ended_alone.get(known.keys.id, _EARLIEST), self.left_alone)

    def _stood(self, known: Known, at: Moment, ended: Moment, left: Moment) -> Standing:
        entry = known.entry
        if not entry.not_before_at <= at < max(entry.not_after_at, ended):
            return Standing(Status.NOT_VALID, "trust.keyset-not-valid")
        gone = self.record.withdrawn_at
        if gone is not None and max(gone, left) <= at:
            return Standing(Status.NOT_VALID, "trust.agency-withdrawn")
        for end in (entry.revoked_at, known.dropped_at):
            if end is not None and max(end, ended) <= at:
                return Standing(Status.NOT_VALID, "trust.keyset-revoked")
        if entry.compromised_since_at is not None and entry.compromised_since_at <= at:
            asserted = entry.compromise_asserted_at
            since = entry.compromised_since_at
            return Standing(Status.CONTESTED, "trust.keyset-contested", since, known.asserted_by, asserted)
        return _VALID

    def unrevoked(self, signed_at: Moment, at: Moment, *, later: bool = False) -> list[VerifyingKeyset]:
        """The keysets that stood VALID at `signed_at` and were not revoked, dropped or contested by `at`. later: those
        too that began after it, so that a new keyset can vouch for what an old one signed.

        Who holds a leaked key can date what it signs before the leak was known: records that direct messages count
        only while their signer is still clean. One that was over when it was dropped only made room.
        """
        return [
            known.keys
            for known in self.keysets.values()
            if self.standing(known.keys.id, max(signed_at, known.entry.not_before_at) if later else signed_at).status
            is Status.VALID
            and all(
                end is None or at < end
                for end in (known.entry.revoked_at, known.entry.compromised_since_at, cut_short(known))
            )
        ]

    def good(self, at: Moment) -> list[VerifyingKeyset]:
        """The keysets that stood VALID at `at`."""
        # By the records alone, whatever this node saw when: all nodes must walk the same chain.
        return [
            known.keys
            for known in self.keysets.values()
            if self._stood(known, at, _EARLIEST, _EARLIEST).status is Status.VALID
        ]


def fold_agency(
    agency: AgencyId,
    pile: Iterable[SignedRecord],
    federation: Federation,
    seen: Mapping[Digest, Moment] | None,
    at: Moment,
    memory: FoldMemory | None = None,
) -> History:
    """Fold one agency's records, in any order, as they stand at `at`. `seen` says when this node first saw a record;
    a recovery's delay runs from then, whatever time it claims.

    A defect in the first record raises PeerError trust.*; a later one ends the fold and stands in `problem`. What was
    not taken although the chain goes on stands in `passed_over`.
    """
    chain: dict[int, list[_Given]] = {}
    for signed in pile:
        record = unsigned(AgencyRecord, signed)
        if record.agency != agency:
            raise PeerError("trust.record-malformed", "agency")
        chain.setdefault(record.sequence, []).append(_Given(record_digest(signed.kind, signed.record), signed, record))
    if 0 not in chain:
        raise PeerError("trust.chain", agency)
    folding = _Folding(Registrars(federation, seen, memory), Sights(seen, at), memory)
    history = folding.founded(agency, folding.registered(chain[0]), chain.get(1, []))
    for sequence in range(1, max(chain) + 1):
        try:
            if not folding.advance(history, chain.get(sequence, [])):
                break
        except PeerError as problem:
            history.problem = problem
            break
    return history


class _Given(NamedTuple):
    digest: Digest
    signed: SignedRecord
    record: AgencyRecord


class _Folding:
    """The fold of one agency, under way."""

    def __init__(self, registrars: Registrars, sights: Sights, memory: FoldMemory | None) -> None:
        self.registrars, self.alarms = registrars, list[Alarm]()
        self._sights, self._memory = sights, memory

    def registered(self, candidates: list[_Given]) -> list[_Given]:
        """Of several records under one number those whose registrar's word counts: what anybody can write, or the thief
        of an old key, is no fork, and must not hold up a revocation. One that stands alone is judged where it stands.
        """
        if len(candidates) == 1:
            return candidates
        kept = [candidate for candidate in candidates if self._counts(candidate)]
        return kept or candidates

    def _counts(self, candidate: _Given) -> bool:
        try:
            self._judge(candidate, second=False)
        except PeerError:
            return False
        return True

    def _judge(self, candidate: _Given, *, second: bool = True) -> None:
        try:
            self.registrars.judge(candidate.signed, candidate.digest, candidate.record)
            if second and candidate.record.recovery is not None and candidate.record.previous is not None:
                self.registrars.judge_second(candidate.signed, candidate.digest, candidate.record)
        except PeerError as error:
            if error.code == COMPROMISED:
                alarm = Alarm(error.code, AgencyId(candidate.record.agency), candidate.digest, None)
                if alarm not in self.alarms:
                    self.alarms.append(alarm)
            raise

    def founded(self, agency: AgencyId, candidates: list[_Given], second: list[_Given]) -> History:
        """The history of the first record alone. Of several the one first seen; of those first seen together the one
        that a registered second record names.
        """
        found: list[tuple[int, History]] = []
        refused: list[PeerError] = []
        for given in candidates:
            digest, _, record = given
            try:
                if record.previous is not None or record.recovery is not None:
                    raise PeerError("trust.chain", agency)
                refuse_ahead(record, self._sights.now)
                self._judge(given)
                history = History(agency, record, digest, {}, alarms=self.alarms, chain=[digest])
                history.keysets, history.logs = self._entered(history, given, None, agreed=True)
                found.append((self._sights.order(digest, record), history))
            except PeerError as problem:
                refused.append(problem)
        if not found:
            raise refused[0]
        earliest = min(order for order, _ in found)
        first = [history for order, history in found if order == earliest]
        if len(first) > 1:
            named = {given.record.previous for given in second if self._counts(given)}
            first = [history for history in first if history.digest in named]
        if len(first) != 1:
            raise PeerError("trust.record-fork", agency)
        history = first[0]
        history.passed_over += refused + [PeerError("trust.record-fork", agency)] * (len(found) - 1)
        return history

    def advance(self, history: History, given: list[_Given]) -> bool:
        """Take the next record of the chain; False when none takes effect yet."""
        if not given:
            raise PeerError("trust.chain", history.agency)
        candidates = self.registered(given)
        registered = {one.digest for one in candidates}
        apart = [one for one in given if one.digest not in registered]
        judged: list[tuple[Candidate, Entered, bool]] = []
        refused: list[PeerError] = []
        overrules = False
        for one in candidates:
            try:
                judged.append(self._judged(history, one))
                overrules = overrules or (bool(apart) and self._overruled(one))
            except PeerError as problem:
                refused.append(problem)
        if not judged:
            history.passed_over += refused[1:]
            raise refused[0]
        history.passed_over += refused
        objections = self._objections(history, apart)
        choice = choose([one for one, _, _ in judged], objections, overrules, self._sights.at)
        history.alarms += [Alarm(code, history.agency, digest, effective) for code, digest, effective in choice.alarms]
        history.passed_over += [PeerError("trust.record-fork", history.agency)] * len(choice.passed_over)
        for candidate, entered, agreed in judged:
            if candidate is choice.taken:
                _note_ends(history, candidate.record, candidate.begins, agreed=agreed)
                history.keysets, history.logs = entered
                history.record, history.digest = candidate.record, candidate.digest
                history.chain.append(candidate.digest)
        return choice.taken is not None

    def _judged(self, history: History, given: _Given) -> tuple[Candidate, Entered, bool]:
        """The record as if it stood alone, and whether the agency signed it. PeerError trust.*."""
        digest, signed, record = given
        if record.previous != history.digest or record.issued_at < history.record.issued_at:
            raise PeerError("trust.chain", history.agency)
        refuse_ahead(record, self._sights.now)
        self._judge(given)
        begins = self._sights.begins(digest, record)
        agreed = bool(signed_by(signed, history.good(record.issued_at), self._memory))
        kind, effective = Kind.OWN if agreed else Kind.ALONE, begins
        if record.recovery is not None:
            kind, effective = Kind.RECOVERY, begins.plus(self.registrars.chain.recovery_delay)
        elif not agreed and not narrows(record, history.record, history.logs):
            raise PeerError("trust.keyset-unsupported", history.agency)
        entered = self._entered(history, given, effective if kind is Kind.RECOVERY else None, agreed=agreed)
        order = self._sights.order(digest, record)
        return Candidate(digest, record, kind, order, begins, effective), entered, agreed

    def _entered(self, history: History, given: _Given, effective: Moment | None, *, agreed: bool) -> Entered:
        digest, signed, record = given
        return enter(
            history.keysets,
            history.logs,
            record,
            effective,
            agreed=agreed,
            signers=self._signers(signed, record)
            + ([history.agency] if agreed and record.previous is not None else []),
            sight=self._sights.first(digest),
            memory=self._memory,
        )

    def _signers(self, signed: SignedRecord, record: AgencyRecord) -> list[AgencyId]:
        """Which registrars signed, of whatever country, the agency's own first."""
        own, registrars = country_of(AgencyId(record.agency)), self.registrars.chain.registrars(record.issued_at)
        found = signed_by(signed, registrars.values(), self._memory)
        ordered = sorted(registrars, key=lambda country: country != own)
        return [registrars[one].agency for one in ordered if registrars[one].id in found]

    def _overruled(self, given: _Given) -> bool:
        return overruled(given.signed, given.record, self.registrars.chain)

    def _objections(self, history: History, apart: list[_Given]) -> list[Moment]:
        """When each objection was first seen: a record under the number of a recovery, signed by the agency and not by
        its registrar. What the registrar alone ended may still object: it is the registrar that the agency suspects.
        """
        found = []
        for digest, signed, record in apart:
            begins = self._sights.begins(digest, record)
            follows = record.previous == history.digest and record.issued_at >= history.record.issued_at
            ahead = record.issued_at > (self._sights.now or record.issued_at) + AHEAD
            if not follows or ahead or record.recovery is not None:
                continue
            able = [known.keys for known in history.keysets.values() if may_object(known, begins)]
            if signed_by(signed, able, self._memory):
                found.append(begins)
        return found


def _note_ends(history: History, record: AgencyRecord, begins: Moment, *, agreed: bool) -> None:
    """Note what the record ends without the agency, and from when that counts: never later than it would have ended
    before. What the agency signs takes that back only where it changes it: its tools copy the rest.
    """
    listed = {(entry.ed25519, entry.mldsa65): entry for entry in record.signing_keysets}
    for known in history.keysets.values():
        old, entry = known.entry, listed.get((known.keys.ed25519, known.keys.mldsa65))
        dropped = entry is None and known.dropped_at is None
        if not dropped and (
            entry is None or (entry.revoked_at, entry.not_after_at) == (old.revoked_at, old.not_after_at)
        ):
            continue
        if agreed:
            if not dropped:
                history.ended_alone.pop(known.keys.id, None)
            continue
        before = old.not_after_at if old.revoked_at is None else min(old.revoked_at, old.not_after_at)
        history.ended_alone[known.keys.id] = min(begins, max(before, history.ended_alone.get(known.keys.id, _EARLIEST)))
    was = history.record.withdrawn_at
    if record.withdrawn_at != was:
        left = begins if was is None else min(begins, max(was, history.left_alone))
        history.left_alone = _EARLIEST if agreed else left
