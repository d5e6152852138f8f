"""The twins of the ports answer about logs as a relay does: real receipts, to those who may have them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from referral_proto.adapters.memory import MemoryPost, SetClock
from referral_proto.crypto.logkeys import WitnessKeys
from referral_proto.crypto.merkle import leaf_hash
from referral_proto.errors import PeerError, ReferralError
from referral_proto.log.acknowledgement import acknowledge
from referral_proto.log.checkpoint import LogIdentity, Witness, Witnesses, sign_checkpoint, verify_checkpoint
from referral_proto.log.head import Head, desk_origin
from referral_proto.log.receipt import Expected, verify_receipt
from referral_proto.log.tree import grow, verify_consistency
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.ports import DeliverStatus, Delivery, DeskLogPost, LogPage, LogPost, Mailbox, Proved, Transport
from tests.relay.world import KH, SHELTER, START, TH, World

WORLD = World.founded()
WITNESS_KEYS = {name: WitnessKeys.create() for name in ("witness.kh.example", "witness.th.example")}
WITNESSES = Witnesses(tuple(Witness.of(name, keys.ed25519, keys.mldsa44) for name, keys in WITNESS_KEYS.items()), 2)
LOG = LogIdentity.of(KH, WORLD.agencies[KH].log_keys)
_K = LogEventKind


@pytest.fixture
def post() -> MemoryPost:
    keys = {agency: one.log_keys for agency, one in WORLD.agencies.items()}
    return MemoryPost(WORLD.directory, SetClock(START), keys, WITNESS_KEYS)


def expected(leaf: bytes, kind: LogEventKind = _K.DELIVERED) -> Expected:
    return Expected(kind, leaf, TH, KH, WORLD.agencies[KH].opening.id if kind is _K.DELIVERED else None)


def code(call: Callable[[], object]) -> str:
    with pytest.raises(ReferralError) as caught:
        call()
    return caught.value.code


def test_each_twin_is_all_of_its_ports(post: MemoryPost) -> None:
    mailbox, line = post.mailbox(KH), post.line(TH)
    desk: tuple[Mailbox, LogPost, DeskLogPost] = (mailbox, mailbox, mailbox)
    relay: tuple[Transport, LogPost] = (line, line)
    assert (len(desk), len(relay)) == (3, 2)


def test_what_was_submitted_is_proved_more_and_more(post: MemoryPost) -> None:
    (sealed,) = WORLD.seal(TH, [KH])
    sender, receiver = post.mailbox(TH), post.mailbox(KH)
    sender.submit([sealed.envelope])
    (first,) = sender.outcomes(TH, 0)
    assert verify_receipt(first.proved.receipt, expected(sealed.leaf), LOG, WITNESSES).provisional
    post.prove()
    post.prove()
    (_, second) = sender.outcomes(TH, 0)
    assert verify_receipt(second.proved.receipt, expected(sealed.leaf), LOG, WITNESSES).trusted_time == START
    assert second.proved.acknowledgement == b""
    said = acknowledge(WORLD.agencies[KH].keys, sealed.leaf, TH, AcknowledgementKind.RECEIVED, START)
    ((receipt, refusal),) = receiver.acknowledge(KH, [said])
    assert refusal == "" and receiver.acknowledge(KH, [said]) == ((receipt, ""),)
    post.prove()
    (third,) = sender.outcomes(TH, second.cursor)
    assert third.proved.acknowledgement == said
    verify_receipt(third.proved.acknowledgement_receipt, expected(sealed.leaf, _K.RECEIVED), LOG, WITNESSES)
    assert sender.inclusion(KH, [sealed.leaf]) == (third.proved,)
    assert post.line(TH).inclusion(KH, [sealed.leaf]) == (third.proved,)
    for stranger in (receiver, post.line(KH), post.mailbox(SHELTER)):
        assert stranger.inclusion(KH, [sealed.leaf]) == (Proved(),)


def test_the_same_again_and_another_under_its_number(post: MemoryPost) -> None:
    (sealed,) = WORLD.seal(TH, [KH])
    line = post.line(TH)
    replies = [line.deliver([Delivery(sealed.envelope, KH)])[0] for _ in range(2)]
    assert [one.status for one in replies] == [DeliverStatus.ACCEPTED, DeliverStatus.DUPLICATE]
    assert {verify_receipt(one.receipt, expected(sealed.leaf), LOG).index for one in replies} == {0}
    (reply,) = line.deliver([Delivery(WORLD.twin(sealed.envelope), KH)])
    assert reply.status is DeliverStatus.CONFLICT and reply.leaf is not None
    found = verify_receipt(reply.receipt, expected(reply.leaf, _K.CONFLICT), LOG)
    assert found.event.related == sealed.leaf


def test_events_heads_and_growth(post: MemoryPost) -> None:
    line, desk = post.line(TH), post.mailbox(KH)
    assert line.checkpoint(KH) is None and desk.events(KH, 0) == LogPage()
    for one in WORLD.seal(TH, [KH], 5):
        line.deliver([Delivery(one.envelope, KH)])
    page, note, *_ = desk.events(KH, 0)
    head = verify_checkpoint(note, LOG).head
    assert head == Head(KH, 5, grow(0, (), [leaf_hash(one.entry) for one in page]).root)
    assert [one.index for one in desk.events(KH, 2, 2)[0]] == [2, 3]
    small = verify_checkpoint(line.checkpoint(KH, 3) or b"", LOG)
    beginning, proof = line.consistency(KH, 3, 5)
    assert beginning == small.root
    verify_consistency(3, small.root, 5, head.root, proof)
    assert len(line.seen_checkpoints()) == len(line.seen_checkpoints([KH])) == 1
    assert code(lambda: line.consistency(KH, 3, 6)) == code(lambda: line.consistency("none", 0, 0)) == "relay.no-log"
    assert code(lambda: desk.events(TH, 0)) == "relay.not-allowed"


def test_what_a_desk_may_not_say(post: MemoryPost) -> None:
    (sealed, other) = WORLD.seal(TH, [KH], 2)
    post.line(TH).deliver([Delivery(sealed.envelope, KH)])
    desk, keys = post.mailbox(KH), WORLD.agencies[KH].keys
    received, unreadable = AcknowledgementKind.RECEIVED, AcknowledgementKind.UNREADABLE
    refused = (b"", "relay.acknowledgement")
    wrong = [
        b"",
        acknowledge(keys, other.leaf, TH, received, START),
        acknowledge(keys, sealed.leaf, KH, received, START),
    ]
    assert desk.acknowledge(KH, wrong) == (refused,) * 3
    for kind, fine in ((unreadable, True), (received, True), (unreadable, True)):
        ((_, said),) = desk.acknowledge(KH, [acknowledge(keys, sealed.leaf, TH, kind, START)])
        assert (said == "") is fine
    post.line(TH).deliver([Delivery(other.envelope, KH)])
    both = [acknowledge(keys, other.leaf, TH, kind, START) for kind in (received, unreadable)]
    assert desk.acknowledge(KH, both)[1] == refused


def test_a_head_of_the_desks_own_log(post: MemoryPost) -> None:
    desk, keys = post.mailbox(KH), WORLD.agencies[KH].desk_log_keys
    head = Head(desk_origin(KH), 2, bytes(32))
    receipt = desk.anchor(KH, sign_checkpoint(head, keys, START))
    verify_receipt(receipt, Expected(_K.ANCHORED, head.digest(), KH), LOG)
    with pytest.raises(PeerError, match=r"relay\.anchor"):
        desk.anchor(KH, sign_checkpoint(Head(KH, 2, bytes(32)), WORLD.agencies[KH].log_keys, START))
