"""Where trust records come from: the mirror of a trust repository, or a folder that somebody fills by hand.

A supply reads what is on this machine's disk. Fetching over the line is the mirror's own business (`follow`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Protocol

from reference_node.trust.health import Health, Notice
from reference_node.trust.shelf import read_opening
from referral_proto.adapters import RecordsFolder, disk, records_from
from referral_proto.adapters.objections import objections_from
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.adapters.trust_paths import digest_of
from referral_proto.errors import CallerError, PeerError, ReferralError, WorldError
from referral_proto.ids import Digest
from referral_proto.moment import DAY, HOUR, Moment
from referral_proto.trust.directory import Directory

__all__ = ["HandSupply", "MirrorSupply", "Supply", "checked_at", "stamp"]

_WRONG_CLOCK: Final = DAY
"""Records that were issued later than that after now say that a clock is wrong, in seconds."""
_JUST_NOW: Final = HOUR
_LARGEST_STAMP: Final = 4096


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
    """The records folder. Its data has no date of its own; its age is counted from the newest record that a registrar
    or an agency's relay issued, or from when somebody last compared the folder with theirs (`checked`), if that was
    later. refuse: decide nothing beyond the federation's limit; else it is a warning for as long as it lasts.
    """

    def __init__(self, folder: RecordsFolder, checked: Path | None = None, *, refuse: bool = False) -> None:
        self._folder, self._checked, self._refuse = folder, checked, refuse

    def look(self) -> bool:
        return self._folder.refresh()

    def fold(self, at: Moment, opening_keys: Iterable[bytes]) -> Directory:
        return self._folder.fold(at, opening_keys)

    def health(self, at: Moment) -> Health:
        directory = self._folder.directory
        issued = [directory.agency(one).issued_at for one in directory.agencies()]
        newest = max((directory.federation.issued_at, *issued, *(one.issued_at for one in directory.relays())))
        behind = newest - at
        warnings = [Notice("trust.clock", f"{behind // DAY} days behind")] * (behind > _WRONG_CLOCK)
        checked = None if self._checked is None else checked_at(self._checked)
        if not warnings and any(problem.code == "trust.dated-ahead" for problem in directory.problems):
            # Such records are passed over, so that no fold can say by how much.
            warnings.append(Notice("trust.clock", "behind, or records are dated ahead"))
        # A stamp of tomorrow says nothing about today.
        dates = [newest, *([checked] if checked is not None and checked <= at.plus(_WRONG_CLOCK) else [])]
        age = max(0, at - max(dates))
        code = ""
        limit = directory.chain.stale_limit
        if age >= limit and self._refuse:
            code = "trust.too-old"
        # Who carries files does not come every day: half of the limit, and not the day after which a mirror warns.
        if age >= limit // 2:
            warnings.append(Notice("doctor.records-unchecked", f"{age // DAY} days"))
        return Health("records", code, "", age, None, checked, tuple(warnings))


def checked_at(file: Path) -> Moment | None:
    """When somebody last said that the records are the newest; None if nobody did, or the file says nothing."""
    try:
        return Moment.parse(json.loads(disk.read(file, "stamp", _LARGEST_STAMP))["checked_at"])
    except (ReferralError, ValueError, KeyError, TypeError):
        return None


def stamp(file: Path, at: Moment) -> None:
    """Say it. Raises as `disk.write`."""
    disk.write(file, (json.dumps({"checked_at": at.iso()}) + "\n").encode("ascii"), "stamp", replace=True)


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
        objections = objections_from(self._records)
        directory = Directory.fold(
            (*records, *keys, *objections, *opening_keys),
            root=root,
            at=at,
            seen={**seen, **{digest_of(record): written for record, written in objections.items()}},
            lenient=True,
            memory=self.mirror.memory,
        )
        self._last = records
        return directory

    def health(self, at: Moment) -> Health:
        try:
            state = self.mirror.state(at)
        except ReferralError as error:
            return Health("repository", error.code, error.where, None, None, None, ())
        warnings = [Notice(one.code, one.where) for one in state.warnings]
        if any(one.code == "trust.stale" for one in warnings) and 0 <= at - state.refreshed_at < _JUST_NOW:
            # Somebody has just offered what seems old: nobody publishes any more, or it is not that old.
            warnings.append(Notice("doctor.clock-ahead", f"{state.age_seconds // DAY} days"))
        return Health(
            "repository",
            "",
            "",
            state.age_seconds,
            state.expires_at,
            state.refreshed_at,
            tuple(warnings),
            state.expired,
        )

    def _by_hand(self) -> list[bytes]:
        try:
            return records_from(self._records)
        except (CallerError, PeerError):
            return []
