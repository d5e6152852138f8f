"""The reference node: a relay that cannot open anything, a desk that never listens to the world, and their tools.

Imports the library's public names only. Importing this package loads nothing else, so that commands start fast.
"""

from __future__ import annotations

__all__: list[str] = []
