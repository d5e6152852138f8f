"""How the trust data stands at a moment: plain values for doctor, metrics and logs. Judges nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from referral_proto.moment import Moment

__all__ = ["Health", "Notice"]


class Notice(NamedTuple):
    """Something that somebody should look at. `where`: a role, an agency or a distance in time."""

    code: str
    where: str


@dataclass(frozen=True, slots=True)
class Health:
    """`code`: why nothing may be decided now, empty if all is well. `expires_at`: of the trust repository's data; None
    where records come by hand, which never expire; their age is that of the newest, or since somebody checked them.
    """

    source: str
    code: str
    where: str
    age_seconds: int | None
    expires_at: Moment | None
    refreshed_at: Moment | None
    warnings: tuple[Notice, ...]
    expired: frozenset[str] = frozenset()
