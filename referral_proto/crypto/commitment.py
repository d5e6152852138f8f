"""The commitment to one section, as it stands in the signed core. One formula, computed on both sides.

    commitment_i = TH(section, message id(16), u32 i, salt(32), section)

It hides a section that can be guessed, since the salt is random and travels inside the body; and it binds: a body
that opens twice, or another content for another recipient, matches one commitment at most. Whoever holds a cover can
be shown one section and its salt, and check it without any key.
"""

from __future__ import annotations

from struct import Struct
from typing import Final

from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.labels import SECTION

__all__ = ["COMMITMENT_SIZE", "commit"]

COMMITMENT_SIZE: Final = 32
_u32: Final = Struct(">I").pack


def commit(message_id: bytes, index: int, salt: bytes, section: bytes) -> bytes:
    """32 bytes. `section` is the section's exact bytes, `index` its place among the bodies."""
    return labelled_hash(SECTION, message_id, _u32(index), salt, section)
