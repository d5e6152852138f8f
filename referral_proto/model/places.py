"""Places by code: country, province, gazetteer. No street address and no free text; a place of safety is never here."""

from __future__ import annotations

from referral_proto.model.base import Part
from referral_proto.model.codes.person import Gazetteer
from referral_proto.model.kinds import Country, PlaceCode, Subdivision

__all__ = ["Place"]


class Place(Part):
    """A place as exact as it is known. `code` is one of `gazetteer`: a village, a tambon, a border point."""

    country: Country | None = None
    subdivision: Subdivision | None = None
    gazetteer: Gazetteer | None = None
    code: PlaceCode | None = None
