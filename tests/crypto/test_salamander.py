"""Law: one ciphertext may open under two keys, but the signed commitment lets only one of the two contents stand.

ChaCha20-Poly1305 commits to no key. The attacker below is a sender who gives two recipients the same body under
different keys, so that each reads another story over the same signature.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

from referral_proto.crypto import labels
from referral_proto.crypto.body import open_body
from referral_proto.crypto.commitment import commit

POLY = 2**130 - 5
SIZE = 240  # of the plaintext: the smallest body without its tag
FREE = slice(16, 32)  # one block within the salt, which nothing checks on its own
CORE, MESSAGE_ID, INDEX = b"\x41" * 32, b"\x42" * 16, 3
AAD = labels.BODY.prefix + CORE + INDEX.to_bytes(4, "big")


def stream(key: bytes, counter: int, size: int) -> bytes:
    nonce = counter.to_bytes(4, "little") + bytes(12)
    return Cipher(ChaCha20(key, nonce), mode=None).encryptor().update(bytes(size))


def xor(one: bytes, two: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, two, strict=True))


def blocks(ciphertext: bytes) -> Iterator[int]:
    padded = AAD + bytes(-len(AAD) % 16) + ciphertext
    padded += len(AAD).to_bytes(8, "little") + len(ciphertext).to_bytes(8, "little")
    for start in range(0, len(padded), 16):
        yield int.from_bytes(padded[start : start + 16], "little") | 1 << 128


def accumulate(key: bytes, ciphertext: bytes) -> tuple[int, int, int]:
    """Poly1305's sum before the last addition, the factor of the free block, and what is added last."""
    one_time = stream(key, 0, 32)
    r = int.from_bytes(one_time[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for block in blocks(ciphertext):
        total = (total + block) * r % POLY
    after = sum(1 for _ in blocks(ciphertext)) - (len(AAD) + 15) // 16 - FREE.start // 16
    return total, pow(r, after, POLY), int.from_bytes(one_time[16:], "little")


def tag(key: bytes, ciphertext: bytes) -> bytes:
    total, _, last = accumulate(key, ciphertext)
    return ((total + last) % 2**128).to_bytes(16, "little")


def two_keys() -> tuple[bytes, bytes]:
    """Keys whose streams agree in three bytes, so that both lengths can be plausible; a birthday search."""
    seen: dict[bytes, bytes] = {}
    for number in range(100_000):
        key = sha256(b"salamander %d" % number).digest()
        start = stream(key, 1, 4)
        other = seen.setdefault(start[:3], key)
        if other != key and 100 <= 204 ^ stream(other, 1, 4)[3] ^ start[3] <= 204:
            return other, key
    raise AssertionError("no pair of keys found")


def salamander() -> tuple[bytes, bytes, bytes]:
    """Two keys and one body that opens under both, to different sections."""
    first, second = two_keys()
    stream1, stream2 = stream(first, 1, SIZE), stream(second, 1, SIZE)
    head = xor((204).to_bytes(4, "big"), stream1[:4])
    length = xor(head, stream2[:4])[3]
    story = xor(b"Return her to her mother.".ljust(length), stream1[36 : 36 + length])
    for attempt in range(10_000):
        # Behind the second section the plaintext must be zeros; the first one is full, and ends in noise.
        draft = bytearray(head + attempt.to_bytes(12, "big") + bytes(16) + bytes(4) + story + stream2[36 + length :])
        total1, factor1, last1 = accumulate(first, bytes(draft))
        total2, factor2, last2 = accumulate(second, bytes(draft))
        for carry in range(-4, 5):
            gap = total2 + last2 - total1 - last1 + (carry << 128)
            free = gap * pow(factor1 - factor2, -1, POLY) % POLY
            if free < 2**128:
                draft[FREE] = free.to_bytes(16, "little")
                if tag(first, bytes(draft)) == tag(second, bytes(draft)):
                    return first, second, bytes(draft) + tag(first, bytes(draft))
    raise AssertionError("no salamander found")


def test_a_body_that_opens_under_two_keys_matches_one_commitment() -> None:
    first, second, body = salamander()
    salt1, section1 = open_body(first, CORE, INDEX, body)
    salt2, section2 = open_body(second, CORE, INDEX, body)
    assert section1.startswith(b"Return her to her mother.")
    assert section1 != section2
    signed = commit(MESSAGE_ID, INDEX, salt1, section1)
    assert signed != commit(MESSAGE_ID, INDEX, salt2, section2)


def test_a_commitment_is_to_one_message_index_salt_and_section() -> None:
    signed = commit(MESSAGE_ID, INDEX, b"\x01" * 32, b"section")
    assert signed == commit(MESSAGE_ID, INDEX, b"\x01" * 32, b"section")
    others = {
        commit(b"\x43" * 16, INDEX, b"\x01" * 32, b"section"),
        commit(MESSAGE_ID, INDEX + 1, b"\x01" * 32, b"section"),
        commit(MESSAGE_ID, INDEX, b"\x02" * 32, b"section"),
        commit(MESSAGE_ID, INDEX, b"\x01" * 32, b"sectioN"),
        commit(MESSAGE_ID, INDEX, b"\x01" * 32 + b"s", b"ection"),
    }
    assert len(others | {signed}) == 6
