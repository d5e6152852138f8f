"""Where trust records come from: the mirror of a trust repository, or a folder that somebody fills by hand.

A supply reads what is on this machine's disk. Fetching over the line is the mirror's own business (`follow`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final, Protocol

from reference_node.trust.health import Health, Notice
from reference_node.trust.shelf import read_opening
from referral_proto.adapters import RecordsFolder, records_from
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.errors import CallerError, PeerError, ReferralError, WorldError
from referral_proto.ids import Digest
from referral_proto.moment import DAY, Moment
from referral_proto.trust.directory import Directory

__all__ = ["HandSupply", "MirrorSupply", "Supply"]

_WRONG_CLOCK: Final = DAY
"""Records that were issued later than that after now say that a clock is wrong, in seconds."""


class Supply(Protocol):
    """Records, and how fresh they are."""

    def look(self) -> bool:
        """Whether something changed on the disk. Raises ReferralError; what stood before then stays in force."""
        ...

    def fold(self, at: Moment, opening_keys: Iterable[bytes]) -> Directory:
        """Raises ReferralError."""
        ...

    def health(self, at: Moment) -> Health:
        """Raises nothing."""
        ...


class HandSupply:
    """The records folder. Its data has no date, so it never becomes stale: who fills it keeps it up to date."""

    def __init__(self, folder: RecordsFolder) -> None:
        self._folder = folder

    def look(self) -> bool:
        return self._folder.refresh()

    def fold(self, at: Moment, opening_keys: Iterable[bytes]) -> Directory:
        return self._folder.fold(at, opening_keys)

    def health(self, at: Moment) -> Health:
        newest = max(
            (self._folder.directory.agency(one).issued_at for one in self._folder.directory.agencies()),
            default=at,
        )
        newest = max(newest, self._folder.directory.federation.issued_at)
        behind = newest - at
        warnings = (Notice("trust.clock", f"{behind // DAY} days behind"),) if behind > _WRONG_CLOCK else ()
        return Health("records", "", "", None, None, None, warnings)


class MirrorSupply:
    """The mirror. Until its first refresh the records folder serves as a guide to relays, and nothing is decided.

    Opening keys that lie in the records folder count too: they are signed by their agency and bear their dates.
    """

    def __init__(self, mirror: TrustMirror, records: Path, root: Digest | None) -> None:
        self.mirror = mirror
        self._records, self._root = records, root
        self._last: tuple[bytes, ...] | None = None

    def look(self) -> bool:
        try:
            now_held, _, _ = self.mirror.believed()
        except WorldError as error:
            if error.code == "trust.no-state":
                return False
            raise
        return self._last is None or now_held != self._last

    def fold(self, at: Moment, opening_keys: Iterable[bytes]) -> Directory:
        by_hand = self._by_hand()
        try:
            records, seen, root = self.mirror.believed()
        except WorldError as error:
            if error.code != "trust.no-state" or not by_hand:
                raise
            return Directory.fold((*by_hand, *opening_keys), root=self._root, at=at, seen={}, lenient=True)
        keys = [record for record in by_hand if read_opening(record) is not None]
        directory = Directory.fold((*records, *keys, *opening_keys), root=root, at=at, seen=seen, lenient=True)
        self._last = records
        return directory

    def health(self, at: Moment) -> Health:
        try:
            state = self.mirror.state(at)
        except ReferralError as error:
            return Health("repository", error.code, error.where, None, None, None, ())
        warnings = tuple(Notice(one.code, one.where) for one in state.warnings)
        return Health(
            "repository", "", "", state.age_seconds, state.expires_at, state.refreshed_at, warnings, state.expired
        )

    def _by_hand(self) -> list[bytes]:
        try:
            return records_from(self._records)
        except (CallerError, PeerError):
            return []
