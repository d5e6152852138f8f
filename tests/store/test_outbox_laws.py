"""The law of the outbox: whatever crashes, hangs or is set back, every delivery ends once, and no bytes stay behind."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import Connection

from reference_node.store.engine import Database
from reference_node.store.relay import outbox
from reference_node.store.relay.intake import Arrival
from reference_node.store.relay.mailbox import outcomes
from reference_node.store.relay.outbox import Claim, Dispatch, Timing
from referral_proto.ids import AgencyId
from referral_proto.moment import DAY, Moment
from referral_proto.ports import DeliverStatus, Reply
from tests.store.boxes import NOON, PLENTY, RECIPIENTS, SENDERS, relay_database, rows, sealed

TIMING = Timing(lease=120, cap=900)
ROUTES = {RECIPIENTS[0]: "kh.one", RECIPIENTS[1]: "kh.two"}
DONE = Reply(DeliverStatus.ACCEPTED)


def dispatch(number: int, variant: int = 0, routes: dict[AgencyId, str] | None = None) -> Dispatch:
    envelope = sealed(number, variant)
    return Dispatch(Arrival(envelope, envelope.sender), ROUTES if routes is None else routes)


def submit(database: Database, *dispatches: Dispatch, at: Moment = NOON) -> list[Reply]:
    return database.write(lambda connection: outbox.queue(connection, dispatches, at))


def claim(database: Database, at: Moment, limit: int = 16, most: int = PLENTY) -> list[Claim]:
    with database.read() as connection:
        operator = outbox.due_operator(connection, at, TIMING, [])
    if operator is None:
        return []
    return database.write(lambda connection: outbox.claim(connection, operator, at, TIMING, limit, most))


def finish(database: Database, claims: list[Claim], at: Moment = NOON) -> None:
    database.write(lambda connection: outbox.finish(connection, [(one, DONE) for one in claims], at))


class Outbox(RuleBasedStateMachine):
    """Two processes over one database, of which any may stop at any moment."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.database = self.stack.enter_context(relay_database())
        self.at = NOON
        self.submitted: set[int] = set()
        self.claims: list[list[Claim]] = []

    @rule(number=st.integers(0, 9))
    def submit(self, number: int) -> None:
        (reply,) = submit(self.database, dispatch(number), at=self.at)
        new = number not in self.submitted
        assert reply.status is (DeliverStatus.ACCEPTED if new else DeliverStatus.DUPLICATE)
        self.submitted.add(number)

    @rule(limit=st.integers(1, 5))
    def claim(self, limit: int) -> None:
        claims = claim(self.database, self.at, limit)
        assert len(claims) <= limit
        assert len({one.operator for one in claims}) <= 1
        if claims:
            self.claims.append(claims)

    @rule(which=st.integers(0, 5))
    def finish(self, which: int) -> None:
        if which < len(self.claims):
            finish(self.database, self.claims.pop(which), self.at)

    @rule(which=st.integers(0, 5), seconds=st.integers(1, 900))
    def put_off(self, which: int, seconds: int) -> None:
        if which < len(self.claims):
            claims = self.claims.pop(which)

            def put_off(connection: Connection) -> None:
                for one in claims:
                    outbox.postpone(connection, one, one.operator, self.at + seconds, "net.unreachable")
                outbox.hold_back(connection, claims[0].operator, self.at, self.at + seconds)

            self.database.write(put_off)

    @rule()
    def crash(self) -> None:
        self.claims = []

    @rule(seconds=st.one_of(st.integers(0, 200), st.integers(-30 * DAY, 30 * DAY)))
    def set_the_clock(self, seconds: int) -> None:
        self.at = Moment(self.at + seconds)

    @invariant()
    def what_waits_has_its_bytes_and_nothing_ended_twice(self) -> None:
        held = Counter(row[2] for row in rows(self.database, "outbox"))
        assert held == Counter({row[0]: row[4] for row in rows(self.database, "envelope")})
        ended = Counter((row[2], row[3]) for row in rows(self.database, "outcome"))
        assert set(ended.values()) <= {1}
        assert len(ended) + held.total() == len(ROUTES) * len(self.submitted)

    def teardown(self) -> None:
        # Nobody is left but one process with a clock that runs: it ends everything.
        for _ in range(200):
            claims = claim(self.database, self.at)
            if claims:
                finish(self.database, claims, self.at)
            elif rows(self.database, "outbox"):
                self.at = self.at.plus(100)
            else:
                break
        assert rows(self.database, "outbox") == rows(self.database, "envelope") == []
        assert len(rows(self.database, "outcome")) == len(ROUTES) * len(self.submitted)
        self.stack.close()


TestOutbox = Outbox.TestCase
TestOutbox.settings = settings(max_examples=30, stateful_step_count=30)


def test_a_claim_holds_until_its_lease_ends() -> None:
    with relay_database() as database:
        submit(database, dispatch(1, routes={RECIPIENTS[0]: "kh.one"}))
        (first,) = claim(database, NOON)
        assert first.attempts == 1
        assert claim(database, NOON.plus(119)) == []
        (second,) = claim(database, NOON.plus(120))
        assert (second.id, second.attempts) == (first.id, 2)
        # The first process wakes up: it may not put off what another is working on, but what it delivered is delivered.
        database.write(lambda c: outbox.postpone(c, first, "kh.one", NOON + 800, "net.timeout"))
        assert rows(database, "outbox")[0][8] == NOON + 240
        finish(database, [first])
        finish(database, [second])
        with database.read() as connection:
            assert [one.cursor for one in outcomes(connection, SENDERS[1], 0, 64, PLENTY)] == [1]


def test_a_batch_has_a_size_but_is_never_empty() -> None:
    with relay_database() as database:
        submit(database, *(dispatch(number, routes={RECIPIENTS[0]: "kh.one"}) for number in range(6)))
        assert [len(claim(database, NOON, most=most)) for most in (1, 80, PLENTY)] == [1, 2, 3]
        assert {row[6] for row in rows(database, "outbox")} == {1}


def test_when_a_line_is_back_all_that_waited_for_it_is_due() -> None:
    with relay_database() as database:
        submit(database, *(dispatch(number) for number in range(3)))
        claims = claim(database, NOON, limit=1)
        database.write(lambda c: outbox.postpone(c, claims[0], "kh.one", NOON + 500, "net.timeout"))
        database.write(lambda c: outbox.hold_back(c, "kh.one", NOON, NOON + 300))
        with database.read() as connection:
            assert outbox.due_operator(connection, NOON, TIMING, ["kh.two"]) is None
        database.write(lambda c: outbox.hurry(c, "kh.one", NOON))
        with database.read() as connection:
            assert outbox.due_operator(connection, NOON, TIMING, ["kh.two"]) == "kh.one"


def test_two_submissions_of_one_message_id_are_a_conflict() -> None:
    with relay_database() as database:
        replies = submit(database, dispatch(1), dispatch(1, variant=1), dispatch(1))
        assert [reply.status for reply in replies] == [
            DeliverStatus.ACCEPTED,
            DeliverStatus.CONFLICT,
            DeliverStatus.DUPLICATE,
        ]


def test_an_id_is_never_used_again() -> None:
    with relay_database() as database:
        submit(database, dispatch(1, routes={RECIPIENTS[0]: "kh.one"}))
        (old,) = claim(database, NOON)
        finish(database, [old])
        submit(database, dispatch(2, routes={RECIPIENTS[0]: "kh.one"}))
        finish(database, [old])
        assert len(rows(database, "outbox")) == 1


def test_a_clock_set_back_neither_keeps_a_dead_claim_nor_a_long_wait() -> None:
    with relay_database() as database:
        submit(database, *(dispatch(number, routes={RECIPIENTS[0]: "kh.one"}) for number in (1, 2)))
        dead, put_off = claim(database, NOON, limit=2)
        database.write(lambda c: outbox.postpone(c, put_off, "kh.one", NOON + 900, "net.timeout"))
        year_before = NOON.plus(-365 * DAY)
        assert [one.id for one in claim(database, year_before)] == [dead.id, put_off.id]
        # And what is claimed by that clock is held by that clock.
        assert claim(database, year_before.plus(119)) == []
