"""What a desk does with trust: contested messages show, stale data send nothing, opening keys come and go by epoch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reference_node.cli import viewing
from reference_node.desk.epochs import Epochs
from reference_node.desk.forms import read_answer, read_referral
from reference_node.desk.views import Order
from reference_node.observe import open_log
from reference_node.rpc import desk_wire
from reference_node.settings import LogSettings
from reference_node.trust.keeper import TrustKeeper
from reference_node.trust.shelf import OpeningShelf, read_opening
from reference_node.trust.supply import HandSupply
from referral_proto import AgencyId, Directory, Leaf, MessageKind, Moment, PeerError, Purpose, WorldError
from referral_proto.adapters import KeyFileVault, RecordsFolder, save_opening_key, save_signing_key, write_record
from referral_proto.moment import DAY, HOUR
from referral_proto.trust.amend import declare_compromise
from referral_proto.trust.standing import Status
from tests.desk.conftest import OpenDesk
from tests.desk.world import AGENCIES, EXAMPLE, KH, START, TH, Clock, Desk, directory, records, registrars, vaults

REGISTRAR = AgencyId("th.registry")


def offer(desk: Desk) -> Leaf:
    return desk.office.outbound.refer(
        Order(read_referral(EXAMPLE), MessageKind.OFFER, Purpose.REFERRAL_OFFER, (KH,))
    ).leaf


def compromised(since: Moment, at: Moment) -> Directory:
    """th.dsdw's key is said to have been in other hands since then."""
    said = declare_compromise(
        directory().history(TH), vaults()[TH].signing.id, since, REGISTRAR, at, registrars()["th"]
    )
    return Directory.fold((*records(*AGENCIES), said), at=at, lenient=True)


def received(desk: OpenDesk) -> tuple[Desk, Leaf]:
    th, kh = desk(TH), desk(KH)
    leaf = offer(th)
    th.round()
    kh.round()
    return kh, leaf


def test_a_message_is_valid_until_somebody_says_otherwise(desk: OpenDesk) -> None:
    kh, leaf = received(desk)
    (case,) = kh.office.archive.cases().cases
    assert [one.key.status for one in case.messages] == [Status.VALID]
    assert viewing._whole(kh.office.archive.show(leaf))["message"]["signing_key"] == {"status": "valid"}


@pytest.mark.req("TRU-19")
def test_a_message_that_came_after_a_compromise_is_shown_as_contested_everywhere(
    desk: OpenDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    kh, leaf = received(desk)
    kh.records.put(compromised(START, START.plus(DAY)))
    kh.round()
    (case,) = kh.office.archive.cases().cases
    (one,) = desk_wire.to_cases(desk_wire.from_cases(kh.office.archive.cases())).cases[0].messages
    assert case.messages == (one,)
    shown = viewing._listed(kh.office.archive.cases())["cases"][0]["messages"][0]["signing_key"]
    assert shown == {
        "status": "contested",
        "since": START.iso(),
        "asserted_by": REGISTRAR,
        "asserted_at": START.plus(DAY).iso(),
    }
    assert (
        viewing._whole(desk_wire.to_shown(desk_wire.from_shown(kh.office.archive.show(leaf))))["message"]["signing_key"]
        == shown
    )
    viewing._say_contest(one)
    said = capsys.readouterr().out
    assert REGISTRAR in said and START.iso() in said and "contested" in said
    with pytest.raises(PeerError, match=r"trust\.keyset-contested"):
        kh.office.outbound.answer(leaf, read_answer(b'{"kind": "ACCEPT"}'))


def test_a_message_that_came_before_stays_valid(desk: OpenDesk) -> None:
    kh, leaf = received(desk)
    kh.records.put(compromised(START.plus(HOUR), START.plus(DAY)))
    kh.round()
    assert kh.office.archive.show(leaf).message.key.status is Status.VALID
    assert kh.office.archive.opened(leaf)
    # Nothing is sealed for its opening key any more: the same hands may have made that one.
    with pytest.raises(PeerError, match=r"trust\.no-opening-key"):
        kh.office.outbound.answer(leaf, read_answer(b'{"kind": "ACCEPT"}'))


def test_nothing_is_sealed_on_stale_trust_data_and_the_status_says_why(desk: OpenDesk) -> None:
    th = desk(TH)
    th.records.stale = "trust.stale"
    with pytest.raises(WorldError, match=r"trust\.stale"):
        offer(th)
    assert th.office.courier.standing().trust_code == "trust.stale"
    th.records.stale = ""
    assert offer(th)


class Relay:
    """What an agency's relay was told."""

    def __init__(self) -> None:
        self.told: list[bytes] = []
        self.refuse: Exception | None = None

    def publish_opening_key(self, record: bytes) -> None:
        if self.refuse is not None:
            raise self.refuse
        self.told.append(record)


class Keys:
    """A desk's keys on disk, and everything that turns them over."""

    def __init__(self, folder: Path, clock: Clock, relay: Relay) -> None:
        self.folder, self.clock, self.relay = folder, clock, relay
        (folder / "keys").mkdir(parents=True, exist_ok=True)
        if not (folder / "keys" / "signing.key").exists():
            save_signing_key(folder / "keys" / "signing.key", vaults()[KH].signing, "x", 64)
            save_opening_key(folder / "keys" / "opening-0.key", vaults()[KH].opening, "x", 64)
            (folder / "records").mkdir()
            for place, record in enumerate(records(*AGENCIES)):
                write_record(folder / "records" / f"{place}.record", record)
        log = open_log(LogSettings(file=folder / "log"), "desk", KH)
        supply = HandSupply(RecordsFolder(folder / "records", clock=clock.now, first_seen=folder / "seen.json"))
        self.vault = KeyFileVault(folder / "keys", "x", 64)
        self.keeper = TrustKeeper(supply, OpeningShelf(folder / "opening", KH), clock, log)
        self.epochs = Epochs(self.vault, self.keeper, folder / "records", relay, 7, clock, log)

    def turn(self, days: int) -> None:
        for _ in range(days):
            self.clock.at = self.clock.at.plus(DAY)
            self.keeper.refresh()
            self.epochs.turn()
            self.epochs.destroy()

    def files(self) -> list[str]:
        return sorted(path.name for path in (self.folder / "keys").glob("opening-*"))


@pytest.fixture
def keys(tmp_path: Path, clock: Clock) -> Keys:
    return Keys(tmp_path, clock, Relay())


def epoch_of(record: bytes) -> int:
    read = read_opening(record)
    assert read is not None
    return read.record.epoch


def test_a_new_key_every_seven_days_each_for_fourteen(keys: Keys) -> None:
    keys.epochs.turn()
    assert [epoch_of(one) for one in keys.relay.told] == [0]
    keys.turn(6)
    assert keys.files() == ["opening-0.key"]
    keys.turn(1)
    assert keys.files() == ["opening-0.key", "opening-1.key"]
    now = keys.clock.now()
    assert keys.keeper.directory.current_opening_key(KH, now).id == keys.vault.epochs()[1].id
    assert keys.keeper.directory.opening_key_ends(KH, now) == now.plus(14 * DAY)
    assert keys.vault.epochs()[0].id in keys.vault.keyring()


@pytest.mark.req("TRU-21")
def test_a_key_is_destroyed_a_lifetime_after_its_end_and_not_before(keys: Keys) -> None:
    keys.epochs.turn()
    secret = (keys.folder / "keys" / "opening-0.key").read_bytes()
    keys.turn(14 + 30)
    assert "opening-0.key" in keys.files()
    keys.turn(1)
    assert "opening-0.key" not in keys.files()
    assert "opening-1.key" in keys.files()
    assert vaults()[KH].opening.id not in keys.vault.keyring()
    assert not any(secret in path.read_bytes() for path in (keys.folder / "keys").iterdir())
    keys.turn(100)
    assert len(keys.files()) == 6
    assert len(keys.keeper.shelf.of(KH)) <= 8
    now = keys.clock.now()
    assert keys.keeper.directory.current_opening_key(KH, now).id in keys.vault.keyring()


def test_after_a_restart_between_two_steps_nothing_is_doubled(keys: Keys) -> None:
    keys.epochs.turn()
    keys.turn(6)
    left = keys.vault.add_epoch(1)
    again = Keys(keys.folder, keys.clock, keys.relay)
    again.turn(1)
    assert again.vault.epochs()[1].id == left.id
    assert again.keeper.directory.current_opening_key(KH, again.clock.now()).id == left.id


def test_a_relay_that_does_not_take_it_is_told_again_and_mail_is_not_held_up(keys: Keys) -> None:
    keys.relay.refuse = PeerError("relay.opening-key")
    keys.epochs.turn()
    keys.relay.refuse = None
    keys.epochs.turn()
    keys.epochs.turn()
    assert [epoch_of(one) for one in keys.relay.told] == [0]


def test_nothing_is_made_or_destroyed_on_data_that_cannot_be_gone_by(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusal(*_: Any) -> str:
        return "trust.clock"

    keys.epochs.turn()
    monkeypatch.setattr(keys.keeper, "refusal", refusal)
    keys.turn(3)
    keys.clock.at = keys.clock.at.plus(3000 * DAY)
    keys.turn(1)
    assert keys.files() == ["opening-0.key"]
