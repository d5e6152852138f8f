"""Codes of health: only what the next carer must know.

Numbers and members are those of `codes.proto`, in its order; a number is never given another meaning. Lists only: no
rule about which code may stand where.
"""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = [
    "CareSetting",
    "FunctionalDifficulty",
    "HealthNeed",
    "MentalHealthConcern",
    "Pregnancy",
    "ReceptionScreening",
]


class HealthNeed(Code):
    """A need for care."""

    INJURY = 1
    CHRONIC_ILLNESS = 2
    COMMUNICABLE_DISEASE = 3
    SEXUAL_AND_REPRODUCTIVE_HEALTH = 4
    POST_EXPOSURE_PROPHYLAXIS = 5
    MALNUTRITION = 6
    DENTAL = 7
    EYE_AND_EAR = 8
    MENTAL_HEALTH = 9
    SUBSTANCE_WITHDRAWAL = 10
    MEDICATION_SUPPLY = 11
    VACCINATION = 12
    REHABILITATION = 13
    FORENSIC_EXAMINATION = 14


class Pregnancy(Code):
    """Pregnancy and nursing."""

    NOT_PREGNANT = 1
    PREGNANT = 2
    POSSIBLY_PREGNANT = 3
    RECENTLY_DELIVERED = 4
    NURSING = 5


class FunctionalDifficulty(Code):
    """Domains of the Washington Group's short set, and psychosocial disability."""

    SEEING = 1
    HEARING = 2
    WALKING = 3
    REMEMBERING = 4
    SELF_CARE = 5
    COMMUNICATING = 6
    PSYCHOSOCIAL = 7


class MentalHealthConcern(Code):
    """Concerns of mental health."""

    TRAUMA_REACTIONS = 1
    ANXIETY = 2
    DEPRESSION = 3
    SLEEP_DISTURBANCE = 4
    SELF_HARM = 5
    SUICIDAL_THOUGHTS = 6
    PSYCHOSIS = 7
    SUBSTANCE_DEPENDENCE = 8
    AGGRESSION = 9


class CareSetting(Code):
    """Which care is given or needed."""

    NONE_NEEDED = 1
    OUTPATIENT = 2
    INPATIENT = 3
    EMERGENCY = 4
    COMMUNITY = 5
    SPECIALIST = 6


class ReceptionScreening(Code):
    """The result of a health screening at reception."""

    DONE_NO_FINDINGS = 1
    DONE_WITH_FINDINGS = 2
    PENDING = 3
    NOT_DONE = 4
