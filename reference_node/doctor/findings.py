"""What the doctor finds: plain values."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from reference_node import faults

__all__ = ["Finding", "Grade"]

assert faults.DOCTOR  # the codes are declared there


class Grade(StrEnum):
    """GOOD: as it should be. SOON: needs attention before long. BAD: something does not work, or soon will not."""

    GOOD = "good"
    SOON = "soon"
    BAD = "bad"


class Finding(NamedTuple):
    """topic: what was looked at. detail: a number, a date, a name of a file. code: of the catalogue, unless GOOD."""

    grade: Grade
    topic: str
    detail: str
    code: str = ""
