"""What a code is: a number of a code list, known to this version or not. No list lives here.

A code that a newer partner sends is kept as a pseudo-member with its number, says so (`recognised`) and blocks nothing.
In Python a field takes members only; in JSON a code is the member's name.
"""

from __future__ import annotations

import enum
import re
from typing import TYPE_CHECKING, Any, Final, Self

from referral_proto.model.codes.htcds import HTCDS

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["Code"]

_MAX: Final = 2**31 - 1
_FOREIGN: Final = "UNRECOGNISED_"
_NAME: Final = r"^[A-Z][A-Z0-9_]{0,79}$"
_FOREIGN_NUMBER: Final = re.compile(r"UNRECOGNISED_([1-9][0-9]{0,9})", re.ASCII)


class Code(enum.IntEnum):
    """A member of a code list; its value is the number in `codes.proto`, from 1. Zero says nothing and is refused.

    `List(77)` for a number that the list does not hold gives a pseudo-member named `UNRECOGNISED_77`, equal to every
    other 77. Numbers outside 1 to 2**31 - 1 are a ValueError.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MAX:
            return None
        # Not remembered: a peer that sends many numbers must not make this process grow.
        foreign = int.__new__(cls, value)
        foreign._name_ = f"{_FOREIGN}{int(value)}"
        foreign._value_ = int(value)
        return foreign

    @classmethod
    def from_wire(cls, number: int) -> Self | int:
        """The member or pseudo-member; a number that cannot be a code comes back as it is, and no model takes it."""
        return cls(number) if 1 <= number <= _MAX else number

    @property
    def recognised(self) -> bool:
        """False for a number that this version does not know."""
        return self._value_ in type(self)._value2member_map_

    @property
    def htcds(self) -> str | None:
        """The value name in HTCDS 2.0, or None where that standard has none."""
        return HTCDS.get(type(self).__name__, {}).get(self._name_)

    @classmethod
    def named(cls, name: str) -> Self:
        """The member of that name, also `UNRECOGNISED_77`; any other name is a ValueError that does not repeat it."""
        member = cls._member_map_.get(name)
        if isinstance(member, cls):
            return member
        number = _FOREIGN_NUMBER.fullmatch(name)
        if number is None or int(number[1]) > _MAX:
            raise ValueError("not a member of the code list")
        return cls(int(number[1]))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Python: a member of exactly this list. JSON: its name."""
        from pydantic_core import core_schema

        return core_schema.json_or_python_schema(
            python_schema=core_schema.is_instance_schema(cls),
            json_schema=core_schema.no_info_after_validator_function(cls.named, core_schema.str_schema(pattern=_NAME)),
            serialization=core_schema.plain_serializer_function_ser_schema(_name_of, when_used="json"),
        )


def _name_of(code: Code) -> str:
    return code.name
