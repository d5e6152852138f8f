"""Where the trust repository's files come from: a folder, a relay, another mirror. Bounds them, believes nothing.

A source answers `trust_file(path)`; `TrustFetcher` is what python-tuf asks and what counts files and bytes. Paths are
those of the repository: `metadata/…` and `targets/…`. What a file is worth is judged by signatures, later.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Protocol

from tuf.api.exceptions import DownloadError, DownloadHTTPError
from tuf.ngclient.fetcher import FetcherInterface

from referral_proto.adapters import disk
from referral_proto.errors import CallerError, PeerError, ReferralError, WorldError

__all__ = ["LARGEST_FILE", "FolderSource", "ServedSource", "TrustFetcher", "TrustSource", "repository_path"]

LARGEST_FILE: Final = 5_000_000
"""Bytes of one file: the metadata of a country with some 40,000 records."""
MOST_FILES: Final = 100_000
MOST_BYTES: Final = 2 * 1024**3
ROUND_SECONDS: Final = 900.0
"""For one refresh from one source: a relay that answers each file just in time must not hold a node for days."""
_NOT_THERE: Final = 404
_PATH: Final = re.compile(r"metadata/[a-z0-9.-]{1,100}\.json|targets/[a-z]{2,10}/[a-z0-9.-]{1,160}\.record", re.ASCII)


class TrustSource(Protocol):
    """Serves a trust repository.

    `trust_file` returns the whole file of at most LARGEST_FILE bytes. PeerError trust.no-file: there is none under
    that path. Other PeerErrors: what came is nonsense. WorldError: it could not be fetched, try again later. A call
    ends in bounded time.
    """

    def trust_file(self, path: str) -> bytes: ...


def repository_path(path: str) -> str:
    """The path itself if a repository may have a file there. PeerError trust.no-file."""
    if _PATH.fullmatch(path) is None or ".." in path:
        raise PeerError("trust.no-file")
    return path


class FolderSource:
    """A repository in a folder: the operator's own, or a copy on a USB stick."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def trust_file(self, path: str) -> bytes:
        """As TrustSource; WorldError file.permission, file.failed."""
        place = self._folder / repository_path(path)
        try:
            # A link on a stick must not lead to the files of this machine.
            if not place.resolve().is_relative_to(self._folder.resolve()):
                raise PeerError("trust.no-file")
            return disk.read(place, "trust repository", LARGEST_FILE)
        except (OSError, RuntimeError):
            raise PeerError("trust.no-file") from None
        except CallerError as error:
            refusals = {"file.not-found": "trust.no-file", "file.too-large": "trust.repository-too-large"}
            refusal = refusals.get(error.code, "trust.repository-malformed")
        raise PeerError(refusal)


class ServedSource:
    """A repository that a function serves, such as another mirror's `file`."""

    def __init__(self, file: Callable[[str], bytes | None]) -> None:
        """`file` returns None for what is not there."""
        self._file = file

    def trust_file(self, path: str) -> bytes:
        """As TrustSource."""
        data = self._file(repository_path(path))
        if data is None:
            raise PeerError("trust.no-file")
        return data


class TrustFetcher(FetcherInterface):
    """python-tuf's fetcher over a source; good for one refresh, since it counts towards that refresh's limits.

    python-tuf sees DownloadErrors only; the source's own error is their cause. A round that takes longer than `seconds`
    ends: records that came stay in the pool, and the next round, with another source perhaps, goes on from there.
    """

    def __init__(self, source: TrustSource, seconds: float = ROUND_SECONDS) -> None:
        self._source = source
        self._until = time.monotonic() + seconds
        self._files = 0
        self._bytes = 0

    def _fetch(self, url: str) -> Iterator[bytes]:
        if time.monotonic() >= self._until:
            raise DownloadError("too slow") from WorldError("trust.repository-slow")
        try:
            data = self._source.trust_file(repository_path(url))
        except PeerError as error:
            if error.code == "trust.no-file":
                raise DownloadHTTPError("not there", _NOT_THERE) from None
            raise DownloadError("refused") from error
        except ReferralError as error:
            raise DownloadError("not fetched") from error
        self._files += 1
        self._bytes += len(data)
        if self._files > MOST_FILES or self._bytes > MOST_BYTES:
            raise DownloadError("too much") from PeerError("trust.repository-too-large")
        return iter((data,))
