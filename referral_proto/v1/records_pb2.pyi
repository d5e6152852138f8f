from referral_proto.v1 import codes_pb2 as _codes_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RecordKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RECORD_KIND_UNSPECIFIED: _ClassVar[RecordKind]
    RECORD_KIND_FEDERATION: _ClassVar[RecordKind]
    RECORD_KIND_AGENCY: _ClassVar[RecordKind]
    RECORD_KIND_RELAY: _ClassVar[RecordKind]
    RECORD_KIND_OPENING_KEY: _ClassVar[RecordKind]

class Mandate(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MANDATE_UNSPECIFIED: _ClassVar[Mandate]
    MANDATE_COORDINATION: _ClassVar[Mandate]
    MANDATE_SOCIAL_WELFARE: _ClassVar[Mandate]
    MANDATE_SHELTER: _ClassVar[Mandate]
    MANDATE_CHILD_PROTECTION: _ClassVar[Mandate]
    MANDATE_HEALTH_CARE: _ClassVar[Mandate]
    MANDATE_LEGAL_AID: _ClassVar[Mandate]
    MANDATE_NATIONALITY_VERIFICATION: _ClassVar[Mandate]
    MANDATE_FAMILY_TRACING: _ClassVar[Mandate]
    MANDATE_REPATRIATION: _ClassVar[Mandate]
    MANDATE_REINTEGRATION: _ClassVar[Mandate]
    MANDATE_LAW_ENFORCEMENT: _ClassVar[Mandate]
    MANDATE_PROSECUTION: _ClassVar[Mandate]
    MANDATE_IMMIGRATION: _ClassVar[Mandate]
    MANDATE_CONSULAR: _ClassVar[Mandate]
    MANDATE_HOTLINE: _ClassVar[Mandate]
    MANDATE_OVERSIGHT: _ClassVar[Mandate]
RECORD_KIND_UNSPECIFIED: RecordKind
RECORD_KIND_FEDERATION: RecordKind
RECORD_KIND_AGENCY: RecordKind
RECORD_KIND_RELAY: RecordKind
RECORD_KIND_OPENING_KEY: RecordKind
MANDATE_UNSPECIFIED: Mandate
MANDATE_COORDINATION: Mandate
MANDATE_SOCIAL_WELFARE: Mandate
MANDATE_SHELTER: Mandate
MANDATE_CHILD_PROTECTION: Mandate
MANDATE_HEALTH_CARE: Mandate
MANDATE_LEGAL_AID: Mandate
MANDATE_NATIONALITY_VERIFICATION: Mandate
MANDATE_FAMILY_TRACING: Mandate
MANDATE_REPATRIATION: Mandate
MANDATE_REINTEGRATION: Mandate
MANDATE_LAW_ENFORCEMENT: Mandate
MANDATE_PROSECUTION: Mandate
MANDATE_IMMIGRATION: Mandate
MANDATE_CONSULAR: Mandate
MANDATE_HOTLINE: Mandate
MANDATE_OVERSIGHT: Mandate

class SignedRecord(_message.Message):
    __slots__ = ("kind", "record", "signatures")
    KIND_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    SIGNATURES_FIELD_NUMBER: _ClassVar[int]
    kind: RecordKind
    record: bytes
    signatures: _containers.RepeatedCompositeFieldContainer[RecordSignature]
    def __init__(self, kind: _Optional[_Union[RecordKind, str]] = ..., record: _Optional[bytes] = ..., signatures: _Optional[_Iterable[_Union[RecordSignature, _Mapping]]] = ...) -> None: ...

class RecordSignature(_message.Message):
    __slots__ = ("signer", "keyset", "ed25519", "mldsa65")
    SIGNER_FIELD_NUMBER: _ClassVar[int]
    KEYSET_FIELD_NUMBER: _ClassVar[int]
    ED25519_FIELD_NUMBER: _ClassVar[int]
    MLDSA65_FIELD_NUMBER: _ClassVar[int]
    signer: str
    keyset: bytes
    ed25519: bytes
    mldsa65: bytes
    def __init__(self, signer: _Optional[str] = ..., keyset: _Optional[bytes] = ..., ed25519: _Optional[bytes] = ..., mldsa65: _Optional[bytes] = ...) -> None: ...

class PublicKeyset(_message.Message):
    __slots__ = ("agency", "ed25519", "mldsa65")
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    ED25519_FIELD_NUMBER: _ClassVar[int]
    MLDSA65_FIELD_NUMBER: _ClassVar[int]
    agency: str
    ed25519: bytes
    mldsa65: bytes
    def __init__(self, agency: _Optional[str] = ..., ed25519: _Optional[bytes] = ..., mldsa65: _Optional[bytes] = ...) -> None: ...

class FederationRecord(_message.Message):
    __slots__ = ("name", "sequence", "previous", "founders", "threshold", "registrars", "issued_at", "profiles", "limits", "witnesses", "quorum", "ended")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_FIELD_NUMBER: _ClassVar[int]
    FOUNDERS_FIELD_NUMBER: _ClassVar[int]
    THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    REGISTRARS_FIELD_NUMBER: _ClassVar[int]
    ISSUED_AT_FIELD_NUMBER: _ClassVar[int]
    PROFILES_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    WITNESSES_FIELD_NUMBER: _ClassVar[int]
    QUORUM_FIELD_NUMBER: _ClassVar[int]
    ENDED_FIELD_NUMBER: _ClassVar[int]
    name: str
    sequence: int
    previous: bytes
    founders: _containers.RepeatedCompositeFieldContainer[PublicKeyset]
    threshold: int
    registrars: _containers.RepeatedCompositeFieldContainer[Registrar]
    issued_at: int
    profiles: _containers.RepeatedScalarFieldContainer[bytes]
    limits: Limits
    witnesses: _containers.RepeatedCompositeFieldContainer[WitnessEntry]
    quorum: int
    ended: _containers.RepeatedCompositeFieldContainer[EndedKey]
    def __init__(self, name: _Optional[str] = ..., sequence: _Optional[int] = ..., previous: _Optional[bytes] = ..., founders: _Optional[_Iterable[_Union[PublicKeyset, _Mapping]]] = ..., threshold: _Optional[int] = ..., registrars: _Optional[_Iterable[_Union[Registrar, _Mapping]]] = ..., issued_at: _Optional[int] = ..., profiles: _Optional[_Iterable[bytes]] = ..., limits: _Optional[_Union[Limits, _Mapping]] = ..., witnesses: _Optional[_Iterable[_Union[WitnessEntry, _Mapping]]] = ..., quorum: _Optional[int] = ..., ended: _Optional[_Iterable[_Union[EndedKey, _Mapping]]] = ...) -> None: ...

class WitnessEntry(_message.Message):
    __slots__ = ("name", "country", "url", "ed25519", "mldsa44")
    NAME_FIELD_NUMBER: _ClassVar[int]
    COUNTRY_FIELD_NUMBER: _ClassVar[int]
    URL_FIELD_NUMBER: _ClassVar[int]
    ED25519_FIELD_NUMBER: _ClassVar[int]
    MLDSA44_FIELD_NUMBER: _ClassVar[int]
    name: str
    country: str
    url: str
    ed25519: bytes
    mldsa44: bytes
    def __init__(self, name: _Optional[str] = ..., country: _Optional[str] = ..., url: _Optional[str] = ..., ed25519: _Optional[bytes] = ..., mldsa44: _Optional[bytes] = ...) -> None: ...

class EndedKey(_message.Message):
    __slots__ = ("holder", "key", "ended_at", "compromised_since_at")
    HOLDER_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    ENDED_AT_FIELD_NUMBER: _ClassVar[int]
    COMPROMISED_SINCE_AT_FIELD_NUMBER: _ClassVar[int]
    holder: str
    key: bytes
    ended_at: int
    compromised_since_at: int
    def __init__(self, holder: _Optional[str] = ..., key: _Optional[bytes] = ..., ended_at: _Optional[int] = ..., compromised_since_at: _Optional[int] = ...) -> None: ...

class Registrar(_message.Message):
    __slots__ = ("country", "keyset")
    COUNTRY_FIELD_NUMBER: _ClassVar[int]
    KEYSET_FIELD_NUMBER: _ClassVar[int]
    country: str
    keyset: PublicKeyset
    def __init__(self, country: _Optional[str] = ..., keyset: _Optional[_Union[PublicKeyset, _Mapping]] = ...) -> None: ...

class Limits(_message.Message):
    __slots__ = ("max_lifetime_seconds", "max_skew_seconds", "recovery_delay_seconds", "stale_warning_seconds", "stale_limit_seconds")
    MAX_LIFETIME_SECONDS_FIELD_NUMBER: _ClassVar[int]
    MAX_SKEW_SECONDS_FIELD_NUMBER: _ClassVar[int]
    RECOVERY_DELAY_SECONDS_FIELD_NUMBER: _ClassVar[int]
    STALE_WARNING_SECONDS_FIELD_NUMBER: _ClassVar[int]
    STALE_LIMIT_SECONDS_FIELD_NUMBER: _ClassVar[int]
    max_lifetime_seconds: int
    max_skew_seconds: int
    recovery_delay_seconds: int
    stale_warning_seconds: int
    stale_limit_seconds: int
    def __init__(self, max_lifetime_seconds: _Optional[int] = ..., max_skew_seconds: _Optional[int] = ..., recovery_delay_seconds: _Optional[int] = ..., stale_warning_seconds: _Optional[int] = ..., stale_limit_seconds: _Optional[int] = ...) -> None: ...

class AgencyRecord(_message.Message):
    __slots__ = ("agency", "sequence", "previous", "names", "organisation_type", "mandates", "section_versions", "relay", "signing_keysets", "issued_at", "recovery", "withdrawn_at", "logs")
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    ORGANISATION_TYPE_FIELD_NUMBER: _ClassVar[int]
    MANDATES_FIELD_NUMBER: _ClassVar[int]
    SECTION_VERSIONS_FIELD_NUMBER: _ClassVar[int]
    RELAY_FIELD_NUMBER: _ClassVar[int]
    SIGNING_KEYSETS_FIELD_NUMBER: _ClassVar[int]
    ISSUED_AT_FIELD_NUMBER: _ClassVar[int]
    RECOVERY_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWN_AT_FIELD_NUMBER: _ClassVar[int]
    LOGS_FIELD_NUMBER: _ClassVar[int]
    agency: str
    sequence: int
    previous: bytes
    names: _containers.RepeatedCompositeFieldContainer[AgencyName]
    organisation_type: _codes_pb2.OrganisationType
    mandates: _containers.RepeatedScalarFieldContainer[Mandate]
    section_versions: _containers.RepeatedCompositeFieldContainer[SectionVersion]
    relay: str
    signing_keysets: _containers.RepeatedCompositeFieldContainer[SigningKeysetEntry]
    issued_at: int
    recovery: Recovery
    withdrawn_at: int
    logs: _containers.RepeatedCompositeFieldContainer[LogEntry]
    def __init__(self, agency: _Optional[str] = ..., sequence: _Optional[int] = ..., previous: _Optional[bytes] = ..., names: _Optional[_Iterable[_Union[AgencyName, _Mapping]]] = ..., organisation_type: _Optional[_Union[_codes_pb2.OrganisationType, str]] = ..., mandates: _Optional[_Iterable[_Union[Mandate, str]]] = ..., section_versions: _Optional[_Iterable[_Union[SectionVersion, _Mapping]]] = ..., relay: _Optional[str] = ..., signing_keysets: _Optional[_Iterable[_Union[SigningKeysetEntry, _Mapping]]] = ..., issued_at: _Optional[int] = ..., recovery: _Optional[_Union[Recovery, _Mapping]] = ..., withdrawn_at: _Optional[int] = ..., logs: _Optional[_Iterable[_Union[LogEntry, _Mapping]]] = ...) -> None: ...

class LogEntry(_message.Message):
    __slots__ = ("origin", "ed25519", "mldsa44", "not_before_at", "ended_at", "possession", "compromised_since_at")
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    ED25519_FIELD_NUMBER: _ClassVar[int]
    MLDSA44_FIELD_NUMBER: _ClassVar[int]
    NOT_BEFORE_AT_FIELD_NUMBER: _ClassVar[int]
    ENDED_AT_FIELD_NUMBER: _ClassVar[int]
    POSSESSION_FIELD_NUMBER: _ClassVar[int]
    COMPROMISED_SINCE_AT_FIELD_NUMBER: _ClassVar[int]
    origin: str
    ed25519: bytes
    mldsa44: bytes
    not_before_at: int
    ended_at: int
    possession: bytes
    compromised_since_at: int
    def __init__(self, origin: _Optional[str] = ..., ed25519: _Optional[bytes] = ..., mldsa44: _Optional[bytes] = ..., not_before_at: _Optional[int] = ..., ended_at: _Optional[int] = ..., possession: _Optional[bytes] = ..., compromised_since_at: _Optional[int] = ...) -> None: ...

class Recovery(_message.Message):
    __slots__ = ("second_country",)
    SECOND_COUNTRY_FIELD_NUMBER: _ClassVar[int]
    second_country: str
    def __init__(self, second_country: _Optional[str] = ...) -> None: ...

class AgencyName(_message.Message):
    __slots__ = ("text", "language")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_FIELD_NUMBER: _ClassVar[int]
    text: str
    language: str
    def __init__(self, text: _Optional[str] = ..., language: _Optional[str] = ...) -> None: ...

class SectionVersion(_message.Message):
    __slots__ = ("section", "version")
    SECTION_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    section: _codes_pb2.SectionType
    version: int
    def __init__(self, section: _Optional[_Union[_codes_pb2.SectionType, str]] = ..., version: _Optional[int] = ...) -> None: ...

class SigningKeysetEntry(_message.Message):
    __slots__ = ("ed25519", "mldsa65", "not_before_at", "not_after_at", "revoked_at", "compromised_since_at", "compromise_asserted_by", "compromise_asserted_at", "possession_ed25519", "possession_mldsa65", "enrolled_in")
    ED25519_FIELD_NUMBER: _ClassVar[int]
    MLDSA65_FIELD_NUMBER: _ClassVar[int]
    NOT_BEFORE_AT_FIELD_NUMBER: _ClassVar[int]
    NOT_AFTER_AT_FIELD_NUMBER: _ClassVar[int]
    REVOKED_AT_FIELD_NUMBER: _ClassVar[int]
    COMPROMISED_SINCE_AT_FIELD_NUMBER: _ClassVar[int]
    COMPROMISE_ASSERTED_BY_FIELD_NUMBER: _ClassVar[int]
    COMPROMISE_ASSERTED_AT_FIELD_NUMBER: _ClassVar[int]
    POSSESSION_ED25519_FIELD_NUMBER: _ClassVar[int]
    POSSESSION_MLDSA65_FIELD_NUMBER: _ClassVar[int]
    ENROLLED_IN_FIELD_NUMBER: _ClassVar[int]
    ed25519: bytes
    mldsa65: bytes
    not_before_at: int
    not_after_at: int
    revoked_at: int
    compromised_since_at: int
    compromise_asserted_by: str
    compromise_asserted_at: int
    possession_ed25519: bytes
    possession_mldsa65: bytes
    enrolled_in: int
    def __init__(self, ed25519: _Optional[bytes] = ..., mldsa65: _Optional[bytes] = ..., not_before_at: _Optional[int] = ..., not_after_at: _Optional[int] = ..., revoked_at: _Optional[int] = ..., compromised_since_at: _Optional[int] = ..., compromise_asserted_by: _Optional[str] = ..., compromise_asserted_at: _Optional[int] = ..., possession_ed25519: _Optional[bytes] = ..., possession_mldsa65: _Optional[bytes] = ..., enrolled_in: _Optional[int] = ...) -> None: ...

class RelayRecord(_message.Message):
    __slots__ = ("operator", "sequence", "previous", "endpoint", "tls_certificates", "issued_at")
    OPERATOR_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_FIELD_NUMBER: _ClassVar[int]
    ENDPOINT_FIELD_NUMBER: _ClassVar[int]
    TLS_CERTIFICATES_FIELD_NUMBER: _ClassVar[int]
    ISSUED_AT_FIELD_NUMBER: _ClassVar[int]
    operator: str
    sequence: int
    previous: bytes
    endpoint: str
    tls_certificates: _containers.RepeatedScalarFieldContainer[bytes]
    issued_at: int
    def __init__(self, operator: _Optional[str] = ..., sequence: _Optional[int] = ..., previous: _Optional[bytes] = ..., endpoint: _Optional[str] = ..., tls_certificates: _Optional[_Iterable[bytes]] = ..., issued_at: _Optional[int] = ...) -> None: ...

class OpeningKeyRecord(_message.Message):
    __slots__ = ("agency", "epoch", "xwing", "not_before_at", "not_after_at")
    AGENCY_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    XWING_FIELD_NUMBER: _ClassVar[int]
    NOT_BEFORE_AT_FIELD_NUMBER: _ClassVar[int]
    NOT_AFTER_AT_FIELD_NUMBER: _ClassVar[int]
    agency: str
    epoch: int
    xwing: bytes
    not_before_at: int
    not_after_at: int
    def __init__(self, agency: _Optional[str] = ..., epoch: _Optional[int] = ..., xwing: _Optional[bytes] = ..., not_before_at: _Optional[int] = ..., not_after_at: _Optional[int] = ...) -> None: ...
