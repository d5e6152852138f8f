"""The Referral Protocol: what an integrator may import. Nothing is loaded until a name is used.

Anything that is not in this table is internal and may change without notice. `__init__.pyi` says the same to type
checkers.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_TABLE = {
    "AcknowledgementKind": "referral_proto.model.codes.log",
    "Admitted": "referral_proto.flow.admit",
    "AgencyId": "referral_proto.ids",
    "Answer": "referral_proto.flow.respond",
    "AnySection": "referral_proto.model.section",
    "Auditor": "referral_proto.flow.evidence.verify",
    "CallerError": "referral_proto.errors",
    "Checkpoint": "referral_proto.log.checkpoint",
    "ClaimKind": "referral_proto.model.codes.evidence",
    "Digest": "referral_proto.ids",
    "Directory": "referral_proto.trust.directory",
    "Disclosure": "referral_proto.flow.minimise",
    "Dropped": "referral_proto.flow.minimise",
    "Expected": "referral_proto.log.receipt",
    "Explanation": "referral_proto.errors",
    "Fault": "referral_proto.errors",
    "Intent": "referral_proto.flow.minimise",
    "KeysetId": "referral_proto.ids",
    "Leaf": "referral_proto.ids",
    "LogIdentity": "referral_proto.log.checkpoint",
    "MATRIX_DIGEST": "referral_proto.policy.matrix",
    "Mandate": "referral_proto.model.codes.federation",
    "MessageId": "referral_proto.ids",
    "MessageKind": "referral_proto.model.codes.exchange",
    "Minimised": "referral_proto.flow.minimise",
    "Moment": "referral_proto.moment",
    "Opened": "referral_proto.flow.open",
    "OpenedSection": "referral_proto.flow.open",
    "OpeningKey": "referral_proto.crypto.opening",
    "OpeningKeyId": "referral_proto.ids",
    "OpeningPublicKey": "referral_proto.crypto.opening",
    "OurError": "referral_proto.errors",
    "PeerError": "referral_proto.errors",
    "Purpose": "referral_proto.model.codes.exchange",
    "Referral": "referral_proto.model.referral",
    "ReferralError": "referral_proto.errors",
    "Report": "referral_proto.flow.evidence.report",
    "SealMemory": "referral_proto.crypto.memory",
    "Sealed": "referral_proto.flow.seal",
    "SectionType": "referral_proto.model.section",
    "SigningKeyset": "referral_proto.crypto.keyset",
    "ThreadId": "referral_proto.ids",
    "Unsealed": "referral_proto.flow.unseal",
    "Verdict": "referral_proto.flow.evidence.report",
    "VerifiedCover": "referral_proto.flow.cover",
    "VerifiedReceipt": "referral_proto.log.receipt",
    "VerifyingKeyset": "referral_proto.crypto.keyset",
    "Witnesses": "referral_proto.log.checkpoint",
    "WorldError": "referral_proto.errors",
    "acknowledge": "referral_proto.log.acknowledgement",
    "admit": "referral_proto.flow.admit",
    "admit_for_dispatch": "referral_proto.flow.admit",
    "agency_id": "referral_proto.ids",
    "build_access": "referral_proto.flow.evidence.bundle",
    "build_audit": "referral_proto.flow.evidence.bundle",
    "build_exchange": "referral_proto.flow.evidence.bundle",
    "check_answer": "referral_proto.flow.respond",
    "chosen_records": "referral_proto.flow.evidence.bundle",
    "countersign": "referral_proto.trust.signed",
    "country_of": "referral_proto.ids",
    "decode": "referral_proto.wire.codec",
    "decode_section": "referral_proto.wire.codec",
    "encode": "referral_proto.wire.codec",
    "encode_section": "referral_proto.wire.codec",
    "explain": "referral_proto.errors",
    "granted": "referral_proto.policy.matrix",
    "judge_contradiction": "referral_proto.flow.judge",
    "minimise": "referral_proto.flow.minimise",
    "new_thread": "referral_proto.flow.minimise",
    "open_envelope": "referral_proto.flow.open",
    "read_acknowledgement": "referral_proto.log.acknowledgement",
    "respond": "referral_proto.flow.respond",
    "seal": "referral_proto.flow.minimise",
    "show_message": "referral_proto.flow.evidence.bundle",
    "sign_claim": "referral_proto.flow.evidence.claim",
    "sign_record": "referral_proto.trust.signed",
    "unseal": "referral_proto.flow.unseal",
    "verify_acknowledgement": "referral_proto.log.acknowledgement",
    "verify_checkpoint": "referral_proto.log.checkpoint",
    "verify_cover": "referral_proto.flow.cover",
    "verify_evidence": "referral_proto.flow.evidence.verify",
    "verify_receipt": "referral_proto.log.receipt",
}

__all__ = sorted(_TABLE)  # noqa: PLE0605 - computed once from the table, which a test holds true

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in _TABLE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_TABLE[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
