"""Identity: who the person is, how sure that is, and what the state that was asked answered.

The photo is a digest; no picture and no biometric stands in a section. What happened to the person stands elsewhere.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from referral_proto.model.base import Part, Section
from referral_proto.model.codes.person import (
    AgeBasis,
    CitizenshipStatus,
    Gender,
    IdentityAssurance,
    Kinship,
    Sex,
    VerificationBasis,
    VerificationOutcome,
)
from referral_proto.model.contacts import Officer
from referral_proto.model.documents import Attachment, Document
from referral_proto.model.kinds import Agency, Country, Language, PartialDate
from referral_proto.model.names import PersonName
from referral_proto.model.places import Place
from referral_proto.moment import Moment

__all__ = ["Identity", "Parent", "Verification"]


class Parent(Part):
    """A parent, as civil registers ask for them. `deceased` unset: not known."""

    relation: Kinship
    names: Annotated[tuple[PersonName, ...], Field(max_length=8)] = ()
    birth_date: PartialDate | None = None
    birth_place: Place | None = None
    deceased: bool | None = None


class Verification(Part):
    """The answer of the state that was asked. `status_at`: when the next word is due while no outcome stands."""

    outcome: VerificationOutcome | None = None
    bases: Annotated[tuple[VerificationBasis, ...], Field(max_length=16)] = ()
    citizenships: Annotated[tuple[Country, ...], Field(max_length=8)] = ()
    agency: Agency | None = None
    officer: Officer | None = None
    decided_at: Moment | None = None
    status_at: Moment | None = None


class Identity(Section):
    """Who the person is. `home_place` is the last home; `photo` a digest of what travels apart with its own consent."""

    names: Annotated[tuple[PersonName, ...], Field(max_length=16)] = ()
    birth_date: PartialDate | None = None
    birth_date_basis: AgeBasis | None = None
    birth_place: Place | None = None
    sex: Sex | None = None
    gender: Gender | None = None
    citizenships: Annotated[tuple[Country, ...], Field(max_length=8)] = ()
    citizenship_status: CitizenshipStatus | None = None
    languages: Annotated[tuple[Language, ...], Field(max_length=8)] = ()
    parents: Annotated[tuple[Parent, ...], Field(max_length=8)] = ()
    home_place: Place | None = None
    documents: Annotated[tuple[Document, ...], Field(max_length=16)] = ()
    assurance: IdentityAssurance | None = None
    verification: Verification | None = None
    photo: Attachment | None = None
