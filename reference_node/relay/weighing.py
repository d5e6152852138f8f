"""Weighing what a relay offers against what is held: better proof takes the place of less, nothing takes it of better.

Of each delivery there are four: the receipt, the largest cosigned checkpoint before it, the word of the recipient's
desk and the receipt of that word. What does not hold is kept out, counted, and told once with its code.
"""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import Final, NamedTuple

from reference_node.observe import Log, Metrics
from reference_node.relay.judging import About, Judge, JudgedReceipt
from reference_node.relay.sightings import Sightings
from reference_node.store.relay.proofs import Asked
from referral_proto.errors import PeerError, ReferralError
from referral_proto.log.acknowledgement import read_acknowledgement
from referral_proto.log.contradiction import from_receipts
from referral_proto.log.event import leaf_of
from referral_proto.log.head import agency_of
from referral_proto.model.codes.log import AcknowledgementKind
from referral_proto.model.log import Receipt
from referral_proto.ports import LogPost, Proved
from referral_proto.wire import decode

__all__ = ["Scales", "Weighed"]

_MOST_TOLD: Final = 10_000


class Weighed(NamedTuple):
    """What there is now. code: of the outcome. cosigned: the receipt is settled. acknowledged: so is the receipt of a
    RECEIVED. unreadable: the recipient's desk could not read the envelope, so far.
    """

    proved: Proved
    code: str
    cosigned: bool
    acknowledged: bool
    unreadable: bool


class Scales:
    """May be used by several threads."""

    def __init__(self, judge: Judge, sightings: Sightings, log: Log, metrics: Metrics) -> None:
        self._judge, self._sightings, self._log, self._metrics = judge, sightings, log, metrics
        self._lock = Lock()
        self._told: set[tuple[str, str]] = set()

    def first(self, about: About, receipt: bytes) -> tuple[bool, bool]:
        """Of the receipt that came with the reply: whether it holds, and whether it is settled."""
        if not receipt:
            return False, False
        try:
            judged = self._receipt(receipt, about)
        except ReferralError as error:
            self._refused(about, error)
            return False, False
        self._metrics.count("log_receipts", "kept")
        return True, judged.under.settled

    def weigh(self, post: LogPost, about: About, asked: Asked, offered: Proved) -> Weighed:
        """What is held, with whatever is better of what the recipient's relay offers. Raises nothing that a peer could
        cause; WorldError store.* if evidence against the log cannot be kept.
        """
        proved, code, cosigned = self._with_receipt(about, asked, offered)
        if proved.receipt and cosigned and offered.earlier_checkpoint and not proved.earlier_checkpoint:
            proved = self._with_earlier(post, about, proved, offered.earlier_checkpoint)
        acknowledged = asked.acknowledged
        if about.opening_key is not None and offered.acknowledgement and not acknowledged:
            proved, contested, acknowledged = self._with_word(about, proved, offered)
            code = contested or code
        return Weighed(proved, code, cosigned, acknowledged, _kind(proved) is AcknowledgementKind.UNREADABLE)

    def _with_receipt(self, about: About, asked: Asked, offered: Proved) -> tuple[Proved, str, bool]:
        kept = asked.proved
        if not offered.receipt and kept.receipt:
            self._denied(about)
        if asked.cosigned or not offered.receipt or offered.receipt == kept.receipt:
            return kept, asked.code, asked.cosigned
        try:
            judged = self._receipt(offered.receipt, about)
            self._one_place(kept.receipt, offered.receipt, judged)
        except ReferralError as error:
            self._refused(about, error)
            # Of a conflict the code says what became of the envelope, and of the log the relay's own alarm.
            forked = error.code == "log.forked" and not asked.code
            return kept, "log.forked" if forked else asked.code, False
        if kept.receipt and not judged.under.settled:
            return kept, asked.code, False
        self._metrics.count("log_receipts", "kept")
        code = "" if asked.code == "log.forked" else asked.code
        return replace(kept, receipt=offered.receipt), code, judged.under.settled

    def _receipt(self, receipt: bytes, about: About) -> JudgedReceipt:
        judged = self._judge.receipt(receipt, about.expected, about.recipient)
        self._sightings.see(judged.under.note, judged.under.checkpoint)
        return judged

    def _one_place(self, kept: bytes, offered: bytes, judged: JudgedReceipt) -> None:
        """Two events in one place of a log are evidence against it. PeerError log.proof."""
        if not kept:
            return
        before, origin = decode(Receipt, kept), judged.under.checkpoint.origin
        if before.index != judged.receipt.index or leaf_of(before.event) == judged.receipt.leaf:
            return
        try:
            self._judge.checkpoint(before.checkpoint, agency_of(origin)[0])
            evidence = from_receipts(kept, offered, judged.under.identity)
        except PeerError:
            # The one that is held is of another log, or under keys that came before, or leaked since.
            return
        if evidence is not None:
            self._sightings.contradicted(origin, evidence)
            raise PeerError("log.proof", "index")

    def _with_earlier(self, post: LogPost, about: About, proved: Proved, note: bytes) -> Proved:
        """The checkpoint that bounds the delivery's time from below, once the log has proved that it is its own."""
        try:
            receipt = self._judge.receipt(proved.receipt, about.expected, about.recipient)
            earlier = self._judge.checkpoint(note, about.recipient)
            later = receipt.under
            if earlier.checkpoint.origin != later.checkpoint.origin:
                raise PeerError("checkpoint.origin")
            if earlier.checkpoint.size > receipt.receipt.index or earlier.checkpoint.trusted_time is None:
                raise PeerError("receipt.mismatch", "earlier_checkpoint")
            same = self._sightings.joined(post, (note, earlier.checkpoint), (later.note, later.checkpoint))
        except ReferralError as error:
            self._refused(about, error)
            return proved
        return replace(proved, earlier_checkpoint=note) if same else proved

    def _with_word(self, about: About, proved: Proved, offered: Proved) -> tuple[Proved, str, bool]:
        """The desk's word and its receipt; why it is contested; whether that is all there is to come."""
        try:
            entered: JudgedReceipt | None = None
            if offered.acknowledgement_receipt:
                entered = self._word_receipt(about, offered)
            trusted = None if entered is None else entered.receipt.trusted_time
            word = self._judge.word(offered.acknowledgement, about, trusted)
        except ReferralError as error:
            self._refused(about, error)
            return proved, "", False
        settled = entered is not None and entered.under.settled
        received = word.kind is AcknowledgementKind.RECEIVED
        held = _kind(proved)
        better = held is None or (received and held is AcknowledgementKind.UNREADABLE)
        if better and (entered is not None or not proved.acknowledgement_receipt):
            said = offered.acknowledgement
        elif held is word.kind and entered is not None and (settled or not proved.acknowledgement_receipt):
            # The desk may have signed the same again; its first word stays, with the better receipt.
            said = proved.acknowledgement
        else:
            return proved, "", False
        receipt = b"" if entered is None else offered.acknowledgement_receipt
        kept = replace(proved, acknowledgement=said, acknowledgement_receipt=receipt)
        return kept, word.code, settled and received

    def _word_receipt(self, about: About, offered: Proved) -> JudgedReceipt | None:
        """None if it does not hold: the word itself needs none."""
        try:
            entered = self._judge.word_receipt(offered.acknowledgement_receipt, offered.acknowledgement, about)
        except ReferralError as error:
            self._refused(about, error)
            return None
        self._sightings.see(entered.under.note, entered.under.checkpoint)
        return entered

    def _refused(self, about: About, error: ReferralError) -> None:
        self._metrics.count("log_receipts", error.code)
        if self._is_news(about.recipient, error.code):
            self._log.warning("a proof does not hold", code=error.code, agency=about.recipient)

    def _denied(self, about: About) -> None:
        self._metrics.count("log_proofs", "log.denied")
        if self._is_news(about.leaf.hex(), about.recipient):
            self._log.error(
                "a relay denies what it gave a receipt for", code="log.denied", leaf=about.leaf, agency=about.recipient
            )

    def _is_news(self, what: str, more: str) -> bool:
        with self._lock:
            if (what, more) in self._told or len(self._told) >= _MOST_TOLD:
                return False
            self._told.add((what, more))
            return True


def _kind(proved: Proved) -> AcknowledgementKind | None:
    """What the word that is held says; it was judged when it came."""
    return read_acknowledgement(proved.acknowledgement).said.kind if proved.acknowledgement else None
