"""Travel: document, clearance, journey, fitness. Carriers and border posts may see it: nothing of what happened."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from referral_proto.model.base import Part, Section
from referral_proto.model.codes.travel import (
    EscortKind,
    ExitClearance,
    FineWaiver,
    ReadmissionStatus,
    ReturnBasis,
    TransportMode,
    TravelArrangement,
    TravelDocumentStatus,
    TravelFitness,
)
from referral_proto.model.contacts import Officer
from referral_proto.model.documents import Document
from referral_proto.model.kinds import Agency, RecordNumber, SmallCount
from referral_proto.model.places import Place
from referral_proto.moment import Moment

__all__ = ["Escort", "Leg", "Travel"]


class Leg(Part):
    """One leg of the journey. `service` is a flight, train or vehicle number."""

    mode: TransportMode
    origin: Place | None = None
    destination: Place | None = None
    departs_at: Moment | None = None
    arrives_at: Moment | None = None
    service: RecordNumber | None = None


class Escort(Part):
    """Who travels along, by role."""

    kind: EscortKind
    officer: Officer | None = None


class Travel(Section):
    """The way back or onward. `destination_agency` receives; `companions` counts dependants who travel along."""

    basis: ReturnBasis | None = None
    readmission: ReadmissionStatus | None = None
    document_status: TravelDocumentStatus | None = None
    documents: Annotated[tuple[Document, ...], Field(max_length=8)] = ()
    exit_clearance: ExitClearance | None = None
    fine_waiver: FineWaiver | None = None
    legs: Annotated[tuple[Leg, ...], Field(max_length=16)] = ()
    crossing: Place | None = None
    destination_agency: Agency | None = None
    fitness: TravelFitness | None = None
    fitness_assessed_at: Moment | None = None
    fitness_until_at: Moment | None = None
    fitness_assessor: Officer | None = None
    escorts: Annotated[tuple[Escort, ...], Field(max_length=8)] = ()
    arrangements: Annotated[tuple[TravelArrangement, ...], Field(max_length=16)] = ()
    companions: SmallCount | None = None
