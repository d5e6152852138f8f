"""The folder of whoever publishes the trust repository: takes in what others signed, adds snapshot and timestamp.

    1. accept      root, targets or a country's metadata with enough signatures, and the records it names
    2. publish     with the online key: the snapshot says which versions belong together, the timestamp that it is new

The operator holds the online key only. It can withhold and delay, for as long as a timestamp lasts; it can put no
record and no key in force. Everything is judged here as nodes will judge it, before a node can see it: only
`timestamp.json` is ever replaced, last of all, so that readers see the old repository or the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from tuf.api.metadata import Metadata, MetaFile, Root, Signed, Snapshot, Targets, Timestamp

from referral_proto.adapters import disk
from referral_proto.adapters.trust_drafts import ISSUED_AT, ROLE, read, read_as, role_of, stamp, tallies
from referral_proto.adapters.trust_fetch import LARGEST_FILE
from referral_proto.adapters.trust_keys import KeyRole, RepositoryKey
from referral_proto.adapters.trust_paths import (
    LARGEST_RECORD,
    country_role,
    digest_of,
    parse_target,
    served_path,
    target_path,
)
from referral_proto.adapters.trust_replacing import is_recovery, may_replace
from referral_proto.errors import CallerError, WorldError
from referral_proto.moment import DAY, Moment

__all__ = ["SNAPSHOT_DAYS", "TIMESTAMP_DAYS", "Published", "TrustRepository"]

TIMESTAMP_DAYS: Final = 7
"""How long nodes can work without a line, and how long an operator could hold news back."""
SNAPSHOT_DAYS: Final = 30
_ROLE: Final = "trust repository"


@dataclass(frozen=True, slots=True)
class Published:
    """What nodes will find. `fresh`: there is a new snapshot, not only a new timestamp."""

    snapshot_version: int
    timestamp_version: int
    expires_at: Moment
    fresh: bool


class TrustRepository:
    """One folder, one writer. Readers may read it at any time, over any file server."""

    def __init__(self, folder: Path) -> None:
        """`folder` must exist; `metadata/` and `targets/` are made in it."""
        self._folder = folder
        self._metadata = folder / "metadata"

    def current(self, role: str) -> bytes | None:
        """The newest accepted file of a role: `root`, `targets`, `country-th`, `snapshot`, `timestamp`."""
        name = f"{role}.json" if role == Timestamp.type else f"{self._newest(role)}.{role}.json"
        try:
            return disk.read(self._metadata / name, _ROLE, LARGEST_FILE)
        except CallerError as error:
            if error.code != "file.not-found":
                raise
        return None

    def countries(self) -> tuple[str, ...]:
        """The roles that targets delegate to, published or not, in order."""
        held = self.current(Targets.type)
        return () if held is None else tuple(_delegated(read_as(Targets, held)))

    def accept(self, signed: bytes, at: Moment, records: Iterable[bytes] = ()) -> str:
        """Take in a signed root, targets or country file with the records it names; returns its role. Nodes see it
        after the next `publish`. Taking the same file in again changes nothing.

        Raises CallerError publish.version, .signatures, .expired, .incomplete, .record; PeerError
        trust.repository-malformed, trust.record-malformed; as `disk.write`.
        """
        role, whole = role_of(signed), read(signed)
        if role in {Snapshot.type, Timestamp.type}:
            raise CallerError("publish.record", role)
        held = self.current(role)
        if held == signed:
            return role
        if whole.signed.version != 1 + (0 if held is None else read(held).signed.version):
            raise CallerError("publish.version", role)
        delegators = self._delegators(role, held, signed)
        if not all(tally.enough for tally in tallies(signed, *delegators)):
            raise CallerError("publish.signatures", role)
        if _expiry(whole.signed) <= at:
            raise CallerError("publish.expired", role)
        if isinstance(whole.signed, Targets):
            if role != Targets.type and whole.signed.delegations is not None:
                # A country speaks for itself: whom it would delegate to, nodes do not ask.
                raise CallerError("publish.record", role)
            given = {sha256(record).hexdigest(): record for record in records}
            for path, record in self._changed(held, whole.signed, given):
                if not self.may_list(record, at, given.values()):
                    raise CallerError("publish.record", path)
            self._take_records(role, whole.signed, given)
        _make(self._metadata)
        disk.write(self._metadata / f"{whole.signed.version}.{role}.json", signed, _ROLE)
        return role

    def may_list(self, record: bytes, at: Moment, others: Iterable[bytes] = ()) -> bool:
        """Whether the record may stand under its path: nothing else ever did, or nodes that hold both follow it.

        PeerError trust.record-malformed.
        """
        path = target_path(record)
        olds = self._stood_under(path) - {record}
        if not olds:
            return True
        offered = [one for role in (Targets.type, *self.countries()) for one in self._listed(role)]
        published = {
            digest_of(old): moment
            for old in filter(is_recovery, (*olds, *offered))
            if (moment := self._published_at(target_path(old), sha256(old).hexdigest(), at)) is not None
        }
        return may_replace((record, *others), olds, offered, published, at)

    def publish(
        self,
        online: RepositoryKey,
        at: Moment,
        timestamp_days: int = TIMESTAMP_DAYS,
        snapshot_days: int = SNAPSHOT_DAYS,
    ) -> Published:
        """Sign what was accepted. With nothing new it renews the timestamp only, and the snapshot when half its time
        is over: run it on a timer, several times a day.

        Raises CallerError publish.key, .incomplete, .signatures, .expired, naming the role; WorldError trust.clock if
        the last timestamp was made later than `at`.
        """
        root = self._judged_root(online, at)
        roles = self._judged_targets(root, at)
        snapshot = self._renewed_snapshot(root, roles, at, snapshot_days)
        if snapshot is not None:
            data = _signed(snapshot, online, root)
            disk.write(self._metadata / f"{snapshot.signed.version}.snapshot.json", data, _ROLE)
        timestamp = self._next_timestamp(at, timestamp_days)
        disk.write(self._metadata / "timestamp.json", _signed(timestamp, online, root), _ROLE, replace=True)
        version = timestamp.signed.snapshot_meta.version
        return Published(version, timestamp.signed.version, _expiry(timestamp.signed), snapshot is not None)

    def _delegators(self, role: str, held: bytes | None, signed: bytes) -> tuple[bytes, ...]:
        if role == Root.type:
            return (signed,) if held is None else (held, signed)
        above = Root.type if role == Targets.type else Targets.type
        delegator = self.current(above)
        if delegator is None:
            raise CallerError("publish.incomplete", above)
        return (delegator,)

    def _changed(self, held: bytes | None, targets: Targets, given: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
        """What a list names that it did not name before, as far as it is there: paths and records."""
        before = {} if held is None else read_as(Targets, held).targets
        for path, one in targets.targets.items():
            digest = one.hashes.get("sha256", "")
            if path in before and before[path].hashes == one.hashes:
                continue
            parse_target(path)
            place = self._folder / served_path(path, digest)
            if digest in given:
                yield path, given[digest]
            elif place.exists():
                yield path, disk.read(place, _ROLE, LARGEST_RECORD)

    def _stood_under(self, path: str) -> set[bytes]:
        """Every record that a list accepted here ever named under the path."""
        folder, name = path.split("/")
        place = self._folder / "targets" / folder
        found = (one for one in place.glob(f"*.{name}") if len(one.name) == 65 + len(name)) if place.is_dir() else ()
        return {disk.read(one, _ROLE, LARGEST_RECORD) for one in found}

    def _listed(self, role: str) -> list[bytes]:
        held = self.current(role)
        targets = {} if held is None else read_as(Targets, held).targets
        places = [self._folder / served_path(path, one.hashes.get("sha256", "")) for path, one in targets.items()]
        return [disk.read(place, _ROLE, LARGEST_RECORD) for place in places if place.exists()]

    def _published_at(self, path: str, digest: str, at: Moment) -> Moment | None:
        """When the first snapshot was made whose list names the record under the path; now, if none does yet."""
        owner = parse_target(path).country
        role = Targets.type if owner is None else country_role(owner)
        for version in self._versions(Snapshot.type):
            snapshot = read_as(Snapshot, disk.read(self._metadata / f"{version}.snapshot.json", _ROLE, LARGEST_FILE))
            meta = snapshot.meta.get(f"{role}.json")
            place = None if meta is None else self._metadata / f"{meta.version}.{role}.json"
            if place is None or not place.exists():
                continue
            target = read_as(Targets, disk.read(place, _ROLE, LARGEST_FILE)).targets.get(path)
            if target is not None and target.hashes.get("sha256") == digest:
                return stamp(snapshot)
        return at

    def _take_records(self, role: str, targets: Targets, given: Mapping[str, bytes]) -> None:
        for path, target in targets.targets.items():
            owner = parse_target(path).country
            digest = target.hashes.get("sha256", "")
            if role != (Targets.type if owner is None else country_role(owner)) or set(target.hashes) != {"sha256"}:
                raise CallerError("publish.record", path)
            place = self._folder / served_path(path, digest)
            record = given.get(digest)
            if record is None:
                if not place.exists():
                    raise CallerError("publish.incomplete", path)
                continue
            if target_path(record) != path or len(record) > LARGEST_RECORD or target.length != len(record):
                raise CallerError("publish.record", path)
            _make(place.parent)
            disk.write(place, record, _ROLE, replace=True)

    def _judged_root(self, online: RepositoryKey, at: Moment) -> Root:
        held = self.current(Root.type)
        if held is None:
            raise CallerError("publish.incomplete", Root.type)
        root = read_as(Root, held)
        if _expiry(root) <= at:
            raise CallerError("publish.expired", Root.type)
        named = root.roles[Snapshot.type].keyids + root.roles[Timestamp.type].keyids
        if online.role is not KeyRole.ONLINE or online.public.id not in named:
            raise CallerError("publish.key", KeyRole.ONLINE)
        return root

    def _judged_targets(self, root: Root, at: Moment) -> dict[str, bytes]:
        """The newest file of every targets role, each good under the keys now in force."""
        top = self.current(Targets.type)
        if top is None:
            raise CallerError("publish.incomplete", Targets.type)
        targets = read_as(Targets, top)
        # An expired country is published as it is, and one that has published nothing is left out: nodes tell the
        # difference, and no country can hold the others up.
        if _expiry(targets) <= at:
            raise CallerError("publish.expired", Targets.type)
        roles = {Targets.type: top}
        roles |= {role: data for role in _delegated(targets) if (data := self.current(role)) is not None}
        for role, data in roles.items():
            whole = read(data)
            delegator = root if role == Targets.type else targets
            if not delegator.get_verification_result(role, whole.signed_bytes, whole.signatures):
                raise CallerError("publish.signatures", role)
        return roles

    def _renewed_snapshot(self, root: Root, roles: dict[str, bytes], at: Moment, days: int) -> Metadata[Any] | None:
        """The next snapshot, unsigned; None if the one in force still says it all."""
        current = self.current(Snapshot.type)
        held = None if current is None else read(current)
        meta: dict[str, MetaFile] = {} if held is None else dict(held.signed.meta)
        for role, data in roles.items():
            meta[f"{role}.json"] = MetaFile.from_data(read(data).signed.version, data, ["sha256"])
        if held is not None:
            good = root.get_verification_result(Snapshot.type, held.signed_bytes, held.signatures)
            if good and meta == held.signed.meta and _expiry(held.signed) > at.plus(days * DAY // 2):
                return None
        version = 1 if held is None else held.signed.version + 1
        return _made(Snapshot(version=version, meta=meta), at, days)

    def _next_timestamp(self, at: Moment, days: int) -> Metadata[Any]:
        snapshot, held = self.current(Snapshot.type), self.current(Timestamp.type)
        assert snapshot is not None
        last = None if held is None else read_as(Timestamp, held)
        made_at = None if last is None else stamp(last)
        if made_at is not None and at < made_at:
            raise WorldError("trust.clock", "the last timestamp was made later")
        version = 1 if last is None else last.version + 1
        meta = MetaFile.from_data(read(snapshot).signed.version, snapshot, ["sha256"])
        return _made(Timestamp(version=version, snapshot_meta=meta), at, days)

    def _newest(self, role: str) -> int | None:
        return max(self._versions(role), default=None)

    def _versions(self, role: str) -> list[int]:
        try:
            names = [path.name for path in self._metadata.iterdir()] if self._metadata.is_dir() else []
        except OSError:
            raise WorldError("file.failed", _ROLE) from None
        versions = (name.removesuffix(f".{role}.json") for name in names if name.endswith(f".{role}.json"))
        return sorted(int(version) for version in versions if version.isdecimal())


def _delegated(targets: Targets) -> list[str]:
    return sorted((targets.delegations and targets.delegations.roles) or {})


def _expiry(signed: Signed) -> Moment:
    return Moment(int(signed.expires.timestamp()))


def _made(signed: Signed, at: Moment, days: int) -> Metadata[Any]:
    signed.expires = datetime.fromtimestamp(at.plus(days * DAY), UTC)
    signed.unrecognized_fields |= {ROLE: signed.type, ISSUED_AT: at.iso()}
    return Metadata(signed)


def _signed(whole: Metadata[Any], online: RepositoryKey, root: Root) -> bytes:
    whole.sign(online.signer)
    if not root.get_verification_result(whole.signed.type, whole.signed_bytes, whole.signatures):
        raise CallerError("publish.signatures", whole.signed.type)
    return whole.to_bytes()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise WorldError("file.permission", _ROLE) from None
