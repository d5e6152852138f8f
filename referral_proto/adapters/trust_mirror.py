"""The reading side of the trust repository: refresh, go by it, serve it onwards, find split views. Decides no trust.

A refresh takes all or nothing: metadata goes to a staging folder, records to a pool, everything is folded as nodes will
fold it, and then one file is replaced. Whatever goes wrong before that, the last good state stays in force.

Two nodes that show each other different snapshots under one version have been deceived by whoever signs snapshots:
every node remembers what it acted on, with the signed file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tuf.api.metadata import Snapshot

from referral_proto.adapters import disk
from referral_proto.adapters.trust_drafts import read, read_as
from referral_proto.adapters.trust_fetch import LARGEST_FILE, TrustFetcher, TrustSource, repository_path
from referral_proto.adapters.trust_paths import digest_of, served_path
from referral_proto.adapters.trust_reading import CLOCK_TOLERANCE, Offer, behind, read_offer, signed_digest
from referral_proto.adapters.trust_shelf import Current, Index, Seen, Shelf, Staging, failed
from referral_proto.adapters.trust_state import Refreshed, SplitView, TrustState, index_of, judged
from referral_proto.adapters.trust_taking import Pair, Taken, supported, take_records
from referral_proto.errors import CallerError, PeerError, ReferralError, WorldError
from referral_proto.ids import Digest
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.memory import FoldMemory

__all__ = ["TrustMirror"]

_TIMESTAMP: Final = "metadata/timestamp.json"
_ROOT: Final = re.compile(r"metadata/([1-9][0-9]{0,8}\.root\.json)", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Held:
    """A generation in memory."""

    generation: int
    index: Index
    records: dict[Pair, bytes]
    seen: dict[Digest, Moment]
    served: dict[str, Path]


class TrustMirror:
    """One folder. `refresh` by one program at a time, everything else by any number of threads and programs."""

    def __init__(
        self,
        folder: Path,
        bootstrap_root: bytes,
        federation: Digest | None = None,
        memory: FoldMemory | None = None,
    ) -> None:
        """`bootstrap_root`: a root file received by hand. `federation`: digest of the first federation record, from
        the same hand; without it the first one that is seen is held on to. `memory`: shared with whoever else folds
        these records.
        """
        self.memory = FoldMemory() if memory is None else memory
        self._shelf = Shelf(folder)
        self._bootstrap = bootstrap_root
        self._federation = federation
        self._held: _Held | None = None

    def refresh(self, source: TrustSource, now: Moment) -> Refreshed:
        """Take over what `source` offers. Only records not held before are fetched.

        Raises CallerError trust.bootstrap; PeerError trust.repository-*, trust.split-view and those of
        `Directory.fold`; WorldError trust.clock, trust.repository-unreachable, trust.mirror-busy, file.*; whatever the
        source raises. The last good state then stays.
        """
        with self._shelf.staging() as staging:
            held = self._recalled(staging.before)
            if held is not None and held.index.issued_at is not None:
                _refuse_clock_behind(now, held.index.issued_at)
            fetcher = TrustFetcher(source)
            try:
                known = 0 if held is None else held.index.timestamp_version
                offer = read_offer(staging.metadata, self._bootstrap, fetcher, now, known)
            finally:
                staging.learn_roots()
            _refuse_rollback(offer, None if held is None else held.index)
            taken = take_records(
                self._shelf,
                offer,
                {} if held is None else held.records,
                fetcher,
                lambda gone: self._baseless(held, gone),
            )
            before = {} if held is None else held.records
            self._shelf.settle(digest for _, digest in taken.records.keys() - before.keys())
            return self._put_in_force(staging, held, offer, taken, now)

    def state(self, now: Moment) -> TrustState:
        """What to go by at `now`. Cheap: ask at each decision.

        Raises WorldError trust.no-state, trust.expired, trust.too-old, trust.clock, trust.mirror-damaged.
        """
        current, held = self._in_force()
        index = held.index
        expires_at, age, expired, warnings = judged(index, current, now)
        return TrustState(
            records=tuple(held.records.values()),
            seen=held.seen,
            federation_root=Digest(bytes.fromhex(index.federation_root)),
            root_version=index.root_version,
            snapshot_version=index.snapshot_version,
            snapshot_digest=Digest(bytes.fromhex(index.snapshot_digest)),
            refreshed_at=current.refreshed_at,
            expires_at=expires_at,
            age_seconds=age,
            expired=expired,
            warnings=warnings,
        )

    def records(self) -> tuple[bytes, ...]:
        """The records held, however old: for judging what was received in the past. WorldError as `state`."""
        return tuple(self._in_force()[1].records.values())

    def believed(self) -> tuple[tuple[bytes, ...], dict[Digest, Moment], Digest]:
        """The records held however old, when each was first seen, the federation's root. WorldError as `state`."""
        held = self._in_force()[1]
        return tuple(held.records.values()), held.seen, Digest(bytes.fromhex(held.index.federation_root))

    def file(self, path: str) -> bytes | None:
        """A file of the repository for somebody else's refresh; None for anything that is not one.

        Raises WorldError trust.mirror-damaged.
        """
        try:
            repository_path(path)
            served = self._in_force()[1].served
            root = _ROOT.fullmatch(path)
            place = self._shelf.roots / root[1] if root else served.get(path)
            return None if place is None else disk.read(place, "trust mirror", LARGEST_FILE)
        except ReferralError as error:
            if error.code not in {"trust.no-file", "trust.no-state", "file.not-found"}:
                raise WorldError("trust.mirror-damaged") from None
        return None

    def export(self, folder: Path) -> int:
        """Copy the repository into a folder, such as a USB stick, for `FolderSource`; returns the number of files
        written.

        Whoever reads there meanwhile sees the old repository or the new one. Raises CallerError file.no-folder;
        WorldError file.*, trust.no-state, trust.mirror-damaged.
        """
        if not folder.is_dir():
            raise CallerError("file.no-folder", "trust repository")
        served = self._in_force()[1].served.keys() - {_TIMESTAMP}
        roots = {f"metadata/{path.name}" for path in self._shelf.roots.glob("*.root.json")}
        return sum(self._copied(path, folder / path) for path in (*sorted(served | roots), _TIMESTAMP))

    def _copied(self, path: str, place: Path) -> bool:
        data = self.file(path)
        if data is None:
            raise WorldError("trust.mirror-damaged", path)
        try:
            # A stick that was pulled out too early may hold the name without the bytes.
            if place.is_file() and place.read_bytes() == data:
                return False
            place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise failed(error) from None
        disk.write(place, data, "trust repository", replace=True)
        return True

    def digest_at(self, version: int) -> Digest | None:
        """The snapshot that this node acted on under that version, if it did."""
        found = [digest for acted, digest in self._in_force()[1].index.acted_on if acted == version]
        return Digest(bytes.fromhex(found[-1])) if found else None

    def compare(self, version: int, digest: Digest, theirs: bytes | None = None) -> SplitView | None:
        """Whether a peer acted on another snapshot under the same version. `theirs`: its signed snapshot file.

        Never raises on what the peer says.
        """
        ours = {bytes.fromhex(d): d for acted, d in self._in_force()[1].index.acted_on if acted == version}
        if not ours or digest in ours:
            return None
        our_digest, name = list(ours.items())[-1]
        try:
            our_file: bytes | None = disk.read(self._shelf.snapshot(name), "trust mirror", LARGEST_FILE)
        except ReferralError:
            our_file = None
        proved = our_file is not None and theirs is not None and self._signed(theirs, version, digest)
        return SplitView(version, Digest(our_digest), digest, our_file, theirs, proved)

    def _signed(self, snapshot: bytes, version: int, digest: bytes) -> bool:
        """Is it a snapshot of that version and digest, signed by keys that one of our roots names?"""
        try:
            if read_as(Snapshot, snapshot).version != version or signed_digest(snapshot) != digest:
                return False
            whole = read(snapshot)
            roots = [read(path.read_bytes()).signed for path in self._shelf.roots.glob("*.root.json")]
        except (PeerError, OSError):
            return False
        return any(root.get_verification_result("snapshot", whole.signed_bytes, whole.signatures) for root in roots)

    def _put_in_force(self, staging: Staging, held: _Held | None, offer: Offer, taken: Taken, now: Moment) -> Refreshed:
        old = {} if held is None else held.records
        seen = {} if held is None else dict(held.seen)
        # Without a first sight a recovery's delay would run from the time that the record itself claims.
        for pair, record in taken.records.items():
            if not seen or pair not in old:
                seen.setdefault(digest_of(record), now)
        directory = None
        if held is None or old.keys() != taken.records.keys():
            directory = self._folded(taken, seen, now, held)
        index = index_of(offer, taken, None if held is None else held.index, directory)
        generation = staging.generation
        if held is not None and index == held.index:
            generation = held.generation
            self._shelf.touch(Current(generation=generation, refreshed_at=now))
        else:
            self._shelf.keep_snapshot(index.snapshot_digest, (staging.metadata / "snapshot.json").read_bytes())
            first_seen = Seen(records={digest.hex(): moment for digest, moment in seen.items()})
            staging.commit(index, first_seen, Current(generation=generation, refreshed_at=now))
            self._tidy(generation, index)
        self._held = self._remembered(generation, index, taken.records, seen)
        return Refreshed(
            snapshot_version=index.snapshot_version,
            snapshot_digest=Digest(offer.snapshot_digest),
            timestamp_expires=offer.expires["timestamp"],
            root_version=index.root_version,
            fetched=taken.fetched,
            kept=taken.kept,
            notices=taken.notices,
            directory=directory,
        )

    def _folded(self, taken: Taken, seen: dict[Digest, Moment], now: Moment, held: _Held | None) -> Directory:
        root = self._federation if held is None else Digest(bytes.fromhex(held.index.federation_root))
        try:
            # The founders list every federation record here: one that does not chain is no stranger's file.
            return Directory.fold(
                taken.records.values(),
                root=root,
                at=now,
                seen=seen,
                lenient=True,
                whole_chain=True,
                memory=self.memory,
            )
        except CallerError:
            raise PeerError("trust.repository-incomplete", "federation") from None

    def _baseless(self, held: _Held | None, gone: Iterable[Pair]) -> set[Pair]:
        """Of records that are held and offered no more, those that nobody signed who could make them count."""
        if held is None:
            return set()
        root = Digest(bytes.fromhex(held.index.federation_root))
        directory = Directory.fold(held.records.values(), root=root, seen=held.seen, lenient=True)
        return {pair for pair in gone if not supported(held.records[pair], directory)}

    def _in_force(self) -> tuple[Current, _Held]:
        for last in (False, True):
            current = self._shelf.current()
            if current is None:
                raise WorldError("trust.no-state")
            held = self._held
            if held is None or held.generation != current.generation:
                try:
                    held = self._load(current.generation)
                except WorldError:
                    # Another program may have replaced this generation while it was read.
                    if last:
                        raise
                    continue
                self._held = held
            return current, held
        raise AssertionError

    def _recalled(self, before: Current | None) -> _Held | None:
        """What was in force, as far as it can be read: a refresh fetches again what is damaged."""
        if before is None:
            return None
        if self._held is not None and self._held.generation == before.generation:
            return self._held
        return self._load(before.generation, lenient=True)

    def _load(self, generation: int, *, lenient: bool = False) -> _Held:
        index = self._shelf.index(generation)
        records: dict[Pair, bytes] = {}
        for path, digest in index.records:
            data = self._shelf.load(digest)
            if data is not None:
                records[path, digest] = data
            elif not lenient:
                raise WorldError("trust.mirror-damaged", path)
        try:
            seen = self._shelf.seen(generation)
        except WorldError:
            if not lenient:
                raise
            seen = {}
        known = {Digest(bytes.fromhex(digest)): moment for digest, moment in seen.items()}
        return self._remembered(generation, index, records, known)

    def _remembered(
        self, generation: int, index: Index, records: dict[Pair, bytes], seen: dict[Digest, Moment]
    ) -> _Held:
        served: dict[str, Path] = {}
        for one, said in (*self._before(generation), (generation, index)):
            folder = self._shelf.metadata(one)
            served[_TIMESTAMP] = folder / "timestamp.json"
            for role, version in said.versions.items():
                if role not in {"root", "timestamp"}:
                    served[f"metadata/{version}.{role}.json"] = folder / f"{role}.json"
            for path, digest in said.offered.items():
                served[served_path(path, digest)] = self._shelf.record(digest)
        return _Held(generation, index, records, seen, served)

    def _before(self, generation: int) -> list[tuple[int, Index]]:
        """The generation before, while it is still there."""
        older = [one for one in self._shelf.generations() if one < generation]
        try:
            return [(max(older), self._shelf.index(max(older)))] if older else []
        except WorldError:
            return []

    def _tidy(self, generation: int, index: Index) -> None:
        kept = [(generation, index), *self._before(generation)]
        records = {digest for _, said in kept for _, digest in (*said.records, *said.offered.items())}
        self._shelf.tidy({one for one, _ in kept}, records, {digest for _, digest in index.acted_on})


def _refuse_rollback(offer: Offer, held: Index | None) -> None:
    """python-tuf judges by the metadata on this disk; were that lost, the index would still know."""
    if held is None or offer.root_version > held.root_version:
        return
    if offer.timestamp_version < held.timestamp_version or offer.snapshot_version < held.snapshot_version:
        raise PeerError("trust.repository-rollback", "timestamp")


def _refuse_clock_behind(now: Moment, issued_at: Moment) -> None:
    if now < issued_at - CLOCK_TOLERANCE:
        raise WorldError("trust.clock", behind(now, issued_at))
