from referral_proto.v1 import codes_pb2 as _codes_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Officer(_message.Message):
    __slots__ = ("role", "reference", "agency")
    ROLE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    role: _codes_pb2.OfficerRole
    reference: str
    agency: str
    def __init__(self, role: _Optional[_Union[_codes_pb2.OfficerRole, str]] = ..., reference: _Optional[str] = ..., agency: _Optional[str] = ...) -> None: ...

class Interpreter(_message.Message):
    __slots__ = ("kind", "language", "reference", "conflict_declared")
    KIND_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    CONFLICT_DECLARED_FIELD_NUMBER: _ClassVar[int]
    kind: _codes_pb2.InterpreterKind
    language: str
    reference: str
    conflict_declared: bool
    def __init__(self, kind: _Optional[_Union[_codes_pb2.InterpreterKind, str]] = ..., language: _Optional[str] = ..., reference: _Optional[str] = ..., conflict_declared: bool = ...) -> None: ...

class SafeContact(_message.Message):
    __slots__ = ("method", "owner", "value", "agency", "language", "rules")
    METHOD_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    method: _codes_pb2.ContactMethod
    owner: _codes_pb2.ContactOwner
    value: str
    agency: str
    language: str
    rules: _containers.RepeatedScalarFieldContainer[_codes_pb2.ContactRule]
    def __init__(self, method: _Optional[_Union[_codes_pb2.ContactMethod, str]] = ..., owner: _Optional[_Union[_codes_pb2.ContactOwner, str]] = ..., value: _Optional[str] = ..., agency: _Optional[str] = ..., language: _Optional[str] = ..., rules: _Optional[_Iterable[_Union[_codes_pb2.ContactRule, str]]] = ...) -> None: ...
