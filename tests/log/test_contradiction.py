"""Forks and rollbacks are evidenced in one message that a third party verifies; an honest log is never accused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.errors import PeerError
from referral_proto.log.checkpoint import LogIdentity, Witness, cosign, with_cosignatures
from referral_proto.log.contradiction import from_beginning, from_heads, from_receipts, judge
from referral_proto.log.event import leaf_of
from referral_proto.log.receipt import make_receipt
from referral_proto.log.tree import consistency_proof, inclusion_proof, root_at
from referral_proto.model.codes.log import LogContradictionKind
from referral_proto.model.log import LogContradiction
from referral_proto.moment import Moment
from referral_proto.wire.codec import decode, encode
from tests.log.world import (
    AT,
    KEYS,
    LOG,
    MEMBERS,
    OTHER_KEYS,
    RECIPIENT,
    SENDER,
    WITNESS_KEYS,
    Memory,
    event,
    head,
    leaves,
    note,
)

K = LogContradictionKind
ONE, OTHER = leaves(60), (*leaves(60)[:9], *leaves(60, salt=1)[9:])


def code(evidence: bytes, accused: LogIdentity | Witness = LOG) -> str:
    with pytest.raises(PeerError) as caught:
        judge(evidence, accused)
    return caught.value.code


def test_two_roots_for_one_size() -> None:
    first, second = note(Memory(ONE)), note(Memory(OTHER), AT.plus(5))
    for evidence in (from_heads(first, second, LOG), from_heads(second, first, LOG)):
        assert evidence is not None
        finding = judge(evidence, LOG)
        assert (finding.kind, finding.accused) == (K.TWO_ROOTS, RECIPIENT)
        assert finding.first.size == finding.second.size == 60


def test_a_log_that_was_rolled_back() -> None:
    """A restored backup signs a smaller tree after a larger one. Its own signed times give it away."""
    large, small = note(Memory(ONE), AT), note(Memory(ONE[:40]), AT.plus(60))
    for evidence in (from_heads(large, small, LOG), from_heads(small, large, LOG)):
        assert evidence is not None
        finding = judge(evidence, LOG)
        assert (finding.kind, finding.first.size, finding.second.size) == (K.ROLLED_BACK, 40, 60)
        assert (finding.first_at, finding.second_at) == (AT.plus(60), AT)


@given(st.integers(1, 60), st.integers(1, 60))
def test_a_log_that_begins_otherwise(first: int, second: int) -> None:
    """The log answers truly from its new tree, and so proves that the old one is not its beginning."""
    first, second = sorted((first, second))
    old, tree = Memory(ONE[:first]), Memory(OTHER)
    proof, beginning = consistency_proof(tree, first, second), root_at(tree, first)
    newer = note(Memory(OTHER[:second]), AT.plus(1))
    evidence = from_beginning(note(old), newer, beginning, proof, LOG)
    if first <= 9:
        assert evidence is None
        return
    assert evidence is not None
    assert judge(evidence, LOG).kind is K.OTHER_BEGINNING
    for fields in ({"beginning": old.root}, {"beginning": bytes(32)}, {"proof": (*proof, bytes(32))}):
        assert code(altered(evidence, **fields)) in {"log.proof", "log.no-contradiction"}


def test_two_events_in_one_place() -> None:
    events = [event(number) for number in range(20)]
    one, other = Memory([leaf_of(e) for e in events]), Memory([leaf_of(e) for e in events[::-1]])
    receipts = [
        make_receipt(events[4], 4, inclusion_proof(one, 4, 20), note(one)),
        make_receipt(events[15], 4, inclusion_proof(other, 4, 20), note(other, AT.plus(1))),
    ]
    evidence = from_receipts(*receipts, LOG)
    assert evidence is not None
    assert judge(evidence, LOG).kind is K.TWO_LEAVES
    assert SENDER.encode() not in evidence
    assert from_receipts(receipts[0], receipts[0], LOG) is None
    other_place = make_receipt(events[5], 5, inclusion_proof(one, 5, 20), note(one))
    assert from_receipts(receipts[0], other_place, LOG) is None
    for fields in ({"index": 5}, {"second_leaf": bytes(32)}, {"first_path": ()}, {"index": None}, {"first_leaf": None}):
        assert code(altered(evidence, **fields)) in {"log.proof", "log.no-contradiction"}
    same = decode(LogContradiction, evidence)
    twice = altered(evidence, second=same.first, second_leaf=same.first_leaf, second_path=same.first_path)
    assert code(twice) == "log.no-contradiction"


def test_a_witness_that_cosigned_two_stories() -> None:
    (name, keys), member = next(iter(WITNESS_KEYS.items())), MEMBERS[0]
    one, other = Memory(ONE), Memory(OTHER)
    first = with_cosignatures(note(one), cosign(head(one), name, keys, AT.plus(1)))
    second = with_cosignatures(note(other), cosign(head(other), name, keys, AT.plus(2)))
    evidence = from_heads(first, second, member)
    assert evidence is not None
    assert judge(evidence, member).accused == name
    assert code(evidence, MEMBERS[1]) == code(evidence, LOG) == "log.no-contradiction"
    # The log signed both as well; the same two notes accuse it when they are put so.
    assert from_heads(first, second, LOG) is not None
    assert code(altered(evidence, second=note(other)), member) == "note.unsigned"


@pytest.mark.req("WIT-11")
@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 5), st.integers(0, 5))
def test_an_honest_log_is_never_accused(a: int, b: int, wait: int, more: int) -> None:
    """Times never decrease in an honest log; several sizes in one second, and one size at several times, are honest."""
    small, large = sorted((a, b))
    first = note(Memory(ONE[:small]), AT.plus(wait))
    second = note(Memory(ONE[:large]), AT.plus(wait + more))
    assert from_heads(first, second, LOG) is None and from_heads(second, first, LOG) is None
    tree = Memory(ONE)
    proof = consistency_proof(tree, small, large)
    assert from_beginning(first, second, root_at(tree, small), proof, LOG) is None
    for kind in K:
        fields: dict[str, Any] = {"kind": kind, "beginning": root_at(tree, small), "proof": proof}
        if small:
            leaf = {"index": 0, "first_leaf": ONE[0], "second_leaf": ONE[0]}
            fields |= leaf | {"first_path": inclusion_proof(tree, 0, small)}
            fields |= {"second_path": inclusion_proof(tree, 0, large)}
        assert code(encode(LogContradiction(first=first, second=second, **fields))) == "log.no-contradiction"
    assert code(encode(LogContradiction(first=first, second=second, kind=K(77)))) == "log.no-contradiction"


@pytest.mark.req("WIT-11")
def test_nobody_is_accused_by_what_he_did_not_sign() -> None:
    forged = note(Memory(OTHER), keys=OTHER_KEYS)
    with pytest.raises(PeerError, match=r"note\.unsigned"):
        from_heads(note(Memory(ONE)), forged, LOG)
    evidence = encode(LogContradiction(kind=K.TWO_ROOTS, first=note(Memory(ONE)), second=forged))
    assert code(evidence) == "note.unsigned"
    assert code(evidence, LogIdentity.of(RECIPIENT, OTHER_KEYS)) == "note.unsigned"
    elsewhere = note(Memory(OTHER), origin=f"{RECIPIENT}/2")
    assert code(altered(evidence, second=elsewhere)) == "checkpoint.origin"
    # A new log of the same agency may say anything about the places of the old one.
    successor = LogIdentity.of(f"{RECIPIENT}/2", KEYS)
    assert code(encode(LogContradiction(kind=K.TWO_ROOTS, first=elsewhere, second=elsewhere)), successor) == (
        "log.no-contradiction"
    )


def test_witness_notes_of_two_logs_do_not_contradict() -> None:
    (name, keys), member = next(iter(WITNESS_KEYS.items())), MEMBERS[0]
    notes = []
    for origin, tree in ((RECIPIENT, Memory(ONE)), (f"{RECIPIENT}/2", Memory(OTHER))):
        notes.append(with_cosignatures(note(tree, origin=origin), cosign(head(tree, origin), name, keys, AT)))
    assert from_heads(notes[0], notes[1], member) is None


@given(st.binary(max_size=200))
def test_whatever_a_peer_sends_only_a_peer_error_comes_out(data: bytes) -> None:
    evidence = from_heads(note(Memory(ONE)), note(Memory(OTHER)), LOG)
    assert evidence is not None
    code(data)
    code(altered(evidence, second=data))
    code(altered(evidence, kind=K.OTHER_BEGINNING, beginning=bytes(32)))


def altered(evidence: bytes, **fields: Any) -> bytes:
    return encode(decode(LogContradiction, evidence).model_copy(update=fields))


def test_evidence_holds_no_time_that_the_accused_did_not_sign() -> None:
    evidence = from_heads(note(Memory(ONE), Moment(7)), note(Memory(OTHER), Moment(9)), LOG)
    assert evidence is not None
    finding = judge(evidence, LOG)
    assert (finding.first_at, finding.second_at) == (7, 9)
