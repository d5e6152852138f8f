"""A witness as a process: settings in, something that cosigns out. Has no part in a node, and needs nobody's secrets.

It watches the logs that the federation's records name, read from a folder or a repository on this machine, and those of
the entry files in its settings. It calls nobody; relays and monitors call it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reference_node import faults
from reference_node.halves import App, Part
from reference_node.keys import load_witness_keys
from reference_node.observe import Log, Metrics, open_log
from reference_node.witness.settings import WitnessSettings
from referral_proto.adapters import SystemClock, disk
from referral_proto.errors import CallerError, PeerError
from referral_proto.ports import Clock

if TYPE_CHECKING:
    from reference_node.store.engine import Database
    from reference_node.trust.believe import Believed
    from reference_node.trust.follow import Follower
    from reference_node.witness import Cosigner
    from referral_proto.crypto.logkeys import WitnessKeys
    from referral_proto.log.checkpoint import LogIdentity

__all__ = ["WitnessApp", "build_witness"]

assert faults.WITNESS  # the codes below are declared there
_LARGEST_ENTRY: Final = 16 * 1024


class WitnessApp(App):
    """A witness, put together."""

    def __init__(
        self,
        settings: WitnessSettings,
        log: Log,
        database: Database,
        cosigner: Cosigner,
        keys: WitnessKeys,
        believed: Believed,
        follower: Follower | None,
        more: Sequence[LogIdentity],
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        from reference_node.trust.renewal import Renewing

        super().__init__("witness", settings.drain_seconds, log)
        self.settings, self.database, self.cosigner, self.metrics = settings, database, cosigner, metrics
        self._keys, self._believed, self._follower, self._more, self._clock = keys, believed, follower, more, clock
        self._unfit: tuple[str, ...] = ()
        self.renewing = Renewing(lambda _: self.look(), settings.trust.refresh_seconds, log)
        metrics.gauge("witness_logs", lambda: float(len(cosigner.watched)))
        believed.keeper.gauges(metrics)

    def look(self) -> None:
        """Take up what the records say now of logs."""
        from reference_node.witness.watched import watched

        if self._follower is not None:
            self._follower.turn()
        keeper = self._believed.keeper
        keeper.refresh()
        logs, unfit = watched(keeper.directory, self._clock.now(), self._more, self._keys)
        before = set(self.cosigner.watched)
        self.cosigner.watch(logs)
        if set(self.cosigner.watched) != before:
            self.log.info("other logs are watched now", count=len(logs))
        for origin in set(unfit) - set(self._unfit):
            self.log.warning("a log cannot be watched", code="witness.shared-key", origin=origin)
        self._unfit = unfit

    def parts(self) -> Sequence[Part]:
        return (self.renewing,)

    def start(self) -> str:
        from reference_node.witness import WitnessServer

        if self.settings.metrics is not None:
            self.on_close(self.metrics.serve(self.settings.metrics))
        self.look()
        host, port = self.settings.listen.rsplit(":", 1)
        metrics = self.metrics
        server = WitnessServer(
            self.cosigner,
            host.strip("[]"),
            int(port),
            self.settings.path,
            lambda status: metrics.count("witness_answers", str(status)),
        )
        self.on_close(server.stop)
        server.start()
        self.renewing.start()
        return f"{host}:{server.address[1]}"


def build_witness(settings: WitnessSettings, passphrase: str, clock: Clock | None = None) -> WitnessApp:
    """Put a witness together. Opens its database and reads key and records; listens only when started.

    Raises CallerError settings.*, key.*, witness.*, trust.*, file.*; WorldError store.*, file.*, key.*; PeerError
    trust.*.
    """
    from reference_node.store.witness import open_witness
    from reference_node.trust.believe import believe
    from reference_node.witness import Cosigner

    clock = clock or SystemClock()
    log = open_log(settings.log, "witness", "").unbind("agency").bind(witness=settings.name)
    keys = load_witness_keys(settings.key, passphrase)
    more = [_entered(path) for path in settings.logs]
    believed = believe(settings.trust, settings.records, clock, log)
    follower = believed.follower(settings.trust, lambda _: [], clock, log)
    database = open_witness(settings.database)
    try:
        cosigner = Cosigner(settings.name, keys, more, database, clock)
    except CallerError:
        database.close()
        raise CallerError("witness.shared-key") from None
    app = WitnessApp(settings, log, database, cosigner, keys, believed, follower, more, clock, Metrics())
    app.on_close(database.close)
    return app


def _entered(path: Path) -> LogIdentity:
    from reference_node.witness.watched import entered
    from referral_proto.model.records import LogEntry
    from referral_proto.wire import decode

    data = disk.read(path, "log entry", _LARGEST_ENTRY)
    try:
        return entered(decode(LogEntry, data))
    except PeerError:
        raise CallerError("witness.entry", path.name) from None
