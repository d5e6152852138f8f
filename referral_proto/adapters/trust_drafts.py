"""Metadata of the trust repository as files that travel: drafted here, signed there, merged, judged. No disk, no clock.

    coordinator ─draft_root, draft_targets→ draft ─┬─ sign (each founder, off-line) ─→ signed copies ─ merge → published
    registrar ──────────draft_country─────→ draft ─┘

A draft is TUF metadata without signatures; a request and its answer are the same file with one signature more. What a
signer must see first is `summary`; whether the signatures suffice is `tallies`. Versions count up by one from the file
in force, and nothing that was published is dropped from it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, TypeVar, cast

from securesystemslib.signer import Key
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    Role,
    Root,
    Signed,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

from referral_proto.adapters.trust_keys import HOLDER, KeyRole, RepositoryKey, RepositoryPublicKey
from referral_proto.adapters.trust_paths import COUNTRY, country_path, country_role, parse_target, target_path
from referral_proto.crypto.weak import refuse_weak_ed25519
from referral_proto.errors import CallerError, PeerError
from referral_proto.moment import DAY, Moment

__all__ = [
    "ISSUED_AT",
    "ROLE",
    "Signers",
    "Summary",
    "Tally",
    "draft_country",
    "draft_root",
    "draft_targets",
    "merge",
    "read",
    "read_as",
    "role_of",
    "sign",
    "stamp",
    "summary",
    "tallies",
]

ROLE: Final = "x-referral-role"
"""Signed field of drafts: TUF metadata of a delegated role does not say which role it is for."""
ISSUED_AT: Final = "x-referral-issued-at"
"""Signed field: when it was made. TUF states expiry only, which tells nobody that a clock is behind."""
ROOT_DAYS: Final = 365
TARGETS_DAYS: Final = 365
COUNTRY_DAYS: Final = 90
_KEY_ROLE: Final = {Root.type: KeyRole.ROOT, Targets.type: KeyRole.TARGETS}
S = TypeVar("S", Root, Timestamp, Snapshot, Targets)


class Signers(NamedTuple):
    """Who signs for a role: at least `threshold` of `keys`."""

    keys: Sequence[RepositoryPublicKey]
    threshold: int

    def checked(self, role: KeyRole) -> Signers:
        """Itself. CallerError publish.keys: threshold, a holder or key twice, a key made for another role."""
        fits = 1 <= self.threshold <= len(self.keys)
        once = len({k.holder for k in self.keys}) == len({k.ed25519 for k in self.keys}) == len(self.keys)
        if not fits or not once or any(key.role is not role for key in self.keys):
            raise CallerError("publish.keys", role)
        for key in self.keys:
            refuse_weak_ed25519(key.ed25519)
        return self


@dataclass(frozen=True, slots=True)
class Summary:
    """What signing a draft means: `added` and `removed` name keys, thresholds and records, sorted."""

    role: str
    version: int
    issued_at: Moment | None
    expires_at: Moment
    added: tuple[str, ...]
    removed: tuple[str, ...]


class Tally(NamedTuple):
    """Who of a delegator's keys has signed. `by` is the role and version that names the keys."""

    by: str
    signed: tuple[str, ...]
    unsigned: tuple[str, ...]
    threshold: int

    @property
    def enough(self) -> bool:
        """Is the threshold reached?"""
        return len(self.signed) >= self.threshold


def draft_root(
    before: bytes | None, root: Signers, targets: Signers, online: Signers, at: Moment, days: int = ROOT_DAYS
) -> bytes:
    """Who founds and publishes. `before`: the root in force, None at the founding; signed by its threshold and its own.

    Raises CallerError publish.keys; PeerError trust.repository-malformed, key.weak.
    """
    version = 1 if before is None else read_as(Root, before).version + 1
    made = Root(version=version, consistent_snapshot=True)
    held = ((Root.type, root, KeyRole.ROOT), (Targets.type, targets, KeyRole.TARGETS))
    online_roles = ((Timestamp.type, online, KeyRole.ONLINE), (Snapshot.type, online, KeyRole.ONLINE))
    for name, signers, role in (*held, *online_roles):
        for public in signers.checked(role).keys:
            made.add_key(public.key, name)
        made.roles[name].threshold = signers.threshold
    return _draft(made, Root.type, at, days)


def draft_targets(
    before: bytes | None,
    records: Iterable[bytes],
    countries: Mapping[str, Signers],
    at: Moment,
    days: int = TARGETS_DAYS,
) -> bytes:
    """Federation records to add, and who signs for each country (its whole list). Signed by the founders' threshold.

    Raises CallerError publish.keys, publish.record; PeerError trust.repository-malformed, trust.record-malformed.
    """
    held = None if before is None else read_as(Targets, before)
    made = Targets(version=1 if held is None else held.version + 1)
    _add_records(made, held, records, None)
    made.delegations = Delegations(keys={}, roles={})
    for country, signers in sorted(countries.items()):
        if not COUNTRY.fullmatch(country):
            raise CallerError("publish.record", "country")
        name = country_role(country)
        role = DelegatedRole(name, [], signers.threshold, terminating=True, paths=[country_path(country)])
        cast("dict[str, DelegatedRole]", made.delegations.roles)[name] = role
        for public in signers.checked(KeyRole.COUNTRY).keys:
            made.add_key(public.key, name)
    return _draft(made, Targets.type, at, days)


def draft_country(
    before: bytes | None,
    country: str,
    records: Iterable[bytes],
    at: Moment,
    days: int = COUNTRY_DAYS,
    replaced: Collection[str] = (),
) -> bytes:
    """Records to add to a country's; none to renew them only. Signed by the country's threshold. `replaced`: paths of
    recoveries that an agency opposed, where its own record takes their place.

    Raises CallerError publish.record; PeerError trust.repository-malformed, trust.record-malformed.
    """
    held = None if before is None else read_as(Targets, before)
    if before is not None and role_of(before) != country_role(country):
        raise CallerError("publish.record", "country")
    made = Targets(version=1 if held is None else held.version + 1)
    _add_records(made, held, records, country, replaced)
    return _draft(made, country_role(country), at, days)


def sign(draft: bytes, key: RepositoryKey) -> bytes:
    """The draft with one more signature. CallerError publish.key: the key was made for another role."""
    whole = read(draft)
    if key.role is not _KEY_ROLE.get(role_of(draft), KeyRole.COUNTRY):
        raise CallerError("publish.key", role_of(draft))
    whole.sign(key.signer, append=True)
    return _written(whole)


def merge(first: bytes, *others: bytes) -> bytes:
    """One file with the signatures of all copies. CallerError publish.different: they are not of one draft."""
    whole = read(first)
    for other in others:
        copy = read(other)
        if copy.signed_bytes != whole.signed_bytes:
            raise CallerError("publish.different")
        for key_id, signature in copy.signatures.items():
            whole.signatures.setdefault(key_id, signature)
    return _written(whole)


def tallies(signed: bytes, *delegators: bytes) -> tuple[Tally, ...]:
    """Who has signed, by each delegator: for a root the one before and itself, for targets the root, for a country the
    targets. PeerError trust.repository-malformed; CallerError publish.record: a delegator knows no such role.
    """
    whole = read(signed)
    return tuple(_tally(read(delegator), whole, role_of(signed)) for delegator in delegators)


def summary(draft: bytes, before: bytes | None = None) -> Summary:
    """What the draft would change. PeerError trust.repository-malformed."""
    whole = read(draft)
    new = _items(whole.signed)
    old = set() if before is None else _items(read(before).signed)
    expires = Moment(int(whole.signed.expires.timestamp()))
    added, removed = tuple(sorted(new - old)), tuple(sorted(old - new))
    return Summary(role_of(draft), whole.signed.version, stamp(whole.signed), expires, added, removed)


def role_of(data: bytes) -> str:
    """`root`, `targets`, `country-th`, `snapshot` or `timestamp`. PeerError trust.repository-malformed."""
    signed: Signed = read(data).signed
    named = signed.unrecognized_fields.get(ROLE, signed.type)
    delegated = isinstance(signed, Targets) and isinstance(named, str) and named.startswith("country-")
    if named != signed.type and not (delegated and COUNTRY.fullmatch(named.removeprefix("country-"))):
        raise PeerError("trust.repository-malformed", "role")
    return str(named)


def stamp(signed: Signed) -> Moment | None:
    """When it was made, by its maker's word; None if it does not say so. PeerError trust.repository-malformed."""
    text = signed.unrecognized_fields.get(ISSUED_AT)
    if text is None:
        return None
    try:
        return Moment.parse(text)
    except (CallerError, TypeError):
        raise PeerError("trust.repository-malformed", "issued at") from None


def read(data: bytes) -> Metadata[Any]:
    """Metadata, judged for its form only. PeerError trust.repository-malformed."""
    try:
        whole: Metadata[Any] = Metadata.from_bytes(data)
        # Not every tree that reads as JSON can be signed: canonical JSON has no fractions, for one.
        _ = whole.signed_bytes
    except RepositoryError:
        raise PeerError("trust.repository-malformed", "metadata") from None
    return whole


def read_as(kind: type[S], data: bytes) -> S:
    """What stands in metadata of that kind. PeerError trust.repository-malformed."""
    signed = read(data).signed
    if not isinstance(signed, kind):
        raise PeerError("trust.repository-malformed", kind.type)
    return signed


def _draft(signed: Signed, role: str, at: Moment, days: int) -> bytes:
    signed.expires = datetime.fromtimestamp(at.plus(days * DAY), UTC)
    signed.unrecognized_fields |= {ROLE: role, ISSUED_AT: at.iso()}
    return _written(Metadata(signed))


def _written(whole: Metadata[Any]) -> bytes:
    return json.dumps(whole.to_dict(), indent=1, sort_keys=True).encode() + b"\n"


def _add_records(
    made: Targets, held: Targets | None, records: Iterable[bytes], country: str | None, replaced: Collection[str] = ()
) -> None:
    made.targets = {} if held is None else dict(held.targets)
    for record in records:
        path = target_path(record)
        target = TargetFile.from_data(path, record, ["sha256"])
        other = path not in replaced and made.targets.get(path, target).hashes != target.hashes
        if other or parse_target(path).country != country:
            raise CallerError("publish.record", path)
        made.targets[path] = target


def _tally(delegator: Metadata[Any], whole: Metadata[Any], role: str) -> Tally:
    by: Signed = delegator.signed
    try:
        if not isinstance(by, Root | Targets):
            raise ValueError
        result = by.get_verification_result(role, whole.signed_bytes, whole.signatures)
    except ValueError:
        raise CallerError("publish.record", role) from None
    signed, unsigned = (tuple(sorted(map(_holder, keys.values()))) for keys in (result.signed, result.unsigned))
    return Tally(f"{by.type} {by.version}", signed, unsigned, result.threshold)


def _holder(key: Key) -> str:
    return f"{key.unrecognized_fields.get(HOLDER, '')} {key.keyid[:16]}".strip()


def _items(signed: Signed) -> set[str]:
    """Everything a signer vouches for, one line each."""
    items: set[str] = set()
    roles: Mapping[str, Role] = {}
    keys: Mapping[str, Key] = {}
    if isinstance(signed, Root):
        roles, keys = signed.roles, signed.keys
    elif isinstance(signed, Targets):
        items = {f"record {path} {target.hashes.get('sha256', '')[:16]}" for path, target in signed.targets.items()}
        if signed.delegations is not None:
            roles, keys = signed.delegations.roles or {}, signed.delegations.keys
    for name, role in roles.items():
        items.add(f"threshold {name} {role.threshold} of {len(role.keyids)}")
        items |= {f"key {name} {_holder(keys[keyid])}" for keyid in role.keyids if keyid in keys}
    return items
