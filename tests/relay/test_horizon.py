"""A clock that jumps ahead ends nothing: no replay protection goes, no delivery is given up, no mail is refused."""

from __future__ import annotations

import pytest

from reference_node.relay.horizon import Horizon
from reference_node.store.relay.upkeep import Ages, forget, keep_time
from referral_proto.moment import DAY, HOUR, MINUTE, Moment
from referral_proto.ports import DeliverStatus, Delivery
from tests.relay.relays import Pair
from tests.relay.world import KH, START, TH, deliveries, statuses
from tests.store.boxes import arrival, relay_database, rows, take

ACCEPTED, DUPLICATE, REFUSED, RETRY = (
    DeliverStatus.ACCEPTED,
    DeliverStatus.DUPLICATE,
    DeliverStatus.REFUSED,
    DeliverStatus.RETRY,
)
YEAR, STEP = 366 * DAY, 10 * MINUTE
AGES = Ages(DAY, DAY, DAY)


@pytest.mark.req("TRN-07")
@pytest.mark.parametrize("turns_before", [0, 1])
def test_an_hour_a_year_ahead_shuts_no_door(pair: Pair, turns_before: int) -> None:
    app = pair.apps[TH]
    for _ in range(turns_before):
        app.upkeep.turn()
    planted = deliveries(pair.world.seal(KH, [TH], lifetime=30 * DAY), TH)
    assert statuses(app.intake.take(planted, KH)) == [ACCEPTED]
    pair.clock.move(YEAR)
    for _ in range(60 if turns_before else 1):
        app.upkeep.turn()
    pair.clock.move(-YEAR)
    for life in (DAY, 7 * DAY, 29 * DAY):
        fresh = deliveries(pair.world.seal(KH, [TH], lifetime=life), TH)
        assert statuses(app.intake.take(fresh, KH)) == [ACCEPTED]
    assert statuses(app.intake.take(planted, KH)) == [DUPLICATE]


def test_mail_that_comes_while_the_clock_is_ahead_is_asked_for_again(pair: Pair) -> None:
    app = pair.apps[KH]
    app.upkeep.turn()
    (sealed,) = pair.world.seal(TH, [KH])
    pair.clock.move(YEAR)
    for _ in range(2):
        app.upkeep.turn()
        (reply,) = app.intake.take([Delivery(sealed.envelope, KH)], TH)
        assert (reply.status, reply.code) == (RETRY, "relay.try-later")
    pair.clock.move(-YEAR)
    assert statuses(app.intake.take([Delivery(sealed.envelope, KH)], TH)) == [ACCEPTED]


@pytest.mark.req("TRN-13")
def test_nothing_is_given_up_by_a_clock_that_jumped(pair: Pair) -> None:
    app = pair.apps[TH]
    app.upkeep.turn()
    (sealed,) = pair.world.seal(TH, [KH], lifetime=HOUR)
    app.mailbox.submit(TH, [sealed.envelope])
    pair.cut.add(KH)
    pair.clock.move(YEAR)
    app.upkeep.turn()
    pair.turn()
    assert app.mailbox.outcomes(TH, 0, 64) == ()
    pair.cut.clear()
    pair.clock.move(-YEAR)
    pair.turn()
    assert [one.status for one in app.mailbox.outcomes(TH, 0, 64)] == [ACCEPTED]


@pytest.mark.req("TRN-13")
def test_a_relay_that_was_off_catches_up_and_then_gives_up_what_is_over(pair: Pair) -> None:
    app = pair.apps[TH]
    app.upkeep.turn()
    (sealed,) = pair.world.seal(TH, [KH], lifetime=HOUR)
    app.mailbox.submit(TH, [sealed.envelope])
    pair.cut.add(KH)
    pair.clock.move(2 * DAY)
    for _ in range(2 * DAY // STEP):
        app.upkeep.turn()
    pair.turn()
    assert [one.code for one in app.mailbox.outcomes(TH, 0, 64)] == ["outbox.expired"]
    assert not rows(app.database, "outbox")
    app.upkeep.turn()
    assert not rows(app.database, "seen")


def test_the_trusted_time_follows_in_steps_and_is_kept() -> None:
    with relay_database() as database:

        def turn(clock: Moment) -> tuple[Moment, bool]:
            return database.write(lambda connection: keep_time(connection, clock, STEP))

        assert turn(START) == (START, False)
        assert turn(START.plus(MINUTE)) == (START.plus(MINUTE), True)
        assert turn(START.plus(MINUTE + YEAR)) == (START.plus(MINUTE + STEP), False)
        assert turn(START.plus(2 * MINUTE)) == (START.plus(2 * MINUTE), True)
        # A dead battery for a turn, and what the clock says after it.
        assert turn(Moment(60)) == (START.plus(2 * MINUTE - STEP), True)
        assert turn(START.plus(3 * MINUTE)) == (START.plus(2 * MINUTE), False)
        assert ("trusted", START + 2 * MINUTE) in rows(database, "mark")


def test_a_first_clock_before_this_program_was_is_not_followed_from() -> None:
    with relay_database() as database:
        for clock, settled in ((Moment(0), False), (START, False), (START.plus(MINUTE), True)):
            found = database.write(lambda connection, at=clock: keep_time(connection, at, STEP))  # type: ignore[misc]
            assert found == (clock, settled)


def test_believed_up_to_a_step_beyond_the_last_turn() -> None:
    horizon = Horizon(60.0)
    assert horizon.step == STEP
    assert horizon.believes(START.plus(YEAR))
    horizon.move(START)
    assert horizon.believes(START.plus(STEP))
    assert not horizon.believes(START.plus(STEP + 1))
    assert Horizon(0.05).step == MINUTE


@pytest.mark.req("TRN-07")
def test_what_was_pruned_is_never_taken_in_and_final_only_by_the_clock() -> None:
    with relay_database() as database:
        take(database, arrival(1, expires_at=START + DAY))
        assert database.write(lambda connection: forget(connection, START.plus(3 * DAY), AGES)) == 1
        for at, status in ((START, RETRY), (START.plus(DAY - 1), RETRY), (START.plus(DAY), REFUSED)):
            (reply,) = take(database, arrival(1, expires_at=START + DAY), at=at)
            assert reply.status is status
