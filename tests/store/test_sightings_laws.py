"""The law of sightings: however much is seen of a log, little waits, the largest stays, and evidence is never lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reference_node.store.relay import sightings as rows
from reference_node.store.relay.outbox import Timing
from reference_node.store.relay.sightings import Seen
from referral_proto.moment import Moment
from tests.store.boxes import NOON, relay_database
from tests.store.log_database import database, server, url  # noqa: F401 - fixtures


def claim(opened: Any, at: Moment) -> Any:
    timing = Timing(60, 60)
    with opened.read() as connection:
        due = rows.due(connection, at, timing)
    return None if due is None else opened.write(lambda connection: rows.claim(connection, due, at, timing))


sizes = st.lists(st.tuples(st.integers(1, 200), st.integers(0, 1)), min_size=1, max_size=90)


@given(sizes)
def test_however_much_is_seen_little_waits_and_the_largest_stays(came: list[tuple[int, int]]) -> None:
    with relay_database() as opened:
        for size, variant in came:
            one = Seen("xb.shelter", size, bytes([variant]) * 32, b"%d/%d" % (size, variant), NOON + size)
            opened.write(lambda connection, one=one: rows.enter(connection, [one], NOON, NOON))  # type: ignore[misc]
        with opened.read() as connection:
            ((largest, *_), *_) = rows.newest(connection, (), 8)
        assert largest.size == max(size for size, _ in came)
        watch = claim(opened, NOON)
        if len(set(came)) == 1:
            assert watch is None
        else:
            assert watch is not None
            assert 2 <= len(watch.seen) <= 65
            assert claim(opened, NOON) is None


def test_what_comes_while_a_log_is_asked_waits_its_turn(database: Any) -> None:  # noqa: F811 - the fixture
    def seen(size: int) -> Seen:
        return Seen("xb.shelter", size, bytes([size]) * 32, b"note %d" % size, NOON + size)

    database.write(lambda connection: rows.enter(connection, [seen(1), seen(2)], NOON, NOON))
    watch = claim(database, NOON)
    database.write(lambda connection: rows.enter(connection, [seen(3)], NOON, NOON))
    database.write(lambda connection: rows.settle(connection, watch, seen(4), NOON, NOON))
    again = claim(database, NOON)
    assert [one.size for one in again.seen] == [3, 4]
    assert database.write(lambda connection: rows.contradict(connection, "xb.shelter", b"evidence"))
    assert not database.write(lambda connection: rows.contradict(connection, "xb.shelter", b"more"))
    assert claim(database, NOON.plus(100)) is None
    with database.read() as connection:
        assert rows.contradictions(connection) == {"xb.shelter": b"evidence"}
