"""Confronting two checkpoints of one log: one tree, evidence of two, or neither proved. Keeps nothing.

What counts for nothing by the records of now accuses nobody: the keys of a log may leak, and who holds them can sign
any head at any time (`referral_proto.trust.notes`).
"""

from __future__ import annotations

from reference_node.store.relay.sightings import Seen
from referral_proto.errors import PeerError
from referral_proto.log.checkpoint import LogIdentity
from referral_proto.log.contradiction import from_beginning, from_heads
from referral_proto.log.tree import verify_consistency
from referral_proto.moment import Moment
from referral_proto.ports import LogPost
from referral_proto.trust.directory import Directory
from referral_proto.trust.notes import verify_note

__all__ = ["accused", "confront"]


def accused(first: bytes, second: bytes, directory: Directory, at: Moment) -> LogIdentity:
    """Whose keys signed the first. PeerError if either counts for nothing at `at`, and as `verify_note`."""
    verify_note(second, directory, at)
    return verify_note(first, directory, at).log


def confront(
    post: LogPost, one: Seen, other: Seen, directory: Directory, at: Moment, *, last: bool = False
) -> bytes | None:
    """Evidence that both are not of one tree, or None if it is proved that they are. last: `other` is the newest that
    the log has, so that nothing can lead from there to a larger one. PeerError: neither is proved.
    """
    first, second = sorted((one, other), key=lambda seen: seen.size)
    if first.origin != second.origin:
        raise PeerError("checkpoint.origin")
    if (first.size, first.root) == (second.size, second.root):
        return None
    if first.size == second.size or first.signed_at > second.signed_at:
        evidence = from_heads(first.note, second.note, accused(first.note, second.note, directory, at))
        if evidence is not None:
            return evidence
    if first.size == second.size or (last and second is not other):
        raise PeerError("log.proof", "size")
    beginning, proof = post.consistency(first.origin, first.size, second.size)
    if beginning == first.root:
        verify_consistency(first.size, first.root, second.size, second.root, proof)
        return None
    who = accused(first.note, second.note, directory, at)
    return from_beginning(first.note, second.note, beginning, proof, who)
