"""`referral verify`: a sealed file or a cover against the trust records, check by check. Opens nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from referral_proto.cli import options, voice

if TYPE_CHECKING:
    from referral_proto.cli.checks import Verdict
    from referral_proto.errors import ReferralError
    from referral_proto.ids import AgencyId
    from referral_proto.moment import Moment

__all__ = ["command"]


@click.command()
@click.argument("file", type=options.FILE)
@options.RECORDS
@click.option(
    "--as",
    "recipient",
    type=options.AGENCY,
    help="Also check that this agency is a recipient, with an opening key that was good (check A-5).",
)
@click.option(
    "--at",
    type=options.MOMENT,
    metavar="TIME",
    help="The moment it was received, as 2026-11-21T12:00:00Z, from somebody who can show it. Else: a sealed file is "
    "received now, and of a cover it stays open whether the key was good.",
)
@options.AS_JSON
def command(file: Path, records: Path, recipient: AgencyId | None, at: Moment | None, as_json: bool) -> int:
    """Check a sealed file, or a cover, against the trust records; each check is listed with its number.

    A file that came in time stays valid after it has expired, and after its key has ended. A key that was in other
    hands by then makes it contested, which is not valid. Says nothing about the content, which stays sealed.
    """
    from referral_proto.adapters.sealed import read_sealed
    from referral_proto.cli.checks import judge

    data = read_sealed(file)
    now = options.moment(None)
    verdict = judge(data, recipient, options.directory(records), at, now)
    # A sealed file that nobody says came before comes now.
    judged = now if at is None and verdict.sealed else at
    if as_json:
        voice.document(_document(verdict, judged, len(data)))
    else:
        _report(verdict, judged, len(data))
    problem = _problem(verdict)
    if problem is None:
        return 0
    voice.complain(problem)
    return problem.fault.exit_code


def _problem(verdict: Verdict) -> ReferralError | None:
    """Why it is not valid without question."""
    from referral_proto.errors import CallerError, PeerError
    from referral_proto.trust.standing import Status

    if verdict.refusal is not None or verdict.standing.status is Status.VALID:
        return verdict.refusal
    if verdict.standing.status is Status.CONTESTED:
        return PeerError("trust.keyset-contested", verdict.standing.asserted_by or "")
    return CallerError("cli.no-time")


def _report(verdict: Verdict, at: Moment | None, size: int) -> None:
    from referral_proto.cli.checks import Status
    from referral_proto.crypto.keytext import fingerprint

    styles = {
        Status.PASSED: voice.Style.GOOD,
        Status.FAILED: voice.Style.BAD,
        Status.CONTESTED: voice.Style.MARK,
        Status.INDETERMINATE: voice.Style.MARK,
    }
    when = "time of receipt not known" if at is None else f"as received {at.iso()}"
    voice.say(f"{'sealed file' if verdict.sealed else 'cover'}, {size:,} bytes, {when}")
    for result in verdict.results:
        line = f"  {result.status.replace('-', ' '):<13}  {result.check.id}  {result.check.asks}"
        voice.say(line, styles.get(result.status, voice.Style.QUIET))
    core, leaf = verdict.core, verdict.leaf
    if core is None or leaf is None:
        voice.say("refused: do not use it", voice.Style.BAD)
        if verdict.refusal is not None and verdict.refusal.code == "admit.expired":
            voice.say("if you can show that it came before, give that moment with --at")
        return
    standing = verdict.standing
    word = standing.status.value
    voice.say(f"{word}: a key of {core.sender.agency} signed exactly this", styles[_result(word)])
    if standing.since is not None:
        said = "" if standing.asserted_at is None else f" on {standing.asserted_at.iso()}"
        by = standing.asserted_by
        voice.say(f"  {by} said{said} that this key was in other hands since {standing.since.iso()}", voice.Style.MARK)
    voice.say(f"  for: {', '.join(one.agency for one in core.recipients)}")
    voice.say(f"  made: {core.created_at.iso()}, to be received before {core.expires_at.iso()}")
    voice.say(f"  leaf: {leaf.hex()}")
    voice.say(f"  signed with: {fingerprint(core.sender.keyset)}")


def _result(word: str) -> Any:
    from referral_proto.cli.checks import Status

    return Status.PASSED if word == "valid" else Status(word)


def _document(verdict: Verdict, at: Moment | None, size: int) -> dict[str, Any]:
    core, leaf, refusal, standing = verdict.core, verdict.leaf, verdict.refusal, verdict.standing
    return {
        "file": "sealed" if verdict.sealed else "cover",
        "bytes": size,
        "received_at": at and at.iso(),
        "verdict": "refused" if refusal is not None else standing.status.value,
        "checks": [
            {"id": result.check.id, "asks": result.check.asks, "status": result.status.value}
            for result in verdict.results
        ],
        "refusal": refusal and {"code": refusal.code, "where": refusal.where, "do": refusal.explanation.do},
        "contested": standing.since
        and {
            "since": standing.since.iso(),
            "asserted_by": standing.asserted_by,
            "asserted_at": standing.asserted_at and standing.asserted_at.iso(),
        },
        "sender": core and core.sender.agency,
        "signing_key": core and core.sender.keyset.hex(),
        "recipients": core and [one.agency for one in core.recipients],
        "created_at": core and core.created_at.iso(),
        "expires_at": core and core.expires_at.iso(),
        "leaf": leaf and leaf.hex(),
    }
