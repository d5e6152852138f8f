"""`referral keys record`: make, sign and show trust records by hand, with files alone. Believes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from referral_proto.cli import options, voice

if TYPE_CHECKING:
    from referral_proto.crypto.keyset import SigningKeyset, VerifyingKeyset
    from referral_proto.ids import AgencyId, Digest
    from referral_proto.model.records import SignedRecord
    from referral_proto.moment import Moment
    from referral_proto.trust.signed import AnyRecord

__all__ = ["record"]

_LARGEST = 256 * 1024
_OUTPUT = click.option("-o", "--output", type=options.FILE, required=True, help="The record file to write.")
_KEY = click.option("--key", type=options.FILE, required=True, help="Signing key file.")
_PREVIOUS = click.option(
    "--previous", type=options.FILE, help="The relay record that this one follows; else it is the first."
)


@click.group()
def record() -> None:
    """Make, sign and show trust records by hand. They are believed only where enough of the right keys have signed."""


@record.command("federation")
@click.option("--name", required=True, help="Of the federation.")
@click.option(
    "--founder", "founders", type=options.FILE, multiple=True, required=True, help="Public signing key, text."
)
@click.option("--threshold", type=int, required=True, help="How many founders must sign.")
@click.option(
    "--registrar",
    "registrars",
    type=options.Pair(click.STRING, options.FILE, "COUNTRY=FILE"),
    multiple=True,
    help="Public signing key of who registers a country's agencies, as th=dsdw.pub; `int` for international ones.",
)
@_KEY
@options.PASSPHRASE_FILE
@options.AT
@_OUTPUT
def federation(
    name: str,
    founders: tuple[Path, ...],
    threshold: int,
    registrars: tuple[tuple[str, Path], ...],
    key: Path,
    passphrase_file: Path | None,
    at: Moment | None,
    output: Path,
) -> None:
    """Found a federation. The other founders add their signatures with `record sign`."""
    from referral_proto.trust.issue import found_federation

    _keep(
        output,
        found_federation(
            name,
            [_signing_text(file) for file in founders],
            threshold,
            {country: _signing_text(file) for country, file in registrars},
            options.moment(at),
            _signer(key, passphrase_file),
        ),
    )


@record.command("agency")
@_KEY
@click.option(
    "--name",
    "names",
    type=options.Pair(click.STRING, click.STRING, "LANGUAGE=NAME"),
    multiple=True,
    required=True,
    help="The agency's name in one language; may be repeated.",
)
@click.option("--type", "kind", type=options.CodeName("OrganisationType"), required=True, help="As ngo or shelter.")
@click.option("--mandate", "mandates", type=options.CodeName("Mandate"), multiple=True, required=True)
@click.option("--relay", type=options.AGENCY, required=True, help="Operator of the relay that receives for the agency.")
@click.option(
    "--days", type=click.IntRange(1, 3660), default=365, show_default=True, help="The signing key is good for."
)
@options.PASSPHRASE_FILE
@options.AT
@_OUTPUT
def agency(
    key: Path,
    names: tuple[tuple[str, str], ...],
    kind: Any,
    mandates: tuple[Any, ...],
    relay: AgencyId,
    days: int,
    passphrase_file: Path | None,
    at: Moment | None,
    output: Path,
) -> None:
    """Ask for enrolment: the agency's first record, signed by itself. Its registrar signs it with `record sign`."""
    from referral_proto.trust.issue import request_enrolment

    keys, now = _signer(key, passphrase_file), options.moment(at)
    _keep(output, request_enrolment(keys, dict(names), kind, mandates, relay, now, days=days))


@record.command("relay")
@_KEY
@click.option("--endpoint", required=True, help="host:port")
@click.option("--certificate", type=options.FILE, multiple=True, required=True, help="PEM file.")
@_PREVIOUS
@options.PASSPHRASE_FILE
@options.AT
@_OUTPUT
def relay_record(
    key: Path,
    endpoint: str,
    certificate: tuple[Path, ...],
    previous: Path | None,
    passphrase_file: Path | None,
    at: Moment | None,
    output: Path,
) -> None:
    """Announce where the agency's relay listens and which certificates it shows."""
    from referral_proto.trust.issue import announce_relay

    shown = [der for file in certificate for der in _certificates(file)]
    keys = _signer(key, passphrase_file)
    sequence, before = _follows(previous, keys.agency)
    _keep(output, announce_relay(keys, endpoint, shown, options.moment(at), sequence, before))


@record.command("opening")
@_KEY
@click.option("--opening-key", type=options.FILE, required=True, help="Opening key: key file or public text.")
@click.option("--epoch", type=click.IntRange(min=0), required=True, help="Number of the epoch, counting up.")
@click.option("--days", type=click.IntRange(1, 366), default=14, show_default=True, help="The key is good for.")
@options.PASSPHRASE_FILE
@options.AT
@_OUTPUT
def opening(
    key: Path, opening_key: Path, epoch: int, days: int, passphrase_file: Path | None, at: Moment | None, output: Path
) -> None:
    """Publish an opening key, good from --at for --days, signed with the agency's signing key."""
    from referral_proto.adapters.keyfiles import load_opening_key, load_public_key
    from referral_proto.crypto.opening import OpeningPublicKey
    from referral_proto.errors import CallerError
    from referral_proto.trust.issue import publish_opening_key

    passphrase = options.passphrase(passphrase_file)
    public = load_public_key(opening_key) or load_opening_key(opening_key, passphrase).public
    if not isinstance(public, OpeningPublicKey):
        raise CallerError("key.kind", "opening key")
    _keep(output, publish_opening_key(_signer(key, passphrase_file), public, epoch, options.moment(at), days))


@record.command("sign")
@click.argument("file", type=options.FILE)
@_KEY
@options.PASSPHRASE_FILE
@_OUTPUT
def sign(file: Path, key: Path, passphrase_file: Path | None, output: Path) -> None:
    """Add a signature to a record: a registrar's to a request, another founder's to a federation record.

    What is signed is shown. Of an agency's record the proofs that it holds its keys are checked first.
    """
    from referral_proto.adapters.records import write_record
    from referral_proto.trust.issue import approve, read_record

    signer = _signer(key, passphrase_file)
    signed = approve(_read(file), signer)
    voice.say(f"{signer.agency} signs this:")
    _show(*read_record(signed))
    write_record(output, signed)


@record.command("show")
@click.argument("file", type=options.FILE)
@options.AS_JSON
def show(file: Path, as_json: bool) -> None:
    """Show what stands in a record and who seems to have signed it. Verifies nothing."""
    from referral_proto.cli.record_facts import facts, signers
    from referral_proto.trust.issue import read_record

    signed, inner = read_record(_read(file))
    if as_json:
        voice.document({"verified": False, "record": facts(inner), "signers": signers(signed)})
        return
    voice.say("Nothing here has been verified: whatever reads a folder of records verifies them.", voice.Style.MARK)
    _show(signed, inner)


def _keep(output: Path, data: bytes) -> None:
    from referral_proto.adapters.records import write_record
    from referral_proto.trust.issue import read_record

    write_record(output, data)
    _show(*read_record(data))


def _show(signed: SignedRecord, inner: AnyRecord) -> None:
    from referral_proto.cli.record_facts import facts, signers
    from referral_proto.cli.words import Words

    voice.say(Words().code(signed.kind), voice.Style.HEAD)
    for name, value in facts(inner).items():
        for line in value if isinstance(value, list) else [value]:
            voice.say(f"  {name.replace('_', ' ')}: {line}")
    for signer in signers(signed):
        voice.say(f"  signed by: {signer['agency']}, key {signer['key']}")


def _read(file: Path) -> bytes:
    from referral_proto.adapters.disk import read

    return read(file, "record", _LARGEST)


def _signer(key: Path, passphrase_file: Path | None) -> SigningKeyset:
    from referral_proto.adapters.keyfiles import load_signing_key

    return load_signing_key(key, options.passphrase(passphrase_file))


def _signing_text(file: Path) -> VerifyingKeyset:
    from referral_proto.adapters.keyfiles import load_public_key
    from referral_proto.crypto.keyset import VerifyingKeyset
    from referral_proto.errors import CallerError

    public = load_public_key(file)
    if not isinstance(public, VerifyingKeyset):
        raise CallerError("key.kind", "public signing key")
    return public


def _certificates(file: Path) -> list[bytes]:
    """DER of each certificate of a PEM file."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    from referral_proto.errors import CallerError

    try:
        found = x509.load_pem_x509_certificates(_read(file))
    except ValueError:
        raise CallerError("issue.invalid", "certificate") from None
    return [one.public_bytes(Encoding.DER) for one in found]


def _follows(previous: Path | None, operator: AgencyId) -> tuple[int, Digest | None]:
    """Sequence and digest for a relay record that follows another of the same operator."""
    from referral_proto.errors import CallerError
    from referral_proto.model.records import RelayRecord
    from referral_proto.trust.issue import read_record
    from referral_proto.trust.signed import record_digest

    if previous is None:
        return 0, None
    signed, inner = read_record(_read(previous))
    if not isinstance(inner, RelayRecord) or inner.operator != operator:
        raise CallerError("issue.invalid", "previous")
    return inner.sequence + 1, record_digest(signed.kind, signed.record)
