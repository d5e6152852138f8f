"""What came of judging evidence: results of numbered checks, times, claims, what is shown. Values only; judges nothing.

    passed         it holds
    failed         it does not hold: the evidence is refused
    contested      somebody says that a key was in other hands by then, or the records contradict each other
    indeterminate  what is needed to say so is not here
    not-shown      the bundle does not hold it, and need not
    not-reached    an earlier check failed

The verdict is the worst of the results; `not-shown` and `not-reached` are none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from referral_proto.errors import ReferralError
from referral_proto.ids import AgencyId, Digest, Leaf
from referral_proto.model.codes.evidence import ClaimKind, EvidenceKind
from referral_proto.model.codes.exchange import MessageKind
from referral_proto.model.codes.log import LogEventKind
from referral_proto.moment import Moment
from referral_proto.trust.standing import Standing

__all__ = [
    "CHECKS",
    "Access",
    "Book",
    "Chain",
    "Conclusion",
    "Report",
    "Result",
    "Said",
    "Shown",
    "Status",
    "Summary",
    "Time",
    "Verdict",
]

CHECKS: Final[Mapping[str, str]] = {
    "E-1": "the bundle is whole, canonical, of a known version, and holds nothing twice",
    "E-2": "the records of everybody involved lead back to the root that the auditor holds",
    "E-3": "the sender's keyset signed exactly this message, and was good at the trusted time (V-1 to V-7)",
    "E-4": "the recipient's opening key that the message names was the recipient's when it was made",
    "E-5": "the receipt is for this message, recipient and opening key, and stands in the recipient's own log",
    "E-6": "the quorum of witnesses in force then signed the log's checkpoint",
    "E-7": "the time that the receipt claims agrees with the witnesses and with the life of the message",
    "E-8": "the recipient's desk signed the acknowledgement, with a keyset that was good at the trusted time",
    "E-9": "the acknowledgement stands in the recipient's own log, under a quorum of witnesses",
    "E-10": "the acknowledgement comes after the delivery, in time and in the log",
    "E-11": "the control section that is shown is the one that the sender sealed",
    "E-12": "the message is about another one of this bundle, between the same parties",
    "E-13": "the claim is signed by an agency that can make it, with a keyset that was good then and is still",
    "E-14": "nothing in the bundle contradicts the claim, and what it needs beside it is proved",
    "E-15": "the entries are the desk's log from its first one on, as each of its heads that are shown has it",
    "E-16": "the heads are signed by the keys of the desk's log, and none contradicts another",
    "E-17": "the head stands in the log that the agency's relay keeps, under a quorum of witnesses",
    "E-18": "each event that is shown stands in its place, at a time that agrees with the witnesses",
    "E-19": "the entry stands in the log of the agency",
}
"""Check → what it asks."""


class Status(StrEnum):
    """What became of a check."""

    PASSED = "passed"
    FAILED = "failed"
    CONTESTED = "contested"
    INDETERMINATE = "indeterminate"
    NOT_SHOWN = "not-shown"
    NOT_REACHED = "not-reached"


class Verdict(StrEnum):
    """The worst of all results, in this order from the best."""

    PASSED = "passed"
    INDETERMINATE = "indeterminate"
    CONTESTED = "contested"
    FAILED = "failed"


class Conclusion(StrEnum):
    """What can be shown. Each is said in one sentence, and no more than that sentence is shown."""

    SIGNED = "signed"
    DELIVERED = "delivered"
    RECEIVED = "received"
    UNREADABLE = "unreadable"
    ANSWERS = "answers"
    NON_RESPONSE = "non-response"
    UNEXPLAINED = "unexplained"
    ACCESS = "access"


@dataclass(frozen=True, slots=True)
class Result:
    """One line. `message` counts from 1, 0 is the whole bundle. `standing` says who contests a key, and since when."""

    id: str
    status: Status
    message: int = 0
    recipient: str = ""
    code: str = ""
    where: str = ""
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A moment, what it is the moment of, and whose word that is."""

    what: str
    at: Moment
    whose: str
    message: int = 0
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A claim: who says what under which signature. `status` is that of E-13, not of what it says."""

    claimant: str
    kind: ClaimKind
    at: Moment
    status: Status
    message: int = 0
    recipient: str = ""
    due_at: Moment | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown, and the one sentence that says it."""

    kind: Conclusion
    text: str
    message: int = 0
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a message is, as far as it is verified. `kind` only if its control section was opened."""

    message: int
    leaf: Leaf
    sender: AgencyId
    recipients: tuple[AgencyId, ...]
    created_at: Moment
    expires_at: Moment
    kind: MessageKind | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """Up to which record of an agency was judged; what its registrar signed after that was not looked at."""

    holder: str
    sequence: int
    issued_at: Moment


@dataclass(frozen=True, slots=True)
class Access:
    """One event of a desk's log. `by`: the moment by which witnesses had seen it; None while it is not anchored."""

    index: int
    kind: LogEventKind
    at: Moment
    by: Moment | None
    subject: bytes = field(repr=False)
    actor: bytes | None = field(repr=False)
    sender: str = ""
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that came of one bundle. `digest` names the bundle; `kind` is None if it could not be read."""

    verdict: Verdict
    kind: EvidenceKind | None
    digest: bytes
    root: Digest
    results: tuple[Result, ...]
    summaries: tuple[Summary, ...] = ()
    times: tuple[Time, ...] = ()
    claims: tuple[Said, ...] = ()
    shown: tuple[Shown, ...] = ()
    chains: tuple[Chain, ...] = ()
    accesses: tuple[Access, ...] = ()
    alarms: tuple[tuple[str, str], ...] = ()
    """Code and agency of what the records report beside: recoveries, refused records."""
    at: Moment | None = None
    """The auditor's clock, by which it was judged."""

    @property
    def passed(self) -> bool:
        return self.verdict is Verdict.PASSED


@dataclass(slots=True)
class Book:
    """A report being written."""

    results: list[Result] = field(default_factory=list)
    summaries: list[Summary] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    claims: list[Said] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    accesses: list[Access] = field(default_factory=list)

    def enter(self, id_: str, status: Status, message: int = 0, recipient: str = "", code: str = "") -> Status:
        self.results.append(Result(id_, status, message, recipient, code))
        return status

    def fail(self, id_: str, error: ReferralError, message: int = 0, recipient: str = "") -> Status:
        self.results.append(Result(id_, Status.FAILED, message, recipient, error.code, error.where))
        return Status.FAILED

    def judge_key(self, id_: str, standing: Standing, message: int = 0, recipient: str = "") -> Status:
        """Enter how a key stood: the words of late verification are those of a check, but for NOT_VALID."""
        status = _OF_KEY[standing.status]
        code = standing.code or ("evidence.no-time" if status is Status.INDETERMINATE else "")
        self.results.append(Result(id_, status, message, recipient, code, standing=standing))
        return status

    def verdict(self) -> Verdict:
        found = {result.status for result in self.results}
        for worst in reversed(Verdict):
            if Status(worst) in found and worst is not Verdict.PASSED:
                return worst
        return Verdict.PASSED if Status.PASSED in found else Verdict.INDETERMINATE


_OF_KEY: Final = {
    "valid": Status.PASSED,
    "contested": Status.CONTESTED,
    "indeterminate": Status.INDETERMINATE,
    "not-valid": Status.FAILED,
}
