"""One agency's chain of records, folded with its history: who it is now, and how each of its keys stood at any moment.

Every record bears the registrar of the agency's country. Beyond that (spec: records):
- the first record proves possession of each keyset;
- an *ordinary* change is also signed by a keyset of the record before, so that a compelled registrar alone cannot put
  its own key in a shelter's place;
- a *narrowing* change needs no keyset: the registrar alone may revoke, assert a compromise, withdraw the agency, or
  set names and mandates, which it grants; it may add, lengthen or restore no key and move no relay;
- a *recovery* bears a second country's registrar, waits out the federation's delay counted from when it was first
  seen, and falls if the agency itself speaks up with a key in time. It is an alarm on every node.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from referral_proto.crypto import possession
from referral_proto.crypto.keyset import HybridSignature, VerifyingKeyset
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, Digest, KeysetId, country_of
from referral_proto.model.records import AgencyRecord, SignedRecord, SigningKeysetEntry
from referral_proto.moment import Moment
from referral_proto.trust.federation import Federation
from referral_proto.trust.signed import record_digest, signed_by, unsigned
from referral_proto.trust.standing import Standing, Status

__all__ = ["Alarm", "History", "fold_agency"]


_VALID: Final = Standing(Status.VALID)

_EARLIEST: Final = Moment(0)


class Alarm(NamedTuple):
    """Something every operator must look at. `code` is in the error catalogue; `effective_at` for a recovery."""

    code: str
    agency: AgencyId
    digest: Digest
    effective_at: Moment | None


class _Known(NamedTuple):
    keys: VerifyingKeyset
    entry: SigningKeysetEntry
    dropped_at: Moment | None


@dataclass
class History:
    """What the chain says. `problem` is the code at which it stopped; what stood before it still holds."""

    agency: AgencyId
    record: AgencyRecord
    digest: Digest
    keysets: dict[KeysetId, _Known]
    alarms: list[Alarm] = field(default_factory=list)
    problem: PeerError | None = None
    ended_alone: dict[KeysetId, Moment] = field(default_factory=dict)
    """Keysets that the registrar alone ended, and from when that counts."""
    left_alone: Moment = Moment(0)  # noqa: RUF009 - immutable, like every int
    """The same for the agency's withdrawal."""

    def standing(self, keyset_id: bytes, at: Moment) -> Standing:
        """How the keyset stood at `at`; PeerError trust.unknown-keyset.

        What a registrar alone ended, it ended from when it was first seen: ended in the past, what the agency signed
        then would no longer verify, and with it the evidence that it ever spoke. Doubt about the past contests.
        """
        known = self.keysets.get(KeysetId(keyset_id))
        if known is None:
            raise PeerError("trust.unknown-keyset", self.agency)
        return self._stood(known, at, self.ended_alone.get(known.keys.id, _EARLIEST), self.left_alone)

    def _stood(self, known: _Known, at: Moment, ended: Moment, left: Moment) -> Standing:
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
            by = AgencyId(entry.compromise_asserted_by or self.agency)
            asserted = entry.compromise_asserted_at
            return Standing(Status.CONTESTED, "trust.keyset-contested", entry.compromised_since_at, by, asserted)
        return _VALID

    def unrevoked(self, signed_at: Moment, at: Moment) -> list[VerifyingKeyset]:
        """The keysets that stood VALID at `signed_at` and were not revoked, dropped or contested by `at`.

        Who holds a leaked key can date what it signs before the leak was known: records that direct messages count
        only while their signer is still clean.
        """
        return [
            known.keys
            for known in self.keysets.values()
            if self.standing(known.keys.id, signed_at).status is Status.VALID
            and all(
                end is None or at < end
                for end in (known.entry.revoked_at, known.entry.compromised_since_at, known.dropped_at)
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
) -> History:
    """Fold one agency's records, in any order, as they stand at `at`. `seen` says when this node first saw a record;
    a recovery's delay runs from then, whatever time it claims.

    A defect in the first record raises PeerError trust.*; a later one ends the fold and stands in `problem`.
    """
    chain: dict[int, list[tuple[Digest, SignedRecord, AgencyRecord]]] = {}
    for signed in pile:
        record = unsigned(AgencyRecord, signed)
        if record.agency != agency:
            raise PeerError("trust.record-malformed", "agency")
        chain.setdefault(record.sequence, []).append((record_digest(signed.kind, signed.record), signed, record))
    for sequence, candidates in chain.items():
        chain[sequence] = _registered(candidates, federation)
    first = min(chain)
    if first != 0 or len(chain[0]) != 1:
        raise PeerError("trust.record-fork" if len(chain[first]) > 1 else "trust.chain", agency)
    digest, signed, record = chain[0][0]
    if record.previous is not None or record.recovery is not None:
        raise PeerError("trust.chain", agency)
    _registrar_signed(signed, record, federation)
    history = History(agency, record, digest, {})
    _enrol(history, record, None)
    for sequence in range(1, max(chain) + 1):
        try:
            if not _advance(history, chain.get(sequence, []), federation, seen, at):
                break
        except PeerError as problem:
            history.problem = problem
            break
    return history


def _registered(
    candidates: list[tuple[Digest, SignedRecord, AgencyRecord]], federation: Federation
) -> list[tuple[Digest, SignedRecord, AgencyRecord]]:
    """Of several records under one number those that the registrar signed: what anybody can write is no fork, and must
    not hold up a revocation. One that stands alone is judged where it stands.
    """
    if len(candidates) == 1:
        return candidates
    kept: list[tuple[Digest, SignedRecord, AgencyRecord]] = []
    for candidate in candidates:
        try:
            _registrar_signed(candidate[1], candidate[2], federation)
        except PeerError:
            continue
        kept.append(candidate)
    return kept or candidates


def _registrar_signed(signed: SignedRecord, record: AgencyRecord, federation: Federation) -> None:
    registrar = federation.registrar(country_of(AgencyId(record.agency)), record.issued_at)
    if registrar is None or not signed_by(signed, [registrar]):
        raise PeerError("trust.record-signature", record.agency)


def _advance(
    history: History,
    candidates: list[tuple[Digest, SignedRecord, AgencyRecord]],
    federation: Federation,
    seen: Mapping[Digest, Moment] | None,
    at: Moment,
) -> bool:
    """Take the next record of the chain; False when none takes effect yet."""
    if not candidates:
        raise PeerError("trust.chain", history.agency)
    own: list[tuple[Digest, AgencyRecord]] = []
    waiting: list[tuple[Digest, AgencyRecord, Moment]] = []
    alone: Moment | None = None
    for digest, signed, record in candidates:
        if record.previous != history.digest or record.issued_at < history.record.issued_at:
            raise PeerError("trust.chain", history.agency)
        _registrar_signed(signed, record, federation)
        # Who keeps first sights never saw what is not among them; an auditor, who keeps none, has only the date.
        begins = max(record.issued_at, record.issued_at if seen is None else seen.get(digest, at))
        if record.recovery is not None:
            _second_country_signed(signed, record, federation)
            waiting.append((digest, record, begins.plus(federation.recovery_delay)))
        elif signed_by(signed, history.good(record.issued_at)):
            own.append((digest, record))
        elif _narrows(history, record):
            own.append((digest, record))
            alone = begins
        else:
            raise PeerError("trust.keyset-unsupported", history.agency)
    if len(own) > 1 or len(waiting) > 1:
        raise PeerError("trust.record-fork", history.agency)
    for digest, _, effective in waiting:
        code = "trust.recovery-opposed" if own else "trust.recovery-pending"
        code = code if own or at < effective else "trust.recovery-done"
        history.alarms.append(Alarm(code, history.agency, digest, effective))
    if own:
        if alone is not None:
            _ended(history, own[0][1], alone)
        _take(history, *own[0], None)
        return True
    digest, record, effective = waiting[0]
    if at < effective:
        return False
    _take(history, digest, record, effective)
    return True


def _second_country_signed(signed: SignedRecord, record: AgencyRecord, federation: Federation) -> None:
    assert record.recovery is not None
    second = record.recovery.second_country
    own = country_of(AgencyId(record.agency))
    registrar = federation.registrar(second, record.issued_at)
    if second == own or registrar is None or not signed_by(signed, [registrar]):
        raise PeerError("trust.recovery-unsupported", record.agency)


def _narrows(history: History, record: AgencyRecord) -> bool:
    """Whether the registrar may say this alone."""
    before = history.record
    held = {(e.ed25519, e.mldsa65): e for e in before.signing_keysets}
    for entry in record.signing_keysets:
        old = held.pop((entry.ed25519, entry.mldsa65), None)
        if old is None or entry.not_before_at != old.not_before_at or entry.not_after_at > old.not_after_at:
            return False
        if not _no_later(entry.revoked_at, old.revoked_at):
            return False
        if not _no_later(entry.compromised_since_at, old.compromised_since_at):
            return False
    # A keyset that is dropped would take its own past with it: it must stay, revoked.
    return not held and record.relay == before.relay and _no_later(record.withdrawn_at, before.withdrawn_at)


def _ended(history: History, record: AgencyRecord, begins: Moment) -> None:
    """Note what the registrar alone ends with this record, and from when it counts."""
    for known in history.keysets.values():
        for entry in record.signing_keysets:
            if (entry.ed25519, entry.mldsa65) != (known.keys.ed25519, known.keys.mldsa65):
                continue
            old = known.entry
            if (entry.revoked_at, entry.not_after_at) != (old.revoked_at, old.not_after_at):
                # Never later than it would have ended by what the agency itself agreed to.
                ends = [one for one in (old.revoked_at, old.not_after_at) if one is not None]
                history.ended_alone[known.keys.id] = min(begins, *ends)
    if record.withdrawn_at != history.record.withdrawn_at:
        history.left_alone = min(begins, history.record.withdrawn_at or begins)


def _no_later(new: Moment | None, old: Moment | None) -> bool:
    return old is None or (new is not None and new <= old)


def _take(history: History, digest: Digest, record: AgencyRecord, effective: Moment | None) -> None:
    _enrol(history, record, effective)
    history.record, history.digest = record, digest


def _enrol(history: History, record: AgencyRecord, effective: Moment | None) -> None:
    """Take over the record's keysets; one that it no longer lists ended when the record was issued."""
    listed: dict[KeysetId, _Known] = {}
    for given in record.signing_keysets:
        entry = given
        keys = VerifyingKeyset.parse(record.agency, entry.ed25519, entry.mldsa65)
        old = history.keysets.get(keys.id)
        if old is None:
            _possessed(keys, record, entry)
            if effective is not None and entry.not_before_at < effective:
                # A recovered key counts from when the recovery took effect, whatever its entry claims.
                entry = entry.model_copy(update={"not_before_at": effective})
        elif old.dropped_at is not None or not _no_later(entry.revoked_at, old.entry.revoked_at):
            raise PeerError("trust.keyset-restored", record.agency)
        listed[keys.id] = _Known(keys, entry, None)
    for id_, old in history.keysets.items():
        if id_ not in listed:
            listed[id_] = old if old.dropped_at is not None else old._replace(dropped_at=record.issued_at)
    history.keysets = listed


def _possessed(keys: VerifyingKeyset, record: AgencyRecord, entry: SigningKeysetEntry) -> None:
    sequence = record.sequence if entry.enrolled_in is None else entry.enrolled_in
    if sequence > record.sequence:
        raise PeerError("trust.possession", record.agency)
    try:
        possession.check(keys, sequence, HybridSignature(entry.possession_ed25519, entry.possession_mldsa65))
    except PeerError:
        raise PeerError("trust.possession", record.agency) from None
