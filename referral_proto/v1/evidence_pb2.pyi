from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EvidenceKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EVIDENCE_KIND_UNSPECIFIED: _ClassVar[EvidenceKind]
    EVIDENCE_KIND_EXCHANGE: _ClassVar[EvidenceKind]
    EVIDENCE_KIND_ACCESS: _ClassVar[EvidenceKind]
    EVIDENCE_KIND_AUDIT: _ClassVar[EvidenceKind]

class ClaimKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CLAIM_KIND_UNSPECIFIED: _ClassVar[ClaimKind]
    CLAIM_KIND_NO_ANSWER: _ClassVar[ClaimKind]
    CLAIM_KIND_ANSWER_DUE: _ClassVar[ClaimKind]
    CLAIM_KIND_NO_ACKNOWLEDGEMENT: _ClassVar[ClaimKind]
    CLAIM_KIND_UNEXPLAINED: _ClassVar[ClaimKind]
EVIDENCE_KIND_UNSPECIFIED: EvidenceKind
EVIDENCE_KIND_EXCHANGE: EvidenceKind
EVIDENCE_KIND_ACCESS: EvidenceKind
EVIDENCE_KIND_AUDIT: EvidenceKind
CLAIM_KIND_UNSPECIFIED: ClaimKind
CLAIM_KIND_NO_ANSWER: ClaimKind
CLAIM_KIND_ANSWER_DUE: ClaimKind
CLAIM_KIND_NO_ACKNOWLEDGEMENT: ClaimKind
CLAIM_KIND_UNEXPLAINED: ClaimKind

class EvidenceBundle(_message.Message):
    __slots__ = ("format", "version", "kind", "messages", "records", "claims", "access", "entries", "digest")
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    CLAIMS_FIELD_NUMBER: _ClassVar[int]
    ACCESS_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    format: str
    version: int
    kind: EvidenceKind
    messages: _containers.RepeatedCompositeFieldContainer[EvidenceMessage]
    records: _containers.RepeatedScalarFieldContainer[bytes]
    claims: _containers.RepeatedScalarFieldContainer[bytes]
    access: AccessEvidence
    entries: _containers.RepeatedCompositeFieldContainer[EvidenceEntry]
    digest: bytes
    def __init__(self, format: _Optional[str] = ..., version: _Optional[int] = ..., kind: _Optional[_Union[EvidenceKind, str]] = ..., messages: _Optional[_Iterable[_Union[EvidenceMessage, _Mapping]]] = ..., records: _Optional[_Iterable[bytes]] = ..., claims: _Optional[_Iterable[bytes]] = ..., access: _Optional[_Union[AccessEvidence, _Mapping]] = ..., entries: _Optional[_Iterable[_Union[EvidenceEntry, _Mapping]]] = ..., digest: _Optional[bytes] = ...) -> None: ...

class EvidenceMessage(_message.Message):
    __slots__ = ("cover", "deliveries", "control")
    COVER_FIELD_NUMBER: _ClassVar[int]
    DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    CONTROL_FIELD_NUMBER: _ClassVar[int]
    cover: bytes
    deliveries: _containers.RepeatedCompositeFieldContainer[EvidenceDelivery]
    control: OpenedControl
    def __init__(self, cover: _Optional[bytes] = ..., deliveries: _Optional[_Iterable[_Union[EvidenceDelivery, _Mapping]]] = ..., control: _Optional[_Union[OpenedControl, _Mapping]] = ...) -> None: ...

class EvidenceDelivery(_message.Message):
    __slots__ = ("recipient", "receipt", "acknowledgement", "acknowledgement_receipt", "earlier_checkpoint")
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGEMENT_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGEMENT_RECEIPT_FIELD_NUMBER: _ClassVar[int]
    EARLIER_CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    recipient: str
    receipt: bytes
    acknowledgement: bytes
    acknowledgement_receipt: bytes
    earlier_checkpoint: bytes
    def __init__(self, recipient: _Optional[str] = ..., receipt: _Optional[bytes] = ..., acknowledgement: _Optional[bytes] = ..., acknowledgement_receipt: _Optional[bytes] = ..., earlier_checkpoint: _Optional[bytes] = ...) -> None: ...

class OpenedControl(_message.Message):
    __slots__ = ("index", "salt", "section")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    SALT_FIELD_NUMBER: _ClassVar[int]
    SECTION_FIELD_NUMBER: _ClassVar[int]
    index: int
    salt: bytes
    section: bytes
    def __init__(self, index: _Optional[int] = ..., salt: _Optional[bytes] = ..., section: _Optional[bytes] = ...) -> None: ...

class AccessEvidence(_message.Message):
    __slots__ = ("agency", "entries", "anchors")
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    ANCHORS_FIELD_NUMBER: _ClassVar[int]
    agency: str
    entries: _containers.RepeatedCompositeFieldContainer[AccessEntry]
    anchors: _containers.RepeatedCompositeFieldContainer[AccessAnchor]
    def __init__(self, agency: _Optional[str] = ..., entries: _Optional[_Iterable[_Union[AccessEntry, _Mapping]]] = ..., anchors: _Optional[_Iterable[_Union[AccessAnchor, _Mapping]]] = ...) -> None: ...

class AccessEntry(_message.Message):
    __slots__ = ("entry", "event")
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    entry: bytes
    event: bytes
    def __init__(self, entry: _Optional[bytes] = ..., event: _Optional[bytes] = ...) -> None: ...

class AccessAnchor(_message.Message):
    __slots__ = ("checkpoint", "receipt")
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    checkpoint: bytes
    receipt: bytes
    def __init__(self, checkpoint: _Optional[bytes] = ..., receipt: _Optional[bytes] = ...) -> None: ...

class EvidenceEntry(_message.Message):
    __slots__ = ("index", "entry", "path", "checkpoint")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    index: int
    entry: bytes
    path: _containers.RepeatedScalarFieldContainer[bytes]
    checkpoint: bytes
    def __init__(self, index: _Optional[int] = ..., entry: _Optional[bytes] = ..., path: _Optional[_Iterable[bytes]] = ..., checkpoint: _Optional[bytes] = ...) -> None: ...

class Claim(_message.Message):
    __slots__ = ("kind", "claimant", "leaf", "recipient", "at", "due_at", "origin", "index", "entry")
    KIND_FIELD_NUMBER: _ClassVar[int]
    CLAIMANT_FIELD_NUMBER: _ClassVar[int]
    LEAF_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    kind: ClaimKind
    claimant: str
    leaf: bytes
    recipient: str
    at: int
    due_at: int
    origin: str
    index: int
    entry: bytes
    def __init__(self, kind: _Optional[_Union[ClaimKind, str]] = ..., claimant: _Optional[str] = ..., leaf: _Optional[bytes] = ..., recipient: _Optional[str] = ..., at: _Optional[int] = ..., due_at: _Optional[int] = ..., origin: _Optional[str] = ..., index: _Optional[int] = ..., entry: _Optional[bytes] = ...) -> None: ...

class SignedClaim(_message.Message):
    __slots__ = ("claim", "keyset", "ed25519", "mldsa65")
    CLAIM_FIELD_NUMBER: _ClassVar[int]
    KEYSET_FIELD_NUMBER: _ClassVar[int]
    ED25519_FIELD_NUMBER: _ClassVar[int]
    MLDSA65_FIELD_NUMBER: _ClassVar[int]
    claim: bytes
    keyset: bytes
    ed25519: bytes
    mldsa65: bytes
    def __init__(self, claim: _Optional[bytes] = ..., keyset: _Optional[bytes] = ..., ed25519: _Optional[bytes] = ..., mldsa65: _Optional[bytes] = ...) -> None: ...
