"""Timing by turns: a figure and its peer one after the other, again and again, through the whole run.

Never here: what is measured, or what it should cost. A slow moment of the machine hits both sides of a match alike;
the order of the matches is drawn anew in each round.
"""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from time import perf_counter_ns

__all__ = ["Case", "Match", "Samples", "Stopwatch", "take_turns", "trimmed"]

TRIM = 0.1
WARM_UP = 3


class Stopwatch:
    """Nanoseconds that one part of a case took in its last call; the part reports them itself."""

    __slots__ = ("spent",)

    def __init__(self) -> None:
        self.spent = 0


@dataclass(frozen=True, slots=True)
class Case:
    """Something to time. `count`: messages handled by a call; samples are per message.

    `prepare` runs before each call, outside the time. `aside` times a part whose own spread hides the rest.
    """

    name: str
    call: Callable[[], object]
    count: int = 1
    prepare: Callable[[], object] | None = None
    aside: Stopwatch | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Cases that take turns with each other, `times` in a row, in every round or in one round of `every`."""

    cases: tuple[Case, ...]
    times: int = 20
    every: int = 1


@dataclass(slots=True)
class Samples:
    """Microseconds per message, in the order taken; `aside` of the same calls where the case has one."""

    values: list[float] = field(default_factory=list)
    aside: list[float] = field(default_factory=list)

    @property
    def mean(self) -> float:
        return statistics.fmean(self.values)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def trimmed(self) -> float:
        """The mean without the slowest and the fastest tenth."""
        return trimmed(self.values)

    @property
    def rest(self) -> Samples:
        """What is left of each call without the part set aside."""
        return Samples([whole - part for whole, part in zip(self.values, self.aside, strict=True)])

    def halves(self) -> tuple[Samples, Samples]:
        """The first and the second half of the run."""
        middle = len(self.values) // 2
        return Samples(self.values[:middle]), Samples(self.values[middle:])


def trimmed(values: Sequence[float]) -> float:
    """The mean of `values` without the highest and the lowest tenth."""
    cut = int(len(values) * TRIM)
    return statistics.fmean(sorted(values)[cut : len(values) - cut])


def take_turns(matches: Sequence[Match], rounds: int, progress: Callable[[float], None]) -> dict[str, Samples]:
    """Time every case `rounds × times / every` times; `progress` is told the share that is done.

    The garbage collector stays on, as in any program; what was set up beforehand is kept out of its way.
    """
    order = Random(20261121)
    found = {case.name: Samples() for match in matches for case in match.cases}
    for match in matches:
        for _ in range(WARM_UP if match.every == 1 else 1):
            for case in match.cases:
                _once(case)
    gc.collect()
    gc.freeze()
    for turn in range(rounds):
        due = [match for match in matches if turn % match.every == match.every - 1]
        order.shuffle(due)
        for match in due:
            for _ in range(match.times):
                for case in match.cases:
                    _take(case, found[case.name])
        progress((turn + 1) / rounds)
    gc.unfreeze()
    return found


def _take(case: Case, samples: Samples) -> None:
    samples.values.append(_once(case) / case.count / 1e3)
    if case.aside is not None:
        samples.aside.append(case.aside.spent / case.count / 1e3)


def _once(case: Case) -> int:
    if case.prepare is not None:
        case.prepare()
    call = case.call
    start = perf_counter_ns()
    call()
    return perf_counter_ns() - start
