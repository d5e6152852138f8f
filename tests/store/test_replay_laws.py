"""The law of replay protection: whatever the clock does, however often it is pruned or restarted, one key is accepted
at most once."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from reference_node.store.relay import open_relay
from reference_node.store.relay.mailbox import confirm
from reference_node.store.relay.upkeep import Ages, forget
from referral_proto.moment import DAY, Moment
from referral_proto.ports import DeliverStatus
from tests.store.boxes import NOON, RECIPIENTS, arrival, relay_database, rows, take

AGES = Ages(DAY, 90 * DAY, 400 * DAY)
EXPIRIES = [NOON + days * DAY for days in (1, 2, 5, 30)]


class Replay(RuleBasedStateMachine):
    """An attacker who keeps every envelope, and an operator who cannot set a clock."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.database = self.stack.enter_context(relay_database())
        self.at = NOON
        self.accepted: Counter[int] = Counter()

    @rule(number=st.integers(0, 7))
    def deliver(self, number: int) -> None:
        expires_at = EXPIRIES[number % 4]
        # `admit` has looked at the clock before the store is asked.
        if expires_at > self.at:
            (reply,) = take(self.database, arrival(number, expires_at=expires_at), at=self.at)
            self.accepted[number] += reply.status is DeliverStatus.ACCEPTED

    @rule()
    def prune(self) -> None:
        self.database.write(lambda connection: forget(connection, self.at, AGES))

    @rule()
    def confirm(self) -> None:
        self.database.write(lambda connection: confirm(connection, RECIPIENTS[0], 1 << 40, self.at))

    @rule(seconds=st.one_of(st.integers(-60 * DAY, 60 * DAY), st.integers(-2 * DAY, 2 * DAY)))
    def set_the_clock(self, seconds: int) -> None:
        self.at = Moment(self.at + seconds)

    @rule()
    def restart(self) -> None:
        url = str(self.database.engine.url)
        self.database.close()
        self.database = open_relay(url)

    @invariant()
    def each_is_accepted_at_most_once(self) -> None:
        assert not [number for number, times in self.accepted.items() if times > 1]

    def teardown(self) -> None:
        self.database.close()
        self.stack.close()


TestReplay = Replay.TestCase
TestReplay.settings = settings(max_examples=40, stateful_step_count=30)


def test_pruning_forgets_the_rows_and_remembers_how_far() -> None:
    with relay_database() as database:
        take(database, arrival(1, expires_at=NOON + 100), arrival(2, expires_at=NOON + 5 * DAY))
        later = NOON.plus(2 * DAY)
        assert database.write(lambda connection: forget(connection, later, AGES)) == 1
        assert len(rows(database, "seen")) == 1
        assert rows(database, "mark") == [("forgotten", NOON + 100)]
        (reply,) = take(database, arrival(1, expires_at=NOON + 100), at=NOON)
        assert (reply.status, reply.code) == (DeliverStatus.RETRY, "relay.try-later")


def test_not_pruned_before_the_margin_is_over() -> None:
    with relay_database() as database:
        take(database, arrival(1, expires_at=NOON + 100))
        for at in (NOON.plus(100), NOON.plus(99 + DAY)):
            assert database.write(lambda connection, at=at: forget(connection, at, AGES)) == 0  # type: ignore[misc]


def test_a_clock_that_ran_years_ahead_does_not_shut_the_door_for_years() -> None:
    with relay_database() as database:
        take(database, arrival(1, expires_at=NOON + DAY))
        database.write(lambda connection: forget(connection, NOON.plus(3650 * DAY), AGES))
        (old,) = take(database, arrival(1, expires_at=NOON + DAY))
        (new,) = take(database, arrival(2, expires_at=NOON + DAY + 1))
        assert (old.status, new.status) == (DeliverStatus.RETRY, DeliverStatus.ACCEPTED)


def test_what_waits_for_its_desk_is_never_forgotten() -> None:
    with relay_database() as database:
        take(database, arrival(1))
        database.write(lambda connection: forget(connection, NOON.plus(3650 * DAY), AGES))
        assert len(rows(database, "inbox")) == len(rows(database, "envelope")) == 1
