"""Trust data as a person off-line has it: a copy of the repository, or a folder of records. Reads, never writes.

What the records say is judged as nodes judge it; whether the repository's own metadata is sound only `verify` says,
with a root that came from another hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from referral_proto.adapters import disk
from referral_proto.adapters.records import records_from
from referral_proto.adapters.trust_drafts import read_as
from referral_proto.adapters.trust_fetch import LARGEST_FILE
from referral_proto.adapters.trust_paths import LARGEST_RECORD, parse_target, served_path
from referral_proto.adapters.trust_repository import TrustRepository
from referral_proto.errors import CallerError, PeerError
from referral_proto.model.records import AgencyRecord, FederationRecord
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory, Problem
from referral_proto.trust.issue import read_record
from referral_proto.trust.succession import AHEAD

__all__ = ["Held", "Trial", "file", "offered", "open_folder", "timely", "trial"]

_TOP: Final = "targets"


@dataclass(frozen=True, slots=True)
class Held:
    """`repository` is None for a folder of records alone."""

    records: tuple[bytes, ...] = field(repr=False)
    directory: Directory = field(repr=False)
    repository: TrustRepository | None


class Trial(NamedTuple):
    """What nodes would say of further records: the first new problem, or "". `directory` as it would be."""

    code: str
    agency: str
    directory: Directory


def open_folder(folder: Path, at: Moment, *, timely_only: bool = False) -> Held:
    """Read and fold. `timely_only`: as nodes do, who pass over what is dated far ahead; otherwise `at` may be a moment
    of the past, judged by all that is known.

    Raises CallerError file.no-folder, records.none, trust.no-federation; PeerError trust.*.
    """
    repository = TrustRepository(folder) if (folder / "metadata").is_dir() else None
    records = tuple(records_from(folder)) if repository is None else offered(folder, repository)
    records = timely(records, at) if timely_only else records
    return Held(records, Directory.fold(records, at=at, lenient=True), repository)


def timely(records: Iterable[bytes], at: Moment) -> tuple[bytes, ...]:
    """The records that are not dated so far ahead that nodes pass them over."""
    return tuple(one for one in records if not _ahead(one, at))


def _ahead(data: bytes, at: Moment) -> bool:
    try:
        _, record = read_record(data)
    except PeerError:
        return False
    if isinstance(record, FederationRecord) and record.sequence == 0:
        return False
    return isinstance(record, AgencyRecord | FederationRecord) and record.issued_at > at + AHEAD


def offered(folder: Path, repository: TrustRepository) -> tuple[bytes, ...]:
    """Every record that the newest accepted metadata names.

    Raises PeerError trust.repository-malformed, .repository-record, .repository-incomplete.
    """
    from hashlib import sha256

    from tuf.api.metadata import Targets

    found: list[bytes] = []
    for role in (_TOP, *repository.countries()):
        held = repository.current(role)
        if held is None:
            continue
        for path, target in read_as(Targets, held).targets.items():
            parse_target(path)
            digest = target.hashes.get("sha256", "")
            try:
                data = disk.read(folder / served_path(path, digest), "trust repository", LARGEST_RECORD)
            except CallerError:
                raise PeerError("trust.repository-incomplete", path) from None
            if sha256(data).hexdigest() != digest:
                raise PeerError("trust.repository-altered", path)
            found.append(data)
    return tuple(found)


def trial(
    records: Iterable[bytes],
    known: Iterable[Problem],
    further: Iterable[bytes],
    at: Moment,
    tolerated: Collection[str] = (),
) -> Trial:
    """Fold with further records and see what nodes would refuse; `known`: problems that the records had before.
    `tolerated`: codes that are not counted.

    Raises as `Directory.fold` for the federation's records.
    """
    after = Directory.fold((*records, *further), at=at, lenient=True)
    new = Counter(after.problems) - Counter(known)
    for problem in after.problems:
        if new[problem] and problem.code not in tolerated:
            return Trial(problem.code, problem.agency, after)
    return Trial("", "", after)


def file(path: Path, role: str) -> bytes:
    """A record or a draft. As `disk.read`."""
    return disk.read(path, role, LARGEST_FILE)
