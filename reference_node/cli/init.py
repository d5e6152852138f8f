"""`referral-node init`: makes a node, or one half of it. What it writes stands in `reference_node/layout.py`."""

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


@click.command()
@click.argument("agency", type=options.AGENCY)
@click.option("--dir", "folder", type=options.FILE, default=Path(), help="Where to make it. [default: this folder]")
@click.option("--half", type=click.Choice(["both", "relay", "desk"]), default="both", show_default=True)
@click.option("--listen", default="0.0.0.0:7443", show_default=True, help="Where the relay listens, HOST:PORT.")
@click.option("--endpoint", help="How others reach the relay, HOST:PORT. Else as --listen, if that is one.")
@click.option("--operator", type=options.AGENCY, help="Desk alone: who operates its relay. Else the agency itself.")
@click.option("--desk-certificate", type=options.FILE, help="Relay alone: the desk's certificate (tls.crt).")
@click.option("--name", "names", multiple=True, help="LANGUAGE=NAME, for the enrolment request; repeatable.")
@click.option("--type", "organisation", type=options.CodeName("OrganisationType"), help="For the enrolment request.")
@click.option("--mandate", "mandates", type=options.CodeName("Mandate"), multiple=True, help="The same; repeatable.")
@click.option("--kdf-memory-kib", type=int, default=65_536, show_default=True, help="Argon2id's memory per key file.")
@options.PASSPHRASE_FILE
@options.AS_JSON
def init_command(
    agency: AgencyId,
    folder: Path,
    half: str,
    listen: str,
    endpoint: str | None,
    operator: AgencyId | None,
    desk_certificate: Path | None,
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
    """
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
    passphrase = options.passphrase(passphrase_file, new=True)
    plan = Plan(folder, agency, listen, endpoint or listen, passphrase, SystemClock().now(), kdf_memory_kib)
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
        _request(made[-1] / _REQUEST, keys, names, organisation, mandates, operator or agency, plan)
        made.append(made[-1] / _REQUEST)
    _tell(agency, made, as_json=as_json)


def _anywhere(listen: str) -> bool:
    """Whether it names no machine, only all addresses of this one."""
    host = listen.rpartition(":")[0].strip("[]")
    try:
        return not host or ip_address(host).is_unspecified
    except ValueError:
        return False


def _request(
    path: Path,
    keys: SigningKeyset,
    names: tuple[str, ...],
    organisation: OrganisationType,
    mandates: tuple[Mandate, ...],
    relay: AgencyId,
    plan: Any,
) -> None:
    from referral_proto.adapters import write_record
    from referral_proto.trust.issue import request_enrolment

    named = dict(one.partition("=")[::2] for one in names)
    write_record(path, request_enrolment(keys, named, organisation, mandates, relay, plan.at))


def _tell(agency: AgencyId, made: list[Path], *, as_json: bool) -> None:
    if as_json:
        voice.document({"agency": agency, "made": [str(path) for path in made]})
        return
    for path in made:
        voice.say(f"made: {path}")
    voice.say("Next: let the registrar sign who you are, and put everybody's records into both `records` folders.")
