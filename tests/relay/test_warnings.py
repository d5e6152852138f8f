"""What ends soon and what grows old: told at once and once a day, in log, metrics and doctor, while it lasts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reference_node.doctor.visit import visit_relay
from reference_node.keys import make_tls
from reference_node.settings import RelaySettings, judge
from reference_node.trust.supply import checked_at, stamp
from referral_proto.errors import WorldError
from referral_proto.ids import AgencyId
from referral_proto.moment import DAY, HOUR
from tests.relay.relays import Pair
from tests.relay.world import KH, START, TH, World


def told(pair: Pair, code: str, of: AgencyId = KH) -> list[dict[str, Any]]:
    lines = (pair.apps[of].settings.records.parent / "relay.log").read_text("utf-8").splitlines()
    return [line for line in map(json.loads, lines) if line.get("code") == code]


def gauge(pair: Pair, name: str, of: AgencyId = KH) -> float:
    metrics = pair.apps[of].metrics
    found = {one.name: float(one.value) for family in metrics.collect() for one in family.samples}
    return found[f"referral_{name}"]


def days_pass(pair: Pair, days: int) -> None:
    """Each half hour of them somebody looks."""
    for _ in range(days * 48):
        pair.clock.move(HOUR // 2)
        pair.apps[KH].trust.keeper.tell()


def test_a_certificate_that_ends_soon_is_told_of_once_a_day(tmp_path: Path) -> None:
    world = World.founded()
    world.relays[KH] = make_tls(f"relay.{KH}", START.plus(-800 * DAY))
    world.announce(KH, [world.relays[KH].der], 1)
    pair = Pair(tmp_path, world)
    pair.apps[KH].trust.keeper.tell()
    pair.apps[KH].trust.keeper.tell()
    (line,) = told(pair, "doctor.certificate-ends")
    assert (line["level"], line["cause"]) == ("warning", "own-certificate")
    days_pass(pair, 3)
    assert len(told(pair, "doctor.certificate-ends")) == 4
    assert told(pair, "doctor.certificate-ends", TH) == []
    assert gauge(pair, "tls_certificate_ends_at") == START.plus((825 - 801) * DAY)
    assert gauge(pair, "trust_warnings") >= 1
    pair.close()


def test_keys_that_end_soon_are_told_of(pair: Pair) -> None:
    ends = gauge(pair, "signing_keyset_ends_at")
    pair.clock.move(int(ends) - pair.clock.now() - 29 * DAY)
    pair.apps[KH].trust.keeper.tell()
    assert [line["cause"] for line in told(pair, "doctor.keyset-ends")] == [KH]
    pair.clock.move(int(gauge(pair, "opening_key_ends_at")) - pair.clock.now() - 2 * DAY)
    pair.apps[KH].trust.keeper.tell()
    assert [line["cause"] for line in told(pair, "doctor.opening-key")] == [KH]
    pair.clock.move(3 * DAY)
    assert gauge(pair, "opening_key_ends_at") == 0


def test_what_comes_back_is_told_of_at_once(pair: Pair) -> None:
    keeper = pair.apps[KH].trust.keeper
    for step in (-5 * DAY, 5 * DAY, -5 * DAY):
        pair.clock.move(step)
        keeper.tell()
    assert len(told(pair, "trust.clock")) == 2


def test_a_clock_that_is_days_behind_is_named_with_its_distance(pair: Pair) -> None:
    """The records were made a day before the moment of this world."""
    pair.clock.move(-2 * DAY)
    pair.apps[KH].trust.keeper.tell()
    assert told(pair, "trust.clock") == []
    pair.clock.move(-28 * DAY)
    pair.apps[KH].trust.keeper.tell()
    assert told(pair, "trust.clock")[0]["cause"] == "29-days-behind"
    found = {one.code: one for one in visit_relay(pair.apps[KH].settings, pair.clock)}
    assert found["trust.clock"].detail == "29 days behind"


def test_records_by_hand_that_nobody_checked_are_a_warning_and_no_more(pair: Pair) -> None:
    app = pair.apps[KH]
    pair.clock.move(2 * DAY)
    assert app.trust.keeper.warnings() == ()
    pair.clock.move(30 * DAY)
    assert [one.code for one in app.trust.keeper.health().warnings] == ["doctor.records-unchecked"]
    assert app.trust.refusal() == ""
    app.trust.keeper.tell()
    assert [line["cause"] for line in told(pair, "doctor.records-unchecked")] == ["33-days"]
    assert gauge(pair, "trust_age_seconds") == 33 * DAY
    found = {one.code: one for one in visit_relay(app.settings, pair.clock)}
    assert found["doctor.records-unchecked"].detail == "33 days"
    stamp(app.settings.trust.checked, pair.clock.now())
    pair.clock.move(1)
    assert app.trust.keeper.health().warnings == ()
    assert app.trust.keeper.health().age_seconds == 1


def test_they_are_a_reason_to_refuse_if_the_settings_say_so(tmp_path: Path) -> None:
    pair = Pair(tmp_path, settings="[trust]\nrefuse_unchecked = true\n")
    keeper = pair.apps[KH].trust.keeper
    pair.clock.move(5 * DAY)
    keeper.require()
    pair.clock.move(DAY)
    with pytest.raises(WorldError, match=r"trust\.stale"):
        keeper.require()
    stamp(pair.apps[KH].settings.trust.checked, pair.clock.now())
    pair.clock.move(6 * DAY)
    keeper.require()
    pair.close()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"checked_at": 5}', '{"checked_at": "soon"}', "\xff"])
def test_a_stamp_that_says_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "stamp"
    assert checked_at(file) is None
    file.write_text(text, "latin-1")
    assert checked_at(file) is None


def test_a_stamp_of_the_future_makes_nothing_fresh(pair: Pair) -> None:
    app = pair.apps[KH]
    stamp(app.settings.trust.checked, START.plus(400 * DAY))
    pair.clock.move(30 * DAY)
    assert [one.code for one in app.trust.keeper.health().warnings] == ["doctor.records-unchecked"]


def test_the_time_in_which_to_cut_is_a_setting(tmp_path: Path) -> None:
    data = {"operator": KH, "agencies": [KH], "listen": "127.0.0.1:1"}
    assert judge(RelaySettings, data, tmp_path).cut_seconds == 30.0
