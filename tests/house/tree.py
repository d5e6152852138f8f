"""The repository as the house tests see it: which files belong to it, and their text. Judges nothing."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GENERATED = "referral_proto/v1/"
PACKAGES = ("referral_proto", "reference_node")
PURE_FLOORS = tuple(
    f"referral_proto/{floor}/" for floor in ("model", "wire", "crypto", "trust", "policy", "log", "flow")
)


@cache
def files() -> tuple[str, ...]:
    """Every file that git keeps or would keep, relative to the root, in order."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return tuple(sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file()))


@cache
def text(name: str) -> str:
    """The text of a file; bytes that are not UTF-8 show as replacement characters."""
    return (ROOT / name).read_text(encoding="utf-8", errors="replace")


def written_python() -> list[str]:
    """The Python files that a person wrote."""
    return [name for name in files() if name.endswith(".py") and not name.startswith(GENERATED)]


def packages() -> list[str]:
    """The `__init__.py` of every package that is shipped."""
    return [name for name in written_python() if name.split("/")[0] in PACKAGES and name.endswith("/__init__.py")]


def module(name: str) -> str:
    """`referral_proto/wire/__init__.py` → `referral_proto.wire`."""
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
