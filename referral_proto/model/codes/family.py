"""Codes of family, tracing and the care of children.

Numbers and members are those of `codes.proto`, in its order; a number is never given another meaning. Lists only: no
rule about which code may stand where.
"""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = [
    "Accompaniment",
    "AgeAssessmentMethod",
    "BestInterestOutcome",
    "BestInterestStage",
    "CareArrangement",
    "ContactConsent",
    "DoNotTell",
    "GuardianKind",
    "HouseholdOutcome",
    "Schooling",
    "TracingOutcome",
    "Whereabouts",
]


class ContactConsent(Code):
    """Whether the family may be contacted."""

    ALLOWED = 1
    ALLOWED_NAMED_RELATIVES_ONLY = 2
    PERSON_WILL_CALL = 3
    NOT_YET = 4
    REFUSED = 5


class DoNotTell(Code):
    """What the family must not be told."""

    WHAT_HAPPENED = 1
    WHEREABOUTS = 2
    HEALTH = 3
    CHILDREN_BORN = 4
    PROCEEDINGS = 5
    RETURN_DATE = 6
    THAT_PERSON_WAS_FOUND = 7


class TracingOutcome(Code):
    """What became of a search for the family."""

    FOUND = 1
    FOUND_NOT_WILLING = 2
    MOVED_AWAY = 3
    NOT_FOUND = 4
    DECEASED = 5
    ONGOING = 6
    NOT_STARTED = 7


class HouseholdOutcome(Code):
    """What an assessment of the household found."""

    SUITABLE = 1
    SUITABLE_WITH_SUPPORT = 2
    NOT_SUITABLE = 3
    NOT_WILLING = 4
    MORE_TIME_NEEDED = 5


class Whereabouts(Code):
    """Where a relative is, in general terms."""

    HOME_COMMUNITY = 1
    HOME_COUNTRY = 2
    HOST_COUNTRY = 3
    THIRD_COUNTRY = 4
    WITH_TRAFFICKERS = 5
    IN_DETENTION = 6
    DECEASED = 7


class Accompaniment(Code):
    """With whom a child was found."""

    UNACCOMPANIED = 1
    SEPARATED = 2
    WITH_PARENT = 3
    WITH_RELATIVE = 4
    WITH_SUSPECT = 5


class AgeAssessmentMethod(Code):
    """How age was assessed. No medical method alone decides."""

    DOCUMENT_REVIEW = 1
    INTERVIEW = 2
    SOCIAL_ASSESSMENT = 3
    FAMILY_STATEMENT = 4
    MEDICAL_EXAMINATION = 5
    SCHOOL_RECORD = 6


class GuardianKind(Code):
    """What kind of guardian a child has."""

    PARENT = 1
    RELATIVE = 2
    STATE_AUTHORITY = 3
    APPOINTED_GUARDIAN = 4
    SHELTER_DIRECTOR = 5
    TEMPORARY_GUARDIAN = 6
    NONE_APPOINTED = 7


class BestInterestOutcome(Code):
    """What the best-interest procedure found."""

    FAMILY_REUNIFICATION = 1
    KINSHIP_CARE = 2
    RETURN_TO_ALTERNATIVE_CARE = 3
    STAY_IN_HOST_COUNTRY = 4
    THIRD_COUNTRY = 5
    TEMPORARY_CARE_CONTINUES = 6
    NOT_YET_DETERMINED = 7


class BestInterestStage(Code):
    """How far the best-interest procedure has come."""

    INITIAL_ASSESSMENT = 1
    FULL_ASSESSMENT = 2
    FORMAL_DETERMINATION = 3


class CareArrangement(Code):
    """Who cares for a child now."""

    PARENTS = 1
    KINSHIP_CARE = 2
    FOSTER_CARE = 3
    CHILD_SHELTER = 4
    MIXED_SHELTER = 5
    HOSPITAL = 6
    INDEPENDENT_LIVING = 7
    POLICE_OR_DETENTION = 8
    ON_THE_STREET = 9


class Schooling(Code):
    """A child's schooling."""

    ATTENDING = 1
    INTERRUPTED = 2
    NEVER_ATTENDED = 3
    NON_FORMAL = 4
    VOCATIONAL = 5
