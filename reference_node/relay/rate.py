"""Token buckets: how much one peer may bring. Pure: the time is given, in seconds of a clock that never goes back.

Law: in any span of t seconds a bucket grants at most burst + rate · t.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock

__all__ = ["Rates", "TokenBucket"]


class TokenBucket:
    """Fills at `rate` a second up to `burst`, and starts full."""

    __slots__ = ("_burst", "_rate", "_since", "_tokens")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate, self._burst = rate, burst
        self._tokens, self._since = burst, now

    def take(self, cost: float, now: float) -> bool:
        """Take `cost` tokens if they are there; all or nothing. A cost above `burst` is never granted."""
        elapsed = max(0.0, now - self._since)
        self._tokens = min(self._burst, self._tokens + elapsed * self._rate)
        self._since = max(now, self._since)
        if cost > self._tokens:
            return False
        self._tokens -= cost
        return True

    @property
    def full(self) -> bool:
        """As if nobody had ever taken anything, at the time of the last call."""
        return self._tokens >= self._burst


class Rates:
    """One bucket for each peer. Peers are few: who has no pinned certificate gets no bucket."""

    def __init__(self, rate: float, burst: float, ticks: Callable[[], float]) -> None:
        """ticks: seconds of a monotonic clock."""
        self._rate, self._burst, self._ticks = rate, burst, ticks
        self._lock = Lock()
        self._buckets: dict[Hashable, TokenBucket] = {}

    def take(self, peer: Hashable, cost: int) -> bool:
        """May this peer bring `cost` now?"""
        now = self._ticks()
        with self._lock:
            bucket = self._buckets.get(peer)
            if bucket is None:
                bucket = self._buckets[peer] = TokenBucket(self._rate, self._burst, now)
            return bucket.take(cost, now)
