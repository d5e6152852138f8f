"""The federation's chain: which founders, registrars, witnesses and limits were in force at which moment. Pure.

The first record is self-signed by its threshold, or pinned by its digest; each later one names the digest of the one
before and bears the threshold of the founders before AND of its own (spec: records). A founder's key that is declared
compromised counts no more for records issued since.

`fold` takes a pile in which everything must belong; `choose` one in which strangers may lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, Self

from referral_proto.crypto.keyset import VerifyingKeyset
from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import Digest
from referral_proto.log.checkpoint import Witnesses
from referral_proto.model.records import FederationRecord, SignedRecord
from referral_proto.moment import DAY, Moment
from referral_proto.trust.ended import compromises, judge_ended, keyset_of
from referral_proto.trust.logs import witness_id, witnesses_of
from referral_proto.trust.memory import FoldMemory
from referral_proto.trust.signed import record_digest, signed_by, unsigned

__all__ = ["INTERNATIONAL", "Federation", "Tenure"]

INTERNATIONAL: Final = "int"
"""The country of international organisations."""
MAX_LIFETIME: Final = 30 * DAY
MAX_SKEW: Final = 300
RECOVERY_DELAY: Final = 7 * DAY
STALE_WARNING: Final = DAY
STALE_LIMIT: Final = 7 * DAY


@dataclass(frozen=True)
class _Link:
    record: FederationRecord
    digest: Digest
    signed: SignedRecord
    founders: dict[str, VerifyingKeyset]
    registrars: dict[str, VerifyingKeyset]
    witnesses: Witnesses
    witness_ids: dict[str, bytes]


class Tenure(NamedTuple):
    """A keyset as a country's registrar. `replaced`: the record that named it no more, None while it stands.

    `later`, `later_international`: the keysets that registered for the country, and for `int`, from that record on,
    without those that were declared compromised.
    """

    keys: VerifyingKeyset
    replaced: Digest | None
    compromised_since: Moment | None
    later: tuple[VerifyingKeyset, ...]
    later_international: tuple[VerifyingKeyset, ...]


@dataclass(frozen=True)
class Federation:
    """The chain, oldest first."""

    _links: tuple[_Link, ...]

    @classmethod
    def fold(cls, pile: Iterable[SignedRecord], root: Digest | None = None, memory: FoldMemory | None = None) -> Self:
        """Build from federation records in any order; `root` pins the digest of the oldest one.

        Raises CallerError trust.no-federation; PeerError trust.record-*, trust.root, trust.record-fork, trust.chain,
        trust.keyset-restored, key.*.
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
            if not links and root is not None and digest != root:
                raise PeerError("trust.root", "federation")
            link = _link(signed, record, digest)
            _holds(links, link, memory)
            links.append(link)
        return cls(_uncompromised(links, memory))

    @classmethod
    def choose(
        cls, pile: Iterable[SignedRecord], root: Digest | None = None, memory: FoldMemory | None = None
    ) -> tuple[Self, tuple[PeerError, ...]]:
        """The chain from `root`, or the only one that holds, and what is wrong with each record that is no part of it.

        Anybody can put a file beside a federation's records, and must not stop it by that. Raises CallerError
        trust.no-federation; PeerError trust.root; trust.record-fork where two records continue one chain by its
        threshold, or two chains hold and no root tells which; what is wrong with the record if none holds.
        """
        refused: list[PeerError] = []
        links: dict[Digest, _Link] = {}
        for signed in pile:
            digest = record_digest(signed.kind, signed.record)
            try:
                links[digest] = _link(signed, unsigned(FederationRecord, signed), digest)
            except PeerError as error:
                refused.append(error)
        if not links:
            raise refused[0] if refused else CallerError("trust.no-federation")
        if root is not None and root not in links:
            raise PeerError("trust.root", "federation")
        starts = [link for digest, link in links.items() if _may_begin(link, links, root)]
        chains, wrong = [], dict[Digest, PeerError]()
        for start in starts:
            try:
                _holds([], start, memory)
            except PeerError as error:
                wrong[start.digest] = error
                continue
            chains.append(_continued(start, links, wrong, memory))
        if not chains:
            raise next(iter(wrong.values()), PeerError("trust.chain", "federation"))
        if len(chains) > 1:
            raise PeerError("trust.record-fork", "federation")
        chain = _uncompromised(chains[0], memory)
        known = {link.digest for link in chain}
        refused += [wrong.get(one) or PeerError("trust.chain", "federation") for one in links if one not in known]
        return cls(chain), tuple(refused)

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

    @property
    def records(self) -> tuple[FederationRecord, ...]:
        """Every record, oldest first."""
        return tuple(link.record for link in self._links)

    @cached_property
    def digests(self) -> tuple[Digest, ...]:
        """Digest of every record, oldest first."""
        return tuple(link.digest for link in self._links)

    @cached_property
    def compromised(self) -> dict[bytes, Moment]:
        """Key id → since when it may have been in other hands, by what the newest record says."""
        return compromises(self.current)

    def registrar(self, country: str, at: Moment) -> VerifyingKeyset | None:
        """Who registered for `country` at that moment; before the first record its registrars count."""
        return self._links[self._in_force(at)].registrars.get(country)

    def registrars(self, at: Moment) -> Mapping[str, VerifyingKeyset]:
        """Who registered for each country at that moment."""
        return self._links[self._in_force(at)].registrars

    def founders(self, at: Moment) -> tuple[tuple[VerifyingKeyset, ...], int]:
        """The founders' keysets at that moment, and how many of them decide."""
        link = self._links[self._in_force(at)]
        return tuple(link.founders.values()), link.record.threshold

    def tenure(self, country: str, at: Moment) -> Tenure | None:
        """As `registrar`, with what became of the keyset since."""
        return self._tenures.get((country, self._in_force(at)))

    @cached_property
    def _tenures(self) -> dict[tuple[str, int], Tenure]:
        return {
            (country, number): self._tenure(country, number)
            for number, link in enumerate(self._links)
            for country in link.registrars
        }

    def _tenure(self, country: str, number: int) -> Tenure:
        keys = self._links[number].registrars[country]
        for end in range(number + 1, len(self._links)):
            named = self._links[end].registrars.get(country)
            if named is None or named.id != keys.id:
                later = self._later(country, end, keys)
                international = () if country == INTERNATIONAL else self._later(INTERNATIONAL, end, keys)
                since = self.compromised.get(keys.id)
                return Tenure(keys, self._links[end].digest, since, later, international)
        return Tenure(keys, None, None, (), ())

    def _later(self, country: str, end: int, keys: VerifyingKeyset) -> tuple[VerifyingKeyset, ...]:
        named = [link.registrars[country] for link in self._links[end:] if country in link.registrars]
        good = {one.id: one for one in named if one.id not in self.compromised and one.id != keys.id}
        return tuple(good.values())

    def witnesses(self, at: Moment) -> Witnesses:
        """Who watched the logs at that moment, and their quorum. Left out is whose key may have been in other hands by
        then; the quorum stays, and if too few are left no time of theirs is trusted.
        """
        link = self._links[self._in_force(at)]
        members = tuple(
            member
            for member in link.witnesses.members
            if not self.compromised.get(link.witness_ids[member.name], _NEVER) <= at
        )
        if len(members) == len(link.witnesses.members):
            return link.witnesses
        return Witnesses(members if len(members) >= link.witnesses.quorum else (), link.witnesses.quorum)

    def _in_force(self, at: Moment) -> int:
        held = 0
        for number, link in enumerate(self._links):
            if link.record.issued_at <= at:
                held = number
        return held

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


_NEVER: Final = Moment(253_402_300_799)


def _link(signed: SignedRecord, record: FederationRecord, digest: Digest) -> _Link:
    founders = {f.agency: keyset_of(f) for f in record.founders}
    # A threshold counts states, not keys: below, one key under two names is refused.
    if len(founders) != len(record.founders) or record.threshold > len(founders):
        raise PeerError("trust.record-malformed", "founders")
    registrars = {r.country: keyset_of(r.keyset) for r in record.registrars}
    if len(registrars) != len(record.registrars):
        raise PeerError("trust.record-malformed", "registrars")
    owners: dict[bytes, str] = {}
    for keyset in (*record.founders, *(registrar.keyset for registrar in record.registrars)):
        for half in (keyset.ed25519, keyset.mldsa65):
            if owners.setdefault(half, keyset.agency) != keyset.agency:
                raise PeerError("trust.key-shared", keyset.agency)
    witness_ids: dict[str, bytes] = {one.name: witness_id(one) for one in record.witnesses}
    return _Link(record, digest, signed, founders, registrars, witnesses_of(record), witness_ids)


def _holds(before: Sequence[_Link], link: _Link, memory: FoldMemory | None) -> None:
    """PeerError unless `link` follows the last one of `before`, or may be the first."""
    last = before[-1] if before else None
    if last is not None and (
        link.record.sequence != last.record.sequence + 1
        or link.record.previous != last.digest
        or link.record.issued_at < last.record.issued_at
    ):
        raise PeerError("trust.chain", "federation")
    _enough(last, link, {}, memory)
    standing = {keys.id for keys in (*link.founders.values(), *link.registrars.values())}
    judge_ended(None if last is None else last.record, link.record, {*standing, *link.witness_ids.values()})


def _enough(before: _Link | None, link: _Link, compromised: dict[bytes, Moment], memory: FoldMemory | None) -> None:
    """Whether the threshold before and the link's own have signed, those left out whose keys were in other hands."""
    for named in (link,) if before is None else (before, link):
        counted = [
            keys for keys in named.founders.values() if not compromised.get(keys.id, _NEVER) <= link.record.issued_at
        ]
        if len(signed_by(link.signed, counted, memory)) < named.record.threshold:
            raise PeerError("trust.record-signature", "federation")


def _uncompromised(links: Sequence[_Link], memory: FoldMemory | None) -> tuple[_Link, ...]:
    """The chain, once more judged by what its newest record says of founders' keys. A record that falls by that is
    mended by the signature of another founder; until then nothing is believed that hangs on it.
    """
    said = compromises(links[-1].record)
    if said:
        for before, link in zip((None, *links), links, strict=False):
            _enough(before, link, said, memory)
    return tuple(links)


def _may_begin(link: _Link, links: dict[Digest, _Link], root: Digest | None) -> bool:
    return link.digest == root if root is not None else link.record.previous not in links


def _continued(
    start: _Link, links: dict[Digest, _Link], wrong: dict[Digest, PeerError], memory: FoldMemory | None
) -> list[_Link]:
    chain = [start]
    while True:
        further = []
        for link in links.values():
            if link.record.previous != chain[-1].digest:
                continue
            try:
                _holds(chain, link, memory)
            except PeerError as error:
                wrong[link.digest] = error
                continue
            further.append(link)
        if len(further) > 1:
            raise PeerError("trust.record-fork", "federation")
        if not further:
            return chain
        chain.append(further[0])
