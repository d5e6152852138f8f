"""Judging proof that a log, or a witness, told two stories, by the records that say whose keys these are. Pure.

What contradicts what is decided in `log.contradiction`; here the accused is found.
"""

from __future__ import annotations

from collections.abc import Iterator

from referral_proto.errors import PeerError
from referral_proto.log.checkpoint import LogIdentity, Witness
from referral_proto.log.contradiction import Finding, judge
from referral_proto.log.head import owner_of, parse_head
from referral_proto.log.note import parse_note, render_note
from referral_proto.model.log import LogContradiction
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.notes import signing_entry, verify_note
from referral_proto.wire import decode

__all__ = ["is_contradiction", "judge_contradiction"]

_LAST = 253_402_300_799
_TIMED = 64


def is_contradiction(data: bytes) -> bool:
    """Whether the bytes read as a LogContradiction; whether it proves anything is another question."""
    try:
        decode(LogContradiction, data)
    except PeerError:
        return False
    return True


def judge_contradiction(evidence: bytes, directory: Directory) -> Finding:
    """Verify a LogContradiction against the keys that the records name for the accused.

    A log is convicted only by checkpoints that count (`trust.notes`): its keys may have ended or leaked since, and who
    holds them can sign at any date. Records from before their end judge what was kept since then.

    PeerError: wire.*, trust.unknown-agency, trust.unknown-log, trust.log-not-standing, trust.log-unbounded,
    log.no-contradiction (also where no record names the witness), and as `log.contradiction.judge`.
    """
    said = decode(LogContradiction, evidence)
    accused: LogIdentity | Witness
    if said.witness is None:
        return judge(evidence, _log(said, directory))
    refusal = PeerError("log.no-contradiction", "accused")
    for accused in _witnesses(said.first, said.witness, directory):
        try:
            return judge(evidence, accused)
        except PeerError as error:
            refusal = error
    raise refusal


def _log(said: LogContradiction, directory: Directory) -> LogIdentity:
    _counted(said.second, directory)
    return _counted(said.first, directory)


def _counted(data: bytes, directory: Directory) -> LogIdentity:
    try:
        return verify_note(data, directory).log
    except PeerError as error:
        if error.code != "note.signature":
            raise
    # A bad line of a witness beside the log's own excuses nobody; without witnesses it counts while the keys stand.
    note = parse_note(data)
    _, log = signing_entry(note, directory.logs(owner_of(parse_head(note.text).origin)))
    own = {(key.name, key.key_id) for key in log.keys}
    lines = tuple(line for line in note.lines if (line.name, line.key_id) in own)
    return verify_note(render_note(note.text, lines), directory).log


def _witnesses(note: bytes, name: str, directory: Directory) -> Iterator[Witness]:
    """Who bore that name at the times that stand in the note."""
    found: list[Witness] = []
    for line in parse_note(note).lines:
        if line.name != name or len(line.signature) <= _TIMED:
            continue
        time = Moment(min(_LAST, int.from_bytes(line.signature[:8])))
        for member in directory.witnesses(time).members:
            if member.name == name and member not in found:
                found.append(member)
                yield member
