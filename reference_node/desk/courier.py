"""The courier: carries sealed mail between this desk and its agency's relay, round by round. Opens and decides nothing.

A round hands over what is queued, fetches what came in, stores it, and only then lets the relay forget it; it tells the
relay's log what was received, audits that log, and reads what became of what was sent. Everything may stop between any
two steps: the next round repeats the step, and nothing is lost or doubled. While the relay cannot be reached the state
stays as it is, for days if need be.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from threading import Event, Lock, Thread
from typing import Final

from reference_node.desk.alarms import Alarms
from reference_node.desk.archive import Archive
from reference_node.desk.audit import Auditor
from reference_node.desk.errands import Errands
from reference_node.desk.holdings import Holdings
from reference_node.desk.inbound import Inbound
from reference_node.desk.notary import Notary
from reference_node.desk.views import DeskStanding
from reference_node.observe import Log
from reference_node.store.desk.mail import CONTACT, OUTCOMES, SINCE
from reference_node.store.desk.rows import DeliveryRow, State
from referral_proto import Leaf, Moment, ReferralError, WorldError
from referral_proto.client import AgencyClient
from referral_proto.moment import DAY, MINUTE
from referral_proto.ports import MAX_BATCH, Mailbox, Outcome

__all__ = ["ALARM_AFTER", "Courier", "Pace"]

ALARM_AFTER: Final = 3 * DAY
"""Seconds without contact after which somebody should carry the mail by hand."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: between rounds, and the bounds of the wait after a failure, which doubles each time."""

    poll: float = 5.0
    backoff_base: float = 1.0
    backoff_cap: float = 300.0

    def after_failures(self, failures: int) -> float:
        """Half of the doubled wait and a random rest: desks that lost one relay do not come back all at once."""
        limit: float = min(self.backoff_cap, self.backoff_base * 2.0 ** min(failures - 1, 30))
        return limit / 2 + limit / 2 * secrets.randbelow(1_000_001) / 1_000_000


class Courier:
    """Runs rounds in a thread of its own, woken by `nudge` or by the pace."""

    def __init__(
        self,
        holdings: Holdings,
        archive: Archive,
        inbound: Inbound,
        mailbox: Mailbox,
        pace: Pace,
        log: Log,
        notary: Notary,
        alarms: Alarms,
        auditor: Auditor | None = None,
        errands: Errands | None = None,
    ) -> None:
        """auditor: None where the relay keeps no log."""
        self._notary, self._alarms, self._auditor = notary, alarms, auditor
        self._held = holdings
        self._errands = errands
        self._believed = holdings.directory
        self._archive = archive
        self._inbound = inbound
        self._mailbox = mailbox
        self._client = AgencyClient(holdings.agency, mailbox)
        self._pace = pace
        self._log = log
        self._wake = Event()
        self._stopping = Event()
        self._thread: Thread | None = None
        self._lock = Lock()
        since, contact = holdings.book.bookmark(SINCE), holdings.book.bookmark(CONTACT)
        if since is None:
            since = holdings.clock.now()
            holdings.book.turn(SINCE, since)
        # Kept across restarts: a desk that is switched off every evening must still notice a silence of days.
        self._since = Moment(since)
        self._contact_at = None if contact is None else Moment(contact)
        self._contact_kept = self._contact_at
        self._code: str | None = None
        self._retry_at: Moment | None = None
        self._failures = 0

    def start(self) -> None:
        """Begin. Once."""
        self._thread = Thread(target=self._run, name="courier", daemon=True)
        self._thread.start()

    def nudge(self) -> None:
        """Something is queued: do not wait for the next round."""
        self._wake.set()

    def drain(self) -> None:
        """Begin no further step."""
        self._stopping.set()
        self._wake.set()

    def close(self, seconds: float) -> bool:
        """Wait for the step that is under way; False if it took longer. Idempotent."""
        self.drain()
        if self._thread is not None:
            self._thread.join(seconds)
        ended = self._thread is None or not self._thread.is_alive()
        # Ends a call that hangs; the thread then ends by itself.
        self._mailbox.close()
        return ended

    def standing(self) -> DeskStanding:
        """Raises WorldError store.*."""
        numbers = self._held.cabinet.numbers()
        with self._lock:
            contact, code, retry = self._contact_at, self._code, self._retry_at
        silent = self._held.clock.now() - (contact or self._since)
        return DeskStanding(
            agency=self._held.agency,
            cases=numbers.cases,
            queued=numbers.queued,
            under_way=numbers.under_way,
            unreadable=numbers.unreadable,
            contact_at=contact,
            code=code,
            retry_at=retry,
            alarm=silent > ALARM_AFTER,
            trust_code=self._held.records.refusal() or None,
            trust_age_seconds=self._held.records.age(),
            trust_notices=self._held.records.notices(),
            audit_code=None if self._auditor is None else self._auditor.code,
            audit_alarms=self._alarms.count(),
            acknowledging=self._held.receipts.waiting(),
        )

    def round(self) -> None:
        """One round. Raises WorldError net.*, store.*; PeerError net.*; CallerError, PeerError trust.* while the trust
        records cannot be read.
        """
        if self._errands is not None:
            self._errands.before_the_mail()
        self._held.records.refresh()
        if self._held.directory is not self._believed:
            self._believed = self._held.directory
            self._archive.forget()
            self._inbound.try_again()
            self._notary.again()
            self._held.changes.tell()
        self._submit()
        self._collect()
        if not self._stopping.is_set():
            self._notary.turn()
        if self._auditor is not None and not self._stopping.is_set():
            self._auditor.turn(self._collect)
        if self._errands is not None and not self._stopping.is_set():
            self._errands.after_the_mail()
        self._outcomes()

    def _run(self) -> None:
        self._inbound_again()
        while not self._stopping.is_set():
            self._wake.clear()
            wait = self._attempt()
            self._wake.wait(wait)

    def _inbound_again(self) -> None:
        try:
            self._inbound.try_again()
        except WorldError as error:
            self._log.warning("a round with the relay failed", code=error.code)

    def _attempt(self) -> float:
        """One round, and how long to wait for the next."""
        try:
            self.round()
            self._keep_contact()
        except ReferralError as error:
            return self._failed(error.code)
        except Exception as error:  # noqa: BLE001 - the courier must outlive a mistake of ours; it shows as its code
            self._log.error("a mistake of this program", problem=type(error))
            return self._failed("ours.broken-promise")
        at = self._held.clock.now()
        with self._lock:
            self._contact_at = at
            recovered, self._failures, self._code, self._retry_at = self._failures, 0, None, None
        if recovered:
            self._log.info("the relay answers again", count=recovered)
            self._held.changes.tell()
        return self._pace.poll

    def _keep_contact(self) -> None:
        at = self._held.clock.now()
        if self._contact_kept is None or abs(at - self._contact_kept) >= MINUTE:
            self._held.book.turn(CONTACT, at)
            self._contact_kept = at

    def _failed(self, code: str) -> float:
        with self._lock:
            self._failures += 1
            wait = self._pace.after_failures(self._failures)
            changed, self._code = self._code != code, code
            self._retry_at = self._held.clock.now().plus(int(wait) + 1)
        if changed:
            self._log.warning("a round with the relay failed", code=code)
            self._held.changes.tell()
        return wait

    def _submit(self) -> None:
        after = 0
        while not self._stopping.is_set() and (batch := self._held.cabinet.queued(after, MAX_BATCH)):
            after = batch[-1][0]
            replies = self._client.submit([envelope for _, _, envelope in batch])
            steps: list[tuple[Leaf, State, str | None]] = []
            for (_, leaf, _), reply in zip(batch, replies, strict=True):
                if reply.status.stored:
                    steps.append((leaf, State.SUBMITTED, None))
                elif reply.status.final:
                    steps.append((leaf, State.REFUSED, reply.code or "relay.refused"))
            self._held.cabinet.move(steps)
            if steps:
                self._log.info("handed to the relay", count=len(steps))
                self._held.changes.tell()

    def _collect(self) -> None:
        # From the start each time: the relay hands out what is not confirmed, so no cursor kept here can go wrong.
        cursor = 0
        while not self._stopping.is_set() and (batch := self._mailbox.collect(self._held.agency, cursor)):
            taken = [self._inbound.take(one.envelope, one.received_at) for one in batch]
            cursor = batch[-1].cursor
            self._mailbox.confirm(self._held.agency, cursor)
            self._log.info("collected", count=len(taken))
            for one in taken:
                if one.code is not None:
                    self._log.warning("mail cannot be read", code=one.code)

    def _outcomes(self) -> None:
        # Read page by page: each page is entered together with its last cursor.
        if self._stopping.is_set():
            return
        cursor = self._held.book.bookmark(OUTCOMES) or 0
        # From the last one that stands here: a relay that was restored from an older backup does not have it, and
        # would count anew below the bookmark, unheard.
        page = self._mailbox.outcomes(self._held.agency, max(cursor - 1, 0))
        if cursor and not page:
            cursor = 0
            self._held.book.turn(OUTCOMES, cursor)
            page = self._mailbox.outcomes(self._held.agency, cursor)
        page = tuple(one for one in page if one.cursor > cursor)
        while page and not self._stopping.is_set():
            cursor = page[-1].cursor
            self._notary.keep(page)
            self._held.book.enter([_delivery(one) for one in page], cursor)
            self._held.changes.tell()
            page = self._mailbox.outcomes(self._held.agency, cursor)


def _delivery(one: Outcome) -> DeliveryRow:
    delivered = one.status.stored
    return DeliveryRow(one.leaf, one.recipient, delivered, None if delivered else one.code, one.at)
