"""Attacks that do not bite must fail the demonstration: each is disarmed in turn, and its step must say so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from reference_node.demo import attacks
from reference_node.demo.attacks import Attacks
from reference_node.demo.exchange import Exchange, Passage
from reference_node.demo.play import example
from reference_node.demo.proofs import Proofs
from reference_node.demo.search import Searcher
from reference_node.demo.stage import PARTIES, free_endpoints, set_stage
from reference_node.demo.troupe import Troupe
from reference_node.rpc.desk_client import DeskClient
from referral_proto import OurError
from referral_proto.adapters import SystemClock

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def playing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Attacks, Passage]]:
    """All programs, and an offer that has arrived."""
    with free_endpoints() as endpoints:
        stage = set_stage(tmp_path_factory.mktemp("attacks"), endpoints, SystemClock().now())
    with ExitStack() as stack:
        troupe = stack.enter_context(Troupe(stage))
        troupe.begin()
        desks = {
            party.agency: stack.enter_context(DeskClient(troupe.socket(party.agency), Exchange.officer(party.agency)))
            for party in PARTIES
        }
        exchange = Exchange(example().read_bytes(), desks, Searcher.of(()), troupe.check)
        offer = exchange.offer()
        yield Attacks(stage, troupe, desks, exchange, Proofs(stage, desks, troupe.check), stack), offer


def test_a_copy_that_says_the_same_is_no_second_story(
    playing: tuple[Attacks, Passage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attacks, "rewrite", lambda *_: None)
    with pytest.raises(OurError, match=r"demo\.step") as failed:
        playing[0].tamper(playing[1].leaf)
    assert failed.value.where == "tamper: a witness cosigned it"


def test_mail_that_is_not_taken_away_is_no_alarm(
    playing: tuple[Attacks, Passage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attacks, "take_away", lambda *_: None)
    with pytest.raises(OurError, match=r"demo\.step") as failed:
        playing[0].drop()
    assert failed.value.where == "drop: the message came"


def test_a_receipt_of_the_true_time_does_not_fail(
    playing: tuple[Attacks, Passage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attacks, "EARLIER", 0)
    with pytest.raises(OurError, match=r"demo\.step") as failed:
        playing[0].backdate(playing[1].leaf)
    # Whatever else is wrong with it: it is not refused as backdated.
    assert failed.value.where in (
        "backdate: what the auditor says",
        "what the auditor's program says: [receipt.backdated]",
    )
