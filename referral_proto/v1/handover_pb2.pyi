from referral_proto.v1 import absence_pb2 as _absence_pb2
from referral_proto.v1 import codes_pb2 as _codes_pb2
from referral_proto.v1 import contacts_pb2 as _contacts_pb2
from referral_proto.v1 import places_pb2 as _places_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Belonging(_message.Message):
    __slots__ = ("kind", "pieces", "received")
    KIND_FIELD_NUMBER: _ClassVar[int]
    PIECES_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_FIELD_NUMBER: _ClassVar[int]
    kind: _codes_pb2.BelongingKind
    pieces: int
    received: bool
    def __init__(self, kind: _Optional[_Union[_codes_pb2.BelongingKind, str]] = ..., pieces: _Optional[int] = ..., received: bool = ...) -> None: ...

class Handover(_message.Message):
    __slots__ = ("place", "planned_at", "giving_agency", "giving_officer", "receiving_agency", "receiving_officer", "identity_checks", "belongings", "documents", "interpreter", "companions", "result", "happened_at", "condition", "absent", "person_signature", "owner")
    PLACE_FIELD_NUMBER: _ClassVar[int]
    PLANNED_AT_FIELD_NUMBER: _ClassVar[int]
    GIVING_AGENCY_FIELD_NUMBER: _ClassVar[int]
    GIVING_OFFICER_FIELD_NUMBER: _ClassVar[int]
    RECEIVING_AGENCY_FIELD_NUMBER: _ClassVar[int]
    RECEIVING_OFFICER_FIELD_NUMBER: _ClassVar[int]
    IDENTITY_CHECKS_FIELD_NUMBER: _ClassVar[int]
    BELONGINGS_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    INTERPRETER_FIELD_NUMBER: _ClassVar[int]
    COMPANIONS_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    HAPPENED_AT_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    PERSON_SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    place: _places_pb2.Place
    planned_at: int
    giving_agency: str
    giving_officer: _contacts_pb2.Officer
    receiving_agency: str
    receiving_officer: _contacts_pb2.Officer
    identity_checks: _containers.RepeatedScalarFieldContainer[_codes_pb2.IdentityCheck]
    belongings: _containers.RepeatedCompositeFieldContainer[Belonging]
    documents: _containers.RepeatedScalarFieldContainer[_codes_pb2.DocumentType]
    interpreter: _contacts_pb2.Interpreter
    companions: int
    result: _codes_pb2.HandoverResult
    happened_at: int
    condition: _codes_pb2.ConditionAtHandover
    absent: _containers.RepeatedCompositeFieldContainer[_absence_pb2.Absence]
    person_signature: _codes_pb2.SignatureForm
    owner: str
    def __init__(self, place: _Optional[_Union[_places_pb2.Place, _Mapping]] = ..., planned_at: _Optional[int] = ..., giving_agency: _Optional[str] = ..., giving_officer: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ..., receiving_agency: _Optional[str] = ..., receiving_officer: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ..., identity_checks: _Optional[_Iterable[_Union[_codes_pb2.IdentityCheck, str]]] = ..., belongings: _Optional[_Iterable[_Union[Belonging, _Mapping]]] = ..., documents: _Optional[_Iterable[_Union[_codes_pb2.DocumentType, str]]] = ..., interpreter: _Optional[_Union[_contacts_pb2.Interpreter, _Mapping]] = ..., companions: _Optional[int] = ..., result: _Optional[_Union[_codes_pb2.HandoverResult, str]] = ..., happened_at: _Optional[int] = ..., condition: _Optional[_Union[_codes_pb2.ConditionAtHandover, str]] = ..., absent: _Optional[_Iterable[_Union[_absence_pb2.Absence, _Mapping]]] = ..., person_signature: _Optional[_Union[_codes_pb2.SignatureForm, str]] = ..., owner: _Optional[str] = ...) -> None: ...
