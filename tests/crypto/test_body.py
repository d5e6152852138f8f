"""Law: a body opens to what was sealed, under its own key, core and index; whatever else is tried is one refusal."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.crypto import labels
from referral_proto.crypto.body import BUCKETS, LARGEST_SECTION, bucket_for, open_body, seal_body
from referral_proto.errors import CallerError, PeerError

KEY, CORE, SALT = b"\x31" * 32, b"\x32" * 32, b"\x33" * 32
AAD = labels.BODY.prefix + CORE + b"\0\0\0\x02"

bytes32 = st.binary(min_size=32, max_size=32)
sections = st.binary(max_size=300) | st.integers(0, LARGEST_SECTION).map(lambda size: b"\x5a" * size)


def refused(key: bytes, core: bytes, index: int, body: bytes) -> bool:
    with pytest.raises(PeerError) as caught:
        open_body(key, core, index, body)
    assert caught.value.where == ""
    return caught.value.code == "open.refused"


@given(bytes32, bytes32, st.integers(0, 2**32 - 1), bytes32, sections)
def test_what_is_sealed_opens(key: bytes, core: bytes, index: int, salt: bytes, section: bytes) -> None:
    body = seal_body(key, core, index, salt, section)
    assert len(body) in BUCKETS
    assert len(body) == bucket_for(len(section))
    assert open_body(key, core, index, body) == (salt, section)


@given(st.integers(0, 255), st.integers(1, 255))
def test_any_flipped_byte_is_refused(place: int, change: int) -> None:
    body = bytearray(seal_body(KEY, CORE, 2, SALT, b"section"))
    body[place] ^= change
    assert refused(KEY, CORE, 2, bytes(body))


@given(st.integers(0, 1023))
def test_any_truncation_is_refused(length: int) -> None:
    assert refused(KEY, CORE, 2, seal_body(KEY, CORE, 2, SALT, b"x" * 500)[:length])


@given(st.binary(max_size=300) | st.sampled_from(BUCKETS).map(bytes))
def test_a_peers_bytes_raise_only_peer_error(body: bytes) -> None:
    assert refused(KEY, CORE, 2, body)


@given(st.binary(max_size=40))
def test_a_ring_may_name_any_key(key: bytes) -> None:
    assert refused(key, CORE, 2, seal_body(KEY, CORE, 2, SALT, b"section"))


def test_another_core_or_index_is_refused() -> None:
    body = seal_body(KEY, CORE, 2, SALT, b"section")
    assert refused(KEY, CORE, 3, body)
    assert refused(KEY, SALT, 2, body)


@pytest.mark.parametrize("bucket", BUCKETS)
def test_a_section_takes_the_smallest_size_that_holds_it(bucket: int) -> None:
    assert bucket_for(bucket - 52) == bucket
    assert len(seal_body(KEY, CORE, 2, SALT, bytes(bucket - 52))) == bucket
    if bucket != BUCKETS[-1]:
        assert bucket_for(bucket - 51) == BUCKETS[BUCKETS.index(bucket) + 1]


def test_a_section_that_is_too_large_is_the_callers_fault() -> None:
    assert LARGEST_SECTION == 262_092
    with pytest.raises(CallerError, match=r"section\.too-large"):
        bucket_for(LARGEST_SECTION + 1)
    with pytest.raises(CallerError, match=r"section\.too-large"):
        seal_body(KEY, CORE, 2, SALT, bytes(LARGEST_SECTION + 1))


def by_hand(plaintext: bytes) -> bytes:
    return ChaCha20Poly1305(KEY).encrypt(bytes(12), plaintext, AAD)


def test_it_is_the_formula_of_the_spec() -> None:
    plaintext = b"\0\0\0\x07" + SALT + b"section" + bytes(240 - 43)
    assert by_hand(plaintext) == seal_body(KEY, CORE, 2, SALT, b"section")


@given(st.integers(43, 239), st.integers(1, 255))
def test_padding_that_is_not_zero_is_refused(place: int, value: int) -> None:
    plaintext = bytearray(b"\0\0\0\x07" + SALT + b"section" + bytes(240 - 43))
    plaintext[place] = value
    assert refused(KEY, CORE, 2, by_hand(bytes(plaintext)))


@given(st.integers(205, 2**32 - 1))
def test_a_length_beyond_the_body_is_refused(length: int) -> None:
    assert refused(KEY, CORE, 2, by_hand(length.to_bytes(4, "big") + SALT + b"x" * 204))


@pytest.mark.parametrize("size", [0, 1, 35, 36, 100, 239, 241, 1007])
def test_an_authentic_body_of_another_size_is_refused(size: int) -> None:
    assert refused(KEY, CORE, 2, by_hand(bytes(size)))


def test_a_larger_size_than_needed_opens() -> None:
    plaintext = b"\0\0\0\x07" + SALT + b"section" + bytes(1008 - 43)
    assert open_body(KEY, CORE, 2, by_hand(plaintext)) == (SALT, b"section")
