"""The intake refuses whatever the keyless checks refuse, knows its tenants and its peers, and lets nothing in twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reference_node.app import build_relay
from reference_node.store.relay.upkeep import Ages, forget
from referral_proto.errors import WorldError
from referral_proto.log.checkpoint import LogIdentity
from referral_proto.log.receipt import Expected, verify_receipt
from referral_proto.model.codes.log import LogEventKind
from referral_proto.moment import DAY, HOUR
from referral_proto.ports import DeliverStatus, Delivery, Reply
from tests.relay.relays import Pair
from tests.relay.world import KH, PASSPHRASE, SHELTER, START, TH, World, deliveries, statuses

ACCEPTED, DUPLICATE, REFUSED = DeliverStatus.ACCEPTED, DeliverStatus.DUPLICATE, DeliverStatus.REFUSED


def one(pair: Pair, delivery: Delivery) -> Reply:
    (reply,) = pair.apps[KH].intake.take([delivery], TH)
    return reply


@pytest.mark.req("TRN-05", "TRN-06")
def test_stored_once_whatever_is_tried(pair: Pair) -> None:
    (sealed,) = pair.world.seal(TH, [KH])
    delivery = Delivery(sealed.envelope, KH)
    first, second = one(pair, delivery), one(pair, delivery)
    assert replace(first, receipt=b"") == Reply(ACCEPTED, sealed.leaf)
    assert replace(second, receipt=b"") == Reply(DUPLICATE, sealed.leaf)
    expected = Expected(LogEventKind.DELIVERED, sealed.leaf, TH, KH, pair.world.agencies[KH].opening.id)
    identity = LogIdentity.of(KH, pair.world.agencies[KH].log_keys)
    assert {verify_receipt(reply.receipt, expected, identity).index for reply in (first, second)} == {0}
    twin = Delivery(pair.world.twin(sealed.envelope), KH)
    reply = one(pair, twin)
    assert (reply.status, reply.code) == (DeliverStatus.CONFLICT, "relay.conflict")
    assert reply.leaf not in {None, sealed.leaf}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: b"", "envelope.malformed"),
        (lambda data: b"garbage" * 100, "envelope.malformed"),
        (lambda data: data[:-1], "envelope.malformed"),
        (lambda data: data + b"\x00", "envelope.malformed"),
        (lambda data: data + b"\x2a\x00", "envelope.malformed"),
        (lambda data: data[:-40] + bytes(40), "signature.invalid"),
        (lambda data: data + bytes(5_000_000), "envelope.too-large"),
    ],
)
def test_bytes_that_are_no_envelope(pair: Pair, change: object, code: str) -> None:
    (sealed,) = pair.world.seal(TH, [KH])
    assert one(pair, Delivery(change(sealed.envelope), KH)) == Reply(REFUSED, None, code)  # type: ignore[operator]


def test_bad_ones_do_not_hold_up_the_good_ones(pair: Pair) -> None:
    good = pair.world.seal(TH, [KH], 3)
    mixed = deliveries(good, KH)
    mixed[1:1] = [Delivery(b"garbage", KH), Delivery(good[0].envelope[:-1], KH)]
    assert statuses(pair.apps[KH].intake.take(mixed, TH)) == [ACCEPTED, REFUSED, REFUSED, ACCEPTED, ACCEPTED]


@pytest.mark.req("TRN-10", "TRN-12")
def test_for_whom_and_from_whom(pair: Pair) -> None:
    (for_thailand,) = pair.world.seal(KH, [TH])
    assert one(pair, Delivery(for_thailand.envelope, TH)).code == "relay.not-served"
    assert one(pair, Delivery(for_thailand.envelope, KH)).code == "admit.not-recipient"
    (from_thailand,) = pair.world.seal(TH, [KH])
    # F17: the certificate of the line is Cambodia's own, the signature Thailand's.
    (reply,) = pair.apps[KH].intake.take([Delivery(from_thailand.envelope, KH)], KH)
    assert (reply.status, reply.code) == (REFUSED, "relay.wrong-peer")
    # A tenant's envelopes come through its operator's relay.
    (from_tenant,) = pair.world.seal(SHELTER, [KH])
    assert one(pair, Delivery(from_tenant.envelope, KH)).status is ACCEPTED


def test_one_envelope_for_two_tenants_is_kept_once_and_handed_to_both(pair: Pair) -> None:
    (sealed,) = pair.world.seal(KH, [TH, SHELTER])
    intake = pair.apps[TH].intake
    both = [Delivery(sealed.envelope, TH), Delivery(sealed.envelope, SHELTER)]
    assert statuses(intake.take(both, KH)) == [ACCEPTED, ACCEPTED]
    assert statuses(intake.take(both, KH)) == [DUPLICATE, DUPLICATE]


def test_the_time_window(pair: Pair) -> None:
    (future,) = pair.world.seal(TH, [KH], at=START.plus(HOUR))
    assert one(pair, Delivery(future.envelope, KH)).code == "admit.from-future"
    (sealed,) = pair.world.seal(TH, [KH], lifetime=60)
    pair.clock.move(59)
    assert one(pair, Delivery(sealed.envelope, KH)).status is ACCEPTED
    (late,) = pair.world.seal(TH, [KH], at=START, lifetime=60)
    pair.clock.move(1)
    assert one(pair, Delivery(late.envelope, KH)).code == "admit.expired"


@pytest.mark.req("TRN-07")
def test_replay_after_restart_after_pruning_and_with_the_clock_set_back(pair: Pair, tmp_path: Path) -> None:
    (sealed,) = pair.world.seal(TH, [KH], lifetime=HOUR)
    delivery = Delivery(sealed.envelope, KH)
    assert one(pair, delivery).status is ACCEPTED
    old = pair.apps[KH]
    old.stop()
    pair.apps[KH] = pair.joined(build_relay(old.settings, PASSPHRASE, pair.clock), KH)
    assert one(pair, delivery).status is DUPLICATE
    pair.clock.move(3 * DAY)
    # The first turn ever does not prune yet.
    pair.apps[KH].upkeep.turn()
    pair.apps[KH].upkeep.turn()
    assert one(pair, delivery) == Reply(REFUSED, None, "admit.expired")
    pair.clock.at = START
    assert one(pair, delivery) == Reply(DeliverStatus.RETRY, sealed.leaf, "relay.try-later")
    (fresh,) = pair.world.seal(TH, [KH], lifetime=DAY)
    assert one(pair, Delivery(fresh.envelope, KH)).status is ACCEPTED


def test_upkeep_says_what_it_prunes_and_survives_a_full_disk(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise WorldError("store.full")

    app = pair.apps[KH]
    with monkeypatch.context() as patch:
        patch.setattr(app.database, "write", full)
        app.upkeep.turn()
    assert app.database.write(lambda c: forget(c, START, Ages(DAY, DAY, DAY))) == 0


def test_a_store_that_cannot_write_asks_to_try_again(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise WorldError("store.full")

    sealed = pair.world.seal(TH, [KH], 2)
    mixed = [*deliveries(sealed, KH), Delivery(b"garbage", KH)]
    with monkeypatch.context() as patch:
        patch.setattr(pair.apps[KH].database, "write", full)
        replies = pair.apps[KH].intake.take(mixed, TH)
    assert statuses(replies) == [DeliverStatus.RETRY, DeliverStatus.RETRY, REFUSED]
    assert {reply.code for reply in replies[:2]} == {"relay.try-later"}
    assert statuses(pair.apps[KH].intake.take(mixed, TH)) == [ACCEPTED, ACCEPTED, REFUSED]


def test_a_removed_agency_is_refused_as_soon_as_the_records_say_so(pair: Pair) -> None:
    (first, second) = pair.world.seal(SHELTER, [KH], 2)
    assert one(pair, Delivery(first.envelope, KH)).status is ACCEPTED
    app = pair.apps[KH]
    (app.settings.records / "agency-th.shelter.record").unlink()
    (app.settings.records / "opening-th.shelter.record").unlink()
    app.upkeep.turn()
    assert one(pair, Delivery(second.envelope, KH)).code == "trust.unknown-agency"


def test_a_damaged_federation_record_changes_nothing(pair: Pair) -> None:
    app = pair.apps[KH]
    (app.settings.records / "federation.record").write_bytes(b"damaged")
    app.upkeep.turn()
    (sealed,) = pair.world.seal(TH, [KH])
    assert one(pair, Delivery(sealed.envelope, KH)).status is ACCEPTED
    assert "changed records were not taken up" in (app.settings.records.parent / "relay.log").read_text("utf-8")


def test_a_damaged_record_takes_its_agency_out_of_force_and_is_told_once(pair: Pair) -> None:
    app = pair.apps[KH]
    (app.settings.records / "agency-th.shelter.record").write_bytes(b"damaged")
    for _ in range(3):
        app.upkeep.turn()
    (gone, stays) = pair.world.seal(SHELTER, [KH])[0], pair.world.seal(TH, [KH])[0]
    assert one(pair, Delivery(gone.envelope, KH)).code == "trust.unknown-agency"
    assert one(pair, Delivery(stays.envelope, KH)).status is ACCEPTED
    log = (app.settings.records.parent / "relay.log").read_text("utf-8")
    assert log.count("trust.record-malformed") == 1


WORLD = World.founded()
ENVELOPE = WORLD.seal(TH, [KH])[0].envelope


@given(st.integers(0, len(ENVELOPE) - 1), st.integers(1, 255))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_flipped_byte_gets_in(pair: Pair, place: int, flip: int) -> None:
    pair.apps[KH].trust.keeper.directory = WORLD.directory
    damaged = bytearray(ENVELOPE)
    damaged[place] ^= flip
    reply = one(pair, Delivery(bytes(damaged), KH))
    if reply.status is DeliverStatus.RETRY:
        # Another sender or keyset, whom newer records might name; what they sign is not this.
        assert reply.code in {"trust.unknown-agency", "trust.unknown-keyset"}
    else:
        assert reply.status is REFUSED


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_peers_bytes_raise_nothing(pair: Pair, data: bytes) -> None:
    assert one(pair, Delivery(data, KH)).status is REFUSED
