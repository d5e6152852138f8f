from referral_proto.v1 import absence_pb2 as _absence_pb2
from referral_proto.v1 import codes_pb2 as _codes_pb2
from referral_proto.v1 import contacts_pb2 as _contacts_pb2
from referral_proto.v1 import documents_pb2 as _documents_pb2
from referral_proto.v1 import places_pb2 as _places_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Leg(_message.Message):
    __slots__ = ("mode", "origin", "destination", "departs_at", "arrives_at", "service")
    MODE_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    DESTINATION_FIELD_NUMBER: _ClassVar[int]
    DEPARTS_AT_FIELD_NUMBER: _ClassVar[int]
    ARRIVES_AT_FIELD_NUMBER: _ClassVar[int]
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    mode: _codes_pb2.TransportMode
    origin: _places_pb2.Place
    destination: _places_pb2.Place
    departs_at: int
    arrives_at: int
    service: str
    def __init__(self, mode: _Optional[_Union[_codes_pb2.TransportMode, str]] = ..., origin: _Optional[_Union[_places_pb2.Place, _Mapping]] = ..., destination: _Optional[_Union[_places_pb2.Place, _Mapping]] = ..., departs_at: _Optional[int] = ..., arrives_at: _Optional[int] = ..., service: _Optional[str] = ...) -> None: ...

class Escort(_message.Message):
    __slots__ = ("kind", "officer")
    KIND_FIELD_NUMBER: _ClassVar[int]
    OFFICER_FIELD_NUMBER: _ClassVar[int]
    kind: _codes_pb2.EscortKind
    officer: _contacts_pb2.Officer
    def __init__(self, kind: _Optional[_Union[_codes_pb2.EscortKind, str]] = ..., officer: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ...) -> None: ...

class Travel(_message.Message):
    __slots__ = ("basis", "readmission", "document_status", "documents", "exit_clearance", "fine_waiver", "legs", "crossing", "destination_agency", "fitness", "fitness_assessed_at", "fitness_until_at", "fitness_assessor", "escorts", "absent", "arrangements", "companions")
    BASIS_FIELD_NUMBER: _ClassVar[int]
    READMISSION_FIELD_NUMBER: _ClassVar[int]
    DOCUMENT_STATUS_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    EXIT_CLEARANCE_FIELD_NUMBER: _ClassVar[int]
    FINE_WAIVER_FIELD_NUMBER: _ClassVar[int]
    LEGS_FIELD_NUMBER: _ClassVar[int]
    CROSSING_FIELD_NUMBER: _ClassVar[int]
    DESTINATION_AGENCY_FIELD_NUMBER: _ClassVar[int]
    FITNESS_FIELD_NUMBER: _ClassVar[int]
    FITNESS_ASSESSED_AT_FIELD_NUMBER: _ClassVar[int]
    FITNESS_UNTIL_AT_FIELD_NUMBER: _ClassVar[int]
    FITNESS_ASSESSOR_FIELD_NUMBER: _ClassVar[int]
    ESCORTS_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    ARRANGEMENTS_FIELD_NUMBER: _ClassVar[int]
    COMPANIONS_FIELD_NUMBER: _ClassVar[int]
    basis: _codes_pb2.ReturnBasis
    readmission: _codes_pb2.ReadmissionStatus
    document_status: _codes_pb2.TravelDocumentStatus
    documents: _containers.RepeatedCompositeFieldContainer[_documents_pb2.Document]
    exit_clearance: _codes_pb2.ExitClearance
    fine_waiver: _codes_pb2.FineWaiver
    legs: _containers.RepeatedCompositeFieldContainer[Leg]
    crossing: _places_pb2.Place
    destination_agency: str
    fitness: _codes_pb2.TravelFitness
    fitness_assessed_at: int
    fitness_until_at: int
    fitness_assessor: _contacts_pb2.Officer
    escorts: _containers.RepeatedCompositeFieldContainer[Escort]
    absent: _containers.RepeatedCompositeFieldContainer[_absence_pb2.Absence]
    arrangements: _containers.RepeatedScalarFieldContainer[_codes_pb2.TravelArrangement]
    companions: int
    def __init__(self, basis: _Optional[_Union[_codes_pb2.ReturnBasis, str]] = ..., readmission: _Optional[_Union[_codes_pb2.ReadmissionStatus, str]] = ..., document_status: _Optional[_Union[_codes_pb2.TravelDocumentStatus, str]] = ..., documents: _Optional[_Iterable[_Union[_documents_pb2.Document, _Mapping]]] = ..., exit_clearance: _Optional[_Union[_codes_pb2.ExitClearance, str]] = ..., fine_waiver: _Optional[_Union[_codes_pb2.FineWaiver, str]] = ..., legs: _Optional[_Iterable[_Union[Leg, _Mapping]]] = ..., crossing: _Optional[_Union[_places_pb2.Place, _Mapping]] = ..., destination_agency: _Optional[str] = ..., fitness: _Optional[_Union[_codes_pb2.TravelFitness, str]] = ..., fitness_assessed_at: _Optional[int] = ..., fitness_until_at: _Optional[int] = ..., fitness_assessor: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ..., escorts: _Optional[_Iterable[_Union[Escort, _Mapping]]] = ..., absent: _Optional[_Iterable[_Union[_absence_pb2.Absence, _Mapping]]] = ..., arrangements: _Optional[_Iterable[_Union[_codes_pb2.TravelArrangement, str]]] = ..., companions: _Optional[int] = ...) -> None: ...
