"""An agency's signing keyset changes and ends while mail for it is under way: nothing is refused for good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reference_node.desk.epochs import Epochs
from reference_node.observe import open_log
from reference_node.settings import LogSettings
from reference_node.trust.keeper import TrustKeeper
from reference_node.trust.shelf import MOST_SERVED, OpeningShelf
from reference_node.trust.supply import HandSupply
from referral_proto.adapters import KeyFileVault, RecordsFolder, save_opening_key, save_signing_key
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.opening import OpeningKey
from referral_proto.model.records import SignedRecord
from referral_proto.moment import DAY, HOUR
from referral_proto.ports import DeliverStatus, Delivery, Reply
from referral_proto.trust.amend import revoke_keyset, rotate_keyset
from referral_proto.trust.issue import publish_opening_key
from referral_proto.wire import decode
from tests.relay.relays import Pair
from tests.relay.test_trust import Mirrored
from tests.relay.world import KH, TH, deliveries, statuses

ACCEPTED, RETRY, REFUSED = DeliverStatus.ACCEPTED, DeliverStatus.RETRY, DeliverStatus.REFUSED
MANY = 200


class Changing:
    """Two relays, and what the desk of kh.mosvy does with its keys. Records come by hand, to all three."""

    def __init__(self, folder: Path) -> None:
        self.pair = Pair(folder)
        self.world, self.clock = self.pair.world, self.pair.clock
        self.old, self.new = self.world.agencies[KH].keys, SigningKeyset.create(KH)
        self.folder = folder / "desk"
        (self.folder / "keys").mkdir(parents=True)
        save_signing_key(self.folder / "keys" / "signing.key", self.old, "x", 64)
        save_opening_key(self.folder / "keys" / "opening-1.key", self.world.agencies[KH].opening, "x", 64)
        self.world.write_records(self.folder / "records")
        log = open_log(LogSettings(file=self.folder / "log"), "desk", KH)
        records = RecordsFolder(self.folder / "records", clock=self.clock.now, first_seen=self.folder / "seen.json")
        self.vault = KeyFileVault(self.folder / "keys", "x", 64)
        shelf = OpeningShelf(self.folder / "opening", KH)
        self.keeper = TrustKeeper(HandSupply(records), shelf, self.clock, log)
        self.epochs = Epochs(self.vault, self.keeper, self.folder / "records", self, 7, self.clock, log)
        self.epochs.turn()

    def publish_opening_key(self, record: bytes) -> None:
        self.pair.apps[KH].following.counter.publish(KH, record)

    def put(self, name: str, record: bytes) -> None:
        """Another record, for everybody."""
        self.world.records[name] = record
        self.world.write_records(self.folder / "records")
        self.keeper.refresh()
        for app in self.pair.apps.values():
            self.world.write_records(app.settings.records)
            app.upkeep.turn()

    def rotate(self) -> None:
        history, registrar = self.keeper.directory.history(KH), self.world.registrars["kh"]
        self.put("agency-kh-1", rotate_keyset(history, self.new, self.clock.now(), registrar, self.old))
        self.world.agencies[KH].keys = self.new
        self.clock.move(DAY + 1)
        self.world.at = self.clock.now()
        self.world.announce(KH, [self.world.relays[KH].der], 1)
        self.put(f"relay-{KH}", self.world.records[f"relay-{KH}"])

    def sign_again(self) -> None:
        self.vault.use(self.new)
        self.epochs.turn()

    def revoke(self) -> None:
        history = self.keeper.directory.history(KH)
        self.put("agency-kh-2", revoke_keyset(history, self.old.id, self.clock.now(), self.world.registrars["kh"]))

    def send(self) -> tuple[bytes, ...]:
        """Mail that does not arrive yet."""
        sealed = tuple(one.envelope for one in self.world.seal(TH, [KH], MANY, lifetime=20 * DAY))
        assert {one.status for one in self.pair.apps[TH].mailbox.submit(TH, sealed)} == {ACCEPTED}
        self.pair.cut.add(KH)
        self.pair.turn(TH)
        return sealed

    def arrive(self) -> None:
        self.pair.cut.clear()
        for _ in range(8):
            self.clock.move(HOUR)
            self.pair.turn(TH)

    def ends(self) -> dict[DeliverStatus, int]:
        found: dict[DeliverStatus, int] = {}
        cursor = 0
        while more := self.pair.apps[TH].mailbox.outcomes(TH, cursor, 64):
            cursor = more[-1].cursor
            for one in more:
                found[one.status] = found.get(one.status, 0) + 1
        return found

    def came(self) -> set[bytes]:
        found: set[bytes] = set()
        cursor = 0
        while more := self.pair.apps[KH].mailbox.collect(KH, cursor, 64):
            cursor = more[-1].cursor
            found |= {one.envelope for one in more}
        return found


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[Changing]:
    made = Changing(tmp_path)
    yield made
    made.pair.close()


@pytest.mark.req("TRU-23")
def test_mail_under_way_arrives_although_the_keyset_changed_and_the_old_one_was_revoked(changing: Changing) -> None:
    sealed = changing.send()
    changing.rotate()
    changing.sign_again()
    changing.revoke()
    changing.arrive()
    assert changing.ends() == {ACCEPTED: MANY}
    assert changing.came() == set(sealed)


@pytest.mark.req("TRN-14")
def test_while_the_desk_has_not_signed_its_opening_keys_again_mail_waits(changing: Changing) -> None:
    sealed = changing.send()
    changing.rotate()
    changing.revoke()
    delivery = Delivery(sealed[0], KH)
    assert changing.pair.apps[KH].intake.take([delivery], TH) == (Reply(RETRY, None, "admit.opening-key"),)
    changing.arrive()
    assert changing.ends() == {}
    changing.sign_again()
    changing.arrive()
    assert changing.ends() == {ACCEPTED: MANY}
    assert changing.came() == set(sealed)


def test_every_record_is_signed_again_at_once_and_told_to_the_relay_once(changing: Changing) -> None:
    told: list[bytes] = []
    publish = changing.publish_opening_key
    changing.publish_opening_key = lambda record: (told.append(record), publish(record))[1]  # type: ignore[func-returns-value, method-assign]
    changing.rotate()
    changing.sign_again()
    changing.epochs.turn()
    assert len(told) == len(changing.keeper.shelf.of(KH)) == len(changing.vault.epochs())
    for one in told:
        assert changing.new.id in {s.keyset for s in decode(SignedRecord, one).signatures}
    held = changing.pair.apps[KH].trust.keeper.shelf.records()
    assert set(held) == set(told)


@pytest.mark.req("TRU-23")
def test_the_desk_signs_no_key_that_is_not_its_own(changing: Changing) -> None:
    """Whoever had the old keyset for a while may have put a key of his own on every shelf."""
    foreign = publish_opening_key(changing.old, OpeningKey.create(KH).public, 99, changing.clock.now(), 200)
    changing.keeper.shelf.take(foreign, KH, changing.keeper.directory, changing.clock.now())
    before = max(changing.vault.epochs())
    changing.rotate()
    changing.sign_again()
    assert foreign in changing.keeper.shelf.records()
    # Nor does it keep the desk from making the next one in time.
    for _ in range(8):
        changing.clock.move(DAY)
        changing.keeper.refresh()
        changing.epochs.turn()
    newest = max(changing.vault.epochs())
    assert newest > before
    numbers = {one.record.epoch for one in changing.keeper.shelf.of(KH)}
    assert newest in numbers and newest < 99


@pytest.mark.req("TRU-20")
def test_what_a_thief_signed_is_not_served_in_place_of_what_is_good(changing: Changing) -> None:
    for epoch in range(100, 100 + 2 * MOST_SERVED):
        public = OpeningKey.create(KH).public
        changing.publish_opening_key(publish_opening_key(changing.old, public, epoch, changing.clock.now(), 200))
    changing.rotate()
    changing.sign_again()
    changing.revoke()
    served = changing.pair.apps[KH].following.counter.opening_keys(KH, ask_others=False)
    own = changing.keeper.shelf.of(KH)
    assert served[: len(own)] == [one.data for one in own]


def test_a_key_that_was_never_published_is_refused_for_good(changing: Changing) -> None:
    changing.world.agencies[KH].opening = OpeningKey.create(KH)
    (sealed,) = changing.world.seal(TH, [KH])
    replies = changing.pair.apps[KH].intake.take(deliveries([sealed], KH), TH)
    assert replies == (Reply(REFUSED, None, "admit.opening-key"),)


@pytest.fixture
def mirrored(tmp_path: Path) -> Iterator[Mirrored]:
    made = Mirrored(tmp_path)
    yield made
    made.pair.close()


@pytest.mark.req("TRN-14")
def test_a_keyset_that_newer_records_may_name_is_refused_only_once_they_are_here(mirrored: Mirrored) -> None:
    mirrored.follow()
    world, app = mirrored.world, mirrored.pair.apps[KH]
    old, new = world.agencies[TH].keys, SigningKeyset.create(TH)
    rotated = rotate_keyset(app.trust.directory.history(TH), new, mirrored.clock.now(), world.registrars["th"], old)
    mirrored.published.country("th", mirrored.clock.now(), [rotated])
    mirrored.published.publish(mirrored.clock.now())
    mirrored.clock.move(60)
    world.agencies[TH].keys = new
    (early,) = world.seal(TH, [KH], at=mirrored.clock.now())
    world.agencies[TH].keys = SigningKeyset.create(TH)
    (never,) = world.seal(TH, [KH], at=mirrored.clock.now())

    def take() -> list[Reply]:
        return list(app.intake.take(deliveries([early, never], KH), TH))

    # This relay's data are an hour older than what it is asked to judge by them.
    assert take() == [Reply(RETRY, None, "trust.unknown-keyset")] * 2
    mirrored.follow()
    assert [one.status for one in take()] == [ACCEPTED, RETRY]
    mirrored.clock.move(HOUR)
    mirrored.published.publish(mirrored.clock.now())
    mirrored.follow()
    assert take()[1] == Reply(REFUSED, None, "trust.unknown-keyset")


def test_an_agency_that_newer_records_may_name_is_refused_only_once_they_are_here(mirrored: Mirrored) -> None:
    mirrored.follow()
    app, stranger = mirrored.pair.apps[KH], SigningKeyset.create("th.newcomer")  # type: ignore[arg-type]
    mirrored.world.agencies[TH].keys = stranger
    (sealed,) = mirrored.world.seal(TH, [KH], at=mirrored.clock.now())
    delivery = [Delivery(sealed.envelope, KH)]
    assert app.intake.take(delivery, TH) == (Reply(RETRY, None, "trust.unknown-agency"),)
    mirrored.clock.move(HOUR)
    mirrored.published.publish(mirrored.clock.now())
    mirrored.follow()
    assert app.intake.take(delivery, TH) == (Reply(REFUSED, None, "trust.unknown-agency"),)


def test_keysets_rotate_under_load_without_a_loss(mirrored: Mirrored) -> None:
    mirrored.follow()
    world, pair, now = mirrored.world, mirrored.pair, mirrored.clock.now()
    first = world.seal(TH, [KH], 20)
    assert set(statuses(pair.apps[TH].mailbox.submit(TH, [one.envelope for one in first]))) == {ACCEPTED}
    pair.lost_replies.add(KH)
    pair.turn(TH)
    pair.lost_replies.clear()
    new, old = SigningKeyset.create(TH), world.agencies[TH].keys
    history = pair.apps[TH].trust.directory.history(TH)
    mirrored.published.country("th", now, [rotate_keyset(history, new, now, world.registrars["th"], old)])
    mirrored.published.publish(now)
    mirrored.follow()
    world.agencies[TH].keys = new
    second = world.seal(TH, [KH], 20)
    assert set(statuses(pair.apps[TH].mailbox.submit(TH, [one.envelope for one in second]))) == {ACCEPTED}
    for _ in range(70):
        pair.clock.move(1)
        pair.turn(TH)
    got = pair.apps[KH].mailbox.collect(KH, 0, 64)
    assert sorted(one.envelope for one in got) == sorted(one.envelope for one in (*first, *second))
