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
from referral_proto.model.codes.exchange import MessageKind, Purpose
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.referral import Referral
from referral_proto.model.section import AnySection, SectionType
from referral_proto.moment import Moment
from referral_proto.policy.matrix import MATRIX_DIGEST, granted
from referral_proto.trust.directory import Directory
from referral_proto.trust.signed import countersign, sign_record
from referral_proto.wire.codec import decode, decode_section, encode, encode_section

__all__ = [
    "Admitted",
    "AgencyId",
    "Answer",
    "AnySection",
    "CallerError",
    "Digest",
    "Directory",
    "Disclosure",
    "Dropped",
    "Explanation",
    "Fault",
    "Intent",
    "KeysetId",
    "Leaf",
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
    "SealMemory",
    "Sealed",
    "SectionType",
    "SigningKeyset",
    "ThreadId",
    "Unsealed",
    "VerifiedCover",
    "VerifyingKeyset",
    "WorldError",
    "admit",
    "admit_for_dispatch",
    "agency_id",
    "check_answer",
    "countersign",
    "country_of",
    "decode",
    "decode_section",
    "encode",
    "encode_section",
    "explain",
    "granted",
    "minimise",
    "new_thread",
    "open_envelope",
    "respond",
    "seal",
    "sign_record",
    "unseal",
    "verify_cover",
]

__version__: str
