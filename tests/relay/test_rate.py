"""The law of the token bucket: in any span of t seconds it grants at most burst + rate · t, and what it owes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reference_node.relay.rate import Rates, TokenBucket

RATES = st.floats(min_value=0.01, max_value=1e4)
BURSTS = st.integers(min_value=1, max_value=5_000)
STEPS = st.lists(
    st.tuples(st.floats(min_value=0, max_value=100), st.integers(min_value=0, max_value=200)), min_size=1, max_size=60
)


@given(RATES, BURSTS, STEPS)
def test_never_more_than_the_law_in_any_span(rate: float, burst: int, steps: list[tuple[float, int]]) -> None:
    now, bucket = 1000.0, TokenBucket(rate, burst, 1000.0)
    granted: list[tuple[float, int]] = []
    for wait, cost in steps:
        now += wait
        if bucket.take(cost, now):
            granted.append((now, cost))
    for start in range(len(granted)):
        total = 0
        for at, cost in granted[start:]:
            total += cost
            assert total <= burst + rate * (at - granted[start][0]) + 1e-6 * (1 + total)


@given(RATES, BURSTS, STEPS)
def test_who_asks_for_no_more_than_the_rate_is_never_refused(
    rate: float, burst: int, steps: list[tuple[float, int]]
) -> None:
    now, bucket = 0.0, TokenBucket(rate, burst, 0.0)
    for wait, _ in steps:
        now += wait
        assert bucket.take(min(burst, wait * rate) * 0.999, now)


@given(RATES, BURSTS)
def test_a_full_burst_and_not_one_more(rate: float, burst: int) -> None:
    bucket = TokenBucket(rate, burst, 5.0)
    assert bucket.take(burst, 5.0)
    assert not bucket.take(1, 5.0)


@given(RATES, BURSTS, st.floats(min_value=0, max_value=1e6))
def test_a_clock_that_goes_back_gives_nothing_away(rate: float, burst: int, back: float) -> None:
    bucket = TokenBucket(rate, burst, 1e6)
    assert bucket.take(burst, 1e6)
    assert not bucket.take(1, 1e6 - back)
    assert not bucket.take(1, 1e6)


def test_a_refusal_takes_nothing() -> None:
    bucket = TokenBucket(1.0, 10, 0.0)
    assert not bucket.take(11, 0.0)
    assert bucket.take(10, 0.0)


def test_one_peer_does_not_pay_for_another() -> None:
    rates = Rates(1.0, 3, lambda: 0.0)
    assert rates.take("a", 3)
    assert not rates.take("a", 1)
    assert rates.take("b", 3)
