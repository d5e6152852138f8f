"""The error tree. What may be raised, whose fault it is, and nothing else; no message ever holds content.

    ReferralError            every error this project raises on purpose
    ├── OurError             a promise of this code is broken: report it
    ├── CallerError          the caller (officer, operator, integrator) gave something that cannot be used
    ├── PeerError            bytes that came from another agency are refused
    └── WorldError           disk, network, clock or another program stood in the way; trying again may help

Every error carries a stable `code`; `explain(code)` says in plain words what happened and what to do. `where` names
a place (a field path, the role of a file), never a value: errors are logged, printed and sent to strangers.
"""

from __future__ import annotations

from typing import ClassVar

from referral_proto.errors.codes import CATALOGUE, Explanation, Fault, declare
from referral_proto.errors.proof import EVIDENCE, LOG, RECEIPT, TRUSTED_LOGS
from referral_proto.errors.repository import PUBLISH, REPOSITORY

__all__ = [
    "CallerError",
    "Explanation",
    "Fault",
    "OurError",
    "PeerError",
    "ReferralError",
    "WorldError",
    "declare",
    "explain",
]

for _area in (REPOSITORY, PUBLISH, LOG, RECEIPT, TRUSTED_LOGS, EVIDENCE):
    declare(_area)


class ReferralError(Exception):
    """The root. `code` is stable and machine-readable; `where` names a place and never holds content."""

    fault: ClassVar[Fault]

    def __init__(self, code: str, where: str = "") -> None:
        explanation = CATALOGUE.get(code)
        # A code that nobody explained would reach a caseworker as noise: it fails in the first test that raises it.
        assert explanation is not None, f"error code {code!r} is not in the catalogue"
        assert explanation.fault is self.fault, f"error code {code!r} belongs to {explanation.fault}, not {self.fault}"
        super().__init__(code, where)
        self.code = code
        self.where = where

    @property
    def explanation(self) -> Explanation:
        """What happened and what to do, in English; translations are keyed by `code`."""
        return explain(self.code)

    def __str__(self) -> str:
        place = f" (at {self.where})" if self.where else ""
        return f"{self.explanation.what}{place} [{self.code}]"


class OurError(ReferralError):
    """A promise of this code is broken."""

    fault = Fault.OURS


class CallerError(ReferralError):
    """What the caller gave cannot be used."""

    fault = Fault.CALLER


class PeerError(ReferralError):
    """Bytes of another agency are refused. Nothing else may come out of reading a peer's bytes."""

    fault = Fault.PEER


class WorldError(ReferralError):
    """Disk, network, clock or another program stood in the way."""

    fault = Fault.WORLD


def explain(code: str) -> Explanation:
    """The explanation of `code`; a code from a newer version is explained as such instead of failing."""
    return CATALOGUE.get(code) or Explanation(
        Fault.PEER,
        "An error that this version does not know",
        "Update this program, or ask the other side what it means",
    )
