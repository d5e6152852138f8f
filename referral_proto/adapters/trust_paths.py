"""Names of the trust repository's files: which record stands under which path, and whose path it is. Reads no disk.

    federation/<sequence>.record                          top-level targets, the founders'
    <country>/<name>.agency.<sequence>.record             role country-<country>, paths `<country>/*`
    <country>/<name>.relay.<sequence>.record              `int` is the country of international organisations

Opening keys are not here: they change within days and are served by relays. A path is derived from the record, never
chosen, so that a country cannot bring another country's record under a name of its own.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from referral_proto.errors import PeerError
from referral_proto.ids import Digest
from referral_proto.model.codes.federation import RecordKind
from referral_proto.model.records import AgencyRecord, FederationRecord, RelayRecord, SignedRecord
from referral_proto.trust.signed import record_digest, unsigned
from referral_proto.wire import decode

__all__ = [
    "COUNTRY",
    "LARGEST_RECORD",
    "TargetName",
    "country_path",
    "country_role",
    "digest_of",
    "parse_target",
    "served_path",
    "target_path",
]

LARGEST_RECORD: Final = 256 * 1024
COUNTRY: Final = re.compile(r"[a-z]{2,3}", re.ASCII)
_TARGET: Final = re.compile(
    r"federation/(?P<federation>0|[1-9][0-9]{0,8})\.record"
    r"|(?P<country>[a-z]{2,3})/(?P<name>[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?)"
    r"\.(?P<kind>agency|relay)\.(?P<sequence>0|[1-9][0-9]{0,8})\.record",
    re.ASCII,
)


class TargetName(NamedTuple):
    """A path taken apart; `country` is None for federation records."""

    country: str | None
    agency: str
    kind: RecordKind
    sequence: int


def country_role(country: str) -> str:
    """`country-th`."""
    return f"country-{country}"


def country_path(country: str) -> str:
    """The one path pattern of a country's role."""
    return f"{country}/*"


def parse_target(path: str) -> TargetName:
    """Take a path apart. PeerError trust.repository-record."""
    found = _TARGET.fullmatch(path)
    if found is None:
        raise PeerError("trust.repository-record", "path")
    if found["federation"] is not None:
        return TargetName(None, "", RecordKind.FEDERATION, int(found["federation"]))
    kind = RecordKind.AGENCY if found["kind"] == "agency" else RecordKind.RELAY
    return TargetName(found["country"], f"{found['country']}.{found['name']}", kind, int(found["sequence"]))


def target_path(record: bytes) -> str:
    """Where a signed record stands. PeerError trust.record-malformed."""
    signed = _signed(record)
    if signed.kind is RecordKind.FEDERATION:
        return f"federation/{unsigned(FederationRecord, signed).sequence}.record"
    if signed.kind is RecordKind.AGENCY:
        agency = unsigned(AgencyRecord, signed)
        return f"{agency.agency.replace('.', '/', 1)}.agency.{agency.sequence}.record"
    if signed.kind is RecordKind.RELAY:
        relay = unsigned(RelayRecord, signed)
        return f"{relay.operator.replace('.', '/', 1)}.relay.{relay.sequence}.record"
    raise PeerError("trust.record-malformed", "kind")


def digest_of(record: bytes) -> Digest:
    """The record's digest, by which others name it. PeerError trust.record-malformed."""
    signed = _signed(record)
    return record_digest(signed.kind, signed.record)


def served_path(path: str, sha256: str) -> str:
    """Where the repository has the target's file: consistent snapshots put its hash into the name."""
    folder, name = path.split("/")
    return f"targets/{folder}/{sha256}.{name}"


def _signed(record: bytes) -> SignedRecord:
    try:
        return decode(SignedRecord, record)
    except PeerError as error:
        raise PeerError("trust.record-malformed", error.where) from None
