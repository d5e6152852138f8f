"""The door of a relay process: TLS 1.3, a pinned client certificate, and a firm stand against noise."""

from __future__ import annotations

import random
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from reference_node.keys import TlsIdentity, make_tls
from referral_proto.moment import Moment
from referral_proto.ports import DeliverStatus
from tests.e2e.running import Running, running
from tests.relay.world import KH, TH, World, deliveries, statuses


@pytest.fixture(scope="module")
def world() -> World:
    return World.founded(Moment(int(time.time())))


@pytest.fixture(scope="module")
def relay(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("door") / "relay"
    world.relay_folder(folder, KH)
    with running(folder) as made:
        yield made


def handshake(world: World, shown: TlsIdentity | None, folder: Path, version: ssl.TLSVersion) -> str | None:
    """The version that OpenSSL, not gRPC, agrees on with the relay; None if it gets nowhere."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = context.maximum_version = version
    context.load_verify_locations(cadata=world.relays[KH].certificate.decode())
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.set_alpn_protocols(["h2"])
    if shown is not None:
        (folder / "shown.pem").write_bytes(shown.private_key + shown.certificate)
        context.load_cert_chain(folder / "shown.pem")
    try:
        with (
            socket.create_connection(("127.0.0.1", world.ports[KH])) as plain,
            context.wrap_socket(plain, server_hostname=f"relay.{KH}") as secure,
        ):
            # In TLS 1.3 a server's refusal of the client's certificate shows at the first read.
            secure.settimeout(30)
            return secure.version() if secure.recv(1) else None
    except (ssl.SSLError, ConnectionError):
        return None


def still_serves(world: World) -> bool:
    line = world.as_relay(TH, KH)
    replies = line.deliver(deliveries(world.seal(TH, [KH]), KH))
    line.close()
    return statuses(replies) == [DeliverStatus.ACCEPTED]


def test_tls_1_3_with_the_pinned_certificate(world: World, relay: Running, tmp_path: Path) -> None:
    assert handshake(world, world.agencies[KH].desk, tmp_path, ssl.TLSVersion.TLSv1_3) == "TLSv1.3"


@pytest.mark.req("TRN-01")
def test_tls_1_2_is_refused_even_to_a_pinned_certificate(world: World, relay: Running, tmp_path: Path) -> None:
    for shown in (world.agencies[KH].desk, world.relays[TH]):
        assert handshake(world, shown, tmp_path, ssl.TLSVersion.TLSv1_2) is None
    assert still_serves(world)


def test_nobody_and_a_stranger_are_refused(world: World, relay: Running, tmp_path: Path) -> None:
    stranger = make_tls(f"relay.{TH}", world.at)
    for shown in (None, stranger, world.agencies[TH].desk):
        assert handshake(world, shown, tmp_path, ssl.TLSVersion.TLSv1_3) is None
    assert still_serves(world)


def test_noise_and_silence_do_no_harm(world: World, relay: Running) -> None:
    noise = random.Random(7)
    with ExitStack() as stack:

        def dial() -> socket.socket:
            return stack.enter_context(socket.create_connection(("127.0.0.1", world.ports[KH])))

        for _ in range(20):
            dial()
        for data in (
            *(noise.randbytes(size) for size in (1, 5, 100, 10_000)),
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9),
            b"GET / HTTP/1.1\r\n\r\n",
        ):
            plain = dial()
            plain.settimeout(60)
            # The relay may hang up at any point.
            with suppress(ConnectionError, OSError):
                plain.sendall(data)
                plain.shutdown(socket.SHUT_WR)
                while plain.recv(4096):
                    pass
        assert still_serves(world)
    assert relay.process.poll() is None
