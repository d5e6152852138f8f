from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class LogEventKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LOG_EVENT_KIND_UNSPECIFIED: _ClassVar[LogEventKind]
    LOG_EVENT_KIND_DELIVERED: _ClassVar[LogEventKind]
    LOG_EVENT_KIND_RECEIVED: _ClassVar[LogEventKind]
    LOG_EVENT_KIND_UNREADABLE: _ClassVar[LogEventKind]
    LOG_EVENT_KIND_OPENED: _ClassVar[LogEventKind]
    LOG_EVENT_KIND_DISCLOSED: _ClassVar[LogEventKind]
    LOG_EVENT_KIND_EXPORTED: _ClassVar[LogEventKind]
    LOG_EVENT_KIND_ERASED: _ClassVar[LogEventKind]
    LOG_EVENT_KIND_DUMMY: _ClassVar[LogEventKind]
    LOG_EVENT_KIND_CONFLICT: _ClassVar[LogEventKind]
    LOG_EVENT_KIND_OPENING_KEY: _ClassVar[LogEventKind]
    LOG_EVENT_KIND_ORIGIN: _ClassVar[LogEventKind]
    LOG_EVENT_KIND_ANCHORED: _ClassVar[LogEventKind]

class LogContradictionKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LOG_CONTRADICTION_KIND_UNSPECIFIED: _ClassVar[LogContradictionKind]
    LOG_CONTRADICTION_KIND_TWO_ROOTS: _ClassVar[LogContradictionKind]
    LOG_CONTRADICTION_KIND_ROLLED_BACK: _ClassVar[LogContradictionKind]
    LOG_CONTRADICTION_KIND_OTHER_BEGINNING: _ClassVar[LogContradictionKind]
    LOG_CONTRADICTION_KIND_TWO_LEAVES: _ClassVar[LogContradictionKind]

class AcknowledgementKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ACKNOWLEDGEMENT_KIND_UNSPECIFIED: _ClassVar[AcknowledgementKind]
    ACKNOWLEDGEMENT_KIND_RECEIVED: _ClassVar[AcknowledgementKind]
    ACKNOWLEDGEMENT_KIND_UNREADABLE: _ClassVar[AcknowledgementKind]
LOG_EVENT_KIND_UNSPECIFIED: LogEventKind
LOG_EVENT_KIND_DELIVERED: LogEventKind
LOG_EVENT_KIND_RECEIVED: LogEventKind
LOG_EVENT_KIND_UNREADABLE: LogEventKind
LOG_EVENT_KIND_OPENED: LogEventKind
LOG_EVENT_KIND_DISCLOSED: LogEventKind
LOG_EVENT_KIND_EXPORTED: LogEventKind
LOG_EVENT_KIND_ERASED: LogEventKind
LOG_EVENT_KIND_DUMMY: LogEventKind
LOG_EVENT_KIND_CONFLICT: LogEventKind
LOG_EVENT_KIND_OPENING_KEY: LogEventKind
LOG_EVENT_KIND_ORIGIN: LogEventKind
LOG_EVENT_KIND_ANCHORED: LogEventKind
LOG_CONTRADICTION_KIND_UNSPECIFIED: LogContradictionKind
LOG_CONTRADICTION_KIND_TWO_ROOTS: LogContradictionKind
LOG_CONTRADICTION_KIND_ROLLED_BACK: LogContradictionKind
LOG_CONTRADICTION_KIND_OTHER_BEGINNING: LogContradictionKind
LOG_CONTRADICTION_KIND_TWO_LEAVES: LogContradictionKind
ACKNOWLEDGEMENT_KIND_UNSPECIFIED: AcknowledgementKind
ACKNOWLEDGEMENT_KIND_RECEIVED: AcknowledgementKind
ACKNOWLEDGEMENT_KIND_UNREADABLE: AcknowledgementKind

class LogEvent(_message.Message):
    __slots__ = ("nonce", "kind", "subject", "sender", "recipient", "opening_key", "at", "related", "actor")
    NONCE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    OPENING_KEY_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    RELATED_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    nonce: bytes
    kind: LogEventKind
    subject: bytes
    sender: str
    recipient: str
    opening_key: bytes
    at: int
    related: bytes
    actor: bytes
    def __init__(self, nonce: _Optional[bytes] = ..., kind: _Optional[_Union[LogEventKind, str]] = ..., subject: _Optional[bytes] = ..., sender: _Optional[str] = ..., recipient: _Optional[str] = ..., opening_key: _Optional[bytes] = ..., at: _Optional[int] = ..., related: _Optional[bytes] = ..., actor: _Optional[bytes] = ...) -> None: ...

class Receipt(_message.Message):
    __slots__ = ("event", "index", "path", "checkpoint")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    event: bytes
    index: int
    path: _containers.RepeatedScalarFieldContainer[bytes]
    checkpoint: bytes
    def __init__(self, event: _Optional[bytes] = ..., index: _Optional[int] = ..., path: _Optional[_Iterable[bytes]] = ..., checkpoint: _Optional[bytes] = ...) -> None: ...

class WitnessedCheckpoint(_message.Message):
    __slots__ = ("checkpoint", "seen_at")
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    SEEN_AT_FIELD_NUMBER: _ClassVar[int]
    checkpoint: bytes
    seen_at: int
    def __init__(self, checkpoint: _Optional[bytes] = ..., seen_at: _Optional[int] = ...) -> None: ...

class LogContradiction(_message.Message):
    __slots__ = ("kind", "witness", "first", "second", "beginning", "proof", "index", "first_leaf", "first_path", "second_leaf", "second_path")
    KIND_FIELD_NUMBER: _ClassVar[int]
    WITNESS_FIELD_NUMBER: _ClassVar[int]
    FIRST_FIELD_NUMBER: _ClassVar[int]
    SECOND_FIELD_NUMBER: _ClassVar[int]
    BEGINNING_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    FIRST_LEAF_FIELD_NUMBER: _ClassVar[int]
    FIRST_PATH_FIELD_NUMBER: _ClassVar[int]
    SECOND_LEAF_FIELD_NUMBER: _ClassVar[int]
    SECOND_PATH_FIELD_NUMBER: _ClassVar[int]
    kind: LogContradictionKind
    witness: str
    first: bytes
    second: bytes
    beginning: bytes
    proof: _containers.RepeatedScalarFieldContainer[bytes]
    index: int
    first_leaf: bytes
    first_path: _containers.RepeatedScalarFieldContainer[bytes]
    second_leaf: bytes
    second_path: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, kind: _Optional[_Union[LogContradictionKind, str]] = ..., witness: _Optional[str] = ..., first: _Optional[bytes] = ..., second: _Optional[bytes] = ..., beginning: _Optional[bytes] = ..., proof: _Optional[_Iterable[bytes]] = ..., index: _Optional[int] = ..., first_leaf: _Optional[bytes] = ..., first_path: _Optional[_Iterable[bytes]] = ..., second_leaf: _Optional[bytes] = ..., second_path: _Optional[_Iterable[bytes]] = ...) -> None: ...

class Acknowledgement(_message.Message):
    __slots__ = ("leaf", "sender", "recipient", "kind", "at")
    LEAF_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    leaf: bytes
    sender: str
    recipient: str
    kind: AcknowledgementKind
    at: int
    def __init__(self, leaf: _Optional[bytes] = ..., sender: _Optional[str] = ..., recipient: _Optional[str] = ..., kind: _Optional[_Union[AcknowledgementKind, str]] = ..., at: _Optional[int] = ...) -> None: ...

class SignedAcknowledgement(_message.Message):
    __slots__ = ("acknowledgement", "keyset", "ed25519", "mldsa65")
    ACKNOWLEDGEMENT_FIELD_NUMBER: _ClassVar[int]
    KEYSET_FIELD_NUMBER: _ClassVar[int]
    ED25519_FIELD_NUMBER: _ClassVar[int]
    MLDSA65_FIELD_NUMBER: _ClassVar[int]
    acknowledgement: bytes
    keyset: bytes
    ed25519: bytes
    mldsa65: bytes
    def __init__(self, acknowledgement: _Optional[bytes] = ..., keyset: _Optional[bytes] = ..., ed25519: _Optional[bytes] = ..., mldsa65: _Optional[bytes] = ...) -> None: ...
