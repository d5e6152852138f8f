"""A counter that says "something changed", and lets callers wait for it. Knows nothing of what changed."""

from __future__ import annotations

from threading import Condition

__all__ = ["Changes"]


class Changes:
    """Shared by the threads of one desk. The number means nothing after a restart."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._revision = 1

    @property
    def revision(self) -> int:
        with self._condition:
            return self._revision

    def tell(self) -> None:
        """Something changed: wake everyone who waits."""
        with self._condition:
            self._revision += 1
            self._condition.notify_all()

    def wait(self, known: int, seconds: float) -> int:
        """The revision, as soon as it differs from `known`, at the latest after `seconds`."""
        with self._condition:
            self._condition.wait_for(lambda: self._revision != known, seconds)
            return self._revision
