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

class Risk(_message.Message):
    __slots__ = ("level", "factors")
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    FACTORS_FIELD_NUMBER: _ClassVar[int]
    level: _codes_pb2.RiskLevel
    factors: _containers.RepeatedScalarFieldContainer[_codes_pb2.RiskFactor]
    def __init__(self, level: _Optional[_Union[_codes_pb2.RiskLevel, str]] = ..., factors: _Optional[_Iterable[_Union[_codes_pb2.RiskFactor, str]]] = ...) -> None: ...

class Threat(_message.Message):
    __slots__ = ("source", "reaches", "level", "official", "place")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    REACHES_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    OFFICIAL_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    source: _codes_pb2.ThreatSource
    reaches: _containers.RepeatedScalarFieldContainer[_codes_pb2.ThreatReach]
    level: _codes_pb2.RiskLevel
    official: bool
    place: _places_pb2.Place
    def __init__(self, source: _Optional[_Union[_codes_pb2.ThreatSource, str]] = ..., reaches: _Optional[_Iterable[_Union[_codes_pb2.ThreatReach, str]]] = ..., level: _Optional[_Union[_codes_pb2.RiskLevel, str]] = ..., official: bool = ..., place: _Optional[_Union[_places_pb2.Place, _Mapping]] = ...) -> None: ...

class Protection(_message.Message):
    __slots__ = ("person_risk", "household_risk", "community_risk", "threats", "risk_flags", "safe_contacts", "keep_from", "shelter_preference", "measures", "return_decision", "return_stop_reasons", "person_wants_return", "assessed_at", "assessors", "absent", "joint_with", "reassess_at")
    PERSON_RISK_FIELD_NUMBER: _ClassVar[int]
    HOUSEHOLD_RISK_FIELD_NUMBER: _ClassVar[int]
    COMMUNITY_RISK_FIELD_NUMBER: _ClassVar[int]
    THREATS_FIELD_NUMBER: _ClassVar[int]
    RISK_FLAGS_FIELD_NUMBER: _ClassVar[int]
    SAFE_CONTACTS_FIELD_NUMBER: _ClassVar[int]
    KEEP_FROM_FIELD_NUMBER: _ClassVar[int]
    SHELTER_PREFERENCE_FIELD_NUMBER: _ClassVar[int]
    MEASURES_FIELD_NUMBER: _ClassVar[int]
    RETURN_DECISION_FIELD_NUMBER: _ClassVar[int]
    RETURN_STOP_REASONS_FIELD_NUMBER: _ClassVar[int]
    PERSON_WANTS_RETURN_FIELD_NUMBER: _ClassVar[int]
    ASSESSED_AT_FIELD_NUMBER: _ClassVar[int]
    ASSESSORS_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    JOINT_WITH_FIELD_NUMBER: _ClassVar[int]
    REASSESS_AT_FIELD_NUMBER: _ClassVar[int]
    person_risk: Risk
    household_risk: Risk
    community_risk: Risk
    threats: _containers.RepeatedCompositeFieldContainer[Threat]
    risk_flags: _containers.RepeatedScalarFieldContainer[_codes_pb2.RiskFlag]
    safe_contacts: _containers.RepeatedCompositeFieldContainer[_contacts_pb2.SafeContact]
    keep_from: _containers.RepeatedScalarFieldContainer[str]
    shelter_preference: _codes_pb2.ShelterPreference
    measures: _containers.RepeatedScalarFieldContainer[_codes_pb2.SecurityMeasure]
    return_decision: _codes_pb2.ReturnDecision
    return_stop_reasons: _containers.RepeatedScalarFieldContainer[_codes_pb2.ReturnStopReason]
    person_wants_return: bool
    assessed_at: int
    assessors: _containers.RepeatedCompositeFieldContainer[_contacts_pb2.Officer]
    absent: _containers.RepeatedCompositeFieldContainer[_absence_pb2.Absence]
    joint_with: _containers.RepeatedScalarFieldContainer[str]
    reassess_at: int
    def __init__(self, person_risk: _Optional[_Union[Risk, _Mapping]] = ..., household_risk: _Optional[_Union[Risk, _Mapping]] = ..., community_risk: _Optional[_Union[Risk, _Mapping]] = ..., threats: _Optional[_Iterable[_Union[Threat, _Mapping]]] = ..., risk_flags: _Optional[_Iterable[_Union[_codes_pb2.RiskFlag, str]]] = ..., safe_contacts: _Optional[_Iterable[_Union[_contacts_pb2.SafeContact, _Mapping]]] = ..., keep_from: _Optional[_Iterable[str]] = ..., shelter_preference: _Optional[_Union[_codes_pb2.ShelterPreference, str]] = ..., measures: _Optional[_Iterable[_Union[_codes_pb2.SecurityMeasure, str]]] = ..., return_decision: _Optional[_Union[_codes_pb2.ReturnDecision, str]] = ..., return_stop_reasons: _Optional[_Iterable[_Union[_codes_pb2.ReturnStopReason, str]]] = ..., person_wants_return: bool = ..., assessed_at: _Optional[int] = ..., assessors: _Optional[_Iterable[_Union[_contacts_pb2.Officer, _Mapping]]] = ..., absent: _Optional[_Iterable[_Union[_absence_pb2.Absence, _Mapping]]] = ..., joint_with: _Optional[_Iterable[str]] = ..., reassess_at: _Optional[int] = ...) -> None: ...
