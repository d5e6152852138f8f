"""The Relay service: protobuf in, use case, protobuf out. Checks who may ask for what, and how much at once.

Deliver is for other relays; questions about trust and about logs are for relays and desks, and what they may see of an
envelope's event is the use case's to judge; everything else is for the desk of the agency in question. Errors are
raised; the guard says them to the peer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import grpc

from reference_node.relay.counter import TrustCounter
from reference_node.relay.intake import Intake
from reference_node.relay.mailbox import Mailbox
from reference_node.relay.proof_counter import ProofCounter
from reference_node.rpc.guard import Guard
from reference_node.settings import CallLimits
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, Leaf
from referral_proto.ports import MAX_BATCH, Delivery, Outcome, Proved, Reply
from referral_proto.v1 import relay_pb2 as pb

__all__ = ["SERVICE", "RelayService"]

SERVICE: Final = pb.DESCRIPTOR.services_by_name["Relay"].full_name
_MOST_CURSOR = (1 << 63) - 1
_MOST_FIELDS: Final = 16 * MAX_BATCH
_VARINT, _FIXED_64, _BYTES, _GROUP = 0, 1, 2, (3, 4)


class RelayService:
    """One method for each RPC of protos/referral_proto/v1/relay.proto; `handler` is what a server is given."""

    def __init__(
        self,
        guard: Guard,
        intake: Intake,
        mailbox: Mailbox,
        counter: TrustCounter,
        proofs: ProofCounter,
        limits: CallLimits,
    ) -> None:
        self._guard, self._intake, self._mailbox, self._limits = guard, intake, mailbox, limits
        self._counter, self._proofs = counter, proofs

    def handler(self) -> Any:
        """The service under its name, each method with its messages."""
        methods: dict[str, tuple[Callable[..., Any], Any, Any]] = {
            "Deliver": (self.deliver, pb.DeliverRequest, pb.DeliverResponse),
            "Submit": (self.submit, pb.SubmitRequest, pb.SubmitResponse),
            "Collect": (self.collect, pb.CollectRequest, pb.CollectResponse),
            "Confirm": (self.confirm, pb.ConfirmRequest, pb.ConfirmResponse),
            "Outcomes": (self.outcomes, pb.OutcomesRequest, pb.OutcomesResponse),
            "TrustFile": (self.trust_file, pb.TrustFileRequest, pb.TrustFileResponse),
            "Snapshot": (self.snapshot, pb.SnapshotRequest, pb.SnapshotResponse),
            "OpeningKeys": (self.opening_keys, pb.OpeningKeysRequest, pb.OpeningKeysResponse),
            "PublishOpeningKey": (
                self.publish_opening_key,
                pb.PublishOpeningKeyRequest,
                pb.PublishOpeningKeyResponse,
            ),
            "Checkpoint": (self.checkpoint, pb.CheckpointRequest, pb.CheckpointResponse),
            "Consistency": (self.consistency, pb.ConsistencyRequest, pb.ConsistencyResponse),
            "Inclusion": (self.inclusion, pb.InclusionRequest, pb.InclusionResponse),
            "SeenCheckpoints": (self.seen_checkpoints, pb.SeenCheckpointsRequest, pb.SeenCheckpointsResponse),
            "Events": (self.events, pb.EventsRequest, pb.EventsResponse),
            "Acknowledge": (self.acknowledge, pb.AcknowledgeRequest, pb.AcknowledgeResponse),
            "Anchor": (self.anchor, pb.AnchorRequest, pb.AnchorResponse),
        }
        return grpc.method_handlers_generic_handler(
            SERVICE,
            {
                name: grpc.unary_unary_rpc_method_handler(method, _reader(asked), answered.SerializeToString)
                for name, (method, asked, answered) in methods.items()
            },
        )

    def deliver(self, request: pb.DeliverRequest, context: grpc.ServicerContext) -> pb.DeliverResponse:
        peer = self._guard.peer(context)
        if peer.operator is None:
            raise PeerError("relay.not-allowed")
        self._fits(delivery.envelope for delivery in request.deliveries)
        self._guard.pay(peer, len(request.deliveries))
        deliveries = [Delivery(d.envelope, AgencyId(d.recipient)) for d in request.deliveries]
        replies = self._intake.take(deliveries, peer.operator)
        return pb.DeliverResponse(
            replies=[pb.DeliverReply(receipt=reply.receipt or None, **_fields(reply)) for reply in replies]
        )

    def submit(self, request: pb.SubmitRequest, context: grpc.ServicerContext) -> pb.SubmitResponse:
        peer = self._guard.peer(context)
        if peer.agency is None:
            raise PeerError("relay.not-allowed")
        self._fits(request.envelopes)
        self._guard.pay(peer, len(request.envelopes))
        replies = self._mailbox.submit(peer.agency, request.envelopes)
        return pb.SubmitResponse(replies=[pb.SubmitReply(**_fields(reply)) for reply in replies])

    def collect(self, request: pb.CollectRequest, context: grpc.ServicerContext) -> pb.CollectResponse:
        agency = self._desk_of(request.agency, context)
        found = self._mailbox.collect(agency, _cursor(request.cursor), request.limit)
        return pb.CollectResponse(
            collected=[
                pb.Collected(cursor=one.cursor, envelope=one.envelope, received_at=one.received_at) for one in found
            ]
        )

    def confirm(self, request: pb.ConfirmRequest, context: grpc.ServicerContext) -> pb.ConfirmResponse:
        self._mailbox.confirm(self._desk_of(request.agency, context), _cursor(request.cursor))
        return pb.ConfirmResponse()

    def outcomes(self, request: pb.OutcomesRequest, context: grpc.ServicerContext) -> pb.OutcomesResponse:
        agency = self._desk_of(request.agency, context)
        found = self._mailbox.outcomes(agency, _cursor(request.cursor), request.limit)
        return pb.OutcomesResponse(outcomes=[_outcome(one) for one in found])

    # The guard has refused everybody who is not a peer: what follows is for each of them.

    def trust_file(self, request: pb.TrustFileRequest, _: grpc.ServicerContext) -> pb.TrustFileResponse:
        return pb.TrustFileResponse(content=self._counter.file(request.path))

    def snapshot(self, _: pb.SnapshotRequest, __: grpc.ServicerContext) -> pb.SnapshotResponse:
        shown = self._counter.snapshot()
        return pb.SnapshotResponse() if shown is None else pb.SnapshotResponse(version=shown[0], digest=shown[1])

    def opening_keys(self, request: pb.OpeningKeysRequest, context: grpc.ServicerContext) -> pb.OpeningKeysResponse:
        ask = self._guard.peer(context).agency is not None
        return pb.OpeningKeysResponse(records=self._counter.opening_keys(AgencyId(request.agency), ask_others=ask))

    def publish_opening_key(
        self, request: pb.PublishOpeningKeyRequest, context: grpc.ServicerContext
    ) -> pb.PublishOpeningKeyResponse:
        peer = self._guard.peer(context)
        if peer.agency is None:
            raise PeerError("relay.not-allowed")
        self._counter.publish(peer.agency, request.record)
        return pb.PublishOpeningKeyResponse()

    def checkpoint(self, request: pb.CheckpointRequest, context: grpc.ServicerContext) -> pb.CheckpointResponse:
        size = _cursor(request.size) if request.HasField("size") else None
        desk = self._guard.peer(context).agency
        return pb.CheckpointResponse(checkpoint=self._proofs.checkpoint(request.origin, size, desk))

    def consistency(self, request: pb.ConsistencyRequest, _: grpc.ServicerContext) -> pb.ConsistencyResponse:
        sizes = _cursor(request.first), _cursor(request.second)
        beginning, proof = self._proofs.consistency(request.origin, *sizes)
        return pb.ConsistencyResponse(beginning=beginning, proof=proof)

    def inclusion(self, request: pb.InclusionRequest, context: grpc.ServicerContext) -> pb.InclusionResponse:
        peer = self._guard.peer(context)
        self._fits(request.leaves)
        self._guard.pay(peer, len(request.leaves))
        leaves = [Leaf(leaf) for leaf in request.leaves]
        found = self._proofs.inclusion(AgencyId(request.agency), leaves, peer)
        return pb.InclusionResponse(proved=[pb.Proved(**_proved(one)) for one in found])

    def seen_checkpoints(
        self, request: pb.SeenCheckpointsRequest, context: grpc.ServicerContext
    ) -> pb.SeenCheckpointsResponse:
        if len(request.origins) > MAX_BATCH:
            raise PeerError("relay.too-many")
        self._guard.pay(self._guard.peer(context), len(request.origins))
        return pb.SeenCheckpointsResponse(seen=self._proofs.seen_checkpoints(request.origins))

    def events(self, request: pb.EventsRequest, context: grpc.ServicerContext) -> pb.EventsResponse:
        agency = self._desk_of(request.agency, context)
        origin = request.origin if request.HasField("origin") else None
        page = self._proofs.events(agency, _cursor(request.start), request.limit, origin)
        events = [pb.LoggedEvent(index=one.index, entry=one.entry, event=one.event) for one in page.events]
        notes = {"checkpoint": page.checkpoint, "reached": page.reached, "cosigned": page.cosigned}
        return pb.EventsResponse(events=events, **{name: note for name, note in notes.items() if note})

    def acknowledge(self, request: pb.AcknowledgeRequest, context: grpc.ServicerContext) -> pb.AcknowledgeResponse:
        agency = self._desk_of(request.agency, context)
        self._fits(request.acknowledgements)
        self._guard.pay(self._guard.peer(context), len(request.acknowledgements))
        answers = self._proofs.acknowledge(agency, request.acknowledgements)
        return pb.AcknowledgeResponse(
            acknowledged=[pb.Acknowledged(receipt=receipt or None, code=code or None) for receipt, code in answers]
        )

    def anchor(self, request: pb.AnchorRequest, context: grpc.ServicerContext) -> pb.AnchorResponse:
        agency = self._desk_of(request.agency, context)
        return pb.AnchorResponse(receipt=self._proofs.anchor(agency, request.checkpoint, request.proof))

    def _desk_of(self, agency: str, context: grpc.ServicerContext) -> AgencyId:
        """The agency that the caller speaks for, which must be the one it names."""
        peer = self._guard.peer(context)
        if peer.agency is None or agency != peer.agency:
            raise PeerError("relay.not-allowed")
        return peer.agency

    def _fits(self, envelopes: Iterable[bytes]) -> None:
        sizes = [len(envelope) for envelope in envelopes]
        if len(sizes) > self._limits.envelopes_per_call or sum(sizes) > self._limits.bytes_per_call:
            raise PeerError("relay.too-many")


def _reader(kind: Any) -> Callable[[bytes], Any]:
    """Reads a request as far as its first fields, which are more than any call may hold: one of some megabytes full of
    empty fields would become hundreds of megabytes before anybody could count them.
    """

    def read(data: bytes) -> Any:
        return kind.FromString(data[: _end_of_fields(data, _MOST_FIELDS)])

    return read


def _end_of_fields(data: bytes, most: int) -> int:
    """Where the first `most` fields of a message end. What is no message is left to protobuf; a group, which no request
    holds, ends it.
    """
    at = 0
    for _ in range(most):
        start = at
        tag, at = _varint(data, at)
        kind = tag & 7
        if kind in _GROUP:
            return start
        value, after = _varint(data, at)
        at = {_VARINT: after, _BYTES: after + value, _FIXED_64: at + 8}.get(kind, at + 4)
        if at >= len(data):
            break
    return at


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            break
    return value, at


def _cursor(cursor: int) -> int:
    # A database's integers end where those of the wire are half-way.
    return min(cursor, _MOST_CURSOR)


def _fields(reply: Reply) -> dict[str, Any]:
    return {"status": int(reply.status), "leaf": reply.leaf, "code": reply.code or None}


def _outcome(one: Outcome) -> pb.Outcome:
    fields: dict[str, Any] = {"status": int(one.status), "code": one.code or None}
    fields |= _proved(one.proved)
    return pb.Outcome(cursor=one.cursor, leaf=one.leaf, recipient=one.recipient, at=one.at, **fields)


def _proved(one: Proved) -> dict[str, bytes | None]:
    return {
        "receipt": one.receipt or None,
        "acknowledgement": one.acknowledgement or None,
        "acknowledgement_receipt": one.acknowledgement_receipt or None,
        "earlier_checkpoint": one.earlier_checkpoint or None,
    }
