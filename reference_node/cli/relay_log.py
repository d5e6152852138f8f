"""`referral-node relay-log`: how a relay's logs stand, a successor for one that was lost, proof that was found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reference_node.cli import voice
from referral_proto.cli import options

if TYPE_CHECKING:
    from reference_node.relay.log_status import LogStatus
    from reference_node.settings import RelaySettings
    from referral_proto import AgencyId
    from referral_proto.moment import Moment

__all__ = ["relay_log_command"]

_DIR = click.option(
    "--dir", "folder", type=options.FILE, default=Path(), help="The relay's folder. [default: this one]"
)
_SECONDS = click.option(
    "--seconds", type=click.FloatRange(0.1, 600), default=10.0, show_default=True, help="How long a witness may take."
)
_PEER = 3


@click.group()
def relay_log_command() -> None:
    """The logs that a relay keeps, one for each agency that it serves. What follows may run beside the relay, and takes
    --json; only `new-origin` changes anything.
    """


@relay_log_command.command()
@_DIR
@_SECONDS
@options.AS_JSON
def status(folder: Path, seconds: float, as_json: bool) -> None:
    """How the logs stand: sizes, trusted time, and what each witness holds."""
    from reference_node.app import open_logs
    from reference_node.relay.log_status import statuses
    from referral_proto.adapters import SystemClock

    settings = _settings(folder)
    database, directory, close = open_logs(settings)
    try:
        with voice.busy("asking the witnesses", quiet=as_json):
            found = list(statuses(database, directory, settings.agencies, SystemClock().now(), seconds))
    finally:
        close()
    if as_json:
        voice.document({"logs": [_facts(one) for one in found]})
        return
    heads = ["log", "events", "cosigned", "trusted time", "enrolled"]
    voice.table(
        heads,
        [
            [one.origin, f"{one.size:,}", f"{one.cosigned:,}", _iso(one.trusted_time) or "none", _yes(one.enrolled)]
            for one in found
        ],
    )
    rows = [
        [one.origin, witness.name, "" if witness.size is None else f"{witness.size:,}", witness.code or "answers"]
        for one in found
        for witness in one.witnesses
    ]
    if rows:
        voice.say()
        voice.table(["log", "witness", "holds", "state"], rows)
    else:
        voice.say("The federation names no witnesses, or the logs are not enrolled: no time is trusted.")


@relay_log_command.command("new-origin")
@click.argument("agency", type=options.AGENCY)
@_DIR
@_SECONDS
@options.PASSPHRASE_FILE
@options.AS_JSON
def new_origin(agency: AgencyId, folder: Path, seconds: float, passphrase_file: Path | None, as_json: bool) -> None:
    """Open a new log for AGENCY in the place of the one that was lost. Stop the relay first.

    The witnesses are asked what the old log had signed, and the new one names it in its first event. The new log's
    entry file goes to the registrar: until the agency's record names the log, nobody can verify its receipts.
    """
    from reference_node.app import open_logs
    from reference_node.keys import load_log_keys, log_entry_file, save_log_entry
    from reference_node.relay.standing import succeed
    from referral_proto.adapters import SystemClock
    from referral_proto.errors import CallerError

    settings = _settings(folder)
    if agency not in settings.agencies:
        raise CallerError("relay.not-tenant", agency)
    keys = load_log_keys(settings.tls_key.parent, agency, options.passphrase(passphrase_file))
    database, directory, close = open_logs(settings)
    try:
        with voice.busy("asking the witnesses", quiet=as_json):
            opened = succeed(database, directory, agency, keys, SystemClock().now(), seconds)
    finally:
        close()
    entry = log_entry_file(settings.tls_key.parent, opened.origin)
    # Signed at the same moment as the first checkpoint, not later: the empty log came before it.
    save_log_entry(settings.tls_key.parent, opened.origin, keys, opened.opened_at)
    if as_json:
        voice.document(
            {
                "origin": opened.origin,
                "replaces": opened.lost.origin,
                "replaced_size": opened.lost.size,
                "replaced_root": opened.lost.root.hex(),
                "entry": str(entry),
            }
        )
        return
    voice.say(f"opened: {opened.origin}, in the place of {opened.lost.origin} with {opened.lost.size:,} events")
    voice.say(f"made: {entry}")
    voice.say("Next: have the registrar add it to the agency's record and end the log before, then start the relay:")
    voice.say(f"  referral trust logs --log {entry.name} --end {opened.lost.origin}")


@relay_log_command.command()
@_DIR
@options.AS_JSON
def evidence(folder: Path, as_json: bool) -> int:
    """List the proof against logs that was found, and what each file proves. Exit code 3 if one proves nothing."""
    from reference_node.app import open_logs
    from reference_node.witness.evidence import proofs_in, proved
    from reference_node.witness.watched import identities
    from referral_proto.errors import ReferralError
    from referral_proto.log.head import owner_of

    settings = _settings(folder)
    proofs = proofs_in(settings.trust.evidence)
    _, directory, close = open_logs(settings)
    close()
    rows: list[dict[str, str | None]] = []
    for proof in proofs:
        said, code = "", ""
        try:
            said = proved(proof, identities(directory, owner_of(proof.origin), proof.origin))
        except ReferralError as error:
            code = error.code
        rows.append({"file": proof.path.name, "origin": proof.origin, "proves": said or None, "code": code or None})
    if as_json:
        voice.document({"evidence": rows})
    elif not rows:
        voice.say("No proof against any log was found.")
    else:
        for row in rows:
            voice.say(f"{row['file']}", voice.Style.HEAD)
            voice.paragraph(row["proves"] or f"proves nothing here [{row['code']}]", indent="  ")
    return _PEER if any(row["code"] for row in rows) else 0


def _facts(one: LogStatus) -> dict[str, object]:
    return {
        "agency": one.agency,
        "origin": one.origin,
        "size": one.size,
        "enrolled": one.enrolled,
        "signed_at": _iso(one.signed_at),
        "cosigned_size": one.cosigned,
        "trusted_time": _iso(one.trusted_time),
        "quorum": one.quorum,
        "witnesses": [{"name": w.name, "size": w.size, "code": w.code or None} for w in one.witnesses],
    }


def _iso(at: Moment | None) -> str | None:
    return None if at is None else at.iso()


def _yes(true: bool) -> str:
    return "yes" if true else "no"


def _settings(folder: Path) -> RelaySettings:
    from reference_node.settings import RelaySettings, load

    return load(RelaySettings, folder / "relay.toml")
