"""`cases`, `show`, `status`: what lies on the desk. A person's data is shown by `show` alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reference_node.cli import voice
from reference_node.cli.desks import desk_options, find_message, reach
from referral_proto.cli import options

if TYPE_CHECKING:
    from reference_node.desk.views import CaseList, DeliveryView, DeskStanding, MessageView, Shown
    from referral_proto.cli.words import Words

__all__ = ["cases_command", "show_command", "status_command"]

_LANG = click.option(
    "--lang",
    type=click.Choice(["en", "th", "km"]),
    default="en",
    envvar="REFERRAL_LANG",
    help="Language of the labels. Else REFERRAL_LANG, else English.",
)


@click.command()
@_LANG
@desk_options
@options.AS_JSON
def cases_command(lang: str, folder: Path, socket: Path | None, as_json: bool) -> None:
    """List the cases and the messages of each: kind, direction, time, state. Nothing about a person."""
    with reach(folder, socket) as desk:
        listed = desk.cases()
        alarms = 0 if as_json else desk.status().audit_alarms
    if as_json:
        voice.document(_listed(listed))
        return
    from referral_proto.cli.words import Words

    words = Words(lang)
    for case in listed.cases:
        voice.say(f"case {case.thread.hex()[:16]}: {', '.join(case.participants)}", voice.Style.HEAD)
        voice.table(["message", "kind", "way", "time", "state"], [_line(one, words) for one in case.messages])
        for one in case.messages:
            _say_contest(one)
            _say_way(one)
        voice.say()
    if not listed.cases:
        voice.say("no cases yet")
    for mail in listed.unreadable:
        when = mail.received_at.iso()
        voice.say(f"cannot be read [{mail.code}]: {mail.digest.hex()[:16]}, came {when}", voice.Style.BAD)
    _say_alarms(alarms)


@click.command()
@click.argument("message")
@_LANG
@desk_options
@options.AS_JSON
def show_command(message: str, lang: str, folder: Path, socket: Path | None, as_json: bool) -> None:
    """Open MESSAGE, named by the beginning of its leaf as `cases` shows it, and show it. Writes no file."""
    with reach(folder, socket) as desk:
        shown = desk.show(find_message(desk, message))
    if as_json:
        voice.document(_whole(shown))
        return
    from referral_proto import SectionType
    from referral_proto.cli.tree import section_lines
    from referral_proto.cli.words import Words
    from referral_proto.model.section import SECTION_MODELS

    words = Words(lang)
    voice.say(", ".join(_line(shown.message, words)), voice.Style.HEAD)
    _say_contest(shown.message)
    _say_way(shown.message)
    for kind, data in ((SectionType.CONTROL, shown.control), *((one.section, one.json) for one in shown.sections)):
        voice.say()
        voice.say(words.code(kind), voice.Style.HEAD)
        for line in section_lines(SECTION_MODELS[kind].model_validate_json(data), words):
            voice.say("  " * line.depth + line.text, line.style)
    for kind in shown.quarantined:
        voice.say(f"{words.code(kind)}: {words.phrase('quarantined')}", voice.Style.BAD)


@click.command()
@desk_options
@options.AS_JSON
def status_command(folder: Path, socket: Path | None, as_json: bool) -> None:
    """Say how the desk stands with its relay, and what waits."""
    with reach(folder, socket) as desk:
        standing = desk.status()
    if as_json:
        voice.document(_standing(standing))
        return
    from referral_proto import explain

    voice.say(f"desk of {standing.agency}: {standing.cases} cases", voice.Style.HEAD)
    voice.say(f"waiting for the relay: {standing.queued}; under way: {standing.under_way}")
    if standing.unreadable:
        voice.say(f"cannot be read: {standing.unreadable} (see `referral-node cases`)", voice.Style.MARK)
    contact = standing.contact_at.iso() if standing.contact_at else "never"
    voice.say(f"the relay answered last: {contact}")
    if standing.code:
        retry = f"; tried again at {standing.retry_at.iso()}" if standing.retry_at else ""
        voice.say(f"now not [{standing.code}]: {explain(standing.code).what}{retry}", voice.Style.MARK)
    if standing.trust_code:
        said = explain(standing.trust_code)
        voice.say(f"nothing is sent [{standing.trust_code}]: {said.what}. {said.do}", voice.Style.BAD)
    for code in standing.trust_notices:
        voice.say(f"trust [{code}]: {explain(code).what} (see `referral-node doctor`)", voice.Style.MARK)
    if standing.acknowledging:
        voice.say(f"received and not yet acknowledged: {standing.acknowledging}", voice.Style.MARK)
    if standing.audit_code:
        said = explain(standing.audit_code)
        voice.say(f"the relay's log is not audited [{standing.audit_code}]: {said.what}. {said.do}", voice.Style.MARK)
    _say_alarms(standing.audit_alarms)
    if standing.alarm:
        voice.say("no contact for three days: carry the mail by hand (`referral-node export`)", voice.Style.BAD)


def _say_contest(one: MessageView) -> None:
    """A contested message is never shown without saying so."""
    if one.key.status != "contested":
        return
    since = one.key.since.iso() if one.key.since else "a time not given"
    said = f" (said at {one.key.asserted_at.iso()})" if one.key.asserted_at else ""
    voice.say(
        f"{one.leaf.hex()[:16]} is contested: {one.key.asserted_by or 'somebody'} says that the signing key of "
        f"{one.sender} may have been in other hands since {since}{said}. Do not act on it; ask who says so, and why.",
        voice.Style.BAD,
    )


def _say_alarms(number: int) -> None:
    if number:
        voice.say(f"alarms about the relay: {number} (see `referral-node alarms`)", voice.Style.BAD)


def _say_way(one: MessageView) -> None:
    """What is proved of its way to each recipient, in a caseworker's words."""
    for way in one.deliveries:
        said = [_proved(way), _acknowledged(way)]
        bad = not way.delivered or (way.acknowledged is not None and way.acknowledged.name == "UNREADABLE")
        voice.say(
            f"  {one.leaf.hex()[:16]} to {way.recipient}: {', '.join(filter(None, said))}",
            voice.Style.BAD if bad else voice.Style.PLAIN,
        )
        if way.proof_code:
            voice.say(f"  what came as proof was not believed [{way.proof_code}]", voice.Style.MARK)


def _proved(way: DeliveryView) -> str:
    if not way.delivered:
        return f"not delivered [{way.code}]"
    since = way.since.iso() if way.since else way.at.iso()
    return {
        "NONE": f"delivered {since}, says our relay",
        "PROVISIONAL": f"delivered {since}, signed for by their relay, no witness has seen it yet",
        "COSIGNED": f"delivered, proved since {since}",
    }[way.proof.name]


def _acknowledged(way: DeliveryView) -> str:
    if not way.delivered:
        return ""
    if way.acknowledged is None:
        return "their desk has not answered for it yet"
    at = way.acknowledged_at.iso() if way.acknowledged_at else ""
    if way.acknowledged.name == "RECEIVED":
        return f"their desk has it and can read it ({at})"
    return f"their desk cannot read it ({at}): send it again"


def _key(one: MessageView) -> dict[str, Any]:
    if one.key.status != "contested":
        return {"status": str(one.key.status)}
    return {
        "status": str(one.key.status),
        "since": one.key.since and one.key.since.iso(),
        "asserted_by": one.key.asserted_by,
        "asserted_at": one.key.asserted_at and one.key.asserted_at.iso(),
    }


def _line(one: MessageView, words: Words) -> list[str]:
    way = f"to {', '.join(one.recipients)}" if one.outgoing else f"from {one.sender}"
    state = one.state.name.lower() + (f" [{one.code}]" if one.code else "")
    if one.key.status == "contested":
        state += ", CONTESTED"
    return [one.leaf.hex()[:16], words.code(one.kind), way, one.created_at.iso(), state]


def _listed(listed: CaseList) -> dict[str, Any]:
    return {
        "cases": [
            {
                "case": case.thread.hex(),
                "participants": list(case.participants),
                "opened_at": case.opened_at.iso(),
                "messages": [_message(one) for one in case.messages],
            }
            for case in listed.cases
        ],
        "unreadable": [
            {"digest": m.digest.hex(), "code": m.code, "received_at": m.received_at.iso(), "bytes": m.size}
            for m in listed.unreadable
        ],
    }


def _message(one: MessageView) -> dict[str, Any]:
    return {
        "leaf": one.leaf.hex(),
        "outgoing": one.outgoing,
        "kind": one.kind.name,
        "purpose": one.purpose.name,
        "sender": one.sender,
        "recipients": list(one.recipients),
        "created_at": one.created_at.iso(),
        "stored_at": one.stored_at.iso(),
        "state": one.state.name,
        "code": one.code,
        "bytes": one.size,
        "signing_key": _key(one),
        "about": [leaf.hex() for leaf in one.about],
        "deliveries": [
            {
                "recipient": d.recipient,
                "delivered": d.delivered,
                "code": d.code,
                "at": d.at.iso(),
                "proof": d.proof.name,
                "since": d.since and d.since.iso(),
                "acknowledged": d.acknowledged and d.acknowledged.name,
                "acknowledged_at": d.acknowledged_at and d.acknowledged_at.iso(),
                "proof_code": d.proof_code,
            }
            for d in one.deliveries
        ],
    }


def _whole(shown: Shown) -> dict[str, Any]:
    return {
        "message": _message(shown.message),
        "case": shown.thread.hex(),
        "control": json.loads(shown.control),
        "sections": {one.section.name.lower(): json.loads(one.json) for one in shown.sections},
        "quarantined": [kind.name for kind in shown.quarantined],
    }


def _standing(standing: DeskStanding) -> dict[str, Any]:
    return {
        "agency": standing.agency,
        "cases": standing.cases,
        "queued": standing.queued,
        "under_way": standing.under_way,
        "unreadable": standing.unreadable,
        "contact_at": standing.contact_at and standing.contact_at.iso(),
        "code": standing.code,
        "retry_at": standing.retry_at and standing.retry_at.iso(),
        "alarm": standing.alarm,
        "acknowledging": standing.acknowledging,
        "audit": {"code": standing.audit_code, "alarms": standing.audit_alarms},
        "trust": {
            "code": standing.trust_code,
            "age_seconds": standing.trust_age_seconds,
            "notices": list(standing.trust_notices),
        },
    }
