"""Inbound: mail that came in is admitted, opened once in memory, and filed with its keys wrapped.

With it goes the acknowledgement that the relay's log is to hold, in the same transaction: a stop in between loses
neither. What cannot be admitted or opened is kept as it came, with its code, and tried again when trust records change:
a sender's new key may be known here later than its first message. Only the disk can stop mail from being taken.

The relay admitted its mail when it came. A leak that is declared between then and now makes it contested, which is
shown wherever it is, and not unreadable.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Final, TypeAlias

from reference_node import faults
from reference_node.desk.arrival import arrival_of, opening_key_for
from reference_node.desk.casekeys import Kept
from reference_node.desk.holdings import Holdings
from reference_node.store.desk.proving import Arrival
from reference_node.store.desk.receipts import enter_arrival
from reference_node.store.desk.rows import Filed, MessageRow, State, UnreadableRow
from referral_proto import (
    Admitted,
    AgencyId,
    Digest,
    Directory,
    Leaf,
    MessageId,
    Moment,
    Opened,
    OpeningKey,
    OpeningKeyId,
    PeerError,
    ReferralError,
    ThreadId,
    WorldError,
    admit,
    unseal,
)
from referral_proto.flow.admit import readmit
from referral_proto.flow.open import open_unsealed
from referral_proto.model.codes.log import AcknowledgementKind
from referral_proto.wire.codec import section_type

__all__ = ["Inbound", "Taken"]

Keyring: TypeAlias = Mapping[OpeningKeyId, OpeningKey]

assert faults.DESK  # the codes below are declared there

_KNOWN_SINCE: Final = {"trust.keyset-contested", "admit.opening-key"}
"""What may have become known after the relay admitted mail: a leak, or the end of who signed an opening key."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one piece of mail: its leaf, or the code for which it cannot be read."""

    leaf: Leaf | None
    fresh: bool
    code: str | None = None


class Inbound:
    """Takes mail in. Safe to call again with the same mail, from any thread, in any order."""

    def __init__(self, holdings: Holdings) -> None:
        self._held = holdings

    def take(self, envelope: bytes, received_at: Moment) -> Taken:
        """Mail from the agency's relay, which says when it got it. When this returns, it is stored durably, readable
        or not. Raises WorldError store.*, or what the key vault raises; then it is not stored.
        """
        digest = Digest(sha256(envelope).digest())
        # Looked up before the mail is judged: keys that cannot be read are this desk's trouble, not the mail's.
        code = self._try(envelope, received_at, self._held.vault.keyring(), None, by_relay=True)
        if not isinstance(code, str):
            return code
        came = arrival_of(
            envelope, self._held.agency, AcknowledgementKind.UNREADABLE, self._held.clock.now(), by_relay=True
        )
        beside = None if came is None else partial(enter_arrival, came=came)
        fresh = self._held.book.keep(UnreadableRow(digest, envelope, code, received_at), beside)
        self._held.changes.tell()
        return Taken(None, fresh, code)

    def take_by_hand(self, envelope: bytes) -> Taken:
        """A sealed file that somebody brought: judged by the clock, and refused instead of kept if it cannot be read.

        Raises PeerError, CallerError open.no-key, WorldError store.*.
        """
        now, keyring = self._held.clock.now(), self._held.vault.keyring()
        return self._file(envelope, now, keyring, None, by_relay=False, stored=False)

    def try_again(self) -> int:
        """Try what could not be read; how much became readable. Raises WorldError store.*."""
        readable = 0
        keyring = self._held.vault.keyring()
        for line in self._held.book.unreadable():
            envelope = self._held.book.unread(line.digest)
            if envelope is None:
                continue
            code = self._try(envelope, line.received_at, keyring, line.digest, by_relay=False)
            if not isinstance(code, str):
                readable += 1
            elif code != line.code:
                self._held.book.keep(UnreadableRow(line.digest, envelope, code, line.received_at))
        return readable

    def _try(
        self, envelope: bytes, at: Moment, keyring: Keyring, replaces: Digest | None, *, by_relay: bool
    ) -> Taken | str:
        """File it, or say the code for which it cannot be read."""
        try:
            return self._file(envelope, at, keyring, replaces, by_relay=by_relay)
        except WorldError:
            raise
        except ReferralError as error:
            return error.code
        except Exception:  # noqa: BLE001 - mail that trips over a mistake of ours must not stop the post for all others
            return "ours.broken-promise"

    def _admitted(self, envelope: bytes, at: Moment, *, stored: bool) -> Admitted:
        """stored: the relay has admitted it at `at` and kept it since. Raises as `admit`."""
        held = self._held
        try:
            return admit(envelope, held.agency, held.directory, at, held.memory)
        except PeerError as error:
            if not stored or error.code not in _KNOWN_SINCE:
                raise
        return readmit(envelope, held.agency, held.directory, at, held.memory)[0]

    def _file(
        self,
        envelope: bytes,
        at: Moment,
        keyring: Keyring,
        replaces: Digest | None,
        *,
        by_relay: bool,
        stored: bool = True,
    ) -> Taken:
        held, directory = self._held, self._held.directory
        admitted = self._admitted(envelope, at, stored=stored)
        came = Arrival(
            admitted.leaf,
            AgencyId(admitted.core.sender.agency),
            opening_key_for(admitted.core, held.agency),
            by_relay,
            AcknowledgementKind.RECEIVED,
            held.clock.now(),
        )
        if held.cabinet.holds(admitted.leaf):
            if replaces is not None:
                held.book.discard(replaces)
            held.receipts.arrive(came)
            return Taken(admitted.leaf, fresh=False)
        opened, kept = _open_once(admitted, keyring, directory)
        thread = ThreadId(opened.control.thread)
        _, case_key = held.open_case(thread, at)
        row = MessageRow(
            leaf=admitted.leaf,
            thread=thread,
            outgoing=False,
            sender=AgencyId(admitted.core.sender.agency),
            message_id=MessageId(admitted.core.message_id),
            stored_at=at,
            envelope=envelope,
            wrapped_keys=case_key.wrap(admitted.leaf, kept),
            recipients=len(admitted.core.recipients),
            state=State.RECEIVED,
        )
        filed = held.cabinet.file(row, replaces, partial(enter_arrival, came=came))
        if filed is Filed.CONFLICT:
            raise PeerError("desk.conflict", row.sender)
        held.changes.tell()
        return Taken(row.leaf, fresh=filed is Filed.FRESH)


def _open_once(admitted: Admitted, keyring: Keyring, directory: Directory) -> tuple[Opened, Kept]:
    """What it is, and the keys to keep: none of a section that should not have been sent here."""
    unsealed = unseal(admitted, keyring)
    opened = open_unsealed(unsealed, directory)
    closed = frozenset(int(kind) for kind in opened.quarantined)
    barred = {one.index for one in unsealed.sections[1:] if section_type(one.section) in closed}
    keys = {index: key for index, key in unsealed.section_keys.items() if index not in barred}
    return opened, Kept(keys, tuple(sorted(closed)))
