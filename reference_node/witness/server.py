"""HTTP for a witness, by the standard library's own server. Knows paths, sizes and patience; decides nothing.

    POST <prefix>/add-checkpoint
    GET  <prefix>/<SHA-256 of an origin in hex>/checkpoint

Requests need no authentication: a checkpoint bears its log's signatures, an answer the witness's. Errors carry no text.
"""

from __future__ import annotations

from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SHUT_RD, SHUT_RDWR, socket
from threading import BoundedSemaphore, Lock, Thread, Timer
from typing import Any, Final

from reference_node.witness.cosigner import Answer, Cosigner
from referral_proto.errors import ReferralError, WorldError
from referral_proto.log.submission import MAX_SUBMISSION

__all__ = ["WitnessServer"]

_PATIENCE_SECONDS: Final = 10.0
"""For one read."""
_LIFE_SECONDS: Final = 60.0
"""For one connection, however many requests it brings: whoever drips bytes does not keep a place."""
_AT_ONCE: Final = 64
"""Connections; more wait in the system's queue."""


class WitnessServer:
    """Listens once it exists; `address` says where. `prefix`: path before both calls, such as `/witness`."""

    def __init__(self, cosigner: Cosigner, host: str, port: int, prefix: str = "") -> None:
        """Raises WorldError listen.in-use."""
        try:
            self._server = _Server((host, port), cosigner, prefix)
        except OSError:
            raise WorldError("listen.in-use") from None
        self._thread = Thread(target=self._server.serve_forever, args=(0.1,), name="witness", daemon=True)

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
        self._server.hang_up()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], cosigner: Cosigner, prefix: str) -> None:
        self.cosigner, self.prefix = cosigner, prefix
        self._free, self._lock = BoundedSemaphore(_AT_ONCE), Lock()
        self._open: set[socket] = set()
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._free.acquire()
        try:
            super().process_request(request, client_address)
        except BaseException:
            self._free.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        end = Timer(_LIFE_SECONDS, _cut, (request, SHUT_RDWR))
        end.daemon = True
        end.start()
        with self._lock:
            self._open.add(request)
        try:
            super().process_request_thread(request, client_address)
        finally:
            end.cancel()
            with self._lock:
                self._open.discard(request)
            self._free.release()

    def hang_up(self) -> None:
        """No connection brings another request; answers that are due still go out."""
        with self._lock:
            for connection in self._open:
                _cut(connection, SHUT_RD)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that broke: its traceback belongs to nobody."""


def _cut(connection: socket, how: int) -> None:
    with suppress(OSError):
        connection.shutdown(how)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "witness"
    sys_version = ""
    timeout = _PATIENCE_SECONDS
    server: _Server
    connection: socket

    def do_POST(self) -> None:
        size = self.headers.get("Content-Length", "")
        if not (size.isascii() and size.isdigit()) or self.headers.get("Transfer-Encoding"):
            self._answer(Answer(411), last=True)
        elif len(size) > 9 or int(size) > MAX_SUBMISSION:
            self._answer(Answer(413), last=True)
        elif self.path != f"{self.server.prefix}/add-checkpoint":
            self._answer(Answer(404), last=True)
        else:
            body = self.rfile.read(int(size))
            self._answer(self._judged(body) if len(body) == int(size) else Answer(400))

    def do_GET(self) -> None:
        head, _, last = self.path.removeprefix(f"{self.server.prefix}/").rpartition("/")
        inside = self.path.startswith(f"{self.server.prefix}/") and last == "checkpoint"
        self._answer(self._checkpoint(head) if inside else Answer(404))

    def _judged(self, body: bytes) -> Answer:
        try:
            return self.server.cosigner.add_checkpoint(body)
        except ReferralError as error:
            return Answer(503 if isinstance(error, WorldError) else 500)

    def _checkpoint(self, name: str) -> Answer:
        try:
            return self.server.cosigner.checkpoint(name)
        except ReferralError:
            return Answer(503)

    def _answer(self, answer: Answer, *, last: bool = False) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        if last:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Requests are not logged here: a line would hold an address."""
