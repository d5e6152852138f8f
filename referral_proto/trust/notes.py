"""Checkpoints judged by the records: whose keys signed, whether they stood then, and which witnesses count. Pure.

Whoever holds the keys of a log can date a checkpoint as they like. Therefore a checkpoint counts

    under keys that stand               if the keys stood when the log says it signed
    under keys that ended or leaked     if a quorum also cosigned it while they stood

and for nothing otherwise: it convicts nobody, stops nobody and proves nothing. Witnesses are counted by the list that
was in force at the trusted time which they make (spec: witnesses).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from referral_proto.errors import PeerError
from referral_proto.log.checkpoint import NO_WITNESSES, Checkpoint, LogIdentity, Witnesses, verify_parsed
from referral_proto.log.head import owner_of, parse_head
from referral_proto.log.note import Note, parse_note
from referral_proto.model.records import LogEntry
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.logs import identity_of, stood

__all__ = ["NOT_STANDING", "UNBOUNDED", "JudgedNote", "counted", "judge_note", "signing_entry", "verify_note"]

_LAST: Final = 253_402_300_799
_TIMED: Final = 64
"""A signature longer than this begins with its time."""
NOT_STANDING: Final = "trust.log-not-standing"
UNBOUNDED: Final = "trust.log-unbounded"


@dataclass(frozen=True, slots=True)
class JudgedNote:
    """A checkpoint that verifies. `entry`, `log`: whose keys signed. `watched`: witnesses were named when the log says
    it signed, so that a quorum is to be expected. `doubt`: the code why it counts for nothing; empty if it counts.
    """

    checkpoint: Checkpoint
    entry: LogEntry
    log: LogIdentity
    watched: bool
    doubt: str


def verify_note(note: bytes, directory: Directory, at: Moment | None = None) -> JudgedNote:
    """A checkpoint that counts. Raises as `judge_note`, and PeerError trust.log-not-standing, trust.log-unbounded."""
    judged = judge_note(note, directory, at)
    if judged.doubt:
        raise PeerError(judged.doubt, judged.entry.origin)
    return judged


def judge_note(note: bytes, directory: Directory, at: Moment | None = None) -> JudgedNote:
    """Verify a checkpoint under whatever keys the records ever named for its log, and say whether it counts.

    at: now. No cosignature counts that is more than the federation's skew ahead of it, and keys that end later have not
    ended; without it every cosignature counts and every end.

    PeerError note.*, checkpoint.*, trust.unknown-agency, trust.unknown-log.
    """
    parsed = parse_note(note)
    entry, log = signing_entry(parsed, directory.logs(owner_of(parse_head(parsed.text).origin)))
    latest = None if at is None else at.plus(directory.max_skew)
    checkpoint = counted(parsed, log, directory, latest)
    watched = bool(directory.witnesses(checkpoint.signed_at).members)
    return JudgedNote(checkpoint, entry, log, watched, _doubt(entry, checkpoint, at))


def signing_entry(note: Note, known: Iterable[LogEntry]) -> tuple[LogEntry, LogIdentity]:
    """The entry under whose keys the note stands, going by its lines. Nothing is verified. PeerError trust.unknown-log,
    key.*.
    """
    lines = {(line.name, line.key_id) for line in note.lines}
    for entry in known:
        identity = identity_of(entry)
        if all((key.name, key.key_id) in lines for key in identity.keys):
            return entry, identity
    raise PeerError("trust.unknown-log")


def counted(note: Note, log: LogIdentity, directory: Directory, latest: Moment | None = None) -> Checkpoint:
    """Verify a checkpoint of `log`, with the time by which the quorum in force at that time had cosigned; without such
    a quorum, with the cosignatures of the witnesses in force when the log says it signed. Raises as `verify_parsed`.
    """
    found: list[tuple[Witnesses, Checkpoint]] = []
    for witnesses in _candidates(note, directory):
        checkpoint = verify_parsed(note, log, _apart(witnesses, log), latest)
        time = checkpoint.trusted_time
        if time is not None and directory.witnesses(time) == witnesses:
            return checkpoint
        found.append((witnesses, checkpoint))
    if not found:
        # A line under the log's own name that is too short to bear a time.
        raise PeerError("note.unsigned", log.origin)
    then = directory.witnesses(found[0][1].signed_at)
    named = next((checkpoint for witnesses, checkpoint in found if witnesses == then), found[0][1])
    return replace(named, trusted_time=None)


def _candidates(note: Note, directory: Directory) -> Iterator[Witnesses]:
    """The lists of witnesses that were in force at the times in the note; nothing is believed of these times."""
    given: list[Witnesses] = []
    for line in note.lines:
        if len(line.signature) <= _TIMED:
            continue
        witnesses = directory.witnesses(Moment(min(_LAST, int.from_bytes(line.signature[:8]))))
        if not any(witnesses is one or witnesses == one for one in given):
            given.append(witnesses)
            yield witnesses


def _apart(witnesses: Witnesses, log: LogIdentity) -> Witnesses:
    """Nobody, where a log would watch itself: whoever wrote that into a record proves nothing by it."""
    own = {log.ed25519, log.mldsa44}
    return NO_WITNESSES if any(key.key in own for one in witnesses.members for key in one.keys) else witnesses


def _doubt(entry: LogEntry, checkpoint: Checkpoint, at: Moment | None) -> str:
    time = checkpoint.trusted_time
    if not stood(entry, checkpoint.signed_at) or (time is not None and not stood(entry, time)):
        return NOT_STANDING
    ended = entry.compromised_since_at is not None or (
        entry.ended_at is not None and (at is None or entry.ended_at <= at)
    )
    return UNBOUNDED if ended and time is None else ""
