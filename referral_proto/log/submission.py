"""What a log sends to a witness (C2SP tlog-witness, add-checkpoint), as bytes and back. Sends and judges nothing.

old <size> LF        the size that the witness cosigned last
<hash in base64> LF  consistency proof from there, at most 63
LF
<checkpoint>         a signed note
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import Final, NamedTuple

from referral_proto.crypto.merkle import HASH_SIZE
from referral_proto.errors import PeerError
from referral_proto.log.note import MAX_NOTE, canonical_base64
from referral_proto.log.tree import MAX_SIZE

__all__ = ["MAX_PROOF", "MAX_SUBMISSION", "Submission", "origin_hash", "parse_size", "parse_submission"]

MAX_PROOF: Final = 63
MAX_SUBMISSION: Final = MAX_NOTE + 8 * 1024
_OLD: Final = re.compile(rb"old (0|[1-9][0-9]{0,18})", re.ASCII)
_SIZE: Final = re.compile(rb"(0|[1-9][0-9]{0,18})\n", re.ASCII)


class Submission(NamedTuple):
    """`old`: size of the checkpoint that the proof starts from; `checkpoint`: a signed note, not yet verified."""

    old: int
    proof: tuple[bytes, ...]
    checkpoint: bytes

    def body(self) -> bytes:
        """The body of the request."""
        lines = [b"old %d" % self.old, *(b64encode(one) for one in self.proof), b"", self.checkpoint]
        return b"\n".join(lines)


def parse_submission(body: bytes) -> Submission:
    """Read a request's body. PeerError note.malformed, note.too-large."""
    if len(body) > MAX_SUBMISSION:
        raise PeerError("note.too-large")
    start, gap, checkpoint = body.partition(b"\n\n")
    first, *lines = start.split(b"\n")
    old = _OLD.fullmatch(first)
    proof = [canonical_base64(line.decode("ascii", "replace")) for line in lines]
    if not gap or old is None or int(old[1]) > MAX_SIZE or len(proof) > MAX_PROOF:
        raise PeerError("note.malformed", "submission")
    hashes = tuple(one for one in proof if one is not None and len(one) == HASH_SIZE)
    if len(hashes) != len(proof):
        raise PeerError("note.malformed", "submission")
    return Submission(int(old[1]), hashes, checkpoint)


def parse_size(body: bytes) -> int:
    """The size that a witness names when it has cosigned another one (409). PeerError note.malformed."""
    found = _SIZE.fullmatch(body)
    if found is None or int(found[1]) > MAX_SIZE:
        raise PeerError("note.malformed", "size")
    return int(found[1])


def origin_hash(origin: str) -> str:
    """How a log is named in the path of a witness's latest checkpoint: 64 hex digits."""
    return sha256(origin.encode()).hexdigest()
