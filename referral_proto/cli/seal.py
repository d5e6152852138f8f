"""`referral seal`: minimise a referral, say what goes to whom and what does not, seal, write the sealed file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from referral_proto.cli import options, voice

if TYPE_CHECKING:
    from referral_proto.flow.minimise import Intent, Minimised
    from referral_proto.flow.seal import Sealed
    from referral_proto.ids import AgencyId
    from referral_proto.moment import Moment

__all__ = ["command"]

_MOMENT_PAIR = options.Pair(options.CodeName("ClockKind"), options.MOMENT, "KIND=TIME")


@click.command()
@click.argument("referral", type=options.FILE)
@click.option("--purpose", type=options.CodeName("Purpose"), required=True, help="Why it is sent, as referral-offer.")
@click.option("--kind", type=options.CodeName("MessageKind"), required=True, help="What it is, as offer or referral.")
@click.option("--to", "recipients", type=options.AGENCY, multiple=True, required=True, help="Agency; may be repeated.")
@options.RECORDS
@click.option("--key", type=options.FILE, help="Signing key file of the sending agency.")
@options.PASSPHRASE_FILE
@click.option("-o", "--output", type=options.FILE, help="The sealed file to write, as x.referral.")
@click.option("--cover", type=options.FILE, help="Also write the cover: what an auditor needs, no ciphertext.")
@click.option("--dry-run", is_flag=True, help="Only say what would go to whom. Needs no key and no -o.")
@click.option("--legal-basis", type=options.CodeName("LegalBasis"), help="As consent or vital-interest.")
@click.option("--safeguard", type=options.CodeName("TransferSafeguard"), help="Of the transfer to the other country.")
@click.option("--restrict", type=options.CodeName("UseRestriction"), multiple=True, help="What recipients must not do.")
@click.option("--deadline", type=_MOMENT_PAIR, multiple=True, help="As decision=2026-11-23T12:00:00Z.")
@click.option("--thread", type=options.Hex(16), help="Thread of the case; else a new one.")
@click.option("--head", type=options.Hex(32), multiple=True, help="Leaf of the thread's newest message seen here.")
@click.option("--about", type=options.Hex(32), multiple=True, help="Leaf of the message that this one is about.")
@click.option("--days", type=click.IntRange(1, 30), default=7, show_default=True, help="Until the seal expires.")
@click.option("--control-only", is_flag=True, help="Seal even if no section may go to one of the recipients.")
@options.AT
@options.FORCE
@options.AS_JSON
def command(
    referral: Path,
    records: Path,
    key: Path | None,
    passphrase_file: Path | None,
    output: Path | None,
    cover: Path | None,
    dry_run: bool,
    days: int,
    control_only: bool,
    at: Moment | None,
    force: bool,
    as_json: bool,
    **intent: Any,
) -> None:
    """Minimise a referral (JSON), seal what is left for the recipients, and write it as a sealed file.

    The matrix and the person's consent decide what each recipient gets; what is left out is listed with the reason.
    """
    from referral_proto.adapters.disk import read
    from referral_proto.adapters.referral_json import LARGEST_REFERRAL, read_referral
    from referral_proto.errors import CallerError
    from referral_proto.flow.minimise import minimise

    if not dry_run and (key is None or output is None):
        raise click.UsageError("--key and -o are needed, unless --dry-run is given")
    moment = options.moment(at)
    directory = options.directory(records)
    minimised = minimise(
        read_referral(read(referral, "referral", LARGEST_REFERRAL)), _intent(**intent), directory, moment
    )
    if not as_json:
        _announce(minimised)
    if _left_out(minimised) and not control_only:
        raise CallerError("cli.nothing-to-send", ", ".join(_left_out(minimised)))
    sealed = None
    if not dry_run and key is not None and output is not None:
        sealed = _seal(minimised, key, passphrase_file, records_at=(directory, moment), days=days)
        _write(sealed, output, cover, force=force)
    if as_json:
        voice.document(_document(minimised, sealed))
    elif sealed is not None:
        voice.say(f"sealed: {len(sealed.envelope):,} bytes, good for {days} days", voice.Style.GOOD)
        voice.say(f"  leaf: {sealed.leaf.hex()}")
        voice.say(f"  thread: {minimised.disclosure.control.thread.hex()}")
    else:
        voice.say("nothing was sealed: this was a dry run", voice.Style.MARK)


def _intent(
    kind: Any,
    purpose: Any,
    recipients: tuple[AgencyId, ...],
    thread: Any,
    head: tuple[Any, ...],
    about: tuple[Any, ...],
    legal_basis: Any,
    safeguard: Any,
    restrict: tuple[Any, ...],
    deadline: tuple[Any, ...],
) -> Intent:
    from referral_proto.flow.minimise import Intent, new_thread
    from referral_proto.model.control import Clock

    return Intent(
        kind=kind,
        purpose=purpose,
        recipients=recipients,
        thread=thread or new_thread(),
        heads=head,
        about=about,
        legal_basis=legal_basis,
        transfer_safeguard=safeguard,
        clocks=tuple(Clock(kind=what, due_at=due) for what, due in deadline),
        use_restrictions=restrict,
    )


def _seal(
    minimised: Minimised, key: Path, passphrase_file: Path | None, *, records_at: tuple[Any, Moment], days: int
) -> Sealed:
    from referral_proto.adapters.keyfiles import load_signing_key
    from referral_proto.errors import CallerError, PeerError
    from referral_proto.flow.minimise import seal
    from referral_proto.moment import DAY

    keys = load_signing_key(key, options.passphrase(passphrase_file))
    directory, moment = records_at
    try:
        directory.signing_keyset(keys.agency, keys.id, moment)
    except PeerError as error:
        raise CallerError("cli.own-key", error.code) from None
    return seal([minimised.disclosure], keys, directory, moment, days * DAY)[0]


def _write(sealed: Sealed, output: Path, cover: Path | None, *, force: bool) -> None:
    from referral_proto.adapters.sealed import write_sealed
    from referral_proto.errors import ReferralError

    if cover is not None:
        write_sealed(cover, sealed.cover, replace=force)
    try:
        write_sealed(output, sealed.envelope, replace=force)
    except ReferralError:
        if cover is not None:
            cover.unlink(missing_ok=True)
        raise


def _given(minimised: Minimised) -> dict[AgencyId, list[str]]:
    """Recipient → names of the sections it gets."""
    from referral_proto.model.section import SECTION_TYPES

    disclosure = minimised.disclosure
    return {
        agency: [SECTION_TYPES[type(section)].name for section, readers in disclosure.sections if place in readers]
        for place, agency in enumerate(disclosure.recipients)
    }


def _left_out(minimised: Minimised) -> list[AgencyId]:
    return [agency for agency, sections in _given(minimised).items() if not sections]


def _announce(minimised: Minimised) -> None:
    from referral_proto.cli.words import REASONS, Words
    from referral_proto.model.codes.exchange import SectionType

    words, control = Words(), minimised.disclosure.control
    voice.say(f"{words.code(control.kind)}, for: {words.code(control.purpose)}", voice.Style.HEAD)
    for agency, sections in _given(minimised).items():
        voice.say(f"  {agency} gets: {', '.join(words.code(SectionType[name]) for name in sections) or 'no section'}")
        for reason, text in REASONS.items():
            dropped = [one for one in minimised.dropped if (one.recipient, one.reason) == (agency, reason)]
            if dropped:
                names = ", ".join(words.code(one.section) for one in dropped)
                voice.say(f"    does not get, because {text}: {names}", voice.Style.QUIET)


def _document(minimised: Minimised, sealed: Sealed | None) -> dict[str, Any]:
    control = minimised.disclosure.control
    return {
        "kind": control.kind.name,
        "purpose": control.purpose.name,
        "thread": control.thread.hex(),
        "gets": _given(minimised),
        "left_out": [
            {"recipient": one.recipient, "section": one.section.name, "reason": one.reason.value}
            for one in minimised.dropped
        ],
        "sealed": sealed
        and {"bytes": len(sealed.envelope), "leaf": sealed.leaf.hex(), "message_id": sealed.message_id.hex()},
    }
