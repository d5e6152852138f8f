"""Logs in a database: trees, events, checkpoints, cosignatures. Append-only in code and by the database's own triggers.

A relay keeps one log for each agency it serves, a desk one of its own: the same tables in both databases, several logs
in one. Each function runs inside the caller's transaction, so that what a log says was done is done with it or not at
all. The triggers stop mistakes; a person with the rights to drop them is stopped by the witnesses.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_TABLE = {
    "METADATA": "tables",
    "StoredTree": "tree",
    "add_cosignatures": "checkpoints",
    "append": "journal",
    "checkpoint": "checkpoints",
    "cosigned_size": "checkpoints",
    "cosigned_sizes": "checkpoints",
    "current_origin": "standing",
    "entries": "monitors",
    "events": "journal",
    "find_log": "tree",
    "first_signed_at": "checkpoints",
    "forget": "journal",
    "head_of": "tree",
    "open_log": "tree",
    "open_successor": "standing",
    "receipt": "checkpoints",
    "receipts": "proving",
    "refuse_behind": "standing",
    "sign": "checkpoints",
    "submission": "checkpoints",
    "tile": "monitors",
    "witness_sizes": "checkpoints",
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
