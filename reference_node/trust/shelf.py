"""The shelf of opening keys: a folder of records that agencies sign themselves, taken over the line or made here.

    opening/AGENCY.EPOCH.record

A record is put there only if the agency's signing keyset supports it now; whoever folds judges it again. One process
writes; what is over is removed when nothing that was sealed for it can still come.
"""

from __future__ import annotations

import re
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple

from referral_proto.adapters import disk, write_record
from referral_proto.crypto.opening import OpeningPublicKey
from referral_proto.errors import PeerError, ReferralError, WorldError
from referral_proto.ids import AgencyId
from referral_proto.model.codes.federation import RecordKind
from referral_proto.model.records import OpeningKeyRecord, SignedRecord
from referral_proto.moment import DAY, Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.signed import signed_by, unsigned
from referral_proto.wire import decode

__all__ = ["MOST_SERVED", "OpeningShelf", "Shelved", "read_opening"]

MOST_SERVED: Final = 16
"""Records of one agency in one answer."""
MOST_HELD: Final = 64
"""Of one agency: what an agency may make every relay and desk keep."""
_AHEAD: Final = 30 * DAY
"""How long before its epoch a key may be published, in seconds."""
_LONGEST: Final = 400 * DAY
_LARGEST: Final = 256 * 1024
_NAME: Final = re.compile(r"[a-z0-9.-]{4,60}\.(?:0|[1-9][0-9]{0,18})\.record", re.ASCII)


class Shelved(NamedTuple):
    """An opening-key record, read, and its signed bytes."""

    record: OpeningKeyRecord
    data: bytes


def read_opening(data: bytes) -> Shelved | None:
    """None if this is no opening-key record."""
    try:
        signed = decode(SignedRecord, data)
        return Shelved(unsigned(OpeningKeyRecord, signed), data) if signed.kind is RecordKind.OPENING_KEY else None
    except PeerError:
        return None


class OpeningShelf:
    """May be used by several threads."""

    def __init__(self, folder: Path, spare: AgencyId | None = None) -> None:
        """Reads what is there; a damaged file is passed over. `spare`: whose records `prune` leaves alone, because the
        end of a secret key is told by them. Raises WorldError file.*.
        """
        self._folder, self._spare, self._lock = folder, spare, Lock()
        self._held: dict[tuple[str, int], Shelved] = {}
        try:
            names = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
        except FileNotFoundError:
            names = []
        except OSError:
            raise WorldError("file.failed", "opening keys") from None
        for path in names:
            try:
                found = read_opening(disk.read(path, "opening key", _LARGEST))
            except ReferralError:
                continue
            if found is not None:
                self._held[found.record.agency, found.record.epoch] = found

    def records(self) -> tuple[bytes, ...]:
        """All of them, for the fold."""
        with self._lock:
            return tuple(one.data for one in self._held.values())

    def of(self, agency: str) -> tuple[Shelved, ...]:
        """An agency's, the newest epoch first."""
        with self._lock:
            own = [one for (holder, _), one in self._held.items() if holder == agency]
        return tuple(sorted(own, key=lambda one: -one.record.epoch))

    def agencies(self) -> frozenset[AgencyId]:
        """Whose keys lie here."""
        with self._lock:
            return frozenset(AgencyId(holder) for holder, _ in self._held)

    def take(self, data: bytes, agency: AgencyId, directory: Directory, at: Moment) -> bool:
        """Put a record of `agency` on the shelf, durably; False if it lies there already, or is over.

        Raises PeerError trust.record-malformed, trust.record-signature, trust.record-fork, trust.unknown-agency,
        trust.agency-withdrawn, key.*; WorldError file.*.
        """
        found = read_opening(data)
        if found is None or found.record.agency != agency:
            raise PeerError("trust.record-malformed", agency)
        record = found.record
        if at >= record.not_after_at:
            return False
        if record.not_before_at > at.plus(_AHEAD) or not 0 < record.not_after_at - record.not_before_at <= _LONGEST:
            raise PeerError("trust.record-malformed", agency)
        if directory.withdrawn(agency, at):
            raise PeerError("trust.agency-withdrawn", agency)
        OpeningPublicKey.parse(agency, record.xwing)
        with self._lock:
            before = self._held.get((agency, record.epoch))
            if before is not None and before.record == record and data == before.data:
                return False
            signers = directory.history(agency).unrevoked(record.not_before_at, at)
            if not signed_by(decode(SignedRecord, data), signers):
                raise PeerError("trust.record-signature", agency)
            # Of two keys for one epoch the one that came first stays: neither can be told to be the right one.
            if before is not None and before.record != record:
                raise PeerError("trust.record-fork", agency)
            if before is None and sum(holder == agency for holder, _ in self._held) >= MOST_HELD:
                raise PeerError("trust.record-malformed", agency)
            self._write(f"{agency}.{record.epoch}.record", data)
            self._held[agency, record.epoch] = found
        return True

    def _write(self, name: str, data: bytes) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            raise WorldError("file.failed", "opening keys") from None
        write_record(self._folder / name, data, replace=True)

    def prune(self, at: Moment, keep_seconds: int) -> int:
        """Remove keys that ended `keep_seconds` before `at`; how many. What cannot be removed stays until next time."""
        with self._lock:
            over = [
                place
                for place, one in self._held.items()
                if one.record.not_after_at.plus(keep_seconds) <= at and place[0] != self._spare
            ]
            return sum(self._drop(*place) for place in over)

    def remove(self, agency: str, epoch: int) -> None:
        """Take one record away; nothing happens if it is not there."""
        with self._lock:
            self._drop(agency, epoch)

    def _drop(self, agency: str, epoch: int) -> bool:
        try:
            (self._folder / f"{agency}.{epoch}.record").unlink(missing_ok=True)
        except OSError:
            return False
        return self._held.pop((agency, epoch), None) is not None
