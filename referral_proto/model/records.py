"""Trust records as data: what founders, registrars and agencies sign. Folding and judging them is the floor of `trust`.

All are closed and travel as exact bytes inside SignedRecord.
"""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from referral_proto.model.base import Noun
from referral_proto.model.codes.federation import Mandate, RecordKind
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.envelope import Agency, Bytes32, Ed25519Signature, Mldsa65Signature
from referral_proto.model.section import SectionType
from referral_proto.moment import Moment

__all__ = [
    "AgencyName",
    "AgencyRecord",
    "EndedKey",
    "FederationRecord",
    "Limits",
    "LogEntry",
    "OpeningKeyRecord",
    "PublicKeyset",
    "RecordSignature",
    "Recovery",
    "Registrar",
    "RelayRecord",
    "SectionVersion",
    "SignedRecord",
    "SigningKeysetEntry",
    "WitnessEntry",
]

MAX_TLS_CERTIFICATES: Final = 4
Ed25519Public = Annotated[bytes, Field(min_length=32, max_length=32)]
Mldsa65Public = Annotated[bytes, Field(min_length=1952, max_length=1952)]
Mldsa44Public = Annotated[bytes, Field(min_length=1312, max_length=1312)]
XwingPublic = Annotated[bytes, Field(min_length=1216, max_length=1216)]
Sequence = Annotated[int, Field(ge=0, lt=1 << 63)]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]


class PublicKeyset(Noun):
    """An agency's signing keyset in public form."""

    agency: Agency
    ed25519: Ed25519Public
    mldsa65: Mldsa65Public


class RecordSignature(Noun):
    """One signer's hybrid signature over a record."""

    signer: Agency
    keyset: Bytes32
    ed25519: Ed25519Signature
    mldsa65: Mldsa65Signature


class SignedRecord(Noun):
    """The exact bytes of a record, what they are, and who signed them."""

    kind: RecordKind
    record: Annotated[bytes, Field(max_length=192 * 1024)]
    signatures: Annotated[tuple[RecordSignature, ...], Field(max_length=16)] = ()


class Registrar(Noun):
    """Who registers the agencies of one country, or of `int`."""

    country: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    keyset: PublicKeyset


class WitnessEntry(Noun):
    """Who cosigns the checkpoints of the federation's logs for one country: its name, where it listens, its keys."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9](?:[A-Za-z0-9./-]{0,98}[A-Za-z0-9])?$", max_length=100)]
    country: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    url: Annotated[str, Field(pattern=r"^https?://[A-Za-z0-9.\-\[\]:]{1,253}(?:/[A-Za-z0-9._/-]*)?$", max_length=400)]
    ed25519: Ed25519Public
    mldsa44: Mldsa44Public


class EndedKey(Noun):
    """A key of a founder, a registrar or a witness that was ended. `key`: keyset id, or witness id.

    Without `compromised_since_at` it was replaced in good order, and what it signed before stands.
    """

    holder: Annotated[str, Field(min_length=1, max_length=100)]
    key: Bytes32
    ended_at: Moment
    compromised_since_at: Moment | None = None


class Limits(Noun):
    """Limits that the federation sets below the protocol's own, in seconds."""

    max_lifetime_seconds: Annotated[int, Field(ge=60, lt=1 << 32)] | None = None
    max_skew_seconds: Annotated[int, Field(ge=0, lt=1 << 32)] | None = None
    recovery_delay_seconds: Annotated[int, Field(ge=3600, lt=1 << 32)] | None = None
    stale_warning_seconds: Annotated[int, Field(ge=60, lt=1 << 32)] | None = None
    stale_limit_seconds: Annotated[int, Field(ge=60, lt=1 << 32)] | None = None


class FederationRecord(Noun):
    """The founding states' agreement; `threshold` founders must sign it."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    sequence: Sequence
    previous: Bytes32 | None = None
    founders: Annotated[tuple[PublicKeyset, ...], Field(min_length=1, max_length=16)]
    threshold: Annotated[int, Field(ge=1, le=16)]
    registrars: Annotated[tuple[Registrar, ...], Field(max_length=64)] = ()
    issued_at: Moment
    profiles: Annotated[tuple[Bytes32, ...], Field(max_length=64)] = ()
    limits: Limits | None = None
    witnesses: Annotated[tuple[WitnessEntry, ...], Field(max_length=32)] = ()
    quorum: Annotated[int, Field(ge=1, le=32)] | None = None
    ended: Annotated[tuple[EndedKey, ...], Field(max_length=256)] = ()


class AgencyName(Noun):
    """The agency's name in one language (BCP 47)."""

    text: Annotated[str, Field(min_length=1, max_length=200)]
    language: Language


class SectionVersion(Noun):
    """The newest version of a section type that the agency reads."""

    section: SectionType
    version: Annotated[int, Field(ge=1, lt=1 << 16)]


class SigningKeysetEntry(Noun):
    """A signing keyset with its validity and proof of possession over (agency, sequence, keyset)."""

    ed25519: Ed25519Public
    mldsa65: Mldsa65Public
    not_before_at: Moment
    not_after_at: Moment
    revoked_at: Moment | None = None
    compromised_since_at: Moment | None = None
    compromise_asserted_by: Agency | None = None
    compromise_asserted_at: Moment | None = None
    possession_ed25519: Ed25519Signature
    possession_mldsa65: Mldsa65Signature
    enrolled_in: Sequence | None = None


class LogEntry(Noun):
    """The public keys of one of the agency's logs. `possession`: the checkpoint of the empty log, under both keys.
    They stand until `ended_at` or, if that comes first, `compromised_since_at`.
    """

    origin: Annotated[str, Field(min_length=1, max_length=60)]
    ed25519: Ed25519Public
    mldsa44: Mldsa44Public
    not_before_at: Moment
    ended_at: Moment | None = None
    possession: Annotated[bytes, Field(max_length=8192)]
    compromised_since_at: Moment | None = None


class Recovery(Noun):
    """The agency lost its keys: which country's registrar signed beside its own."""

    second_country: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class AgencyRecord(Noun):
    """One agency: names, mandates, keys, and the operator of its relay."""

    agency: Agency
    sequence: Sequence
    previous: Bytes32 | None = None
    names: Annotated[tuple[AgencyName, ...], Field(min_length=1, max_length=8)]
    organisation_type: OrganisationType
    mandates: Annotated[tuple[Mandate, ...], Field(min_length=1, max_length=16)]
    section_versions: Annotated[tuple[SectionVersion, ...], Field(max_length=64)] = ()
    relay: Agency
    signing_keysets: Annotated[tuple[SigningKeysetEntry, ...], Field(min_length=1, max_length=8)]
    issued_at: Moment
    recovery: Recovery | None = None
    withdrawn_at: Moment | None = None
    logs: Annotated[tuple[LogEntry, ...], Field(max_length=8)] = ()


class RelayRecord(Noun):
    """Where a relay listens (`host:port`) and the certificates (DER) it shows; signed by its operator."""

    operator: Agency
    sequence: Sequence
    previous: Bytes32 | None = None
    endpoint: Annotated[str, Field(pattern=r"^[A-Za-z0-9.\-\[\]:]{1,253}:[0-9]{1,5}$", max_length=260)]
    tls_certificates: Annotated[
        tuple[Annotated[bytes, Field(min_length=64, max_length=4096)], ...],
        Field(min_length=1, max_length=MAX_TLS_CERTIFICATES),
    ]
    issued_at: Moment


class OpeningKeyRecord(Noun):
    """One epoch's opening key, signed by the agency's own signing keyset."""

    agency: Agency
    epoch: Sequence
    xwing: XwingPublic
    not_before_at: Moment
    not_after_at: Moment
