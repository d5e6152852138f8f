"""Epochs: the desk makes a new opening key in time, has its relay publish it, and destroys old ones when they are over.

    key file durable → record signed and on the shelf → published → used by senders → over → key file destroyed

A sender may use a key until its record ends, and its envelope may come a lifetime later: only then, and only after the
relay's box was emptied, is the key destroyed. What is sealed for it is then closed for good, to thieves and to us.
While the trust data cannot be gone by, nothing is destroyed: a clock that is years ahead must not empty the key ring.

A record counts while a keyset that signed it is clean. As soon as the desk signs with a new keyset, it signs again all
records for which mail can still come: once the old keyset is revoked, what is under way must not be refused.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Protocol

from reference_node.observe import Log
from reference_node.trust.keeper import TrustKeeper
from reference_node.trust.shelf import Shelved, read_opening
from referral_proto.adapters import records_from
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.opening import OpeningKey
from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import AgencyId
from referral_proto.moment import DAY, HOUR, Moment
from referral_proto.ports import Clock
from referral_proto.trust.issue import publish_opening_key
from referral_proto.trust.signed import countersign
from referral_proto.trust.standing import Status

__all__ = ["EpochVault", "Epochs", "Publisher"]

_MARGIN: Final = DAY
"""Seconds beyond the last possible expiry: no clock is exact."""
_AGAIN: Final = 6 * HOUR
"""A relay may have lost what it was told: tell it again after so many seconds."""


class EpochVault(Protocol):
    """The agency's opening keys, by epoch."""

    @property
    def agency(self) -> AgencyId: ...

    def signing_keyset(self) -> SigningKeyset: ...

    def epochs(self) -> Mapping[int, OpeningKey]: ...

    def add_epoch(self, epoch: int) -> OpeningKey: ...

    def destroy_epoch(self, epoch: int) -> None: ...


class Publisher(Protocol):
    """The agency's own relay."""

    def publish_opening_key(self, record: bytes) -> None: ...


class Epochs:
    """days: how often a new key is made; each is good for twice as long."""

    def __init__(
        self,
        vault: EpochVault,
        keeper: TrustKeeper,
        records: Path,
        publisher: Publisher,
        days: int,
        clock: Clock,
        log: Log,
    ) -> None:
        self._vault, self._keeper, self._records, self._publisher = vault, keeper, records, publisher
        self._days, self._clock, self._log = days, clock, log
        self._published: dict[bytes, Moment] = {}

    def turn(self) -> None:
        """Make a key if it is time, sign again what a keyset of before signed, and publish what is not published.

        Raises WorldError net.*, file.*, key.*.
        """
        now, agency = self._clock.now(), self._vault.agency
        if self._keeper.refusal(agency) or not self._may_sign(now):
            return
        own = self._own()
        if self._sign_again(own, now):
            own = self._own()
        newest = max(own, default=None)
        ends = self._keeper.directory.opening_key_ends(agency, now)
        if ends is None or newest is None or now >= own[newest].record.not_before_at.plus(self._days * DAY):
            self._new(own, now)
            own = self._own()
        self._publish(own, now)

    def destroy(self) -> int:
        """Destroy keys that are over; how many. Call it when the relay's box is empty. Raises WorldError file.*."""
        now, agency = self._clock.now(), self._vault.agency
        if self._keeper.refusal():
            return 0
        held, keys = self._known(), self._vault.epochs()
        cap = self._keeper.directory.max_lifetime + _MARGIN
        over = [epoch for epoch, one in held.items() if one.record.not_after_at.plus(cap) <= now]
        newest, gone = max(self._among(held), default=None), 0
        for epoch in over:
            # The newest key stays even if it is over: the desk may not have been able to make another.
            if epoch == newest:
                continue
            if epoch in keys:
                self._vault.destroy_epoch(epoch)
                gone += 1
            self._keeper.shelf.remove(agency, epoch)
        if gone:
            self._log.info("old opening keys were destroyed", count=gone)
        return gone

    def _may_sign(self, now: Moment) -> bool:
        """Whether records that this desk signs now are believed: it is enrolled, with the keyset it has."""
        try:
            standing = self._keeper.directory.standing(self._vault.agency, self._vault.signing_keyset().id, now)
        except PeerError:
            return False
        return standing.status is Status.VALID

    def _known(self) -> dict[int, Shelved]:
        """Records of own opening keys by epoch: those on the shelf, and those that were made with the node."""
        found: dict[int, Shelved] = {}
        try:
            by_hand = records_from(self._records)
        except (CallerError, PeerError):
            by_hand = []
        for data in by_hand:
            one = read_opening(data)
            if one is not None and one.record.agency == self._vault.agency:
                found[one.record.epoch] = one
        found.update({one.record.epoch: one for one in self._keeper.shelf.of(self._vault.agency)})
        return found

    def _own(self) -> dict[int, Shelved]:
        return self._among(self._known())

    def _among(self, known: Mapping[int, Shelved]) -> dict[int, Shelved]:
        """Those whose secret key lies here: whoever had a keyset of this agency for a while may have signed others."""
        keys = self._vault.epochs()
        return {
            epoch: one for epoch, one in known.items() if epoch in keys and keys[epoch].public.xwing == one.record.xwing
        }

    def _awaited(self, own: Mapping[int, Shelved], now: Moment) -> list[Shelved]:
        """Those for which mail can still come, the oldest epoch first."""
        lifetime = self._keeper.directory.max_lifetime
        return [one for _, one in sorted(own.items()) if now < one.record.not_after_at.plus(lifetime)]

    def _sign_again(self, own: Mapping[int, Shelved], now: Moment) -> int:
        keys, count = self._vault.signing_keyset(), 0
        for one in self._awaited(own, now):
            signed = countersign(one.data, keys)
            if signed != one.data:
                count += self._keeper.shelf.take(signed, keys.agency, self._keeper.directory, now)
        if count:
            self._keeper.refresh()
            self._log.info("opening keys were signed again, with the keyset in use", agency=keys.agency, count=count)
        return count

    def _new(self, own: Mapping[int, Shelved], now: Moment) -> None:
        keys, taken = self._vault.epochs(), self._known()
        epoch = next(number for number in itertools.count(max(own, default=-1) + 1) if number not in taken)
        # A key whose record was never signed is left from a stop in between: nobody knows it, so it serves now.
        key = keys.get(epoch) or self._vault.add_epoch(epoch)
        signed = publish_opening_key(self._vault.signing_keyset(), key.public, epoch, now, 2 * self._days)
        self._keeper.shelf.take(signed, self._vault.agency, self._keeper.directory, now)
        self._keeper.refresh()
        self._log.info("a new opening key", agency=self._vault.agency)

    def _publish(self, own: Mapping[int, Shelved], now: Moment) -> None:
        for one in self._awaited(own, now):
            told = self._published.get(one.data)
            if told is not None and told <= now < told.plus(_AGAIN):
                continue
            try:
                self._publisher.publish_opening_key(one.data)
            except PeerError as error:
                # The mail must go on; the relay may believe it at the next look.
                self._log.warning("the relay did not take an opening key", code=error.code)
                continue
            self._published[one.data] = now
