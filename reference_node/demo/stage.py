"""The stage: what every party of the demonstration has on its disk before the first message. Starts nothing.

    DIR/passphrase                        of every key file here; a real node keeps its own, elsewhere
    DIR/AGENCY/relay/  DIR/AGENCY/desk/   as `referral-node init` makes them, with everybody's records
    DIR/auditor/records/  covers/         records and covers, no key of any kind
    DIR/federation/                       the trust repository that every half follows (see `authorities`)

Every half gets two things by hand, as from an officer: the repository's first root, and the federation's digest.
"""

from __future__ import annotations

import secrets
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from reference_node.demo.authorities import Authorities
from reference_node.layout import Plan, Planned, lay_node
from referral_proto import AgencyId, Mandate, Moment, WorldError
from referral_proto.adapters import disk, write_record
from referral_proto.ids import country_of
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.trust.issue import request_enrolment

__all__ = ["KH", "PARTIES", "TH", "Party", "Stage", "free_endpoints", "set_stage"]

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
_ROLE: Final = "passphrase file"
_ROOT: Final = "trust-root.json"
_FOLLOW_SECONDS: Final = 0.2


@dataclass(frozen=True, slots=True)
class Stage:
    """The folder of everything, and the passphrase of every key file in it."""

    folder: Path
    endpoints: Mapping[AgencyId, str]
    passphrase: str = field(repr=False)
    authorities: Authorities = field(repr=False)

    @property
    def passphrase_file(self) -> Path:
        return self.folder / "passphrase"

    @property
    def auditor(self) -> Path:
        return self.folder / "auditor"

    def half(self, agency: AgencyId, half: str) -> Path:
        """`relay` or `desk`."""
        return self.folder / agency / half


def set_stage(folder: Path, endpoints: Mapping[AgencyId, str], at: Moment) -> Stage:
    """Make everything. `endpoints`: where each relay will listen. Raises as `lay_node`, WorldError file.*."""
    stage = Stage(folder, endpoints, secrets.token_urlsafe(24), Authorities(folder / "federation", at))
    disk.write(stage.passphrase_file, stage.passphrase.encode(), _ROLE, secret=True)
    nodes = {party.agency: lay_node(_plan(stage, party.agency, at)) for party in PARTIES}
    records = _registered(nodes, stage.authorities, at)
    for half in _halves(stage):
        disk.write(half / _ROOT, stage.authorities.root, "trust root")
    for place in _record_folders(stage):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, record in records.items():
            if not (place / name).exists():
                write_record(place / name, record)
    (stage.auditor / "covers").mkdir(mode=0o700)
    return stage


def _plan(stage: Stage, agency: AgencyId, at: Moment) -> Plan:
    # Shorter waits than a real node's: somebody is watching.
    trust = {
        "root": _ROOT,
        "federation": stage.authorities.pin.hex(),
        "repository": "../../federation",
        "refresh_seconds": _FOLLOW_SECONDS,
    }
    relay: dict[str, Any] = {
        "outbox": {"base_seconds": 0.2, "idle_seconds": 0.2},
        "log": {"file": "relay.log"},
        "trust": trust,
    }
    desk: dict[str, Any] = {
        "poll_seconds": 0.1,
        "backoff_cap_seconds": 1.0,
        "log": {"file": "desk.log"},
        "trust": trust,
    }
    endpoint = stage.endpoints[agency]
    return Plan(stage.folder, agency, endpoint, endpoint, stage.passphrase, at, relay=relay, desk=desk)


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
def free_endpoints() -> Iterator[dict[AgencyId, str]]:
    """An address on loopback for each relay, kept from other programs until the end of the block.

    Below the ports that the system hands out by itself: between the end of the block and the relay's own bind, any
    connection that another program opens could otherwise take one of those.
    """
    with ExitStack() as held:
        found = {}
        for party in PARTIES:
            one = held.enter_context(socket.socket())
            found[party.agency] = f"127.0.0.1:{_bound(one)}"
        yield found
