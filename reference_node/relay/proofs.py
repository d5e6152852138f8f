"""Proofs of what was delivered: asked for until they are there, judged before they are kept, never given up once held.

A receipt that comes with the reply is provisional. The recipient's relay is asked again, further and further apart,
until the quorum of witnesses has cosigned it and the recipient's desk has said that it has the envelope. Each gain is
an outcome for the sender's desk. Everything that matters stands in the database: any process may go on.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Condition, Event, Lock, Thread
from typing import Final

from sqlalchemy import Connection

from reference_node import faults
from reference_node.observe import Log, Metrics, told
from reference_node.relay.backoff import delay
from reference_node.relay.horizon import Horizon
from reference_node.relay.judging import About, Judge
from reference_node.relay.lines import Lines
from reference_node.relay.sightings import Sightings
from reference_node.relay.trust import Trust
from reference_node.relay.weighing import Scales
from reference_node.settings import ProofSettings
from reference_node.store.engine import Database
from reference_node.store.relay import proofs as rows
from reference_node.store.relay.outbox import Claim, Timing
from reference_node.store.relay.proofs import Asked, Asking, Gain
from referral_proto.errors import PeerError, ReferralError
from referral_proto.flow.cover import read_core
from referral_proto.ids import AgencyId
from referral_proto.model.envelope import Envelope
from referral_proto.moment import DAY, Moment
from referral_proto.ports import MAX_BATCH, Clock, DeliverStatus, LogPost, Proved, Reply
from referral_proto.wire import decode

__all__ = ["Proofs"]

assert faults.PROOFS  # the codes below are declared there

_SLOWLY: Final = 64
"""As many attempts as make any wait the longest."""


class Proofs:
    """Workers that ask one operator's relay each. `received` and `begin` are the outbox's, at the end of a delivery."""

    def __init__(
        self,
        database: Database,
        trust: Trust,
        clock: Clock,
        horizon: Horizon,
        lines: Lines,
        sightings: Sightings,
        settings: ProofSettings,
        log: Log,
        metrics: Metrics,
        draw: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        self._database, self._trust, self._clock, self._horizon, self._lines = database, trust, clock, horizon, lines
        self._sightings, self._settings, self._log, self._metrics = sightings, settings, log, metrics
        self._draw = draw
        self._judge = Judge(trust, clock, sightings.forked)
        self._scales = Scales(self._judge, sightings, log, metrics)
        self._timing = Timing(int(settings.lease_seconds), int(settings.cap_seconds) + 1)
        self._work, self._lock, self._stopping = Condition(), Lock(), Event()
        self._busy: set[str] = set()
        self._failures: Counter[str] = Counter()
        self._threads = [Thread(target=self._run, name=f"proofs-{n}", daemon=True) for n in range(settings.workers)]
        metrics.gauge("proofs_pending", self._pending)

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def drain(self) -> None:
        self._stopping.set()
        with self._work:
            self._work.notify_all()

    def close(self, seconds: float) -> bool:
        """False if a thread still hangs."""
        self.drain()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(seconds / len(self._threads))
        return not any(thread.is_alive() for thread in self._threads)

    def received(self, claim: Claim, reply: Reply) -> tuple[Reply, Asking | None]:
        """The reply with its receipt only if that holds, and what is to be asked about the delivery, if anything.

        Raises nothing that a peer could cause.
        """
        if not (reply.status.stored or reply.status is DeliverStatus.CONFLICT):
            return replace(reply, receipt=b""), None
        if not self._judge.keeps_log(claim.recipient):
            return replace(reply, receipt=b""), None
        key = _opening_key(claim)
        named = None if reply.status is DeliverStatus.CONFLICT else key
        about = About(claim.leaf, claim.sender, claim.recipient, named)
        kept, settled = self._scales.first(about, reply.receipt)
        now = self._clock.now()
        until = claim.expires_at + self._settings.keep_asking_days * DAY
        first = now + int(self._settings.base_seconds) + self._delay(1)
        asking = Asking(claim.operator, key, first, until, settled)
        finished = settled and reply.status is DeliverStatus.CONFLICT
        return replace(reply, receipt=reply.receipt if kept else b""), None if finished else asking

    def begin(self, connection: Connection, asking: Sequence[tuple[Claim, Asking]], ended: dict[int, int]) -> None:
        """In the transaction that ends the deliveries. ended: the cursors of their outcomes, by the claims' ids."""
        begun = [
            (claim.sender, claim.leaf, claim.recipient, ended[claim.id], one)
            for claim, one in asking
            if claim.id in ended
        ]
        rows.begin(connection, begun)

    def turn(self) -> bool:
        """Claim and ask what is due of one operator; False if nothing was. What a worker does in a loop."""
        now = self._clock.now()
        with self._lock:
            with self._database.read() as connection:
                operator = rows.due_operator(connection, now, self._timing, self._busy)
            if operator is None:
                return False
            self._busy.add(operator)
        try:
            claimed = self._database.write(
                lambda connection: rows.claim(connection, operator, now, self._timing, MAX_BATCH)
            )
            if claimed:
                self._ask(operator, claimed, now)
            return True
        finally:
            with self._lock:
                self._busy.discard(operator)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                if self.turn():
                    continue
            except ReferralError as error:
                self._log.error("proofs cannot be asked for", **told(error))
            except Exception as error:  # noqa: BLE001 - a worker that died would leave deliveries unproved
                self._log.error("the proofs found a mistake", problem=type(error))
            with self._work:
                if not self._stopping.is_set():
                    self._work.wait(self._settings.idle_seconds)

    def _ask(self, operator: str, claimed: Sequence[Asked], now: Moment) -> None:
        # By a clock that may have jumped nothing is given up.
        over = now if self._horizon.believes(now) else 0
        given_up = [asked.id for asked in claimed if asked.until <= over]
        live = [asked for asked in claimed if asked.until > over]
        routes = {asked.recipient: self._trust.operator_of(asked.recipient) for asked in live}
        put_off = [
            (asked, routes[asked.recipient] or operator) for asked in live if routes[asked.recipient] != operator
        ]
        here = [asked for asked in live if routes[asked.recipient] == operator]
        gains: list[tuple[Asked, Gain]] = []
        answered: set[int] = set()
        reached = True
        for recipient in sorted({asked.recipient for asked in here}):
            some = [asked for asked in here if asked.recipient == recipient]
            try:
                post = self._lines.logs(AgencyId(operator))
                offers = _inclusion(post, recipient, some)
            except ReferralError as error:
                reached = False
                self._metrics.count("log_proofs", error.code)
                self._log.info("a relay shows no proofs", operator=operator, count=len(some), **told(error))
                continue
            for asked, offered in zip(some, offers, strict=True):
                answered.add(asked.id)
                gained = self._gain(post, asked, _once_more(post, asked, offered))
                if gained is not None:
                    gains.append((asked, gained))
        self._failures[operator] = 0 if reached else self._failures[operator] + 1
        self._keep(operator, now, given_up, gains, put_off, [one for one in here if one.id not in answered], live)

    def _gain(self, post: LogPost, asked: Asked, offered: Proved) -> Gain | None:
        key = None if asked.status is DeliverStatus.CONFLICT else asked.opening_key
        about = About(asked.leaf, asked.sender, asked.recipient, key)
        weighed = self._scales.weigh(post, about, asked, offered)
        if weighed.proved == asked.proved and (weighed.code, weighed.cosigned) == (asked.code, asked.cosigned):
            return None
        attempts = _SLOWLY if weighed.unreadable and weighed.cosigned else 1
        again = self._clock.now() + self._delay(attempts)
        return Gain(weighed.proved, weighed.code, weighed.cosigned, weighed.acknowledged, again)

    def _keep(
        self,
        operator: str,
        now: Moment,
        given_up: Sequence[int],
        gains: Sequence[tuple[Asked, Gain]],
        put_off: Sequence[tuple[Asked, str]],
        unanswered: Sequence[Asked],
        live: Sequence[Asked],
    ) -> None:
        """One transaction for all that an attempt has brought."""
        gained = {asked.id for asked, _ in gains}
        routed = {asked.id: route for asked, route in put_off}
        done = [asked.id for asked, gain in gains if _is_all(asked, gain)]
        later = [
            (asked, routed.get(asked.id, operator), now + self._wait(operator, asked))
            for asked in live
            if asked.id not in gained
        ]
        held_back = min((at for asked, _, at in later if asked in unanswered), default=0)

        def keep(connection: Connection) -> None:
            rows.gain(connection, gains)
            rows.end(connection, [*given_up, *done])
            for asked, route, next_at in later:
                rows.postpone(connection, asked, route, next_at)
            if held_back:
                rows.hold_back(connection, operator, now, held_back)

        self._database.write(keep)
        for asked, gain in gains:
            code = {"code": gain.code} if gain.code else {}
            self._log.info("a delivery is better proved", leaf=asked.leaf, recipient=asked.recipient, **code)
        if given_up:
            self._log.warning("proofs did not come in time", operator=operator, count=len(given_up))

    def _wait(self, operator: str, asked: Asked) -> int:
        # An unreadable envelope may be read one day, when a key or a program has come: nothing is in a hurry.
        unreadable = bool(asked.proved.acknowledgement) and not asked.acknowledged and asked.cosigned
        return self._delay(_SLOWLY if unreadable else max(asked.attempts, self._failures[operator]))

    def _delay(self, attempts: int) -> int:
        return delay(attempts, self._settings.base_seconds, self._settings.cap_seconds, self._draw)

    def _pending(self) -> float:
        with self._database.read() as connection:
            return float(rows.pending(connection))


def _inclusion(post: LogPost, recipient: AgencyId, asked: Sequence[Asked]) -> list[Proved]:
    """One for each, in calls of at most MAX_BATCH."""
    found: list[Proved] = []
    for start in range(0, len(asked), MAX_BATCH):
        some = [one.leaf for one in asked[start : start + MAX_BATCH]]
        offered = post.inclusion(recipient, some)
        if len(offered) != len(some):
            raise PeerError("net.protocol", "proved")
        found += offered
    return found


def _once_more(post: LogPost, asked: Asked, offered: Proved) -> Proved:
    """An answer has an end, and what finds no room in it is not denied: asked for alone, it has."""
    if offered.receipt or not asked.proved.receipt:
        return offered
    try:
        return _inclusion(post, asked.recipient, [asked])[0]
    except ReferralError:
        return asked.proved


def _is_all(asked: Asked, gain: Gain) -> bool:
    return gain.cosigned and (gain.acknowledged or asked.status is DeliverStatus.CONFLICT)


def _opening_key(claim: Claim) -> bytes:
    """The opening key that the envelope names for the recipient; its own relay has checked the envelope before."""
    core = read_core(decode(Envelope, claim.data).core)
    return next((bytes(one.opening_key) for one in core.recipients if one.agency == claim.recipient), b"")
