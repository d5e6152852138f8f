"""The composition root: settings in, a running half of a node out. The only place where the parts meet.

A half runs until SIGTERM or SIGINT, then drains: it says so to its callers, finishes what is under way, and closes its
database. Everything that was acknowledged is durable before, so a half that is killed loses nothing either.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from threading import Event
from typing import TYPE_CHECKING, Protocol

from reference_node import faults
from reference_node.keys import KEK, certificates, ends_at, fingerprint, load_tls
from reference_node.observe import Log, Metrics, hush_libraries, open_log
from reference_node.settings import DeskPin, DeskSettings, RelaySettings
from referral_proto.adapters import KeyFileVault, SystemClock
from referral_proto.errors import CallerError
from referral_proto.ids import AgencyId
from referral_proto.ports import Clock

if TYPE_CHECKING:
    from reference_node.desk.office import Office
    from reference_node.relay.by_hand import ByHand
    from reference_node.relay.following import Following
    from reference_node.relay.intake import Intake
    from reference_node.relay.mailbox import Mailbox
    from reference_node.relay.outbox import Outbox
    from reference_node.relay.trust import Trust
    from reference_node.relay.upkeep import Upkeep
    from reference_node.rpc.desk_server import DeskServer
    from reference_node.rpc.server import RelayServer
    from reference_node.store.engine import Database
    from reference_node.trust.believe import Believed
    from referral_proto.model.records import RelayRecord

__all__ = ["App", "DeskApp", "Part", "RelayApp", "build_desk", "build_relay", "open_by_hand"]

assert faults.LISTEN  # the codes below are declared there


class Part(Protocol):
    """Something that runs. `drain` begins nothing new and returns at once; `close` waits that long for what is under
    way, and says whether it ended by itself.
    """

    def drain(self) -> None: ...

    def close(self, seconds: float) -> bool: ...


class App:
    """Starts parts and stops them in the order given. endpoint: where it serves, once started."""

    def __init__(self, half: str, drain_seconds: float, log: Log) -> None:
        self.half, self.endpoint = half, ""
        self.log = log
        self._drain_seconds = drain_seconds
        self._told = Event()
        self._stack = ExitStack()

    def parts(self) -> Sequence[Part]:
        """What has to stop, in that order."""
        raise NotImplementedError

    def start(self) -> str:
        """Begin to serve; returns the endpoint. Raises WorldError listen.*, store.*."""
        raise NotImplementedError

    def on_close(self, close: Callable[[], object]) -> None:
        """Called after all parts have stopped, the last one first."""
        self._stack.callback(close)

    def stop(self) -> bool:
        """Drain, then close everything; False if something had to be cut off. Idempotent."""
        until = time.monotonic() + self._drain_seconds
        parts = self.parts()
        for part in parts:
            part.drain()
        finished = [part.close(max(0.1, until - time.monotonic())) for part in parts]
        self._stack.close()
        return all(finished)

    def tell_to_stop(self) -> None:
        """What a signal does."""
        self._told.set()

    def run(self, announce: Callable[[str, str], None]) -> int:
        """Serve until told to stop; `announce(half, endpoint)` is called once it serves. Returns the exit code.

        Must be called from the main thread. Raises WorldError listen.*, store.*.
        """
        hush_libraries(self.log)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._told.set())
        try:
            self.endpoint = self.start()
            self.log.info("it serves", endpoint=self.endpoint)
            announce(self.half, self.endpoint)
            self._told.wait()
            self.log.info("it was told to stop")
        finally:
            finished = self.stop()
        if not finished:
            self.log.warning("not everything stopped in time", code="drain.unfinished")
        self.log.info("it has stopped")
        return 0


class RelayApp(App):
    """A relay, put together. The parts are public for tests and benches; nothing else reaches into them."""

    def __init__(
        self,
        settings: RelaySettings,
        log: Log,
        database: Database,
        trust: Trust,
        intake: Intake,
        mailbox: Mailbox,
        outbox: Outbox,
        upkeep: Upkeep,
        following: Following,
        server: RelayServer,
        metrics: Metrics,
    ) -> None:
        super().__init__("relay", settings.drain_seconds, log)
        self.settings, self.database, self.trust, self.intake = settings, database, trust, intake
        self.mailbox, self.outbox, self.upkeep, self.following = mailbox, outbox, upkeep, following
        self.server, self.metrics = server, metrics

    def parts(self) -> Sequence[Part]:
        # The server first: nothing must be taken in that the outbox would not see any more before the next start.
        return (self.server, self.following, self.outbox, self.upkeep)

    def start(self) -> str:
        if self.settings.metrics is not None:
            self.on_close(self.metrics.serve(self.settings.metrics))
        self.upkeep.turn()
        self.endpoint = self.server.start()
        self.outbox.start()
        self.upkeep.start()
        self.following.start()
        return self.endpoint


def build_relay(settings: RelaySettings, passphrase: str, clock: Clock | None = None) -> RelayApp:
    """Put a relay together. Opens its database and reads its records and TLS key; listens only when started.

    Raises CallerError settings.*, tls.*, key.*, trust.*, file.*; WorldError store.*, file.*, key.*; PeerError trust.*.
    """
    # gRPC and SQLAlchemy load here and not when this module is imported: a wrong path is reported in an instant.
    from reference_node.relay.counter import TrustCounter
    from reference_node.relay.following import Following, peers_to_ask
    from reference_node.relay.lines import Line, Lines
    from reference_node.relay.mailbox import Mailbox
    from reference_node.relay.outbox import Outbox
    from reference_node.relay.rate import Rates
    from reference_node.relay.upkeep import Upkeep
    from reference_node.rpc import Guard, RelayServer, RelayService
    from reference_node.store.relay.outbox import depth
    from reference_node.trust.believe import believe
    from reference_node.trust.follow import evidence_in
    from reference_node.trust.openings import KeyAsker
    from referral_proto.rpc import ClientIdentity, GrpcRelay

    clock = clock or SystemClock()
    log = open_log(settings.log, "relay", settings.operator)
    metrics = Metrics()
    identity = load_tls(settings.tls_key, settings.tls_certificate, passphrase)
    believed = believe(settings.trust, settings.records, clock, log)
    trust = _trust(settings, believed, clock, log)
    trust.must_agree(settings.operator, settings.agencies, identity.der)
    database = _database(settings)
    try:
        intake = _intake(settings, database, trust, clock, log, metrics)
        shown = ClientIdentity(identity.private_key, identity.certificate)

        def connect(record: RelayRecord) -> Line:
            operator = AgencyId(record.operator)
            seconds = settings.outbox.call_seconds
            return GrpcRelay(record.endpoint, operator, record.tls_certificates, shown, seconds)

        lines = Lines(settings.operator, intake, trust, connect)
        outbox = Outbox(database, trust, clock, intake.horizon, lines, settings.outbox, log, metrics)
        mailbox = Mailbox(database, trust, clock, intake.memory, outbox.wake, log, metrics)
        limits = settings.limits
        rates = Rates(limits.rate_per_second, limits.burst, time.monotonic)
        guard = Guard(lambda: trust.peers, rates, log, metrics, limits.calls_at_once)
        asker = KeyAsker(believed.keeper, clock, log)
        counter = TrustCounter(believed.mirror, trust, asker, lines, settings.operator, clock, log)
        peers = peers_to_ask(trust, lines, settings.operator, settings.trust.peers, log)
        following = Following(
            believed.follower(settings.trust, peers, clock, log),
            counter,
            lines,
            trust,
            settings.trust.refresh_seconds,
            log,
        )
        service = RelayService(guard, intake, mailbox, counter, limits)
        server = RelayServer(
            settings.listen,
            identity,
            lambda: trust.peers.roots,
            guard,
            service,
            limits.calls_at_once,
            settings.connection_seconds,
        )
        upkeep = Upkeep(database, trust, clock, intake.horizon, settings.retention, log)
    except BaseException:
        database.close()
        raise

    def waiting() -> float:
        with database.read() as connection:
            return depth(connection)

    metrics.gauge("outbox_depth", waiting)
    believed.keeper.gauges(metrics)
    metrics.gauge("trust_split_views", lambda: float(len(evidence_in(settings.trust.evidence))))
    metrics.gauge("tls_certificate_ends_at", lambda: float(ends_at(identity.der)))
    app = RelayApp(settings, log, database, trust, intake, mailbox, outbox, upkeep, following, server, metrics)
    app.on_close(database.close)
    return app


def open_by_hand(settings: RelaySettings, clock: Clock | None = None) -> tuple[ByHand, Callable[[], None]]:
    """A relay's database for sealed files by hand, without TLS, passphrase or network; and what closes it. May be used
    beside the running relay. Raises as `build_relay`.
    """
    from reference_node.relay.by_hand import ByHand
    from reference_node.trust.believe import believe

    log, clock = open_log(settings.log, "relay", settings.operator), clock or SystemClock()
    trust = _trust(settings, believe(settings.trust, settings.records, clock, log), clock, log)
    database = _database(settings)
    intake = _intake(settings, database, trust, clock, log, Metrics())
    return ByHand(database, intake, settings.agencies), database.close


class DeskApp(App):
    """A desk, put together."""

    def __init__(
        self, settings: DeskSettings, log: Log, database: Database, office: Office, server: DeskServer
    ) -> None:
        super().__init__("desk", settings.drain_seconds, log)
        self.settings, self.database, self.office, self.server = settings, database, office, server

    def parts(self) -> Sequence[Part]:
        # The server first: nothing more is queued that the courier would not see before the next start.
        return (self.server, self.office.courier)

    def start(self) -> str:
        self.endpoint = self.server.start()
        self.office.courier.start()
        return self.endpoint


def build_desk(settings: DeskSettings, passphrase: str, clock: Clock | None = None) -> DeskApp:
    """Put a desk together. Opens its database and reads records and keys; reaches for its relay only when started.

    Raises as `build_relay`, and CallerError desk.*, WorldError desk.*.
    """
    from reference_node.desk.courier import Pace
    from reference_node.desk.epochs import Epochs
    from reference_node.desk.errands import Errands
    from reference_node.desk.office import Office
    from reference_node.rpc.desk_server import DeskServer
    from reference_node.store.desk.tree import DESK_TREE
    from reference_node.store.engine import Database
    from reference_node.trust.believe import believe
    from reference_node.trust.follow import Peered
    from reference_node.trust.openings import KeyAsker
    from referral_proto.rpc import ClientIdentity, GrpcRelay

    log = open_log(settings.log, "desk", settings.agency)
    vault = KeyFileVault(settings.keys, passphrase)
    if vault.agency != settings.agency:
        raise CallerError("key.other-agency", "agency")
    kek = vault.secret(*KEK)
    identity = load_tls(settings.tls_key, settings.tls_certificate, passphrase)
    mailbox = GrpcRelay(
        settings.relay.endpoint,
        settings.relay.operator,
        certificates(settings.relay.certificate),
        ClientIdentity(identity.private_key, identity.certificate),
        settings.call_seconds,
    )
    clock = clock or SystemClock()
    believed = believe(settings.trust, settings.records, clock, log, settings.agency)
    keeper = believed.keeper
    asker = KeyAsker(keeper, clock, log)
    epochs = Epochs(vault, keeper, settings.records, mailbox, settings.opening_days, clock, log)
    own = [Peered(settings.relay.operator, mailbox)]
    follower = believed.follower(settings.trust, lambda _: own, clock, log)
    errands = Errands(keeper, follower, asker, epochs, mailbox, settings.trust.refresh_seconds, clock, log)
    database = Database(settings.database, DESK_TREE)
    office = Office.furnish(
        database=database,
        vault=vault,
        kek=kek,
        records=keeper,
        mailbox=mailbox,
        clock=clock,
        log=log,
        pace=Pace(poll=settings.poll_seconds, backoff_cap=settings.backoff_cap_seconds),
        errands=errands,
    )
    app = DeskApp(settings, log, database, office, DeskServer(office, settings.socket))
    app.on_close(database.close)
    return app


def _trust(settings: RelaySettings, believed: Believed, clock: Clock, log: Log) -> Trust:
    from reference_node.relay.trust import Trust

    desks = [pair for pin in settings.desks for pair in _pinned(pin)]
    return Trust(believed.keeper, desks, clock, log)


def _pinned(pin: DeskPin) -> list[tuple[AgencyId, bytes]]:
    """The certificates of a desk, which the fingerprints in the settings must name, each and all."""
    found = certificates(pin.certificate)
    if {fingerprint(der) for der in found} != set(pin.fingerprints):
        raise CallerError("settings.pin", pin.certificate.name)
    return [(pin.agency, der) for der in found]


def _database(settings: RelaySettings) -> Database:
    from reference_node.store.relay import open_relay

    return open_relay(settings.database, settings.limits.database_bytes)


def _intake(
    settings: RelaySettings, database: Database, trust: Trust, clock: Clock, log: Log, metrics: Metrics
) -> Intake:
    from reference_node.relay.horizon import Horizon
    from reference_node.relay.intake import Intake

    horizon, quota = Horizon(settings.retention.housekeeping_seconds), settings.limits.stored_bytes_per_sender
    return Intake(database, trust, clock, horizon, settings.agencies, quota, log, metrics)
