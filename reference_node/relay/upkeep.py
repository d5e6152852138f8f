"""Upkeep: at intervals, forget what is over and take up changed trust records. One thread, nothing in a hurry."""

from __future__ import annotations

from threading import Event, Thread

from sqlalchemy import Connection

from reference_node.observe import Log, told
from reference_node.relay.horizon import Horizon
from reference_node.relay.trust import Trust
from reference_node.settings import Retention
from reference_node.store.engine import Database
from reference_node.store.relay.upkeep import Ages, forget, keep_time
from referral_proto.errors import WorldError
from referral_proto.moment import DAY, Moment
from referral_proto.ports import Clock

__all__ = ["Upkeep"]


class Upkeep:
    """Runs `turn` every `retention.housekeeping_seconds`."""

    def __init__(
        self, database: Database, trust: Trust, clock: Clock, horizon: Horizon, retention: Retention, log: Log
    ) -> None:
        self._database, self._trust, self._clock, self._retention, self._log = database, trust, clock, retention, log
        self._horizon = horizon
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="upkeep", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def drain(self) -> None:
        self._stopping.set()

    def close(self, seconds: float) -> bool:
        """False if the thread still hangs."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def turn(self) -> None:
        """Once. A database that cannot be written now is tried again the next time."""
        self._trust.refresh()
        keep = self._retention
        ages = Ages(keep.seen_margin_seconds, keep.outcomes_days * DAY, keep.conflicts_days * DAY)
        now = self._clock.now()

        def prune(connection: Connection) -> tuple[Moment, int]:
            trusted, settled = keep_time(connection, now, self._horizon.step)
            return trusted, forget(connection, now, ages) if settled else 0

        try:
            trusted, gone = self._database.write(prune)
        except WorldError as error:
            self._log.error("old rows were not pruned", **told(error))
            return
        self._horizon.move(trusted)
        if not self._horizon.believes(now):
            self._log.warning("the clock is far ahead of the last turn, so nothing is pruned or given up meanwhile")
        if gone:
            self._log.info("replay protection was pruned", count=gone)

    def _run(self) -> None:
        while not self._stopping.wait(self._retention.housekeeping_seconds):
            try:
                self.turn()
            except Exception as error:  # noqa: BLE001 - without upkeep the relay would never see new records
                self._log.error("upkeep found a mistake", problem=type(error))
