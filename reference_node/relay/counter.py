"""The counter at which peers ask about trust: files of the mirror, the snapshot in force, opening keys.

All of it is signed by others, and the relay vouches for nothing. The caller has been recognised before.
"""

from __future__ import annotations

from reference_node.observe import Log
from reference_node.relay.lines import Lines
from reference_node.relay.trust import Trust
from reference_node.trust.openings import KeyAsker
from reference_node.trust.shelf import MOST_SERVED
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.errors import PeerError, ReferralError, WorldError
from referral_proto.ids import AgencyId, Digest
from referral_proto.ports import Clock

__all__ = ["TrustCounter"]


class TrustCounter:
    """mirror: None where records come by hand. May be used by several threads."""

    def __init__(
        self,
        mirror: TrustMirror | None,
        trust: Trust,
        asker: KeyAsker,
        lines: Lines,
        own: AgencyId,
        clock: Clock,
        log: Log,
    ) -> None:
        self._mirror, self._trust, self._asker, self._lines = mirror, trust, asker, lines
        self._own, self._clock, self._log = own, clock, log

    def file(self, path: str) -> bytes | None:
        """A file of the repository, or None. Raises WorldError trust.mirror-damaged."""
        return None if self._mirror is None else self._mirror.file(path)

    def snapshot(self) -> tuple[int, Digest] | None:
        """What this relay goes by now; None if it has nothing, or nothing that is still good."""
        if self._mirror is None:
            return None
        try:
            state = self._mirror.state(self._clock.now())
        except WorldError:
            return None
        return state.snapshot_version, state.snapshot_digest

    def opening_keys(self, agency: AgencyId, *, ask_others: bool) -> list[bytes]:
        """An agency's keys that are not over, the newest first. `ask_others`: the agency's relay may be asked; never
        for a relay, so that no question goes in circles. Raises nothing that a peer could cause.
        """
        if ask_others:
            for missing in self._asker.due([agency]):
                self.renew(missing)
        now = self._clock.now()
        held = self._trust.keeper.shelf.of(agency)
        return [one.data for one in held if now < one.record.not_after_at][:MOST_SERVED]

    def renew(self, agency: AgencyId) -> None:
        """Ask the agency's relay for its keys; a relay that does not answer is asked again another time."""
        operator = self._trust.operator_of(agency)
        if operator is None or operator == self._own:
            return
        try:
            self._asker.ask(agency, self._lines.post(operator))
        except ReferralError as error:
            self._log.warning("opening keys could not be fetched", code=error.code, agency=agency)

    def renew_all(self) -> None:
        """Keys on the shelf that end soon."""
        for agency in self._asker.due(self._trust.keeper.shelf.agencies()):
            self.renew(agency)

    def publish(self, agency: AgencyId, record: bytes) -> None:
        """From the agency's own desk. Raises PeerError relay.opening-key; WorldError file.*."""
        keeper = self._trust.keeper
        try:
            fresh = keeper.shelf.take(record, agency, keeper.directory, self._clock.now())
        except PeerError as error:
            self._log.warning("an opening key was not taken", code=error.code, agency=agency)
        else:
            if fresh:
                keeper.refresh()
                self._log.info("a new opening key", agency=agency)
            return
        raise PeerError("relay.opening-key")
