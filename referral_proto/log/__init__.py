"""What can be proved: trees, signed checkpoints, receipts, contradictions. Takes bytes and the moment, stores nothing.

Beside `trust` and `policy`: whom a log's keys belong to is judged there. Nothing is loaded until a name is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_TABLE = {
    "Checkpoint": "referral_proto.log.checkpoint",
    "Expected": "referral_proto.log.receipt",
    "Finding": "referral_proto.log.contradiction",
    "Head": "referral_proto.log.head",
    "LogIdentity": "referral_proto.log.checkpoint",
    "NO_WITNESSES": "referral_proto.log.checkpoint",
    "NodeReader": "referral_proto.log.tree",
    "Place": "referral_proto.log.tree",
    "SignatureType": "referral_proto.log.note",
    "Tile": "referral_proto.log.tiles",
    "VerifiedReceipt": "referral_proto.log.receipt",
    "VerifierKey": "referral_proto.log.note",
    "Witness": "referral_proto.log.checkpoint",
    "Witnesses": "referral_proto.log.checkpoint",
    "consistency_proof": "referral_proto.log.tree",
    "cosign": "referral_proto.log.checkpoint",
    "entry_of": "referral_proto.log.event",
    "inclusion_proof": "referral_proto.log.tree",
    "judge": "referral_proto.log.contradiction",
    "judge_time": "referral_proto.log.receipt",
    "leaf_of": "referral_proto.log.event",
    "make_receipt": "referral_proto.log.receipt",
    "parse_note": "referral_proto.log.note",
    "read_head": "referral_proto.log.checkpoint",
    "sign_checkpoint": "referral_proto.log.checkpoint",
    "verify_checkpoint": "referral_proto.log.checkpoint",
    "verify_consistency": "referral_proto.log.tree",
    "verify_inclusion": "referral_proto.log.tree",
    "verify_receipt": "referral_proto.log.receipt",
    "verify_text": "referral_proto.log.note",
    "with_cosignatures": "referral_proto.log.checkpoint",
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
