"""Judging a desk's own log: E-15 to E-18. Who read what is the desk's word; that it stood there by then is proved.

Every entry up to the last head that is shown stands here, with its event or without: a log that lacks one leads to
another root. What the desk entered later, or into another log, no bundle can show. An event between two anchored heads
happened between their times.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from referral_proto.crypto.merkle import leaf_hash
from referral_proto.errors import PeerError, ReferralError
from referral_proto.flow.evidence.exchange import WITNESS_DELAY
from referral_proto.flow.evidence.grounds import Grounds
from referral_proto.flow.evidence.report import Access, Book, Conclusion, Shown, Status, Time
from referral_proto.ids import AgencyId
from referral_proto.log.checkpoint import Checkpoint
from referral_proto.log.event import entry_of
from referral_proto.log.head import desk_origin
from referral_proto.log.receipt import Expected, VerifiedReceipt, judge_time, verify_receipt_by
from referral_proto.log.tree import fold, grow
from referral_proto.model.codes.log import LogEventKind
from referral_proto.model.evidence import AccessAnchor, AccessEvidence
from referral_proto.model.log import LogEvent
from referral_proto.moment import Moment
from referral_proto.wire import decode

__all__ = ["judge_access"]

_PASSED: Final = Status.PASSED


def judge_access(shown: AccessEvidence, grounds: Grounds, book: Book) -> None:
    """Enter all that a desk's log shows."""
    leaves = [leaf_hash(one.entry) for one in shown.entries]
    size, frontier = 0, tuple[bytes, ...]()
    after, whole, anchored, by_then = Moment(0), True, 0, None
    heads = _heads(shown, grounds, book)
    if heads is None:
        return
    for number, (anchor, head) in enumerate(zip(shown.anchors, heads, strict=True), start=1):
        # Sizes must grow: an anchor that goes back would tell of another log.
        if not size <= head.size <= len(leaves):
            book.fail("E-15", PeerError("evidence.entries", "size"), number)
            return
        frontier = grow(size, frontier, leaves[size : head.size]).frontier
        if fold(frontier) != head.root:
            book.fail("E-15", PeerError("evidence.entries", "root"), number)
            return
        receipt, sound = _anchored(shown.agency, anchor, head, number, grounds, book)
        time = None if receipt is None else receipt.trusted_time
        judged = sound and _judge_events(shown, size, head.size, after, time, number, grounds, book)
        whole = judged and whole
        if receipt is not None and time is not None:
            anchored, by_then = head.size, time
            after = Moment(max(after, _no_larger_before(head, receipt, grounds.directory.max_skew)))
        size = head.size
    if size != len(leaves):
        book.fail("E-15", PeerError("evidence.entries", "size"))
        return
    book.enter("E-15", _PASSED)
    if all(anchor.receipt is None for anchor in shown.anchors):
        book.enter("E-17", Status.INDETERMINATE, code="evidence.not-anchored")
    if whole and by_then is not None:
        keys = sum(one.origin == desk_origin(AgencyId(shown.agency)) for one in grounds.directory.logs(shown.agency))
        book.shown.append(_sentence(shown, anchored, by_then, keys))


def _heads(shown: AccessEvidence, grounds: Grounds, book: Book) -> list[Checkpoint] | None:
    """E-16 for all of them, before any is compared with the entries: two that cannot both be true convict the desk,
    whichever of them the entries lead to.
    """
    heads: list[Checkpoint] = []
    for number, anchor in enumerate(shown.anchors, start=1):
        try:
            heads.append(grounds.of_desk(shown.agency, anchor.checkpoint))
        except ReferralError as error:
            book.fail("E-16", error, number)
            return None
    order = sorted(range(len(heads)), key=lambda place: (heads[place].size, heads[place].root))
    pairs = [(min(pair), max(pair)) for pair in pairwise(order)]
    refused = {later for first, later in pairs if _contradict(heads[first], heads[later])}
    for number in range(1, len(heads) + 1):
        if number - 1 in refused:
            book.fail("E-16", PeerError("evidence.two-logs"), number)
        else:
            book.enter("E-16", _PASSED, number)
    if any(heads[first].head == heads[later].head for first, later in pairs):
        book.fail("E-1", PeerError("evidence.repeated", "anchors"))
    return None if refused else heads


def _contradict(one: Checkpoint, other: Checkpoint) -> bool:
    """Two roots for one size, or a smaller tree that was the largest one later."""
    if one.size == other.size:
        return one.root != other.root
    smaller, larger = (one, other) if one.size < other.size else (other, one)
    return smaller.signed_at > larger.signed_at


def _no_larger_before(head: Checkpoint, receipt: VerifiedReceipt, skew: int) -> Moment:
    """Since when at the latest the desk's log had the size of `head`: what entered it later happened later.

    The relay says when it took the head, and no later than the witnesses saw it; the desk's own time brings that
    nearer, unless it lies ahead of theirs.
    """
    first = min(time for _, time in receipt.checkpoint.cosigned)
    taken = min(first, receipt.event.at)
    own = min(head.signed_at, taken) if head.signed_at <= taken + skew else 0
    return Moment(max(0, own, taken - WITNESS_DELAY))


def _anchored(
    agency: str, anchor: AccessAnchor, head: Checkpoint, number: int, grounds: Grounds, book: Book
) -> tuple[VerifiedReceipt | None, bool]:
    """The receipt of the head, and whether nothing speaks against it."""
    if anchor.receipt is None:
        book.enter("E-17", Status.NOT_SHOWN, number)
        return None, True
    expected = Expected(LogEventKind.ANCHORED, head.head.digest(), AgencyId(agency))
    try:
        receipt = verify_receipt_by(anchor.receipt, expected, grounds.of_relay(agency))
        judge_time(receipt, (), grounds.directory.max_skew, WITNESS_DELAY)
    except ReferralError as error:
        book.fail("E-17", error, number)
        return None, False
    time = receipt.trusted_time
    if time is None:
        book.enter("E-17", Status.INDETERMINATE, number, code="evidence.no-quorum")
    else:
        book.enter("E-17", _PASSED, number)
        book.times.append(Time(f"first {head.size} entries anchored", time, "quorum of witnesses", number))
    return receipt, True


def _judge_events(
    shown: AccessEvidence,
    start: int,
    end: int,
    after: Moment,
    by: Moment | None,
    number: int,
    grounds: Grounds,
    book: Book,
) -> bool:
    """The events between two heads. `after`, `by`: the moments between which they entered the log."""
    skew = grounds.directory.max_skew
    try:
        for index in range(start, end):
            one = shown.entries[index]
            if one.event is None:
                continue
            event = decode(LogEvent, one.event)
            if entry_of(one.event) != one.entry:
                raise PeerError("evidence.event", f"entry {index}")
            if event.at + skew < after:
                raise PeerError("receipt.backdated", f"entry {index}")
            if by is not None and event.at > by + skew:
                raise PeerError("receipt.postdated", f"entry {index}")
            book.accesses.append(
                Access(
                    index,
                    event.kind,
                    event.at,
                    by,
                    event.subject,
                    event.actor,
                    event.sender or "",
                    event.recipient or "",
                )
            )
    except PeerError as error:
        book.fail("E-18", error, number)
        return False
    book.enter("E-18", _PASSED, number)
    return True


def _sentence(shown: AccessEvidence, anchored: int, by: Moment, keys: int) -> Shown:
    total = len(shown.entries)
    told = sum(one.event is not None for one in shown.entries)
    rest = (
        ""
        if anchored == total
        else f" The last {total - anchored} are not anchored yet: the desk could still change them."
    )
    hidden = "" if told == total else f" What the other {total - told} say is forgotten, or not shown here."
    others = f" The records name {keys} pairs of keys for logs of this desk." if keys > 1 else ""
    text = (
        f"By {by.iso()} the desk of {shown.agency} had kept a log of at least {anchored} entries, which stand here: it"
        f" can change none of them.{rest} What came later is not looked at, nor whether the desk kept another log"
        f" beside this one.{others} What {told} of the {total} entries say is shown, and is the desk's word.{hidden}"
    )
    return Shown(Conclusion.ACCESS, text)
