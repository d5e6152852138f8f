"""Sealed files (`.referral`): the exact bytes of one envelope, nothing before, after or around them. Judges nothing.

What a relay carries and what a USB stick carries are the same bytes, so a sealed file enters through the same intake.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from referral_proto.adapters import disk
from referral_proto.flow.admit import MAX_ENVELOPE

__all__ = ["SUFFIX", "read_sealed", "write_sealed"]

SUFFIX: Final = ".referral"
_ROLE: Final = "sealed file"


def read_sealed(path: Path) -> bytes:
    """The bytes of a sealed file or of a cover, not judged. Raises as `disk.read`."""
    return disk.read(path, _ROLE, MAX_ENVELOPE)


def write_sealed(path: Path, envelope: bytes, *, replace: bool = False) -> None:
    """Whole or not at all. Raises as `disk.write`."""
    disk.write(path, envelope, _ROLE, replace=replace)
