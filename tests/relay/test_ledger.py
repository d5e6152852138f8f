"""However deliveries are mixed, repeated, lost or cut off, what is stored and what is logged are the same."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path
from threading import Barrier, Thread
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from reference_node.observe import open_log
from reference_node.relay.halts import LogHalts
from reference_node.relay.ledger import Ledger
from reference_node.settings import LogSettings
from reference_node.store.engine import Database
from reference_node.store.log import append, checkpoint, events, head_of, open_successor
from reference_node.store.log import open_log as open_tree
from reference_node.store.log.tables import log_checkpoint
from reference_node.store.relay.intake import Arrival
from reference_node.store.relay.ledger import Key, forget_event, standing
from reference_node.store.relay.mailbox import collect
from reference_node.store.relay.tables import inbox
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.crypto.merkle import leaf_hash
from referral_proto.errors import PeerError, WorldError
from referral_proto.ids import AgencyId, Leaf, OpeningKeyId
from referral_proto.log.checkpoint import LogIdentity, read_head, sign_checkpoint, verify_checkpoint
from referral_proto.log.event import dummy
from referral_proto.log.head import Head
from referral_proto.log.receipt import Expected, VerifiedReceipt, verify_receipt
from referral_proto.log.tree import grow
from referral_proto.model.codes.log import LogEventKind
from referral_proto.model.log import LogEvent
from referral_proto.moment import Moment
from referral_proto.ports import DeliverStatus, Reply
from referral_proto.wire import decode
from tests.relay.world import HandClock
from tests.store.boxes import NOON, PLENTY, sealed
from tests.store.log_database import database, server, sqlite, url

__all__ = ["database", "server", "sqlite", "url"]  # fixtures

T = TypeVar("T")
ACCEPTED, DUPLICATE, CONFLICT, RETRY = (
    DeliverStatus.ACCEPTED,
    DeliverStatus.DUPLICATE,
    DeliverStatus.CONFLICT,
    DeliverStatus.RETRY,
)
OPENING_KEY = bytes(range(32))
KEYS = [LogKeys.create(), LogKeys.create()]
_numbers = count(1)


class Crash(Exception):
    """A process that dies."""


class Faulty:
    """A database whose next transaction dies before it commits, or is run once in vain."""

    def __init__(self, real: Database) -> None:
        self.real, self.fault = real, ""

    def write(self, work: Callable[[Connection], T]) -> T:
        fault, self.fault = self.fault, ""
        if fault:
            try:
                self.real.write(lambda connection: _die(work(connection)))
            except Crash:
                if fault == "dies":
                    raise
        return self.real.write(work)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def _die(_: object) -> Any:
    raise Crash


class Book:
    """A ledger over two agencies that no other test has, with a page of Python that says what should be in it."""

    def __init__(self, database: Database, file: Path | None = None) -> None:
        number = next(_numbers)
        self.agencies = [AgencyId(f"kh.first{number}"), AgencyId(f"kh.second{number}")]
        self.database = Faulty(database)
        self.halts, self.clock = LogHalts(), HandClock(NOON)
        keys = dict(zip(self.agencies, KEYS, strict=True))
        log = open_log(LogSettings(file=file) if file else LogSettings(level="error"), "relay", self.agencies[0])
        self.ledger = Ledger(self.database, keys, self.halts, self.clock, log)  # type: ignore[arg-type]
        self.indexes: dict[Key, int] = {}

    def identity(self, place: int) -> LogIdentity:
        return LogIdentity.of(self.agencies[place], KEYS[place])

    def arrival(self, number: int, place: int = 0, variant: int = 0) -> Arrival:
        # The sender is of this test alone, too: replay protection spans what others have stored.
        one = sealed(number, variant)
        return Arrival(
            one._replace(sender=AgencyId(f"{one.sender}-{self.agencies[0][8:]}")), self.agencies[place], OPENING_KEY
        )

    def deliver(self, *arrivals: Arrival) -> list[Reply]:
        return self.ledger.deliver(arrivals, PLENTY)

    def verified(self, arrival: Arrival, reply: Reply) -> VerifiedReceipt:
        """The reply's receipt proves what the reply says."""
        kind = LogEventKind.CONFLICT if reply.status is CONFLICT else LogEventKind.DELIVERED
        named = None if reply.status is CONFLICT else OPENING_KEY
        wanted = Expected(kind, arrival.sealed.leaf, arrival.sealed.sender, arrival.recipient, named)
        return verify_receipt(reply.receipt, wanted, self.identity(self.agencies.index(arrival.recipient)))

    def logged(self, place: int) -> list[LogEvent]:
        with self.database.real.read() as connection:
            log_id = open_tree(connection, self.agencies[place])
            found = events(connection, log_id, 0, 1 << 20)
            head = head_of(connection, log_id).head
            newest = read_head(checkpoint(connection, log_id)) if found else head
        assert [one.number for one in found] == list(range(len(found)))
        root = grow(0, (), [leaf_hash(one.entry) for one in found]).root
        # The tree is that of its entries, and what is signed is the tree.
        assert head == newest == Head(self.agencies[place], len(found), root)
        return [decode(LogEvent, one.event or b"") for one in found]


ARRIVALS = st.tuples(st.integers(0, 4), st.integers(0, 1), st.integers(0, 2))
STEPS = st.lists(
    st.tuples(st.lists(ARRIVALS, min_size=1, max_size=6), st.sampled_from(["", "", "dies", "again"])),
    min_size=1,
    max_size=6,
)


@pytest.mark.req("LOG-04", "LOG-10", "LOG-11")
@given(STEPS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_stored_is_logged_once_and_what_is_not_is_not(
    database: Database, steps: list[tuple[list[tuple[int, int, int]], str]]
) -> None:
    book = Book(database)
    first: dict[tuple[int, int], Leaf] = {}
    indexes: dict[tuple[str, Leaf, DeliverStatus], tuple[int, Leaf]] = {}
    for wanted, fault in steps:
        arrivals = [book.arrival(*one) for one in wanted]
        book.database.fault = fault
        try:
            replies = book.deliver(*arrivals)
        except Crash:
            continue
        for (number, place, _), arrival, reply in zip(wanted, arrivals, replies, strict=True):
            leaf = arrival.sealed.leaf
            known = (number, place) in first
            assert first.setdefault((number, place), leaf) == leaf or reply.status is CONFLICT
            proved = book.verified(arrival, reply)
            key = (arrival.recipient, leaf, CONFLICT if reply.status is CONFLICT else ACCEPTED)
            if reply.status is ACCEPTED:
                assert not known and key not in indexes
            if reply.status is CONFLICT:
                assert proved.event.related == first[number, place] != leaf
            # The same event and the same place, whoever asks and however often.
            assert indexes.setdefault(key, (proved.index, proved.leaf)) == (proved.index, proved.leaf)
    for place, agency in enumerate(book.agencies):
        found = Counter((one.kind, Leaf(one.subject)) for one in book.logged(place))
        assert set(found.values()) <= {1}
        said = {
            (LogEventKind.CONFLICT if s is CONFLICT else LogEventKind.DELIVERED, x)
            for a, x, s in indexes
            if a == agency
        }
        assert set(found) == said
        with database.read() as connection:
            stored = connection.scalars(select(inbox.c.leaf).where(inbox.c.recipient == agency)).all()
        # Store and log hold the same, whatever was cut off between.
        assert Counter(map(bytes, stored)) == Counter(bytes(x) for kind, x in found if kind is LogEventKind.DELIVERED)


def test_many_at_once_in_any_order_wait_for_each_other_and_do_not_cross(database: Database) -> None:
    book = Book(database)
    arrivals = [book.arrival(number, place) for number in range(12) for place in (0, 1)]
    replies: list[Reply] = []
    barrier = Barrier(4)

    def bring(mine: list[Arrival]) -> None:
        barrier.wait()
        for start in range(0, len(mine), 4):
            replies.extend(book.deliver(*mine[start : start + 4]))

    orders = [arrivals, arrivals[::-1], arrivals[1::2] + arrivals[::2], arrivals[12:] + arrivals[:12]]
    threads = [Thread(target=bring, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(reply.status for reply in replies) == {ACCEPTED: 24, DUPLICATE: 72}
    for place in (0, 1):
        assert len(book.logged(place)) == 12


@pytest.mark.req("LOG-08")
def test_a_log_that_cannot_go_on_stores_nothing_and_holds_up_nobody_else(database: Database, tmp_path: Path) -> None:
    book = Book(database, tmp_path / "relay.log")
    assert [r.status for r in book.deliver(book.arrival(1))] == [ACCEPTED]

    def sign_more_than_there_is(connection: Connection) -> None:
        log_id = open_tree(connection, book.agencies[0])
        row = {"log": log_id, "size": 9, "at": NOON, "root": bytes(32), "note": b"lost"}
        connection.execute(log_checkpoint.insert(), row)

    database.write(sign_more_than_there_is)
    stuck, goes = book.arrival(2), book.arrival(2, 1)
    for _ in range(2):
        replies = book.deliver(stuck, goes)
        assert (replies[0].status, replies[0].code, replies[0].receipt) == (RETRY, "relay.try-later", b"")
        assert book.verified(goes, replies[1]).index == 0
    assert book.halts.refusal(book.agencies[0]) == "log.forked"
    with database.read() as connection:
        assert len(collect(connection, book.agencies[0], 0, 64, PLENTY)) == 1
        assert standing(connection, [Key(book.agencies[0], int(LogEventKind.DELIVERED), stuck.sealed.leaf)]) == {}
    with pytest.raises(WorldError, match=r"relay\.try-later"):
        book.ledger.dummy(book.agencies[0])
    said = [json.loads(line) for line in (tmp_path / "relay.log").read_text("utf-8").splitlines()]
    assert [(one["level"], one["origin"], one["code"]) for one in said] == [("error", book.agencies[0], "log.forked")]
    # A successor goes on without a restart, and what stood in the old log is still proved from there.
    lost = Head(book.agencies[0], 1, bytes(32))
    database.write(lambda connection: open_successor(connection, lost, NOON))
    (reply,) = book.deliver(stuck)
    assert reply.status is ACCEPTED
    successor = LogIdentity.of(f"{book.agencies[0]}/2", KEYS[0])
    wanted = Expected(LogEventKind.DELIVERED, stuck.sealed.leaf, stuck.sealed.sender, book.agencies[0], OPENING_KEY)
    assert verify_receipt(reply.receipt, wanted, successor).index == 1


def test_one_signature_and_a_fixed_number_of_statements_for_a_group(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy import event as sql_event

    book = Book(database)
    book.deliver(book.arrival(100), book.arrival(100, 1))
    ran: list[str] = []
    sql_event.listen(database.engine, "before_cursor_execute", lambda *a: ran.append(a[2]))
    signed: list[Head] = []
    # Where the store takes it from.
    name = "reference_node.store.log.checkpoints.sign_checkpoint"

    def count_and_sign(head: Head, keys: LogKeys, at: Moment) -> bytes:
        signed.append(head)
        return sign_checkpoint(head, keys, at)

    monkeypatch.setattr(name, count_and_sign)
    counts = []
    for start, size in ((0, 2), (10, 40)):
        ran.clear()
        book.deliver(*(book.arrival(start + number, number % 2) for number in range(size)))
        counts.append(len(ran))
    assert len(signed) == 4
    assert counts[0] == counts[1]


def test_a_dummy_an_opening_key_and_a_head_are_entered_once(database: Database) -> None:
    book = Book(database)
    agency, woken = book.agencies[0], []
    book.ledger.wake = lambda: woken.append(1)
    head = Head(f"{agency}/desk", 3, bytes(32))
    note = sign_checkpoint(head, LogKeys.create(), Moment(NOON))
    receipts = [book.ledger.anchor(agency, note) for _ in range(2)]
    assert receipts[0] == receipts[1]
    verify_receipt(receipts[0], Expected(LogEventKind.ANCHORED, head.digest(), agency), book.identity(0))
    key = OpeningKeyId(bytes(range(32)))
    for _ in range(2):
        receipt = book.ledger.opening_key(agency, bytes(32), key)
        wanted = Expected(LogEventKind.OPENING_KEY, bytes(32), agency, None, key)
        assert verify_receipt(receipt, wanted, book.identity(0)).index == 1
    book.ledger.dummy(agency)
    book.ledger.dummy(agency)
    kinds = [one.kind for one in book.logged(0)]
    assert kinds == [LogEventKind.ANCHORED, LogEventKind.OPENING_KEY, LogEventKind.DUMMY, LogEventKind.DUMMY]
    assert woken


def test_a_conflict_beyond_those_that_are_kept_is_told_and_not_logged(database: Database) -> None:
    book = Book(database)
    book.deliver(book.arrival(1))
    replies = [book.deliver(book.arrival(1, variant=variant))[0] for variant in range(1, 20)]
    assert {reply.status for reply in replies} == {CONFLICT}
    assert [bool(reply.receipt) for reply in replies] == [True] * 16 + [False] * 3
    assert len(book.logged(0)) == 17


def test_a_forgotten_event_leaves_no_name_behind(database: Database) -> None:
    book = Book(database)
    arrival = book.arrival(1)
    book.deliver(arrival)
    agency, kind, leaf = book.agencies[0], LogEventKind.DELIVERED, arrival.sealed.leaf
    assert database.write(lambda connection: forget_event(connection, agency, kind, leaf))
    assert not database.write(lambda connection: forget_event(connection, agency, kind, leaf))
    (reply,) = book.deliver(arrival)
    assert (reply.status, reply.receipt) == (DUPLICATE, b"")


def test_a_receipt_is_of_one_recipient_alone(database: Database) -> None:
    book = Book(database)
    here, there = book.arrival(1), book.arrival(1, 1)
    replies = book.deliver(here, there)
    wanted = Expected(LogEventKind.DELIVERED, here.sealed.leaf, here.sealed.sender, there.recipient, OPENING_KEY)
    for identity in (book.identity(0), book.identity(1)):
        with pytest.raises(PeerError, match=r"receipt\.mismatch"):
            verify_receipt(replies[0].receipt, wanted, identity)
    own = Expected(LogEventKind.DELIVERED, here.sealed.leaf, here.sealed.sender, here.recipient, OPENING_KEY)
    with pytest.raises(PeerError, match=r"checkpoint\.origin"):
        verify_receipt(replies[0].receipt, own, book.identity(1))


def test_events_of_before_and_after_have_a_head_that_grows(database: Database) -> None:
    book = Book(database)
    sizes = []
    for number in range(5):
        reply = book.deliver(book.arrival(number))[0]
        sizes.append(book.verified(book.arrival(number), reply).checkpoint.size)
    assert sizes == [1, 2, 3, 4, 5]
    with database.read() as connection:
        note = checkpoint(connection, open_tree(connection, book.agencies[0]))
    assert verify_checkpoint(note, book.identity(0)).signed_at == Moment(NOON)
    database.write(lambda connection: append(connection, open_tree(connection, book.agencies[1]), [dummy(NOON)]))
