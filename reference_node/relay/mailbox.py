"""The mailbox: what an agency's own desk asks of its relay. The caller has checked whose desk it is.

Submit runs the keyless checks that the receiving relay will run, so that a mistake shows at home. What is accepted
stands in the outbox, durable, until every recipient's relay has answered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reference_node.observe import Log, Metrics, told
from reference_node.relay.gathering import Gathering
from reference_node.relay.intake import sealed_of
from reference_node.relay.trust import Trust
from reference_node.store.engine import Database
from reference_node.store.relay import mailbox as rows
from reference_node.store.relay.intake import Arrival
from reference_node.store.relay.outbox import Dispatch, queue
from referral_proto import AgencyId, PeerError, SealMemory, WorldError, admit_for_dispatch
from referral_proto.ports import MAX_BATCH, MAX_BATCH_BYTES, Clock, Collected, DeliverStatus, Outcome, Reply

__all__ = ["Mailbox"]


class Mailbox:
    """As the port of the same name, for every agency that is served here. wake: tells the outbox that work came."""

    def __init__(
        self,
        database: Database,
        trust: Trust,
        clock: Clock,
        memory: SealMemory,
        wake: Callable[[], None],
        log: Log,
        metrics: Metrics,
    ) -> None:
        self._database, self._trust, self._clock, self._memory = database, trust, clock, memory
        self._wake, self._log, self._metrics = wake, log, metrics

        def store(dispatches: Sequence[Dispatch]) -> list[Reply]:
            return database.write(lambda connection: queue(connection, dispatches, clock.now()))

        self._gathering: Gathering[Dispatch, Reply] = Gathering(store)

    def submit(self, agency: AgencyId, envelopes: Sequence[bytes]) -> tuple[Reply, ...]:
        """One reply for each envelope, in order. Raises nothing that an envelope could cause."""
        judged = [self._admit(agency, envelope) for envelope in envelopes]
        dispatches = [one for one in judged if isinstance(one, Dispatch)]
        try:
            stored = iter(self._gathering.do(dispatches))
        except WorldError as error:
            self._log.error("nothing can be stored", count=len(dispatches), **told(error))
            stored = iter([Reply(DeliverStatus.RETRY, d.arrival.sealed.leaf, "relay.try-later") for d in dispatches])
        replies = tuple(next(stored) if isinstance(one, Dispatch) else one for one in judged)
        for reply in replies:
            self._metrics.count("submissions", reply.status.name.lower())
            self._log.info("an envelope was handed in", sender=agency, status=reply.status, **_details(reply))
        if dispatches:
            self._wake()
        return replies

    def collect(self, agency: AgencyId, cursor: int, limit: int) -> tuple[Collected, ...]:
        """Raises WorldError store.*."""
        most = min(limit, MAX_BATCH) if limit else MAX_BATCH
        with self._database.read() as connection:
            return rows.collect(connection, agency, cursor, most, MAX_BATCH_BYTES)

    def confirm(self, agency: AgencyId, cursor: int) -> None:
        """Raises WorldError store.*."""
        at = self._clock.now()
        count = self._database.write(lambda connection: rows.confirm(connection, agency, cursor, at))
        if count:
            self._log.info("the desk confirmed", agency=agency, count=count)

    def outcomes(self, agency: AgencyId, cursor: int, limit: int) -> tuple[Outcome, ...]:
        """Raises WorldError store.*."""
        most = min(limit, MAX_BATCH) if limit else MAX_BATCH
        with self._database.read() as connection:
            return rows.outcomes(connection, agency, cursor, most, MAX_BATCH_BYTES)

    def _admit(self, agency: AgencyId, envelope: bytes) -> Reply | Dispatch:
        if code := self._trust.refusal(agency):
            return Reply(DeliverStatus.RETRY, None, code)
        try:
            admitted = admit_for_dispatch(envelope, agency, self._trust.directory, self._clock.now(), self._memory)
        except PeerError as error:
            return Reply(DeliverStatus.REFUSED, None, error.code)
        recipients = [AgencyId(recipient.agency) for recipient in admitted.core.recipients]
        # The sender stands where a recipient would: replay protection for what goes out (see store/relay/tables.py).
        return Dispatch(
            Arrival(sealed_of(admitted), agency),
            {recipient: self._trust.operator_of(recipient) or "" for recipient in recipients},
        )


def _details(reply: Reply) -> dict[str, object]:
    details: dict[str, object] = {"code": reply.code} if reply.code else {}
    if reply.leaf is not None:
        details["leaf"] = reply.leaf
    return details
