"""Typed identifiers and digests: what each looks like and how it is read. No cryptography, no lookup.

They are plain `str` and `bytes` at run time, so that hot paths pay nothing; the type checker keeps them apart.
"""

from __future__ import annotations

import re
from typing import Final, NewType

from referral_proto.errors import CallerError

__all__ = [
    "AgencyId",
    "Digest",
    "KeysetId",
    "Leaf",
    "MessageId",
    "OpeningKeyId",
    "ThreadId",
    "agency_id",
    "country_of",
    "digest",
    "message_id",
    "short",
    "thread_id",
]

AgencyId = NewType("AgencyId", str)
"""`country.agency`, lower case: `th.dsdw`, `int.iom`. At most 44 characters."""
MessageId = NewType("MessageId", bytes)
"""16 random bytes, drawn by the sender for each message."""
ThreadId = NewType("ThreadId", bytes)
"""16 random bytes that all messages of one case between the same agencies share."""
Digest = NewType("Digest", bytes)
"""32 bytes of SHA-256, labelled or of a tree."""
Leaf = NewType("Leaf", bytes)
"""32 bytes: the hash that stands for one envelope, in its batch and in every log (spec: envelope)."""
KeysetId = NewType("KeysetId", bytes)
"""32 bytes: labelled hash of a signing keyset."""
OpeningKeyId = NewType("OpeningKeyId", bytes)
"""32 bytes: labelled hash of an opening key."""

AGENCY_PATTERN: Final = r"^[a-z]{2,3}\.[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$"
_AGENCY: Final = re.compile(AGENCY_PATTERN, re.ASCII)


def agency_id(text: str) -> AgencyId:
    """Read an agency's identifier; anything else is a CallerError."""
    # `$` alone would let a trailing newline pass.
    if _AGENCY.fullmatch(text) is None:
        raise CallerError("id.malformed", "agency")
    return AgencyId(text)


def country_of(agency: AgencyId) -> str:
    """The part before the dot: an ISO 3166-1 alpha-2 code in lower case, or `int`."""
    return agency.split(".", 1)[0]


def _exact(data: bytes, size: int, name: str) -> bytes:
    if len(data) != size:
        raise CallerError("id.malformed", name)
    return data


def digest(data: bytes) -> Digest:
    """32 bytes, or a CallerError."""
    return Digest(_exact(data, 32, "digest"))


def message_id(data: bytes) -> MessageId:
    """16 bytes, or a CallerError."""
    return MessageId(_exact(data, 16, "message id"))


def thread_id(data: bytes) -> ThreadId:
    """16 bytes, or a CallerError."""
    return ThreadId(_exact(data, 16, "thread id"))


def short(identifier: bytes) -> str:
    """The first 8 bytes in hex groups of four: enough for people to tell two apart, never used to decide."""
    text = identifier[:8].hex()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))
