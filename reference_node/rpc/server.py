"""The relay's gRPC server: credentials, limits, health, reflection, and how it starts and stops. Knows no use case.

Only TLS 1.3 with a client certificate that records or settings pin gets past the handshake (for the version see
reference_node/__init__.py). New records and a new certificate of its own are taken up at the next handshake.

gRPC cannot close one connection, only a server with all that it has. So when a certificate is pinned no more, a new
server takes the port over and the old one leaves (`renew`): calls under way are finished, honest peers connect again,
and who is nobody any more is left outside.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock, Thread
from typing import Any, Final

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from reference_node import faults
from reference_node.keys import TlsIdentity
from reference_node.rpc.guard import Guard
from reference_node.rpc.relay import SERVICE, RelayService
from referral_proto.errors import WorldError
from referral_proto.rpc.channel import MESSAGE_LIMIT

__all__ = ["RelayServer"]

assert faults.LISTEN  # the codes below are declared there

_SERVING, _NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING
_MARGIN: Final = 1.0
"""Seconds that gRPC is given beyond the time after which it cuts everything off."""


class RelayServer:
    """identity, roots: what is shown, and the certificates (PEM) that may be shown, asked for at each handshake. calls:
    worker threads. cut_seconds: how long a connection may outlast `renew`.
    """

    def __init__(
        self,
        listen: str,
        identity: Callable[[], TlsIdentity],
        roots: Callable[[], bytes],
        guard: Guard,
        service: RelayService,
        calls: int,
        connection_seconds: int,
        cut_seconds: float = 30.0,
    ) -> None:
        self._listen, self._identity, self._roots = listen, identity, roots
        self._guard, self._service, self._calls = guard, service, calls
        self._options = _options(connection_seconds)
        # Half of the time each: whoever is unpinned while one server leaves waits for that one and for the next.
        self._leave_seconds = max(0.1, cut_seconds / 2 - _MARGIN)
        self._health = health.HealthServicer()
        self._lock = Lock()
        self._gate: _Gate | None = None
        self._leaving: Thread | None = None
        self._again = self._closing = False

    def start(self) -> str:
        """Listen and serve; returns `host:port`, with the port that was given if 0 was asked for. Raises WorldError
        listen.in-use.
        """
        if _taken(self._listen):
            raise WorldError("listen.in-use", self._listen)
        with self._lock:
            self._gate = self._open(self._listen)
            self._listen = self._gate.endpoint
        for service in ("", SERVICE):
            self._health.set(service, _SERVING)
        return self._listen

    def renew(self) -> None:
        """End every connection within `cut_seconds`; new ones are taken at once. Returns at once. Raises WorldError
        listen.in-use, and then nothing was ended: try again.
        """
        with self._lock:
            if self._gate is None or self._closing:
                return
            if self._leaving is not None:
                self._again = True
                return
            self._hand_over(self._gate)

    def drain(self) -> None:
        """Say that this relay is about to stop; calls are still served."""
        self._health.enter_graceful_shutdown()

    def close(self, seconds: float) -> bool:
        """Take no more calls, give those under way so many seconds. False if some had to be cut off."""
        with self._lock:
            self._closing = True
            gate, leaving = self._gate, self._leaving
        stopped = gate is None or gate.close(seconds)
        if leaving is not None:
            leaving.join(seconds)
        return stopped and not (leaving is not None and leaving.is_alive())

    def _open(self, listen: str) -> _Gate:
        return _Gate(
            listen, self._identity, self._roots, self._guard, self._service, self._health, self._calls, self._options
        )

    def _hand_over(self, old: _Gate) -> None:
        # First the new one listens: there is no moment at which nobody does.
        self._gate = self._open(self._listen)
        self._leaving = Thread(target=self._see_off, args=(old,), name="see-off", daemon=True)
        self._leaving.start()

    def _see_off(self, old: _Gate) -> None:
        old.close(self._leave_seconds)
        with self._lock:
            self._leaving = None
            if self._again and not self._closing and self._gate is not None:
                self._again = False
                self._hand_over(self._gate)


class _Gate:
    """One gRPC server that listens and serves, from its making to `close`. Raises WorldError listen.in-use."""

    def __init__(
        self,
        listen: str,
        identity: Callable[[], TlsIdentity],
        roots: Callable[[], bytes],
        guard: Guard,
        service: RelayService,
        servicer: health.HealthServicer,
        calls: int,
        options: list[tuple[str, Any]],
    ) -> None:
        self._identity, self._roots = identity, roots
        self._shown = self._now()
        self._workers = ThreadPoolExecutor(calls, thread_name_prefix="call")
        self._server = grpc.server(
            self._workers,
            interceptors=[guard],
            # Beyond it a call is turned away at once; a queue in memory would be a promise that nobody keeps.
            maximum_concurrent_rpcs=4 * calls,
            options=options,
        )
        health_pb2_grpc.add_HealthServicer_to_server(servicer, self._server)
        self._server.add_generic_rpc_handlers((service.handler(),))
        reflection.enable_server_reflection((SERVICE, health.SERVICE_NAME, reflection.SERVICE_NAME), self._server)
        credentials = grpc.dynamic_ssl_server_credentials(
            _configuration(*self._shown), self._changed, require_client_authentication=True
        )
        try:
            port = self._server.add_secure_port(listen, credentials)
        except RuntimeError:
            port = 0
        if not port:
            self._server.stop(None)
            self._workers.shutdown(wait=False)
            raise WorldError("listen.in-use", listen)
        self._server.start()
        self.endpoint = f"{listen.rsplit(':', 1)[0]}:{port}"

    def close(self, seconds: float) -> bool:
        """As `RelayServer.close`. At the end every connection is closed, also one that never called."""
        stopped = self._server.stop(seconds).wait(seconds + _MARGIN)
        self._workers.shutdown(wait=False, cancel_futures=True)
        return stopped

    def _now(self) -> tuple[TlsIdentity, bytes]:
        return self._identity(), self._roots()

    def _changed(self) -> Any:
        now = self._now()
        if now == self._shown:
            return None
        self._shown = now
        return _configuration(*now)


def _configuration(identity: TlsIdentity, roots: bytes) -> Any:
    return grpc.ssl_server_certificate_configuration([(identity.private_key, identity.certificate)], roots)


def _taken(listen: str) -> bool:
    """Whether another program listens there. gRPC's servers of one program share the port while one takes over from
    the other; a second relay must not get half of the calls that way, but an error.
    """
    host, port = listen.rsplit(":", 1)
    try:
        found = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        return False  # gRPC refuses it
    for family, kind, protocol, _, address in found:
        try:
            with socket.socket(family, kind, protocol) as probe:
                # So that connections that are about to end are not taken for somebody who listens.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return True
    return False


def _options(connection_seconds: int) -> list[tuple[str, Any]]:
    return [
        # The next server of this relay listens before the last one leaves; other relays are found by `_taken`.
        ("grpc.so_reuseport", 1),
        ("grpc.max_receive_message_length", MESSAGE_LIMIT),
        ("grpc.max_send_message_length", MESSAGE_LIMIT),
        ("grpc.max_metadata_size", 8 * 1024),
        # Ciphertext does not shrink; a small call that unpacks to a large one is an attack. 1: no algorithm but none.
        ("grpc.compression_enabled_algorithms_bitset", 1),
        ("grpc.max_connection_age_ms", connection_seconds * 1000),
        ("grpc.max_connection_age_grace_ms", 60_000),
        ("grpc.max_connection_idle_ms", 600_000),
        ("grpc.keepalive_time_ms", 120_000),
        ("grpc.keepalive_timeout_ms", 20_000),
        ("grpc.http2.min_ping_interval_without_data_ms", 30_000),
        ("grpc.server_handshake_timeout_ms", 10_000),
    ]
