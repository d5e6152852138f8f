"""What `referral verify` says of evidence: a report for people, and the same as a document. Decides nothing.

A report says first what is shown, then whose word each time is, then every check. It says what was not looked at.
"""

from __future__ import annotations

from typing import Any, Final

from referral_proto.cli import voice
from referral_proto.errors import explain
from referral_proto.flow.evidence.report import CHECKS, Report, Result, Status, Verdict
from referral_proto.log.contradiction import Finding

__all__ = ["EXIT_CODES", "document", "finding_document", "report", "report_finding", "worst"]

EXIT_CODES: Final = {Verdict.PASSED: 0, Verdict.INDETERMINATE: 2, Verdict.CONTESTED: 3, Verdict.FAILED: 3}
"""How `referral verify` ends (docs/exit-codes.md)."""

_STYLES: Final = {
    "passed": voice.Style.GOOD,
    "failed": voice.Style.BAD,
    "contested": voice.Style.MARK,
    "indeterminate": voice.Style.MARK,
}
_KINDS: Final = {"EXCHANGE": "an exchange", "ACCESS": "a desk's own log", "AUDIT": "entries of a log"}
_DOUBTFUL: Final = (Status.FAILED, Status.CONTESTED, Status.INDETERMINATE)


def worst(found: Report) -> Result | None:
    """The first result that has the verdict, None if all passed."""
    return (
        next((one for one in found.results if one.status.value == found.verdict.value), None)
        if not found.passed
        else None
    )


def report(found: Report, size: int, *, more_records: bool) -> None:
    """The whole report for people."""
    what = _KINDS.get(found.kind.name, "another kind") if found.kind is not None else "what cannot be read"
    voice.say(f"evidence of {what}, {size:,} bytes, digest {found.digest.hex()[:16]}")
    voice.say(f"verdict: {found.verdict.value}", _STYLES[found.verdict.value])
    if found.shown:
        voice.say("what is shown, and no more:" if found.passed else "what would be shown if the rest held:")
        for one in found.shown:
            voice.say(f"  {one.text}")
    for summary in found.summaries:
        kind = "kind not shown" if summary.kind is None else summary.kind.name.lower().replace("_", " ")
        voice.say(f"message {summary.message}: {kind}, {summary.sender} → {', '.join(summary.recipients)}")
        voice.say(f"  leaf {summary.leaf.hex()}", voice.Style.QUIET)
    _tell_times(found)
    _tell_claims(found)
    _tell_accesses(found)
    voice.say("checks:")
    for result in found.results:
        voice.say(_line(result), _STYLES.get(result.status.value, voice.Style.QUIET))
    _tell_grounds(found, more_records=more_records)
    told = dict.fromkeys(one.code for one in found.results if one.status in _DOUBTFUL and one.code)
    if told:
        voice.say("what to do:")
        for code in told:
            explained = explain(code)
            voice.say(f"  [{code}] {explained.what}. {explained.do}")


def _line(result: Result) -> str:
    about = f"message {result.message}" if result.message else "bundle"
    about += f", {result.recipient}" if result.recipient else ""
    line = f"  {result.status.value.replace('-', ' '):<13}  {result.id:<4}  {about}: {CHECKS[result.id]}"
    if result.code:
        line += f" [{result.code}{f' at {result.where}' if result.where else ''}]"
    standing = result.standing
    if standing is not None and standing.since is not None:
        said = "" if standing.asserted_at is None else f" on {standing.asserted_at.iso()}"
        line += f"; {standing.asserted_by} said{said} that the key was in other hands since {standing.since.iso()}"
    return line


def _tell_times(found: Report) -> None:
    if found.times:
        voice.say("times, and whose word each is:")
    for one in sorted(found.times, key=lambda one: (one.at, one.message)):
        at = f", at {one.recipient}" if one.recipient else ""
        voice.say(f"  {one.at.iso()}  message {one.message}{at}: {one.what} ({one.whose})")


def _tell_claims(found: Report) -> None:
    if found.claims:
        voice.say("claims, which prove only that somebody says so:")
    for one in found.claims:
        about = f"message {one.message}" + (f", {one.recipient}" if one.recipient else "")
        due = "" if one.due_at is None else f", due {one.due_at.iso()}"
        what = one.kind.name.lower().replace("_", " ")
        voice.say(f"  {one.claimant} says, as of {one.at.iso()}: {what}, {about}{due} (signature {one.status.value})")


def _tell_accesses(found: Report) -> None:
    if found.accesses:
        voice.say("events of the desk's log, in its own words:")
    for one in found.accesses:
        by = "not anchored yet" if one.by is None else f"before {one.by.iso()}"
        who = "" if one.actor is None else f", by {one.actor.hex()[:16]}"
        to = f", to {one.recipient}" if one.recipient else ""
        voice.say(f"  {one.index:>6}  {one.at.iso()} ({by})  {one.kind.name.lower()} {one.subject.hex()[:16]}{to}{who}")


def _tell_grounds(found: Report, *, more_records: bool) -> None:
    if found.at is not None:
        voice.say(f"judged by this machine's clock, at {found.at.iso()}: what is dated ahead of it does not count")
    if found.chains:
        voice.say("judged by these records, and by none that came later:")
    for chain in found.chains:
        voice.say(f"  {chain.holder}: up to record {chain.sequence}, issued {chain.issued_at.iso()}")
    for code, agency in found.alarms:
        voice.say(f"  alarm [{code}] about {agency}: {explain(code).what}", voice.Style.MARK)
    if found.chains and not more_records:
        voice.say(
            "  whoever made the bundle chose its records; --records DIR adds those that you hold", voice.Style.MARK
        )


def document(found: Report, size: int) -> dict[str, Any]:
    """The same for programs."""
    return {
        "file": "evidence",
        "bytes": size,
        "digest": found.digest.hex(),
        "kind": found.kind and found.kind.name,
        "root": found.root.hex(),
        "judged_at": found.at and found.at.iso(),
        "verdict": found.verdict.value,
        "shown": [
            {"kind": one.kind.value, "message": one.message, "recipient": one.recipient or None, "text": one.text}
            for one in found.shown
        ],
        "messages": [
            {
                "message": one.message,
                "leaf": one.leaf.hex(),
                "sender": one.sender,
                "recipients": list(one.recipients),
                "created_at": one.created_at.iso(),
                "expires_at": one.expires_at.iso(),
                "kind": one.kind and one.kind.name,
            }
            for one in found.summaries
        ],
        "times": [
            {"what": one.what, "at": one.at.iso(), "whose": one.whose}
            | {"message": one.message, "recipient": one.recipient or None}
            for one in found.times
        ],
        "claims": [
            {
                "claimant": one.claimant,
                "kind": one.kind.name,
                "at": one.at.iso(),
                "due_at": one.due_at and one.due_at.iso(),
                "message": one.message,
                "recipient": one.recipient or None,
                "status": one.status.value,
            }
            for one in found.claims
        ],
        "events": [
            {
                "index": one.index,
                "kind": one.kind.name,
                "at": one.at.iso(),
                "by": one.by and one.by.iso(),
                "subject": one.subject.hex(),
                "actor": one.actor and one.actor.hex(),
                "sender": one.sender or None,
                "recipient": one.recipient or None,
            }
            for one in found.accesses
        ],
        "checks": [_check(one) for one in found.results],
        "records": [
            {"holder": one.holder, "sequence": one.sequence, "issued_at": one.issued_at.iso()} for one in found.chains
        ],
        "alarms": [{"code": code, "agency": agency} for code, agency in found.alarms],
    }


def _check(one: Result) -> dict[str, Any]:
    standing = one.standing
    return {
        "id": one.id,
        "asks": CHECKS[one.id],
        "status": one.status.value,
        "message": one.message,
        "recipient": one.recipient or None,
        "code": one.code or None,
        "where": one.where or None,
        "do": explain(one.code).do if one.code else None,
        "contested": standing
        and standing.since
        and {
            "since": standing.since.iso(),
            "asserted_by": standing.asserted_by,
            "asserted_at": standing.asserted_at and standing.asserted_at.iso(),
        },
    }


def report_finding(found: Finding, size: int) -> None:
    """A contradiction that is proved."""
    voice.say(f"proof of a contradiction, {size:,} bytes")
    voice.say(f"proved: {found.accused} signed two statements that cannot both be true", voice.Style.BAD)
    voice.say(f"  {found.kind.name.lower().replace('_', ' ')}, about the log {found.first.origin}")
    for head, at in ((found.first, found.first_at), (found.second, found.second_at)):
        voice.say(f"  {at.iso()} by its own clock: {head.size:,} entries, root {head.root.hex()}")
    voice.say("keep the file, and tell the registrars and every agency that relies on this log or witness")


def finding_document(found: Finding, size: int) -> dict[str, Any]:
    """The same for programs."""
    return {
        "file": "contradiction",
        "bytes": size,
        "verdict": "passed",
        "accused": found.accused,
        "kind": found.kind.name,
        "heads": [
            {"origin": head.origin, "size": head.size, "root": head.root.hex(), "at": at.iso()}
            for head, at in ((found.first, found.first_at), (found.second, found.second_at))
        ],
    }
