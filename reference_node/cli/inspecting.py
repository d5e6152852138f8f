"""`alarms`, `evidence`, `access-log`: what is shown to auditors and inspectors, and what needs somebody's attention.

A person's data is never here: leaves, agencies, times, and the names of officers who looked.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reference_node.cli import voice
from reference_node.cli.desks import desk_options, find_message, reach
from referral_proto.cli import options

if TYPE_CHECKING:
    from reference_node.desk.views import AccessView, AlarmView
    from referral_proto import Moment

__all__ = ["access_log_command", "alarms_command", "evidence_command"]


@click.command()
@click.option("--settle", "number", type=click.IntRange(min=1), help="Say that somebody has seen to this alarm.")
@click.option("--all", "settled", is_flag=True, help="Also those that somebody has seen to.")
@desk_options
@options.AS_JSON
def alarms_command(number: int | None, settled: bool, folder: Path, socket: Path | None, as_json: bool) -> None:
    """List what the desk found in its relay's log that an honest relay does not do, with the evidence for it."""
    with reach(folder, socket) as desk:
        if number is not None:
            desk.settle_alarm(number)
        listed = desk.alarms(settled=settled)
    if as_json:
        voice.document({"alarms": [_alarm(one) for one in listed]})
        return
    from referral_proto import explain

    for one in listed:
        style = voice.Style.BAD if one.settled_at is None else voice.Style.PLAIN
        voice.say(f"alarm {one.number} [{one.code}], {one.at.iso()}: {explain(one.code).what}", style)
        voice.say(f"  about: {one.mark}")
        if one.evidence:
            voice.say(f"  evidence: {one.evidence}, in the desk's evidence folder")
        if one.settled_at is not None:
            voice.say(f"  seen to: {one.settled_at.iso()}")
        else:
            voice.say(f"  do: {explain(one.code).do}")
    if not listed:
        voice.say("no alarms")


@click.command()
@click.argument("message")
@click.option("--out", "output", type=options.FILE, required=True, help="The bundle to write.")
@click.option(
    "--show-control",
    is_flag=True,
    help="Let the auditor read the control section: kind, deadlines, thread, what is asked, which services, what was"
    " decided, which sections are given, withheld or refused. It holds no section about the person, but says things"
    " about the case.",
)
@click.option("--non-response", is_flag=True, help="Claim that whoever has not answered has not.")
@click.option("--deadline", type=options.MOMENT, help="By when an answer was due, if the message does not say.")
@options.FORCE
@desk_options
@options.AS_JSON
def evidence_command(
    message: str,
    output: Path,
    show_control: bool,
    non_response: bool,
    deadline: Moment | None,
    force: bool,
    folder: Path,
    socket: Path | None,
    as_json: bool,
) -> None:
    """Write evidence about MESSAGE (the beginning of its leaf) and its answers, for `referral verify`.

    Receipts, acknowledgements, trust records: who sent what to whom, and when it was received. It opens nothing about a
    person, and needs no key.
    """
    if deadline is not None and not non_response:
        raise click.UsageError("--deadline belongs to --non-response")
    with reach(folder, socket) as desk:
        leaf = find_message(desk, message)
        bundle = desk.evidence(leaf, show_control=show_control, non_response=non_response, deadline=deadline)
    _write(output, bundle, force=force)
    if as_json:
        voice.document({"leaf": leaf.hex(), "bytes": len(bundle)})
        return
    voice.say(f"written: evidence about message {leaf.hex()[:16]}, {len(bundle):,} bytes")


@click.group(invoke_without_command=True)
@desk_options
@options.AS_JSON
@click.pass_context
def access_log_command(context: click.Context, folder: Path, socket: Path | None, as_json: bool) -> None:
    """List who opened, passed on or exported which message, and since when that is anchored in the relay's log."""
    if context.invoked_subcommand is not None:
        return
    with reach(folder, socket) as desk:
        listed = desk.accesses()
    if as_json:
        voice.document({"accesses": [_access(one) for one in listed]})
        return
    if not listed:
        voice.say("nothing yet")
        return
    voice.table(["number", "what", "message", "who", "time", "anchored"], [_line(one) for one in listed])


@access_log_command.command("export")
@click.argument("file", type=options.FILE)
@options.FORCE
@desk_options
@options.AS_JSON
def _export(file: Path, force: bool, folder: Path, socket: Path | None, as_json: bool) -> None:
    """Write the access log with its proofs into FILE, for an inspector: `referral verify` judges it."""
    with reach(folder, socket) as desk:
        bundle = desk.access_evidence()
    _write(file, bundle, force=force)
    if as_json:
        voice.document({"bytes": len(bundle)})
        return
    voice.say(f"written: the access log, {len(bundle):,} bytes")


def _write(file: Path, bundle: bytes, *, force: bool) -> None:
    from referral_proto.adapters import disk

    disk.write(file, bundle, "evidence", secret=True, replace=force)


def _alarm(one: AlarmView) -> dict[str, Any]:
    return {
        "number": one.number,
        "code": one.code,
        "about": one.mark,
        "at": one.at.iso(),
        "evidence": one.evidence,
        "settled_at": one.settled_at and one.settled_at.iso(),
    }


def _access(one: AccessView) -> dict[str, Any]:
    return {
        "index": one.index,
        "kind": one.kind and one.kind.name,
        "leaf": one.leaf and one.leaf.hex(),
        "recipient": one.recipient,
        "actor": one.actor,
        "at": one.at and one.at.iso(),
        "anchored": one.anchored,
        "anchored_at": one.anchored_at and one.anchored_at.iso(),
    }


def _line(one: AccessView) -> list[str]:
    what = "forgotten" if one.kind is None else one.kind.name.lower()
    if one.recipient:
        what += f" to {one.recipient}"
    anchored = one.anchored_at.iso() if one.anchored_at else "by the relay" if one.anchored else "not yet"
    leaf, at = one.leaf.hex()[:16] if one.leaf else "", one.at.iso() if one.at else ""
    return [str(one.index), what, leaf, one.actor or "not known here", at, anchored]
