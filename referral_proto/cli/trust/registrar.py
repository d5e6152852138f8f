"""The registrar's trade: approving what agencies ask, ending keys, declaring compromises, mandates, withdrawal.

What only narrows (revoke, compromise, withdraw, mandates) the registrar may sign alone; an agency may begin it too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from referral_proto.cli import options
from referral_proto.cli.trust.change import Change, approve_change, load_signer, propose
from referral_proto.cli.trust.taking import keyed

if TYPE_CHECKING:
    from referral_proto.ids import AgencyId
    from referral_proto.moment import Moment

__all__ = ["COMMANDS"]

_AGENCY = click.argument("agency", type=options.AGENCY)
_KEYSET = click.argument("keyset", type=options.Hex(32))


_signing = keyed("Signing key file of the registrar, or of the agency itself.")


@click.command("approve")
@click.argument("request", type=options.FILE)
@_signing
def approve(
    request: Path,
    key: Path,
    repository: Path,
    passphrase_file: Path | None,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
) -> None:
    """Sign an agency's REQUEST after seeing what differs from its record in force, and what nodes will say of it.

    Refused: a key that is weak, not proved or another agency's; a change that the agency's own key has not signed and
    that does more than narrow; a record that does not follow the one in force.
    """
    from referral_proto.cli.trust.folder import file

    data = file(request, "record")
    signer = load_signer(key, passphrase_file)
    approve_change(data, repository, at, signer, output, yes=yes, as_json=as_json)


@click.command("revoke")
@_AGENCY
@_KEYSET
@_signing
def revoke(agency: AgencyId, keyset: bytes, **rest: Any) -> None:
    """End the KEYSET (its fingerprint) of AGENCY now. What was received before stays valid."""
    from referral_proto.trust.amend import revoke_keyset

    title = f"revoke a keyset of {agency}"
    _propose(title, agency, lambda _: lambda history, now: revoke_keyset(history, keyset, now), **rest)


@click.command("compromise")
@_AGENCY
@_KEYSET
@click.option("--since", type=options.MOMENT, required=True, metavar="TIME", help="In other hands since then, perhaps.")
@click.option("--by", type=options.AGENCY, help="Who says so: whoever signs, and nobody else.")
@_signing
def compromise(agency: AgencyId, keyset: bytes, since: Moment, by: AgencyId | None, **rest: Any) -> None:
    """Declare that the KEYSET of AGENCY was in other hands. It ends now; what came since then is contested."""
    from referral_proto.errors import CallerError
    from referral_proto.trust.amend import declare_compromise

    def change(signer: AgencyId) -> Change:
        if by not in {None, signer}:
            # Whoever says so signs: nodes show one of those who signed, whatever name is written here.
            raise CallerError("issue.not-entitled", str(by))
        return lambda history, now: declare_compromise(history, keyset, since, by or signer, now)

    _propose(f"declare a keyset of {agency} compromised since {since.iso()}", agency, change, **rest)


@click.command("compromise-log")
@_AGENCY
@click.argument("origin")
@click.option("--since", type=options.MOMENT, required=True, metavar="TIME", help="In other hands since then, perhaps.")
@_signing
def compromise_log(agency: AgencyId, origin: str, since: Moment, **rest: Any) -> None:
    """Declare that the keys of the log ORIGIN of AGENCY were in other hands, and end it now.

    What they signed counts only where a quorum of witnesses cosigned it before. The relay needs a new log.
    """
    from referral_proto.trust.amend import declare_log_compromise

    title = f"declare the keys of the log {origin} compromised since {since.iso()}"
    _propose(title, agency, lambda _: lambda history, now: declare_log_compromise(history, origin, since, now), **rest)


@click.command("withdraw")
@_AGENCY
@_signing
def withdraw(agency: AgencyId, **rest: Any) -> None:
    """AGENCY takes no part any more from now on. What was received before stays valid."""
    from referral_proto.trust.amend import withdraw as withdrawn

    _propose(f"withdraw {agency}", agency, lambda _: withdrawn, **rest)


@click.command("mandates")
@_AGENCY
@click.option("--mandate", "mandates", type=options.CodeName("Mandate"), multiple=True, required=True, help="All.")
@_signing
def mandates(agency: AgencyId, mandates: tuple[Any, ...], **rest: Any) -> None:
    """Set what AGENCY is entitled to do: every mandate that it has from now on."""
    from referral_proto.trust.amend import set_mandates

    title = f"set the mandates of {agency}"
    _propose(title, agency, lambda _: lambda history, now: set_mandates(history, mandates, now), **rest)


def _propose(
    title: str,
    agency: AgencyId,
    change: Callable[[AgencyId], Change],
    *,
    key: Path,
    repository: Path,
    passphrase_file: Path | None,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
) -> None:
    signer = load_signer(key, passphrase_file)
    title = f"{title}, signed by {signer.agency}"
    propose(title, agency, change(signer.agency), repository, at, signer, output, yes=yes, as_json=as_json)


COMMANDS = (approve, revoke, compromise, compromise_log, withdraw, mandates)
