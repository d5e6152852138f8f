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

class Medication(_message.Message):
    __slots__ = ("name", "dose", "days_left")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DOSE_FIELD_NUMBER: _ClassVar[int]
    DAYS_LEFT_FIELD_NUMBER: _ClassVar[int]
    name: str
    dose: str
    days_left: int
    def __init__(self, name: _Optional[str] = ..., dose: _Optional[str] = ..., days_left: _Optional[int] = ...) -> None: ...

class Health(_message.Message):
    __slots__ = ("needs", "care_setting", "conditions", "allergies", "medications", "pregnancy", "delivery_due_date", "difficulties", "mental_health", "self_harm_risk", "reception_screening", "infection_precautions", "forensic_examination_done", "assessed_at", "absent", "assessor", "next_appointment_at", "reports")
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    CARE_SETTING_FIELD_NUMBER: _ClassVar[int]
    CONDITIONS_FIELD_NUMBER: _ClassVar[int]
    ALLERGIES_FIELD_NUMBER: _ClassVar[int]
    MEDICATIONS_FIELD_NUMBER: _ClassVar[int]
    PREGNANCY_FIELD_NUMBER: _ClassVar[int]
    DELIVERY_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    DIFFICULTIES_FIELD_NUMBER: _ClassVar[int]
    MENTAL_HEALTH_FIELD_NUMBER: _ClassVar[int]
    SELF_HARM_RISK_FIELD_NUMBER: _ClassVar[int]
    RECEPTION_SCREENING_FIELD_NUMBER: _ClassVar[int]
    INFECTION_PRECAUTIONS_FIELD_NUMBER: _ClassVar[int]
    FORENSIC_EXAMINATION_DONE_FIELD_NUMBER: _ClassVar[int]
    ASSESSED_AT_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    ASSESSOR_FIELD_NUMBER: _ClassVar[int]
    NEXT_APPOINTMENT_AT_FIELD_NUMBER: _ClassVar[int]
    REPORTS_FIELD_NUMBER: _ClassVar[int]
    needs: _containers.RepeatedScalarFieldContainer[_codes_pb2.HealthNeed]
    care_setting: _codes_pb2.CareSetting
    conditions: _containers.RepeatedScalarFieldContainer[str]
    allergies: _containers.RepeatedScalarFieldContainer[str]
    medications: _containers.RepeatedCompositeFieldContainer[Medication]
    pregnancy: _codes_pb2.Pregnancy
    delivery_due_date: str
    difficulties: _containers.RepeatedScalarFieldContainer[_codes_pb2.FunctionalDifficulty]
    mental_health: _containers.RepeatedScalarFieldContainer[_codes_pb2.MentalHealthConcern]
    self_harm_risk: _codes_pb2.RiskLevel
    reception_screening: _codes_pb2.ReceptionScreening
    infection_precautions: bool
    forensic_examination_done: bool
    assessed_at: int
    absent: _containers.RepeatedCompositeFieldContainer[_absence_pb2.Absence]
    assessor: _contacts_pb2.Officer
    next_appointment_at: int
    reports: _containers.RepeatedCompositeFieldContainer[_documents_pb2.Attachment]
    def __init__(self, needs: _Optional[_Iterable[_Union[_codes_pb2.HealthNeed, str]]] = ..., care_setting: _Optional[_Union[_codes_pb2.CareSetting, str]] = ..., conditions: _Optional[_Iterable[str]] = ..., allergies: _Optional[_Iterable[str]] = ..., medications: _Optional[_Iterable[_Union[Medication, _Mapping]]] = ..., pregnancy: _Optional[_Union[_codes_pb2.Pregnancy, str]] = ..., delivery_due_date: _Optional[str] = ..., difficulties: _Optional[_Iterable[_Union[_codes_pb2.FunctionalDifficulty, str]]] = ..., mental_health: _Optional[_Iterable[_Union[_codes_pb2.MentalHealthConcern, str]]] = ..., self_harm_risk: _Optional[_Union[_codes_pb2.RiskLevel, str]] = ..., reception_screening: _Optional[_Union[_codes_pb2.ReceptionScreening, str]] = ..., infection_precautions: bool = ..., forensic_examination_done: bool = ..., assessed_at: _Optional[int] = ..., absent: _Optional[_Iterable[_Union[_absence_pb2.Absence, _Mapping]]] = ..., assessor: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ..., next_appointment_at: _Optional[int] = ..., reports: _Optional[_Iterable[_Union[_documents_pb2.Attachment, _Mapping]]] = ...) -> None: ...
