"""Judging who claims: E-13. The agency signed it, can have done so at the time that it says, and can still be asked.

No witness saw a claim: its time is the claimant's word alone. So it must not lie ahead of the auditor's clock, and its
key must be good by that clock too. Whoever holds a key that has ended could otherwise date a claim back to when it was
good; an honest claimant can sign again.
"""

from __future__ import annotations

from referral_proto.errors import PeerError
from referral_proto.flow.evidence.claim import ReadClaim, verify_claim
from referral_proto.flow.evidence.grounds import Grounds
from referral_proto.flow.evidence.report import Book, Said, Status
from referral_proto.moment import Moment

__all__ = ["enter_said"]


def enter_said(read: ReadClaim, since: Moment, message: int, recipient: str, grounds: Grounds, book: Book) -> Status:
    """Enter E-13 for a claim that is about something in the bundle; its status. since: when that came to be.

    PeerError evidence.claim (somebody else's keyset, or from before what it speaks of), evidence.claim-ahead,
    signature.invalid, trust.*.
    """
    said, skew = read.said, grounds.directory.max_skew
    if said.at + skew < since:
        raise PeerError("evidence.claim", "at")
    verify_claim(read, grounds.directory.keyset(said.claimant, read.signed.keyset))
    if grounds.at is not None and said.at > grounds.at + skew:
        raise PeerError("evidence.claim-ahead")
    standing = grounds.untimed(said.claimant, read.signed.keyset, said.at)
    status = book.judge_key("E-13", standing, message, recipient)
    book.claims.append(Said(said.claimant, said.kind, said.at, status, message, recipient, said.due_at))
    return status
