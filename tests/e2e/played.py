"""Runs the demonstration as anybody would: the program, its arguments, what it said. Judges nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "referral-th-kh.json"


@dataclass(frozen=True)
class Run:
    """One run of `referral-node demo`."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document on stdout; anything beside it is an error."""
        found: dict[str, Any] = json.loads(self.out)
        return found


def demo(*arguments: str | Path, **environment: str) -> Run:
    ran = subprocess.run(
        [sys.executable, "-m", "reference_node.cli", "demo", *map(str, arguments)],
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ | environment,
        timeout=110,
    )
    return Run(ran.returncode, ran.stdout, ran.stderr)


def changed_example(folder: Path, **identity: object) -> Path:
    """The example with another value in its identity section."""
    example = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    example["identity"].update(identity)
    file = folder / "changed.json"
    file.write_text(json.dumps(example, ensure_ascii=False), encoding="utf-8")
    return file


def children(of: int) -> dict[int, str]:
    """The processes that `of` started, with their command lines (Linux)."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                if parent == of:
                    found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (OSError, IndexError):
                continue
    return found
