from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from typing import ClassVar as _ClassVar

DESCRIPTOR: _descriptor.FileDescriptor

class MessageKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MESSAGE_KIND_UNSPECIFIED: _ClassVar[MessageKind]
    MESSAGE_KIND_NOTIFY: _ClassVar[MessageKind]
    MESSAGE_KIND_PRE_NOTIFICATION: _ClassVar[MessageKind]
    MESSAGE_KIND_OFFER: _ClassVar[MessageKind]
    MESSAGE_KIND_RECEIVED: _ClassVar[MessageKind]
    MESSAGE_KIND_ACKNOWLEDGED: _ClassVar[MessageKind]
    MESSAGE_KIND_ACCEPT: _ClassVar[MessageKind]
    MESSAGE_KIND_DECLINE: _ClassVar[MessageKind]
    MESSAGE_KIND_ASK: _ClassVar[MessageKind]
    MESSAGE_KIND_REDIRECT: _ClassVar[MessageKind]
    MESSAGE_KIND_REFERRAL: _ClassVar[MessageKind]
    MESSAGE_KIND_VERIFICATION_REQUEST: _ClassVar[MessageKind]
    MESSAGE_KIND_VERIFICATION_RESULT: _ClassVar[MessageKind]
    MESSAGE_KIND_TRACING_REQUEST: _ClassVar[MessageKind]
    MESSAGE_KIND_ASSESSMENT: _ClassVar[MessageKind]
    MESSAGE_KIND_RISK_ASSESSMENT: _ClassVar[MessageKind]
    MESSAGE_KIND_RETURN_CLEARED: _ClassVar[MessageKind]
    MESSAGE_KIND_RETURN_STOPPED: _ClassVar[MessageKind]
    MESSAGE_KIND_TRAVEL_PLAN: _ClassVar[MessageKind]
    MESSAGE_KIND_HANDOVER_PROPOSED: _ClassVar[MessageKind]
    MESSAGE_KIND_HANDOVER_CONFIRMED: _ClassVar[MessageKind]
    MESSAGE_KIND_REINTEGRATION_REPORT: _ClassVar[MessageKind]
    MESSAGE_KIND_RETRAFFICKING_ALERT: _ClassVar[MessageKind]
    MESSAGE_KIND_CLOSE: _ClassVar[MessageKind]
    MESSAGE_KIND_ERASE_REQUEST: _ClassVar[MessageKind]
    MESSAGE_KIND_ERASURE_RECEIPT: _ClassVar[MessageKind]
    MESSAGE_KIND_UPDATE: _ClassVar[MessageKind]
    MESSAGE_KIND_HOLD: _ClassVar[MessageKind]
    MESSAGE_KIND_REVOKE: _ClassVar[MessageKind]
    MESSAGE_KIND_REVOKE_CONFIRMED: _ClassVar[MessageKind]
    MESSAGE_KIND_CONSENT_WITHDRAWN: _ClassVar[MessageKind]
    MESSAGE_KIND_DISPUTE: _ClassVar[MessageKind]
    MESSAGE_KIND_RESCREENING_REQUESTED: _ClassVar[MessageKind]
    MESSAGE_KIND_ESCALATE: _ClassVar[MessageKind]
    MESSAGE_KIND_UNREADABLE: _ClassVar[MessageKind]

class SectionType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SECTION_TYPE_UNSPECIFIED: _ClassVar[SectionType]
    SECTION_TYPE_CONTROL: _ClassVar[SectionType]
    SECTION_TYPE_PREVIEW: _ClassVar[SectionType]
    SECTION_TYPE_SCREENING: _ClassVar[SectionType]
    SECTION_TYPE_CONSENT: _ClassVar[SectionType]
    SECTION_TYPE_IDENTITY: _ClassVar[SectionType]
    SECTION_TYPE_FAMILY: _ClassVar[SectionType]
    SECTION_TYPE_CHILD: _ClassVar[SectionType]
    SECTION_TYPE_PROTECTION: _ClassVar[SectionType]
    SECTION_TYPE_HEALTH: _ClassVar[SectionType]
    SECTION_TYPE_LEGAL: _ClassVar[SectionType]
    SECTION_TYPE_TRAVEL: _ClassVar[SectionType]
    SECTION_TYPE_HANDOVER: _ClassVar[SectionType]
    SECTION_TYPE_REINTEGRATION: _ClassVar[SectionType]
    SECTION_TYPE_NOTE: _ClassVar[SectionType]

class DisclosureState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DISCLOSURE_STATE_UNSPECIFIED: _ClassVar[DisclosureState]
    DISCLOSURE_STATE_GIVEN: _ClassVar[DisclosureState]
    DISCLOSURE_STATE_WITHHELD: _ClassVar[DisclosureState]
    DISCLOSURE_STATE_NOT_ASKED: _ClassVar[DisclosureState]
    DISCLOSURE_STATE_UNKNOWN: _ClassVar[DisclosureState]
    DISCLOSURE_STATE_REFUSED_BY_PERSON: _ClassVar[DisclosureState]

class AbsenceReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ABSENCE_REASON_UNSPECIFIED: _ClassVar[AbsenceReason]
    ABSENCE_REASON_UNKNOWN: _ClassVar[AbsenceReason]
    ABSENCE_REASON_REFUSED: _ClassVar[AbsenceReason]
    ABSENCE_REASON_WITHHELD: _ClassVar[AbsenceReason]
    ABSENCE_REASON_NOT_ASKED: _ClassVar[AbsenceReason]

class Purpose(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PURPOSE_UNSPECIFIED: _ClassVar[Purpose]
    PURPOSE_NOTIFICATION: _ClassVar[Purpose]
    PURPOSE_REFERRAL_OFFER: _ClassVar[Purpose]
    PURPOSE_PROTECTION: _ClassVar[Purpose]
    PURPOSE_SHELTER: _ClassVar[Purpose]
    PURPOSE_HEALTH_CARE: _ClassVar[Purpose]
    PURPOSE_PSYCHOSOCIAL_SUPPORT: _ClassVar[Purpose]
    PURPOSE_LEGAL_AID: _ClassVar[Purpose]
    PURPOSE_NATIONALITY_VERIFICATION: _ClassVar[Purpose]
    PURPOSE_FAMILY_TRACING: _ClassVar[Purpose]
    PURPOSE_RISK_ASSESSMENT: _ClassVar[Purpose]
    PURPOSE_RETURN_TRAVEL: _ClassVar[Purpose]
    PURPOSE_HANDOVER: _ClassVar[Purpose]
    PURPOSE_REINTEGRATION: _ClassVar[Purpose]
    PURPOSE_CHILD_PROTECTION: _ClassVar[Purpose]
    PURPOSE_IDENTIFICATION: _ClassVar[Purpose]
    PURPOSE_PROSECUTION: _ClassVar[Purpose]
    PURPOSE_WITNESS: _ClassVar[Purpose]
    PURPOSE_STATISTICS: _ClassVar[Purpose]
    PURPOSE_OVERSIGHT: _ClassVar[Purpose]
    PURPOSE_COORDINATION: _ClassVar[Purpose]

class LegalBasis(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LEGAL_BASIS_UNSPECIFIED: _ClassVar[LegalBasis]
    LEGAL_BASIS_CONSENT: _ClassVar[LegalBasis]
    LEGAL_BASIS_VITAL_INTEREST: _ClassVar[LegalBasis]
    LEGAL_BASIS_BEST_INTERESTS_OF_CHILD: _ClassVar[LegalBasis]
    LEGAL_BASIS_LEGAL_OBLIGATION: _ClassVar[LegalBasis]
    LEGAL_BASIS_PUBLIC_TASK: _ClassVar[LegalBasis]
    LEGAL_BASIS_SUBSTANTIAL_PUBLIC_INTEREST: _ClassVar[LegalBasis]
    LEGAL_BASIS_LEGAL_CLAIMS: _ClassVar[LegalBasis]
    LEGAL_BASIS_INTERNATIONAL_AGREEMENT: _ClassVar[LegalBasis]
    LEGAL_BASIS_DUTY_TO_NOTIFY: _ClassVar[LegalBasis]

class TransferSafeguard(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRANSFER_SAFEGUARD_UNSPECIFIED: _ClassVar[TransferSafeguard]
    TRANSFER_SAFEGUARD_ADEQUATE_PROTECTION: _ClassVar[TransferSafeguard]
    TRANSFER_SAFEGUARD_APPROPRIATE_SAFEGUARDS: _ClassVar[TransferSafeguard]
    TRANSFER_SAFEGUARD_BINDING_RULES: _ClassVar[TransferSafeguard]
    TRANSFER_SAFEGUARD_BILATERAL_AGREEMENT: _ClassVar[TransferSafeguard]
    TRANSFER_SAFEGUARD_CONSENT_AFTER_WARNING: _ClassVar[TransferSafeguard]
    TRANSFER_SAFEGUARD_VITAL_INTEREST: _ClassVar[TransferSafeguard]
    TRANSFER_SAFEGUARD_IMPORTANT_PUBLIC_INTEREST: _ClassVar[TransferSafeguard]
    TRANSFER_SAFEGUARD_PRIVILEGES_AND_IMMUNITIES: _ClassVar[TransferSafeguard]

class UseRestriction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    USE_RESTRICTION_UNSPECIFIED: _ClassVar[UseRestriction]
    USE_RESTRICTION_NOT_FOR_IMMIGRATION_ENFORCEMENT: _ClassVar[UseRestriction]
    USE_RESTRICTION_NON_PUNISHMENT: _ClassVar[UseRestriction]
    USE_RESTRICTION_NOT_FOR_PROSECUTION_OF_VICTIM: _ClassVar[UseRestriction]
    USE_RESTRICTION_NO_ONWARD_TRANSFER: _ClassVar[UseRestriction]
    USE_RESTRICTION_DO_NOT_TELL_FAMILY: _ClassVar[UseRestriction]
    USE_RESTRICTION_DO_NOT_TELL_HOME_STATE: _ClassVar[UseRestriction]
    USE_RESTRICTION_DO_NOT_TELL_EMPLOYER: _ClassVar[UseRestriction]
    USE_RESTRICTION_NO_CONTACT_WITH_PERSON: _ClassVar[UseRestriction]
    USE_RESTRICTION_NO_MEDIA: _ClassVar[UseRestriction]
    USE_RESTRICTION_NO_RESEARCH: _ClassVar[UseRestriction]
    USE_RESTRICTION_NOT_AS_EVIDENCE: _ClassVar[UseRestriction]
    USE_RESTRICTION_CASE_TEAM_ONLY: _ClassVar[UseRestriction]

class ClockKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CLOCK_KIND_UNSPECIFIED: _ClassVar[ClockKind]
    CLOCK_KIND_ACKNOWLEDGEMENT: _ClassVar[ClockKind]
    CLOCK_KIND_DECISION: _ClassVar[ClockKind]
    CLOCK_KIND_VERIFICATION_STATUS: _ClassVar[ClockKind]
    CLOCK_KIND_VERIFICATION_RESULT: _ClassVar[ClockKind]
    CLOCK_KIND_TRACING_RESULT: _ClassVar[ClockKind]
    CLOCK_KIND_RISK_ASSESSMENT: _ClassVar[ClockKind]
    CLOCK_KIND_HANDOVER_NOTICE: _ClassVar[ClockKind]
    CLOCK_KIND_MONITORING: _ClassVar[ClockKind]
    CLOCK_KIND_TEMPORARY_PROTECTION: _ClassVar[ClockKind]
    CLOCK_KIND_SHELTER_BEFORE_INTERVIEW: _ClassVar[ClockKind]
    CLOCK_KIND_REFLECTION_PERIOD: _ClassVar[ClockKind]
    CLOCK_KIND_CHILD_NOTIFICATION: _ClassVar[ClockKind]
    CLOCK_KIND_STAY_PERMIT: _ClassVar[ClockKind]
    CLOCK_KIND_CONSENT_EXPIRY: _ClassVar[ClockKind]
    CLOCK_KIND_ERASURE: _ClassVar[ClockKind]
    CLOCK_KIND_HOLD_ENDS: _ClassVar[ClockKind]

class AnswerReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ANSWER_REASON_UNSPECIFIED: _ClassVar[AnswerReason]
    ANSWER_REASON_NO_CAPACITY: _ClassVar[AnswerReason]
    ANSWER_REASON_OUTSIDE_MANDATE: _ClassVar[AnswerReason]
    ANSWER_REASON_OUTSIDE_AREA: _ClassVar[AnswerReason]
    ANSWER_REASON_NOT_ELIGIBLE: _ClassVar[AnswerReason]
    ANSWER_REASON_PERSON_DECLINED: _ClassVar[AnswerReason]
    ANSWER_REASON_PERSON_NOT_REACHED: _ClassVar[AnswerReason]
    ANSWER_REASON_NO_CONSENT: _ClassVar[AnswerReason]
    ANSWER_REASON_CONSENT_TOO_NARROW: _ClassVar[AnswerReason]
    ANSWER_REASON_MORE_INFORMATION_NEEDED: _ClassVar[AnswerReason]
    ANSWER_REASON_ALREADY_KNOWN_HERE: _ClassVar[AnswerReason]
    ANSWER_REASON_DUPLICATE: _ClassVar[AnswerReason]
    ANSWER_REASON_BETTER_PLACED_AGENCY: _ClassVar[AnswerReason]
    ANSWER_REASON_CONFLICT_OF_INTEREST: _ClassVar[AnswerReason]
    ANSWER_REASON_SAFETY_CONCERN: _ClassVar[AnswerReason]
    ANSWER_REASON_CHILD_SAFEGUARD_MISSING: _ClassVar[AnswerReason]
    ANSWER_REASON_INTERPRETER_NOT_AVAILABLE: _ClassVar[AnswerReason]
    ANSWER_REASON_OVER_DISCLOSED: _ClassVar[AnswerReason]
    ANSWER_REASON_SENT_IN_ERROR: _ClassVar[AnswerReason]
    ANSWER_REASON_CIRCUMSTANCES_CHANGED: _ClassVar[AnswerReason]
    ANSWER_REASON_SCREENING_DISPUTED: _ClassVar[AnswerReason]
    ANSWER_REASON_DEADLINE_PASSED: _ClassVar[AnswerReason]
    ANSWER_REASON_LEGAL_HOLD: _ClassVar[AnswerReason]
    ANSWER_REASON_CANNOT_BE_OPENED: _ClassVar[AnswerReason]
    ANSWER_REASON_NOT_UNDERSTOOD: _ClassVar[AnswerReason]
    ANSWER_REASON_OTHER: _ClassVar[AnswerReason]

class CaseOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CASE_OUTCOME_UNSPECIFIED: _ClassVar[CaseOutcome]
    CASE_OUTCOME_ASSISTANCE_COMPLETED: _ClassVar[CaseOutcome]
    CASE_OUTCOME_HANDED_OVER: _ClassVar[CaseOutcome]
    CASE_OUTCOME_RETURNED_AND_REINTEGRATED: _ClassVar[CaseOutcome]
    CASE_OUTCOME_INTEGRATED_IN_HOST_COUNTRY: _ClassVar[CaseOutcome]
    CASE_OUTCOME_RESETTLED: _ClassVar[CaseOutcome]
    CASE_OUTCOME_PERSON_WITHDREW: _ClassVar[CaseOutcome]
    CASE_OUTCOME_CONTACT_LOST: _ClassVar[CaseOutcome]
    CASE_OUTCOME_NOT_A_VICTIM: _ClassVar[CaseOutcome]
    CASE_OUTCOME_TRANSFERRED_ELSEWHERE: _ClassVar[CaseOutcome]
    CASE_OUTCOME_REVOKED: _ClassVar[CaseOutcome]
    CASE_OUTCOME_DIED: _ClassVar[CaseOutcome]
    CASE_OUTCOME_OPENED_IN_ERROR: _ClassVar[CaseOutcome]
    CASE_OUTCOME_OTHER: _ClassVar[CaseOutcome]

class Urgency(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    URGENCY_UNSPECIFIED: _ClassVar[Urgency]
    URGENCY_IMMEDIATE_DANGER: _ClassVar[Urgency]
    URGENCY_URGENT: _ClassVar[Urgency]
    URGENCY_NORMAL: _ClassVar[Urgency]
    URGENCY_PLANNED: _ClassVar[Urgency]

class RiskLevel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RISK_LEVEL_UNSPECIFIED: _ClassVar[RiskLevel]
    RISK_LEVEL_HIGH: _ClassVar[RiskLevel]
    RISK_LEVEL_MEDIUM: _ClassVar[RiskLevel]
    RISK_LEVEL_LOW: _ClassVar[RiskLevel]
    RISK_LEVEL_NONE: _ClassVar[RiskLevel]

class ReferralReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REFERRAL_REASON_UNSPECIFIED: _ClassVar[ReferralReason]
    REFERRAL_REASON_ADDITIONAL_SERVICES_REQUIRED: _ClassVar[ReferralReason]
    REFERRAL_REASON_MIGRATION_OR_CHANGE_OF_LOCATION: _ClassVar[ReferralReason]
    REFERRAL_REASON_OTHER: _ClassVar[ReferralReason]
    REFERRAL_REASON_IDENTIFICATION: _ClassVar[ReferralReason]
    REFERRAL_REASON_SHELTER: _ClassVar[ReferralReason]
    REFERRAL_REASON_HEALTH: _ClassVar[ReferralReason]
    REFERRAL_REASON_PSYCHOSOCIAL: _ClassVar[ReferralReason]
    REFERRAL_REASON_LEGAL: _ClassVar[ReferralReason]
    REFERRAL_REASON_NATIONALITY_VERIFICATION: _ClassVar[ReferralReason]
    REFERRAL_REASON_FAMILY_TRACING: _ClassVar[ReferralReason]
    REFERRAL_REASON_RETURN: _ClassVar[ReferralReason]
    REFERRAL_REASON_REINTEGRATION: _ClassVar[ReferralReason]
    REFERRAL_REASON_WITNESS: _ClassVar[ReferralReason]
    REFERRAL_REASON_CHILD_PROTECTION: _ClassVar[ReferralReason]
    REFERRAL_REASON_THIRD_COUNTRY_SOLUTION: _ClassVar[ReferralReason]

class CaseStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CASE_STATUS_UNSPECIFIED: _ClassVar[CaseStatus]
    CASE_STATUS_ACTIVE: _ClassVar[CaseStatus]
    CASE_STATUS_FOLLOW_UP: _ClassVar[CaseStatus]
    CASE_STATUS_CLOSED: _ClassVar[CaseStatus]
    CASE_STATUS_CLOSED_REFERRED: _ClassVar[CaseStatus]

class Service(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SERVICE_UNSPECIFIED: _ClassVar[Service]
    SERVICE_IDENTIFICATION_INTERVIEW: _ClassVar[Service]
    SERVICE_SHELTER: _ClassVar[Service]
    SERVICE_CHILD_CARE_PLACEMENT: _ClassVar[Service]
    SERVICE_COMMUNITY_CARE: _ClassVar[Service]
    SERVICE_HEALTH_CARE: _ClassVar[Service]
    SERVICE_MENTAL_HEALTH_CARE: _ClassVar[Service]
    SERVICE_PSYCHOSOCIAL_SUPPORT: _ClassVar[Service]
    SERVICE_LEGAL_AID: _ClassVar[Service]
    SERVICE_INTERPRETING: _ClassVar[Service]
    SERVICE_NATIONALITY_VERIFICATION: _ClassVar[Service]
    SERVICE_TRAVEL_DOCUMENT: _ClassVar[Service]
    SERVICE_FAMILY_TRACING: _ClassVar[Service]
    SERVICE_HOUSEHOLD_ASSESSMENT: _ClassVar[Service]
    SERVICE_RISK_ASSESSMENT: _ClassVar[Service]
    SERVICE_RETURN_TRAVEL: _ClassVar[Service]
    SERVICE_RECEPTION_AT_BORDER: _ClassVar[Service]
    SERVICE_REINTEGRATION_SUPPORT: _ClassVar[Service]
    SERVICE_EDUCATION: _ClassVar[Service]
    SERVICE_LIVELIHOOD: _ClassVar[Service]
    SERVICE_FINANCIAL_ASSISTANCE: _ClassVar[Service]
    SERVICE_WITNESS_PROTECTION: _ClassVar[Service]
    SERVICE_CHILD_PROTECTION: _ClassVar[Service]
    SERVICE_THIRD_COUNTRY_SOLUTION: _ClassVar[Service]
    SERVICE_OTHER: _ClassVar[Service]

class Need(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NEED_UNSPECIFIED: _ClassVar[Need]
    NEED_SAFETY: _ClassVar[Need]
    NEED_SHELTER: _ClassVar[Need]
    NEED_FOOD_AND_CLOTHING: _ClassVar[Need]
    NEED_URGENT_MEDICAL_CARE: _ClassVar[Need]
    NEED_MEDICAL_CARE: _ClassVar[Need]
    NEED_MENTAL_HEALTH_CARE: _ClassVar[Need]
    NEED_PREGNANCY_CARE: _ClassVar[Need]
    NEED_INFANT_CARE: _ClassVar[Need]
    NEED_DISABILITY_SUPPORT: _ClassVar[Need]
    NEED_INTERPRETER: _ClassVar[Need]
    NEED_LEGAL_ADVICE: _ClassVar[Need]
    NEED_DOCUMENTS: _ClassVar[Need]
    NEED_FAMILY_CONTACT: _ClassVar[Need]
    NEED_CHILD_PROTECTION: _ClassVar[Need]
    NEED_GUARDIAN: _ClassVar[Need]
    NEED_SEPARATE_ACCOMMODATION: _ClassVar[Need]
    NEED_RETURN: _ClassVar[Need]
    NEED_TEMPORARY_STAY: _ClassVar[Need]
    NEED_COMPENSATION: _ClassVar[Need]
    NEED_OTHER: _ClassVar[Need]

class RiskFlag(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RISK_FLAG_UNSPECIFIED: _ClassVar[RiskFlag]
    RISK_FLAG_TRAFFICKERS_STILL_LOOKING: _ClassVar[RiskFlag]
    RISK_FLAG_DEBT_CLAIMED: _ClassVar[RiskFlag]
    RISK_FLAG_THREATS_TO_FAMILY: _ClassVar[RiskFlag]
    RISK_FLAG_OFFICIALS_COMPLICIT: _ClassVar[RiskFlag]
    RISK_FLAG_SELF_HARM: _ClassVar[RiskFlag]
    RISK_FLAG_VIOLENCE_IN_FAMILY: _ClassVar[RiskFlag]
    RISK_FLAG_MEDICAL_EMERGENCY: _ClassVar[RiskFlag]
    RISK_FLAG_PREGNANT: _ClassVar[RiskFlag]
    RISK_FLAG_UNACCOMPANIED_CHILD: _ClassVar[RiskFlag]
    RISK_FLAG_DETAINED: _ClassVar[RiskFlag]
    RISK_FLAG_REMOVAL_IMMINENT: _ClassVar[RiskFlag]
    RISK_FLAG_OTHERS_STILL_HELD: _ClassVar[RiskFlag]
    RISK_FLAG_FREQUENT_RELOCATION: _ClassVar[RiskFlag]
    RISK_FLAG_STATE_VETO_BY_PERSON: _ClassVar[RiskFlag]
    RISK_FLAG_COMMUNICABLE_DISEASE_POSSIBLE: _ClassVar[RiskFlag]

class NoteKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NOTE_KIND_UNSPECIFIED: _ClassVar[NoteKind]
    NOTE_KIND_CASE_SUMMARY: _ClassVar[NoteKind]
    NOTE_KIND_ANSWER: _ClassVar[NoteKind]
    NOTE_KIND_INSTRUCTION: _ClassVar[NoteKind]
    NOTE_KIND_HANDOVER: _ClassVar[NoteKind]
    NOTE_KIND_MONITORING: _ClassVar[NoteKind]
    NOTE_KIND_CORRECTION: _ClassVar[NoteKind]
    NOTE_KIND_TRANSLATION: _ClassVar[NoteKind]
    NOTE_KIND_OTHER: _ClassVar[NoteKind]

class OrganisationType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ORGANISATION_TYPE_UNSPECIFIED: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_NGO: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_LAW_ENFORCEMENT: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_HEALTH_SERVICE_ORGANISATION: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_CENTRAL_GOVERNMENT_ORGANISATION: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_LOCAL_GOVERNMENT_ORGANISATION: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_IMMIGRATION_SERVICE: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_LEGAL_SERVICE: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_CORPORATE_BUSINESS: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_SCHOOL_OR_COLLEGE: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_EMBASSY_CONSULATE: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_INTERNATIONAL_ORGANISATION: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_SHELTER: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_CHILD_PROTECTION_AUTHORITY: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_PROSECUTOR: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_COURT: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_HOTLINE: _ClassVar[OrganisationType]
    ORGANISATION_TYPE_ARMED_FORCES: _ClassVar[OrganisationType]

class OfficerRole(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OFFICER_ROLE_UNSPECIFIED: _ClassVar[OfficerRole]
    OFFICER_ROLE_CASE_WORKER: _ClassVar[OfficerRole]
    OFFICER_ROLE_SOCIAL_WORKER: _ClassVar[OfficerRole]
    OFFICER_ROLE_SUPERVISOR: _ClassVar[OfficerRole]
    OFFICER_ROLE_POLICE_OFFICER: _ClassVar[OfficerRole]
    OFFICER_ROLE_IMMIGRATION_OFFICER: _ClassVar[OfficerRole]
    OFFICER_ROLE_PROSECUTOR: _ClassVar[OfficerRole]
    OFFICER_ROLE_JUDGE: _ClassVar[OfficerRole]
    OFFICER_ROLE_LAWYER: _ClassVar[OfficerRole]
    OFFICER_ROLE_HEALTH_WORKER: _ClassVar[OfficerRole]
    OFFICER_ROLE_PSYCHOLOGIST: _ClassVar[OfficerRole]
    OFFICER_ROLE_CONSULAR_OFFICER: _ClassVar[OfficerRole]
    OFFICER_ROLE_SHELTER_STAFF: _ClassVar[OfficerRole]
    OFFICER_ROLE_CHILD_PROTECTION_OFFICER: _ClassVar[OfficerRole]
    OFFICER_ROLE_GUARDIAN: _ClassVar[OfficerRole]
    OFFICER_ROLE_INTERPRETER: _ClassVar[OfficerRole]
    OFFICER_ROLE_ESCORT: _ClassVar[OfficerRole]
    OFFICER_ROLE_MULTIDISCIPLINARY_TEAM_MEMBER: _ClassVar[OfficerRole]
    OFFICER_ROLE_HOTLINE_OPERATOR: _ClassVar[OfficerRole]
    OFFICER_ROLE_DATA_PROTECTION_OFFICER: _ClassVar[OfficerRole]
    OFFICER_ROLE_OTHER: _ClassVar[OfficerRole]

class Gender(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GENDER_UNSPECIFIED: _ClassVar[Gender]
    GENDER_FEMININE: _ClassVar[Gender]
    GENDER_MASCULINE: _ClassVar[Gender]
    GENDER_TRANSGENDER_FEMININE: _ClassVar[Gender]
    GENDER_TRANSGENDER_MASCULINE: _ClassVar[Gender]
    GENDER_NON_CONFORMING: _ClassVar[Gender]
    GENDER_NON_SPECIFIED_UNKNOWN: _ClassVar[Gender]

class Sex(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SEX_UNSPECIFIED: _ClassVar[Sex]
    SEX_FEMALE: _ClassVar[Sex]
    SEX_MALE: _ClassVar[Sex]
    SEX_INTERSEX: _ClassVar[Sex]

class AgeBand(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AGE_BAND_UNSPECIFIED: _ClassVar[AgeBand]
    AGE_BAND_UNDER_5: _ClassVar[AgeBand]
    AGE_BAND_FROM_5_TO_11: _ClassVar[AgeBand]
    AGE_BAND_FROM_12_TO_14: _ClassVar[AgeBand]
    AGE_BAND_FROM_15_TO_17: _ClassVar[AgeBand]
    AGE_BAND_FROM_18_TO_24: _ClassVar[AgeBand]
    AGE_BAND_FROM_25_TO_34: _ClassVar[AgeBand]
    AGE_BAND_FROM_35_TO_44: _ClassVar[AgeBand]
    AGE_BAND_FROM_45_TO_59: _ClassVar[AgeBand]
    AGE_BAND_FROM_60: _ClassVar[AgeBand]

class AgeBasis(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AGE_BASIS_UNSPECIFIED: _ClassVar[AgeBasis]
    AGE_BASIS_DOCUMENTED: _ClassVar[AgeBasis]
    AGE_BASIS_STATED: _ClassVar[AgeBasis]
    AGE_BASIS_ESTIMATED: _ClassVar[AgeBasis]
    AGE_BASIS_DISPUTED: _ClassVar[AgeBasis]

class ChildFlag(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHILD_FLAG_UNSPECIFIED: _ClassVar[ChildFlag]
    CHILD_FLAG_CHILD: _ClassVar[ChildFlag]
    CHILD_FLAG_PRESUMED_CHILD: _ClassVar[ChildFlag]
    CHILD_FLAG_ADULT: _ClassVar[ChildFlag]

class MaritalStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MARITAL_STATUS_UNSPECIFIED: _ClassVar[MaritalStatus]
    MARITAL_STATUS_SINGLE: _ClassVar[MaritalStatus]
    MARITAL_STATUS_MARRIED: _ClassVar[MaritalStatus]
    MARITAL_STATUS_WIDOWED: _ClassVar[MaritalStatus]
    MARITAL_STATUS_DIVORCED: _ClassVar[MaritalStatus]
    MARITAL_STATUS_SEPARATED: _ClassVar[MaritalStatus]
    MARITAL_STATUS_REGISTERED_PARTNERSHIP: _ClassVar[MaritalStatus]

class EducationLevel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EDUCATION_LEVEL_UNSPECIFIED: _ClassVar[EducationLevel]
    EDUCATION_LEVEL_EARLY_CHILDHOOD_EDUCATION: _ClassVar[EducationLevel]
    EDUCATION_LEVEL_PRIMARY_EDUCATION: _ClassVar[EducationLevel]
    EDUCATION_LEVEL_LOWER_SECONDARY_EDUCATION: _ClassVar[EducationLevel]
    EDUCATION_LEVEL_UPPER_SECONDARY_EDUCATION: _ClassVar[EducationLevel]
    EDUCATION_LEVEL_POST_SECONDARY_NON_TERTIARY_EDUCATION: _ClassVar[EducationLevel]
    EDUCATION_LEVEL_SHORT_CYCLE_TERTIARY_EDUCATION: _ClassVar[EducationLevel]
    EDUCATION_LEVEL_BACHELORS_OR_EQUIVALENT_LEVEL: _ClassVar[EducationLevel]
    EDUCATION_LEVEL_MASTERS_OR_EQUIVALENT_LEVEL: _ClassVar[EducationLevel]
    EDUCATION_LEVEL_DOCTORAL_OR_EQUIVALENT_LEVEL: _ClassVar[EducationLevel]

class CitizenshipStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CITIZENSHIP_STATUS_UNSPECIFIED: _ClassVar[CitizenshipStatus]
    CITIZENSHIP_STATUS_CLAIMED: _ClassVar[CitizenshipStatus]
    CITIZENSHIP_STATUS_CONFIRMED: _ClassVar[CitizenshipStatus]
    CITIZENSHIP_STATUS_STATELESS: _ClassVar[CitizenshipStatus]
    CITIZENSHIP_STATUS_AT_RISK_OF_STATELESSNESS: _ClassVar[CitizenshipStatus]
    CITIZENSHIP_STATUS_UNDETERMINED: _ClassVar[CitizenshipStatus]

class MigrantType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MIGRANT_TYPE_UNSPECIFIED: _ClassVar[MigrantType]
    MIGRANT_TYPE_FAMILY: _ClassVar[MigrantType]
    MIGRANT_TYPE_VISITOR_TOURIST: _ClassVar[MigrantType]
    MIGRANT_TYPE_LABOUR: _ClassVar[MigrantType]
    MIGRANT_TYPE_STUDENT: _ClassVar[MigrantType]
    MIGRANT_TYPE_IRREGULAR: _ClassVar[MigrantType]

class InternationalProtection(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INTERNATIONAL_PROTECTION_UNSPECIFIED: _ClassVar[InternationalProtection]
    INTERNATIONAL_PROTECTION_ASYLUM_SEEKER: _ClassVar[InternationalProtection]
    INTERNATIONAL_PROTECTION_REFUGEE: _ClassVar[InternationalProtection]
    INTERNATIONAL_PROTECTION_RECIPIENT_OF_COMPLEMENTARY_PROTECTION: _ClassVar[InternationalProtection]
    INTERNATIONAL_PROTECTION_STATELESS_PERSON: _ClassVar[InternationalProtection]

class MigrationCircumstance(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MIGRATION_CIRCUMSTANCE_UNSPECIFIED: _ClassVar[MigrationCircumstance]
    MIGRATION_CIRCUMSTANCE_ENVIRONMENTAL_MIGRANT: _ClassVar[MigrationCircumstance]
    MIGRATION_CIRCUMSTANCE_VULNERABLE_MIGRANT: _ClassVar[MigrationCircumstance]
    MIGRATION_CIRCUMSTANCE_STRANDED_MIGRANT: _ClassVar[MigrationCircumstance]
    MIGRATION_CIRCUMSTANCE_FORCED_MIGRANT: _ClassVar[MigrationCircumstance]
    MIGRATION_CIRCUMSTANCE_DEPORTEE: _ClassVar[MigrationCircumstance]
    MIGRATION_CIRCUMSTANCE_EX_COMBATANT: _ClassVar[MigrationCircumstance]
    MIGRATION_CIRCUMSTANCE_INTERNALLY_DISPLACED_PERSON: _ClassVar[MigrationCircumstance]
    MIGRATION_CIRCUMSTANCE_SEPARATED_OR_UNACCOMPANIED_CHILD: _ClassVar[MigrationCircumstance]
    MIGRATION_CIRCUMSTANCE_RETURNEE: _ClassVar[MigrationCircumstance]

class NameKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NAME_KIND_UNSPECIFIED: _ClassVar[NameKind]
    NAME_KIND_LEGAL: _ClassVar[NameKind]
    NAME_KIND_BIRTH: _ClassVar[NameKind]
    NAME_KIND_USUAL: _ClassVar[NameKind]
    NAME_KIND_MARRIED: _ClassVar[NameKind]
    NAME_KIND_RELIGIOUS: _ClassVar[NameKind]
    NAME_KIND_NICKNAME: _ClassVar[NameKind]
    NAME_KIND_ALIAS: _ClassVar[NameKind]
    NAME_KIND_IN_FALSE_DOCUMENT: _ClassVar[NameKind]

class NameRole(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NAME_ROLE_UNSPECIFIED: _ClassVar[NameRole]
    NAME_ROLE_WHOLE: _ClassVar[NameRole]
    NAME_ROLE_FAMILY: _ClassVar[NameRole]
    NAME_ROLE_GIVEN: _ClassVar[NameRole]
    NAME_ROLE_MIDDLE: _ClassVar[NameRole]
    NAME_ROLE_FATHERS_NAME: _ClassVar[NameRole]
    NAME_ROLE_MOTHERS_NAME: _ClassVar[NameRole]
    NAME_ROLE_GRANDFATHERS_NAME: _ClassVar[NameRole]
    NAME_ROLE_CLAN: _ClassVar[NameRole]
    NAME_ROLE_TITLE: _ClassVar[NameRole]
    NAME_ROLE_NICKNAME: _ClassVar[NameRole]
    NAME_ROLE_SUFFIX: _ClassVar[NameRole]

class IdentityAssurance(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    IDENTITY_ASSURANCE_UNSPECIFIED: _ClassVar[IdentityAssurance]
    IDENTITY_ASSURANCE_STATED: _ClassVar[IdentityAssurance]
    IDENTITY_ASSURANCE_RELATIVE_CONFIRMED: _ClassVar[IdentityAssurance]
    IDENTITY_ASSURANCE_DOCUMENT_SEEN: _ClassVar[IdentityAssurance]
    IDENTITY_ASSURANCE_STATE_VERIFIED: _ClassVar[IdentityAssurance]
    IDENTITY_ASSURANCE_DISPUTED: _ClassVar[IdentityAssurance]

class VerificationOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    VERIFICATION_OUTCOME_UNSPECIFIED: _ClassVar[VerificationOutcome]
    VERIFICATION_OUTCOME_VERIFIED: _ClassVar[VerificationOutcome]
    VERIFICATION_OUTCOME_NOT_VERIFIED: _ClassVar[VerificationOutcome]
    VERIFICATION_OUTCOME_INCONCLUSIVE: _ClassVar[VerificationOutcome]

class VerificationBasis(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    VERIFICATION_BASIS_UNSPECIFIED: _ClassVar[VerificationBasis]
    VERIFICATION_BASIS_CIVIL_REGISTER: _ClassVar[VerificationBasis]
    VERIFICATION_BASIS_HOUSEHOLD_REGISTER: _ClassVar[VerificationBasis]
    VERIFICATION_BASIS_PASSPORT_DATABASE: _ClassVar[VerificationBasis]
    VERIFICATION_BASIS_IDENTITY_CARD_DATABASE: _ClassVar[VerificationBasis]
    VERIFICATION_BASIS_BIRTH_CERTIFICATE: _ClassVar[VerificationBasis]
    VERIFICATION_BASIS_FAMILY_INTERVIEW: _ClassVar[VerificationBasis]
    VERIFICATION_BASIS_VILLAGE_AUTHORITY: _ClassVar[VerificationBasis]
    VERIFICATION_BASIS_CONSULAR_INTERVIEW: _ClassVar[VerificationBasis]
    VERIFICATION_BASIS_SCHOOL_RECORD: _ClassVar[VerificationBasis]
    VERIFICATION_BASIS_BIOMETRIC_MATCH: _ClassVar[VerificationBasis]
    VERIFICATION_BASIS_LANGUAGE_AND_LOCAL_KNOWLEDGE: _ClassVar[VerificationBasis]
    VERIFICATION_BASIS_NO_RECORD_FOUND: _ClassVar[VerificationBasis]

class DocumentType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DOCUMENT_TYPE_UNSPECIFIED: _ClassVar[DocumentType]
    DOCUMENT_TYPE_PASSPORT: _ClassVar[DocumentType]
    DOCUMENT_TYPE_TEMPORARY_PASSPORT: _ClassVar[DocumentType]
    DOCUMENT_TYPE_EMERGENCY_TRAVEL_DOCUMENT: _ClassVar[DocumentType]
    DOCUMENT_TYPE_LAISSEZ_PASSER: _ClassVar[DocumentType]
    DOCUMENT_TYPE_CERTIFICATE_OF_IDENTITY: _ClassVar[DocumentType]
    DOCUMENT_TYPE_BORDER_PASS: _ClassVar[DocumentType]
    DOCUMENT_TYPE_SEAMANS_BOOK: _ClassVar[DocumentType]
    DOCUMENT_TYPE_NATIONAL_IDENTITY_CARD: _ClassVar[DocumentType]
    DOCUMENT_TYPE_NON_CITIZEN_CARD: _ClassVar[DocumentType]
    DOCUMENT_TYPE_BIRTH_CERTIFICATE: _ClassVar[DocumentType]
    DOCUMENT_TYPE_HOUSEHOLD_REGISTRATION: _ClassVar[DocumentType]
    DOCUMENT_TYPE_FAMILY_BOOK: _ClassVar[DocumentType]
    DOCUMENT_TYPE_WORK_PERMIT: _ClassVar[DocumentType]
    DOCUMENT_TYPE_RESIDENCE_PERMIT: _ClassVar[DocumentType]
    DOCUMENT_TYPE_REFUGEE_DOCUMENT: _ClassVar[DocumentType]
    DOCUMENT_TYPE_MARRIAGE_CERTIFICATE: _ClassVar[DocumentType]
    DOCUMENT_TYPE_SCHOOL_RECORD: _ClassVar[DocumentType]
    DOCUMENT_TYPE_DRIVING_LICENCE: _ClassVar[DocumentType]
    DOCUMENT_TYPE_OTHER: _ClassVar[DocumentType]

class DocumentEvidence(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DOCUMENT_EVIDENCE_UNSPECIFIED: _ClassVar[DocumentEvidence]
    DOCUMENT_EVIDENCE_ORIGINAL_SEEN: _ClassVar[DocumentEvidence]
    DOCUMENT_EVIDENCE_COPY_SEEN: _ClassVar[DocumentEvidence]
    DOCUMENT_EVIDENCE_STATED: _ClassVar[DocumentEvidence]
    DOCUMENT_EVIDENCE_FALSE_DOCUMENT: _ClassVar[DocumentEvidence]

class DocumentHolder(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DOCUMENT_HOLDER_UNSPECIFIED: _ClassVar[DocumentHolder]
    DOCUMENT_HOLDER_PERSON: _ClassVar[DocumentHolder]
    DOCUMENT_HOLDER_FAMILY: _ClassVar[DocumentHolder]
    DOCUMENT_HOLDER_AGENCY: _ClassVar[DocumentHolder]
    DOCUMENT_HOLDER_AUTHORITY: _ClassVar[DocumentHolder]
    DOCUMENT_HOLDER_TRAFFICKER: _ClassVar[DocumentHolder]
    DOCUMENT_HOLDER_EMPLOYER: _ClassVar[DocumentHolder]
    DOCUMENT_HOLDER_LOST: _ClassVar[DocumentHolder]
    DOCUMENT_HOLDER_DESTROYED: _ClassVar[DocumentHolder]

class AttachmentKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ATTACHMENT_KIND_UNSPECIFIED: _ClassVar[AttachmentKind]
    ATTACHMENT_KIND_PHOTO: _ClassVar[AttachmentKind]
    ATTACHMENT_KIND_DOCUMENT_SCAN: _ClassVar[AttachmentKind]
    ATTACHMENT_KIND_CONSENT_FORM: _ClassVar[AttachmentKind]
    ATTACHMENT_KIND_MEDICAL_REPORT: _ClassVar[AttachmentKind]
    ATTACHMENT_KIND_ASSESSMENT_REPORT: _ClassVar[AttachmentKind]
    ATTACHMENT_KIND_COURT_ORDER: _ClassVar[AttachmentKind]
    ATTACHMENT_KIND_TRAVEL_DOCUMENT_SCAN: _ClassVar[AttachmentKind]
    ATTACHMENT_KIND_OTHER: _ClassVar[AttachmentKind]

class Gazetteer(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GAZETTEER_UNSPECIFIED: _ClassVar[Gazetteer]
    GAZETTEER_UN_LOCODE: _ClassVar[Gazetteer]
    GAZETTEER_KH_NCDD: _ClassVar[Gazetteer]
    GAZETTEER_TH_DOPA: _ClassVar[Gazetteer]
    GAZETTEER_LA_NSC: _ClassVar[Gazetteer]
    GAZETTEER_MM_MIMU: _ClassVar[Gazetteer]
    GAZETTEER_VN_GSO: _ClassVar[Gazetteer]
    GAZETTEER_OCHA_PCODE: _ClassVar[Gazetteer]

class Kinship(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    KINSHIP_UNSPECIFIED: _ClassVar[Kinship]
    KINSHIP_MOTHER: _ClassVar[Kinship]
    KINSHIP_FATHER: _ClassVar[Kinship]
    KINSHIP_STEP_PARENT: _ClassVar[Kinship]
    KINSHIP_ADOPTIVE_PARENT: _ClassVar[Kinship]
    KINSHIP_GRANDPARENT: _ClassVar[Kinship]
    KINSHIP_SIBLING: _ClassVar[Kinship]
    KINSHIP_SPOUSE_OR_PARTNER: _ClassVar[Kinship]
    KINSHIP_CHILD: _ClassVar[Kinship]
    KINSHIP_AUNT_OR_UNCLE: _ClassVar[Kinship]
    KINSHIP_COUSIN: _ClassVar[Kinship]
    KINSHIP_FOSTER_PARENT: _ClassVar[Kinship]
    KINSHIP_OTHER_RELATIVE: _ClassVar[Kinship]
    KINSHIP_NOT_RELATED: _ClassVar[Kinship]

class TraffickingStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRAFFICKING_STATUS_UNSPECIFIED: _ClassVar[TraffickingStatus]
    TRAFFICKING_STATUS_POSSIBLE_VICTIM_OF_TRAFFICKING: _ClassVar[TraffickingStatus]
    TRAFFICKING_STATUS_ACTUAL_VICTIM_OF_TRAFFICKING: _ClassVar[TraffickingStatus]
    TRAFFICKING_STATUS_NOT_A_VICTIM_OF_TRAFFICKING: _ClassVar[TraffickingStatus]
    TRAFFICKING_STATUS_REBUTTED: _ClassVar[TraffickingStatus]
    TRAFFICKING_STATUS_UNDER_REVIEW: _ClassVar[TraffickingStatus]

class DecisionMaker(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DECISION_MAKER_UNSPECIFIED: _ClassVar[DecisionMaker]
    DECISION_MAKER_POLICE: _ClassVar[DecisionMaker]
    DECISION_MAKER_NGO: _ClassVar[DecisionMaker]
    DECISION_MAKER_COURT_OR_PROSECUTION: _ClassVar[DecisionMaker]
    DECISION_MAKER_NON_POLICE_GOVERNMENTAL_ORGANIZATION: _ClassVar[DecisionMaker]
    DECISION_MAKER_OTHER: _ClassVar[DecisionMaker]
    DECISION_MAKER_MULTIDISCIPLINARY_TEAM: _ClassVar[DecisionMaker]

class TraffickerRelationship(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRAFFICKER_RELATIONSHIP_UNSPECIFIED: _ClassVar[TraffickerRelationship]
    TRAFFICKER_RELATIONSHIP_FAMILIAL: _ClassVar[TraffickerRelationship]
    TRAFFICKER_RELATIONSHIP_ACQUAINTED: _ClassVar[TraffickerRelationship]
    TRAFFICKER_RELATIONSHIP_UNACQUAINTED: _ClassVar[TraffickerRelationship]

class ExploitationType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EXPLOITATION_TYPE_UNSPECIFIED: _ClassVar[ExploitationType]
    EXPLOITATION_TYPE_FORCED_LABOUR: _ClassVar[ExploitationType]
    EXPLOITATION_TYPE_SEXUAL_EXPLOITATION: _ClassVar[ExploitationType]
    EXPLOITATION_TYPE_CHILD_LABOUR: _ClassVar[ExploitationType]
    EXPLOITATION_TYPE_FORCED_MARRIAGE: _ClassVar[ExploitationType]
    EXPLOITATION_TYPE_SERVITUDE: _ClassVar[ExploitationType]
    EXPLOITATION_TYPE_FORCED_MILITARY_BY_NON_STATE_ACTORS: _ClassVar[ExploitationType]
    EXPLOITATION_TYPE_ORGAN_REMOVAL: _ClassVar[ExploitationType]
    EXPLOITATION_TYPE_FORCED_BEGGING: _ClassVar[ExploitationType]
    EXPLOITATION_TYPE_FORCED_ADOPTION: _ClassVar[ExploitationType]
    EXPLOITATION_TYPE_SURROGACY: _ClassVar[ExploitationType]
    EXPLOITATION_TYPE_OTHER: _ClassVar[ExploitationType]
    EXPLOITATION_TYPE_FORCED_CRIMINALITY: _ClassVar[ExploitationType]
    EXPLOITATION_TYPE_ONLINE_CHILD_SEXUAL_EXPLOITATION: _ClassVar[ExploitationType]

class ForcedCriminalityType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FORCED_CRIMINALITY_TYPE_UNSPECIFIED: _ClassVar[ForcedCriminalityType]
    FORCED_CRIMINALITY_TYPE_ONLINE_SCAM: _ClassVar[ForcedCriminalityType]
    FORCED_CRIMINALITY_TYPE_ONLINE_GAMBLING: _ClassVar[ForcedCriminalityType]
    FORCED_CRIMINALITY_TYPE_DRUGS: _ClassVar[ForcedCriminalityType]
    FORCED_CRIMINALITY_TYPE_THEFT: _ClassVar[ForcedCriminalityType]
    FORCED_CRIMINALITY_TYPE_MONEY_MULE: _ClassVar[ForcedCriminalityType]
    FORCED_CRIMINALITY_TYPE_BEGGING_RELATED: _ClassVar[ForcedCriminalityType]
    FORCED_CRIMINALITY_TYPE_OTHER: _ClassVar[ForcedCriminalityType]

class SexExploitationType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SEX_EXPLOITATION_TYPE_UNSPECIFIED: _ClassVar[SexExploitationType]
    SEX_EXPLOITATION_TYPE_PROSTITUTION: _ClassVar[SexExploitationType]
    SEX_EXPLOITATION_TYPE_PORNOGRAPHY: _ClassVar[SexExploitationType]
    SEX_EXPLOITATION_TYPE_REMOTE_INTERACTIVE_SERVICES: _ClassVar[SexExploitationType]
    SEX_EXPLOITATION_TYPE_PRIVATE_SEXUAL_SERVICES: _ClassVar[SexExploitationType]

class RecruitmentMethod(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RECRUITMENT_METHOD_UNSPECIFIED: _ClassVar[RecruitmentMethod]
    RECRUITMENT_METHOD_AT_A_PLACE_OF_BUSINESS: _ClassVar[RecruitmentMethod]
    RECRUITMENT_METHOD_AT_AN_EDUCATIONAL_INSTITUTION: _ClassVar[RecruitmentMethod]
    RECRUITMENT_METHOD_AT_WORK: _ClassVar[RecruitmentMethod]
    RECRUITMENT_METHOD_THROUGH_ONLINE_SOCIAL_NETWORKS: _ClassVar[RecruitmentMethod]
    RECRUITMENT_METHOD_THROUGH_AN_ONLINE_ADVERTISEMENT: _ClassVar[RecruitmentMethod]
    RECRUITMENT_METHOD_THROUGH_A_TELEVISION_ADVERT: _ClassVar[RecruitmentMethod]
    RECRUITMENT_METHOD_THROUGH_A_NEWSPAPER_ADVERT: _ClassVar[RecruitmentMethod]
    RECRUITMENT_METHOD_THROUGH_FAMILY_OR_FAMILY_EVENTS: _ClassVar[RecruitmentMethod]
    RECRUITMENT_METHOD_THROUGH_FRIENDS_OR_SOCIAL_EVENTS: _ClassVar[RecruitmentMethod]
    RECRUITMENT_METHOD_OTHER: _ClassVar[RecruitmentMethod]

class Platform(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PLATFORM_UNSPECIFIED: _ClassVar[Platform]
    PLATFORM_FACEBOOK: _ClassVar[Platform]
    PLATFORM_INSTAGRAM: _ClassVar[Platform]
    PLATFORM_WHATS_APP: _ClassVar[Platform]
    PLATFORM_TELEGRAM: _ClassVar[Platform]
    PLATFORM_FACEBOOK_MESSENGER: _ClassVar[Platform]
    PLATFORM_VIBER: _ClassVar[Platform]
    PLATFORM_SNAP_CHAT: _ClassVar[Platform]
    PLATFORM_LINE: _ClassVar[Platform]
    PLATFORM_FOUR_SALE: _ClassVar[Platform]
    PLATFORM_WE_CHAT: _ClassVar[Platform]
    PLATFORM_QQ: _ClassVar[Platform]
    PLATFORM_Q_ZONE: _ClassVar[Platform]
    PLATFORM_TIK_TOK: _ClassVar[Platform]
    PLATFORM_TWITTER: _ClassVar[Platform]
    PLATFORM_OTHER: _ClassVar[Platform]
    PLATFORM_SIGNAL: _ClassVar[Platform]
    PLATFORM_DISCORD: _ClassVar[Platform]
    PLATFORM_GAME: _ClassVar[Platform]
    PLATFORM_DATING_SITE: _ClassVar[Platform]
    PLATFORM_JOB_SITE: _ClassVar[Platform]

class ControlMethod(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONTROL_METHOD_UNSPECIFIED: _ClassVar[ControlMethod]
    CONTROL_METHOD_PHYSICAL_THREATS: _ClassVar[ControlMethod]
    CONTROL_METHOD_THREATS_LAW_ENFORCEMENT: _ClassVar[ControlMethod]
    CONTROL_METHOD_THREATENS_CHILDREN_FAMILY: _ClassVar[ControlMethod]
    CONTROL_METHOD_DEBT_BONDAGE: _ClassVar[ControlMethod]
    CONTROL_METHOD_FALSE_PROMISES: _ClassVar[ControlMethod]
    CONTROL_METHOD_PHYSICAL_ABUSE: _ClassVar[ControlMethod]
    CONTROL_METHOD_SEXUAL_ABUSE: _ClassVar[ControlMethod]
    CONTROL_METHOD_TAKES_EARNINGS: _ClassVar[ControlMethod]
    CONTROL_METHOD_RESTRICTS_FINANCIAL_ACCESS: _ClassVar[ControlMethod]
    CONTROL_METHOD_RESTRICTS_MEDICAL_CARE: _ClassVar[ControlMethod]
    CONTROL_METHOD_RESTRICTS_MOVEMENT: _ClassVar[ControlMethod]
    CONTROL_METHOD_USES_CHILDREN: _ClassVar[ControlMethod]
    CONTROL_METHOD_WITHHOLDS_NECESSITIES: _ClassVar[ControlMethod]
    CONTROL_METHOD_PSYCHOLOGICAL_ABUSE: _ClassVar[ControlMethod]
    CONTROL_METHOD_PSYCHOACTIVE_SUBSTANCE: _ClassVar[ControlMethod]
    CONTROL_METHOD_EXCESSIVE_WORKING_HOURS: _ClassVar[ControlMethod]
    CONTROL_METHOD_WITHHOLDS_DOCUMENTS: _ClassVar[ControlMethod]
    CONTROL_METHOD_OTHER: _ClassVar[ControlMethod]
    CONTROL_METHOD_SOLD_BETWEEN_COMPOUNDS: _ClassVar[ControlMethod]
    CONTROL_METHOD_RANSOM_DEMAND: _ClassVar[ControlMethod]
    CONTROL_METHOD_CONFISCATED_PHONE: _ClassVar[ControlMethod]

class Industry(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INDUSTRY_UNSPECIFIED: _ClassVar[Industry]
    INDUSTRY_A_AGRICULTURE_FORESTRY_AND_FISHING: _ClassVar[Industry]
    INDUSTRY_B_MINING_AND_QUARRYING: _ClassVar[Industry]
    INDUSTRY_C_MANUFACTURING: _ClassVar[Industry]
    INDUSTRY_D_ELECTRICITY_GAS_STEAM_AND_AIR_CONDITIONING_SUPPLY: _ClassVar[Industry]
    INDUSTRY_E_WATER_SUPPLY_SEWERAGE_WASTE_MANAGEMENT: _ClassVar[Industry]
    INDUSTRY_F_CONSTRUCTION: _ClassVar[Industry]
    INDUSTRY_G_WHOLESALE_AND_RETAIL_TRADE_REPAIR_OF_MOTOR_VEHICLES: _ClassVar[Industry]
    INDUSTRY_H_TRANSPORTATION_AND_STORAGE: _ClassVar[Industry]
    INDUSTRY_I_ACCOMMODATION_AND_FOOD_SERVICE_ACTIVITIES: _ClassVar[Industry]
    INDUSTRY_J_INFORMATION_AND_COMMUNICATION: _ClassVar[Industry]
    INDUSTRY_K_FINANCIAL_AND_INSURANCE_ACTIVITIES: _ClassVar[Industry]
    INDUSTRY_L_REAL_ESTATE_ACTIVITIES: _ClassVar[Industry]
    INDUSTRY_M_PROFESSIONAL_SCIENTIFIC_AND_TECHNICAL_ACTIVITIES: _ClassVar[Industry]
    INDUSTRY_N_ADMINISTRATIVE_AND_SUPPORT_SERVICE_ACTIVITIES: _ClassVar[Industry]
    INDUSTRY_O_PUBLIC_ADMINISTRATION_AND_DEFENCE: _ClassVar[Industry]
    INDUSTRY_P_EDUCATION: _ClassVar[Industry]
    INDUSTRY_Q_HUMAN_HEALTH_AND_SOCIAL_WORK_ACTIVITIES: _ClassVar[Industry]
    INDUSTRY_R_ARTS_ENTERTAINMENT_AND_RECREATION: _ClassVar[Industry]
    INDUSTRY_S_OTHER_SERVICE_ACTIVITIES: _ClassVar[Industry]
    INDUSTRY_T_ACTIVITIES_OF_HOUSEHOLDS_AS_EMPLOYERS: _ClassVar[Industry]
    INDUSTRY_U_ACTIVITIES_OF_EXTRATERRITORIAL_ORGANIZATIONS: _ClassVar[Industry]

class TraffickerRole(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRAFFICKER_ROLE_UNSPECIFIED: _ClassVar[TraffickerRole]
    TRAFFICKER_ROLE_TRAVELLING_PARTNER: _ClassVar[TraffickerRole]
    TRAFFICKER_ROLE_TRANSPORTER: _ClassVar[TraffickerRole]
    TRAFFICKER_ROLE_RECRUITER_OR_INTERMEDIARY: _ClassVar[TraffickerRole]
    TRAFFICKER_ROLE_BROKER_TRAVEL_AGENT: _ClassVar[TraffickerRole]
    TRAFFICKER_ROLE_TRANSFERRED_INDIVIDUAL: _ClassVar[TraffickerRole]
    TRAFFICKER_ROLE_HARBOURED_INDIVIDUAL: _ClassVar[TraffickerRole]
    TRAFFICKER_ROLE_SOLD_INDIVIDUAL: _ClassVar[TraffickerRole]
    TRAFFICKER_ROLE_BOUGHT_INDIVIDUAL: _ClassVar[TraffickerRole]
    TRAFFICKER_ROLE_RECEIVED_INDIVIDUAL: _ClassVar[TraffickerRole]
    TRAFFICKER_ROLE_CONTROLLED_INDIVIDUAL: _ClassVar[TraffickerRole]
    TRAFFICKER_ROLE_SMUGGLER: _ClassVar[TraffickerRole]
    TRAFFICKER_ROLE_ABUSER: _ClassVar[TraffickerRole]
    TRAFFICKER_ROLE_KIDNAPPER: _ClassVar[TraffickerRole]
    TRAFFICKER_ROLE_EXPLOITER: _ClassVar[TraffickerRole]
    TRAFFICKER_ROLE_OTHER: _ClassVar[TraffickerRole]

class EventType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EVENT_TYPE_UNSPECIFIED: _ClassVar[EventType]
    EVENT_TYPE_RECRUITMENT: _ClassVar[EventType]
    EVENT_TYPE_TRANSIT: _ClassVar[EventType]
    EVENT_TYPE_EXPLOITATION: _ClassVar[EventType]

class ForcedLabourIndicator(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FORCED_LABOUR_INDICATOR_UNSPECIFIED: _ClassVar[ForcedLabourIndicator]
    FORCED_LABOUR_INDICATOR_ABUSE_OF_VULNERABILITY: _ClassVar[ForcedLabourIndicator]
    FORCED_LABOUR_INDICATOR_DECEPTION: _ClassVar[ForcedLabourIndicator]
    FORCED_LABOUR_INDICATOR_RESTRICTION_OF_MOVEMENT: _ClassVar[ForcedLabourIndicator]
    FORCED_LABOUR_INDICATOR_ISOLATION: _ClassVar[ForcedLabourIndicator]
    FORCED_LABOUR_INDICATOR_PHYSICAL_AND_SEXUAL_VIOLENCE: _ClassVar[ForcedLabourIndicator]
    FORCED_LABOUR_INDICATOR_INTIMIDATION_AND_THREATS: _ClassVar[ForcedLabourIndicator]
    FORCED_LABOUR_INDICATOR_RETENTION_OF_IDENTITY_DOCUMENTS: _ClassVar[ForcedLabourIndicator]
    FORCED_LABOUR_INDICATOR_WITHHOLDING_OF_WAGES: _ClassVar[ForcedLabourIndicator]
    FORCED_LABOUR_INDICATOR_DEBT_BONDAGE: _ClassVar[ForcedLabourIndicator]
    FORCED_LABOUR_INDICATOR_ABUSIVE_WORKING_AND_LIVING_CONDITIONS: _ClassVar[ForcedLabourIndicator]
    FORCED_LABOUR_INDICATOR_EXCESSIVE_OVERTIME: _ClassVar[ForcedLabourIndicator]

class ScreeningMethod(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SCREENING_METHOD_UNSPECIFIED: _ClassVar[ScreeningMethod]
    SCREENING_METHOD_FULL_INTERVIEW: _ClassVar[ScreeningMethod]
    SCREENING_METHOD_SHORT_INTERVIEW: _ClassVar[ScreeningMethod]
    SCREENING_METHOD_QUESTIONNAIRE: _ClassVar[ScreeningMethod]
    SCREENING_METHOD_OBSERVATION: _ClassVar[ScreeningMethod]
    SCREENING_METHOD_DOCUMENT_REVIEW: _ClassVar[ScreeningMethod]
    SCREENING_METHOD_CHILD_FRIENDLY_INTERVIEW: _ClassVar[ScreeningMethod]
    SCREENING_METHOD_REMOTE_INTERVIEW: _ClassVar[ScreeningMethod]
    SCREENING_METHOD_MULTIDISCIPLINARY_MEETING: _ClassVar[ScreeningMethod]
    SCREENING_METHOD_OTHER: _ClassVar[ScreeningMethod]

class ScreeningSetting(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SCREENING_SETTING_UNSPECIFIED: _ClassVar[ScreeningSetting]
    SCREENING_SETTING_PRIVATE_ROOM: _ClassVar[ScreeningSetting]
    SCREENING_SETTING_SHELTER: _ClassVar[ScreeningSetting]
    SCREENING_SETTING_POLICE_STATION: _ClassVar[ScreeningSetting]
    SCREENING_SETTING_BORDER_CHECKPOINT: _ClassVar[ScreeningSetting]
    SCREENING_SETTING_TRANSIT_CENTRE: _ClassVar[ScreeningSetting]
    SCREENING_SETTING_DETENTION_CENTRE: _ClassVar[ScreeningSetting]
    SCREENING_SETTING_HOSPITAL: _ClassVar[ScreeningSetting]
    SCREENING_SETTING_WORKPLACE: _ClassVar[ScreeningSetting]
    SCREENING_SETTING_COMMUNITY: _ClassVar[ScreeningSetting]
    SCREENING_SETTING_EMBASSY: _ClassVar[ScreeningSetting]
    SCREENING_SETTING_BY_PHONE_OR_VIDEO: _ClassVar[ScreeningSetting]
    SCREENING_SETTING_GROUP_SETTING: _ClassVar[ScreeningSetting]
    SCREENING_SETTING_SUSPECT_PRESENT: _ClassVar[ScreeningSetting]
    SCREENING_SETTING_OTHER: _ClassVar[ScreeningSetting]

class ScreeningRoute(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SCREENING_ROUTE_UNSPECIFIED: _ClassVar[ScreeningRoute]
    SCREENING_ROUTE_RESCUE_OPERATION: _ClassVar[ScreeningRoute]
    SCREENING_ROUTE_WORKPLACE_INSPECTION: _ClassVar[ScreeningRoute]
    SCREENING_ROUTE_BORDER_SCREENING: _ClassVar[ScreeningRoute]
    SCREENING_ROUTE_SELF_REPORT: _ClassVar[ScreeningRoute]
    SCREENING_ROUTE_HOTLINE: _ClassVar[ScreeningRoute]
    SCREENING_ROUTE_FAMILY_REPORT: _ClassVar[ScreeningRoute]
    SCREENING_ROUTE_COMMUNITY_REPORT: _ClassVar[ScreeningRoute]
    SCREENING_ROUTE_NGO_OUTREACH: _ClassVar[ScreeningRoute]
    SCREENING_ROUTE_HEALTH_SERVICE: _ClassVar[ScreeningRoute]
    SCREENING_ROUTE_CONSULAR_REPORT: _ClassVar[ScreeningRoute]
    SCREENING_ROUTE_ONLINE_INVESTIGATION: _ClassVar[ScreeningRoute]
    SCREENING_ROUTE_DEPORTATION_SCREENING: _ClassVar[ScreeningRoute]
    SCREENING_ROUTE_REFERRED_BY_AGENCY: _ClassVar[ScreeningRoute]
    SCREENING_ROUTE_MASS_RELEASE: _ClassVar[ScreeningRoute]
    SCREENING_ROUTE_OTHER: _ClassVar[ScreeningRoute]

class ScreeningDispute(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SCREENING_DISPUTE_UNSPECIFIED: _ClassVar[ScreeningDispute]
    SCREENING_DISPUTE_NEW_FACTS: _ClassVar[ScreeningDispute]
    SCREENING_DISPUTE_INTERPRETER_UNRELIABLE: _ClassVar[ScreeningDispute]
    SCREENING_DISPUTE_NOT_PRIVATE: _ClassVar[ScreeningDispute]
    SCREENING_DISPUTE_SUSPECT_WAS_PRESENT: _ClassVar[ScreeningDispute]
    SCREENING_DISPUTE_CHILD_TREATED_AS_ADULT: _ClassVar[ScreeningDispute]
    SCREENING_DISPUTE_INDICATORS_IGNORED: _ClassVar[ScreeningDispute]
    SCREENING_DISPUTE_PERSON_DISAGREES: _ClassVar[ScreeningDispute]
    SCREENING_DISPUTE_NO_SCREENING_TOOK_PLACE: _ClassVar[ScreeningDispute]
    SCREENING_DISPUTE_OTHER: _ClassVar[ScreeningDispute]

class InterpreterNeed(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INTERPRETER_NEED_UNSPECIFIED: _ClassVar[InterpreterNeed]
    INTERPRETER_NEED_NOT_NEEDED: _ClassVar[InterpreterNeed]
    INTERPRETER_NEED_NEEDED: _ClassVar[InterpreterNeed]
    INTERPRETER_NEED_NEEDED_SAME_SEX: _ClassVar[InterpreterNeed]
    INTERPRETER_NEED_SIGN_LANGUAGE: _ClassVar[InterpreterNeed]

class InterpreterKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INTERPRETER_KIND_UNSPECIFIED: _ClassVar[InterpreterKind]
    INTERPRETER_KIND_ACCREDITED: _ClassVar[InterpreterKind]
    INTERPRETER_KIND_AGENCY_STAFF: _ClassVar[InterpreterKind]
    INTERPRETER_KIND_VOLUNTEER: _ClassVar[InterpreterKind]
    INTERPRETER_KIND_REMOTE_SERVICE: _ClassVar[InterpreterKind]
    INTERPRETER_KIND_FELLOW_VICTIM: _ClassVar[InterpreterKind]
    INTERPRETER_KIND_RELATIVE: _ClassVar[InterpreterKind]
    INTERPRETER_KIND_NONE: _ClassVar[InterpreterKind]

class ConsentDecision(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONSENT_DECISION_UNSPECIFIED: _ClassVar[ConsentDecision]
    CONSENT_DECISION_GIVEN: _ClassVar[ConsentDecision]
    CONSENT_DECISION_REFUSED: _ClassVar[ConsentDecision]
    CONSENT_DECISION_WITHDRAWN: _ClassVar[ConsentDecision]

class ConsentForm(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONSENT_FORM_UNSPECIFIED: _ClassVar[ConsentForm]
    CONSENT_FORM_WRITTEN: _ClassVar[ConsentForm]
    CONSENT_FORM_ORAL: _ClassVar[ConsentForm]
    CONSENT_FORM_THUMBPRINT: _ClassVar[ConsentForm]
    CONSENT_FORM_WITNESSED: _ClassVar[ConsentForm]

class ConsentGiver(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONSENT_GIVER_UNSPECIFIED: _ClassVar[ConsentGiver]
    CONSENT_GIVER_PERSON: _ClassVar[ConsentGiver]
    CONSENT_GIVER_GUARDIAN: _ClassVar[ConsentGiver]
    CONSENT_GIVER_PERSON_AND_GUARDIAN: _ClassVar[ConsentGiver]
    CONSENT_GIVER_CHILD_ASSENT_AND_GUARDIAN: _ClassVar[ConsentGiver]

class ConsentSummary(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONSENT_SUMMARY_UNSPECIFIED: _ClassVar[ConsentSummary]
    CONSENT_SUMMARY_GIVEN_FOR_THIS_REFERRAL: _ClassVar[ConsentSummary]
    CONSENT_SUMMARY_GIVEN_IN_PART: _ClassVar[ConsentSummary]
    CONSENT_SUMMARY_NOT_YET_ASKED: _ClassVar[ConsentSummary]
    CONSENT_SUMMARY_REFUSED_NON_IDENTIFYING_ONLY: _ClassVar[ConsentSummary]
    CONSENT_SUMMARY_WITHDRAWN: _ClassVar[ConsentSummary]
    CONSENT_SUMMARY_GUARDIAN_TO_DECIDE: _ClassVar[ConsentSummary]
    CONSENT_SUMMARY_OVERRIDDEN: _ClassVar[ConsentSummary]

class OverrideGround(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OVERRIDE_GROUND_UNSPECIFIED: _ClassVar[OverrideGround]
    OVERRIDE_GROUND_DANGER_TO_LIFE: _ClassVar[OverrideGround]
    OVERRIDE_GROUND_BEST_INTERESTS_OF_CHILD: _ClassVar[OverrideGround]

class RiskFactor(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RISK_FACTOR_UNSPECIFIED: _ClassVar[RiskFactor]
    RISK_FACTOR_TRAFFICKER_KNOWS_ADDRESS: _ClassVar[RiskFactor]
    RISK_FACTOR_TRAFFICKER_IN_FAMILY: _ClassVar[RiskFactor]
    RISK_FACTOR_TRAFFICKER_IN_COMMUNITY: _ClassVar[RiskFactor]
    RISK_FACTOR_UNPAID_DEBT: _ClassVar[RiskFactor]
    RISK_FACTOR_THREATS_RECEIVED: _ClassVar[RiskFactor]
    RISK_FACTOR_WITNESS_IN_PROCEEDINGS: _ClassVar[RiskFactor]
    RISK_FACTOR_VIOLENCE_IN_HOUSEHOLD: _ClassVar[RiskFactor]
    RISK_FACTOR_FAMILY_INVOLVED_IN_TRAFFICKING: _ClassVar[RiskFactor]
    RISK_FACTOR_FAMILY_CANNOT_SUPPORT: _ClassVar[RiskFactor]
    RISK_FACTOR_NO_INCOME: _ClassVar[RiskFactor]
    RISK_FACTOR_NO_HOUSING: _ClassVar[RiskFactor]
    RISK_FACTOR_STIGMA: _ClassVar[RiskFactor]
    RISK_FACTOR_DISCRIMINATION: _ClassVar[RiskFactor]
    RISK_FACTOR_NO_DOCUMENTS: _ClassVar[RiskFactor]
    RISK_FACTOR_STATELESSNESS: _ClassVar[RiskFactor]
    RISK_FACTOR_HEALTH_CONDITION: _ClassVar[RiskFactor]
    RISK_FACTOR_SUBSTANCE_USE: _ClassVar[RiskFactor]
    RISK_FACTOR_ACTIVE_RECRUITMENT_AREA: _ClassVar[RiskFactor]
    RISK_FACTOR_NO_LAW_ENFORCEMENT: _ClassVar[RiskFactor]
    RISK_FACTOR_OFFICIALS_COMPLICIT: _ClassVar[RiskFactor]
    RISK_FACTOR_ARMED_CONFLICT: _ClassVar[RiskFactor]
    RISK_FACTOR_NO_SERVICES: _ClassVar[RiskFactor]
    RISK_FACTOR_NO_SCHOOL: _ClassVar[RiskFactor]

class ThreatSource(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    THREAT_SOURCE_UNSPECIFIED: _ClassVar[ThreatSource]
    THREAT_SOURCE_RECRUITER: _ClassVar[ThreatSource]
    THREAT_SOURCE_TRAFFICKER: _ClassVar[ThreatSource]
    THREAT_SOURCE_COMPOUND_OPERATOR: _ClassVar[ThreatSource]
    THREAT_SOURCE_EMPLOYER: _ClassVar[ThreatSource]
    THREAT_SOURCE_CREDITOR: _ClassVar[ThreatSource]
    THREAT_SOURCE_INTIMATE_PARTNER: _ClassVar[ThreatSource]
    THREAT_SOURCE_FAMILY_MEMBER: _ClassVar[ThreatSource]
    THREAT_SOURCE_COMMUNITY_MEMBER: _ClassVar[ThreatSource]
    THREAT_SOURCE_ARMED_GROUP: _ClassVar[ThreatSource]
    THREAT_SOURCE_ORGANISED_CRIME: _ClassVar[ThreatSource]
    THREAT_SOURCE_OFFICIAL_COMPLICIT: _ClassVar[ThreatSource]
    THREAT_SOURCE_OTHER_VICTIM: _ClassVar[ThreatSource]
    THREAT_SOURCE_UNIDENTIFIED: _ClassVar[ThreatSource]

class ThreatReach(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    THREAT_REACH_UNSPECIFIED: _ClassVar[ThreatReach]
    THREAT_REACH_HOST_COUNTRY: _ClassVar[ThreatReach]
    THREAT_REACH_TRANSIT: _ClassVar[ThreatReach]
    THREAT_REACH_HOME_COUNTRY: _ClassVar[ThreatReach]
    THREAT_REACH_HOME_COMMUNITY: _ClassVar[ThreatReach]
    THREAT_REACH_ONLINE: _ClassVar[ThreatReach]

class ContactMethod(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONTACT_METHOD_UNSPECIFIED: _ClassVar[ContactMethod]
    CONTACT_METHOD_PHONE_CALL: _ClassVar[ContactMethod]
    CONTACT_METHOD_TEXT_MESSAGE: _ClassVar[ContactMethod]
    CONTACT_METHOD_MESSAGING_APP: _ClassVar[ContactMethod]
    CONTACT_METHOD_EMAIL: _ClassVar[ContactMethod]
    CONTACT_METHOD_IN_PERSON: _ClassVar[ContactMethod]
    CONTACT_METHOD_THROUGH_AGENCY: _ClassVar[ContactMethod]

class ContactOwner(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONTACT_OWNER_UNSPECIFIED: _ClassVar[ContactOwner]
    CONTACT_OWNER_PERSON: _ClassVar[ContactOwner]
    CONTACT_OWNER_RELATIVE: _ClassVar[ContactOwner]
    CONTACT_OWNER_TRUSTED_PERSON: _ClassVar[ContactOwner]
    CONTACT_OWNER_GUARDIAN: _ClassVar[ContactOwner]
    CONTACT_OWNER_SHELTER: _ClassVar[ContactOwner]
    CONTACT_OWNER_CASE_WORKER: _ClassVar[ContactOwner]

class ContactRule(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONTACT_RULE_UNSPECIFIED: _ClassVar[ContactRule]
    CONTACT_RULE_ONLY_AT_AGREED_TIMES: _ClassVar[ContactRule]
    CONTACT_RULE_ONLY_THE_PERSON_MAY_ANSWER: _ClassVar[ContactRule]
    CONTACT_RULE_SAY_NO_AGENCY_NAME: _ClassVar[ContactRule]
    CONTACT_RULE_LEAVE_NO_MESSAGE: _ClassVar[ContactRule]
    CONTACT_RULE_SPEAK_TO_WOMAN_ONLY: _ClassVar[ContactRule]
    CONTACT_RULE_SHARED_DEVICE: _ClassVar[ContactRule]
    CONTACT_RULE_MONITORED_DEVICE: _ClassVar[ContactRule]
    CONTACT_RULE_EMERGENCY_ONLY: _ClassVar[ContactRule]

class SecurityMeasure(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SECURITY_MEASURE_UNSPECIFIED: _ClassVar[SecurityMeasure]
    SECURITY_MEASURE_CONFIDENTIAL_ADDRESS: _ClassVar[SecurityMeasure]
    SECURITY_MEASURE_SAFE_HOUSE: _ClassVar[SecurityMeasure]
    SECURITY_MEASURE_RELOCATION: _ClassVar[SecurityMeasure]
    SECURITY_MEASURE_POLICE_PROTECTION: _ClassVar[SecurityMeasure]
    SECURITY_MEASURE_WITNESS_PROTECTION: _ClassVar[SecurityMeasure]
    SECURITY_MEASURE_NEW_PHONE: _ClassVar[SecurityMeasure]
    SECURITY_MEASURE_NO_CONTACT_ORDER: _ClassVar[SecurityMeasure]
    SECURITY_MEASURE_ESCORT: _ClassVar[SecurityMeasure]
    SECURITY_MEASURE_EMERGENCY_NUMBER: _ClassVar[SecurityMeasure]
    SECURITY_MEASURE_CHANGE_OF_SCHOOL: _ClassVar[SecurityMeasure]
    SECURITY_MEASURE_OTHER: _ClassVar[SecurityMeasure]

class ShelterPreference(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SHELTER_PREFERENCE_UNSPECIFIED: _ClassVar[ShelterPreference]
    SHELTER_PREFERENCE_GOVERNMENT_SHELTER: _ClassVar[ShelterPreference]
    SHELTER_PREFERENCE_NGO_SHELTER: _ClassVar[ShelterPreference]
    SHELTER_PREFERENCE_COMMUNITY_CARE: _ClassVar[ShelterPreference]
    SHELTER_PREFERENCE_FAMILY_OR_FRIENDS: _ClassVar[ShelterPreference]
    SHELTER_PREFERENCE_OWN_ACCOMMODATION: _ClassVar[ShelterPreference]
    SHELTER_PREFERENCE_NO_SHELTER: _ClassVar[ShelterPreference]

class ReturnDecision(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RETURN_DECISION_UNSPECIFIED: _ClassVar[ReturnDecision]
    RETURN_DECISION_CLEARED: _ClassVar[ReturnDecision]
    RETURN_DECISION_CLEARED_WITH_CONDITIONS: _ClassVar[ReturnDecision]
    RETURN_DECISION_DEFERRED: _ClassVar[ReturnDecision]
    RETURN_DECISION_STOPPED: _ClassVar[ReturnDecision]

class ReturnStopReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RETURN_STOP_REASON_UNSPECIFIED: _ClassVar[ReturnStopReason]
    RETURN_STOP_REASON_RISK_TOO_HIGH: _ClassVar[ReturnStopReason]
    RETURN_STOP_REASON_PERSON_UNWILLING: _ClassVar[ReturnStopReason]
    RETURN_STOP_REASON_NATIONALITY_NOT_VERIFIED: _ClassVar[ReturnStopReason]
    RETURN_STOP_REASON_FAMILY_NOT_SUITABLE: _ClassVar[ReturnStopReason]
    RETURN_STOP_REASON_NO_GUARDIAN: _ClassVar[ReturnStopReason]
    RETURN_STOP_REASON_BEST_INTERESTS_NOT_DETERMINED: _ClassVar[ReturnStopReason]
    RETURN_STOP_REASON_NOT_FIT_TO_TRAVEL: _ClassVar[ReturnStopReason]
    RETURN_STOP_REASON_PROCEEDINGS_PENDING: _ClassVar[ReturnStopReason]
    RETURN_STOP_REASON_NO_RECEIVING_SERVICE: _ClassVar[ReturnStopReason]
    RETURN_STOP_REASON_VETO_ON_HOME_STATE: _ClassVar[ReturnStopReason]
    RETURN_STOP_REASON_INTERNATIONAL_PROTECTION_CLAIM: _ClassVar[ReturnStopReason]
    RETURN_STOP_REASON_OTHER: _ClassVar[ReturnStopReason]

class ContactConsent(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONTACT_CONSENT_UNSPECIFIED: _ClassVar[ContactConsent]
    CONTACT_CONSENT_ALLOWED: _ClassVar[ContactConsent]
    CONTACT_CONSENT_ALLOWED_NAMED_RELATIVES_ONLY: _ClassVar[ContactConsent]
    CONTACT_CONSENT_PERSON_WILL_CALL: _ClassVar[ContactConsent]
    CONTACT_CONSENT_NOT_YET: _ClassVar[ContactConsent]
    CONTACT_CONSENT_REFUSED: _ClassVar[ContactConsent]

class DoNotTell(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DO_NOT_TELL_UNSPECIFIED: _ClassVar[DoNotTell]
    DO_NOT_TELL_WHAT_HAPPENED: _ClassVar[DoNotTell]
    DO_NOT_TELL_WHEREABOUTS: _ClassVar[DoNotTell]
    DO_NOT_TELL_HEALTH: _ClassVar[DoNotTell]
    DO_NOT_TELL_CHILDREN_BORN: _ClassVar[DoNotTell]
    DO_NOT_TELL_PROCEEDINGS: _ClassVar[DoNotTell]
    DO_NOT_TELL_RETURN_DATE: _ClassVar[DoNotTell]
    DO_NOT_TELL_THAT_PERSON_WAS_FOUND: _ClassVar[DoNotTell]

class TracingOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRACING_OUTCOME_UNSPECIFIED: _ClassVar[TracingOutcome]
    TRACING_OUTCOME_FOUND: _ClassVar[TracingOutcome]
    TRACING_OUTCOME_FOUND_NOT_WILLING: _ClassVar[TracingOutcome]
    TRACING_OUTCOME_MOVED_AWAY: _ClassVar[TracingOutcome]
    TRACING_OUTCOME_NOT_FOUND: _ClassVar[TracingOutcome]
    TRACING_OUTCOME_DECEASED: _ClassVar[TracingOutcome]
    TRACING_OUTCOME_ONGOING: _ClassVar[TracingOutcome]
    TRACING_OUTCOME_NOT_STARTED: _ClassVar[TracingOutcome]

class HouseholdOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HOUSEHOLD_OUTCOME_UNSPECIFIED: _ClassVar[HouseholdOutcome]
    HOUSEHOLD_OUTCOME_SUITABLE: _ClassVar[HouseholdOutcome]
    HOUSEHOLD_OUTCOME_SUITABLE_WITH_SUPPORT: _ClassVar[HouseholdOutcome]
    HOUSEHOLD_OUTCOME_NOT_SUITABLE: _ClassVar[HouseholdOutcome]
    HOUSEHOLD_OUTCOME_NOT_WILLING: _ClassVar[HouseholdOutcome]
    HOUSEHOLD_OUTCOME_MORE_TIME_NEEDED: _ClassVar[HouseholdOutcome]

class Whereabouts(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WHEREABOUTS_UNSPECIFIED: _ClassVar[Whereabouts]
    WHEREABOUTS_HOME_COMMUNITY: _ClassVar[Whereabouts]
    WHEREABOUTS_HOME_COUNTRY: _ClassVar[Whereabouts]
    WHEREABOUTS_HOST_COUNTRY: _ClassVar[Whereabouts]
    WHEREABOUTS_THIRD_COUNTRY: _ClassVar[Whereabouts]
    WHEREABOUTS_WITH_TRAFFICKERS: _ClassVar[Whereabouts]
    WHEREABOUTS_IN_DETENTION: _ClassVar[Whereabouts]
    WHEREABOUTS_DECEASED: _ClassVar[Whereabouts]

class Accompaniment(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ACCOMPANIMENT_UNSPECIFIED: _ClassVar[Accompaniment]
    ACCOMPANIMENT_UNACCOMPANIED: _ClassVar[Accompaniment]
    ACCOMPANIMENT_SEPARATED: _ClassVar[Accompaniment]
    ACCOMPANIMENT_WITH_PARENT: _ClassVar[Accompaniment]
    ACCOMPANIMENT_WITH_RELATIVE: _ClassVar[Accompaniment]
    ACCOMPANIMENT_WITH_SUSPECT: _ClassVar[Accompaniment]

class AgeAssessmentMethod(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AGE_ASSESSMENT_METHOD_UNSPECIFIED: _ClassVar[AgeAssessmentMethod]
    AGE_ASSESSMENT_METHOD_DOCUMENT_REVIEW: _ClassVar[AgeAssessmentMethod]
    AGE_ASSESSMENT_METHOD_INTERVIEW: _ClassVar[AgeAssessmentMethod]
    AGE_ASSESSMENT_METHOD_SOCIAL_ASSESSMENT: _ClassVar[AgeAssessmentMethod]
    AGE_ASSESSMENT_METHOD_FAMILY_STATEMENT: _ClassVar[AgeAssessmentMethod]
    AGE_ASSESSMENT_METHOD_MEDICAL_EXAMINATION: _ClassVar[AgeAssessmentMethod]
    AGE_ASSESSMENT_METHOD_SCHOOL_RECORD: _ClassVar[AgeAssessmentMethod]

class GuardianKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GUARDIAN_KIND_UNSPECIFIED: _ClassVar[GuardianKind]
    GUARDIAN_KIND_PARENT: _ClassVar[GuardianKind]
    GUARDIAN_KIND_RELATIVE: _ClassVar[GuardianKind]
    GUARDIAN_KIND_STATE_AUTHORITY: _ClassVar[GuardianKind]
    GUARDIAN_KIND_APPOINTED_GUARDIAN: _ClassVar[GuardianKind]
    GUARDIAN_KIND_SHELTER_DIRECTOR: _ClassVar[GuardianKind]
    GUARDIAN_KIND_TEMPORARY_GUARDIAN: _ClassVar[GuardianKind]
    GUARDIAN_KIND_NONE_APPOINTED: _ClassVar[GuardianKind]

class BestInterestOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BEST_INTEREST_OUTCOME_UNSPECIFIED: _ClassVar[BestInterestOutcome]
    BEST_INTEREST_OUTCOME_FAMILY_REUNIFICATION: _ClassVar[BestInterestOutcome]
    BEST_INTEREST_OUTCOME_KINSHIP_CARE: _ClassVar[BestInterestOutcome]
    BEST_INTEREST_OUTCOME_RETURN_TO_ALTERNATIVE_CARE: _ClassVar[BestInterestOutcome]
    BEST_INTEREST_OUTCOME_STAY_IN_HOST_COUNTRY: _ClassVar[BestInterestOutcome]
    BEST_INTEREST_OUTCOME_THIRD_COUNTRY: _ClassVar[BestInterestOutcome]
    BEST_INTEREST_OUTCOME_TEMPORARY_CARE_CONTINUES: _ClassVar[BestInterestOutcome]
    BEST_INTEREST_OUTCOME_NOT_YET_DETERMINED: _ClassVar[BestInterestOutcome]

class BestInterestStage(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BEST_INTEREST_STAGE_UNSPECIFIED: _ClassVar[BestInterestStage]
    BEST_INTEREST_STAGE_INITIAL_ASSESSMENT: _ClassVar[BestInterestStage]
    BEST_INTEREST_STAGE_FULL_ASSESSMENT: _ClassVar[BestInterestStage]
    BEST_INTEREST_STAGE_FORMAL_DETERMINATION: _ClassVar[BestInterestStage]

class CareArrangement(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CARE_ARRANGEMENT_UNSPECIFIED: _ClassVar[CareArrangement]
    CARE_ARRANGEMENT_PARENTS: _ClassVar[CareArrangement]
    CARE_ARRANGEMENT_KINSHIP_CARE: _ClassVar[CareArrangement]
    CARE_ARRANGEMENT_FOSTER_CARE: _ClassVar[CareArrangement]
    CARE_ARRANGEMENT_CHILD_SHELTER: _ClassVar[CareArrangement]
    CARE_ARRANGEMENT_MIXED_SHELTER: _ClassVar[CareArrangement]
    CARE_ARRANGEMENT_HOSPITAL: _ClassVar[CareArrangement]
    CARE_ARRANGEMENT_INDEPENDENT_LIVING: _ClassVar[CareArrangement]
    CARE_ARRANGEMENT_POLICE_OR_DETENTION: _ClassVar[CareArrangement]
    CARE_ARRANGEMENT_ON_THE_STREET: _ClassVar[CareArrangement]

class Schooling(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SCHOOLING_UNSPECIFIED: _ClassVar[Schooling]
    SCHOOLING_ATTENDING: _ClassVar[Schooling]
    SCHOOLING_INTERRUPTED: _ClassVar[Schooling]
    SCHOOLING_NEVER_ATTENDED: _ClassVar[Schooling]
    SCHOOLING_NON_FORMAL: _ClassVar[Schooling]
    SCHOOLING_VOCATIONAL: _ClassVar[Schooling]

class HealthNeed(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HEALTH_NEED_UNSPECIFIED: _ClassVar[HealthNeed]
    HEALTH_NEED_INJURY: _ClassVar[HealthNeed]
    HEALTH_NEED_CHRONIC_ILLNESS: _ClassVar[HealthNeed]
    HEALTH_NEED_COMMUNICABLE_DISEASE: _ClassVar[HealthNeed]
    HEALTH_NEED_SEXUAL_AND_REPRODUCTIVE_HEALTH: _ClassVar[HealthNeed]
    HEALTH_NEED_POST_EXPOSURE_PROPHYLAXIS: _ClassVar[HealthNeed]
    HEALTH_NEED_MALNUTRITION: _ClassVar[HealthNeed]
    HEALTH_NEED_DENTAL: _ClassVar[HealthNeed]
    HEALTH_NEED_EYE_AND_EAR: _ClassVar[HealthNeed]
    HEALTH_NEED_MENTAL_HEALTH: _ClassVar[HealthNeed]
    HEALTH_NEED_SUBSTANCE_WITHDRAWAL: _ClassVar[HealthNeed]
    HEALTH_NEED_MEDICATION_SUPPLY: _ClassVar[HealthNeed]
    HEALTH_NEED_VACCINATION: _ClassVar[HealthNeed]
    HEALTH_NEED_REHABILITATION: _ClassVar[HealthNeed]
    HEALTH_NEED_FORENSIC_EXAMINATION: _ClassVar[HealthNeed]

class Pregnancy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PREGNANCY_UNSPECIFIED: _ClassVar[Pregnancy]
    PREGNANCY_NOT_PREGNANT: _ClassVar[Pregnancy]
    PREGNANCY_PREGNANT: _ClassVar[Pregnancy]
    PREGNANCY_POSSIBLY_PREGNANT: _ClassVar[Pregnancy]
    PREGNANCY_RECENTLY_DELIVERED: _ClassVar[Pregnancy]
    PREGNANCY_NURSING: _ClassVar[Pregnancy]

class FunctionalDifficulty(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FUNCTIONAL_DIFFICULTY_UNSPECIFIED: _ClassVar[FunctionalDifficulty]
    FUNCTIONAL_DIFFICULTY_SEEING: _ClassVar[FunctionalDifficulty]
    FUNCTIONAL_DIFFICULTY_HEARING: _ClassVar[FunctionalDifficulty]
    FUNCTIONAL_DIFFICULTY_WALKING: _ClassVar[FunctionalDifficulty]
    FUNCTIONAL_DIFFICULTY_REMEMBERING: _ClassVar[FunctionalDifficulty]
    FUNCTIONAL_DIFFICULTY_SELF_CARE: _ClassVar[FunctionalDifficulty]
    FUNCTIONAL_DIFFICULTY_COMMUNICATING: _ClassVar[FunctionalDifficulty]
    FUNCTIONAL_DIFFICULTY_PSYCHOSOCIAL: _ClassVar[FunctionalDifficulty]

class MentalHealthConcern(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MENTAL_HEALTH_CONCERN_UNSPECIFIED: _ClassVar[MentalHealthConcern]
    MENTAL_HEALTH_CONCERN_TRAUMA_REACTIONS: _ClassVar[MentalHealthConcern]
    MENTAL_HEALTH_CONCERN_ANXIETY: _ClassVar[MentalHealthConcern]
    MENTAL_HEALTH_CONCERN_DEPRESSION: _ClassVar[MentalHealthConcern]
    MENTAL_HEALTH_CONCERN_SLEEP_DISTURBANCE: _ClassVar[MentalHealthConcern]
    MENTAL_HEALTH_CONCERN_SELF_HARM: _ClassVar[MentalHealthConcern]
    MENTAL_HEALTH_CONCERN_SUICIDAL_THOUGHTS: _ClassVar[MentalHealthConcern]
    MENTAL_HEALTH_CONCERN_PSYCHOSIS: _ClassVar[MentalHealthConcern]
    MENTAL_HEALTH_CONCERN_SUBSTANCE_DEPENDENCE: _ClassVar[MentalHealthConcern]
    MENTAL_HEALTH_CONCERN_AGGRESSION: _ClassVar[MentalHealthConcern]

class CareSetting(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CARE_SETTING_UNSPECIFIED: _ClassVar[CareSetting]
    CARE_SETTING_NONE_NEEDED: _ClassVar[CareSetting]
    CARE_SETTING_OUTPATIENT: _ClassVar[CareSetting]
    CARE_SETTING_INPATIENT: _ClassVar[CareSetting]
    CARE_SETTING_EMERGENCY: _ClassVar[CareSetting]
    CARE_SETTING_COMMUNITY: _ClassVar[CareSetting]
    CARE_SETTING_SPECIALIST: _ClassVar[CareSetting]

class ReceptionScreening(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RECEPTION_SCREENING_UNSPECIFIED: _ClassVar[ReceptionScreening]
    RECEPTION_SCREENING_DONE_NO_FINDINGS: _ClassVar[ReceptionScreening]
    RECEPTION_SCREENING_DONE_WITH_FINDINGS: _ClassVar[ReceptionScreening]
    RECEPTION_SCREENING_PENDING: _ClassVar[ReceptionScreening]
    RECEPTION_SCREENING_NOT_DONE: _ClassVar[ReceptionScreening]

class ResidenceStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RESIDENCE_STATUS_UNSPECIFIED: _ClassVar[ResidenceStatus]
    RESIDENCE_STATUS_REGULAR: _ClassVar[ResidenceStatus]
    RESIDENCE_STATUS_IRREGULAR: _ClassVar[ResidenceStatus]
    RESIDENCE_STATUS_TEMPORARY_PROTECTION: _ClassVar[ResidenceStatus]
    RESIDENCE_STATUS_REFLECTION_PERIOD: _ClassVar[ResidenceStatus]
    RESIDENCE_STATUS_VICTIM_PERMIT: _ClassVar[ResidenceStatus]
    RESIDENCE_STATUS_WITNESS_PERMIT: _ClassVar[ResidenceStatus]
    RESIDENCE_STATUS_VISA_EXPIRED: _ClassVar[ResidenceStatus]
    RESIDENCE_STATUS_DEPORTATION_ORDER: _ClassVar[ResidenceStatus]
    RESIDENCE_STATUS_NONE_NEEDED: _ClassVar[ResidenceStatus]

class DetentionStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DETENTION_STATUS_UNSPECIFIED: _ClassVar[DetentionStatus]
    DETENTION_STATUS_NOT_DETAINED: _ClassVar[DetentionStatus]
    DETENTION_STATUS_IMMIGRATION_DETENTION: _ClassVar[DetentionStatus]
    DETENTION_STATUS_POLICE_CUSTODY: _ClassVar[DetentionStatus]
    DETENTION_STATUS_PRISON: _ClassVar[DetentionStatus]
    DETENTION_STATUS_CLOSED_SHELTER: _ClassVar[DetentionStatus]
    DETENTION_STATUS_RELEASED: _ClassVar[DetentionStatus]

class PermitType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PERMIT_TYPE_UNSPECIFIED: _ClassVar[PermitType]
    PERMIT_TYPE_TEMPORARY_STAY: _ClassVar[PermitType]
    PERMIT_TYPE_WORK: _ClassVar[PermitType]
    PERMIT_TYPE_REFLECTION_PERIOD: _ClassVar[PermitType]
    PERMIT_TYPE_VICTIM_STAY: _ClassVar[PermitType]
    PERMIT_TYPE_WITNESS_STAY: _ClassVar[PermitType]
    PERMIT_TYPE_HUMANITARIAN_STAY: _ClassVar[PermitType]
    PERMIT_TYPE_EXIT: _ClassVar[PermitType]

class NonPunishment(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    NON_PUNISHMENT_UNSPECIFIED: _ClassVar[NonPunishment]
    NON_PUNISHMENT_APPLIES: _ClassVar[NonPunishment]
    NON_PUNISHMENT_CLAIMED: _ClassVar[NonPunishment]
    NON_PUNISHMENT_UNDER_REVIEW: _ClassVar[NonPunishment]
    NON_PUNISHMENT_NOT_RECOGNISED: _ClassVar[NonPunishment]
    NON_PUNISHMENT_CHARGES_DROPPED: _ClassVar[NonPunishment]
    NON_PUNISHMENT_CONVICTION_QUASHED: _ClassVar[NonPunishment]

class AllegedOffence(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ALLEGED_OFFENCE_UNSPECIFIED: _ClassVar[AllegedOffence]
    ALLEGED_OFFENCE_IMMIGRATION: _ClassVar[AllegedOffence]
    ALLEGED_OFFENCE_WORK_WITHOUT_PERMIT: _ClassVar[AllegedOffence]
    ALLEGED_OFFENCE_FALSE_DOCUMENTS: _ClassVar[AllegedOffence]
    ALLEGED_OFFENCE_SOLICITATION: _ClassVar[AllegedOffence]
    ALLEGED_OFFENCE_FRAUD_OR_SCAM: _ClassVar[AllegedOffence]
    ALLEGED_OFFENCE_MONEY_LAUNDERING: _ClassVar[AllegedOffence]
    ALLEGED_OFFENCE_DRUGS: _ClassVar[AllegedOffence]
    ALLEGED_OFFENCE_THEFT: _ClassVar[AllegedOffence]
    ALLEGED_OFFENCE_BEGGING: _ClassVar[AllegedOffence]
    ALLEGED_OFFENCE_OTHER: _ClassVar[AllegedOffence]

class ProceedingType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROCEEDING_TYPE_UNSPECIFIED: _ClassVar[ProceedingType]
    PROCEEDING_TYPE_CRIMINAL_AGAINST_TRAFFICKERS: _ClassVar[ProceedingType]
    PROCEEDING_TYPE_CRIMINAL_AGAINST_PERSON: _ClassVar[ProceedingType]
    PROCEEDING_TYPE_LABOUR: _ClassVar[ProceedingType]
    PROCEEDING_TYPE_CIVIL_COMPENSATION: _ClassVar[ProceedingType]
    PROCEEDING_TYPE_STATE_COMPENSATION: _ClassVar[ProceedingType]
    PROCEEDING_TYPE_IMMIGRATION: _ClassVar[ProceedingType]
    PROCEEDING_TYPE_GUARDIANSHIP: _ClassVar[ProceedingType]
    PROCEEDING_TYPE_PROTECTION_ORDER: _ClassVar[ProceedingType]
    PROCEEDING_TYPE_INTERNATIONAL_PROTECTION: _ClassVar[ProceedingType]

class ProceedingRole(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROCEEDING_ROLE_UNSPECIFIED: _ClassVar[ProceedingRole]
    PROCEEDING_ROLE_VICTIM: _ClassVar[ProceedingRole]
    PROCEEDING_ROLE_WITNESS: _ClassVar[ProceedingRole]
    PROCEEDING_ROLE_COMPLAINANT: _ClassVar[ProceedingRole]
    PROCEEDING_ROLE_ACCUSED: _ClassVar[ProceedingRole]
    PROCEEDING_ROLE_PARTY: _ClassVar[ProceedingRole]

class ProceedingStage(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROCEEDING_STAGE_UNSPECIFIED: _ClassVar[ProceedingStage]
    PROCEEDING_STAGE_COMPLAINT: _ClassVar[ProceedingStage]
    PROCEEDING_STAGE_INVESTIGATION: _ClassVar[ProceedingStage]
    PROCEEDING_STAGE_PROSECUTION: _ClassVar[ProceedingStage]
    PROCEEDING_STAGE_TRIAL: _ClassVar[ProceedingStage]
    PROCEEDING_STAGE_APPEAL: _ClassVar[ProceedingStage]
    PROCEEDING_STAGE_CONCLUDED: _ClassVar[ProceedingStage]
    PROCEEDING_STAGE_DISCONTINUED: _ClassVar[ProceedingStage]

class Cooperation(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COOPERATION_UNSPECIFIED: _ClassVar[Cooperation]
    COOPERATION_WILLING: _ClassVar[Cooperation]
    COOPERATION_WILLING_REMOTELY: _ClassVar[Cooperation]
    COOPERATION_UNDECIDED: _ClassVar[Cooperation]
    COOPERATION_DECLINED: _ClassVar[Cooperation]
    COOPERATION_TESTIMONY_GIVEN: _ClassVar[Cooperation]

class LegalAid(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LEGAL_AID_UNSPECIFIED: _ClassVar[LegalAid]
    LEGAL_AID_REPRESENTED: _ClassVar[LegalAid]
    LEGAL_AID_REQUESTED: _ClassVar[LegalAid]
    LEGAL_AID_OFFERED: _ClassVar[LegalAid]
    LEGAL_AID_DECLINED: _ClassVar[LegalAid]
    LEGAL_AID_NOT_AVAILABLE: _ClassVar[LegalAid]

class TransportMode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRANSPORT_MODE_UNSPECIFIED: _ClassVar[TransportMode]
    TRANSPORT_MODE_ON_FOOT: _ClassVar[TransportMode]
    TRANSPORT_MODE_CAR: _ClassVar[TransportMode]
    TRANSPORT_MODE_BUS: _ClassVar[TransportMode]
    TRANSPORT_MODE_TRAIN: _ClassVar[TransportMode]
    TRANSPORT_MODE_FLIGHT: _ClassVar[TransportMode]
    TRANSPORT_MODE_BOAT: _ClassVar[TransportMode]
    TRANSPORT_MODE_AMBULANCE: _ClassVar[TransportMode]

class ReturnBasis(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RETURN_BASIS_UNSPECIFIED: _ClassVar[ReturnBasis]
    RETURN_BASIS_VOLUNTARY: _ClassVar[ReturnBasis]
    RETURN_BASIS_ASSISTED_VOLUNTARY: _ClassVar[ReturnBasis]
    RETURN_BASIS_ORDERED: _ClassVar[ReturnBasis]
    RETURN_BASIS_TRANSFER_TO_THIRD_COUNTRY: _ClassVar[ReturnBasis]

class ReadmissionStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    READMISSION_STATUS_UNSPECIFIED: _ClassVar[ReadmissionStatus]
    READMISSION_STATUS_GUARANTEED: _ClassVar[ReadmissionStatus]
    READMISSION_STATUS_REQUESTED: _ClassVar[ReadmissionStatus]
    READMISSION_STATUS_REFUSED: _ClassVar[ReadmissionStatus]
    READMISSION_STATUS_NOT_NEEDED: _ClassVar[ReadmissionStatus]

class TravelDocumentStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRAVEL_DOCUMENT_STATUS_UNSPECIFIED: _ClassVar[TravelDocumentStatus]
    TRAVEL_DOCUMENT_STATUS_HELD_VALID: _ClassVar[TravelDocumentStatus]
    TRAVEL_DOCUMENT_STATUS_APPLIED_FOR: _ClassVar[TravelDocumentStatus]
    TRAVEL_DOCUMENT_STATUS_ISSUED: _ClassVar[TravelDocumentStatus]
    TRAVEL_DOCUMENT_STATUS_EXPIRED: _ClassVar[TravelDocumentStatus]
    TRAVEL_DOCUMENT_STATUS_REFUSED: _ClassVar[TravelDocumentStatus]
    TRAVEL_DOCUMENT_STATUS_NOT_NEEDED: _ClassVar[TravelDocumentStatus]

class ExitClearance(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EXIT_CLEARANCE_UNSPECIFIED: _ClassVar[ExitClearance]
    EXIT_CLEARANCE_GRANTED: _ClassVar[ExitClearance]
    EXIT_CLEARANCE_REQUESTED: _ClassVar[ExitClearance]
    EXIT_CLEARANCE_REFUSED: _ClassVar[ExitClearance]
    EXIT_CLEARANCE_NOT_NEEDED: _ClassVar[ExitClearance]
    EXIT_CLEARANCE_COURT_HOLD: _ClassVar[ExitClearance]

class FineWaiver(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    FINE_WAIVER_UNSPECIFIED: _ClassVar[FineWaiver]
    FINE_WAIVER_WAIVED: _ClassVar[FineWaiver]
    FINE_WAIVER_REQUESTED: _ClassVar[FineWaiver]
    FINE_WAIVER_REFUSED: _ClassVar[FineWaiver]
    FINE_WAIVER_PAID: _ClassVar[FineWaiver]
    FINE_WAIVER_NOT_DUE: _ClassVar[FineWaiver]

class TravelFitness(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRAVEL_FITNESS_UNSPECIFIED: _ClassVar[TravelFitness]
    TRAVEL_FITNESS_FIT: _ClassVar[TravelFitness]
    TRAVEL_FITNESS_FIT_WITH_ESCORT: _ClassVar[TravelFitness]
    TRAVEL_FITNESS_FIT_WITH_CONDITIONS: _ClassVar[TravelFitness]
    TRAVEL_FITNESS_NOT_FIT: _ClassVar[TravelFitness]
    TRAVEL_FITNESS_NOT_ASSESSED: _ClassVar[TravelFitness]

class EscortKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ESCORT_KIND_UNSPECIFIED: _ClassVar[EscortKind]
    ESCORT_KIND_NONE: _ClassVar[EscortKind]
    ESCORT_KIND_SOCIAL_WORKER: _ClassVar[EscortKind]
    ESCORT_KIND_HEALTH_WORKER: _ClassVar[EscortKind]
    ESCORT_KIND_GUARDIAN: _ClassVar[EscortKind]
    ESCORT_KIND_RELATIVE: _ClassVar[EscortKind]
    ESCORT_KIND_POLICE: _ClassVar[EscortKind]
    ESCORT_KIND_CONSULAR_OFFICER: _ClassVar[EscortKind]
    ESCORT_KIND_NGO_STAFF: _ClassVar[EscortKind]

class TravelArrangement(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRAVEL_ARRANGEMENT_UNSPECIFIED: _ClassVar[TravelArrangement]
    TRAVEL_ARRANGEMENT_WHEELCHAIR: _ClassVar[TravelArrangement]
    TRAVEL_ARRANGEMENT_STRETCHER: _ClassVar[TravelArrangement]
    TRAVEL_ARRANGEMENT_INFANT_SEAT: _ClassVar[TravelArrangement]
    TRAVEL_ARRANGEMENT_SEPARATE_FROM_OTHERS: _ClassVar[TravelArrangement]
    TRAVEL_ARRANGEMENT_SAME_SEX_ESCORT: _ClassVar[TravelArrangement]
    TRAVEL_ARRANGEMENT_INTERPRETER: _ClassVar[TravelArrangement]
    TRAVEL_ARRANGEMENT_MEDICATION_ON_BOARD: _ClassVar[TravelArrangement]
    TRAVEL_ARRANGEMENT_NO_UNIFORMS: _ClassVar[TravelArrangement]
    TRAVEL_ARRANGEMENT_NO_MEDIA: _ClassVar[TravelArrangement]
    TRAVEL_ARRANGEMENT_OVERNIGHT_STAY: _ClassVar[TravelArrangement]

class IdentityCheck(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    IDENTITY_CHECK_UNSPECIFIED: _ClassVar[IdentityCheck]
    IDENTITY_CHECK_PSEUDONYM_AND_CODE_WORD: _ClassVar[IdentityCheck]
    IDENTITY_CHECK_DOCUMENT: _ClassVar[IdentityCheck]
    IDENTITY_CHECK_PHOTO: _ClassVar[IdentityCheck]
    IDENTITY_CHECK_KNOWN_TO_OFFICER: _ClassVar[IdentityCheck]
    IDENTITY_CHECK_RELATIVE_PRESENT: _ClassVar[IdentityCheck]
    IDENTITY_CHECK_QUESTIONS: _ClassVar[IdentityCheck]
    IDENTITY_CHECK_FINGERPRINT: _ClassVar[IdentityCheck]

class BelongingKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BELONGING_KIND_UNSPECIFIED: _ClassVar[BelongingKind]
    BELONGING_KIND_CLOTHING: _ClassVar[BelongingKind]
    BELONGING_KIND_PHONE: _ClassVar[BelongingKind]
    BELONGING_KIND_MONEY: _ClassVar[BelongingKind]
    BELONGING_KIND_VALUABLES: _ClassVar[BelongingKind]
    BELONGING_KIND_DOCUMENTS: _ClassVar[BelongingKind]
    BELONGING_KIND_MEDICATION: _ClassVar[BelongingKind]
    BELONGING_KIND_MEDICAL_RECORDS: _ClassVar[BelongingKind]
    BELONGING_KIND_CHILD_ITEMS: _ClassVar[BelongingKind]
    BELONGING_KIND_EVIDENCE_RECEIPT: _ClassVar[BelongingKind]
    BELONGING_KIND_OTHER: _ClassVar[BelongingKind]

class SignatureForm(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SIGNATURE_FORM_UNSPECIFIED: _ClassVar[SignatureForm]
    SIGNATURE_FORM_SIGNED: _ClassVar[SignatureForm]
    SIGNATURE_FORM_THUMBPRINT: _ClassVar[SignatureForm]
    SIGNATURE_FORM_ORAL_WITNESSED: _ClassVar[SignatureForm]
    SIGNATURE_FORM_DECLINED: _ClassVar[SignatureForm]
    SIGNATURE_FORM_NOT_ABLE: _ClassVar[SignatureForm]

class ConditionAtHandover(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONDITION_AT_HANDOVER_UNSPECIFIED: _ClassVar[ConditionAtHandover]
    CONDITION_AT_HANDOVER_WELL: _ClassVar[ConditionAtHandover]
    CONDITION_AT_HANDOVER_DISTRESSED: _ClassVar[ConditionAtHandover]
    CONDITION_AT_HANDOVER_INJURED: _ClassVar[ConditionAtHandover]
    CONDITION_AT_HANDOVER_ILL: _ClassVar[ConditionAtHandover]
    CONDITION_AT_HANDOVER_NEEDS_URGENT_CARE: _ClassVar[ConditionAtHandover]

class HandoverResult(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HANDOVER_RESULT_UNSPECIFIED: _ClassVar[HandoverResult]
    HANDOVER_RESULT_COMPLETED: _ClassVar[HandoverResult]
    HANDOVER_RESULT_POSTPONED: _ClassVar[HandoverResult]
    HANDOVER_RESULT_PERSON_DID_NOT_COME: _ClassVar[HandoverResult]
    HANDOVER_RESULT_RECEIVER_DID_NOT_COME: _ClassVar[HandoverResult]
    HANDOVER_RESULT_REFUSED_BY_PERSON: _ClassVar[HandoverResult]
    HANDOVER_RESULT_STOPPED_AT_BORDER: _ClassVar[HandoverResult]

class SupportPlanType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SUPPORT_PLAN_TYPE_UNSPECIFIED: _ClassVar[SupportPlanType]
    SUPPORT_PLAN_TYPE_EDUCATION: _ClassVar[SupportPlanType]
    SUPPORT_PLAN_TYPE_FINANCIAL: _ClassVar[SupportPlanType]
    SUPPORT_PLAN_TYPE_HEALTH: _ClassVar[SupportPlanType]
    SUPPORT_PLAN_TYPE_LABOUR_EXPLOITATION_REHABILITATION: _ClassVar[SupportPlanType]
    SUPPORT_PLAN_TYPE_LEGAL: _ClassVar[SupportPlanType]
    SUPPORT_PLAN_TYPE_LIVELIHOOD: _ClassVar[SupportPlanType]
    SUPPORT_PLAN_TYPE_RIGHTS_BASED_TRAINING: _ClassVar[SupportPlanType]
    SUPPORT_PLAN_TYPE_SEXUAL_EXPLOITATION_REHABILITATION: _ClassVar[SupportPlanType]
    SUPPORT_PLAN_TYPE_SOCIAL_CARE: _ClassVar[SupportPlanType]

class PlanStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PLAN_STATUS_UNSPECIFIED: _ClassVar[PlanStatus]
    PLAN_STATUS_PROPOSED: _ClassVar[PlanStatus]
    PLAN_STATUS_AGREED: _ClassVar[PlanStatus]
    PLAN_STATUS_UNDER_WAY: _ClassVar[PlanStatus]
    PLAN_STATUS_COMPLETED: _ClassVar[PlanStatus]
    PLAN_STATUS_STOPPED_BY_PERSON: _ClassVar[PlanStatus]
    PLAN_STATUS_STOPPED_BY_AGENCY: _ClassVar[PlanStatus]

class PlanOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PLAN_OUTCOME_UNSPECIFIED: _ClassVar[PlanOutcome]
    PLAN_OUTCOME_ACHIEVED: _ClassVar[PlanOutcome]
    PLAN_OUTCOME_PARTLY_ACHIEVED: _ClassVar[PlanOutcome]
    PLAN_OUTCOME_NOT_ACHIEVED: _ClassVar[PlanOutcome]
    PLAN_OUTCOME_TOO_EARLY: _ClassVar[PlanOutcome]

class VisitKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    VISIT_KIND_UNSPECIFIED: _ClassVar[VisitKind]
    VISIT_KIND_HOME_VISIT: _ClassVar[VisitKind]
    VISIT_KIND_OFFICE_VISIT: _ClassVar[VisitKind]
    VISIT_KIND_PHONE_CALL: _ClassVar[VisitKind]
    VISIT_KIND_VIDEO_CALL: _ClassVar[VisitKind]
    VISIT_KIND_SCHOOL_VISIT: _ClassVar[VisitKind]
    VISIT_KIND_WORKPLACE_VISIT: _ClassVar[VisitKind]

class VisitOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    VISIT_OUTCOME_UNSPECIFIED: _ClassVar[VisitOutcome]
    VISIT_OUTCOME_WELL: _ClassVar[VisitOutcome]
    VISIT_OUTCOME_NEEDS_MORE_SUPPORT: _ClassVar[VisitOutcome]
    VISIT_OUTCOME_AT_RISK: _ClassVar[VisitOutcome]
    VISIT_OUTCOME_NOT_FOUND: _ClassVar[VisitOutcome]
    VISIT_OUTCOME_MOVED_AWAY: _ClassVar[VisitOutcome]
    VISIT_OUTCOME_DECLINED_CONTACT: _ClassVar[VisitOutcome]
    VISIT_OUTCOME_MIGRATED_AGAIN: _ClassVar[VisitOutcome]
    VISIT_OUTCOME_RETRAFFICKED: _ClassVar[VisitOutcome]

class Housing(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HOUSING_UNSPECIFIED: _ClassVar[Housing]
    HOUSING_WITH_FAMILY: _ClassVar[Housing]
    HOUSING_OWN: _ClassVar[Housing]
    HOUSING_SHARED: _ClassVar[Housing]
    HOUSING_SHELTER: _ClassVar[Housing]
    HOUSING_ALTERNATIVE_CARE: _ClassVar[Housing]
    HOUSING_UNSTABLE: _ClassVar[Housing]
    HOUSING_HOMELESS: _ClassVar[Housing]

class Occupation(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    OCCUPATION_UNSPECIFIED: _ClassVar[Occupation]
    OCCUPATION_IN_SCHOOL: _ClassVar[Occupation]
    OCCUPATION_IN_TRAINING: _ClassVar[Occupation]
    OCCUPATION_EMPLOYED: _ClassVar[Occupation]
    OCCUPATION_SELF_EMPLOYED: _ClassVar[Occupation]
    OCCUPATION_CARING_AT_HOME: _ClassVar[Occupation]
    OCCUPATION_SEEKING_WORK: _ClassVar[Occupation]
    OCCUPATION_UNABLE_TO_WORK: _ClassVar[Occupation]

class RetraffickingSign(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RETRAFFICKING_SIGN_UNSPECIFIED: _ClassVar[RetraffickingSign]
    RETRAFFICKING_SIGN_CONTACT_WITH_TRAFFICKER: _ClassVar[RetraffickingSign]
    RETRAFFICKING_SIGN_NEW_JOB_OFFER_ABROAD: _ClassVar[RetraffickingSign]
    RETRAFFICKING_SIGN_SUDDEN_DEPARTURE: _ClassVar[RetraffickingSign]
    RETRAFFICKING_SIGN_DEBT_COLLECTED: _ClassVar[RetraffickingSign]
    RETRAFFICKING_SIGN_MISSING: _ClassVar[RetraffickingSign]
    RETRAFFICKING_SIGN_DOCUMENTS_TAKEN: _ClassVar[RetraffickingSign]
    RETRAFFICKING_SIGN_REPORTED_BY_FAMILY: _ClassVar[RetraffickingSign]
    RETRAFFICKING_SIGN_REPORTED_BY_PERSON: _ClassVar[RetraffickingSign]
    RETRAFFICKING_SIGN_ONLINE_RECRUITMENT: _ClassVar[RetraffickingSign]
MESSAGE_KIND_UNSPECIFIED: MessageKind
MESSAGE_KIND_NOTIFY: MessageKind
MESSAGE_KIND_PRE_NOTIFICATION: MessageKind
MESSAGE_KIND_OFFER: MessageKind
MESSAGE_KIND_RECEIVED: MessageKind
MESSAGE_KIND_ACKNOWLEDGED: MessageKind
MESSAGE_KIND_ACCEPT: MessageKind
MESSAGE_KIND_DECLINE: MessageKind
MESSAGE_KIND_ASK: MessageKind
MESSAGE_KIND_REDIRECT: MessageKind
MESSAGE_KIND_REFERRAL: MessageKind
MESSAGE_KIND_VERIFICATION_REQUEST: MessageKind
MESSAGE_KIND_VERIFICATION_RESULT: MessageKind
MESSAGE_KIND_TRACING_REQUEST: MessageKind
MESSAGE_KIND_ASSESSMENT: MessageKind
MESSAGE_KIND_RISK_ASSESSMENT: MessageKind
MESSAGE_KIND_RETURN_CLEARED: MessageKind
MESSAGE_KIND_RETURN_STOPPED: MessageKind
MESSAGE_KIND_TRAVEL_PLAN: MessageKind
MESSAGE_KIND_HANDOVER_PROPOSED: MessageKind
MESSAGE_KIND_HANDOVER_CONFIRMED: MessageKind
MESSAGE_KIND_REINTEGRATION_REPORT: MessageKind
MESSAGE_KIND_RETRAFFICKING_ALERT: MessageKind
MESSAGE_KIND_CLOSE: MessageKind
MESSAGE_KIND_ERASE_REQUEST: MessageKind
MESSAGE_KIND_ERASURE_RECEIPT: MessageKind
MESSAGE_KIND_UPDATE: MessageKind
MESSAGE_KIND_HOLD: MessageKind
MESSAGE_KIND_REVOKE: MessageKind
MESSAGE_KIND_REVOKE_CONFIRMED: MessageKind
MESSAGE_KIND_CONSENT_WITHDRAWN: MessageKind
MESSAGE_KIND_DISPUTE: MessageKind
MESSAGE_KIND_RESCREENING_REQUESTED: MessageKind
MESSAGE_KIND_ESCALATE: MessageKind
MESSAGE_KIND_UNREADABLE: MessageKind
SECTION_TYPE_UNSPECIFIED: SectionType
SECTION_TYPE_CONTROL: SectionType
SECTION_TYPE_PREVIEW: SectionType
SECTION_TYPE_SCREENING: SectionType
SECTION_TYPE_CONSENT: SectionType
SECTION_TYPE_IDENTITY: SectionType
SECTION_TYPE_FAMILY: SectionType
SECTION_TYPE_CHILD: SectionType
SECTION_TYPE_PROTECTION: SectionType
SECTION_TYPE_HEALTH: SectionType
SECTION_TYPE_LEGAL: SectionType
SECTION_TYPE_TRAVEL: SectionType
SECTION_TYPE_HANDOVER: SectionType
SECTION_TYPE_REINTEGRATION: SectionType
SECTION_TYPE_NOTE: SectionType
DISCLOSURE_STATE_UNSPECIFIED: DisclosureState
DISCLOSURE_STATE_GIVEN: DisclosureState
DISCLOSURE_STATE_WITHHELD: DisclosureState
DISCLOSURE_STATE_NOT_ASKED: DisclosureState
DISCLOSURE_STATE_UNKNOWN: DisclosureState
DISCLOSURE_STATE_REFUSED_BY_PERSON: DisclosureState
ABSENCE_REASON_UNSPECIFIED: AbsenceReason
ABSENCE_REASON_UNKNOWN: AbsenceReason
ABSENCE_REASON_REFUSED: AbsenceReason
ABSENCE_REASON_WITHHELD: AbsenceReason
ABSENCE_REASON_NOT_ASKED: AbsenceReason
PURPOSE_UNSPECIFIED: Purpose
PURPOSE_NOTIFICATION: Purpose
PURPOSE_REFERRAL_OFFER: Purpose
PURPOSE_PROTECTION: Purpose
PURPOSE_SHELTER: Purpose
PURPOSE_HEALTH_CARE: Purpose
PURPOSE_PSYCHOSOCIAL_SUPPORT: Purpose
PURPOSE_LEGAL_AID: Purpose
PURPOSE_NATIONALITY_VERIFICATION: Purpose
PURPOSE_FAMILY_TRACING: Purpose
PURPOSE_RISK_ASSESSMENT: Purpose
PURPOSE_RETURN_TRAVEL: Purpose
PURPOSE_HANDOVER: Purpose
PURPOSE_REINTEGRATION: Purpose
PURPOSE_CHILD_PROTECTION: Purpose
PURPOSE_IDENTIFICATION: Purpose
PURPOSE_PROSECUTION: Purpose
PURPOSE_WITNESS: Purpose
PURPOSE_STATISTICS: Purpose
PURPOSE_OVERSIGHT: Purpose
PURPOSE_COORDINATION: Purpose
LEGAL_BASIS_UNSPECIFIED: LegalBasis
LEGAL_BASIS_CONSENT: LegalBasis
LEGAL_BASIS_VITAL_INTEREST: LegalBasis
LEGAL_BASIS_BEST_INTERESTS_OF_CHILD: LegalBasis
LEGAL_BASIS_LEGAL_OBLIGATION: LegalBasis
LEGAL_BASIS_PUBLIC_TASK: LegalBasis
LEGAL_BASIS_SUBSTANTIAL_PUBLIC_INTEREST: LegalBasis
LEGAL_BASIS_LEGAL_CLAIMS: LegalBasis
LEGAL_BASIS_INTERNATIONAL_AGREEMENT: LegalBasis
LEGAL_BASIS_DUTY_TO_NOTIFY: LegalBasis
TRANSFER_SAFEGUARD_UNSPECIFIED: TransferSafeguard
TRANSFER_SAFEGUARD_ADEQUATE_PROTECTION: TransferSafeguard
TRANSFER_SAFEGUARD_APPROPRIATE_SAFEGUARDS: TransferSafeguard
TRANSFER_SAFEGUARD_BINDING_RULES: TransferSafeguard
TRANSFER_SAFEGUARD_BILATERAL_AGREEMENT: TransferSafeguard
TRANSFER_SAFEGUARD_CONSENT_AFTER_WARNING: TransferSafeguard
TRANSFER_SAFEGUARD_VITAL_INTEREST: TransferSafeguard
TRANSFER_SAFEGUARD_IMPORTANT_PUBLIC_INTEREST: TransferSafeguard
TRANSFER_SAFEGUARD_PRIVILEGES_AND_IMMUNITIES: TransferSafeguard
USE_RESTRICTION_UNSPECIFIED: UseRestriction
USE_RESTRICTION_NOT_FOR_IMMIGRATION_ENFORCEMENT: UseRestriction
USE_RESTRICTION_NON_PUNISHMENT: UseRestriction
USE_RESTRICTION_NOT_FOR_PROSECUTION_OF_VICTIM: UseRestriction
USE_RESTRICTION_NO_ONWARD_TRANSFER: UseRestriction
USE_RESTRICTION_DO_NOT_TELL_FAMILY: UseRestriction
USE_RESTRICTION_DO_NOT_TELL_HOME_STATE: UseRestriction
USE_RESTRICTION_DO_NOT_TELL_EMPLOYER: UseRestriction
USE_RESTRICTION_NO_CONTACT_WITH_PERSON: UseRestriction
USE_RESTRICTION_NO_MEDIA: UseRestriction
USE_RESTRICTION_NO_RESEARCH: UseRestriction
USE_RESTRICTION_NOT_AS_EVIDENCE: UseRestriction
USE_RESTRICTION_CASE_TEAM_ONLY: UseRestriction
CLOCK_KIND_UNSPECIFIED: ClockKind
CLOCK_KIND_ACKNOWLEDGEMENT: ClockKind
CLOCK_KIND_DECISION: ClockKind
CLOCK_KIND_VERIFICATION_STATUS: ClockKind
CLOCK_KIND_VERIFICATION_RESULT: ClockKind
CLOCK_KIND_TRACING_RESULT: ClockKind
CLOCK_KIND_RISK_ASSESSMENT: ClockKind
CLOCK_KIND_HANDOVER_NOTICE: ClockKind
CLOCK_KIND_MONITORING: ClockKind
CLOCK_KIND_TEMPORARY_PROTECTION: ClockKind
CLOCK_KIND_SHELTER_BEFORE_INTERVIEW: ClockKind
CLOCK_KIND_REFLECTION_PERIOD: ClockKind
CLOCK_KIND_CHILD_NOTIFICATION: ClockKind
CLOCK_KIND_STAY_PERMIT: ClockKind
CLOCK_KIND_CONSENT_EXPIRY: ClockKind
CLOCK_KIND_ERASURE: ClockKind
CLOCK_KIND_HOLD_ENDS: ClockKind
ANSWER_REASON_UNSPECIFIED: AnswerReason
ANSWER_REASON_NO_CAPACITY: AnswerReason
ANSWER_REASON_OUTSIDE_MANDATE: AnswerReason
ANSWER_REASON_OUTSIDE_AREA: AnswerReason
ANSWER_REASON_NOT_ELIGIBLE: AnswerReason
ANSWER_REASON_PERSON_DECLINED: AnswerReason
ANSWER_REASON_PERSON_NOT_REACHED: AnswerReason
ANSWER_REASON_NO_CONSENT: AnswerReason
ANSWER_REASON_CONSENT_TOO_NARROW: AnswerReason
ANSWER_REASON_MORE_INFORMATION_NEEDED: AnswerReason
ANSWER_REASON_ALREADY_KNOWN_HERE: AnswerReason
ANSWER_REASON_DUPLICATE: AnswerReason
ANSWER_REASON_BETTER_PLACED_AGENCY: AnswerReason
ANSWER_REASON_CONFLICT_OF_INTEREST: AnswerReason
ANSWER_REASON_SAFETY_CONCERN: AnswerReason
ANSWER_REASON_CHILD_SAFEGUARD_MISSING: AnswerReason
ANSWER_REASON_INTERPRETER_NOT_AVAILABLE: AnswerReason
ANSWER_REASON_OVER_DISCLOSED: AnswerReason
ANSWER_REASON_SENT_IN_ERROR: AnswerReason
ANSWER_REASON_CIRCUMSTANCES_CHANGED: AnswerReason
ANSWER_REASON_SCREENING_DISPUTED: AnswerReason
ANSWER_REASON_DEADLINE_PASSED: AnswerReason
ANSWER_REASON_LEGAL_HOLD: AnswerReason
ANSWER_REASON_CANNOT_BE_OPENED: AnswerReason
ANSWER_REASON_NOT_UNDERSTOOD: AnswerReason
ANSWER_REASON_OTHER: AnswerReason
CASE_OUTCOME_UNSPECIFIED: CaseOutcome
CASE_OUTCOME_ASSISTANCE_COMPLETED: CaseOutcome
CASE_OUTCOME_HANDED_OVER: CaseOutcome
CASE_OUTCOME_RETURNED_AND_REINTEGRATED: CaseOutcome
CASE_OUTCOME_INTEGRATED_IN_HOST_COUNTRY: CaseOutcome
CASE_OUTCOME_RESETTLED: CaseOutcome
CASE_OUTCOME_PERSON_WITHDREW: CaseOutcome
CASE_OUTCOME_CONTACT_LOST: CaseOutcome
CASE_OUTCOME_NOT_A_VICTIM: CaseOutcome
CASE_OUTCOME_TRANSFERRED_ELSEWHERE: CaseOutcome
CASE_OUTCOME_REVOKED: CaseOutcome
CASE_OUTCOME_DIED: CaseOutcome
CASE_OUTCOME_OPENED_IN_ERROR: CaseOutcome
CASE_OUTCOME_OTHER: CaseOutcome
URGENCY_UNSPECIFIED: Urgency
URGENCY_IMMEDIATE_DANGER: Urgency
URGENCY_URGENT: Urgency
URGENCY_NORMAL: Urgency
URGENCY_PLANNED: Urgency
RISK_LEVEL_UNSPECIFIED: RiskLevel
RISK_LEVEL_HIGH: RiskLevel
RISK_LEVEL_MEDIUM: RiskLevel
RISK_LEVEL_LOW: RiskLevel
RISK_LEVEL_NONE: RiskLevel
REFERRAL_REASON_UNSPECIFIED: ReferralReason
REFERRAL_REASON_ADDITIONAL_SERVICES_REQUIRED: ReferralReason
REFERRAL_REASON_MIGRATION_OR_CHANGE_OF_LOCATION: ReferralReason
REFERRAL_REASON_OTHER: ReferralReason
REFERRAL_REASON_IDENTIFICATION: ReferralReason
REFERRAL_REASON_SHELTER: ReferralReason
REFERRAL_REASON_HEALTH: ReferralReason
REFERRAL_REASON_PSYCHOSOCIAL: ReferralReason
REFERRAL_REASON_LEGAL: ReferralReason
REFERRAL_REASON_NATIONALITY_VERIFICATION: ReferralReason
REFERRAL_REASON_FAMILY_TRACING: ReferralReason
REFERRAL_REASON_RETURN: ReferralReason
REFERRAL_REASON_REINTEGRATION: ReferralReason
REFERRAL_REASON_WITNESS: ReferralReason
REFERRAL_REASON_CHILD_PROTECTION: ReferralReason
REFERRAL_REASON_THIRD_COUNTRY_SOLUTION: ReferralReason
CASE_STATUS_UNSPECIFIED: CaseStatus
CASE_STATUS_ACTIVE: CaseStatus
CASE_STATUS_FOLLOW_UP: CaseStatus
CASE_STATUS_CLOSED: CaseStatus
CASE_STATUS_CLOSED_REFERRED: CaseStatus
SERVICE_UNSPECIFIED: Service
SERVICE_IDENTIFICATION_INTERVIEW: Service
SERVICE_SHELTER: Service
SERVICE_CHILD_CARE_PLACEMENT: Service
SERVICE_COMMUNITY_CARE: Service
SERVICE_HEALTH_CARE: Service
SERVICE_MENTAL_HEALTH_CARE: Service
SERVICE_PSYCHOSOCIAL_SUPPORT: Service
SERVICE_LEGAL_AID: Service
SERVICE_INTERPRETING: Service
SERVICE_NATIONALITY_VERIFICATION: Service
SERVICE_TRAVEL_DOCUMENT: Service
SERVICE_FAMILY_TRACING: Service
SERVICE_HOUSEHOLD_ASSESSMENT: Service
SERVICE_RISK_ASSESSMENT: Service
SERVICE_RETURN_TRAVEL: Service
SERVICE_RECEPTION_AT_BORDER: Service
SERVICE_REINTEGRATION_SUPPORT: Service
SERVICE_EDUCATION: Service
SERVICE_LIVELIHOOD: Service
SERVICE_FINANCIAL_ASSISTANCE: Service
SERVICE_WITNESS_PROTECTION: Service
SERVICE_CHILD_PROTECTION: Service
SERVICE_THIRD_COUNTRY_SOLUTION: Service
SERVICE_OTHER: Service
NEED_UNSPECIFIED: Need
NEED_SAFETY: Need
NEED_SHELTER: Need
NEED_FOOD_AND_CLOTHING: Need
NEED_URGENT_MEDICAL_CARE: Need
NEED_MEDICAL_CARE: Need
NEED_MENTAL_HEALTH_CARE: Need
NEED_PREGNANCY_CARE: Need
NEED_INFANT_CARE: Need
NEED_DISABILITY_SUPPORT: Need
NEED_INTERPRETER: Need
NEED_LEGAL_ADVICE: Need
NEED_DOCUMENTS: Need
NEED_FAMILY_CONTACT: Need
NEED_CHILD_PROTECTION: Need
NEED_GUARDIAN: Need
NEED_SEPARATE_ACCOMMODATION: Need
NEED_RETURN: Need
NEED_TEMPORARY_STAY: Need
NEED_COMPENSATION: Need
NEED_OTHER: Need
RISK_FLAG_UNSPECIFIED: RiskFlag
RISK_FLAG_TRAFFICKERS_STILL_LOOKING: RiskFlag
RISK_FLAG_DEBT_CLAIMED: RiskFlag
RISK_FLAG_THREATS_TO_FAMILY: RiskFlag
RISK_FLAG_OFFICIALS_COMPLICIT: RiskFlag
RISK_FLAG_SELF_HARM: RiskFlag
RISK_FLAG_VIOLENCE_IN_FAMILY: RiskFlag
RISK_FLAG_MEDICAL_EMERGENCY: RiskFlag
RISK_FLAG_PREGNANT: RiskFlag
RISK_FLAG_UNACCOMPANIED_CHILD: RiskFlag
RISK_FLAG_DETAINED: RiskFlag
RISK_FLAG_REMOVAL_IMMINENT: RiskFlag
RISK_FLAG_OTHERS_STILL_HELD: RiskFlag
RISK_FLAG_FREQUENT_RELOCATION: RiskFlag
RISK_FLAG_STATE_VETO_BY_PERSON: RiskFlag
RISK_FLAG_COMMUNICABLE_DISEASE_POSSIBLE: RiskFlag
NOTE_KIND_UNSPECIFIED: NoteKind
NOTE_KIND_CASE_SUMMARY: NoteKind
NOTE_KIND_ANSWER: NoteKind
NOTE_KIND_INSTRUCTION: NoteKind
NOTE_KIND_HANDOVER: NoteKind
NOTE_KIND_MONITORING: NoteKind
NOTE_KIND_CORRECTION: NoteKind
NOTE_KIND_TRANSLATION: NoteKind
NOTE_KIND_OTHER: NoteKind
ORGANISATION_TYPE_UNSPECIFIED: OrganisationType
ORGANISATION_TYPE_NGO: OrganisationType
ORGANISATION_TYPE_LAW_ENFORCEMENT: OrganisationType
ORGANISATION_TYPE_HEALTH_SERVICE_ORGANISATION: OrganisationType
ORGANISATION_TYPE_CENTRAL_GOVERNMENT_ORGANISATION: OrganisationType
ORGANISATION_TYPE_LOCAL_GOVERNMENT_ORGANISATION: OrganisationType
ORGANISATION_TYPE_IMMIGRATION_SERVICE: OrganisationType
ORGANISATION_TYPE_LEGAL_SERVICE: OrganisationType
ORGANISATION_TYPE_CORPORATE_BUSINESS: OrganisationType
ORGANISATION_TYPE_SCHOOL_OR_COLLEGE: OrganisationType
ORGANISATION_TYPE_EMBASSY_CONSULATE: OrganisationType
ORGANISATION_TYPE_INTERNATIONAL_ORGANISATION: OrganisationType
ORGANISATION_TYPE_SHELTER: OrganisationType
ORGANISATION_TYPE_CHILD_PROTECTION_AUTHORITY: OrganisationType
ORGANISATION_TYPE_PROSECUTOR: OrganisationType
ORGANISATION_TYPE_COURT: OrganisationType
ORGANISATION_TYPE_HOTLINE: OrganisationType
ORGANISATION_TYPE_ARMED_FORCES: OrganisationType
OFFICER_ROLE_UNSPECIFIED: OfficerRole
OFFICER_ROLE_CASE_WORKER: OfficerRole
OFFICER_ROLE_SOCIAL_WORKER: OfficerRole
OFFICER_ROLE_SUPERVISOR: OfficerRole
OFFICER_ROLE_POLICE_OFFICER: OfficerRole
OFFICER_ROLE_IMMIGRATION_OFFICER: OfficerRole
OFFICER_ROLE_PROSECUTOR: OfficerRole
OFFICER_ROLE_JUDGE: OfficerRole
OFFICER_ROLE_LAWYER: OfficerRole
OFFICER_ROLE_HEALTH_WORKER: OfficerRole
OFFICER_ROLE_PSYCHOLOGIST: OfficerRole
OFFICER_ROLE_CONSULAR_OFFICER: OfficerRole
OFFICER_ROLE_SHELTER_STAFF: OfficerRole
OFFICER_ROLE_CHILD_PROTECTION_OFFICER: OfficerRole
OFFICER_ROLE_GUARDIAN: OfficerRole
OFFICER_ROLE_INTERPRETER: OfficerRole
OFFICER_ROLE_ESCORT: OfficerRole
OFFICER_ROLE_MULTIDISCIPLINARY_TEAM_MEMBER: OfficerRole
OFFICER_ROLE_HOTLINE_OPERATOR: OfficerRole
OFFICER_ROLE_DATA_PROTECTION_OFFICER: OfficerRole
OFFICER_ROLE_OTHER: OfficerRole
GENDER_UNSPECIFIED: Gender
GENDER_FEMININE: Gender
GENDER_MASCULINE: Gender
GENDER_TRANSGENDER_FEMININE: Gender
GENDER_TRANSGENDER_MASCULINE: Gender
GENDER_NON_CONFORMING: Gender
GENDER_NON_SPECIFIED_UNKNOWN: Gender
SEX_UNSPECIFIED: Sex
SEX_FEMALE: Sex
SEX_MALE: Sex
SEX_INTERSEX: Sex
AGE_BAND_UNSPECIFIED: AgeBand
AGE_BAND_UNDER_5: AgeBand
AGE_BAND_FROM_5_TO_11: AgeBand
AGE_BAND_FROM_12_TO_14: AgeBand
AGE_BAND_FROM_15_TO_17: AgeBand
AGE_BAND_FROM_18_TO_24: AgeBand
AGE_BAND_FROM_25_TO_34: AgeBand
AGE_BAND_FROM_35_TO_44: AgeBand
AGE_BAND_FROM_45_TO_59: AgeBand
AGE_BAND_FROM_60: AgeBand
AGE_BASIS_UNSPECIFIED: AgeBasis
AGE_BASIS_DOCUMENTED: AgeBasis
AGE_BASIS_STATED: AgeBasis
AGE_BASIS_ESTIMATED: AgeBasis
AGE_BASIS_DISPUTED: AgeBasis
CHILD_FLAG_UNSPECIFIED: ChildFlag
CHILD_FLAG_CHILD: ChildFlag
CHILD_FLAG_PRESUMED_CHILD: ChildFlag
CHILD_FLAG_ADULT: ChildFlag
MARITAL_STATUS_UNSPECIFIED: MaritalStatus
MARITAL_STATUS_SINGLE: MaritalStatus
MARITAL_STATUS_MARRIED: MaritalStatus
MARITAL_STATUS_WIDOWED: MaritalStatus
MARITAL_STATUS_DIVORCED: MaritalStatus
MARITAL_STATUS_SEPARATED: MaritalStatus
MARITAL_STATUS_REGISTERED_PARTNERSHIP: MaritalStatus
EDUCATION_LEVEL_UNSPECIFIED: EducationLevel
EDUCATION_LEVEL_EARLY_CHILDHOOD_EDUCATION: EducationLevel
EDUCATION_LEVEL_PRIMARY_EDUCATION: EducationLevel
EDUCATION_LEVEL_LOWER_SECONDARY_EDUCATION: EducationLevel
EDUCATION_LEVEL_UPPER_SECONDARY_EDUCATION: EducationLevel
EDUCATION_LEVEL_POST_SECONDARY_NON_TERTIARY_EDUCATION: EducationLevel
EDUCATION_LEVEL_SHORT_CYCLE_TERTIARY_EDUCATION: EducationLevel
EDUCATION_LEVEL_BACHELORS_OR_EQUIVALENT_LEVEL: EducationLevel
EDUCATION_LEVEL_MASTERS_OR_EQUIVALENT_LEVEL: EducationLevel
EDUCATION_LEVEL_DOCTORAL_OR_EQUIVALENT_LEVEL: EducationLevel
CITIZENSHIP_STATUS_UNSPECIFIED: CitizenshipStatus
CITIZENSHIP_STATUS_CLAIMED: CitizenshipStatus
CITIZENSHIP_STATUS_CONFIRMED: CitizenshipStatus
CITIZENSHIP_STATUS_STATELESS: CitizenshipStatus
CITIZENSHIP_STATUS_AT_RISK_OF_STATELESSNESS: CitizenshipStatus
CITIZENSHIP_STATUS_UNDETERMINED: CitizenshipStatus
MIGRANT_TYPE_UNSPECIFIED: MigrantType
MIGRANT_TYPE_FAMILY: MigrantType
MIGRANT_TYPE_VISITOR_TOURIST: MigrantType
MIGRANT_TYPE_LABOUR: MigrantType
MIGRANT_TYPE_STUDENT: MigrantType
MIGRANT_TYPE_IRREGULAR: MigrantType
INTERNATIONAL_PROTECTION_UNSPECIFIED: InternationalProtection
INTERNATIONAL_PROTECTION_ASYLUM_SEEKER: InternationalProtection
INTERNATIONAL_PROTECTION_REFUGEE: InternationalProtection
INTERNATIONAL_PROTECTION_RECIPIENT_OF_COMPLEMENTARY_PROTECTION: InternationalProtection
INTERNATIONAL_PROTECTION_STATELESS_PERSON: InternationalProtection
MIGRATION_CIRCUMSTANCE_UNSPECIFIED: MigrationCircumstance
MIGRATION_CIRCUMSTANCE_ENVIRONMENTAL_MIGRANT: MigrationCircumstance
MIGRATION_CIRCUMSTANCE_VULNERABLE_MIGRANT: MigrationCircumstance
MIGRATION_CIRCUMSTANCE_STRANDED_MIGRANT: MigrationCircumstance
MIGRATION_CIRCUMSTANCE_FORCED_MIGRANT: MigrationCircumstance
MIGRATION_CIRCUMSTANCE_DEPORTEE: MigrationCircumstance
MIGRATION_CIRCUMSTANCE_EX_COMBATANT: MigrationCircumstance
MIGRATION_CIRCUMSTANCE_INTERNALLY_DISPLACED_PERSON: MigrationCircumstance
MIGRATION_CIRCUMSTANCE_SEPARATED_OR_UNACCOMPANIED_CHILD: MigrationCircumstance
MIGRATION_CIRCUMSTANCE_RETURNEE: MigrationCircumstance
NAME_KIND_UNSPECIFIED: NameKind
NAME_KIND_LEGAL: NameKind
NAME_KIND_BIRTH: NameKind
NAME_KIND_USUAL: NameKind
NAME_KIND_MARRIED: NameKind
NAME_KIND_RELIGIOUS: NameKind
NAME_KIND_NICKNAME: NameKind
NAME_KIND_ALIAS: NameKind
NAME_KIND_IN_FALSE_DOCUMENT: NameKind
NAME_ROLE_UNSPECIFIED: NameRole
NAME_ROLE_WHOLE: NameRole
NAME_ROLE_FAMILY: NameRole
NAME_ROLE_GIVEN: NameRole
NAME_ROLE_MIDDLE: NameRole
NAME_ROLE_FATHERS_NAME: NameRole
NAME_ROLE_MOTHERS_NAME: NameRole
NAME_ROLE_GRANDFATHERS_NAME: NameRole
NAME_ROLE_CLAN: NameRole
NAME_ROLE_TITLE: NameRole
NAME_ROLE_NICKNAME: NameRole
NAME_ROLE_SUFFIX: NameRole
IDENTITY_ASSURANCE_UNSPECIFIED: IdentityAssurance
IDENTITY_ASSURANCE_STATED: IdentityAssurance
IDENTITY_ASSURANCE_RELATIVE_CONFIRMED: IdentityAssurance
IDENTITY_ASSURANCE_DOCUMENT_SEEN: IdentityAssurance
IDENTITY_ASSURANCE_STATE_VERIFIED: IdentityAssurance
IDENTITY_ASSURANCE_DISPUTED: IdentityAssurance
VERIFICATION_OUTCOME_UNSPECIFIED: VerificationOutcome
VERIFICATION_OUTCOME_VERIFIED: VerificationOutcome
VERIFICATION_OUTCOME_NOT_VERIFIED: VerificationOutcome
VERIFICATION_OUTCOME_INCONCLUSIVE: VerificationOutcome
VERIFICATION_BASIS_UNSPECIFIED: VerificationBasis
VERIFICATION_BASIS_CIVIL_REGISTER: VerificationBasis
VERIFICATION_BASIS_HOUSEHOLD_REGISTER: VerificationBasis
VERIFICATION_BASIS_PASSPORT_DATABASE: VerificationBasis
VERIFICATION_BASIS_IDENTITY_CARD_DATABASE: VerificationBasis
VERIFICATION_BASIS_BIRTH_CERTIFICATE: VerificationBasis
VERIFICATION_BASIS_FAMILY_INTERVIEW: VerificationBasis
VERIFICATION_BASIS_VILLAGE_AUTHORITY: VerificationBasis
VERIFICATION_BASIS_CONSULAR_INTERVIEW: VerificationBasis
VERIFICATION_BASIS_SCHOOL_RECORD: VerificationBasis
VERIFICATION_BASIS_BIOMETRIC_MATCH: VerificationBasis
VERIFICATION_BASIS_LANGUAGE_AND_LOCAL_KNOWLEDGE: VerificationBasis
VERIFICATION_BASIS_NO_RECORD_FOUND: VerificationBasis
DOCUMENT_TYPE_UNSPECIFIED: DocumentType
DOCUMENT_TYPE_PASSPORT: DocumentType
DOCUMENT_TYPE_TEMPORARY_PASSPORT: DocumentType
DOCUMENT_TYPE_EMERGENCY_TRAVEL_DOCUMENT: DocumentType
DOCUMENT_TYPE_LAISSEZ_PASSER: DocumentType
DOCUMENT_TYPE_CERTIFICATE_OF_IDENTITY: DocumentType
DOCUMENT_TYPE_BORDER_PASS: DocumentType
DOCUMENT_TYPE_SEAMANS_BOOK: DocumentType
DOCUMENT_TYPE_NATIONAL_IDENTITY_CARD: DocumentType
DOCUMENT_TYPE_NON_CITIZEN_CARD: DocumentType
DOCUMENT_TYPE_BIRTH_CERTIFICATE: DocumentType
DOCUMENT_TYPE_HOUSEHOLD_REGISTRATION: DocumentType
DOCUMENT_TYPE_FAMILY_BOOK: DocumentType
DOCUMENT_TYPE_WORK_PERMIT: DocumentType
DOCUMENT_TYPE_RESIDENCE_PERMIT: DocumentType
DOCUMENT_TYPE_REFUGEE_DOCUMENT: DocumentType
DOCUMENT_TYPE_MARRIAGE_CERTIFICATE: DocumentType
DOCUMENT_TYPE_SCHOOL_RECORD: DocumentType
DOCUMENT_TYPE_DRIVING_LICENCE: DocumentType
DOCUMENT_TYPE_OTHER: DocumentType
DOCUMENT_EVIDENCE_UNSPECIFIED: DocumentEvidence
DOCUMENT_EVIDENCE_ORIGINAL_SEEN: DocumentEvidence
DOCUMENT_EVIDENCE_COPY_SEEN: DocumentEvidence
DOCUMENT_EVIDENCE_STATED: DocumentEvidence
DOCUMENT_EVIDENCE_FALSE_DOCUMENT: DocumentEvidence
DOCUMENT_HOLDER_UNSPECIFIED: DocumentHolder
DOCUMENT_HOLDER_PERSON: DocumentHolder
DOCUMENT_HOLDER_FAMILY: DocumentHolder
DOCUMENT_HOLDER_AGENCY: DocumentHolder
DOCUMENT_HOLDER_AUTHORITY: DocumentHolder
DOCUMENT_HOLDER_TRAFFICKER: DocumentHolder
DOCUMENT_HOLDER_EMPLOYER: DocumentHolder
DOCUMENT_HOLDER_LOST: DocumentHolder
DOCUMENT_HOLDER_DESTROYED: DocumentHolder
ATTACHMENT_KIND_UNSPECIFIED: AttachmentKind
ATTACHMENT_KIND_PHOTO: AttachmentKind
ATTACHMENT_KIND_DOCUMENT_SCAN: AttachmentKind
ATTACHMENT_KIND_CONSENT_FORM: AttachmentKind
ATTACHMENT_KIND_MEDICAL_REPORT: AttachmentKind
ATTACHMENT_KIND_ASSESSMENT_REPORT: AttachmentKind
ATTACHMENT_KIND_COURT_ORDER: AttachmentKind
ATTACHMENT_KIND_TRAVEL_DOCUMENT_SCAN: AttachmentKind
ATTACHMENT_KIND_OTHER: AttachmentKind
GAZETTEER_UNSPECIFIED: Gazetteer
GAZETTEER_UN_LOCODE: Gazetteer
GAZETTEER_KH_NCDD: Gazetteer
GAZETTEER_TH_DOPA: Gazetteer
GAZETTEER_LA_NSC: Gazetteer
GAZETTEER_MM_MIMU: Gazetteer
GAZETTEER_VN_GSO: Gazetteer
GAZETTEER_OCHA_PCODE: Gazetteer
KINSHIP_UNSPECIFIED: Kinship
KINSHIP_MOTHER: Kinship
KINSHIP_FATHER: Kinship
KINSHIP_STEP_PARENT: Kinship
KINSHIP_ADOPTIVE_PARENT: Kinship
KINSHIP_GRANDPARENT: Kinship
KINSHIP_SIBLING: Kinship
KINSHIP_SPOUSE_OR_PARTNER: Kinship
KINSHIP_CHILD: Kinship
KINSHIP_AUNT_OR_UNCLE: Kinship
KINSHIP_COUSIN: Kinship
KINSHIP_FOSTER_PARENT: Kinship
KINSHIP_OTHER_RELATIVE: Kinship
KINSHIP_NOT_RELATED: Kinship
TRAFFICKING_STATUS_UNSPECIFIED: TraffickingStatus
TRAFFICKING_STATUS_POSSIBLE_VICTIM_OF_TRAFFICKING: TraffickingStatus
TRAFFICKING_STATUS_ACTUAL_VICTIM_OF_TRAFFICKING: TraffickingStatus
TRAFFICKING_STATUS_NOT_A_VICTIM_OF_TRAFFICKING: TraffickingStatus
TRAFFICKING_STATUS_REBUTTED: TraffickingStatus
TRAFFICKING_STATUS_UNDER_REVIEW: TraffickingStatus
DECISION_MAKER_UNSPECIFIED: DecisionMaker
DECISION_MAKER_POLICE: DecisionMaker
DECISION_MAKER_NGO: DecisionMaker
DECISION_MAKER_COURT_OR_PROSECUTION: DecisionMaker
DECISION_MAKER_NON_POLICE_GOVERNMENTAL_ORGANIZATION: DecisionMaker
DECISION_MAKER_OTHER: DecisionMaker
DECISION_MAKER_MULTIDISCIPLINARY_TEAM: DecisionMaker
TRAFFICKER_RELATIONSHIP_UNSPECIFIED: TraffickerRelationship
TRAFFICKER_RELATIONSHIP_FAMILIAL: TraffickerRelationship
TRAFFICKER_RELATIONSHIP_ACQUAINTED: TraffickerRelationship
TRAFFICKER_RELATIONSHIP_UNACQUAINTED: TraffickerRelationship
EXPLOITATION_TYPE_UNSPECIFIED: ExploitationType
EXPLOITATION_TYPE_FORCED_LABOUR: ExploitationType
EXPLOITATION_TYPE_SEXUAL_EXPLOITATION: ExploitationType
EXPLOITATION_TYPE_CHILD_LABOUR: ExploitationType
EXPLOITATION_TYPE_FORCED_MARRIAGE: ExploitationType
EXPLOITATION_TYPE_SERVITUDE: ExploitationType
EXPLOITATION_TYPE_FORCED_MILITARY_BY_NON_STATE_ACTORS: ExploitationType
EXPLOITATION_TYPE_ORGAN_REMOVAL: ExploitationType
EXPLOITATION_TYPE_FORCED_BEGGING: ExploitationType
EXPLOITATION_TYPE_FORCED_ADOPTION: ExploitationType
EXPLOITATION_TYPE_SURROGACY: ExploitationType
EXPLOITATION_TYPE_OTHER: ExploitationType
EXPLOITATION_TYPE_FORCED_CRIMINALITY: ExploitationType
EXPLOITATION_TYPE_ONLINE_CHILD_SEXUAL_EXPLOITATION: ExploitationType
FORCED_CRIMINALITY_TYPE_UNSPECIFIED: ForcedCriminalityType
FORCED_CRIMINALITY_TYPE_ONLINE_SCAM: ForcedCriminalityType
FORCED_CRIMINALITY_TYPE_ONLINE_GAMBLING: ForcedCriminalityType
FORCED_CRIMINALITY_TYPE_DRUGS: ForcedCriminalityType
FORCED_CRIMINALITY_TYPE_THEFT: ForcedCriminalityType
FORCED_CRIMINALITY_TYPE_MONEY_MULE: ForcedCriminalityType
FORCED_CRIMINALITY_TYPE_BEGGING_RELATED: ForcedCriminalityType
FORCED_CRIMINALITY_TYPE_OTHER: ForcedCriminalityType
SEX_EXPLOITATION_TYPE_UNSPECIFIED: SexExploitationType
SEX_EXPLOITATION_TYPE_PROSTITUTION: SexExploitationType
SEX_EXPLOITATION_TYPE_PORNOGRAPHY: SexExploitationType
SEX_EXPLOITATION_TYPE_REMOTE_INTERACTIVE_SERVICES: SexExploitationType
SEX_EXPLOITATION_TYPE_PRIVATE_SEXUAL_SERVICES: SexExploitationType
RECRUITMENT_METHOD_UNSPECIFIED: RecruitmentMethod
RECRUITMENT_METHOD_AT_A_PLACE_OF_BUSINESS: RecruitmentMethod
RECRUITMENT_METHOD_AT_AN_EDUCATIONAL_INSTITUTION: RecruitmentMethod
RECRUITMENT_METHOD_AT_WORK: RecruitmentMethod
RECRUITMENT_METHOD_THROUGH_ONLINE_SOCIAL_NETWORKS: RecruitmentMethod
RECRUITMENT_METHOD_THROUGH_AN_ONLINE_ADVERTISEMENT: RecruitmentMethod
RECRUITMENT_METHOD_THROUGH_A_TELEVISION_ADVERT: RecruitmentMethod
RECRUITMENT_METHOD_THROUGH_A_NEWSPAPER_ADVERT: RecruitmentMethod
RECRUITMENT_METHOD_THROUGH_FAMILY_OR_FAMILY_EVENTS: RecruitmentMethod
RECRUITMENT_METHOD_THROUGH_FRIENDS_OR_SOCIAL_EVENTS: RecruitmentMethod
RECRUITMENT_METHOD_OTHER: RecruitmentMethod
PLATFORM_UNSPECIFIED: Platform
PLATFORM_FACEBOOK: Platform
PLATFORM_INSTAGRAM: Platform
PLATFORM_WHATS_APP: Platform
PLATFORM_TELEGRAM: Platform
PLATFORM_FACEBOOK_MESSENGER: Platform
PLATFORM_VIBER: Platform
PLATFORM_SNAP_CHAT: Platform
PLATFORM_LINE: Platform
PLATFORM_FOUR_SALE: Platform
PLATFORM_WE_CHAT: Platform
PLATFORM_QQ: Platform
PLATFORM_Q_ZONE: Platform
PLATFORM_TIK_TOK: Platform
PLATFORM_TWITTER: Platform
PLATFORM_OTHER: Platform
PLATFORM_SIGNAL: Platform
PLATFORM_DISCORD: Platform
PLATFORM_GAME: Platform
PLATFORM_DATING_SITE: Platform
PLATFORM_JOB_SITE: Platform
CONTROL_METHOD_UNSPECIFIED: ControlMethod
CONTROL_METHOD_PHYSICAL_THREATS: ControlMethod
CONTROL_METHOD_THREATS_LAW_ENFORCEMENT: ControlMethod
CONTROL_METHOD_THREATENS_CHILDREN_FAMILY: ControlMethod
CONTROL_METHOD_DEBT_BONDAGE: ControlMethod
CONTROL_METHOD_FALSE_PROMISES: ControlMethod
CONTROL_METHOD_PHYSICAL_ABUSE: ControlMethod
CONTROL_METHOD_SEXUAL_ABUSE: ControlMethod
CONTROL_METHOD_TAKES_EARNINGS: ControlMethod
CONTROL_METHOD_RESTRICTS_FINANCIAL_ACCESS: ControlMethod
CONTROL_METHOD_RESTRICTS_MEDICAL_CARE: ControlMethod
CONTROL_METHOD_RESTRICTS_MOVEMENT: ControlMethod
CONTROL_METHOD_USES_CHILDREN: ControlMethod
CONTROL_METHOD_WITHHOLDS_NECESSITIES: ControlMethod
CONTROL_METHOD_PSYCHOLOGICAL_ABUSE: ControlMethod
CONTROL_METHOD_PSYCHOACTIVE_SUBSTANCE: ControlMethod
CONTROL_METHOD_EXCESSIVE_WORKING_HOURS: ControlMethod
CONTROL_METHOD_WITHHOLDS_DOCUMENTS: ControlMethod
CONTROL_METHOD_OTHER: ControlMethod
CONTROL_METHOD_SOLD_BETWEEN_COMPOUNDS: ControlMethod
CONTROL_METHOD_RANSOM_DEMAND: ControlMethod
CONTROL_METHOD_CONFISCATED_PHONE: ControlMethod
INDUSTRY_UNSPECIFIED: Industry
INDUSTRY_A_AGRICULTURE_FORESTRY_AND_FISHING: Industry
INDUSTRY_B_MINING_AND_QUARRYING: Industry
INDUSTRY_C_MANUFACTURING: Industry
INDUSTRY_D_ELECTRICITY_GAS_STEAM_AND_AIR_CONDITIONING_SUPPLY: Industry
INDUSTRY_E_WATER_SUPPLY_SEWERAGE_WASTE_MANAGEMENT: Industry
INDUSTRY_F_CONSTRUCTION: Industry
INDUSTRY_G_WHOLESALE_AND_RETAIL_TRADE_REPAIR_OF_MOTOR_VEHICLES: Industry
INDUSTRY_H_TRANSPORTATION_AND_STORAGE: Industry
INDUSTRY_I_ACCOMMODATION_AND_FOOD_SERVICE_ACTIVITIES: Industry
INDUSTRY_J_INFORMATION_AND_COMMUNICATION: Industry
INDUSTRY_K_FINANCIAL_AND_INSURANCE_ACTIVITIES: Industry
INDUSTRY_L_REAL_ESTATE_ACTIVITIES: Industry
INDUSTRY_M_PROFESSIONAL_SCIENTIFIC_AND_TECHNICAL_ACTIVITIES: Industry
INDUSTRY_N_ADMINISTRATIVE_AND_SUPPORT_SERVICE_ACTIVITIES: Industry
INDUSTRY_O_PUBLIC_ADMINISTRATION_AND_DEFENCE: Industry
INDUSTRY_P_EDUCATION: Industry
INDUSTRY_Q_HUMAN_HEALTH_AND_SOCIAL_WORK_ACTIVITIES: Industry
INDUSTRY_R_ARTS_ENTERTAINMENT_AND_RECREATION: Industry
INDUSTRY_S_OTHER_SERVICE_ACTIVITIES: Industry
INDUSTRY_T_ACTIVITIES_OF_HOUSEHOLDS_AS_EMPLOYERS: Industry
INDUSTRY_U_ACTIVITIES_OF_EXTRATERRITORIAL_ORGANIZATIONS: Industry
TRAFFICKER_ROLE_UNSPECIFIED: TraffickerRole
TRAFFICKER_ROLE_TRAVELLING_PARTNER: TraffickerRole
TRAFFICKER_ROLE_TRANSPORTER: TraffickerRole
TRAFFICKER_ROLE_RECRUITER_OR_INTERMEDIARY: TraffickerRole
TRAFFICKER_ROLE_BROKER_TRAVEL_AGENT: TraffickerRole
TRAFFICKER_ROLE_TRANSFERRED_INDIVIDUAL: TraffickerRole
TRAFFICKER_ROLE_HARBOURED_INDIVIDUAL: TraffickerRole
TRAFFICKER_ROLE_SOLD_INDIVIDUAL: TraffickerRole
TRAFFICKER_ROLE_BOUGHT_INDIVIDUAL: TraffickerRole
TRAFFICKER_ROLE_RECEIVED_INDIVIDUAL: TraffickerRole
TRAFFICKER_ROLE_CONTROLLED_INDIVIDUAL: TraffickerRole
TRAFFICKER_ROLE_SMUGGLER: TraffickerRole
TRAFFICKER_ROLE_ABUSER: TraffickerRole
TRAFFICKER_ROLE_KIDNAPPER: TraffickerRole
TRAFFICKER_ROLE_EXPLOITER: TraffickerRole
TRAFFICKER_ROLE_OTHER: TraffickerRole
EVENT_TYPE_UNSPECIFIED: EventType
EVENT_TYPE_RECRUITMENT: EventType
EVENT_TYPE_TRANSIT: EventType
EVENT_TYPE_EXPLOITATION: EventType
FORCED_LABOUR_INDICATOR_UNSPECIFIED: ForcedLabourIndicator
FORCED_LABOUR_INDICATOR_ABUSE_OF_VULNERABILITY: ForcedLabourIndicator
FORCED_LABOUR_INDICATOR_DECEPTION: ForcedLabourIndicator
FORCED_LABOUR_INDICATOR_RESTRICTION_OF_MOVEMENT: ForcedLabourIndicator
FORCED_LABOUR_INDICATOR_ISOLATION: ForcedLabourIndicator
FORCED_LABOUR_INDICATOR_PHYSICAL_AND_SEXUAL_VIOLENCE: ForcedLabourIndicator
FORCED_LABOUR_INDICATOR_INTIMIDATION_AND_THREATS: ForcedLabourIndicator
FORCED_LABOUR_INDICATOR_RETENTION_OF_IDENTITY_DOCUMENTS: ForcedLabourIndicator
FORCED_LABOUR_INDICATOR_WITHHOLDING_OF_WAGES: ForcedLabourIndicator
FORCED_LABOUR_INDICATOR_DEBT_BONDAGE: ForcedLabourIndicator
FORCED_LABOUR_INDICATOR_ABUSIVE_WORKING_AND_LIVING_CONDITIONS: ForcedLabourIndicator
FORCED_LABOUR_INDICATOR_EXCESSIVE_OVERTIME: ForcedLabourIndicator
SCREENING_METHOD_UNSPECIFIED: ScreeningMethod
SCREENING_METHOD_FULL_INTERVIEW: ScreeningMethod
SCREENING_METHOD_SHORT_INTERVIEW: ScreeningMethod
SCREENING_METHOD_QUESTIONNAIRE: ScreeningMethod
SCREENING_METHOD_OBSERVATION: ScreeningMethod
SCREENING_METHOD_DOCUMENT_REVIEW: ScreeningMethod
SCREENING_METHOD_CHILD_FRIENDLY_INTERVIEW: ScreeningMethod
SCREENING_METHOD_REMOTE_INTERVIEW: ScreeningMethod
SCREENING_METHOD_MULTIDISCIPLINARY_MEETING: ScreeningMethod
SCREENING_METHOD_OTHER: ScreeningMethod
SCREENING_SETTING_UNSPECIFIED: ScreeningSetting
SCREENING_SETTING_PRIVATE_ROOM: ScreeningSetting
SCREENING_SETTING_SHELTER: ScreeningSetting
SCREENING_SETTING_POLICE_STATION: ScreeningSetting
SCREENING_SETTING_BORDER_CHECKPOINT: ScreeningSetting
SCREENING_SETTING_TRANSIT_CENTRE: ScreeningSetting
SCREENING_SETTING_DETENTION_CENTRE: ScreeningSetting
SCREENING_SETTING_HOSPITAL: ScreeningSetting
SCREENING_SETTING_WORKPLACE: ScreeningSetting
SCREENING_SETTING_COMMUNITY: ScreeningSetting
SCREENING_SETTING_EMBASSY: ScreeningSetting
SCREENING_SETTING_BY_PHONE_OR_VIDEO: ScreeningSetting
SCREENING_SETTING_GROUP_SETTING: ScreeningSetting
SCREENING_SETTING_SUSPECT_PRESENT: ScreeningSetting
SCREENING_SETTING_OTHER: ScreeningSetting
SCREENING_ROUTE_UNSPECIFIED: ScreeningRoute
SCREENING_ROUTE_RESCUE_OPERATION: ScreeningRoute
SCREENING_ROUTE_WORKPLACE_INSPECTION: ScreeningRoute
SCREENING_ROUTE_BORDER_SCREENING: ScreeningRoute
SCREENING_ROUTE_SELF_REPORT: ScreeningRoute
SCREENING_ROUTE_HOTLINE: ScreeningRoute
SCREENING_ROUTE_FAMILY_REPORT: ScreeningRoute
SCREENING_ROUTE_COMMUNITY_REPORT: ScreeningRoute
SCREENING_ROUTE_NGO_OUTREACH: ScreeningRoute
SCREENING_ROUTE_HEALTH_SERVICE: ScreeningRoute
SCREENING_ROUTE_CONSULAR_REPORT: ScreeningRoute
SCREENING_ROUTE_ONLINE_INVESTIGATION: ScreeningRoute
SCREENING_ROUTE_DEPORTATION_SCREENING: ScreeningRoute
SCREENING_ROUTE_REFERRED_BY_AGENCY: ScreeningRoute
SCREENING_ROUTE_MASS_RELEASE: ScreeningRoute
SCREENING_ROUTE_OTHER: ScreeningRoute
SCREENING_DISPUTE_UNSPECIFIED: ScreeningDispute
SCREENING_DISPUTE_NEW_FACTS: ScreeningDispute
SCREENING_DISPUTE_INTERPRETER_UNRELIABLE: ScreeningDispute
SCREENING_DISPUTE_NOT_PRIVATE: ScreeningDispute
SCREENING_DISPUTE_SUSPECT_WAS_PRESENT: ScreeningDispute
SCREENING_DISPUTE_CHILD_TREATED_AS_ADULT: ScreeningDispute
SCREENING_DISPUTE_INDICATORS_IGNORED: ScreeningDispute
SCREENING_DISPUTE_PERSON_DISAGREES: ScreeningDispute
SCREENING_DISPUTE_NO_SCREENING_TOOK_PLACE: ScreeningDispute
SCREENING_DISPUTE_OTHER: ScreeningDispute
INTERPRETER_NEED_UNSPECIFIED: InterpreterNeed
INTERPRETER_NEED_NOT_NEEDED: InterpreterNeed
INTERPRETER_NEED_NEEDED: InterpreterNeed
INTERPRETER_NEED_NEEDED_SAME_SEX: InterpreterNeed
INTERPRETER_NEED_SIGN_LANGUAGE: InterpreterNeed
INTERPRETER_KIND_UNSPECIFIED: InterpreterKind
INTERPRETER_KIND_ACCREDITED: InterpreterKind
INTERPRETER_KIND_AGENCY_STAFF: InterpreterKind
INTERPRETER_KIND_VOLUNTEER: InterpreterKind
INTERPRETER_KIND_REMOTE_SERVICE: InterpreterKind
INTERPRETER_KIND_FELLOW_VICTIM: InterpreterKind
INTERPRETER_KIND_RELATIVE: InterpreterKind
INTERPRETER_KIND_NONE: InterpreterKind
CONSENT_DECISION_UNSPECIFIED: ConsentDecision
CONSENT_DECISION_GIVEN: ConsentDecision
CONSENT_DECISION_REFUSED: ConsentDecision
CONSENT_DECISION_WITHDRAWN: ConsentDecision
CONSENT_FORM_UNSPECIFIED: ConsentForm
CONSENT_FORM_WRITTEN: ConsentForm
CONSENT_FORM_ORAL: ConsentForm
CONSENT_FORM_THUMBPRINT: ConsentForm
CONSENT_FORM_WITNESSED: ConsentForm
CONSENT_GIVER_UNSPECIFIED: ConsentGiver
CONSENT_GIVER_PERSON: ConsentGiver
CONSENT_GIVER_GUARDIAN: ConsentGiver
CONSENT_GIVER_PERSON_AND_GUARDIAN: ConsentGiver
CONSENT_GIVER_CHILD_ASSENT_AND_GUARDIAN: ConsentGiver
CONSENT_SUMMARY_UNSPECIFIED: ConsentSummary
CONSENT_SUMMARY_GIVEN_FOR_THIS_REFERRAL: ConsentSummary
CONSENT_SUMMARY_GIVEN_IN_PART: ConsentSummary
CONSENT_SUMMARY_NOT_YET_ASKED: ConsentSummary
CONSENT_SUMMARY_REFUSED_NON_IDENTIFYING_ONLY: ConsentSummary
CONSENT_SUMMARY_WITHDRAWN: ConsentSummary
CONSENT_SUMMARY_GUARDIAN_TO_DECIDE: ConsentSummary
CONSENT_SUMMARY_OVERRIDDEN: ConsentSummary
OVERRIDE_GROUND_UNSPECIFIED: OverrideGround
OVERRIDE_GROUND_DANGER_TO_LIFE: OverrideGround
OVERRIDE_GROUND_BEST_INTERESTS_OF_CHILD: OverrideGround
RISK_FACTOR_UNSPECIFIED: RiskFactor
RISK_FACTOR_TRAFFICKER_KNOWS_ADDRESS: RiskFactor
RISK_FACTOR_TRAFFICKER_IN_FAMILY: RiskFactor
RISK_FACTOR_TRAFFICKER_IN_COMMUNITY: RiskFactor
RISK_FACTOR_UNPAID_DEBT: RiskFactor
RISK_FACTOR_THREATS_RECEIVED: RiskFactor
RISK_FACTOR_WITNESS_IN_PROCEEDINGS: RiskFactor
RISK_FACTOR_VIOLENCE_IN_HOUSEHOLD: RiskFactor
RISK_FACTOR_FAMILY_INVOLVED_IN_TRAFFICKING: RiskFactor
RISK_FACTOR_FAMILY_CANNOT_SUPPORT: RiskFactor
RISK_FACTOR_NO_INCOME: RiskFactor
RISK_FACTOR_NO_HOUSING: RiskFactor
RISK_FACTOR_STIGMA: RiskFactor
RISK_FACTOR_DISCRIMINATION: RiskFactor
RISK_FACTOR_NO_DOCUMENTS: RiskFactor
RISK_FACTOR_STATELESSNESS: RiskFactor
RISK_FACTOR_HEALTH_CONDITION: RiskFactor
RISK_FACTOR_SUBSTANCE_USE: RiskFactor
RISK_FACTOR_ACTIVE_RECRUITMENT_AREA: RiskFactor
RISK_FACTOR_NO_LAW_ENFORCEMENT: RiskFactor
RISK_FACTOR_OFFICIALS_COMPLICIT: RiskFactor
RISK_FACTOR_ARMED_CONFLICT: RiskFactor
RISK_FACTOR_NO_SERVICES: RiskFactor
RISK_FACTOR_NO_SCHOOL: RiskFactor
THREAT_SOURCE_UNSPECIFIED: ThreatSource
THREAT_SOURCE_RECRUITER: ThreatSource
THREAT_SOURCE_TRAFFICKER: ThreatSource
THREAT_SOURCE_COMPOUND_OPERATOR: ThreatSource
THREAT_SOURCE_EMPLOYER: ThreatSource
THREAT_SOURCE_CREDITOR: ThreatSource
THREAT_SOURCE_INTIMATE_PARTNER: ThreatSource
THREAT_SOURCE_FAMILY_MEMBER: ThreatSource
THREAT_SOURCE_COMMUNITY_MEMBER: ThreatSource
THREAT_SOURCE_ARMED_GROUP: ThreatSource
THREAT_SOURCE_ORGANISED_CRIME: ThreatSource
THREAT_SOURCE_OFFICIAL_COMPLICIT: ThreatSource
THREAT_SOURCE_OTHER_VICTIM: ThreatSource
THREAT_SOURCE_UNIDENTIFIED: ThreatSource
THREAT_REACH_UNSPECIFIED: ThreatReach
THREAT_REACH_HOST_COUNTRY: ThreatReach
THREAT_REACH_TRANSIT: ThreatReach
THREAT_REACH_HOME_COUNTRY: ThreatReach
THREAT_REACH_HOME_COMMUNITY: ThreatReach
THREAT_REACH_ONLINE: ThreatReach
CONTACT_METHOD_UNSPECIFIED: ContactMethod
CONTACT_METHOD_PHONE_CALL: ContactMethod
CONTACT_METHOD_TEXT_MESSAGE: ContactMethod
CONTACT_METHOD_MESSAGING_APP: ContactMethod
CONTACT_METHOD_EMAIL: ContactMethod
CONTACT_METHOD_IN_PERSON: ContactMethod
CONTACT_METHOD_THROUGH_AGENCY: ContactMethod
CONTACT_OWNER_UNSPECIFIED: ContactOwner
CONTACT_OWNER_PERSON: ContactOwner
CONTACT_OWNER_RELATIVE: ContactOwner
CONTACT_OWNER_TRUSTED_PERSON: ContactOwner
CONTACT_OWNER_GUARDIAN: ContactOwner
CONTACT_OWNER_SHELTER: ContactOwner
CONTACT_OWNER_CASE_WORKER: ContactOwner
CONTACT_RULE_UNSPECIFIED: ContactRule
CONTACT_RULE_ONLY_AT_AGREED_TIMES: ContactRule
CONTACT_RULE_ONLY_THE_PERSON_MAY_ANSWER: ContactRule
CONTACT_RULE_SAY_NO_AGENCY_NAME: ContactRule
CONTACT_RULE_LEAVE_NO_MESSAGE: ContactRule
CONTACT_RULE_SPEAK_TO_WOMAN_ONLY: ContactRule
CONTACT_RULE_SHARED_DEVICE: ContactRule
CONTACT_RULE_MONITORED_DEVICE: ContactRule
CONTACT_RULE_EMERGENCY_ONLY: ContactRule
SECURITY_MEASURE_UNSPECIFIED: SecurityMeasure
SECURITY_MEASURE_CONFIDENTIAL_ADDRESS: SecurityMeasure
SECURITY_MEASURE_SAFE_HOUSE: SecurityMeasure
SECURITY_MEASURE_RELOCATION: SecurityMeasure
SECURITY_MEASURE_POLICE_PROTECTION: SecurityMeasure
SECURITY_MEASURE_WITNESS_PROTECTION: SecurityMeasure
SECURITY_MEASURE_NEW_PHONE: SecurityMeasure
SECURITY_MEASURE_NO_CONTACT_ORDER: SecurityMeasure
SECURITY_MEASURE_ESCORT: SecurityMeasure
SECURITY_MEASURE_EMERGENCY_NUMBER: SecurityMeasure
SECURITY_MEASURE_CHANGE_OF_SCHOOL: SecurityMeasure
SECURITY_MEASURE_OTHER: SecurityMeasure
SHELTER_PREFERENCE_UNSPECIFIED: ShelterPreference
SHELTER_PREFERENCE_GOVERNMENT_SHELTER: ShelterPreference
SHELTER_PREFERENCE_NGO_SHELTER: ShelterPreference
SHELTER_PREFERENCE_COMMUNITY_CARE: ShelterPreference
SHELTER_PREFERENCE_FAMILY_OR_FRIENDS: ShelterPreference
SHELTER_PREFERENCE_OWN_ACCOMMODATION: ShelterPreference
SHELTER_PREFERENCE_NO_SHELTER: ShelterPreference
RETURN_DECISION_UNSPECIFIED: ReturnDecision
RETURN_DECISION_CLEARED: ReturnDecision
RETURN_DECISION_CLEARED_WITH_CONDITIONS: ReturnDecision
RETURN_DECISION_DEFERRED: ReturnDecision
RETURN_DECISION_STOPPED: ReturnDecision
RETURN_STOP_REASON_UNSPECIFIED: ReturnStopReason
RETURN_STOP_REASON_RISK_TOO_HIGH: ReturnStopReason
RETURN_STOP_REASON_PERSON_UNWILLING: ReturnStopReason
RETURN_STOP_REASON_NATIONALITY_NOT_VERIFIED: ReturnStopReason
RETURN_STOP_REASON_FAMILY_NOT_SUITABLE: ReturnStopReason
RETURN_STOP_REASON_NO_GUARDIAN: ReturnStopReason
RETURN_STOP_REASON_BEST_INTERESTS_NOT_DETERMINED: ReturnStopReason
RETURN_STOP_REASON_NOT_FIT_TO_TRAVEL: ReturnStopReason
RETURN_STOP_REASON_PROCEEDINGS_PENDING: ReturnStopReason
RETURN_STOP_REASON_NO_RECEIVING_SERVICE: ReturnStopReason
RETURN_STOP_REASON_VETO_ON_HOME_STATE: ReturnStopReason
RETURN_STOP_REASON_INTERNATIONAL_PROTECTION_CLAIM: ReturnStopReason
RETURN_STOP_REASON_OTHER: ReturnStopReason
CONTACT_CONSENT_UNSPECIFIED: ContactConsent
CONTACT_CONSENT_ALLOWED: ContactConsent
CONTACT_CONSENT_ALLOWED_NAMED_RELATIVES_ONLY: ContactConsent
CONTACT_CONSENT_PERSON_WILL_CALL: ContactConsent
CONTACT_CONSENT_NOT_YET: ContactConsent
CONTACT_CONSENT_REFUSED: ContactConsent
DO_NOT_TELL_UNSPECIFIED: DoNotTell
DO_NOT_TELL_WHAT_HAPPENED: DoNotTell
DO_NOT_TELL_WHEREABOUTS: DoNotTell
DO_NOT_TELL_HEALTH: DoNotTell
DO_NOT_TELL_CHILDREN_BORN: DoNotTell
DO_NOT_TELL_PROCEEDINGS: DoNotTell
DO_NOT_TELL_RETURN_DATE: DoNotTell
DO_NOT_TELL_THAT_PERSON_WAS_FOUND: DoNotTell
TRACING_OUTCOME_UNSPECIFIED: TracingOutcome
TRACING_OUTCOME_FOUND: TracingOutcome
TRACING_OUTCOME_FOUND_NOT_WILLING: TracingOutcome
TRACING_OUTCOME_MOVED_AWAY: TracingOutcome
TRACING_OUTCOME_NOT_FOUND: TracingOutcome
TRACING_OUTCOME_DECEASED: TracingOutcome
TRACING_OUTCOME_ONGOING: TracingOutcome
TRACING_OUTCOME_NOT_STARTED: TracingOutcome
HOUSEHOLD_OUTCOME_UNSPECIFIED: HouseholdOutcome
HOUSEHOLD_OUTCOME_SUITABLE: HouseholdOutcome
HOUSEHOLD_OUTCOME_SUITABLE_WITH_SUPPORT: HouseholdOutcome
HOUSEHOLD_OUTCOME_NOT_SUITABLE: HouseholdOutcome
HOUSEHOLD_OUTCOME_NOT_WILLING: HouseholdOutcome
HOUSEHOLD_OUTCOME_MORE_TIME_NEEDED: HouseholdOutcome
WHEREABOUTS_UNSPECIFIED: Whereabouts
WHEREABOUTS_HOME_COMMUNITY: Whereabouts
WHEREABOUTS_HOME_COUNTRY: Whereabouts
WHEREABOUTS_HOST_COUNTRY: Whereabouts
WHEREABOUTS_THIRD_COUNTRY: Whereabouts
WHEREABOUTS_WITH_TRAFFICKERS: Whereabouts
WHEREABOUTS_IN_DETENTION: Whereabouts
WHEREABOUTS_DECEASED: Whereabouts
ACCOMPANIMENT_UNSPECIFIED: Accompaniment
ACCOMPANIMENT_UNACCOMPANIED: Accompaniment
ACCOMPANIMENT_SEPARATED: Accompaniment
ACCOMPANIMENT_WITH_PARENT: Accompaniment
ACCOMPANIMENT_WITH_RELATIVE: Accompaniment
ACCOMPANIMENT_WITH_SUSPECT: Accompaniment
AGE_ASSESSMENT_METHOD_UNSPECIFIED: AgeAssessmentMethod
AGE_ASSESSMENT_METHOD_DOCUMENT_REVIEW: AgeAssessmentMethod
AGE_ASSESSMENT_METHOD_INTERVIEW: AgeAssessmentMethod
AGE_ASSESSMENT_METHOD_SOCIAL_ASSESSMENT: AgeAssessmentMethod
AGE_ASSESSMENT_METHOD_FAMILY_STATEMENT: AgeAssessmentMethod
AGE_ASSESSMENT_METHOD_MEDICAL_EXAMINATION: AgeAssessmentMethod
AGE_ASSESSMENT_METHOD_SCHOOL_RECORD: AgeAssessmentMethod
GUARDIAN_KIND_UNSPECIFIED: GuardianKind
GUARDIAN_KIND_PARENT: GuardianKind
GUARDIAN_KIND_RELATIVE: GuardianKind
GUARDIAN_KIND_STATE_AUTHORITY: GuardianKind
GUARDIAN_KIND_APPOINTED_GUARDIAN: GuardianKind
GUARDIAN_KIND_SHELTER_DIRECTOR: GuardianKind
GUARDIAN_KIND_TEMPORARY_GUARDIAN: GuardianKind
GUARDIAN_KIND_NONE_APPOINTED: GuardianKind
BEST_INTEREST_OUTCOME_UNSPECIFIED: BestInterestOutcome
BEST_INTEREST_OUTCOME_FAMILY_REUNIFICATION: BestInterestOutcome
BEST_INTEREST_OUTCOME_KINSHIP_CARE: BestInterestOutcome
BEST_INTEREST_OUTCOME_RETURN_TO_ALTERNATIVE_CARE: BestInterestOutcome
BEST_INTEREST_OUTCOME_STAY_IN_HOST_COUNTRY: BestInterestOutcome
BEST_INTEREST_OUTCOME_THIRD_COUNTRY: BestInterestOutcome
BEST_INTEREST_OUTCOME_TEMPORARY_CARE_CONTINUES: BestInterestOutcome
BEST_INTEREST_OUTCOME_NOT_YET_DETERMINED: BestInterestOutcome
BEST_INTEREST_STAGE_UNSPECIFIED: BestInterestStage
BEST_INTEREST_STAGE_INITIAL_ASSESSMENT: BestInterestStage
BEST_INTEREST_STAGE_FULL_ASSESSMENT: BestInterestStage
BEST_INTEREST_STAGE_FORMAL_DETERMINATION: BestInterestStage
CARE_ARRANGEMENT_UNSPECIFIED: CareArrangement
CARE_ARRANGEMENT_PARENTS: CareArrangement
CARE_ARRANGEMENT_KINSHIP_CARE: CareArrangement
CARE_ARRANGEMENT_FOSTER_CARE: CareArrangement
CARE_ARRANGEMENT_CHILD_SHELTER: CareArrangement
CARE_ARRANGEMENT_MIXED_SHELTER: CareArrangement
CARE_ARRANGEMENT_HOSPITAL: CareArrangement
CARE_ARRANGEMENT_INDEPENDENT_LIVING: CareArrangement
CARE_ARRANGEMENT_POLICE_OR_DETENTION: CareArrangement
CARE_ARRANGEMENT_ON_THE_STREET: CareArrangement
SCHOOLING_UNSPECIFIED: Schooling
SCHOOLING_ATTENDING: Schooling
SCHOOLING_INTERRUPTED: Schooling
SCHOOLING_NEVER_ATTENDED: Schooling
SCHOOLING_NON_FORMAL: Schooling
SCHOOLING_VOCATIONAL: Schooling
HEALTH_NEED_UNSPECIFIED: HealthNeed
HEALTH_NEED_INJURY: HealthNeed
HEALTH_NEED_CHRONIC_ILLNESS: HealthNeed
HEALTH_NEED_COMMUNICABLE_DISEASE: HealthNeed
HEALTH_NEED_SEXUAL_AND_REPRODUCTIVE_HEALTH: HealthNeed
HEALTH_NEED_POST_EXPOSURE_PROPHYLAXIS: HealthNeed
HEALTH_NEED_MALNUTRITION: HealthNeed
HEALTH_NEED_DENTAL: HealthNeed
HEALTH_NEED_EYE_AND_EAR: HealthNeed
HEALTH_NEED_MENTAL_HEALTH: HealthNeed
HEALTH_NEED_SUBSTANCE_WITHDRAWAL: HealthNeed
HEALTH_NEED_MEDICATION_SUPPLY: HealthNeed
HEALTH_NEED_VACCINATION: HealthNeed
HEALTH_NEED_REHABILITATION: HealthNeed
HEALTH_NEED_FORENSIC_EXAMINATION: HealthNeed
PREGNANCY_UNSPECIFIED: Pregnancy
PREGNANCY_NOT_PREGNANT: Pregnancy
PREGNANCY_PREGNANT: Pregnancy
PREGNANCY_POSSIBLY_PREGNANT: Pregnancy
PREGNANCY_RECENTLY_DELIVERED: Pregnancy
PREGNANCY_NURSING: Pregnancy
FUNCTIONAL_DIFFICULTY_UNSPECIFIED: FunctionalDifficulty
FUNCTIONAL_DIFFICULTY_SEEING: FunctionalDifficulty
FUNCTIONAL_DIFFICULTY_HEARING: FunctionalDifficulty
FUNCTIONAL_DIFFICULTY_WALKING: FunctionalDifficulty
FUNCTIONAL_DIFFICULTY_REMEMBERING: FunctionalDifficulty
FUNCTIONAL_DIFFICULTY_SELF_CARE: FunctionalDifficulty
FUNCTIONAL_DIFFICULTY_COMMUNICATING: FunctionalDifficulty
FUNCTIONAL_DIFFICULTY_PSYCHOSOCIAL: FunctionalDifficulty
MENTAL_HEALTH_CONCERN_UNSPECIFIED: MentalHealthConcern
MENTAL_HEALTH_CONCERN_TRAUMA_REACTIONS: MentalHealthConcern
MENTAL_HEALTH_CONCERN_ANXIETY: MentalHealthConcern
MENTAL_HEALTH_CONCERN_DEPRESSION: MentalHealthConcern
MENTAL_HEALTH_CONCERN_SLEEP_DISTURBANCE: MentalHealthConcern
MENTAL_HEALTH_CONCERN_SELF_HARM: MentalHealthConcern
MENTAL_HEALTH_CONCERN_SUICIDAL_THOUGHTS: MentalHealthConcern
MENTAL_HEALTH_CONCERN_PSYCHOSIS: MentalHealthConcern
MENTAL_HEALTH_CONCERN_SUBSTANCE_DEPENDENCE: MentalHealthConcern
MENTAL_HEALTH_CONCERN_AGGRESSION: MentalHealthConcern
CARE_SETTING_UNSPECIFIED: CareSetting
CARE_SETTING_NONE_NEEDED: CareSetting
CARE_SETTING_OUTPATIENT: CareSetting
CARE_SETTING_INPATIENT: CareSetting
CARE_SETTING_EMERGENCY: CareSetting
CARE_SETTING_COMMUNITY: CareSetting
CARE_SETTING_SPECIALIST: CareSetting
RECEPTION_SCREENING_UNSPECIFIED: ReceptionScreening
RECEPTION_SCREENING_DONE_NO_FINDINGS: ReceptionScreening
RECEPTION_SCREENING_DONE_WITH_FINDINGS: ReceptionScreening
RECEPTION_SCREENING_PENDING: ReceptionScreening
RECEPTION_SCREENING_NOT_DONE: ReceptionScreening
RESIDENCE_STATUS_UNSPECIFIED: ResidenceStatus
RESIDENCE_STATUS_REGULAR: ResidenceStatus
RESIDENCE_STATUS_IRREGULAR: ResidenceStatus
RESIDENCE_STATUS_TEMPORARY_PROTECTION: ResidenceStatus
RESIDENCE_STATUS_REFLECTION_PERIOD: ResidenceStatus
RESIDENCE_STATUS_VICTIM_PERMIT: ResidenceStatus
RESIDENCE_STATUS_WITNESS_PERMIT: ResidenceStatus
RESIDENCE_STATUS_VISA_EXPIRED: ResidenceStatus
RESIDENCE_STATUS_DEPORTATION_ORDER: ResidenceStatus
RESIDENCE_STATUS_NONE_NEEDED: ResidenceStatus
DETENTION_STATUS_UNSPECIFIED: DetentionStatus
DETENTION_STATUS_NOT_DETAINED: DetentionStatus
DETENTION_STATUS_IMMIGRATION_DETENTION: DetentionStatus
DETENTION_STATUS_POLICE_CUSTODY: DetentionStatus
DETENTION_STATUS_PRISON: DetentionStatus
DETENTION_STATUS_CLOSED_SHELTER: DetentionStatus
DETENTION_STATUS_RELEASED: DetentionStatus
PERMIT_TYPE_UNSPECIFIED: PermitType
PERMIT_TYPE_TEMPORARY_STAY: PermitType
PERMIT_TYPE_WORK: PermitType
PERMIT_TYPE_REFLECTION_PERIOD: PermitType
PERMIT_TYPE_VICTIM_STAY: PermitType
PERMIT_TYPE_WITNESS_STAY: PermitType
PERMIT_TYPE_HUMANITARIAN_STAY: PermitType
PERMIT_TYPE_EXIT: PermitType
NON_PUNISHMENT_UNSPECIFIED: NonPunishment
NON_PUNISHMENT_APPLIES: NonPunishment
NON_PUNISHMENT_CLAIMED: NonPunishment
NON_PUNISHMENT_UNDER_REVIEW: NonPunishment
NON_PUNISHMENT_NOT_RECOGNISED: NonPunishment
NON_PUNISHMENT_CHARGES_DROPPED: NonPunishment
NON_PUNISHMENT_CONVICTION_QUASHED: NonPunishment
ALLEGED_OFFENCE_UNSPECIFIED: AllegedOffence
ALLEGED_OFFENCE_IMMIGRATION: AllegedOffence
ALLEGED_OFFENCE_WORK_WITHOUT_PERMIT: AllegedOffence
ALLEGED_OFFENCE_FALSE_DOCUMENTS: AllegedOffence
ALLEGED_OFFENCE_SOLICITATION: AllegedOffence
ALLEGED_OFFENCE_FRAUD_OR_SCAM: AllegedOffence
ALLEGED_OFFENCE_MONEY_LAUNDERING: AllegedOffence
ALLEGED_OFFENCE_DRUGS: AllegedOffence
ALLEGED_OFFENCE_THEFT: AllegedOffence
ALLEGED_OFFENCE_BEGGING: AllegedOffence
ALLEGED_OFFENCE_OTHER: AllegedOffence
PROCEEDING_TYPE_UNSPECIFIED: ProceedingType
PROCEEDING_TYPE_CRIMINAL_AGAINST_TRAFFICKERS: ProceedingType
PROCEEDING_TYPE_CRIMINAL_AGAINST_PERSON: ProceedingType
PROCEEDING_TYPE_LABOUR: ProceedingType
PROCEEDING_TYPE_CIVIL_COMPENSATION: ProceedingType
PROCEEDING_TYPE_STATE_COMPENSATION: ProceedingType
PROCEEDING_TYPE_IMMIGRATION: ProceedingType
PROCEEDING_TYPE_GUARDIANSHIP: ProceedingType
PROCEEDING_TYPE_PROTECTION_ORDER: ProceedingType
PROCEEDING_TYPE_INTERNATIONAL_PROTECTION: ProceedingType
PROCEEDING_ROLE_UNSPECIFIED: ProceedingRole
PROCEEDING_ROLE_VICTIM: ProceedingRole
PROCEEDING_ROLE_WITNESS: ProceedingRole
PROCEEDING_ROLE_COMPLAINANT: ProceedingRole
PROCEEDING_ROLE_ACCUSED: ProceedingRole
PROCEEDING_ROLE_PARTY: ProceedingRole
PROCEEDING_STAGE_UNSPECIFIED: ProceedingStage
PROCEEDING_STAGE_COMPLAINT: ProceedingStage
PROCEEDING_STAGE_INVESTIGATION: ProceedingStage
PROCEEDING_STAGE_PROSECUTION: ProceedingStage
PROCEEDING_STAGE_TRIAL: ProceedingStage
PROCEEDING_STAGE_APPEAL: ProceedingStage
PROCEEDING_STAGE_CONCLUDED: ProceedingStage
PROCEEDING_STAGE_DISCONTINUED: ProceedingStage
COOPERATION_UNSPECIFIED: Cooperation
COOPERATION_WILLING: Cooperation
COOPERATION_WILLING_REMOTELY: Cooperation
COOPERATION_UNDECIDED: Cooperation
COOPERATION_DECLINED: Cooperation
COOPERATION_TESTIMONY_GIVEN: Cooperation
LEGAL_AID_UNSPECIFIED: LegalAid
LEGAL_AID_REPRESENTED: LegalAid
LEGAL_AID_REQUESTED: LegalAid
LEGAL_AID_OFFERED: LegalAid
LEGAL_AID_DECLINED: LegalAid
LEGAL_AID_NOT_AVAILABLE: LegalAid
TRANSPORT_MODE_UNSPECIFIED: TransportMode
TRANSPORT_MODE_ON_FOOT: TransportMode
TRANSPORT_MODE_CAR: TransportMode
TRANSPORT_MODE_BUS: TransportMode
TRANSPORT_MODE_TRAIN: TransportMode
TRANSPORT_MODE_FLIGHT: TransportMode
TRANSPORT_MODE_BOAT: TransportMode
TRANSPORT_MODE_AMBULANCE: TransportMode
RETURN_BASIS_UNSPECIFIED: ReturnBasis
RETURN_BASIS_VOLUNTARY: ReturnBasis
RETURN_BASIS_ASSISTED_VOLUNTARY: ReturnBasis
RETURN_BASIS_ORDERED: ReturnBasis
RETURN_BASIS_TRANSFER_TO_THIRD_COUNTRY: ReturnBasis
READMISSION_STATUS_UNSPECIFIED: ReadmissionStatus
READMISSION_STATUS_GUARANTEED: ReadmissionStatus
READMISSION_STATUS_REQUESTED: ReadmissionStatus
READMISSION_STATUS_REFUSED: ReadmissionStatus
READMISSION_STATUS_NOT_NEEDED: ReadmissionStatus
TRAVEL_DOCUMENT_STATUS_UNSPECIFIED: TravelDocumentStatus
TRAVEL_DOCUMENT_STATUS_HELD_VALID: TravelDocumentStatus
TRAVEL_DOCUMENT_STATUS_APPLIED_FOR: TravelDocumentStatus
TRAVEL_DOCUMENT_STATUS_ISSUED: TravelDocumentStatus
TRAVEL_DOCUMENT_STATUS_EXPIRED: TravelDocumentStatus
TRAVEL_DOCUMENT_STATUS_REFUSED: TravelDocumentStatus
TRAVEL_DOCUMENT_STATUS_NOT_NEEDED: TravelDocumentStatus
EXIT_CLEARANCE_UNSPECIFIED: ExitClearance
EXIT_CLEARANCE_GRANTED: ExitClearance
EXIT_CLEARANCE_REQUESTED: ExitClearance
EXIT_CLEARANCE_REFUSED: ExitClearance
EXIT_CLEARANCE_NOT_NEEDED: ExitClearance
EXIT_CLEARANCE_COURT_HOLD: ExitClearance
FINE_WAIVER_UNSPECIFIED: FineWaiver
FINE_WAIVER_WAIVED: FineWaiver
FINE_WAIVER_REQUESTED: FineWaiver
FINE_WAIVER_REFUSED: FineWaiver
FINE_WAIVER_PAID: FineWaiver
FINE_WAIVER_NOT_DUE: FineWaiver
TRAVEL_FITNESS_UNSPECIFIED: TravelFitness
TRAVEL_FITNESS_FIT: TravelFitness
TRAVEL_FITNESS_FIT_WITH_ESCORT: TravelFitness
TRAVEL_FITNESS_FIT_WITH_CONDITIONS: TravelFitness
TRAVEL_FITNESS_NOT_FIT: TravelFitness
TRAVEL_FITNESS_NOT_ASSESSED: TravelFitness
ESCORT_KIND_UNSPECIFIED: EscortKind
ESCORT_KIND_NONE: EscortKind
ESCORT_KIND_SOCIAL_WORKER: EscortKind
ESCORT_KIND_HEALTH_WORKER: EscortKind
ESCORT_KIND_GUARDIAN: EscortKind
ESCORT_KIND_RELATIVE: EscortKind
ESCORT_KIND_POLICE: EscortKind
ESCORT_KIND_CONSULAR_OFFICER: EscortKind
ESCORT_KIND_NGO_STAFF: EscortKind
TRAVEL_ARRANGEMENT_UNSPECIFIED: TravelArrangement
TRAVEL_ARRANGEMENT_WHEELCHAIR: TravelArrangement
TRAVEL_ARRANGEMENT_STRETCHER: TravelArrangement
TRAVEL_ARRANGEMENT_INFANT_SEAT: TravelArrangement
TRAVEL_ARRANGEMENT_SEPARATE_FROM_OTHERS: TravelArrangement
TRAVEL_ARRANGEMENT_SAME_SEX_ESCORT: TravelArrangement
TRAVEL_ARRANGEMENT_INTERPRETER: TravelArrangement
TRAVEL_ARRANGEMENT_MEDICATION_ON_BOARD: TravelArrangement
TRAVEL_ARRANGEMENT_NO_UNIFORMS: TravelArrangement
TRAVEL_ARRANGEMENT_NO_MEDIA: TravelArrangement
TRAVEL_ARRANGEMENT_OVERNIGHT_STAY: TravelArrangement
IDENTITY_CHECK_UNSPECIFIED: IdentityCheck
IDENTITY_CHECK_PSEUDONYM_AND_CODE_WORD: IdentityCheck
IDENTITY_CHECK_DOCUMENT: IdentityCheck
IDENTITY_CHECK_PHOTO: IdentityCheck
IDENTITY_CHECK_KNOWN_TO_OFFICER: IdentityCheck
IDENTITY_CHECK_RELATIVE_PRESENT: IdentityCheck
IDENTITY_CHECK_QUESTIONS: IdentityCheck
IDENTITY_CHECK_FINGERPRINT: IdentityCheck
BELONGING_KIND_UNSPECIFIED: BelongingKind
BELONGING_KIND_CLOTHING: BelongingKind
BELONGING_KIND_PHONE: BelongingKind
BELONGING_KIND_MONEY: BelongingKind
BELONGING_KIND_VALUABLES: BelongingKind
BELONGING_KIND_DOCUMENTS: BelongingKind
BELONGING_KIND_MEDICATION: BelongingKind
BELONGING_KIND_MEDICAL_RECORDS: BelongingKind
BELONGING_KIND_CHILD_ITEMS: BelongingKind
BELONGING_KIND_EVIDENCE_RECEIPT: BelongingKind
BELONGING_KIND_OTHER: BelongingKind
SIGNATURE_FORM_UNSPECIFIED: SignatureForm
SIGNATURE_FORM_SIGNED: SignatureForm
SIGNATURE_FORM_THUMBPRINT: SignatureForm
SIGNATURE_FORM_ORAL_WITNESSED: SignatureForm
SIGNATURE_FORM_DECLINED: SignatureForm
SIGNATURE_FORM_NOT_ABLE: SignatureForm
CONDITION_AT_HANDOVER_UNSPECIFIED: ConditionAtHandover
CONDITION_AT_HANDOVER_WELL: ConditionAtHandover
CONDITION_AT_HANDOVER_DISTRESSED: ConditionAtHandover
CONDITION_AT_HANDOVER_INJURED: ConditionAtHandover
CONDITION_AT_HANDOVER_ILL: ConditionAtHandover
CONDITION_AT_HANDOVER_NEEDS_URGENT_CARE: ConditionAtHandover
HANDOVER_RESULT_UNSPECIFIED: HandoverResult
HANDOVER_RESULT_COMPLETED: HandoverResult
HANDOVER_RESULT_POSTPONED: HandoverResult
HANDOVER_RESULT_PERSON_DID_NOT_COME: HandoverResult
HANDOVER_RESULT_RECEIVER_DID_NOT_COME: HandoverResult
HANDOVER_RESULT_REFUSED_BY_PERSON: HandoverResult
HANDOVER_RESULT_STOPPED_AT_BORDER: HandoverResult
SUPPORT_PLAN_TYPE_UNSPECIFIED: SupportPlanType
SUPPORT_PLAN_TYPE_EDUCATION: SupportPlanType
SUPPORT_PLAN_TYPE_FINANCIAL: SupportPlanType
SUPPORT_PLAN_TYPE_HEALTH: SupportPlanType
SUPPORT_PLAN_TYPE_LABOUR_EXPLOITATION_REHABILITATION: SupportPlanType
SUPPORT_PLAN_TYPE_LEGAL: SupportPlanType
SUPPORT_PLAN_TYPE_LIVELIHOOD: SupportPlanType
SUPPORT_PLAN_TYPE_RIGHTS_BASED_TRAINING: SupportPlanType
SUPPORT_PLAN_TYPE_SEXUAL_EXPLOITATION_REHABILITATION: SupportPlanType
SUPPORT_PLAN_TYPE_SOCIAL_CARE: SupportPlanType
PLAN_STATUS_UNSPECIFIED: PlanStatus
PLAN_STATUS_PROPOSED: PlanStatus
PLAN_STATUS_AGREED: PlanStatus
PLAN_STATUS_UNDER_WAY: PlanStatus
PLAN_STATUS_COMPLETED: PlanStatus
PLAN_STATUS_STOPPED_BY_PERSON: PlanStatus
PLAN_STATUS_STOPPED_BY_AGENCY: PlanStatus
PLAN_OUTCOME_UNSPECIFIED: PlanOutcome
PLAN_OUTCOME_ACHIEVED: PlanOutcome
PLAN_OUTCOME_PARTLY_ACHIEVED: PlanOutcome
PLAN_OUTCOME_NOT_ACHIEVED: PlanOutcome
PLAN_OUTCOME_TOO_EARLY: PlanOutcome
VISIT_KIND_UNSPECIFIED: VisitKind
VISIT_KIND_HOME_VISIT: VisitKind
VISIT_KIND_OFFICE_VISIT: VisitKind
VISIT_KIND_PHONE_CALL: VisitKind
VISIT_KIND_VIDEO_CALL: VisitKind
VISIT_KIND_SCHOOL_VISIT: VisitKind
VISIT_KIND_WORKPLACE_VISIT: VisitKind
VISIT_OUTCOME_UNSPECIFIED: VisitOutcome
VISIT_OUTCOME_WELL: VisitOutcome
VISIT_OUTCOME_NEEDS_MORE_SUPPORT: VisitOutcome
VISIT_OUTCOME_AT_RISK: VisitOutcome
VISIT_OUTCOME_NOT_FOUND: VisitOutcome
VISIT_OUTCOME_MOVED_AWAY: VisitOutcome
VISIT_OUTCOME_DECLINED_CONTACT: VisitOutcome
VISIT_OUTCOME_MIGRATED_AGAIN: VisitOutcome
VISIT_OUTCOME_RETRAFFICKED: VisitOutcome
HOUSING_UNSPECIFIED: Housing
HOUSING_WITH_FAMILY: Housing
HOUSING_OWN: Housing
HOUSING_SHARED: Housing
HOUSING_SHELTER: Housing
HOUSING_ALTERNATIVE_CARE: Housing
HOUSING_UNSTABLE: Housing
HOUSING_HOMELESS: Housing
OCCUPATION_UNSPECIFIED: Occupation
OCCUPATION_IN_SCHOOL: Occupation
OCCUPATION_IN_TRAINING: Occupation
OCCUPATION_EMPLOYED: Occupation
OCCUPATION_SELF_EMPLOYED: Occupation
OCCUPATION_CARING_AT_HOME: Occupation
OCCUPATION_SEEKING_WORK: Occupation
OCCUPATION_UNABLE_TO_WORK: Occupation
RETRAFFICKING_SIGN_UNSPECIFIED: RetraffickingSign
RETRAFFICKING_SIGN_CONTACT_WITH_TRAFFICKER: RetraffickingSign
RETRAFFICKING_SIGN_NEW_JOB_OFFER_ABROAD: RetraffickingSign
RETRAFFICKING_SIGN_SUDDEN_DEPARTURE: RetraffickingSign
RETRAFFICKING_SIGN_DEBT_COLLECTED: RetraffickingSign
RETRAFFICKING_SIGN_MISSING: RetraffickingSign
RETRAFFICKING_SIGN_DOCUMENTS_TAKEN: RetraffickingSign
RETRAFFICKING_SIGN_REPORTED_BY_FAMILY: RetraffickingSign
RETRAFFICKING_SIGN_REPORTED_BY_PERSON: RetraffickingSign
RETRAFFICKING_SIGN_ONLINE_RECRUITMENT: RetraffickingSign
