"""The intake: every envelope that comes in takes this way, over the line, between tenants, or from a file by hand.

admit (all keyless checks, in the caller's thread) → the peer's right → one transaction: replay, store, inbox, log.
Never opens anything, and holds no lock while it checks.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from reference_node.observe import Log, Metrics, told
from reference_node.relay.gathering import Gathering
from reference_node.relay.horizon import Horizon
from reference_node.relay.ledger import Ledger
from reference_node.relay.trust import Trust
from reference_node.store.relay.holdings import Sealed
from reference_node.store.relay.intake import Arrival
from referral_proto.crypto.memory import SealMemory
from referral_proto.errors import PeerError, WorldError
from referral_proto.flow.admit import Admitted, admit
from referral_proto.flow.cover import read_core
from referral_proto.ids import AgencyId
from referral_proto.model.envelope import Envelope
from referral_proto.ports import Clock, DeliverStatus, Delivery, Reply
from referral_proto.wire import decode

__all__ = ["Intake", "sealed_of"]

_OF_RECORDS: Final = {"trust.unknown-agency", "trust.unknown-keyset", "admit.opening-key"}
"""Refusals that other records could undo."""


def sealed_of(admitted: Admitted) -> Sealed:
    """What the store keeps of an admitted envelope."""
    core = admitted.core
    return Sealed(admitted.leaf, admitted.data, AgencyId(core.sender.agency), core.message_id, int(core.expires_at))


class Intake:
    """agencies: served here. quota: bytes that may wait from one sender."""

    def __init__(
        self,
        ledger: Ledger,
        trust: Trust,
        clock: Clock,
        horizon: Horizon,
        agencies: Collection[AgencyId],
        quota: int,
        log: Log,
        metrics: Metrics,
    ) -> None:
        self._trust, self._clock, self._agencies = trust, clock, frozenset(agencies)
        self._log, self._metrics = log, metrics
        self.memory, self.horizon = SealMemory(), horizon

        def store(arrivals: Sequence[Arrival]) -> list[Reply]:
            return ledger.deliver(arrivals, quota)

        self._gathering: Gathering[Arrival, Reply] = Gathering(store)

    def take(self, deliveries: Sequence[Delivery], operator: AgencyId | None) -> tuple[Reply, ...]:
        """One reply for each delivery, in order; ACCEPTED is durable, and so is the event that its receipt proves.
        Raises nothing that a delivery could cause.

        operator: whose relay brings them, which must be the signed sender's; None if they came by hand, as files.
        """
        replies: list[Reply | Arrival] = [self._admit(delivery, operator) for delivery in deliveries]
        arrivals = [one for one in replies if isinstance(one, Arrival)]
        try:
            stored = iter(self._gathering.do(arrivals))
        except WorldError as error:
            self._log.error("nothing can be stored", count=len(arrivals), **told(error))
            stored = iter([Reply(DeliverStatus.RETRY, a.sealed.leaf, "relay.try-later") for a in arrivals])
        answered = tuple(next(stored) if isinstance(one, Arrival) else one for one in replies)
        for delivery, reply in zip(deliveries, answered, strict=True):
            self._note(delivery, reply)
        return answered

    def _admit(self, delivery: Delivery, operator: AgencyId | None) -> Reply | Arrival:
        directory = self._trust.directory
        if code := self._trust.refusal():
            return Reply(DeliverStatus.RETRY, None, code)
        if delivery.recipient not in self._agencies:
            return Reply(DeliverStatus.REFUSED, None, "relay.not-served")
        now = self._clock.now()
        try:
            admitted = admit(delivery.envelope, delivery.recipient, directory, now, self.memory)
        except PeerError as error:
            if error.code == "admit.expired" and not self.horizon.believes(now):
                return Reply(DeliverStatus.RETRY, None, "relay.try-later")
            later = self._may_change(delivery, error.code)
            return Reply(DeliverStatus.RETRY if later else DeliverStatus.REFUSED, None, error.code)
        sealed = sealed_of(admitted)
        if operator is not None and self._trust.operator_of(sealed.sender) != operator:
            return Reply(DeliverStatus.REFUSED, admitted.leaf, "relay.wrong-peer")
        if code := self._trust.refusal(sealed.sender):
            return Reply(DeliverStatus.RETRY, admitted.leaf, code)
        named = next(one.opening_key for one in admitted.core.recipients if one.agency == delivery.recipient)
        return Arrival(sealed, delivery.recipient, named)

    def _may_change(self, delivery: Delivery, code: str) -> bool:
        """Whether what is refused now may be admitted once this relay knows more: its sender may go by newer records,
        or the recipient's desk may sign an opening key again whose signer has ended.
        """
        if code not in _OF_RECORDS:
            return False
        try:
            core = read_core(decode(Envelope, delivery.envelope).core)
        except PeerError:
            return False
        keeper = self._trust.keeper
        if code != "admit.opening-key":
            return keeper.older_than(core.created_at)
        named = {one.opening_key for one in core.recipients if one.agency == delivery.recipient}
        return any(one.key in named and one.covers(core.created_at) for one in keeper.shelf.of(delivery.recipient))

    def _note(self, delivery: Delivery, reply: Reply) -> None:
        self._metrics.count("deliveries", reply.status.name.lower())
        found = {"code": reply.code} if reply.code else {}
        if reply.leaf is not None:
            self._log.info(
                "an envelope came", leaf=reply.leaf, status=reply.status, bytes=len(delivery.envelope), **found
            )
        else:
            self._log.info("an envelope was refused", status=reply.status, bytes=len(delivery.envelope), **found)
