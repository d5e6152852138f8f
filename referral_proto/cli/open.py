"""`referral open`: admit and open a sealed file, and show it to the person at the terminal. Writes no file, ever.

The only command that shows a person's data.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from referral_proto.cli import options, voice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from referral_proto.crypto.opening import OpeningKey
    from referral_proto.flow.open import Opened
    from referral_proto.ids import AgencyId, OpeningKeyId
    from referral_proto.moment import Moment

__all__ = ["command"]


@click.command()
@click.argument("file", type=options.FILE)
@click.option("--as", "recipient", type=options.AGENCY, required=True, help="The agency that opens.")
@options.RECORDS
@click.option(
    "--key",
    "keys",
    type=options.FILE,
    multiple=True,
    required=True,
    help="Opening key file, or a folder with opening-*.key files. May be repeated; one passphrase for all.",
)
@options.PASSPHRASE_FILE
@click.option(
    "--lang",
    type=click.Choice(["en", "th", "km"]),
    default="en",
    envvar="REFERRAL_LANG",
    help="Language of the labels. Else REFERRAL_LANG, which also sets that of errors; else English.",
)
@options.AT
@options.AS_JSON
def command(
    file: Path,
    recipient: AgencyId,
    records: Path,
    keys: tuple[Path, ...],
    passphrase_file: Path | None,
    lang: str,
    at: Moment | None,
    as_json: bool,
) -> None:
    """Open a sealed file that came for your agency, and show it.

    Everything is checked first, as `referral verify` does. What should not have been sent to this agency is not shown.
    --at is the moment the file was received, for a file that has expired since. The content goes to the terminal only.
    """
    from referral_proto.adapters.sealed import read_sealed
    from referral_proto.cli.tree import lines
    from referral_proto.cli.words import Words
    from referral_proto.flow.admit import admit
    from referral_proto.flow.open import open_envelope

    data = read_sealed(file)
    directory = options.directory(records)
    admitted = admit(data, recipient, directory, options.moment(at))
    opened = open_envelope(admitted, _keyring(keys, passphrase_file), directory)
    if as_json:
        voice.document(_document(opened))
        return
    for line in lines(opened, Words(lang)):
        voice.say("  " * line.depth + line.text, line.style)


def _keyring(places: tuple[Path, ...], passphrase_file: Path | None) -> Mapping[OpeningKeyId, OpeningKey]:
    from referral_proto.adapters.keyfiles import load_opening_key
    from referral_proto.errors import CallerError

    passphrase = options.passphrase(passphrase_file)
    files = [file for place in places for file in (sorted(place.glob("opening-*.key")) if place.is_dir() else [place])]
    if not files:
        raise CallerError("file.not-found", "key file")
    found = [load_opening_key(file, passphrase) for file in files]
    return {key.id: key for key in found}


def _document(opened: Opened) -> dict[str, Any]:
    core = opened.admitted.core
    return {
        "leaf": opened.admitted.leaf.hex(),
        "sender": core.sender.agency,
        "recipients": [one.agency for one in core.recipients],
        "recipient": opened.admitted.recipient,
        "created_at": core.created_at.iso(),
        "judged_at": opened.admitted.at.iso(),
        "control": opened.control.model_dump(mode="json", exclude_defaults=True),
        "sections": {
            one.type.name.lower(): one.section.model_dump(mode="json", exclude_defaults=True) for one in opened.sections
        },
        "quarantined": [kind.name for kind in opened.quarantined],
        "unrecognised_sections": list(opened.unrecognised),
        "other_matrix": opened.other_matrix,
    }
