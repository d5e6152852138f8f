"""Codes about a person: who someone is, and how sure that is.

Numbers and members are those of `codes.proto`, in its order; a number is never given another meaning. Lists only: no
rule about which code may stand where.
"""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = [
    "AgeBand",
    "AgeBasis",
    "AttachmentKind",
    "ChildFlag",
    "CitizenshipStatus",
    "DocumentEvidence",
    "DocumentHolder",
    "DocumentType",
    "EducationLevel",
    "Gazetteer",
    "Gender",
    "IdentityAssurance",
    "InternationalProtection",
    "Kinship",
    "MaritalStatus",
    "MigrantType",
    "MigrationCircumstance",
    "NameKind",
    "NameRole",
    "Sex",
    "VerificationBasis",
    "VerificationOutcome",
]


class Gender(Code):
    """How the person describes their gender."""

    FEMININE = 1
    MASCULINE = 2
    TRANSGENDER_FEMININE = 3
    TRANSGENDER_MASCULINE = 4
    NON_CONFORMING = 5
    NON_SPECIFIED_UNKNOWN = 6


class Sex(Code):
    """The sex that documents state, apart from gender."""

    FEMALE = 1
    MALE = 2
    INTERSEX = 3


class AgeBand(Code):
    """Completed years, in bands wide enough not to identify."""

    UNDER_5 = 1
    FROM_5_TO_11 = 2
    FROM_12_TO_14 = 3
    FROM_15_TO_17 = 4
    FROM_18_TO_24 = 5
    FROM_25_TO_34 = 6
    FROM_35_TO_44 = 7
    FROM_45_TO_59 = 8
    FROM_60 = 9


class AgeBasis(Code):
    """What an age or a date of birth rests on. In dispute, the person is presumed a child."""

    DOCUMENTED = 1
    STATED = 2
    ESTIMATED = 3
    DISPUTED = 4


class ChildFlag(Code):
    """Whether the person is treated as a child; in doubt, yes."""

    CHILD = 1
    PRESUMED_CHILD = 2
    ADULT = 3


class MaritalStatus(Code):
    """Marital status."""

    SINGLE = 1
    MARRIED = 2
    WIDOWED = 3
    DIVORCED = 4
    SEPARATED = 5
    REGISTERED_PARTNERSHIP = 6


class EducationLevel(Code):
    """Highest level of education (ISCED 2011)."""

    EARLY_CHILDHOOD_EDUCATION = 1
    PRIMARY_EDUCATION = 2
    LOWER_SECONDARY_EDUCATION = 3
    UPPER_SECONDARY_EDUCATION = 4
    POST_SECONDARY_NON_TERTIARY_EDUCATION = 5
    SHORT_CYCLE_TERTIARY_EDUCATION = 6
    BACHELORS_OR_EQUIVALENT_LEVEL = 7
    MASTERS_OR_EQUIVALENT_LEVEL = 8
    DOCTORAL_OR_EQUIVALENT_LEVEL = 9


class CitizenshipStatus(Code):
    """What is known of a person's citizenship beside the ISO 3166 codes."""

    CLAIMED = 1
    CONFIRMED = 2
    STATELESS = 3
    AT_RISK_OF_STATELESSNESS = 4
    UNDETERMINED = 5


class MigrantType(Code):
    """In which capacity a person migrated."""

    FAMILY = 1
    VISITOR_TOURIST = 2
    LABOUR = 3
    STUDENT = 4
    IRREGULAR = 5


class InternationalProtection(Code):
    """A person's place in international protection."""

    ASYLUM_SEEKER = 1
    REFUGEE = 2
    RECIPIENT_OF_COMPLEMENTARY_PROTECTION = 3
    STATELESS_PERSON = 4


class MigrationCircumstance(Code):
    """Other circumstances of a person's migration."""

    ENVIRONMENTAL_MIGRANT = 1
    VULNERABLE_MIGRANT = 2
    STRANDED_MIGRANT = 3
    FORCED_MIGRANT = 4
    DEPORTEE = 5
    EX_COMBATANT = 6
    INTERNALLY_DISPLACED_PERSON = 7
    SEPARATED_OR_UNACCOMPANIED_CHILD = 8
    RETURNEE = 9


class NameKind(Code):
    """What a name is to the person."""

    LEGAL = 1
    BIRTH = 2
    USUAL = 3
    MARRIED = 4
    RELIGIOUS = 5
    NICKNAME = 6
    ALIAS = 7
    IN_FALSE_DOCUMENT = 8


class NameRole(Code):
    """What a part of a name is, in the custom it comes from. Order stands in the list, not in the role."""

    WHOLE = 1
    FAMILY = 2
    GIVEN = 3
    MIDDLE = 4
    FATHERS_NAME = 5
    MOTHERS_NAME = 6
    GRANDFATHERS_NAME = 7
    CLAN = 8
    TITLE = 9
    NICKNAME = 10
    SUFFIX = 11


class IdentityAssurance(Code):
    """How sure the identity is."""

    STATED = 1
    RELATIVE_CONFIRMED = 2
    DOCUMENT_SEEN = 3
    STATE_VERIFIED = 4
    DISPUTED = 5


class VerificationOutcome(Code):
    """The answer to a request to verify nationality and identity."""

    VERIFIED = 1
    NOT_VERIFIED = 2
    INCONCLUSIVE = 3


class VerificationBasis(Code):
    """What a verification rests on."""

    CIVIL_REGISTER = 1
    HOUSEHOLD_REGISTER = 2
    PASSPORT_DATABASE = 3
    IDENTITY_CARD_DATABASE = 4
    BIRTH_CERTIFICATE = 5
    FAMILY_INTERVIEW = 6
    VILLAGE_AUTHORITY = 7
    CONSULAR_INTERVIEW = 8
    SCHOOL_RECORD = 9
    BIOMETRIC_MATCH = 10
    LANGUAGE_AND_LOCAL_KNOWLEDGE = 11
    NO_RECORD_FOUND = 12


class DocumentType(Code):
    """What kind of document."""

    PASSPORT = 1
    TEMPORARY_PASSPORT = 2
    EMERGENCY_TRAVEL_DOCUMENT = 3
    LAISSEZ_PASSER = 4
    CERTIFICATE_OF_IDENTITY = 5
    BORDER_PASS = 6
    SEAMANS_BOOK = 7
    NATIONAL_IDENTITY_CARD = 8
    NON_CITIZEN_CARD = 9
    BIRTH_CERTIFICATE = 10
    HOUSEHOLD_REGISTRATION = 11
    FAMILY_BOOK = 12
    WORK_PERMIT = 13
    RESIDENCE_PERMIT = 14
    REFUGEE_DOCUMENT = 15
    MARRIAGE_CERTIFICATE = 16
    SCHOOL_RECORD = 17
    DRIVING_LICENCE = 18
    OTHER = 19


class DocumentEvidence(Code):
    """What was seen of a document."""

    ORIGINAL_SEEN = 1
    COPY_SEEN = 2
    STATED = 3
    FALSE_DOCUMENT = 4


class DocumentHolder(Code):
    """Who holds a document now."""

    PERSON = 1
    FAMILY = 2
    AGENCY = 3
    AUTHORITY = 4
    TRAFFICKER = 5
    EMPLOYER = 6
    LOST = 7
    DESTROYED = 8


class AttachmentKind(Code):
    """What an attachment shows. It travels in its own envelope, never inside a section."""

    PHOTO = 1
    DOCUMENT_SCAN = 2
    CONSENT_FORM = 3
    MEDICAL_REPORT = 4
    ASSESSMENT_REPORT = 5
    COURT_ORDER = 6
    TRAVEL_DOCUMENT_SCAN = 7
    OTHER = 8


class Gazetteer(Code):
    """Whose list a place code comes from."""

    UN_LOCODE = 1
    KH_NCDD = 2
    TH_DOPA = 3
    LA_NSC = 4
    MM_MIMU = 5
    VN_GSO = 6
    OCHA_PCODE = 7


class Kinship(Code):
    """What a relative is to the person."""

    MOTHER = 1
    FATHER = 2
    STEP_PARENT = 3
    ADOPTIVE_PARENT = 4
    GRANDPARENT = 5
    SIBLING = 6
    SPOUSE_OR_PARTNER = 7
    CHILD = 8
    AUNT_OR_UNCLE = 9
    COUSIN = 10
    FOSTER_PARENT = 11
    OTHER_RELATIVE = 12
    NOT_RELATED = 13
