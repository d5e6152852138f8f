"""Legal: standing in the host country, permits, non-punishment, proceedings.

A witness bears a pseudonym of their own here, which is linked to no other: protection and prosecution stay apart.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from referral_proto.model.base import Part, Section
from referral_proto.model.codes.legal import (
    AllegedOffence,
    Cooperation,
    DetentionStatus,
    LegalAid,
    NonPunishment,
    PermitType,
    ProceedingRole,
    ProceedingStage,
    ProceedingType,
    ResidenceStatus,
)
from referral_proto.model.contacts import Officer
from referral_proto.model.kinds import Agency, Country, PartialDate, Pseudonym, RecordNumber
from referral_proto.moment import Moment

__all__ = ["Legal", "Permit", "Proceeding"]


class Permit(Part):
    """A permit and its validity. `renewal_due_date`: when renewal must be asked for."""

    type: PermitType
    number: RecordNumber | None = None
    issue_date: PartialDate | None = None
    expiry_date: PartialDate | None = None
    renewal_due_date: PartialDate | None = None
    renewable: bool | None = None


class Proceeding(Part):
    """One proceeding, named by the court's or the authority's reference."""

    type: ProceedingType
    role: ProceedingRole | None = None
    stage: ProceedingStage | None = None
    country: Country | None = None
    agency: Agency | None = None
    reference: RecordNumber | None = None
    next_hearing_at: Moment | None = None
    presence_needed: bool | None = None


class Legal(Section):
    """Legal standing. `police_references` are report numbers; `protected_until_at` ends temporary protection."""

    residence_status: ResidenceStatus | None = None
    detention: DetentionStatus | None = None
    permits: Annotated[tuple[Permit, ...], Field(max_length=8)] = ()
    protected_until_at: Moment | None = None
    reflection_until_at: Moment | None = None
    non_punishment: NonPunishment | None = None
    alleged_offences: Annotated[tuple[AllegedOffence, ...], Field(max_length=16)] = ()
    proceedings: Annotated[tuple[Proceeding, ...], Field(max_length=16)] = ()
    police_references: Annotated[tuple[RecordNumber, ...], Field(max_length=8)] = ()
    cooperation: Cooperation | None = None
    witness_pseudonym: Pseudonym | None = None
    legal_aid: LegalAid | None = None
    representative: Officer | None = None
    compensation_claimed: bool | None = None
    protection_claim: bool | None = None
