"""Dummies: events about nothing at random moments, so that a log's growth does not show how busy its agency is.

Off unless a mean time is set. The waits are drawn from the exponential distribution: they remember nothing, so that
what comes between two real events says nothing about either.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable
from threading import Event, Thread
from typing import Final

from reference_node.observe import Log, told
from reference_node.relay.ledger import Ledger
from referral_proto.errors import WorldError
from referral_proto.ids import AgencyId

__all__ = ["Dummies", "exponential"]

_STEPS: Final = 1 << 53


def exponential(mean: float, draw: Callable[[int], int]) -> float:
    """Seconds until the next of events that come once in `mean` seconds. `draw(n)`: one of 0 … n-1, equally likely."""
    return -mean * math.log((1 + draw(_STEPS)) / _STEPS)


class Dummies:
    """mean: seconds between two in one log; None: never."""

    def __init__(self, ledger: Ledger, mean: float | None, log: Log) -> None:
        self._ledger, self._mean, self._log = ledger, mean, log
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="dummies", daemon=True)

    def start(self) -> None:
        if self._mean is not None and self._ledger.keys:
            self._thread.start()

    def drain(self) -> None:
        self._stopping.set()

    def close(self, seconds: float) -> bool:
        """False if the thread still hangs."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def turn(self, agency: AgencyId) -> None:
        """One in the agency's log. A log that cannot be written now goes without."""
        try:
            self._ledger.dummy(agency)
        except WorldError as error:
            self._log.warning("a dummy could not be logged", agency=agency, **told(error))

    def _run(self) -> None:
        assert self._mean is not None
        agencies = tuple(self._ledger.keys)
        # All logs share one stream of moments; each of them falls into a log by lot.
        while not self._stopping.wait(exponential(self._mean / len(agencies), secrets.randbelow)):
            try:
                self.turn(secrets.choice(agencies))
            except Exception as error:  # noqa: BLE001 - without this thread a quiet night would show
                self._log.error("a dummy found a mistake", problem=type(error))
