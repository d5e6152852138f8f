"""Contradictions: two signed notes that one honest log, or one honest witness, cannot both have signed. No suspicions.

| kind            | what the notes say                                   | what is needed beside them                 |
|-----------------|------------------------------------------------------|--------------------------------------------|
| TWO_ROOTS       | one size, two roots                                  | nothing                                    |
| ROLLED_BACK     | the smaller tree was the largest one at a later time | nothing: types 04 and 06 sign their time   |
| OTHER_BEGINNING | the larger tree does not begin with the smaller one  | a proof that it begins with something else |
| TWO_LEAVES      | one place, two leaves                                | both paths, as two receipts have them      |

The evidence is one message, which anybody with the public keys of the accused verifies with `judge`. That a log refuses
a proof is no evidence: it proves nothing to a third party.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from referral_proto.errors import PeerError
from referral_proto.log.checkpoint import LogIdentity, Witness, signing_times
from referral_proto.log.event import leaf_of
from referral_proto.log.head import Head, parse_head
from referral_proto.log.note import SignatureType, parse_note
from referral_proto.log.tree import verify_consistency, verify_inclusion
from referral_proto.model.codes.log import LogContradictionKind
from referral_proto.model.log import LogContradiction, Receipt
from referral_proto.moment import Moment
from referral_proto.wire.codec import decode, encode

__all__ = ["Finding", "from_beginning", "from_heads", "from_receipts", "judge"]

_Kind = LogContradictionKind


@dataclass(frozen=True, slots=True)
class Finding:
    """A proved contradiction. `accused`: the log's origin, or a witness's name. The times are the accused's word."""

    kind: LogContradictionKind
    accused: str
    first: Head
    second: Head
    first_at: Moment
    second_at: Moment


class _Statement(NamedTuple):
    """A head under every signature of the accused, and the first and last time that these say."""

    head: Head
    at: Moment
    until: Moment


def from_heads(first: bytes, second: bytes, accused: LogIdentity | Witness) -> bytes | None:
    """Evidence in two notes alone (TWO_ROOTS, ROLLED_BACK), in whichever order they come; None if they show none.

    PeerError as `judge`, when a note does not bear the signatures of the accused.
    """
    a, b = _statement(first, accused), _statement(second, accused)
    if a.head.size > b.head.size:
        first, second, a, b = second, first, b, a
    for kind in (_Kind.TWO_ROOTS, _Kind.ROLLED_BACK):
        evidence = LogContradiction(kind=kind, witness=_name(accused), first=first, second=second)
        if _contradicts(evidence, a, b):
            return encode(evidence)
    return None


def from_beginning(
    first: bytes, second: bytes, beginning: bytes, proof: tuple[bytes, ...], accused: LogIdentity | Witness
) -> bytes | None:
    """Evidence in what a log answers when it is asked for a consistency proof from `first` to `second`.

    beginning: the root that the log says its tree had at the size of `first`. None if it is the one that was signed.
    PeerError log.proof: the proof leads nowhere, and so proves nothing.
    """
    a, b = _statement(first, accused), _statement(second, accused)
    evidence = LogContradiction(
        kind=_Kind.OTHER_BEGINNING,
        witness=_name(accused),
        first=first,
        second=second,
        beginning=beginning,
        proof=proof,
    )
    return encode(evidence) if _contradicts(evidence, a, b) else None


def from_receipts(first: bytes, second: bytes, log: LogIdentity) -> bytes | None:
    """Evidence in two receipts of one log that put two events in one place; None if they show none.

    The events stay out of the evidence: it holds their leaves only. PeerError wire.*, and as `judge`.
    """
    a, b = decode(Receipt, first), decode(Receipt, second)
    evidence = LogContradiction(
        kind=_Kind.TWO_LEAVES,
        first=a.checkpoint,
        second=b.checkpoint,
        index=a.index,
        first_leaf=leaf_of(a.event),
        first_path=a.path,
        second_leaf=leaf_of(b.event),
        second_path=b.path,
    )
    if a.index != b.index:
        return None
    both = _statement(a.checkpoint, log), _statement(b.checkpoint, log)
    return encode(evidence) if _contradicts(evidence, *both) else None


def judge(evidence: bytes, accused: LogIdentity | Witness) -> Finding:
    """Verify evidence against the public keys of the accused.

    PeerError: wire.* (not evidence), note.*, checkpoint.* (a note is not exact, or does not bear every signature of the
    accused), log.proof, log.no-contradiction (both can be true).
    """
    parsed = decode(LogContradiction, evidence)
    if parsed.witness != _name(accused):
        raise PeerError("log.no-contradiction", "accused")
    first, second = _statement(parsed.first, accused), _statement(parsed.second, accused)
    if not _contradicts(parsed, first, second):
        raise PeerError("log.no-contradiction")
    return Finding(parsed.kind, _name(accused) or first.head.origin, first.head, second.head, first.at, second.at)


def _contradicts(said: LogContradiction, one: _Statement, two: _Statement) -> bool:
    """PeerError log.proof where a proof leads nowhere."""
    first, second = one.head, two.head
    if first.origin != second.origin:
        return False
    if said.kind is _Kind.TWO_ROOTS:
        return first.size == second.size and first.root != second.root
    if said.kind is _Kind.ROLLED_BACK:
        return first.size < second.size and one.at > two.until
    if said.kind is _Kind.OTHER_BEGINNING and said.beginning is not None:
        verify_consistency(first.size, said.beginning, second.size, second.root, said.proof)
        return said.beginning != first.root
    index, leaf, other = said.index, said.first_leaf, said.second_leaf
    if said.kind is _Kind.TWO_LEAVES and index is not None and leaf is not None and other is not None:
        verify_inclusion(leaf, index, first.size, said.first_path, first.root)
        verify_inclusion(other, index, second.size, said.second_path, second.root)
        return leaf != other
    return False


def _name(accused: LogIdentity | Witness) -> str | None:
    return accused.name if isinstance(accused, Witness) else None


def _statement(data: bytes, accused: LogIdentity | Witness) -> _Statement:
    note = parse_note(data)
    head = parse_head(note.text)
    if isinstance(accused, LogIdentity) and head.origin != accused.origin:
        raise PeerError("checkpoint.origin")
    times = signing_times(note, head, accused.keys)
    if any(key not in times for key in accused.keys):
        raise PeerError("note.unsigned")
    said = [time for key, time in times.items() if key.type is not SignatureType.ED25519]
    return _Statement(head, min(said), max(said))
