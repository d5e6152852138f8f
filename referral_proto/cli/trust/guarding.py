"""The founders' trade after the founding: who watches the logs, and what is said of a key that leaked.

Drafts of the federation's next record; `sign` signs them. Decides nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from referral_proto.cli import options
from referral_proto.cli.trust.founding import amended
from referral_proto.cli.trust.plan import option
from referral_proto.cli.trust.taking import WITNESSES, changing, entries, signing_text

if TYPE_CHECKING:
    from referral_proto.crypto.keyset import VerifyingKeyset
    from referral_proto.model.records import WitnessEntry
    from referral_proto.moment import Moment
    from referral_proto.trust.federation import Federation

__all__ = ["COMMANDS"]

_QUORUM = click.option(
    "--quorum", type=click.IntRange(1, 32), help="Witnesses that make a time trusted; else the fewest."
)


@click.command("witnesses")
@WITNESSES
@click.option("--without", "leaving", multiple=True, help="Name of a witness that ends; may be repeated.")
@_QUORUM
@changing
def witnesses(
    witnesses: tuple[Path, ...],
    leaving: tuple[str, ...],
    quorum: int | None,
    repository: Path,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
) -> None:
    """Draft the federation record with witnesses added or taken out, or another quorum. The founders sign it.

    One of the same name replaces the one that stands. The quorum is more than half of them; what a witness cosigned
    before its end still counts. One whose key leaked is ended by `compromise-key`.
    """
    from referral_proto.errors import CallerError
    from referral_proto.model.records import WitnessEntry
    from referral_proto.trust.amend import amend_federation

    added = {one.name: one for one in entries(WitnessEntry, witnesses, "witness entry")}

    def change(chain: Federation, now: Moment) -> bytes:
        named = {one.name: one for one in chain.current.witnesses} | added
        if not set(leaving) <= named.keys():
            raise CallerError("issue.invalid", "which witness")
        remaining = [one for name, one in named.items() if name not in leaving]
        same = {one.name for one in chain.current.witnesses} == {one.name for one in remaining}
        kept = chain.current.quorum if same and quorum is None else quorum
        return amend_federation(chain, now, witnesses=remaining, quorum=kept)

    amended(repository, at, change).write("change who watches the logs", output, yes=yes, as_json=as_json)


@click.command("compromise-key")
@click.argument("holder")
@click.argument("key", type=options.Hex(32))
@click.option("--since", type=options.MOMENT, required=True, metavar="TIME", help="In other hands since then, perhaps.")
@option("--replacement", help="Public signing key of the same founder or registrar, text.")
@option("--witness", "witness", help="Entry of the witness that takes its place (witness.entry).")
@click.option("--threshold", type=click.IntRange(1, 16), help="How many founders must sign from now on.")
@_QUORUM
@changing
def compromise_key(
    holder: str,
    key: bytes,
    since: Moment,
    replacement: Path | None,
    witness: Path | None,
    threshold: int | None,
    quorum: int | None,
    repository: Path,
    at: Moment | None,
    output: Path,
    yes: bool,
    as_json: bool,
) -> None:
    """Draft the federation record that says that a founder's, a registrar's or a witness's KEY (its fingerprint) was in
    other hands. It ends now. The founders sign it; a founder's leaked key does not count for it.

    HOLDER is the agency, or the witness's name.

    Without --replacement its holder is taken out. An agency's key is declared by its registrar: `compromise`.
    """
    from referral_proto.errors import CallerError
    from referral_proto.model.records import WitnessEntry
    from referral_proto.trust.declare import declare_ended

    if replacement is not None and witness is not None:
        raise CallerError("issue.invalid", "replacement")
    new: VerifyingKeyset | WitnessEntry | None = None if replacement is None else signing_text(replacement)
    if witness is not None:
        (new,) = entries(WitnessEntry, [witness], "witness entry")
    countries: list[str] = []

    def change(chain: Federation, now: Moment) -> bytes:
        countries.extend(_registered(chain, key))
        return declare_ended(chain, now, holder, key, since, replacement=new, threshold=threshold, quorum=quorum)

    changed = amended(repository, at, change)
    then = tuple(
        f"the registrar of {country} confirms its records at once: `referral trust confirm {country}`; until then nodes"
        f" believe only what they saw before {since.iso()}"
        for country in countries
    )
    title = f"declare a key of {holder} compromised since {since.iso()}"
    changed.write(title, output, yes=yes, as_json=as_json, then=then)


def _registered(chain: Federation, key: bytes) -> list[str]:
    """Countries that the key ever registered for."""
    from referral_proto.trust.ended import keyset_of

    named = {one.country for record in chain.records for one in record.registrars if keyset_of(one.keyset).id == key}
    return sorted(named)


COMMANDS = (witnesses, compromise_key)
