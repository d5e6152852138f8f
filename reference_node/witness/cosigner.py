"""What a witness decides (C2SP tlog-witness): each request becomes a status, and one checkpoint at a time is stored.

| status | when                                                                                          |
|--------|-----------------------------------------------------------------------------------------------|
| 400    | the request has another form, or the old size is larger than the checkpoint's                 |
| 404    | the log is not one that this witness watches                                                  |
| 403    | the log's own signatures are missing or bad (both of its keys must have signed)               |
| 409    | the old size is not that of the last checkpoint cosigned; the body says which it is           |
| 422    | the proof does not lead there, the roots of one size differ, or an empty log has no empty root |
| 200    | stored, then cosigned                                                                         |

Check, time, signature and store are one transaction: two requests that race never make the witness go back, and a
larger checkpoint never bears an earlier time. What a log signed against itself on the way is kept as evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from sqlalchemy import Connection

from reference_node import faults
from reference_node.store.engine import Database
from reference_node.store.witness.book import Cosigned, keep_evidence, last_cosigned, store_cosigned
from reference_node.witness.listener import Answer
from referral_proto.crypto.logkeys import WitnessKeys
from referral_proto.errors import CallerError, PeerError, WorldError
from referral_proto.log.checkpoint import LogIdentity, cosign, read_head, verify_checkpoint
from referral_proto.log.contradiction import from_heads
from referral_proto.log.head import Head
from referral_proto.log.note import Note, parse_note, render_lines, render_note
from referral_proto.log.submission import Submission, origin_hash, parse_submission
from referral_proto.log.tree import EMPTY_ROOT, verify_consistency
from referral_proto.moment import MINUTE, Moment
from referral_proto.ports import Clock

__all__ = ["Answer", "Cosigner"]

assert faults.WITNESS  # the codes below are declared there

_SIZE: Final = "text/x.tlog.size"
_SET_BACK: Final = 5 * MINUTE
"""By how much the clock may go back: cosignatures then repeat the last time instead."""


class Cosigner:
    """One witness. May be used by several threads, and by several processes over one database.

    logs: those it watches; a log's origin is its name here.
    """

    def __init__(
        self, name: str, keys: WitnessKeys, logs: Iterable[LogIdentity], database: Database, clock: Clock
    ) -> None:
        """Raises CallerError log.witnesses: a log has a key of this witness."""
        self.name, self._keys, self._database, self._clock = name, keys, database, clock
        self.watch(logs)

    def watch(self, logs: Iterable[LogIdentity]) -> None:
        """From now on these logs, and no others. What was cosigned of one that left is remembered: it may come back.

        CallerError log.witnesses: a log has a key of this witness; nothing changes then.
        """
        found = {log.origin: log for log in logs}
        own = {self._keys.ed25519, self._keys.mldsa44}
        if any({log.ed25519, log.mldsa44} & own for log in found.values()):
            raise CallerError("log.witnesses")
        self._logs, self._origins = found, {origin_hash(origin): origin for origin in found}

    @property
    def watched(self) -> tuple[str, ...]:
        """Origins, sorted."""
        return tuple(sorted(self._logs))

    def add_checkpoint(self, body: bytes) -> Answer:
        """Judge a submission; 200 with the witness's signature lines once it is durable. Raises WorldError."""
        try:
            submission = parse_submission(body)
            head = read_head(submission.checkpoint)
        except PeerError:
            return Answer(400)
        log = self._logs.get(head.origin)
        if log is None:
            return Answer(404)
        try:
            verify_checkpoint(submission.checkpoint, log)
        except PeerError as error:
            return Answer(422 if error.code == "checkpoint.root" else 403)
        if submission.old > head.size:
            return Answer(400)
        return self._database.write(lambda connection: self._decide(connection, submission, head, log))

    def checkpoint(self, name: str) -> Answer:
        """The last checkpoint cosigned of the log whose origin has this hash, in hex. Raises WorldError."""
        origin = self._origins.get(name)
        if origin is None:
            return Answer(404)
        with self._database.read() as connection:
            last = last_cosigned(connection, origin)
        return Answer(404) if last is None else Answer(200, last.note)

    def _decide(self, connection: Connection, submission: Submission, head: Head, log: LogIdentity) -> Answer:
        now = self._clock.now()
        last = last_cosigned(connection, head.origin) or Cosigned(0, EMPTY_ROOT, Moment(0), b"")
        if now + _SET_BACK < last.at:
            raise WorldError("witness.clock")
        refused = _refused(submission, head, last)
        if refused is not None:
            self._keep(connection, submission, last, log, now)
            return refused
        at = Moment(max(now, last.at))
        lines = cosign(head, self.name, self._keys, at)
        found = Cosigned(head.size, head.root, at, _signed_by(submission.checkpoint, log, lines))
        store_cosigned(connection, head.origin, found)
        return Answer(200, render_lines(lines))

    def _keep(
        self, connection: Connection, submission: Submission, last: Cosigned, log: LogIdentity, now: Moment
    ) -> None:
        evidence = None
        # What was cosigned last may bear other keys of the log: they were replaced since.
        with suppress(PeerError):
            evidence = from_heads(last.note, submission.checkpoint, log) if last.note else None
        if evidence is not None:
            keep_evidence(connection, log.origin, evidence, now)


def _refused(submission: Submission, head: Head, last: Cosigned) -> Answer | None:
    if submission.old != last.size:
        return Answer(409, b"%d\n" % last.size, _SIZE)
    try:
        verify_consistency(last.size, last.root, head.size, head.root, submission.proof)
    except PeerError:
        return Answer(422)
    return None


def _signed_by(checkpoint: bytes, log: LogIdentity, lines: Iterable[object]) -> bytes:
    """The checkpoint with the log's own lines and the witness's; what else came along was not verified."""
    parsed = parse_note(checkpoint)
    known = {(key.name, key.key_id) for key in log.keys}
    own = [line for line in parsed.lines if (line.name, line.key_id) in known]
    return render_note(*Note(parsed.text, (*own, *lines)))  # type: ignore[arg-type]
