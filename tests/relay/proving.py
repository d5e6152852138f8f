"""Relays with logs, witnesses and lying peers inside the test's process: real parts, records and databases, one clock.

Three operators; nothing runs unless a test turns it. Agencies, witnesses and addresses are invented. Tests nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reference_node.observe import Metrics, open_log
from reference_node.relay.halts import LogHalts
from reference_node.relay.horizon import Horizon
from reference_node.relay.intake import Intake
from reference_node.relay.ledger import Ledger
from reference_node.relay.lines import Lines
from reference_node.relay.mailbox import Mailbox
from reference_node.relay.outbox import Outbox
from reference_node.relay.peers import Peer
from reference_node.relay.proof_counter import ProofCounter
from reference_node.relay.proofs import Proofs
from reference_node.relay.sightings import Sightings
from reference_node.relay.trust import Trust
from reference_node.settings import LogSettings
from reference_node.store.log.checkpoints import add_cosignatures, checkpoint
from reference_node.store.relay import ledger as ledger_rows
from reference_node.store.relay import open_relay
from reference_node.trust.believe import believe
from referral_proto.crypto.logkeys import LogKeys, WitnessKeys
from referral_proto.errors import WorldError
from referral_proto.flow.seal import Sealed
from referral_proto.ids import AgencyId, Leaf
from referral_proto.log.acknowledgement import acknowledge
from referral_proto.log.checkpoint import LogIdentity, cosign, read_head
from referral_proto.log.head import desk_origin, owner_of
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.codes.log import AcknowledgementKind
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.records import LogEntry, RelayRecord, WitnessEntry
from referral_proto.moment import DAY, Moment
from referral_proto.ports import Delivery, Outcome, Proved, Reply
from referral_proto.trust.issue import approve, found_federation, request_enrolment
from referral_proto.trust.logs import log_entry
from tests.relay.world import KH, SHELTER, TH, HandClock, World

NAMES = ("witness.kh.example", "witness.th.example", "witness.vn.example")
OPERATORS = (TH, SHELTER, KH)
RECEIVED, UNREADABLE = AcknowledgementKind.RECEIVED, AcknowledgementKind.UNREADABLE


class Rig:
    """url: a new, empty database each time it is called. unlogged: agencies whose records name their desk's log alone.
    together: all are served by the first one's relay. older: entries of logs that the first records name besides.
    """

    def __init__(
        self,
        folder: Path,
        url: Callable[[], str],
        *,
        witnesses: bool = True,
        unlogged: Sequence[str] = (),
        together: bool = False,
        older: Sequence[LogEntry] = (),
    ) -> None:
        self.operator_of = {name: OPERATORS[0] if together else name for name in OPERATORS}
        self.world = World.founded(served=self.operator_of.items())
        self.clock = HandClock(self.world.at)
        self.log_keys = {name: LogKeys.create() for name in OPERATORS}
        self.witness_keys = {name: WitnessKeys.create() for name in NAMES} if witnesses else {}
        began = self.world.at.plus(-DAY)
        registrars = self.world.registrars
        public = {country: keys.public for country, keys in registrars.items()}
        entries = [
            WitnessEntry(
                name=name,
                country=name.split(".")[1],
                url=f"https://{name}",
                ed25519=keys.ed25519.data,
                mldsa44=keys.mldsa44.data,
            )
            for name, keys in self.witness_keys.items()
        ]
        self.world.records["federation"] = found_federation(
            "a federation for tests",
            list(public.values()),
            2,
            public,
            began,
            *registrars.values(),
            witnesses=entries,
            quorum=2 if entries else None,
        )
        for name in OPERATORS:
            origin = desk_origin(name) if name in unlogged else name
            logs = [*(one for one in older if owner_of(one.origin) == name)]
            logs.append(log_entry(origin, self.log_keys[name], began))
            request = request_enrolment(
                self.world.agencies[name].keys,
                {"en": f"Invented {name}"},
                OrganisationType(1),
                [Mandate.SOCIAL_WELFARE],
                self.operator_of[name],
                began,
                logs=logs,
            )
            self.world.records[f"agency-{name}"] = approve(request, registrars[name.split(".")[0]])
        self.folder, self._url = folder, url
        self.cut: set[AgencyId] = set()
        self.liars: dict[AgencyId, Any] = {}
        self.calls: list[tuple[AgencyId, str, int]] = []
        self.routes: dict[tuple[AgencyId, AgencyId], Half] = {}
        made = {operator: Half(self, operator) for operator in set(self.operator_of.values())}
        self.halves = {name: made[operator] for name, operator in self.operator_of.items()}

    def new_url(self) -> str:
        return self._url()

    def twin(self, operator: AgencyId, seen_by: AgencyId) -> Half:
        """A second relay with the same keys and another story, which one peer alone is led to."""
        half = Half(self, operator, "twin")
        self.routes[seen_by, operator] = half
        return half

    def identity(self, operator: AgencyId) -> LogIdentity:
        return LogIdentity.of(operator, self.log_keys[operator])

    def send(self, sender: AgencyId = TH, recipient: AgencyId = KH, count: int = 1, **options: Any) -> list[Sealed]:
        """Seal, hand in and deliver."""
        sealed = list(self.world.seal(sender, [recipient], count, at=self.clock.at, **options))
        self.halves[sender].mailbox.submit(sender, [one.envelope for one in sealed])
        self.halves[sender].deliver()
        return sealed

    def word(self, leaf: Leaf, kind: AcknowledgementKind = RECEIVED, *, sender: AgencyId = TH) -> bytes:
        return acknowledge(self.world.agencies[KH].keys, leaf, sender, kind, self.clock.at)

    def close(self) -> None:
        for half in {*self.halves.values(), *self.routes.values()}:
            half.close()


class Half:
    """One relay of a Rig."""

    def __init__(self, rig: Rig, operator: AgencyId, name: str = "relay") -> None:
        self.rig, self.operator = rig, operator
        settings = rig.world.relay_folder(rig.folder / operator / name, operator)
        self.settings, self.log_file = settings, rig.folder / operator / name / "relay.log"
        self.log = open_log(LogSettings(level="debug", file=self.log_file), "relay", operator)
        self.metrics = Metrics()
        self.database_url = rig.new_url()
        self.database = open_relay(self.database_url)
        believed = believe(settings.trust, settings.records, rig.clock, self.log)
        self.trust = Trust(believed.keeper, [], rig.clock, self.log)
        self.tenants = [name for name, served_by in rig.operator_of.items() if served_by == operator]
        keys = {name: rig.log_keys[name] for name in self.tenants}
        self.ledger = Ledger(self.database, keys, LogHalts(), rig.clock, self.log)
        self.counter = ProofCounter(self.ledger, self.trust, rig.clock, self.log)
        self.run()

    def run(self) -> None:
        """Put the running parts together; called again it is another process over the same database."""
        rig, settings, clock = self.rig, self.settings, self.rig.clock
        self.horizon = Horizon(60.0)
        quota = 1 << 40
        self.intake = Intake(self.ledger, self.trust, clock, self.horizon, self.tenants, quota, self.log, self.metrics)
        self.lines = Lines(
            self.operator, self.intake, self.counter, self.trust, lambda record: Wire(rig, self.operator, record)
        )
        self.found: list[str] = []
        self.sightings = Sightings(
            self.database,
            self.trust,
            clock,
            self.lines,
            settings.proofs,
            settings.trust.evidence,
            self.log,
            self.metrics,
            self.found.append,
        )
        self.counter.others = self.sightings.shown
        self.proofs = Proofs(
            self.database,
            self.trust,
            clock,
            self.horizon,
            self.lines,
            self.sightings,
            settings.proofs,
            self.log,
            self.metrics,
        )
        self.outbox = Outbox(
            self.database,
            self.trust,
            clock,
            self.horizon,
            self.lines,
            self.proofs,
            settings.outbox,
            self.log,
            self.metrics,
        )
        self.mailbox = Mailbox(
            self.database, self.trust, clock, self.intake.memory, self.outbox.wake, self.log, self.metrics
        )

    def deliver(self) -> None:
        while self.outbox.turn():
            pass

    def prove(self, seconds: int = 3_700) -> int:
        """Let time pass and ask for all that is due; how many turns that took."""
        self.rig.clock.move(seconds)
        turns = 0
        while self.proofs.turn():
            turns += 1
        return turns

    def watch(self, seconds: int = 31) -> None:
        """Let time pass, enter what was seen, and ask the logs."""
        self.sightings.turn()
        self.rig.clock.move(seconds)
        while self.sightings.turn():
            pass

    def listen(self, *peers: AgencyId) -> None:
        self.sightings.listen(lambda _: peers, [(self.operator, self.lines.logs(self.operator))])
        self.sightings.turn()

    def note(self) -> bytes:
        found = self.counter.checkpoint(self.operator)
        assert found is not None
        return found

    def cosign(self, names: Sequence[str] = NAMES, at: Moment | None = None, *, origin: AgencyId | None = None) -> None:
        """Witnesses cosign the newest checkpoint of a log that is kept here."""
        with self.database.read() as connection:
            log_id = ledger_rows.log_of(connection, origin or self.operator)
            assert log_id is not None
            head = read_head(checkpoint(connection, log_id))
        when = self.rig.clock.at if at is None else at
        lines = [line for name in names for line in cosign(head, name, self.rig.witness_keys[name], when)]
        self.database.write(lambda connection: add_cosignatures(connection, log_id, head.size, lines))

    def acknowledge(self, *words: bytes) -> list[str]:
        return [code for _, code in self.counter.acknowledge(self.operator, words)]

    def outcomes(self) -> list[Outcome]:
        return list(self.mailbox.outcomes(self.operator, 0, 64))

    def outcome(self, leaf: Leaf) -> Outcome:
        (found,) = [one for one in self.outcomes() if one.leaf == leaf]
        return found

    def told(self, code: str) -> int:
        """Lines of its log with that code."""
        return self.log_file.read_text("ascii").count(f'"code": "{code}"')

    def counted(self, name: str, label: str) -> int:
        return self.metrics._counts[name, label]

    def close(self) -> None:
        self.database.close()


class Wire:
    """A line between two relays of a Rig."""

    def __init__(self, rig: Rig, own: AgencyId, record: RelayRecord) -> None:
        self.rig, self.own, self.to = rig, own, AgencyId(record.operator)

    def deliver(self, deliveries: Sequence[Delivery]) -> tuple[Reply, ...]:
        return self._other("deliver", len(deliveries)).intake.take(deliveries, self.own)

    def checkpoint(self, origin: str, size: int | None = None) -> bytes | None:
        found = self._counter("checkpoint", 1).checkpoint(origin, size)
        return found if found is None else bytes(found)

    def consistency(self, origin: str, first: int, second: int) -> tuple[bytes, tuple[bytes, ...]]:
        found: tuple[bytes, tuple[bytes, ...]] = self._counter("consistency", 1).consistency(origin, first, second)
        return found

    def inclusion(self, agency: AgencyId, leaves: Sequence[Leaf]) -> tuple[Proved, ...]:
        counter = self._counter("inclusion", len(leaves))
        found: tuple[Proved, ...] = counter.inclusion(agency, leaves, Peer("", operator=self.own))
        return found

    def seen_checkpoints(self, origins: Sequence[str] = ()) -> tuple[bytes, ...]:
        found: tuple[bytes, ...] = self._counter("seen_checkpoints", len(origins)).seen_checkpoints(origins)
        return found

    def trust_file(self, path: str) -> bytes:
        raise WorldError("net.unreachable", path)

    def snapshot(self) -> None:
        return None

    def opening_keys(self, agency: AgencyId) -> tuple[bytes, ...]:
        return ()

    def close(self) -> None: ...

    def _other(self, call: str, count: int) -> Half:
        self.rig.calls.append((self.to, call, count))
        if self.to in self.rig.cut:
            raise WorldError("net.unreachable", "relay")
        return self.rig.routes.get((self.own, self.to), self.rig.halves[self.to])

    def _counter(self, call: str, count: int) -> Any:
        other = self._other(call, count)
        return self.rig.liars.get(self.to) or other.counter
