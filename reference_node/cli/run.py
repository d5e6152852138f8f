"""`referral-node relay` and `referral-node desk`: run one half in the foreground. Decides nothing; see `app.py`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from reference_node.cli import voice
from referral_proto.cli import options

__all__ = ["announce", "desk_command", "relay_command"]

_DIR = click.option("--dir", "folder", type=options.FILE, default=Path(), help="The half's folder. [default: this one]")


@click.command()
@_DIR
@options.PASSPHRASE_FILE
@options.AS_JSON
def relay_command(folder: Path, passphrase_file: Path | None, as_json: bool) -> int:
    """Run the relay of a folder with relay.toml, until SIGTERM or Ctrl-C. It holds no key that opens anything.

    Says `ready relay HOST:PORT` once it serves.
    """
    from reference_node.app import build_relay
    from reference_node.settings import RelaySettings, load

    settings = load(RelaySettings, folder / "relay.toml")
    app = build_relay(settings, options.passphrase(passphrase_file), file=folder / "relay.toml")
    return app.run(lambda half, endpoint: announce(half, endpoint, as_json=as_json))


@click.command()
@_DIR
@click.option("--socket", type=options.FILE, help="Serve here instead of where desk.toml says.")
@options.PASSPHRASE_FILE
@options.AS_JSON
def desk_command(folder: Path, socket: Path | None, passphrase_file: Path | None, as_json: bool) -> int:
    """Run the desk of a folder with desk.toml, until SIGTERM or Ctrl-C. It listens on a Unix socket only.

    Says `ready desk unix:SOCKET` once it serves. It starts and works without its relay, and catches up later.
    """
    from reference_node.app import build_desk
    from reference_node.settings import DeskSettings, load

    settings = load(DeskSettings, folder / "desk.toml")
    if socket is not None:
        settings = settings.model_copy(update={"socket": socket.absolute()})
    app = build_desk(settings, options.passphrase(passphrase_file))
    return app.run(lambda half, endpoint: announce(half, endpoint, as_json=as_json))


def announce(half: str, endpoint: str, *, as_json: bool) -> None:
    """The one line of a half that serves; nothing more is ever said on stdout."""
    voice.ready(half, endpoint, as_json=as_json)
    # Whoever started this may stop reading now; a later write must not end the process.
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open until the interpreter ends
