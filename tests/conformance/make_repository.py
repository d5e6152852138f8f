"""Makes `spec/vectors/trust-repository/first.json` once: a whole trust repository of an invented federation, as files.

Two countries and the international organisations; two of three founders sign root and targets, country xa needs two
keys, xb and int one. The keys come from published seeds: never use them.
"""

from __future__ import annotations

import json
import tempfile
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Final

from tests.adapters.trust_world import World
from tests.conformance.make_world import WARNING
from tests.conformance.world import VECTORS, content

FIRST: Final = "trust-repository/first.json"


@cache
def files(name: str = FIRST) -> dict[str, bytes]:
    """Path → bytes of a frozen repository."""
    frozen = json.loads((VECTORS / name).read_text("utf-8"))
    return {path: content(data) for path, data in frozen["files"].items()}


def write() -> list[str]:
    """Make the file if it is missing, and return its name."""
    place = VECTORS / FIRST
    if place.exists():
        return []
    with tempfile.TemporaryDirectory(prefix="vectors-") as folder:
        made = World(Path(folder)).copy()
    whole = {
        "about": WARNING + " The root that a node is set up with is metadata/1.root.json.",
        "files": {path: b64encode(data).decode("ascii") for path, data in sorted(made.items())},
    }
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(whole, indent=1) + "\n", "utf-8")
    return [FIRST]
