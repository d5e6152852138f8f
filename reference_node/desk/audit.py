"""The audit: the desk reads its agency's logs from its relay, verifies every hash, and has every event explained.

    follow each log (`following.py`) → look again at what is open on either side → alarm

A relay cannot log what it does not hand over, hand over what it does not log, rewrite what it has shown, show its desk
another tree than witnesses and senders, or log an opening key or an acknowledgement in the desk's name, without an
alarm here. The log counts as audited as far as a quorum of witnesses has cosigned it. What a relay never logged and
never handed over stays unprovable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from reference_node import faults
from reference_node.desk.alarms import Alarms, LogPlace, Shown
from reference_node.desk.explaining import explains
from reference_node.desk.following import AuditLimits, BadLog, Follower
from reference_node.desk.holdings import Holdings
from reference_node.observe import Log
from reference_node.store.desk.audits import AuditBook
from reference_node.store.desk.proving import AlarmRow, AuditView, KeptRow, UnexplainedRow
from referral_proto.errors import PeerError
from referral_proto.log.event import entry_of
from referral_proto.log.head import agency_of
from referral_proto.model.codes.log import LogEventKind
from referral_proto.model.log import LogEvent, Receipt
from referral_proto.moment import Moment
from referral_proto.ports import DeskLogPost
from referral_proto.trust.notes import verify_note
from referral_proto.wire.codec import decode

__all__ = ["GRACE", "AuditLimits", "Auditor"]

assert faults.AUDIT  # the codes below are declared there

GRACE: Final = 3
"""Audits that something may stay unexplained: a relay has several processes, and a call may fail in between."""
_LOST: Final = frozenset({"audit.behind", "audit.hidden"})
"""What is to be expected of a log that was lost and has a successor."""


class Auditor:
    """Runs in the courier's round, in its thread. `code`: why the log could not be audited last."""

    def __init__(
        self,
        holdings: Holdings,
        book: AuditBook,
        alarms: Alarms,
        post: DeskLogPost,
        log: Log,
        limits: AuditLimits | None = None,
    ) -> None:
        self._held, self._book, self._alarms, self._log = holdings, book, alarms, log
        self._limits = limits or AuditLimits()
        self._follower = Follower(holdings, book, alarms, post, self._limits)
        self._lasting: Counter[tuple[str, str]] = Counter()
        self.code: str | None = None

    def turn(self, collect: Callable[[], None]) -> None:
        """One audit. collect: empties the relay's box once more before anything is called missing.

        Raises WorldError net.*, store.*, key.*. What a relay answers never stops the mail.
        """
        self._book.remember_openings(self._held.vault.keyring())
        origins = self._origins()
        if not origins:
            self._unable("audit.not-audited")
            return
        code, finished = None, True
        for origin in origins:
            found = self._follow(origin, lost=origin != origins[-1] and self._began(origins[-1]))
            if found is None:
                finished = False
            elif found:
                code = found
        told = code
        for origin in origins:
            told = self._unproved(origin) or told
        if len(origins) > 1:
            self._several(origins)
        self._unable(told)
        if finished and code is None:
            if self._book.unexplained():
                collect()
            self._settle()

    def _follow(self, origin: str, *, lost: bool) -> str | None:
        """Empty, the code of what is wrong with it, or None if there is more to read."""
        try:
            finished = self._follower.follow(origin)
        except PeerError:
            # The records name a log: a relay that does not show it has something to explain, if that lasts.
            bad = BadLog("audit.hidden", lasting=True)
        except BadLog as found:
            bad = found
        else:
            for key in [key for key in self._lasting if key[0] == origin and key[1] != "audit.uncosigned"]:
                del self._lasting[key]
            return "" if finished else None
        if lost and bad.code in _LOST:
            return ""
        self._bad(origin, bad)
        return bad.code

    def _unable(self, code: str | None) -> None:
        if code is not None and code != self.code:
            self._log.warning("the relay's log cannot be audited", code=code)
        self.code = code

    def _bad(self, origin: str, bad: BadLog) -> None:
        """An alarm, at once or when it lasts. The log counts as audited up to where it held."""
        self._lasting[origin, bad.code] += 1
        if bad.lasting and self._lasting[origin, bad.code] < GRACE:
            return
        seen = self._book.view(origin)
        # About one state of the log, an alarm is given once.
        mark = origin if seen is None else f"{origin} {seen.size}"
        said = {} if seen is None else {"origin": origin, "seen_size": seen.size}
        contradiction = None if bad.contradiction is None else (origin, bad.contradiction)
        other = {"seen_checkpoint": None if seen is None else seen.note or None, "shown_checkpoint": bad.checkpoint}
        self._ring(bad.code, mark, said, Shown(contradiction=contradiction, other=other))

    def _ring(self, code: str, mark: str, said: dict[str, Any], shown: Shown) -> None:
        if self._alarms.ring(code, mark, said, shown):
            self._held.changes.tell()

    def _origins(self) -> list[str]:
        """The logs of the relay that the agency's records name and have not ended, oldest first. Without one nothing
        can be verified.
        """
        try:
            entries = self._held.directory.logs(self._held.agency)
        except PeerError:
            return []
        now = self._held.clock.now()
        standing = {one.origin for one in entries if one.ended_at is None or one.ended_at > now}
        return sorted((one for one in standing if _generation(one)), key=_generation)

    def _began(self, origin: str) -> bool:
        view = self._book.view(origin)
        return view is not None and view.size > 0

    def _unproved(self, origin: str) -> str | None:
        """Tell when what is shown has had no quorum for too long: others may be shown another tree, or none."""
        now, view = self._held.clock.now(), self._book.view(origin)
        key = (origin, "audit.uncosigned")
        if view is None or not self._held.directory.witnesses(now).members or not self._overdue(view, now):
            del self._lasting[key]
            return None
        self._lasting[key] += 1
        if self._lasting[key] >= GRACE:
            sure = view.sure
            said = {"origin": origin, "cosigned_size": sure.size, "seen_size": view.size}
            other = {"cosigned_checkpoint": sure.note or None, "seen_checkpoint": view.note or None}
            self._ring("audit.uncosigned", f"{origin} {sure.size}", said, Shown(other=other))
        return "audit.uncosigned"

    def _overdue(self, view: AuditView, now: Moment) -> bool:
        since = self._book.waits_since(view.origin) if view.size else view.since
        return since is not None and now - since > self._limits.unproved_seconds

    def _several(self, origins: list[str]) -> None:
        """Two logs that stand: what is entered in the one is not in the other, and senders believe both."""
        view, now = self._book.view(origins[-1]), self._held.clock.now()
        if view is not None and now - view.since > self._limits.unproved_seconds:
            said = {"origins": origins}
            self._ring("audit.two-logs", " ".join(origins), said, Shown(other={"seen_checkpoint": view.note or None}))

    def _settle(self) -> None:
        """Look once more at what is open on either side, and ring where it stays so."""
        view = self._book.view()
        note = None if view is None else view.note or None
        made = [*self._deliveries(), *self._unlogged(note, 0 if view is None else view.size), *self._missing(note)]
        if made:
            self._held.changes.tell()

    def _deliveries(self) -> list[AlarmRow]:
        """Entries whose envelope has not come."""
        open_rows, made = self._book.unexplained(), _Alarms(self._alarms)
        came = self._book.known([row.leaf for row in open_rows])
        explained = [row for row in open_rows if row.leaf in came and _fits(row, came[row.leaf])]
        waiting = [row for row in open_rows if row not in explained]
        for row in waiting:
            if row.rounds + 1 >= GRACE:
                said = {"origin": row.origin, "index": row.place, "leaf": row.leaf.hex(), "handed_over": False}
                shown = Shown(_place(row), other={"receipt": row.receipt})
                made.add("audit.unexplained", f"{row.origin} {row.place}", said, shown)
        if open_rows:
            delivered = [kept for row in explained if (kept := self._kept(row))]
            self._book.settle_deliveries(explained, delivered, waiting, made.rows)
        return made.rows

    def _unlogged(self, note: bytes | None, size: int) -> list[AlarmRow]:
        """Envelopes that are in no entry."""
        rows, made = self._book.unlogged(), _Alarms(self._alarms)
        for one in rows:
            if one.rounds + 1 >= GRACE:
                said = {"leaf": one.leaf.hex(), "sender": one.sender, "logged": False, "size": size}
                made.add("audit.unlogged", one.leaf.hex(), said, Shown(other={"shown_checkpoint": note}))
        if rows:
            self._book.count_unlogged(rows, made.rows)
        return made.rows

    def _missing(self, note: bytes | None) -> list[AlarmRow]:
        """What the relay gave a receipt for, to this desk, and does not show it."""
        said_of, heads = self._book.missing(), self._book.unshown()
        made, anchored = _Alarms(self._alarms), _Alarms(self._alarms)
        for leaf, kind, rounds, receipt in said_of:
            if rounds + 1 >= GRACE:
                said = {"leaf": leaf.hex(), "acknowledged": kind.name, "logged": False}
                shown = Shown(other={"receipt": receipt, "shown_checkpoint": note})
                made.add("audit.missing", f"{leaf.hex()} {kind.name}", said, shown)
        if said_of:
            self._book.count_missing(said_of, made.rows)
        for digest, rounds, receipt in heads:
            if rounds + 1 >= GRACE:
                said = {"head": digest.hex(), "anchored": True, "logged": False}
                shown = Shown(other={"receipt": receipt, "shown_checkpoint": note})
                anchored.add("audit.missing", digest.hex(), said, shown)
        if heads:
            self._book.count_unshown(heads, anchored.rows)
        return made.rows + anchored.rows

    def _kept(self, row: UnexplainedRow) -> KeptRow | None:
        """The receipt of a delivery that is explained now, with its trusted time."""
        held = decode(Receipt, row.receipt)
        if decode(LogEvent, held.event).kind is not LogEventKind.DELIVERED:
            return None
        try:
            trusted = verify_note(held.checkpoint, self._held.directory, self._held.clock.now()).checkpoint.trusted_time
        except PeerError:
            trusted = None
        return KeptRow(row.leaf, LogEventKind.DELIVERED, row.origin, row.place, row.receipt, trusted)


class _Alarms:
    """Alarms that are entered together with what they are about."""

    def __init__(self, alarms: Alarms) -> None:
        self._alarms = alarms
        self.rows: list[AlarmRow] = []

    def add(self, code: str, mark: str, said: dict[str, Any], shown: Shown) -> None:
        one = self._alarms.make(code, mark, said, shown)
        self.rows += [] if one is None else [one]


def _generation(origin: str) -> int:
    """0 for a log that is none of a relay's."""
    try:
        return agency_of(origin)[1]
    except PeerError:
        return 0


def _place(row: UnexplainedRow) -> LogPlace:
    held = decode(Receipt, row.receipt)
    return LogPlace(row.origin, row.place, entry_of(held.event), held.path, held.checkpoint)


def _fits(row: UnexplainedRow, came: Any) -> bool:
    event = decode(LogEvent, decode(Receipt, row.receipt).event)
    return explains(came, event, row.origin, row.place)
