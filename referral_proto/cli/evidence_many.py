"""Many bundles of evidence at once: one line for each that did not pass, a summary, a bar on the way. Decides nothing.

Files of other kinds that stand between them count as failed: nobody should take a summary for more than it covers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from referral_proto.cli import options, voice

if TYPE_CHECKING:
    from referral_proto.flow.evidence.report import Verdict
    from referral_proto.flow.evidence.verify import Auditor
    from referral_proto.ids import Digest

__all__ = ["verify"]

_STEP = 25


class _Line(NamedTuple):
    """What came of one file."""

    file: Path
    verdict: Verdict
    check: str
    code: str


def verify(files: Sequence[Path], root: Digest, records: Path | None, *, as_json: bool) -> int:
    """Verify them all; the exit code is that of the worst."""
    from referral_proto.adapters.records import records_from
    from referral_proto.cli.evidence_report import EXIT_CODES
    from referral_proto.errors import PeerError
    from referral_proto.flow.evidence.report import Verdict
    from referral_proto.flow.evidence.verify import Auditor

    named = list(dict.fromkeys(_named(files)))
    more = () if records is None else records_from(records)
    lines = _judged(named, Auditor(root, at=options.moment(None), more_records=more))
    counts = Counter(line.verdict for line in lines)
    doubtful = [line for line in lines if line.verdict is not Verdict.PASSED]
    if as_json:
        voice.document(
            {
                "file": "many",
                "files": len(lines),
                "counts": {verdict.value: counts[verdict] for verdict in Verdict},
                "not_passed": [
                    {"name": str(line.file), "verdict": line.verdict.value, "check": line.check, "code": line.code}
                    for line in doubtful
                ],
            }
        )
    else:
        for line in doubtful:
            voice.say(f"{line.verdict.value:<13}  {line.file}  {line.check} [{line.code}]", voice.Style.BAD)
        for verdict in Verdict:
            voice.say(f"{verdict.value:<13}  {counts[verdict]:>8,}")
        voice.say(f"{'bundles':<13}  {len(lines):>8,}")
    if not doubtful:
        return 0
    voice.complain(PeerError("evidence.refused", f"{len(doubtful):,} of {len(lines):,} files"))
    return max(EXIT_CODES[line.verdict] for line in doubtful)


def _named(files: Iterable[Path]) -> Iterable[Path]:
    from referral_proto.adapters.evidence_files import evidence_in

    for file in files:
        if file.is_dir():
            yield from evidence_in(file)
        else:
            yield file


def _judged(files: Sequence[Path], auditor: Auditor) -> list[_Line]:
    from referral_proto.adapters.evidence_files import read_evidence
    from referral_proto.cli.evidence_report import worst
    from referral_proto.errors import CallerError, PeerError
    from referral_proto.flow.evidence.report import Verdict

    lines: list[_Line] = []
    for done, file in enumerate(files):
        if done % _STEP == 0:
            bad = sum(line.verdict is not Verdict.PASSED for line in lines)
            voice.progress(done, len(files), f", {bad:,} not passed" if bad else "")
        try:
            found = auditor.verify(read_evidence(file))
        except (CallerError, PeerError) as error:
            lines.append(_Line(file, Verdict.FAILED, "", error.code))
            continue
        result = worst(found)
        lines.append(_Line(file, found.verdict, result.id if result else "", result.code if result else ""))
    voice.progress(len(files), len(files))
    return lines
