"""Databases: SQLAlchemy Core tables, queries and migrations. Relay and desk have one database and one tree each.

Knows SQL and nothing of envelopes' insides, gRPC or keys. Loaded when a name is used: SQLAlchemy takes its time.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_TABLE = {
    "Database": "engine",
    "Tree": "migrate",
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
