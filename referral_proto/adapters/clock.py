"""The clock of this machine, as the Clock port. The only place in the library that reads the time."""

from __future__ import annotations

import time

from referral_proto.moment import Moment

__all__ = ["SystemClock"]


class SystemClock:
    """Whole UTC seconds, rounded down."""

    def now(self) -> Moment:
        return Moment(int(time.time()))
