"""Law: no public key is accepted under which anybody can sign or read; and raw pyca shows why each is refused."""

from __future__ import annotations

from hashlib import shake_256

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.crypto.keyset import SigningKeyset, VerifyingKeyset
from referral_proto.crypto.opening import OpeningKey, OpeningPublicKey
from referral_proto.crypto.weak import refuse_weak_ed25519, refuse_weak_mldsa65, refuse_weak_xwing
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
SIGN = 1 << 255
Y8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
SMALL_ORDER = [1, P - 1, 0, SIGN, Y8, Y8 | SIGN, P - Y8, (P - Y8) | SIGN]
SMALL_ORDER_OTHERWISE = [1 | SIGN, (P - 1) | SIGN, P, P | SIGN, P + 1, (P + 1) | SIGN]
U8 = [
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
]
SMALL_ORDER_U = [0, 1, P - 1, *U8]
AGENCY = AgencyId("xa.shelter")


def le(number: int) -> bytes:
    return number.to_bytes(32, "little")


def x_squared(y: int) -> int:
    return (y * y - 1) * pow(D * y * y + 1, -1, P) % P


def code_of(refuse: object, key: bytes) -> str:
    assert callable(refuse)
    with pytest.raises(PeerError) as caught:
        refuse(key)
    return caught.value.code


@pytest.mark.parametrize("point", SMALL_ORDER + SMALL_ORDER_OTHERWISE)
def test_small_order_ed25519_is_refused(point: int) -> None:
    assert code_of(refuse_weak_ed25519, le(point)) == "key.weak"


@pytest.mark.parametrize("point", SMALL_ORDER)
def test_a_forged_signature_verifies_under_each_small_order_key(point: int) -> None:
    key = Ed25519PublicKey.from_public_bytes(le(point))
    forged = 0
    for message in (b"message %d" % i for i in range(8)):
        for commitment in SMALL_ORDER:
            try:
                key.verify(le(commitment) + bytes(32), message)
            except InvalidSignature:
                continue
            forged += 1
    assert forged


def test_one_forged_signature_verifies_for_every_message_under_the_identity(keys: SigningKeyset) -> None:
    identity, forged = le(1), le(1) + bytes(32)
    for message in (b"", b"release her", b"detain her"):
        Ed25519PublicKey.from_public_bytes(identity).verify(forged, message)
    with pytest.raises(PeerError, match=r"key\.weak"):
        VerifyingKeyset(keys.agency, identity, keys.public.mldsa65)


@given(st.integers(min_value=0, max_value=18), st.booleans())
def test_ed25519_has_one_encoding(above: int, sign: bool) -> None:
    assert code_of(refuse_weak_ed25519, le((P + above) | (SIGN if sign else 0))) in {"key.weak", "key.malformed"}


@given(st.binary(min_size=32, max_size=32))
def test_ed25519_off_the_curve_is_refused_and_on_it_is_not(data: bytes) -> None:
    y = int.from_bytes(data, "little") % SIGN % P
    key = le(y | (int.from_bytes(data, "little") & SIGN))
    x = pow(x_squared(y), (P + 3) // 8, P)
    on_curve = any((root * root - x_squared(y)) % P == 0 for root in (x, x * pow(2, (P - 1) // 4, P)))
    if y in {0, 1, P - 1, Y8, P - Y8}:
        assert code_of(refuse_weak_ed25519, key) == "key.weak"
    elif on_curve:
        refuse_weak_ed25519(key)
    else:
        assert code_of(refuse_weak_ed25519, key) == "key.malformed"


@given(st.binary(min_size=32, max_size=32))
def test_honest_ed25519_keys_pass(seed: bytes) -> None:
    refuse_weak_ed25519(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())


def test_the_small_order_points_are_all_there_are() -> None:
    def add(one: tuple[int, int], two: tuple[int, int]) -> tuple[int, int]:
        (x1, y1), (x2, y2) = one, two
        product = D * x1 * x2 * y1 * y2
        return (
            (x1 * y2 + x2 * y1) * pow(1 + product, -1, P) % P,
            (y1 * y2 + x1 * x2) * pow(1 - product, -1, P) % P,
        )

    x = pow(x_squared(Y8), (P + 3) // 8, P)
    if (x * x - x_squared(Y8)) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    points = [(x, Y8)]
    while points[-1] != (0, 1):
        points.append(add(points[-1], (x, Y8)))
    assert len(points) == 8
    assert {y | (SIGN if x & 1 else 0) for x, y in points} == set(SMALL_ORDER)


def forge_mldsa65(public: bytes, message: bytes, context: bytes) -> bytes:
    """A signature without a secret (FIPS 204 §6.2 with z = 0): verifies wherever c·t1·2^13 has no high bits."""
    tr = shake_256(public).digest(64)
    mu = shake_256(tr + b"\x00" + bytes([len(context)]) + context + message).digest(64)
    challenge = shake_256(mu + bytes(768)).digest(48)
    zero_z = sum(2**19 << 20 * i for i in range(5 * 256)).to_bytes(5 * 640, "little")
    return challenge + zero_z + bytes(61)


@pytest.mark.parametrize("rho", [bytes(32), b"\x07" * 32])
@pytest.mark.parametrize("filler", [b"\x00", b"\xff"])
def test_mldsa_keys_that_anyone_can_sign_under_are_refused(rho: bytes, filler: bytes) -> None:
    key = rho + filler * 1920
    message, context = b"any message", b"any context"
    MLDSA65PublicKey.from_public_bytes(key).verify(forge_mldsa65(key, message, context), message, context)
    assert code_of(refuse_weak_mldsa65, key) == "key.weak"


def test_the_forgery_does_not_work_under_an_honest_key(keys: SigningKeyset) -> None:
    honest = keys.public.mldsa65
    refuse_weak_mldsa65(honest)
    with pytest.raises(InvalidSignature):
        MLDSA65PublicKey.from_public_bytes(honest).verify(forge_mldsa65(honest, b"m", b"c"), b"m", b"c")


@pytest.mark.parametrize("number", [*SMALL_ORDER_U, P, P + 1, *(u | SIGN for u in SMALL_ORDER_U)])
def test_x25519_shares_that_give_no_secret_are_refused(number: int, opening: OpeningKey) -> None:
    with pytest.raises(ValueError, match="shared key"):
        X25519PrivateKey.from_private_bytes(b"\x09" * 32).exchange(X25519PublicKey.from_public_bytes(le(number)))
    assert code_of(refuse_weak_xwing, opening.public.xwing[:1184] + le(number)) == "key.weak"


@given(st.integers(min_value=2, max_value=18), st.booleans())
def test_x25519_has_one_encoding(above: int, top: bool) -> None:
    mlkem = OpeningKey.from_seed(AGENCY, b"\x13" * 32).public.xwing[:1184]
    assert code_of(refuse_weak_xwing, mlkem + le(P + above)) == "key.malformed"
    if top:
        assert code_of(refuse_weak_xwing, mlkem + le(9 | SIGN)) == "key.malformed"


@given(st.integers(min_value=0, max_value=767), st.integers(min_value=3329, max_value=4095))
def test_an_mlkem_coefficient_out_of_range_is_refused(place: int, coefficient: int) -> None:
    xwing = OpeningKey.from_seed(AGENCY, b"\x13" * 32).public.xwing
    packed = int.from_bytes(xwing[:1152], "little")
    packed += (coefficient - (packed >> 12 * place & 0xFFF)) << 12 * place
    assert code_of(refuse_weak_xwing, packed.to_bytes(1152, "little") + xwing[1152:]) == "key.malformed"


def test_an_mlkem_key_of_zeros_is_refused_whatever_its_rho(opening: OpeningKey) -> None:
    xwing = opening.public.xwing
    assert code_of(refuse_weak_xwing, bytes(1152) + xwing[1152:]) == "key.weak"
    assert code_of(refuse_weak_xwing, bytes(1216)) == "key.weak"


@given(st.binary(max_size=70))
def test_wrong_lengths_are_malformed(data: bytes) -> None:
    for refuse, size in ((refuse_weak_ed25519, 32), (refuse_weak_mldsa65, 1952), (refuse_weak_xwing, 1216)):
        if len(data) != size:
            assert code_of(refuse, data) == "key.malformed"


@given(st.binary(min_size=1216, max_size=1216))
def test_a_peers_bytes_raise_only_peer_error(data: bytes) -> None:
    try:
        OpeningPublicKey.parse("xa.shelter", data)
        VerifyingKeyset.parse("xa.shelter", data[:32], data + bytes(736))
    except PeerError:
        pass


@pytest.mark.parametrize("agency", ["", "XA.shelter", "xa.shelter\n", "xa"])
def test_a_key_of_a_malformed_agency_is_refused(agency: str, keys: SigningKeyset, opening: OpeningKey) -> None:
    with pytest.raises(PeerError, match=r"key\.malformed"):
        VerifyingKeyset.parse(agency, keys.public.ed25519, keys.public.mldsa65)
    with pytest.raises(PeerError, match=r"key\.malformed"):
        OpeningPublicKey.parse(agency, opening.public.xwing)
