"""What a fold may remember for the next: outcomes of pure functions, under all that they depend on. Decides nothing.

An answer is recalled only for exactly the same question, down to the bytes of both halves of every signature; refusals
are not kept. Nothing here makes a record believed that would not be believed without it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import RLock
from typing import Final, TypeVar

__all__ = ["FoldMemory", "NoMemory"]

T = TypeVar("T")
_FOLDS_KEPT: Final = 4
"""An answer that so many folds in a row did not ask for is forgotten: two callers may take turns."""


class FoldMemory:
    """Held by whoever folds the same records again and again. Folds that share one wait for each other."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, list[object]] = {}
        self._turn = 0
        self._lock = RLock()

    def __enter__(self) -> FoldMemory:
        """One fold begins."""
        self._lock.acquire()
        self._turn += 1
        return self

    def __exit__(self, *_: object) -> None:
        """It ends; what nobody asked for in the last few folds is forgotten."""
        oldest = self._turn - _FOLDS_KEPT
        for key in [key for key, (used, _) in self._kept.items() if used <= oldest]:  # type: ignore[operator]
            del self._kept[key]
        self._lock.release()

    def __len__(self) -> int:
        """How many answers are kept."""
        return len(self._kept)

    def recall(self, key: Hashable, answer: Callable[[], T]) -> T:
        """`answer()`, or what it was the last time under the same key. What it raises is raised and not kept."""
        found = self._kept.get(key)
        if found is None:
            made = answer()
            self._kept[key] = [self._turn, made]
            return made
        found[0] = self._turn
        return found[1]  # type: ignore[return-value]  # a key names the function, so also its type


class NoMemory(FoldMemory):
    """For a fold that nobody will repeat."""

    def recall(self, key: Hashable, answer: Callable[[], T]) -> T:  # noqa: ARG002 - nothing is kept
        return answer()
