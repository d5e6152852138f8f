"""A referral as an officer writes it: every section that is known about one person, before anything is minimised.

It never travels as a whole and is not a wire message; `flow.minimise` takes from it what each recipient may have.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from referral_proto.model.base import Noun
from referral_proto.model.child import Child
from referral_proto.model.codes.exchange import DisclosureState, SectionType
from referral_proto.model.consent import Consent
from referral_proto.model.family import Family
from referral_proto.model.handover import Handover
from referral_proto.model.health import Health
from referral_proto.model.identity import Identity
from referral_proto.model.legal import Legal
from referral_proto.model.note import Note
from referral_proto.model.preview import Preview
from referral_proto.model.protection import Protection
from referral_proto.model.reintegration import Reintegration
from referral_proto.model.screening import Screening
from referral_proto.model.section import AnySection
from referral_proto.model.travel import Travel

__all__ = ["MissingSection", "Referral"]


class MissingSection(Noun):
    """Why a whole section is not there: UNKNOWN, NOT_ASKED or REFUSED_BY_PERSON."""

    section: SectionType
    state: DisclosureState


class Referral(Noun):
    """At most one section of each type; `remark` says what a reader of the file should know (that it is an example)."""

    remark: Annotated[str, Field(max_length=500)] | None = None
    preview: Preview | None = None
    screening: Screening | None = None
    consent: Consent | None = None
    identity: Identity | None = None
    family: Family | None = None
    child: Child | None = None
    protection: Protection | None = None
    health: Health | None = None
    legal: Legal | None = None
    travel: Travel | None = None
    handover: Handover | None = None
    reintegration: Reintegration | None = None
    note: Note | None = None
    missing: Annotated[tuple[MissingSection, ...], Field(max_length=32)] = ()

    @model_validator(mode="after")
    def _missing_is_missing(self) -> Self:
        types = [one.section for one in self.missing]
        if len(set(types)) != len(types):
            raise ValueError("a section is missing twice")
        if any(one.state in (DisclosureState.GIVEN, DisclosureState.WITHHELD) for one in self.missing):
            raise ValueError("a missing section is unknown, not asked or refused by the person")
        if {kind for kind, _ in self.sections()} & set(types):
            raise ValueError("a section that is there cannot be missing")
        return self

    def sections(self) -> Iterator[tuple[SectionType, AnySection]]:
        """The sections that are there, by number."""
        for kind in SectionType:
            section = getattr(self, kind.name.lower(), None)
            if section is not None:
                yield kind, section
