"""What every noun and every section shares: frozen, strict, closed, and silent about its values.

Lives here: the base classes and the rule of absence. Never here: a field of the domain, a clock, an encoding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from referral_proto.model.codes.exchange import AbsenceReason

__all__ = ["Absence", "Noun", "Part", "Section"]

_ABSENT_NUMBER: Final = 15
_MAX_NUMBER: Final = 2**29 - 1
_FOREIGN_FIELD: Final = re.compile(r"#([1-9][0-9]{0,8})", re.ASCII)
_BOOKKEEPING: Final = frozenset({"absent", "unrecognised"})


class Noun(BaseModel):
    """A value of the domain. Its fields stand in the order of their numbers in the `.proto` message of the same name.

    Strict: Python values of exactly the declared types; in JSON codes are names, moments ISO 8601, bytes hex. A
    ValidationError names fields and rules only when it is rendered with `str`; its `errors()` hold the input.
    """

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        hide_input_in_errors=True,
        ser_json_bytes="hex",
        val_json_bytes="hex",
    )

    # A value must not reach a log or a traceback through repr, str or a pretty printer.
    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        return ()


Unrecognised = Annotated[bytes, Field(max_length=262_144)]
"""Fields of a newer version, as the bytes in which they came; shown as unrecognised, never read."""


class Part(Noun):
    """A noun inside a section; it keeps what a newer version added to it."""

    unrecognised: Unrecognised = b""


class Absence(Noun):
    """Why a field has no value. `field` is a field of the section, or `#37` for a number that this version lacks."""

    field: Annotated[str, StringConstraints(max_length=48, pattern=r"^(?:[a-z][a-z0-9_]*|#[1-9][0-9]{0,8})$")]
    reason: AbsenceReason


class Section(Part):
    """The unit of disclosure. A field without a value may say why, once, in `absent`, in the order of field numbers."""

    absent: Annotated[tuple[Absence, ...], Field(max_length=64)] = ()

    numbers: ClassVar[Mapping[str, int]] = {}
    """Field → number in the message: the position in the class, 15 being `absent` in every section."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        own = [name for name in cls.model_fields if name not in _BOOKKEEPING]
        cls.numbers = {name: at if at < _ABSENT_NUMBER else at + 1 for at, name in enumerate(own, start=1)}

    @model_validator(mode="after")
    def _absences_hold(self) -> Self:
        if self.absent:
            last = 0
            for absence in self.absent:
                number = self._number(absence.field)
                if number <= last:
                    raise ValueError("absent fields repeat or are out of order")
                last = number
        return self

    def _number(self, field: str) -> int:
        foreign = _FOREIGN_FIELD.fullmatch(field)
        if foreign is not None:
            number = int(foreign[1])
            if number > _MAX_NUMBER or number == _ABSENT_NUMBER or number in self.numbers.values():
                raise ValueError("an absent field is named by a number that has a name or cannot be")
            return number
        if field not in self.numbers:
            raise ValueError("an absent field is not a field of this section")
        if getattr(self, field) not in (None, ()):
            raise ValueError("an absent field has a value")
        return self.numbers[field]

    def why_absent(self, field: str) -> AbsenceReason | None:
        """The reason why `field` has no value, or None where nothing was said; a KeyError for a field it has not."""
        if field not in self.numbers:
            raise KeyError(field)
        for absence in self.absent:
            if absence.field == field:
                return absence.reason
        return None
