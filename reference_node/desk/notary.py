"""The notary: tells the relay what this desk received, anchors its access log there, and verifies what others prove.

A relay could lie to its own desk: a receipt is kept when it verifies under the keys in the trust records, and else its
code is kept. What the trust data cannot carry now is tried again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, NamedTuple

from reference_node.desk.accesslog import AccessLog
from reference_node.desk.alarms import Alarms, Shown
from reference_node.desk.holdings import Holdings
from reference_node.observe import Log
from reference_node.store.desk.proving import AcknowledgementRow, AnchorRow, ProofRow
from reference_node.store.desk.receipts import ReceiptBook
from referral_proto.errors import PeerError, WorldError
from referral_proto.flow.evidence.exchange import WITNESS_DELAY
from referral_proto.ids import AgencyId, Leaf
from referral_proto.log.acknowledgement import acknowledge, read_acknowledgement, verify_acknowledgement
from referral_proto.log.checkpoint import Checkpoint, read_head
from referral_proto.log.head import agency_of
from referral_proto.log.receipt import Expected, VerifiedReceipt, judge_time, verify_receipt_by
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.model.log import Acknowledgement
from referral_proto.moment import HOUR, MINUTE, Moment
from referral_proto.ports import MAX_BATCH, DeskLogPost, Outcome, Proved
from referral_proto.trust.logs import stood
from referral_proto.trust.notes import judge_note, verify_note

__all__ = ["Notary"]

_AGAIN: Final = HOUR
"""Seconds after which an acknowledgement that was refused is offered again."""
_ANCHOR_AGAIN: Final = 10 * MINUTE
_KINDS: Final = {
    AcknowledgementKind.RECEIVED: LogEventKind.RECEIVED,
    AcknowledgementKind.UNREADABLE: LogEventKind.UNREADABLE,
}


class _Acknowledged(NamedTuple):
    """What a recipient's desk said, and by when its log held that, if a quorum has seen it."""

    said: Acknowledgement
    receipt: bytes | None
    trusted_at: Moment | None


class Notary:
    """Runs in the courier's round. Net errors pass through; what a relay answers never stops the mail."""

    def __init__(
        self,
        holdings: Holdings,
        book: ReceiptBook,
        access: AccessLog,
        alarms: Alarms,
        post: DeskLogPost | None,
        log: Log,
    ) -> None:
        self._held, self._book, self._access, self._post, self._log = holdings, book, access, post, log
        self._alarms = alarms
        self._failed_at: Moment | None = None

    def again(self) -> None:
        """Trust records changed: what was refused is offered again."""
        self._failed_at = None
        self._book.again()

    def turn(self) -> None:
        """Sign and hand over what is due, and anchor the access log. Raises WorldError net.*, store.*, log.forked."""
        self._sign()
        if self._post is None:
            return
        try:
            self._acknowledge(self._post)
            self._anchor(self._post)
        except PeerError as error:
            self._log.warning("the relay did not take what this desk has for its log", code=error.code)

    def keep(self, outcomes: tuple[Outcome, ...]) -> None:
        """Verify what came with outcomes, and keep the best of it. Raises WorldError store.*."""
        for one in outcomes:
            if one.proved != Proved():
                self._book.prove(self._proof(one))

    def _sign(self) -> None:
        try:
            self._access.sign()
        except WorldError as error:
            if error.code != "log.forked":
                raise
            # Somebody changed the database by force. The mail goes on; nothing more is shown or signed.
            if self._alarms.ring("desk.access-log", self._access.book.origin, {}, Shown()):
                self._held.changes.tell()

    def _acknowledge(self, post: DeskLogPost) -> None:
        held = self._held
        keys = held.vault.signing_keyset()
        now = held.clock.now()
        while rows := self._book.due(Moment(max(0, now - _AGAIN)), MAX_BATCH):
            signed = [
                row if row.signed else replace(row, signed=acknowledge(keys, row.leaf, row.sender, row.kind, row.at))
                for row in rows
            ]
            # Kept before it is shown: an acknowledgement in the log that this desk does not know would be an alarm.
            self._book.sign([new for new, old in zip(signed, rows, strict=True) if new is not old])
            answers = self._offered(post, [row.signed or b"" for row in signed])
            told = [self._answered(row, *answer, now) for row, answer in zip(signed, answers, strict=True)]
            self._book.told(told)
            done = sum(row.receipt is not None for row in told)
            if done:
                self._log.info("acknowledged", count=done)
            if done < len(told):
                self._log.warning("not every acknowledgement was taken", code=next(r.code for r in told if r.code))

    def _offered(self, post: DeskLogPost, signed: list[bytes]) -> tuple[tuple[bytes, str], ...]:
        """What the relay says to each; a refusal of all is one of each, so that all wait for their next time."""
        code = "net.protocol"
        try:
            answers = post.acknowledge(self._held.agency, signed)
        except PeerError as error:
            answers, code = (), error.code
        return answers if len(answers) == len(signed) else tuple((b"", code) for _ in signed)

    def _answered(self, row: AcknowledgementRow, receipt: bytes, code: str, at: Moment) -> AcknowledgementRow:
        if not receipt:
            return replace(row, code=code[:64] or "relay.refused", tried_at=at)
        expected = Expected(_KINDS[row.kind], row.leaf, row.sender, self._held.agency)
        try:
            self._verified(receipt, expected, self._held.agency)
        except PeerError as error:
            return replace(row, code=error.code, tried_at=at)
        return replace(row, receipt=receipt, code=None, tried_at=at)

    def _anchor(self, post: DeskLogPost) -> None:
        """The newest head, if the relay has not given a receipt for it; it covers those before. The audit carries the
        receipt on to a trusted time.
        """
        book, agency, now = self._access.book, self._held.agency, self._held.clock.now()
        waiting, failed = book.unanchored(), self._failed_at
        if waiting is None or (failed is not None and failed <= now < failed.plus(_ANCHOR_AGAIN)):
            return
        self._failed_at = now
        proof = self._after_the_last(post, waiting)
        if proof is None:
            return
        receipt = post.anchor(agency, waiting.note, proof)
        found = self._verified(receipt, Expected(LogEventKind.ANCHORED, waiting.digest, agency), agency)
        book.anchored(waiting.size, receipt, found.trusted_time)
        self._failed_at = None

    def _after_the_last(self, post: DeskLogPost, waiting: AnchorRow) -> tuple[bytes, ...] | None:
        """The proof that the head begins with the one that was anchored last, going by the relay. If it does not, this
        database was restored from a copy, or somebody took an event out of it: then an alarm, the log names the head
        that it lacks, and None, until the record has ended the keys that signed it.
        """
        book = self._access.book
        last = post.checkpoint(book.origin)
        if last is None:
            return ()
        now = self._held.clock.now()
        judged = judge_note(last, self._held.directory, now)
        head = judged.checkpoint.head
        proof = book.begins_with(head, waiting.size)
        if proof is None:
            mark = f"{book.origin} {head.size} {head.root.hex()[:16]}"
            if not self._alarms.rang("desk.access-lost", mark):
                self._access.lost(head)
            said = {"origin": book.origin, "anchored_size": head.size, "size": waiting.size}
            shown = Shown(other={"anchored_checkpoint": last, "own_checkpoint": waiting.note})
            if self._alarms.ring("desk.access-lost", mark, said, shown):
                self._held.changes.tell()
                return None
            return None if stood(judged.entry, now) else ()
        return proof

    def _verified(self, receipt: bytes, expected: Expected, owner: AgencyId) -> VerifiedReceipt:
        """A receipt from the log that the relay of `owner` keeps. PeerError receipt.*, note.*, checkpoint.*, trust.*,
        wire.*.
        """

        def verify(note: bytes) -> Checkpoint:
            if agency_of(read_head(note).origin)[0] != owner:
                raise PeerError("checkpoint.origin")
            return self._judged(note)

        return verify_receipt_by(receipt, expected, verify)

    def _judged(self, note: bytes) -> Checkpoint:
        return verify_note(note, self._held.directory, self._held.clock.now()).checkpoint

    def _proof(self, one: Outcome) -> ProofRow:
        row, proved, own = ProofRow(one.leaf, one.recipient), one.proved, self._held.agency
        code: str | None = None

        def attempt(work: Callable[[], ProofRow]) -> ProofRow:
            nonlocal code
            try:
                return work()
            except PeerError as error:
                code = code or error.code
                return row

        if proved.receipt:
            row = attempt(lambda: self._delivered(row, proved, own))
        if proved.acknowledgement:
            row = attempt(lambda: self._acknowledged(row, proved, own))
        if code is not None:
            self._log.warning("a proof from the relay does not verify", code=code, agency=one.recipient)
        return replace(row, code=code)

    def _delivered(self, row: ProofRow, proved: Proved, own: AgencyId) -> ProofRow:
        expected = Expected(LogEventKind.DELIVERED, row.leaf, own, row.recipient)
        found = self._verified(proved.receipt, expected, row.recipient)
        earlier: tuple[Checkpoint, ...] = ()
        if proved.earlier_checkpoint:
            earlier = (self._judged(proved.earlier_checkpoint),)
        judge_time(found, earlier, self._held.directory.max_skew, WITNESS_DELAY)
        return replace(
            row,
            receipt=proved.receipt,
            logged_at=found.event.at,
            trusted_at=found.trusted_time,
            earlier_checkpoint=proved.earlier_checkpoint or None,
        )

    def _acknowledged(self, row: ProofRow, proved: Proved, own: AgencyId) -> ProofRow:
        found = self._heard(row.leaf, row.recipient, own, proved)
        return replace(
            row,
            acknowledgement=proved.acknowledgement,
            acknowledged=found.said.kind,
            acknowledged_at=found.said.at,
            acknowledgement_receipt=found.receipt,
            acknowledgement_trusted_at=found.trusted_at,
        )

    def _heard(self, leaf: Leaf, recipient: AgencyId, own: AgencyId, proved: Proved) -> _Acknowledged:
        """What the recipient's desk signed, under a keyset of its own that stands now."""
        read = read_acknowledgement(proved.acknowledgement)
        keyset = self._held.directory.signing_keyset(recipient, read.signed.keyset, self._held.clock.now())
        said = verify_acknowledgement(read, keyset, leaf, own, recipient)
        if not proved.acknowledgement_receipt:
            return _Acknowledged(said, None, None)
        expected = Expected(_KINDS[said.kind], leaf, own, recipient)
        found = self._verified(proved.acknowledgement_receipt, expected, recipient)
        return _Acknowledged(said, proved.acknowledgement_receipt, found.trusted_time)
