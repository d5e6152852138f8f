"""Asking for opening keys never holds anybody up for longer than that somebody can afford."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from reference_node.observe import open_log
from reference_node.settings import LogSettings
from reference_node.trust.openings import KeyAsker
from reference_node.trust.shelf import OpeningShelf
from referral_proto.crypto.opening import OpeningKey
from referral_proto.errors import WorldError
from referral_proto.ids import AgencyId
from referral_proto.trust.issue import publish_opening_key
from tests.relay.relays import Pair
from tests.relay.world import KH, TH

NOBODY = [AgencyId(f"kh.missing{number}") for number in range(12)]


@pytest.fixture
def asker(pair: Pair, tmp_path: Path) -> KeyAsker:
    log = open_log(LogSettings(level="debug", file=tmp_path / "asker.log"), "relay", KH)
    return KeyAsker(pair.apps[KH].trust.keeper, pair.clock, log)


def test_who_has_no_patience_does_not_wait_and_the_question_goes_on(asker: KeyAsker) -> None:
    answer, asked = Event(), Event()

    def ask(_: AgencyId) -> None:
        asked.set()
        assert answer.wait(60)

    asker.fetch(NOBODY[:1], ask, 0)
    asked.wait()
    # One that is under way is waited for, and not asked again.
    asker.fetch(NOBODY[:1], lambda _: pytest.fail("asked twice"), 0.05)
    waiting = Thread(target=asker.fetch, args=(NOBODY[:1], ask, 60))
    waiting.start()
    answer.set()
    waiting.join()


def test_relays_that_hang_leave_the_others_waiting_but_nobody_else(asker: KeyAsker) -> None:
    hang, came = Event(), []

    def ask(agency: AgencyId) -> None:
        came.append(agency)
        assert hang.wait(60)

    asker.fetch(NOBODY, ask, 0.05)
    assert len(came) <= 4
    hang.set()
    asker.fetch(NOBODY, ask, 60)
    assert sorted(came) == sorted(NOBODY)


def test_every_answer_is_waited_for_and_every_failure_told(asker: KeyAsker, tmp_path: Path) -> None:
    came: list[AgencyId] = []

    def ask(agency: AgencyId) -> None:
        came.append(agency)
        if agency == NOBODY[0]:
            raise WorldError("net.unreachable", "relay")
        if agency == NOBODY[1]:
            raise ValueError(agency)

    asker.fetch(NOBODY, ask, 60)
    assert sorted(came) == sorted(NOBODY)
    said = (tmp_path / "asker.log").read_text("utf-8")
    assert said.count("opening keys could not be fetched") == 1
    assert said.count('"problem": "ValueError"') == 1
    asker.fetch(NOBODY, ask, 60)
    assert len(came) == len(NOBODY)


def test_a_desk_is_answered_while_the_other_relay_hangs(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reference_node.relay.counter._DESK_WAITS", 0.05)
    app, other, hang = pair.apps[TH], pair.apps[KH], Event()
    new = OpeningKey.create(KH)
    record = publish_opening_key(pair.world.agencies[KH].keys, new.public, 2, pair.clock.now(), 14)
    other.following.counter.publish(KH, record)
    (app.settings.records / f"opening-{KH}.record").unlink()
    app.upkeep.turn()
    held: Any = other.following.counter.opening_keys

    def slow(agency: AgencyId, *, ask_others: bool) -> list[bytes]:
        assert hang.wait(60)
        return held(agency, ask_others=ask_others)  # type: ignore[no-any-return]

    monkeypatch.setattr(other.following.counter, "opening_keys", slow)
    assert app.following.counter.opening_keys(KH, ask_others=True) == []
    hang.set()
    monkeypatch.setattr("reference_node.relay.counter._DESK_WAITS", 60)
    # The question went on by itself; whoever comes next has its answer.
    assert app.following.counter.opening_keys(KH, ask_others=True) == [record]


def test_machines_that_share_the_folder_see_each_others_keys(pair: Pair, tmp_path: Path) -> None:
    keys, directory, now = pair.world.agencies[KH].keys, pair.apps[TH].trust.directory, pair.clock.now()
    one, other = OpeningShelf(tmp_path / "shared"), OpeningShelf(tmp_path / "shared")
    made = [publish_opening_key(keys, OpeningKey.create(KH).public, epoch, now, 14) for epoch in (2, 3)]
    assert one.take(made[0], KH, directory, now)
    assert other.records() == (made[0],)
    assert other.take(made[1], KH, directory, now)
    assert set(one.records()) == set(made)
    one.remove(KH, 2)
    assert other.records() == (made[1],)
