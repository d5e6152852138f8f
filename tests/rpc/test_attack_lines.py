"""What an enrolled agency that means harm can do to a relay and to its neighbours on the line: nothing that lasts."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Semaphore

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from reference_node.keys import make_tls
from reference_node.observe import Metrics, open_log
from reference_node.relay.peers import Peers
from reference_node.relay.rate import Rates
from reference_node.rpc import Guard
from reference_node.rpc.relay import _reader
from reference_node.settings import LogSettings
from referral_proto.errors import ReferralError
from referral_proto.ids import AgencyId
from referral_proto.ports import DeliverStatus
from referral_proto.rpc import ClientIdentity, GrpcRelay, open_channel
from referral_proto.v1 import relay_pb2 as pb
from tests.relay.world import KH, SHELTER, START, TH, World, deliveries, statuses
from tests.rpc.conftest import Served

EVIL = AgencyId("kh.aaa")  # sorts before the others


def lookalike(der: bytes) -> bytes:
    """Another key under the same subject, names and key identifiers."""
    victim, key = x509.load_der_x509_certificate(der), ec.generate_private_key(ec.SECP256R1())
    start = datetime.fromtimestamp(START, UTC)
    made = x509.CertificateBuilder(victim.subject, victim.subject, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(start - timedelta(1)).not_valid_after(start + timedelta(800))
    for one in victim.extensions:
        made = made.add_extension(one.value, one.critical)
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


BAD: dict[str, Callable[[World], bytes]] = {
    "garbage": lambda _: b"\x30\x82" + bytes(100),
    "the name of another relay": lambda world: lookalike(world.relays[KH].der),
    "the name of a desk": lambda world: lookalike(world.agencies[TH].desk.der),
    "a relay's own": lambda world: world.relays[KH].der,
    "a good one and more": lambda world: make_tls(f"relay.{EVIL}", world.at).der + b"\0",
}


@pytest.mark.req("TRN-01")
@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_record_with_a_bad_certificate_shuts_nobody_else_out(served: Served, bad: Callable[[World], bytes]) -> None:
    served.world = world = World.founded(served.clock.now(), [(TH, TH), (KH, KH), (EVIL, EVIL)])
    own = world.relays[EVIL].der
    world.announce(EVIL, [own, bad(world)])
    app = served.start(TH)
    assert app.trust.peers.unfit == (EVIL,)
    assert app.trust.peers.known(own).operator == EVIL
    relay, desk = world.as_relay(KH, TH), world.as_desk(TH)
    assert statuses(relay.deliver(deliveries(world.seal(KH, [TH]), TH))) == [DeliverStatus.ACCEPTED]
    assert len(desk.collect(TH, 0)) == 1
    for line in (relay, desk):
        line.close()


def test_calls_that_send_nothing_hold_up_their_own_peer_alone(served: Served) -> None:
    served.start(TH, "[limits]\ncalls_at_once = 4\n")
    world, hold = served.world, Event()
    shown = world.relays[KH]
    identity = ClientIdentity(shown.private_key, shown.certificate)
    channel = open_channel(world.endpoint(TH), f"relay.{TH}", [world.relays[TH].der], identity)

    def nothing() -> Iterator[bytes]:
        hold.wait()
        yield from ()

    call = channel.stream_unary("/referral_proto.v1.Relay/Deliver", lambda data: data, lambda data: data)
    turned_away = Semaphore(0)
    idle = [call.future(nothing()) for _ in range(4)]
    for one in idle:
        one.add_done_callback(lambda _: turned_away.release())
    # Two of four workers are its share.
    assert turned_away.acquire(timeout=10) and turned_away.acquire(timeout=10)
    desk = world.as_desk(SHELTER)
    assert desk.collect(SHELTER, 0) == ()
    hold.set()
    for one in idle:
        one.cancel()  # type: ignore[no-untyped-call]
    channel.close()
    desk.close()


def test_a_request_that_takes_too_long_to_come_in_is_cut_off() -> None:
    now, cut = [0.0], Event()
    world = World.founded()
    peers = Peers.of(world.directory, [], START)
    log = open_log(LogSettings(level="error"), "relay", TH)
    guard = Guard(lambda: peers, Rates(1.0, 10, lambda: 0.0), log, Metrics(), 4, lambda: now[0])

    class Call:
        def cancel(self) -> None:
            cut.set()

    def slow() -> Iterator[bytes]:
        for seconds in (119.0, 121.0):
            now[0] = seconds
            guard._cut_off()
            assert cut.is_set() == (seconds > 120.0)
        yield b"late"

    peer = peers.known(world.relays[KH].der)
    assert guard._read(peer, slow(), Call()) == b"late"  # type: ignore[arg-type]
    assert guard._reading == {}


@pytest.mark.parametrize("before", [b"", b"\x10\x01", b"\x11" + bytes(8), b"\x15" + bytes(4), b"\x13\x14"])
def test_a_request_of_countless_empty_fields_is_not_read_to_its_end(before: bytes) -> None:
    read = _reader(pb.DeliverRequest)
    assert len(read(before + b"\x0a\x00" * 100_000).deliveries) <= 1024


def test_what_a_call_may_hold_is_read_as_it_is() -> None:
    whole = pb.DeliverRequest(deliveries=[pb.Delivery(envelope=bytes(300), recipient=KH)] * 65)
    assert _reader(pb.DeliverRequest)(whole.SerializeToString()) == whole
    assert _reader(pb.DeliverRequest)(b"") == pb.DeliverRequest()
    asked = pb.CollectRequest(agency=TH, cursor=1 << 63, limit=64)
    assert _reader(pb.CollectRequest)(asked.SerializeToString()) == asked


def test_an_endpoint_of_a_stranger_is_no_socket_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    identity = make_tls(f"relay.{TH}", START)
    with socket.socket(socket.AF_UNIX) as local:
        local.bind("12345")
        local.listen()
        local.setblocking(False)
        shown = ClientIdentity(identity.private_key, identity.certificate)
        line = GrpcRelay("unix:12345", KH, [identity.der], shown, 2.0)
        with pytest.raises(ReferralError):
            line.deliver([])
        line.close()
        with pytest.raises(BlockingIOError):
            local.accept()
    assert [one.name for one in tmp_path.iterdir()] == ["12345"]
