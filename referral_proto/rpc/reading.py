"""Reading a relay's answers. They were written by another party: what does not fit the request is `net.protocol`.

Never an IndexError, and no value of the peer in an exception. Proofs are handed on as bytes: whoever relies on one
verifies it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any, Final, TypeVar

from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import Leaf, agency_id
from referral_proto.moment import Moment
from referral_proto.ports import DeliverStatus, Logged, Outcome, Proved, Reply

__all__ = [
    "acknowledged_of",
    "ascending",
    "each",
    "hash_of",
    "hashes_of",
    "logged_of",
    "outcome_of",
    "proved_of",
    "records_of",
    "replies_of",
    "seen_of",
    "understood",
]

_CODE: Final = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z0-9-]+){1,3}", re.ASCII)
_LONGEST_CODE: Final = 64
_MOST_OPENING_KEYS: Final = 16
_LARGEST_RECORD: Final = 256 * 1024
_MOST_HASHES: Final = 63
_MOST_SEEN: Final = 256
_HASH_SIZE: Final = 32
T = TypeVar("T")
R = TypeVar("R")


def understood(read: Callable[[], R]) -> R:
    """What `read` makes of an answer; PeerError net.protocol if it cannot."""
    try:
        return read()
    except (CallerError, ValueError):
        pass
    # Raised outside the handler: the cause may quote the peer's values.
    raise PeerError("net.protocol", "relay")


# What follows is called within `understood`, and raises ValueError or CallerError.


def each(messages: Collection[Any], expected: int, read: Callable[[Any], R]) -> tuple[R, ...]:
    """One answer for each question."""
    if len(messages) != expected:
        raise ValueError("answers")
    return tuple(read(message) for message in messages)


def hash_of(data: bytes) -> bytes:
    """32 bytes."""
    if len(data) != _HASH_SIZE:
        raise ValueError("hash")
    return data


def hashes_of(proof: Collection[bytes]) -> tuple[bytes, ...]:
    """At most 63 of them."""
    if len(proof) > _MOST_HASHES:
        raise ValueError("proof")
    return tuple(map(hash_of, proof))


def replies_of(replies: Collection[Any], expected: int) -> tuple[Reply, ...]:
    """Of Deliver and of Submit, whose replies bear no receipt."""
    return each(replies, expected, _reply)


def _reply(message: Any) -> Reply:
    leaf = _leaf(message.leaf) if message.leaf else None
    return Reply(DeliverStatus(message.status), leaf, _code(message.code), bytes(getattr(message, "receipt", b"")))


def outcome_of(message: Any) -> Outcome:
    """The end of a delivery."""
    status = DeliverStatus(message.status)
    if not status.final:
        raise ValueError("status")
    return Outcome(
        message.cursor,
        _leaf(message.leaf),
        agency_id(message.recipient),
        status,
        _code(message.code),
        Moment(message.at),
        proved_of(message),
    )


def proved_of(message: Any) -> Proved:
    """Of a Proved, or of an Outcome, which has the same fields."""
    return Proved(message.receipt, message.acknowledgement, message.acknowledgement_receipt, message.earlier_checkpoint)


def acknowledged_of(message: Any) -> tuple[bytes, str]:
    """Receipt or code."""
    return bytes(message.receipt), _code(message.code)


def logged_of(events: Collection[Any], start: int, limit: int) -> tuple[Logged, ...]:
    """Events without a gap from `start` on."""
    if len(events) > limit:
        raise ValueError("limit")
    read = tuple(Logged(e.index, hash_of(e.entry), e.event if e.HasField("event") else None) for e in events)
    if [one.index for one in read] != list(range(start, start + len(read))):
        raise ValueError("index")
    return read


def seen_of(seen: Collection[bytes]) -> tuple[bytes, ...]:
    """At most 256 checkpoints."""
    if len(seen) > _MOST_SEEN:
        raise ValueError("seen")
    return tuple(seen)


def records_of(records: Iterable[bytes]) -> tuple[bytes, ...]:
    """Opening-key records of one agency."""
    read = tuple(records)
    if len(read) > _MOST_OPENING_KEYS or any(len(record) > _LARGEST_RECORD for record in read):
        raise ValueError("records")
    return read


def ascending(rows: list[T], after: int, limit: int) -> tuple[T, ...]:
    """Rows in the order of their cursors, all beyond the one asked for: a reader that loops comes to an end."""
    for row in rows:
        cursor: int = row.cursor  # type: ignore[attr-defined]
        if cursor <= after:
            raise ValueError("cursor")
        after = cursor
    if len(rows) > limit:
        raise ValueError("limit")
    return tuple(rows)


def _code(text: str) -> str:
    return text if len(text) <= _LONGEST_CODE and _CODE.fullmatch(text) else ""


def _leaf(data: bytes) -> Leaf:
    return Leaf(hash_of(data))
