"""GrpcRelay: a relay reached over gRPC. Translates values and errors; decides nothing and tries nothing again.

What comes back was written by another party: a reply that does not fit the request is `net.protocol`, never an
IndexError, and no text of the peer reaches an error or a log.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeVar

import grpc

from referral_proto.errors import CallerError, Fault, PeerError, ReferralError, WorldError
from referral_proto.errors.codes import RELAY
from referral_proto.ids import AgencyId, Digest, Leaf, agency_id, digest
from referral_proto.moment import Moment
from referral_proto.ports import MAX_BATCH, Collected, DeliverStatus, Delivery, Outcome, Reply
from referral_proto.rpc.channel import ClientIdentity, certificate_name, open_channel
from referral_proto.v1 import relay_pb2 as pb
from referral_proto.v1.relay_pb2_grpc import RelayStub

__all__ = ["CODE_KEY", "GrpcRelay"]

CODE_KEY: Final = "referral-code"
"""Key of the trailing metadata under which a relay names why it turned a whole call down."""

_CODE: Final = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z0-9-]+){1,3}", re.ASCII)
_LONGEST_CODE: Final = 64
_MOST_OPENING_KEYS: Final = 16
_LARGEST_RECORD: Final = 256 * 1024
T = TypeVar("T")
R = TypeVar("R")


class GrpcRelay:
    """Transport, Mailbox and TrustPost over one mutually authenticated channel; see `ports` for the duties.

    endpoint: `host:port`. operator: the agency that operates the relay. pinned: its certificates (X.509, DER).
    timeout: seconds for one call.
    """

    def __init__(
        self,
        endpoint: str,
        operator: AgencyId,
        pinned: Sequence[bytes],
        identity: ClientIdentity,
        timeout: float = 30.0,
    ) -> None:
        self.endpoint = endpoint
        self.operator = operator
        self._timeout = timeout
        self._channel = open_channel(endpoint, certificate_name("relay", operator), pinned, identity)
        self._stub: Any = RelayStub(self._channel)

    def deliver(self, deliveries: Sequence[Delivery]) -> tuple[Reply, ...]:
        request = pb.DeliverRequest(
            deliveries=[pb.Delivery(envelope=d.envelope, recipient=d.recipient) for d in deliveries]
        )
        response = self._call(self._stub.Deliver, request)
        return _understood(lambda: _replies(response.replies, len(deliveries)))

    def submit(self, envelopes: Sequence[bytes]) -> tuple[Reply, ...]:
        response = self._call(self._stub.Submit, pb.SubmitRequest(envelopes=envelopes))
        return _understood(lambda: _replies(response.replies, len(envelopes)))

    def collect(self, agency: AgencyId, cursor: int, limit: int = MAX_BATCH) -> tuple[Collected, ...]:
        response = self._call(self._stub.Collect, pb.CollectRequest(agency=agency, cursor=cursor, limit=limit))
        return _understood(
            lambda: _ascending(
                [Collected(c.cursor, c.envelope, Moment(c.received_at)) for c in response.collected], cursor, limit
            )
        )

    def confirm(self, agency: AgencyId, cursor: int) -> None:
        self._call(self._stub.Confirm, pb.ConfirmRequest(agency=agency, cursor=cursor))

    def outcomes(self, agency: AgencyId, cursor: int, limit: int = MAX_BATCH) -> tuple[Outcome, ...]:
        response = self._call(self._stub.Outcomes, pb.OutcomesRequest(agency=agency, cursor=cursor, limit=limit))
        return _understood(lambda: _ascending([_outcome(o) for o in response.outcomes], cursor, limit))

    def trust_file(self, path: str) -> bytes:
        response = self._call(self._stub.TrustFile, pb.TrustFileRequest(path=path))
        if not response.HasField("content"):
            raise PeerError("trust.no-file")
        content: bytes = response.content
        return content

    def snapshot(self) -> tuple[int, Digest] | None:
        response = self._call(self._stub.Snapshot, pb.SnapshotRequest())
        if not response.HasField("version"):
            return None
        return _understood(lambda: (int(response.version), digest(response.digest)))

    def opening_keys(self, agency: AgencyId) -> tuple[bytes, ...]:
        response = self._call(self._stub.OpeningKeys, pb.OpeningKeysRequest(agency=agency))
        return _understood(lambda: _opening_keys(response.records))

    def publish_opening_key(self, record: bytes) -> None:
        """For the agency's own desk: others may have this opening key. Idempotent. PeerError relay.opening-key: it
        does not stand up to the records that the relay knows.
        """
        self._call(self._stub.PublishOpeningKey, pb.PublishOpeningKeyRequest(record=record))

    def close(self) -> None:
        self._channel.close()

    def __repr__(self) -> str:
        return f"GrpcRelay({self.endpoint}, {self.operator})"

    def _call(self, method: Callable[..., Any], request: object) -> Any:
        try:
            return method(request, timeout=self._timeout)
        except grpc.RpcError as error:
            failure = _failure(error)
        except ValueError:
            # How grpc says that the channel was closed.
            failure = WorldError("net.closed", "relay")
        # Raised outside the handler: a gRPC error quotes the peer's text.
        raise failure


def _failure(error: grpc.RpcError) -> ReferralError:
    """What a failed call means here. A code counts only if it is one that a relay may send."""
    # Every error of a unary call is a grpc.Call too, which its type does not say.
    call: Any = error
    for key, value in call.trailing_metadata() or ():
        if key == CODE_KEY and (known := RELAY.get(str(value))) is not None:
            return WorldError(str(value)) if known.fault is Fault.WORLD else PeerError(str(value))
    match call.code():
        case grpc.StatusCode.UNAVAILABLE:
            return WorldError("net.unreachable", "relay")
        case grpc.StatusCode.DEADLINE_EXCEEDED:
            return WorldError("net.timeout", "relay")
        case grpc.StatusCode.CANCELLED:
            return WorldError("net.closed", "relay")
        case grpc.StatusCode.RESOURCE_EXHAUSTED:
            return WorldError("net.busy", "relay")
        case grpc.StatusCode.PERMISSION_DENIED | grpc.StatusCode.UNAUTHENTICATED:
            return PeerError("net.refused", "relay")
        case _:
            return PeerError("net.protocol", "relay")


def _understood(read: Callable[[], R]) -> R:
    try:
        return read()
    except (CallerError, ValueError):
        pass
    # Raised outside the handler: the cause may quote the peer's values.
    raise PeerError("net.protocol", "relay")


def _code(text: str) -> str:
    return text if len(text) <= _LONGEST_CODE and _CODE.fullmatch(text) else ""


def _leaf(data: bytes) -> Leaf:
    if len(data) != 32:
        raise ValueError("leaf")
    return Leaf(data)


def _replies(replies: Iterable[Any], expected: int) -> tuple[Reply, ...]:
    read = tuple(Reply(DeliverStatus(r.status), _leaf(r.leaf) if r.leaf else None, _code(r.code)) for r in replies)
    if len(read) != expected:
        raise ValueError("replies")
    return read


def _outcome(message: Any) -> Outcome:
    status = DeliverStatus(message.status)
    if not status.final:
        raise ValueError("status")
    return Outcome(
        message.cursor,
        _leaf(message.leaf),
        agency_id(message.recipient),
        status,
        _code(message.code),
        Moment(message.at),
    )


def _opening_keys(records: Iterable[bytes]) -> tuple[bytes, ...]:
    read = tuple(records)
    if len(read) > _MOST_OPENING_KEYS or any(len(record) > _LARGEST_RECORD for record in read):
        raise ValueError("records")
    return read


def _ascending(rows: list[T], after: int, limit: int) -> tuple[T, ...]:
    """Rows in the order of their cursors, all beyond the one asked for: a reader that loops comes to an end."""
    for row in rows:
        cursor: int = row.cursor  # type: ignore[attr-defined]
        if cursor <= after:
            raise ValueError("cursor")
        after = cursor
    if len(rows) > limit:
        raise ValueError("limit")
    return tuple(rows)
