from referral_proto.crypto.keyset import SigningKeyset, VerifyingKeyset
from referral_proto.crypto.memory import SealMemory
from referral_proto.crypto.opening import OpeningKey, OpeningPublicKey
from referral_proto.errors import (
    CallerError,
    Explanation,
    Fault,
    OurError,
    PeerError,
    ReferralError,
    WorldError,
    explain,
)
from referral_proto.flow.admit import Admitted, admit, admit_for_dispatch
from referral_proto.flow.cover import VerifiedCover, verify_cover
from referral_proto.flow.evidence.bundle import build_access, build_audit, build_exchange, chosen_records, show_message
from referral_proto.flow.evidence.claim import sign_claim
from referral_proto.flow.evidence.report import Report, Verdict
from referral_proto.flow.evidence.verify import Auditor, verify_evidence
from referral_proto.flow.judge import judge_contradiction
from referral_proto.flow.minimise import Disclosure, Dropped, Intent, Minimised, minimise, new_thread, seal
from referral_proto.flow.open import Opened, OpenedSection, open_envelope
from referral_proto.flow.respond import Answer, check_answer, respond
from referral_proto.flow.seal import Sealed
from referral_proto.flow.unseal import Unsealed, unseal
from referral_proto.ids import (
    AgencyId,
    Digest,
    KeysetId,
    Leaf,
    MessageId,
    OpeningKeyId,
    ThreadId,
    agency_id,
    country_of,
)
from referral_proto.log.acknowledgement import acknowledge, read_acknowledgement, verify_acknowledgement
from referral_proto.log.checkpoint import Checkpoint, LogIdentity, Witnesses, verify_checkpoint
from referral_proto.log.receipt import Expected, VerifiedReceipt, verify_receipt
from referral_proto.model.codes.evidence import ClaimKind
from referral_proto.model.codes.exchange import MessageKind, Purpose
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.codes.log import AcknowledgementKind
from referral_proto.model.referral import Referral
from referral_proto.model.section import AnySection, SectionType
from referral_proto.moment import Moment
from referral_proto.policy.matrix import MATRIX_DIGEST, granted
from referral_proto.trust.directory import Directory
from referral_proto.trust.signed import countersign, sign_record
from referral_proto.wire.codec import decode, decode_section, encode, encode_section

__all__ = [
    "AcknowledgementKind",
    "Admitted",
    "AgencyId",
    "Answer",
    "AnySection",
    "Auditor",
    "CallerError",
    "Checkpoint",
    "ClaimKind",
    "Digest",
    "Directory",
    "Disclosure",
    "Dropped",
    "Expected",
    "Explanation",
    "Fault",
    "Intent",
    "KeysetId",
    "Leaf",
    "LogIdentity",
    "MATRIX_DIGEST",
    "Mandate",
    "MessageId",
    "MessageKind",
    "Minimised",
    "Moment",
    "Opened",
    "OpenedSection",
    "OpeningKey",
    "OpeningKeyId",
    "OpeningPublicKey",
    "OurError",
    "PeerError",
    "Purpose",
    "Referral",
    "ReferralError",
    "Report",
    "SealMemory",
    "Sealed",
    "SectionType",
    "SigningKeyset",
    "ThreadId",
    "Unsealed",
    "Verdict",
    "VerifiedCover",
    "VerifiedReceipt",
    "VerifyingKeyset",
    "Witnesses",
    "WorldError",
    "acknowledge",
    "admit",
    "admit_for_dispatch",
    "agency_id",
    "build_access",
    "build_audit",
    "build_exchange",
    "check_answer",
    "chosen_records",
    "countersign",
    "country_of",
    "decode",
    "decode_section",
    "encode",
    "encode_section",
    "explain",
    "granted",
    "judge_contradiction",
    "minimise",
    "new_thread",
    "open_envelope",
    "read_acknowledgement",
    "respond",
    "seal",
    "show_message",
    "sign_claim",
    "sign_record",
    "unseal",
    "verify_acknowledgement",
    "verify_checkpoint",
    "verify_cover",
    "verify_evidence",
    "verify_receipt",
]

__version__: str
