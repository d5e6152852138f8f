"""Strangers may ask: whoever is slow loses the place and nobody else does. Real sockets on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from socket import create_connection, socket
from threading import Event

import pytest

from reference_node.witness import listener as listening
from reference_node.witness.listener import Answer, Listener

HEAD = b"POST /add HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
MOST = 5
"""Seconds a test waits for what must come: less than the server gives a slow one, for whom nobody may have to wait."""


class Echo:
    """A Site. A GET waits until it is let go."""

    largest = 1024

    def __init__(self) -> None:
        self.asked, self.free = Event(), Event()

    def takes(self, path: str) -> bool:
        return path == "/add"

    def post(self, path: str, body: bytes) -> Answer:
        return Answer(200, body)

    def get(self, path: str) -> Answer:
        self.asked.set()
        self.free.wait(MOST)
        return Answer(200, b"late")


@pytest.fixture
def site() -> Echo:
    return Echo()


@pytest.fixture
def served(site: Echo) -> Iterator[Listener]:
    made = Listener(site, "127.0.0.1", 0, "witness")
    made.start()
    yield made
    site.free.set()
    made.stop()


def connected(served: Listener, source: str = "127.0.0.1", said: bytes = b"") -> socket:
    made = create_connection(served.address, MOST, (source, 0))
    made.sendall(said)
    return made


def post(served: Listener, source: str = "127.0.0.1") -> bytes:
    client = HTTPConnection(*served.address, timeout=MOST, source_address=(source, 0))
    try:
        client.request("POST", "/add", b"mine")
        answer = client.getresponse()
        assert answer.status == 200
        return answer.read()
    finally:
        client.close()


def ended(connection: socket) -> bool:
    """Waits until the other side has closed."""
    try:
        while connection.recv(4096):
            pass
    except ConnectionError:
        pass
    return True


@pytest.mark.req("WIT-13")
@pytest.mark.parametrize("source", ["127.0.0.1", "127.0.0.2"], ids=["own address", "another address"])
@pytest.mark.parametrize("said", [b"", b"POST /ad", HEAD, HEAD + b"\r\nbo"], ids=["silent", "line", "head", "body"])
def test_two_hundred_that_drip_keep_nobody_out(served: Listener, source: str, said: bytes) -> None:
    with ExitStack() as stack:
        drips = [stack.enter_context(connected(served, source, said)) for _ in range(200)]
        assert post(served) == b"mine"
        # Their connections were closed for those that came later, the first ones first.
        assert all(ended(one) for one in drips[:100])
        for one in drips[-5:]:
            one.sendall(b"X")
        assert post(served, "127.0.0.3") == b"mine"


@pytest.mark.req("WIT-13")
def test_many_addresses_together_keep_nobody_out(served: Listener) -> None:
    with ExitStack() as stack:
        for number in range(200):
            stack.enter_context(connected(served, f"127.0.1.{number + 1}", HEAD))
        assert post(served) == b"mine"


@pytest.mark.req("WIT-13")
def test_whoever_came_last_is_not_the_first_to_go(served: Listener) -> None:
    with ExitStack() as stack:
        for number in range(60):
            stack.enter_context(connected(served, f"127.0.1.{number + 1}", HEAD))
        mine = stack.enter_context(connected(served, said=HEAD + b"Connection: close\r\n\r\nmi"))
        for number in range(40):
            stack.enter_context(connected(served, f"127.0.2.{number + 1}", HEAD))
        assert post(served, "127.0.0.2") == b"mine"
        mine.sendall(b"ne")
        got = b""
        while part := mine.recv(4096):
            got += part
    assert got.endswith(b"mine")


@pytest.mark.req("WIT-13")
@pytest.mark.parametrize("said", [b"", b"POST /ad", HEAD + b"\r\nbo"], ids=["silent", "line", "body"])
def test_a_request_has_one_deadline_however_it_drips(
    served: Listener, said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "_PATIENCE_SECONDS", 0.3)
    over = Event()
    with connected(served, said=said) as one:
        one.settimeout(0.05)
        while not over.is_set():
            # Each byte is in time for any single read.
            try:
                one.sendall(b"o" if not said.endswith(b"bo") else b"")
                if one.recv(4096) == b"":
                    over.set()
            except TimeoutError:
                continue
            except ConnectionError:
                over.set()
    assert post(served) == b"mine"


@pytest.mark.req("WIT-13")
def test_who_is_being_answered_loses_no_place(served: Listener, site: Echo) -> None:
    with ExitStack() as stack:
        asking = stack.enter_context(connected(served, said=b"GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        assert site.asked.wait(MOST)
        for _ in range(200):
            stack.enter_context(connected(served))
        assert post(served) == b"mine"
        site.free.set()
        got = b""
        while part := asking.recv(4096):
            got += part
    assert got.endswith(b"late")


def test_where_everybody_is_being_answered_the_next_is_dropped_at_once(
    served: Listener, site: Echo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "_OF_ONE", 1)
    with connected(served, said=b"GET /x HTTP/1.1\r\nHost: x\r\n\r\n"):
        assert site.asked.wait(MOST)
        with connected(served, said=HEAD) as late:
            assert ended(late)
        assert post(served, "127.0.0.2") == b"mine"
        site.free.set()


def test_requests_may_follow_on_one_connection(served: Listener) -> None:
    client = HTTPConnection(*served.address, timeout=MOST)
    for _ in range(3):
        client.request("POST", "/add", b"more")
        assert client.getresponse().read() == b"more"
    client.close()


@pytest.mark.parametrize(
    ("hosts", "same"),
    [
        (("192.0.2.1", "192.0.2.2"), False),
        (("2001:db8::1", "2001:db8::ffff:1"), True),
        (("2001:db8:0:1::1", "2001:db8:0:2::1"), False),
        (("fe80::1%eth0", "fe80::2"), True),
    ],
)
def test_of_a_long_address_the_network_counts(hosts: tuple[str, str], same: bool) -> None:
    one, other = (listening._address(host) for host in hosts)
    assert (one == other) is same
