from referral_proto.v1 import absence_pb2 as _absence_pb2
from referral_proto.v1 import codes_pb2 as _codes_pb2
from referral_proto.v1 import contacts_pb2 as _contacts_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Permit(_message.Message):
    __slots__ = ("type", "number", "issue_date", "expiry_date", "renewal_due_date", "renewable")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    ISSUE_DATE_FIELD_NUMBER: _ClassVar[int]
    EXPIRY_DATE_FIELD_NUMBER: _ClassVar[int]
    RENEWAL_DUE_DATE_FIELD_NUMBER: _ClassVar[int]
    RENEWABLE_FIELD_NUMBER: _ClassVar[int]
    type: _codes_pb2.PermitType
    number: str
    issue_date: str
    expiry_date: str
    renewal_due_date: str
    renewable: bool
    def __init__(self, type: _Optional[_Union[_codes_pb2.PermitType, str]] = ..., number: _Optional[str] = ..., issue_date: _Optional[str] = ..., expiry_date: _Optional[str] = ..., renewal_due_date: _Optional[str] = ..., renewable: bool = ...) -> None: ...

class Proceeding(_message.Message):
    __slots__ = ("type", "role", "stage", "country", "agency", "reference", "next_hearing_at", "presence_needed")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    COUNTRY_FIELD_NUMBER: _ClassVar[int]
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    NEXT_HEARING_AT_FIELD_NUMBER: _ClassVar[int]
    PRESENCE_NEEDED_FIELD_NUMBER: _ClassVar[int]
    type: _codes_pb2.ProceedingType
    role: _codes_pb2.ProceedingRole
    stage: _codes_pb2.ProceedingStage
    country: str
    agency: str
    reference: str
    next_hearing_at: int
    presence_needed: bool
    def __init__(self, type: _Optional[_Union[_codes_pb2.ProceedingType, str]] = ..., role: _Optional[_Union[_codes_pb2.ProceedingRole, str]] = ..., stage: _Optional[_Union[_codes_pb2.ProceedingStage, str]] = ..., country: _Optional[str] = ..., agency: _Optional[str] = ..., reference: _Optional[str] = ..., next_hearing_at: _Optional[int] = ..., presence_needed: bool = ...) -> None: ...

class Legal(_message.Message):
    __slots__ = ("residence_status", "detention", "permits", "protected_until_at", "reflection_until_at", "non_punishment", "alleged_offences", "proceedings", "police_references", "cooperation", "witness_pseudonym", "legal_aid", "representative", "compensation_claimed", "absent", "protection_claim")
    RESIDENCE_STATUS_FIELD_NUMBER: _ClassVar[int]
    DETENTION_FIELD_NUMBER: _ClassVar[int]
    PERMITS_FIELD_NUMBER: _ClassVar[int]
    PROTECTED_UNTIL_AT_FIELD_NUMBER: _ClassVar[int]
    REFLECTION_UNTIL_AT_FIELD_NUMBER: _ClassVar[int]
    NON_PUNISHMENT_FIELD_NUMBER: _ClassVar[int]
    ALLEGED_OFFENCES_FIELD_NUMBER: _ClassVar[int]
    PROCEEDINGS_FIELD_NUMBER: _ClassVar[int]
    POLICE_REFERENCES_FIELD_NUMBER: _ClassVar[int]
    COOPERATION_FIELD_NUMBER: _ClassVar[int]
    WITNESS_PSEUDONYM_FIELD_NUMBER: _ClassVar[int]
    LEGAL_AID_FIELD_NUMBER: _ClassVar[int]
    REPRESENTATIVE_FIELD_NUMBER: _ClassVar[int]
    COMPENSATION_CLAIMED_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    PROTECTION_CLAIM_FIELD_NUMBER: _ClassVar[int]
    residence_status: _codes_pb2.ResidenceStatus
    detention: _codes_pb2.DetentionStatus
    permits: _containers.RepeatedCompositeFieldContainer[Permit]
    protected_until_at: int
    reflection_until_at: int
    non_punishment: _codes_pb2.NonPunishment
    alleged_offences: _containers.RepeatedScalarFieldContainer[_codes_pb2.AllegedOffence]
    proceedings: _containers.RepeatedCompositeFieldContainer[Proceeding]
    police_references: _containers.RepeatedScalarFieldContainer[str]
    cooperation: _codes_pb2.Cooperation
    witness_pseudonym: str
    legal_aid: _codes_pb2.LegalAid
    representative: _contacts_pb2.Officer
    compensation_claimed: bool
    absent: _containers.RepeatedCompositeFieldContainer[_absence_pb2.Absence]
    protection_claim: bool
    def __init__(self, residence_status: _Optional[_Union[_codes_pb2.ResidenceStatus, str]] = ..., detention: _Optional[_Union[_codes_pb2.DetentionStatus, str]] = ..., permits: _Optional[_Iterable[_Union[Permit, _Mapping]]] = ..., protected_until_at: _Optional[int] = ..., reflection_until_at: _Optional[int] = ..., non_punishment: _Optional[_Union[_codes_pb2.NonPunishment, str]] = ..., alleged_offences: _Optional[_Iterable[_Union[_codes_pb2.AllegedOffence, str]]] = ..., proceedings: _Optional[_Iterable[_Union[Proceeding, _Mapping]]] = ..., police_references: _Optional[_Iterable[str]] = ..., cooperation: _Optional[_Union[_codes_pb2.Cooperation, str]] = ..., witness_pseudonym: _Optional[str] = ..., legal_aid: _Optional[_Union[_codes_pb2.LegalAid, str]] = ..., representative: _Optional[_Union[_contacts_pb2.Officer, _Mapping]] = ..., compensation_claimed: bool = ..., absent: _Optional[_Iterable[_Union[_absence_pb2.Absence, _Mapping]]] = ..., protection_claim: bool = ...) -> None: ...
