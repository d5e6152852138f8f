"""What a mirror says of itself: the state in force at a moment, the outcome of a refresh, a split view. Plain values.

Whether the state may be acted on is judged here, at the moment given: a node asks at each decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from referral_proto.adapters.trust_paths import country_role
from referral_proto.adapters.trust_reading import CLOCK_TOLERANCE, Notice, Offer, behind
from referral_proto.adapters.trust_shelf import Current, Index
from referral_proto.adapters.trust_taking import Taken
from referral_proto.errors import PeerError, WorldError
from referral_proto.ids import AgencyId, Digest, country_of
from referral_proto.moment import DAY, Moment
from referral_proto.trust.directory import Directory

__all__ = ["Refreshed", "SplitView", "TrustState", "index_of", "judged"]

_TOP: Final = {"root": 30 * DAY, "targets": 30 * DAY, "snapshot": 7 * DAY, "timestamp": DAY}
"""How long before a role expires it is announced, in seconds."""
_COUNTRY: Final = 14 * DAY
_ACTED_ON: Final = 256
"""Snapshots remembered."""


@dataclass(frozen=True, slots=True)
class TrustState:
    """What to go by. `records` are bytes of SignedRecords, without opening keys; peers compare `snapshot_digest`.

    `age_seconds` counts from when the timestamp was made, not from when it was fetched: a relay that shows the same
    old timestamp again and again renews nothing. `expired`: countries whose registrars have not renewed in time; their
    records still stand here, for what was received before.
    """

    records: tuple[bytes, ...] = field(repr=False)
    seen: Mapping[Digest, Moment] = field(repr=False)
    federation_root: Digest
    root_version: int
    snapshot_version: int
    snapshot_digest: Digest
    refreshed_at: Moment
    expires_at: Moment
    age_seconds: int
    expired: frozenset[str]
    warnings: tuple[Notice, ...]

    def require(self, agency: AgencyId) -> None:
        """PeerError trust.country-expired if nothing new may be believed of the agency, or sent to it."""
        if country_of(agency) in self.expired:
            raise PeerError("trust.country-expired", country_role(country_of(agency)))

    def fold(self, at: Moment, opening_keys: Iterable[bytes] = ()) -> Directory:
        """The directory of these records and opening keys at a moment. PeerError trust.*."""
        return Directory.fold(
            (*self.records, *opening_keys), root=self.federation_root, at=at, seen=self.seen, lenient=True
        )


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did. `fetched` and `kept` count records; `directory` is None if no record came or went."""

    snapshot_version: int
    snapshot_digest: Digest
    timestamp_expires: Moment
    root_version: int
    fetched: int
    kept: int
    notices: tuple[Notice, ...]
    directory: Directory | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SplitView:
    """Two snapshots under one version. `ours` and `theirs` are the signed files, where they could be had.

    `proved`: both are there and signed by keys that were in force, so that whoever signed them deceived somebody.
    Otherwise it is the peer's word.
    """

    version: int
    our_digest: Digest
    their_digest: Digest
    ours: bytes | None = field(repr=False)
    theirs: bytes | None = field(repr=False)
    proved: bool


def judged(index: Index, current: Current, now: Moment) -> tuple[Moment, int, frozenset[str], tuple[Notice, ...]]:
    """Expiry, age in seconds, expired countries and warnings at `now`.

    Raises WorldError trust.clock, trust.expired, trust.too-old: nothing may be decided on this state.
    """
    made_at = current.refreshed_at if index.issued_at is None else index.issued_at
    if index.issued_at is not None and now < index.issued_at - CLOCK_TOLERANCE:
        raise WorldError("trust.clock", behind(now, index.issued_at))
    expires_at, role = min((index.expires[role], role) for role in _TOP)
    if now >= expires_at:
        raise WorldError("trust.expired", role)
    age = max(0, now - made_at)
    if age >= index.stale_limit:
        raise WorldError("trust.too-old")
    warnings = [Notice(code, where) for code, where in index.notices]
    if now < current.refreshed_at - CLOCK_TOLERANCE:
        # Our own word only: it may have been then that the clock was wrong.
        warnings.append(Notice("trust.clock", behind(now, current.refreshed_at)))
    if age >= index.stale_warning:
        warnings.append(Notice("trust.stale", ""))
    expired = set()
    for role, expiry in index.expires.items():
        country = role.removeprefix("country-")
        if role in _TOP:
            warnings += [Notice("trust.expiring", role)] * (now >= expiry - _TOP[role])
        elif now >= expiry:
            expired.add(country)
            warnings.append(Notice("trust.country-expired", role))
        elif now >= expiry - _COUNTRY:
            warnings.append(Notice("trust.country-expiring", role))
    return expires_at, age, frozenset(expired), tuple(warnings)


def index_of(offer: Offer, taken: Taken, held: Index | None, directory: Directory | None) -> Index:
    """What the generation that is put in force says of itself; `directory` is None if no record came or went."""
    acted = (offer.snapshot_version, offer.snapshot_digest.hex())
    before = [] if held is None else [one for one in held.acted_on if one != acted]
    if directory is None:
        assert held is not None
        federation = (held.federation_root, held.stale_warning, held.stale_limit)
    else:
        chain = directory.chain
        federation = (chain.root.hex(), chain.stale_warning, chain.stale_limit)
    # A country whose new file cannot be read is judged by its last good one, which expires in its time.
    unread = {notice.where for notice in offer.notices if notice.code == "trust.country-malformed"}
    kept = unread & set({} if held is None else held.expires)
    versions = {role: held.versions[role] for role in kept & set(held.versions)} if held is not None else {}
    expires = {role: held.expires[role] for role in kept} if held is not None else {}
    return Index(
        root_version=offer.root_version,
        timestamp_version=offer.timestamp_version,
        issued_at=offer.issued_at,
        snapshot_version=offer.snapshot_version,
        snapshot_digest=offer.snapshot_digest.hex(),
        versions=versions | dict(offer.versions),
        expires=expires | dict(offer.expires),
        offered=taken.offered,
        records=list(taken.records),
        notices=[(notice.code, notice.where) for notice in taken.notices],
        acted_on=[*before, acted][-_ACTED_ON:],
        federation_root=federation[0],
        stale_warning=federation[1],
        stale_limit=federation[2],
    )
