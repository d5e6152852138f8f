"""`referral-node demo`: plays the demonstration and tells it, as a story or as one JSON document."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reference_node.cli import voice
from referral_proto.cli import options

if TYPE_CHECKING:
    from reference_node.demo.exchange import Passage
    from reference_node.demo.play import Outcome

__all__ = ["demo_command"]

_DOING = {
    "prepare": "making keys, certificates and records",
    "start": "starting seven programs",
    "offer": "the Thai desk sends an offer",
    "accept": "the Cambodian desk accepts",
    "request": "the Thai desk sends the identity",
    "result": "the Cambodian desk answers",
    "prove": "gathering receipts and what witnesses say",
    "look": "looking with each party's eyes",
    "rotate": "th.dsdw changes its key",
    "revoke": "the old key is revoked",
    "seize": "a registrar alone tries to replace a key",
    "audit": "an auditor verifies the exchange from files",
    "tamper": "a relay's operator rewrites the log",
    "drop": "a relay takes mail away",
    "backdate": "a relay backdates a receipt",
    "search": "searching every disk",
    "stop": "stopping the programs",
}


@click.command()
@click.option("--keep", type=options.FILE, help="Leave every party's files in this new folder.")
@click.option("--example", type=options.FILE, help="Another referral, as JSON, instead of the one that is shipped.")
@click.option(
    "--lang",
    type=click.Choice(["en", "th", "km"]),
    default="en",
    envvar="REFERRAL_LANG",
    help="Language of what the caseworkers read. Else REFERRAL_LANG, else English.",
)
@options.AS_JSON
def demo_command(keep: Path | None, example: Path | None, lang: str, as_json: bool) -> int:
    """Send a referral from one country to another, on this machine, with invented data.

    Starts two relays, two desks and three witnesses as real programs, sends an offer, an acceptance, a request to
    verify nationality and the result; shows what each party can see; has an auditor verify the exchange from files
    alone, and a corrupt relay caught; and proves that neither relay ever held a readable word. Fails, and names the
    step, if anything is not as it must be.
    """
    from reference_node.cli.story import Story
    from reference_node.demo import play as the_play

    story = Story(lang, quiet=as_json)
    # SIGTERM ends the demonstration as Ctrl-C does: with all its processes.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with voice.busy("…", quiet=as_json) as busy:
            outcome = the_play.play(
                example or the_play.example(), keep, lambda step: busy.now(_DOING[step]), story.beat
            )
    except the_play.StepFailed as failed:
        return _failed(failed.step, failed.cause, as_json=as_json)
    if as_json:
        voice.document(_report(outcome))
    else:
        story.end(outcome)
    return 0


def _failed(step: str, cause: Any, *, as_json: bool) -> int:
    voice.note(f"the step `{step}` failed", voice.Style.BAD)
    voice.complain(cause)
    if as_json:
        explained = cause.explanation
        error = {"code": cause.code, "fault": cause.fault.value, "where": cause.where}
        voice.document(
            {"ok": False, "failed_step": step, "error": {**error, "what": explained.what, "do": explained.do}}
        )
    code: int = cause.fault.exit_code
    return code


def _report(outcome: Outcome) -> dict[str, Any]:
    from reference_node.demo.eyes import PARTIES_SEEING

    return {
        "ok": True,
        "steps": [{"step": beat.step, "seconds": round(beat.seconds, 3)} for beat in outcome.beats],
        "messages": [_message(one) for one in outcome.passages],
        "sees": [{"what": row.what, **dict(zip(PARTIES_SEEING, row.cells, strict=True))} for row in outcome.table],
        "proofs": dict(outcome.proofs),
        "trust": {step: dict(facts) for step, facts in outcome.trials.items()},
        "audit": dict(outcome.audit),
        "attacks": {step: dict(facts) for step, facts in outcome.attacks.items()},
        "search": {
            "words": len(outcome.words),
            "patterns": outcome.patterns,
            "places": {
                place: {
                    when: {
                        "files": report.files,
                        "bytes": report.bytes,
                        "journals": report.journals,
                        "finds": len(report.finds),
                    }
                    for when, report in reports.items()
                }
                for place, reports in outcome.searched.items()
            },
        },
        "exit_codes": outcome.exit_codes,
        "kept": None if outcome.kept is None else str(outcome.kept),
    }


def _message(one: Passage) -> dict[str, Any]:
    return {
        "kind": one.kind.name,
        "purpose": one.purpose.name,
        "from": one.sender,
        "to": one.recipient,
        "leaf": one.leaf.hex(),
        "bytes": one.size,
        "seconds": round(one.seconds, 3),
        "given": [kind.name for kind in one.given],
        "withheld": [kind.name for kind in one.withheld],
    }
