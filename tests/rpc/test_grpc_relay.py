"""The client believes nothing that a relay answers: nonsense is `net.protocol`, and no text of it comes through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral_proto.errors import CallerError, PeerError, ReferralError, WorldError
from referral_proto.errors.codes import RELAY
from referral_proto.ids import Leaf
from referral_proto.ports import MAX_BATCH_BYTES, DeliverStatus, Delivery, Logged, LogPage, Proved, Reply
from referral_proto.rpc import ClientIdentity, GrpcRelay, open_channel
from referral_proto.rpc.reading import _code
from referral_proto.rpc.relay import CODE_KEY
from referral_proto.v1 import relay_pb2 as pb
from tests.relay.world import KH, TH, World, free_port

Answer = Callable[[bytes, grpc.ServicerContext], bytes]
WORLD = World.founded()
LEAF = Leaf(bytes(range(32)))
PLANTED = "planted text of a stranger"


class Anything(grpc.GenericRpcHandler):  # type: ignore[type-arg]
    """A relay that answers every call with what a test says."""

    def __init__(self) -> None:
        self.answer: Answer = lambda _, __: b""

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Any:
        return grpc.unary_unary_rpc_method_handler(self.answer)


@pytest.fixture(scope="module")
def stranger() -> Iterator[Anything]:
    handler = Anything()
    server = grpc.server(ThreadPoolExecutor(2), handlers=[handler], options=[("grpc.so_reuseport", 0)])
    shown = WORLD.relays[KH]
    credentials = grpc.ssl_server_credentials(
        [(shown.private_key, shown.certificate)], WORLD.agencies[TH].desk.certificate, require_client_auth=True
    )
    WORLD.ports[KH] = server.add_secure_port("127.0.0.1:0", credentials)
    server.start()
    yield handler
    server.stop(0).wait()


@pytest.fixture(scope="module")
def relay(stranger: Anything) -> Iterator[GrpcRelay]:
    made = WORLD.dial(WORLD.agencies[TH].desk, KH)
    yield made
    made.close()


def answers(stranger: Anything, message: Any) -> None:
    stranger.answer = lambda _, __: message.SerializeToString()


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(ReferralError) as caught:
        call()
    assert PLANTED not in f"{caught.value} {caught.value!r} {caught.value.__cause__!r} {caught.value.__context__!r}"
    return caught.value.code


@pytest.mark.req("TRN-03")
def test_replies_in_order_with_codes_that_have_the_form_of_codes(stranger: Anything, relay: GrpcRelay) -> None:
    answers(
        stranger,
        pb.DeliverResponse(
            replies=[
                pb.DeliverReply(status=pb.DELIVER_STATUS_ACCEPTED, leaf=LEAF),
                pb.DeliverReply(status=pb.DELIVER_STATUS_REFUSED, code="admit.expired"),
                pb.DeliverReply(status=pb.DELIVER_STATUS_RETRY, code=PLANTED),
            ]
        ),
    )
    assert relay.deliver([Delivery(b"x", KH)] * 3) == (
        Reply(DeliverStatus.ACCEPTED, LEAF),
        Reply(DeliverStatus.REFUSED, None, "admit.expired"),
        Reply(DeliverStatus.RETRY, None, ""),
    )


@pytest.mark.req("TRN-03")
@pytest.mark.parametrize(
    "response",
    [
        pb.DeliverResponse(),
        pb.DeliverResponse(replies=[pb.DeliverReply(status=pb.DELIVER_STATUS_ACCEPTED, leaf=LEAF)] * 2),
        pb.DeliverResponse(replies=[pb.DeliverReply(leaf=LEAF)]),
        pb.DeliverResponse(replies=[pb.DeliverReply(status=9, leaf=LEAF)]),  # type: ignore[arg-type]
        pb.DeliverResponse(replies=[pb.DeliverReply(status=pb.DELIVER_STATUS_ACCEPTED, leaf=LEAF[:31])]),
    ],
)
def test_nonsense_for_a_delivery(stranger: Anything, relay: GrpcRelay, response: pb.DeliverResponse) -> None:
    answers(stranger, response)
    assert code_of(lambda: relay.deliver([Delivery(b"x", KH)])) == "net.protocol"


@pytest.mark.parametrize("cursors", [[5], [4], [7, 7], [8, 7], [6, 7, 8, 9]])
def test_cursors_that_do_not_rise_or_too_many(stranger: Anything, relay: GrpcRelay, cursors: list[int]) -> None:
    answers(stranger, pb.CollectResponse(collected=[pb.Collected(cursor=c, envelope=b"x") for c in cursors]))
    assert code_of(lambda: relay.collect(TH, 5, 3)) == "net.protocol"


@pytest.mark.parametrize(
    "change",
    [
        {"recipient": PLANTED},
        {"recipient": ""},
        {"leaf": b"short"},
        {"status": pb.DELIVER_STATUS_RETRY},
        {"status": 0},
        {"at": -1},
        {"cursor": 0},
    ],
)
def test_nonsense_for_an_outcome(stranger: Anything, relay: GrpcRelay, change: dict[str, Any]) -> None:
    good: dict[str, Any] = {"cursor": 1, "leaf": LEAF, "recipient": KH, "status": pb.DELIVER_STATUS_ACCEPTED, "at": 5}
    answers(stranger, pb.OutcomesResponse(outcomes=[pb.Outcome(**good)]))
    assert relay.outcomes(TH, 0)[0].recipient == KH
    answers(stranger, pb.OutcomesResponse(outcomes=[pb.Outcome(**{**good, **change})]))
    assert code_of(lambda: relay.outcomes(TH, 0)) == "net.protocol"


LOGGED = pb.LoggedEvent(index=0, entry=LEAF)
NONSENSE: list[tuple[Any, Callable[[GrpcRelay], object]]] = [
    (pb.ConsistencyResponse(), lambda relay: relay.consistency(KH, 1, 2)),
    (pb.ConsistencyResponse(beginning=LEAF[:31]), lambda relay: relay.consistency(KH, 1, 2)),
    (pb.ConsistencyResponse(beginning=LEAF, proof=[LEAF, b"x"]), lambda relay: relay.consistency(KH, 1, 2)),
    (pb.ConsistencyResponse(beginning=LEAF, proof=[LEAF] * 64), lambda relay: relay.consistency(KH, 1, 2)),
    (pb.InclusionResponse(), lambda relay: relay.inclusion(KH, [LEAF])),
    (pb.InclusionResponse(proved=[pb.Proved()] * 2), lambda relay: relay.inclusion(KH, [LEAF])),
    (pb.SeenCheckpointsResponse(seen=[b"x"] * 257), lambda relay: relay.seen_checkpoints()),
    (pb.EventsResponse(events=[LOGGED, LOGGED]), lambda relay: relay.events(TH, 0)),
    (pb.EventsResponse(events=[LOGGED]), lambda relay: relay.events(TH, 1)),
    (pb.EventsResponse(events=[LOGGED]), lambda relay: relay.events(TH, 0, 0)),
    (pb.EventsResponse(events=[pb.LoggedEvent(index=0)]), lambda relay: relay.events(TH, 0)),
    (pb.AcknowledgeResponse(), lambda relay: relay.acknowledge(TH, [b"x"])),
    (pb.AcknowledgeResponse(acknowledged=[pb.Acknowledged()] * 3), lambda relay: relay.acknowledge(TH, [b"x"])),
]


@pytest.mark.parametrize(("response", "call"), NONSENSE)
def test_nonsense_about_a_log(
    stranger: Anything, relay: GrpcRelay, response: Any, call: Callable[[GrpcRelay], object]
) -> None:
    answers(stranger, response)
    assert code_of(lambda: call(relay)) == "net.protocol"


def test_proofs_come_as_they_are_for_whoever_verifies_them(stranger: Anything, relay: GrpcRelay) -> None:
    replies = [pb.DeliverReply(status=pb.DELIVER_STATUS_ACCEPTED, leaf=LEAF, receipt=b"r")]
    answers(stranger, pb.DeliverResponse(replies=replies))
    assert relay.deliver([Delivery(b"x", KH)])[0].receipt == b"r"
    parts: dict[str, Any] = {
        "receipt": b"r",
        "acknowledgement": b"a",
        "acknowledgement_receipt": b"ar",
        "earlier_checkpoint": b"e",
    }
    answers(stranger, pb.InclusionResponse(proved=[pb.Proved(**parts)]))
    assert relay.inclusion(KH, [LEAF]) == (Proved(**parts),)
    end: dict[str, Any] = {"cursor": 1, "leaf": LEAF, "recipient": KH, "status": pb.DELIVER_STATUS_ACCEPTED, "at": 5}
    answers(stranger, pb.OutcomesResponse(outcomes=[pb.Outcome(**end, **parts)]))
    assert relay.outcomes(TH, 0)[0].proved == Proved(**parts)
    answers(stranger, pb.AcknowledgeResponse(acknowledged=[pb.Acknowledged(code=PLANTED)]))
    assert relay.acknowledge(TH, [b"x"]) == ((b"", ""),)
    answers(stranger, pb.CheckpointResponse())
    assert relay.checkpoint(KH) is None
    answers(stranger, pb.EventsResponse(events=[LOGGED]))
    assert relay.events(TH, 0) == LogPage((Logged(0, LEAF, None),))


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_peers_bytes_raise_only_peer_or_world_errors(stranger: Anything, relay: GrpcRelay, data: bytes) -> None:
    stranger.answer = lambda _, __: data
    calls: list[Callable[[], object]] = [
        lambda: relay.deliver([Delivery(b"x", KH)]),
        lambda: relay.submit([b"x"]),
        lambda: relay.checkpoint(KH),
        lambda: relay.consistency(KH, 1, 2),
        lambda: relay.inclusion(KH, [LEAF]),
        relay.seen_checkpoints,
        lambda: relay.events(TH, 0),
        lambda: relay.acknowledge(TH, [b"x"]),
        lambda: relay.anchor(TH, b"x"),
        lambda: relay.collect(TH, 0),
        lambda: relay.outcomes(TH, 0),
        lambda: relay.confirm(TH, 1),
    ]
    for call in calls:
        try:
            call()
        except (PeerError, WorldError) as error:
            assert error.code.startswith("net.")  # noqa: PT017 - no error at all is just as good


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (grpc.StatusCode.UNAVAILABLE, "net.unreachable"),
        (grpc.StatusCode.DEADLINE_EXCEEDED, "net.timeout"),
        (grpc.StatusCode.RESOURCE_EXHAUSTED, "net.busy"),
        (grpc.StatusCode.PERMISSION_DENIED, "net.refused"),
        (grpc.StatusCode.UNAUTHENTICATED, "net.refused"),
        (grpc.StatusCode.CANCELLED, "net.closed"),
        (grpc.StatusCode.INTERNAL, "net.protocol"),
        (grpc.StatusCode.UNIMPLEMENTED, "net.protocol"),
        (grpc.StatusCode.DATA_LOSS, "net.protocol"),
    ],
)
def test_every_status_has_a_code(stranger: Anything, relay: GrpcRelay, status: grpc.StatusCode, code: str) -> None:
    stranger.answer = lambda _, context: context.abort(status, PLANTED)
    assert code_of(lambda: relay.confirm(TH, 1)) == code


@pytest.mark.req("TRN-08", "ERR-03")
@pytest.mark.parametrize("code", [*sorted(RELAY), "ours.broken-promise", "key.wrong-passphrase", PLANTED, ""])
def test_only_a_relays_codes_are_taken_from_a_relay(stranger: Anything, relay: GrpcRelay, code: str) -> None:
    def answer(_: bytes, context: grpc.ServicerContext) -> bytes:
        context.set_trailing_metadata(((CODE_KEY, code),))
        context.abort(grpc.StatusCode.INTERNAL, PLANTED)
        return b""

    stranger.answer = answer
    assert code_of(lambda: relay.confirm(TH, 1)) == (code if code in RELAY else "net.protocol")


def test_silence_ends(stranger: Anything) -> None:
    from threading import Event

    done = Event()
    stranger.answer = lambda _, __: b"" * done.wait(30)
    quick = WORLD.dial(WORLD.agencies[TH].desk, KH, timeout=0.3)
    assert code_of(lambda: quick.confirm(TH, 1)) == "net.timeout"
    done.set()
    quick.close()
    quick.close()
    assert code_of(lambda: quick.confirm(TH, 1)) == "net.closed"


def test_nobody_there() -> None:
    world = World.founded()
    relay = world.dial(world.agencies[TH].desk, KH, timeout=5.0)
    assert code_of(lambda: relay.confirm(TH, 1)) == "net.unreachable"
    relay.close()


def test_without_pins_there_is_no_line_and_no_public_authority() -> None:
    shown = WORLD.agencies[TH].desk
    with pytest.raises(CallerError, match=r"net\.pins"):
        open_channel(f"127.0.0.1:{free_port()}", "relay.kh.mosvy", [], ClientIdentity(shown.private_key, b""))


def test_an_answer_beyond_the_limit(stranger: Anything, relay: GrpcRelay) -> None:
    stranger.answer = lambda _, __: bytes(MAX_BATCH_BYTES + 2 * 1024 * 1024)
    assert code_of(lambda: relay.confirm(TH, 1)) == "net.busy"


def test_secrets_do_not_show() -> None:
    shown = WORLD.agencies[TH].desk
    assert "PRIVATE" not in repr(ClientIdentity(shown.private_key, shown.certificate))
    assert repr(Delivery(b"sealed bytes", KH)) == "Delivery(recipient='kh.mosvy')"


@given(st.text(max_size=80))
def test_what_passes_for_a_code(text: str) -> None:
    assert _code(text) in {"", text}
    if _code(text):
        assert text.isascii()
        assert not set(text) - set("abcdefghijklmnopqrstuvwxyz0123456789-.")
