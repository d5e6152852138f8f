"""Group commit: everybody gets the results of his own work, nobody waits for ever, and one go is never too long."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from reference_node.relay.gathering import Gathering
from referral_proto.errors import WorldError


def test_each_gets_his_own_results_in_order() -> None:
    gathering: Gathering[int, int] = Gathering(lambda work: [2 * one for one in work])
    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(gathering.do, range(n, n + n % 7)) for n in range(200)]
    assert [list(job.result()) for job in jobs] == [[2 * m for m in range(n, n + n % 7)] for n in range(200)]


def test_those_who_wait_share_one_go() -> None:
    goes: list[list[int]] = []
    first, release = Event(), Event()

    def carry_out(work: Sequence[int]) -> Sequence[int]:
        goes.append(list(work))
        if len(goes) == 1:
            first.set()
            assert release.wait(30)
        return work

    gathering: Gathering[int, int] = Gathering(carry_out, most=10)
    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(gathering.do, [0])]
        assert first.wait(30)
        jobs += [pool.submit(gathering.do, [n, n]) for n in range(1, 7)]
        while len(gathering._waiting) < 6:
            Event().wait(0.001)
        release.set()
        assert [list(job.result()) for job in jobs] == [[0], *([n, n] for n in range(1, 7))]
    assert [len(go) for go in goes] == [1, 10, 2]


def test_a_failure_is_told_to_all_it_concerns_and_to_nobody_after() -> None:
    full = True

    def carry_out(work: Sequence[int]) -> Sequence[int]:
        if full:
            raise WorldError("store.full")
        return work

    gathering: Gathering[int, int] = Gathering(carry_out)
    with pytest.raises(WorldError, match=r"store\.full"):
        gathering.do([1])
    full = False
    assert gathering.do([2]) == [2]


def test_a_mistake_does_not_leave_others_waiting() -> None:
    started, release = Event(), Event()

    def carry_out(work: Sequence[int]) -> Sequence[int]:
        started.set()
        assert release.wait(30)
        raise ZeroDivisionError if 0 in work else WorldError("store.locked")

    gathering: Gathering[int, int] = Gathering(carry_out)
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(gathering.do, [1])
        assert started.wait(30)
        second, third = pool.submit(gathering.do, [0]), pool.submit(gathering.do, [0])
        while len(gathering._waiting) < 2:
            Event().wait(0.001)
        release.set()
        assert {type(job.exception(30)) for job in (second, third)} == {ZeroDivisionError, WorldError}
        assert isinstance(first.exception(30), WorldError)


def test_no_work_is_no_go() -> None:
    gathering: Gathering[int, int] = Gathering(lambda _: pytest.fail("nothing to do"))
    assert gathering.do([]) == ()
