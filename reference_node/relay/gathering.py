"""Group commit: deliveries that wait together share one transaction. Knows nothing of what they are.

Whoever comes first carries out the work of all who wait; the others find theirs done. There is no thread of its own, so
a lone delivery waits for nobody.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

from referral_proto.errors import OurError, WorldError

__all__ = ["Gathering"]

W = TypeVar("W")
R = TypeVar("R")


class _Ticket(Generic[W, R]):
    __slots__ = ("failure", "results", "work")

    def __init__(self, work: Sequence[W]) -> None:
        self.work = work
        self.results: Sequence[R] | None = None
        self.failure: WorldError | None = None


class Gathering(Generic[W, R]):
    """carry_out: does all of a list of work or raises WorldError having done none; one result for each piece.

    most: pieces in one go (a single call may hold more).
    """

    def __init__(self, carry_out: Callable[[Sequence[W]], Sequence[R]], most: int = 512) -> None:
        self._carry_out, self._most = carry_out, most
        self._turn, self._lock = Lock(), Lock()
        self._waiting: deque[_Ticket[W, R]] = deque()

    def do(self, work: Sequence[W]) -> Sequence[R]:
        """The results for `work`, in order, once they are durable. Raises WorldError: none of it was done."""
        if not work:
            return ()
        ticket: _Ticket[W, R] = _Ticket(work)
        with self._lock:
            self._waiting.append(ticket)
        with self._turn:
            while ticket.results is None and ticket.failure is None:
                self._lead()
        if ticket.failure is not None:
            raise WorldError(ticket.failure.code, ticket.failure.where)
        assert ticket.results is not None
        return ticket.results

    def _lead(self) -> None:
        group: list[_Ticket[W, R]] = []
        pieces = 0
        with self._lock:
            while self._waiting and (not group or pieces + len(self._waiting[0].work) <= self._most):
                group.append(self._waiting.popleft())
                pieces += len(group[-1].work)
        try:
            results = self._carry_out([piece for ticket in group for piece in ticket.work])
        except WorldError as error:
            for ticket in group:
                ticket.failure = error
            return
        except BaseException:
            # Whatever it was, those who wait in the group must not wait for ever.
            for ticket in group:
                ticket.failure = WorldError("store.failed")
            raise
        if len(results) != pieces:
            raise OurError("ours.broken-promise", "gathering")
        start = 0
        for ticket in group:
            ticket.results = results[start : start + len(ticket.work)]
            start += len(ticket.work)
