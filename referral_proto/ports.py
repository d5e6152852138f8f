"""What the protocol needs of the world, as protocols with their duties, and the plain values that cross them.

No network, disk or clock here: `rpc/` and `adapters/` fulfil these ports, and `adapters/memory.py` holds a twin of each
for tests. No generated type stands in a signature.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, NamedTuple, Protocol

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
    "DeskLogPost",
    "KeyVault",
    "LogPage",
    "LogPost",
    "Logged",
    "Mailbox",
    "Outcome",
    "Proved",
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
    `receipt`: from the recipient's log, exact bytes, not verified; empty if there is none.
    """

    status: DeliverStatus
    leaf: Leaf | None = None
    code: str = ""
    receipt: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Collected:
    """An envelope that came in. `received_at` is the moment at which the relay stored it: the relay's word."""

    cursor: int
    envelope: bytes = field(repr=False)
    received_at: Moment


@dataclass(frozen=True, slots=True)
class Proved:
    """What a log proves about one envelope for one recipient, as exact bytes; empty is what there is none of.

    receipt: of the delivery (or the conflict). acknowledgement: what the recipient's desk signed. earlier_checkpoint:
    the largest cosigned checkpoint of the log that does not hold the delivery yet, which bounds its time from below.
    """

    receipt: bytes = b""
    acknowledgement: bytes = b""
    acknowledgement_receipt: bytes = b""
    earlier_checkpoint: bytes = b""


@dataclass(frozen=True, slots=True)
class Logged:
    """One event of a log, as its keeper shows it to the agency. `event` is None once it is forgotten."""

    index: int
    entry: bytes
    event: bytes | None = field(repr=False)


class LogPage(NamedTuple):
    """Events of a log in a row, and signed notes, which are empty where there is none. Nothing in it is verified.

    checkpoint: the newest. reached: the largest that ends with the last of these events or before it, empty if it is
    the newest. cosigned: the largest of those that a quorum of witnesses has cosigned.
    """

    events: tuple[Logged, ...] = ()
    checkpoint: bytes = b""
    reached: bytes = b""
    cosigned: bytes = b""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one delivery to one recipient; `status` is never RETRY.

    It comes again under a new cursor when there is more to prove it by: `proved` then holds more than before.
    """

    cursor: int
    leaf: Leaf
    recipient: AgencyId
    status: DeliverStatus
    code: str
    at: Moment
    proved: Proved = field(default_factory=Proved, repr=False)


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


class LogPost(Protocol):
    """A relay's logs, for other relays and for its own desks. Errors as Transport; nothing is believed unverified."""

    def checkpoint(self, origin: str, size: int | None = None) -> bytes | None:
        """The signed note of that size, or the newest; None if the relay keeps no such log or never signed it."""
        ...

    def consistency(self, origin: str, first: int, second: int) -> tuple[bytes, tuple[bytes, ...]]:
        """The root of the first `first` leaves as the log has them now, and the proof from it to that of `second`.

        PeerError relay.no-log: the relay keeps no such log, or none so large.
        """
        ...

    def inclusion(self, agency: AgencyId, leaves: Sequence[Leaf]) -> tuple[Proved, ...]:
        """What the log of `agency` has about envelopes that the caller's agencies sent: one for each leaf, in order."""
        ...

    def seen_checkpoints(self, origins: Sequence[str] = ()) -> tuple[bytes, ...]:
        """WitnessedCheckpoints of logs that the relay has seen, the newest of each: of all logs if none is named."""
        ...


class DeskLogPost(Protocol):
    """An agency's log, for its own desk. Errors as Transport."""

    def events(self, agency: AgencyId, start: int, limit: int = 256, origin: str | None = None) -> LogPage:
        """Events from index `start` on, of that log of the agency, or of the one that takes its events now."""
        ...

    def checkpoint(self, origin: str, size: int | None = None) -> bytes | None:
        """As LogPost; of the desk's own log, the note that it had anchored last."""
        ...

    def acknowledge(self, agency: AgencyId, acknowledgements: Sequence[bytes]) -> tuple[tuple[bytes, str], ...]:
        """Enter SignedAcknowledgements: for each its receipt, or the code for which it was refused. Idempotent."""
        ...

    def anchor(self, agency: AgencyId, checkpoint: bytes, proof: Sequence[bytes] = ()) -> bytes:
        """Enter the head of the desk's own log, a signed note: the receipt. Idempotent. proof: that it begins with the
        head that was anchored last, which `LogPost.checkpoint` tells the desk. PeerError relay.anchor: it does not.
        """
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
