"""Codes of the case as a whole: how urgent, how risky, why referred, which service.

Numbers and members are those of `codes.proto`, in its order; a number is never given another meaning. Lists only: no
rule about which code may stand where.
"""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = [
    "CaseStatus",
    "Need",
    "NoteKind",
    "ReferralReason",
    "RiskFlag",
    "RiskLevel",
    "Service",
    "Urgency",
]


class Urgency(Code):
    """How soon someone must act."""

    IMMEDIATE_DANGER = 1
    URGENT = 2
    NORMAL = 3
    PLANNED = 4


class RiskLevel(Code):
    """How high a risk is, on the scale that agencies in the region already use."""

    HIGH = 1
    MEDIUM = 2
    LOW = 3
    NONE = 4


class ReferralReason(Code):
    """Why a person is referred."""

    ADDITIONAL_SERVICES_REQUIRED = 1
    MIGRATION_OR_CHANGE_OF_LOCATION = 2
    OTHER = 3
    IDENTIFICATION = 4
    SHELTER = 5
    HEALTH = 6
    PSYCHOSOCIAL = 7
    LEGAL = 8
    NATIONALITY_VERIFICATION = 9
    FAMILY_TRACING = 10
    RETURN = 11
    REINTEGRATION = 12
    WITNESS = 13
    CHILD_PROTECTION = 14
    THIRD_COUNTRY_SOLUTION = 15


class CaseStatus(Code):
    """Where a case stands at the agency that holds it."""

    ACTIVE = 1
    FOLLOW_UP = 2
    CLOSED = 3
    CLOSED_REFERRED = 4


class Service(Code):
    """A service that is asked for or given."""

    IDENTIFICATION_INTERVIEW = 1
    SHELTER = 2
    CHILD_CARE_PLACEMENT = 3
    COMMUNITY_CARE = 4
    HEALTH_CARE = 5
    MENTAL_HEALTH_CARE = 6
    PSYCHOSOCIAL_SUPPORT = 7
    LEGAL_AID = 8
    INTERPRETING = 9
    NATIONALITY_VERIFICATION = 10
    TRAVEL_DOCUMENT = 11
    FAMILY_TRACING = 12
    HOUSEHOLD_ASSESSMENT = 13
    RISK_ASSESSMENT = 14
    RETURN_TRAVEL = 15
    RECEPTION_AT_BORDER = 16
    REINTEGRATION_SUPPORT = 17
    EDUCATION = 18
    LIVELIHOOD = 19
    FINANCIAL_ASSISTANCE = 20
    WITNESS_PROTECTION = 21
    CHILD_PROTECTION = 22
    THIRD_COUNTRY_SOLUTION = 23
    OTHER = 24


class Need(Code):
    """What a person needs, in the non-identifying path."""

    SAFETY = 1
    SHELTER = 2
    FOOD_AND_CLOTHING = 3
    URGENT_MEDICAL_CARE = 4
    MEDICAL_CARE = 5
    MENTAL_HEALTH_CARE = 6
    PREGNANCY_CARE = 7
    INFANT_CARE = 8
    DISABILITY_SUPPORT = 9
    INTERPRETER = 10
    LEGAL_ADVICE = 11
    DOCUMENTS = 12
    FAMILY_CONTACT = 13
    CHILD_PROTECTION = 14
    GUARDIAN = 15
    SEPARATE_ACCOMMODATION = 16
    RETURN = 17
    TEMPORARY_STAY = 18
    COMPENSATION = 19
    OTHER = 20


class RiskFlag(Code):
    """A reason for care that may be said without naming the person."""

    TRAFFICKERS_STILL_LOOKING = 1
    DEBT_CLAIMED = 2
    THREATS_TO_FAMILY = 3
    OFFICIALS_COMPLICIT = 4
    SELF_HARM = 5
    VIOLENCE_IN_FAMILY = 6
    MEDICAL_EMERGENCY = 7
    PREGNANT = 8
    UNACCOMPANIED_CHILD = 9
    DETAINED = 10
    REMOVAL_IMMINENT = 11
    OTHERS_STILL_HELD = 12
    FREQUENT_RELOCATION = 13
    STATE_VETO_BY_PERSON = 14
    COMMUNICABLE_DISEASE_POSSIBLE = 15


class NoteKind(Code):
    """What a note is for."""

    CASE_SUMMARY = 1
    ANSWER = 2
    INSTRUCTION = 3
    HANDOVER = 4
    MONITORING = 5
    CORRECTION = 6
    TRANSLATION = 7
    OTHER = 8
