"""The child section: age in doubt, guardian, best interests, care.

Abuse material is named by hash and custodian and is never sent. That a step needs a guardian or a best-interest
reference is decided in `policy`.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from referral_proto.model.base import Part, Section
from referral_proto.model.codes.family import (
    Accompaniment,
    AgeAssessmentMethod,
    BestInterestOutcome,
    BestInterestStage,
    CareArrangement,
    GuardianKind,
    Schooling,
)
from referral_proto.model.codes.person import AgeBand, AgeBasis, ChildFlag
from referral_proto.model.contacts import Officer
from referral_proto.model.kinds import Agency, Hash, PartialDate, RecordNumber
from referral_proto.model.names import PersonName
from referral_proto.moment import Moment

__all__ = ["AgeAssessment", "BestInterest", "Child", "CustodyReference", "Guardian"]


class AgeAssessment(Part):
    """How age was assessed and what came out; until it is settled the person is a child."""

    methods: Annotated[tuple[AgeAssessmentMethod, ...], Field(max_length=8)] = ()
    finding: ChildFlag | None = None
    assessed_at: Moment | None = None
    assessor: Officer | None = None
    child_consented: bool | None = None


class Guardian(Part):
    """Who acts for the child. A relative has a name, an authority has an officer."""

    kind: GuardianKind
    agency: Agency | None = None
    officer: Officer | None = None
    name: PersonName | None = None
    order: RecordNumber | None = None
    appointed_at: Moment | None = None


class BestInterest(Part):
    """The best-interest procedure. `reference` is the deciding agency's own."""

    reference: RecordNumber
    stage: BestInterestStage | None = None
    outcome: BestInterestOutcome | None = None
    agency: Agency | None = None
    decided_at: Moment | None = None
    child_heard: bool | None = None


class CustodyReference(Part):
    """Abuse material that an authority holds: hash, custodian, the custodian's reference. Never the material."""

    digest: Hash
    custodian: Agency
    reference: RecordNumber | None = None


class Child(Section):
    """What a child's referral needs. `notified_at`: when the child-protection authority was told."""

    child_flag: ChildFlag | None = None
    age_basis: AgeBasis | None = None
    age_band: AgeBand | None = None
    age_assessment: AgeAssessment | None = None
    accompaniment: Accompaniment | None = None
    guardian: Guardian | None = None
    best_interest: BestInterest | None = None
    care: CareArrangement | None = None
    care_since_date: PartialDate | None = None
    notified_agency: Agency | None = None
    notified_at: Moment | None = None
    schooling: Schooling | None = None
    siblings_together: bool | None = None
    custody_references: Annotated[tuple[CustodyReference, ...], Field(max_length=64)] = ()
