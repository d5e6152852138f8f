"""Screening: what was done to the person, by which signs it was found, and how the finding was made.

Codes, dates and places; the story itself is a note, if anything. No name of the person and none of a perpetrator.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from referral_proto.model.base import Part, Section
from referral_proto.model.codes.person import InternationalProtection, MigrantType, MigrationCircumstance
from referral_proto.model.codes.screening import (
    ForcedLabourIndicator,
    ScreeningDispute,
    ScreeningMethod,
    ScreeningRoute,
    ScreeningSetting,
)
from referral_proto.model.codes.trafficking import (
    ControlMethod,
    DecisionMaker,
    EventType,
    ExploitationType,
    ForcedCriminalityType,
    Industry,
    Platform,
    RecruitmentMethod,
    SexExploitationType,
    TraffickerRelationship,
    TraffickerRole,
    TraffickingStatus,
)
from referral_proto.model.contacts import Interpreter, Officer
from referral_proto.model.kinds import Age, Agency, Language, PartialDate
from referral_proto.model.places import Place
from referral_proto.moment import Moment

__all__ = ["Exploitation", "Perpetrator", "Recruitment", "Screening", "TraffickingEvent"]


class Exploitation(Part):
    """One exploitation. The subtype fields belong to forced criminality, sexual exploitation and forced labour."""

    type: ExploitationType
    forced_criminality: ForcedCriminalityType | None = None
    sex_exploitation: SexExploitationType | None = None
    industry: Industry | None = None
    platforms: Annotated[tuple[Platform, ...], Field(max_length=32)] = ()
    place: Place | None = None
    start_date: PartialDate | None = None
    end_date: PartialDate | None = None


class Recruitment(Part):
    """How the person was drawn in."""

    methods: Annotated[tuple[RecruitmentMethod, ...], Field(max_length=16)] = ()
    platforms: Annotated[tuple[Platform, ...], Field(max_length=32)] = ()
    place: Place | None = None
    recruitment_date: PartialDate | None = None


class Perpetrator(Part):
    """One perpetrator by roles and relation alone."""

    roles: Annotated[tuple[TraffickerRole, ...], Field(max_length=16)] = ()
    relationship: TraffickerRelationship | None = None
    official: bool | None = None


class TraffickingEvent(Part):
    """One stage: recruitment, transit or exploitation; when and where."""

    type: EventType
    event_date: PartialDate | None = None
    place: Place | None = None


class Screening(Section):
    """The finding and how it was made. `others_held`: others are still where the person was."""

    status: TraffickingStatus | None = None
    decided_by: DecisionMaker | None = None
    deciding_agency: Agency | None = None
    decided_at: Moment | None = None
    indicators: Annotated[tuple[ForcedLabourIndicator, ...], Field(max_length=32)] = ()
    exploitations: Annotated[tuple[Exploitation, ...], Field(max_length=16)] = ()
    recruitment: Recruitment | None = None
    control_methods: Annotated[tuple[ControlMethod, ...], Field(max_length=32)] = ()
    perpetrators: Annotated[tuple[Perpetrator, ...], Field(max_length=16)] = ()
    events: Annotated[tuple[TraffickingEvent, ...], Field(max_length=32)] = ()
    age_when_trafficked: Age | None = None
    screened_at: Moment | None = None
    screener: Officer | None = None
    methods: Annotated[tuple[ScreeningMethod, ...], Field(max_length=16)] = ()
    setting: ScreeningSetting | None = None
    route: ScreeningRoute | None = None
    interpreter: Interpreter | None = None
    language: Language | None = None
    migrant_types: Annotated[tuple[MigrantType, ...], Field(max_length=8)] = ()
    international_protection: InternationalProtection | None = None
    migration_circumstances: Annotated[tuple[MigrationCircumstance, ...], Field(max_length=16)] = ()
    others_held: bool | None = None
    disputes: Annotated[tuple[ScreeningDispute, ...], Field(max_length=16)] = ()
