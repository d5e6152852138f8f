"""Codes of the control section and of the exchange itself: what a message is, why it is sent, what it may be used for.

Numbers and members are those of `codes.proto`, in its order; a number is never given another meaning. Lists only: no
rule about which code may stand where.
"""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = [
    "AbsenceReason",
    "AnswerReason",
    "CaseOutcome",
    "ClockKind",
    "DisclosureState",
    "LegalBasis",
    "MessageKind",
    "Purpose",
    "SectionType",
    "TransferSafeguard",
    "UseRestriction",
]


class MessageKind(Code):
    """What a message is: one step of a referral, or a side message that may come at any time."""

    NOTIFY = 1
    PRE_NOTIFICATION = 2
    OFFER = 3
    RECEIVED = 4
    ACKNOWLEDGED = 5
    ACCEPT = 6
    DECLINE = 7
    ASK = 8
    REDIRECT = 9
    REFERRAL = 10
    VERIFICATION_REQUEST = 11
    VERIFICATION_RESULT = 12
    TRACING_REQUEST = 13
    ASSESSMENT = 14
    RISK_ASSESSMENT = 15
    RETURN_CLEARED = 16
    RETURN_STOPPED = 17
    TRAVEL_PLAN = 18
    HANDOVER_PROPOSED = 19
    HANDOVER_CONFIRMED = 20
    REINTEGRATION_REPORT = 21
    RETRAFFICKING_ALERT = 22
    CLOSE = 23
    ERASE_REQUEST = 24
    ERASURE_RECEIPT = 25
    UPDATE = 26
    HOLD = 27
    REVOKE = 28
    REVOKE_CONFIRMED = 29
    CONSENT_WITHDRAWN = 30
    DISPUTE = 31
    RESCREENING_REQUESTED = 32
    ESCALATE = 33
    UNREADABLE = 34


class SectionType(Code):
    """The section types; the number is the section's arm in the Section message."""

    CONTROL = 1
    PREVIEW = 2
    SCREENING = 3
    CONSENT = 4
    IDENTITY = 5
    FAMILY = 6
    CHILD = 7
    PROTECTION = 8
    HEALTH = 9
    LEGAL = 10
    TRAVEL = 11
    HANDOVER = 12
    REINTEGRATION = 13
    NOTE = 14


class DisclosureState(Code):
    """What became of one section type for one recipient. Withheld is not the same as empty."""

    GIVEN = 1
    WITHHELD = 2
    NOT_ASKED = 3
    UNKNOWN = 4
    REFUSED_BY_PERSON = 5


class AbsenceReason(Code):
    """Why a field of a section has no value."""

    UNKNOWN = 1
    REFUSED = 2
    WITHHELD = 3
    NOT_ASKED = 4


class Purpose(Code):
    """Why the data is passed on. Protection and prosecution are purposes of their own."""

    NOTIFICATION = 1
    REFERRAL_OFFER = 2
    PROTECTION = 3
    SHELTER = 4
    HEALTH_CARE = 5
    PSYCHOSOCIAL_SUPPORT = 6
    LEGAL_AID = 7
    NATIONALITY_VERIFICATION = 8
    FAMILY_TRACING = 9
    RISK_ASSESSMENT = 10
    RETURN_TRAVEL = 11
    HANDOVER = 12
    REINTEGRATION = 13
    CHILD_PROTECTION = 14
    IDENTIFICATION = 15
    PROSECUTION = 16
    WITNESS = 17
    STATISTICS = 18
    OVERSIGHT = 19
    COORDINATION = 20


class LegalBasis(Code):
    """The legal basis of passing the data on; consent is one among several."""

    CONSENT = 1
    VITAL_INTEREST = 2
    BEST_INTERESTS_OF_CHILD = 3
    LEGAL_OBLIGATION = 4
    PUBLIC_TASK = 5
    SUBSTANTIAL_PUBLIC_INTEREST = 6
    LEGAL_CLAIMS = 7
    INTERNATIONAL_AGREEMENT = 8
    DUTY_TO_NOTIFY = 9


class TransferSafeguard(Code):
    """What protects the data in the other country."""

    ADEQUATE_PROTECTION = 1
    APPROPRIATE_SAFEGUARDS = 2
    BINDING_RULES = 3
    BILATERAL_AGREEMENT = 4
    CONSENT_AFTER_WARNING = 5
    VITAL_INTEREST = 6
    IMPORTANT_PUBLIC_INTEREST = 7
    PRIVILEGES_AND_IMMUNITIES = 8


class UseRestriction(Code):
    """What the recipient must not do with the data."""

    NOT_FOR_IMMIGRATION_ENFORCEMENT = 1
    NON_PUNISHMENT = 2
    NOT_FOR_PROSECUTION_OF_VICTIM = 3
    NO_ONWARD_TRANSFER = 4
    DO_NOT_TELL_FAMILY = 5
    DO_NOT_TELL_HOME_STATE = 6
    DO_NOT_TELL_EMPLOYER = 7
    NO_CONTACT_WITH_PERSON = 8
    NO_MEDIA = 9
    NO_RESEARCH = 10
    NOT_AS_EVIDENCE = 11
    CASE_TEAM_ONLY = 12


class ClockKind(Code):
    """What a deadline of the control section is for."""

    ACKNOWLEDGEMENT = 1
    DECISION = 2
    VERIFICATION_STATUS = 3
    VERIFICATION_RESULT = 4
    TRACING_RESULT = 5
    RISK_ASSESSMENT = 6
    HANDOVER_NOTICE = 7
    MONITORING = 8
    TEMPORARY_PROTECTION = 9
    SHELTER_BEFORE_INTERVIEW = 10
    REFLECTION_PERIOD = 11
    CHILD_NOTIFICATION = 12
    STAY_PERMIT = 13
    CONSENT_EXPIRY = 14
    ERASURE = 15
    HOLD_ENDS = 16


class AnswerReason(Code):
    """Why a message was answered, held, revoked or disputed as it was."""

    NO_CAPACITY = 1
    OUTSIDE_MANDATE = 2
    OUTSIDE_AREA = 3
    NOT_ELIGIBLE = 4
    PERSON_DECLINED = 5
    PERSON_NOT_REACHED = 6
    NO_CONSENT = 7
    CONSENT_TOO_NARROW = 8
    MORE_INFORMATION_NEEDED = 9
    ALREADY_KNOWN_HERE = 10
    DUPLICATE = 11
    BETTER_PLACED_AGENCY = 12
    CONFLICT_OF_INTEREST = 13
    SAFETY_CONCERN = 14
    CHILD_SAFEGUARD_MISSING = 15
    INTERPRETER_NOT_AVAILABLE = 16
    OVER_DISCLOSED = 17
    SENT_IN_ERROR = 18
    CIRCUMSTANCES_CHANGED = 19
    SCREENING_DISPUTED = 20
    DEADLINE_PASSED = 21
    LEGAL_HOLD = 22
    CANNOT_BE_OPENED = 23
    NOT_UNDERSTOOD = 24
    OTHER = 25


class CaseOutcome(Code):
    """How a case ended."""

    ASSISTANCE_COMPLETED = 1
    HANDED_OVER = 2
    RETURNED_AND_REINTEGRATED = 3
    INTEGRATED_IN_HOST_COUNTRY = 4
    RESETTLED = 5
    PERSON_WITHDREW = 6
    CONTACT_LOST = 7
    NOT_A_VICTIM = 8
    TRANSFERRED_ELSEWHERE = 9
    REVOKED = 10
    DIED = 11
    OPENED_IN_ERROR = 12
    OTHER = 13
