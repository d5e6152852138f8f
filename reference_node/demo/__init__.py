"""The demonstration: a referral crosses a border between two nodes on this machine, and proves what it claims.

Plays, looks and searches; prints nothing: the command line tells the story (`cli/story.py`).
"""

from __future__ import annotations

__all__: list[str] = []
