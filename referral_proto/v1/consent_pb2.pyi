from referral_proto.v1 import absence_pb2 as _absence_pb2
from referral_proto.v1 import codes_pb2 as _codes_pb2
from referral_proto.v1 import contacts_pb2 as _contacts_pb2
from referral_proto.v1 import documents_pb2 as _documents_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Grant(_message.Message):
    __slots__ = ("purpose", "recipient", "onward", "sections", "decision", "expires_at", "withdrawn_at")
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    ONWARD_FIELD_NUMBER: _ClassVar[int]
    SECTIONS_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    EXPIRES_AT_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWN_AT_FIELD_NUMBER: _ClassVar[int]
    purpose: _codes_pb2.Purpose
    recipient: str
    onward: _containers.RepeatedScalarFieldContainer[str]
    sections: _containers.RepeatedScalarFieldContainer[_codes_pb2.SectionType]
    decision: _codes_pb2.ConsentDecision
    expires_at: int
    withdrawn_at: int
    def __init__(self, purpose: _Optional[_Union[_codes_pb2.Purpose, str]] = ..., recipient: _Optional[str] = ..., onward: _Optional[_Iterable[str]] = ..., sections: _Optional[_Iterable[_Union[_codes_pb2.SectionType, str]]] = ..., decision: _Optional[_Union[_codes_pb2.ConsentDecision, str]] = ..., expires_at: _Optional[int] = ..., withdrawn_at: _Optional[int] = ...) -> None: ...

class Informed(_message.Message):
    __slots__ = ("agrees_to_interview", "told_purpose", "told_uses", "told_research_use", "told_right_to_see", "told_how_long", "told_how_to_withdraw")
    AGREES_TO_INTERVIEW_FIELD_NUMBER: _ClassVar[int]
    TOLD_PURPOSE_FIELD_NUMBER: _ClassVar[int]
    TOLD_USES_FIELD_NUMBER: _ClassVar[int]
    TOLD_RESEARCH_USE_FIELD_NUMBER: _ClassVar[int]
    TOLD_RIGHT_TO_SEE_FIELD_NUMBER: _ClassVar[int]
    TOLD_HOW_LONG_FIELD_NUMBER: _ClassVar[int]
    TOLD_HOW_TO_WITHDRAW_FIELD_NUMBER: _ClassVar[int]
    agrees_to_interview: bool
    told_purpose: bool
    told_uses: bool
    told_research_use: bool
    told_right_to_see: bool
    told_how_long: bool
    told_how_to_withdraw: bool
    def __init__(self, agrees_to_interview: bool = ..., told_purpose: bool = ..., told_uses: bool = ..., told_research_use: bool = ..., told_right_to_see: bool = ..., told_how_long: bool = ..., told_how_to_withdraw: bool = ...) -> None: ...

class Override(_message.Message):
    __slots__ = ("ground", "legal_basis", "officer", "second_approver", "approved_at", "purpose", "sections")
    GROUND_FIELD_NUMBER: _ClassVar[int]
    LEGAL_BASIS_FIELD_NUMBER: _ClassVar[int]
    OFFICER_FIELD_NUMBER: _ClassVar[int]
    SECOND_APPROVER_FIELD_NUMBER: _ClassVar[int]
    APPROVED_AT_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    SECTIONS_FIELD_NUMBER: _ClassVar[int]
    ground: _codes_pb2.OverrideGround
    legal_basis: _codes_pb2.LegalBasis
    officer: _contacts_pb2.Officer
    second_approver: _contacts_pb2.Officer
    approved_at: int
    purpose: _codes_pb2.Purpose
    sections: _containers.RepeatedScalarFieldContainer[_codes_pb2.SectionType]
    def __init__(self, ground: _Optional[_Union[_codes_pb2.OverrideGround, str]] = ..., legal_basis: _Optional[_Union[_codes_pb2.LegalBasis, str]] = ..., officer: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ..., second_approver: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ..., approved_at: _Optional[int] = ..., purpose: _Optional[_Union[_codes_pb2.Purpose, str]] = ..., sections: _Optional[_Iterable[_Union[_codes_pb2.SectionType, str]]] = ...) -> None: ...

class Consent(_message.Message):
    __slots__ = ("grants", "home_state_veto", "vetoed_states", "informed", "form", "giver", "given_at", "withdrawn_at", "language", "interpreter", "officer", "witnesses", "override", "record", "absent", "receipt_given", "evidence")
    GRANTS_FIELD_NUMBER: _ClassVar[int]
    HOME_STATE_VETO_FIELD_NUMBER: _ClassVar[int]
    VETOED_STATES_FIELD_NUMBER: _ClassVar[int]
    INFORMED_FIELD_NUMBER: _ClassVar[int]
    FORM_FIELD_NUMBER: _ClassVar[int]
    GIVER_FIELD_NUMBER: _ClassVar[int]
    GIVEN_AT_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWN_AT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    INTERPRETER_FIELD_NUMBER: _ClassVar[int]
    OFFICER_FIELD_NUMBER: _ClassVar[int]
    WITNESSES_FIELD_NUMBER: _ClassVar[int]
    OVERRIDE_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_GIVEN_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    grants: _containers.RepeatedCompositeFieldContainer[Grant]
    home_state_veto: bool
    vetoed_states: _containers.RepeatedScalarFieldContainer[str]
    informed: Informed
    form: _codes_pb2.ConsentForm
    giver: _codes_pb2.ConsentGiver
    given_at: int
    withdrawn_at: int
    language: str
    interpreter: _contacts_pb2.Interpreter
    officer: _contacts_pb2.Officer
    witnesses: _containers.RepeatedCompositeFieldContainer[_contacts_pb2.Officer]
    override: Override
    record: bytes
    absent: _containers.RepeatedCompositeFieldContainer[_absence_pb2.Absence]
    receipt_given: bool
    evidence: _documents_pb2.Attachment
    def __init__(self, grants: _Optional[_Iterable[_Union[Grant, _Mapping]]] = ..., home_state_veto: bool = ..., vetoed_states: _Optional[_Iterable[str]] = ..., informed: _Optional[_Union[Informed, _Mapping]] = ..., form: _Optional[_Union[_codes_pb2.ConsentForm, str]] = ..., giver: _Optional[_Union[_codes_pb2.ConsentGiver, str]] = ..., given_at: _Optional[int] = ..., withdrawn_at: _Optional[int] = ..., language: _Optional[str] = ..., interpreter: _Optional[_Union[_contacts_pb2.Interpreter, _Mapping]] = ..., officer: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ..., witnesses: _Optional[_Iterable[_Union[_contacts_pb2.Officer, _Mapping]]] = ..., override: _Optional[_Union[Override, _Mapping]] = ..., record: _Optional[bytes] = ..., absent: _Optional[_Iterable[_Union[_absence_pb2.Absence, _Mapping]]] = ..., receipt_given: bool = ..., evidence: _Optional[_Union[_documents_pb2.Attachment, _Mapping]] = ...) -> None: ...
