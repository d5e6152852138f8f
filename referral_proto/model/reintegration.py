"""Reintegration: plans, visits and outcomes after return, and the alarm that someone may be trafficked again."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from referral_proto.model.base import Part, Section
from referral_proto.model.codes.case import CaseStatus, RiskLevel
from referral_proto.model.codes.exchange import CaseOutcome
from referral_proto.model.codes.person import EducationLevel
from referral_proto.model.codes.support import (
    Housing,
    Occupation,
    PlanOutcome,
    PlanStatus,
    RetraffickingSign,
    SupportPlanType,
    VisitKind,
    VisitOutcome,
)
from referral_proto.model.contacts import Officer
from referral_proto.model.kinds import Agency, PartialDate
from referral_proto.moment import Moment

__all__ = ["Reintegration", "RetraffickingAlert", "SupportPlan", "Visit"]


class SupportPlan(Part):
    """One plan and what became of it."""

    type: SupportPlanType
    status: PlanStatus | None = None
    outcome: PlanOutcome | None = None
    provider: Agency | None = None
    start_date: PartialDate | None = None
    planned_end_date: PartialDate | None = None
    actual_end_date: PartialDate | None = None


class Visit(Part):
    """One monitoring contact. `month`: which of the agreed months after return it belongs to."""

    kind: VisitKind
    visit_date: PartialDate | None = None
    month: Annotated[int, Field(ge=0, le=120)] | None = None
    outcome: VisitOutcome | None = None
    officer: Officer | None = None


class RetraffickingAlert(Part):
    """Signs that the person may be trafficked again."""

    signs: Annotated[tuple[RetraffickingSign, ...], Field(min_length=1, max_length=16)]
    level: RiskLevel | None = None
    raised_at: Moment | None = None
    officer: Officer | None = None


class Reintegration(Section):
    """The report that the former host country gets back."""

    case_status: CaseStatus | None = None
    returned_at: Moment | None = None
    plans: Annotated[tuple[SupportPlan, ...], Field(max_length=16)] = ()
    visits: Annotated[tuple[Visit, ...], Field(max_length=64)] = ()
    next_visit_at: Moment | None = None
    housing: Housing | None = None
    occupation: Occupation | None = None
    education: EducationLevel | None = None
    risk: RiskLevel | None = None
    alert: RetraffickingAlert | None = None
    outcome: CaseOutcome | None = None
    person_satisfied: bool | None = None
