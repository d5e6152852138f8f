"""The same queries on PostgreSQL, with several processes' worth of threads over one database."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from reference_node.store.engine import Database
from reference_node.store.log import METADATA as LOGS
from reference_node.store.relay import TREE, open_relay, outbox
from reference_node.store.relay.mailbox import collect, confirm
from reference_node.store.relay.outbox import Claim
from reference_node.store.relay.tables import METADATA
from reference_node.store.relay.upkeep import Ages, forget
from referral_proto.errors import WorldError
from referral_proto.moment import DAY
from referral_proto.ports import DeliverStatus
from tests.house.tree import ROOT
from tests.store.boxes import NOON, PLENTY, RECIPIENTS, arrival, rows, take
from tests.store.postgres import postgres
from tests.store.test_intake_laws import CALLS, expected
from tests.store.test_outbox_laws import ROUTES, TIMING, dispatch, finish, submit

ACCEPTED, DUPLICATE = DeliverStatus.ACCEPTED, DeliverStatus.DUPLICATE
NUMBERS = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as url:
        yield url


@contextmanager
def empty(server: str) -> Iterator[str]:
    """The URL of a schema of its own: as good as a database, and made in a moment."""
    name = f"test_{next(NUMBERS)}"
    engine = create_engine(server)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    yield f"{server}&options=-csearch_path%3D{name}"
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    engine.dispose()


@pytest.fixture
def two(server: str) -> Iterator[tuple[Database, Database]]:
    """One database, as two processes see it."""
    with empty(server) as url:
        databases = open_relay(url), open_relay(url)
        yield databases
        for database in databases:
            database.close()


def test_processes_that_meet_an_empty_database_migrate_it_once(server: str) -> None:
    with empty(server) as url:
        program = f"""
import alembic.op, sys
from reference_node.store.relay import open_relay
print("ready", flush=True)
sys.stdin.readline()
open_relay({url!r}).close()
"""
        starting = [
            subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
            for _ in range(3)
        ]
        for one in starting:
            assert one.stdout is not None
            assert one.stdout.readline() == b"ready\n"
        for one in starting:
            assert one.stdin is not None
            one.stdin.write(b"\n")
            one.stdin.flush()
        for one in starting:
            one.communicate()
        assert [one.returncode for one in starting] == [0, 0, 0]
        database = open_relay(url)
        with database.read() as connection:
            context = MigrationContext.configure(connection, opts={"version_table": TREE.version_table})
            assert compare_metadata(context, [METADATA, LOGS]) == []
        assert rows(database, "mark") == [("forgotten", 0)]
        database.close()


def test_a_newer_database_is_left_alone(server: str) -> None:
    with empty(server) as url:
        database = open_relay(url)
        database.write(lambda connection: connection.execute(text("UPDATE relay_version SET version_num = '9999'")))
        database.close()
        with pytest.raises(WorldError) as caught:
            open_relay(url)
        assert caught.value.code == "store.newer-version"


@given(CALLS)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_answers_as_on_sqlite(server: str, calls: list[list[object]]) -> None:
    with empty(server) as url:
        database = open_relay(url)
        _, answers = expected(calls)  # type: ignore[arg-type]
        assert [[reply.status for reply in take(database, *call)] for call in calls] == answers  # type: ignore[arg-type]
        database.close()


@given(st.lists(st.permutations(range(12)), min_size=4, max_size=4))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_envelope_is_stored_once_however_many_bring_it_at_once(server: str, orders: list[list[int]]) -> None:
    with empty(server) as url:
        databases = [open_relay(url), open_relay(url)]
        barrier = Barrier(4)

        def deliver(place: int) -> list[tuple[int, DeliverStatus]]:
            barrier.wait(60)
            answered = []
            for start in range(0, 12, 3):
                numbers = orders[place][start : start + 3]
                replies = take(databases[place % 2], *(arrival(n, recipient=r) for n in numbers for r in (0, 1)))
                answered += [
                    (n, reply.status) for n, reply in zip((m for m in numbers for _ in (0, 1)), replies, strict=True)
                ]
            return answered

        with ThreadPoolExecutor(4) as pool:
            answers = [one for many in pool.map(deliver, range(4)) for one in many]
        assert Counter(answers) == Counter(
            {(n, s): (2 if s is ACCEPTED else 6) for n in range(12) for s in (ACCEPTED, DUPLICATE)}
        )
        for recipient in RECIPIENTS:
            cursors = [row[1] for row in rows(databases[0], "inbox") if row[0] == recipient]
            assert cursors == list(range(1, 13))
        assert {row[4] for row in rows(databases[0], "envelope")} == {2}
        for database in databases:
            database.close()


def test_no_cursor_shows_before_a_smaller_one(two: tuple[Database, Database]) -> None:
    """A desk that reads on from the last cursor it saw misses nothing, whatever order transactions end in."""
    seen: list[int] = []
    barrier = Barrier(4)

    def deliver(place: int) -> None:
        barrier.wait(60)
        for number in range(place * 100, place * 100 + 25):
            take(two[place % 2], arrival(number))

    def read() -> None:
        barrier.wait(60)
        while len(seen) < 75:
            with two[0].read() as connection:
                seen.extend(one.cursor for one in collect(connection, RECIPIENTS[0], max(seen, default=0), 64, PLENTY))

    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(deliver, place) for place in range(3)] + [pool.submit(read)]
        for job in jobs:
            job.result(100)
    assert seen == list(range(1, 76))


def test_confirming_for_one_tenant_while_it_comes_for_the_other(two: tuple[Database, Database]) -> None:
    for number in range(60):
        take(two[0], arrival(number, recipient=0))
    barrier = Barrier(2)

    def confirm_all() -> None:
        barrier.wait(60)
        for cursor in range(1, 61):
            two[0].write(lambda connection, c=cursor: confirm(connection, RECIPIENTS[0], c, NOON))  # type: ignore[misc]

    def bring_all() -> None:
        barrier.wait(60)
        for number in range(60):
            take(two[1], arrival(number, recipient=1))

    with ThreadPoolExecutor(2) as pool:
        for job in [pool.submit(confirm_all), pool.submit(bring_all)]:
            job.result(100)
    with two[0].read() as connection:
        got = collect(connection, RECIPIENTS[1], 0, 64, PLENTY)
    assert len(got) == 60
    assert {row[4] for row in rows(two[0], "envelope")} == {1}
    sizes = Counter({row[0]: row[1] for row in rows(two[0], "stored")})
    assert sizes.total() == 60 * 40


def test_two_processes_never_claim_the_same_delivery(two: tuple[Database, Database]) -> None:
    submit(two[0], *(dispatch(number) for number in range(50)))
    barrier = Barrier(4)

    def work(place: int) -> list[Claim]:
        barrier.wait(60)
        done: list[Claim] = []
        database = two[place % 2]
        while True:
            with database.read() as connection:
                operator = outbox.due_operator(connection, NOON, TIMING, [])
            if operator is None:
                return done
            claims = database.write(lambda c, o=operator: outbox.claim(c, o, NOON, TIMING, 7, PLENTY))  # type: ignore[misc]
            assert len(claims) <= 7
            done += claims
            finish(database, claims)

    with ThreadPoolExecutor(4) as pool:
        claimed = [one.id for many in pool.map(work, range(4)) for one in many]
    assert sorted(claimed) == sorted(set(claimed))
    assert len(claimed) == 50 * len(ROUTES)
    outcomes = rows(two[0], "outcome")
    assert sorted((row[0], row[1]) for row in outcomes) == sorted(
        (agency, cursor) for agency in {row[0] for row in outcomes} for cursor in range(1, 51)
    )
    assert rows(two[0], "envelope") == rows(two[0], "outbox") == []


def test_pruning_waits_for_deliveries_that_have_looked(two: tuple[Database, Database]) -> None:
    take(two[0], arrival(1, expires_at=NOON + 60))
    ages = Ages(DAY, DAY, DAY)
    assert two[1].write(lambda connection: forget(connection, NOON.plus(2 * DAY), ages)) == 1
    (reply,) = take(two[0], arrival(1, expires_at=NOON + 60))
    assert (reply.status, reply.code) == (DeliverStatus.RETRY, "relay.try-later")


def test_a_server_that_goes_away_is_said_and_its_return_is_found(server: str) -> None:
    with empty(server) as url:
        database = open_relay(url)
        with database.read() as connection:
            pid = connection.scalar(text("SELECT pg_backend_pid()"))
        killer = open_relay(url)
        killer.write(lambda connection: connection.execute(text(f"SELECT pg_terminate_backend({pid})")))
        assert rows(database, "mark") == [("forgotten", 0)]
        killer.close()
        database.close()
