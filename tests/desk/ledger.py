"""The relay in memory with a log for each agency, kept as an honest relay keeps it, and the ways in which it may lie.

Its logs are real trees under real keys, cosigned by real witnesses; only the database is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from referral_proto import AgencyId, Leaf, Moment, PeerError
from referral_proto.crypto.logkeys import LogKeys, WitnessKeys
from referral_proto.crypto.merkle import leaf_hash
from referral_proto.flow.cover import read_core
from referral_proto.log.acknowledgement import read_acknowledgement
from referral_proto.log.checkpoint import cosign, read_head, sign_checkpoint, with_cosignatures
from referral_proto.log.event import anchored, delivered, entry_of, new_event
from referral_proto.log.head import Head, desk_origin
from referral_proto.log.receipt import make_receipt
from referral_proto.log.tree import Place, consistency_proof, grow, inclusion_proof, root_at, verify_consistency
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.model.envelope import Envelope
from referral_proto.model.records import LogEntry, WitnessEntry
from referral_proto.ports import Logged, LogPage, Outcome, Proved
from referral_proto.trust.logs import log_entry
from referral_proto.wire import decode
from tests.desk.world import AGENCIES, START, Box, Clock, PostOffice, leaf

WITNESSES = ("witness.example/kh", "witness.example/th")
_KINDS = {
    AcknowledgementKind.RECEIVED: LogEventKind.RECEIVED,
    AcknowledgementKind.UNREADABLE: LogEventKind.UNREADABLE,
}


@cache
def log_keys(origin: str) -> LogKeys:
    return LogKeys.create()


@cache
def witness_keys(name: str) -> WitnessKeys:
    return WitnessKeys.create()


@cache
def witness_entries() -> tuple[WitnessEntry, ...]:
    return tuple(
        WitnessEntry(
            name=name,
            country=name[-2:],
            url="http://127.0.0.1:1",
            ed25519=witness_keys(name).ed25519.data,
            mldsa44=witness_keys(name).mldsa44.data,
        )
        for name in WITNESSES
    )


@cache
def log_entries(agency: AgencyId) -> tuple[LogEntry, ...]:
    """What the agency's record says of its two logs."""
    return tuple(log_entry(origin, log_keys(origin), START) for origin in (agency, desk_origin(agency)))


class Tree:
    """One log. `events` may hold None for what is forgotten; a test may rewrite anything. witnessed: all of it is
    cosigned; else the first `cosigned` events are.
    """

    def __init__(self, origin: str, clock: Clock) -> None:
        self.origin, self.clock = origin, clock
        self.events: list[bytes | None] = []
        self.entries: list[bytes] = []
        self.places: dict[tuple[int, bytes], int] = {}
        self.witnessed, self.cosigned = True, 0

    def copy(self) -> Tree:
        twin = Tree(self.origin, self.clock)
        twin.events, twin.entries, twin.places = list(self.events), list(self.entries), dict(self.places)
        return twin

    def append(self, event: bytes, key: tuple[int, bytes] | None = None) -> int:
        self.events.append(event)
        self.entries.append(entry_of(event))
        if key is not None:
            self.places[key] = len(self.events) - 1
        return len(self.events) - 1

    def nodes(self, places: Sequence[Place]) -> list[bytes]:
        levels = grow(0, (), [leaf_hash(one) for one in self.entries]).levels
        return [levels[place.level].hashes[place.number] for place in places]

    def checkpoint(self, size: int | None = None, *, witnessed: bool | None = None) -> bytes:
        size = len(self.entries) if size is None else size
        head = Head(self.origin, size, root_at(self, size))
        note = sign_checkpoint(head, log_keys(self.origin), self.clock.now())
        if not (self.witnessed if witnessed is None else witnessed):
            return note
        lines = [line for name in WITNESSES for line in cosign(head, name, witness_keys(name), self.clock.now())]
        return with_cosignatures(note, lines)

    def receipt(self, index: int) -> bytes:
        event = self.events[index]
        assert event is not None
        size = len(self.entries)
        return make_receipt(event, index, inclusion_proof(self, index, size), self.checkpoint())

    def consistency(self, first: int, second: int) -> tuple[bytes, tuple[bytes, ...]]:
        return root_at(self, first), consistency_proof(self, first, second)


class LogOffice(PostOffice):
    """PostOffice with logs. drops: whose mail is logged, not handed over. hides: whose is handed over, not logged.
    renewed: desks' logs that may begin anew.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.logs = {agency: Tree(agency, clock) for agency in AGENCIES}
        self.drops: set[AgencyId] = set()
        self.hides: set[AgencyId] = set()
        self.refuses: str = ""
        self.acknowledged: dict[tuple[bytes, AgencyId], bytes] = {}
        self.anchored: dict[str, bytes] = {}
        self.renewed: set[str] = set()

    def put(self, recipient: AgencyId, envelope: bytes) -> None:
        if recipient not in self.hides:
            try:
                core = read_core(decode(Envelope, envelope).core)
            except PeerError:
                core = None
            if core is not None:
                own = leaf(envelope)
                key = next(one.opening_key for one in core.recipients if one.agency == recipient)
                event = delivered(own, AgencyId(core.sender.agency), recipient, key, self.clock.now())
                self.logs[recipient].append(event, (LogEventKind.DELIVERED, own))
        if recipient not in self.drops:
            super().put(recipient, envelope)

    def log_box(self, agency: AgencyId) -> LogBox:
        return LogBox(self, agency)

    def proofs(self, sender: AgencyId, cosigned: bool = True) -> None:
        """What the sender's relay learns by and by: each outcome again, with all that the recipients' logs have."""
        ends = self.ends[sender]
        last = {(one.leaf, one.recipient): one for one in ends}
        for (own, recipient), one in last.items():
            tree = self.logs[recipient]
            tree.witnessed = cosigned
            place = tree.places[LogEventKind.DELIVERED, own]
            said = self.acknowledged.get((own, recipient), b"")
            at = b""
            if said:
                kind = _KINDS[read_acknowledgement(said).said.kind]
                at = tree.receipt(tree.places[kind, own])
            earlier = tree.checkpoint(place) if place else b""
            proved = Proved(tree.receipt(place), said, at, earlier)
            ends.append(Outcome(len(ends) + 1, own, recipient, one.status, one.code, one.at, proved))
            tree.witnessed = True


class LogBox(Box):
    """A desk's relay with its log. `shown`: another tree than the true one. `others`: by origin, beside it."""

    office: LogOffice

    def __init__(self, office: LogOffice, agency: AgencyId) -> None:
        super().__init__(office, agency)
        self.shown: Tree | None = None
        self.others: dict[str, Tree] = {}
        self.page = 2
        self.tamper: Callable[[tuple[Logged, ...]], tuple[Logged, ...]] = lambda page: page

    @property
    def tree(self) -> Tree:
        return self.office.logs[self.agency] if self.shown is None else self.shown

    def events(self, agency: AgencyId, start: int, limit: int = 256, origin: str | None = None) -> LogPage:
        def work() -> LogPage:
            tree = self.tree
            if origin is not None and origin != tree.origin:
                tree = self.others.get(origin, Tree(origin, self.office.clock))
            listed = tuple(
                Logged(index, tree.entries[index], tree.events[index])
                for index in range(start, min(len(tree.entries), start + min(limit, self.page)))
            )
            end = start + len(listed)
            cosigned = min(end, len(tree.entries)) if tree.witnessed else min(end, tree.cosigned)
            return LogPage(
                self.tamper(listed),
                tree.checkpoint() if tree.entries else b"",
                tree.checkpoint(end) if end < len(tree.entries) else b"",
                tree.checkpoint(cosigned, witnessed=True) if cosigned else b"",
            )

        found: LogPage = self._around("events", work)
        return found

    def checkpoint(self, origin: str, size: int | None = None) -> bytes | None:
        found: bytes | None = self._around("checkpoint", lambda: self.office.anchored.get(origin))
        return found

    def acknowledge(self, agency: AgencyId, acknowledgements: Sequence[bytes]) -> tuple[tuple[bytes, str], ...]:
        found = self._around("acknowledge", lambda: tuple(self._acknowledge(one) for one in acknowledgements))
        answered: tuple[tuple[bytes, str], ...] = found
        return answered

    def _acknowledge(self, data: bytes) -> tuple[bytes, str]:
        said, tree = read_acknowledgement(data).said, self.tree
        if self.office.refuses:
            return b"", self.office.refuses
        kind = _KINDS[said.kind]
        if (kind, said.leaf) not in tree.places:
            event = new_event(kind, said.leaf, tree.clock.now(), sender=said.sender, recipient=said.recipient)
            tree.append(event, (kind, said.leaf))
        self.office.acknowledged[said.leaf, AgencyId(said.recipient)] = data
        return tree.receipt(tree.places[kind, said.leaf]), ""

    def anchor(self, agency: AgencyId, checkpoint: bytes, proof: Sequence[bytes] = ()) -> bytes:
        def work() -> bytes:
            head, tree = read_head(checkpoint), self.tree
            last = self.office.anchored.get(head.origin)
            if last is not None and head.origin not in self.office.renewed:
                before = read_head(last)
                try:
                    verify_consistency(before.size, before.root, head.size, head.root, proof)
                except PeerError:
                    raise PeerError("relay.anchor") from None
            self.office.anchored[head.origin] = checkpoint
            key = (int(LogEventKind.ANCHORED), bytes(head.digest()))
            if key not in tree.places:
                tree.append(anchored(head, agency, tree.clock.now()), key)
            return tree.receipt(tree.places[key])

        done: bytes = self._around("anchor", work)
        return done

    def consistency(self, origin: str, first: int, second: int) -> tuple[bytes, tuple[bytes, ...]]:
        return self.tree.consistency(first, second)


def opening_key_event(agency: AgencyId, key: bytes, at: Moment) -> bytes:
    return new_event(LogEventKind.OPENING_KEY, Leaf(bytes(32)), at, sender=agency, opening_key=key)
