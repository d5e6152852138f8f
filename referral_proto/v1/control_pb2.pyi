from referral_proto.v1 import codes_pb2 as _codes_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Clock(_message.Message):
    __slots__ = ("kind", "due_at")
    KIND_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    kind: _codes_pb2.ClockKind
    due_at: int
    def __init__(self, kind: _Optional[_Union[_codes_pb2.ClockKind, str]] = ..., due_at: _Optional[int] = ...) -> None: ...

class DisclosureRow(_message.Message):
    __slots__ = ("section", "recipient", "state")
    SECTION_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    section: _codes_pb2.SectionType
    recipient: int
    state: _codes_pb2.DisclosureState
    def __init__(self, section: _Optional[_Union[_codes_pb2.SectionType, str]] = ..., recipient: _Optional[int] = ..., state: _Optional[_Union[_codes_pb2.DisclosureState, str]] = ...) -> None: ...

class Control(_message.Message):
    __slots__ = ("kind", "thread", "heads", "purpose", "legal_basis", "transfer_safeguard", "clocks", "use_restrictions", "matrix_digest", "profile_digest", "table", "participants", "answer_reason", "redirect_to", "asked", "services", "about", "outcome", "erased_at", "officer_role", "officer_reference")
    KIND_FIELD_NUMBER: _ClassVar[int]
    THREAD_FIELD_NUMBER: _ClassVar[int]
    HEADS_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    LEGAL_BASIS_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_SAFEGUARD_FIELD_NUMBER: _ClassVar[int]
    CLOCKS_FIELD_NUMBER: _ClassVar[int]
    USE_RESTRICTIONS_FIELD_NUMBER: _ClassVar[int]
    MATRIX_DIGEST_FIELD_NUMBER: _ClassVar[int]
    PROFILE_DIGEST_FIELD_NUMBER: _ClassVar[int]
    TABLE_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANTS_FIELD_NUMBER: _ClassVar[int]
    ANSWER_REASON_FIELD_NUMBER: _ClassVar[int]
    REDIRECT_TO_FIELD_NUMBER: _ClassVar[int]
    ASKED_FIELD_NUMBER: _ClassVar[int]
    SERVICES_FIELD_NUMBER: _ClassVar[int]
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ERASED_AT_FIELD_NUMBER: _ClassVar[int]
    OFFICER_ROLE_FIELD_NUMBER: _ClassVar[int]
    OFFICER_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    kind: _codes_pb2.MessageKind
    thread: bytes
    heads: _containers.RepeatedScalarFieldContainer[bytes]
    purpose: _codes_pb2.Purpose
    legal_basis: _codes_pb2.LegalBasis
    transfer_safeguard: _codes_pb2.TransferSafeguard
    clocks: _containers.RepeatedCompositeFieldContainer[Clock]
    use_restrictions: _containers.RepeatedScalarFieldContainer[_codes_pb2.UseRestriction]
    matrix_digest: bytes
    profile_digest: bytes
    table: _containers.RepeatedCompositeFieldContainer[DisclosureRow]
    participants: _containers.RepeatedScalarFieldContainer[str]
    answer_reason: _codes_pb2.AnswerReason
    redirect_to: str
    asked: _containers.RepeatedScalarFieldContainer[_codes_pb2.SectionType]
    services: _containers.RepeatedScalarFieldContainer[_codes_pb2.Service]
    about: _containers.RepeatedScalarFieldContainer[bytes]
    outcome: _codes_pb2.CaseOutcome
    erased_at: int
    officer_role: _codes_pb2.OfficerRole
    officer_reference: str
    def __init__(self, kind: _Optional[_Union[_codes_pb2.MessageKind, str]] = ..., thread: _Optional[bytes] = ..., heads: _Optional[_Iterable[bytes]] = ..., purpose: _Optional[_Union[_codes_pb2.Purpose, str]] = ..., legal_basis: _Optional[_Union[_codes_pb2.LegalBasis, str]] = ..., transfer_safeguard: _Optional[_Union[_codes_pb2.TransferSafeguard, str]] = ..., clocks: _Optional[_Iterable[_Union[Clock, _Mapping]]] = ..., use_restrictions: _Optional[_Iterable[_Union[_codes_pb2.UseRestriction, str]]] = ..., matrix_digest: _Optional[bytes] = ..., profile_digest: _Optional[bytes] = ..., table: _Optional[_Iterable[_Union[DisclosureRow, _Mapping]]] = ..., participants: _Optional[_Iterable[str]] = ..., answer_reason: _Optional[_Union[_codes_pb2.AnswerReason, str]] = ..., redirect_to: _Optional[str] = ..., asked: _Optional[_Iterable[_Union[_codes_pb2.SectionType, str]]] = ..., services: _Optional[_Iterable[_Union[_codes_pb2.Service, str]]] = ..., about: _Optional[_Iterable[bytes]] = ..., outcome: _Optional[_Union[_codes_pb2.CaseOutcome, str]] = ..., erased_at: _Optional[int] = ..., officer_role: _Optional[_Union[_codes_pb2.OfficerRole, str]] = ..., officer_reference: _Optional[str] = ...) -> None: ...
