"""What a desk hands in is delivered, for as long as it takes, once, and ends with one outcome for each recipient."""

from __future__ import annotations

import pytest

from reference_node.relay.mailbox import Mailbox
from reference_node.store.relay import outbox as rows
from reference_node.store.relay.outbox import Timing
from reference_node.trust.supply import stamp
from referral_proto.errors import WorldError
from referral_proto.ids import AgencyId, Leaf
from referral_proto.moment import DAY, HOUR
from referral_proto.ports import DeliverStatus, Delivery, Outcome, Reply
from tests.relay.relays import Pair
from tests.relay.world import KH, SHELTER, START, TH, statuses

ACCEPTED, DUPLICATE, REFUSED = DeliverStatus.ACCEPTED, DeliverStatus.DUPLICATE, DeliverStatus.REFUSED


def submit(pair: Pair, *envelopes: bytes, agency: AgencyId = TH) -> list[Reply]:
    return list(mailbox(pair).submit(agency, envelopes))


def mailbox(pair: Pair, operator: AgencyId = TH) -> Mailbox:
    return pair.apps[operator].mailbox


def outcomes(pair: Pair, agency: AgencyId = TH) -> list[tuple[Leaf, str, DeliverStatus, str]]:
    found: tuple[Outcome, ...] = mailbox(pair).outcomes(agency, 0, 64)
    return [(one.leaf, one.recipient, one.status, one.code) for one in found]


def waiting(pair: Pair) -> int:
    with pair.apps[TH].database.read() as connection:
        return rows.depth(connection)


def test_to_each_recipient_over_the_line_and_next_door(pair: Pair) -> None:
    (sealed,) = pair.world.seal(TH, [KH, SHELTER])
    assert submit(pair, sealed.envelope) == [Reply(ACCEPTED, sealed.leaf)]
    pair.turn()
    assert sorted(outcomes(pair)) == [(sealed.leaf, KH, ACCEPTED, ""), (sealed.leaf, SHELTER, ACCEPTED, "")]
    assert [one.envelope for one in mailbox(pair, KH).collect(KH, 0, 64)] == [sealed.envelope]
    assert [one.envelope for one in mailbox(pair).collect(SHELTER, 0, 64)] == [sealed.envelope]
    assert pair.calls == [(KH, 1)]
    mailbox(pair).confirm(SHELTER, 1)
    assert mailbox(pair).collect(SHELTER, 0, 64) == ()


def test_handed_in_twice_is_sent_once(pair: Pair) -> None:
    (sealed,) = pair.world.seal(TH, [KH])
    assert statuses(submit(pair, sealed.envelope, sealed.envelope)) == [ACCEPTED, DUPLICATE]
    pair.turn()
    assert statuses(submit(pair, sealed.envelope)) == [DUPLICATE]
    pair.turn()
    assert pair.calls == [(KH, 1)]
    assert len(outcomes(pair)) == 1


def test_a_desk_sends_only_what_its_own_agency_signed_and_what_is_in_order(pair: Pair) -> None:
    (other,) = pair.world.seal(SHELTER, [KH])
    (old,) = pair.world.seal(TH, [KH], at=START.plus(-2 * HOUR), lifetime=HOUR)
    (sealed,) = pair.world.seal(TH, [KH])
    replies = submit(pair, other.envelope, old.envelope, b"garbage", sealed.envelope, pair.world.twin(sealed.envelope))
    assert [reply.code for reply in replies] == [
        "admit.not-sender",
        "admit.expired",
        "envelope.malformed",
        "",
        "relay.conflict",
    ]
    assert waiting(pair) == 1


def test_sixteen_in_a_call(pair: Pair) -> None:
    submit(pair, *(one.envelope for one in pair.world.seal(TH, [KH], 40)))
    pair.turn()
    assert pair.calls == [(KH, 16), (KH, 16), (KH, 8)]
    assert len(outcomes(pair)) == 40


def test_a_line_that_is_down_is_tried_again_later_and_later_and_all_goes_when_it_is_back(pair: Pair) -> None:
    submit(pair, *(one.envelope for one in pair.world.seal(TH, [KH, SHELTER], 40, lifetime=DAY)))
    pair.cut.add(KH)
    pair.turn()
    # The neighbour was served; the dead line cost one call, not three.
    assert pair.calls == [(KH, 16)]
    assert len(mailbox(pair).collect(SHELTER, 0, 64)) == 40
    tries = []
    for _ in range(600):
        pair.clock.move(1)
        before = len(pair.calls)
        pair.turn()
        tries += [len(pair.calls) - before]
    # Each row draws its own wait, so that batches fall apart; how many calls that makes has bounds, not a number.
    assert 5 <= sum(tries) <= 240
    pair.cut.clear()
    pair.calls.clear()
    for _ in range(61):
        pair.clock.move(1)
        pair.turn()
    assert sum(count for _, count in pair.calls) == 40
    assert max(count for _, count in pair.calls) <= 16
    assert waiting(pair) == 0


@pytest.mark.req("TRN-05")
def test_a_lost_reply_is_a_duplicate_and_counts_as_delivered(pair: Pair) -> None:
    (sealed,) = pair.world.seal(TH, [KH])
    submit(pair, sealed.envelope)
    pair.lost_replies.add(KH)
    pair.turn()
    assert outcomes(pair) == []
    pair.lost_replies.clear()
    pair.clock.move(60)
    pair.turn()
    assert outcomes(pair) == [(sealed.leaf, KH, DUPLICATE, "")]
    assert len(mailbox(pair, KH).collect(KH, 0, 64)) == 1


@pytest.mark.req("TRN-13")
def test_what_cannot_be_delivered_before_it_expires_ends_with_that_outcome(pair: Pair) -> None:
    (sealed,) = pair.world.seal(TH, [KH], lifetime=HOUR)
    submit(pair, sealed.envelope)
    pair.cut.add(KH)
    pair.turn()
    pair.clock.move(HOUR)
    pair.turn()
    assert outcomes(pair) == [(sealed.leaf, KH, REFUSED, "outbox.expired")]
    assert waiting(pair) == 0


@pytest.mark.req("TRN-13")
def test_a_refusal_is_final_and_its_code_comes_home(pair: Pair) -> None:
    (sealed,) = pair.world.seal(TH, [KH])
    submit(pair, sealed.envelope)
    pair.apps[KH].intake.take([Delivery(pair.world.twin(sealed.envelope), KH)], TH)
    (removed,) = pair.world.seal(SHELTER, [KH])
    submit(pair, removed.envelope, agency=SHELTER)
    for name in ("agency", "opening"):
        (pair.apps[KH].settings.records / f"{name}-th.shelter.record").unlink()
    # Somebody compared the records just now: newer ones cannot know the sender.
    stamp(pair.apps[KH].settings.trust.checked, pair.clock.now())
    pair.apps[KH].upkeep.turn()
    pair.turn()
    assert outcomes(pair) == [(sealed.leaf, KH, DeliverStatus.CONFLICT, "relay.conflict")]
    assert outcomes(pair, SHELTER) == [(removed.leaf, KH, REFUSED, "trust.unknown-agency")]


def test_an_unknown_relay_may_become_known(pair: Pair) -> None:
    records = pair.apps[TH].settings.records
    kept = (records / "relay-kh.mosvy.record").read_bytes()
    (records / "relay-kh.mosvy.record").unlink()
    pair.apps[TH].upkeep.turn()
    (sealed,) = pair.world.seal(TH, [KH])
    submit(pair, sealed.envelope)
    pair.turn()
    assert (waiting(pair), pair.calls) == (1, [])
    (records / "relay-kh.mosvy.record").write_bytes(kept)
    pair.apps[TH].upkeep.turn()
    pair.clock.move(60)
    pair.turn()
    assert outcomes(pair) == [(sealed.leaf, KH, ACCEPTED, "")]


def test_a_peer_that_confirms_what_was_not_sent_is_not_believed(pair: Pair) -> None:
    class Liar:
        def deliver(self, deliveries: list[Delivery]) -> tuple[Reply, ...]:
            return tuple(Reply(ACCEPTED, Leaf(bytes(32))) for _ in deliveries)

        def close(self) -> None: ...

    (sealed,) = pair.world.seal(TH, [KH])
    submit(pair, sealed.envelope)
    outbox = pair.apps[TH].outbox
    outbox._lines._open[KH] = (pair.apps[TH].trust.relay(KH), Liar())  # type: ignore[assignment]
    pair.turn()
    assert (outcomes(pair), waiting(pair)) == ([], 1)


def test_a_full_disk_at_home_loses_neither_submission_nor_outcome(pair: Pair) -> None:
    (sealed,) = pair.world.seal(TH, [KH])
    app = pair.apps[TH]
    write = app.database.write
    fail = True

    def full(work):  # type: ignore[no-untyped-def]
        if fail:
            raise WorldError("store.full")
        return write(work)

    app.database.write = full  # type: ignore[method-assign]
    assert submit(pair, sealed.envelope) == [Reply(DeliverStatus.RETRY, sealed.leaf, "relay.try-later")]
    fail = False
    assert statuses(submit(pair, sealed.envelope)) == [ACCEPTED]
    deliver = app.outbox._send

    def then_full(*arguments):  # type: ignore[no-untyped-def]
        nonlocal fail
        fail = True
        return deliver(*arguments)

    app.outbox._send = then_full  # type: ignore[method-assign]
    with pytest.raises(WorldError, match=r"store\.full"):
        app.outbox.turn()
    fail, app.outbox._send = False, deliver  # type: ignore[method-assign]
    assert waiting(pair) == 1
    pair.clock.move(20)
    pair.turn()
    assert outcomes(pair) == [(sealed.leaf, KH, DUPLICATE, "")]


def test_a_clock_set_back_by_a_year_does_not_stall_the_outbox(pair: Pair) -> None:
    pair.cut.add(KH)
    pair.clock.move(200 * DAY)
    (sealed,) = pair.world.seal(TH, [KH], at=pair.clock.at)
    submit(pair, sealed.envelope)
    pair.turn()
    timing = Timing(20, 61)
    pair.cut.clear()
    pair.clock.move(-200 * DAY)
    with pair.apps[TH].database.read() as connection:
        assert rows.due_operator(connection, pair.clock.at, timing, []) == KH
