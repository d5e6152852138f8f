"""The layout of a node on disk, as `referral-node init` makes it: folders, keys, certificates, settings, own records.

A half appears whole or not at all: it is built beside its place and renamed. Nothing that is there is written over.
Folders are 0700, key files 0600 and wrapped under the passphrase. Prints nothing, asks nobody.

    AGENCY/relay/   relay.toml  tls.key  tls.crt  desk.crt   records/
    AGENCY/desk/    desk.toml   tls.key  tls.crt  relay.crt  records/  keys/{signing,opening-0,kek}.key
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

from reference_node.keys import KEK, TlsIdentity, certificates, fingerprint, make_tls, save_tls
from referral_proto import AgencyId, CallerError, Moment, OpeningKey, SigningKeyset, WorldError
from referral_proto.adapters import disk, save_opening_key, save_secret, save_signing_key, write_record
from referral_proto.adapters.keyfiles import MEMORY_KIB
from referral_proto.trust.issue import announce_relay, publish_opening_key

__all__ = ["Half", "Plan", "Planned", "lay_desk", "lay_node", "lay_relay", "write_settings"]

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


def lay_node(plan: Plan) -> Planned:
    """Both halves, each knowing the other's certificate, with the records that the agency signs itself.

    Raises CallerError file.exists, key.passphrase; WorldError file.*.
    """
    shown = {half: make_tls(f"{half}.{plan.agency}", plan.at) for half in ("relay", "desk")}
    keys, opening = SigningKeyset.create(plan.agency), OpeningKey.create(plan.agency)
    with _building(plan, "relay", "desk") as place:
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
    with _building(plan, "relay") as place:
        identity = make_tls(f"relay.{plan.agency}", plan.at)
        return _relay(plan, place["relay"], identity, pinned)


def lay_desk(plan: Plan, operator: AgencyId) -> tuple[Half, SigningKeyset]:
    """A desk whose relay is on another machine, operated by `operator` at `plan.endpoint`; put the relay's certificate
    beside desk.toml as relay.crt.
    """
    with _building(plan, "desk") as place:
        half = _desk(plan, place["desk"], make_tls(f"desk.{plan.agency}", plan.at), None, operator, plan.endpoint)
        keys, opening = SigningKeyset.create(plan.agency), OpeningKey.create(plan.agency)
        _keys(plan, place["desk"], keys, opening)
        record = publish_opening_key(keys, opening.public, 0, plan.at)
        write_record(place["desk"] / "records" / f"opening-{plan.agency}-0.record", record)
    return half, keys


def write_settings(path: Path, table: Table) -> None:
    """A settings file. Raises as `disk.write`."""
    disk.write(path, "".join(_toml(table)).encode(), _SETTINGS)


def _relay(plan: Plan, folder: Path, identity: TlsIdentity, desks: tuple[bytes, ...]) -> Half:
    save_tls(identity, folder / "tls.key", folder / "tls.crt", plan.passphrase, plan.memory_kib)
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
    write_settings(folder / "relay.toml", settings)
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
    write_settings(folder / "desk.toml", settings)
    return Half(plan.folder / plan.agency / "desk", identity)


def _keys(plan: Plan, folder: Path, keys: SigningKeyset, opening: OpeningKey) -> None:
    place = folder / "keys"
    place.mkdir(mode=0o700)
    name, kind = KEK
    save_signing_key(place / "signing.key", keys, plan.passphrase, plan.memory_kib)
    save_opening_key(place / "opening-0.key", opening, plan.passphrase, plan.memory_kib)
    save_secret(place / name, kind, secrets.token_bytes(32), plan.passphrase, plan.memory_kib)


@contextmanager
def _building(plan: Plan, *halves: str) -> Iterator[dict[str, Path]]:
    """Folders to build in; on success they are renamed into place, on failure nothing remains."""
    home = plan.folder / plan.agency
    for half in halves:
        if os.path.lexists(home / half):
            raise CallerError("file.exists", f"{plan.agency}/{half}")
    scratch = plan.folder / f".{plan.agency}.{secrets.token_hex(8)}.part"
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
        raise WorldError("file.failed", plan.agency) from None
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
