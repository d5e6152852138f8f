"""Sealed files by hand take the same way as envelopes over the line, and meet them there."""

from __future__ import annotations

import pytest

from reference_node.app import open_by_hand
from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import Leaf
from referral_proto.log.checkpoint import LogIdentity
from referral_proto.log.receipt import Expected, verify_receipt
from referral_proto.model.codes.log import LogEventKind
from referral_proto.ports import DeliverStatus, Delivery
from tests.relay.relays import Pair
from tests.relay.world import KH, PASSPHRASE, SHELTER, TH

ACCEPTED, DUPLICATE = DeliverStatus.ACCEPTED, DeliverStatus.DUPLICATE


def test_out_of_one_relay_and_into_the_other(pair: Pair) -> None:
    (sealed,) = pair.world.seal(TH, [KH, SHELTER])
    pair.cut.add(KH)
    pair.apps[TH].mailbox.submit(TH, [sealed.envelope])
    pair.turn()
    from_thailand, close_first = open_by_hand(pair.apps[TH].settings, None, pair.clock)
    into_cambodia, close_second = open_by_hand(pair.apps[KH].settings, PASSPHRASE, pair.clock)
    assert from_thailand.outgoing() == [(sealed.leaf, KH)]
    carried = from_thailand.take_out(sealed.leaf)
    assert carried == sealed.envelope
    assert {a: reply.status for a, reply in into_cambodia.bring(carried).items()} == {KH: ACCEPTED}
    assert {a: reply.status for a, reply in into_cambodia.bring(carried).items()} == {KH: DUPLICATE}
    # The line comes back: the relay still tries, is told that it is there, and the delivery ends well.
    pair.cut.clear()
    pair.clock.move(60)
    pair.turn()
    outcomes = pair.apps[TH].mailbox.outcomes(TH, 0, 64)
    assert {(one.recipient, one.status) for one in outcomes} == {(SHELTER, ACCEPTED), (KH, DUPLICATE)}
    assert from_thailand.outgoing() == []
    assert len(pair.apps[KH].mailbox.collect(KH, 0, 64)) == 1
    for close in (close_first, close_second):
        close()


@pytest.mark.req("LOG-10")
def test_each_recipients_receipt_comes_back_by_hand_and_again_when_it_is_brought_again(pair: Pair) -> None:
    (sealed,) = pair.world.seal(KH, [TH, SHELTER])
    by_hand, close = open_by_hand(pair.apps[TH].settings, PASSPHRASE, pair.clock)
    for status in (ACCEPTED, DUPLICATE):
        replies = by_hand.bring(sealed.envelope)
        for agency, reply in replies.items():
            one = pair.world.agencies[agency]
            expected = Expected(LogEventKind.DELIVERED, sealed.leaf, KH, agency, one.opening.id)
            assert reply.status is status
            assert verify_receipt(reply.receipt, expected, LogIdentity.of(agency, one.log_keys)).index == 0
    close()


def test_whoever_brings_it_the_signature_decides(pair: Pair) -> None:
    into_cambodia, close = open_by_hand(pair.apps[KH].settings, PASSPHRASE, pair.clock)
    (sealed,) = pair.world.seal(TH, [KH])
    damaged = sealed.envelope[:-40] + bytes(40)
    assert into_cambodia.bring(damaged)[KH].code == "signature.invalid"
    assert into_cambodia.bring(sealed.envelope)[KH].status is ACCEPTED
    assert into_cambodia.bring(pair.world.twin(sealed.envelope))[KH].status is DeliverStatus.CONFLICT
    close()


@pytest.mark.parametrize(("data", "code"), [(b"", "envelope.malformed"), (b"no envelope" * 40, "envelope.malformed")])
def test_what_is_no_envelope(pair: Pair, data: bytes, code: str) -> None:
    into_cambodia, close = open_by_hand(pair.apps[KH].settings, PASSPHRASE, pair.clock)
    with pytest.raises(PeerError) as caught:
        into_cambodia.bring(data)
    assert caught.value.code == code
    close()


def test_for_nobody_here_and_not_here(pair: Pair) -> None:
    into_cambodia, close = open_by_hand(pair.apps[KH].settings, PASSPHRASE, pair.clock)
    (sealed,) = pair.world.seal(KH, [TH])
    with pytest.raises(PeerError) as refused:
        into_cambodia.bring(sealed.envelope)
    assert refused.value.code == "relay.not-served"
    with pytest.raises(CallerError) as missing:
        into_cambodia.take_out(Leaf(bytes(32)))
    assert missing.value.code == "relay.no-such-envelope"
    close()


def test_what_came_over_the_line_can_be_carried_to_a_desk_by_hand(pair: Pair) -> None:
    (sealed,) = pair.world.seal(TH, [KH])
    pair.apps[KH].intake.take([Delivery(sealed.envelope, KH)], TH)
    by_hand, close = open_by_hand(pair.apps[KH].settings, PASSPHRASE, pair.clock)
    assert by_hand.take_out(sealed.leaf) == sealed.envelope
    close()
