"""Codes of what was done to a person, after HTCDS 2.0 with its known gaps filled.

Numbers and members are those of `codes.proto`, in its order; a number is never given another meaning. Lists only: no
rule about which code may stand where.
"""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = [
    "ControlMethod",
    "DecisionMaker",
    "EventType",
    "ExploitationType",
    "ForcedCriminalityType",
    "Industry",
    "Platform",
    "RecruitmentMethod",
    "SexExploitationType",
    "TraffickerRelationship",
    "TraffickerRole",
    "TraffickingStatus",
]


class TraffickingStatus(Code):
    """Whether the person was identified as a victim."""

    POSSIBLE_VICTIM_OF_TRAFFICKING = 1
    ACTUAL_VICTIM_OF_TRAFFICKING = 2
    NOT_A_VICTIM_OF_TRAFFICKING = 3
    REBUTTED = 4
    UNDER_REVIEW = 5


class DecisionMaker(Code):
    """What kind of organisation decided on the status."""

    POLICE = 1
    NGO = 2
    COURT_OR_PROSECUTION = 3
    NON_POLICE_GOVERNMENTAL_ORGANIZATION = 4
    OTHER = 5
    MULTIDISCIPLINARY_TEAM = 6


class TraffickerRelationship(Code):
    """What the trafficker was to the person. HTCDS spells the third value without its first c."""

    FAMILIAL = 1
    ACQUAINTED = 2
    UNACQUAINTED = 3


class ExploitationType(Code):
    """The kind of exploitation."""

    FORCED_LABOUR = 1
    SEXUAL_EXPLOITATION = 2
    CHILD_LABOUR = 3
    FORCED_MARRIAGE = 4
    SERVITUDE = 5
    FORCED_MILITARY_BY_NON_STATE_ACTORS = 6
    ORGAN_REMOVAL = 7
    FORCED_BEGGING = 8
    FORCED_ADOPTION = 9
    SURROGACY = 10
    OTHER = 11
    FORCED_CRIMINALITY = 12
    ONLINE_CHILD_SEXUAL_EXPLOITATION = 13


class ForcedCriminalityType(Code):
    """What the person was forced to do that law forbids."""

    ONLINE_SCAM = 1
    ONLINE_GAMBLING = 2
    DRUGS = 3
    THEFT = 4
    MONEY_MULE = 5
    BEGGING_RELATED = 6
    OTHER = 7


class SexExploitationType(Code):
    """The kind of sexual exploitation."""

    PROSTITUTION = 1
    PORNOGRAPHY = 2
    REMOTE_INTERACTIVE_SERVICES = 3
    PRIVATE_SEXUAL_SERVICES = 4


class RecruitmentMethod(Code):
    """How the person was recruited."""

    AT_A_PLACE_OF_BUSINESS = 1
    AT_AN_EDUCATIONAL_INSTITUTION = 2
    AT_WORK = 3
    THROUGH_ONLINE_SOCIAL_NETWORKS = 4
    THROUGH_AN_ONLINE_ADVERTISEMENT = 5
    THROUGH_A_TELEVISION_ADVERT = 6
    THROUGH_A_NEWSPAPER_ADVERT = 7
    THROUGH_FAMILY_OR_FAMILY_EVENTS = 8
    THROUGH_FRIENDS_OR_SOCIAL_EVENTS = 9
    OTHER = 10


class Platform(Code):
    """A website or app that was used for recruitment or exploitation."""

    FACEBOOK = 1
    INSTAGRAM = 2
    WHATS_APP = 3
    TELEGRAM = 4
    FACEBOOK_MESSENGER = 5
    VIBER = 6
    SNAP_CHAT = 7
    LINE = 8
    FOUR_SALE = 9
    WE_CHAT = 10
    QQ = 11
    Q_ZONE = 12
    TIK_TOK = 13
    TWITTER = 14
    OTHER = 15
    SIGNAL = 16
    DISCORD = 17
    GAME = 18
    DATING_SITE = 19
    JOB_SITE = 20


class ControlMethod(Code):
    """How the person was controlled."""

    PHYSICAL_THREATS = 1
    THREATS_LAW_ENFORCEMENT = 2
    THREATENS_CHILDREN_FAMILY = 3
    DEBT_BONDAGE = 4
    FALSE_PROMISES = 5
    PHYSICAL_ABUSE = 6
    SEXUAL_ABUSE = 7
    TAKES_EARNINGS = 8
    RESTRICTS_FINANCIAL_ACCESS = 9
    RESTRICTS_MEDICAL_CARE = 10
    RESTRICTS_MOVEMENT = 11
    USES_CHILDREN = 12
    WITHHOLDS_NECESSITIES = 13
    PSYCHOLOGICAL_ABUSE = 14
    PSYCHOACTIVE_SUBSTANCE = 15
    EXCESSIVE_WORKING_HOURS = 16
    WITHHOLDS_DOCUMENTS = 17
    OTHER = 18
    SOLD_BETWEEN_COMPOUNDS = 19
    RANSOM_DEMAND = 20
    CONFISCATED_PHONE = 21


class Industry(Code):
    """Industry of forced labour (ISIC Rev. 4 sections)."""

    A_AGRICULTURE_FORESTRY_AND_FISHING = 1
    B_MINING_AND_QUARRYING = 2
    C_MANUFACTURING = 3
    D_ELECTRICITY_GAS_STEAM_AND_AIR_CONDITIONING_SUPPLY = 4
    E_WATER_SUPPLY_SEWERAGE_WASTE_MANAGEMENT = 5
    F_CONSTRUCTION = 6
    G_WHOLESALE_AND_RETAIL_TRADE_REPAIR_OF_MOTOR_VEHICLES = 7
    H_TRANSPORTATION_AND_STORAGE = 8
    I_ACCOMMODATION_AND_FOOD_SERVICE_ACTIVITIES = 9
    J_INFORMATION_AND_COMMUNICATION = 10
    K_FINANCIAL_AND_INSURANCE_ACTIVITIES = 11
    L_REAL_ESTATE_ACTIVITIES = 12
    M_PROFESSIONAL_SCIENTIFIC_AND_TECHNICAL_ACTIVITIES = 13
    N_ADMINISTRATIVE_AND_SUPPORT_SERVICE_ACTIVITIES = 14
    O_PUBLIC_ADMINISTRATION_AND_DEFENCE = 15
    P_EDUCATION = 16
    Q_HUMAN_HEALTH_AND_SOCIAL_WORK_ACTIVITIES = 17
    R_ARTS_ENTERTAINMENT_AND_RECREATION = 18
    S_OTHER_SERVICE_ACTIVITIES = 19
    T_ACTIVITIES_OF_HOUSEHOLDS_AS_EMPLOYERS = 20
    U_ACTIVITIES_OF_EXTRATERRITORIAL_ORGANIZATIONS = 21


class TraffickerRole(Code):
    """What a perpetrator did, or what was done to a person who also acted."""

    TRAVELLING_PARTNER = 1
    TRANSPORTER = 2
    RECRUITER_OR_INTERMEDIARY = 3
    BROKER_TRAVEL_AGENT = 4
    TRANSFERRED_INDIVIDUAL = 5
    HARBOURED_INDIVIDUAL = 6
    SOLD_INDIVIDUAL = 7
    BOUGHT_INDIVIDUAL = 8
    RECEIVED_INDIVIDUAL = 9
    CONTROLLED_INDIVIDUAL = 10
    SMUGGLER = 11
    ABUSER = 12
    KIDNAPPER = 13
    EXPLOITER = 14
    OTHER = 15


class EventType(Code):
    """A stage of what happened."""

    RECRUITMENT = 1
    TRANSIT = 2
    EXPLOITATION = 3
