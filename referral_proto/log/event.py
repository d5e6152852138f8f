"""Events of a log and the leaves that hide them. Keeps nothing; whoever keeps events keeps their exact bytes.

    entry = TH(log-event, event)        leaf = SHA-256(0x00 ‖ entry)

The published log holds entries, never events: 32 random bytes in each event make an entry say nothing to whoever does
not hold the event. The nonce is the event's first field, so that `event = 0x0a 0x20 ‖ nonce ‖ rest`; what is kept of
the rest is masked with the nonce, and destroying the nonce forgets the event: its entry stays and says nothing more.
"""

from __future__ import annotations

from hashlib import shake_256
from typing import Final

from referral_proto.crypto import random
from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.labels import LOG_EVENT, LOG_VEIL
from referral_proto.crypto.merkle import leaf_hash
from referral_proto.errors import CallerError
from referral_proto.ids import AgencyId, Digest, Leaf, OpeningKeyId
from referral_proto.log.head import Head, agency_of
from referral_proto.model.codes.log import LogEventKind
from referral_proto.model.log import LogEvent
from referral_proto.moment import Moment
from referral_proto.wire.codec import encode

__all__ = [
    "NONCE_SIZE",
    "anchored",
    "conflict",
    "delivered",
    "dummy",
    "entry_of",
    "join",
    "leaf_of",
    "new_event",
    "origin",
    "split",
    "unveil",
    "veil",
]

NONCE_SIZE: Final = 32
_TAG: Final = b"\x0a\x20"
_START: Final = len(_TAG) + NONCE_SIZE


def entry_of(event: bytes) -> Digest:
    """What is published for an event: 32 bytes."""
    return Digest(labelled_hash(LOG_EVENT, event))


def leaf_of(event: bytes) -> Leaf:
    """The event's leaf in the tree."""
    return leaf_hash(entry_of(event))


def split(event: bytes) -> tuple[bytes, bytes]:
    """Nonce and rest of an event's bytes. CallerError model.invalid if it does not begin with its nonce."""
    if not event.startswith(_TAG) or len(event) < _START:
        raise CallerError("model.invalid", "LogEvent.nonce")
    return event[len(_TAG) : _START], event[_START:]


def join(nonce: bytes, rest: bytes) -> bytes:
    """The event's bytes again."""
    return _TAG + nonce + rest


def veil(nonce: bytes, rest: bytes) -> bytes:
    """`rest` masked with SHAKE256(lp(log-veil) ‖ nonce): nothing without the nonce, which is never used twice."""
    mask = shake_256(LOG_VEIL.prefix + nonce).digest(len(rest))
    return (int.from_bytes(rest) ^ int.from_bytes(mask)).to_bytes(len(rest))


unveil = veil
"""The mask is its own inverse."""


def new_event(kind: LogEventKind, subject: bytes, at: Moment, **said: AgencyId | bytes) -> bytes:
    """The bytes of a new event with a nonce of its own. `said`: what `LogEvent` has for its kind."""
    fields = {"nonce": random.token(NONCE_SIZE), "kind": kind, "subject": subject, "at": at, **said}
    return encode(LogEvent.model_validate(fields))


def delivered(
    leaf: Leaf, sender: AgencyId, recipient: AgencyId, opening_key: OpeningKeyId | bytes, at: Moment
) -> bytes:
    """The relay stored the envelope `leaf` for `recipient`; `opening_key` is the one that the envelope names for it."""
    kind = LogEventKind.DELIVERED
    return new_event(kind, leaf, at, sender=sender, recipient=recipient, opening_key=bytes(opening_key))


def conflict(leaf: Leaf, first: Leaf, sender: AgencyId, recipient: AgencyId, at: Moment) -> bytes:
    """The envelope `leaf` came under the number of `first`, which stood already."""
    return new_event(LogEventKind.CONFLICT, leaf, at, sender=sender, recipient=recipient, related=first)


def dummy(at: Moment) -> bytes:
    """An event about nothing; its leaf looks like any other."""
    return new_event(LogEventKind.DUMMY, random.token(NONCE_SIZE), at)


def anchored(head: Head, agency: AgencyId, at: Moment) -> bytes:
    """The head of another log of the agency, so that its witnesses watch that log too."""
    return new_event(LogEventKind.ANCHORED, head.digest(), at, sender=agency)


def origin(lost: Head, at: Moment) -> bytes:
    """The first event of a log that takes the place of `lost`, whose head is the last one known to witnesses."""
    return new_event(LogEventKind.ORIGIN, lost.digest(), at, sender=agency_of(lost.origin)[0])
