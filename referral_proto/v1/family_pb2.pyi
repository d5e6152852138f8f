from referral_proto.v1 import absence_pb2 as _absence_pb2
from referral_proto.v1 import codes_pb2 as _codes_pb2
from referral_proto.v1 import contacts_pb2 as _contacts_pb2
from referral_proto.v1 import names_pb2 as _names_pb2
from referral_proto.v1 import places_pb2 as _places_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Relative(_message.Message):
    __slots__ = ("kinship", "names", "birth_date", "place", "whereabouts", "contact", "may_be_contacted", "in_household")
    KINSHIP_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    BIRTH_DATE_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    WHEREABOUTS_FIELD_NUMBER: _ClassVar[int]
    CONTACT_FIELD_NUMBER: _ClassVar[int]
    MAY_BE_CONTACTED_FIELD_NUMBER: _ClassVar[int]
    IN_HOUSEHOLD_FIELD_NUMBER: _ClassVar[int]
    kinship: _codes_pb2.Kinship
    names: _containers.RepeatedCompositeFieldContainer[_names_pb2.PersonName]
    birth_date: str
    place: _places_pb2.Place
    whereabouts: _codes_pb2.Whereabouts
    contact: _contacts_pb2.SafeContact
    may_be_contacted: bool
    in_household: bool
    def __init__(self, kinship: _Optional[_Union[_codes_pb2.Kinship, str]] = ..., names: _Optional[_Iterable[_Union[_names_pb2.PersonName, _Mapping]]] = ..., birth_date: _Optional[str] = ..., place: _Optional[_Union[_places_pb2.Place, _Mapping]] = ..., whereabouts: _Optional[_Union[_codes_pb2.Whereabouts, str]] = ..., contact: _Optional[_Union[_contacts_pb2.SafeContact, _Mapping]] = ..., may_be_contacted: bool = ..., in_household: bool = ...) -> None: ...

class HouseholdAssessment(_message.Message):
    __slots__ = ("outcome", "assessed_at", "assessor", "willing_to_receive", "risk", "concerns", "household_size")
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ASSESSED_AT_FIELD_NUMBER: _ClassVar[int]
    ASSESSOR_FIELD_NUMBER: _ClassVar[int]
    WILLING_TO_RECEIVE_FIELD_NUMBER: _ClassVar[int]
    RISK_FIELD_NUMBER: _ClassVar[int]
    CONCERNS_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_SIZE_FIELD_NUMBER: _ClassVar[int]
    outcome: _codes_pb2.HouseholdOutcome
    assessed_at: int
    assessor: _contacts_pb2.Officer
    willing_to_receive: bool
    risk: _codes_pb2.RiskLevel
    concerns: _containers.RepeatedScalarFieldContainer[_codes_pb2.RiskFactor]
    household_size: int
    def __init__(self, outcome: _Optional[_Union[_codes_pb2.HouseholdOutcome, str]] = ..., assessed_at: _Optional[int] = ..., assessor: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ..., willing_to_receive: bool = ..., risk: _Optional[_Union[_codes_pb2.RiskLevel, str]] = ..., concerns: _Optional[_Iterable[_Union[_codes_pb2.RiskFactor, str]]] = ..., household_size: _Optional[int] = ...) -> None: ...

class Family(_message.Message):
    __slots__ = ("contact_consent", "do_not_tell", "relatives", "last_place", "marital_status", "children", "dependants", "tracing", "traced_at", "tracer", "assessment", "absent")
    CONTACT_CONSENT_FIELD_NUMBER: _ClassVar[int]
    DO_NOT_TELL_FIELD_NUMBER: _ClassVar[int]
    RELATIVES_FIELD_NUMBER: _ClassVar[int]
    LAST_PLACE_FIELD_NUMBER: _ClassVar[int]
    MARITAL_STATUS_FIELD_NUMBER: _ClassVar[int]
    CHILDREN_FIELD_NUMBER: _ClassVar[int]
    DEPENDANTS_FIELD_NUMBER: _ClassVar[int]
    TRACING_FIELD_NUMBER: _ClassVar[int]
    TRACED_AT_FIELD_NUMBER: _ClassVar[int]
    TRACER_FIELD_NUMBER: _ClassVar[int]
    ASSESSMENT_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    contact_consent: _codes_pb2.ContactConsent
    do_not_tell: _containers.RepeatedScalarFieldContainer[_codes_pb2.DoNotTell]
    relatives: _containers.RepeatedCompositeFieldContainer[Relative]
    last_place: _places_pb2.Place
    marital_status: _codes_pb2.MaritalStatus
    children: int
    dependants: int
    tracing: _codes_pb2.TracingOutcome
    traced_at: int
    tracer: _contacts_pb2.Officer
    assessment: HouseholdAssessment
    absent: _containers.RepeatedCompositeFieldContainer[_absence_pb2.Absence]
    def __init__(self, contact_consent: _Optional[_Union[_codes_pb2.ContactConsent, str]] = ..., do_not_tell: _Optional[_Iterable[_Union[_codes_pb2.DoNotTell, str]]] = ..., relatives: _Optional[_Iterable[_Union[Relative, _Mapping]]] = ..., last_place: _Optional[_Union[_places_pb2.Place, _Mapping]] = ..., marital_status: _Optional[_Union[_codes_pb2.MaritalStatus, str]] = ..., children: _Optional[int] = ..., dependants: _Optional[int] = ..., tracing: _Optional[_Union[_codes_pb2.TracingOutcome, str]] = ..., traced_at: _Optional[int] = ..., tracer: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ..., assessment: _Optional[_Union[HouseholdAssessment, _Mapping]] = ..., absent: _Optional[_Iterable[_Union[_absence_pb2.Absence, _Mapping]]] = ...) -> None: ...
