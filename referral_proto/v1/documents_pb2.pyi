from referral_proto.v1 import codes_pb2 as _codes_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Document(_message.Message):
    __slots__ = ("type", "number", "issuer_country", "issuer", "issue_date", "expiry_date", "evidence", "holder")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    ISSUER_COUNTRY_FIELD_NUMBER: _ClassVar[int]
    ISSUER_FIELD_NUMBER: _ClassVar[int]
    ISSUE_DATE_FIELD_NUMBER: _ClassVar[int]
    EXPIRY_DATE_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    HOLDER_FIELD_NUMBER: _ClassVar[int]
    type: _codes_pb2.DocumentType
    number: str
    issuer_country: str
    issuer: str
    issue_date: str
    expiry_date: str
    evidence: _codes_pb2.DocumentEvidence
    holder: _codes_pb2.DocumentHolder
    def __init__(self, type: _Optional[_Union[_codes_pb2.DocumentType, str]] = ..., number: _Optional[str] = ..., issuer_country: _Optional[str] = ..., issuer: _Optional[str] = ..., issue_date: _Optional[str] = ..., expiry_date: _Optional[str] = ..., evidence: _Optional[_Union[_codes_pb2.DocumentEvidence, str]] = ..., holder: _Optional[_Union[_codes_pb2.DocumentHolder, str]] = ...) -> None: ...

class Attachment(_message.Message):
    __slots__ = ("kind", "digest", "custodian")
    KIND_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    CUSTODIAN_FIELD_NUMBER: _ClassVar[int]
    kind: _codes_pb2.AttachmentKind
    digest: bytes
    custodian: str
    def __init__(self, kind: _Optional[_Union[_codes_pb2.AttachmentKind, str]] = ..., digest: _Optional[bytes] = ..., custodian: _Optional[str] = ...) -> None: ...
