"""What the desk makes of the heads of its relay's log: contradictions are proved, what looks wrong must last."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reference_node.desk.audit import GRACE
from referral_proto import PeerError
from referral_proto.log.event import dummy, entry_of
from referral_proto.model.codes.log import LogContradictionKind
from tests.desk.audited import (
    box,
    codes,
    contradiction,
    kh,
    office,
    rounds,
    server,
    url,
)
from tests.desk.ledger import LogOffice, Tree, log_keys
from tests.desk.world import KH, Clock, Desk

__all__ = ["kh", "office", "server", "url"]


@pytest.mark.req("LOG-19")
def test_a_rewritten_history_is_proved_a_contradiction(kh: Desk, office: LogOffice, clock: Clock) -> None:
    tree = office.logs[KH]
    for _ in range(3):
        tree.append(dummy(clock.now()))
    kh.round()
    other = Tree(KH, clock)
    for _ in range(5):
        other.append(dummy(clock.now()))
    box(kh).shown = other
    kh.round()
    assert codes(kh) == ["audit.contradiction"]
    assert contradiction(kh) is LogContradictionKind.OTHER_BEGINNING
    rounds(kh)
    assert codes(kh) == ["audit.contradiction"]


def test_another_tree_of_one_size_is_proved_a_contradiction(kh: Desk, office: LogOffice, clock: Clock) -> None:
    office.logs[KH].append(dummy(clock.now()))
    kh.round()
    box(kh).shown = Tree(KH, clock)
    box(kh).shown.append(dummy(clock.now()))
    kh.round()
    assert contradiction(kh) is LogContradictionKind.TWO_ROOTS


def test_a_smaller_tree_that_is_signed_later_is_proved_a_contradiction(
    kh: Desk, office: LogOffice, clock: Clock
) -> None:
    tree = office.logs[KH]
    tree.append(dummy(clock.now()))
    before = tree.copy()
    tree.append(dummy(clock.now()))
    kh.round()
    clock.at = clock.at.plus(60)
    box(kh).shown = before
    kh.round()
    assert contradiction(kh) is LogContradictionKind.ROLLED_BACK


def test_a_smaller_tree_that_proves_nothing_rings_when_it_lasts(kh: Desk, office: LogOffice, clock: Clock) -> None:
    tree = office.logs[KH]
    tree.append(dummy(clock.now()))
    before = tree.copy()
    tree.append(dummy(clock.now()))
    kh.round()
    box(kh).shown = before
    rounds(kh, GRACE - 1)
    assert codes(kh) == []
    assert kh.office.courier.standing().audit_code == "audit.behind"
    kh.round()
    assert codes(kh) == ["audit.behind"]


def test_entries_that_are_not_those_that_were_signed(kh: Desk, office: LogOffice, clock: Clock) -> None:
    office.logs[KH].append(dummy(clock.now()))
    event = dummy(clock.now())
    box(kh).tamper = lambda page: tuple(replace(one, entry=entry_of(event), event=event) for one in page)
    kh.round()
    assert codes(kh) == ["audit.root"]


@pytest.mark.parametrize("answer", ["nothing", "refusal"])
def test_a_relay_that_shows_no_events_any_more(
    kh: Desk, office: LogOffice, clock: Clock, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.logs[KH].append(dummy(clock.now()))

    def refuse(*_: object) -> None:
        raise PeerError("relay.no-log")

    if answer == "nothing":
        box(kh).tamper = lambda page: ()
    else:
        monkeypatch.setattr(box(kh), "events", refuse)
    rounds(kh)
    assert codes(kh) == ["audit.hidden"]


def test_a_head_under_other_keys(kh: Desk, office: LogOffice, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    office.logs[KH].append(dummy(clock.now()))
    monkeypatch.setattr("tests.desk.ledger.log_keys", lambda _: log_keys("another"))
    rounds(kh)
    assert codes(kh) == ["audit.checkpoint"]
