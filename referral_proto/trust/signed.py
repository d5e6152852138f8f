"""Signed records: making them and checking who signed. Whether a signer may sign is decided in `directory`.

    statement = lp(record) ‖ u32 kind ‖ record digest(32)        record digest = TH(record, u32 kind, record bytes)

The kind stands inside the digest, so that no record can be shown as one of another kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from struct import Struct
from typing import Final, TypeVar

from referral_proto.crypto import labels
from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.keyset import HybridSignature, SigningKeyset, VerifyingKeyset
from referral_proto.errors import PeerError
from referral_proto.ids import Digest
from referral_proto.model.codes.federation import RecordKind
from referral_proto.model.records import (
    AgencyRecord,
    FederationRecord,
    OpeningKeyRecord,
    RecordSignature,
    RelayRecord,
    SignedRecord,
)
from referral_proto.trust.memory import FoldMemory
from referral_proto.wire import decode, encode

__all__ = ["AnyRecord", "countersign", "record_digest", "sign_record", "signed_by", "unsigned"]

AnyRecord = FederationRecord | AgencyRecord | RelayRecord | OpeningKeyRecord
R = TypeVar("R", FederationRecord, AgencyRecord, RelayRecord, OpeningKeyRecord)

_KINDS: Final[dict[type, RecordKind]] = {
    FederationRecord: RecordKind.FEDERATION,
    AgencyRecord: RecordKind.AGENCY,
    RelayRecord: RecordKind.RELAY,
    OpeningKeyRecord: RecordKind.OPENING_KEY,
}
_u32: Final = Struct(">I").pack


def record_digest(kind: RecordKind, record: bytes) -> Digest:
    """What signatures and the next record's `previous` name: 32 bytes."""
    return Digest(labelled_hash(labels.RECORD, _u32(kind), record))


def _statement(kind: RecordKind, record: bytes) -> bytes:
    return labels.RECORD.prefix + _u32(kind) + record_digest(kind, record)


def sign_record(record: AnyRecord, *signers: SigningKeyset) -> bytes:
    """The bytes of a SignedRecord with one signature for each signer."""
    kind = _KINDS[type(record)]
    unsigned_record = SignedRecord(kind=kind, record=encode(record))
    return countersign(encode(unsigned_record), *signers)


def countersign(signed: bytes, *signers: SigningKeyset) -> bytes:
    """Add signatures to a signed record; a signer who signed before is not added twice."""
    whole = decode(SignedRecord, signed)
    statement = _statement(whole.kind, whole.record)
    present = {s.keyset for s in whole.signatures}
    fresh = [s for s in signers if s.id not in present]
    made = [(keys, keys.sign(statement, labels.RECORD)) for keys in fresh]
    added = tuple(
        RecordSignature(signer=keys.agency, keyset=keys.id, ed25519=one.ed25519, mldsa65=one.mldsa65)
        for keys, one in made
    )
    return encode(SignedRecord(kind=whole.kind, record=whole.record, signatures=(*whole.signatures, *added)))


def unsigned(kind: type[R], signed: SignedRecord) -> R:
    """The record inside, judged for its form only. PeerError trust.record-malformed."""
    if signed.kind != _KINDS[kind]:
        raise PeerError("trust.record-malformed", "kind")
    try:
        return decode(kind, signed.record)
    except PeerError as error:
        raise PeerError("trust.record-malformed", error.where) from None


def signed_by(signed: SignedRecord, keysets: Iterable[VerifyingKeyset], memory: FoldMemory | None = None) -> set[bytes]:
    """Ids of those `keysets` whose signature stands on the record; whether they are enough the caller judges. A
    signature that does not verify is none, and spoils no other: anybody can put a copy with one beside a record.
    """
    statement = _statement(signed.kind, signed.record)
    known = {keyset.id: keyset for keyset in keysets}
    found: set[bytes] = set()
    for signature in signed.signatures:
        keyset = known.get(signature.keyset)  # type: ignore[call-overload]
        if keyset is None or signature.keyset in found or keyset.agency != signature.signer:
            continue
        try:
            _verify(keyset, statement, HybridSignature(signature.ed25519, signature.mldsa65), memory)
        except PeerError:
            continue
        found.add(signature.keyset)
    return found


def _verify(keyset: VerifyingKeyset, statement: bytes, signature: HybridSignature, memory: FoldMemory | None) -> None:
    """Both halves or PeerError."""

    def verified() -> bool:
        keyset.verify(statement, labels.RECORD, signature)
        return True

    if memory is None:
        verified()
        return
    # Everything that the outcome depends on; all parts but the statement have a fixed length.
    question = sha256(keyset.id + signature.ed25519 + signature.mldsa65 + statement).digest()
    memory.recall(("signature", question), verified)
