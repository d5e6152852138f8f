"""The layout of a node or a witness on disk, as `referral-node init` makes it: folders, keys, certificates, settings,
own records.

A half appears whole or not at all: it is built beside its place and renamed. Nothing that is there is written over.
Folders are 0700, key files 0600 and wrapped under the passphrase. Prints nothing, asks nobody.

    AGENCY/relay/   relay.toml    tls.key  tls.crt  desk.crt   records/  log-AGENCY.{key,entry}
    AGENCY/desk/    desk.toml     tls.key  tls.crt  relay.crt  records/  desk-log.entry
                    keys/{signing,opening-0,kek,log}.key
    NAME/witness/   witness.toml  witness.{key,entry}          records/

An entry is the public half of a log's or a witness's keys, for the records.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from ssl import DER_cert_to_PEM_cert
from typing import Any, Final
from urllib.parse import urlsplit

from reference_node.keys import (
    KEK,
    TlsIdentity,
    certificates,
    fingerprint,
    make_log_keys,
    make_tls,
    make_witness_keys,
    save_log_entry,
    save_tls,
)
from reference_node.trust.table import ROOT_FILE, trust_table
from referral_proto import AgencyId, CallerError, Moment, OpeningKey, SigningKeyset, WorldError
from referral_proto.adapters import disk, save_opening_key, save_secret, save_signing_key, write_record
from referral_proto.adapters.keyfiles import MEMORY_KIB
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.log.head import desk_origin
from referral_proto.model.records import LogEntry, WitnessEntry
from referral_proto.trust.issue import announce_relay, publish_opening_key
from referral_proto.wire import decode, encode

__all__ = [
    "Half",
    "Plan",
    "Planned",
    "WitnessPlan",
    "entries_in",
    "lay_desk",
    "lay_node",
    "lay_relay",
    "lay_witness",
    "write_settings",
]

_SETTINGS: Final = "settings"
_CERTIFICATE: Final = "TLS certificate"
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make. `folder` holds one folder for each agency. `listen`: where the relay listens; `endpoint`: how
    others reach it. `relay`, `desk`: further settings.
    """

    folder: Path
    agency: AgencyId
    listen: str
    endpoint: str
    passphrase: str = field(repr=False)
    at: Moment
    memory_kib: int = MEMORY_KIB
    trust_root: bytes | None = field(default=None, repr=False)
    """The trust repository's root file, for both halves."""
    relay: Table = field(default_factory=dict)
    desk: Table = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Half:
    """One half that was made: its folder, and the certificate (PEM) that the other half pins."""

    folder: Path
    identity: TlsIdentity


@dataclass(frozen=True, slots=True)
class Planned:
    """A whole node; `signing` signs what the registrar is asked for."""

    relay: Half
    desk: Half
    signing: SigningKeyset


@dataclass(frozen=True, slots=True)
class WitnessPlan:
    """A witness to make in `folder`/`name`/witness. `listen`: where it listens; `url`: how relays reach it. `more`:
    further settings.
    """

    folder: Path
    name: str
    country: str
    listen: str
    url: str
    passphrase: str = field(repr=False)
    memory_kib: int = MEMORY_KIB
    more: Table = field(default_factory=dict)


def lay_witness(plan: WitnessPlan) -> tuple[Path, WitnessEntry]:
    """The folder of a witness, and what the federation's record is to say of it, which also stands in `witness.entry`.

    Raises CallerError file.exists, key.passphrase, witness.name; WorldError file.*.
    """
    with _building(plan.folder, plan.name, "witness") as place:
        folder = place["witness"]
        keys = make_witness_keys(folder / "witness.key", plan.passphrase, plan.memory_kib)
        try:
            entry = WitnessEntry(
                name=plan.name,
                country=plan.country,
                url=plan.url,
                ed25519=keys.ed25519.data,
                mldsa44=keys.mldsa44.data,
            )
        except ValueError:
            raise CallerError("witness.name") from None
        disk.write(folder / "witness.entry", encode(entry), "witness entry")
        path = urlsplit(plan.url).path.rstrip("/")
        settings = {"name": plan.name, "listen": plan.listen, **({"path": path} if path else {}), **plan.more}
        write_settings(folder / "witness.toml", settings)
    return plan.folder / plan.name / "witness", entry


def entries_in(*folders: Path) -> tuple[LogEntry, ...]:
    """What an agency's record is to say of the logs whose entries lie there. As `disk.read`; PeerError wire.*."""
    files = [
        path for folder in folders for name in ("log-*.entry", "desk-log.entry") for path in sorted(folder.glob(name))
    ]
    return tuple(decode(LogEntry, disk.read(path, "log entry", 16 * 1024)) for path in files)


def lay_node(plan: Plan) -> Planned:
    """Both halves, each knowing the other's certificate, with the records that the agency signs itself.

    Raises CallerError file.exists, key.passphrase; WorldError file.*.
    """
    shown = {half: make_tls(f"{half}.{plan.agency}", plan.at) for half in ("relay", "desk")}
    keys, opening = SigningKeyset.create(plan.agency), OpeningKey.create(plan.agency)
    with _building(plan.folder, plan.agency, "relay", "desk") as place:
        relay = _relay(plan, place["relay"], shown["relay"], (shown["desk"].der,))
        desk = _desk(plan, place["desk"], shown["desk"], shown["relay"].certificate, plan.agency, plan.endpoint)
        _keys(plan, place["desk"], keys, opening)
        own = {
            f"relay-{plan.agency}": announce_relay(keys, plan.endpoint, (shown["relay"].der,), plan.at),
            f"opening-{plan.agency}-0": publish_opening_key(keys, opening.public, 0, plan.at),
        }
        for name, record in own.items():
            for half in ("relay", "desk"):
                write_record(place[half] / "records" / f"{name}.record", record)
    return Planned(relay, desk, keys)


def lay_relay(plan: Plan, desk_certificate: Path) -> Half:
    """A relay whose desk is on another machine and shows the certificate in that file (PEM).

    Raises as `lay_node`, CallerError tls.certificate.
    """
    pinned = certificates(desk_certificate)
    with _building(plan.folder, plan.agency, "relay") as place:
        identity = make_tls(f"relay.{plan.agency}", plan.at)
        return _relay(plan, place["relay"], identity, pinned)


def lay_desk(plan: Plan, operator: AgencyId) -> tuple[Half, SigningKeyset]:
    """A desk whose relay is on another machine, operated by `operator` at `plan.endpoint`; put the relay's certificate
    beside desk.toml as relay.crt.
    """
    with _building(plan.folder, plan.agency, "desk") as place:
        half = _desk(plan, place["desk"], make_tls(f"desk.{plan.agency}", plan.at), None, operator, plan.endpoint)
        keys, opening = SigningKeyset.create(plan.agency), OpeningKey.create(plan.agency)
        _keys(plan, place["desk"], keys, opening)
        record = publish_opening_key(keys, opening.public, 0, plan.at)
        write_record(place["desk"] / "records" / f"opening-{plan.agency}-0.record", record)
    return half, keys


def write_settings(path: Path, table: Table, more: str = "") -> None:
    """A settings file; `more`: TOML as it stands. Raises as `disk.write`."""
    disk.write(path, ("".join(_toml(table)) + more).encode(), _SETTINGS)


def _relay(plan: Plan, folder: Path, identity: TlsIdentity, desks: tuple[bytes, ...]) -> Half:
    save_tls(identity, folder / "tls.key", folder / "tls.crt", plan.passphrase, plan.memory_kib)
    keys = make_log_keys(folder, plan.agency, plan.passphrase, plan.memory_kib)
    save_log_entry(folder, plan.agency, keys, plan.at)
    disk.write(folder / "desk.crt", "".join(map(DER_cert_to_PEM_cert, desks)).encode("ascii"), _CERTIFICATE)
    settings = {
        "operator": plan.agency,
        "agencies": [plan.agency],
        "listen": plan.listen,
        **plan.relay,
        "desks": [
            {
                "agency": plan.agency,
                "certificate": "desk.crt",
                "fingerprints": [fingerprint(der) for der in desks],
            }
        ],
    }
    write_settings(folder / "relay.toml", settings, _trust(plan, folder, "relay", settings))
    return Half(plan.folder / plan.agency / "relay", identity)


def _desk(
    plan: Plan,
    folder: Path,
    identity: TlsIdentity,
    relay_certificate: bytes | None,
    operator: AgencyId,
    endpoint: str,
) -> Half:
    save_tls(identity, folder / "tls.key", folder / "tls.crt", plan.passphrase, plan.memory_kib)
    if relay_certificate is not None:
        disk.write(folder / "relay.crt", relay_certificate, _CERTIFICATE)
    settings = {
        "agency": plan.agency,
        **plan.desk,
        "relay": {"endpoint": endpoint, "operator": operator, "certificate": "relay.crt"},
    }
    write_settings(folder / "desk.toml", settings, _trust(plan, folder, "desk", settings))
    return Half(plan.folder / plan.agency / "desk", identity)


def _keys(plan: Plan, folder: Path, keys: SigningKeyset, opening: OpeningKey) -> None:
    place = folder / "keys"
    place.mkdir(mode=0o700)
    name, kind = KEK
    save_signing_key(place / "signing.key", keys, plan.passphrase, plan.memory_kib)
    save_opening_key(place / "opening-0.key", opening, plan.passphrase, plan.memory_kib)
    save_secret(place / name, kind, secrets.token_bytes(32), plan.passphrase, plan.memory_kib)
    log = LogKeys.create()
    save_secret(place / "log.key", LogKeys.KIND, b"".join(log.seeds()), plan.passphrase, plan.memory_kib)
    save_log_entry(folder, desk_origin(plan.agency), log, plan.at)


def _trust(plan: Plan, folder: Path, half: str, settings: Table) -> str:
    """The commented table `[trust]`, unless the plan has one of its own; the root file beside it."""
    if "trust" in settings:
        return ""
    if plan.trust_root is not None:
        disk.write(folder / ROOT_FILE, plan.trust_root, "trust root")
    return trust_table(half, root=plan.trust_root is not None)


@contextmanager
def _building(parent: Path, name: str, *halves: str) -> Iterator[dict[str, Path]]:
    """Folders to build in; on success they are renamed into place, on failure nothing remains."""
    home = parent / name
    for half in halves:
        if os.path.lexists(home / half):
            raise CallerError("file.exists", f"{name}/{half}")
    scratch = parent / f".{name}.{secrets.token_hex(8)}.part"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        for half in halves:
            (scratch / half / "records").mkdir(mode=0o700, parents=True)
            for folder in (scratch, scratch / half):
                folder.chmod(0o700)
        yield {half: scratch / half for half in halves}
        for half in halves:
            (scratch / half).rename(home / half)
    except OSError:
        raise WorldError("file.failed", name) from None
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _toml(table: Table, name: str = "") -> Iterator[str]:
    """TOML of strings, numbers, truths, lists of them, tables and lists of tables."""
    inner = {key: value for key, value in table.items() if _is_table(value)}
    for key, value in table.items():
        if key not in inner:
            yield f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
    for key, value in inner.items():
        path = f"{name}.{key}" if name else key
        for one in value if isinstance(value, list) else [value]:
            yield f"\n[[{path}]]\n" if isinstance(value, list) else f"\n[{path}]\n"
            yield from _toml(one, path)


def _is_table(value: Any) -> bool:
    return isinstance(value, Mapping) or (isinstance(value, list) and bool(value) and isinstance(value[0], Mapping))
