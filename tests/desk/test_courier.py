"""The courier: a relay that is down, calls that fail before or after they took effect, a desk that stops half-way."""

from __future__ import annotations

import pytest

from reference_node.desk.courier import ALARM_AFTER, Pace
from reference_node.desk.forms import read_referral
from reference_node.desk.views import Order
from reference_node.store.desk.mail import OUTCOMES
from reference_node.store.desk.rows import State
from referral_proto import Leaf, MessageKind, Purpose, WorldError
from referral_proto.moment import DAY
from tests.desk.conftest import OpenDesk
from tests.desk.test_inbound import made
from tests.desk.world import EXAMPLE, KH, TH, Clock, Desk, PostOffice


def offer(desk: Desk) -> Leaf:
    return desk.office.outbound.refer(
        Order(read_referral(EXAMPLE), MessageKind.OFFER, Purpose.REFERRAL_OFFER, (KH,))
    ).leaf


def states(desk: Desk) -> list[State]:
    return [m.state for case in desk.office.archive.cases().cases for m in case.messages]


def test_a_relay_that_is_down_for_days_loses_nothing(desk: OpenDesk, clock: Clock) -> None:
    th = desk(TH)
    th.box.down = True
    offer(th)
    with pytest.raises(WorldError) as refused:
        th.round()
    assert refused.value.code == "net.unreachable"
    assert states(th) == [State.QUEUED]
    clock.at = clock.at.plus(ALARM_AFTER + 60)
    assert th.office.courier.standing().alarm
    th.box.down = False
    th.round()
    assert states(th) == [State.DELIVERED]


def test_a_silence_of_days_is_noticed_by_a_desk_that_sleeps_at_night(desk: OpenDesk, clock: Clock) -> None:
    for day in range(5):
        th = desk(TH)
        th.box.down = day > 0
        th.office.courier._attempt()
        assert th.office.courier.standing().alarm == (day == 4)
        th.database.close()
        clock.at = clock.at.plus(DAY)


@pytest.mark.parametrize("call", ["submit", "collect", "confirm", "outcomes"])
def test_a_call_that_took_effect_but_failed_is_repeated_without_harm(
    desk: OpenDesk, post: PostOffice, call: str
) -> None:
    th, kh = desk(TH), desk(KH)
    for one in (th, kh):
        one.box.fail_after = {call}
    leaf = offer(th)
    for _ in range(3):
        for one in (th, kh):
            try:
                one.round()
            except WorldError:
                continue
    assert states(th) == [State.DELIVERED]
    assert [m.leaf for case in kh.office.archive.cases().cases for m in case.messages] == [leaf]
    assert post.waiting[KH] == {}


def test_a_desk_that_dies_between_storing_and_confirming_doubles_nothing(desk: OpenDesk, post: PostOffice) -> None:
    first = desk(KH)
    sealed = made(TH, KH)
    post.put(KH, sealed.envelope)
    first.box.fail_after = {"collect"}
    (collected,) = first.box.office.box(KH).collect(KH, 0)
    first.office.inbound.take(collected.envelope, collected.received_at)
    first.database.close()
    second = desk(KH)
    second.round()
    assert [m.leaf for case in second.office.archive.cases().cases for m in case.messages] == [sealed.leaf]
    assert post.waiting[KH] == {}


def test_mail_is_confirmed_only_after_it_is_stored(
    desk: OpenDesk, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    kh = desk(KH)
    post.put(KH, made(TH, KH).envelope)

    def full(*_: object) -> None:
        raise WorldError("store.full")

    monkeypatch.setattr(type(kh.office.archive._held.cabinet), "file", full)
    with pytest.raises(WorldError):
        kh.round()
    assert "confirm" not in kh.box.calls
    assert len(post.waiting[KH]) == 1
    monkeypatch.undo()
    kh.round()
    assert post.waiting[KH] == {}
    assert states(kh) == [State.RECEIVED]


def test_keys_that_cannot_be_read_leave_the_mail_with_the_relay(
    desk: OpenDesk, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    kh = desk(KH)
    post.put(KH, made(TH, KH).envelope)

    def unreadable(_: object) -> None:
        raise WorldError("file.permission", "key file")

    monkeypatch.setattr("tests.desk.world.Vault.keyring", unreadable)
    with pytest.raises(WorldError):
        kh.round()
    assert len(post.waiting[KH]) == 1
    assert kh.office.courier.standing().unreadable == 0


def test_many_messages_pass_in_batches(desk: OpenDesk, post: PostOffice) -> None:
    kh = desk(KH)
    kh.box.batch = 3
    for _ in range(7):
        post.put(KH, made(TH, KH).envelope)
    kh.round()
    assert kh.box.calls.count("confirm") == 3
    assert kh.office.courier.standing().cases == 7


def test_the_thread_runs_recovers_and_stops(desk: OpenDesk, post: PostOffice) -> None:
    th = desk(TH)
    th.box.down = True
    courier = th.office.courier
    courier.start()
    known = th.office.changes.revision
    while courier.standing().code is None:
        known = th.office.changes.wait(known, 10)
    standing = courier.standing()
    assert standing.code == "net.unreachable"
    assert standing.retry_at is not None
    th.box.down = False
    offer(th)
    courier.nudge()
    while states(th) != [State.DELIVERED]:
        known = th.office.changes.wait(known, 10)
    assert courier.close(10)
    assert th.box.calls[-1] == "close"
    after = courier.standing()
    assert after.code is None
    assert after.contact_at is not None


def test_a_relay_restored_from_an_older_backup_is_heard_again(desk: OpenDesk, post: PostOffice) -> None:
    th = desk(TH)
    for _ in range(3):
        offer(th)
    th.round()
    assert states(th) == [State.DELIVERED] * 3
    assert th.office.courier._held.book.bookmark(OUTCOMES) == 3
    # What the relay has counted since its backup is gone; it counts on from there.
    del post.ends[TH][1:]
    offer(th)
    th.round()
    assert states(th) == [State.DELIVERED] * 4
    assert th.office.courier._held.book.bookmark(OUTCOMES) == 2
    post.ends[TH].clear()
    for _ in range(2):
        th.round()
    assert th.office.courier._held.book.bookmark(OUTCOMES) == 0
    assert states(th) == [State.DELIVERED] * 4


def test_stopping_does_not_wait_for_the_next_round(desk: OpenDesk) -> None:
    th = desk(TH)
    th.office.courier._pace = Pace(poll=3600)
    th.office.courier.start()
    assert th.box.round_over.wait(20)
    assert th.office.courier.close(10)


def test_waits_grow_to_the_cap_and_are_not_all_the_same() -> None:
    pace = Pace(backoff_base=1, backoff_cap=300)
    for failures in range(1, 60):
        limit = min(300, 2 ** (failures - 1))
        assert limit / 2 <= pace.after_failures(failures) <= limit
    assert len({pace.after_failures(20) for _ in range(20)}) > 10
