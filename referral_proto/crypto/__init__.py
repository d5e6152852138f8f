"""Bytes in, bytes out: every cryptographic step of the protocol, and nothing that knows what a message means.

No clock, disk, socket or log stands below this line; randomness is drawn in `random.py` and nowhere else. The
mathematics is pyca's; what is written here is which bytes go in. Nothing is loaded until a name is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_TABLE = {
    "BUCKETS": "referral_proto.crypto.body",
    "BatchTree": "referral_proto.crypto.merkle",
    "HybridSignature": "referral_proto.crypto.keyset",
    "Label": "referral_proto.crypto.digest",
    "OpeningKey": "referral_proto.crypto.opening",
    "OpeningPublicKey": "referral_proto.crypto.opening",
    "SealMemory": "referral_proto.crypto.memory",
    "SigningKeyset": "referral_proto.crypto.keyset",
    "VerifyingKeyset": "referral_proto.crypto.keyset",
    "bucket_for": "referral_proto.crypto.body",
    "commit": "referral_proto.crypto.commitment",
    "fingerprint": "referral_proto.crypto.keytext",
    "labelled_hash": "referral_proto.crypto.digest",
    "leaf_hash": "referral_proto.crypto.merkle",
    "lp": "referral_proto.crypto.digest",
    "node_hash": "referral_proto.crypto.merkle",
    "open_body": "referral_proto.crypto.body",
    "opening_key_text": "referral_proto.crypto.keytext",
    "parse_opening_key": "referral_proto.crypto.keytext",
    "parse_signing_key": "referral_proto.crypto.keytext",
    "ring_info": "referral_proto.crypto.hpke",
    "root_from_path": "referral_proto.crypto.merkle",
    "seal_body": "referral_proto.crypto.body",
    "signing_key_text": "referral_proto.crypto.keytext",
    "unwrap": "referral_proto.crypto.hpke",
    "unwrap_key": "referral_proto.crypto.keyfile",
    "wrap": "referral_proto.crypto.hpke",
    "wrap_key": "referral_proto.crypto.keyfile",
}

__all__ = sorted(_TABLE)  # noqa: PLE0605 - computed once from the table, which a test holds true


def __getattr__(name: str) -> Any:
    if name not in _TABLE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_TABLE[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
