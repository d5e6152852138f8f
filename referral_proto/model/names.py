"""Names as people bear them: parts in their own order and scripts. Never first and last; no spelling is judged."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from referral_proto.model.base import Part
from referral_proto.model.codes.person import NameKind, NameRole
from referral_proto.model.kinds import Script, Text

__all__ = ["NamePart", "PersonName"]


class NamePart(Part):
    """One part in one script. `transliteration_of` is the index of the part, in the same name, that it transcribes."""

    text: Text
    script: Script
    role: NameRole | None = None
    transliteration_of: Annotated[int, Field(ge=0, le=31)] | None = None


class PersonName(Part):
    """One name of a person: its parts in the order in which they are said or written."""

    kind: NameKind | None = None
    parts: Annotated[tuple[NamePart, ...], Field(min_length=1, max_length=32)]

    @model_validator(mode="after")
    def _transliterations_point_at_parts(self) -> Self:
        for at, part in enumerate(self.parts):
            of = part.transliteration_of
            if of is not None and (of == at or of >= len(self.parts)):
                raise ValueError("a part transliterates a part that is not there")
        return self
