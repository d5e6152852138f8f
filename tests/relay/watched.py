"""A federation whose agencies have logs, and three witnesses over their own databases and ports. Tests nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from reference_node.observe import Log, Metrics, open_log
from reference_node.relay.halts import LogHalts
from reference_node.relay.trust import Trust
from reference_node.relay.witnessing import Witnessing
from reference_node.settings import LogSettings, WitnessingSettings
from reference_node.store.engine import Database
from reference_node.store.log import append, current_origin, sign
from reference_node.store.log import open_log as open_tree
from reference_node.store.witness import open_witness
from reference_node.trust.believe import believe
from reference_node.witness import Cosigner, WitnessServer
from referral_proto.crypto.logkeys import LogKeys, WitnessKeys
from referral_proto.ids import AgencyId, Leaf
from referral_proto.log.checkpoint import LogIdentity
from referral_proto.log.event import delivered
from referral_proto.model.records import LogEntry, WitnessEntry
from referral_proto.moment import DAY, Moment
from referral_proto.trust.issue import found_federation
from referral_proto.trust.logs import identity_of
from tests.relay.world import KH, START, TH, HandClock, World, free_port

COUNTRIES = ("kh", "th", "vn")


@dataclass
class Watched:
    """A world with logs. `ports` of the witnesses, by name."""

    world: World
    logs: dict[AgencyId, LogKeys]
    witnesses: dict[str, WitnessKeys]
    ports: dict[str, int]
    entries: dict[AgencyId, list[LogEntry]] = field(default_factory=dict)

    @classmethod
    def founded(cls, at: Moment = START) -> Watched:
        """Quorum 2 of 3; every agency's log is enrolled a day before `at`."""
        world = World.founded(at)
        names = [f"witness.{country}.example" for country in COUNTRIES]
        made = cls(
            world,
            {agency: one.log_keys for agency, one in world.agencies.items()},
            {name: WitnessKeys.create() for name in names},
            {name: free_port() for name in names},
        )
        began = at.plus(-DAY)
        public = {country: keys.public for country, keys in world.registrars.items()}
        world.records["federation"] = found_federation(
            "a watched federation for tests",
            list(public.values()),
            2,
            public,
            began,
            *world.registrars.values(),
            witnesses=[made.entry(name) for name in names],
        )
        for agency in world.agencies:
            made.entries[agency] = [entry for entry in world.directory.logs(agency) if entry.origin == agency]
        return made

    def entry(self, name: str) -> WitnessEntry:
        keys = self.witnesses[name]
        return WitnessEntry(
            name=name,
            country=name.split(".")[1],
            url=f"http://127.0.0.1:{self.ports[name]}",
            ed25519=keys.ed25519.data,
            mldsa44=keys.mldsa44.data,
        )

    def identity(self, agency: AgencyId) -> LogIdentity:
        return identity_of(self.entries[agency][-1])

    @contextmanager
    def witness(
        self, folder: Path, name: str, clock: HandClock, logs: Sequence[LogIdentity] = ()
    ) -> Iterator[Cosigner]:
        """One that listens where the record says. `logs`: besides those of all agencies."""
        folder.mkdir(exist_ok=True)
        database = open_witness(f"sqlite:///{folder / name}.sqlite")
        watched = [*(identity_of(entry) for entries in self.entries.values() for entry in entries), *logs]
        cosigner = Cosigner(name, self.witnesses[name], watched, database, clock)
        server = WitnessServer(cosigner, "127.0.0.1", self.ports[name])
        server.start()
        try:
            yield cosigner
        finally:
            server.stop()
            database.close()


class Keeper:
    """What a relay has around one log, without lines and envelopes: real database, records and witnessing."""

    def __init__(self, folder: Path, watched: Watched, database: Database, clock: HandClock) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.watched, self.database, self.clock, self.folder = watched, database, clock, folder
        watched.world.write_records(folder / "records")
        self.settings = watched.world.relay_folder(folder / "settings", KH)
        self.told = folder / "told.log"
        self.log: Log = open_log(LogSettings(file=self.told), "relay", KH)
        self.keys = {KH: watched.logs[KH]}
        self.halts, self.evidence, self.metrics = LogHalts(), folder / "evidence", Metrics()
        believed = believe(self.settings.trust, self.settings.records, clock, self.log)
        self.trust = Trust(believed.keeper, [], clock, self.log)
        self.witnessing = Witnessing(
            database,
            self.trust,
            self.keys,
            self.halts,
            self.evidence,
            clock,
            WitnessingSettings(call_seconds=5.0, cap_seconds=1.0),
            self.log,
            self.metrics,
        )

    def grow(self, count: int = 1, salt: int = 0) -> bytes:
        """Append deliveries and sign; the checkpoint."""
        at = self.clock.now()
        made = [delivered(Leaf(bytes([salt, n]) * 16), TH, KH, bytes(32), at) for n in range(count)]

        def work(connection: object) -> bytes:
            number = open_tree(connection, current_origin(connection, KH))  # type: ignore[arg-type]
            append(connection, number, made)  # type: ignore[arg-type]
            return sign(connection, number, self.keys[KH], at)  # type: ignore[arg-type]

        return self.database.write(work)
