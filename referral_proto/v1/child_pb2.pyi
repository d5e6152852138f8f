from referral_proto.v1 import absence_pb2 as _absence_pb2
from referral_proto.v1 import codes_pb2 as _codes_pb2
from referral_proto.v1 import contacts_pb2 as _contacts_pb2
from referral_proto.v1 import names_pb2 as _names_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AgeAssessment(_message.Message):
    __slots__ = ("methods", "finding", "assessed_at", "assessor", "child_consented")
    METHODS_FIELD_NUMBER: _ClassVar[int]
    FINDING_FIELD_NUMBER: _ClassVar[int]
    ASSESSED_AT_FIELD_NUMBER: _ClassVar[int]
    ASSESSOR_FIELD_NUMBER: _ClassVar[int]
    CHILD_CONSENTED_FIELD_NUMBER: _ClassVar[int]
    methods: _containers.RepeatedScalarFieldContainer[_codes_pb2.AgeAssessmentMethod]
    finding: _codes_pb2.ChildFlag
    assessed_at: int
    assessor: _contacts_pb2.Officer
    child_consented: bool
    def __init__(self, methods: _Optional[_Iterable[_Union[_codes_pb2.AgeAssessmentMethod, str]]] = ..., finding: _Optional[_Union[_codes_pb2.ChildFlag, str]] = ..., assessed_at: _Optional[int] = ..., assessor: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ..., child_consented: bool = ...) -> None: ...

class Guardian(_message.Message):
    __slots__ = ("kind", "agency", "officer", "name", "order", "appointed_at")
    KIND_FIELD_NUMBER: _ClassVar[int]
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    OFFICER_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    APPOINTED_AT_FIELD_NUMBER: _ClassVar[int]
    kind: _codes_pb2.GuardianKind
    agency: str
    officer: _contacts_pb2.Officer
    name: _names_pb2.PersonName
    order: str
    appointed_at: int
    def __init__(self, kind: _Optional[_Union[_codes_pb2.GuardianKind, str]] = ..., agency: _Optional[str] = ..., officer: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ..., name: _Optional[_Union[_names_pb2.PersonName, _Mapping]] = ..., order: _Optional[str] = ..., appointed_at: _Optional[int] = ...) -> None: ...

class BestInterest(_message.Message):
    __slots__ = ("reference", "stage", "outcome", "agency", "decided_at", "child_heard")
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    DECIDED_AT_FIELD_NUMBER: _ClassVar[int]
    CHILD_HEARD_FIELD_NUMBER: _ClassVar[int]
    reference: str
    stage: _codes_pb2.BestInterestStage
    outcome: _codes_pb2.BestInterestOutcome
    agency: str
    decided_at: int
    child_heard: bool
    def __init__(self, reference: _Optional[str] = ..., stage: _Optional[_Union[_codes_pb2.BestInterestStage, str]] = ..., outcome: _Optional[_Union[_codes_pb2.BestInterestOutcome, str]] = ..., agency: _Optional[str] = ..., decided_at: _Optional[int] = ..., child_heard: bool = ...) -> None: ...

class CustodyReference(_message.Message):
    __slots__ = ("digest", "custodian", "reference")
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    CUSTODIAN_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    digest: bytes
    custodian: str
    reference: str
    def __init__(self, digest: _Optional[bytes] = ..., custodian: _Optional[str] = ..., reference: _Optional[str] = ...) -> None: ...

class Child(_message.Message):
    __slots__ = ("child_flag", "age_basis", "age_band", "age_assessment", "accompaniment", "guardian", "best_interest", "care", "care_since_date", "notified_agency", "notified_at", "schooling", "siblings_together", "custody_references", "absent")
    CHILD_FLAG_FIELD_NUMBER: _ClassVar[int]
    AGE_BASIS_FIELD_NUMBER: _ClassVar[int]
    AGE_BAND_FIELD_NUMBER: _ClassVar[int]
    AGE_ASSESSMENT_FIELD_NUMBER: _ClassVar[int]
    ACCOMPANIMENT_FIELD_NUMBER: _ClassVar[int]
    GUARDIAN_FIELD_NUMBER: _ClassVar[int]
    BEST_INTEREST_FIELD_NUMBER: _ClassVar[int]
    CARE_FIELD_NUMBER: _ClassVar[int]
    CARE_SINCE_DATE_FIELD_NUMBER: _ClassVar[int]
    NOTIFIED_AGENCY_FIELD_NUMBER: _ClassVar[int]
    NOTIFIED_AT_FIELD_NUMBER: _ClassVar[int]
    SCHOOLING_FIELD_NUMBER: _ClassVar[int]
    SIBLINGS_TOGETHER_FIELD_NUMBER: _ClassVar[int]
    CUSTODY_REFERENCES_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    child_flag: _codes_pb2.ChildFlag
    age_basis: _codes_pb2.AgeBasis
    age_band: _codes_pb2.AgeBand
    age_assessment: AgeAssessment
    accompaniment: _codes_pb2.Accompaniment
    guardian: Guardian
    best_interest: BestInterest
    care: _codes_pb2.CareArrangement
    care_since_date: str
    notified_agency: str
    notified_at: int
    schooling: _codes_pb2.Schooling
    siblings_together: bool
    custody_references: _containers.RepeatedCompositeFieldContainer[CustodyReference]
    absent: _containers.RepeatedCompositeFieldContainer[_absence_pb2.Absence]
    def __init__(self, child_flag: _Optional[_Union[_codes_pb2.ChildFlag, str]] = ..., age_basis: _Optional[_Union[_codes_pb2.AgeBasis, str]] = ..., age_band: _Optional[_Union[_codes_pb2.AgeBand, str]] = ..., age_assessment: _Optional[_Union[AgeAssessment, _Mapping]] = ..., accompaniment: _Optional[_Union[_codes_pb2.Accompaniment, str]] = ..., guardian: _Optional[_Union[Guardian, _Mapping]] = ..., best_interest: _Optional[_Union[BestInterest, _Mapping]] = ..., care: _Optional[_Union[_codes_pb2.CareArrangement, str]] = ..., care_since_date: _Optional[str] = ..., notified_agency: _Optional[str] = ..., notified_at: _Optional[int] = ..., schooling: _Optional[_Union[_codes_pb2.Schooling, str]] = ..., siblings_together: bool = ..., custody_references: _Optional[_Iterable[_Union[CustodyReference, _Mapping]]] = ..., absent: _Optional[_Iterable[_Union[_absence_pb2.Absence, _Mapping]]] = ...) -> None: ...
