"""`referral-node init`: makes a node, one half of it, or a witness; see `reference_node/layout.py`."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reference_node.cli import voice
from referral_proto.cli import options

if TYPE_CHECKING:
    from referral_proto import AgencyId, SigningKeyset
    from referral_proto.model.codes.federation import Mandate
    from referral_proto.model.codes.organisation import OrganisationType

__all__ = ["init_command"]

_REQUEST = "enrolment.request"
_LARGEST_ROOT = 1024 * 1024


@click.command()
@click.argument("agency", type=options.AGENCY, required=False)
@click.option("--witness", "witness", help="Make a witness of that name instead of a node.")
@click.option("--country", help="Witness: the country for which it cosigns, such as th.")
@click.option("--url", help="Witness: how relays reach it, http:// or https://. Else http:// and --listen.")
@click.option("--dir", "folder", type=options.FILE, default=Path(), help="Where to make it. [default: this folder]")
@click.option("--half", type=click.Choice(["both", "relay", "desk"]), default="both", show_default=True)
@click.option("--listen", default="0.0.0.0:7443", show_default=True, help="Where it listens, HOST:PORT.")
@click.option("--endpoint", help="How others reach the relay, HOST:PORT. Else as --listen, if that is one.")
@click.option("--operator", type=options.AGENCY, help="Desk alone: who operates its relay. Else the agency itself.")
@click.option("--desk-certificate", type=options.FILE, help="Relay alone: the desk's certificate (tls.crt).")
@click.option("--trust-root", type=options.FILE, help="The trust repository's root file, received by hand.")
@click.option("--name", "names", multiple=True, help="LANGUAGE=NAME, for the enrolment request; repeatable.")
@click.option("--type", "organisation", type=options.CodeName("OrganisationType"), help="For the enrolment request.")
@click.option("--mandate", "mandates", type=options.CodeName("Mandate"), multiple=True, help="The same; repeatable.")
@click.option("--kdf-memory-kib", type=int, default=65_536, show_default=True, help="Argon2id's memory per key file.")
@options.PASSPHRASE_FILE
@options.AS_JSON
def init_command(
    agency: AgencyId | None,
    witness: str | None,
    country: str | None,
    url: str | None,
    folder: Path,
    half: str,
    listen: str,
    endpoint: str | None,
    operator: AgencyId | None,
    desk_certificate: Path | None,
    trust_root: Path | None,
    names: tuple[str, ...],
    organisation: OrganisationType | None,
    mandates: tuple[Mandate, ...],
    kdf_memory_kib: int,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Make the node of AGENCY (such as th.dsdw): folders, keys, certificates, settings. Writes over nothing.

    Both halves in one go, or each on its own machine: first `--half desk`, then `--half relay --desk-certificate
    tls.crt`, then the relay's tls.crt beside desk.toml as relay.crt. With --name, --type and --mandate it also writes
    the request that the registrar of your country signs (`referral keys`).

    With --witness NAME --country CC it makes a witness: its `witness.entry` goes to the founders, who name it in the
    federation's record.
    """
    if witness is not None:
        others = (agency, endpoint, operator, desk_certificate, names, mandates, organisation)
        if any(others) or country is None:
            raise click.UsageError("--witness needs --country, and goes with --url, --listen and --dir only")
        _witness(folder, witness, country, listen, url, kdf_memory_kib, passphrase_file, as_json=as_json)
        return
    if agency is None or country is not None or url is not None:
        raise click.UsageError("name the AGENCY, or --witness with --country")
    from reference_node.layout import Plan, lay_desk, lay_node, lay_relay
    from referral_proto.adapters import SystemClock

    if half == "relay" and desk_certificate is None:
        raise click.UsageError("--half relay needs --desk-certificate")
    if (desk_certificate is not None and half != "relay") or (operator is not None and half != "desk"):
        raise click.UsageError("--desk-certificate belongs to --half relay, --operator to --half desk")
    if endpoint is None and _anywhere(listen):
        raise click.UsageError(f"--endpoint must say how others reach the relay: nobody can dial {listen}")
    asked = bool(names or mandates or organisation)
    if asked and (half == "relay" or not (names and mandates and organisation)):
        raise click.UsageError("an enrolment request needs --name, --type and --mandate, and the desk's keys")
    root = None if trust_root is None else _root(trust_root)
    passphrase = options.passphrase(passphrase_file, new=True)
    plan = Plan(folder, agency, listen, endpoint or listen, passphrase, SystemClock().now(), kdf_memory_kib, root)
    made: list[Path] = []
    keys: SigningKeyset | None = None
    if half == "relay":
        assert desk_certificate is not None
        made.append(lay_relay(plan, desk_certificate).folder)
    elif half == "desk":
        desk, keys = lay_desk(plan, operator or agency)
        made.append(desk.folder)
    else:
        node = lay_node(plan)
        made, keys = [node.relay.folder, node.desk.folder], node.signing
    if asked and keys is not None and organisation is not None:
        _request(made, keys, names, organisation, mandates, operator or agency, plan)
        made.append(made[-1] / _REQUEST)
    _tell(agency, made, as_json=as_json)


def _witness(
    folder: Path,
    name: str,
    country: str,
    listen: str,
    url: str | None,
    kdf_memory_kib: int,
    passphrase_file: Path | None,
    *,
    as_json: bool,
) -> None:
    from reference_node.layout import WitnessPlan, lay_witness

    if url is None and _anywhere(listen):
        raise click.UsageError(f"--url must say how relays reach the witness: nobody can dial {listen}")
    if "/" in name:
        raise click.UsageError("--witness is a name without a slash, such as witness.th.example")
    passphrase = options.passphrase(passphrase_file, new=True)
    plan = WitnessPlan(folder, name, country, listen, url or f"http://{listen}", passphrase, kdf_memory_kib)
    place, entry = lay_witness(plan)
    if as_json:
        voice.document(
            {
                "witness": entry.name,
                "country": entry.country,
                "url": entry.url,
                "ed25519": entry.ed25519.hex(),
                "mldsa44": entry.mldsa44.hex(),
                "made": [str(place)],
                "entry": str(place / "witness.entry"),
            }
        )
        return
    voice.say(f"made: {place}")
    voice.say(f"witness {entry.name}, for {entry.country}, at {entry.url}")
    voice.say(f"Ed25519 key {entry.ed25519.hex()}")
    voice.say("Next: send witness.entry to the founders, put the federation's records into `records`, and start it.")


def _anywhere(listen: str) -> bool:
    """Whether it names no machine, only all addresses of this one."""
    host = listen.rpartition(":")[0].strip("[]")
    try:
        return not host or ip_address(host).is_unspecified
    except ValueError:
        return False


def _root(file: Path) -> bytes:
    """The file, if it is a root at all; whether it is the right one only its giver knows.

    Raises CallerError trust.bootstrap and as `disk.read`.
    """
    from tuf.api.metadata import Root

    from referral_proto import CallerError, PeerError
    from referral_proto.adapters import disk
    from referral_proto.adapters.trust_drafts import read

    data = b""
    try:
        data = disk.read(file, "trust root", _LARGEST_ROOT)
        good = isinstance(read(data).signed, Root)
    except PeerError:
        good = False
    if not good:
        raise CallerError("trust.bootstrap", file.name)
    return data


def _request(
    halves: list[Path],
    keys: SigningKeyset,
    names: tuple[str, ...],
    organisation: OrganisationType,
    mandates: tuple[Mandate, ...],
    relay: AgencyId,
    plan: Any,
) -> None:
    from reference_node.layout import entries_in
    from referral_proto.adapters import write_record
    from referral_proto.trust.issue import request_enrolment

    named = dict(one.partition("=")[::2] for one in names)
    logs = entries_in(*halves)
    request = request_enrolment(keys, named, organisation, mandates, relay, plan.at, logs=logs)
    write_record(halves[-1] / _REQUEST, request)


def _tell(agency: AgencyId, made: list[Path], *, as_json: bool) -> None:
    if as_json:
        voice.document({"agency": agency, "made": [str(path) for path in made]})
        return
    for path in made:
        voice.say(f"made: {path}")
    voice.say("Next: let the registrar sign who you are, and put everybody's records into both `records` folders.")
