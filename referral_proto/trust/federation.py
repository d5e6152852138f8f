"""The federation's chain: which founders, registrars and limits were in force at which moment. Pure.

The first record is self-signed by its threshold, or pinned by its digest; each later one names the digest of the one
before and bears the threshold of the founders before AND of its own (spec: records). Any defect is fatal: without a
federation record nothing else can be believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

from referral_proto.crypto.keyset import VerifyingKeyset
from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import Digest
from referral_proto.model.records import FederationRecord, PublicKeyset, SignedRecord
from referral_proto.moment import DAY, Moment
from referral_proto.trust.signed import record_digest, signed_by, unsigned

__all__ = ["Federation"]

MAX_LIFETIME: Final = 30 * DAY
MAX_SKEW: Final = 300
RECOVERY_DELAY: Final = 7 * DAY
STALE_WARNING: Final = DAY
STALE_LIMIT: Final = 7 * DAY


@dataclass(frozen=True)
class _Link:
    record: FederationRecord
    digest: Digest
    founders: dict[str, VerifyingKeyset]
    registrars: dict[str, VerifyingKeyset]


@dataclass(frozen=True)
class Federation:
    """The chain, oldest first."""

    _links: tuple[_Link, ...]

    @classmethod
    def fold(cls, pile: Iterable[SignedRecord], root: Digest | None = None) -> Self:
        """Build from federation records in any order; `root` pins the digest of the oldest one.

        Raises CallerError trust.no-federation; PeerError trust.record-*, trust.root, trust.record-fork, trust.chain.
        """
        read = {record_digest(s.kind, s.record): (s, unsigned(FederationRecord, s)) for s in pile}
        if not read:
            raise CallerError("trust.no-federation")
        ordered = sorted(read.items(), key=lambda item: item[1][1].sequence)
        sequences = [record.sequence for _, (_, record) in ordered]
        if len(set(sequences)) != len(sequences):
            raise PeerError("trust.record-fork", "federation")
        links: list[_Link] = []
        for digest, (signed, record) in ordered:
            link = _Link(record, digest, _founders(record), _registrars(record))
            if not links:
                if root is not None and digest != root:
                    raise PeerError("trust.root", "federation")
            else:
                _follows(links[-1], link, signed)
            if len(signed_by(signed, link.founders.values())) < record.threshold:
                raise PeerError("trust.record-signature", "federation")
            links.append(link)
        return cls(tuple(links))

    @property
    def current(self) -> FederationRecord:
        """The newest record."""
        return self._links[-1].record

    @property
    def head(self) -> Digest:
        """Digest of the newest record."""
        return self._links[-1].digest

    @property
    def root(self) -> Digest:
        """Digest of the oldest record."""
        return self._links[0].digest

    def registrar(self, country: str, at: Moment) -> VerifyingKeyset | None:
        """Who registered for `country` at that moment; before the first record its registrars count."""
        held = self._links[0]
        for link in self._links:
            if link.record.issued_at <= at:
                held = link
        return held.registrars.get(country)

    @cached_property
    def max_lifetime(self) -> int:
        """Longest lifetime of an envelope in seconds."""
        limits = self.current.limits
        return min(MAX_LIFETIME, (limits and limits.max_lifetime_seconds) or MAX_LIFETIME)

    @cached_property
    def max_skew(self) -> int:
        """How far a sender's clock may run ahead, in seconds."""
        limits = self.current.limits
        return MAX_SKEW if limits is None or limits.max_skew_seconds is None else min(MAX_SKEW, limits.max_skew_seconds)

    @property
    def recovery_delay(self) -> int:
        """How long a recovery waits, in seconds."""
        limits = self.current.limits
        return (limits and limits.recovery_delay_seconds) or RECOVERY_DELAY

    @property
    def stale_warning(self) -> int:
        """Age of the trust data at which nodes warn, in seconds."""
        limits = self.current.limits
        return (limits and limits.stale_warning_seconds) or STALE_WARNING

    @property
    def stale_limit(self) -> int:
        """Age of the trust data at which nodes refuse to act on it, in seconds."""
        limits = self.current.limits
        return (limits and limits.stale_limit_seconds) or STALE_LIMIT


def _loaded(public: PublicKeyset) -> VerifyingKeyset:
    return VerifyingKeyset.parse(public.agency, public.ed25519, public.mldsa65)


def _founders(record: FederationRecord) -> dict[str, VerifyingKeyset]:
    founders = {f.agency: _loaded(f) for f in record.founders}
    # A threshold counts states, not keys: `_registrars` refuses one key under two names.
    if len(founders) != len(record.founders) or record.threshold > len(founders):
        raise PeerError("trust.record-malformed", "founders")
    return founders


def _registrars(record: FederationRecord) -> dict[str, VerifyingKeyset]:
    registrars = {r.country: _loaded(r.keyset) for r in record.registrars}
    if len(registrars) != len(record.registrars):
        raise PeerError("trust.record-malformed", "registrars")
    owners: dict[bytes, str] = {}
    for keyset in (*record.founders, *(registrar.keyset for registrar in record.registrars)):
        for half in (keyset.ed25519, keyset.mldsa65):
            if owners.setdefault(half, keyset.agency) != keyset.agency:
                raise PeerError("trust.key-shared", keyset.agency)
    return registrars


def _follows(before: _Link, link: _Link, signed: SignedRecord) -> None:
    if (
        link.record.sequence != before.record.sequence + 1
        or link.record.previous != before.digest
        or link.record.issued_at < before.record.issued_at
    ):
        raise PeerError("trust.chain", "federation")
    if len(signed_by(signed, before.founders.values())) < before.record.threshold:
        raise PeerError("trust.record-signature", "federation")
