"""Other agencies' opening keys: asked for when they are missing or about to end, taken if their agency signed them."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import Final

from reference_node.observe import Log
from reference_node.trust.keeper import TrustKeeper
from referral_proto.errors import ReferralError
from referral_proto.ids import AgencyId
from referral_proto.moment import DAY, HOUR, Moment
from referral_proto.ports import Clock, TrustPost

__all__ = ["ENDS_SOON", "KeyAsker"]

ENDS_SOON: Final = 3 * DAY
"""Seconds before the last published key of an agency ends at which a later one is asked for."""
_PATIENCE: Final = 60
_HURRY: Final = HOUR
"""Seconds between two questions about one agency: while it has no key, and while it has one that ends soon."""


class KeyAsker:
    """May be used by several threads."""

    def __init__(self, keeper: TrustKeeper, clock: Clock, log: Log) -> None:
        self._keeper, self._clock, self._log = keeper, clock, log
        self._lock = Lock()
        self._asked: dict[AgencyId, Moment] = {}

    def due(self, agencies: Iterable[AgencyId]) -> list[AgencyId]:
        """Those whose keys must be asked for now; each is named once in a while only."""
        now, found = self._clock.now(), []
        directory = self._keeper.directory
        for agency in agencies:
            ends = directory.opening_key_ends(agency, now)
            if ends is not None and ends > now.plus(ENDS_SOON):
                continue
            with self._lock:
                asked = self._asked.get(agency)
                wait = _PATIENCE if ends is None else _HURRY
                if asked is not None and asked <= now < asked.plus(wait):
                    continue
                self._asked[agency] = now
            found.append(agency)
        return found

    def ask(self, agency: AgencyId, post: TrustPost) -> bool:
        """Whether a key came that was not here. Raises WorldError net.*, file.*; PeerError net.*."""
        fresh = False
        for record in post.opening_keys(agency):
            try:
                fresh |= self._keeper.shelf.take(record, agency, self._keeper.directory, self._clock.now())
            except ReferralError as error:
                self._log.warning("an opening key was not taken", code=error.code, agency=agency)
        if fresh:
            self._keeper.refresh()
        return fresh
