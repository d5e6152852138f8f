"""Errands: what the courier does for trust on its way to the relay: fresh trust data, opening keys out and in.

Nothing here keeps the mail from going: what a relay cannot give is asked for again another time.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Final

from reference_node.desk.epochs import Epochs
from reference_node.observe import Log
from reference_node.trust.follow import Follower
from reference_node.trust.keeper import TrustKeeper
from reference_node.trust.openings import KeyAsker
from referral_proto.ids import AgencyId
from referral_proto.moment import Moment
from referral_proto.ports import Clock, TrustPost

__all__ = ["Errands"]

_OFFICER_WAITS: Final = 12.0
"""Seconds for which a referral is held up while an opening key is asked for."""


class Errands:
    """follower: None where records come by hand. post: the agency's own relay. May be used by several threads."""

    def __init__(
        self,
        keeper: TrustKeeper,
        follower: Follower | None,
        asker: KeyAsker,
        epochs: Epochs,
        post: TrustPost,
        seconds: float,
        clock: Clock,
        log: Log,
    ) -> None:
        self._keeper, self._follower, self._asker, self._epochs = keeper, follower, asker, epochs
        self._post, self._seconds, self._clock, self._log = post, seconds, clock, log
        self._followed_at: Moment | None = None
        self._next = 0

    def before_the_mail(self) -> None:
        """Refresh, if it is time; opening keys out and in. Raises WorldError net.*, file.*, key.*."""
        now = self._clock.now()
        last = self._followed_at
        # The clock may have been set back; then it is time, too.
        if self._follower is not None and (last is None or not last <= now < last.plus(self._next)):
            self._followed_at = now
            taken = self._follower.turn()
            self._next = self._interval() if taken else min(30, self._interval())
            self._keeper.refresh()
        self._keeper.tell()
        self._epochs.turn()
        # The mail does not wait for the answers.
        self._asker.fetch(self._keeper.shelf.agencies(), self._ask, 0)

    def after_the_mail(self) -> None:
        """The relay's box is empty. Raises WorldError file.*."""
        self._epochs.destroy()

    def fetch_keys(self, agencies: Iterable[AgencyId]) -> None:
        """Ask for opening keys that are missing or end soon, and wait for them a little."""
        self._asker.fetch(agencies, self._ask, _OFFICER_WAITS)

    def _ask(self, agency: AgencyId) -> None:
        self._asker.ask(agency, self._post)

    def _interval(self) -> int:
        return max(1, int(self._seconds * (0.9 + secrets.randbelow(200_001) / 1_000_000)))
