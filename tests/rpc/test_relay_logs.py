"""What a relay shows of its logs, over a real line: proofs that verify, to whom they belong and to nobody else."""

from __future__ import annotations

import pytest

from reference_node.store.relay.upkeep import Ages, forget
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, Leaf
from referral_proto.log.checkpoint import read_head, verify_checkpoint
from referral_proto.log.receipt import Expected, verify_receipt
from referral_proto.log.tree import verify_consistency
from referral_proto.model.log import WitnessedCheckpoint
from referral_proto.moment import DAY, HOUR
from referral_proto.ports import Delivery, Proved
from referral_proto.rpc import GrpcRelay
from referral_proto.wire import decode
from tests.relay.world import KH, SHELTER, START, TH, deliveries
from tests.rpc.conftest import Served
from tests.rpc.log_lines import (
    ACCEPTED,
    CONFLICT,
    DUPLICATE,
    K,
    cosigned,
    desk,
    kh,
    line,
    log_of,
    proved,
    refused,
)

__all__ = ["desk", "kh", "line"]  # fixtures


@pytest.mark.req("LOG-10", "LOG-11")
def test_a_delivery_is_answered_with_its_receipt_and_its_repetition_with_the_same(kh: Served, line: GrpcRelay) -> None:
    sealed = kh.world.seal(TH, [KH], 3)
    first = line.deliver(deliveries(sealed, KH))
    (other,) = kh.world.seal(TH, [KH])
    line.deliver(deliveries([other], KH))
    again = line.deliver(deliveries(sealed, KH))
    assert {reply.status for reply in first} == {ACCEPTED} and {reply.status for reply in again} == {DUPLICATE}
    for one, before, after in zip(sealed, first, again, strict=True):
        old, new = proved(kh, before.receipt, one), proved(kh, after.receipt, one)
        assert (old.index, old.leaf, old.event.at) == (new.index, new.leaf, START)
        assert old.provisional and old.checkpoint.size == 3 and new.checkpoint.size == 4
    twin = Delivery(kh.world.twin(sealed[0].envelope), KH)
    for _ in range(2):
        (reply,) = line.deliver([twin])
        assert reply.status is CONFLICT and reply.leaf is not None
        found = verify_receipt(reply.receipt, Expected(K.CONFLICT, reply.leaf, TH, KH), log_of(kh))
        assert (found.event.related, found.index) == (sealed[0].leaf, 4)
    assert [reply.receipt for reply in line.deliver([Delivery(b"garbage", KH)])] == [b""]


@pytest.mark.req("LOG-12")
def test_the_receipt_of_one_recipient_is_none_for_another(served: Served) -> None:
    # F22: one relay serves both, and an answer for one of them is passed off as the other's.
    served.start(TH)
    (sealed,) = served.world.seal(KH, [TH, SHELTER])
    line = served.world.as_relay(KH, TH)
    replies = line.deliver([Delivery(sealed.envelope, TH), Delivery(sealed.envelope, SHELTER)])
    keys = {agency: served.world.agencies[agency].opening.id for agency in (TH, SHELTER)}
    for reply, own, other in zip(replies, (TH, SHELTER), (SHELTER, TH), strict=True):
        good = Expected(K.DELIVERED, sealed.leaf, KH, own, keys[own])
        assert verify_receipt(reply.receipt, good, log_of(served, own)).index == 0
        wrong = Expected(K.DELIVERED, sealed.leaf, KH, other, keys[other])
        for identity in (log_of(served, own), log_of(served, other)):
            with pytest.raises(PeerError, match=r"receipt\.mismatch"):
                verify_receipt(reply.receipt, wrong, identity)
        with pytest.raises(PeerError, match=r"checkpoint\.origin"):
            verify_receipt(reply.receipt, good, log_of(served, other))
    line.close()


def test_heads_and_growth_for_every_peer(kh: Served, line: GrpcRelay, desk: GrpcRelay) -> None:
    assert line.checkpoint(KH) is None
    line.deliver(deliveries(kh.world.seal(TH, [KH], 3), KH))
    line.deliver(deliveries(kh.world.seal(TH, [KH], 4), KH))
    for asker in (line, desk):
        notes = [asker.checkpoint(KH, size) for size in (3, 7)]
        small, large = (verify_checkpoint(note or b"", log_of(kh)) for note in notes)
        assert asker.checkpoint(KH) == notes[1]
        beginning, proof = asker.consistency(KH, 3, 7)
        assert beginning == small.root
        verify_consistency(3, small.root, 7, large.root, proof)
        assert asker.consistency(KH, 5, 6)[0] not in {small.root, large.root}
        assert [asker.checkpoint(KH, size) for size in (0, 4, 8, (1 << 64) - 1)] == [None] * 4
        for origin in (TH, f"{KH}/2", f"{KH}/desk", "", "no\x00origin", "x" * 300):
            assert asker.checkpoint(origin) is None
            assert refused(lambda o=origin, a=asker: a.consistency(o, 0, 0)) == "relay.no-log"  # type: ignore[misc]
        for first, second in ((0, 8), (4, 3), (7, (1 << 64) - 1)):
            assert refused(lambda f=first, s=second, a=asker: a.consistency(KH, f, s)) == "relay.no-log"  # type: ignore[misc]
        for origins in ((), (KH,), (KH, "no\x00origin")):
            (seen,) = asker.seen_checkpoints(origins)
            assert decode(WitnessedCheckpoint, seen) == WitnessedCheckpoint(checkpoint=notes[1] or b"", seen_at=START)
        assert asker.seen_checkpoints([TH]) == asker.seen_checkpoints(["no\x00origin"]) == ()
        assert refused(lambda a=asker: a.seen_checkpoints([KH] * 65)) == "relay.too-many"  # type: ignore[misc]


@pytest.mark.req("LOG-02", "LOG-13")
def test_proofs_for_the_senders_relay_and_for_nobody_else(kh: Served, line: GrpcRelay, desk: GrpcRelay) -> None:
    sealed = kh.world.seal(TH, [KH], 2)
    replies = line.deliver(deliveries(sealed, KH))
    (twin,) = line.deliver([Delivery(kh.world.twin(sealed[0].envelope), KH)])
    assert twin.leaf is not None
    leaves = [sealed[0].leaf, Leaf(bytes(32)), sealed[1].leaf, twin.leaf, Leaf(b"short")]
    found = line.inclusion(KH, leaves)
    assert found[1] == found[4] == Proved()
    for place, one in ((0, sealed[0]), (2, sealed[1])):
        old = proved(kh, replies[place // 2].receipt, one)
        assert proved(kh, found[place].receipt, one).index == old.index
        assert found[place] == Proved(found[place].receipt)
    assert verify_receipt(found[3].receipt, Expected(K.CONFLICT, twin.leaf, TH, KH), log_of(kh)).index == 2
    # The recipient's own desk has the events; what it sent is another matter.
    assert desk.inclusion(KH, leaves) == (Proved(),) * 5
    stranger = kh.world.as_relay(KH, KH)
    assert stranger.inclusion(KH, leaves) == (Proved(),) * 5
    stranger.close()
    for agency in (TH, AgencyId("no\x00agency"), AgencyId("")):
        assert line.inclusion(agency, leaves) == (Proved(),) * 5
    assert line.inclusion(KH, []) == ()
    assert refused(lambda: line.inclusion(KH, [sealed[0].leaf] * 65)) == "relay.too-many"


@pytest.mark.req("LOG-13", "LOG-14")
def test_the_first_quorum_counts_and_the_last_before_the_delivery_bounds_it(kh: Served, line: GrpcRelay) -> None:
    first, second, third = kh.world.seal(TH, [KH], 3)
    line.deliver(deliveries([first], KH))
    cosigned(kh, "witness.th.example")
    line.deliver(deliveries([second], KH))
    line.deliver(deliveries([third], KH))
    cosigned(kh, "witness.th.example")
    line.deliver(deliveries(kh.world.seal(TH, [KH], 2), KH))
    cosigned(kh, "witness.th.example")
    # The federation for tests names no witnesses: any one is a quorum for the relay, and none for who verifies.
    found = line.inclusion(KH, [one.leaf for one in (first, second, third)])
    sizes = [
        proved(kh, one.receipt, sealed).checkpoint.size
        for one, sealed in zip(found, (first, second, third), strict=True)
    ]
    assert sizes == [1, 3, 3]
    earlier = [read_head(one.earlier_checkpoint).size if one.earlier_checkpoint else 0 for one in found]
    assert earlier == [0, 1, 1]


def test_the_proof_is_there_after_replay_protection_is_over(kh: Served, line: GrpcRelay) -> None:
    (sealed,) = kh.world.seal(TH, [KH], lifetime=HOUR)
    line.deliver(deliveries([sealed], KH))
    assert kh.apps[KH].database.write(lambda c: forget(c, START.plus(40 * DAY), Ages(DAY, DAY, DAY))) == 1
    assert proved(kh, line.inclusion(KH, [sealed.leaf])[0].receipt, sealed).index == 0
