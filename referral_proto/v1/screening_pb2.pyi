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

class Exploitation(_message.Message):
    __slots__ = ("type", "forced_criminality", "sex_exploitation", "industry", "platforms", "place", "start_date", "end_date")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    FORCED_CRIMINALITY_FIELD_NUMBER: _ClassVar[int]
    SEX_EXPLOITATION_FIELD_NUMBER: _ClassVar[int]
    INDUSTRY_FIELD_NUMBER: _ClassVar[int]
    PLATFORMS_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    type: _codes_pb2.ExploitationType
    forced_criminality: _codes_pb2.ForcedCriminalityType
    sex_exploitation: _codes_pb2.SexExploitationType
    industry: _codes_pb2.Industry
    platforms: _containers.RepeatedScalarFieldContainer[_codes_pb2.Platform]
    place: _places_pb2.Place
    start_date: str
    end_date: str
    def __init__(self, type: _Optional[_Union[_codes_pb2.ExploitationType, str]] = ..., forced_criminality: _Optional[_Union[_codes_pb2.ForcedCriminalityType, str]] = ..., sex_exploitation: _Optional[_Union[_codes_pb2.SexExploitationType, str]] = ..., industry: _Optional[_Union[_codes_pb2.Industry, str]] = ..., platforms: _Optional[_Iterable[_Union[_codes_pb2.Platform, str]]] = ..., place: _Optional[_Union[_places_pb2.Place, _Mapping]] = ..., start_date: _Optional[str] = ..., end_date: _Optional[str] = ...) -> None: ...

class Recruitment(_message.Message):
    __slots__ = ("methods", "platforms", "place", "recruitment_date")
    METHODS_FIELD_NUMBER: _ClassVar[int]
    PLATFORMS_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    RECRUITMENT_DATE_FIELD_NUMBER: _ClassVar[int]
    methods: _containers.RepeatedScalarFieldContainer[_codes_pb2.RecruitmentMethod]
    platforms: _containers.RepeatedScalarFieldContainer[_codes_pb2.Platform]
    place: _places_pb2.Place
    recruitment_date: str
    def __init__(self, methods: _Optional[_Iterable[_Union[_codes_pb2.RecruitmentMethod, str]]] = ..., platforms: _Optional[_Iterable[_Union[_codes_pb2.Platform, str]]] = ..., place: _Optional[_Union[_places_pb2.Place, _Mapping]] = ..., recruitment_date: _Optional[str] = ...) -> None: ...

class Perpetrator(_message.Message):
    __slots__ = ("roles", "relationship", "official")
    ROLES_FIELD_NUMBER: _ClassVar[int]
    RELATIONSHIP_FIELD_NUMBER: _ClassVar[int]
    OFFICIAL_FIELD_NUMBER: _ClassVar[int]
    roles: _containers.RepeatedScalarFieldContainer[_codes_pb2.TraffickerRole]
    relationship: _codes_pb2.TraffickerRelationship
    official: bool
    def __init__(self, roles: _Optional[_Iterable[_Union[_codes_pb2.TraffickerRole, str]]] = ..., relationship: _Optional[_Union[_codes_pb2.TraffickerRelationship, str]] = ..., official: bool = ...) -> None: ...

class TraffickingEvent(_message.Message):
    __slots__ = ("type", "event_date", "place")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    EVENT_DATE_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    type: _codes_pb2.EventType
    event_date: str
    place: _places_pb2.Place
    def __init__(self, type: _Optional[_Union[_codes_pb2.EventType, str]] = ..., event_date: _Optional[str] = ..., place: _Optional[_Union[_places_pb2.Place, _Mapping]] = ...) -> None: ...

class Screening(_message.Message):
    __slots__ = ("status", "decided_by", "deciding_agency", "decided_at", "indicators", "exploitations", "recruitment", "control_methods", "perpetrators", "events", "age_when_trafficked", "screened_at", "screener", "methods", "absent", "setting", "route", "interpreter", "language", "migrant_types", "international_protection", "migration_circumstances", "others_held", "disputes")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    DECIDING_AGENCY_FIELD_NUMBER: _ClassVar[int]
    DECIDED_AT_FIELD_NUMBER: _ClassVar[int]
    INDICATORS_FIELD_NUMBER: _ClassVar[int]
    EXPLOITATIONS_FIELD_NUMBER: _ClassVar[int]
    RECRUITMENT_FIELD_NUMBER: _ClassVar[int]
    CONTROL_METHODS_FIELD_NUMBER: _ClassVar[int]
    PERPETRATORS_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    AGE_WHEN_TRAFFICKED_FIELD_NUMBER: _ClassVar[int]
    SCREENED_AT_FIELD_NUMBER: _ClassVar[int]
    SCREENER_FIELD_NUMBER: _ClassVar[int]
    METHODS_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    SETTING_FIELD_NUMBER: _ClassVar[int]
    ROUTE_FIELD_NUMBER: _ClassVar[int]
    INTERPRETER_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    MIGRANT_TYPES_FIELD_NUMBER: _ClassVar[int]
    INTERNATIONAL_PROTECTION_FIELD_NUMBER: _ClassVar[int]
    MIGRATION_CIRCUMSTANCES_FIELD_NUMBER: _ClassVar[int]
    OTHERS_HELD_FIELD_NUMBER: _ClassVar[int]
    DISPUTES_FIELD_NUMBER: _ClassVar[int]
    status: _codes_pb2.TraffickingStatus
    decided_by: _codes_pb2.DecisionMaker
    deciding_agency: str
    decided_at: int
    indicators: _containers.RepeatedScalarFieldContainer[_codes_pb2.ForcedLabourIndicator]
    exploitations: _containers.RepeatedCompositeFieldContainer[Exploitation]
    recruitment: Recruitment
    control_methods: _containers.RepeatedScalarFieldContainer[_codes_pb2.ControlMethod]
    perpetrators: _containers.RepeatedCompositeFieldContainer[Perpetrator]
    events: _containers.RepeatedCompositeFieldContainer[TraffickingEvent]
    age_when_trafficked: int
    screened_at: int
    screener: _contacts_pb2.Officer
    methods: _containers.RepeatedScalarFieldContainer[_codes_pb2.ScreeningMethod]
    absent: _containers.RepeatedCompositeFieldContainer[_absence_pb2.Absence]
    setting: _codes_pb2.ScreeningSetting
    route: _codes_pb2.ScreeningRoute
    interpreter: _contacts_pb2.Interpreter
    language: str
    migrant_types: _containers.RepeatedScalarFieldContainer[_codes_pb2.MigrantType]
    international_protection: _codes_pb2.InternationalProtection
    migration_circumstances: _containers.RepeatedScalarFieldContainer[_codes_pb2.MigrationCircumstance]
    others_held: bool
    disputes: _containers.RepeatedScalarFieldContainer[_codes_pb2.ScreeningDispute]
    def __init__(self, status: _Optional[_Union[_codes_pb2.TraffickingStatus, str]] = ..., decided_by: _Optional[_Union[_codes_pb2.DecisionMaker, str]] = ..., deciding_agency: _Optional[str] = ..., decided_at: _Optional[int] = ..., indicators: _Optional[_Iterable[_Union[_codes_pb2.ForcedLabourIndicator, str]]] = ..., exploitations: _Optional[_Iterable[_Union[Exploitation, _Mapping]]] = ..., recruitment: _Optional[_Union[Recruitment, _Mapping]] = ..., control_methods: _Optional[_Iterable[_Union[_codes_pb2.ControlMethod, str]]] = ..., perpetrators: _Optional[_Iterable[_Union[Perpetrator, _Mapping]]] = ..., events: _Optional[_Iterable[_Union[TraffickingEvent, _Mapping]]] = ..., age_when_trafficked: _Optional[int] = ..., screened_at: _Optional[int] = ..., screener: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ..., methods: _Optional[_Iterable[_Union[_codes_pb2.ScreeningMethod, str]]] = ..., absent: _Optional[_Iterable[_Union[_absence_pb2.Absence, _Mapping]]] = ..., setting: _Optional[_Union[_codes_pb2.ScreeningSetting, str]] = ..., route: _Optional[_Union[_codes_pb2.ScreeningRoute, str]] = ..., interpreter: _Optional[_Union[_contacts_pb2.Interpreter, _Mapping]] = ..., language: _Optional[str] = ..., migrant_types: _Optional[_Iterable[_Union[_codes_pb2.MigrantType, str]]] = ..., international_protection: _Optional[_Union[_codes_pb2.InternationalProtection, str]] = ..., migration_circumstances: _Optional[_Iterable[_Union[_codes_pb2.MigrationCircumstance, str]]] = ..., others_held: bool = ..., disputes: _Optional[_Iterable[_Union[_codes_pb2.ScreeningDispute, str]]] = ...) -> None: ...
