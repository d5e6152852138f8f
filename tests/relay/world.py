"""A small federation for tests of the relay: invented agencies, their keys, records, certificates and folders.

Two relays: that of th.dsdw, which also serves th.shelter, and that of kh.mosvy. Nothing here is a fixture: tests build
what they need, where and when they need it.
"""

from __future__ import annotations

import secrets
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reference_node.keys import TlsIdentity, log_key_file, make_tls, save_tls
from reference_node.settings import RelaySettings, load
from referral_proto.adapters import save_secret, write_record
from referral_proto.crypto import labels
from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.crypto.merkle import BatchTree
from referral_proto.crypto.opening import OpeningKey
from referral_proto.crypto.seal_statement import statement
from referral_proto.flow.seal import Draft, Part, Reader, Sealed, leaf_of, seal_drafts
from referral_proto.ids import AgencyId
from referral_proto.log.head import desk_origin
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.envelope import SUITE, Envelope, Seal
from referral_proto.moment import DAY, Moment
from referral_proto.ports import DeliverStatus, Delivery, Reply
from referral_proto.rpc import ClientIdentity, GrpcRelay, certificate_name
from referral_proto.trust.directory import Directory
from referral_proto.trust.issue import (
    announce_relay,
    approve,
    found_federation,
    publish_opening_key,
    request_enrolment,
)
from referral_proto.trust.logs import log_entry
from referral_proto.wire import decode, encode

TH, SHELTER, KH = AgencyId("th.dsdw"), AgencyId("th.shelter"), AgencyId("kh.mosvy")
PASSPHRASE = "a passphrase for tests alone"
SECRET = b"planted: Sokha Invented, born 2009-04-01, passport N0000000"
START = Moment.parse("2026-11-21T12:00:00Z")
MEMORY_KIB = 64


class HandClock:
    """A clock that tests set; also backwards."""

    def __init__(self, at: Moment = START) -> None:
        self.at = at

    def now(self) -> Moment:
        return self.at

    def move(self, seconds: int) -> None:
        self.at = self.at.plus(seconds)


@dataclass
class Agency:
    """Everything that one agency holds."""

    name: AgencyId
    keys: SigningKeyset
    opening: OpeningKey
    operator: AgencyId
    desk: TlsIdentity
    log_keys: LogKeys = field(default_factory=LogKeys.create)
    desk_log_keys: LogKeys = field(default_factory=LogKeys.create)


@dataclass
class World:
    """at: when the records were made; they hold from a day before, for a year."""

    at: Moment
    agencies: dict[AgencyId, Agency] = field(default_factory=dict)
    relays: dict[AgencyId, TlsIdentity] = field(default_factory=dict)
    ports: dict[AgencyId, int] = field(default_factory=dict)
    records: dict[str, bytes] = field(default_factory=dict)
    registrars: dict[str, SigningKeyset] = field(default_factory=dict)

    @classmethod
    def founded(cls, at: Moment = START, served: Iterable[tuple[AgencyId, AgencyId]] | None = None) -> World:
        """served: (agency, operator of its relay)."""
        world = cls(at)
        began = at.plus(-DAY)
        registrars = {c: SigningKeyset.create(AgencyId(f"{c}.registrar")) for c in ("th", "kh")}
        world.registrars = registrars
        public = {country: keys.public for country, keys in registrars.items()}
        world.records["federation"] = found_federation(
            "a federation for tests", list(public.values()), 2, public, began, *registrars.values()
        )
        for name, operator in served or ((TH, TH), (SHELTER, TH), (KH, KH)):
            keys, opening = SigningKeyset.create(name), OpeningKey.create(name)
            desk = make_tls(certificate_name("desk", name), at)
            made = world.agencies[name] = Agency(name, keys, opening, operator, desk)
            logs = [log_entry(name, made.log_keys, began), log_entry(desk_origin(name), made.desk_log_keys, began)]
            request = request_enrolment(
                keys,
                {"en": f"Invented {name}"},
                OrganisationType(1),
                [Mandate.SOCIAL_WELFARE],
                operator,
                began,
                logs=logs,
            )
            world.records[f"agency-{name}"] = approve(request, registrars[name.split(".")[0]])
            world.records[f"opening-{name}"] = publish_opening_key(keys, opening.public, 1, began, 365)
        for operator in {agency.operator for agency in world.agencies.values()}:
            world.relays[operator] = make_tls(certificate_name("relay", operator), at)
            world.ports[operator] = free_port()
            world.announce(operator, [world.relays[operator].der])
        return world

    def announce(self, operator: AgencyId, certificates: Sequence[bytes], sequence: int = 0) -> None:
        """Where a relay listens and what it shows."""
        self.records[f"relay-{operator}"] = announce_relay(
            self.agencies[operator].keys, self.endpoint(operator), certificates, self.at.plus(-DAY), sequence
        )

    def endpoint(self, operator: AgencyId) -> str:
        return f"127.0.0.1:{self.ports[operator]}"

    @property
    def directory(self) -> Directory:
        return Directory.fold(self.records.values())

    def write_records(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, record in self.records.items():
            write_record(folder / f"{name}.record", record, replace=True)

    def relay_folder(self, folder: Path, operator: AgencyId, settings: str = "") -> RelaySettings:
        """Everything that `relay.toml` names; `settings` is more TOML."""
        folder.mkdir(parents=True)
        self.write_records(folder / "records")
        save_tls(self.relays[operator], folder / "tls.key", folder / "tls.crt", PASSPHRASE, MEMORY_KIB)
        tenants = [agency for agency in self.agencies.values() if agency.operator == operator]
        lines = [
            f'operator = "{operator}"',
            f"agencies = [{', '.join(repr(str(one.name)) for one in tenants)}]",
            f'listen = "{self.endpoint(operator)}"',
            settings,
        ]
        for one in tenants:
            seeds = b"".join(one.log_keys.seeds())
            save_secret(log_key_file(folder, one.name), LogKeys.KIND, seeds, PASSPHRASE, MEMORY_KIB)
            (folder / f"{one.name}.crt").write_bytes(one.desk.certificate)
            pin = f'certificate = "{one.name}.crt"\nfingerprints = ["{one.desk.fingerprint}"]'
            lines.append(f'[[desks]]\nagency = "{one.name}"\n{pin}')
        (folder / "relay.toml").write_text("\n".join(lines), "utf-8")
        return load(RelaySettings, folder / "relay.toml")

    def seal(
        self,
        sender: AgencyId,
        recipients: Sequence[AgencyId],
        count: int = 1,
        *,
        at: Moment | None = None,
        lifetime: int = DAY,
        size: int = 0,
    ) -> tuple[Sealed, ...]:
        """Envelopes that hold SECRET, which no relay may ever show."""
        at = self.at if at is None else at
        readers = tuple(Reader(name, self.agencies[name].opening.public) for name in recipients)
        everyone = frozenset(range(len(readers)))
        draft = Draft(readers, SECRET, (Part(SECRET + bytes(size), everyone),), at, at.plus(lifetime))
        return seal_drafts([draft] * count, self.agencies[sender].keys)

    def twin(self, envelope: bytes) -> bytes:
        """Another envelope with the same core, hence the same message id, truly signed by its sender."""
        old = decode(Envelope, envelope)
        bodies = tuple(secrets.token_bytes(len(body)) for body in old.bodies)
        leaf = leaf_of(
            labelled_hash(labels.CORE, old.core),
            labelled_hash(labels.RINGS, *old.rings),
            labelled_hash(labels.BODIES, *bodies),
        )
        sender = next(a for a in self.agencies.values() if a.name.encode() in old.core[:120])
        tree = BatchTree([leaf])
        made = sender.keys.sign(statement(SUITE, tree.depth, sender.keys.id, tree.root), labels.SEAL)
        place = tree.index_of(leaf)
        seal = Seal(index=place, path=tree.path(place), ed25519=made.ed25519, mldsa65=made.mldsa65)
        return encode(Envelope(core=old.core, rings=old.rings, bodies=bodies, seal=seal))

    def as_relay(self, operator: AgencyId, to: AgencyId, **options: Any) -> GrpcRelay:
        """A connection that one relay makes to another."""
        return self.dial(self.relays[operator], to, **options)

    def as_desk(self, agency: AgencyId, **options: Any) -> GrpcRelay:
        """A connection from an agency's desk to its own relay."""
        return self.dial(self.agencies[agency].desk, self.agencies[agency].operator, **options)

    def dial(self, shown: TlsIdentity, to: AgencyId, **options: Any) -> GrpcRelay:
        identity = ClientIdentity(shown.private_key, shown.certificate)
        return GrpcRelay(self.endpoint(to), to, [self.relays[to].der], identity, **{"timeout": 20.0, **options})


def deliveries(sealed: Iterable[Sealed], recipient: AgencyId) -> list[Delivery]:
    return [Delivery(one.envelope, recipient) for one in sealed]


def statuses(replies: Iterable[Reply]) -> list[DeliverStatus]:
    return [reply.status for reply in replies]


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
