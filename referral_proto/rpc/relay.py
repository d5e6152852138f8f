"""GrpcRelay: a relay reached over gRPC. Translates values and errors; decides nothing and tries nothing again.

What comes back was written by another party; `reading.py` is where it is read. No text of the peer reaches an error or
a log.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import grpc

from referral_proto.errors import Fault, PeerError, ReferralError, WorldError
from referral_proto.errors.codes import RELAY
from referral_proto.ids import AgencyId, Digest, Leaf, digest
from referral_proto.moment import Moment
from referral_proto.ports import MAX_BATCH, Collected, Delivery, LogPage, Outcome, Proved, Reply
from referral_proto.rpc.channel import ClientIdentity, certificate_name, open_channel
from referral_proto.rpc.reading import (
    acknowledged_of,
    ascending,
    each,
    hash_of,
    hashes_of,
    logged_of,
    outcome_of,
    proved_of,
    records_of,
    replies_of,
    seen_of,
    understood,
)
from referral_proto.v1 import relay_pb2 as pb
from referral_proto.v1.relay_pb2_grpc import RelayStub

__all__ = ["CODE_KEY", "GrpcRelay"]

CODE_KEY: Final = "referral-code"
"""Key of the trailing metadata under which a relay names why it turned a whole call down."""


class GrpcRelay:
    """Transport, Mailbox, TrustPost, LogPost, DeskLogPost over one mutually authenticated channel; duties: see `ports`.

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
        self._before: Any = None
        self._stub: Any = RelayStub(self._channel)

    def deliver(self, deliveries: Sequence[Delivery]) -> tuple[Reply, ...]:
        request = pb.DeliverRequest(
            deliveries=[pb.Delivery(envelope=d.envelope, recipient=d.recipient) for d in deliveries]
        )
        response = self._call(self._stub.Deliver, request)
        return understood(lambda: replies_of(response.replies, len(deliveries)))

    def submit(self, envelopes: Sequence[bytes]) -> tuple[Reply, ...]:
        response = self._call(self._stub.Submit, pb.SubmitRequest(envelopes=envelopes))
        return understood(lambda: replies_of(response.replies, len(envelopes)))

    def collect(self, agency: AgencyId, cursor: int, limit: int = MAX_BATCH) -> tuple[Collected, ...]:
        response = self._call(self._stub.Collect, pb.CollectRequest(agency=agency, cursor=cursor, limit=limit))
        return understood(
            lambda: ascending(
                [Collected(c.cursor, c.envelope, Moment(c.received_at)) for c in response.collected], cursor, limit
            )
        )

    def confirm(self, agency: AgencyId, cursor: int) -> None:
        self._call(self._stub.Confirm, pb.ConfirmRequest(agency=agency, cursor=cursor))

    def outcomes(self, agency: AgencyId, cursor: int, limit: int = MAX_BATCH) -> tuple[Outcome, ...]:
        response = self._call(self._stub.Outcomes, pb.OutcomesRequest(agency=agency, cursor=cursor, limit=limit))
        return understood(lambda: ascending([outcome_of(o) for o in response.outcomes], cursor, limit))

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
        return understood(lambda: (int(response.version), digest(response.digest)))

    def opening_keys(self, agency: AgencyId) -> tuple[bytes, ...]:
        response = self._call(self._stub.OpeningKeys, pb.OpeningKeysRequest(agency=agency))
        return understood(lambda: records_of(response.records))

    def publish_opening_key(self, record: bytes) -> None:
        """For the agency's own desk: others may have this opening key. Idempotent. PeerError relay.opening-key: it
        does not stand up to the records that the relay knows.
        """
        self._call(self._stub.PublishOpeningKey, pb.PublishOpeningKeyRequest(record=record))

    def checkpoint(self, origin: str, size: int | None = None) -> bytes | None:
        response = self._call(self._stub.Checkpoint, pb.CheckpointRequest(origin=origin, size=size))
        return bytes(response.checkpoint) if response.HasField("checkpoint") else None

    def consistency(self, origin: str, first: int, second: int) -> tuple[bytes, tuple[bytes, ...]]:
        request = pb.ConsistencyRequest(origin=origin, first=first, second=second)
        response = self._call(self._stub.Consistency, request)
        return understood(lambda: (hash_of(response.beginning), hashes_of(response.proof)))

    def inclusion(self, agency: AgencyId, leaves: Sequence[Leaf]) -> tuple[Proved, ...]:
        response = self._call(self._stub.Inclusion, pb.InclusionRequest(agency=agency, leaves=leaves))
        return understood(lambda: each(response.proved, len(leaves), proved_of))

    def seen_checkpoints(self, origins: Sequence[str] = ()) -> tuple[bytes, ...]:
        response = self._call(self._stub.SeenCheckpoints, pb.SeenCheckpointsRequest(origins=origins))
        return understood(lambda: seen_of(response.seen))

    def events(self, agency: AgencyId, start: int, limit: int = 256, origin: str | None = None) -> LogPage:
        request = pb.EventsRequest(agency=agency, start=start, limit=limit, origin=origin)
        response = self._call(self._stub.Events, request)
        notes = response.checkpoint, response.reached, response.cosigned
        return understood(lambda: LogPage(logged_of(response.events, start, limit), *map(bytes, notes)))

    def acknowledge(self, agency: AgencyId, acknowledgements: Sequence[bytes]) -> tuple[tuple[bytes, str], ...]:
        request = pb.AcknowledgeRequest(agency=agency, acknowledgements=acknowledgements)
        response = self._call(self._stub.Acknowledge, request)
        return understood(lambda: each(response.acknowledged, len(acknowledgements), acknowledged_of))

    def anchor(self, agency: AgencyId, checkpoint: bytes, proof: Sequence[bytes] = ()) -> bytes:
        request = pb.AnchorRequest(agency=agency, checkpoint=checkpoint, proof=proof)
        response = self._call(self._stub.Anchor, request)
        return bytes(response.receipt)

    def renew(self, pinned: Sequence[bytes], identity: ClientIdentity) -> None:
        """Other certificates from the next call on. Calls under way end on the old channel, which is closed at the next
        `renew`, or by the relay when nothing is asked on it any more.
        """
        fresh = open_channel(self.endpoint, certificate_name("relay", self.operator), pinned, identity)
        over, self._before, self._channel, self._stub = self._before, self._channel, fresh, RelayStub(fresh)
        if over is not None:
            over.close()

    def close(self) -> None:
        self._channel.close()
        if self._before is not None:
            self._before.close()

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
