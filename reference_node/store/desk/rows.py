"""What the desk's database gives back: plain rows. No SQL and no key; envelopes are sealed, keys are wrapped."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum

from referral_proto.ids import AgencyId, Digest, Leaf, MessageId, ThreadId
from referral_proto.moment import Moment

__all__ = [
    "CaseRow",
    "DeliveryRow",
    "Filed",
    "MessageLine",
    "MessageRow",
    "Numbers",
    "State",
    "UnreadableLine",
    "UnreadableRow",
]


class State(IntEnum):
    """Where a stored message stands; the numbers are those of `MessageState` in desk.proto.

    DELIVERED and UNRELATED are not stored: they follow from what is.
    """

    QUEUED = 1
    SUBMITTED = 2
    DELIVERED = 3
    REFUSED = 4
    RECEIVED = 5
    UNRELATED = 6


class Filed(Enum):
    """What became of a message that was to be filed."""

    FRESH = "fresh"
    KNOWN = "known"
    """The same envelope stands there already; nothing changed."""
    CONFLICT = "conflict"
    """Another envelope stands under the same sender and message number; nothing changed."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One thread and its wrapped case key."""

    number: int
    thread: ThreadId
    opened_at: Moment
    wrapped_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message. `stored_at`: when it was sealed here, or when the relay took it in. `recipients`: how many."""

    leaf: Leaf
    thread: ThreadId
    outgoing: bool
    sender: AgencyId
    message_id: MessageId
    stored_at: Moment
    envelope: bytes = field(repr=False)
    wrapped_keys: bytes = field(repr=False)
    recipients: int
    state: State
    code: str | None = None


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message without its envelope. `size`: bytes of the envelope."""

    leaf: Leaf
    thread: ThreadId
    outgoing: bool
    stored_at: Moment
    state: State
    code: str | None
    size: int


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """The end of one delivery: to whom, with what result."""

    leaf: Leaf
    recipient: AgencyId
    delivered: bool
    code: str | None
    at: Moment


@dataclass(frozen=True, slots=True)
class UnreadableRow:
    """Mail that could not be admitted or opened, as it came."""

    digest: Digest
    envelope: bytes = field(repr=False)
    code: str
    received_at: Moment


@dataclass(frozen=True, slots=True)
class UnreadableLine:
    """Unreadable mail without its envelope, of which strangers may have sent many. `size`: bytes of the envelope."""

    digest: Digest
    code: str
    received_at: Moment
    size: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much of everything there is. `under_way`: the relay has them, not every recipient has."""

    cases: int
    queued: int
    under_way: int
    unreadable: int
