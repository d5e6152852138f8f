from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DeliverStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DELIVER_STATUS_UNSPECIFIED: _ClassVar[DeliverStatus]
    DELIVER_STATUS_ACCEPTED: _ClassVar[DeliverStatus]
    DELIVER_STATUS_DUPLICATE: _ClassVar[DeliverStatus]
    DELIVER_STATUS_CONFLICT: _ClassVar[DeliverStatus]
    DELIVER_STATUS_REFUSED: _ClassVar[DeliverStatus]
    DELIVER_STATUS_RETRY: _ClassVar[DeliverStatus]
DELIVER_STATUS_UNSPECIFIED: DeliverStatus
DELIVER_STATUS_ACCEPTED: DeliverStatus
DELIVER_STATUS_DUPLICATE: DeliverStatus
DELIVER_STATUS_CONFLICT: DeliverStatus
DELIVER_STATUS_REFUSED: DeliverStatus
DELIVER_STATUS_RETRY: DeliverStatus

class DeliverRequest(_message.Message):
    __slots__ = ("deliveries",)
    DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    deliveries: _containers.RepeatedCompositeFieldContainer[Delivery]
    def __init__(self, deliveries: _Optional[_Iterable[_Union[Delivery, _Mapping]]] = ...) -> None: ...

class Delivery(_message.Message):
    __slots__ = ("envelope", "recipient")
    ENVELOPE_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    envelope: bytes
    recipient: str
    def __init__(self, envelope: _Optional[bytes] = ..., recipient: _Optional[str] = ...) -> None: ...

class DeliverResponse(_message.Message):
    __slots__ = ("replies",)
    REPLIES_FIELD_NUMBER: _ClassVar[int]
    replies: _containers.RepeatedCompositeFieldContainer[DeliverReply]
    def __init__(self, replies: _Optional[_Iterable[_Union[DeliverReply, _Mapping]]] = ...) -> None: ...

class DeliverReply(_message.Message):
    __slots__ = ("status", "leaf", "receipt", "code")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    LEAF_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    status: DeliverStatus
    leaf: bytes
    receipt: bytes
    code: str
    def __init__(self, status: _Optional[_Union[DeliverStatus, str]] = ..., leaf: _Optional[bytes] = ..., receipt: _Optional[bytes] = ..., code: _Optional[str] = ...) -> None: ...

class SubmitRequest(_message.Message):
    __slots__ = ("envelopes",)
    ENVELOPES_FIELD_NUMBER: _ClassVar[int]
    envelopes: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, envelopes: _Optional[_Iterable[bytes]] = ...) -> None: ...

class SubmitResponse(_message.Message):
    __slots__ = ("replies",)
    REPLIES_FIELD_NUMBER: _ClassVar[int]
    replies: _containers.RepeatedCompositeFieldContainer[SubmitReply]
    def __init__(self, replies: _Optional[_Iterable[_Union[SubmitReply, _Mapping]]] = ...) -> None: ...

class SubmitReply(_message.Message):
    __slots__ = ("status", "leaf", "code")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    LEAF_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    status: DeliverStatus
    leaf: bytes
    code: str
    def __init__(self, status: _Optional[_Union[DeliverStatus, str]] = ..., leaf: _Optional[bytes] = ..., code: _Optional[str] = ...) -> None: ...

class CollectRequest(_message.Message):
    __slots__ = ("agency", "cursor", "limit")
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    agency: str
    cursor: int
    limit: int
    def __init__(self, agency: _Optional[str] = ..., cursor: _Optional[int] = ..., limit: _Optional[int] = ...) -> None: ...

class CollectResponse(_message.Message):
    __slots__ = ("collected",)
    COLLECTED_FIELD_NUMBER: _ClassVar[int]
    collected: _containers.RepeatedCompositeFieldContainer[Collected]
    def __init__(self, collected: _Optional[_Iterable[_Union[Collected, _Mapping]]] = ...) -> None: ...

class Collected(_message.Message):
    __slots__ = ("cursor", "envelope", "received_at")
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    ENVELOPE_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_AT_FIELD_NUMBER: _ClassVar[int]
    cursor: int
    envelope: bytes
    received_at: int
    def __init__(self, cursor: _Optional[int] = ..., envelope: _Optional[bytes] = ..., received_at: _Optional[int] = ...) -> None: ...

class ConfirmRequest(_message.Message):
    __slots__ = ("agency", "cursor")
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    agency: str
    cursor: int
    def __init__(self, agency: _Optional[str] = ..., cursor: _Optional[int] = ...) -> None: ...

class ConfirmResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OutcomesRequest(_message.Message):
    __slots__ = ("agency", "cursor", "limit")
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    agency: str
    cursor: int
    limit: int
    def __init__(self, agency: _Optional[str] = ..., cursor: _Optional[int] = ..., limit: _Optional[int] = ...) -> None: ...

class OutcomesResponse(_message.Message):
    __slots__ = ("outcomes",)
    OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    outcomes: _containers.RepeatedCompositeFieldContainer[Outcome]
    def __init__(self, outcomes: _Optional[_Iterable[_Union[Outcome, _Mapping]]] = ...) -> None: ...

class Outcome(_message.Message):
    __slots__ = ("cursor", "leaf", "recipient", "status", "code", "at", "receipt", "acknowledgement", "acknowledgement_receipt", "earlier_checkpoint")
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    LEAF_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGEMENT_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGEMENT_RECEIPT_FIELD_NUMBER: _ClassVar[int]
    EARLIER_CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    cursor: int
    leaf: bytes
    recipient: str
    status: DeliverStatus
    code: str
    at: int
    receipt: bytes
    acknowledgement: bytes
    acknowledgement_receipt: bytes
    earlier_checkpoint: bytes
    def __init__(self, cursor: _Optional[int] = ..., leaf: _Optional[bytes] = ..., recipient: _Optional[str] = ..., status: _Optional[_Union[DeliverStatus, str]] = ..., code: _Optional[str] = ..., at: _Optional[int] = ..., receipt: _Optional[bytes] = ..., acknowledgement: _Optional[bytes] = ..., acknowledgement_receipt: _Optional[bytes] = ..., earlier_checkpoint: _Optional[bytes] = ...) -> None: ...

class TrustFileRequest(_message.Message):
    __slots__ = ("path",)
    PATH_FIELD_NUMBER: _ClassVar[int]
    path: str
    def __init__(self, path: _Optional[str] = ...) -> None: ...

class TrustFileResponse(_message.Message):
    __slots__ = ("content",)
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    content: bytes
    def __init__(self, content: _Optional[bytes] = ...) -> None: ...

class SnapshotRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class SnapshotResponse(_message.Message):
    __slots__ = ("version", "digest")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    version: int
    digest: bytes
    def __init__(self, version: _Optional[int] = ..., digest: _Optional[bytes] = ...) -> None: ...

class OpeningKeysRequest(_message.Message):
    __slots__ = ("agency",)
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    agency: str
    def __init__(self, agency: _Optional[str] = ...) -> None: ...

class OpeningKeysResponse(_message.Message):
    __slots__ = ("records",)
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    records: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, records: _Optional[_Iterable[bytes]] = ...) -> None: ...

class PublishOpeningKeyRequest(_message.Message):
    __slots__ = ("record",)
    RECORD_FIELD_NUMBER: _ClassVar[int]
    record: bytes
    def __init__(self, record: _Optional[bytes] = ...) -> None: ...

class PublishOpeningKeyResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class CheckpointRequest(_message.Message):
    __slots__ = ("origin", "size")
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    origin: str
    size: int
    def __init__(self, origin: _Optional[str] = ..., size: _Optional[int] = ...) -> None: ...

class CheckpointResponse(_message.Message):
    __slots__ = ("checkpoint",)
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    checkpoint: bytes
    def __init__(self, checkpoint: _Optional[bytes] = ...) -> None: ...

class ConsistencyRequest(_message.Message):
    __slots__ = ("origin", "first", "second")
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    FIRST_FIELD_NUMBER: _ClassVar[int]
    SECOND_FIELD_NUMBER: _ClassVar[int]
    origin: str
    first: int
    second: int
    def __init__(self, origin: _Optional[str] = ..., first: _Optional[int] = ..., second: _Optional[int] = ...) -> None: ...

class ConsistencyResponse(_message.Message):
    __slots__ = ("beginning", "proof")
    BEGINNING_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    beginning: bytes
    proof: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, beginning: _Optional[bytes] = ..., proof: _Optional[_Iterable[bytes]] = ...) -> None: ...

class InclusionRequest(_message.Message):
    __slots__ = ("agency", "leaves")
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    LEAVES_FIELD_NUMBER: _ClassVar[int]
    agency: str
    leaves: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, agency: _Optional[str] = ..., leaves: _Optional[_Iterable[bytes]] = ...) -> None: ...

class InclusionResponse(_message.Message):
    __slots__ = ("proved",)
    PROVED_FIELD_NUMBER: _ClassVar[int]
    proved: _containers.RepeatedCompositeFieldContainer[Proved]
    def __init__(self, proved: _Optional[_Iterable[_Union[Proved, _Mapping]]] = ...) -> None: ...

class Proved(_message.Message):
    __slots__ = ("receipt", "acknowledgement", "acknowledgement_receipt", "earlier_checkpoint")
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGEMENT_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGEMENT_RECEIPT_FIELD_NUMBER: _ClassVar[int]
    EARLIER_CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    receipt: bytes
    acknowledgement: bytes
    acknowledgement_receipt: bytes
    earlier_checkpoint: bytes
    def __init__(self, receipt: _Optional[bytes] = ..., acknowledgement: _Optional[bytes] = ..., acknowledgement_receipt: _Optional[bytes] = ..., earlier_checkpoint: _Optional[bytes] = ...) -> None: ...

class SeenCheckpointsRequest(_message.Message):
    __slots__ = ("origins",)
    ORIGINS_FIELD_NUMBER: _ClassVar[int]
    origins: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, origins: _Optional[_Iterable[str]] = ...) -> None: ...

class SeenCheckpointsResponse(_message.Message):
    __slots__ = ("seen",)
    SEEN_FIELD_NUMBER: _ClassVar[int]
    seen: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, seen: _Optional[_Iterable[bytes]] = ...) -> None: ...

class EventsRequest(_message.Message):
    __slots__ = ("agency", "start", "limit", "origin")
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    START_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    agency: str
    start: int
    limit: int
    origin: str
    def __init__(self, agency: _Optional[str] = ..., start: _Optional[int] = ..., limit: _Optional[int] = ..., origin: _Optional[str] = ...) -> None: ...

class EventsResponse(_message.Message):
    __slots__ = ("events", "checkpoint", "reached", "cosigned")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    REACHED_FIELD_NUMBER: _ClassVar[int]
    COSIGNED_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[LoggedEvent]
    checkpoint: bytes
    reached: bytes
    cosigned: bytes
    def __init__(self, events: _Optional[_Iterable[_Union[LoggedEvent, _Mapping]]] = ..., checkpoint: _Optional[bytes] = ..., reached: _Optional[bytes] = ..., cosigned: _Optional[bytes] = ...) -> None: ...

class LoggedEvent(_message.Message):
    __slots__ = ("index", "entry", "event")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    index: int
    entry: bytes
    event: bytes
    def __init__(self, index: _Optional[int] = ..., entry: _Optional[bytes] = ..., event: _Optional[bytes] = ...) -> None: ...

class AcknowledgeRequest(_message.Message):
    __slots__ = ("agency", "acknowledgements")
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGEMENTS_FIELD_NUMBER: _ClassVar[int]
    agency: str
    acknowledgements: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, agency: _Optional[str] = ..., acknowledgements: _Optional[_Iterable[bytes]] = ...) -> None: ...

class AcknowledgeResponse(_message.Message):
    __slots__ = ("acknowledged",)
    ACKNOWLEDGED_FIELD_NUMBER: _ClassVar[int]
    acknowledged: _containers.RepeatedCompositeFieldContainer[Acknowledged]
    def __init__(self, acknowledged: _Optional[_Iterable[_Union[Acknowledged, _Mapping]]] = ...) -> None: ...

class Acknowledged(_message.Message):
    __slots__ = ("receipt", "code")
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    receipt: bytes
    code: str
    def __init__(self, receipt: _Optional[bytes] = ..., code: _Optional[str] = ...) -> None: ...

class AnchorRequest(_message.Message):
    __slots__ = ("agency", "checkpoint", "proof")
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    agency: str
    checkpoint: bytes
    proof: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, agency: _Optional[str] = ..., checkpoint: _Optional[bytes] = ..., proof: _Optional[_Iterable[bytes]] = ...) -> None: ...

class AnchorResponse(_message.Message):
    __slots__ = ("receipt",)
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    receipt: bytes
    def __init__(self, receipt: _Optional[bytes] = ...) -> None: ...
