"""Code lists: the numbers of the protos, the names of HTCDS, and unknown numbers that are kept and flagged."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

import referral_proto.model.codes as lists
from referral_proto.model.base import Noun
from referral_proto.model.codes.case import ReferralReason
from referral_proto.model.codes.code import Code
from referral_proto.model.codes.htcds import HTCDS
from referral_proto.model.codes.person import AgeBasis, Gender
from referral_proto.model.codes.trafficking import ControlMethod, ExploitationType, Platform, TraffickerRelationship
from referral_proto.model.evidence import Claim, EvidenceBundle
from referral_proto.model.log import Acknowledgement, LogContradiction, LogEvent
from referral_proto.model.records import AgencyRecord, SignedRecord
from referral_proto.model.section import SECTION_MODELS, SectionType
from referral_proto.v1 import codes_pb2, section_pb2
from tests.model.shapes import nouns_below, types_of

ALL = {name: getattr(lists, name) for name in lists.__all__ if name != "Code"}
ENUMS = codes_pb2.DESCRIPTOR.enum_types_by_name


def prefix(name: str) -> str:
    return "".join("_" + c if c.isupper() else c for c in name).lstrip("_").upper() + "_"


@pytest.mark.parametrize("name", sorted(ENUMS))
def test_every_enum_of_the_protos_is_a_list_with_the_same_members(name: str) -> None:
    values = {value.name.removeprefix(prefix(name)): value.number for value in ENUMS[name].values}
    assert values.pop("UNSPECIFIED") == 0
    assert {member.name: member.value for member in ALL[name]} == values


def test_every_list_is_used_by_a_section_or_a_record() -> None:
    proofs = [LogEvent, LogContradiction, Acknowledgement, EvidenceBundle, Claim]
    roots: list[type[Noun]] = [*SECTION_MODELS.values(), AgencyRecord, SignedRecord, *proofs]
    used = {kind for root in roots for noun in nouns_below(root) for kind in types_of(noun) if issubclass(kind, Code)}
    assert {kind.__name__ for kind in used} == set(ALL)


def test_section_type_is_the_number_of_the_arm() -> None:
    arms = section_pb2.Section.DESCRIPTOR.oneofs_by_name["kind"].fields
    assert {field.name.upper(): field.number for field in arms} == {kind.name: kind.value for kind in SectionType}


# Typed from the published standard, apart from the table under test.
HTCDS_VALUES = {
    "OrganisationType": "NGO LawEnforcement HealthServiceOrganisation CentralGovernmentOrganisation "
    "LocalGovernmentOrganisation ImmigrationService LegalService CorporateBusiness SchoolOrCollege",
    "Gender": "Feminine Masculine TransgenderFeminine TransgenderMasculine NonConforming NonSpecifiedUnknown",
    "MaritalStatus": "Single Married Widowed Divorced Separated RegisteredPartnership",
    "EducationLevel": "EarlyChildhoodEducation PrimaryEducation LowerSecondaryEducation UpperSecondaryEducation "
    "PostSecondaryNonTertiaryEducation ShortCycleTertiaryEducation BachelorsOrEquivalentLevel "
    "MastersOrEquivalentLevel DoctoralOrEquivalentLevel",
    "TraffickingStatus": "PossibleVictimOfTrafficking ActualVictimOfTrafficking NotAVictimOfTrafficking",
    "DecisionMaker": "Police NGO CourtOrProsecution NonPoliceGovernmentalOrganization Other",
    "TraffickerRelationship": "Familial Acquainted Unaquainted",
    "Platform": "Facebook Instagram WhatsApp Telegram FacebookMessenger Viber SnapChat Line 4Sale WeChat QQ QZone "
    "TikTok Twitter Other",
    "RecruitmentMethod": "AtAPlaceOfBusiness AtAnEducationalInstitution AtWork ThroughOnlineSocialNetworks "
    "ThroughAnOnlineAdvertisement ThroughATelevisionAdvert ThroughANewspaperAdvert ThroughFamilyOrFamilyEvents "
    "ThroughFriendsOrSocialEvents Other",
    "ControlMethod": "PhysicalThreats ThreatsLawEnforcement ThreatensChildrenFamily DebtBondage FalsePromises "
    "PhysicalAbuse SexualAbuse TakesEarnings RestrictsFinancialAccess RestrictsMedicalCare RestrictsMovement "
    "UsesChildren WithholdsNecessities PsychologicalAbuse PsychoactiveSubstance ExcessiveWorkingHours "
    "WithholdsDocuments Other",
    "ExploitationType": "ForcedLabour SexualExploitation ChildLabour ForcedMarriage Servitude "
    "ForcedMilitaryByNonStateActors OrganRemoval ForcedBegging ForcedAdoption Surrogacy Other",
    "SexExploitationType": "Prostitution Pornography RemoteInteractiveServices PrivateSexualServices",
    "Industry": "A_AgricultureForestryAndFishing B_MiningAndQuarrying C_Manufacturing "
    "D_ElectricityGasSteamAndAirConditioningSupply E_WaterSupplySewerageWasteManagement F_Construction "
    "G_WholesaleAndRetailTradeRepairOfMotorVehicles H_TransportationAndStorage "
    "I_AccommodationAndFoodServiceActivities J_InformationAndCommunication K_FinancialAndInsuranceActivities "
    "L_RealEstateActivities M_ProfessionalScientificAndTechnicalActivities N_AdministrativeAndSupportServiceActivities "
    "O_PublicAdministrationAndDefence P_Education Q_HumanHealthAndSocialWorkActivities "
    "R_ArtsEntertainmentAndRecreation S_OtherServiceActivities T_ActivitiesOfHouseholdsAsEmployers "
    "U_ActivitiesOfExtraterritorialOrganizations",
    "TraffickerRole": "TravellingPartner Transporter RecruiterOrIntermediary BrokerTravelAgent TransferredIndividual "
    "HarbouredIndividual SoldIndividual BoughtIndividual ReceivedIndividual ControlledIndividual Smuggler Abuser "
    "Kidnapper Exploiter Other",
    "CaseStatus": "Active FollowUp Closed ClosedReferred",
    "ReferralReason": "AdditionalServicesRequired MigrationOrChangeOfLocation Other",
    "EventType": "Recruitment Transit Exploitation",
    "SupportPlanType": "Education Financial Health LabourExploitationRehabilitation Legal Livelihood "
    "RightsBasedTraining SexualExploitationRehabilitation SocialCare",
    "MigrantType": "Family Visitor/Tourist Labour Student Irregular",
    "InternationalProtection": "AsylumSeeker Refugee RecipientOfComplementaryProtection StatelessPerson",
    "MigrationCircumstance": "EnvironmentalMigrant VulnerableMigrant StrandedMigrant ForcedMigrant Deportee "
    "ExCombatant InternallyDisplacedPerson SeparatedOrUnaccompaniedChild Returnee",
}


@pytest.mark.parametrize("name", sorted(HTCDS_VALUES))
def test_every_htcds_value_is_a_member_and_keeps_its_spelling(name: str) -> None:
    named = {member.htcds for member in ALL[name]} - {None}
    assert named == set(HTCDS_VALUES[name].split())


def test_the_htcds_table_speaks_of_members_only() -> None:
    assert set(HTCDS) == set(HTCDS_VALUES)
    assert [
        (name, member) for name, row in HTCDS.items() for member in row if member not in ALL[name].__members__
    ] == []


GAPS = {
    "TraffickingStatus": "REBUTTED UNDER_REVIEW",
    "DecisionMaker": "MULTIDISCIPLINARY_TEAM",
    "ExploitationType": "FORCED_CRIMINALITY ONLINE_CHILD_SEXUAL_EXPLOITATION",
    "ForcedCriminalityType": "ONLINE_SCAM ONLINE_GAMBLING DRUGS THEFT MONEY_MULE",
    "Platform": "SIGNAL DISCORD GAME DATING_SITE JOB_SITE",
    "ControlMethod": "SOLD_BETWEEN_COMPOUNDS RANSOM_DEMAND CONFISCATED_PHONE",
    "OrganisationType": "EMBASSY_CONSULATE INTERNATIONAL_ORGANISATION SHELTER CHILD_PROTECTION_AUTHORITY PROSECUTOR "
    "COURT HOTLINE",
    "Urgency": "IMMEDIATE_DANGER URGENT NORMAL PLANNED",
    "RiskLevel": "HIGH MEDIUM LOW NONE",
    "IdentityAssurance": "STATED RELATIVE_CONFIRMED DOCUMENT_SEEN STATE_VERIFIED DISPUTED",
    "AgeBasis": "DOCUMENTED STATED ESTIMATED DISPUTED",
    "AbsenceReason": "UNKNOWN REFUSED WITHHELD NOT_ASKED",
    "ThreatSource": "OFFICIAL_COMPLICIT",
    "ConsentForm": "WRITTEN ORAL THUMBPRINT WITNESSED",
}


@pytest.mark.parametrize("name", sorted(GAPS))
def test_what_htcds_lacks_is_there(name: str) -> None:
    added = set(GAPS[name].split())
    assert added <= set(ALL[name].__members__)
    assert [word for word in added if ALL[name][word].htcds is not None] == []


def test_the_eleven_indicators_are_eleven() -> None:
    assert len(lists.ForcedLabourIndicator) == 11


def test_a_spelling_of_htcds_is_kept_and_ours_is_right() -> None:
    assert TraffickerRelationship.UNACQUAINTED.htcds == "Unaquainted"
    assert Platform.FOUR_SALE.htcds == "4Sale"
    assert ControlMethod.RESTRICTS_MOVEMENT.htcds == "RestrictsMovement"
    assert ReferralReason.SHELTER.htcds is None


FOREIGN = st.integers(min_value=1_000, max_value=2**31 - 1)


@given(FOREIGN)
def test_an_unknown_number_is_kept_and_flagged(number: int) -> None:
    code = Gender(number)
    assert isinstance(code, Gender)
    assert not code.recognised
    assert code.htcds is None
    assert code == number == Gender(number)
    assert code.name == f"UNRECOGNISED_{number}"
    assert Gender.named(code.name) == code
    assert hash(code) == hash(Gender(number))


@given(FOREIGN)
def test_an_unknown_number_survives_copies(number: int) -> None:
    code = Gender(number)
    for twin in (copy.copy(code), copy.deepcopy(code), pickle.loads(pickle.dumps(code))):  # noqa: S301 - our own bytes
        assert twin == code
        assert twin.name == code.name


def test_unknown_numbers_are_not_remembered() -> None:
    before = len(Gender._value2member_map_)
    for number in range(1_000, 1_100):
        Gender(number)
    assert len(Gender._value2member_map_) == before
    assert len(Gender.__members__) == 6


@pytest.mark.parametrize("number", [0, -1, 2**31, 2**40, True, 1.5, "1", None])
def test_what_is_no_number_of_a_list_is_refused(number: Any) -> None:
    known = number is True
    if known:
        # True is 1 to Python's enums; the models refuse it, and the wire cannot say it.
        assert Gender(number) is Gender.FEMININE
    else:
        with pytest.raises(ValueError, match="is not a valid Gender"):
            Gender(number)


@given(st.integers(min_value=-(2**31), max_value=2**31 - 1))
def test_a_number_from_the_wire_is_a_code_or_refused_later(number: int) -> None:
    code = Gender.from_wire(number)
    assert code == number
    assert isinstance(code, Gender) == (number >= 1)


GENDER: TypeAdapter[Gender] = TypeAdapter(Gender)


def refused() -> Iterator[object]:
    yield from (1, True, "FEMININE", AgeBasis.DOCUMENTED, None, 77)


@pytest.mark.parametrize("value", list(refused()))
def test_python_takes_members_of_that_very_list_only(value: object) -> None:
    with pytest.raises(ValidationError):
        GENDER.validate_python(value)
    assert GENDER.validate_python(Gender(77)) == 77


@pytest.mark.parametrize(
    "text",
    ["feminine", "UNSPECIFIED", "UNRECOGNISED_0", "UNRECOGNISED_01", "UNRECOGNISED_2147483648", "Feminine", "1", ""],
)
def test_json_takes_names_only_and_never_repeats_a_wrong_one(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        GENDER.validate_json(f'"{text}"')
    assert not text or text not in caught.value.errors(include_input=False)[0]["msg"].replace("[A-Z]", "")
    with pytest.raises(ValidationError):
        GENDER.validate_json("1")


def test_json_is_the_name_and_python_is_the_member() -> None:
    assert GENDER.dump_json(Gender.NON_CONFORMING) == b'"NON_CONFORMING"'
    assert GENDER.dump_python(Gender.NON_CONFORMING) is Gender.NON_CONFORMING
    assert GENDER.validate_json('"UNRECOGNISED_77"') == Gender(77)
    # A number that this version has since learned is read as what it is.
    assert GENDER.validate_json('"UNRECOGNISED_1"') is Gender.FEMININE


@given(st.sampled_from(sorted(ALL)), st.data())
def test_every_code_is_its_name_in_json(name: str, data: st.DataObject) -> None:
    adapter: TypeAdapter[Code] = TypeAdapter(ALL[name])
    code = data.draw(st.sampled_from(list(ALL[name])) | FOREIGN.map(ALL[name]))
    assert adapter.validate_json(adapter.dump_json(code)) == code
    assert adapter.dump_json(code) == f'"{code.name}"'.encode()
    assert isinstance(code, ExploitationType) == (name == "ExploitationType")
