"""The relay's database: replay protection, inbox, outbox, outcomes, logs. One module for each use case's queries.

Each function runs inside the caller's transaction and leaves commit and retry to `Database`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reference_node.store.engine import Database
from reference_node.store.migrate import Tree

__all__ = ["TREE", "open_relay"]

TREE: Final = Tree(Path(__file__).parent / "migrations", head="0004", version_table="relay_version")


def open_relay(url: str, database_bytes: int = 0) -> Database:
    """Open the relay's database, creating or upgrading it. Raises WorldError store.*."""
    return Database(url, TREE, database_bytes=database_bytes)
