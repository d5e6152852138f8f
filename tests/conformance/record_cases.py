"""Verb `fold`: records that make a directory, and records that must not (the beginning of F13)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from referral_proto.crypto import labels
from referral_proto.crypto.digest import labelled_hash
from referral_proto.model.codes.federation import RecordKind
from referral_proto.model.records import AgencyRecord, SignedRecord
from referral_proto.moment import DAY
from referral_proto.trust.signed import sign_record
from referral_proto.wire import decode, encode
from tests.conformance import make_world as make
from tests.conformance import world
from tests.conformance.cases import base64, case
from tests.conformance.tlv import number, text
from tests.conformance.world import AT, SHELTER, STRANGER, A, B, opening, signing

Made = Callable[[], Sequence[bytes]]
NEW = "xb.new"
BASE = ("keys/world.json",)
XWING = opening(B, world.NEXT).public.xwing


def accepts(name: str, requirements: str, about: str, more: Made, base: Sequence[str] = BASE) -> None:
    case(name, "fold", requirements, about, lambda: given(base, more))


def refuses(name: str, requirements: str, code: str, about: str, more: Made, base: Sequence[str] = BASE) -> None:
    case(name, "fold", requirements, about, lambda: given(base, more), code)


def given(base: Sequence[str], more: Made) -> dict[str, Any]:
    """The shared records, and some more."""
    return {"base": list(base), "more": [base64(one) for one in more()]}


def enrolled(entry: dict[str, Any] | None = None, **other: Any) -> Made:
    """A new agency, signed by the registrar of XB; `entry` changes its only keyset."""

    def made() -> Sequence[bytes]:
        own = make.entry(signing(NEW)).model_copy(update=entry or {})
        return [make.signed_agency(NEW, **({"signing_keysets": (own,)} | other))]

    return made


def opened(**other: Any) -> Made:
    """A new opening key of xb.welfare, signed by it."""
    return lambda: [sign_record(make.opening_key(B, world.NEXT, **({"epoch": 9} | other)), signing(B))]


def _as_kind(kind: RecordKind, signed: bytes) -> bytes:
    return encode(decode(SignedRecord, signed).model_copy(update={"kind": kind}))


def _touched_record() -> Sequence[bytes]:
    signed = decode(SignedRecord, make.signed_agency(NEW))
    record = decode(AgencyRecord, signed.record).model_copy(update={"relay": SHELTER})
    return [encode(signed.model_copy(update={"record": encode(record)}))]


def _half_touched() -> Sequence[bytes]:
    signed = decode(SignedRecord, make.signed_agency(NEW))
    (signature,) = signed.signatures
    broken = signature.model_copy(update={"mldsa65": signature.mldsa65[::-1]})
    return [encode(signed.model_copy(update={"signatures": (broken,)}))]


def _raw(kind: RecordKind, record: bytes) -> bytes:
    """A record signed by xb.welfare whatever its bytes are."""
    prefix = labels.RECORD.prefix + kind.to_bytes(4, "big")
    signature = signing(B).sign(prefix + labelled_hash(labels.RECORD, kind.to_bytes(4, "big"), record), labels.RECORD)
    inner = text(1, B) + text(2, signing(B).id) + text(3, signature.ed25519) + text(4, signature.mldsa65)
    return number(1, kind) + text(2, record) + text(3, inner)


def _kind_fits() -> bytes:
    record = encode(make.opening_key(B, world.NEXT, epoch=9))
    signed = decode(SignedRecord, _raw(RecordKind.RELAY, record))
    return encode(signed.model_copy(update={"kind": RecordKind.OPENING_KEY}))


accepts("F00-fold", "REC-03 REC-05 REC-06 REC-07", "The shared records as they are.", list)
accepts("F00-fold-enrolled", "REC-05 KEY-08", "One more agency, with its proof of possession.", enrolled())
refuses(
    "F13-registrar-of-another-country",
    "REC-05",
    "trust.record-signature",
    "XA's registrar enrols an agency of XB.",
    lambda: [sign_record(make.agency(NEW), signing(A))],
)
refuses(
    "F13-country-without-registrar",
    "REC-05",
    "trust.record-signature",
    "An agency of a country that nobody registers.",
    lambda: [sign_record(make.agency(STRANGER, relay=A), signing(A), signing(B))],
)
refuses(
    "F13-agency-enrols-itself",
    "REC-05",
    "trust.record-signature",
    "Signed by nobody but the agency.",
    lambda: [sign_record(make.agency(NEW), signing(NEW))],
)
refuses(
    "F13-record-touched",
    "REC-01 REC-10",
    "trust.record-signature",
    "Another relay was written into a signed record.",
    _touched_record,
)
refuses(
    "F13-half-a-signature", "REC-10 KEY-07", "trust.record-signature", "The ML-DSA half does not verify.", _half_touched
)
refuses(
    "F13-opening-key-by-another",
    "REC-07",
    "trust.record-signature",
    "The shelter publishes a key for xb.welfare.",
    lambda: [sign_record(make.opening_key(B, world.NEXT, epoch=9), signing(SHELTER))],
)
refuses(
    "F13-opening-key-under-a-revoked-keyset",
    "REC-07 REC-12",
    "trust.record-signature",
    "Signed with a keyset that was revoked before the key's time begins.",
    lambda: [sign_record(make.opening_key(A, world.NEXT, epoch=9, xwing=XWING), signing(A, world.REVOKED))],
)
refuses(
    "F13-two-keys-in-one-epoch",
    "REC-09",
    "trust.record-fork",
    "Two opening keys of one agency under one epoch.",
    lambda: [sign_record(make.opening_key(B, world.NEXT, not_after_at=AT.plus(20 * DAY)), signing(B))],
)
refuses(
    "F13-one-key-in-two-epochs",
    "REC-09",
    "trust.record-fork",
    "One opening key under two epochs.",
    opened(not_after_at=AT.plus(20 * DAY)),
)
refuses(
    "F13-relay-by-another",
    "REC-06",
    "trust.record-signature",
    "The shelter says where the relay of xb.welfare listens.",
    lambda: [sign_record(make.relay(B, sequence=1, endpoint="127.0.0.1:1"), signing(SHELTER))],
)
refuses(
    "F13-certificate-of-another",
    "REC-08",
    "trust.key-shared",
    "A relay claims another relay's certificate.",
    lambda: [sign_record(make.relay(SHELTER, tls_certificates=make.relay(B).tls_certificates), signing(SHELTER))],
)
refuses(
    "F13-kind-changed",
    "REC-02",
    "trust.record-malformed",
    "An agency's record shown as a relay's.",
    lambda: [_as_kind(RecordKind.RELAY, make.signed_agency(NEW))],
)
refuses(
    "F13-kind-changed-and-fits",
    "REC-02",
    "trust.record-signature",
    "A signature over the same bytes as another kind.",
    lambda: [_kind_fits()],
)
refuses(
    "F13-kind-unknown",
    "REC-02",
    "trust.record-malformed",
    "A kind of record that does not exist.",
    lambda: [_as_kind(RecordKind(9), make.signed_agency(NEW))],
)
refuses(
    "F13-record-cut",
    "REC-01",
    "trust.record-malformed",
    "A half-written file.",
    lambda: [make.signed_agency(NEW)[:500]],
)
refuses(
    "F13-record-unknown-field",
    "REC-01 WIR-11",
    "trust.record-malformed",
    "A signed record with a field that no record has.",
    lambda: [_raw(RecordKind.OPENING_KEY, encode(make.opening_key(B, world.NEXT, epoch=9)) + number(99, 1))],
)
