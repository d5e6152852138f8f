"""A folder of trust records (`*.record`, one SignedRecord each): bytes in, a Directory out. Believes nothing by itself.

What a record may say is judged by `trust/`. File names mean nothing: they are for people.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from referral_proto.adapters import disk
from referral_proto.errors import CallerError, PeerError, ReferralError, WorldError
from referral_proto.ids import Digest, digest
from referral_proto.model.records import SignedRecord
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.issue import read_record
from referral_proto.trust.memory import FoldMemory
from referral_proto.trust.signed import record_digest
from referral_proto.wire import decode

__all__ = ["SUFFIX", "RecordsFolder", "damaged", "load_directory", "records_from", "write_record"]

SUFFIX: Final = ".record"
MOST_RECORDS: Final = 50_000
_ROLE: Final = "record"
_SEEN: Final = "first-seen file"
_LARGEST: Final = 256 * 1024
_LARGEST_SEEN: Final = 8 * 1024 * 1024
_NO_RECORD: Final = frozenset(("file.empty", "file.too-large", "file.not-a-file", "file.not-found"))
_Listing = tuple[tuple[str, int, int, int], ...]


def records_from(folder: Path) -> list[bytes]:
    """The bytes of every `*.record` file, by name.

    Raises CallerError file.no-folder, records.none, records.too-many; as `disk.read`.
    """
    return [data for _, data in _named_records(folder)]


def load_directory(folder: Path, at: Moment | None = None) -> Directory:
    """Fold the folder's records as they stand at `at`; without it no recovery has waited long enough.

    One agency's defect must not blind a node to the others, nor keep a revocation from taking effect: it is listed in
    the directory's `problems`. Raises as `records_from`; CallerError trust.no-federation; PeerError trust.* for the
    federation's own records.
    """
    records = records_from(folder)
    if at is None:
        return Directory.fold(records, lenient=True)
    return Directory.fold(records, at=at, lenient=True)


def damaged(folder: Path) -> tuple[str, ...]:
    """Names of the files that do not even read as a record. Raises as `records_from`."""
    return tuple(name for name, data in _named_records(folder) if not _reads(data))


def write_record(path: Path, record: bytes, *, replace: bool = False) -> None:
    """A signed record as a file, readable by everyone. Raises as `disk.write`."""
    disk.write(path, record, _ROLE, replace=replace)


class RecordsFolder:
    """The folder's records and the directory they make, kept. One thread refreshes, any may read."""

    def __init__(
        self,
        folder: Path,
        *,
        root: Digest | None = None,
        first_seen: Path | None = None,
        clock: Callable[[], Moment] | None = None,
        remember: bool = True,
    ) -> None:
        """Read and fold. `root` pins the first federation record. `first_seen`: a file, outside the folder, in which
        it is remembered when each record came, so that a recovery's delay runs from then; without `remember` it is
        only read. `clock`: without it no recovery has waited long enough. Raises as `load_directory`; WorldError
        file.*.
        """
        self._folder, self._root, self._clock = folder, root, clock
        self._file = first_seen if remember else None
        self._listing = _listing(folder)
        self._seen = _remembered(first_seen)
        self._memory = FoldMemory()
        self.records: tuple[bytes, ...] = ()
        self._directory = self._read()

    @property
    def directory(self) -> Directory:
        """The last good one."""
        return self._directory

    def refresh(self) -> bool:
        """Fold again if a file came, went or changed since the last look; False if nothing did.

        Raises as `load_directory`, once for each change; the last good directory then stays in force. What is wrong
        with a single agency's records stands in the new directory's `problems`.
        """
        listing = _listing(self._folder)
        if listing == self._listing:
            return False
        # Remembered before it is read: a bad file is reported once, and a change in between is seen at the next look.
        self._listing = listing
        self._directory = self._read()
        return True

    def fold(self, at: Moment | None, more: Iterable[bytes] = ()) -> Directory:
        """The records read last, and `more`, as they stand at `at`. Raises as `load_directory`."""
        return Directory.fold(
            (*self.records, *more), root=self._root, at=at, seen=self._seen, lenient=True, memory=self._memory
        )

    def _read(self) -> Directory:
        before, self.records = self.records, tuple(records_from(self._folder))
        now = self._clock() if self._clock is not None else None
        try:
            self._note(now)
            return self.fold(now)
        except ReferralError:
            self.records = before
            raise

    def _note(self, now: Moment | None) -> None:
        """Remember what came. Never forgotten: a file that goes and comes back is not new."""
        if now is None:
            return
        held = {digest for record in self.records if (digest := _digest(record)) is not None}
        came = held - self._seen.keys()
        if not came:
            return
        self._seen = {**self._seen, **dict.fromkeys(came, now)}
        if self._file is not None:
            text = json.dumps({digest.hex(): int(moment) for digest, moment in sorted(self._seen.items())}, indent=0)
            disk.write(self._file, text.encode("ascii"), _SEEN, replace=True)


def _remembered(file: Path | None) -> Mapping[Digest, Moment]:
    """What stands in the file; a file that is not there or damaged says nothing, and every recovery waits anew."""
    if file is None or not file.exists():
        return {}
    try:
        kept = json.loads(disk.read(file, _SEEN, _LARGEST_SEEN))
        return {digest(bytes.fromhex(name)): Moment(moment) for name, moment in kept.items()}
    except (CallerError, PeerError, ValueError, AttributeError, TypeError):
        return {}


def _digest(record: bytes) -> Digest | None:
    try:
        signed = decode(SignedRecord, record)
    except PeerError:
        return None
    return record_digest(signed.kind, signed.record)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise CallerError("file.no-folder", "records")
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and not path.name.startswith("."))
    except PermissionError:
        raise WorldError("file.permission", "records") from None
    except OSError:
        raise WorldError("file.failed", "records") from None
    if not files:
        raise CallerError("records.none")
    if len(files) > MOST_RECORDS:
        raise CallerError("records.too-many")
    return files


def _named_records(folder: Path) -> list[tuple[str, bytes]]:
    return [(path.name, _content(path)) for path in _files(folder)]


def _content(path: Path) -> bytes:
    """Nothing for what can be no record: one file that was half copied must not keep all others from being read."""
    try:
        return disk.read(path, f"{_ROLE} {path.name}", _LARGEST)
    except (CallerError, PeerError) as error:
        if error.code not in _NO_RECORD:
            raise
        return b""


def _listing(folder: Path) -> _Listing:
    try:
        stats = [(path.name, path.stat()) for path in _files(folder) if path.exists()]
    except OSError:
        raise WorldError("file.failed", "records") from None
    return tuple((name, one.st_mtime_ns, one.st_size, one.st_ino) for name, one in stats)


def _reads(data: bytes) -> bool:
    try:
        read_record(data)
    except PeerError:
        return False
    return True
