"""The cipher of a body: one section, its salt and zeros, in one of six sizes. Knows no types, readers or rings.

    body  = ChaCha20-Poly1305(key(32), nonce 0, aad, plaintext)          key: random, used for this body only
    aad   = lp(body) ‖ core digest(32) ‖ u32 index
    plaintext = u32 len(section) ‖ salt(32) ‖ section ‖ zeros

The core digest in `aad` ties the body to its sender: without it a corrupt agency strips the signature and signs the
ciphertext as its own. A key that opens a body proves nothing about the content, since ChaCha20-Poly1305 commits to
no key: what comes out must match the signed commitment (`commitment.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from struct import Struct
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from referral_proto.crypto import labels
from referral_proto.errors import CallerError, PeerError

__all__ = ["BUCKETS", "KEY_SIZE", "LARGEST_SECTION", "SALT_SIZE", "bucket_for", "open_body", "seal_body"]

BUCKETS: Final = (256, 1024, 4096, 16384, 65536, 262144)
"""The sizes a body may have in bytes, tag included."""
KEY_SIZE: Final = 32
SALT_SIZE: Final = 32

_TAG_SIZE: Final = 16
_HEAD_SIZE: Final = 4 + SALT_SIZE
_FIXED: Final = _HEAD_SIZE + _TAG_SIZE
LARGEST_SECTION: Final = BUCKETS[-1] - _FIXED
"""262,092 bytes; what is larger travels as an attachment."""

# Every key is drawn for one body, so that the nonce has nothing to keep apart.
_NONCE: Final = bytes(12)
_BODY: Final = labels.BODY.prefix
_u32: Final = Struct(">I").pack
_u32_of: Final = Struct(">I").unpack_from


def bucket_for(section_len: int) -> int:
    """The smallest of `BUCKETS` that holds a section of that length; CallerError `section.too-large`."""
    if section_len > LARGEST_SECTION:
        raise CallerError("section.too-large")
    return BUCKETS[bisect_left(BUCKETS, section_len + _FIXED)]


def seal_body(key: bytes, core_digest: bytes, index: int, salt: bytes, section: bytes) -> bytes:
    """Encrypt `section` as body `index`; the length is `bucket_for(len(section))`.

    `key` is fresh from `random.token(KEY_SIZE)`, `salt` from `random.token(SALT_SIZE)`; neither is used again.
    """
    length = len(section)
    plaintext = b"".join((_u32(length), salt, section)).ljust(bucket_for(length) - _TAG_SIZE, b"\0")
    return ChaCha20Poly1305(key).encrypt(_NONCE, plaintext, _BODY + core_digest + _u32(index))


def open_body(key: bytes, core_digest: bytes, index: int, body: bytes) -> tuple[bytes, bytes]:
    """Salt and section of body `index`, or PeerError `open.refused` for every cause.

    The caller compares `commit(message_id, index, salt, section)` with the core before it uses either.
    """
    if len(body) not in BUCKETS or len(key) != KEY_SIZE:
        raise PeerError("open.refused")
    try:
        plaintext = ChaCha20Poly1305(key).decrypt(_NONCE, body, _BODY + core_digest + _u32(index))
    except InvalidTag:
        raise PeerError("open.refused") from None
    end = _HEAD_SIZE + _u32_of(plaintext)[0]
    if end > len(plaintext) or plaintext[end:] != bytes(len(plaintext) - end):
        raise PeerError("open.refused")
    return plaintext[4:_HEAD_SIZE], plaintext[_HEAD_SIZE:end]
