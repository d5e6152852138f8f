"""Another record under a path that was published: when nodes would take it, and when it is refused. Signs nothing.

Nodes keep every record that they took, and follow the one that they saw first. Another one under the same path would be
passed over by those who hold the first and believed by those who come later: two chains of one agency. So a path gets
another record only if whoever holds both follows the new one: the agency's own word while a recovery waits, or a good
record in the place of one that nobody believes. Further signatures on the same record may always come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from referral_proto.adapters.trust_paths import digest_of
from referral_proto.errors import PeerError, ReferralError
from referral_proto.ids import Digest
from referral_proto.model.records import AgencyRecord
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.issue import read_record

__all__ = ["is_recovery", "may_replace"]

_LONG_AGO: Final = Moment(0)


def is_recovery(record: bytes) -> bool:
    """Whether this is a recovery, whose delay runs from when it was published."""
    try:
        found = read_record(record)[1]
    except PeerError:
        return False
    return isinstance(found, AgencyRecord) and found.recovery is not None


def may_replace(
    new: Sequence[bytes],
    olds: Collection[bytes],
    offered: Iterable[bytes],
    published: Mapping[Digest, Moment],
    at: Moment,
) -> bool:
    """Whether the first of `new` may stand where `olds` stood; the others come with it. `offered`: every record that is
    published. `published`: when each recovery among them was.
    """
    signed, record = read_record(new[0])
    copies = [one for one, _ in map(read_record, olds) if (one.kind, one.record) == (signed.kind, signed.record)]
    if any(one not in signed.signatures for copy in copies for one in copy.signatures):
        return False
    if len(copies) == len(olds):
        return True
    if not isinstance(record, AgencyRecord):
        return False
    held = {*offered, *olds} - {*new}
    # What comes now is first seen now.
    seen = {digest: published.get(digest, _LONG_AGO) for digest in map(digest_of, held)}
    try:
        history = Directory.fold((*held, *new), at=at, seen=seen, lenient=True).history(record.agency)
    except ReferralError:
        return False
    return digest_of(new[0]) in history.chain
