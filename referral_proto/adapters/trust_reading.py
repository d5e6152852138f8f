"""One refresh by python-tuf's Updater at a given moment: what the repository offers, verified. Keeps nothing in force.

The Updater reads the clock when it is built and judges expiry by that; here it is told the moment instead. The
metadata it accepts it writes into the folder it is given, a staging folder of the mirror.

A country's expiry is not judged here: its newest signed records matter even then (one of them may revoke a key), and
whether to act on them is judged at each decision. What a country signs that nobody can read leaves its last good file
in force. Everything else that python-tuf refuses ends the refresh.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple, NoReturn, cast

from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    DownloadLengthMismatchError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import DelegatedRole, Role, Root, Signed, Snapshot, TargetFile, Targets, Timestamp
from tuf.api.serialization import DeserializationError
from tuf.ngclient import Updater, UpdaterConfig

from referral_proto.adapters.trust_drafts import ROLE, read, stamp
from referral_proto.adapters.trust_fetch import LARGEST_FILE, TrustFetcher
from referral_proto.adapters.trust_keys import public_bytes
from referral_proto.adapters.trust_paths import COUNTRY, LARGEST_RECORD, country_path, parse_target
from referral_proto.adapters.trust_shelf import failed
from referral_proto.errors import CallerError, PeerError, ReferralError, WorldError
from referral_proto.moment import DAY, HOUR, Moment

__all__ = ["CLOCK_TOLERANCE", "MOST_RECORDS", "Notice", "Offer", "behind", "fetched", "read_offer", "signed_digest"]

CLOCK_TOLERANCE: Final = HOUR
"""Seconds by which this machine's clock may be behind the one that made the timestamp."""
MOST_RECORDS: Final = 10_000
"""Records of one country, those that it no longer offers included."""
MOST_COUNTRIES: Final = 128
MOST_VERSIONS: Final = 999_999_999
_CONFIG: Final = UpdaterConfig(
    max_root_rotations=256,
    max_delegations=8,
    root_max_length=512_000,
    timestamp_max_length=16_384,
    snapshot_max_length=512_000,
    targets_max_length=LARGEST_FILE,
)
_LONG_AGO: Final = datetime.fromtimestamp(0, UTC)
_HEX: Final = frozenset("0123456789abcdef")


class Notice(NamedTuple):
    """Something that an operator must know. `code` is in the catalogue; `where` names a role, a file or a country."""

    code: str
    where: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What a repository offers. `versions`, `expires`: by role; `targets`: path → SHA-256 and length of the record."""

    root_version: int
    timestamp_version: int
    issued_at: Moment
    snapshot_version: int
    snapshot_digest: bytes
    versions: Mapping[str, int]
    expires: Mapping[str, Moment]
    targets: Mapping[str, tuple[str, int]] = field(repr=False)
    notices: tuple[Notice, ...]


class _Client(Updater):
    """python-tuf's Updater with two doors: the moment by which expiry is judged, and what has been accepted."""

    def judge_by(self, moment: datetime) -> None:
        self._trusted_set.reference_time = moment

    def accepted(self, role: str) -> Signed | None:
        return self._trusted_set.get(role)

    def load(self, role: str) -> Signed:
        """A role that targets delegates to, itself and nothing that it may delegate to in its turn."""
        return self._load_targets(role, Targets.type)


def read_offer(folder: Path, bootstrap: bytes, fetcher: TrustFetcher, now: Moment, known_timestamp: int = 0) -> Offer:
    """Refresh the metadata in `folder`. `known_timestamp`: version of the timestamp that was in force before.

    Raises CallerError trust.bootstrap; PeerError trust.repository-*, trust.split-view, key.weak, key.malformed;
    WorldError trust.clock, trust.repository-unreachable, file.failed; whatever the source raised.
    """
    try:
        client = _Client(str(folder), "metadata/", fetcher=fetcher, config=_CONFIG, bootstrap=bootstrap)
    except (RepositoryError, AttributeError, KeyError, TypeError, ValueError):
        raise CallerError("trust.bootstrap") from None
    except OSError as error:
        raise failed(error) from None
    client.judge_by(datetime.fromtimestamp(now, UTC))
    with _refusing(client, now, known_timestamp):
        client.refresh()
    issued_at = _judged_clock(client, now)
    root, top = cast("Root", client.accepted(Root.type)), cast("Targets", client.accepted(Targets.type))
    for held in root.roles.values():
        _judge_keys(root, held)
    offer = _Reading(client, now)
    offer.take(Targets.type, None, top)
    client.judge_by(_LONG_AGO)
    for country, role in sorted(_countries(top).items()):
        offer.country(country, role)
    for name in (Root.type, Timestamp.type, Snapshot.type, Targets.type):
        offer.note(name, _accepted(client, name))
    timestamp = cast("Timestamp", _accepted(client, Timestamp.type))
    snapshot = (folder / "snapshot.json").read_bytes()
    # python-tuf takes a snapshot that it holds already by its version alone.
    expected = (timestamp.snapshot_meta.hashes or {}).get("sha256")
    if expected is not None and expected != sha256(snapshot).hexdigest():
        raise PeerError("trust.split-view", "snapshot")
    return Offer(
        root.version,
        timestamp.version,
        issued_at,
        timestamp.snapshot_meta.version,
        signed_digest(snapshot),
        offer.versions,
        offer.expires,
        offer.targets,
        tuple(offer.notices),
    )


def signed_digest(metadata: bytes) -> bytes:
    """SHA-256 of what is signed, in canonical JSON: the same for every copy, however its signatures are written down.

    PeerError trust.repository-malformed.
    """
    return sha256(read(metadata).signed_bytes).digest()


def fetched(fetcher: TrustFetcher, path: str, target: TargetFile) -> bytes:
    """A target's bytes, of the length and hash that were signed. PeerError trust.repository-*; as the source."""
    try:
        data = fetcher.download_bytes(path, target.length)
        target.verify_length_and_hashes(data)
    except (RepositoryError, DownloadError) as error:
        _refuse(error, path)
    return data


class _Reading:
    """What was found so far."""

    def __init__(self, client: _Client, now: Moment) -> None:
        self._client, self._now = client, now
        self.versions: dict[str, int] = {}
        self.expires: dict[str, Moment] = {}
        self.targets: dict[str, tuple[str, int]] = {}
        self.notices: list[Notice] = []

    def country(self, country: str, role: DelegatedRole) -> None:
        """Load a country's role and take its records."""
        snapshot = cast("Snapshot", self._client.accepted(Snapshot.type))
        if f"{role.name}.json" not in snapshot.meta:
            self.notices.append(Notice("trust.country-missing", role.name))
            return
        try:
            with _refusing(self._client, self._now, 0):
                targets = cast("Targets", self._client.load(role.name))
            self.note(role.name, targets)
        except PeerError as error:
            if error.code != "trust.repository-malformed":
                raise
            # What a registrar signs that nobody can read concerns its own country: the others must go on.
            self.notices.append(Notice("trust.country-malformed", role.name))
            self.versions.pop(role.name, None)
            return
        if targets.unrecognized_fields.get(ROLE, role.name) == role.name:
            self.take(role.name, country, targets)
        else:
            # Signed by keys that two roles share, for the other one.
            self.notices.append(Notice("trust.repository-outside", role.name))

    def note(self, role: str, signed: Signed) -> None:
        """Remember version and expiry."""
        if type(signed.version) is not int or signed.version > MOST_VERSIONS:
            raise PeerError("trust.repository-malformed", role)
        expires = _expiry(signed)
        self.versions[role], self.expires[role] = signed.version, expires

    def take(self, role: str, country: str | None, targets: Targets) -> None:
        """Take those targets of a role that are its own and can be records."""
        if len(targets.targets) > MOST_RECORDS:
            self.notices.append(Notice("trust.repository-crowded", role))
            return
        found = set()
        for path, target in targets.targets.items():
            problem = _target_problem(path, target, country)
            if problem:
                found.add(problem)
            else:
                self.targets[path] = (target.hashes["sha256"], target.length)
        self.notices += (Notice(code, role) for code in sorted(found))


def _target_problem(path: str, target: TargetFile, country: str | None) -> str:
    try:
        name = parse_target(path)
    except PeerError as error:
        outside = country is not None and not path.startswith(f"{country}/")
        return "trust.repository-outside" if outside else error.code
    if name.country != country:
        return "trust.repository-outside"
    digest = target.hashes.get("sha256", "")
    if set(target.hashes) != {"sha256"} or len(digest) != 64 or not set(digest) <= _HEX:
        return "trust.repository-record"
    return "" if 0 < target.length <= LARGEST_RECORD else "trust.repository-record"


def _countries(top: Targets) -> dict[str, DelegatedRole]:
    """The roles that speak for countries; other roles are for versions to come, and ignored."""
    delegations = top.delegations
    if delegations is None:
        return {}
    if delegations.roles is None or len(delegations.roles) > MOST_COUNTRIES:
        raise PeerError("trust.repository-layout", "targets")
    countries = {}
    for name, role in delegations.roles.items():
        if not isinstance(name, str):
            raise PeerError("trust.repository-layout", "targets")
        country = name.removeprefix("country-")
        if country == name:
            continue
        if not COUNTRY.fullmatch(country) or role.paths != [country_path(country)] or not role.terminating:
            raise PeerError("trust.repository-layout", "targets")
        _judge_keys(top, role)
        countries[country] = role
    return countries


def _judge_keys(delegator: Root | Targets, role: Role) -> None:
    """A threshold counts key ids: one key under two ids would count twice."""
    try:
        keys = [public_bytes(delegator.get_key(key_id)) for key_id in role.keyids]
    except ValueError:
        raise PeerError("trust.repository-layout", "keys") from None
    if len(set(keys)) != len(keys):
        raise PeerError("trust.repository-layout", "keys")


def _accepted(client: _Client, role: str) -> Signed:
    signed = client.accepted(role)
    assert signed is not None
    return signed


def _expiry(signed: Signed) -> Moment:
    try:
        return Moment(int(signed.expires.timestamp()))
    except CallerError:
        raise PeerError("trust.repository-malformed", signed.type) from None


def _judged_clock(client: _Client, now: Moment) -> Moment:
    issued_at = stamp(_accepted(client, Timestamp.type))
    if issued_at is None:
        # Without it nobody could tell how old it is, and it would look fresh for as long as it is shown.
        raise PeerError("trust.repository-malformed", Timestamp.type)
    if now < issued_at - CLOCK_TOLERANCE:
        raise WorldError("trust.clock", behind(now, issued_at))
    return issued_at


def behind(now: Moment, issued_at: Moment) -> str:
    """How a clock that is behind is named."""
    return f"clock behind by at least {_span(issued_at - now)}"


def _span(seconds: int) -> str:
    return f"{seconds // DAY} days" if seconds >= 2 * DAY else f"{max(seconds // HOUR, 1)} hours"


@contextmanager
def _refusing(client: _Client, now: Moment, known_timestamp: int) -> Iterator[None]:
    try:
        yield
    except ExpiredMetadataError:
        timestamp = client.accepted(Timestamp.type)
        # The repository moved on since the last refresh, yet not up to our clock: either may be wrong.
        if timestamp is not None and 0 < known_timestamp < timestamp.version and _expiry(timestamp) + DAY <= now:
            ahead = f"clock ahead by up to {_span(now - _expiry(timestamp))}, or the repository is behind"
            raise WorldError("trust.clock", ahead) from None
        raise PeerError("trust.repository-expired", timestamp.type if timestamp else Root.type) from None
    except (RepositoryError, DownloadError) as error:
        _refuse(error, "metadata")
    except (AttributeError, KeyError, TypeError, ValueError):
        # python-tuf does not look at the type of every value; who signs for a role can put anything there.
        raise PeerError("trust.repository-malformed", "metadata") from None
    except OSError as error:
        raise failed(error) from None


def _refuse(error: RepositoryError | DownloadError, where: str) -> NoReturn:
    if isinstance(error.__cause__, ReferralError):
        raise error.__cause__ from None
    for kind, code in _REFUSALS.items():
        if isinstance(error, kind):
            raise PeerError(code, where) from None
    raise WorldError("trust.repository-unreachable", where) from None


_REFUSALS: Final[Mapping[type[Exception], str]] = {
    BadVersionNumberError: "trust.repository-rollback",
    UnsignedMetadataError: "trust.repository-signature",
    LengthOrHashMismatchError: "trust.repository-altered",
    DeserializationError: "trust.repository-malformed",
    RepositoryError: "trust.repository-malformed",
    DownloadHTTPError: "trust.repository-incomplete",
    DownloadLengthMismatchError: "trust.repository-too-large",
}
