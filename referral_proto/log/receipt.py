"""Receipts: proof that one event stands in a log whose head is signed, and since when that is sure. Reads no clock.

    Receipt = event (exact bytes) ‖ index ‖ path ‖ checkpoint

A receipt is provisional until a quorum of witnesses has cosigned its checkpoint. Then the event stood in the log by the
trusted time; the event's own time is the word of whoever keeps the log, and is judged against the witnesses' in
`judge_time`: an event cannot have happened after they saw it, nor long before they saw a log that does not hold it yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, Leaf
from referral_proto.log.checkpoint import NO_WITNESSES, Checkpoint, LogIdentity, Witnesses, verify_checkpoint
from referral_proto.log.event import leaf_of
from referral_proto.log.tree import verify_inclusion
from referral_proto.model.codes.log import LogEventKind
from referral_proto.model.log import LogEvent, Receipt
from referral_proto.moment import Moment
from referral_proto.wire.codec import decode, encode

__all__ = [
    "Expected",
    "VerifiedReceipt",
    "judge_time",
    "make_receipt",
    "seen_since",
    "verify_receipt",
    "verify_receipt_by",
]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a receipt must be about. None: that field is not asked for; give every one that is known."""

    kind: LogEventKind
    subject: bytes
    sender: AgencyId | None = None
    recipient: AgencyId | None = None
    opening_key: bytes | None = None

    def refuse_other(self, event: LogEvent) -> None:
        """PeerError receipt.mismatch, naming the field."""
        for name in ("kind", "subject", "sender", "recipient", "opening_key"):
            wanted = getattr(self, name)
            if wanted is not None and getattr(event, name) != wanted:
                raise PeerError("receipt.mismatch", name)


@dataclass(frozen=True, slots=True)
class VerifiedReceipt:
    """Made by `verify_receipt` and `verify_receipt_by` only. `leaf` is the event's in the log."""

    event: LogEvent = field(repr=False)
    leaf: Leaf
    index: int
    checkpoint: Checkpoint

    @property
    def trusted_time(self) -> Moment | None:
        """By when the event stood in the log; None while the receipt is provisional."""
        return self.checkpoint.trusted_time

    @property
    def provisional(self) -> bool:
        """No quorum has cosigned the checkpoint."""
        return self.checkpoint.trusted_time is None


def make_receipt(event: bytes, index: int, path: Sequence[bytes], checkpoint: bytes) -> bytes:
    """The bytes of a receipt. Verifies nothing."""
    return encode(Receipt(event=event, index=index, path=tuple(path), checkpoint=checkpoint))


def verify_receipt(
    receipt: bytes,
    expected: Expected,
    log: LogIdentity,
    witnesses: Witnesses = NO_WITNESSES,
    latest: Moment | None = None,
) -> VerifiedReceipt:
    """Verify a receipt from the log of the agency that must give it. `latest` as for `verify_checkpoint`.

    1. Receipt and event are canonical: PeerError wire.*.
    2. The event is the expected one: receipt.mismatch.
    3. The checkpoint is this log's and signed by both of its keys, and no known signature is bad: note.*, checkpoint.*.
    4. The event's leaf stands at the index in the checkpoint's tree: log.proof.
    """
    return verify_receipt_by(receipt, expected, lambda note: verify_checkpoint(note, log, witnesses, latest))


def verify_receipt_by(receipt: bytes, expected: Expected, verify: Callable[[bytes], Checkpoint]) -> VerifiedReceipt:
    """The same where `verify` does the third step: for whoever meets one checkpoint under many receipts."""
    parsed = decode(Receipt, receipt)
    event = decode(LogEvent, parsed.event)
    expected.refuse_other(event)
    checkpoint = verify(parsed.checkpoint)
    leaf = leaf_of(parsed.event)
    verify_inclusion(leaf, parsed.index, checkpoint.size, parsed.path, checkpoint.root)
    return VerifiedReceipt(event, leaf, parsed.index, checkpoint)


def judge_time(
    receipt: VerifiedReceipt, earlier: Sequence[Checkpoint], skew: int, delay: int
) -> tuple[Moment, Moment | None]:
    """Between which moments the event entered the log; the second is None without a quorum.

    earlier: verified checkpoints of the same log, any number. One too small to hold the event, which the quorum has
    cosigned, bounds it from below by `seen_since`; the others are ignored. skew: granted to clocks. delay: how long a
    checkpoint may be on its way to the witnesses while its log grows. Both in seconds.

    PeerError receipt.backdated, receipt.postdated: the event claims a time that this rules out.
    """
    after = Moment(0)
    for found in earlier:
        if found.origin == receipt.checkpoint.origin and found.size <= receipt.index:
            after = Moment(max(after, seen_since(found, skew, delay)))
    before = receipt.trusted_time
    if receipt.event.at + skew < after:
        raise PeerError("receipt.backdated")
    if before is not None and receipt.event.at > before + skew:
        raise PeerError("receipt.postdated")
    return after, before


def seen_since(found: Checkpoint, skew: int, delay: int) -> Moment:
    """Since when at the latest the log had this size, by a clock that nobody who lies alone can set ahead; 0 without a
    quorum.

    Of a quorum one witness at least is honest, so that the smallest of the times is not ahead of its clock. The log's
    own time brings it nearer, unless no witness was yet at that time: then the log's clock was ahead, and says nothing.
    """
    if found.trusted_time is None:
        return Moment(0)
    first = min(time for _, time in found.cosigned)
    own = min(found.signed_at, first) if found.signed_at <= first + skew else 0
    return Moment(max(0, own, first - delay))
