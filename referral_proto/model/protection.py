"""Protection: who threatens the person and where, whom it is safe to call, and whether return may go on.

The most dangerous section in wrong hands: an official may be the threat. No address of a place of safety stands here.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from referral_proto.model.base import Part, Section
from referral_proto.model.codes.case import RiskFlag, RiskLevel
from referral_proto.model.codes.protection import (
    ReturnDecision,
    ReturnStopReason,
    RiskFactor,
    SecurityMeasure,
    ShelterPreference,
    ThreatReach,
    ThreatSource,
)
from referral_proto.model.contacts import Officer, SafeContact
from referral_proto.model.kinds import Agency
from referral_proto.model.places import Place
from referral_proto.moment import Moment

__all__ = ["Protection", "Risk", "Threat"]


class Risk(Part):
    """A level and what makes it."""

    level: RiskLevel
    factors: Annotated[tuple[RiskFactor, ...], Field(max_length=32)] = ()


class Threat(Part):
    """One source of threat. `official`: it is, or is protected by, an official."""

    source: ThreatSource
    reaches: Annotated[tuple[ThreatReach, ...], Field(max_length=8)] = ()
    level: RiskLevel | None = None
    official: bool | None = None
    place: Place | None = None


class Protection(Section):
    """The joint risk assessment. `keep_from`: agencies that must not learn anything of it."""

    person_risk: Risk | None = None
    household_risk: Risk | None = None
    community_risk: Risk | None = None
    threats: Annotated[tuple[Threat, ...], Field(max_length=16)] = ()
    risk_flags: Annotated[tuple[RiskFlag, ...], Field(max_length=32)] = ()
    safe_contacts: Annotated[tuple[SafeContact, ...], Field(max_length=8)] = ()
    keep_from: Annotated[tuple[Agency, ...], Field(max_length=32)] = ()
    shelter_preference: ShelterPreference | None = None
    measures: Annotated[tuple[SecurityMeasure, ...], Field(max_length=16)] = ()
    return_decision: ReturnDecision | None = None
    return_stop_reasons: Annotated[tuple[ReturnStopReason, ...], Field(max_length=16)] = ()
    person_wants_return: bool | None = None
    assessed_at: Moment | None = None
    assessors: Annotated[tuple[Officer, ...], Field(max_length=8)] = ()
    joint_with: Annotated[tuple[Agency, ...], Field(max_length=8)] = ()
    reassess_at: Moment | None = None
