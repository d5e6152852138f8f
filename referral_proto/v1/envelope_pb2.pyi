from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Envelope(_message.Message):
    __slots__ = ("core", "rings", "bodies", "seal")
    CORE_FIELD_NUMBER: _ClassVar[int]
    RINGS_FIELD_NUMBER: _ClassVar[int]
    BODIES_FIELD_NUMBER: _ClassVar[int]
    SEAL_FIELD_NUMBER: _ClassVar[int]
    core: bytes
    rings: _containers.RepeatedScalarFieldContainer[bytes]
    bodies: _containers.RepeatedScalarFieldContainer[bytes]
    seal: Seal
    def __init__(self, core: _Optional[bytes] = ..., rings: _Optional[_Iterable[bytes]] = ..., bodies: _Optional[_Iterable[bytes]] = ..., seal: _Optional[_Union[Seal, _Mapping]] = ...) -> None: ...

class Core(_message.Message):
    __slots__ = ("suite", "message_id", "sender", "recipients", "created_at", "expires_at", "commitments")
    SUITE_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_AT_FIELD_NUMBER: _ClassVar[int]
    COMMITMENTS_FIELD_NUMBER: _ClassVar[int]
    suite: int
    message_id: bytes
    sender: Sender
    recipients: _containers.RepeatedCompositeFieldContainer[Recipient]
    created_at: int
    expires_at: int
    commitments: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, suite: _Optional[int] = ..., message_id: _Optional[bytes] = ..., sender: _Optional[_Union[Sender, _Mapping]] = ..., recipients: _Optional[_Iterable[_Union[Recipient, _Mapping]]] = ..., created_at: _Optional[int] = ..., expires_at: _Optional[int] = ..., commitments: _Optional[_Iterable[bytes]] = ...) -> None: ...

class Sender(_message.Message):
    __slots__ = ("agency", "keyset")
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    KEYSET_FIELD_NUMBER: _ClassVar[int]
    agency: str
    keyset: bytes
    def __init__(self, agency: _Optional[str] = ..., keyset: _Optional[bytes] = ...) -> None: ...

class Recipient(_message.Message):
    __slots__ = ("agency", "opening_key")
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    OPENING_KEY_FIELD_NUMBER: _ClassVar[int]
    agency: str
    opening_key: bytes
    def __init__(self, agency: _Optional[str] = ..., opening_key: _Optional[bytes] = ...) -> None: ...

class Seal(_message.Message):
    __slots__ = ("index", "path", "ed25519", "mldsa65")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    ED25519_FIELD_NUMBER: _ClassVar[int]
    MLDSA65_FIELD_NUMBER: _ClassVar[int]
    index: int
    path: _containers.RepeatedScalarFieldContainer[bytes]
    ed25519: bytes
    mldsa65: bytes
    def __init__(self, index: _Optional[int] = ..., path: _Optional[_Iterable[bytes]] = ..., ed25519: _Optional[bytes] = ..., mldsa65: _Optional[bytes] = ...) -> None: ...

class Cover(_message.Message):
    __slots__ = ("core", "rings_digest", "bodies_digest", "seal")
    CORE_FIELD_NUMBER: _ClassVar[int]
    RINGS_DIGEST_FIELD_NUMBER: _ClassVar[int]
    BODIES_DIGEST_FIELD_NUMBER: _ClassVar[int]
    SEAL_FIELD_NUMBER: _ClassVar[int]
    core: bytes
    rings_digest: bytes
    bodies_digest: bytes
    seal: Seal
    def __init__(self, core: _Optional[bytes] = ..., rings_digest: _Optional[bytes] = ..., bodies_digest: _Optional[bytes] = ..., seal: _Optional[_Union[Seal, _Mapping]] = ...) -> None: ...
