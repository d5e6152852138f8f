"""What the protocol needs of the world, as protocols with their duties, and the plain values that cross them.

No network, disk or clock here: `rpc/` and `adapters/` fulfil these ports, and `adapters/memory.py` holds a twin of each
for tests. No generated type stands in a signature.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, Protocol

from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.opening import OpeningKey
from referral_proto.ids import AgencyId, Digest, Leaf, OpeningKeyId
from referral_proto.moment import Moment

__all__ = [
    "MAX_BATCH",
    "MAX_BATCH_BYTES",
    "Clock",
    "Collected",
    "DeliverStatus",
    "Delivery",
    "KeyVault",
    "Mailbox",
    "Outcome",
    "Reply",
    "Transport",
    "TrustPost",
]

MAX_BATCH: Final = 64
"""Envelopes in one call."""
MAX_BATCH_BYTES: Final = 8 * 1024 * 1024
"""Envelope bytes in one call, all envelopes together."""


class DeliverStatus(IntEnum):
    """What became of one envelope for one recipient; the numbers are those of the wire."""

    ACCEPTED = 1
    """Stored durably."""
    DUPLICATE = 2
    """The same envelope had been stored before; nothing changed. As good as ACCEPTED."""
    CONFLICT = 3
    """Another envelope stands under the same sender, message id and recipient."""
    REFUSED = 4
    """Refused for good; the code says why."""
    RETRY = 5
    """Not now: try again later."""

    @property
    def stored(self) -> bool:
        """Does the receiver hold the envelope?"""
        return self in {DeliverStatus.ACCEPTED, DeliverStatus.DUPLICATE}

    @property
    def final(self) -> bool:
        """Would trying again change nothing?"""
        return self is not DeliverStatus.RETRY


@dataclass(frozen=True, slots=True)
class Delivery:
    """One envelope for one of its recipients: an envelope to three agencies is delivered three times."""

    envelope: bytes = field(repr=False)
    recipient: AgencyId


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one Delivery, or to one envelope handed in by a desk.

    `leaf` is None if the envelope could not be read; `code` is an error code, empty unless refused or put off.
    """

    status: DeliverStatus
    leaf: Leaf | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """An envelope that came in. `received_at` is the moment at which the relay stored it: the relay's word."""

    cursor: int
    envelope: bytes = field(repr=False)
    received_at: Moment


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one delivery to one recipient; `status` is never RETRY."""

    cursor: int
    leaf: Leaf
    recipient: AgencyId
    status: DeliverStatus
    code: str
    at: Moment


class Clock(Protocol):
    """Tells the moment. May jump either way when somebody sets it; who needs more than that must remember it."""

    def now(self) -> Moment: ...


class KeyVault(Protocol):
    """The agency's secret keys, unwrapped. All are of one agency. May be used by several threads."""

    @property
    def agency(self) -> AgencyId: ...

    def signing_keyset(self) -> SigningKeyset:
        """The keyset the agency signs with now."""
        ...

    def keyring(self) -> Mapping[OpeningKeyId, OpeningKey]:
        """Every opening key that is not destroyed, looked up anew at each call. WorldError if it cannot be read."""
        ...


class Transport(Protocol):
    """Hands envelopes to another agency's relay.

    At most MAX_BATCH deliveries and MAX_BATCH_BYTES a call. Replies come in the order of the deliveries, one each.
    ACCEPTED and DUPLICATE mean that the envelope survives a power cut there. A call that raises may have been carried
    out all the same: the caller tries again, and the receiver answers DUPLICATE. Never tries again by itself. May be
    used by several threads. Raises WorldError net.* (try again) and PeerError net.* (the peer answered nonsense).
    """

    def deliver(self, deliveries: Sequence[Delivery]) -> tuple[Reply, ...]: ...

    def close(self) -> None:
        """Give up connections; calls under way end with an error. Idempotent."""
        ...


class Mailbox(Protocol):
    """A desk's own relay. Same limits, errors and promises as Transport."""

    def submit(self, envelopes: Sequence[bytes]) -> tuple[Reply, ...]:
        """Hand over envelopes to send. ACCEPTED: the relay delivers them, however long it takes, and tells by
        `outcomes`. The same envelope again is a DUPLICATE.
        """
        ...

    def collect(self, agency: AgencyId, cursor: int, limit: int = MAX_BATCH) -> tuple[Collected, ...]:
        """Envelopes after `cursor` (0: from the start) that are not confirmed, oldest first, at most `limit` and
        MAX_BATCH_BYTES (but at least one). Empty: nothing waits. Changes nothing.
        """
        ...

    def confirm(self, agency: AgencyId, cursor: int) -> None:
        """All up to and including `cursor` stands in the desk's own store: the relay may forget it. Idempotent."""
        ...

    def outcomes(self, agency: AgencyId, cursor: int, limit: int = MAX_BATCH) -> tuple[Outcome, ...]:
        """What became of submitted envelopes, after `cursor`, oldest first. Changes nothing."""
        ...

    def close(self) -> None:
        """As Transport.close."""
        ...


class TrustPost(Protocol):
    """What a relay tells of trust: to other relays, and to its own desks. Errors as Transport.

    Nothing of it is believed because a relay says so: files and records bear their own signatures.
    """

    def trust_file(self, path: str) -> bytes:
        """A whole file of the trust repository. PeerError trust.no-file: there is none under that path."""
        ...

    def snapshot(self) -> tuple[int, Digest] | None:
        """Version and digest of the snapshot that the relay goes by; None if it has no repository."""
        ...

    def opening_keys(self, agency: AgencyId) -> tuple[bytes, ...]:
        """SignedRecords of the agency's opening keys that are not over; empty if the relay knows none."""
        ...
