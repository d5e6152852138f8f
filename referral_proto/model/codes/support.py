"""Codes of support after return: plans, visits, outcomes, alerts.

Numbers and members are those of `codes.proto`, in its order; a number is never given another meaning. Lists only: no
rule about which code may stand where.
"""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = [
    "Housing",
    "Occupation",
    "PlanOutcome",
    "PlanStatus",
    "RetraffickingSign",
    "SupportPlanType",
    "VisitKind",
    "VisitOutcome",
]


class SupportPlanType(Code):
    """What a support plan is about."""

    EDUCATION = 1
    FINANCIAL = 2
    HEALTH = 3
    LABOUR_EXPLOITATION_REHABILITATION = 4
    LEGAL = 5
    LIVELIHOOD = 6
    RIGHTS_BASED_TRAINING = 7
    SEXUAL_EXPLOITATION_REHABILITATION = 8
    SOCIAL_CARE = 9


class PlanStatus(Code):
    """How far a plan is."""

    PROPOSED = 1
    AGREED = 2
    UNDER_WAY = 3
    COMPLETED = 4
    STOPPED_BY_PERSON = 5
    STOPPED_BY_AGENCY = 6


class PlanOutcome(Code):
    """What a plan achieved."""

    ACHIEVED = 1
    PARTLY_ACHIEVED = 2
    NOT_ACHIEVED = 3
    TOO_EARLY = 4


class VisitKind(Code):
    """How a monitoring contact took place."""

    HOME_VISIT = 1
    OFFICE_VISIT = 2
    PHONE_CALL = 3
    VIDEO_CALL = 4
    SCHOOL_VISIT = 5
    WORKPLACE_VISIT = 6


class VisitOutcome(Code):
    """What a monitoring contact found."""

    WELL = 1
    NEEDS_MORE_SUPPORT = 2
    AT_RISK = 3
    NOT_FOUND = 4
    MOVED_AWAY = 5
    DECLINED_CONTACT = 6
    MIGRATED_AGAIN = 7
    RETRAFFICKED = 8


class Housing(Code):
    """Where the person lives after return."""

    WITH_FAMILY = 1
    OWN = 2
    SHARED = 3
    SHELTER = 4
    ALTERNATIVE_CARE = 5
    UNSTABLE = 6
    HOMELESS = 7


class Occupation(Code):
    """What the person does after return."""

    IN_SCHOOL = 1
    IN_TRAINING = 2
    EMPLOYED = 3
    SELF_EMPLOYED = 4
    CARING_AT_HOME = 5
    SEEKING_WORK = 6
    UNABLE_TO_WORK = 7


class RetraffickingSign(Code):
    """What points to renewed trafficking."""

    CONTACT_WITH_TRAFFICKER = 1
    NEW_JOB_OFFER_ABROAD = 2
    SUDDEN_DEPARTURE = 3
    DEBT_COLLECTED = 4
    MISSING = 5
    DOCUMENTS_TAKEN = 6
    REPORTED_BY_FAMILY = 7
    REPORTED_BY_PERSON = 8
    ONLINE_RECRUITMENT = 9
