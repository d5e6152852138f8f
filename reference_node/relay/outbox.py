"""The outbox: delivers what was submitted, for as long as it takes, and ends every delivery with an outcome.

Everything that matters stands in the database: a process may be killed at any line of this file, and another goes on. A
delivery may then happen twice, which the receiver answers with DUPLICATE; it never happens not at all.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from threading import Condition, Event, Thread
from typing import Final

from sqlalchemy import Connection

from reference_node.observe import Log, Metrics, told
from reference_node.relay.backoff import delay
from reference_node.relay.horizon import Horizon
from reference_node.relay.lines import Lines
from reference_node.relay.proofs import Proofs
from reference_node.relay.trust import Trust
from reference_node.settings import OutboxSettings
from reference_node.store.engine import Database
from reference_node.store.relay import outbox as rows
from reference_node.store.relay.outbox import Claim, Timing
from reference_node.store.relay.proofs import Asking
from referral_proto import AgencyId, Moment, PeerError, ReferralError
from referral_proto.ports import MAX_BATCH_BYTES, Clock, DeliverStatus, Delivery, Reply

__all__ = ["Outbox"]

_EXPIRED: Final = Reply(DeliverStatus.REFUSED, None, "outbox.expired")
_WITHDRAWN: Final = Reply(DeliverStatus.REFUSED, None, "trust.agency-withdrawn")


class Outbox:
    """Workers that claim what is due, one operator at a time each, so that a dead line does not hold up the others."""

    def __init__(
        self,
        database: Database,
        trust: Trust,
        clock: Clock,
        horizon: Horizon,
        lines: Lines,
        proofs: Proofs,
        settings: OutboxSettings,
        log: Log,
        metrics: Metrics,
        draw: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        self._database, self._trust, self._clock, self._lines = database, trust, clock, lines
        self._settings, self._log, self._metrics, self._draw = settings, log, metrics, draw
        self._horizon, self._proofs = horizon, proofs
        self._timing = Timing(int(settings.lease_seconds), int(settings.cap_seconds) + 1)
        self._work, self._stopping = Condition(), Event()
        self._came = 0
        self._busy: set[str] = set()
        self._failures: Counter[str] = Counter()
        self._threads = [Thread(target=self._run, name=f"outbox-{n}", daemon=True) for n in range(settings.workers)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Something was queued."""
        with self._work:
            self._came += 1
            self._work.notify()

    def drain(self) -> None:
        """Begin nothing new."""
        self._stopping.set()
        with self._work:
            self._work.notify_all()

    def close(self, seconds: float) -> bool:
        """Wait for calls under way, then cut them off; they are tried again. False if a worker still hangs."""
        self.drain()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(seconds / len(self._threads))
        self._lines.close()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(1.0)
        return not any(thread.is_alive() for thread in self._threads)

    def turn(self) -> bool:
        """Claim and attempt what is due for one operator; False if nothing was. What a worker does in a loop."""
        claims = self._claim()
        if not claims:
            return False
        try:
            self._deliver(claims[0].operator, claims)
        finally:
            with self._work:
                self._busy.discard(claims[0].operator)
        return True

    def _run(self) -> None:
        while not self._stopping.is_set():
            came = self._came
            try:
                if self.turn():
                    continue
            except ReferralError as error:
                self._log.error("the outbox cannot go on", **told(error))
            except Exception as error:  # noqa: BLE001 - a worker that died would leave its share undelivered for good
                self._log.error("the outbox found a mistake", problem=type(error))
            with self._work:
                if came == self._came and not self._stopping.is_set():
                    self._work.wait(self._settings.idle_seconds)

    def _claim(self) -> list[Claim]:
        now = self._clock.now()
        with self._work:
            with self._database.read() as connection:
                operator = rows.due_operator(connection, now, self._timing, self._busy)
            if operator is None:
                return []
            self._busy.add(operator)
        claims: list[Claim] = []
        try:
            claims = self._database.write(
                lambda connection: rows.claim(
                    connection, operator, now, self._timing, self._settings.batch, MAX_BATCH_BYTES
                )
            )
        finally:
            if not claims:
                with self._work:
                    self._busy.discard(operator)
        return claims

    def _deliver(self, operator: str, claims: Sequence[Claim]) -> None:
        now = self._clock.now()
        # By a clock that may have jumped nothing is given up; what has really expired its recipient's relay refuses.
        over = now if self._horizon.believes(now) else 0
        ends = [(claim, _EXPIRED) for claim in claims if claim.expires_at <= over]
        live = [claim for claim in claims if claim.expires_at > over]
        gone = {recipient for recipient in {claim.recipient for claim in live} if self._trust.withdrawn(recipient)}
        ends += [(claim, _WITHDRAWN) for claim in live if claim.recipient in gone]
        live = [claim for claim in live if claim.recipient not in gone]
        held = {claim.recipient: self._trust.refusal(AgencyId(claim.recipient)) for claim in live}
        routes = {claim.recipient: self._trust.operator_of(claim.recipient) for claim in live}
        here = [claim for claim in live if routes[claim.recipient] == operator and not held[claim.recipient]]
        put_off: list[tuple[Claim, str, str]] = []
        for claim in live:
            route = routes[claim.recipient]
            if held[claim.recipient]:
                put_off.append((claim, route or operator, held[claim.recipient]))
            elif route is None:
                put_off.append((claim, operator, "trust.unknown-relay"))
            elif route != operator:
                put_off.append((claim, route, ""))
        reached: bool | None = None
        to_prove: list[tuple[Claim, Asking]] = []
        if here:
            try:
                replies = self._send(AgencyId(operator), here)
            except ReferralError as error:
                reached = False
                self._failures[operator] += 1
                self._log.warning("a relay was not reached", operator=operator, count=len(here), **told(error))
                put_off += [(claim, operator, error.code) for claim in here]
            else:
                reached = True
                self._failures.pop(operator, None)
                for claim, reply in zip(here, replies, strict=True):
                    if reply.status.final:
                        judged, asking = self._proofs.received(claim, reply)
                        ends.append((claim, judged))
                        if asking is not None:
                            to_prove.append((claim, asking))
                    else:
                        put_off.append((claim, operator, reply.code))
        self._keep(operator, reached, ends, to_prove, put_off, now)

    def _send(self, operator: AgencyId, claims: Sequence[Claim]) -> tuple[Reply, ...]:
        replies = self._lines.to(operator).deliver([Delivery(claim.data, claim.recipient) for claim in claims])
        for claim, reply in zip(claims, replies, strict=True):
            # Who says that another envelope than ours was stored has stored nothing that we sent.
            if reply.status.stored and reply.leaf != claim.leaf:
                raise PeerError("net.protocol", "leaf")
        return replies

    def _keep(
        self,
        operator: str,
        reached: bool | None,
        ends: Sequence[tuple[Claim, Reply]],
        to_prove: Sequence[tuple[Claim, Asking]],
        put_off: Sequence[tuple[Claim, str, str]],
        now: Moment,
    ) -> None:
        """One transaction for all that an attempt has brought. reached: None if nothing was sent."""
        later = [
            # Without a code the records have changed the route, and nothing speaks against trying at once.
            (claim, route, now + self._delay(operator, claim) if code else int(now), code)
            for claim, route, code in put_off
        ]

        def keep(connection: Connection) -> None:
            self._proofs.begin(connection, to_prove, rows.finish(connection, ends, now))
            for claim, route, next_at, code in later:
                rows.postpone(connection, claim, route, next_at, code)
            if reached:
                rows.hurry(connection, operator, now)
            elif reached is False:
                # The rest of the queue need not find out for itself; one call in a while is enough.
                rows.hold_back(connection, operator, now, min(next_at for _, _, next_at, _ in later))

        self._database.write(keep)
        for claim, reply in ends:
            self._metrics.count("outcomes", reply.status.name.lower())
            found = {"code": reply.code} if reply.code else {}
            self._log.info(
                "a delivery ended",
                leaf=claim.leaf,
                recipient=claim.recipient,
                status=reply.status,
                attempts=claim.attempts,
                **found,
            )

    def _delay(self, operator: str, claim: Claim) -> int:
        attempts = max(claim.attempts, self._failures[operator])
        return delay(attempts, self._settings.base_seconds, self._settings.cap_seconds, self._draw)
