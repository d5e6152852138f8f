"""Bytes in, bytes out: every cryptographic step of the protocol, and nothing that knows what a message means.

No clock, disk, socket or log stands below this line; randomness is drawn in `random.py` and nowhere else. The
mathematics is pyca's; what is written here is which bytes go in. Nothing is loaded until a name is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_TABLE = {
    "BUCKETS": "body",
    "BatchTree": "merkle",
    "HybridSignature": "keyset",
    "Label": "digest",
    "OpeningKey": "opening",
    "OpeningPublicKey": "opening",
    "SealMemory": "memory",
    "SigningKeyset": "keyset",
    "VerifyingKeyset": "keyset",
    "bucket_for": "body",
    "commit": "commitment",
    "fingerprint": "keytext",
    "labelled_hash": "digest",
    "leaf_hash": "merkle",
    "lp": "digest",
    "node_hash": "merkle",
    "open_body": "body",
    "opening_key_text": "keytext",
    "parse_opening_key": "keytext",
    "parse_signing_key": "keytext",
    "ring_info": "hpke",
    "root_from_path": "merkle",
    "seal_body": "body",
    "signing_key_text": "keytext",
    "unwrap": "hpke",
    "unwrap_key": "keyfile",
    "wrap": "hpke",
    "wrap_key": "keyfile",
}

__all__ = sorted(_TABLE)  # noqa: PLE0605 - computed once from the table, which a test holds true


def __getattr__(name: str) -> Any:
    if name not in _TABLE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_TABLE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
