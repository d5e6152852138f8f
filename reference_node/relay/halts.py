"""Which of the relay's logs take no more events, and why. Decides nothing itself: whoever finds a fault says so here.

A log that has signed what its database does not hold must sign nothing more: each further checkpoint would be a new
contradiction. Deliveries to its agency are told to come again, until a successor has been opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

__all__ = ["LogHalts"]


class LogHalts:
    """May be used by several threads. What was halted stays so until the relay starts anew."""

    def __init__(self, halted: Mapping[str, str] | None = None) -> None:
        """halted: origin → code, for what was known before the start."""
        self._lock, self._codes = Lock(), dict(halted or {})

    def halt(self, origin: str, code: str) -> bool:
        """The log with that origin takes no more; whether that is news. The first code stays."""
        with self._lock:
            news = origin not in self._codes
            self._codes.setdefault(origin, code)
            return news

    def refusal(self, origin: str) -> str:
        """The code for which nothing is appended to that log; empty if it goes on."""
        return self._codes.get(origin, "")

    def halted(self) -> tuple[str, ...]:
        """Origins, sorted."""
        with self._lock:
            return tuple(sorted(self._codes))
