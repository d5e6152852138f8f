"""Keeping the logs: what a relay does about them beside its calls. Witnesses, dummies, tiles, joined as one part."""

from __future__ import annotations

from reference_node.keys import log_entry_file, save_log_entry
from reference_node.observe import Log, Metrics
from reference_node.relay.dummies import Dummies
from reference_node.relay.ledger import Ledger
from reference_node.relay.standing import require_whole
from reference_node.relay.tiles import Tiles
from reference_node.relay.trust import Trust
from reference_node.relay.witnessing import Witnessing
from reference_node.settings import RelaySettings
from reference_node.store.log import current_origin, find_log, first_signed_at
from referral_proto.ports import Clock

__all__ = ["Keeping"]


class Keeping:
    """A part of the relay. `tiles` is there once it has started, and only if it is set."""

    def __init__(
        self, ledger: Ledger, trust: Trust, settings: RelaySettings, clock: Clock, log: Log, metrics: Metrics
    ) -> None:
        self._ledger, self._trust, self._settings, self._clock, self._log = ledger, trust, settings, clock, log
        self.witnessing = Witnessing(
            ledger.database,
            trust,
            ledger.keys,
            ledger.halts,
            settings.trust.evidence,
            clock,
            settings.witnessing,
            log,
            metrics,
        )
        self.dummies = Dummies(ledger, settings.ledger.dummy_seconds, log)
        self.tiles: Tiles | None = None
        ledger.wake = self.witnessing.wake

    def check(self) -> None:
        """Before the relay listens. WorldError log.behind, log.forked: it must not; listen.in-use; store.*."""
        for origin in self._ledger.halts.halted():
            self._log.error("a log stays stopped", code=self._ledger.halts.refusal(origin), origin=origin)
        seconds = self._settings.witnessing.start_seconds
        database, keys = self._ledger.database, self._ledger.keys
        require_whole(database, self._trust.directory, keys, self._clock.now(), seconds, self._log)
        self._mend_entries()
        if self._settings.ledger.tiles is not None:
            self.tiles = Tiles(database, self._settings.ledger.tiles)

    def _mend_entries(self) -> None:
        """Make an entry again that was lost, as of the log's first checkpoint: the empty log was signed no later."""
        for agency, keys in self._ledger.keys.items():
            with self._ledger.database.read() as connection:
                origin = current_origin(connection, agency)
                number = find_log(connection, origin)
                at = None if number is None else first_signed_at(connection, number)
            folder = self._settings.tls_key.parent
            if at is not None and not log_entry_file(folder, origin).exists():
                save_log_entry(folder, origin, keys, at)
                self._log.warning("the entry of a log was not there and was made again", origin=origin)

    def start(self) -> None:
        self.witnessing.start()
        self.dummies.start()
        if self.tiles is not None:
            self.tiles.start()

    def drain(self) -> None:
        self.dummies.drain()
        self.witnessing.drain()

    def close(self, seconds: float) -> bool:
        """False if a thread still hangs."""
        if self.tiles is not None:
            self.tiles.close(seconds)
        ended = self.dummies.close(seconds)
        return self.witnessing.close(seconds) and ended
