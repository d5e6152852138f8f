"""Law: what is drawn together is as good as what is drawn one by one, and a shuffle loses nothing."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from referral_proto.crypto import random


@given(st.integers(min_value=0, max_value=20), st.integers(min_value=16, max_value=64))
def test_tokens_are_as_many_and_as_long_as_asked_for_and_all_different(count: int, size: int) -> None:
    drawn = random.tokens(count, size)
    assert [len(one) for one in drawn] == [size] * count
    assert len(set(drawn)) == count


@given(st.lists(st.integers(), max_size=20))
def test_a_shuffle_keeps_every_item(items: list[int]) -> None:
    shuffled = list(items)
    random.shuffle(shuffled)
    assert Counter(shuffled) == Counter(items)


def test_items_that_cannot_be_compared_are_shuffled() -> None:
    items = [None, None, object()]
    random.shuffle(items)
    assert items.count(None) == 2


def test_every_order_comes_up() -> None:
    seen = set()
    for _ in range(400):
        items = [1, 2, 3]
        random.shuffle(items)
        seen.add(tuple(items))
    # All six are missed with odds of one in 10^31.
    assert seen == set(permutations((1, 2, 3)))
