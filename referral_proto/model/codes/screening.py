"""Codes of how a person was screened, and with which signs.

Numbers and members are those of `codes.proto`, in its order; a number is never given another meaning. Lists only: no
rule about which code may stand where.
"""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = [
    "ForcedLabourIndicator",
    "InterpreterKind",
    "InterpreterNeed",
    "ScreeningDispute",
    "ScreeningMethod",
    "ScreeningRoute",
    "ScreeningSetting",
]


class ForcedLabourIndicator(Code):
    """The eleven indicators of forced labour of the ILO (2012)."""

    ABUSE_OF_VULNERABILITY = 1
    DECEPTION = 2
    RESTRICTION_OF_MOVEMENT = 3
    ISOLATION = 4
    PHYSICAL_AND_SEXUAL_VIOLENCE = 5
    INTIMIDATION_AND_THREATS = 6
    RETENTION_OF_IDENTITY_DOCUMENTS = 7
    WITHHOLDING_OF_WAGES = 8
    DEBT_BONDAGE = 9
    ABUSIVE_WORKING_AND_LIVING_CONDITIONS = 10
    EXCESSIVE_OVERTIME = 11


class ScreeningMethod(Code):
    """How the person was screened."""

    FULL_INTERVIEW = 1
    SHORT_INTERVIEW = 2
    QUESTIONNAIRE = 3
    OBSERVATION = 4
    DOCUMENT_REVIEW = 5
    CHILD_FRIENDLY_INTERVIEW = 6
    REMOTE_INTERVIEW = 7
    MULTIDISCIPLINARY_MEETING = 8
    OTHER = 9


class ScreeningSetting(Code):
    """Where the person was screened."""

    PRIVATE_ROOM = 1
    SHELTER = 2
    POLICE_STATION = 3
    BORDER_CHECKPOINT = 4
    TRANSIT_CENTRE = 5
    DETENTION_CENTRE = 6
    HOSPITAL = 7
    WORKPLACE = 8
    COMMUNITY = 9
    EMBASSY = 10
    BY_PHONE_OR_VIDEO = 11
    GROUP_SETTING = 12
    SUSPECT_PRESENT = 13
    OTHER = 14


class ScreeningRoute(Code):
    """How the person came to be screened."""

    RESCUE_OPERATION = 1
    WORKPLACE_INSPECTION = 2
    BORDER_SCREENING = 3
    SELF_REPORT = 4
    HOTLINE = 5
    FAMILY_REPORT = 6
    COMMUNITY_REPORT = 7
    NGO_OUTREACH = 8
    HEALTH_SERVICE = 9
    CONSULAR_REPORT = 10
    ONLINE_INVESTIGATION = 11
    DEPORTATION_SCREENING = 12
    REFERRED_BY_AGENCY = 13
    MASS_RELEASE = 14
    OTHER = 15


class ScreeningDispute(Code):
    """Why a screening is disputed."""

    NEW_FACTS = 1
    INTERPRETER_UNRELIABLE = 2
    NOT_PRIVATE = 3
    SUSPECT_WAS_PRESENT = 4
    CHILD_TREATED_AS_ADULT = 5
    INDICATORS_IGNORED = 6
    PERSON_DISAGREES = 7
    NO_SCREENING_TOOK_PLACE = 8
    OTHER = 9


class InterpreterNeed(Code):
    """Whether an interpreter is needed."""

    NOT_NEEDED = 1
    NEEDED = 2
    NEEDED_SAME_SEX = 3
    SIGN_LANGUAGE = 4


class InterpreterKind(Code):
    """Who interpreted."""

    ACCREDITED = 1
    AGENCY_STAFF = 2
    VOLUNTEER = 3
    REMOTE_SERVICE = 4
    FELLOW_VICTIM = 5
    RELATIVE = 6
    NONE = 7
