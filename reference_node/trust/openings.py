"""Other agencies' opening keys: asked for when they are missing or about to end, taken if their agency signed them.

The question goes over somebody's line and may hang there. Whoever needs the answer waits as long as it can and no
longer; the question goes on by itself, and its answer serves the next who asks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from threading import Condition, Lock, Thread
from typing import Final

from reference_node.observe import Log
from reference_node.trust.ends import OPENING_ENDS_SOON
from reference_node.trust.keeper import TrustKeeper
from referral_proto.errors import ReferralError
from referral_proto.ids import AgencyId
from referral_proto.moment import HOUR, Moment
from referral_proto.ports import Clock, TrustPost

__all__ = ["KeyAsker"]

_WHILE_MISSING: Final = 60
_WHILE_ENDING: Final = HOUR
"""Seconds between two questions about one agency: while it has no key, and while it has one that ends soon."""
_AT_ONCE: Final = 4
"""Questions under way: a relay that hangs holds one of them for as long as a call may last."""


class KeyAsker:
    """May be used by several threads."""

    def __init__(self, keeper: TrustKeeper, clock: Clock, log: Log) -> None:
        self._keeper, self._clock, self._log = keeper, clock, log
        self._lock = Lock()
        self._asked: dict[AgencyId, Moment] = {}
        self._turn = Condition()
        self._waiting: list[tuple[AgencyId, Callable[[AgencyId], object]]] = []
        self._under_way: set[AgencyId] = set()
        self._running = 0

    def due(self, agencies: Iterable[AgencyId]) -> list[AgencyId]:
        """Those whose keys must be asked for now; each is named once in a while only."""
        now, found = self._clock.now(), []
        directory = self._keeper.directory
        for agency in agencies:
            ends = directory.opening_key_ends(agency, now)
            if ends is not None and ends > now.plus(OPENING_ENDS_SOON):
                continue
            with self._lock:
                asked = self._asked.get(agency)
                wait = _WHILE_MISSING if ends is None else _WHILE_ENDING
                if asked is not None and asked <= now < asked.plus(wait):
                    continue
                self._asked[agency] = now
            found.append(agency)
        return found

    def fetch(self, agencies: Iterable[AgencyId], ask: Callable[[AgencyId], object], patience_seconds: float) -> None:
        """Have `ask` called for those whose keys must be asked for, in threads of their own, and wait for the answers
        that are under way, but not longer than that. What `ask` raises is logged.
        """
        asked = set(agencies)
        with self._turn:
            for agency in self.due(asked - self._under_way):
                self._waiting.append((agency, ask))
                self._under_way.add(agency)
            while self._running < min(_AT_ONCE, len(self._waiting)):
                self._running += 1
                Thread(target=self._work, name="opening-keys", daemon=True).start()
            until = time.monotonic() + patience_seconds
            while self._under_way & asked and (left := until - time.monotonic()) > 0:
                self._turn.wait(left)

    def _work(self) -> None:
        while True:
            with self._turn:
                if not self._waiting:
                    self._running -= 1
                    return
                agency, ask = self._waiting.pop(0)
            try:
                ask(agency)
            except ReferralError as error:
                self._log.warning("opening keys could not be fetched", code=error.code, agency=agency)
            except Exception as error:  # noqa: BLE001 - the thread must free its place
                self._log.error("a mistake of this program", problem=type(error))
            finally:
                with self._turn:
                    self._under_way.discard(agency)
                    self._turn.notify_all()

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
