"""A secret wrapped under a passphrase, as the bytes of a key file. Reads and writes no disk, prompts nobody.

    file       = header ‖ ciphertext ‖ check(32)
    header     = lp(key-file) ‖ lp(kind) ‖ u32 memory in KiB ‖ u32 iterations ‖ u32 lanes ‖ salt(32)
    key        = Argon2id(passphrase in NFC as UTF-8, salt, costs) → 32 bytes                            (RFC 9106)
    ciphertext = ChaCha20-Poly1305(key, nonce 0, aad = header, payload)      the salt is new, and with it the key
    check      = TH(key-file, header, ciphertext)

`check` holds no secret: it tells a damaged file from a wrong passphrase, so that nobody types a good passphrase again
and again into a broken disk. Costs stand in the header so that they can rise; what a file may ask for has an upper
bound, or a file could eat the machine's memory.
"""

from __future__ import annotations

import re
from struct import Struct
from struct import error as struct_error
from typing import Final
from unicodedata import normalize

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from referral_proto.crypto import random
from referral_proto.crypto.digest import labelled_hash, lp
from referral_proto.crypto.labels import KEY_FILE
from referral_proto.errors import CallerError, WorldError

__all__ = ["LARGEST_PAYLOAD", "unwrap_key", "wrap_key"]

LARGEST_PAYLOAD: Final = 65_536
_KIND: Final = re.compile(r"[a-z][a-z-]{0,31}", re.ASCII)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SALT_SIZE: Final = 32
_CHECK_SIZE: Final = 32
_TAG_SIZE: Final = 16
_NONCE: Final = bytes(12)
_COSTS: Final = Struct(">III")
_u32: Final = Struct(">I")

_MAX_MEMORY_KIB: Final = 1_048_576
_MAX_ITERATIONS: Final = 16
_MAX_LANES: Final = 4
_KIB_PER_LANE: Final = 8  # RFC 9106 §3.1: at least 8 KiB a lane


def wrap_key(
    kind: str, payload: bytes, passphrase: str, *, memory_kib: int = 65_536, iterations: int = 3, lanes: int = 1
) -> bytes:
    """The bytes of a key file that holds `payload`, at most 64 KiB, under `passphrase`.

    `kind` says what the payload is (lower-case letters and hyphens, at most 32) and is readable without the
    passphrase. The default costs are RFC 9106 §4's second recommendation with one lane. CallerError:
    `key.passphrase` (empty or not text), `key.costs`, `key.payload` (kind or size).
    """
    if _KIND.fullmatch(kind) is None or len(payload) > LARGEST_PAYLOAD:
        raise CallerError("key.payload")
    if not _affordable(memory_kib, iterations, lanes):
        raise CallerError("key.costs")
    salt = random.token(_SALT_SIZE)
    header = KEY_FILE.prefix + lp(kind.encode("ascii")) + _COSTS.pack(memory_kib, iterations, lanes) + salt
    key = _stretch(passphrase, salt, memory_kib, iterations, lanes)
    ciphertext = ChaCha20Poly1305(key).encrypt(_NONCE, payload, header)
    return header + ciphertext + labelled_hash(KEY_FILE, header, ciphertext)


def unwrap_key(data: bytes, passphrase: str) -> tuple[str, bytes]:
    """Kind and payload of a key file.

    WorldError `key.damaged`: truncated, altered or no key file at all. WorldError `key.file-costs`: asks for more
    memory or time than this version grants. CallerError `key.wrong-passphrase`, `key.passphrase`.
    """
    kind, costs, salt, header, ciphertext = _take_apart(data)
    if not _affordable(*costs):
        raise WorldError("key.file-costs")
    key = _stretch(passphrase, salt, *costs)
    try:
        return kind, ChaCha20Poly1305(key).decrypt(_NONCE, ciphertext, header)
    except InvalidTag:
        raise CallerError("key.wrong-passphrase") from None


def _take_apart(data: bytes) -> tuple[str, tuple[int, int, int], bytes, bytes, bytes]:
    """Kind, costs, salt, header and ciphertext of an undamaged file."""
    start = len(KEY_FILE.prefix)
    try:
        (kind_size,) = _u32.unpack_from(data, start)
        kind_end = start + _u32.size + min(kind_size, len(data))
        memory_kib, iterations, lanes = _COSTS.unpack_from(data, kind_end)
    except struct_error:
        raise WorldError("key.damaged") from None
    salt_start = kind_end + _COSTS.size
    header_end = salt_start + _SALT_SIZE
    header, ciphertext, check = data[:header_end], data[header_end:-_CHECK_SIZE], data[-_CHECK_SIZE:]
    kind = data[start + _u32.size : kind_end].decode("ascii", "replace")
    if (
        not data.startswith(KEY_FILE.prefix)
        or not _TAG_SIZE <= len(ciphertext) <= LARGEST_PAYLOAD + _TAG_SIZE
        or _KIND.fullmatch(kind) is None
        or labelled_hash(KEY_FILE, header, ciphertext) != check
    ):
        raise WorldError("key.damaged")
    return kind, (memory_kib, iterations, lanes), data[salt_start:header_end], header, ciphertext


def _affordable(memory_kib: int, iterations: int, lanes: int) -> bool:
    return (
        1 <= lanes <= _MAX_LANES
        and 1 <= iterations <= _MAX_ITERATIONS
        and _KIB_PER_LANE * lanes <= memory_kib <= _MAX_MEMORY_KIB
    )


def _stretch(passphrase: str, salt: bytes, memory_kib: int, iterations: int, lanes: int) -> bytes:
    # Khmer and Thai keyboards reach one word by several sequences; NFC makes them one passphrase (RFC 8265 §4.2).
    text = normalize("NFC", passphrase)
    # Looked for beforehand: the encoder's own error would carry the passphrase with it.
    if not text or _SURROGATE.search(text):
        raise CallerError("key.passphrase")
    return Argon2id(salt=salt, length=32, iterations=iterations, lanes=lanes, memory_cost=memory_kib).derive(
        text.encode()
    )
