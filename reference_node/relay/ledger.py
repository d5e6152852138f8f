"""The ledger: the log of each agency that the relay serves, written in the transaction of what it tells of.

An envelope and its DELIVERED event are durable together or not at all: there is no line between the two at which a
process could die and leave one without the other. Events are drawn inside the transaction, anew if it is tried again.
One append and one signed checkpoint for each log and group. What others are shown of it: `proof_counter`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection

from reference_node.observe import Log
from reference_node.relay.halts import LogHalts
from reference_node.store.engine import Database
from reference_node.store.log.proving import receipts
from reference_node.store.log.tree import head_of
from reference_node.store.relay import ledger as rows
from reference_node.store.relay.intake import Arrival, kept_conflicts, record
from reference_node.store.relay.ledger import Entry, Key
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.errors import WorldError
from referral_proto.ids import AgencyId, OpeningKeyId
from referral_proto.log.checkpoint import read_head
from referral_proto.log.event import anchored, conflict, delivered, dummy, new_event
from referral_proto.log.tree import verify_consistency
from referral_proto.model.codes.log import LogEventKind
from referral_proto.moment import Moment
from referral_proto.ports import Clock, DeliverStatus, Reply

__all__ = ["Ledger", "OpenLog"]

_TRY_LATER = "relay.try-later"
T = TypeVar("T")


class OpenLog(NamedTuple):
    """The log that takes an agency's events now: its number in the database, and its origin."""

    id: int
    origin: str


class _Stuck(Exception):
    """A log that cannot go on; thrown through the transaction, so that nothing of it is written."""

    def __init__(self, origin: str, code: str) -> None:
        super().__init__(code)
        self.origin, self.code = origin, code


Work = Callable[[Connection, Mapping[AgencyId, OpenLog], Moment], T]
"""What is done in one transaction: with the logs that go on, by agency, and the moment."""


class Ledger:
    """keys: of each agency that is served. halts: logs that take nothing more. wake: told when a log may have grown; it
    may be replaced. May be used by several threads, and by several processes on one database.
    """

    def __init__(
        self, database: Database, keys: Mapping[AgencyId, LogKeys], halts: LogHalts, clock: Clock, log: Log
    ) -> None:
        self.database, self.halts = database, halts
        self._keys, self._clock, self._log = dict(keys), clock, log
        self.wake: Callable[[], None] = lambda: None

    @property
    def keys(self) -> Mapping[AgencyId, LogKeys]:
        """What the log of each agency signs with."""
        return self._keys

    def deliver(self, arrivals: Sequence[Arrival], quota: int) -> list[Reply]:
        """Store what is new and enter it; one reply for each arrival, as `record`, with its receipt. RETRY, with
        nothing stored, for a log that cannot go on. Raises WorldError store.*: nothing was stored.
        """

        def work(connection: Connection, logs: Mapping[AgencyId, OpenLog], at: Moment) -> list[Reply]:
            going = [arrival for arrival in arrivals if arrival.recipient in logs]
            answered = iter(self._record(connection, logs, going, at, quota))
            return [
                next(answered)
                if arrival.recipient in logs
                else Reply(DeliverStatus.RETRY, arrival.sealed.leaf, _TRY_LATER)
                for arrival in arrivals
            ]

        return self._write({arrival.recipient for arrival in arrivals}, work)

    def opening_key(self, agency: AgencyId, digest: bytes, key: OpeningKeyId) -> bytes:
        """The agency published an opening key; digest: of its record. The receipt. Idempotent.

        Raises WorldError store.*, relay.try-later.
        """
        kind = LogEventKind.OPENING_KEY

        def draw(_: Connection, at: Moment) -> bytes:
            return new_event(kind, digest, at, sender=agency, opening_key=key)

        return self._once(agency, kind, digest, draw)

    def anchor(
        self, agency: AgencyId, note: bytes, proof: Sequence[bytes] = (), replaced: bytes | None = None
    ) -> bytes:
        """The head of the desk's own log, a note that the caller has verified. proof: that it begins with the head that
        was entered last, or PeerError log.proof. replaced: that head, if nothing need begin with it. As `opening_key`.
        """
        head = read_head(note)

        def draw(connection: Connection, at: Moment) -> bytes:
            last = rows.anchored_note(connection, head.origin)
            if last is not None and last != replaced:
                before = read_head(last)
                verify_consistency(before.size, before.root, head.size, head.root, proof)
            rows.keep_anchored(connection, head.origin, note)
            return anchored(head, agency, at)

        return self._once(agency, LogEventKind.ANCHORED, head.digest(), draw)

    def dummy(self, agency: AgencyId) -> None:
        """An event about nothing. Raises as `opening_key`."""
        self.enter(agency, lambda _, at: ([Entry(None, dummy(at))], ()))

    def enter(
        self,
        agency: AgencyId,
        judge: Callable[[Connection, Moment], tuple[Sequence[Entry], Sequence[Key | None]]],
    ) -> list[bytes]:
        """Enter what `judge` finds to be new; the receipts of the keys that it asks for, empty for None.

        judge: reads in the same transaction, with the log locked, so that nothing is entered twice. Raises as
        `opening_key`, and what `judge` raises.
        """

        def work(connection: Connection, logs: Mapping[AgencyId, OpenLog], at: Moment) -> list[bytes]:
            if agency not in logs:
                raise WorldError(_TRY_LATER)
            head_of(connection, logs[agency].id, lock=True)
            new, wanted = judge(connection, at)
            self._append(connection, logs, {agency: new}, at)
            proofs = self._prove(connection, logs, [key for key in wanted if key is not None])
            return [b"" if key is None else proofs.get(key, b"") for key in wanted]

        return self._write({agency}, work)

    def _once(
        self, agency: AgencyId, kind: LogEventKind, subject: bytes, draw: Callable[[Connection, Moment], bytes]
    ) -> bytes:
        key = Key(str(agency), int(kind), bytes(subject))

        def judge(connection: Connection, at: Moment) -> tuple[Sequence[Entry], Sequence[Key]]:
            return ([] if rows.standing(connection, [key]) else [Entry(key, draw(connection, at))]), [key]

        (receipt,) = self.enter(agency, judge)
        return receipt

    def _record(
        self,
        connection: Connection,
        logs: Mapping[AgencyId, OpenLog],
        arrivals: Sequence[Arrival],
        at: Moment,
        quota: int,
    ) -> list[Reply]:
        if not arrivals:
            return []
        replies = record(connection, arrivals, at, quota)
        conflicts = [a for a, reply in zip(arrivals, replies, strict=True) if reply.status is DeliverStatus.CONFLICT]
        new = self._new_conflicts(connection, logs, conflicts, at)
        for arrival, reply in zip(arrivals, replies, strict=True):
            if reply.status is DeliverStatus.ACCEPTED:
                sealed, recipient = arrival.sealed, arrival.recipient
                event = delivered(sealed.leaf, sealed.sender, recipient, arrival.opening_key, at)
                new[recipient].append(Entry(_key(arrival, reply), event, str(sealed.sender)))
        self._append(connection, logs, new, at)
        asked = {_key(a, r) for a, r in zip(arrivals, replies, strict=True) if r.status in _LOGGED}
        proofs = self._prove(connection, logs, asked)
        return [
            Reply(reply.status, reply.leaf, reply.code, proofs.get(_key(arrival, reply), b""))
            for arrival, reply in zip(arrivals, replies, strict=True)
        ]

    def _new_conflicts(
        self,
        connection: Connection,
        logs: Mapping[AgencyId, OpenLog],
        arrivals: Sequence[Arrival],
        at: Moment,
    ) -> defaultdict[AgencyId, list[Entry]]:
        """Events of the conflicts that are kept as evidence and not entered yet."""
        new: defaultdict[AgencyId, list[Entry]] = defaultdict(list)
        if not arrivals:
            return new
        for agency in sorted({arrival.recipient for arrival in arrivals}):
            head_of(connection, logs[agency].id, lock=True)
        firsts = kept_conflicts(connection, arrivals)
        by_key = {_conflict_key(a): a for a in arrivals if (a.recipient, a.sealed.leaf) in firsts}
        for key in sorted(by_key.keys() - rows.standing(connection, by_key).keys()):
            sealed, recipient = by_key[key].sealed, by_key[key].recipient
            event = conflict(sealed.leaf, firsts[recipient, sealed.leaf], sealed.sender, recipient, at)
            new[recipient].append(Entry(key, event, str(sealed.sender)))
        return new

    def _append(
        self,
        connection: Connection,
        logs: Mapping[AgencyId, OpenLog],
        new: Mapping[AgencyId, Sequence[Entry]],
        at: Moment,
    ) -> None:
        # Always in this order, so that transactions wait for each other and do not cross.
        for agency, entries in sorted(new.items()):
            if entries:
                with _stuck(logs[agency].origin):
                    rows.enter(connection, logs[agency].id, self._keys[agency], entries, at)

    def _prove(self, connection: Connection, logs: Mapping[AgencyId, OpenLog], keys: Iterable[Key]) -> dict[Key, bytes]:
        """The receipts under each log's largest checkpoint; what is not entered or forgotten is missing."""
        places = rows.standing(connection, keys)
        by_log: defaultdict[int, dict[int, Key]] = defaultdict(dict)
        for key, place in places.items():
            by_log[place.log][place.number] = key
        origins = {one.id: one.origin for one in logs.values()}
        proofs: dict[Key, bytes] = {}
        for log_id, numbers in by_log.items():
            # A log that was replaced is read only: damage there halts nothing.
            with _stuck(origins[log_id]) if log_id in origins else suppress(WorldError):
                found = receipts(connection, log_id, numbers)
                proofs |= {numbers[number]: receipt for number, receipt in found.items()}
        return proofs

    def _write(self, agencies: set[AgencyId], work: Work[T]) -> T:
        """One transaction. A log that turns out to be unable to go on is halted, and the work done without it."""

        def attempt(connection: Connection) -> T:
            found = {agency: OpenLog(*rows.opened(connection, agency)) for agency in sorted(agencies)}
            going = {agency: one for agency, one in found.items() if not self.halts.refusal(one.origin)}
            return work(connection, going, self._clock.now())

        while True:
            try:
                done = self.database.write(attempt)
            except _Stuck as stuck:
                origin, code = stuck.origin, stuck.code
            else:
                self.wake()
                return done
            if not self.halts.halt(origin, code):
                raise WorldError(_TRY_LATER)
            self._log.error("a log takes nothing more", origin=origin, code=code)


_LOGGED = frozenset({DeliverStatus.ACCEPTED, DeliverStatus.DUPLICATE, DeliverStatus.CONFLICT})


def _conflict_key(arrival: Arrival) -> Key:
    return Key(str(arrival.recipient), int(LogEventKind.CONFLICT), bytes(arrival.sealed.leaf))


def _key(arrival: Arrival, reply: Reply) -> Key:
    """Under which an arrival stands in its recipient's log."""
    if reply.status is DeliverStatus.CONFLICT:
        return _conflict_key(arrival)
    return Key(str(arrival.recipient), int(LogEventKind.DELIVERED), bytes(arrival.sealed.leaf))


@contextmanager
def _stuck(origin: str) -> Iterator[None]:
    """What the store says of a log is said of the log with that origin."""
    try:
        yield
    except WorldError as error:
        code = error.code
    else:
        return
    raise _Stuck(origin, code)
