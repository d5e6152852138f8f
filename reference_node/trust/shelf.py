"""The shelf of opening keys: a folder of records that agencies sign themselves, taken over the line or made here.

    opening/AGENCY.EPOCH.record

A record is put there only if a signing keyset of the agency supports it now; whoever folds judges it again. One whose
signer has ended since stays, as its agency may sign it again, but it keeps no place from one that is supported. What is
over is removed when nothing that was sealed for it can still come. Several machines of one relay may share the folder.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple

from referral_proto.adapters import disk, write_record
from referral_proto.crypto.keyset import VerifyingKeyset
from referral_proto.crypto.opening import OpeningPublicKey, opening_key_id
from referral_proto.errors import PeerError, ReferralError, WorldError
from referral_proto.ids import AgencyId, OpeningKeyId
from referral_proto.model.codes.federation import RecordKind
from referral_proto.model.records import OpeningKeyRecord, SignedRecord
from referral_proto.moment import DAY, Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.signed import signed_by, unsigned
from referral_proto.wire import decode, encode

__all__ = ["MOST_SERVED", "OpeningShelf", "Shelved", "read_opening"]

MOST_SERVED: Final = 16
"""Records of one agency in one answer."""
MOST_HELD: Final = 64
"""Of one agency: what an agency may make every relay and desk keep."""
_AHEAD: Final = 30 * DAY
"""How long before its epoch a key may be published, in seconds."""
_LONGEST: Final = 400 * DAY
_LARGEST: Final = 256 * 1024
_SETTLED: Final = 10**9
"""Nanoseconds."""
_NAME: Final = re.compile(r"[a-z0-9.-]{4,60}\.(?:0|[1-9][0-9]{0,18})\.record", re.ASCII)


class Shelved(NamedTuple):
    """An opening-key record, read, and its signed bytes."""

    record: OpeningKeyRecord
    data: bytes

    @property
    def key(self) -> OpeningKeyId:
        """What envelopes name it by."""
        return opening_key_id(self.record.agency, self.record.xwing)

    def covers(self, at: Moment) -> bool:
        """Whether its epoch does."""
        return self.record.not_before_at <= at < self.record.not_after_at


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
        self._stamps: dict[tuple[str, int], tuple[int, int]] = {}
        self._mark = -1
        self._look()

    def _look(self) -> None:
        """Take up what came and went on the disk, which another machine may have done."""
        try:
            mark = self._folder.stat().st_mtime_ns
            if mark == self._mark:
                return
            names = {path.name: path for path in self._folder.iterdir() if _NAME.fullmatch(path.name)}
            stamps = {name: _stamp(path) for name, path in names.items()}
        except FileNotFoundError:
            return
        except OSError:
            raise WorldError("file.failed", "opening keys") from None
        # Files that come within one tick of the disk's clock share its time: only what is older is settled.
        self._mark = mark if time.time_ns() - mark > _SETTLED else -1
        here = {_name(*place): place for place in self._held}
        for name in here.keys() - names.keys():
            del self._held[here[name]]
        for name in sorted(names):
            # One that was signed again lies under the same name.
            if name in here and self._stamps.get(here[name]) == stamps[name]:
                continue
            try:
                found = read_opening(disk.read(names[name], "opening key", _LARGEST))
            except ReferralError:
                continue
            if found is not None:
                place = found.record.agency, found.record.epoch
                self._held[place], self._stamps[place] = found, stamps[name]

    def records(self) -> tuple[bytes, ...]:
        """All of them, for the fold. Raises WorldError file.*."""
        with self._lock:
            self._look()
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
        """Put a record of `agency` on the shelf, durably; False if it lies there already, or is over and nothing that
        was sealed for it can still come. The same record with the signature of a further keyset joins the one there.

        Raises PeerError trust.record-malformed, trust.record-signature, trust.record-fork, trust.unknown-agency,
        trust.agency-withdrawn, key.*; WorldError file.*.
        """
        found = read_opening(data)
        if found is None or found.record.agency != agency:
            raise PeerError("trust.record-malformed", agency)
        record = found.record
        if at >= record.not_after_at.plus(directory.max_lifetime):
            return False
        if record.not_before_at > at.plus(_AHEAD) or not 0 < record.not_after_at - record.not_before_at <= _LONGEST:
            raise PeerError("trust.record-malformed", agency)
        if directory.withdrawn(agency, at):
            raise PeerError("trust.agency-withdrawn", agency)
        OpeningPublicKey.parse(agency, record.xwing)
        with self._lock:
            before = self._held.get((agency, record.epoch))
            if before is not None and data == before.data:
                return False
            signers = directory.history(agency).unrevoked(record.not_before_at, at, later=True)
            kept = _signed_only(decode(SignedRecord, data), signers)
            if not kept.signatures:
                raise PeerError("trust.record-signature", agency)
            if before is not None and before.record == record:
                held = _signed_only(decode(SignedRecord, before.data), signers)
                present = {one.keyset for one in held.signatures}
                more = tuple(one for one in kept.signatures if one.keyset not in present)
                if not more:
                    return False
                kept = held.model_copy(update={"signatures": held.signatures + more})
            elif before is not None:
                # Of two keys for one epoch the one that came first stays: neither can be told to be the right one.
                if _supported(before, directory, at):
                    raise PeerError("trust.record-fork", agency)
            else:
                self._make_room(agency, directory, at)
            found = Shelved(record, encode(kept))
            self._write(_name(agency, record.epoch), found.data)
            place = agency, record.epoch
            self._held[place], self._stamps[place] = found, _stamp(self._folder / _name(*place))
        return True

    def _make_room(self, agency: AgencyId, directory: Directory, at: Moment) -> None:
        """Whoever held a stolen key may have filled the agency's places: what it signed gives way once it is known."""
        own = [one for (holder, _), one in self._held.items() if holder == agency]
        if len(own) < MOST_HELD:
            return
        idle = [] if agency == self._spare else [one for one in own if not _supported(one, directory, at)]
        if not idle:
            raise PeerError("trust.record-malformed", agency)
        # Nobody can have sealed anything for what has not begun.
        last = max(idle, key=lambda one: (one.record.not_before_at, one.record.epoch))
        self._drop(agency, last.record.epoch)

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
            (self._folder / _name(agency, epoch)).unlink(missing_ok=True)
        except OSError:
            return False
        return self._held.pop((agency, epoch), None) is not None


def _name(agency: str, epoch: int) -> str:
    return f"{agency}.{epoch}.record"


def _stamp(path: Path) -> tuple[int, int]:
    """Changes whenever the file does; nothing for one that has just gone."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return found.st_mtime_ns, found.st_ino


def _signed_only(signed: SignedRecord, signers: Iterable[VerifyingKeyset]) -> SignedRecord:
    """The record with those signatures alone that one of `signers` made."""
    known = tuple(signers)
    good = tuple(one for one in signed.signatures if signed_by(signed.model_copy(update={"signatures": (one,)}), known))
    return signed.model_copy(update={"signatures": good})


def _supported(shelved: Shelved, directory: Directory, at: Moment) -> bool:
    """Whether the agency's keysets still stand for it."""
    record = shelved.record
    try:
        signers = directory.history(record.agency).unrevoked(record.not_before_at, at, later=True)
        return bool(signed_by(decode(SignedRecord, shelved.data), signers))
    except PeerError:
        return False
