"""The mirror's folder: generations of verified metadata, a pool of records, one file that says what is in force.

    current.json                 the generation in force and when it was last found fresh; replaced last, atomically
    generations/<n>/metadata/    what python-tuf accepted, and index.json, seen.json
    generations/<n>.part/        a refresh under way; thrown away by the next one
    roots/<version>.root.json    every root learned; kept even if the refresh that brought it fails, since a new root
                                 withdraws keys, and forgetting it would bring them back
    records/<sha256>             records of all generations; a refresh that broke off goes on where it was. Made durable
                                 once in a refresh, before an index names them
    snapshots/<digest>.json      snapshots acted on: evidence, should somebody have seen others

One writer at a time, held by a lock; readers need none. The generation before stays, so that whoever is in the middle
of copying from here can end. What is read back is checked: records by their hash, the index by its form.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from referral_proto.adapters import disk
from referral_proto.errors import CallerError, PeerError, ReferralError, WorldError
from referral_proto.moment import Moment

__all__ = ["Current", "Index", "Seen", "Shelf", "Staging", "failed"]

_ROLE: Final = "trust mirror"
_FEW: Final = 32
"""From so many files on, the whole file system is made durable instead of each."""
_LARGEST: Final = 64 * 1024 * 1024
_VERSIONED_ROOT: Final = re.compile(r"[1-9][0-9]{0,8}\.root\.json", re.ASCII)
M = TypeVar("M", bound=BaseModel)


class _Kept(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


class Current(_Kept):
    """What is in force."""

    generation: int
    refreshed_at: Moment


class Seen(_Kept):
    """Record digest (hex) → when this node first held the record."""

    records: dict[str, Moment]


class Index(_Kept):
    """What a generation says. `records`: (path, SHA-256) in force; `offered`: what the repository served of them."""

    root_version: int
    timestamp_version: int
    issued_at: Moment | None
    snapshot_version: int
    snapshot_digest: str
    versions: dict[str, int]
    expires: dict[str, Moment]
    offered: dict[str, str]
    records: list[tuple[str, str]]
    notices: list[tuple[str, str]]
    acted_on: list[tuple[int, str]]
    federation_root: str
    stale_warning: int
    stale_limit: int


class Shelf:
    """The folder. Every method raises WorldError only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def roots(self) -> Path:
        """Where the roots are."""
        return self._folder / "roots"

    def metadata(self, generation: int) -> Path:
        """Where a generation's metadata is."""
        return self._folder / "generations" / str(generation) / "metadata"

    def record(self, digest: str) -> Path:
        """Where a record is."""
        return self._folder / "records" / digest

    def snapshot(self, digest: str) -> Path:
        """Where a snapshot that was acted on is."""
        return self._folder / "snapshots" / f"{digest}.json"

    def current(self) -> Current | None:
        """What is in force; None before the first refresh."""
        return self._read(self._folder / "current.json", Current, missing=True)

    def latest(self) -> Current | None:
        """As `current`; if that is damaged, the newest generation that can be read."""
        with suppress(WorldError):
            current = self.current()
            if current is not None:
                self.index(current.generation)
            return current
        for generation in sorted(self.generations(), reverse=True):
            with suppress(WorldError):
                self.index(generation)
                return Current(generation=generation, refreshed_at=Moment(0))
        return None

    def generations(self) -> list[int]:
        """Those on the disk, whole."""
        with _world():
            return [int(path.name) for path in (self._folder / "generations").glob("*") if path.name.isdecimal()]

    def index(self, generation: int) -> Index:
        """What a generation says."""
        return self._known(self.metadata(generation).with_name("index.json"), Index)

    def seen(self, generation: int) -> dict[str, Moment]:
        """First sight of each record."""
        return self._known(self.metadata(generation).with_name("seen.json"), Seen).records

    def load(self, digest: str) -> bytes | None:
        """A record whose hash is right, or None."""
        try:
            data = disk.read(self.record(digest), _ROLE, _LARGEST)
        except ReferralError:
            return None
        return data if sha256(data).hexdigest() == digest else None

    def save(self, digest: str, data: bytes) -> None:
        """Put a record into the pool. A power cut before `settle` may tear it or lose it; `load` finds that out."""
        with _world():
            self.record(digest).write_bytes(data)

    def settle(self, digests: Iterable[str]) -> None:
        """Make saved records durable, all at once: an index that names them must not come to the disk before them."""
        places = [self.record(digest) for digest in digests]
        if not places:
            return
        with _world():
            if len(places) < _FEW or not _sync_file_system(places[0].parent):
                for place in places:
                    _settle(place)
            _settle(places[0].parent)

    def keep_snapshot(self, digest: str, data: bytes) -> None:
        """Keep a snapshot as evidence."""
        if not self.snapshot(digest).exists():
            _writing(self.snapshot(digest), data)

    def touch(self, current: Current) -> None:
        """Replace what is in force; from here on it is."""
        _writing(self._folder / "current.json", current.model_dump_json().encode())

    @contextmanager
    def staging(self) -> Iterator[Staging]:
        """The one refresh under way. WorldError trust.mirror-busy; file.*."""
        with _world():
            for folder in ("generations", "records", "roots", "snapshots"):
                (self._folder / folder).mkdir(parents=True, exist_ok=True)
            lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise WorldError("trust.mirror-busy") from None
            staging = Staging(self, self._folder / "generations", self.latest())
            try:
                yield staging
            finally:
                staging.close()
        finally:
            os.close(lock)

    def tidy(self, keep: set[int], records: set[str], snapshots: set[str]) -> None:
        """Remove what no kept generation names. Never fails: what stays is removed next time."""
        for path, wanted in (
            *((path, path.name in {str(one) for one in keep}) for path in (self._folder / "generations").glob("*")),
            *((path, path.name in records) for path in (self._folder / "records").glob("*")),
            *((path, path.stem in snapshots) for path in (self._folder / "snapshots").glob("*")),
        ):
            if not wanted:
                with suppress(OSError):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()

    def _known(self, path: Path, kind: type[M]) -> M:
        found = self._read(path, kind)
        assert found is not None
        return found

    def _read(self, path: Path, kind: type[M], *, missing: bool = False) -> M | None:
        try:
            return kind.model_validate_json(disk.read(path, _ROLE, _LARGEST))
        except (CallerError, PeerError) as error:
            if missing and error.code == "file.not-found":
                return None
        except ValidationError:
            pass
        raise WorldError("trust.mirror-damaged", path.name)


class Staging:
    """A refresh under way: python-tuf works in `metadata`; nothing of it is in force before `commit`."""

    def __init__(self, shelf: Shelf, generations: Path, before: Current | None) -> None:
        self.before = before
        self.generation = max(shelf.generations(), default=0) + 1
        self._shelf = shelf
        self._part = generations / f"{self.generation}.part"
        self.metadata = self._part / "metadata"
        shutil.rmtree(self._part, ignore_errors=True)
        with _world():
            self.metadata.mkdir(parents=True)
            if before is not None:
                for file in shelf.metadata(before.generation).glob("*.json"):
                    shutil.copyfile(file, self.metadata / file.name)
            _copy_roots(shelf.roots, self.metadata / "root_history")

    def commit(self, index: Index, seen: Seen, current: Current) -> None:
        """Make it durable, then put it in force."""
        with _world():
            shutil.rmtree(self.metadata / "root_history")
            (self.metadata / "root.json").unlink(missing_ok=True)
            for file in self.metadata.glob("*.json"):
                _settle(file)
        _writing(self._part / "index.json", index.model_dump_json().encode())
        _writing(self._part / "seen.json", seen.model_dump_json().encode())
        with _world():
            self._part.rename(self._part.with_suffix(""))
            _settle(self._part.parent)
        self._shelf.touch(current)

    def learn_roots(self) -> None:
        """Keep the roots that python-tuf accepted, whatever becomes of the rest."""
        for path in (self.metadata / "root_history").glob("*.root.json"):
            known = self._shelf.roots / path.name
            with _world():
                data = path.read_bytes()
                same = known.exists() and known.read_bytes() == data
            if not same:
                _writing(known, data)

    def close(self) -> None:
        """Throw away what was not committed."""
        shutil.rmtree(self._part, ignore_errors=True)


def _copy_roots(roots: Path, history: Path) -> None:
    history.mkdir()
    for path in roots.iterdir():
        if _VERSIONED_ROOT.fullmatch(path.name):
            shutil.copyfile(path, history / path.name)


def _settle(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_file_system(folder: Path) -> bool:
    """syncfs(2), where there is one: one wait for the disk instead of one for each file."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if call is None:
        return False
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if call(descriptor):
            raise OSError(ctypes.get_errno(), "syncfs")
    finally:
        os.close(descriptor)
    return True


def _writing(path: Path, data: bytes) -> None:
    try:
        disk.write(path, data, _ROLE, replace=True)
    except CallerError:
        raise WorldError("file.failed", _ROLE) from None


def failed(error: OSError) -> WorldError:
    """What a failure of the disk is called."""
    return WorldError("file.full" if error.errno in {errno.ENOSPC, errno.EDQUOT} else "file.failed", _ROLE)


@contextmanager
def _world() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        refusal = failed(error)
    else:
        return
    raise refusal
