"""AgencyClient: cuts work into calls that fit, and confirms nothing that is not stored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.adapters.memory import MemoryPost, SetClock
from referral_proto.client import AgencyClient, calls
from referral_proto.errors import PeerError, WorldError
from referral_proto.ids import AgencyId
from referral_proto.ports import MAX_BATCH, MAX_BATCH_BYTES, Collected, DeliverStatus, Delivery
from tests.relay.world import KH, SHELTER, START, TH, World, deliveries, statuses

WORLD = World.founded()


def post() -> MemoryPost:
    return MemoryPost(WORLD.directory, SetClock(START))


@pytest.mark.req("TRN-02")
@given(st.lists(st.integers(0, 3_000_000), max_size=200))
def test_calls_hold_everything_in_order_and_fit(sizes: list[int]) -> None:
    envelopes = [memoryview(bytes(3_000_000))[:size] for size in sizes]
    cut = list(calls(envelopes))  # type: ignore[arg-type]
    assert [id(one) for call in cut for one in call] == [id(one) for one in envelopes]
    for call in cut:
        assert 1 <= len(call) <= MAX_BATCH
        assert len(call) == 1 or sum(map(len, call)) <= MAX_BATCH_BYTES


def test_an_envelope_that_is_too_large_stands_alone() -> None:
    assert [len(call) for call in calls([b"", bytes(MAX_BATCH_BYTES + 1), b""])] == [1, 1, 1]


def test_there_and_back() -> None:
    network = post()
    sender, receiver = AgencyClient(TH, network.mailbox(TH)), AgencyClient(KH, network.mailbox(KH))
    sealed = WORLD.seal(TH, [KH, SHELTER], 70)
    assert set(statuses(sender.submit([one.envelope for one in sealed]))) == {DeliverStatus.ACCEPTED}
    assert set(statuses(sender.submit([one.envelope for one in sealed]))) == {DeliverStatus.DUPLICATE}
    got: list[Collected] = []
    assert receiver.receive(got.extend) == 70
    assert [one.envelope for one in got] == [one.envelope for one in sealed]
    assert receiver.receive(lambda _: pytest.fail("nothing is left"), 70) == 70
    assert receiver.receive(lambda _: pytest.fail("nothing is left")) == 0
    ended = list(sender.outcomes())
    assert [one.cursor for one in ended] == list(range(1, 141))
    assert {(one.recipient, one.status) for one in ended} == {(a, DeliverStatus.ACCEPTED) for a in (KH, SHELTER)}


@pytest.mark.req("TRN-09")
def test_what_was_not_stored_is_not_confirmed() -> None:
    network = post()
    AgencyClient(TH, network.mailbox(TH)).submit([WORLD.seal(TH, [KH])[0].envelope])
    receiver = AgencyClient(KH, network.mailbox(KH))

    def full(_: object) -> None:
        raise WorldError("net.closed")

    with pytest.raises(WorldError):
        receiver.receive(full)
    got: list[Collected] = []
    receiver.receive(got.extend)
    assert len(got) == 1


def test_the_twin_answers_as_a_relay_does() -> None:
    network = post()
    (sealed,) = WORLD.seal(TH, [KH])
    desk, line = network.mailbox(TH), network.line(TH)
    twin = WORLD.twin(sealed.envelope)
    network.down.add(KH)
    assert statuses(desk.submit([sealed.envelope, twin, b"x"])) == [
        DeliverStatus.ACCEPTED,
        DeliverStatus.CONFLICT,
        DeliverStatus.REFUSED,
    ]
    with pytest.raises(WorldError, match=r"net\.unreachable"):
        line.deliver(deliveries([sealed], KH))
    assert network.deliver_waiting() == 1
    network.down.clear()
    assert network.deliver_waiting() == 0
    replies = line.deliver([*deliveries([sealed], KH), Delivery(twin, KH), Delivery(b"x", KH)])
    assert [(reply.status.name, reply.code) for reply in replies] == [
        ("DUPLICATE", ""),
        ("CONFLICT", "relay.conflict"),
        ("REFUSED", "envelope.malformed"),
    ]
    (other,) = WORLD.seal(TH, [KH])
    assert network.line(KH).deliver(deliveries([other], KH))[0].code == "relay.wrong-peer"
    with pytest.raises(PeerError, match=r"relay\.not-allowed"):
        desk.collect(KH, 0)
    with pytest.raises(PeerError, match=r"relay\.too-many"):
        desk.submit([b""] * 65)
    network.down.add(AgencyId("th.dsdw"))
    with pytest.raises(WorldError, match=r"net\.unreachable"):
        desk.outcomes(TH, 0)
    for end in (desk, line):
        end.close()
