"""The composition root: settings in, a half of a node out (`halves.py`). The only place where the parts are made."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING

from reference_node.halves import App, DeskApp, RelayApp
from reference_node.keys import KEK, certificates, desk_log_keys, keys_of_logs, load_tls, save_log_entry
from reference_node.observe import Log, Metrics, open_log
from reference_node.settings import DeskSettings, RelaySettings, load
from referral_proto.adapters import KeyFileVault, SystemClock
from referral_proto.errors import CallerError
from referral_proto.ids import AgencyId
from referral_proto.moment import HOUR
from referral_proto.ports import Clock

if TYPE_CHECKING:
    from reference_node.relay.by_hand import ByHand
    from reference_node.relay.intake import Intake
    from reference_node.relay.ledger import Ledger
    from reference_node.relay.trust import Trust
    from reference_node.store.engine import Database
    from reference_node.trust.believe import Believed
    from referral_proto.crypto.logkeys import LogKeys
    from referral_proto.model.records import RelayRecord
    from referral_proto.trust.directory import Directory

__all__ = ["App", "DeskApp", "RelayApp", "build_desk", "build_relay", "open_by_hand", "open_logs"]


def build_relay(
    settings: RelaySettings, passphrase: str, clock: Clock | None = None, file: Path | None = None
) -> RelayApp:
    """Put a relay together. Opens its database and reads its records and TLS key; listens only when started.

    file: where the settings come from; its desks are read again when it changes.

    Raises CallerError settings.*, tls.*, key.*, trust.*, file.*; WorldError store.*, file.*, key.*; PeerError trust.*.
    """
    # gRPC and SQLAlchemy load here and not when this module is imported: a wrong path is reported in an instant.
    from reference_node.relay.counter import TrustCounter
    from reference_node.relay.following import Following, peers_to_ask
    from reference_node.relay.keeping import Keeping
    from reference_node.relay.lines import Line, Lines
    from reference_node.relay.mailbox import Mailbox
    from reference_node.relay.outbox import Outbox
    from reference_node.relay.proof_counter import ProofCounter
    from reference_node.relay.proofs import Proofs
    from reference_node.relay.rate import Rates
    from reference_node.relay.shown import OwnCertificate, PinnedDesks
    from reference_node.relay.sightings import Sightings
    from reference_node.relay.upkeep import Upkeep
    from reference_node.rpc import Guard, RelayServer, RelayService
    from reference_node.store.relay.outbox import depth
    from reference_node.trust.believe import believe
    from reference_node.trust.ends import gauge_ends, own_ends
    from reference_node.trust.follow import evidence_in
    from reference_node.trust.openings import KeyAsker
    from reference_node.trust.renewal import Renewing
    from reference_node.witness.evidence import keep_contradiction
    from referral_proto.rpc import ClientIdentity, GrpcRelay

    clock = clock or SystemClock()
    log = open_log(settings.log, "relay", settings.operator)
    metrics = Metrics()
    own = OwnCertificate(settings, passphrase, log)
    believed = believe(settings.trust, settings.records, clock, log)
    trust = _trust(settings, believed, clock, log)
    own.go_by(trust)
    database = _database(settings)
    try:
        ledger = _ledger(settings, passphrase, database, clock, log)
        intake = _intake(settings, ledger, trust, clock, log, metrics)

        def connect(record: RelayRecord) -> Line:
            operator = AgencyId(record.operator)
            seconds = settings.outbox.call_seconds
            shown = ClientIdentity(own.identity.private_key, own.identity.certificate)
            return GrpcRelay(record.endpoint, operator, record.tls_certificates, shown, seconds)

        proof_counter = ProofCounter(ledger, trust, clock, log)
        lines = Lines(settings.operator, intake, proof_counter, trust, connect)
        evidence = settings.trust.evidence

        def contradicted(origin: str) -> None:
            ledger.halts.halt(origin, "log.forked")

        sightings = Sightings(database, trust, clock, lines, settings.proofs, evidence, log, metrics, contradicted)
        proof_counter.others = sightings.shown
        proof_counter.contradicted = partial(keep_contradiction, evidence)
        proofs = Proofs(database, trust, clock, intake.horizon, lines, sightings, settings.proofs, log, metrics)
        outbox = Outbox(database, trust, clock, intake.horizon, lines, proofs, settings.outbox, log, metrics)
        mailbox = Mailbox(database, trust, clock, intake.memory, outbox.wake, log, metrics)
        limits = settings.limits
        rates = Rates(limits.rate_per_second, limits.burst, time.monotonic)
        guard = Guard(lambda: trust.peers, rates, log, metrics, limits.calls_at_once)
        asker = KeyAsker(believed.keeper, clock, log)
        counter = TrustCounter(believed.mirror, trust, asker, lines, ledger, settings.operator, clock, log)
        peers = peers_to_ask(trust, lines, settings.operator, settings.trust.peers, log)

        def gossip() -> None:
            own = [(agency, lines.logs(settings.operator)) for agency in settings.agencies]
            sightings.listen(lambda most: [peered.operator for peered in peers(most)], own)

        following = Following(
            believed.follower(settings.trust, peers, clock, log),
            counter,
            lines,
            trust,
            gossip,
            settings.trust.refresh_seconds,
            log,
        )
        service = RelayService(guard, intake, mailbox, counter, proof_counter, limits)
        server = RelayServer(
            settings.listen,
            lambda: own.identity,
            lambda: trust.peers.roots,
            guard,
            service,
            limits.calls_at_once,
            settings.connection_seconds,
            settings.cut_seconds,
        )
        own.on_change(lines.renew)
        for cut in (lines.settle, server.renew):
            trust.on_unpinned(cut)
        desks = None if file is None else PinnedDesks(settings, file, lambda: load(RelaySettings, file), trust, log)
        upkeep = Upkeep(database, trust, clock, intake.horizon, settings.retention, log)
        keeping = Keeping(ledger, trust, settings, clock, log, metrics)
    except BaseException:
        database.close()
        raise

    def waiting() -> float:
        with database.read() as connection:
            return depth(connection)

    def look(asked: bool) -> None:
        if asked:
            trust.refresh()
        own.look(asked)
        if desks is not None:
            desks.look(asked)

    renewing = Renewing(look, settings.retention.housekeeping_seconds, log)
    metrics.gauge("outbox_depth", waiting)
    believed.keeper.watch(own_ends(settings.agencies, lambda: own.identity.der))
    gauge_ends(metrics, believed.keeper, settings.agencies, lambda: own.identity.der)
    believed.keeper.gauges(metrics)
    metrics.gauge("trust_split_views", lambda: float(len(evidence_in(settings.trust.evidence))))
    app = RelayApp(
        settings,
        log,
        database,
        trust,
        intake,
        mailbox,
        outbox,
        upkeep,
        following,
        server,
        metrics,
        renewing,
        proof_counter,
        keeping,
        proofs,
        sightings,
    )
    app.on_close(database.close)
    return app


def open_logs(settings: RelaySettings, clock: Clock | None = None) -> tuple[Database, Directory, Callable[[], None]]:
    """A relay's database and what it believes, for whoever looks after its logs; and what closes it. May be used beside
    the running relay. Raises as `build_relay`.
    """
    from reference_node.trust.believe import believe

    log, clock = open_log(settings.log, "relay", settings.operator), clock or SystemClock()
    believed = believe(settings.trust, settings.records, clock, log, look_only=True)
    database = _database(settings)
    return database, believed.keeper.directory, database.close


def open_by_hand(
    settings: RelaySettings, passphrase: str | None, clock: Clock | None = None
) -> tuple[ByHand, Callable[[], None]]:
    """A relay's database for sealed files by hand, without TLS or network; and what closes it. May be used beside the
    running relay. passphrase: of the logs' keys; without it nothing can be brought in. Raises as `build_relay`.
    """
    from reference_node.relay.by_hand import ByHand
    from reference_node.trust.believe import believe

    log, clock = open_log(settings.log, "relay", settings.operator), clock or SystemClock()
    trust = _trust(settings, believe(settings.trust, settings.records, clock, log), clock, log)
    database = _database(settings)
    intake = None
    if passphrase is not None:
        ledger = _ledger(settings, passphrase, database, clock, log)
        intake = _intake(settings, ledger, trust, clock, log, Metrics())
    return ByHand(database, intake, settings.agencies), database.close


def build_desk(settings: DeskSettings, passphrase: str, clock: Clock | None = None) -> DeskApp:
    """Put a desk together. Opens its database and reads records and keys; reaches for its relay only when started.

    Raises as `build_relay`, and CallerError desk.*, WorldError desk.*.
    """
    from reference_node.desk.audit import AuditLimits
    from reference_node.desk.courier import Pace
    from reference_node.desk.epochs import Epochs
    from reference_node.desk.errands import Errands
    from reference_node.desk.exchange import KeyExchange
    from reference_node.desk.office import Office
    from reference_node.rpc.desk_server import DeskServer
    from reference_node.store.desk.tree import DESK_TREE
    from reference_node.store.engine import Database
    from reference_node.trust.believe import believe
    from reference_node.trust.ends import gauge_ends, own_ends
    from reference_node.trust.follow import Peered, evidence_in
    from reference_node.trust.openings import KeyAsker
    from reference_node.trust.renewal import Renewing
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
        log_post=mailbox,
        log_keys=_access_log_keys(settings, passphrase, clock, log),
        signed_records=lambda: believed.signed(settings.records),
        evidence=settings.trust.evidence,
        audit=AuditLimits(settings.audit_events, unproved_seconds=int(settings.audit_hours * HOUR)),
        someone=settings.officer or _own_user(),
    )
    exchange = KeyExchange(
        settings,
        passphrase,
        vault,
        keeper,
        lambda shown, pins: mailbox.renew(pins, ClientIdentity(shown.private_key, shown.certificate)),
        office.courier.nudge,
        clock,
        log,
    )
    metrics = Metrics()
    keeper.watch(own_ends([settings.agency], lambda: exchange.certificate))
    keeper.gauges(metrics)
    gauge_ends(metrics, keeper, [settings.agency], lambda: exchange.certificate)
    metrics.gauge("trust_split_views", lambda: float(len(evidence_in(settings.trust.evidence))))
    metrics.gauge("audit_alarms", lambda: float(office.alarms.count()))
    renewing = Renewing(exchange.look, settings.poll_seconds, log)
    app = DeskApp(settings, log, database, office, DeskServer(office, settings.socket), metrics, renewing)
    app.on_close(database.close)
    return app


def _access_log_keys(settings: DeskSettings, passphrase: str, clock: Clock, log: Log) -> LogKeys:
    keys, made = desk_log_keys(settings.keys, settings.agency, passphrase, clock.now())
    if made:
        log.warning("keys of the desk's own log were made, the agency's record must name them")
    return keys


def _own_user() -> str:
    try:
        return getuser()
    except (OSError, KeyError):
        return "desk"


def _trust(settings: RelaySettings, believed: Believed, clock: Clock, log: Log) -> Trust:
    from reference_node.relay.shown import desks_of
    from reference_node.relay.trust import Trust

    return Trust(believed.keeper, desks_of(settings.desks), clock, log)


def _database(settings: RelaySettings) -> Database:
    from reference_node.store.relay import open_relay

    return open_relay(settings.database, settings.limits.database_bytes)


def _ledger(settings: RelaySettings, passphrase: str, database: Database, clock: Clock, log: Log) -> Ledger:
    from reference_node.relay.ledger import Ledger
    from reference_node.relay.standing import halts_of

    folder = settings.tls_key.parent

    def made(agency: AgencyId, keys: LogKeys) -> None:
        save_log_entry(folder, agency, keys, clock.now())
        log.warning("new keys for a log, which nobody believes before the agency's record names them", agency=agency)

    keys = keys_of_logs(folder, settings.agencies, passphrase, made)
    return Ledger(database, keys, halts_of(settings.trust.evidence), clock, log)


def _intake(settings: RelaySettings, ledger: Ledger, trust: Trust, clock: Clock, log: Log, metrics: Metrics) -> Intake:
    from reference_node.relay.horizon import Horizon
    from reference_node.relay.intake import Intake

    horizon, quota = Horizon(settings.retention.housekeeping_seconds), settings.limits.stored_bytes_per_sender
    return Intake(ledger, trust, clock, horizon, settings.agencies, quota, log, metrics)
