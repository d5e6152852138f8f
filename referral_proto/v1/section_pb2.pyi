from referral_proto.v1 import child_pb2 as _child_pb2
from referral_proto.v1 import consent_pb2 as _consent_pb2
from referral_proto.v1 import control_pb2 as _control_pb2
from referral_proto.v1 import family_pb2 as _family_pb2
from referral_proto.v1 import handover_pb2 as _handover_pb2
from referral_proto.v1 import health_pb2 as _health_pb2
from referral_proto.v1 import identity_pb2 as _identity_pb2
from referral_proto.v1 import legal_pb2 as _legal_pb2
from referral_proto.v1 import note_pb2 as _note_pb2
from referral_proto.v1 import preview_pb2 as _preview_pb2
from referral_proto.v1 import protection_pb2 as _protection_pb2
from referral_proto.v1 import reintegration_pb2 as _reintegration_pb2
from referral_proto.v1 import screening_pb2 as _screening_pb2
from referral_proto.v1 import travel_pb2 as _travel_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Section(_message.Message):
    __slots__ = ("control", "preview", "screening", "consent", "identity", "family", "child", "protection", "health", "legal", "travel", "handover", "reintegration", "note")
    CONTROL_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_FIELD_NUMBER: _ClassVar[int]
    SCREENING_FIELD_NUMBER: _ClassVar[int]
    CONSENT_FIELD_NUMBER: _ClassVar[int]
    IDENTITY_FIELD_NUMBER: _ClassVar[int]
    FAMILY_FIELD_NUMBER: _ClassVar[int]
    CHILD_FIELD_NUMBER: _ClassVar[int]
    PROTECTION_FIELD_NUMBER: _ClassVar[int]
    HEALTH_FIELD_NUMBER: _ClassVar[int]
    LEGAL_FIELD_NUMBER: _ClassVar[int]
    TRAVEL_FIELD_NUMBER: _ClassVar[int]
    HANDOVER_FIELD_NUMBER: _ClassVar[int]
    REINTEGRATION_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    control: _control_pb2.Control
    preview: _preview_pb2.Preview
    screening: _screening_pb2.Screening
    consent: _consent_pb2.Consent
    identity: _identity_pb2.Identity
    family: _family_pb2.Family
    child: _child_pb2.Child
    protection: _protection_pb2.Protection
    health: _health_pb2.Health
    legal: _legal_pb2.Legal
    travel: _travel_pb2.Travel
    handover: _handover_pb2.Handover
    reintegration: _reintegration_pb2.Reintegration
    note: _note_pb2.Note
    def __init__(self, control: _Optional[_Union[_control_pb2.Control, _Mapping]] = ..., preview: _Optional[_Union[_preview_pb2.Preview, _Mapping]] = ..., screening: _Optional[_Union[_screening_pb2.Screening, _Mapping]] = ..., consent: _Optional[_Union[_consent_pb2.Consent, _Mapping]] = ..., identity: _Optional[_Union[_identity_pb2.Identity, _Mapping]] = ..., family: _Optional[_Union[_family_pb2.Family, _Mapping]] = ..., child: _Optional[_Union[_child_pb2.Child, _Mapping]] = ..., protection: _Optional[_Union[_protection_pb2.Protection, _Mapping]] = ..., health: _Optional[_Union[_health_pb2.Health, _Mapping]] = ..., legal: _Optional[_Union[_legal_pb2.Legal, _Mapping]] = ..., travel: _Optional[_Union[_travel_pb2.Travel, _Mapping]] = ..., handover: _Optional[_Union[_handover_pb2.Handover, _Mapping]] = ..., reintegration: _Optional[_Union[_reintegration_pb2.Reintegration, _Mapping]] = ..., note: _Optional[_Union[_note_pb2.Note, _Mapping]] = ...) -> None: ...
