"""Codes of return, travel and handover.

Numbers and members are those of `codes.proto`, in its order; a number is never given another meaning. Lists only: no
rule about which code may stand where.
"""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = [
    "BelongingKind",
    "ConditionAtHandover",
    "EscortKind",
    "ExitClearance",
    "FineWaiver",
    "HandoverResult",
    "IdentityCheck",
    "ReadmissionStatus",
    "ReturnBasis",
    "SignatureForm",
    "TransportMode",
    "TravelArrangement",
    "TravelDocumentStatus",
    "TravelFitness",
]


class TransportMode(Code):
    """How the person travels."""

    ON_FOOT = 1
    CAR = 2
    BUS = 3
    TRAIN = 4
    FLIGHT = 5
    BOAT = 6
    AMBULANCE = 7


class ReturnBasis(Code):
    """On which basis the person returns."""

    VOLUNTARY = 1
    ASSISTED_VOLUNTARY = 2
    ORDERED = 3
    TRANSFER_TO_THIRD_COUNTRY = 4


class ReadmissionStatus(Code):
    """Whether the state of return takes the person."""

    GUARANTEED = 1
    REQUESTED = 2
    REFUSED = 3
    NOT_NEEDED = 4


class TravelDocumentStatus(Code):
    """How far the travel document is."""

    HELD_VALID = 1
    APPLIED_FOR = 2
    ISSUED = 3
    EXPIRED = 4
    REFUSED = 5
    NOT_NEEDED = 6


class ExitClearance(Code):
    """Whether the host state lets the person leave."""

    GRANTED = 1
    REQUESTED = 2
    REFUSED = 3
    NOT_NEEDED = 4
    COURT_HOLD = 5


class FineWaiver(Code):
    """Whether fines for overstay are waived."""

    WAIVED = 1
    REQUESTED = 2
    REFUSED = 3
    PAID = 4
    NOT_DUE = 5


class TravelFitness(Code):
    """Whether the person is fit to travel."""

    FIT = 1
    FIT_WITH_ESCORT = 2
    FIT_WITH_CONDITIONS = 3
    NOT_FIT = 4
    NOT_ASSESSED = 5


class EscortKind(Code):
    """Who travels with the person."""

    NONE = 1
    SOCIAL_WORKER = 2
    HEALTH_WORKER = 3
    GUARDIAN = 4
    RELATIVE = 5
    POLICE = 6
    CONSULAR_OFFICER = 7
    NGO_STAFF = 8


class TravelArrangement(Code):
    """What has to be arranged for the journey."""

    WHEELCHAIR = 1
    STRETCHER = 2
    INFANT_SEAT = 3
    SEPARATE_FROM_OTHERS = 4
    SAME_SEX_ESCORT = 5
    INTERPRETER = 6
    MEDICATION_ON_BOARD = 7
    NO_UNIFORMS = 8
    NO_MEDIA = 9
    OVERNIGHT_STAY = 10


class IdentityCheck(Code):
    """How the receiving officer made sure who the person is."""

    PSEUDONYM_AND_CODE_WORD = 1
    DOCUMENT = 2
    PHOTO = 3
    KNOWN_TO_OFFICER = 4
    RELATIVE_PRESENT = 5
    QUESTIONS = 6
    FINGERPRINT = 7


class BelongingKind(Code):
    """What is handed over with the person."""

    CLOTHING = 1
    PHONE = 2
    MONEY = 3
    VALUABLES = 4
    DOCUMENTS = 5
    MEDICATION = 6
    MEDICAL_RECORDS = 7
    CHILD_ITEMS = 8
    EVIDENCE_RECEIPT = 9
    OTHER = 10


class SignatureForm(Code):
    """How the person confirmed a handover."""

    SIGNED = 1
    THUMBPRINT = 2
    ORAL_WITNESSED = 3
    DECLINED = 4
    NOT_ABLE = 5


class ConditionAtHandover(Code):
    """How the person was at handover."""

    WELL = 1
    DISTRESSED = 2
    INJURED = 3
    ILL = 4
    NEEDS_URGENT_CARE = 5


class HandoverResult(Code):
    """What became of a planned handover."""

    COMPLETED = 1
    POSTPONED = 2
    PERSON_DID_NOT_COME = 3
    RECEIVER_DID_NOT_COME = 4
    REFUSED_BY_PERSON = 5
    STOPPED_AT_BORDER = 6
