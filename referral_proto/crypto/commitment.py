"""The commitment to one section, as it stands in the signed core. One formula, computed on both sides.

    commitment_i = TH(section, message id(16), u32 i, salt(32), section)

It hides a section that can be guessed, since the salt is random and travels inside the body; and it binds: a body
that opens twice, or another content for another recipient, matches one commitment at most. Whoever holds a cover can
be shown one section and its salt, and check it without any key.
"""

from __future__ import annotations

from hashlib import sha256
from struct import Struct
from typing import Final

from referral_proto.crypto.labels import SECTION

__all__ = ["COMMITMENT_SIZE", "commit"]

COMMITMENT_SIZE: Final = 32
_u32: Final = Struct(">I").pack
# TH written out, since this runs for every body on both sides.
_HEAD: Final = SECTION.prefix + _u32(4)
_FOUR: Final = _u32(4)


def commit(message_id: bytes, index: int, salt: bytes, section: bytes) -> bytes:
    """32 bytes. `section` is the section's exact bytes, `index` its place among the bodies."""
    named = (_HEAD, _u32(len(message_id)), message_id, _FOUR, _u32(index))
    return sha256(b"".join((*named, _u32(len(salt)), salt, _u32(len(section)), section))).digest()
