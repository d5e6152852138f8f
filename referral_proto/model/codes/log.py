"""Code lists of the log: what an event is, what a desk acknowledges, how two statements contradict each other.

Numbers: log.proto.
"""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = ["AcknowledgementKind", "LogContradictionKind", "LogEventKind"]


class LogEventKind(Code):
    """What happened. DELIVERED, CONFLICT and OPENING_KEY are the relay's word, the others the desk's."""

    DELIVERED = 1
    RECEIVED = 2
    UNREADABLE = 3
    OPENED = 4
    DISCLOSED = 5
    EXPORTED = 6
    ERASED = 7
    DUMMY = 8
    CONFLICT = 9
    OPENING_KEY = 10
    ORIGIN = 11
    ANCHORED = 12


class AcknowledgementKind(Code):
    """What a desk says about an envelope that its relay handed over."""

    RECEIVED = 1
    UNREADABLE = 2


class LogContradictionKind(Code):
    """Why one honest signer cannot have signed both."""

    TWO_ROOTS = 1
    ROLLED_BACK = 2
    OTHER_BEGINNING = 3
    TWO_LEAVES = 4
