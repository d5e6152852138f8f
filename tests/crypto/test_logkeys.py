"""Keys of logs and witnesses: what one signs nobody else's key verifies, and a secret key shows and lends nothing."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.crypto.keyfile import wrap_key
from referral_proto.crypto.logkeys import MLDSA44_SIGNATURE_SIZE, Algorithm, LogKeys, NoteKey, WitnessKeys
from referral_proto.errors import CallerError, PeerError

KEYS = LogKeys.from_seeds(b"\x01" * 32, b"\x02" * 32)
OTHER = LogKeys.from_seeds(b"\x03" * 32, b"\x04" * 32)


@given(st.binary(max_size=200))
def test_what_is_signed_verifies_and_nothing_else_does(statement: bytes) -> None:
    for sign, key, other in (
        (KEYS.sign_ed25519, KEYS.ed25519, OTHER.ed25519),
        (KEYS.sign_mldsa44, KEYS.mldsa44, OTHER.mldsa44),
    ):
        signature = sign(statement)
        assert len(signature) == key.signature_size
        key.verify(statement, signature)
        for wrong, said, made in (
            (key, statement + b"x", signature),
            (key, statement, signature[:-1] + bytes([signature[-1] ^ 1])),
            (key, statement, signature[:-1]),
            (key, statement, b""),
            (other, statement, signature),
        ):
            with pytest.raises(PeerError, match=r"signature\.invalid"):
                wrong.verify(said, made)


def test_new_keys_are_new_and_seeds_bring_them_back() -> None:
    new = WitnessKeys.create()
    assert new.seeds() != WitnessKeys.create().seeds()
    again = WitnessKeys.from_seeds(*new.seeds())
    assert (again.ed25519, again.mldsa44) == (new.ed25519, new.mldsa44)
    assert len(new.sign_mldsa44(b"")) == MLDSA44_SIGNATURE_SIZE


@pytest.mark.parametrize("seeds", [(b"", b""), (bytes(32), bytes(31)), (bytes(33), bytes(32))])
def test_a_seed_of_another_length_is_refused(seeds: tuple[bytes, bytes]) -> None:
    with pytest.raises(CallerError, match=r"key\.seed"):
        LogKeys.from_seeds(*seeds)


def test_a_key_file_of_another_kind_or_length_is_refused() -> None:
    for kind, payload, code in (("witness-keys", bytes(64), "key.kind"), ("log-keys", bytes(63), "key.seed")):
        with pytest.raises(CallerError) as caught:
            LogKeys.unwrapped(wrap_key(kind, payload, "an example", memory_kib=64), "an example")
        assert caught.value.code == code


def test_secret_keys_are_neither_shown_nor_copied() -> None:
    for taken in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="neither pickled nor copied"):
            taken(KEYS)
    for seed in KEYS.seeds():
        assert seed.hex() not in repr(KEYS) and repr(seed)[2:-1] not in repr(KEYS)


def test_a_key_of_one_algorithm_is_none_of_the_other() -> None:
    with pytest.raises(PeerError, match=r"key\.malformed"):
        NoteKey(Algorithm.MLDSA44, KEYS.ed25519.data)
    with pytest.raises(PeerError, match=r"key\.malformed"):
        NoteKey(Algorithm.ED25519, KEYS.mldsa44.data)
