"""Timestamped signatures over a tree's head (C2SP tlog-cosignature): what types 04 and 06 sign. Decides no quorum.

    signature   = u64 time ‖ the key's signature over the statement
    04 Ed25519    "cosignature/v1" LF "time " decimal LF ‖ the checkpoint's text
    06 ML-DSA-44  "subtree/v1" LF NUL ‖ u8 len name ‖ name ‖ u64 time
                  ‖ u8 len origin ‖ origin ‖ u64 0 ‖ u64 size ‖ root(32)

Both say: at this time, this was the largest tree of that log that the signer had seen, and it began with every one
before it. Type 06 names its signer; type 04 does not, so that one Ed25519 key never serves two signers.
"""

from __future__ import annotations

from struct import Struct
from typing import Final

from referral_proto.crypto.logkeys import NoteKeys
from referral_proto.errors import PeerError
from referral_proto.log.head import Head
from referral_proto.log.note import SignatureLine, SignatureType, VerifierKey
from referral_proto.moment import Moment

__all__ = ["check_cosignature", "cosign_ed25519", "cosign_mldsa44"]

_LABEL: Final = b"subtree/v1\n\0"
_u64: Final = Struct(">Q")
_LAST: Final = 253_402_300_799


def cosign_ed25519(name: str, keys: NoteKeys, head: Head, at: Moment) -> SignatureLine:
    """A line of type 04."""
    key = VerifierKey(name, SignatureType.ED25519_COSIGNATURE, keys.ed25519)
    signature = keys.sign_ed25519(_ed25519_statement(head, at))
    return SignatureLine(name, key.key_id, _u64.pack(at) + signature)


def cosign_mldsa44(name: str, keys: NoteKeys, head: Head, at: Moment) -> SignatureLine:
    """A line of type 06."""
    key = VerifierKey(name, SignatureType.MLDSA44_COSIGNATURE, keys.mldsa44)
    signature = keys.sign_mldsa44(_mldsa44_statement(name, head, at))
    return SignatureLine(name, key.key_id, _u64.pack(at) + signature)


def check_cosignature(key: VerifierKey, line: SignatureLine, head: Head) -> Moment:
    """When `key`, of type 04 or 06, signed `head`.

    PeerError signature.invalid; PeerError checkpoint.time for a true signature that says no time that can be.
    """
    if len(line.signature) != _u64.size + key.key.signature_size:
        raise PeerError("signature.invalid", key.key.algorithm)
    (time,) = _u64.unpack_from(line.signature)
    if key.type is SignatureType.ED25519_COSIGNATURE:
        statement = _ed25519_statement(head, time)
    else:
        statement = _mldsa44_statement(key.name, head, time)
    key.key.verify(statement, line.signature[_u64.size :])
    if not 0 < time <= _LAST:
        raise PeerError("checkpoint.time", key.name)
    return Moment(time)


def _ed25519_statement(head: Head, time: int) -> bytes:
    return b"cosignature/v1\ntime %d\n" % time + head.text()


def _mldsa44_statement(name: str, head: Head, time: int) -> bytes:
    signer, origin = name.encode(), head.origin.encode()
    if max(len(signer), len(origin)) > 255:
        raise PeerError("signature.invalid", "name")
    parts = (
        bytes([len(signer)]) + signer,
        _u64.pack(time),
        bytes([len(origin)]) + origin,
        _u64.pack(0),
        _u64.pack(head.size),
        head.root,
    )
    return _LABEL + b"".join(parts)
