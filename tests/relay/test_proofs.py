"""What was delivered is proved to its sender: asked for until it is there, and never lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from reference_node.store.relay.tables import outcome
from referral_proto.ids import AgencyId, Leaf
from referral_proto.log.checkpoint import read_head
from referral_proto.log.receipt import Expected, verify_receipt
from referral_proto.model.codes.log import LogEventKind
from referral_proto.moment import DAY, HOUR
from referral_proto.ports import DeliverStatus, Delivery, Proved
from tests.relay.proving import Rig
from tests.relay.rigs import Lying, asked, new_sqlite, verified
from tests.relay.world import KH, SHELTER, TH


@pytest.mark.req("LOG-12", "LOG-13")
def test_from_the_first_receipt_to_the_last_proof(rig: Rig) -> None:
    th, kh = rig.halves[TH], rig.halves[KH]
    (before,) = rig.send(SHELTER)
    kh.cosign()
    (sealed,) = rig.send()
    first = th.outcome(sealed.leaf)
    assert verified(rig, first.proved, sealed.leaf).provisional
    assert asked(th) == 1

    rig.clock.move(10)
    kh.cosign()
    th.prove()
    second = th.outcome(sealed.leaf)
    assert (second.status, second.recipient, second.at) == (first.status, first.recipient, first.at)
    assert second.cursor > first.cursor
    receipt = verified(rig, second.proved, sealed.leaf)
    assert receipt.trusted_time is not None
    earlier = read_head(second.proved.earlier_checkpoint)
    assert (earlier.origin, earlier.size) == (KH, 1)
    assert not second.proved.acknowledgement

    assert kh.acknowledge(rig.word(sealed.leaf)) == [""]
    th.prove()
    third = th.outcome(sealed.leaf)
    assert third.cursor > second.cursor
    assert (third.proved.receipt, third.proved.earlier_checkpoint) == (
        second.proved.receipt,
        second.proved.earlier_checkpoint,
    )
    assert third.proved.acknowledgement and third.proved.acknowledgement_receipt
    kh.cosign()
    th.prove()
    last = th.outcome(sealed.leaf)
    assert last.proved.acknowledgement == third.proved.acknowledgement
    assert last.proved.acknowledgement_receipt != third.proved.acknowledgement_receipt
    assert asked(th) == 0
    # Each gain took the place of what there was: one outcome stands, and nothing is asked any more.
    assert len(th.outcomes()) == 1
    rig.calls.clear()
    assert th.prove() == 0 and rig.calls == []
    assert rig.halves[SHELTER].outcome(before.leaf).proved.receipt


def test_many_are_asked_about_at_once(rig: Rig) -> None:
    th, kh = rig.halves[TH], rig.halves[KH]
    rig.send(count=70)
    kh.cosign()
    rig.calls.clear()
    th.prove()
    asked_for = [count for _, call, count in rig.calls if call == "inclusion"]
    assert sum(asked_for) == 70 and max(asked_for) == 64 and len(asked_for) == 2
    page = th.mailbox.outcomes(TH, 0, 64)
    assert len(page) > 0
    assert all(verified(rig, one.proved, one.leaf).trusted_time for one in page)


def test_a_restart_goes_on_where_it_was(rig: Rig) -> None:
    th, kh = rig.halves[TH], rig.halves[KH]
    (sealed,) = rig.send()
    rig.cut.add(KH)
    th.prove()
    th.prove()
    rig.cut.clear()
    kh.cosign()
    th.run()
    th.prove(7_300)
    assert verified(rig, th.outcome(sealed.leaf).proved, sealed.leaf).trusted_time is not None


def test_two_processes_do_not_ask_twice_and_lose_nothing(rig: Rig) -> None:
    th, kh = rig.halves[TH], rig.halves[KH]
    (sealed,) = rig.send()
    kh.cosign()
    kh.acknowledge(rig.word(sealed.leaf))
    one = th.proofs
    th.run()
    other = th.proofs
    rig.clock.move(3_700)
    rig.calls.clear()
    seen: list[bool] = []
    plain = kh.counter

    def meanwhile(agency: AgencyId, leaves: list[Leaf], peer: Any) -> tuple[Proved, ...]:
        # While one waits for the answer, the other looks for work.
        seen.append(other.turn())
        return plain.inclusion(agency, leaves, peer)

    rig.liars[KH] = Lying(kh, inclusion=meanwhile)
    assert one.turn()
    assert seen == [False]
    assert len([call for call in rig.calls if call[1] == "inclusion"]) == 1
    rig.liars.clear()

    def slow(agency: AgencyId, leaves: list[Leaf], peer: Any) -> tuple[Proved, ...]:
        # It was given up for dead; the other has taken over and brought more.
        found = plain.inclusion(agency, leaves, peer)
        rig.liars.clear()
        rig.clock.move(400)
        kh.cosign()
        assert other.turn()
        return found

    rig.clock.move(3_700)
    rig.liars[KH] = Lying(kh, inclusion=slow)
    one.turn()
    found = th.outcome(sealed.leaf)
    assert found.proved.acknowledgement_receipt and asked(th) == 0
    assert len(th.outcomes()) == 1


def test_tenants_of_one_relay_prove_to_each_other_like_anybody(tmp_path: Path) -> None:
    rig = Rig(tmp_path, lambda: new_sqlite(tmp_path), together=True)
    th = rig.halves[TH]
    (sealed,) = rig.send()
    assert th.counter.acknowledge(KH, [rig.word(sealed.leaf)])[0][1] == ""
    th.cosign(origin=KH)
    th.prove()
    assert verified(rig, th.outcome(sealed.leaf).proved, sealed.leaf).trusted_time is not None
    assert th.outcome(sealed.leaf).proved.acknowledgement_receipt
    assert asked(th) == 0
    assert rig.calls == []
    rig.close()


def test_whoever_names_no_log_owes_no_receipt(tmp_path: Path) -> None:
    rig = Rig(tmp_path, lambda: new_sqlite(tmp_path), unlogged=[KH])
    (sealed,) = rig.send()
    found = rig.halves[TH].outcome(sealed.leaf)
    assert (found.status, found.proved, asked(rig.halves[TH])) == (DeliverStatus.ACCEPTED, Proved(), 0)
    rig.close()


def test_without_witnesses_nobody_is_waited_for(tmp_path: Path) -> None:
    rig = Rig(tmp_path, lambda: new_sqlite(tmp_path), witnesses=False)
    (sealed,) = rig.send()
    rig.halves[KH].acknowledge(rig.word(sealed.leaf))
    rig.halves[TH].prove()
    found = rig.halves[TH].outcome(sealed.leaf)
    assert found.proved.receipt and found.proved.acknowledgement and asked(rig.halves[TH]) == 0
    rig.close()


def test_a_conflict_is_proved_too_and_waits_for_no_desk(rig: Rig) -> None:
    th, kh = rig.halves[TH], rig.halves[KH]
    (sealed,) = rig.world.seal(TH, [KH])
    kh.intake.take([Delivery(rig.world.twin(sealed.envelope), KH)], TH)
    th.mailbox.submit(TH, [sealed.envelope])
    th.deliver()
    first = th.outcome(sealed.leaf)
    assert (first.status, first.code) == (DeliverStatus.CONFLICT, "relay.conflict")
    assert first.proved.receipt
    kh.cosign()
    th.prove()
    last = th.outcome(sealed.leaf)
    expected = Expected(LogEventKind.CONFLICT, sealed.leaf, TH, KH)
    witnesses = th.trust.directory.witnesses(rig.clock.at)
    assert verify_receipt(last.proved.receipt, expected, rig.identity(KH), witnesses).trusted_time is not None
    assert (last.status, last.code, asked(th)) == (DeliverStatus.CONFLICT, "relay.conflict", 0)


def test_asking_ends_some_days_after_the_envelope(rig: Rig) -> None:
    th = rig.halves[TH]
    rig.send(lifetime=DAY)
    th.prove(30 * DAY)
    assert asked(th) == 1
    # A clock that jumps gives nothing up.
    th.horizon.move(rig.clock.at)
    th.prove(2 * DAY)
    assert asked(th) == 1
    rig.clock.move(2 * HOUR)
    th.horizon.move(rig.clock.at)
    th.prove(0)
    assert asked(th) == 0
    assert len(th.outcomes()) == 1


def test_waits_grow_while_nothing_comes(small: Rig) -> None:
    th = small.halves[TH]
    small.send()
    small.calls.clear()
    for _ in range(600):
        th.prove(1)
    early = len(small.calls)
    for _ in range(60):
        th.prove(60)
    assert 3 <= early <= 60
    assert len(small.calls) - early <= 40


def test_outcome_rows_are_pruned_with_what_is_asked(small: Rig) -> None:
    th = small.halves[TH]
    small.send()
    th.database.write(lambda connection: connection.execute(outcome.delete()))
    small.calls.clear()
    th.prove()
    assert (asked(th), small.calls) == (0, [])
    with th.database.read() as connection:
        assert connection.execute(select(outcome)).all() == []
