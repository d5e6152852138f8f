"""The table `[trust]` as `referral-node init` writes it: every key with its meaning and what holds without it. Text."""

from __future__ import annotations

from typing import Final

__all__ = ["ROOT_FILE", "trust_table"]

ROOT_FILE: Final = "root.json"
"""Name of the repository's root file beside the settings."""

_HEAD: Final = """
# What this half believes and where it comes from. Paths are relative to this file. Lines with # say what holds anyway.
[trust]
# The trust repository's root file, received by hand. Without it, records come by hand into `records/`.
"""
_REST: Final = """# Digest of the first federation record, 64 hex digits, from the same hand: no other is then believed.
# federation = "…"
# A folder with the repository, such as a USB stick; asked before any relay.
# repository = "…"
{peers}# Seconds between two refreshes, more or less by a tenth.
# refresh_seconds = 900.0
# Where the copy of the repository, opening keys of others, and proof of split views are kept. Proof is never cleaned.
# mirror = "trust"
# opening = "opening"
# evidence = "evidence"
# Without `root` only: when each record was first seen; when somebody last compared them with the registrars'
# (`referral-node records-checked`); and whether to put everything off when that was too long ago.
# first_seen = "first-seen.json"
# checked = "records-checked.json"
# refuse_unchecked = false
"""
_PEERS: Final = """# Operators whose relays are asked, such as ["th.dsdw"]; none: three, drawn at random each time.
# peers = []
"""


def trust_table(half: str, *, root: bool) -> str:
    """TOML for `relay` or `desk`; with `root` the file ROOT_FILE lies beside the settings."""
    named = f'root = "{ROOT_FILE}"\n' if root else f'# root = "{ROOT_FILE}"\n'
    # A desk asks its own relay.
    return _HEAD + named + _REST.format(peers=_PEERS if half == "relay" else "")
