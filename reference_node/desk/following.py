"""Following one log of the relay: page by page, each step under a checkpoint, and as far as witnesses have cosigned it.

    page of events → what it leads to is signed? → extends what was read → explain → enter       (as far as it is read)
    checkpoint that a quorum cosigned → is a beginning of what was read?                       (as far as it is audited)

The desk keeps the log's size, the hashes of its complete subtrees and the last checkpoint, and proves by itself that a
newer checkpoint extends it; of what no quorum has cosigned yet it keeps the entries besides, to prove that the tree
that witnesses hold is the one it was shown. Memory is that of a page, and a round reads so much and no more.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reference_node.desk.alarms import Alarms, LogPlace, Shown
from reference_node.desk.explaining import ACKNOWLEDGED_AS, Explained, explain_events
from reference_node.desk.growing import Grown, grown_receipts
from reference_node.desk.holdings import Holdings
from reference_node.store.desk.audits import Advance, AuditBook
from reference_node.store.desk.proving import AlarmRow, AuditView, KeptRow, Sure, UnexplainedRow
from referral_proto.crypto.merkle import HASH_SIZE, leaf_hash
from referral_proto.errors import PeerError
from referral_proto.ids import Leaf
from referral_proto.log.contradiction import from_beginning, from_heads
from referral_proto.log.head import agency_of
from referral_proto.log.receipt import make_receipt
from referral_proto.log.tree import consistency_proof, fold, grow, inclusion_proof
from referral_proto.model.codes.log import LogEventKind
from referral_proto.moment import HOUR, Moment
from referral_proto.ports import DeskLogPost, Logged
from referral_proto.trust.logs import stood
from referral_proto.trust.notes import JudgedNote, verify_note

__all__ = ["AuditLimits", "BadLog", "Follower"]

_PAGE: Final = 256
_MANY: Final = 500
"""Receipts that are carried on to a cosigned checkpoint in one transaction."""
_MOST_WAITING: Final = 200_000
"""Entries that may wait for witnesses: what lies beyond is not read."""
_NOTHING_BEHIND: Final = frozenset({"audit.event", "audit.unexplained"})
"""Of these the agency can claim that its relay gave it nothing for the entry; the others are shown by their receipt."""


@dataclass(frozen=True, slots=True)
class AuditLimits:
    """What one round may read of one log: events, calls, and the seconds after which no further call begins.
    unproved_seconds: how long a log may stay without what proves it to others before somebody is told.
    """

    events: int = 20_000
    calls: int = 400
    seconds: float = 30.0
    unproved_seconds: int = 6 * HOUR


class BadLog(Exception):
    """What the relay shows of a log does not hold. `lasting`: it may be a mishap, and is told when it lasts."""

    def __init__(
        self, code: str, checkpoint: bytes | None = None, *, lasting: bool = False, contradiction: bytes | None = None
    ) -> None:
        super().__init__(code)
        self.code, self.lasting, self.checkpoint, self.contradiction = code, lasting, checkpoint, contradiction


class Follower:
    """Runs in the courier's round, in its thread."""

    def __init__(
        self, holdings: Holdings, book: AuditBook, alarms: Alarms, post: DeskLogPost, limits: AuditLimits
    ) -> None:
        self._held, self._book, self._alarms, self._post, self._limits = holdings, book, alarms, post, limits

    def follow(self, origin: str) -> bool:
        """Read what is new and enter it; False if there was more than a round may read.

        Raises BadLog; PeerError as DeskLogPost; WorldError net.*, store.*.
        """
        now, until = self._held.clock.now(), time.monotonic() + self._limits.seconds
        view = self._book.view(origin)
        if view is None:
            view = AuditView(origin, agency_of(origin)[1], 0, (), b"", Moment(0), since=now)
            self._book.begin(view)
        held: list[Logged] = []
        first, calls = view.size, 0
        while calls == 0 or (calls < self._limits.calls and time.monotonic() < until):
            calls += 1
            start = view.size + len(held)
            page = self._post.events(self._held.agency, start, _PAGE, origin)
            if not page.checkpoint:
                if view.size:
                    raise BadLog("audit.behind", lasting=True)
                return True
            newest = self._newest(origin, page.checkpoint)
            self._refuse_other(view, page.checkpoint, newest)
            held += self._in_order(page.events[:_PAGE], start, newest.checkpoint.size, page.checkpoint)
            cosigned = self._cosigned(origin, page.cosigned)
            for note, judged in self._steps(origin, view, len(held), page.checkpoint, newest, page.reached, cosigned):
                step = judged.checkpoint.size - view.size
                view, held = self._advance(view, held[:step], note, judged), held[step:]
            for one in (cosigned, (page.checkpoint, newest)):
                if one is not None and one[1].checkpoint.trusted_time is not None:
                    view = self._assure(view, *one)
            if view.size == newest.checkpoint.size:
                return True
            if not page.events or len(held) >= self._limits.events:
                # Nothing more, or no checkpoint in so many events: an honest log signs after each append.
                raise BadLog("audit.hidden", page.checkpoint, lasting=True)
            if view.size - first >= self._limits.events or view.size - view.sure.size >= _MOST_WAITING:
                return False
        return False

    def _newest(self, origin: str, note: bytes) -> JudgedNote:
        now = self._held.clock.now()
        try:
            judged = verify_note(note, self._held.directory, now)
            if judged.checkpoint.origin != origin:
                raise PeerError("checkpoint.origin")
            if not stood(judged.entry, now):
                raise PeerError("trust.unknown-log")
        except PeerError:
            # The records may not have come yet that name a log's new keys.
            raise BadLog("audit.checkpoint", note, lasting=True) from None
        return judged

    def _cosigned(self, origin: str, note: bytes) -> tuple[bytes, JudgedNote] | None:
        """The checkpoint, if a quorum has cosigned it. One that does not verify is worth as much as none."""
        if not note:
            return None
        try:
            judged = verify_note(note, self._held.directory, self._held.clock.now())
        except PeerError:
            return None
        here = judged.checkpoint.origin == origin and judged.checkpoint.trusted_time is not None
        return (note, judged) if here else None

    def _in_order(self, page: tuple[Logged, ...], start: int, size: int, note: bytes) -> list[Logged]:
        """The events as far as they are signed for; what lies beyond waits for the next round."""
        found = list(page[: max(0, size - start)])
        for index, one in enumerate(found, start):
            if one.index != index or len(one.entry) != HASH_SIZE:
                raise BadLog("audit.hidden", note, lasting=True)
        return found

    def _steps(
        self,
        origin: str,
        view: AuditView,
        held: int,
        newest_note: bytes,
        newest: JudgedNote,
        reached: bytes,
        cosigned: tuple[bytes, JudgedNote] | None,
    ) -> list[tuple[bytes, JudgedNote]]:
        """The checkpoints that what was read leads to, by size; of one size the one that is cosigned."""
        found = {newest.checkpoint.size: (newest_note, newest)}
        if reached:
            try:
                judged = verify_note(reached, self._held.directory, self._held.clock.now())
            except PeerError:
                raise BadLog("audit.checkpoint", reached, lasting=True) from None
            if judged.checkpoint.origin == origin:
                found[judged.checkpoint.size] = (reached, judged)
        if cosigned is not None:
            found[cosigned[1].checkpoint.size] = cosigned
        sizes = sorted(size for size in found if view.size < size <= view.size + held)
        return [found[size] for size in sizes]

    def _refuse_other(self, view: AuditView, note: bytes, shown: JudgedNote) -> None:
        """Two checkpoints that cannot both be true; a tree that is smaller than the one that was shown."""
        if not view.note:
            return
        try:
            evidence = from_heads(view.note, note, shown.log)
        except PeerError:
            evidence = None  # the log's keys changed in between: each note stands under its own
        if evidence is not None:
            raise BadLog("audit.contradiction", note, contradiction=evidence)
        if shown.checkpoint.size < view.size:
            raise BadLog("audit.behind", note, lasting=True)

    def _advance(self, before: AuditView, events: list[Logged], note: bytes, shown: JudgedNote) -> AuditView:
        """One step, entered; the log as it is read now."""
        leaves = [leaf_hash(one.entry) for one in events]
        growth = grow(before.size, before.edge, leaves)
        if growth.root != shown.checkpoint.root:
            raise self._other_root(before, note, shown)
        lost = self._book.before(before.generation)
        found = explain_events(events, self._held.agency, before.origin, before.event_at, lost, self._book)
        now = self._held.clock.now()
        after = replace(before, size=growth.size, edge=growth.frontier, note=note, event_at=found.event_at)
        if not shown.watched and not self._held.directory.witnesses(now).members:
            after = replace(after, sure=Sure(after.size, after.edge, note))
        self._enter(before, after, events, leaves, found, shown.checkpoint.trusted_time, now)
        return after

    def _other_root(self, before: AuditView, note: bytes, shown: JudgedNote) -> BadLog:
        """The entries do not hash to what was signed: evidence, if the relay gives itself away by a proof."""
        evidence = None
        ask = getattr(self._post, "consistency", None)
        if ask is not None and before.size:
            try:
                beginning, proof = ask(before.origin, before.size, shown.checkpoint.size)
                evidence = from_beginning(before.note, note, beginning, tuple(proof), shown.log)
            except PeerError:
                evidence = None
        if evidence is not None:
            return BadLog("audit.contradiction", note, contradiction=evidence)
        return BadLog("audit.root", note)

    def _enter(
        self,
        before: AuditView,
        after: AuditView,
        events: list[Logged],
        leaves: Sequence[bytes],
        found: Explained,
        trusted: Moment | None,
        now: Moment,
    ) -> None:
        tree = Grown(before, leaves)

        def path(index: int) -> tuple[bytes, ...]:
            return inclusion_proof(tree, index, after.size)

        made: list[AlarmRow] = []
        for index, code, event in found.wrong:
            said = {"origin": after.origin, "index": index, "size": after.size}
            if code in _NOTHING_BEHIND:
                entry = events[index - before.size].entry
                shown = Shown(LogPlace(after.origin, index, entry, path(index), after.note))
            else:
                shown = Shown(other={"receipt": make_receipt(event, index, path(index), after.note)})
            one = self._alarms.make(code, f"{after.origin} {index}", said, shown)
            made += [] if one is None else [one]
        unexplained = [
            UnexplainedRow(after.origin, index, leaf, make_receipt(event, index, path(index), after.note))
            for leaf, index, event in found.waiting
        ]
        kept = [
            KeptRow(leaf, kind, after.origin, index, make_receipt(event, index, path(index), after.note), trusted)
            for leaf, kind, index, event in _worth_keeping(events, found)
        ]
        sure = after.sure.size == after.size
        if sure:
            older = self._book.provisional(after.origin, 0, before.size, _MANY)
            kept += grown_receipts(older, before, after, tree, trusted)
        self._book.advance(
            Advance(
                after,
                now,
                before.size,
                () if sure else tuple(one.entry for one in events),
                tuple(found.explained),
                tuple(unexplained),
                tuple(found.acknowledged),
                tuple(kept),
                tuple(made),
            )
        )
        if made:
            self._held.changes.tell()

    def _assure(self, view: AuditView, note: bytes, judged: JudgedNote) -> AuditView:
        """The tree that a quorum has cosigned is a beginning of the one that was read: so far the log is audited."""
        head, sure = judged.checkpoint, view.sure
        known = head.size == sure.size and head.root == fold(sure.edge) and sure.note != b""
        if known or not sure.size <= head.size <= view.size:
            return view
        leaves = [leaf_hash(one) for one in self._book.tail(view.origin, sure.size, view.size)]
        if len(leaves) != view.size - sure.size:
            return view
        split = head.size - sure.size
        growth = grow(sure.size, sure.edge, leaves[:split])
        if fold(growth.frontier) != head.root:
            raise BadLog(
                "audit.contradiction", note, contradiction=self._other_tree(view, Grown(sure, leaves), note, judged)
            )
        now_sure, tree = Sure(head.size, growth.frontier, note), Grown(sure, leaves[:split])
        start = 0
        while rows := self._book.provisional(view.origin, start, head.size, _MANY):
            self._book.keep(grown_receipts(rows, sure, now_sure, tree, head.trusted_time))
            start = rows[-1].place + 1
        waiting = [
            one for one in self._book.unexplained() if one.origin == view.origin and sure.size <= one.place < head.size
        ]
        stand_ins = [KeptRow(one.leaf, LogEventKind.DELIVERED, one.origin, one.place, one.receipt) for one in waiting]
        better = grown_receipts(stand_ins, sure, now_sure, tree, None)
        self._book.keep((), [replace(old, receipt=new.receipt) for old, new in zip(waiting, better, strict=True)])
        self._book.assure(view.origin, now_sure)
        return replace(view, sure=now_sure)

    def _other_tree(self, view: AuditView, tree: Grown, note: bytes, judged: JudgedNote) -> bytes | None:
        """Evidence that witnesses hold another tree than the one that this desk was shown."""
        size = judged.checkpoint.size
        try:
            if size == view.size:
                return from_heads(note, view.note, judged.log)
            beginning = fold(grow(view.sure.size, view.sure.edge, tree.leaves[: size - view.sure.size]).frontier)
            proof = consistency_proof(tree, size, view.size)
            return from_beginning(note, view.note, beginning, proof, judged.log)
        except PeerError:
            return None


def _worth_keeping(events: list[Logged], found: Explained) -> Iterator[tuple[Leaf, LogEventKind, int, bytes]]:
    """What an auditor may ask this agency to show of its own log: deliveries, what its desk said about them, and where
    its access log is anchored.
    """
    if not events:
        return
    first = events[0].index
    rows = [(leaf, LogEventKind.DELIVERED, index) for leaf, index in found.explained]
    rows += [(head, LogEventKind.ANCHORED, index) for head, index in found.anchored]
    rows += [(leaf, ACKNOWLEDGED_AS[kind], index) for leaf, kind, index in found.acknowledged]
    for leaf, kind, index in rows:
        event = events[index - first].event
        if event is not None:
            yield leaf, kind, index, event
