from referral_proto.v1 import absence_pb2 as _absence_pb2
from referral_proto.v1 import codes_pb2 as _codes_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Preview(_message.Message):
    __slots__ = ("pseudonym", "age_band", "age_basis", "child_flag", "sex", "gender", "citizenships_claimed", "citizenship_status", "languages", "interpreter_need", "urgency", "province", "needs", "reasons", "absent", "services", "trafficking_status", "decided_by", "exploitation_types", "risk_flags", "consent_summary", "answer_due_at", "group_size", "group_children")
    PSEUDONYM_FIELD_NUMBER: _ClassVar[int]
    AGE_BAND_FIELD_NUMBER: _ClassVar[int]
    AGE_BASIS_FIELD_NUMBER: _ClassVar[int]
    CHILD_FLAG_FIELD_NUMBER: _ClassVar[int]
    SEX_FIELD_NUMBER: _ClassVar[int]
    GENDER_FIELD_NUMBER: _ClassVar[int]
    CITIZENSHIPS_CLAIMED_FIELD_NUMBER: _ClassVar[int]
    CITIZENSHIP_STATUS_FIELD_NUMBER: _ClassVar[int]
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    INTERPRETER_NEED_FIELD_NUMBER: _ClassVar[int]
    URGENCY_FIELD_NUMBER: _ClassVar[int]
    PROVINCE_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    SERVICES_FIELD_NUMBER: _ClassVar[int]
    TRAFFICKING_STATUS_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    EXPLOITATION_TYPES_FIELD_NUMBER: _ClassVar[int]
    RISK_FLAGS_FIELD_NUMBER: _ClassVar[int]
    CONSENT_SUMMARY_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DUE_AT_FIELD_NUMBER: _ClassVar[int]
    GROUP_SIZE_FIELD_NUMBER: _ClassVar[int]
    GROUP_CHILDREN_FIELD_NUMBER: _ClassVar[int]
    pseudonym: str
    age_band: _codes_pb2.AgeBand
    age_basis: _codes_pb2.AgeBasis
    child_flag: _codes_pb2.ChildFlag
    sex: _codes_pb2.Sex
    gender: _codes_pb2.Gender
    citizenships_claimed: _containers.RepeatedScalarFieldContainer[str]
    citizenship_status: _codes_pb2.CitizenshipStatus
    languages: _containers.RepeatedScalarFieldContainer[str]
    interpreter_need: _codes_pb2.InterpreterNeed
    urgency: _codes_pb2.Urgency
    province: str
    needs: _containers.RepeatedScalarFieldContainer[_codes_pb2.Need]
    reasons: _containers.RepeatedScalarFieldContainer[_codes_pb2.ReferralReason]
    absent: _containers.RepeatedCompositeFieldContainer[_absence_pb2.Absence]
    services: _containers.RepeatedScalarFieldContainer[_codes_pb2.Service]
    trafficking_status: _codes_pb2.TraffickingStatus
    decided_by: _codes_pb2.DecisionMaker
    exploitation_types: _containers.RepeatedScalarFieldContainer[_codes_pb2.ExploitationType]
    risk_flags: _containers.RepeatedScalarFieldContainer[_codes_pb2.RiskFlag]
    consent_summary: _codes_pb2.ConsentSummary
    answer_due_at: int
    group_size: int
    group_children: int
    def __init__(self, pseudonym: _Optional[str] = ..., age_band: _Optional[_Union[_codes_pb2.AgeBand, str]] = ..., age_basis: _Optional[_Union[_codes_pb2.AgeBasis, str]] = ..., child_flag: _Optional[_Union[_codes_pb2.ChildFlag, str]] = ..., sex: _Optional[_Union[_codes_pb2.Sex, str]] = ..., gender: _Optional[_Union[_codes_pb2.Gender, str]] = ..., citizenships_claimed: _Optional[_Iterable[str]] = ..., citizenship_status: _Optional[_Union[_codes_pb2.CitizenshipStatus, str]] = ..., languages: _Optional[_Iterable[str]] = ..., interpreter_need: _Optional[_Union[_codes_pb2.InterpreterNeed, str]] = ..., urgency: _Optional[_Union[_codes_pb2.Urgency, str]] = ..., province: _Optional[str] = ..., needs: _Optional[_Iterable[_Union[_codes_pb2.Need, str]]] = ..., reasons: _Optional[_Iterable[_Union[_codes_pb2.ReferralReason, str]]] = ..., absent: _Optional[_Iterable[_Union[_absence_pb2.Absence, _Mapping]]] = ..., services: _Optional[_Iterable[_Union[_codes_pb2.Service, str]]] = ..., trafficking_status: _Optional[_Union[_codes_pb2.TraffickingStatus, str]] = ..., decided_by: _Optional[_Union[_codes_pb2.DecisionMaker, str]] = ..., exploitation_types: _Optional[_Iterable[_Union[_codes_pb2.ExploitationType, str]]] = ..., risk_flags: _Optional[_Iterable[_Union[_codes_pb2.RiskFlag, str]]] = ..., consent_summary: _Optional[_Union[_codes_pb2.ConsentSummary, str]] = ..., answer_due_at: _Optional[int] = ..., group_size: _Optional[int] = ..., group_children: _Optional[int] = ...) -> None: ...
