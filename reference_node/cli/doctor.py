"""`referral-node doctor`: what needs attention in a half, before it stops working. Changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reference_node.cli import voice
from referral_proto.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reference_node.doctor.findings import Finding

__all__ = ["doctor_command"]

_WORLD = 4


@click.command()
@click.option("--dir", "folder", type=options.FILE, default=Path(), help="The half's folder. [default: this one]")
@options.PASSPHRASE_FILE
@options.AS_JSON
def doctor_command(folder: Path, passphrase_file: Path | None, as_json: bool) -> int:
    """Look over the relay, the desk or the witness of a folder: keys, certificates, trust data, alarms, clock, disk,
    file modes, and whether it answers. Exit code 4 if something does not work; what needs attention soon is a warning.

    With a passphrase file the desk's relay is asked as the desk asks it; it is never prompted for.
    """
    from referral_proto import explain

    found = list(_visit(folder, passphrase_file))
    bad = [one for one in found if one.grade == "bad"]
    if as_json:
        voice.document(
            {
                "good": not bad,
                "findings": [
                    {"grade": str(one.grade), "topic": one.topic, "detail": one.detail, "code": one.code or None}
                    for one in found
                ],
            }
        )
        return _WORLD if bad else 0
    styles = {"good": voice.Style.PLAIN, "soon": voice.Style.MARK, "bad": voice.Style.BAD}
    for one in found:
        voice.say(f"{one.grade:<4}  {one.topic}: {one.detail}".rstrip(": "), styles[one.grade])
        if one.code:
            said = explain(one.code)
            voice.paragraph(f"[{one.code}] {said.what}. {said.do}.", indent="      ")
    soon = sum(one.grade == "soon" for one in found)
    voice.say(f"{len(bad)} bad, {soon} soon", voice.Style.HEAD)
    return _WORLD if bad else 0


def _visit(folder: Path, passphrase_file: Path | None) -> Iterator[Finding]:
    from reference_node.doctor.visit import visit_desk, visit_relay
    from reference_node.doctor.witness import visit_witness
    from reference_node.settings import DeskSettings, RelaySettings, load
    from reference_node.witness.settings import WitnessSettings
    from referral_proto.adapters import SystemClock

    if (folder / "relay.toml").exists():
        yield from visit_relay(load(RelaySettings, folder / "relay.toml"), SystemClock())
    elif (folder / "witness.toml").exists():
        yield from visit_witness(load(WitnessSettings, folder / "witness.toml"), SystemClock())
    else:
        settings = load(DeskSettings, folder / "desk.toml")
        passphrase = None if passphrase_file is None else options.passphrase(passphrase_file)
        yield from visit_desk(settings, SystemClock(), passphrase)
