"""The desk's database: sealed envelopes, wrapped keys, deliveries. No rule of the domain, nothing of the relay's.

Loaded when a name is used: commands that talk to a running desk need no SQLAlchemy.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_TABLE = {
    "AccessBook": "access",
    "AuditBook": "audits",
    "Cabinet": "cabinet",
    "DESK_TREE": "tree",
    "PostBook": "mail",
    "ReceiptBook": "receipts",
    "State": "rows",
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
