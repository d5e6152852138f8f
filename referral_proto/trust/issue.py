"""Making trust records: what founders, agencies and registrars sign. Judges only what a signer must see first.

    founders  ─found_federation→  federation record      (each founder countersigns until the threshold is reached)
    agency    ─request_enrolment→ request ─approve→ agency record            (its registrar checks and countersigns)
    operator  ─announce_relay→    relay record           agency ─publish_opening_key→ opening-key record

A request is the agency's record with its own signature and proofs of possession; the registrar's signature makes it a
record. Whether a record is believed is decided in `directory`, when it is folded with the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from referral_proto.crypto import possession
from referral_proto.crypto.keyset import HybridSignature, SigningKeyset, VerifyingKeyset
from referral_proto.crypto.opening import OpeningPublicKey
from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import AgencyId, Digest
from referral_proto.model.codes.federation import Mandate, RecordKind
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.records import (
    AgencyName,
    AgencyRecord,
    FederationRecord,
    Limits,
    LogEntry,
    OpeningKeyRecord,
    PublicKeyset,
    Registrar,
    RelayRecord,
    SignedRecord,
    SigningKeysetEntry,
    WitnessEntry,
)
from referral_proto.moment import DAY, HOUR, Moment
from referral_proto.trust.logs import enter_logs
from referral_proto.trust.signed import AnyRecord, countersign, sign_record, signed_by, unsigned
from referral_proto.wire import decode

__all__ = [
    "announce_relay",
    "approve",
    "found_federation",
    "publish_opening_key",
    "read_record",
    "refuse_ahead",
    "request_enrolment",
]

N = TypeVar("N", bound=BaseModel)

_CLASSES: Final[Mapping[int, type[AnyRecord]]] = {
    RecordKind.FEDERATION: FederationRecord,
    RecordKind.AGENCY: AgencyRecord,
    RecordKind.RELAY: RelayRecord,
    RecordKind.OPENING_KEY: OpeningKeyRecord,
}


def found_federation(
    name: str,
    founders: Sequence[VerifyingKeyset],
    threshold: int,
    registrars: Mapping[str, VerifyingKeyset],
    at: Moment,
    *signers: SigningKeyset,
    limits: Limits | None = None,
    witnesses: Sequence[WitnessEntry] = (),
    quorum: int | None = None,
) -> bytes:
    """The first federation record, signed by `signers`. `registrars`: country (or `int`) → keyset.

    quorum: how many witnesses make a time trusted; by itself the smallest number that is more than half of them.

    Raises CallerError issue.threshold, issue.not-founder, issue.invalid.
    """
    if not 1 <= threshold <= len(founders) or len({one.agency for one in founders}) != len(founders):
        raise CallerError("issue.threshold")
    if not {signer.id for signer in signers} <= {founder.id for founder in founders}:
        raise CallerError("issue.not-founder")
    record = _made(
        FederationRecord,
        name=name,
        sequence=0,
        founders=tuple(_public(one) for one in founders),
        threshold=threshold,
        registrars=tuple(
            _made(Registrar, country=country, keyset=_public(keys)) for country, keys in sorted(registrars.items())
        ),
        issued_at=at,
        limits=limits,
        witnesses=tuple(witnesses),
        quorum=quorum or (len(witnesses) // 2 + 1 if witnesses else None),
    )
    return sign_record(record, *signers)


def request_enrolment(
    keys: SigningKeyset,
    names: Mapping[str, str],
    organisation_type: OrganisationType,
    mandates: Sequence[Mandate],
    relay: AgencyId,
    at: Moment,
    *,
    days: int = 365,
    sequence: int = 0,
    previous: Digest | None = None,
    logs: Sequence[LogEntry] = (),
) -> bytes:
    """An agency's request to its registrar: its record with one keyset, good from `at` for `days`, signed by itself.

    `names`: language (BCP 47) → name. `relay`: the operator of the relay that receives for the agency. `logs`: the
    public keys of its logs (`trust.logs.log_entry`).
    Raises CallerError issue.invalid.
    """
    proof = possession.prove(keys, sequence)
    record = _made(
        AgencyRecord,
        agency=keys.agency,
        sequence=sequence,
        previous=previous,
        names=tuple(_made(AgencyName, text=text, language=language) for language, text in names.items()),
        organisation_type=organisation_type,
        mandates=tuple(sorted(set(mandates))),
        relay=relay,
        signing_keysets=(
            SigningKeysetEntry(
                ed25519=keys.public.ed25519,
                mldsa65=keys.public.mldsa65,
                not_before_at=at,
                not_after_at=at.plus(days * DAY),
                possession_ed25519=proof.ed25519,
                possession_mldsa65=proof.mldsa65,
                enrolled_in=sequence,
            ),
        ),
        issued_at=at,
        logs=tuple(logs),
    )
    return sign_record(record, keys)


def approve(request: bytes, *signers: SigningKeyset) -> bytes:
    """The same record with further signatures: a registrar's on a request, another founder's on a federation record.

    Of an agency record every keyset is judged first: not weak, its possession proved. An agency's first record must
    bear its own signature; who must sign a later one is decided by what it changes (`agency`).
    Raises PeerError trust.record-malformed, trust.possession, trust.record-signature, key.weak, key.malformed.
    """
    signed, record = read_record(request)
    if isinstance(record, AgencyRecord):
        keysets = [_proved(record, entry) for entry in record.signing_keysets]
        enter_logs({}, record)
        if record.previous is None and not signed_by(signed, keysets):
            raise PeerError("trust.record-signature", record.agency)
    return countersign(request, *signers)


def announce_relay(
    operator: SigningKeyset,
    endpoint: str,
    certificates: Sequence[bytes],
    at: Moment,
    sequence: int = 0,
    previous: Digest | None = None,
) -> bytes:
    """Where the operator's relay listens (`host:port`) and the certificates (DER) it shows.

    Raises CallerError issue.invalid.
    """
    record = _made(
        RelayRecord,
        operator=operator.agency,
        sequence=sequence,
        previous=previous,
        endpoint=endpoint,
        tls_certificates=tuple(certificates),
        issued_at=at,
    )
    return sign_record(record, operator)


def publish_opening_key(keys: SigningKeyset, key: OpeningPublicKey, epoch: int, at: Moment, days: int = 14) -> bytes:
    """The opening key of one epoch, good from `at` for `days`. Raises CallerError key.other-agency."""
    if key.agency != keys.agency:
        raise CallerError("key.other-agency")
    record = _made(
        OpeningKeyRecord,
        agency=keys.agency,
        epoch=epoch,
        xwing=key.xwing,
        not_before_at=at,
        not_after_at=at.plus(days * DAY),
    )
    return sign_record(record, keys)


def refuse_ahead(data: bytes, now: Moment) -> None:
    """Nobody signs or publishes what is dated more than an hour ahead: a chain goes on only from its latest date.

    Raises CallerError issue.invalid; PeerError trust.record-malformed.
    """
    _, record = read_record(data)
    if not isinstance(record, OpeningKeyRecord) and record.issued_at > now + HOUR:
        raise CallerError("issue.invalid", "issued_at")


def read_record(data: bytes) -> tuple[SignedRecord, AnyRecord]:
    """A signed record and what stands in it, judged for form only. PeerError trust.record-malformed."""
    try:
        signed = decode(SignedRecord, data)
    except PeerError as error:
        raise PeerError("trust.record-malformed", error.where) from None
    found = _CLASSES.get(signed.kind)
    if found is None:
        raise PeerError("trust.record-malformed", "kind")
    return signed, unsigned(found, signed)  # type: ignore[type-var]  # one of the four, by the table above


def _made(model: type[N], **fields: Any) -> N:
    try:
        return model(**fields)
    except ValidationError as error:
        place = ".".join(
            map(str, error.errors(include_url=False, include_context=False, include_input=False)[0]["loc"])
        )
    raise CallerError("issue.invalid", place)


def _proved(record: AgencyRecord, entry: SigningKeysetEntry) -> VerifyingKeyset:
    keys = VerifyingKeyset.parse(record.agency, entry.ed25519, entry.mldsa65)
    proof = HybridSignature(entry.possession_ed25519, entry.possession_mldsa65)
    if entry.enrolled_in is None and record.previous is not None:
        # Whether it is a new key only the records before can say: the fold judges it.
        return keys
    sequence = record.sequence if entry.enrolled_in is None else entry.enrolled_in
    try:
        possession.check(keys, sequence, proof)
    except PeerError:
        raise PeerError("trust.possession", record.agency) from None
    return keys


def _public(keys: VerifyingKeyset) -> PublicKeyset:
    return PublicKeyset(agency=keys.agency, ed25519=keys.ed25519, mldsa65=keys.mldsa65)
