"""Taking over the records that a repository offers: fetch what is new, judge whose it is, drop nothing. Folds nothing.

A record counts only under the path that it has itself: a country's role is confined to its paths by TUF, and its paths
to its own agencies' records here. A record that was in force stays, whether or not it is still offered: records are
hash-chained and signed, and a registrar that removed an agency's newest one would undo a revocation for everyone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from tuf.api.metadata import TargetFile

from referral_proto.adapters.trust_fetch import TrustFetcher
from referral_proto.adapters.trust_paths import country_role, parse_target, served_path, target_path
from referral_proto.adapters.trust_reading import MOST_RECORDS, Notice, Offer, fetched
from referral_proto.adapters.trust_shelf import Shelf
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, country_of
from referral_proto.model.records import AgencyRecord, FederationRecord, RelayRecord
from referral_proto.trust.directory import Directory
from referral_proto.trust.issue import read_record
from referral_proto.trust.signed import signed_by

__all__ = ["Pair", "Taken", "supported", "take_records"]

MOST_NEW_BYTES: Final = 128 * 1024 * 1024
"""Of one country in one refresh."""
Pair = tuple[str, str]
"""Path and SHA-256 (hex) of a record: a path may have had several."""


class Taken(NamedTuple):
    """`records` in force, old and new; `offered`: path → SHA-256 of what this node can serve onwards."""

    records: dict[Pair, bytes]
    offered: dict[str, str]
    fetched: int
    kept: int
    notices: tuple[Notice, ...]


def take_records(
    shelf: Shelf,
    offer: Offer,
    held: Mapping[Pair, bytes],
    fetcher: TrustFetcher,
    baseless: Callable[[set[Pair]], set[Pair]],
) -> Taken:
    """Fetch what is not held and put it into the pool. PeerError trust.repository-*; WorldError; as the source.

    baseless: which of these held records, no longer offered, never counted. They make room where there is none: whoever
    once held a country's key could otherwise fill it up with junk for good.
    """
    notices = set(offer.notices)
    of_role: dict[str, list[Pair]] = defaultdict(list)
    for path, (digest, _) in offer.targets.items():
        of_role[_role(path)].append((path, digest))
    held_of: dict[str, set[Pair]] = defaultdict(set)
    for pair in held:
        held_of[_role(pair[0])].add(pair)
    records, offered, count, kept = dict(held), dict[str, str](), 0, 0
    for role, offered_pairs in of_role.items():
        pairs = offered_pairs
        new = [pair for pair in pairs if pair not in held]
        size = sum(offer.targets[path][1] for path, _ in new)
        if len(held_of[role]) + len(new) > MOST_RECORDS and (gone := held_of[role] - set(pairs)):
            for pair in baseless(gone):
                del records[pair]
                held_of[role].discard(pair)
        if len(held_of[role]) + len(new) > MOST_RECORDS or size > MOST_NEW_BYTES:
            notices.add(Notice("trust.repository-crowded", role))
            pairs, new = [pair for pair in pairs if pair in held], []
        for path, digest in new:
            data, came = _fetched(shelf, path, digest, offer.targets[path][1], fetcher)
            count += came
            if _fits(path, data):
                records[path, digest] = data
            else:
                notices.add(Notice("trust.repository-record", role))
        kept += len(pairs)
        offered |= dict(pairs)
    crowded = {notice.where for notice in notices if notice.code == "trust.repository-crowded"}
    removed = {role for role, pairs in held_of.items() if not pairs <= set(of_role[role])} - crowded
    notices |= {Notice("trust.repository-removed", role) for role in removed}
    return Taken(records, offered, count, kept - count, tuple(sorted(notices)))


def supported(data: bytes, directory: Directory) -> bool:
    """Whether somebody signed the record who could make it count: its registrar, or a keyset of its agency."""
    try:
        signed, record = read_record(data)
        if isinstance(record, AgencyRecord):
            registrar = directory.chain.registrar(country_of(AgencyId(record.agency)), record.issued_at)
            return registrar is not None and bool(signed_by(signed, [registrar]))
        if isinstance(record, RelayRecord):
            return bool(signed_by(signed, [one.keys for one in directory.history(record.operator).keysets.values()]))
    except PeerError:
        return False
    return isinstance(record, FederationRecord)


def _role(path: str) -> str:
    country = parse_target(path).country
    return "targets" if country is None else country_role(country)


def _fetched(shelf: Shelf, path: str, digest: str, length: int, fetcher: TrustFetcher) -> tuple[bytes, bool]:
    """The record's bytes, and whether they came over the line: a refresh that broke off may have left them."""
    left = shelf.load(digest)
    if left is not None and len(left) == length:
        return left, False
    data = fetched(fetcher, served_path(path, digest), TargetFile(length, {"sha256": digest}, path))
    shelf.save(digest, data)
    return data, True


def _fits(path: str, data: bytes) -> bool:
    try:
        return target_path(data) == path
    except PeerError:
        return False
