"""The section types together: number, class, union. A section's own content stands in its own module."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from referral_proto.model.child import Child
from referral_proto.model.codes.exchange import SectionType
from referral_proto.model.consent import Consent
from referral_proto.model.control import Control
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
from referral_proto.model.travel import Travel

__all__ = ["SECTION_MODELS", "SECTION_TYPES", "AnySection", "SectionType"]

AnySection: TypeAlias = (
    Control
    | Preview
    | Screening
    | Consent
    | Identity
    | Family
    | Child
    | Protection
    | Health
    | Legal
    | Travel
    | Handover
    | Reintegration
    | Note
)

SECTION_MODELS: Final[Mapping[SectionType, type[AnySection]]] = {
    SectionType.CONTROL: Control,
    SectionType.PREVIEW: Preview,
    SectionType.SCREENING: Screening,
    SectionType.CONSENT: Consent,
    SectionType.IDENTITY: Identity,
    SectionType.FAMILY: Family,
    SectionType.CHILD: Child,
    SectionType.PROTECTION: Protection,
    SectionType.HEALTH: Health,
    SectionType.LEGAL: Legal,
    SectionType.TRAVEL: Travel,
    SectionType.HANDOVER: Handover,
    SectionType.REINTEGRATION: Reintegration,
    SectionType.NOTE: Note,
}

SECTION_TYPES: Final[Mapping[type[AnySection], SectionType]] = {model: kind for kind, model in SECTION_MODELS.items()}
