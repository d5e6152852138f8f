"""`referral-node witness`: run a witness in the foreground. Decides nothing; see `witness_half.py`."""

from __future__ import annotations

from pathlib import Path

import click

from reference_node.cli.run import announce
from referral_proto.cli import options

__all__ = ["witness_command"]


@click.command()
@click.option("--dir", "folder", type=options.FILE, default=Path(), help="The witness's folder. [default: this one]")
@options.PASSPHRASE_FILE
@options.AS_JSON
def witness_command(folder: Path, passphrase_file: Path | None, as_json: bool) -> int:
    """Run the witness of a folder with witness.toml, until SIGTERM or Ctrl-C. It sees sizes and hashes of logs, never
    what they hold.

    Says `ready witness HOST:PORT` once it serves. SIGHUP makes it read the records anew.
    """
    from reference_node.settings import load
    from reference_node.witness.settings import WitnessSettings
    from reference_node.witness_half import build_witness

    settings = load(WitnessSettings, folder / "witness.toml")
    app = build_witness(settings, options.passphrase(passphrase_file))
    return app.run(lambda half, endpoint: announce(half, endpoint, as_json=as_json))
