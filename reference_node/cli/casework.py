"""`refer`, `answer`: what a caseworker sends. The desk minimises, seals and queues; these commands only ask it to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reference_node.cli import voice
from reference_node.cli.desks import desk_options, find_case, find_message, reach
from referral_proto.cli import options

if TYPE_CHECKING:
    from reference_node.desk.views import Sent
    from referral_proto import AgencyId, SectionType
    from referral_proto.model.codes.exchange import (
        AnswerReason,
        LegalBasis,
        MessageKind,
        Purpose,
        TransferSafeguard,
        UseRestriction,
    )

__all__ = ["answer_command", "refer_command"]


@click.command()
@click.argument("file", type=options.FILE)
@click.option("--to", "recipients", type=options.AGENCY, multiple=True, required=True, help="Who receives; repeatable.")
@click.option("--kind", type=options.CodeName("MessageKind"), default="offer", show_default=True)
@click.option("--purpose", type=options.CodeName("Purpose"), default="referral-offer", show_default=True)
@click.option("--case", help="Continue this case: the beginning of its number.")
@click.option("--about", multiple=True, help="A message that this one is about: the beginning of its leaf; repeatable.")
@click.option("--legal-basis", type=options.CodeName("LegalBasis"))
@click.option("--safeguard", type=options.CodeName("TransferSafeguard"), help="What protects the data over there.")
@click.option(
    "--restrict", type=options.CodeName("UseRestriction"), multiple=True, help="A use restriction; repeatable."
)
@desk_options
@options.AS_JSON
def refer_command(
    file: Path,
    recipients: tuple[AgencyId, ...],
    kind: MessageKind,
    purpose: Purpose,
    case: str | None,
    about: tuple[str, ...],
    legal_basis: LegalBasis | None,
    safeguard: TransferSafeguard | None,
    restrict: tuple[UseRestriction, ...],
    folder: Path,
    socket: Path | None,
    as_json: bool,
) -> None:
    """Send what FILE holds (a referral as JSON), as far as purpose, mandates and consent allow.

    The message is sealed and stored when this returns; the desk hands it over as soon as the relay can be reached.
    """
    from referral_proto import Digest
    from referral_proto.adapters import disk
    from referral_proto.adapters.referral_json import LARGEST_REFERRAL

    referral = disk.read(file, "referral", LARGEST_REFERRAL)
    with reach(folder, socket) as desk:
        sent = desk.refer(
            referral,
            kind,
            purpose,
            recipients,
            thread=find_case(desk, case) if case else None,
            about=[Digest(find_message(desk, one)) for one in about],
            legal_basis=legal_basis,
            transfer_safeguard=safeguard,
            use_restrictions=restrict,
        )
    _tell(sent, as_json=as_json)


@click.command()
@click.argument("message")
@click.option("--kind", type=options.CodeName("MessageKind"), required=True, help="accept, decline, ask, redirect …")
@click.option("--reason", type=options.CodeName("AnswerReason"), help="Needed to decline.")
@click.option("--redirect-to", type=options.AGENCY, help="Who is better placed.")
@click.option(
    "--ask", type=options.CodeName("SectionType"), multiple=True, help="A section that is needed; repeatable."
)
@click.option("--findings", type=options.FILE, help="Sections of your own, as in a referral.")
@desk_options
@options.AS_JSON
def answer_command(
    message: str,
    kind: MessageKind,
    reason: AnswerReason | None,
    redirect_to: AgencyId | None,
    ask: tuple[SectionType, ...],
    findings: Path | None,
    folder: Path,
    socket: Path | None,
    as_json: bool,
) -> None:
    """Answer MESSAGE, named by the beginning of its leaf as `cases` shows it."""
    answer: dict[str, Any] = {"kind": kind.name, "asked": [one.name for one in ask]}
    if reason is not None:
        answer["reason"] = reason.name
    if redirect_to is not None:
        answer["redirect_to"] = redirect_to
    if findings is not None:
        answer["findings"] = _findings(findings)
    with reach(folder, socket) as desk:
        sent = desk.answer(find_message(desk, message), json.dumps(answer).encode())
    _tell(sent, as_json=as_json)


def _findings(file: Path) -> Any:
    from referral_proto import CallerError
    from referral_proto.adapters import disk
    from referral_proto.adapters.referral_json import LARGEST_REFERRAL

    try:
        return json.loads(disk.read(file, "findings", LARGEST_REFERRAL))
    except ValueError:
        raise CallerError("referral.not-json", "findings") from None


def _tell(sent: Sent, *, as_json: bool) -> None:
    rows = [
        {
            "section": row.section.name,
            "recipient": row.recipient,
            "state": row.state.name,
            **({"reason": row.reason} if row.reason else {}),
        }
        for row in sent.disclosed
    ]
    if as_json:
        voice.document({"leaf": sent.leaf.hex(), "case": sent.thread.hex(), "bytes": sent.size, "disclosed": rows})
        return
    from referral_proto.cli.words import Words
    from referral_proto.model.codes.exchange import DisclosureState

    words = Words()
    voice.say(f"sealed and stored: message {sent.leaf.hex()[:16]}, case {sent.thread.hex()[:16]}, {sent.size:,} bytes")
    for row in sent.disclosed:
        given = row.state == DisclosureState.GIVEN
        why = f" ({row.reason})" if row.reason else ""
        voice.say(
            f"  {words.code(row.section)}, {row.recipient}: {words.code(row.state)}{why}",
            voice.Style.PLAIN if given else voice.Style.MARK,
        )
