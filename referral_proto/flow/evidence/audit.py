"""Judging an audit: E-19, E-6 and E-13 for entries of a log behind which its keeper gave its agency nothing.

That the entry stands there is proved; that nothing came is the agency's claim. The keeper can answer it only by showing
the event and the envelope.
"""

from __future__ import annotations

from collections.abc import Sequence

from referral_proto.crypto.merkle import leaf_hash
from referral_proto.errors import PeerError, ReferralError
from referral_proto.flow.evidence.claim import read_claim
from referral_proto.flow.evidence.claimant import enter_said
from referral_proto.flow.evidence.grounds import Grounds
from referral_proto.flow.evidence.report import Book, Conclusion, Shown, Status, Time
from referral_proto.log.checkpoint import Checkpoint
from referral_proto.log.head import agency_of
from referral_proto.log.tree import verify_inclusion
from referral_proto.model.evidence import Claim, EvidenceEntry
from referral_proto.moment import Moment

__all__ = ["judge_audit"]

_Place = tuple[str, int, bytes]


def judge_audit(entries: Sequence[EvidenceEntry], claims: Sequence[bytes], grounds: Grounds, book: Book) -> None:
    """Enter all that the entries and the claims about them show. Entries count as the messages of the report do."""
    held: dict[_Place, tuple[int, Checkpoint]] = {}
    for number, one in enumerate(entries, start=1):
        try:
            checkpoint = grounds.checkpoint(one.checkpoint)
            agency_of(checkpoint.origin)
            verify_inclusion(leaf_hash(one.entry), one.index, checkpoint.size, one.path, checkpoint.root)
        except ReferralError as error:
            book.fail("E-19", error, number)
            continue
        book.enter("E-19", Status.PASSED, number)
        held[(checkpoint.origin, one.index, one.entry)] = number, checkpoint
        if checkpoint.trusted_time is None:
            book.enter("E-6", Status.INDETERMINATE, number, code="evidence.no-quorum")
        else:
            book.enter("E-6", Status.PASSED, number)
            book.times.append(Time("cosigned", checkpoint.trusted_time, "quorum of witnesses", number))
    explained = set(held)
    for data in claims:
        said = _claim(data, held, grounds, book)
        if said is not None:
            place = said.origin or "", said.index or 0, said.entry or b""
            explained.discard(place)
            number, checkpoint = held[place]
            if checkpoint.trusted_time is not None:
                book.shown.append(_sentence(said, number, checkpoint.trusted_time))
    for place in explained:
        book.enter("E-13", Status.INDETERMINATE, held[place][0], code="evidence.no-claim")


def _claim(data: bytes, held: dict[_Place, tuple[int, Checkpoint]], grounds: Grounds, book: Book) -> Claim | None:
    try:
        read = read_claim(data)
        said = read.said
        found = held.get((said.origin or "", said.index or 0, said.entry or b""))
        if found is None or agency_of(said.origin or "")[0] != said.claimant:
            raise PeerError("evidence.claim", "entry" if found is None else "claimant")
        status = enter_said(read, _held_by(found[1]), found[0], "", grounds, book)
    except ReferralError as error:
        book.fail("E-13", error)
        return None
    return said if status is Status.PASSED else None


def _held_by(checkpoint: Checkpoint) -> Moment:
    """Since when the agency can speak of what stands there: not before its log was signed, by the log's clock or, where
    that is ahead, the witnesses'.
    """
    time = checkpoint.trusted_time
    return Moment(0) if time is None else min(checkpoint.signed_at, time)


def _sentence(said: Claim, number: int, by: Moment) -> Shown:
    text = (
        f"The log {said.origin} held entry {said.index} by {by.iso()}. {said.claimant} says under its signature that by"
        f" {said.at.iso()}, by its own clock, its relay had given it nothing that stands behind this entry."
    )
    return Shown(Conclusion.UNEXPLAINED, text, number)
