"""`referral-node records-checked`: somebody says that records that come by hand are the newest. Changes no record."""

from __future__ import annotations

from pathlib import Path

import click

from reference_node.cli import voice
from referral_proto.cli import options

__all__ = ["records_checked_command"]


@click.command("records-checked")
@click.option("--dir", "folder", type=options.FILE, default=Path(), help="The half's folder. [default: this one]")
@options.AS_JSON
def records_checked_command(folder: Path, as_json: bool) -> None:
    """Say that you have compared the folder `records` with what the registrars publish now, and nothing is missing.

    The age of records that come by hand counts from then. Only for a half without `root` under [trust].
    """
    from reference_node.observe import open_log
    from reference_node.settings import DeskSettings, LogSettings, RelaySettings, load
    from reference_node.trust.believe import believe
    from reference_node.trust.supply import stamp
    from referral_proto.adapters import SystemClock

    if (folder / "relay.toml").exists():
        relay = load(RelaySettings, folder / "relay.toml")
        trust, records = relay.trust, relay.records
    else:
        desk = load(DeskSettings, folder / "desk.toml")
        trust, records = desk.trust, desk.records
    if trust.root is not None:
        raise click.UsageError("This half follows a repository ([trust] root), which bears its own dates")
    clock = SystemClock()
    quiet = open_log(LogSettings(level="error", file=Path("/dev/null")), "checked", "none")
    # Read first: nobody can have compared a folder that cannot be read.
    directory = believe(trust, records, clock, quiet, look_only=True).keeper.directory
    at = clock.now()
    stamp(trust.checked, at)
    if as_json:
        voice.document({"checked_at": at.iso(), "agencies": len(directory.agencies())})
    else:
        voice.say(f"noted: the records of {len(directory.agencies())} agencies were compared at {at.iso()}")
