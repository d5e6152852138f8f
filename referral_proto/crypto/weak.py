"""Public keys that must never be enrolled, because anybody can sign or read under them. Judges bytes, holds no keys.

pyca loads all of these without complaint. With a small-order Ed25519 key one forged signature verifies for any
message, so that its owner may "sign" anything or deny everything. A key with more than one encoding would be two
keysets with one secret. With an all-zero ML-KEM or ML-DSA part no secret is needed at all.

An agency can always give its secret away, and no list prevents that; this one keeps out the keys that betray
nobody. Keys with a component of small order (8·P ≠ 0 but L·P ≠ 0) still need their secret and are not refused.

Refused with PeerError: `key.malformed` (wrong length, not canonical, not a key), `key.weak` (usable without secret);
`where` names the part. Sources: RFC 8032 §5.1.3, RFC 7748 §6.1, FIPS 203 §7.2, FIPS 204 §7.2.
"""

from __future__ import annotations

from typing import Final

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey

from referral_proto.errors import PeerError

__all__ = [
    "ED25519_SIZE",
    "MLDSA44_SIZE",
    "MLDSA65_SIZE",
    "MLKEM768_SIZE",
    "X25519_SIZE",
    "XWING_SIZE",
    "refuse_weak_ed25519",
    "refuse_weak_mldsa44",
    "refuse_weak_mldsa65",
    "refuse_weak_xwing",
]

ED25519_SIZE: Final = 32
MLDSA44_SIZE: Final = 1312
MLDSA65_SIZE: Final = 1952
MLKEM768_SIZE: Final = 1184
X25519_SIZE: Final = 32
XWING_SIZE: Final = MLKEM768_SIZE + X25519_SIZE

_P: Final = 2**255 - 19
_D: Final = -121665 * pow(121666, -1, _P) % _P
_LOW_255: Final = 2**255 - 1

# The y of the two pairs of points of order 8; those of order 1, 2 and 4 have y = 1, -1 and 0.
_Y8: Final = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL_ORDER_Y: Final = frozenset({0, 1, _P - 1, _Y8, _P - _Y8})

# u of the points of order 1, 2, 4 and 8 on the curve and on its twist.
_SMALL_ORDER_U: Final = frozenset(
    {
        0,
        1,
        _P - 1,
        0x00B8495F16056286FDB1329CEB8D09DA6AC49FF1FAE35616AEB8413B7C7AEBE0,
        0x57119FD0DD4E22D8868E1C58C45C44045BEF839C55B1D0B1248C50A3BC959C5F,
    }
)

_RHO_SIZE: Final = 32
_T_ZERO: Final = bytes(MLKEM768_SIZE - _RHO_SIZE)


def _exact(key: bytes, size: int, part: str) -> None:
    if len(key) != size:
        raise PeerError("key.malformed", part)


def refuse_weak_ed25519(key: bytes) -> None:
    """Refuse 32 bytes that are not the one encoding of a curve point whose order is above 8."""
    _exact(key, ED25519_SIZE, "ed25519")
    y = int.from_bytes(key, "little") & _LOW_255
    if y % _P in _SMALL_ORDER_Y:
        raise PeerError("key.weak", "ed25519")
    if y >= _P or not _on_curve(y):
        raise PeerError("key.malformed", "ed25519")


def _on_curve(y: int) -> bool:
    """Whether x² = (y² - 1) / (d·y² + 1) has a root (a quotient and a product share it)."""
    square = y * y % _P
    return _jacobi((square - 1) * (_D * square + 1) % _P, _P) == 1


def _jacobi(top: int, bottom: int) -> int:
    """The Jacobi symbol (top | bottom): for a prime, 1 if `top` has a root. Five times as fast as Euler's criterion."""
    sign = 1
    while top:
        twos = (top & -top).bit_length() - 1
        top >>= twos
        if twos & 1 and bottom & 7 in (3, 5):
            sign = -sign
        # Reciprocity: the sign turns where both are 3 modulo 4.
        if top & bottom & 2:
            sign = -sign
        top, bottom = bottom % top, top
    return sign if bottom == 1 else 0


def refuse_weak_mldsa65(key: bytes) -> None:
    """Refuse 1,952 bytes whose t1 is all zeros or all ones, whatever rho says: anyone can sign under it."""
    _refuse_short_t1(key, MLDSA65_SIZE, "mldsa65")


def refuse_weak_mldsa44(key: bytes) -> None:
    """The same for 1,312 bytes of ML-DSA-44, with which logs and witnesses sign."""
    _refuse_short_t1(key, MLDSA44_SIZE, "mldsa44")


def _refuse_short_t1(key: bytes, size: int, part: str) -> None:
    _exact(key, size, part)
    # Ones: every coefficient 1023 is t1·2^13 = q - 1, that is -1: as short as zero.
    if key[_RHO_SIZE:] in (bytes(size - _RHO_SIZE), b"\xff" * (size - _RHO_SIZE)):
        raise PeerError("key.weak", part)


def refuse_weak_xwing(key: bytes) -> None:
    """Refuse 1,216 bytes (ML-KEM-768 ‖ X25519) of which either half is not a key or hides nothing."""
    _exact(key, XWING_SIZE, "xwing")
    if key[: MLKEM768_SIZE - _RHO_SIZE] == _T_ZERO:
        raise PeerError("key.weak", "xwing.mlkem768")
    try:
        MLKEM768PublicKey.from_public_bytes(key[:MLKEM768_SIZE])
    except ValueError:
        raise PeerError("key.malformed", "xwing.mlkem768") from None
    u = int.from_bytes(key[MLKEM768_SIZE:], "little")
    if (u & _LOW_255) % _P in _SMALL_ORDER_U:
        raise PeerError("key.weak", "xwing.x25519")
    if u >= _P:
        raise PeerError("key.malformed", "xwing.x25519")
