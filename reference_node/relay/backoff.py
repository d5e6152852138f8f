"""Exponential back-off with full jitter. Pure: the draw is given.

Law: 1 ≤ delay ≤ max(1, min(cap, base · 2^(attempts-1))), for any draw; every whole second of that span can come.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

__all__ = ["ceiling", "delay"]

_STEEPEST: Final = 40
"""2^40 seconds are longer than any cap; beyond it a float would run out."""


def ceiling(attempts: int, base: float, cap: float) -> int:
    """The longest wait in whole seconds after `attempts` failures, at least one."""
    return max(1, math.floor(min(cap, base * 2.0 ** min(attempts - 1, _STEEPEST))))


def delay(attempts: int, base: float, cap: float, draw: Callable[[int], int]) -> int:
    """Whole seconds to wait after `attempts` failures (1 or more). `draw(n)` gives one of 0 … n-1, each equally likely.

    The whole span is drawn from, not only its upper half: after a line comes back, peers must not knock together.
    """
    return 1 + draw(ceiling(attempts, base, cap))
