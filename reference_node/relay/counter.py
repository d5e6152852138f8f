"""The counter at which peers ask about trust: files of the mirror, the snapshot in force, opening keys.

All of it is signed by others, and the relay vouches for nothing. The caller has been recognised before. That an agency
published an opening key stands in its log, so that its desk sees whether somebody else did.
"""

from __future__ import annotations

from typing import Final

from reference_node.observe import Log
from reference_node.relay.ledger import Ledger
from reference_node.relay.lines import Lines
from reference_node.relay.trust import Trust
from reference_node.trust.openings import KeyAsker
from reference_node.trust.shelf import MOST_SERVED, Shelved, read_opening
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.crypto.opening import OpeningPublicKey
from referral_proto.errors import PeerError, ReferralError, WorldError
from referral_proto.ids import AgencyId, Digest
from referral_proto.model.records import SignedRecord
from referral_proto.moment import Moment
from referral_proto.ports import Clock
from referral_proto.trust.signed import record_digest
from referral_proto.wire import decode

__all__ = ["TrustCounter"]

_DESK_WAITS: Final = 8.0
"""Seconds for which a desk's question holds a thread while another relay is asked: less than a desk waits for it."""


class TrustCounter:
    """mirror: None where records come by hand. May be used by several threads."""

    def __init__(
        self,
        mirror: TrustMirror | None,
        trust: Trust,
        asker: KeyAsker,
        lines: Lines,
        ledger: Ledger,
        own: AgencyId,
        clock: Clock,
        log: Log,
    ) -> None:
        self._mirror, self._trust, self._asker, self._lines = mirror, trust, asker, lines
        self._ledger, self._own, self._clock, self._log = ledger, own, clock, log

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
        """An agency's keys that are not over, those in force first, the newest first. `ask_others`: the agency's relay
        may be asked; never for a relay, so that no question goes in circles. Raises nothing that a peer could cause.
        """
        if ask_others:
            self._asker.fetch([agency], self.renew, _DESK_WAITS)
        now = self._clock.now()
        held = [one for one in self._trust.keeper.shelf.of(agency) if now < one.record.not_after_at]
        # What a thief once signed must not take the places of what is good.
        held.sort(key=lambda one: not self._in_force(one))
        return [one.data for one in held][:MOST_SERVED]

    def _in_force(self, shelved: Shelved) -> bool:
        record = shelved.record
        try:
            self._trust.directory.opening_key(record.agency, shelved.key, record.not_before_at)
        except PeerError:
            return False
        return True

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
        self._asker.fetch(self._trust.keeper.shelf.agencies(), self.renew, _DESK_WAITS)

    def publish(self, agency: AgencyId, record: bytes) -> None:
        """From the agency's own desk; done once it stands on the shelf and in the agency's log. Idempotent.

        Raises PeerError relay.opening-key; WorldError file.*, store.*, relay.try-later.
        """
        keeper, now = self._trust.keeper, self._clock.now()
        try:
            fresh = keeper.shelf.take(record, agency, keeper.directory, now)
        except PeerError as error:
            self._log.warning("an opening key was not taken", code=error.code, agency=agency)
        else:
            if fresh:
                keeper.refresh()
                self._log.info("a new opening key", agency=agency)
            self._enter(agency, record, now)
            return
        raise PeerError("relay.opening-key")

    def _enter(self, agency: AgencyId, record: bytes, now: Moment) -> None:
        """Also for what lay on the shelf before: the process may have died between the shelf and the log."""
        found = read_opening(record)
        if found is not None and now < found.record.not_after_at:
            signed = decode(SignedRecord, record)
            key = OpeningPublicKey.parse(agency, found.record.xwing)
            self._ledger.opening_key(agency, record_digest(signed.kind, signed.record), key.id)
