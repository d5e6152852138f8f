"""Which keys sign for which log, and who watches it: the part of the records that the floor `log` judges by. Pure.

A log's keys are remembered for good, like signing keysets: what they signed stays verifiable. Each is enrolled with the
checkpoint of the empty log under both keys, so that nobody enrols what another holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.labels import WITNESS
from referral_proto.crypto.logkeys import Algorithm, LogKeys, NoteKey
from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import AgencyId, Digest
from referral_proto.log.checkpoint import (
    NO_WITNESSES,
    LogIdentity,
    Witness,
    Witnesses,
    sign_checkpoint,
    verify_checkpoint,
)
from referral_proto.log.head import Head, owner_of
from referral_proto.log.note import parse_note
from referral_proto.log.tree import EMPTY_ROOT
from referral_proto.model.records import AgencyRecord, FederationRecord, LogEntry, WitnessEntry
from referral_proto.moment import Moment

__all__ = [
    "LogPlace",
    "enter_logs",
    "identity_of",
    "log_entry",
    "narrows_logs",
    "signer_of",
    "stood",
    "witness_id",
    "witness_of",
    "witnesses_of",
]

LogPlace = tuple[str, bytes, bytes]
"""Origin and both public keys."""


def log_entry(origin: str, keys: LogKeys, at: Moment) -> LogEntry:
    """What an agency's record says of a log: its public keys, good from `at`, with their proof of possession."""
    return LogEntry(
        origin=origin,
        ed25519=keys.ed25519.data,
        mldsa44=keys.mldsa44.data,
        not_before_at=at,
        possession=sign_checkpoint(Head(origin, 0, EMPTY_ROOT), keys, at),
    )


@lru_cache(maxsize=4096)
def identity_of(entry: LogEntry) -> LogIdentity:
    """PeerError key.malformed, key.weak. Remembered: a log's checkpoints come by the thousand, under the same keys."""
    ed25519, mldsa44 = NoteKey(Algorithm.ED25519, entry.ed25519), NoteKey(Algorithm.MLDSA44, entry.mldsa44)
    return LogIdentity(entry.origin, ed25519, mldsa44)


def enter_logs(known: Mapping[LogPlace, LogEntry], record: AgencyRecord) -> dict[LogPlace, LogEntry]:
    """What was known, and what `record` adds; a log that it no longer lists ended when the record was issued. Its end,
    and the date of a compromise, may be added or moved earlier.

    PeerError trust.log-owner (the log of another agency), trust.log-possession, trust.log-restored, key.*.
    """
    listed: dict[LogPlace, LogEntry] = {}
    for entry in record.logs:
        place = (entry.origin, entry.ed25519, entry.mldsa44)
        old = known.get(place)
        if old is None:
            _proved(entry, record)
        elif not _no_later(entry.ended_at, old.ended_at) or not _no_later(
            entry.compromised_since_at, old.compromised_since_at
        ):
            raise PeerError("trust.log-restored", record.agency)
        listed[place] = entry
    for place, old in known.items():
        if place not in listed:
            ended = record.issued_at if old.ended_at is None else min(old.ended_at, record.issued_at)
            listed[place] = old.model_copy(update={"ended_at": Moment(ended)})
    return listed


def stood(entry: LogEntry, at: Moment) -> bool:
    """Whether the keys of the entry were good at `at`: begun, not ended, and in nobody else's hands."""
    ends = (entry.ended_at, entry.compromised_since_at)
    return entry.not_before_at <= at and all(end is None or at < end for end in ends)


def narrows_logs(known: Mapping[LogPlace, LogEntry], before: AgencyRecord, record: AgencyRecord) -> bool:
    """Whether the registrar may say this of the logs alone: it may end them, and say since when their keys may have
    been in other hands. A log that an earlier record dropped may be listed again for that, as ended as it was.
    """
    kept = {(one.origin, one.ed25519, one.mldsa44): one for one in before.logs}
    for one in record.logs:
        place = (one.origin, one.ed25519, one.mldsa44)
        old = kept.pop(place, None) or known.get(place)
        if old is None or (one.not_before_at, one.possession) != (old.not_before_at, old.possession):
            return False
        if not _no_later(one.ended_at, old.ended_at):
            return False
        if not _no_later(one.compromised_since_at, old.compromised_since_at):
            return False
    return not kept


def _no_later(new: Moment | None, old: Moment | None) -> bool:
    return old is None or (new is not None and new <= old)


def _proved(entry: LogEntry, record: AgencyRecord) -> None:
    try:
        owner = owner_of(entry.origin)
    except PeerError:
        owner = AgencyId("")
    if owner != record.agency:
        raise PeerError("trust.log-owner", record.agency)
    identity = identity_of(entry)
    try:
        empty = verify_checkpoint(entry.possession, identity).size == 0
    except PeerError:
        empty = False
    if not empty:
        raise PeerError("trust.log-possession", record.agency)


def signer_of(note: bytes, known: Iterable[LogEntry]) -> LogIdentity:
    """Of the logs that are known, the one under whose keys the note stands. Nothing is verified yet.

    PeerError note.*, checkpoint.*, trust.unknown-log.
    """
    parsed = parse_note(note)
    lines = {(line.name, line.key_id) for line in parsed.lines}
    for entry in known:
        identity = identity_of(entry)
        if all((key.name, key.key_id) in lines for key in identity.keys):
            return identity
    raise PeerError("trust.unknown-log")


def witness_id(entry: WitnessEntry) -> Digest:
    """TH(witness, name, ed25519, mldsa44): names the keys of a witness in the list of ended keys."""
    return Digest(labelled_hash(WITNESS, entry.name.encode(), entry.ed25519, entry.mldsa44))


def witness_of(entry: WitnessEntry) -> Witness:
    """PeerError key.malformed, key.weak."""
    ed25519, mldsa44 = NoteKey(Algorithm.ED25519, entry.ed25519), NoteKey(Algorithm.MLDSA44, entry.mldsa44)
    return Witness.of(entry.name, ed25519, mldsa44)


def witnesses_of(record: FederationRecord) -> Witnesses:
    """The witnesses that a federation record names, and their quorum; none of them where it names none.

    PeerError trust.record-malformed: a name, a country or a key stands twice, or the quorum is not more than half of
    them, so that two quorums need not share a witness. PeerError key.*.
    """
    if not record.witnesses and record.quorum is None:
        return NO_WITNESSES
    quorum, number = record.quorum or 0, len(record.witnesses)
    if not number < 2 * quorum <= 2 * number or len({one.country for one in record.witnesses}) != number:
        raise PeerError("trust.record-malformed", "witnesses")
    try:
        return Witnesses(tuple(witness_of(one) for one in record.witnesses), quorum)
    except CallerError:
        raise PeerError("trust.record-malformed", "witnesses") from None
