"""One ciphertext that opens under two keys: ChaCha20-Poly1305 commits to no key. Makes such bodies, judges none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

POLY = 2**130 - 5
SIZE = 240  # of the plaintext: the smallest body without its tag
FREE = slice(16, 32)  # one block within the salt, which nothing checks on its own


@dataclass(frozen=True)
class Salamander:
    """`body` opens under `first` to a section that begins with the story, and under `second` to noise."""

    first: bytes
    second: bytes
    body: bytes


def salamander(aad: bytes, story: bytes) -> Salamander:
    """Search for one whose associated data is `aad`. Takes about a second."""
    first, second = _two_keys()
    stream1, stream2 = _stream(first, 1, SIZE), _stream(second, 1, SIZE)
    head = _xor((204).to_bytes(4, "big"), stream1[:4])
    length = _xor(head, stream2[:4])[3]
    told = _xor(story.ljust(length), stream1[36 : 36 + length])
    for attempt in range(10_000):
        # Behind the second section the plaintext must be zeros; the first one is full, and ends in noise.
        draft = bytearray(head + attempt.to_bytes(12, "big") + bytes(16) + bytes(4) + told + stream2[36 + length :])
        total1, factor1, last1 = _accumulate(first, aad, bytes(draft))
        total2, factor2, last2 = _accumulate(second, aad, bytes(draft))
        for carry in range(-4, 5):
            gap = total2 + last2 - total1 - last1 + (carry << 128)
            free = gap * pow(factor1 - factor2, -1, POLY) % POLY
            if free < 2**128:
                draft[FREE] = free.to_bytes(16, "little")
                if _tag(first, aad, bytes(draft)) == _tag(second, aad, bytes(draft)):
                    return Salamander(first, second, bytes(draft) + _tag(first, aad, bytes(draft)))
    raise AssertionError("no salamander found")


def _stream(key: bytes, counter: int, size: int) -> bytes:
    nonce = counter.to_bytes(4, "little") + bytes(12)
    return Cipher(ChaCha20(key, nonce), mode=None).encryptor().update(bytes(size))


def _xor(one: bytes, two: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, two, strict=True))


def _blocks(aad: bytes, ciphertext: bytes) -> Iterator[int]:
    padded = aad + bytes(-len(aad) % 16) + ciphertext
    padded += len(aad).to_bytes(8, "little") + len(ciphertext).to_bytes(8, "little")
    for start in range(0, len(padded), 16):
        yield int.from_bytes(padded[start : start + 16], "little") | 1 << 128


def _accumulate(key: bytes, aad: bytes, ciphertext: bytes) -> tuple[int, int, int]:
    """Poly1305's sum before the last addition, the factor of the free block, and what is added last."""
    one_time = _stream(key, 0, 32)
    r = int.from_bytes(one_time[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for block in _blocks(aad, ciphertext):
        total = (total + block) * r % POLY
    after = sum(1 for _ in _blocks(aad, ciphertext)) - (len(aad) + 15) // 16 - FREE.start // 16
    return total, pow(r, after, POLY), int.from_bytes(one_time[16:], "little")


def _tag(key: bytes, aad: bytes, ciphertext: bytes) -> bytes:
    total, _, last = _accumulate(key, aad, ciphertext)
    return ((total + last) % 2**128).to_bytes(16, "little")


def _two_keys() -> tuple[bytes, bytes]:
    """Keys whose streams agree in three bytes, so that both lengths can be plausible; a birthday search."""
    seen: dict[bytes, bytes] = {}
    for number in range(100_000):
        key = sha256(b"salamander %d" % number).digest()
        start = _stream(key, 1, 4)
        other = seen.setdefault(start[:3], key)
        if other != key and 100 <= 204 ^ _stream(other, 1, 4)[3] ^ start[3] <= 204:
            return other, key
    raise AssertionError("no pair of keys found")
