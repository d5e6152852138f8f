"""`referral verify`: evidence, a sealed file or a cover, check by check; many bundles at once. Opens nothing.

What a file is, is seen from its bytes. Evidence brings its own records and hangs on --root; everything else is judged
by --records.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from referral_proto.cli import options, voice

if TYPE_CHECKING:
    from referral_proto.cli.checks import Verdict
    from referral_proto.errors import ReferralError
    from referral_proto.ids import AgencyId, Digest
    from referral_proto.moment import Moment

__all__ = ["command"]


@click.command()
@click.argument("files", type=options.FILE, nargs=-1, required=True)
@click.option("--root", type=options.FILE, help="For evidence: the root file of the federation (root.json).")
@click.option(
    "--records",
    type=options.FILE,
    envvar="REFERRAL_RECORDS",
    help="Folder of the trust records (*.record). For evidence: records beside those that it brings. Else the"
    " environment's REFERRAL_RECORDS.",
)
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
    "received now, and of a cover it stays open whether the key was good. Evidence brings its own times.",
)
@options.AS_JSON
def command(
    files: tuple[Path, ...],
    root: Path | None,
    records: Path | None,
    recipient: AgencyId | None,
    at: Moment | None,
    as_json: bool,
) -> int:
    """Check evidence, a sealed file or a cover; each check is listed with its number.

    Evidence is verified off-line, by the root alone: who signed, when it was received and by whose word, what is
    claimed and what is proved. Name several bundles, or a folder of them, for a summary.

    A file that came in time stays valid after it has expired, and after its key has ended. A key that was in other
    hands by then makes it contested, which is not valid. Says nothing about the content, which stays sealed.
    """
    from referral_proto.adapters.evidence_files import read_evidence
    from referral_proto.cli import evidence_many
    from referral_proto.flow.evidence.bundle import is_evidence
    from referral_proto.flow.judge import is_contradiction

    if len(files) > 1 or files[0].is_dir():
        return evidence_many.verify(files, _root(root), records, as_json=as_json)
    data = read_evidence(files[0], "sealed file" if root is None else "evidence")
    if is_evidence(data):
        return _evidence(data, _root(root), records, as_json=as_json)
    if records is None:
        raise click.UsageError("Missing option '--records'.")
    if is_contradiction(data):
        return _contradiction(data, root, records, as_json=as_json)
    return _sealed(files[0], records, recipient, at, as_json=as_json)


def _root(file: Path | None) -> Digest:
    from referral_proto.adapters.evidence_files import read_root

    if file is None:
        raise click.UsageError("Missing option '--root'.")
    return read_root(file)


def _evidence(data: bytes, root: Digest, records: Path | None, *, as_json: bool) -> int:
    from referral_proto.adapters.records import records_from
    from referral_proto.cli import evidence_report
    from referral_proto.errors import PeerError
    from referral_proto.flow.evidence.verify import verify_evidence

    more = () if records is None else records_from(records)
    found = verify_evidence(data, root, at=options.moment(None), more_records=more)
    if as_json:
        voice.document(evidence_report.document(found, len(data)))
    else:
        evidence_report.report(found, len(data), more_records=records is not None)
    worst = evidence_report.worst(found)
    if worst is not None and worst.code:
        voice.complain(PeerError("evidence.refused", f"{worst.id}, {worst.code}"))
    return evidence_report.EXIT_CODES[found.verdict]


def _contradiction(data: bytes, root: Path | None, records: Path, *, as_json: bool) -> int:
    from referral_proto.adapters.records import records_from
    from referral_proto.cli import evidence_report
    from referral_proto.flow.judge import judge_contradiction
    from referral_proto.trust.directory import Directory

    if root is None:
        directory = options.directory(records)
    else:
        held = records_from(records)
        directory = Directory.fold(held, root=_root(root), at=options.moment(None), lenient=True)
    found = judge_contradiction(data, directory)
    if as_json:
        voice.document(evidence_report.finding_document(found, len(data)))
    else:
        evidence_report.report_finding(found, len(data))
    return 0


def _sealed(file: Path, records: Path, recipient: AgencyId | None, at: Moment | None, *, as_json: bool) -> int:
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
