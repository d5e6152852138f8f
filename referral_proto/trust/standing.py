"""How a key stood at a moment: the vocabulary of late verification. Decides nothing by itself.

VALID          good at the moment
CONTESTED      somebody says that it had been in other hands by then: never silently valid, shown with who and when
INDETERMINATE  nobody can say when the message was received
NOT_VALID      outside its period, revoked before, or its agency had left
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from referral_proto.ids import AgencyId
from referral_proto.moment import Moment

__all__ = ["Standing", "Status"]


class Status(StrEnum):
    """The four answers to "was this key good then?"."""

    VALID = "valid"
    CONTESTED = "contested"
    INDETERMINATE = "indeterminate"
    NOT_VALID = "not-valid"


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer and its ground. `code` explains NOT_VALID; the last three fields explain CONTESTED."""

    status: Status
    code: str = ""
    since: Moment | None = None
    asserted_by: AgencyId | None = None
    asserted_at: Moment | None = None
