"""Verifying evidence: a bundle and the root that the auditor holds in, a report out. Opens nothing, raises nothing.

    E-1 form → E-2 records → E-3 … what the bundle's kind asks (spec: evidence)

Whatever a bundle holds, the answer is a report: a bundle that cannot be read has failed E-1.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from referral_proto.crypto.memory import SealMemory
from referral_proto.errors import PeerError, ReferralError
from referral_proto.flow.evidence.access import judge_access
from referral_proto.flow.evidence.audit import judge_audit
from referral_proto.flow.evidence.bundle import Shelf, read_bundle
from referral_proto.flow.evidence.exchange import Judged, judge_message, relate
from referral_proto.flow.evidence.grounds import Grounds, Records
from referral_proto.flow.evidence.report import Book, Chain, Report, Result, Status, Verdict
from referral_proto.flow.evidence.silence import judge_claims
from referral_proto.flow.evidence.wording import conclude
from referral_proto.ids import Digest
from referral_proto.model.evidence import EvidenceBundle
from referral_proto.moment import Moment
from referral_proto.trust.memory import FoldMemory

__all__ = ["Auditor", "verify_evidence"]

_GROUNDS_KEPT: Final = 8
_SEALS_KEPT: Final = 4096
_PASSED_OVER: Final = frozenset({"trust.keyset-unsupported", "trust.dated-ahead"})
"""What a registrar can write alone, and nodes pass over: told, or one registrar could make any evidence contested."""


def verify_evidence(
    bundle: bytes, root: Digest, *, at: Moment | None = None, more_records: Iterable[bytes] = ()
) -> Report:
    """Judge one bundle.

    root: digest of the federation's first record. at: the auditor's clock, ahead of which no claim and no cosignature
    counts, and by which a recovery may have waited long enough; without it none has, and no claim passes.
    more_records: SignedRecords that the auditor holds beside the bundle's; whoever made the bundle may have left out
    what speaks against it, such as the revocation of a key.
    """
    return Auditor(root, at=at, more_records=more_records).verify(bundle)


class Auditor:
    """Judges many bundles by one root, and remembers what they share: folded records, checkpoints, seals of batches.

    What is remembered are outcomes of pure functions, under all that they depend on; what was refused is not. To be
    used by one thread at a time.
    """

    def __init__(self, root: Digest, *, at: Moment | None = None, more_records: Iterable[bytes] = ()) -> None:
        self._root, self._at = root, at
        self._more = Shelf(more_records)
        self._grounds: list[tuple[tuple[bytes, ...], Grounds]] = []
        self._folds, self._seals = FoldMemory(), SealMemory(_SEALS_KEPT)

    def verify(self, data: bytes) -> Report:
        """The report on one bundle."""
        book = Book()
        try:
            bundle = read_bundle(data)
        except PeerError as error:
            # A newer bundle may be as good as any: this program cannot say.
            newer = error.code == "evidence.newer"
            status = Status.INDETERMINATE if newer else Status.FAILED
            refused = Result("E-1", status, code=error.code, where=error.where)
            return Report(Verdict(status), None, data[-32:], self._root, (refused,), at=self._at)
        book.enter("E-1", Status.PASSED)
        alarms: tuple[tuple[str, str], ...] = ()
        chains: tuple[Chain, ...] = ()
        try:
            grounds = self._ground(bundle.records)
        except ReferralError as error:
            book.fail("E-2", error)
        else:
            _enter_records(grounds, book)
            passed_over = ((one.code, one.agency) for one in grounds.problems if one.code in _PASSED_OVER)
            chains, alarms = grounds.chains, (*grounds.alarms, *passed_over)
            self._judge(bundle, grounds, book)
        return Report(
            book.verdict(),
            bundle.kind,
            bundle.digest,
            self._root,
            tuple(sorted(book.results, key=lambda one: (one.message, one.recipient, int(one.id[2:])))),
            tuple(book.summaries),
            tuple(book.times),
            tuple(book.claims),
            tuple(book.shown),
            chains,
            tuple(book.accesses),
            alarms,
            self._at,
        )

    def _judge(self, bundle: EvidenceBundle, grounds: Grounds, book: Book) -> None:
        if bundle.access is not None:
            judge_access(bundle.access, grounds, book)
        elif bundle.entries:
            judge_audit(bundle.entries, bundle.claims, grounds, book)
        else:
            self._judge_exchange(bundle, grounds, book)

    def _judge_exchange(self, bundle: EvidenceBundle, grounds: Grounds, book: Book) -> None:
        judged: list[Judged] = []
        for number, message in enumerate(bundle.messages, start=1):
            one = judge_message(message, number, grounds, book, self._seals)
            if one is not None:
                judged.append(one)
        if len({one.verified.leaf for one in judged}) != len(judged):
            book.fail("E-1", PeerError("evidence.repeated", "leaf"))
        answers = relate(judged, book)
        for one in judged:
            asked = sorted(number for (number, _), found in answers.items() if one in found)
            book.shown += conclude(one, asked)
        judge_claims(bundle.claims, judged, answers, grounds, book)

    def _ground(self, records: tuple[bytes, ...]) -> Grounds:
        for place, (kept, grounds) in enumerate(self._grounds):
            # Compared byte by byte, which costs less than any digest.
            if kept == records:
                if place:
                    self._grounds.insert(0, self._grounds.pop(place))
                return grounds
        own = Records.of(records)
        # Of the auditor's own records those of whoever the bundle's speak of: a whole federation would be folded else.
        more = Records.of(self._more.about(own.agencies())) if self._more else None
        made = Grounds(own, more, self._root, self._at, self._folds)
        self._grounds.insert(0, (records, made))
        del self._grounds[_GROUNDS_KEPT:]
        return made


def _enter_records(grounds: Grounds, book: Book) -> None:
    """What does not hold together puts nothing out of force that stood before; but what came later is then unknown."""
    if any(not problem.agency for problem in grounds.problems):
        found = next(problem for problem in grounds.problems if not problem.agency)
        book.results.append(Result("E-2", Status.FAILED, code=found.code))
        return
    open_questions = [one for one in grounds.problems if one.code not in _PASSED_OVER]
    if open_questions:
        for code, agency in open_questions:
            book.results.append(Result("E-2", Status.CONTESTED, recipient=agency, code="evidence.records", where=code))
        return
    book.enter("E-2", Status.PASSED)
