"""Laws of the intake's store: however deliveries are shuffled, cut, repeated or lost on the way back, each is stored
once, the first wins, and what is confirmed leaves no bytes and no way in."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_node.store.engine import Database
from reference_node.store.relay.holdings import ReplayKey
from reference_node.store.relay.intake import Arrival
from reference_node.store.relay.mailbox import collect, confirm
from referral_proto.ids import Leaf
from referral_proto.ports import DeliverStatus
from tests.store.boxes import NOON, PLENTY, RECIPIENTS, arrival, relay_database, rows, take

ARRIVALS = st.builds(arrival, st.integers(0, 9), st.integers(0, 1), st.integers(0, 2))
CALLS = st.lists(st.lists(ARRIVALS, max_size=8), min_size=1, max_size=8)


def state(database: Database) -> dict[str, object]:
    """All that is stored, without the order in which it came."""
    return {
        "seen": rows(database, "seen"),
        "inbox": Counter((row[0], row[2]) for row in rows(database, "inbox")),
        "envelope": rows(database, "envelope"),
        "stored": rows(database, "stored"),
    }


def expected(calls: list[list[Arrival]]) -> tuple[dict[ReplayKey, Leaf], list[list[DeliverStatus]]]:
    """What a page of Python says should happen."""
    first: dict[ReplayKey, Leaf] = {}
    answers: list[list[DeliverStatus]] = []
    for call in calls:
        answers.append([])
        for one in call:
            leaf = one.sealed.leaf
            new = one.key not in first
            first.setdefault(one.key, leaf)
            same = DeliverStatus.ACCEPTED if new else DeliverStatus.DUPLICATE
            answers[-1].append(same if first[one.key] == leaf else DeliverStatus.CONFLICT)
    return first, answers


@pytest.mark.req("TRN-05", "TRN-06")
@given(CALLS)
def test_the_first_under_a_key_is_stored_once_and_every_other_is_told_so(calls: list[list[Arrival]]) -> None:
    first, answers = expected(calls)
    with relay_database() as database:
        replies = [take(database, *call) for call in calls]
        assert [[reply.status for reply in call] for call in replies] == answers
        assert [[reply.leaf for reply in call] for call in replies] == [[a.sealed.leaf for a in call] for call in calls]
        assert [row[:4] for row in rows(database, "seen")] == sorted((*key, leaf) for key, leaf in first.items())
        places = sorted((row[0], row[2]) for row in rows(database, "inbox"))
        assert places == sorted((key.recipient, leaf) for key, leaf in first.items())
        holders = Counter(first.values())
        assert {row[0]: row[4] for row in rows(database, "envelope")} == holders
        sizes = {row[0]: (row[3], row[2]) for row in rows(database, "envelope")}
        by_sender: Counter[str] = Counter()
        for sender, size in sizes.values():
            by_sender[sender] += size
        assert dict(rows(database, "stored")) == by_sender
        others = {(*a.key, a.sealed.leaf) for call in calls for a in call if first[a.key] != a.sealed.leaf}
        assert {row[:4] for row in rows(database, "conflict")} == others


@pytest.mark.req("TRN-05")
@given(st.lists(ARRIVALS, min_size=1, max_size=12, unique_by=lambda a: a.key), st.data())
def test_order_repetition_and_lost_replies_change_nothing(arrivals: list[Arrival], data: st.DataObject) -> None:
    with relay_database() as database:
        take(database, *arrivals)
        once = state(database)
    with relay_database() as database:
        waiting = [*arrivals, *data.draw(st.lists(st.sampled_from(arrivals), max_size=10))]
        waiting = data.draw(st.permutations(waiting))
        while waiting:
            call, waiting = waiting[:4], waiting[4:]
            replies = take(database, *call)
            assert {reply.status for reply in replies} <= {DeliverStatus.ACCEPTED, DeliverStatus.DUPLICATE}
            if data.draw(st.booleans()):
                # The replies were lost: the sender tries again, and only now it is a duplicate throughout.
                assert {reply.status for reply in take(database, *call)} == {DeliverStatus.DUPLICATE}
        assert state(database) == once


@given(CALLS, st.integers(1, 7))
def test_collected_and_confirmed_leaves_no_bytes_and_lets_nothing_in_again(
    calls: list[list[Arrival]], step: int
) -> None:
    with relay_database() as database:
        for call in calls:
            take(database, *call)
        first, _ = expected(calls)
        for recipient in RECIPIENTS:
            cursor, got = 0, []
            while True:
                with database.read() as connection:
                    batch = collect(connection, recipient, cursor, step, PLENTY)
                if not batch:
                    break
                got += [one.envelope[:32] for one in batch]
                cursor = batch[-1].cursor
                database.write(lambda connection, r=recipient, c=cursor: confirm(connection, r, c, NOON))  # type: ignore[misc]
            assert sorted(got) == sorted(leaf for key, leaf in first.items() if key.recipient == recipient)
        assert rows(database, "envelope") == []
        assert {size for _, size in rows(database, "stored")} <= {0}
        for call in calls:
            assert DeliverStatus.ACCEPTED not in {reply.status for reply in take(database, *call)}
        assert rows(database, "envelope") == []


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 100)), max_size=20, unique_by=lambda t: t[0]))
def test_a_sender_never_holds_more_than_its_quota(sizes: list[tuple[int, int]]) -> None:
    with relay_database() as database:
        for number, size in sizes:
            one = arrival(2 * number, size=40 + size)
            (reply,) = take(database, one, quota=250)
            used = dict(rows(database, "stored")).get(one.sealed.sender, 0)
            assert used <= 250
            if reply.status is DeliverStatus.RETRY:
                assert reply.code == "relay.quota"
                assert used + len(one.sealed.data) > 250
                database.write(lambda connection: confirm(connection, RECIPIENTS[0], 1 << 40, NOON))
                assert [r.status for r in take(database, one, quota=250)] == [DeliverStatus.ACCEPTED]


def test_what_came_twice_in_one_call_is_new_once() -> None:
    with relay_database() as database:
        one, twin = arrival(1), arrival(1, variant=1)
        assert [reply.status for reply in take(database, one, one, twin)] == [
            DeliverStatus.ACCEPTED,
            DeliverStatus.DUPLICATE,
            DeliverStatus.CONFLICT,
        ]


@pytest.mark.req("TRN-06")
def test_conflicts_are_kept_as_evidence_but_do_not_fill_the_disk() -> None:
    with relay_database() as database:
        take(database, arrival(1))
        for variant in range(1, 40):
            (reply,) = take(database, arrival(1, variant=variant))
            assert (reply.status, reply.code) == (DeliverStatus.CONFLICT, "relay.conflict")
        kept = rows(database, "conflict")
        assert len(kept) == 16
        assert {row[4] for row in kept} == {arrival(1).sealed.leaf}


@pytest.mark.parametrize(("most", "expected_count"), [(1, 1), (100, 2), (120, 3), (PLENTY, 5)])
def test_a_batch_has_a_size_but_is_never_empty_while_something_waits(most: int, expected_count: int) -> None:
    with relay_database() as database:
        take(database, *(arrival(number) for number in range(5)))
        with database.read() as connection:
            assert len(collect(connection, RECIPIENTS[0], 0, 64, most)) == expected_count


def test_cursors_of_one_box_rise_and_those_of_another_do_not_move() -> None:
    with relay_database() as database:
        for number in range(6):
            take(database, arrival(number, recipient=number % 2))
        assert [row[:2] for row in rows(database, "inbox")] == [
            (recipient, cursor) for recipient in RECIPIENTS for cursor in (1, 2, 3)
        ]


@pytest.mark.req("TRN-09")
def test_confirming_ahead_confirms_nothing_that_comes_later() -> None:
    with relay_database() as database:
        assert database.write(lambda connection: confirm(connection, RECIPIENTS[0], 1000, NOON)) == 0
        take(database, arrival(1))
        with database.read() as connection:
            assert [one.cursor for one in collect(connection, RECIPIENTS[0], 0, 64, PLENTY)] == [1]
