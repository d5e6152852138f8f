"""The guard stands before every method of the relay's server, health and reflection included.

It finds out who calls by the certificate of the connection, on every call, since connections outlive records; it counts
what each peer brings, before and after reading it; and it turns every error into an opaque status with a public code.
No exception text leaves.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from threading import BoundedSemaphore, Lock
from typing import Any, Final, NoReturn

import grpc

from reference_node.observe import Log, Metrics, told
from reference_node.relay.peers import Peer, Peers
from reference_node.relay.rate import Rates
from referral_proto.errors import CallerError, PeerError, ReferralError, WorldError
from referral_proto.errors.codes import RELAY
from referral_proto.rpc.relay import CODE_KEY

__all__ = ["Guard"]

_STATUS: Final = {
    "relay.not-allowed": grpc.StatusCode.PERMISSION_DENIED,
    "relay.not-served": grpc.StatusCode.PERMISSION_DENIED,
    "relay.too-many": grpc.StatusCode.INVALID_ARGUMENT,
    "relay.no-log": grpc.StatusCode.NOT_FOUND,
    "relay.anchor": grpc.StatusCode.FAILED_PRECONDITION,
    "relay.rate": grpc.StatusCode.RESOURCE_EXHAUSTED,
    "relay.try-later": grpc.StatusCode.RESOURCE_EXHAUSTED,
    "relay.stopping": grpc.StatusCode.UNAVAILABLE,
    "relay.broken": grpc.StatusCode.INTERNAL,
}
_STREAMS_AT_ONCE: Final = 2
"""Reflection holds a worker thread for as long as its stream is open."""
_READING_SECONDS: Final = 120.0
"""How long a request may take to come in."""


class Guard(grpc.ServerInterceptor):  # type: ignore[type-arg] # generic in the stubs alone
    """peers: who is known at the moment. calls: worker threads of the server; one peer's requests may hold half of them
    while they come in, since a call that sends nothing holds one. ticks: seconds of a monotonic clock.
    """

    def __init__(
        self,
        peers: Callable[[], Peers],
        rates: Rates,
        log: Log,
        metrics: Metrics,
        calls: int = 16,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._peers, self._rates, self._log, self._metrics = peers, rates, log, metrics
        self._share, self._ticks = max(1, calls // 2), ticks
        self._lock = Lock()
        self._reading: dict[Any, tuple[str, float]] = {}
        self._streams = BoundedSemaphore(_STREAMS_AT_ONCE)

    def peer(self, context: grpc.ServicerContext) -> Peer:
        """Who calls. Raises PeerError relay.not-allowed."""
        shown: Mapping[str, Any] = context.auth_context()
        # Older gRPC does not say the version; then the ciphers alone see to it.
        if shown.get("ssl_tls_version", [b"TLSv1.3"]) != [b"TLSv1.3"]:
            raise PeerError("relay.not-allowed")
        certificates = shown.get("x509_pem_cert", [])
        if len(certificates) != 1:
            raise PeerError("relay.not-allowed")
        return self._peers().known(ssl.PEM_cert_to_DER_cert(certificates[0].decode("ascii")))

    def pay(self, peer: Peer, cost: int) -> None:
        """Count what a peer brings beyond the call itself. Raises WorldError relay.rate."""
        if not self._rates.take(peer.fingerprint, cost):
            raise WorldError("relay.rate")

    def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], grpc.RpcMethodHandler[Any, Any] | None],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> grpc.RpcMethodHandler[Any, Any] | None:
        # Here, since it also runs when no worker is free.
        self._cut_off()
        handler: Any = continuation(handler_call_details)
        if handler is None:
            return None
        method = str(handler_call_details.method)
        if handler.unary_unary is not None:
            # The same on the line; but the guard sees who calls before it waits for what they send.
            return grpc.stream_unary_rpc_method_handler(
                self._unary(method, handler.unary_unary), handler.request_deserializer, handler.response_serializer
            )
        if handler.stream_stream is not None:
            return grpc.stream_stream_rpc_method_handler(
                self._stream(method, handler.stream_stream), handler.request_deserializer, handler.response_serializer
            )
        # What is left is Health.Watch, an endless stream that the relay does not offer.
        return None

    def _unary(self, method: str, behaviour: Callable[..., Any]) -> Callable[[Any, grpc.ServicerContext], Any]:
        def guarded(requests: Iterator[Any], context: grpc.ServicerContext) -> Any:
            try:
                peer = self.peer(context)
                self.pay(peer, 1)
                return behaviour(self._read(peer, requests, context), context)
            except Exception as error:  # noqa: BLE001 - gRPC would log and send the text of whatever comes through
                code, status = self._judge(method, error, context)
            return self._abort(context, code, status)

        return guarded

    def _read(self, peer: Peer, requests: Iterator[Any], context: grpc.ServicerContext) -> Any:
        """The one message of a call. Raises WorldError relay.rate, PeerError relay.not-allowed if none came."""
        holder = f"{peer.operator or ''}/{peer.agency or ''}"
        with self._lock:
            if sum(one == holder for one, _ in self._reading.values()) >= self._share:
                raise WorldError("relay.rate")
            self._reading[context] = holder, self._ticks()
        try:
            return next(requests)
        except (StopIteration, grpc.RpcError):
            pass
        finally:
            with self._lock:
                del self._reading[context]
        raise PeerError("relay.not-allowed")

    def _cut_off(self) -> None:
        """End the calls whose request takes too long to come in."""
        before = self._ticks() - _READING_SECONDS
        with self._lock:
            late = [context for context, (_, since) in self._reading.items() if since < before]
        for context in late:
            context.cancel()

    def _stream(self, method: str, behaviour: Callable[..., Any]) -> Callable[[Any, grpc.ServicerContext], Any]:
        def guarded(requests: Any, context: grpc.ServicerContext) -> Iterator[Any]:
            if not self._streams.acquire(blocking=False):
                self._abort(context, "relay.rate", _STATUS["relay.rate"])
            try:
                self.pay(self.peer(context), 1)
                yield from behaviour(requests, context)
                return
            except Exception as error:  # noqa: BLE001 - as above
                code, status = self._judge(method, error, context)
            finally:
                self._streams.release()
            self._abort(context, code, status)

        return guarded

    def _judge(self, method: str, error: Exception, context: Any) -> tuple[str | None, grpc.StatusCode]:
        """The public code and status of a failed call."""
        if context.code() not in {None, grpc.StatusCode.OK}:
            # A service of gRPC's own has ended the call and said why.
            return None, context.code()
        code = "relay.broken"
        if isinstance(error, PeerError | WorldError) and error.code in RELAY:
            code = error.code
        elif isinstance(error, WorldError):
            code = "relay.try-later"
        elif isinstance(error, PeerError | CallerError):
            code = "relay.not-allowed"
        inner: Mapping[str, Any] = told(error) if isinstance(error, ReferralError) else {"problem": type(error)}
        self._log.log(
            40 if code in {"relay.broken", "relay.try-later"} else 30, "a call failed", method=method, **inner
        )
        self._metrics.count("failed_calls", code)
        return code, _STATUS.get(code, grpc.StatusCode.INTERNAL)

    def _abort(self, context: Any, code: str | None, status: grpc.StatusCode) -> NoReturn:
        if code is not None:
            context.set_trailing_metadata(((CODE_KEY, code),))
        context.abort(status, code or "refused")
        raise AssertionError("abort returned")
