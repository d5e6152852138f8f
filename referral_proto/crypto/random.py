"""The only door to randomness below the ports: the operating system's generator, through `secrets`. No seeds.

Nothing here can be made repeatable. A test that needs given keys passes seeds to the key classes instead.
"""

from __future__ import annotations

import secrets
from collections.abc import MutableSequence, Sequence
from typing import Any, Final, TypeVar

__all__ = ["draw", "shuffle", "token"]

T = TypeVar("T")
_SYSTEM: Final = secrets.SystemRandom()


def token(size: int) -> bytes:
    """`size` random bytes."""
    return secrets.token_bytes(size)


def shuffle(items: MutableSequence[Any]) -> None:
    """Put `items` into a random order, in place; every order is equally likely."""
    _SYSTEM.shuffle(items)


def draw(items: Sequence[T]) -> T:
    """One of `items`, each equally likely; `items` is not empty."""
    return secrets.choice(items)
