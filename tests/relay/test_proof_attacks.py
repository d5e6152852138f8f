"""A relay, a desk or a witness that lies about a delivery is not believed, and takes nothing away that is held."""

from __future__ import annotations

from typing import Any

import pytest

from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.logkeys import WitnessKeys
from referral_proto.ids import AgencyId, Leaf
from referral_proto.log.acknowledgement import acknowledge, read_acknowledgement
from referral_proto.log.checkpoint import cosign, read_head, with_cosignatures
from referral_proto.log.receipt import make_receipt
from referral_proto.model.log import Receipt
from referral_proto.moment import DAY
from referral_proto.ports import DeliverStatus, Proved
from referral_proto.trust.amend import revoke_keyset, rotate_keyset
from referral_proto.trust.issue import announce_relay
from referral_proto.wire import decode
from tests.relay.proving import NAMES, UNREADABLE, Rig
from tests.relay.rigs import Lying, asked, offering, verified
from tests.relay.world import KH, SHELTER, TH


@pytest.mark.req("LOG-12")
@pytest.mark.parametrize("offer", ["another recipient's", "garbage", "another envelope's", "another log's"])
def test_a_receipt_that_does_not_hold_is_kept_out_and_asked_for_again(small: Rig, offer: str) -> None:
    th, kh = small.halves[TH], small.halves[KH]
    (shelters,) = small.send(TH, SHELTER)
    (older,) = small.send()
    false = {
        "another recipient's": th.outcome(shelters.leaf).proved.receipt,
        "garbage": b"\x0a\x03abc",
        "another envelope's": th.outcome(older.leaf).proved.receipt,
        "another log's": _under(small, th.outcome(older.leaf).proved.receipt, SHELTER),
    }[offer]
    take = kh.intake.take

    def lie(deliveries: Any, operator: Any) -> Any:
        return tuple(_with(reply, false) for reply in take(deliveries, operator))

    kh.intake.take = lie  # type: ignore[method-assign]
    (sealed,) = small.send()
    kh.intake.take = take  # type: ignore[method-assign]
    found = th.outcome(sealed.leaf)
    assert (found.status, found.code, found.proved) == (DeliverStatus.ACCEPTED, "", Proved())
    assert th.log_file.read_text("ascii").count("a proof does not hold") == 1
    th.prove()
    assert verified(small, th.outcome(sealed.leaf).proved, sealed.leaf).provisional


def _with(reply: Any, receipt: bytes) -> Any:
    from dataclasses import replace

    return replace(reply, receipt=receipt)


def _under(rig: Rig, receipt: bytes, operator: AgencyId) -> bytes:
    """The same event under the checkpoint of another agency's log."""
    parsed = decode(Receipt, receipt)
    return make_receipt(parsed.event, parsed.index, parsed.path, rig.halves[operator].note())


@pytest.mark.parametrize("how", ["unknown", "twice", "below quorum", "later than now", "older"])
def test_cosignatures_that_do_not_count_leave_a_receipt_provisional(small: Rig, how: str) -> None:
    th, kh = small.halves[TH], small.halves[KH]
    small.send()
    older = read_head(kh.note())
    (sealed,) = small.send()
    head = read_head(kh.note())
    stranger = WitnessKeys.create()
    at = small.clock.at
    lines = {
        "unknown": [*_lines(small, NAMES[0], head), *cosign(head, "witness.xx.example", stranger, at)],
        "twice": [*_lines(small, NAMES[0], head), *cosign(head, NAMES[0], small.witness_keys[NAMES[0]], at.plus(1))],
        "below quorum": _lines(small, NAMES[0], head),
        "older": [line for name in NAMES for line in _lines(small, name, older)],
        "later than now": [
            line for name in NAMES for line in cosign(head, name, small.witness_keys[name], at.plus(DAY))
        ],
    }[how]

    def change(one: Proved) -> Proved:
        parsed = decode(Receipt, one.receipt)
        note = with_cosignatures(parsed.checkpoint, lines)
        return Proved(make_receipt(parsed.event, parsed.index, parsed.path, note))

    small.liars[KH] = offering(kh, change)
    before = th.outcome(sealed.leaf)
    th.prove()
    assert (th.outcome(sealed.leaf), asked(th)) == (before, 2)
    small.liars.clear()
    kh.cosign()
    th.prove()
    assert verified(small, th.outcome(sealed.leaf).proved, sealed.leaf).trusted_time is not None


def _lines(rig: Rig, name: str, head: Any) -> list[Any]:
    return list(cosign(head, name, rig.witness_keys[name], rig.clock.at))


def test_a_peer_that_denies_later_takes_nothing_away(rig: Rig) -> None:
    th, kh = rig.halves[TH], rig.halves[KH]
    (sealed,) = rig.send()
    before = th.outcome(sealed.leaf)
    rig.liars[KH] = offering(kh, lambda _: Proved())
    th.prove()
    th.prove()
    assert th.outcome(sealed.leaf) == before
    assert (th.told("log.denied"), asked(th)) == (1, 1)


def test_what_finds_no_room_in_an_answer_is_not_denied(small: Rig) -> None:
    th, kh = small.halves[TH], small.halves[KH]
    small.send(count=3)

    def first_only(agency: AgencyId, leaves: list[Leaf], peer: Any) -> tuple[Proved, ...]:
        (one,) = kh.counter.inclusion(agency, leaves[:1], peer)
        return (one, *(Proved() for _ in leaves[1:]))

    small.liars[KH] = Lying(kh, inclusion=first_only)
    kh.cosign()
    th.prove()
    assert th.told("log.denied") == 0
    assert all(verified(small, one.proved, one.leaf).trusted_time for one in th.outcomes())


@pytest.mark.req("LOG-17")
def test_unreadable_may_become_received_and_not_the_other_way(rig: Rig) -> None:
    th, kh = rig.halves[TH], rig.halves[KH]
    (sealed,) = rig.send()
    assert kh.acknowledge(rig.word(sealed.leaf, UNREADABLE)) == [""]
    kh.cosign()
    th.prove()
    first = th.outcome(sealed.leaf).proved
    assert read_acknowledgement(first.acknowledgement).said.kind is UNREADABLE
    assert (first.acknowledgement_receipt != b"", asked(th)) == (True, 1)
    assert kh.acknowledge(rig.word(sealed.leaf)) == [""]
    kh.cosign()
    th.prove()
    last = th.outcome(sealed.leaf).proved
    assert read_acknowledgement(last.acknowledgement).said.kind is not UNREADABLE
    assert asked(th) == 0


@pytest.mark.req("LOG-17")
@pytest.mark.parametrize("who", ["another agency", "an unknown keyset", "another envelope"])
def test_a_word_of_somebody_else_is_not_the_recipients(small: Rig, who: str) -> None:
    th, kh = small.halves[TH], small.halves[KH]
    (sealed,) = small.send()
    (other,) = small.send()
    kh.cosign()
    at = small.clock.at
    keys = {
        "another agency": small.world.agencies[SHELTER].keys,
        "an unknown keyset": SigningKeyset.create(KH),
        "another envelope": small.world.agencies[KH].keys,
    }[who]
    leaf = other.leaf if who == "another envelope" else sealed.leaf
    false = acknowledge(keys, leaf, TH, read_acknowledgement(small.word(leaf)).said.kind, at)

    def change(one: Proved) -> Proved:
        return Proved(one.receipt, false, b"", one.earlier_checkpoint)

    small.liars[KH] = offering(kh, change)
    th.prove()
    found = th.outcome(sealed.leaf).proved
    assert found.receipt and not found.acknowledgement
    assert asked(th) == 2


def test_a_revoked_key_cannot_say_that_it_signed_before(small: Rig) -> None:
    th, kh = small.halves[TH], small.halves[KH]
    (sealed,) = small.send()
    kh.cosign()
    backdated = small.word(sealed.leaf)
    _revoke(small)
    small.liars[KH] = offering(kh, lambda one: Proved(one.receipt, backdated, b"", b""))
    th.prove()
    assert not th.outcome(sealed.leaf).proved.acknowledgement
    assert th.told("trust.keyset-revoked") == 1


def test_a_word_that_witnesses_saw_before_the_key_was_revoked_stays_good(small: Rig) -> None:
    th, kh = small.halves[TH], small.halves[KH]
    (sealed,) = small.send()
    kh.acknowledge(small.word(sealed.leaf))
    kh.cosign()
    _revoke(small)
    th.prove()
    assert th.outcome(sealed.leaf).proved.acknowledgement
    assert asked(th) == 0


def _revoke(rig: Rig) -> None:
    """A new keyset in the place of the recipient's, whose first is revoked, a day from now."""
    world, th = rig.world, rig.halves[TH]
    history = th.trust.directory.history(KH)
    rig.clock.move(DAY)
    new, old = SigningKeyset.create(KH), world.agencies[KH].keys
    records = th.settings.records
    # What the old keyset said of the relay counts no more once it is revoked.
    shown = [world.relays[KH].der]
    moved = announce_relay(new, world.endpoint(KH), shown, rig.clock.at, 1)
    (records / "relay-kh.mosvy.record").write_bytes(moved)
    rotated = rotate_keyset(history, new, rig.clock.at, old, world.registrars["kh"])
    (records / "rotated.record").write_bytes(rotated)
    th.trust.refresh()
    rig.clock.move(60)
    history = th.trust.directory.history(KH)
    (records / "revoked.record").write_bytes(revoke_keyset(history, old.id, rig.clock.at, new, world.registrars["kh"]))
    th.trust.refresh()
    assert th.trust.directory.standing(KH, old.id, rig.clock.at).code == "trust.keyset-revoked"


def test_an_earlier_checkpoint_must_be_of_the_same_tree(small: Rig) -> None:
    th, kh = small.halves[TH], small.halves[KH]
    other = small.twin(KH, SHELTER)
    small.send(SHELTER)
    small.send(SHELTER, KH, 1, size=300)
    other.cosign()
    for _ in range(3):
        small.send()
    (sealed,) = small.send()
    kh.cosign()
    small.liars[KH] = offering(kh, lambda one: Proved(one.receipt, b"", b"", other.note()))
    th.prove()
    assert not th.outcome(sealed.leaf).proved.earlier_checkpoint
    # What the log answered proves that it has two stories: that is kept.
    assert th.sightings.forked(KH)
