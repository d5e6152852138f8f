"""HTTP/1.1 by the standard library's own server, for what strangers may ask. Knows patience and sizes; decides nothing.

A site says what a path means. Requests need no authentication and leave no line in a log: it would hold an address.
Errors carry no text.

Nobody takes a place by being slow. A request has one deadline for headers and body together. Where all places are
taken, the next connection takes that of the one which has kept the server waiting longest: of its own address if that
has its share already, else of the address that holds most. Where everybody is being answered it is dropped.
"""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedReader, RawIOBase
from ipaddress import IPv6Address
from socket import AF_INET, AF_INET6, SHUT_RD, SHUT_RDWR, socket
from threading import Lock, Thread
from typing import Any, Final, NamedTuple, Protocol

from referral_proto.errors import ReferralError, WorldError

__all__ = ["TEXT", "Answer", "Listener", "Site"]

TEXT: Final = "text/plain; charset=utf-8"
_PATIENCE_SECONDS: Final = 10.0
"""For one request with its body; and for taking the answer."""
_LIFE_SECONDS: Final = 60.0
"""For one connection, however many requests it brings."""
_AT_ONCE: Final = 64
"""Connections."""
_OF_ONE: Final = 16
"""Connections of one address; of IPv6 the first 64 bits are one."""
_QUEUE: Final = 256
"""Connections that the system holds until they are accepted: at once, whatever the others do."""


class Answer(NamedTuple):
    """An HTTP answer. `cache`: how long it may be kept, as the header says it; empty: nothing is said."""

    status: int
    body: bytes = b""
    kind: str = TEXT
    cache: str = ""


class Site(Protocol):
    """What is asked. Both may raise ReferralError: WorldError becomes 503, any other 500."""

    largest: int
    """Bytes of a request's body; more is 413."""

    def takes(self, path: str) -> bool:
        """Whether POST goes there; else 404 before the body is read."""
        ...

    def post(self, path: str, body: bytes) -> Answer: ...

    def get(self, path: str) -> Answer: ...


class Listener:
    """Listens once it exists; `address` says where."""

    def __init__(self, site: Site, host: str, port: int, name: str) -> None:
        """Raises WorldError listen.in-use."""
        try:
            self._server = _Server((host, port), site)
        except OSError:
            raise WorldError("listen.in-use", name) from None
        self._thread = Thread(target=self._server.serve_forever, args=(0.1,), name=name, daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        host, port = self._server.server_address[:2]
        return str(host), int(port)

    def start(self) -> None:
        """Serve, in threads."""
        self._thread.start()

    def stop(self) -> None:
        """Take no more requests and close. What is under way is finished: it is stored or not, never half."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.places.hang_up()
        self._server.server_close()


@dataclass(slots=True, eq=False)
class _Place:
    """A connection. since: from when it has kept the server waiting (monotonic seconds); None while it is answered."""

    connection: socket
    address: str
    born: float
    since: float | None
    lost: bool = False


class _Places:
    """Who is connected. One lock; nothing here waits for a network."""

    def __init__(self) -> None:
        self._lock, self._taken = Lock(), set[_Place]()

    def take(self, connection: socket, address: str) -> _Place | None:
        """A place, if need be another's; None if everybody who could give one up is being answered."""
        now = time.monotonic()
        with self._lock:
            held = Counter(one.address for one in self._taken)
            full = held[address] >= _OF_ONE
            if full or len(self._taken) >= _AT_ONCE:
                rivals = [(one.since, one) for one in self._taken if not full or one.address == address]
                waiting = [(-held[one.address], since, one) for since, one in rivals if since is not None]
                if not waiting:
                    return None
                self._drop(min(waiting, key=lambda rival: rival[:2])[2])
            place = _Place(connection, address, now, now)
            self._taken.add(place)
            return place

    def _drop(self, place: _Place) -> None:
        place.lost = True
        self._taken.discard(place)
        _cut(place.connection, SHUT_RDWR)

    def answering(self, place: _Place) -> bool:
        """The request is there; False if the place was lost meanwhile."""
        with self._lock:
            place.since = None
            return not place.lost

    def waiting(self, place: _Place) -> float:
        """The next request may come; until when (monotonic seconds)."""
        with self._lock:
            place.since = time.monotonic()
            return min(place.since + _PATIENCE_SECONDS, place.born + _LIFE_SECONDS)

    def give_up(self, place: _Place) -> None:
        with self._lock:
            self._taken.discard(place)

    def hang_up(self) -> None:
        """No connection brings another request; answers that are due still go out."""
        with self._lock:
            for place in self._taken:
                _cut(place.connection, SHUT_RD)


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = _QUEUE

    def __init__(self, address: tuple[str, int], site: Site) -> None:
        self.site, self.places = site, _Places()
        self.address_family = AF_INET6 if ":" in address[0] else AF_INET
        super().__init__(address, _Handler)
        # Between the notice of a connection and its acceptance it may be gone again, and another take long to come.
        self.socket.setblocking(False)

    def process_request(self, request: Any, client_address: Any) -> None:
        place = self.places.take(request, _address(client_address[0]))
        if place is None:
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, place)
        except BaseException:
            self.places.give_up(place)
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.places.give_up(client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that broke: its traceback belongs to nobody."""


def _cut(connection: socket, how: int) -> None:
    with suppress(OSError):
        connection.shutdown(how)


def _address(host: str) -> str:
    if ":" not in host:
        return host
    return str(IPv6Address(int(IPv6Address(host.partition("%")[0])) >> 64 << 64))


class _Incoming(RawIOBase):
    """What a connection sends until `deadline` (monotonic seconds), then TimeoutError: also for who drips."""

    def __init__(self, connection: socket) -> None:
        self._connection, self.deadline = connection, 0.0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "referral"
    sys_version = ""
    timeout = _PATIENCE_SECONDS
    server: _Server
    connection: socket
    client_address: Any
    """The _Place; the base class only hands it on."""

    def setup(self) -> None:
        super().setup()
        self.rfile.close()
        self._incoming = _Incoming(self.connection)
        self.rfile = BufferedReader(self._incoming)

    def handle_one_request(self) -> None:
        self._incoming.deadline = self.server.places.waiting(self.client_address)
        super().handle_one_request()

    def do_POST(self) -> None:
        size = self.headers.get("Content-Length", "")
        site, path = self.server.site, self.path
        if not (size.isascii() and size.isdigit()) or self.headers.get("Transfer-Encoding"):
            self._answer(Answer(411), last=True)
        elif len(size) > 9 or int(size) > site.largest:
            self._answer(Answer(413), last=True)
        elif not site.takes(path):
            self._answer(Answer(404), last=True)
        else:
            body = self.rfile.read(int(size))
            self._answer(self._judged(lambda: site.post(path, body)) if len(body) == int(size) else Answer(400))

    def do_GET(self) -> None:
        self._answer(self._judged(lambda: self.server.site.get(self.path)))

    def _judged(self, ask: Any) -> Answer:
        if not self.server.places.answering(self.client_address):
            self.close_connection = True
            return Answer(503)
        try:
            found: Answer = ask()
        except ReferralError as error:
            return Answer(503 if isinstance(error, WorldError) else 500)
        return found

    def _answer(self, answer: Answer, *, last: bool = False) -> None:
        self.connection.settimeout(_PATIENCE_SECONDS)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.cache:
            self.send_header("Cache-Control", answer.cache)
        if last:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Requests are not logged here: a line would hold an address."""
