"""The head of a log: origin, size and root, as the text of a checkpoint (C2SP tlog-checkpoint). Signs nothing.

    <origin> LF <size in decimal> LF <root in base64> LF

No extension lines: ML-DSA-44 signatures do not cover them. An agency's first log has the agency's identifier as its
origin; a log that takes the place of a lost one is `agency/2`, `agency/3` and so on, and so names the one before. The
log that an agency's desk keeps is `agency/desk`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from typing import Final

from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.labels import CHECKPOINT
from referral_proto.crypto.merkle import HASH_SIZE
from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import AgencyId, Digest, agency_id
from referral_proto.log.note import canonical_base64
from referral_proto.log.tree import MAX_SIZE

__all__ = ["Head", "agency_of", "desk_origin", "origin_of", "owner_of", "parse_head"]

_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_GENERATION: Final = re.compile(r"[2-9]|[1-9][0-9]{1,3}", re.ASCII)
_LONGEST_ORIGIN: Final = 255
_DESK: Final = "desk"


@dataclass(frozen=True, slots=True)
class Head:
    """A log at one size. Says nothing about who vouches for it."""

    origin: str
    size: int
    root: bytes

    def text(self) -> bytes:
        """The text of its checkpoint, which is what Ed25519 signs."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n".encode()

    def digest(self) -> Digest:
        """`TH(checkpoint, text)`: names this head in an event."""
        return Digest(labelled_hash(CHECKPOINT, self.text()))


def parse_head(text: bytes) -> Head:
    """Read a checkpoint's text. PeerError checkpoint.malformed. Whether the root can be is another question."""
    try:
        lines = text.decode().split("\n")
    except UnicodeDecodeError:
        lines = []
    if len(lines) != 4 or lines[3] or not 0 < len(lines[0].encode()) <= _LONGEST_ORIGIN:
        raise PeerError("checkpoint.malformed", "lines")
    origin, size, root = lines[0], lines[1], canonical_base64(lines[2])
    if _SIZE.fullmatch(size) is None or int(size) > MAX_SIZE:
        raise PeerError("checkpoint.malformed", "size")
    if root is None or len(root) != HASH_SIZE:
        raise PeerError("checkpoint.malformed", "root")
    return Head(origin, int(size), root)


def origin_of(agency: AgencyId, generation: int = 1) -> str:
    """The origin of an agency's log; `generation` counts from 1."""
    if not 1 <= generation <= 9999:
        raise CallerError("log.out-of-range", "generation")
    return agency if generation == 1 else f"{agency}/{generation}"


def desk_origin(agency: AgencyId) -> str:
    """The origin of the log that an agency's desk keeps."""
    return f"{agency}/{_DESK}"


def owner_of(origin: str) -> AgencyId:
    """The agency whose log it is, the relay's or the desk's; any other text is a PeerError checkpoint.origin."""
    return agency_of(origin.removesuffix(f"/{_DESK}"))[0]


def agency_of(origin: str) -> tuple[AgencyId, int]:
    """Agency and generation of the origin of a relay's log; any other text is a PeerError checkpoint.origin."""
    agency, slash, generation = origin.partition("/")
    if slash and _GENERATION.fullmatch(generation) is None:
        raise PeerError("checkpoint.origin")
    try:
        return agency_id(agency), int(generation) if slash else 1
    except CallerError:
        raise PeerError("checkpoint.origin") from None
