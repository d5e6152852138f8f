"""The Referral Protocol: what an integrator may import. Nothing is loaded until a name is used.

Anything that is not in this table is internal and may change without notice.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_TABLE = {
    "AgencyId": "referral_proto.ids",
    "CallerError": "referral_proto.errors",
    "Moment": "referral_proto.moment",
    "OurError": "referral_proto.errors",
    "PeerError": "referral_proto.errors",
    "ReferralError": "referral_proto.errors",
    "WorldError": "referral_proto.errors",
    "agency_id": "referral_proto.ids",
    "explain": "referral_proto.errors",
}

__all__ = sorted(_TABLE)  # noqa: PLE0605 - computed once from the table, which a test holds true

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in _TABLE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_TABLE[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
