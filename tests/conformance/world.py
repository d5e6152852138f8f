"""The agencies, keys and records that every vector and many tests share. Reads `spec/vectors/keys/`, makes nothing.

The agencies are invented (XA and XB are no country's codes) and their keys are made from seeds that are published in
the same folder: never use them for anything else.
"""

from __future__ import annotations

import json
from base64 import b64decode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.opening import OpeningKey
from referral_proto.ids import AgencyId, OpeningKeyId, agency_id
from referral_proto.moment import DAY, Moment
from referral_proto.trust.directory import Directory

VECTORS: Final = Path(__file__).resolve().parents[2] / "spec" / "vectors"
AT: Final = Moment.parse("2026-11-21T12:00:00Z")
WEEK: Final = 7 * DAY

A: Final = agency_id("xa.welfare")
B: Final = agency_id("xb.welfare")
SHELTER: Final = agency_id("xb.shelter")
POLICE: Final = agency_id("xa.police")
LEFT: Final = agency_id("xa.left")
"""Withdrew a day before AT."""
STRANGER: Final = agency_id("xc.stranger")
"""In no record."""

NOW, EXPIRED, NOT_YET, REVOKED, COMPROMISED, UNRECORDED = range(6)
"""Signing keysets of xa.welfare by what its record says about them at AT; the others have the first alone."""
OLD, CURRENT, NEXT, UNPUBLISHED = range(4)
"""Epochs of an opening key: over by AT, covering AT, not begun at AT, in no record."""


def seed(agency: str, what: str, number: int) -> bytes:
    """32 bytes that anybody can make again."""
    return sha256(f"referral-proto test key, never use: {agency} {what} {number}".encode()).digest()


@cache
def signing(agency: AgencyId, number: int = NOW) -> SigningKeyset:
    """A secret signing keyset of the test world."""
    return SigningKeyset.from_seeds(agency, seed(agency, "ed25519", number), seed(agency, "mldsa65", number))


@cache
def opening(agency: AgencyId, epoch: int = CURRENT) -> OpeningKey:
    """A secret opening key of the test world."""
    return OpeningKey.from_seed(agency, seed(agency, "xwing", epoch))


def keyring(agency: AgencyId, epoch: int = CURRENT) -> dict[OpeningKeyId, OpeningKey]:
    """What the agency's desk opens with."""
    key = opening(agency, epoch)
    return {key.id: key}


def content(data: str | dict[str, Any]) -> bytes:
    """Bytes as vectors write them: Base64, or `{"repeat": hex, "times": n}` for what is only large."""
    if isinstance(data, str):
        return b64decode(data, validate=True)
    return bytes.fromhex(data["repeat"]) * data["times"]


@cache
def records(name: str = "keys/world.json") -> tuple[bytes, ...]:
    """The signed records of one file."""
    return tuple(content(one) for one in json.loads((VECTORS / name).read_text("utf-8"))["records"].values())


@cache
def directory(*names: str) -> Directory:
    """The directory that the records of these files fold to."""
    return Directory.fold([record for name in names or ("keys/world.json",) for record in records(name)])
