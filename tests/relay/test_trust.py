"""Relays go by signed trust data: from a folder or from each other, while it is fresh, and say why when it is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reference_node.app import build_relay
from reference_node.trust.follow import evidence_in
from referral_proto.adapters.trust_drafts import draft_country
from referral_proto.adapters.trust_keys import KeyRole
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.opening import OpeningKey
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, Digest
from referral_proto.moment import DAY, HOUR
from referral_proto.ports import DeliverStatus, Delivery, Reply
from referral_proto.trust.amend import declare_compromise, recover, withdraw
from referral_proto.trust.issue import publish_opening_key
from tests.adapters.trust_world import key, signed
from tests.relay.published import Published
from tests.relay.relays import Pair
from tests.relay.world import KH, PASSPHRASE, SHELTER, START, TH, World, deliveries

ACCEPTED, RETRY, REFUSED = DeliverStatus.ACCEPTED, DeliverStatus.RETRY, DeliverStatus.REFUSED


class Mirrored:
    """th.dsdw has the repository's folder, kh.mosvy asks th.dsdw."""

    def __init__(self, folder: Path) -> None:
        self.world = World.founded()
        self.published = Published(self.world, folder / "repository", START.plus(-HOUR))
        own = {TH: self.published.settings(folder=True), KH: self.published.settings(folder=False)}
        self.pair = Pair(folder, self.world, own=own)
        self.clock = self.pair.clock

    def follow(self) -> None:
        for operator in (TH, KH):
            self.pair.apps[operator].following.turn()

    def take(self, sender: AgencyId = TH) -> Reply:
        (sealed,) = self.world.seal(sender, [KH], at=self.clock.now())
        return self.pair.apps[KH].intake.take(deliveries([sealed], KH), TH)[0]

    def log(self, operator: AgencyId = KH) -> str:
        return (self.pair.apps[operator].settings.records.parent / "relay.log").read_text("utf-8")


@pytest.fixture
def mirrored(tmp_path: Path) -> Mirrored:
    made = Mirrored(tmp_path)
    yield made  # type: ignore[misc]
    made.pair.close()


def amended(world: World, record: bytes, agency: AgencyId) -> None:
    world.records[f"agency-{agency}-{len(world.records)}"] = record


def test_a_relay_follows_its_peer_and_decides_nothing_before(mirrored: Mirrored) -> None:
    assert mirrored.take() == Reply(RETRY, None, "trust.no-state")
    mirrored.follow()
    assert mirrored.take().status is ACCEPTED
    health = mirrored.pair.apps[KH].trust.keeper.health()
    assert (health.code, health.age_seconds) == ("", HOUR)


@pytest.mark.req("TRU-17")
def test_data_that_is_too_old_is_not_acted_on_and_nothing_is_lost(mirrored: Mirrored) -> None:
    mirrored.follow()
    waiting = mirrored.world.seal(TH, [KH], lifetime=20 * DAY)
    assert mirrored.pair.apps[TH].mailbox.submit(TH, [waiting[0].envelope])[0].status is ACCEPTED
    mirrored.clock.move(2 * DAY)
    mirrored.pair.apps[KH].trust.keeper.tell()
    assert "trust.stale" in {one.code for one in mirrored.pair.apps[KH].trust.keeper.health().warnings}
    assert mirrored.take().status is ACCEPTED
    mirrored.clock.move(8 * DAY)
    assert mirrored.take() == Reply(RETRY, None, "trust.stale")
    (mail,) = mirrored.world.seal(TH, [KH], at=mirrored.clock.now())
    assert mirrored.pair.apps[TH].mailbox.submit(TH, [mail.envelope]) == (Reply(RETRY, None, "trust.stale"),)
    mirrored.pair.turn(TH)
    assert mirrored.pair.calls == []
    mirrored.published.publish(mirrored.clock.now())
    mirrored.follow()
    assert mirrored.take().status is ACCEPTED
    mirrored.clock.move(HOUR)
    mirrored.pair.turn(TH)
    assert [end.status for end in mirrored.pair.apps[TH].mailbox.outcomes(TH, 0, 9)] == [ACCEPTED]


def test_it_works_on_what_it_holds_while_the_line_is_down(mirrored: Mirrored) -> None:
    mirrored.follow()
    mirrored.pair.cut.add(TH)
    mirrored.clock.move(3 * DAY)
    mirrored.follow()
    assert mirrored.take().status is ACCEPTED
    assert "trust data could not be refreshed" in mirrored.log()


def test_a_clock_that_is_days_behind_is_named(mirrored: Mirrored) -> None:
    mirrored.follow()
    (sealed,) = mirrored.world.seal(TH, [KH])
    mirrored.clock.move(-5 * DAY)
    app = mirrored.pair.apps[KH]
    assert app.intake.take(deliveries([sealed], KH), TH)[0] == Reply(RETRY, None, "trust.clock")
    app.following.turn()
    assert "trust.clock" in mirrored.log()


def test_a_clock_that_is_days_ahead_is_told_from_a_line_that_is_down(mirrored: Mirrored) -> None:
    mirrored.follow()
    keeper = mirrored.pair.apps[KH].trust.keeper
    mirrored.clock.move(3 * DAY)
    assert {one.code for one in keeper.health().warnings} & {"trust.stale", "doctor.clock-ahead"} == {"trust.stale"}
    mirrored.follow()
    assert ("doctor.clock-ahead", "3 days") in keeper.health().warnings
    assert '"cause": "3-days", "code": "doctor.clock-ahead"' in mirrored.log()
    mirrored.published.publish(mirrored.clock.now())
    mirrored.follow()
    assert "doctor.clock-ahead" not in {one.code for one in keeper.health().warnings}


@pytest.mark.req("TRU-18")
def test_a_withdrawn_agency_is_nobody_at_the_next_call(mirrored: Mirrored) -> None:
    mirrored.follow()
    world, app = mirrored.world, mirrored.pair.apps[KH]
    relay = world.relays[TH].der
    assert app.trust.peers.known(relay).operator == TH
    history = app.trust.directory.history(TH)
    gone_at = mirrored.clock.now().plus(2 * HOUR)
    mirrored.published.country("th", mirrored.clock.now(), [withdraw(history, gone_at, world.registrars["th"])])
    mirrored.published.publish(mirrored.clock.now())
    mirrored.follow()
    assert app.trust.peers.known(relay).operator == TH
    # The other direction: what waits for an agency that left ends, with its reason.
    mirrored.clock.move(2 * HOUR)
    for operator in (TH, KH):
        mirrored.pair.apps[operator].upkeep.turn()
    with pytest.raises(PeerError, match=r"relay\.not-allowed"):
        app.trust.peers.known(relay)
    assert relay not in app.trust.peers.roots
    assert mirrored.take() == Reply(REFUSED, None, "trust.agency-withdrawn")
    with pytest.raises(PeerError, match=r"trust\.agency-withdrawn"):
        app.outbox._lines.to(TH)


def test_what_waits_for_an_agency_that_left_ends_with_its_reason(mirrored: Mirrored) -> None:
    mirrored.follow()
    world, sender = mirrored.world, mirrored.pair.apps[TH]
    mirrored.pair.cut.add(KH)
    (sealed,) = world.seal(TH, [KH])
    assert sender.mailbox.submit(TH, [sealed.envelope])[0].status is ACCEPTED
    mirrored.pair.turn(TH)
    now = mirrored.clock.now()
    left = withdraw(sender.trust.directory.history(KH), now, world.registrars["kh"])
    mirrored.published.country("kh", now, [left])
    mirrored.published.publish(now)
    mirrored.follow()
    assert KH in mirrored.pair.closed
    mirrored.pair.cut.clear()
    mirrored.clock.move(HOUR)
    mirrored.pair.turn(TH)
    (end,) = sender.mailbox.outcomes(TH, 0, 9)
    assert (end.status, end.code) == (REFUSED, "trust.agency-withdrawn")


def test_a_recovery_takes_effect_when_its_delay_has_passed_and_is_an_alarm(tmp_path: Path) -> None:
    pair = Pair(tmp_path)
    try:
        app, world = pair.apps[KH], pair.world
        new = SigningKeyset.create(SHELTER)
        record = recover(app.trust.directory.history(SHELTER), new, "kh", pair.clock.now(), *world.registrars.values())
        (app.settings.records / "recovery.record").write_bytes(record)
        app.upkeep.turn()
        assert [alarm.code for alarm in app.trust.directory.alarms] == ["trust.recovery-pending"]
        log = (app.settings.records.parent / "relay.log").read_text("utf-8")
        assert log.count("trust.recovery-pending") == 1
        effective = app.trust.directory.alarms[0].effective_at
        assert effective == START.plus(7 * DAY)
        pair.clock.at = effective.plus(-1)
        app.upkeep.turn()
        assert app.trust.directory.alarms[0].code == "trust.recovery-pending"
        pair.clock.move(1)
        app.upkeep.turn()
        assert app.trust.directory.alarms[0].code == "trust.recovery-done"
        assert app.trust.directory.signing_keyset(SHELTER, new.id, pair.clock.now())
        kept = json.loads(app.settings.trust.first_seen.read_text("ascii"))
        assert len(kept) == len(list(app.settings.records.glob("*.record")))
    finally:
        pair.close()


def test_a_recovery_that_was_dated_back_waits_from_its_first_sight(tmp_path: Path) -> None:
    pair = Pair(tmp_path)
    try:
        app = pair.apps[KH]
        old = pair.clock.now().plus(-HOUR)
        new, registrars = SigningKeyset.create(SHELTER), pair.world.registrars.values()
        record = recover(app.trust.directory.history(SHELTER), new, "kh", old, *registrars)
        pair.clock.move(30 * DAY)
        (app.settings.records / "recovery.record").write_bytes(record)
        app.upkeep.turn()
        assert app.trust.directory.alarms[0].code == "trust.recovery-pending"
        again = build_relay(app.settings, PASSPHRASE, pair.clock)
        assert again.trust.directory.alarms[0].effective_at == pair.clock.now().plus(7 * DAY)
        again.stop()
    finally:
        pair.close()


def test_a_federation_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PeerError, match=r"trust\.root"):
        Pair(tmp_path, settings=f'[trust]\nfederation = "{"0" * 64}"\n')


def test_opening_keys_are_published_served_and_fetched_when_they_are_missing(pair: Pair) -> None:
    world, mine, theirs = pair.world, pair.apps[TH], pair.apps[KH]
    new = OpeningKey.create(KH)
    record = publish_opening_key(world.agencies[KH].keys, new.public, 2, pair.clock.now(), 14)
    theirs.following.counter.publish(KH, record)
    assert theirs.trust.directory.current_opening_key(KH, pair.clock.now()).id == new.id
    (mine.settings.records / f"opening-{KH}.record").unlink()
    mine.upkeep.turn()
    assert mine.trust.directory.opening_key_ends(KH, pair.clock.now()) is None
    # A relay that asks is told what is there; a desk makes its relay ask the other one.
    assert mine.following.counter.opening_keys(KH, ask_others=False) == []
    assert mine.following.counter.opening_keys(KH, ask_others=True) == [record]
    assert mine.trust.directory.current_opening_key(KH, pair.clock.now()).id == new.id
    again = build_relay(mine.settings, PASSPHRASE, pair.clock)
    assert again.trust.directory.current_opening_key(KH, pair.clock.now()).id == new.id
    again.stop()


def test_keys_that_end_soon_are_renewed_and_those_that_are_over_pruned(pair: Pair) -> None:
    world, mine, theirs = pair.world, pair.apps[TH], pair.apps[KH]
    (mine.settings.records / f"opening-{KH}.record").unlink()
    (theirs.settings.records / f"opening-{KH}.record").unlink()
    for app in (mine, theirs):
        app.upkeep.turn()
    for epoch in range(1, 3):
        key = OpeningKey.create(KH)
        signed = publish_opening_key(world.agencies[KH].keys, key.public, epoch, pair.clock.now(), 5)
        theirs.following.counter.publish(KH, signed)
        assert mine.following.counter.opening_keys(KH, ask_others=True)
        pair.clock.move(3 * DAY)
        mine.following.turn()
        mine.following.turn()
    assert [one.record.epoch for one in mine.trust.keeper.shelf.of(KH)] == [2, 1]
    pair.clock.move(31 * DAY)
    mine.following.turn()
    assert [one.record.epoch for one in mine.trust.keeper.shelf.of(KH)] == [2]


@pytest.mark.req("TRU-20")
@pytest.mark.parametrize("what", ["other-agency", "unsigned", "fork", "over", "far-ahead", "garbage"])
def test_opening_keys_that_do_not_stand_up_are_not_taken(pair: Pair, what: str) -> None:
    world, counter, now = pair.world, pair.apps[KH].following.counter, pair.clock.now()
    keys, new = world.agencies[KH].keys, OpeningKey.create(KH)
    good = publish_opening_key(keys, new.public, 7, now, 14)
    counter.publish(KH, good)
    bad = {
        "other-agency": publish_opening_key(world.agencies[TH].keys, OpeningKey.create(TH).public, 8, now, 14),
        "unsigned": publish_opening_key(SigningKeyset.create(KH), new.public, 8, now, 14),
        "fork": publish_opening_key(keys, OpeningKey.create(KH).public, 7, now, 14),
        "over": publish_opening_key(keys, OpeningKey.create(KH).public, 8, now.plus(-20 * DAY), 14),
        "far-ahead": publish_opening_key(keys, OpeningKey.create(KH).public, 8, now.plus(60 * DAY), 14),
        "garbage": b"garbage",
    }[what]
    if what == "over":
        counter.publish(KH, bad)
    else:
        with pytest.raises(PeerError, match=r"relay\.opening-key"):
            counter.publish(KH, bad)
    assert counter.opening_keys(KH, ask_others=False) == [good]


@pytest.mark.req("TRU-13")
def test_a_split_view_is_an_alarm_with_both_signed_snapshots(mirrored: Mirrored, tmp_path: Path) -> None:
    mirrored.follow()
    other = Published(mirrored.world, tmp_path / "other", START.plus(-HOUR))
    liar = mirrored.pair.apps[TH].following.counter
    theirs = (other.folder / "metadata" / "1.snapshot.json").read_bytes()
    shown = Digest(bytes(32))
    liar.snapshot = lambda: (1, shown)  # type: ignore[method-assign]
    held = liar.file
    liar.file = lambda path: theirs if path.endswith("snapshot.json") else held(path)  # type: ignore[method-assign]
    mirrored.follow()
    folder = mirrored.pair.apps[KH].settings.trust.evidence
    (name,) = evidence_in(folder)
    proof = json.loads((folder / name).read_text("utf-8"))
    assert proof["their_digest"] == shown.hex()
    assert proof["shown_by"] == TH
    assert proof["our_snapshot_base64"] and proof["their_snapshot_base64"]
    assert not proof["both_are_signed"]
    assert "trust.split-view" in mirrored.log()
    mirrored.follow()
    assert len(evidence_in(folder)) == 1


def test_a_compromise_ends_a_key_for_what_comes_after(mirrored: Mirrored) -> None:
    mirrored.follow()
    world, now = mirrored.world, mirrored.clock.now()
    history = mirrored.pair.apps[TH].trust.directory.history(TH)
    keyset = world.agencies[TH].keys.id
    said = declare_compromise(history, keyset, now.plus(-HOUR), AgencyId("th.registrar"), now, world.registrars["th"])
    mirrored.published.country("th", now, [said])
    mirrored.published.publish(now)
    (sealed,) = world.seal(TH, [KH])
    mirrored.follow()
    reply = mirrored.pair.apps[KH].intake.take([Delivery(sealed.envelope, KH)], TH)[0]
    assert (reply.status, reply.code) == (REFUSED, "trust.keyset-revoked")


@pytest.mark.req("TRU-10")
def test_an_expired_country_waits_and_is_named(mirrored: Mirrored) -> None:
    at = mirrored.clock.now()
    current = mirrored.published.repository.current("country-th")
    short = signed(draft_country(current, "th", [], at, 1), key(KeyRole.COUNTRY, AgencyId("th.registrar")))
    mirrored.published.repository.accept(short, at)
    mirrored.published.publish(at)
    mirrored.follow()
    assert mirrored.take().status is ACCEPTED
    mirrored.clock.move(DAY)
    late = mirrored.take()
    assert (late.status, late.code) == (RETRY, "trust.country-expired")
    assert mirrored.pair.apps[KH].trust.refusal(KH) == ""
