"""Dummies: waits that remember nothing, leaves that look like any other, and none unless they are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_node.observe import open_log
from reference_node.relay.dummies import Dummies, exponential
from reference_node.relay.halts import LogHalts
from reference_node.relay.ledger import Ledger
from reference_node.settings import LogSettings
from reference_node.store.log import events, find_log, head_of
from reference_node.store.relay import open_relay
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.model.codes.log import LogEventKind
from referral_proto.model.log import LogEvent
from referral_proto.wire import decode
from tests.relay.world import KH, TH, HandClock

LAST = (1 << 53) - 1


@given(st.floats(0.001, 1e6), st.integers(0, LAST))
def test_a_wait_is_never_negative_nor_endless(mean: float, drawn: int) -> None:
    assert 0 <= exponential(mean, lambda _: drawn) <= 37 * mean


def test_the_mean_is_the_mean() -> None:
    steps = 10_000
    waits = [exponential(60.0, lambda n, i=i: (2 * i + 1) * n // (2 * steps)) for i in range(steps)]  # type: ignore[misc]
    assert sum(waits) / steps == pytest.approx(60.0, rel=0.01)
    assert sum(wait > 60 for wait in waits) / steps == pytest.approx(0.3679, rel=0.01)


def test_a_dummy_stands_in_the_log_and_says_nothing(tmp_path: Path) -> None:
    database = open_relay(f"sqlite:///{tmp_path / 'relay.sqlite'}")
    log = open_log(LogSettings(file=tmp_path / "told.log"), "relay", KH)
    halts, woken = LogHalts(), list[int]()
    ledger = Ledger(database, {KH: LogKeys.create(), TH: LogKeys.create()}, halts, HandClock(), log)
    ledger.wake = lambda: woken.append(1)
    dummies = Dummies(ledger, None, log)
    dummies.start()
    assert dummies.close(5)
    dummies.turn(KH)
    halts.halt(TH, "log.forked")
    dummies.turn(TH)
    with database.read() as connection:
        number = find_log(connection, KH)
        assert number is not None and head_of(connection, number).head.size == 1
        (found,) = events(connection, number, 0, 5)
    assert found.event is not None and decode(LogEvent, found.event).kind is LogEventKind.DUMMY
    assert woken == [1]
    assert "a dummy could not be logged" in (tmp_path / "told.log").read_text()
    database.close()


def test_the_thread_makes_them_until_it_is_stopped(tmp_path: Path) -> None:
    from threading import Event

    database = open_relay(f"sqlite:///{tmp_path / 'relay.sqlite'}")
    log = open_log(LogSettings(file=tmp_path / "told.log"), "relay", KH)
    ledger, grown = Ledger(database, {KH: LogKeys.create()}, LogHalts(), HandClock(), log), Event()
    ledger.wake = grown.set
    dummies = Dummies(ledger, 0.01, log)
    dummies.start()
    assert grown.wait(30)
    assert dummies.close(30)
    database.close()
