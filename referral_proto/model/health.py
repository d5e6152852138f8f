"""Health: what the next carer must know, and no more. Not how an injury came about; that is screening."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from referral_proto.model.base import Part, Section
from referral_proto.model.codes.case import RiskLevel
from referral_proto.model.codes.health import (
    CareSetting,
    FunctionalDifficulty,
    HealthNeed,
    MentalHealthConcern,
    Pregnancy,
    ReceptionScreening,
)
from referral_proto.model.contacts import Officer
from referral_proto.model.documents import Attachment
from referral_proto.model.kinds import IcdCode, PartialDate, SmallCount, Text
from referral_proto.moment import Moment

__all__ = ["Health", "Medication"]


class Medication(Part):
    """A medicine that must not be interrupted, as it is written on its package."""

    name: Text
    dose: Text | None = None
    days_left: SmallCount | None = None


class Health(Section):
    """Needs and risks of health. `conditions` are codes of ICD-10 or ICD-11."""

    needs: Annotated[tuple[HealthNeed, ...], Field(max_length=32)] = ()
    care_setting: CareSetting | None = None
    conditions: Annotated[tuple[IcdCode, ...], Field(max_length=32)] = ()
    allergies: Annotated[tuple[Text, ...], Field(max_length=16)] = ()
    medications: Annotated[tuple[Medication, ...], Field(max_length=32)] = ()
    pregnancy: Pregnancy | None = None
    delivery_due_date: PartialDate | None = None
    difficulties: Annotated[tuple[FunctionalDifficulty, ...], Field(max_length=16)] = ()
    mental_health: Annotated[tuple[MentalHealthConcern, ...], Field(max_length=16)] = ()
    self_harm_risk: RiskLevel | None = None
    reception_screening: ReceptionScreening | None = None
    infection_precautions: bool | None = None
    forensic_examination_done: bool | None = None
    assessed_at: Moment | None = None
    assessor: Officer | None = None
    next_appointment_at: Moment | None = None
    reports: Annotated[tuple[Attachment, ...], Field(max_length=8)] = ()
