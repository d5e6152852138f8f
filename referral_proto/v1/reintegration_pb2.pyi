from referral_proto.v1 import absence_pb2 as _absence_pb2
from referral_proto.v1 import codes_pb2 as _codes_pb2
from referral_proto.v1 import contacts_pb2 as _contacts_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SupportPlan(_message.Message):
    __slots__ = ("type", "status", "outcome", "provider", "start_date", "planned_end_date", "actual_end_date")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    PLANNED_END_DATE_FIELD_NUMBER: _ClassVar[int]
    ACTUAL_END_DATE_FIELD_NUMBER: _ClassVar[int]
    type: _codes_pb2.SupportPlanType
    status: _codes_pb2.PlanStatus
    outcome: _codes_pb2.PlanOutcome
    provider: str
    start_date: str
    planned_end_date: str
    actual_end_date: str
    def __init__(self, type: _Optional[_Union[_codes_pb2.SupportPlanType, str]] = ..., status: _Optional[_Union[_codes_pb2.PlanStatus, str]] = ..., outcome: _Optional[_Union[_codes_pb2.PlanOutcome, str]] = ..., provider: _Optional[str] = ..., start_date: _Optional[str] = ..., planned_end_date: _Optional[str] = ..., actual_end_date: _Optional[str] = ...) -> None: ...

class Visit(_message.Message):
    __slots__ = ("kind", "visit_date", "month", "outcome", "officer")
    KIND_FIELD_NUMBER: _ClassVar[int]
    VISIT_DATE_FIELD_NUMBER: _ClassVar[int]
    MONTH_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    OFFICER_FIELD_NUMBER: _ClassVar[int]
    kind: _codes_pb2.VisitKind
    visit_date: str
    month: int
    outcome: _codes_pb2.VisitOutcome
    officer: _contacts_pb2.Officer
    def __init__(self, kind: _Optional[_Union[_codes_pb2.VisitKind, str]] = ..., visit_date: _Optional[str] = ..., month: _Optional[int] = ..., outcome: _Optional[_Union[_codes_pb2.VisitOutcome, str]] = ..., officer: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ...) -> None: ...

class RetraffickingAlert(_message.Message):
    __slots__ = ("signs", "level", "raised_at", "officer")
    SIGNS_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    RAISED_AT_FIELD_NUMBER: _ClassVar[int]
    OFFICER_FIELD_NUMBER: _ClassVar[int]
    signs: _containers.RepeatedScalarFieldContainer[_codes_pb2.RetraffickingSign]
    level: _codes_pb2.RiskLevel
    raised_at: int
    officer: _contacts_pb2.Officer
    def __init__(self, signs: _Optional[_Iterable[_Union[_codes_pb2.RetraffickingSign, str]]] = ..., level: _Optional[_Union[_codes_pb2.RiskLevel, str]] = ..., raised_at: _Optional[int] = ..., officer: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ...) -> None: ...

class Reintegration(_message.Message):
    __slots__ = ("case_status", "returned_at", "plans", "visits", "next_visit_at", "housing", "occupation", "education", "risk", "alert", "outcome", "person_satisfied", "absent")
    CASE_STATUS_FIELD_NUMBER: _ClassVar[int]
    RETURNED_AT_FIELD_NUMBER: _ClassVar[int]
    PLANS_FIELD_NUMBER: _ClassVar[int]
    VISITS_FIELD_NUMBER: _ClassVar[int]
    NEXT_VISIT_AT_FIELD_NUMBER: _ClassVar[int]
    HOUSING_FIELD_NUMBER: _ClassVar[int]
    OCCUPATION_FIELD_NUMBER: _ClassVar[int]
    EDUCATION_FIELD_NUMBER: _ClassVar[int]
    RISK_FIELD_NUMBER: _ClassVar[int]
    ALERT_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    PERSON_SATISFIED_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    case_status: _codes_pb2.CaseStatus
    returned_at: int
    plans: _containers.RepeatedCompositeFieldContainer[SupportPlan]
    visits: _containers.RepeatedCompositeFieldContainer[Visit]
    next_visit_at: int
    housing: _codes_pb2.Housing
    occupation: _codes_pb2.Occupation
    education: _codes_pb2.EducationLevel
    risk: _codes_pb2.RiskLevel
    alert: RetraffickingAlert
    outcome: _codes_pb2.CaseOutcome
    person_satisfied: bool
    absent: _containers.RepeatedCompositeFieldContainer[_absence_pb2.Absence]
    def __init__(self, case_status: _Optional[_Union[_codes_pb2.CaseStatus, str]] = ..., returned_at: _Optional[int] = ..., plans: _Optional[_Iterable[_Union[SupportPlan, _Mapping]]] = ..., visits: _Optional[_Iterable[_Union[Visit, _Mapping]]] = ..., next_visit_at: _Optional[int] = ..., housing: _Optional[_Union[_codes_pb2.Housing, str]] = ..., occupation: _Optional[_Union[_codes_pb2.Occupation, str]] = ..., education: _Optional[_Union[_codes_pb2.EducationLevel, str]] = ..., risk: _Optional[_Union[_codes_pb2.RiskLevel, str]] = ..., alert: _Optional[_Union[RetraffickingAlert, _Mapping]] = ..., outcome: _Optional[_Union[_codes_pb2.CaseOutcome, str]] = ..., person_satisfied: bool = ..., absent: _Optional[_Iterable[_Union[_absence_pb2.Absence, _Mapping]]] = ...) -> None: ...
