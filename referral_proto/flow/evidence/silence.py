"""Judging claims: E-13 and E-14. A claim proves that its agency says so; beside a receipt, a desk's `received` and a
passed deadline it makes a non-response, which is the most that can ever be shown of what did not happen.

Each deadline of a message is judged by itself: what meets one need not meet another. An answer refutes a claim only if
the claimant's own relay had it before: what its sender dates back, or never sent, makes no liar of the claimant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from referral_proto.errors import PeerError, ReferralError
from referral_proto.flow.evidence.claim import read_claim
from referral_proto.flow.evidence.claimant import enter_said
from referral_proto.flow.evidence.exchange import Judged
from referral_proto.flow.evidence.grounds import Grounds
from referral_proto.flow.evidence.report import Book, Status, Time
from referral_proto.flow.evidence.wording import no_answer
from referral_proto.model.codes.evidence import ClaimKind
from referral_proto.model.codes.exchange import ClockKind, MessageKind
from referral_proto.model.codes.log import AcknowledgementKind
from referral_proto.model.evidence import Claim
from referral_proto.moment import Moment

__all__ = ["ANSWER_CLOCKS", "FIRST_ANSWERS", "enter_claim", "judge_claims"]

ANSWER_CLOCKS: Final = frozenset(
    (
        ClockKind.ACKNOWLEDGEMENT,
        ClockKind.DECISION,
        ClockKind.VERIFICATION_STATUS,
        ClockKind.VERIFICATION_RESULT,
        ClockKind.TRACING_RESULT,
        ClockKind.RISK_ASSESSMENT,
    )
)
"""Deadlines that a message of the recipient meets."""
FIRST_ANSWERS: Final = frozenset((MessageKind.RECEIVED, MessageKind.ACKNOWLEDGED, MessageKind.UNREADABLE))
"""Answers that say no more than that the message came: they meet the deadline of an acknowledgement, and no other."""

_OPEN: Final = "evidence.arrival-open"


class _Silence(NamedTuple):
    """A claim that no answer came, with all that the bundle holds beside it."""

    said: Claim
    judged: Judged
    recipient: str
    answers: Sequence[Judged]
    unopened: bool
    grounds: Grounds
    book: Book

    def had(self, answers: Sequence[Judged]) -> bool:
        """Whether the claimant's relay surely had one of these when it claimed, by a log that a quorum watched."""
        times = [
            one.arrivals[self.judged.sender].by for one in answers if one.good and self.judged.sender in one.arrivals
        ]
        skew = self.grounds.directory.max_skew
        return any(by is not None and by + skew <= self.said.at for by in times)

    def enter(self, status: Status, code: str = "") -> None:
        if status is Status.FAILED:
            self.book.fail("E-14", PeerError(code), self.judged.message, self.recipient)
        else:
            self.book.enter("E-14", status, self.judged.message, self.recipient, code)


def enter_claim(data: bytes, allowed: Mapping[bytes, Judged], grounds: Grounds, book: Book) -> Claim | None:
    """E-13 for a claim about a message of the bundle; the claim if it holds."""
    try:
        read = read_claim(data)
        said = read.said
        judged = allowed.get(said.leaf or b"")
        if judged is None or said.claimant != judged.sender or said.recipient not in judged.recipients:
            raise PeerError("evidence.claim", "leaf" if judged is None else "claimant")
        made = judged.verified.core.created_at
        status = enter_said(read, made, judged.message, said.recipient or "", grounds, book)
    except ReferralError as error:
        book.fail("E-13", error)
        return None
    return said if status is Status.PASSED else None


def judge_claims(
    claims: Sequence[bytes],
    messages: Sequence[Judged],
    answers: Mapping[tuple[int, str], Sequence[Judged]],
    grounds: Grounds,
    book: Book,
) -> None:
    """Enter every claim of an exchange, and what it shows together with the rest."""
    by_leaf = {bytes(one.verified.leaf): one for one in messages}
    held = [said for data in claims if (said := enter_claim(data, by_leaf, grounds, book)) is not None]
    claimed: dict[tuple[int, str], Moment] = {}
    for said in held:
        if said.kind is ClaimKind.ANSWER_DUE and said.due_at is not None:
            key = (by_leaf[said.leaf or b""].message, said.recipient or "")
            claimed[key] = Moment(max(said.due_at, claimed.get(key, said.due_at)))
    for said in held:
        judged, recipient = by_leaf[said.leaf or b""], said.recipient or ""
        place = judged.message, recipient
        if said.kind is ClaimKind.NO_ACKNOWLEDGEMENT:
            arrival = judged.arrivals.get(recipient)
            if arrival is not None and arrival.said is not None:
                # It stands in the recipient's log: that the claimant ever got it nothing says.
                book.enter("E-14", Status.INDETERMINATE, *place, _OPEN)
        elif said.kind is ClaimKind.NO_ANSWER:
            found = answers.get(place, ())
            unopened = any(_may_answer(one, judged, recipient) for one in messages)
            silence = _Silence(said, judged, recipient, found, unopened, grounds, book)
            _judge_silence(silence, claimed.get(place))


def _may_answer(one: Judged, asked: Judged, recipient: str) -> bool:
    """A message of the recipient that does not show what it is, or is of a kind that is not known here."""
    if one.sender != recipient or asked.sender not in one.recipients:
        return False
    return one.control is None or (
        not one.control.kind.recognised and bytes(asked.verified.leaf) in map(bytes, one.control.about)
    )


def _judge_silence(silence: _Silence, claimed: Moment | None) -> None:
    judged, recipient = silence.judged, silence.recipient
    full = [one for one in silence.answers if _kind(one) not in FIRST_ANSWERS]
    if full:
        silence.enter(*_refuted(silence, full))
        return
    clocks: list[tuple[Moment, ClockKind | None]] = sorted(
        {
            (one.due_at, one.kind)
            for one in (judged.control.clocks if judged.control else ())
            if one.kind in ANSWER_CLOCKS
        }
    )
    if not clocks and claimed is not None:
        clocks = [(claimed, None)]
    for due, kind in clocks:
        whose = f"claim of {silence.said.claimant}" if kind is None else f"message {judged.message} itself"
        silence.book.times.append(Time(_due(kind), due, whose, judged.message, recipient))
    found = [(*_judge_deadline(silence, due, kind), due, kind) for due, kind in clocks]
    passed = [(due, kind) for status, _, due, kind in found if status is Status.PASSED]
    if passed:
        silence.enter(Status.PASSED)
        for due, kind in passed:
            silence.book.shown.append(no_answer(judged, recipient, due, kind, silence.said.at, silence.answers))
        return
    # A claim is refuted only if nothing remains of which it may be true.
    for worst in (Status.NOT_SHOWN, Status.INDETERMINATE, Status.FAILED):
        codes = [code for status, code, _, _ in found if status is worst]
        if codes:
            silence.enter(worst, codes[-1])
            return
    silence.enter(Status.NOT_SHOWN, _unproved(silence) or "evidence.no-deadline")


def _judge_deadline(silence: _Silence, due: Moment, kind: ClockKind | None) -> tuple[Status, str]:
    if silence.answers and kind is ClockKind.ACKNOWLEDGEMENT:
        return _refuted(silence, silence.answers)
    arrival = silence.judged.arrivals.get(silence.recipient)
    missing = _unproved(silence)
    if not missing and arrival is not None and arrival.said is not None:
        if arrival.said.at > due:
            missing = "evidence.due-before-received"
        elif silence.said.at < due:
            missing = "evidence.not-due"
        elif silence.unopened:
            missing = "evidence.unopened"
        elif unread := [one for one in silence.answers if _kind(one) is MessageKind.UNREADABLE]:
            if not silence.had(unread):
                return Status.INDETERMINATE, _OPEN
            missing = "evidence.not-received"
    return (Status.NOT_SHOWN, missing) if missing else (Status.PASSED, "")


def _unproved(silence: _Silence) -> str:
    """What a non-response lacks whatever its deadline."""
    arrival = silence.judged.arrivals.get(silence.recipient)
    if not silence.judged.good or arrival is None or arrival.by is None:
        return "evidence.not-delivered"
    if arrival.said is None or arrival.said.kind is not AcknowledgementKind.RECEIVED:
        return "evidence.not-received"
    return ""


def _refuted(silence: _Silence, answers: Sequence[Judged]) -> tuple[Status, str]:
    if silence.had(answers):
        return Status.FAILED, "evidence.contradicted"
    return Status.INDETERMINATE, _OPEN


def _kind(one: Judged) -> MessageKind | None:
    return None if one.control is None else one.control.kind


def _due(kind: ClockKind | None) -> str:
    return "answer due" if kind is None else f"{kind.name.lower().replace('_', ' ')} due"
