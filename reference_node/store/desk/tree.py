"""Where the desk's migrations are, and which is the newest. Names only; nothing is migrated here."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reference_node.store.migrate import Tree

__all__ = ["DESK_TREE"]

DESK_TREE: Final = Tree(Path(__file__).parent / "migrations", "desk_0002", "desk_version")
