"""Codes of agencies and of those who act for them.

Numbers and members are those of `codes.proto`, in its order; a number is never given another meaning. Lists only: no
rule about which code may stand where.
"""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = [
    "OfficerRole",
    "OrganisationType",
]


class OrganisationType(Code):
    """What kind of organisation an agency is."""

    NGO = 1
    LAW_ENFORCEMENT = 2
    HEALTH_SERVICE_ORGANISATION = 3
    CENTRAL_GOVERNMENT_ORGANISATION = 4
    LOCAL_GOVERNMENT_ORGANISATION = 5
    IMMIGRATION_SERVICE = 6
    LEGAL_SERVICE = 7
    CORPORATE_BUSINESS = 8
    SCHOOL_OR_COLLEGE = 9
    EMBASSY_CONSULATE = 10
    INTERNATIONAL_ORGANISATION = 11
    SHELTER = 12
    CHILD_PROTECTION_AUTHORITY = 13
    PROSECUTOR = 14
    COURT = 15
    HOTLINE = 16
    ARMED_FORCES = 17


class OfficerRole(Code):
    """The role in which an officer acts; persons are never named by it."""

    CASE_WORKER = 1
    SOCIAL_WORKER = 2
    SUPERVISOR = 3
    POLICE_OFFICER = 4
    IMMIGRATION_OFFICER = 5
    PROSECUTOR = 6
    JUDGE = 7
    LAWYER = 8
    HEALTH_WORKER = 9
    PSYCHOLOGIST = 10
    CONSULAR_OFFICER = 11
    SHELTER_STAFF = 12
    CHILD_PROTECTION_OFFICER = 13
    GUARDIAN = 14
    INTERPRETER = 15
    ESCORT = 16
    MULTIDISCIPLINARY_TEAM_MEMBER = 17
    HOTLINE_OPERATOR = 18
    DATA_PROTECTION_OFFICER = 19
    OTHER = 20
