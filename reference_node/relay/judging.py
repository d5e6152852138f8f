"""Judging proofs that another relay gives: by the keys of the recipient's own log, the witnesses, the recipient's desk.

Whose keys sign stands in the directory and never in the proof. Asks nobody and keeps nothing; what is refused here is
for others to tell. A log that has contradicted itself proves nothing more (WorldError log.forked).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Final, NamedTuple

from reference_node.relay.trust import Trust
from referral_proto.errors import PeerError, WorldError
from referral_proto.ids import AgencyId, Leaf
from referral_proto.log.acknowledgement import read_acknowledgement, verify_acknowledgement
from referral_proto.log.checkpoint import Checkpoint, LogIdentity, read_head
from referral_proto.log.head import agency_of, desk_origin
from referral_proto.log.note import parse_note
from referral_proto.log.receipt import Expected, VerifiedReceipt, verify_receipt_by
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.moment import Moment
from referral_proto.ports import Clock
from referral_proto.trust.directory import Directory
from referral_proto.trust.logs import stood
from referral_proto.trust.notes import verify_note
from referral_proto.trust.standing import Status

__all__ = ["About", "Judge", "JudgedCheckpoint", "JudgedReceipt", "JudgedWord"]

_REMEMBERED: Final = 64
_EVENT: Final = {
    AcknowledgementKind.RECEIVED: LogEventKind.RECEIVED,
    AcknowledgementKind.UNREADABLE: LogEventKind.UNREADABLE,
}


class About(NamedTuple):
    """Which delivery. opening_key: the one that the envelope names for the recipient; None for a conflict."""

    leaf: Leaf
    sender: AgencyId
    recipient: AgencyId
    opening_key: bytes | None

    @property
    def expected(self) -> Expected:
        """What the receipt of the delivery, or of the conflict, must say."""
        kind = LogEventKind.CONFLICT if self.opening_key is None else LogEventKind.DELIVERED
        return Expected(kind, self.leaf, self.sender, self.recipient, self.opening_key)


class JudgedCheckpoint(NamedTuple):
    """A note that holds. settled: the quorum has cosigned it, or there is nobody to wait for."""

    note: bytes
    identity: LogIdentity
    checkpoint: Checkpoint
    settled: bool


class JudgedReceipt(NamedTuple):
    """A receipt that holds, and its note."""

    receipt: VerifiedReceipt
    under: JudgedCheckpoint


class JudgedWord(NamedTuple):
    """An acknowledgement that holds. code: why it is contested; empty if it is not."""

    kind: AcknowledgementKind
    code: str


class Judge:
    """forked: whether the log with that origin has contradicted itself. May be used by several threads."""

    def __init__(self, trust: Trust, clock: Clock, forked: Callable[[str], bool]) -> None:
        self._trust, self._clock, self._forked = trust, clock, forked
        self._lock = Lock()
        self._memory: OrderedDict[bytes, JudgedCheckpoint] = OrderedDict()
        self._judged_by: Directory | None = None

    def keeps_log(self, agency: AgencyId) -> bool:
        """Whether the agency's records name a log of its relay that goes on, so that receipts are to be expected."""
        try:
            logs = self._trust.directory.logs(agency)
            now = self._clock.now()
            return any(stood(entry, now) and entry.origin != desk_origin(agency) for entry in logs)
        except PeerError:
            return False

    def receipt(self, data: bytes, expected: Expected, agency: AgencyId) -> JudgedReceipt:
        """A receipt by a log of `agency`.

        Raises PeerError wire.*, receipt.mismatch, log.proof, and as `checkpoint`.
        """
        under: list[JudgedCheckpoint] = []

        def verified(note: bytes) -> Checkpoint:
            under.append(self.checkpoint(note, agency))
            return under[0].checkpoint

        return JudgedReceipt(verify_receipt_by(data, expected, verified), under[0])

    def checkpoint(self, note: bytes, agency: AgencyId) -> JudgedCheckpoint:
        """A checkpoint of a log of `agency`, under keys that stood when it was signed.

        Raises PeerError note.*, checkpoint.*, trust.unknown-agency, .unknown-log, .log-not-standing, .log-unbounded;
        WorldError log.forked.
        """
        head = read_head(note)
        if agency_of(head.origin)[0] != agency:
            raise PeerError("checkpoint.origin")
        if self._forked(head.origin):
            raise WorldError("log.forked", head.origin)
        directory = self._trust.directory
        known = self._remembered(directory, note)
        return known if known is not None else self._verified(directory, note)

    def word(self, data: bytes, about: About, entered: Moment | None) -> JudgedWord:
        """What the recipient's desk said of the envelope. entered: trusted time by which it stood in the log.

        The keyset must have been good when the desk says it signed, and when the log had it: who holds a key that was
        revoked could claim any earlier time. Without trusted time a revocation by now counts.

        Raises PeerError wire.*, acknowledgement.*, trust.*, signature.invalid.
        """
        read = read_acknowledgement(data)
        directory, now = self._trust.directory, self._clock.now()
        keyset = directory.keyset(about.recipient, read.signed.keyset)
        said = verify_acknowledgement(read, keyset, about.leaf, about.sender, about.recipient)
        if said.at > self._latest():
            raise PeerError("acknowledgement.mismatch", "at")
        claimed = directory.standing(about.recipient, keyset.id, said.at)
        known = directory.standing(about.recipient, keyset.id, now if entered is None else entered)
        for standing, strict in ((claimed, True), (known, entered is not None)):
            if standing.status is Status.NOT_VALID and (strict or standing.code == "trust.keyset-revoked"):
                raise PeerError(standing.code, about.recipient)
        contested = claimed.status is Status.CONTESTED or (entered is not None and known.status is Status.CONTESTED)
        return JudgedWord(said.kind, "trust.keyset-contested" if contested else "")

    def word_receipt(self, data: bytes, said: bytes, about: About) -> JudgedReceipt:
        """The receipt of what the recipient's desk said in `said`. Raises as `receipt`."""
        event = _EVENT[read_acknowledgement(said).said.kind]
        return self.receipt(data, Expected(event, about.leaf, about.sender, about.recipient), about.recipient)

    def _latest(self) -> Moment:
        return self._clock.now().plus(self._trust.directory.max_skew)

    def _verified(self, directory: Directory, note: bytes) -> JudgedCheckpoint:
        found = verify_note(note, directory, self._clock.now())
        cosigned = found.checkpoint.trusted_time is not None
        judged = JudgedCheckpoint(note, found.log, found.checkpoint, cosigned or not found.watched)
        # Another one might count more of its cosignatures once their time has come, or for nothing once its keys end.
        if cosigned or (found.entry.ended_at is None and len(parse_note(note).lines) == len(found.log.keys)):
            with self._lock:
                self._memory[note] = judged
                while len(self._memory) > _REMEMBERED:
                    self._memory.popitem(last=False)
        return judged

    def _remembered(self, directory: Directory, note: bytes) -> JudgedCheckpoint | None:
        """Envelopes that were delivered together have receipts under one note."""
        with self._lock:
            if directory is not self._judged_by:
                self._judged_by = directory
                self._memory.clear()
            return self._memory.get(note)
