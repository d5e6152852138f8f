"""The relay's gRPC server: credentials, limits, health, reflection, and how it starts and stops. Knows no use case.

Only TLS 1.3 with a client certificate that records or settings pin gets past the handshake (for the version see
reference_node/__init__.py). New records are taken up at the next handshake, and connections have an age.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

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


class RelayServer:
    """roots: the certificates that may be shown, in PEM, asked for at each handshake. calls: worker threads."""

    def __init__(
        self,
        listen: str,
        identity: TlsIdentity,
        roots: Callable[[], bytes],
        guard: Guard,
        service: RelayService,
        calls: int,
        connection_seconds: int,
    ) -> None:
        self._listen, self._identity, self._roots = listen, identity, roots
        self._given = roots()
        self._workers = ThreadPoolExecutor(calls, thread_name_prefix="call")
        self._server = grpc.server(
            self._workers,
            interceptors=[guard],
            # Beyond it a call is turned away at once; a queue in memory would be a promise that nobody keeps.
            maximum_concurrent_rpcs=4 * calls,
            options=_options(connection_seconds),
        )
        self._health = health.HealthServicer()
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
        self._server.add_generic_rpc_handlers((service.handler(),))
        reflection.enable_server_reflection((SERVICE, health.SERVICE_NAME, reflection.SERVICE_NAME), self._server)

    def start(self) -> str:
        """Listen and serve; returns `host:port`, with the port that was given if 0 was asked for. Raises WorldError
        listen.in-use.
        """
        credentials = grpc.dynamic_ssl_server_credentials(
            self._configuration(), self._changed, require_client_authentication=True
        )
        try:
            port = self._server.add_secure_port(self._listen, credentials)
        except RuntimeError:
            port = 0
        if not port:
            raise WorldError("listen.in-use", self._listen)
        self._server.start()
        for service in ("", SERVICE):
            self._health.set(service, _SERVING)
        return f"{self._listen.rsplit(':', 1)[0]}:{port}"

    def drain(self) -> None:
        """Say that this relay is about to stop; calls are still served."""
        self._health.enter_graceful_shutdown()

    def close(self, seconds: float) -> bool:
        """Take no more calls, give those under way so many seconds. False if some had to be cut off."""
        stopped = self._server.stop(seconds).wait(seconds + 1.0)
        self._workers.shutdown(wait=False, cancel_futures=True)
        return stopped

    def _configuration(self) -> Any:
        identity = self._identity
        return grpc.ssl_server_certificate_configuration([(identity.private_key, identity.certificate)], self._given)

    def _changed(self) -> Any:
        roots = self._roots()
        if roots == self._given:
            return None
        self._given = roots
        return self._configuration()


def _options(connection_seconds: int) -> list[tuple[str, Any]]:
    return [
        # With it on, a second relay on the same port would get half of the calls instead of an error.
        ("grpc.so_reuseport", 0),
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
