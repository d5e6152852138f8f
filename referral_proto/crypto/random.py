"""The only door to randomness below the ports: the operating system's generator, through `secrets`. No seeds.

Nothing here can be made repeatable. A test that needs given keys passes seeds to the key classes instead.
"""

from __future__ import annotations

import secrets
from collections.abc import MutableSequence, Sequence
from operator import itemgetter
from typing import Any, Final, TypeVar

__all__ = ["draw", "shuffle", "token", "tokens"]

T = TypeVar("T")
_RANK_SIZE: Final = 16
_first: Final = itemgetter(0)


def token(size: int) -> bytes:
    """`size` random bytes."""
    return secrets.token_bytes(size)


def tokens(count: int, size: int) -> list[bytes]:
    """`count` times `size` random bytes, by one call to the operating system."""
    drawn = secrets.token_bytes(count * size)
    return [drawn[at : at + size] for at in range(0, count * size, size)]


def shuffle(items: MutableSequence[Any]) -> None:
    """Put `items` into a random order, in place; every order is equally likely but for ties of 128 random bits."""
    ranked = sorted(zip(tokens(len(items), _RANK_SIZE), items, strict=True), key=_first)
    items[:] = [item for _, item in ranked]


def draw(items: Sequence[T]) -> T:
    """One of `items`, each equally likely; `items` is not empty."""
    return secrets.choice(items)
