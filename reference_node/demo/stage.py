"""The stage: what every party of the demonstration has on its disk before the first message. Starts nothing.

    DIR/passphrase                        of every key file here; a real node keeps its own, elsewhere
    DIR/AGENCY/relay/  DIR/AGENCY/desk/   as `referral-node init` makes them, with everybody's records
    DIR/WITNESS/witness/                  one for each founder's country, with a key to cosign logs by
    DIR/auditor/root.json                 the digest on which all evidence hangs, by hand
    DIR/auditor/records/  covers/         records and covers, no key of any kind
    DIR/federation/                       the trust repository that every half follows (see `authorities`)

Every half and witness gets two things by hand, as from an officer: the repository's first root, and the federation's
digest.
"""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from reference_node.demo.authorities import COUNTRIES, Authorities
from reference_node.layout import Plan, Planned, WitnessPlan, entries_in, lay_node, lay_witness
from referral_proto import AgencyId, Mandate, Moment, WorldError
from referral_proto.adapters import disk, write_record
from referral_proto.adapters.evidence_files import root_text, write_root
from referral_proto.ids import country_of
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.records import WitnessEntry
from referral_proto.trust.issue import request_enrolment

__all__ = ["KH", "PARTIES", "ROOT", "TH", "WITNESSES", "Party", "Stage", "free_endpoints", "set_stage"]

_LOWEST_PORT, _PORTS, _TRIES = 15_000, 15_000, 100


class Party(NamedTuple):
    """One agency of the demonstration: a kind of agency that exists, named without its endorsement."""

    agency: AgencyId
    country: str
    adjective: str
    names: Mapping[str, str]
    mandates: tuple[Mandate, ...]


TH: Final = AgencyId("th.dsdw")
KH: Final = AgencyId("kh.mosvy")
PARTIES: Final = (
    Party(
        TH,
        "Thailand",
        "Thai",
        {"en": "Social welfare division, Thailand (example)", "th": "กองสวัสดิการสังคม (ตัวอย่าง)"},
        (Mandate.SOCIAL_WELFARE, Mandate.SHELTER, Mandate.REPATRIATION),
    ),
    Party(
        KH,
        "Cambodia",
        "Cambodian",
        {"en": "Ministry of social affairs, Cambodia (example)", "km": "ក្រសួងសង្គមកិច្ច (ឧទាហរណ៍)"},
        (Mandate.SOCIAL_WELFARE, Mandate.NATIONALITY_VERIFICATION, Mandate.REINTEGRATION),
    ),
)
WITNESSES: Final = {country: f"witness.{country}" for country in COUNTRIES}
"""Country → name of the witness that cosigns logs for it. Two of the three are a quorum."""
ROOT: Final = "root.json"
_ROLE: Final = "passphrase file"
_TRUST_ROOT: Final = "trust-root.json"
_FOLLOW_SECONDS: Final = 0.4


@dataclass(frozen=True, slots=True)
class Stage:
    """The folder of everything, and the passphrase of every key file in it."""

    folder: Path
    endpoints: Mapping[str, str]
    """Where each agency's relay and each witness listens."""
    passphrase: str = field(repr=False)
    authorities: Authorities = field(repr=False)

    @property
    def passphrase_file(self) -> Path:
        return self.folder / "passphrase"

    @property
    def auditor(self) -> Path:
        return self.folder / "auditor"

    def half(self, who: str, half: str) -> Path:
        """`relay` or `desk` of an agency, `witness` of a witness."""
        return self.folder / who / half


def set_stage(folder: Path, endpoints: Mapping[str, str], at: Moment) -> Stage:
    """Make everything. `endpoints`: where each relay and witness will listen. Raises as `lay_node` and `lay_witness`,
    WorldError file.*.
    """
    passphrase = secrets.token_urlsafe(24)
    witnesses = [_witness(folder, country, endpoints, passphrase) for country in WITNESSES]
    stage = Stage(folder, endpoints, passphrase, Authorities(folder / "federation", at, witnesses))
    disk.write(stage.passphrase_file, stage.passphrase.encode(), _ROLE, secret=True)
    nodes = {party.agency: lay_node(_plan(stage, party.agency, at)) for party in PARTIES}
    records = _registered(nodes, stage.authorities, at)
    watching = [stage.half(name, "witness") for name in WITNESSES.values()]
    for place in watching:
        # It watches the same logs from the first look on.
        _follow(place / "witness.toml", {**_trust(stage), "refresh_seconds": 60.0})
    for half in (*_halves(stage), *watching):
        disk.write(half / _TRUST_ROOT, stage.authorities.root, "trust root")
    for place in _record_folders(stage):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, record in records.items():
            if not (place / name).exists():
                write_record(place / name, record)
    (stage.auditor / "covers").mkdir(mode=0o700)
    write_root(stage.auditor / ROOT, root_text([stage.authorities.federation])[0])
    return stage


def _plan(stage: Stage, agency: AgencyId, at: Moment) -> Plan:
    # Shorter waits than a real node's: somebody is watching.
    trust = _trust(stage)
    relay: dict[str, Any] = {
        "outbox": {"base_seconds": 0.2, "idle_seconds": 0.2},
        "witnessing": {"idle_seconds": 0.2, "cap_seconds": 1.0},
        "proofs": {"base_seconds": 0.2, "cap_seconds": 1.0, "idle_seconds": 0.1, "gather_seconds": 1.0},
        "log": {"file": "relay.log"},
        "trust": trust,
    }
    desk: dict[str, Any] = {
        "officer": "case desk",
        "poll_seconds": 0.2,
        "backoff_cap_seconds": 1.0,
        "log": {"file": "desk.log"},
        "trust": trust,
    }
    endpoint = stage.endpoints[agency]
    return Plan(stage.folder, agency, endpoint, endpoint, stage.passphrase, at, relay=relay, desk=desk)


def _trust(stage: Stage) -> dict[str, Any]:
    return {
        "root": _TRUST_ROOT,
        "federation": stage.authorities.pin.hex(),
        "repository": "../../federation",
        "refresh_seconds": _FOLLOW_SECONDS,
    }


def _witness(folder: Path, country: str, endpoints: Mapping[str, str], passphrase: str) -> WitnessEntry:
    name = WITNESSES[country]
    listen, more = endpoints[name], {"log": {"file": "witness.log"}}
    _, entry = lay_witness(WitnessPlan(folder, name, country, listen, f"http://{listen}", passphrase, more=more))
    return entry


def _follow(settings: Path, trust: Mapping[str, Any]) -> None:
    """Tell a witness where trust comes from, which nobody knows before it is itself in the federation's record."""
    said = "".join(f"{key} = {json.dumps(value)}\n" for key, value in trust.items())
    whole = settings.read_bytes() + f"\n[trust]\n{said}".encode()
    disk.write(settings, whole, "settings", replace=True)


def _registered(nodes: Mapping[AgencyId, Planned], authorities: Authorities, at: Moment) -> dict[str, bytes]:
    """File name → record: the federation, both agencies, both relays, both opening keys.

    All are published in the repository but the opening keys, which relays tell each other.
    """
    records = {"federation.record": authorities.federation}
    for party in PARTIES:
        node = nodes[party.agency]
        request = request_enrolment(
            node.signing,
            party.names,
            OrganisationType.CENTRAL_GOVERNMENT_ORGANISATION,
            party.mandates,
            party.agency,
            at,
            logs=entries_in(node.relay.folder, node.desk.folder),
        )
        country = country_of(party.agency)
        records[agency := f"agency-{party.agency}.record"] = authorities.approve(country, request)
        for file in sorted((node.desk.folder / "records").iterdir()):
            records[file.name] = file.read_bytes()
        authorities.add(country, [records[agency], records[f"relay-{party.agency}.record"]], at)
    authorities.publish(at)
    return records


def _record_folders(stage: Stage) -> list[Path]:
    return [*(half / "records" for half in _halves(stage)), stage.auditor / "records"]


def _halves(stage: Stage) -> list[Path]:
    return [stage.half(party.agency, half) for party in PARTIES for half in ("relay", "desk")]


def _bound(one: socket.socket) -> int:
    for _ in range(_TRIES):
        port = _LOWEST_PORT + secrets.randbelow(_PORTS)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            continue
        return port
    raise WorldError("listen.in-use", "127.0.0.1")


@contextmanager
def free_endpoints() -> Iterator[dict[str, str]]:
    """An address on loopback for each relay and each witness, kept from other programs until the end of the block.

    Below the ports that the system hands out by itself: between the end of the block and a program's own bind, any
    connection that another program opens could otherwise take one of those.
    """
    with ExitStack() as held:
        found: dict[str, str] = {}
        for who in (*(party.agency for party in PARTIES), *WITNESSES.values()):
            one = held.enter_context(socket.socket())
            found[who] = f"127.0.0.1:{_bound(one)}"
        yield found
