from referral_proto.v1 import absence_pb2 as _absence_pb2
from referral_proto.v1 import codes_pb2 as _codes_pb2
from referral_proto.v1 import contacts_pb2 as _contacts_pb2
from referral_proto.v1 import documents_pb2 as _documents_pb2
from referral_proto.v1 import names_pb2 as _names_pb2
from referral_proto.v1 import places_pb2 as _places_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Parent(_message.Message):
    __slots__ = ("relation", "names", "birth_date", "birth_place", "deceased")
    RELATION_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    BIRTH_DATE_FIELD_NUMBER: _ClassVar[int]
    BIRTH_PLACE_FIELD_NUMBER: _ClassVar[int]
    DECEASED_FIELD_NUMBER: _ClassVar[int]
    relation: _codes_pb2.Kinship
    names: _containers.RepeatedCompositeFieldContainer[_names_pb2.PersonName]
    birth_date: str
    birth_place: _places_pb2.Place
    deceased: bool
    def __init__(self, relation: _Optional[_Union[_codes_pb2.Kinship, str]] = ..., names: _Optional[_Iterable[_Union[_names_pb2.PersonName, _Mapping]]] = ..., birth_date: _Optional[str] = ..., birth_place: _Optional[_Union[_places_pb2.Place, _Mapping]] = ..., deceased: bool = ...) -> None: ...

class Verification(_message.Message):
    __slots__ = ("outcome", "bases", "citizenships", "agency", "officer", "decided_at", "status_at")
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    BASES_FIELD_NUMBER: _ClassVar[int]
    CITIZENSHIPS_FIELD_NUMBER: _ClassVar[int]
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    OFFICER_FIELD_NUMBER: _ClassVar[int]
    DECIDED_AT_FIELD_NUMBER: _ClassVar[int]
    STATUS_AT_FIELD_NUMBER: _ClassVar[int]
    outcome: _codes_pb2.VerificationOutcome
    bases: _containers.RepeatedScalarFieldContainer[_codes_pb2.VerificationBasis]
    citizenships: _containers.RepeatedScalarFieldContainer[str]
    agency: str
    officer: _contacts_pb2.Officer
    decided_at: int
    status_at: int
    def __init__(self, outcome: _Optional[_Union[_codes_pb2.VerificationOutcome, str]] = ..., bases: _Optional[_Iterable[_Union[_codes_pb2.VerificationBasis, str]]] = ..., citizenships: _Optional[_Iterable[str]] = ..., agency: _Optional[str] = ..., officer: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ..., decided_at: _Optional[int] = ..., status_at: _Optional[int] = ...) -> None: ...

class Identity(_message.Message):
    __slots__ = ("names", "birth_date", "birth_date_basis", "birth_place", "sex", "gender", "citizenships", "citizenship_status", "languages", "parents", "home_place", "documents", "assurance", "verification", "absent", "photo")
    NAMES_FIELD_NUMBER: _ClassVar[int]
    BIRTH_DATE_FIELD_NUMBER: _ClassVar[int]
    BIRTH_DATE_BASIS_FIELD_NUMBER: _ClassVar[int]
    BIRTH_PLACE_FIELD_NUMBER: _ClassVar[int]
    SEX_FIELD_NUMBER: _ClassVar[int]
    GENDER_FIELD_NUMBER: _ClassVar[int]
    CITIZENSHIPS_FIELD_NUMBER: _ClassVar[int]
    CITIZENSHIP_STATUS_FIELD_NUMBER: _ClassVar[int]
    LANGUAGES_FIELD_NUMBER: _ClassVar[int]
    PARENTS_FIELD_NUMBER: _ClassVar[int]
    HOME_PLACE_FIELD_NUMBER: _ClassVar[int]
    DOCUMENTS_FIELD_NUMBER: _ClassVar[int]
    ASSURANCE_FIELD_NUMBER: _ClassVar[int]
    VERIFICATION_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    PHOTO_FIELD_NUMBER: _ClassVar[int]
    names: _containers.RepeatedCompositeFieldContainer[_names_pb2.PersonName]
    birth_date: str
    birth_date_basis: _codes_pb2.AgeBasis
    birth_place: _places_pb2.Place
    sex: _codes_pb2.Sex
    gender: _codes_pb2.Gender
    citizenships: _containers.RepeatedScalarFieldContainer[str]
    citizenship_status: _codes_pb2.CitizenshipStatus
    languages: _containers.RepeatedScalarFieldContainer[str]
    parents: _containers.RepeatedCompositeFieldContainer[Parent]
    home_place: _places_pb2.Place
    documents: _containers.RepeatedCompositeFieldContainer[_documents_pb2.Document]
    assurance: _codes_pb2.IdentityAssurance
    verification: Verification
    absent: _containers.RepeatedCompositeFieldContainer[_absence_pb2.Absence]
    photo: _documents_pb2.Attachment
    def __init__(self, names: _Optional[_Iterable[_Union[_names_pb2.PersonName, _Mapping]]] = ..., birth_date: _Optional[str] = ..., birth_date_basis: _Optional[_Union[_codes_pb2.AgeBasis, str]] = ..., birth_place: _Optional[_Union[_places_pb2.Place, _Mapping]] = ..., sex: _Optional[_Union[_codes_pb2.Sex, str]] = ..., gender: _Optional[_Union[_codes_pb2.Gender, str]] = ..., citizenships: _Optional[_Iterable[str]] = ..., citizenship_status: _Optional[_Union[_codes_pb2.CitizenshipStatus, str]] = ..., languages: _Optional[_Iterable[str]] = ..., parents: _Optional[_Iterable[_Union[Parent, _Mapping]]] = ..., home_place: _Optional[_Union[_places_pb2.Place, _Mapping]] = ..., documents: _Optional[_Iterable[_Union[_documents_pb2.Document, _Mapping]]] = ..., assurance: _Optional[_Union[_codes_pb2.IdentityAssurance, str]] = ..., verification: _Optional[_Union[Verification, _Mapping]] = ..., absent: _Optional[_Iterable[_Union[_absence_pb2.Absence, _Mapping]]] = ..., photo: _Optional[_Union[_documents_pb2.Attachment, _Mapping]] = ...) -> None: ...
