"""Family: relatives, whether they may be contacted, what they must not be told, whether they can take the person in.

What happened to the person never stands here: this section is what a village authority may get to see.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from referral_proto.model.base import Part, Section
from referral_proto.model.codes.case import RiskLevel
from referral_proto.model.codes.family import (
    ContactConsent,
    DoNotTell,
    HouseholdOutcome,
    TracingOutcome,
    Whereabouts,
)
from referral_proto.model.codes.person import Kinship, MaritalStatus
from referral_proto.model.codes.protection import RiskFactor
from referral_proto.model.contacts import Officer, SafeContact
from referral_proto.model.kinds import PartialDate, SmallCount
from referral_proto.model.names import PersonName
from referral_proto.model.places import Place
from referral_proto.moment import Moment

__all__ = ["Family", "HouseholdAssessment", "Relative"]


class Relative(Part):
    """A relative. `may_be_contacted` is the person's word about this one; unset: not asked."""

    kinship: Kinship
    names: Annotated[tuple[PersonName, ...], Field(max_length=8)] = ()
    birth_date: PartialDate | None = None
    place: Place | None = None
    whereabouts: Whereabouts | None = None
    contact: SafeContact | None = None
    may_be_contacted: bool | None = None
    in_household: bool | None = None


class HouseholdAssessment(Part):
    """What a visit to the household found."""

    outcome: HouseholdOutcome | None = None
    assessed_at: Moment | None = None
    assessor: Officer | None = None
    willing_to_receive: bool | None = None
    risk: RiskLevel | None = None
    concerns: Annotated[tuple[RiskFactor, ...], Field(max_length=32)] = ()
    household_size: SmallCount | None = None


class Family(Section):
    """Relatives and tracing. `children` counts the person's own, `dependants` those who live on the person's income."""

    contact_consent: ContactConsent | None = None
    do_not_tell: Annotated[tuple[DoNotTell, ...], Field(max_length=16)] = ()
    relatives: Annotated[tuple[Relative, ...], Field(max_length=32)] = ()
    last_place: Place | None = None
    marital_status: MaritalStatus | None = None
    children: SmallCount | None = None
    dependants: SmallCount | None = None
    tracing: TracingOutcome | None = None
    traced_at: Moment | None = None
    tracer: Officer | None = None
    assessment: HouseholdAssessment | None = None
