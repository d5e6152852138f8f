"""The law of the back-off: 1 ≤ delay ≤ max(1, min(cap, base · 2^(attempts-1))), and the whole span can be drawn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reference_node.relay.backoff import ceiling, delay

ATTEMPTS = st.integers(min_value=1, max_value=10**6)
SECONDS = st.floats(min_value=0.01, max_value=86_400)


@given(ATTEMPTS, SECONDS, SECONDS, st.data())
def test_within_its_bounds_whatever_is_drawn(attempts: int, base: float, cap: float, data: st.DataObject) -> None:
    seconds = delay(attempts, base, cap, lambda n: data.draw(st.integers(0, n - 1)))
    assert 1 <= seconds <= max(1, min(cap, base * 2.0 ** min(attempts - 1, 40)))


@given(ATTEMPTS, SECONDS, SECONDS)
def test_the_jitter_is_full(attempts: int, base: float, cap: float) -> None:
    assert delay(attempts, base, cap, lambda _: 0) == 1
    assert delay(attempts, base, cap, lambda n: n - 1) == ceiling(attempts, base, cap)


@given(st.integers(min_value=1, max_value=100), SECONDS, SECONDS)
def test_never_shorter_after_more_failures(attempts: int, base: float, cap: float) -> None:
    assert ceiling(attempts, base, cap) <= ceiling(attempts + 1, base, cap)


def test_it_doubles_up_to_the_cap() -> None:
    assert [ceiling(n, 2.0, 60.0) for n in range(1, 8)] == [2, 4, 8, 16, 32, 60, 60]
