"""Codes of risk, threat, safe contact and return.

Numbers and members are those of `codes.proto`, in its order; a number is never given another meaning. Lists only: no
rule about which code may stand where.
"""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = [
    "ContactMethod",
    "ContactOwner",
    "ContactRule",
    "ReturnDecision",
    "ReturnStopReason",
    "RiskFactor",
    "SecurityMeasure",
    "ShelterPreference",
    "ThreatReach",
    "ThreatSource",
]


class RiskFactor(Code):
    """What makes a risk, at the person, the household or the community."""

    TRAFFICKER_KNOWS_ADDRESS = 1
    TRAFFICKER_IN_FAMILY = 2
    TRAFFICKER_IN_COMMUNITY = 3
    UNPAID_DEBT = 4
    THREATS_RECEIVED = 5
    WITNESS_IN_PROCEEDINGS = 6
    VIOLENCE_IN_HOUSEHOLD = 7
    FAMILY_INVOLVED_IN_TRAFFICKING = 8
    FAMILY_CANNOT_SUPPORT = 9
    NO_INCOME = 10
    NO_HOUSING = 11
    STIGMA = 12
    DISCRIMINATION = 13
    NO_DOCUMENTS = 14
    STATELESSNESS = 15
    HEALTH_CONDITION = 16
    SUBSTANCE_USE = 17
    ACTIVE_RECRUITMENT_AREA = 18
    NO_LAW_ENFORCEMENT = 19
    OFFICIALS_COMPLICIT = 20
    ARMED_CONFLICT = 21
    NO_SERVICES = 22
    NO_SCHOOL = 23


class ThreatSource(Code):
    """Where a threat comes from."""

    RECRUITER = 1
    TRAFFICKER = 2
    COMPOUND_OPERATOR = 3
    EMPLOYER = 4
    CREDITOR = 5
    INTIMATE_PARTNER = 6
    FAMILY_MEMBER = 7
    COMMUNITY_MEMBER = 8
    ARMED_GROUP = 9
    ORGANISED_CRIME = 10
    OFFICIAL_COMPLICIT = 11
    OTHER_VICTIM = 12
    UNIDENTIFIED = 13


class ThreatReach(Code):
    """Where a threat can reach the person."""

    HOST_COUNTRY = 1
    TRANSIT = 2
    HOME_COUNTRY = 3
    HOME_COMMUNITY = 4
    ONLINE = 5


class ContactMethod(Code):
    """How someone can be reached."""

    PHONE_CALL = 1
    TEXT_MESSAGE = 2
    MESSAGING_APP = 3
    EMAIL = 4
    IN_PERSON = 5
    THROUGH_AGENCY = 6


class ContactOwner(Code):
    """Whose contact it is."""

    PERSON = 1
    RELATIVE = 2
    TRUSTED_PERSON = 3
    GUARDIAN = 4
    SHELTER = 5
    CASE_WORKER = 6


class ContactRule(Code):
    """What to mind when using a contact."""

    ONLY_AT_AGREED_TIMES = 1
    ONLY_THE_PERSON_MAY_ANSWER = 2
    SAY_NO_AGENCY_NAME = 3
    LEAVE_NO_MESSAGE = 4
    SPEAK_TO_WOMAN_ONLY = 5
    SHARED_DEVICE = 6
    MONITORED_DEVICE = 7
    EMERGENCY_ONLY = 8


class SecurityMeasure(Code):
    """What was arranged for safety."""

    CONFIDENTIAL_ADDRESS = 1
    SAFE_HOUSE = 2
    RELOCATION = 3
    POLICE_PROTECTION = 4
    WITNESS_PROTECTION = 5
    NEW_PHONE = 6
    NO_CONTACT_ORDER = 7
    ESCORT = 8
    EMERGENCY_NUMBER = 9
    CHANGE_OF_SCHOOL = 10
    OTHER = 11


class ShelterPreference(Code):
    """Where the person wants to stay."""

    GOVERNMENT_SHELTER = 1
    NGO_SHELTER = 2
    COMMUNITY_CARE = 3
    FAMILY_OR_FRIENDS = 4
    OWN_ACCOMMODATION = 5
    NO_SHELTER = 6


class ReturnDecision(Code):
    """Whether return may go on."""

    CLEARED = 1
    CLEARED_WITH_CONDITIONS = 2
    DEFERRED = 3
    STOPPED = 4


class ReturnStopReason(Code):
    """Why a return is stopped or deferred."""

    RISK_TOO_HIGH = 1
    PERSON_UNWILLING = 2
    NATIONALITY_NOT_VERIFIED = 3
    FAMILY_NOT_SUITABLE = 4
    NO_GUARDIAN = 5
    BEST_INTERESTS_NOT_DETERMINED = 6
    NOT_FIT_TO_TRAVEL = 7
    PROCEEDINGS_PENDING = 8
    NO_RECEIVING_SERVICE = 9
    VETO_ON_HOME_STATE = 10
    INTERNATIONAL_PROTECTION_CLAIM = 11
    OTHER = 12
