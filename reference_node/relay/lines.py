"""The lines to other relays: one for each operator, as its record says now. Connects through what it is handed.

What carries envelopes also carries questions about trust and logs. A line to an operator that left is closed
(`settle`); all are made anew when this relay shows another certificate (`renew`).

The line to this relay itself leads straight into the intake, so that tenants of one relay reach each other by the same
checks and without a network.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Protocol

from reference_node.relay.intake import Intake
from reference_node.relay.peers import Peer
from reference_node.relay.proof_counter import ProofCounter
from reference_node.relay.trust import Trust
from referral_proto import AgencyId
from referral_proto.errors import PeerError
from referral_proto.ids import Leaf
from referral_proto.model.records import RelayRecord
from referral_proto.ports import Delivery, LogPost, Proved, Reply, Transport, TrustPost

__all__ = ["Line", "Lines"]


class Line(Transport, TrustPost, LogPost, Protocol):
    """All uses of one connection."""


class _Here:
    """The way from tenant to tenant, and to the logs that are kept here."""

    def __init__(self, intake: Intake, counter: ProofCounter, operator: AgencyId) -> None:
        self._intake, self._counter, self._operator = intake, counter, operator

    def deliver(self, deliveries: Sequence[Delivery]) -> tuple[Reply, ...]:
        return self._intake.take(deliveries, self._operator)

    def checkpoint(self, origin: str, size: int | None = None) -> bytes | None:
        return self._counter.checkpoint(origin, size)

    def consistency(self, origin: str, first: int, second: int) -> tuple[bytes, tuple[bytes, ...]]:
        return self._counter.consistency(origin, first, second)

    def inclusion(self, agency: AgencyId, leaves: Sequence[Leaf]) -> tuple[Proved, ...]:
        return self._counter.inclusion(agency, leaves, Peer("", operator=self._operator))

    def seen_checkpoints(self, origins: Sequence[str] = ()) -> tuple[bytes, ...]:
        return self._counter.seen_checkpoints(origins)

    def close(self) -> None:
        """Nothing to close."""


class Lines:
    """connect: a Line to the relay that a record describes; opens lazily. May be used by several threads."""

    def __init__(
        self,
        own: AgencyId,
        intake: Intake,
        counter: ProofCounter,
        trust: Trust,
        connect: Callable[[RelayRecord], Line],
    ) -> None:
        self._own, self._here, self._trust, self._connect = own, _Here(intake, counter, own), trust, connect
        self._lock = Lock()
        self._open: dict[AgencyId, tuple[RelayRecord, Line]] = {}
        self._retired: list[tuple[AgencyId, RelayRecord, Line]] = []

    def to(self, operator: AgencyId) -> Transport:
        """The line to an operator's relay. Raises PeerError trust.unknown-relay, trust.agency-withdrawn, or as
        `connect`.
        """
        return self._here if operator == self._own else self.post(operator)

    def logs(self, operator: AgencyId) -> LogPost:
        """The way to the logs that an operator's relay keeps. Raises as `to`."""
        return self._here if operator == self._own else self.post(operator)

    def post(self, operator: AgencyId) -> Line:
        """The line to another operator's relay. Raises as `to`."""
        record = self._trust.relay(operator)
        with self._lock:
            known = self._open.get(operator)
            if known is not None and known[0] == record:
                return known[1]
            line = self._connect(record)
            self._open[operator] = (record, line)
        if known is not None:
            known[1].close()
        return line

    def settle(self) -> None:
        """Close lines that the records no longer support."""
        with self._lock:
            stale = [operator for operator, (record, _) in self._open.items() if not self._stands(operator, record)]
            lines = [self._open.pop(operator)[1] for operator in stale]
            lines += [line for operator, record, line in self._retired if not self._stands(operator, record)]
            self._retired = [one for one in self._retired if one[2] not in lines]
        for line in lines:
            line.close()

    def renew(self) -> None:
        """New lines from now on. Calls under way end on the old ones, which are closed at the next `renew`."""
        with self._lock:
            over = self._retired
            self._retired = [(operator, record, line) for operator, (record, line) in self._open.items()]
            self._open.clear()
        for _, _, line in over:
            line.close()

    def _stands(self, operator: AgencyId, record: RelayRecord) -> bool:
        try:
            return self._trust.relay(operator) == record
        except PeerError:
            return False

    def close(self) -> None:
        """Close them all; calls under way end with an error."""
        with self._lock:
            lines = [*(line for _, _, line in self._retired), *(line for _, line in self._open.values())]
            self._open.clear()
            self._retired.clear()
        for line in lines:
            line.close()
