"""A small world for the desk's tests: three invented agencies, their keys and records, one relay in memory for all.

The relay stores, hands out what is not confirmed, and fails where a test says so: before a call takes effect or after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Event
from typing import Any

from reference_node.desk.courier import Pace
from reference_node.desk.office import Office
from reference_node.observe import open_log
from reference_node.settings import LogSettings
from reference_node.store.desk.tree import DESK_TREE
from reference_node.store.engine import Database
from referral_proto import (
    AgencyId,
    Directory,
    Leaf,
    Mandate,
    Moment,
    OpeningKey,
    OpeningKeyId,
    SigningKeyset,
    WorldError,
)
from referral_proto.crypto import labels
from referral_proto.crypto.digest import labelled_hash
from referral_proto.flow.cover import read_core
from referral_proto.flow.seal import leaf_of
from referral_proto.log.head import desk_origin
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.envelope import Envelope
from referral_proto.ports import Collected, DeliverStatus, Outcome, Reply
from referral_proto.trust.issue import announce_relay, approve, found_federation, publish_opening_key, request_enrolment
from referral_proto.wire import decode

TH, KH, NGO = AgencyId("th.dsdw"), AgencyId("kh.mosvy"), AgencyId("kh.shelter")
AGENCIES = (TH, KH, NGO)
START = Moment.parse("2026-11-21T09:00:00Z")
EXAMPLE = (Path(__file__).resolve().parents[2] / "examples" / "referral-th-kh.json").read_bytes()
KEK = bytes(range(32))


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> Moment:
        return self.at


class Vault:
    """A KeyVault in memory."""

    def __init__(self, agency: AgencyId) -> None:
        self.agency = agency
        self.signing = SigningKeyset.create(agency)
        self.opening = OpeningKey.create(agency)
        self.opening_keys: dict[OpeningKeyId, OpeningKey] = {self.opening.id: self.opening}

    def signing_keyset(self) -> SigningKeyset:
        return self.signing

    def keyring(self) -> Mapping[OpeningKeyId, OpeningKey]:
        return self.opening_keys


class Records:
    """Trust records that a test exchanges."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.changed = False
        self.stale = ""

    def put(self, directory: Directory) -> None:
        self.directory, self.changed = directory, True

    def refresh(self) -> bool:
        changed, self.changed = self.changed, False
        return changed

    def require(self, *agencies: AgencyId) -> None:
        if self.stale:
            raise WorldError(self.stale)

    def refusal(self, *agencies: AgencyId) -> str:
        return self.stale

    def age(self) -> int | None:
        return None

    def notices(self) -> tuple[str, ...]:
        return ()


@cache
def vaults() -> dict[AgencyId, Vault]:
    """The same keys for all tests of a process: making them takes longer than most tests."""
    return {agency: Vault(agency) for agency in AGENCIES}


@cache
def registrars() -> dict[str, SigningKeyset]:
    """Both found the federation, and each registers the agencies of its country."""
    return {country: SigningKeyset.create(AgencyId(f"{country}.registry")) for country in ("th", "kh")}


@cache
def records(*agencies: AgencyId) -> tuple[bytes, ...]:
    """Signed records in which only `agencies` are enrolled."""
    founders = registrars()
    public = {country: keys.public for country, keys in founders.items()}
    from tests.desk.ledger import log_entries, witness_entries

    made = [
        found_federation(
            *("Example", tuple(public.values()), 2, public, START),
            *founders.values(),
            witnesses=witness_entries(),
            quorum=2,
        )
    ]
    for agency in agencies:
        vault = vaults()[agency]
        request = request_enrolment(
            vault.signing,
            {"en": agency},
            OrganisationType.CENTRAL_GOVERNMENT_ORGANISATION,
            (Mandate.SOCIAL_WELFARE,),
            agency,
            START,
            logs=log_entries(agency),
        )
        made += [
            approve(request, founders[agency.split(".")[0]]),
            publish_opening_key(vault.signing, vault.opening.public, 0, START),
            announce_relay(vault.signing, "127.0.0.1:1", (agency.encode() * 10,), START),
        ]
    return tuple(made)


def directory(*agencies: AgencyId) -> Directory:
    return Directory.fold(records(*(agencies or AGENCIES)))


def leaf(envelope: bytes) -> Leaf:
    """The leaf of an envelope, computed from its bytes."""
    parts = decode(Envelope, envelope)
    return leaf_of(
        labelled_hash(labels.CORE, parts.core),
        labelled_hash(labels.RINGS, *parts.rings),
        labelled_hash(labels.BODIES, *parts.bodies),
    )


class PostOffice:
    """One relay for everybody, in memory."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.waiting: dict[AgencyId, dict[int, bytes]] = {agency: {} for agency in AGENCIES}
        self.seen: set[tuple[Leaf, AgencyId]] = set()
        self.ends: dict[AgencyId, list[Outcome]] = {agency: [] for agency in AGENCIES}
        self.refuse: str | None = None
        self.cursor = 0

    def put(self, recipient: AgencyId, envelope: bytes) -> None:
        self.cursor += 1
        self.waiting[recipient][self.cursor] = envelope

    def box(self, agency: AgencyId) -> Box:
        return Box(self, agency)


class Box:
    """One agency's Mailbox. `before` and `after` hold what to do around the next call of a name."""

    def __init__(self, office: PostOffice, agency: AgencyId) -> None:
        self.office, self.agency = office, agency
        self.down = False
        self.batch = 64
        self.fail_after: set[str] = set()
        self.calls: list[str] = []
        self.round_over = Event()

    def _around(self, name: str, work: Callable[[], Any]) -> Any:
        self.calls.append(name)
        if self.down:
            raise WorldError("net.unreachable")
        done = work()
        if name in self.fail_after:
            self.fail_after.discard(name)
            raise WorldError("net.unreachable")
        return done

    def submit(self, envelopes: Sequence[bytes]) -> tuple[Reply, ...]:
        return tuple(self._around("submit", lambda: [self._submit(one) for one in envelopes]))

    def _submit(self, envelope: bytes) -> Reply:
        office, own = self.office, leaf(envelope)
        if office.refuse is not None:
            return Reply(DeliverStatus.REFUSED, own, office.refuse)
        fresh = False
        for recipient in read_core(decode(Envelope, envelope).core).recipients:
            to = AgencyId(recipient.agency)
            if (own, to) not in office.seen:
                fresh = True
                office.seen.add((own, to))
                office.put(to, envelope)
                ends = office.ends[self.agency]
                ends.append(Outcome(len(ends) + 1, own, to, DeliverStatus.ACCEPTED, "", office.clock.now()))
        return Reply(DeliverStatus.ACCEPTED if fresh else DeliverStatus.DUPLICATE, own)

    def collect(self, agency: AgencyId, cursor: int, limit: int = 64) -> tuple[Collected, ...]:
        def work() -> tuple[Collected, ...]:
            mail = sorted(self.office.waiting[agency].items())
            return tuple(Collected(c, e, self.office.clock.now()) for c, e in mail if c > cursor)[: self.batch]

        return tuple(self._around("collect", work))

    def confirm(self, agency: AgencyId, cursor: int) -> None:
        def work() -> None:
            self.office.waiting[agency] = {c: e for c, e in self.office.waiting[agency].items() if c > cursor}

        self._around("confirm", work)

    def outcomes(self, agency: AgencyId, cursor: int, limit: int = 64) -> tuple[Outcome, ...]:
        found = self._around("outcomes", lambda: [one for one in self.office.ends[agency] if one.cursor > cursor])
        self.round_over.set()
        return tuple(found[:limit])

    def close(self) -> None:
        self.calls.append("close")


class Desk:
    """One office on one database, with what a test wants to reach."""

    def __init__(
        self, agency: AgencyId, folder: Path, clock: Clock, box: Any, *, kek: bytes = KEK, url: str | None = None
    ) -> None:
        from tests.desk.ledger import LogBox, log_keys

        self.folder, self.box = folder, box
        self.records = Records(directory())
        self.database = Database(url or f"sqlite:///{folder}/desk.sqlite", DESK_TREE)
        self.evidence = folder / "evidence"
        self.office = Office.furnish(
            database=self.database,
            vault=vaults()[agency],
            kek=kek,
            records=self.records,
            mailbox=box,
            clock=clock,
            log=open_log(LogSettings(level="error"), "desk", agency),
            pace=Pace(poll=0.01, backoff_base=0.01, backoff_cap=0.05),
            log_post=box if isinstance(box, LogBox) else None,
            log_keys=log_keys(desk_origin(agency)),
            signed_records=lambda: records(*AGENCIES),
            evidence=self.evidence,
            someone="desk-user",
        )

    def round(self) -> None:
        self.office.courier.round()
