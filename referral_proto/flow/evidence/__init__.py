"""Evidence: showing an auditor what happened, and judging what one is shown. Pure; no key that opens anything.

    show_message, build_exchange, build_access, build_audit → bundle ─verify_evidence→ Report

Nothing is loaded until a name is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_TABLE = {
    "Auditor": "referral_proto.flow.evidence.verify",
    "Report": "referral_proto.flow.evidence.report",
    "Verdict": "referral_proto.flow.evidence.report",
    "build_access": "referral_proto.flow.evidence.bundle",
    "build_audit": "referral_proto.flow.evidence.bundle",
    "build_exchange": "referral_proto.flow.evidence.bundle",
    "chosen_records": "referral_proto.flow.evidence.bundle",
    "is_evidence": "referral_proto.flow.evidence.bundle",
    "show_message": "referral_proto.flow.evidence.bundle",
    "sign_claim": "referral_proto.flow.evidence.claim",
    "verify_evidence": "referral_proto.flow.evidence.verify",
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
