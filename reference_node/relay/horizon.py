"""How far ahead this machine's clock is believed. What cannot be taken back waits for a clock that is.

A clock that jumps forward must not let the relay forget replay protection, give up deliveries or refuse mail for good:
the way back would be shut for as long as it ran ahead. So a trusted time follows the clock in bounded steps, one a turn
of the upkeep; a relay that was really off catches up in a tenth of the time.
"""

from __future__ import annotations

from typing import Final

from referral_proto.moment import MINUTE, Moment

__all__ = ["Horizon"]

_TURNS: Final = 10


class Horizon:
    """The trusted time of one process; kept in the database by the upkeep. interval: seconds between its turns."""

    def __init__(self, interval: float) -> None:
        self.step = max(MINUTE, int(_TURNS * interval))
        """Seconds by which the trusted time moves in a turn at most."""
        self._trusted: Moment | None = None

    def move(self, trusted: Moment) -> None:
        """What the upkeep has found."""
        self._trusted = trusted

    def believes(self, now: Moment) -> bool:
        """False while the clock is further ahead than it can have come since the last turn; True before the first."""
        trusted = self._trusted
        return trusted is None or now <= trusted + self.step
