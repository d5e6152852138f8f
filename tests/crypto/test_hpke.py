"""Law: what is wrapped to a key opens with that key and that info, and whatever else is tried is one refusal."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.crypto.digest import lp
from referral_proto.crypto.hpke import OVERHEAD, ring_info, unwrap, wrap
from referral_proto.crypto.opening import OpeningKey, OpeningPublicKey
from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import AgencyId

KEY = OpeningKey.from_seed(AgencyId("xa.shelter"), b"\x13" * 32)
FILE = Path(__file__).parents[2] / "spec" / "vectors" / "xwing" / "hpke-0x647a.json"
VECTORS = [
    {name: bytes.fromhex(value) if isinstance(value, str) else value for name, value in vector.items()}
    for vector in json.loads(FILE.read_text())["vectors"]
]
KDFS = {0x0001: KDF.HKDF_SHA256, 0x0011: KDF.SHAKE256}


def refused(secret: OpeningKey, ciphertext: bytes, info: bytes) -> bool:
    with pytest.raises(PeerError) as caught:
        unwrap(secret, ciphertext, info)
    assert caught.value.where == ""
    return caught.value.code == "open.refused"


@pytest.mark.parametrize("vector", VECTORS, ids=["HKDF-SHA256", "SHAKE256"])
def test_the_official_vectors(vector: dict[str, bytes]) -> None:
    secret = OpeningKey.from_seed(AgencyId("xa.shelter"), vector["skRm"])
    assert secret.public.xwing == vector["pkRm"]
    cipher = ChaCha20Poly1305(vector["key"])
    assert cipher.encrypt(vector["base_nonce"], vector["pt"], vector["aad"]) == vector["ct"]
    # pyca's HPKE takes no associated data, the vectors have some: the same message without it, under the key and
    # nonce that the vectors say follow from `enc`, opens only if decapsulation and key schedule give that key.
    message = vector["enc"] + cipher.encrypt(vector["base_nonce"], vector["pt"], b"")
    suite = Suite(KEM.MLKEM768_X25519, KDFS[vector["kdf_id"]], AEAD.CHACHA20_POLY1305)  # type: ignore[index]
    assert suite.decrypt(message, secret.loaded, vector["info"]) == vector["pt"]


def test_the_suite_of_the_protocol_opens_its_official_vector() -> None:
    vector = VECTORS[0]
    secret = OpeningKey.from_seed(AgencyId("xa.shelter"), vector["skRm"])
    message = vector["enc"] + ChaCha20Poly1305(vector["key"]).encrypt(vector["base_nonce"], vector["pt"], b"")
    assert unwrap(secret, message, vector["info"]) == vector["pt"]
    other = VECTORS[1]
    stranger = OpeningKey.from_seed(AgencyId("xa.shelter"), other["skRm"])
    foreign = other["enc"] + ChaCha20Poly1305(other["key"]).encrypt(other["base_nonce"], other["pt"], b"")
    assert refused(stranger, foreign, other["info"])


@given(st.binary(max_size=600), st.binary(max_size=100))
def test_what_is_wrapped_opens(plaintext: bytes, info: bytes) -> None:
    ciphertext = wrap(KEY.public, plaintext, info)
    assert len(ciphertext) == len(plaintext) + OVERHEAD
    assert unwrap(KEY, ciphertext, info) == plaintext


@given(st.integers(min_value=0), st.integers(1, 255))
def test_any_flipped_byte_is_refused(place: int, change: int) -> None:
    ciphertext = bytearray(wrap(KEY.public, b"ring", b"info"))
    ciphertext[place % len(ciphertext)] ^= change
    assert refused(KEY, bytes(ciphertext), b"info")


@given(st.integers(0, OVERHEAD + 3))
def test_any_truncation_is_refused(length: int) -> None:
    assert refused(KEY, wrap(KEY.public, b"ring", b"info")[:length], b"info")


@given(st.binary(max_size=1300))
def test_a_peers_bytes_raise_only_peer_error(data: bytes) -> None:
    assert refused(KEY, data, b"info")


def test_another_key_info_or_tail_is_refused(other_opening: OpeningKey) -> None:
    ciphertext = wrap(KEY.public, b"ring", ring_info(b"\x01" * 32, 0))
    assert refused(other_opening, ciphertext, ring_info(b"\x01" * 32, 0))
    assert refused(KEY, ciphertext, ring_info(b"\x01" * 32, 1))
    assert refused(KEY, ciphertext, ring_info(b"\x02" * 32, 0))
    assert refused(KEY, ciphertext + b"\0", ring_info(b"\x01" * 32, 0))


def test_a_share_of_small_order_in_the_ciphertext_is_refused() -> None:
    ciphertext = wrap(KEY.public, b"ring", b"info")
    for u in (0, 1):
        assert refused(KEY, ciphertext[:1088] + u.to_bytes(32, "little") + ciphertext[1120:], b"info")


def test_the_info_of_a_ring_is_the_formula_of_the_spec() -> None:
    assert ring_info(b"\x07" * 32, 5) == b"\0\0\0\x16referral-proto/v1/ring" + b"\x07" * 32 + b"\0\0\0\x05"


def test_the_identifier_is_the_formula_of_the_spec_and_frozen() -> None:
    parts = lp(b"xa.shelter") + lp(KEY.public.xwing)
    expected = hashlib.sha256(lp(b"referral-proto/v1/opening-key") + b"\0\0\0\x02" + parts).digest()
    assert KEY.id == KEY.public.id == expected
    assert KEY.id.hex() == "65b2838bf449ef2cd7d8d421c16758d73964dba915b56925184d471590febb82"
    assert OpeningPublicKey(AgencyId("xb.police"), KEY.public.xwing).id != KEY.id


def test_the_seed_brings_back_the_key() -> None:
    made = OpeningKey.create(AgencyId("xa.shelter"))
    assert OpeningKey.from_seed(made.agency, made.seed).public == made.public
    assert OpeningKey.create(AgencyId("xa.shelter")).id != made.id
    for size in (0, 31, 64):
        with pytest.raises(CallerError, match=r"key\.seed"):
            OpeningKey.from_seed(made.agency, bytes(size))
