from referral_proto.v1 import codes_pb2 as _codes_pb2
from referral_proto.v1 import log_pb2 as _log_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class MessageDirection(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MESSAGE_DIRECTION_UNSPECIFIED: _ClassVar[MessageDirection]
    MESSAGE_DIRECTION_IN: _ClassVar[MessageDirection]
    MESSAGE_DIRECTION_OUT: _ClassVar[MessageDirection]

class MessageState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MESSAGE_STATE_UNSPECIFIED: _ClassVar[MessageState]
    MESSAGE_STATE_QUEUED: _ClassVar[MessageState]
    MESSAGE_STATE_SUBMITTED: _ClassVar[MessageState]
    MESSAGE_STATE_DELIVERED: _ClassVar[MessageState]
    MESSAGE_STATE_REFUSED: _ClassVar[MessageState]
    MESSAGE_STATE_RECEIVED: _ClassVar[MessageState]
    MESSAGE_STATE_UNRELATED: _ClassVar[MessageState]

class KeyStanding(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    KEY_STANDING_UNSPECIFIED: _ClassVar[KeyStanding]
    KEY_STANDING_VALID: _ClassVar[KeyStanding]
    KEY_STANDING_CONTESTED: _ClassVar[KeyStanding]

class DeliveryProof(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DELIVERY_PROOF_UNSPECIFIED: _ClassVar[DeliveryProof]
    DELIVERY_PROOF_NONE: _ClassVar[DeliveryProof]
    DELIVERY_PROOF_PROVISIONAL: _ClassVar[DeliveryProof]
    DELIVERY_PROOF_COSIGNED: _ClassVar[DeliveryProof]
MESSAGE_DIRECTION_UNSPECIFIED: MessageDirection
MESSAGE_DIRECTION_IN: MessageDirection
MESSAGE_DIRECTION_OUT: MessageDirection
MESSAGE_STATE_UNSPECIFIED: MessageState
MESSAGE_STATE_QUEUED: MessageState
MESSAGE_STATE_SUBMITTED: MessageState
MESSAGE_STATE_DELIVERED: MessageState
MESSAGE_STATE_REFUSED: MessageState
MESSAGE_STATE_RECEIVED: MessageState
MESSAGE_STATE_UNRELATED: MessageState
KEY_STANDING_UNSPECIFIED: KeyStanding
KEY_STANDING_VALID: KeyStanding
KEY_STANDING_CONTESTED: KeyStanding
DELIVERY_PROOF_UNSPECIFIED: DeliveryProof
DELIVERY_PROOF_NONE: DeliveryProof
DELIVERY_PROOF_PROVISIONAL: DeliveryProof
DELIVERY_PROOF_COSIGNED: DeliveryProof

class ReferRequest(_message.Message):
    __slots__ = ("referral", "kind", "purpose", "recipients", "thread", "about", "legal_basis", "transfer_safeguard", "use_restrictions")
    REFERRAL_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    THREAD_FIELD_NUMBER: _ClassVar[int]
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    LEGAL_BASIS_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_SAFEGUARD_FIELD_NUMBER: _ClassVar[int]
    USE_RESTRICTIONS_FIELD_NUMBER: _ClassVar[int]
    referral: bytes
    kind: _codes_pb2.MessageKind
    purpose: _codes_pb2.Purpose
    recipients: _containers.RepeatedScalarFieldContainer[str]
    thread: bytes
    about: _containers.RepeatedScalarFieldContainer[bytes]
    legal_basis: _codes_pb2.LegalBasis
    transfer_safeguard: _codes_pb2.TransferSafeguard
    use_restrictions: _containers.RepeatedScalarFieldContainer[_codes_pb2.UseRestriction]
    def __init__(self, referral: _Optional[bytes] = ..., kind: _Optional[_Union[_codes_pb2.MessageKind, str]] = ..., purpose: _Optional[_Union[_codes_pb2.Purpose, str]] = ..., recipients: _Optional[_Iterable[str]] = ..., thread: _Optional[bytes] = ..., about: _Optional[_Iterable[bytes]] = ..., legal_basis: _Optional[_Union[_codes_pb2.LegalBasis, str]] = ..., transfer_safeguard: _Optional[_Union[_codes_pb2.TransferSafeguard, str]] = ..., use_restrictions: _Optional[_Iterable[_Union[_codes_pb2.UseRestriction, str]]] = ...) -> None: ...

class ReferResponse(_message.Message):
    __slots__ = ("leaf", "thread", "size", "disclosed")
    LEAF_FIELD_NUMBER: _ClassVar[int]
    THREAD_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    DISCLOSED_FIELD_NUMBER: _ClassVar[int]
    leaf: bytes
    thread: bytes
    size: int
    disclosed: _containers.RepeatedCompositeFieldContainer[Disclosed]
    def __init__(self, leaf: _Optional[bytes] = ..., thread: _Optional[bytes] = ..., size: _Optional[int] = ..., disclosed: _Optional[_Iterable[_Union[Disclosed, _Mapping]]] = ...) -> None: ...

class Disclosed(_message.Message):
    __slots__ = ("section", "recipient", "state", "reason")
    SECTION_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    section: _codes_pb2.SectionType
    recipient: str
    state: _codes_pb2.DisclosureState
    reason: str
    def __init__(self, section: _Optional[_Union[_codes_pb2.SectionType, str]] = ..., recipient: _Optional[str] = ..., state: _Optional[_Union[_codes_pb2.DisclosureState, str]] = ..., reason: _Optional[str] = ...) -> None: ...

class AnswerRequest(_message.Message):
    __slots__ = ("leaf", "answer")
    LEAF_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    leaf: bytes
    answer: bytes
    def __init__(self, leaf: _Optional[bytes] = ..., answer: _Optional[bytes] = ...) -> None: ...

class AnswerResponse(_message.Message):
    __slots__ = ("leaf", "thread", "size", "disclosed")
    LEAF_FIELD_NUMBER: _ClassVar[int]
    THREAD_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    DISCLOSED_FIELD_NUMBER: _ClassVar[int]
    leaf: bytes
    thread: bytes
    size: int
    disclosed: _containers.RepeatedCompositeFieldContainer[Disclosed]
    def __init__(self, leaf: _Optional[bytes] = ..., thread: _Optional[bytes] = ..., size: _Optional[int] = ..., disclosed: _Optional[_Iterable[_Union[Disclosed, _Mapping]]] = ...) -> None: ...

class CasesRequest(_message.Message):
    __slots__ = ("thread", "revision", "wait_seconds")
    THREAD_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    WAIT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    thread: bytes
    revision: int
    wait_seconds: int
    def __init__(self, thread: _Optional[bytes] = ..., revision: _Optional[int] = ..., wait_seconds: _Optional[int] = ...) -> None: ...

class CasesResponse(_message.Message):
    __slots__ = ("revision", "cases", "unreadable")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    CASES_FIELD_NUMBER: _ClassVar[int]
    UNREADABLE_FIELD_NUMBER: _ClassVar[int]
    revision: int
    cases: _containers.RepeatedCompositeFieldContainer[Case]
    unreadable: _containers.RepeatedCompositeFieldContainer[Unreadable]
    def __init__(self, revision: _Optional[int] = ..., cases: _Optional[_Iterable[_Union[Case, _Mapping]]] = ..., unreadable: _Optional[_Iterable[_Union[Unreadable, _Mapping]]] = ...) -> None: ...

class Case(_message.Message):
    __slots__ = ("thread", "participants", "opened_at", "messages")
    THREAD_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANTS_FIELD_NUMBER: _ClassVar[int]
    OPENED_AT_FIELD_NUMBER: _ClassVar[int]
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    thread: bytes
    participants: _containers.RepeatedScalarFieldContainer[str]
    opened_at: int
    messages: _containers.RepeatedCompositeFieldContainer[CaseMessage]
    def __init__(self, thread: _Optional[bytes] = ..., participants: _Optional[_Iterable[str]] = ..., opened_at: _Optional[int] = ..., messages: _Optional[_Iterable[_Union[CaseMessage, _Mapping]]] = ...) -> None: ...

class CaseMessage(_message.Message):
    __slots__ = ("leaf", "direction", "kind", "purpose", "sender", "recipients", "created_at", "stored_at", "state", "code", "size", "about", "deliveries", "standing", "contest")
    LEAF_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    STORED_AT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    ABOUT_FIELD_NUMBER: _ClassVar[int]
    DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    STANDING_FIELD_NUMBER: _ClassVar[int]
    CONTEST_FIELD_NUMBER: _ClassVar[int]
    leaf: bytes
    direction: MessageDirection
    kind: _codes_pb2.MessageKind
    purpose: _codes_pb2.Purpose
    sender: str
    recipients: _containers.RepeatedScalarFieldContainer[str]
    created_at: int
    stored_at: int
    state: MessageState
    code: str
    size: int
    about: _containers.RepeatedScalarFieldContainer[bytes]
    deliveries: _containers.RepeatedCompositeFieldContainer[CaseDelivery]
    standing: KeyStanding
    contest: Contest
    def __init__(self, leaf: _Optional[bytes] = ..., direction: _Optional[_Union[MessageDirection, str]] = ..., kind: _Optional[_Union[_codes_pb2.MessageKind, str]] = ..., purpose: _Optional[_Union[_codes_pb2.Purpose, str]] = ..., sender: _Optional[str] = ..., recipients: _Optional[_Iterable[str]] = ..., created_at: _Optional[int] = ..., stored_at: _Optional[int] = ..., state: _Optional[_Union[MessageState, str]] = ..., code: _Optional[str] = ..., size: _Optional[int] = ..., about: _Optional[_Iterable[bytes]] = ..., deliveries: _Optional[_Iterable[_Union[CaseDelivery, _Mapping]]] = ..., standing: _Optional[_Union[KeyStanding, str]] = ..., contest: _Optional[_Union[Contest, _Mapping]] = ...) -> None: ...

class Contest(_message.Message):
    __slots__ = ("since_at", "asserted_by", "asserted_at")
    SINCE_AT_FIELD_NUMBER: _ClassVar[int]
    ASSERTED_BY_FIELD_NUMBER: _ClassVar[int]
    ASSERTED_AT_FIELD_NUMBER: _ClassVar[int]
    since_at: int
    asserted_by: str
    asserted_at: int
    def __init__(self, since_at: _Optional[int] = ..., asserted_by: _Optional[str] = ..., asserted_at: _Optional[int] = ...) -> None: ...

class CaseDelivery(_message.Message):
    __slots__ = ("recipient", "delivered", "code", "at", "proof", "since_at", "acknowledged", "acknowledged_at", "proof_code")
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    SINCE_AT_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGED_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGED_AT_FIELD_NUMBER: _ClassVar[int]
    PROOF_CODE_FIELD_NUMBER: _ClassVar[int]
    recipient: str
    delivered: bool
    code: str
    at: int
    proof: DeliveryProof
    since_at: int
    acknowledged: _log_pb2.AcknowledgementKind
    acknowledged_at: int
    proof_code: str
    def __init__(self, recipient: _Optional[str] = ..., delivered: bool = ..., code: _Optional[str] = ..., at: _Optional[int] = ..., proof: _Optional[_Union[DeliveryProof, str]] = ..., since_at: _Optional[int] = ..., acknowledged: _Optional[_Union[_log_pb2.AcknowledgementKind, str]] = ..., acknowledged_at: _Optional[int] = ..., proof_code: _Optional[str] = ...) -> None: ...

class Unreadable(_message.Message):
    __slots__ = ("digest", "code", "received_at", "size")
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_AT_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    digest: bytes
    code: str
    received_at: int
    size: int
    def __init__(self, digest: _Optional[bytes] = ..., code: _Optional[str] = ..., received_at: _Optional[int] = ..., size: _Optional[int] = ...) -> None: ...

class ShowRequest(_message.Message):
    __slots__ = ("leaf",)
    LEAF_FIELD_NUMBER: _ClassVar[int]
    leaf: bytes
    def __init__(self, leaf: _Optional[bytes] = ...) -> None: ...

class ShowResponse(_message.Message):
    __slots__ = ("message", "thread", "control", "sections", "quarantined", "disclosed")
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    THREAD_FIELD_NUMBER: _ClassVar[int]
    CONTROL_FIELD_NUMBER: _ClassVar[int]
    SECTIONS_FIELD_NUMBER: _ClassVar[int]
    QUARANTINED_FIELD_NUMBER: _ClassVar[int]
    DISCLOSED_FIELD_NUMBER: _ClassVar[int]
    message: CaseMessage
    thread: bytes
    control: bytes
    sections: _containers.RepeatedCompositeFieldContainer[ShownSection]
    quarantined: _containers.RepeatedScalarFieldContainer[_codes_pb2.SectionType]
    disclosed: _containers.RepeatedCompositeFieldContainer[Disclosed]
    def __init__(self, message: _Optional[_Union[CaseMessage, _Mapping]] = ..., thread: _Optional[bytes] = ..., control: _Optional[bytes] = ..., sections: _Optional[_Iterable[_Union[ShownSection, _Mapping]]] = ..., quarantined: _Optional[_Iterable[_Union[_codes_pb2.SectionType, str]]] = ..., disclosed: _Optional[_Iterable[_Union[Disclosed, _Mapping]]] = ...) -> None: ...

class ShownSection(_message.Message):
    __slots__ = ("section", "json")
    SECTION_FIELD_NUMBER: _ClassVar[int]
    JSON_FIELD_NUMBER: _ClassVar[int]
    section: _codes_pb2.SectionType
    json: bytes
    def __init__(self, section: _Optional[_Union[_codes_pb2.SectionType, str]] = ..., json: _Optional[bytes] = ...) -> None: ...

class ExportSealedRequest(_message.Message):
    __slots__ = ("leaf",)
    LEAF_FIELD_NUMBER: _ClassVar[int]
    leaf: bytes
    def __init__(self, leaf: _Optional[bytes] = ...) -> None: ...

class ExportSealedResponse(_message.Message):
    __slots__ = ("envelope",)
    ENVELOPE_FIELD_NUMBER: _ClassVar[int]
    envelope: bytes
    def __init__(self, envelope: _Optional[bytes] = ...) -> None: ...

class ImportSealedRequest(_message.Message):
    __slots__ = ("envelope",)
    ENVELOPE_FIELD_NUMBER: _ClassVar[int]
    envelope: bytes
    def __init__(self, envelope: _Optional[bytes] = ...) -> None: ...

class ImportSealedResponse(_message.Message):
    __slots__ = ("leaf", "fresh")
    LEAF_FIELD_NUMBER: _ClassVar[int]
    FRESH_FIELD_NUMBER: _ClassVar[int]
    leaf: bytes
    fresh: bool
    def __init__(self, leaf: _Optional[bytes] = ..., fresh: bool = ...) -> None: ...

class StatusRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class StatusResponse(_message.Message):
    __slots__ = ("agency", "queued", "under_way", "unreadable", "cases", "contact_at", "code", "retry_at", "alarm", "trust_code", "trust_age_seconds", "trust_notices", "audit_code", "audit_alarms", "acknowledging")
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    QUEUED_FIELD_NUMBER: _ClassVar[int]
    UNDER_WAY_FIELD_NUMBER: _ClassVar[int]
    UNREADABLE_FIELD_NUMBER: _ClassVar[int]
    CASES_FIELD_NUMBER: _ClassVar[int]
    CONTACT_AT_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    RETRY_AT_FIELD_NUMBER: _ClassVar[int]
    ALARM_FIELD_NUMBER: _ClassVar[int]
    TRUST_CODE_FIELD_NUMBER: _ClassVar[int]
    TRUST_AGE_SECONDS_FIELD_NUMBER: _ClassVar[int]
    TRUST_NOTICES_FIELD_NUMBER: _ClassVar[int]
    AUDIT_CODE_FIELD_NUMBER: _ClassVar[int]
    AUDIT_ALARMS_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGING_FIELD_NUMBER: _ClassVar[int]
    agency: str
    queued: int
    under_way: int
    unreadable: int
    cases: int
    contact_at: int
    code: str
    retry_at: int
    alarm: bool
    trust_code: str
    trust_age_seconds: int
    trust_notices: _containers.RepeatedScalarFieldContainer[str]
    audit_code: str
    audit_alarms: int
    acknowledging: int
    def __init__(self, agency: _Optional[str] = ..., queued: _Optional[int] = ..., under_way: _Optional[int] = ..., unreadable: _Optional[int] = ..., cases: _Optional[int] = ..., contact_at: _Optional[int] = ..., code: _Optional[str] = ..., retry_at: _Optional[int] = ..., alarm: bool = ..., trust_code: _Optional[str] = ..., trust_age_seconds: _Optional[int] = ..., trust_notices: _Optional[_Iterable[str]] = ..., audit_code: _Optional[str] = ..., audit_alarms: _Optional[int] = ..., acknowledging: _Optional[int] = ...) -> None: ...

class AlarmsRequest(_message.Message):
    __slots__ = ("settled",)
    SETTLED_FIELD_NUMBER: _ClassVar[int]
    settled: bool
    def __init__(self, settled: bool = ...) -> None: ...

class AlarmsResponse(_message.Message):
    __slots__ = ("alarms",)
    ALARMS_FIELD_NUMBER: _ClassVar[int]
    alarms: _containers.RepeatedCompositeFieldContainer[Alarm]
    def __init__(self, alarms: _Optional[_Iterable[_Union[Alarm, _Mapping]]] = ...) -> None: ...

class Alarm(_message.Message):
    __slots__ = ("number", "code", "mark", "at", "evidence", "settled_at")
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    MARK_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    SETTLED_AT_FIELD_NUMBER: _ClassVar[int]
    number: int
    code: str
    mark: str
    at: int
    evidence: str
    settled_at: int
    def __init__(self, number: _Optional[int] = ..., code: _Optional[str] = ..., mark: _Optional[str] = ..., at: _Optional[int] = ..., evidence: _Optional[str] = ..., settled_at: _Optional[int] = ...) -> None: ...

class SettleAlarmRequest(_message.Message):
    __slots__ = ("number",)
    NUMBER_FIELD_NUMBER: _ClassVar[int]
    number: int
    def __init__(self, number: _Optional[int] = ...) -> None: ...

class SettleAlarmResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ExportEvidenceRequest(_message.Message):
    __slots__ = ("leaf", "show_control", "non_response", "due_at")
    LEAF_FIELD_NUMBER: _ClassVar[int]
    SHOW_CONTROL_FIELD_NUMBER: _ClassVar[int]
    NON_RESPONSE_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    leaf: bytes
    show_control: bool
    non_response: bool
    due_at: int
    def __init__(self, leaf: _Optional[bytes] = ..., show_control: bool = ..., non_response: bool = ..., due_at: _Optional[int] = ...) -> None: ...

class ExportEvidenceResponse(_message.Message):
    __slots__ = ("bundle",)
    BUNDLE_FIELD_NUMBER: _ClassVar[int]
    bundle: bytes
    def __init__(self, bundle: _Optional[bytes] = ...) -> None: ...

class AccessLogRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AccessLogResponse(_message.Message):
    __slots__ = ("accesses",)
    ACCESSES_FIELD_NUMBER: _ClassVar[int]
    accesses: _containers.RepeatedCompositeFieldContainer[Access]
    def __init__(self, accesses: _Optional[_Iterable[_Union[Access, _Mapping]]] = ...) -> None: ...

class Access(_message.Message):
    __slots__ = ("index", "kind", "leaf", "recipient", "actor", "at", "anchored", "anchored_at")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    LEAF_FIELD_NUMBER: _ClassVar[int]
    RECIPIENT_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    ANCHORED_FIELD_NUMBER: _ClassVar[int]
    ANCHORED_AT_FIELD_NUMBER: _ClassVar[int]
    index: int
    kind: _log_pb2.LogEventKind
    leaf: bytes
    recipient: str
    actor: str
    at: int
    anchored: bool
    anchored_at: int
    def __init__(self, index: _Optional[int] = ..., kind: _Optional[_Union[_log_pb2.LogEventKind, str]] = ..., leaf: _Optional[bytes] = ..., recipient: _Optional[str] = ..., actor: _Optional[str] = ..., at: _Optional[int] = ..., anchored: bool = ..., anchored_at: _Optional[int] = ...) -> None: ...

class ExportAccessLogRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ExportAccessLogResponse(_message.Message):
    __slots__ = ("bundle",)
    BUNDLE_FIELD_NUMBER: _ClassVar[int]
    bundle: bytes
    def __init__(self, bundle: _Optional[bytes] = ...) -> None: ...
