"""The twins of the ports for tests: relays without network, disk or TLS. Same checks, same answers, nothing durable.

One MemoryPost is all relays of a federation at once. What is submitted is delivered in the same breath, unless the
line to the recipient is `down`; then `deliver_waiting` does it later.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import RLock

from referral_proto.errors import PeerError, WorldError
from referral_proto.flow.admit import Admitted, admit, admit_for_dispatch
from referral_proto.ids import AgencyId, Leaf
from referral_proto.moment import Moment
from referral_proto.ports import (
    MAX_BATCH,
    MAX_BATCH_BYTES,
    Clock,
    Collected,
    DeliverStatus,
    Delivery,
    Outcome,
    Reply,
)
from referral_proto.trust.directory import Directory

__all__ = ["MemoryLine", "MemoryMailbox", "MemoryPost", "SetClock"]

_Key = tuple[str, bytes, str]


class SetClock:
    """A clock that shows what it is set to; may be set back."""

    def __init__(self, at: Moment) -> None:
        self.at = at

    def now(self) -> Moment:
        return self.at


class MemoryPost:
    """down: agencies whose relay cannot be reached. directory may be replaced at any time."""

    def __init__(self, directory: Directory, clock: Clock) -> None:
        self.directory, self.clock = directory, clock
        self.down: set[AgencyId] = set()
        self._lock = RLock()
        self._seen: dict[_Key, Leaf] = {}
        self._inbox: dict[AgencyId, list[Collected | None]] = {}
        self._outcomes: dict[AgencyId, list[Outcome]] = {}
        self._waiting: list[tuple[AgencyId, Leaf, Delivery]] = []

    def mailbox(self, agency: AgencyId) -> MemoryMailbox:
        """What the desk of `agency` uses."""
        return MemoryMailbox(self, agency)

    def line(self, operator: AgencyId) -> MemoryLine:
        """What the relay of `operator` uses to reach any other."""
        return MemoryLine(self, operator)

    def deliver_waiting(self) -> int:
        """Try once what waits; how many deliveries still do."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
            for sender, leaf, delivery in waiting:
                if delivery.recipient in self.down:
                    self._waiting.append((sender, leaf, delivery))
                    continue
                reply = self._store(delivery, None)
                log = self._outcomes.setdefault(sender, [])
                log.append(Outcome(len(log) + 1, leaf, delivery.recipient, reply.status, reply.code, self.clock.now()))
            return len(self._waiting)

    def _first(self, admitted: Admitted, recipient: str) -> Reply:
        core, leaf = admitted.core, admitted.leaf
        first = self._seen.setdefault((core.sender.agency, core.message_id, recipient), leaf)
        if first != leaf:
            return Reply(DeliverStatus.CONFLICT, leaf, "relay.conflict")
        return Reply(DeliverStatus.ACCEPTED, leaf)

    def _store(self, delivery: Delivery, operator: AgencyId | None) -> Reply:
        try:
            admitted = admit(delivery.envelope, delivery.recipient, self.directory, self.clock.now())
        except PeerError as error:
            return Reply(DeliverStatus.REFUSED, None, error.code)
        core = admitted.core
        if operator is not None and self.directory.relay_of(core.sender.agency).operator != operator:
            return Reply(DeliverStatus.REFUSED, admitted.leaf, "relay.wrong-peer")
        known = (core.sender.agency, core.message_id, str(delivery.recipient)) in self._seen
        reply = self._first(admitted, delivery.recipient)
        if reply.status is DeliverStatus.ACCEPTED:
            if known:
                return Reply(DeliverStatus.DUPLICATE, admitted.leaf)
            box = self._inbox.setdefault(delivery.recipient, [])
            box.append(Collected(len(box) + 1, delivery.envelope, self.clock.now()))
        return reply

    def _submit(self, agency: AgencyId, envelope: bytes) -> Reply:
        try:
            admitted = admit_for_dispatch(envelope, agency, self.directory, self.clock.now())
        except PeerError as error:
            return Reply(DeliverStatus.REFUSED, None, error.code)
        known = (agency, admitted.core.message_id, agency) in self._seen
        # No envelope names its sender as a recipient: the key of a submission cannot meet that of a delivery.
        reply = self._first(admitted, agency)
        if reply.status is DeliverStatus.ACCEPTED and known:
            return Reply(DeliverStatus.DUPLICATE, admitted.leaf)
        if reply.status is DeliverStatus.ACCEPTED:
            for recipient in admitted.core.recipients:
                delivery = Delivery(envelope, AgencyId(recipient.agency))
                self._waiting.append((agency, admitted.leaf, delivery))
        return reply


class MemoryMailbox:
    """The port Mailbox of one agency's desk."""

    def __init__(self, post: MemoryPost, agency: AgencyId) -> None:
        self._post, self._agency = post, agency

    def submit(self, envelopes: Sequence[bytes]) -> tuple[Reply, ...]:
        self._own(self._agency)
        if len(envelopes) > MAX_BATCH or sum(map(len, envelopes)) > MAX_BATCH_BYTES:
            raise PeerError("relay.too-many")
        with self._post._lock:
            replies = tuple(self._post._submit(self._agency, envelope) for envelope in envelopes)
            self._post.deliver_waiting()
        return replies

    def collect(self, agency: AgencyId, cursor: int, limit: int = MAX_BATCH) -> tuple[Collected, ...]:
        self._own(agency)
        box = self._post._inbox.get(agency, [])
        return tuple([one for one in box[cursor:] if one is not None][: min(limit, MAX_BATCH)])

    def confirm(self, agency: AgencyId, cursor: int) -> None:
        self._own(agency)
        box = self._post._inbox.get(agency, [])
        box[:cursor] = [None] * min(cursor, len(box))

    def outcomes(self, agency: AgencyId, cursor: int, limit: int = MAX_BATCH) -> tuple[Outcome, ...]:
        self._own(agency)
        return tuple(self._post._outcomes.get(agency, [])[cursor : cursor + min(limit, MAX_BATCH)])

    def close(self) -> None:
        """Nothing to close."""

    def _own(self, agency: AgencyId) -> None:
        if agency != self._agency:
            raise PeerError("relay.not-allowed")
        if agency in self._post.down:
            raise WorldError("net.unreachable", "relay")


class MemoryLine:
    """The port Transport of one operator's relay."""

    def __init__(self, post: MemoryPost, operator: AgencyId) -> None:
        self._post, self._operator = post, operator

    def deliver(self, deliveries: Sequence[Delivery]) -> tuple[Reply, ...]:
        if any(delivery.recipient in self._post.down for delivery in deliveries):
            raise WorldError("net.unreachable", "relay")
        with self._post._lock:
            return tuple(self._post._store(delivery, self._operator) for delivery in deliveries)

    def close(self) -> None:
        """Nothing to close."""
