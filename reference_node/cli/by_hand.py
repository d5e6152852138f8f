"""`export`, `import`, `relay-export`, `relay-import`: the same sealed bytes on a USB stick, when there is no network.

What comes in by hand takes the same way as what comes over the line; nothing here opens anything. The relay's receipts
are written beside the sealed file, to be carried back to the sender.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reference_node.cli import voice
from reference_node.cli.desks import desk_options, error_of, find_message, reach
from referral_proto.cli import options

if TYPE_CHECKING:
    from reference_node.settings import RelaySettings
    from referral_proto.ids import AgencyId

__all__ = ["export_command", "import_command", "relay_export_command", "relay_import_command"]

_OUTPUT = click.option("-o", "--output", type=options.FILE, required=True, help="The sealed file to write.")
_RELAY = click.option(
    "--dir", "folder", type=options.FILE, default=Path(), help="The relay's folder. [default: this one]"
)


@click.command()
@click.argument("message")
@_OUTPUT
@options.FORCE
@desk_options
@options.AS_JSON
def export_command(message: str, output: Path, force: bool, folder: Path, socket: Path | None, as_json: bool) -> None:
    """Write MESSAGE (the beginning of its leaf) from the desk into a sealed file, to be carried to its recipient."""
    from referral_proto.adapters import write_sealed

    with reach(folder, socket) as desk:
        leaf = find_message(desk, message)
        envelope = desk.export(leaf)
    write_sealed(output, envelope, replace=force)
    _tell({"leaf": leaf.hex(), "bytes": len(envelope)}, "written: message {leaf:.16}, {bytes:,} bytes", as_json=as_json)


@click.command()
@click.argument("file", type=options.FILE)
@desk_options
@options.AS_JSON
def import_command(file: Path, folder: Path, socket: Path | None, as_json: bool) -> None:
    """Bring a sealed FILE to the desk. It is checked as if the relay had brought it, and refused if it fails."""
    from referral_proto.adapters import read_sealed

    envelope = read_sealed(file)
    with reach(folder, socket) as desk:
        leaf, fresh = desk.bring(envelope)
    said = "stored: message {leaf:.16}" if fresh else "had come before: message {leaf:.16}"
    _tell({"leaf": leaf.hex(), "fresh": fresh}, said, as_json=as_json)


@click.command("relay-export")
@click.argument("leaf", type=options.Hex(32))
@_OUTPUT
@options.FORCE
@_RELAY
@options.AS_JSON
def relay_export_command(leaf: bytes, output: Path, force: bool, folder: Path, as_json: bool) -> None:
    """Write an envelope that waits in the relay into a sealed file. LEAF in full; its delivery is still tried."""
    from reference_node.app import open_by_hand
    from referral_proto import Leaf
    from referral_proto.adapters import write_sealed

    by_hand, close = open_by_hand(_settings(folder), None)
    try:
        envelope = by_hand.take_out(Leaf(leaf))
    finally:
        close()
    write_sealed(output, envelope, replace=force)
    _tell({"leaf": leaf.hex(), "bytes": len(envelope)}, "written: message {leaf:.16}, {bytes:,} bytes", as_json=as_json)


@click.command("relay-import")
@click.argument("file", type=options.FILE)
@_RELAY
@options.PASSPHRASE_FILE
@options.AS_JSON
def relay_import_command(file: Path, folder: Path, passphrase_file: Path | None, as_json: bool) -> int:
    """Bring a sealed FILE to the relay, for every recipient that it serves. May run beside the running relay.

    Writes FILE.receipt, to be carried back to the sender: proof that the relay has it. The passphrase is the one of the
    relay, for the keys of its logs.
    """
    from reference_node.app import open_by_hand
    from referral_proto.adapters import read_sealed
    from referral_proto.errors import explain

    settings, envelope = _settings(folder), read_sealed(file)
    by_hand, close = open_by_hand(settings, options.passphrase(passphrase_file))
    try:
        replies = by_hand.bring(envelope)
    finally:
        close()
    refused = [reply.code for reply in replies.values() if not reply.status.stored]
    if len(refused) == len(replies):
        raise error_of(refused[0])
    written = _write_receipts(file, {to: reply.receipt for to, reply in replies.items() if reply.receipt})
    rows = [
        {"agency": to, "status": reply.status.name, "code": reply.code or None, "receipt": written.get(to)}
        for to, reply in replies.items()
    ]
    if as_json:
        voice.document({"recipients": rows})
    else:
        for row in rows:
            voice.say(f"{row['agency']}: {str(row['status']).lower()}" + (f" [{row['code']}]" if row["code"] else ""))
            if row["receipt"]:
                voice.say(f"receipt to carry back: {row['receipt']}")
    return explain(refused[0]).fault.exit_code if refused else 0


def _write_receipts(file: Path, receipts: Mapping[AgencyId, bytes]) -> dict[AgencyId, str]:
    """One file for each recipient, named after it if there are several; what was written before is the same receipt."""
    from referral_proto.adapters import disk

    names = {to: f"{file.name}.receipt" if len(receipts) == 1 else f"{file.name}.{to}.receipt" for to in receipts}
    for to, name in names.items():
        disk.write(file.with_name(name), receipts[to], "receipt", replace=True)
    return names


def _settings(folder: Path) -> RelaySettings:
    from reference_node.settings import RelaySettings, load

    return load(RelaySettings, folder / "relay.toml")


def _tell(facts: dict[str, Any], text: str, *, as_json: bool) -> None:
    if as_json:
        voice.document(facts)
    else:
        voice.say(text.format(**facts))
