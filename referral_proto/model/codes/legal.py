"""Codes of legal standing, permits and proceedings.

Numbers and members are those of `codes.proto`, in its order; a number is never given another meaning. Lists only: no
rule about which code may stand where.
"""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = [
    "AllegedOffence",
    "Cooperation",
    "DetentionStatus",
    "LegalAid",
    "NonPunishment",
    "PermitType",
    "ProceedingRole",
    "ProceedingStage",
    "ProceedingType",
    "ResidenceStatus",
]


class ResidenceStatus(Code):
    """The person's standing in the host country."""

    REGULAR = 1
    IRREGULAR = 2
    TEMPORARY_PROTECTION = 3
    REFLECTION_PERIOD = 4
    VICTIM_PERMIT = 5
    WITNESS_PERMIT = 6
    VISA_EXPIRED = 7
    DEPORTATION_ORDER = 8
    NONE_NEEDED = 9


class DetentionStatus(Code):
    """Whether the person is held."""

    NOT_DETAINED = 1
    IMMIGRATION_DETENTION = 2
    POLICE_CUSTODY = 3
    PRISON = 4
    CLOSED_SHELTER = 5
    RELEASED = 6


class PermitType(Code):
    """What kind of permit."""

    TEMPORARY_STAY = 1
    WORK = 2
    REFLECTION_PERIOD = 3
    VICTIM_STAY = 4
    WITNESS_STAY = 5
    HUMANITARIAN_STAY = 6
    EXIT = 7


class NonPunishment(Code):
    """How the principle of non-punishment stands."""

    APPLIES = 1
    CLAIMED = 2
    UNDER_REVIEW = 3
    NOT_RECOGNISED = 4
    CHARGES_DROPPED = 5
    CONVICTION_QUASHED = 6


class AllegedOffence(Code):
    """What the person is accused of that trafficking may have forced."""

    IMMIGRATION = 1
    WORK_WITHOUT_PERMIT = 2
    FALSE_DOCUMENTS = 3
    SOLICITATION = 4
    FRAUD_OR_SCAM = 5
    MONEY_LAUNDERING = 6
    DRUGS = 7
    THEFT = 8
    BEGGING = 9
    OTHER = 10


class ProceedingType(Code):
    """What kind of proceeding."""

    CRIMINAL_AGAINST_TRAFFICKERS = 1
    CRIMINAL_AGAINST_PERSON = 2
    LABOUR = 3
    CIVIL_COMPENSATION = 4
    STATE_COMPENSATION = 5
    IMMIGRATION = 6
    GUARDIANSHIP = 7
    PROTECTION_ORDER = 8
    INTERNATIONAL_PROTECTION = 9


class ProceedingRole(Code):
    """The person's role in a proceeding."""

    VICTIM = 1
    WITNESS = 2
    COMPLAINANT = 3
    ACCUSED = 4
    PARTY = 5


class ProceedingStage(Code):
    """How far a proceeding has come."""

    COMPLAINT = 1
    INVESTIGATION = 2
    PROSECUTION = 3
    TRIAL = 4
    APPEAL = 5
    CONCLUDED = 6
    DISCONTINUED = 7


class Cooperation(Code):
    """Whether the person wants to take part in a prosecution."""

    WILLING = 1
    WILLING_REMOTELY = 2
    UNDECIDED = 3
    DECLINED = 4
    TESTIMONY_GIVEN = 5


class LegalAid(Code):
    """Whether the person has legal help."""

    REPRESENTED = 1
    REQUESTED = 2
    OFFERED = 3
    DECLINED = 4
    NOT_AVAILABLE = 5
