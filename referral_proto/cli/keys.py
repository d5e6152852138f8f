"""`referral keys`: make key files, show public keys and fingerprints. A secret key never leaves its wrapped file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from referral_proto.cli import options, voice
from referral_proto.cli.records import record

if TYPE_CHECKING:
    from referral_proto.crypto.keyset import VerifyingKeyset
    from referral_proto.crypto.opening import OpeningPublicKey
    from referral_proto.ids import AgencyId

__all__ = ["command"]

_OUTPUT = click.option("-o", "--output", type=options.FILE, required=True, help="The key file to make.")
_MEMORY = click.option(
    "--kdf-memory-kib",
    type=click.IntRange(8, 1_048_576),
    default=65_536,
    show_default=True,
    help="Memory that guessing the passphrase costs. Less is for tests only.",
)


@click.group()
def command() -> None:
    """Make, show and compare keys; make and sign trust records."""


command.add_command(record)


@command.command("new-signing")
@click.argument("agency", type=options.AGENCY)
@_OUTPUT
@options.PASSPHRASE_FILE
@_MEMORY
@options.AS_JSON
def new_signing(
    agency: AgencyId, output: Path, passphrase_file: Path | None, kdf_memory_kib: int, as_json: bool
) -> None:
    """Make a signing keyset: what AGENCY signs its messages and records with."""
    from referral_proto.adapters.keyfiles import save_signing_key
    from referral_proto.crypto.keyset import SigningKeyset

    keys = SigningKeyset.create(agency)
    save_signing_key(output, keys, options.passphrase(passphrase_file, new=True), kdf_memory_kib)
    _tell(keys.public, as_json=as_json)


@command.command("new-opening")
@click.argument("agency", type=options.AGENCY)
@_OUTPUT
@options.PASSPHRASE_FILE
@_MEMORY
@options.AS_JSON
def new_opening(
    agency: AgencyId, output: Path, passphrase_file: Path | None, kdf_memory_kib: int, as_json: bool
) -> None:
    """Make an opening key: what others seal messages to AGENCY for. One for each epoch of some days."""
    from referral_proto.adapters.keyfiles import save_opening_key
    from referral_proto.crypto.opening import OpeningKey

    key = OpeningKey.create(agency)
    save_opening_key(output, key, options.passphrase(passphrase_file, new=True), kdf_memory_kib)
    _tell(key.public, as_json=as_json)


@command.command("show")
@click.argument("file", type=options.FILE)
@options.PASSPHRASE_FILE
def show(file: Path, passphrase_file: Path | None) -> None:
    """Print the public key in text form, one line, to send to others. FILE is a key file, or a text that is checked."""
    voice.say(_text(_public(file, passphrase_file)))


@command.command("fingerprint")
@click.argument("file", type=options.FILE)
@options.PASSPHRASE_FILE
@options.AS_JSON
def fingerprint(file: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Print agency and fingerprint of a key file or of a public key in text form, to compare over another channel."""
    _tell(_public(file, passphrase_file), as_json=as_json, brief=True)


def _public(file: Path, passphrase_file: Path | None) -> VerifyingKeyset | OpeningPublicKey:
    from referral_proto.adapters.keyfiles import load_key, load_public_key

    found = load_public_key(file)
    return found or load_key(file, options.passphrase(passphrase_file)).public


def _text(public: VerifyingKeyset | OpeningPublicKey) -> str:
    from referral_proto.crypto.keytext import opening_key_text, signing_key_text
    from referral_proto.crypto.opening import OpeningPublicKey

    return opening_key_text(public) if isinstance(public, OpeningPublicKey) else signing_key_text(public)


def _tell(public: VerifyingKeyset | OpeningPublicKey, *, as_json: bool, brief: bool = False) -> None:
    from referral_proto.crypto.keytext import fingerprint as grouped
    from referral_proto.crypto.opening import OpeningPublicKey

    kind = "opening" if isinstance(public, OpeningPublicKey) else "signing"
    if as_json:
        voice.document({"kind": kind, "agency": public.agency, "fingerprint": public.id.hex(), "public": _text(public)})
        return
    voice.say(f"{kind} key of {public.agency}")
    voice.say(f"fingerprint: {grouped(public.id)}")
    if not brief:
        voice.say("`referral keys show` prints the public key to send to others; keep the key file and its passphrase")
