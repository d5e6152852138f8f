"""The twins of the ports for tests: relays without network, disk or TLS. Same checks, same answers, nothing durable.

One MemoryPost is all relays of a federation at once, with the log of each agency. What is submitted is delivered in the
same breath, unless the line to the recipient is `down`; then `deliver_waiting` does it later. Witnesses cosign and
senders hear of it when a test says so (`prove`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import RLock
from typing import Final

from referral_proto.adapters.memory_log import MemoryLog, Stands
from referral_proto.crypto.logkeys import LogKeys, WitnessKeys
from referral_proto.errors import PeerError, WorldError
from referral_proto.flow.admit import Admitted, admit, admit_for_dispatch
from referral_proto.ids import AgencyId, Leaf
from referral_proto.log.acknowledgement import read_acknowledgement, verify_acknowledgement
from referral_proto.log.checkpoint import read_head, verify_checkpoint
from referral_proto.log.event import anchored, conflict, delivered, new_event
from referral_proto.log.head import desk_origin
from referral_proto.log.tree import verify_consistency
from referral_proto.model.codes.log import LogEventKind
from referral_proto.model.log import WitnessedCheckpoint
from referral_proto.moment import Moment
from referral_proto.ports import (
    MAX_BATCH,
    MAX_BATCH_BYTES,
    Clock,
    Collected,
    DeliverStatus,
    Delivery,
    LogPage,
    Outcome,
    Proved,
    Reply,
)
from referral_proto.trust.directory import Directory
from referral_proto.wire import encode

__all__ = ["MemoryLine", "MemoryMailbox", "MemoryPost", "SetClock"]

_Key = tuple[str, bytes, str]
_SAID: Final = (LogEventKind.RECEIVED, LogEventKind.UNREADABLE)


class SetClock:
    """A clock that shows what it is set to; may be set back."""

    def __init__(self, at: Moment) -> None:
        self.at = at

    def now(self) -> Moment:
        return self.at


class MemoryPost:
    """down: agencies whose relay cannot be reached. directory may be replaced at any time. keys: of the agencies' logs;
    one without makes its own. witnesses: who cosigns.
    """

    def __init__(
        self,
        directory: Directory,
        clock: Clock,
        keys: Mapping[AgencyId, LogKeys] | None = None,
        witnesses: Mapping[str, WitnessKeys] | None = None,
    ) -> None:
        self.directory, self.clock = directory, clock
        self.witnesses = dict(witnesses or {})
        self.logs = {agency: MemoryLog(agency, own) for agency, own in (keys or {}).items()}
        self.anchored: dict[str, bytes] = {}
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
                told, proved = self._outcomes.setdefault(sender, []), Proved(reply.receipt)
                end = (leaf, delivery.recipient, reply.status, reply.code, self.clock.now(), proved)
                told.append(Outcome(len(told) + 1, *end))
            return len(self._waiting)

    def log(self, agency: AgencyId) -> MemoryLog:
        """The agency's log; made with keys of its own where none were given."""
        if agency not in self.logs:
            self.logs[agency] = MemoryLog(agency)
        return self.logs[agency]

    def prove(self) -> None:
        """Witnesses cosign each log as it stands, and senders are told what they can prove more than before."""
        with self._lock:
            for log in self.logs.values():
                log.witness(self.witnesses, self.clock.now())
            for told in self._outcomes.values():
                newest = {(one.leaf, one.recipient): one for one in told}
                for one in newest.values():
                    proved = self._proved(one.recipient, one.leaf)
                    if proved not in {Proved(), one.proved}:
                        told.append(replace(one, cursor=len(told) + 1, proved=proved))

    def _proved(self, agency: AgencyId, leaf: Leaf) -> Proved:
        log = self.log(agency)
        event = log.find(LogEventKind.DELIVERED, leaf) or log.find(LogEventKind.CONFLICT, leaf)
        if event is None:
            return Proved()
        said = next((found for kind in _SAID if (found := log.find(kind, leaf)) is not None), None)
        acknowledged = (b"", b"") if said is None else (said.said, log.receipt(said, cosigned=True))
        return Proved(log.receipt(event, cosigned=True), *acknowledged, log.earlier(event))

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
        receipt = self._enter(admitted, delivery.recipient, reply)
        if reply.status is DeliverStatus.ACCEPTED and known:
            return Reply(DeliverStatus.DUPLICATE, admitted.leaf, "", receipt)
        if reply.status is DeliverStatus.ACCEPTED:
            box = self._inbox.setdefault(delivery.recipient, [])
            box.append(Collected(len(box) + 1, delivery.envelope, self.clock.now()))
        return replace(reply, receipt=receipt)

    def _enter(self, admitted: Admitted, recipient: AgencyId, reply: Reply) -> bytes:
        """Enter a delivery or a conflict, once; the receipt."""
        core, leaf, at, log = admitted.core, admitted.leaf, self.clock.now(), self.log(recipient)
        sender = AgencyId(core.sender.agency)
        if reply.status is DeliverStatus.ACCEPTED:
            named = next(one.opening_key for one in core.recipients if one.agency == recipient)
            kind, event = LogEventKind.DELIVERED, delivered(leaf, sender, recipient, named, at)
        else:
            first = self._seen[sender, core.message_id, recipient]
            kind, event = LogEventKind.CONFLICT, conflict(leaf, first, sender, recipient, at)
        return log.receipt(log.enter(kind, leaf, event, at, sender))

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


class _MemoryLogs:
    """The port LogPost. `speaks_for`: whose envelopes' proofs the caller may see."""

    _post: MemoryPost

    def checkpoint(self, origin: str, size: int | None = None) -> bytes | None:
        if (note := self.anchored_of(origin)) is not None:
            return note
        log = self._post.logs.get(AgencyId(origin))
        return None if log is None else log.checkpoint(size)

    def anchored_of(self, _origin: str) -> bytes | None:
        """Of its own log, what a desk had anchored last."""
        return None

    def consistency(self, origin: str, first: int, second: int) -> tuple[bytes, tuple[bytes, ...]]:
        if (log := self._post.logs.get(AgencyId(origin))) is None:
            raise PeerError("relay.no-log")
        return log.consistency(first, second)

    def inclusion(self, agency: AgencyId, leaves: Sequence[Leaf]) -> tuple[Proved, ...]:
        log = self._post.log(agency)

        def shown(event: Stands | None) -> bool:
            return event is not None and self.speaks_for(event.sender)

        with self._post._lock:
            return tuple(
                self._post._proved(agency, leaf)
                if any(shown(log.find(kind, leaf)) for kind in (LogEventKind.DELIVERED, LogEventKind.CONFLICT))
                else Proved()
                for leaf in leaves
            )

    def seen_checkpoints(self, origins: Sequence[str] = ()) -> tuple[bytes, ...]:
        at = self._post.clock.now()
        notes = [log.checkpoint() for name, log in self._post.logs.items() if not origins or name in origins]
        return tuple(encode(WitnessedCheckpoint(checkpoint=note, seen_at=at)) for note in notes if note is not None)

    def speaks_for(self, sender: str) -> bool:
        raise NotImplementedError


class MemoryMailbox(_MemoryLogs):
    """The ports Mailbox, LogPost and DeskLogPost of one agency's desk."""

    def __init__(self, post: MemoryPost, agency: AgencyId) -> None:
        self._post, self._agency = post, agency

    def speaks_for(self, sender: str) -> bool:
        return sender == self._agency

    def anchored_of(self, _origin: str) -> bytes | None:
        return self._post.anchored.get(_origin) if _origin == desk_origin(self._agency) else None

    def events(self, agency: AgencyId, start: int, limit: int = 256, origin: str | None = None) -> LogPage:
        self._own(agency)
        return self._post.log(agency).page(start, min(limit, 256)) if origin in (None, agency) else LogPage()

    def acknowledge(self, agency: AgencyId, acknowledgements: Sequence[bytes]) -> tuple[tuple[bytes, str], ...]:
        self._own(agency)
        with self._post._lock:
            return tuple(self._acknowledge(agency, one) for one in acknowledgements)

    def _acknowledge(self, agency: AgencyId, data: bytes) -> tuple[bytes, str]:
        log, at = self._post.log(agency), self._post.clock.now()
        refused = (b"", "relay.acknowledgement")
        try:
            read = read_acknowledgement(data)
            leaf = Leaf(read.said.leaf)
            if (event := log.find(LogEventKind.DELIVERED, leaf)) is None:
                return refused
            sender = AgencyId(event.sender)
            keyset = self._post.directory.signing_keyset(agency, read.signed.keyset, at)
            said = verify_acknowledgement(read, keyset, leaf, sender, agency)
        except PeerError:
            return refused
        kind = LogEventKind[said.kind.name]
        received, there = log.find(LogEventKind.RECEIVED, leaf), log.find(kind, leaf)
        if there is None and received is not None:
            return refused
        made = new_event(kind, leaf, at, sender=sender, recipient=agency)
        return log.receipt(log.enter(kind, leaf, made, at, sender, data)), ""

    def anchor(self, agency: AgencyId, checkpoint: bytes, proof: Sequence[bytes] = ()) -> bytes:
        self._own(agency)
        try:
            head = verify_checkpoint(checkpoint, self._post.directory.log_signer(checkpoint)).head
            if head.origin != desk_origin(agency):
                raise PeerError("checkpoint.origin")
            last = self._post.anchored.get(head.origin)
            if last is not None:
                before = read_head(last)
                verify_consistency(before.size, before.root, head.size, head.root, tuple(proof))
        except PeerError:
            raise PeerError("relay.anchor") from None
        with self._post._lock:
            log, at = self._post.log(agency), self._post.clock.now()
            self._post.anchored[head.origin] = checkpoint
            return log.receipt(log.enter(LogEventKind.ANCHORED, head.digest(), anchored(head, agency, at), at))

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


class MemoryLine(_MemoryLogs):
    """The ports Transport and LogPost of one operator's relay."""

    def __init__(self, post: MemoryPost, operator: AgencyId) -> None:
        self._post, self._operator = post, operator

    def speaks_for(self, sender: str) -> bool:
        return self._post.directory.relay_of(sender).operator == self._operator

    def deliver(self, deliveries: Sequence[Delivery]) -> tuple[Reply, ...]:
        if any(delivery.recipient in self._post.down for delivery in deliveries):
            raise WorldError("net.unreachable", "relay")
        with self._post._lock:
            return tuple(self._post._store(delivery, self._operator) for delivery in deliveries)

    def close(self) -> None:
        """Nothing to close."""
