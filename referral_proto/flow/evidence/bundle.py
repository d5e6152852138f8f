"""Building and reading bundles of evidence. Judges form alone: what a bundle proves is said by `verify_evidence`.

Whoever builds a bundle chooses what it shows. It never holds a ciphertext, and no section but a control section that
was put in on purpose.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import AgencyId
from referral_proto.model.codes.evidence import EvidenceKind
from referral_proto.model.codes.federation import RecordKind
from referral_proto.model.evidence import (
    FORMAT,
    MAX_BUNDLE,
    VERSION,
    AccessAnchor,
    AccessEntry,
    AccessEvidence,
    EvidenceBundle,
    EvidenceDelivery,
    EvidenceEntry,
    EvidenceMessage,
    OpenedControl,
    SignedClaim,
)
from referral_proto.model.records import AgencyRecord, OpeningKeyRecord, SignedRecord
from referral_proto.trust.signed import unsigned
from referral_proto.wire import decode, encode

__all__ = [
    "Proofs",
    "Shelf",
    "build_access",
    "build_audit",
    "build_exchange",
    "chosen_records",
    "is_evidence",
    "read_bundle",
    "show_message",
]

N = TypeVar("N", bound=BaseModel)

_START: Final = b"\x0a" + bytes([len(FORMAT)]) + FORMAT.encode()
_VERSION_TAG: Final = 0x10
_DIGEST_TAG: Final = b"\x7a\x20"
_TAIL: Final = len(_DIGEST_TAG) + 32


class Proofs(Protocol):
    """What a log proves about one envelope for one recipient (`ports.Proved`); empty is what there is none of."""

    @property
    def receipt(self) -> bytes: ...
    @property
    def acknowledgement(self) -> bytes: ...
    @property
    def acknowledgement_receipt(self) -> bytes: ...
    @property
    def earlier_checkpoint(self) -> bytes: ...


def show_message(
    cover: bytes, proofs: Mapping[AgencyId, Proofs], control: tuple[bytes, bytes] | None = None
) -> EvidenceMessage:
    """One message for `build_exchange`. `control`: salt and exact bytes of its control section, to open it for the
    auditor. CallerError evidence.content.
    """
    return _made(
        EvidenceMessage,
        cover=cover,
        deliveries=tuple(
            _made(
                EvidenceDelivery,
                recipient=recipient,
                receipt=held.receipt or None,
                acknowledgement=held.acknowledgement or None,
                acknowledgement_receipt=held.acknowledgement_receipt or None,
                earlier_checkpoint=held.earlier_checkpoint or None,
            )
            for recipient, held in sorted(proofs.items())
        ),
        control=control and _made(OpenedControl, index=0, salt=control[0], section=control[1]),
    )


def build_exchange(
    messages: Sequence[EvidenceMessage], records: Iterable[bytes], claims: Sequence[bytes] = ()
) -> bytes:
    """Evidence of an exchange. `records`: as `chosen_records` gives them; `claims`: as `sign_claim`.

    CallerError evidence.content (nothing to show, or more than a bundle holds).
    """
    return _built(EvidenceKind.EXCHANGE, records, messages=tuple(messages), claims=tuple(claims))


def build_access(
    agency: AgencyId,
    entries: Iterable[tuple[bytes, bytes | None]],
    anchors: Iterable[tuple[bytes, bytes]],
    records: Iterable[bytes],
) -> bytes:
    """Evidence of what a desk's own log holds.

    entries: entry and event, from index 0 on; an event that is None is forgotten, or not shown. anchors: by growing
    size a checkpoint of the desk's log, and the receipt of its entry in the relay's log (empty if it has none yet);
    the last one covers all entries. CallerError evidence.content.
    """
    access = _made(
        AccessEvidence,
        agency=agency,
        entries=tuple(_made(AccessEntry, entry=entry, event=event or None) for entry, event in entries),
        anchors=tuple(_made(AccessAnchor, checkpoint=note, receipt=receipt or None) for note, receipt in anchors),
    )
    return _built(EvidenceKind.ACCESS, records, access=access)


def build_audit(
    entries: Iterable[tuple[int, bytes, Sequence[bytes], bytes]], records: Iterable[bytes], claims: Sequence[bytes]
) -> bytes:
    """Evidence that a relay's log holds entries for which it gave its agency nothing.

    entries: index, entry, path and the checkpoint that the path leads to. claims: UNEXPLAINED, one for each entry.
    CallerError evidence.content.
    """
    held = tuple(
        _made(EvidenceEntry, index=index, entry=entry, path=tuple(path), checkpoint=note)
        for index, entry, path, note in entries
    )
    return _built(EvidenceKind.AUDIT, records, entries=held, claims=tuple(claims))


def chosen_records(records: Iterable[bytes], agencies: Iterable[str]) -> tuple[bytes, ...]:
    """Of many SignedRecords those that evidence about `agencies` needs: the federation's, and the agencies' own with
    their opening keys. What does not read as a record is left out.
    """
    return Shelf(records).about(agencies)


class Shelf:
    """Records by whom they are about, read once: for whoever chooses of the same ones again and again."""

    def __init__(self, records: Iterable[bytes]) -> None:
        self._records = tuple(dict.fromkeys(records))
        self._held: dict[str, list[int]] | None = None

    def __bool__(self) -> bool:
        return bool(self._records)

    def about(self, agencies: Iterable[str]) -> tuple[bytes, ...]:
        """As `chosen_records`, in the order in which they came."""
        if self._held is None:
            self._held = {}
            for number, data in enumerate(self._records):
                whose = _whose(data)
                if whose is not None:
                    self._held.setdefault(whose, []).append(number)
        chosen = [number for name in ("", *set(agencies)) for number in self._held.get(name, ())]
        return tuple(self._records[number] for number in sorted(chosen))


def _whose(data: bytes) -> str | None:
    """The agency, nobody ("") for the federation's, None for what evidence needs not or does not read."""
    try:
        signed = decode(SignedRecord, data)
        if signed.kind is RecordKind.FEDERATION:
            return ""
        if signed.kind is RecordKind.AGENCY:
            return unsigned(AgencyRecord, signed).agency
        return unsigned(OpeningKeyRecord, signed).agency if signed.kind is RecordKind.OPENING_KEY else None
    except PeerError:
        return None


def is_evidence(data: bytes) -> bool:
    """Whether the bytes say that they are a bundle of evidence, of any version."""
    return data.startswith(_START)


def read_bundle(data: bytes) -> EvidenceBundle:
    """The bundle, its form judged. PeerError evidence.too-large, evidence.format (no bundle), evidence.newer (a bundle
    of a version that is not known here), evidence.damaged, evidence.repeated, wire.*.
    """
    if len(data) > MAX_BUNDLE:
        raise PeerError("evidence.too-large")
    if not is_evidence(data):
        raise PeerError("evidence.format")
    if _version(data) > VERSION:
        raise PeerError("evidence.newer")
    if data[-_TAIL:] != _DIGEST_TAG + sha256(memoryview(data)[:-_TAIL]).digest():
        raise PeerError("evidence.damaged")
    bundle = decode(EvidenceBundle, data)
    recipients = [[one.recipient for one in message.deliveries] for message in bundle.messages]
    if any(len(set(named)) != len(named) for named in recipients):
        raise PeerError("evidence.repeated", "recipient")
    held: tuple[tuple[str, list[Hashable]], ...] = (
        ("cover", [message.cover for message in bundle.messages]),
        ("records", list(bundle.records)),
        ("claims", [_claimed(one) for one in bundle.claims]),
        ("anchors", [one.checkpoint for one in bundle.access.anchors] if bundle.access is not None else []),
        ("entries", [(one.index, one.entry) for one in bundle.entries]),
    )
    for name, things in held:
        if len(set(things)) != len(things):
            raise PeerError("evidence.repeated", name)
    return bundle


def _claimed(data: bytes) -> bytes:
    """What a claim says, whatever the bytes of its signature; what does not read is judged with the others (E-13)."""
    try:
        return decode(SignedClaim, data).claim
    except PeerError:
        return data


def _version(data: bytes) -> int:
    """The number behind the format, whatever else a newer bundle holds; 0 if none stands there."""
    at, value, shift = len(_START) + 1, 0, 0
    if data[at - 1 : at] != bytes([_VERSION_TAG]):
        return 0
    for byte in data[at : at + 5]:
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value
        shift += 7
    return 0


def _built(kind: EvidenceKind, records: Iterable[bytes], **held: Any) -> bytes:
    fields = {"format": FORMAT, "version": VERSION, "kind": kind, "records": tuple(dict.fromkeys(records)), **held}
    whole = encode(_made(EvidenceBundle, digest=bytes(32), **fields))[:-_TAIL]
    data = whole + _DIGEST_TAG + sha256(whole).digest()
    try:
        read_bundle(data)
    except PeerError as error:
        raise CallerError("evidence.content", error.where) from None
    return data


def _made(model: type[N], **fields: Any) -> N:
    try:
        return model(**fields)
    except ValidationError as error:
        where = ".".join([model.__name__, *map(str, error.errors(include_input=False)[0]["loc"][:1])])
    # Raised outside the handler: the ValidationError holds values.
    raise CallerError("evidence.content", where)
