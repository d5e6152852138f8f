"""When this node first saw a record, and what follows from it: the one date that nobody else writes. Pure.

A node that keeps first sights takes a record that is not among them as seen now. An auditor, who keeps none, has only
the records' dates, and nothing that tells which of two records came first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from referral_proto.ids import Digest
from referral_proto.model.records import AgencyRecord
from referral_proto.moment import Moment
from referral_proto.trust.succession import AHEAD

__all__ = ["Sights"]

_EARLIEST: Final = Moment(0)


class Sights(NamedTuple):
    """What this node saw when, and now. Who gives no moment folds at the earliest one."""

    seen: Mapping[Digest, Moment] | None
    at: Moment

    @property
    def now(self) -> Moment | None:
        """What nothing may be dated far after. Who keeps no first sights may be asking about the past."""
        return None if self.seen is None or self.at == _EARLIEST else self.at

    def first(self, digest: Digest) -> Moment | None:
        """When the record was first seen: now, if it is not among the first sights; None without any."""
        return None if self.seen is None or self.now is None else self.seen.get(digest, self.at)

    def begins(self, digest: Digest, record: AgencyRecord) -> Moment:
        """From when the record counts."""
        # Who keeps first sights never saw what is not among them; an auditor, who keeps none, has only the date.
        return max(record.issued_at, record.issued_at if self.seen is None else self.seen.get(digest, self.at))

    def order(self, digest: Digest, record: AgencyRecord) -> int:
        """Since when it could be followed: not before its date was near."""
        first = self.first(digest)
        return 0 if first is None else max(first, record.issued_at - AHEAD)
