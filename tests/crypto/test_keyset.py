"""Law: a signature counts only if both halves verify, under this keyset, this label and these bytes."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.crypto import labels, possession, seal_statement
from referral_proto.crypto.digest import lp
from referral_proto.crypto.keyset import HybridSignature, SigningKeyset, VerifyingKeyset
from referral_proto.errors import CallerError, OurError, PeerError
from referral_proto.ids import AgencyId

KEYS = SigningKeyset.from_seeds(AgencyId("xa.shelter"), b"\x11" * 32, b"\x12" * 32)
STATEMENT = seal_statement.statement(1, 3, KEYS.id, b"\x55" * 32)
SIGNATURE = KEYS.sign(STATEMENT, labels.SEAL)


def refused(statement: bytes, signature: HybridSignature, public: VerifyingKeyset = KEYS.public) -> bool:
    with pytest.raises(PeerError) as caught:
        public.verify(statement, labels.SEAL, signature)
    return caught.value.code == "signature.invalid"


@given(st.binary(max_size=200))
def test_what_is_signed_verifies(tail: bytes) -> None:
    statement = labels.SEAL.prefix + tail
    KEYS.public.verify(statement, labels.SEAL, KEYS.sign(statement, labels.SEAL))


@given(st.integers(min_value=len(labels.SEAL.prefix), max_value=len(STATEMENT) - 1), st.integers(1, 255))
def test_another_statement_is_refused(place: int, change: int) -> None:
    altered = bytearray(STATEMENT)
    altered[place] ^= change
    assert refused(bytes(altered), SIGNATURE)


@given(st.integers(0, 63), st.integers(0, 3308), st.integers(1, 255))
def test_any_flipped_byte_of_either_half_is_refused(first: int, second: int, change: int) -> None:
    ed25519, mldsa65 = bytearray(SIGNATURE.ed25519), bytearray(SIGNATURE.mldsa65)
    ed25519[first] ^= change
    mldsa65[second] ^= change
    assert refused(STATEMENT, HybridSignature(bytes(ed25519), SIGNATURE.mldsa65))
    assert refused(STATEMENT, HybridSignature(SIGNATURE.ed25519, bytes(mldsa65)))


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_a_peers_bytes_raise_only_peer_error(ed25519: bytes, mldsa65: bytes) -> None:
    assert refused(STATEMENT, HybridSignature(ed25519, mldsa65))
    assert refused(STATEMENT, HybridSignature(SIGNATURE.ed25519, mldsa65))
    assert refused(STATEMENT, HybridSignature(ed25519, SIGNATURE.mldsa65))


@pytest.mark.parametrize(
    "signature",
    [
        HybridSignature(b"", SIGNATURE.mldsa65),
        HybridSignature(SIGNATURE.ed25519, b""),
        HybridSignature(SIGNATURE.mldsa65, SIGNATURE.ed25519),
        HybridSignature(bytes(64), bytes(3309)),
        HybridSignature(SIGNATURE.ed25519 + b"\0", SIGNATURE.mldsa65),
        HybridSignature(SIGNATURE.ed25519, SIGNATURE.mldsa65 + b"\0"),
    ],
    ids=["no ed25519", "no mldsa65", "swapped", "zeros", "longer ed25519", "longer mldsa65"],
)
def test_half_a_signature_is_none(signature: HybridSignature) -> None:
    assert refused(STATEMENT, signature)


def test_ed25519_with_s_plus_l_is_refused() -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    s = int.from_bytes(SIGNATURE.ed25519[32:], "little") + order
    assert refused(STATEMENT, HybridSignature(SIGNATURE.ed25519[:32] + s.to_bytes(32, "little"), SIGNATURE.mldsa65))


def test_mldsa_with_another_context_is_refused() -> None:
    mldsa65 = MLDSA65PrivateKey.from_seed_bytes(b"\x12" * 32)
    for context in (None, b"", bytes(labels.RECORD)):
        assert refused(STATEMENT, HybridSignature(SIGNATURE.ed25519, mldsa65.sign(STATEMENT, context)))
    KEYS.public.verify(
        STATEMENT, labels.SEAL, HybridSignature(SIGNATURE.ed25519, mldsa65.sign(STATEMENT, bytes(labels.SEAL)))
    )


def test_another_keyset_is_refused(other_keys: SigningKeyset) -> None:
    assert refused(STATEMENT, SIGNATURE, other_keys.public)
    mixed = VerifyingKeyset(KEYS.agency, KEYS.public.ed25519, other_keys.public.mldsa65)
    assert refused(STATEMENT, SIGNATURE, mixed)


def test_nothing_is_signed_or_verified_without_its_label() -> None:
    for statement in (b"", b"\0" + STATEMENT, labels.RECORD.prefix + b"x"):
        with pytest.raises(OurError):
            KEYS.sign(statement, labels.SEAL)
        with pytest.raises(OurError):
            KEYS.public.verify(statement, labels.SEAL, SIGNATURE)


def test_the_identifier_is_the_formula_of_the_spec_and_frozen(other_keys: SigningKeyset) -> None:
    public = KEYS.public
    ed25519 = Ed25519PrivateKey.from_private_bytes(b"\x11" * 32).public_key().public_bytes_raw()
    mldsa65 = MLDSA65PrivateKey.from_seed_bytes(b"\x12" * 32).public_key().public_bytes_raw()
    parts = lp(b"xa.shelter") + lp(ed25519) + lp(mldsa65)
    label = lp(b"referral-proto/v1/signing-keyset")
    assert (public.ed25519, public.mldsa65) == (ed25519, mldsa65)
    assert public.id == hashlib.sha256(label + b"\0\0\0\x03" + parts).digest() == KEYS.id
    assert public.id.hex() == "b157f506dc1d00029b58608cb274b07dd91ba3363b8cb226e98c399fcd8765bc"
    assert VerifyingKeyset(AgencyId("xb.police"), ed25519, mldsa65).id != public.id
    assert other_keys.id != public.id


def test_seeds_bring_back_the_keyset() -> None:
    made = SigningKeyset.create(AgencyId("xa.shelter"))
    again = SigningKeyset.from_seeds(made.agency, *made.seeds())
    assert again.public == made.public
    assert SigningKeyset.create(AgencyId("xa.shelter")).id != made.id


@pytest.mark.parametrize("sizes", [(31, 32), (32, 33), (0, 0)])
def test_seeds_of_another_length_are_refused(sizes: tuple[int, int]) -> None:
    with pytest.raises(CallerError, match=r"key\.seed"):
        SigningKeyset.from_seeds(AgencyId("xa.shelter"), bytes(sizes[0]), bytes(sizes[1]))


def test_the_seal_statement_is_the_formula_of_the_spec() -> None:
    expected = b"\0\0\0\x16referral-proto/v1/seal" + b"\0\0\0\x01" + b"\x03" + KEYS.id + b"\x55" * 32
    assert expected == STATEMENT


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_possession_is_proved_for_one_sequence(sequence: int, other: int) -> None:
    proof = possession.prove(KEYS, sequence)
    possession.check(KEYS.public, sequence, proof)
    if other != sequence:
        with pytest.raises(PeerError, match=r"signature\.invalid"):
            possession.check(KEYS.public, other, proof)


def test_possession_is_proved_for_one_agency_and_keyset(other_keys: SigningKeyset) -> None:
    proof = possession.prove(KEYS, 1)
    stolen = VerifyingKeyset(AgencyId("xb.police"), KEYS.public.ed25519, KEYS.public.mldsa65)
    for public in (stolen, other_keys.public):
        with pytest.raises(PeerError, match=r"signature\.invalid"):
            possession.check(public, 1, proof)
    with pytest.raises(PeerError, match=r"signature\.invalid"):
        possession.check(KEYS.public, 1, SIGNATURE)
