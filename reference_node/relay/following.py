"""Following: at intervals the trust repository is refreshed, views are compared, opening keys renewed. One thread."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from threading import Event, Thread
from typing import Final

from reference_node.observe import Log
from reference_node.relay.counter import TrustCounter
from reference_node.relay.lines import Lines
from reference_node.relay.trust import Trust
from reference_node.trust.follow import Follower, Peered
from referral_proto.errors import ReferralError
from referral_proto.ids import AgencyId

__all__ = ["Following", "peers_to_ask"]

_WHILE_REFUSING: Final = 30.0
"""Seconds between rounds while nothing can be decided."""


def peers_to_ask(
    trust: Trust, lines: Lines, own: AgencyId, named: Sequence[AgencyId], log: Log
) -> Callable[[int], list[Peered]]:
    """Relays drawn at random from those named, or from all: whoever wants to mislead cannot choose who is asked."""

    def drawn(most: int) -> list[Peered]:
        known = [AgencyId(record.operator) for record in trust.relays() if record.operator != own]
        asked = [operator for operator in known if not named or operator in named]
        found: list[Peered] = []
        for operator in secrets.SystemRandom().sample(asked, min(most, len(asked))):
            try:
                found.append(Peered(operator, lines.post(operator)))
            except ReferralError as error:
                log.warning("a relay cannot be asked", code=error.code, operator=operator)
        return found

    return drawn


class Following:
    """follower: None where records come by hand; then only opening keys are renewed. gossip: what is asked of peers
    beside, about logs.
    """

    def __init__(
        self,
        follower: Follower | None,
        counter: TrustCounter,
        lines: Lines,
        trust: Trust,
        gossip: Callable[[], object],
        seconds: float,
        log: Log,
    ) -> None:
        self._follower, self.counter, self._lines, self._trust = follower, counter, lines, trust
        self._gossip = gossip
        self._seconds, self._log = seconds, log
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="following", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def drain(self) -> None:
        self._stopping.set()

    def close(self, seconds: float) -> bool:
        """False if the thread still hangs."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def turn(self) -> None:
        """Once."""
        if self._follower is not None:
            self._follower.turn()
        self._trust.refresh()
        self._lines.settle()
        self.counter.renew_all()
        self._trust.keeper.tell()
        self._gossip()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.turn()
            except Exception as error:  # noqa: BLE001 - without this thread the relay would refuse everything in days
                self._log.error("following found a mistake", problem=type(error))
            self._stopping.wait(self._wait())

    def _wait(self) -> float:
        seconds = min(self._seconds, _WHILE_REFUSING) if self._trust.refusal() else self._seconds
        return seconds * (0.9 + secrets.randbelow(200_001) / 1_000_000)
