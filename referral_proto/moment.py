"""Moments: whole UTC seconds, given by the caller. Nothing here reads a clock.

A moment below one second cannot be said, so no two encodings of one time exist.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

from referral_proto.errors import CallerError

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["DAY", "HOUR", "MINUTE", "Moment"]

MINUTE: Final = 60
HOUR: Final = 3_600
DAY: Final = 86_400
_MAX: Final = 253_402_300_799  # 9999-12-31T23:59:59Z
_FORM: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)


class Moment(int):
    """Whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted; 0 to the end of the year 9999."""

    __slots__ = ()

    def __new__(cls, seconds: int) -> Self:
        if not 0 <= seconds <= _MAX:
            raise CallerError("moment.malformed")
        return super().__new__(cls, seconds)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-11-21T12:00:00Z`; any other form is a CallerError."""
        if _FORM.fullmatch(text) is None:
            raise CallerError("moment.malformed")
        try:
            return cls(int(datetime.fromisoformat(text).timestamp()))
        except ValueError:
            raise CallerError("moment.malformed") from None

    def iso(self) -> str:
        """`2026-11-21T12:00:00Z`."""
        return datetime.fromtimestamp(self, UTC).strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)

    def plus(self, seconds: int) -> Self:
        """The moment `seconds` later (earlier when negative)."""
        return type(self)(int(self) + seconds)

    def __repr__(self) -> str:
        return f"Moment({self.iso()})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Python: an instance of Moment. JSON: the ISO form."""
        from pydantic_core import core_schema

        return core_schema.json_or_python_schema(
            python_schema=core_schema.is_instance_schema(cls),
            json_schema=core_schema.no_info_after_validator_function(
                _from_json, core_schema.str_schema(pattern=f"^{_FORM.pattern}$")
            ),
            serialization=core_schema.plain_serializer_function_ser_schema(cls.iso, when_used="json"),
        )


def _from_json(text: str) -> Moment:
    try:
        return Moment.parse(text)
    except CallerError:
        raise ValueError("not a moment") from None
