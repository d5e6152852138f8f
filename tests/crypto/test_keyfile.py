"""Law: a key file gives back what was put in under its passphrase, and tells damage from a wrong passphrase.

The costs here are the least that Argon2id takes, to keep the tests fast; the default is 64 MiB.
"""

from __future__ import annotations

import inspect

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.crypto import labels
from referral_proto.crypto.digest import labelled_hash, lp
from referral_proto.crypto.keyfile import LARGEST_PAYLOAD, unwrap_key, wrap_key
from referral_proto.errors import CallerError, ReferralError, WorldError

passphrases = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
kinds = st.from_regex(r"[a-z][a-z-]{0,31}", fullmatch=True)


def wrap(payload: bytes, passphrase: str, kind: str = "signing-keyset") -> bytes:
    return wrap_key(kind, payload, passphrase, memory_kib=8, iterations=1)


def code_of(data: bytes, passphrase: str) -> str:
    with pytest.raises(ReferralError) as caught:
        unwrap_key(data, passphrase)
    return caught.value.code


FILE = wrap(b"\x77" * 64, "correct horse")


def checked(data: bytes) -> bytes:
    """`data` (header and ciphertext) with the check that belongs to it, as a forger would put it."""
    header_end = len(labels.KEY_FILE.prefix) + 4 + len("signing-keyset") + 12 + 32
    return data + labelled_hash(labels.KEY_FILE, data[:header_end], data[header_end:])


@given(kinds, st.binary(max_size=200), passphrases)
def test_what_is_wrapped_comes_back(kind: str, payload: bytes, passphrase: str) -> None:
    assert unwrap_key(wrap(payload, passphrase, kind), passphrase) == (kind, payload)


@given(passphrases)
def test_a_wrong_passphrase_is_said_to_be_wrong(passphrase: str) -> None:
    if passphrase != "correct horse":
        assert code_of(FILE, passphrase) == "key.wrong-passphrase"


@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_any_flipped_byte_is_damage(place: int, change: int) -> None:
    altered = bytearray(FILE)
    altered[place] ^= change
    assert code_of(bytes(altered), "correct horse") == "key.damaged"


@pytest.mark.parametrize("length", range(len(FILE)))
def test_any_truncation_is_damage(length: int) -> None:
    assert code_of(FILE[:length], "correct horse") == "key.damaged"


@given(st.binary(max_size=300))
def test_any_other_bytes_are_damage(data: bytes) -> None:
    assert code_of(data, "correct horse") == "key.damaged"
    assert code_of(labels.KEY_FILE.prefix + data, "correct horse") == "key.damaged"
    assert code_of(FILE + data[:1] + b"\0", "correct horse") == "key.damaged"


@given(st.integers(len(labels.KEY_FILE.prefix) + 4 + 14 + 12, len(FILE) - 33), st.integers(1, 255))
def test_a_forged_check_opens_nothing(place: int, change: int) -> None:
    altered = bytearray(FILE[:-32])
    altered[place] ^= change
    assert code_of(checked(bytes(altered)), "correct horse") == "key.wrong-passphrase"


def test_the_kind_cannot_be_changed() -> None:
    renamed = FILE[:-32].replace(b"signing-keyset", b"opening-keyset")
    assert code_of(checked(renamed), "correct horse") == "key.wrong-passphrase"


@pytest.mark.parametrize(
    "costs",
    [
        (2**20 + 1, 1, 1),
        (2**32 - 1, 2**32 - 1, 2**32 - 1),
        (8, 17, 1),
        (8, 0, 1),
        (64, 1, 5),
        (8, 1, 0),
        (7, 1, 1),
        (15, 1, 2),
    ],
)
def test_a_file_cannot_ask_for_more_than_is_granted(costs: tuple[int, int, int]) -> None:
    start = len(labels.KEY_FILE.prefix) + 4 + len("signing-keyset")
    asked = b"".join(cost.to_bytes(4, "big") for cost in costs)
    assert code_of(checked(FILE[:start] + asked + FILE[start + 12 : -32]), "correct horse") == "key.file-costs"
    with pytest.raises(CallerError, match=r"key\.costs"):
        wrap_key("kind", b"", "p", memory_kib=costs[0], iterations=costs[1], lanes=costs[2])


def test_one_passphrase_in_two_spellings_is_one() -> None:
    composed, decomposed = "caf\u00e9", "cafe\u0301"
    assert unwrap_key(wrap(b"payload", composed), decomposed) == ("signing-keyset", b"payload")
    assert unwrap_key(wrap(b"payload", "រហស្យ ความลับ"), "រហស្យ ความลับ") == ("signing-keyset", b"payload")


@pytest.mark.parametrize("passphrase", ["", "\ud800"])
def test_a_passphrase_is_text_and_not_empty(passphrase: str) -> None:
    with pytest.raises(CallerError, match=r"key\.passphrase"):
        wrap(b"payload", passphrase)
    assert code_of(FILE, passphrase) == "key.passphrase"


@pytest.mark.parametrize("kind", ["", "Signing", "signing keyset", "-a", "a" * 33, "ก", "a\n"])
def test_a_kind_is_a_short_word(kind: str) -> None:
    with pytest.raises(CallerError, match=r"key\.payload"):
        wrap(b"payload", "p", kind)


def test_a_payload_has_a_largest_size() -> None:
    assert unwrap_key(wrap(bytes(LARGEST_PAYLOAD), "p"), "p") == ("signing-keyset", bytes(LARGEST_PAYLOAD))
    with pytest.raises(CallerError, match=r"key\.payload"):
        wrap(bytes(LARGEST_PAYLOAD + 1), "p")


def test_it_is_the_formula_of_the_spec() -> None:
    salt = bytes(range(32))
    header = (
        lp(b"referral-proto/v1/key-file") + lp(b"opening-key") + b"\0\0\0\x10" + b"\0\0\0\x02" + b"\0\0\0\x02" + salt
    )
    key = Argon2id(salt=salt, length=32, iterations=2, lanes=2, memory_cost=16).derive(b"correct horse")
    ciphertext = ChaCha20Poly1305(key).encrypt(bytes(12), b"\x13" * 32, header)
    data = header + ciphertext + labelled_hash(labels.KEY_FILE, header, ciphertext)
    assert unwrap_key(data, "correct horse") == ("opening-key", b"\x13" * 32)
    # Files written by one version open in every later one.
    assert data.hex() == (
        "0000001a726566657272616c2d70726f746f2f76312f6b65792d66696c650000000b6f70656e696e672d6b65790000001000"
        "00000200000002000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f991d61551c3c572ce68f12"
        "aaa4cf721df217c4fb15d90f0d69cd14808f3b56dd964853b431f5ca1e43ed0328b3eac2cdb7f98d9af33f61a541d576fac3"
        "f9e790743c71ed7cc93602697c074e91730e98"
    )


def test_two_files_of_one_key_share_nothing() -> None:
    one, two = wrap(b"\x77" * 64, "p"), wrap(b"\x77" * 64, "p")
    header = len(labels.KEY_FILE.prefix) + 4 + len("signing-keyset") + 12
    assert one[:header] == two[:header]
    assert one[header : header + 32] != two[header : header + 32]
    assert one[header + 32 :] != two[header + 32 :]


def test_the_default_costs_are_what_the_spec_promises() -> None:
    defaults = {p.name: p.default for p in inspect.signature(wrap_key).parameters.values() if p.kind is p.KEYWORD_ONLY}
    assert defaults == {"memory_kib": 64 * 1024, "iterations": 3, "lanes": 1}


def test_a_damaged_file_is_the_worlds_fault_and_a_wrong_passphrase_the_callers() -> None:
    with pytest.raises(WorldError):
        unwrap_key(FILE[:-1], "correct horse")
    with pytest.raises(CallerError):
        unwrap_key(FILE, "incorrect horse")
