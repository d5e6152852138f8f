"""The witness's database: for each log the last checkpoint it cosigned, and what logs signed against themselves.

Each function of `book` runs inside the caller's transaction, so that check and store are one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reference_node.store.engine import Database
from reference_node.store.migrate import Tree

__all__ = ["TREE", "open_witness"]

TREE: Final = Tree(Path(__file__).parent / "migrations", head="0001", version_table="witness_version")


def open_witness(url: str) -> Database:
    """Open the witness's database, creating or upgrading it. Raises WorldError store.*."""
    return Database(url, TREE)
