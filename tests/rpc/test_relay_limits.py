"""What one peer may bring: counted, sized and rated; who asks for more is told so and costs little."""

from __future__ import annotations

from collections.abc import Callable

import grpc
import pytest

from referral_proto.errors import ReferralError
from referral_proto.ports import MAX_BATCH, MAX_BATCH_BYTES, DeliverStatus, Delivery
from referral_proto.rpc import ClientIdentity, open_channel
from referral_proto.v1 import relay_pb2 as pb
from tests.relay.world import KH, TH, deliveries, statuses
from tests.rpc.conftest import Served

ACCEPTED, RETRY = DeliverStatus.ACCEPTED, DeliverStatus.RETRY


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(ReferralError) as caught:
        call()
    return caught.value.code


@pytest.mark.req("TRN-02")
def test_too_many_or_too_large_in_one_call(both: Served) -> None:
    relay, desk = both.world.as_relay(TH, KH), both.world.as_desk(KH)
    assert refused(lambda: relay.deliver([Delivery(b"x", KH)] * (MAX_BATCH + 1))) == "relay.too-many"
    assert refused(lambda: desk.submit([b"x"] * (MAX_BATCH + 1))) == "relay.too-many"
    half = bytes(MAX_BATCH_BYTES // 2)
    assert refused(lambda: relay.deliver([Delivery(half, KH), Delivery(half, KH), Delivery(b"x", KH)])) == (
        "relay.too-many"
    )
    codes = [reply.code for reply in relay.deliver([Delivery(half[:-1], KH), Delivery(half, KH)])]
    assert codes == ["envelope.malformed", "envelope.malformed"]
    # Beyond what a message may hold, gRPC itself says no.
    assert refused(lambda: relay.deliver([Delivery(half, KH)] * 3)) == "net.busy"
    assert statuses(relay.deliver(deliveries(both.world.seal(TH, [KH], MAX_BATCH), KH))) == [ACCEPTED] * MAX_BATCH
    for line in (relay, desk):
        line.close()


def test_settings_may_allow_less(served: Served) -> None:
    served.start(KH, "[limits]\nenvelopes_per_call = 2\nbytes_per_call = 20000\n")
    relay = served.world.as_relay(TH, KH)
    sealed = deliveries(served.world.seal(TH, [KH], 3), KH)
    assert refused(lambda: relay.deliver(sealed)) == "relay.too-many"
    assert statuses(relay.deliver(sealed[:2])) == [ACCEPTED, ACCEPTED]
    large = deliveries(served.world.seal(TH, [KH], size=30_000), KH)
    assert refused(lambda: relay.deliver(large)) == "relay.too-many"
    relay.close()


def test_each_peer_has_a_rate_of_its_own(served: Served) -> None:
    served.start(KH, "[limits]\nrate_per_second = 0.001\nburst = 64\n")
    relay, desk = served.world.as_relay(TH, KH), served.world.as_desk(KH)
    sealed = deliveries(served.world.seal(TH, [KH], 64), KH)
    # Each call costs one, and each envelope one more.
    assert statuses(relay.deliver(sealed[:40])) == [ACCEPTED] * 40
    assert refused(lambda: relay.deliver(sealed[40:])) == "relay.rate"
    assert statuses(relay.deliver(sealed[40:50])) == [ACCEPTED] * 10
    for _ in range(11):
        relay.deliver([])
    assert refused(lambda: relay.deliver([])) == "relay.rate"
    assert len(desk.collect(KH, 0)) == 50
    for line in (relay, desk):
        line.close()


def test_a_sender_that_fills_the_box_has_to_wait_until_it_is_emptied(served: Served) -> None:
    served.start(KH, "[limits]\nstored_bytes_per_sender = 15000\n")
    relay, desk = served.world.as_relay(TH, KH), served.world.as_desk(KH)
    sealed = deliveries(served.world.seal(TH, [KH], 3), KH)
    replies = relay.deliver(sealed)
    assert [(reply.status, reply.code) for reply in replies] == [(ACCEPTED, ""), (ACCEPTED, ""), (RETRY, "relay.quota")]
    desk.confirm(KH, desk.collect(KH, 0)[0].cursor)
    assert statuses(relay.deliver(sealed)) == [DeliverStatus.DUPLICATE, DeliverStatus.DUPLICATE, ACCEPTED]
    for line in (relay, desk):
        line.close()


def test_a_call_that_unpacks_to_something_larger_is_turned_away(both: Served) -> None:
    shown = both.world.relays[TH]
    identity = ClientIdentity(shown.private_key, shown.certificate)
    with open_channel(both.world.endpoint(KH), f"relay.{KH}", [both.world.relays[KH].der], identity) as line:
        deliver = line.unary_unary("/referral_proto.v1.Relay/Deliver")
        bomb = pb.DeliverRequest(deliveries=[pb.Delivery(envelope=bytes(MAX_BATCH_BYTES - 100))])
        with pytest.raises(grpc.RpcError) as caught:
            deliver(bomb.SerializeToString(), timeout=20, compression=grpc.Compression.Gzip)
        assert caught.value.code() in {grpc.StatusCode.UNIMPLEMENTED, grpc.StatusCode.INTERNAL}


def test_collecting_gives_no_more_than_a_call_may_hold(served: Served) -> None:
    served.start(KH)
    relay, desk = served.world.as_relay(TH, KH), served.world.as_desk(KH)
    large = served.world.seal(TH, [KH], 10, size=200_000)
    for one in large:
        assert statuses(relay.deliver(deliveries([one], KH))) == [ACCEPTED]
    cursor, batches = 0, []
    while batch := desk.collect(KH, cursor):
        batches.append(len(batch))
        cursor = batch[-1].cursor
    assert sum(batches) == 10
    assert len(desk.collect(KH, 0, 3)) == 3
    assert len(desk.collect(KH, 0, 1000)) == batches[0]
    assert desk.collect(KH, (1 << 64) - 1) == ()
    desk.confirm(KH, (1 << 64) - 1)
    assert desk.collect(KH, 0) == ()
    for line in (relay, desk):
        line.close()
