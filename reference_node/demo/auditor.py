"""The auditor: the program `referral verify`, as a process of its own, in a folder that holds the named files only.

Has no key, no network and nothing of this process's memory: what it says comes out of the files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from reference_node import faults
from reference_node.demo.stage import ROOT
from referral_proto import OurError, WorldError
from referral_proto.adapters import disk

__all__ = ["Heard", "verified"]

assert faults.DEMO  # the codes below are declared there

_SECONDS: Final = 60.0
_ANSWERS: Final = (0, 2, 3)
"""Exit codes with which evidence is judged: passed, indeterminate, refused."""
_LARGEST: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Heard:
    """What was typed, how the program ended, and what it said."""

    command: str
    code: int
    out: str

    @property
    def document(self) -> dict[str, Any]:
        """What it said with --json. OurError demo.step."""
        try:
            found: dict[str, Any] = json.loads(self.out)
        except ValueError:
            raise OurError("demo.step", "what the auditor's program says") from None
        return found

    def line(self, part: str) -> str:
        """The first line that holds `part`, its columns closed up. OurError demo.step: it did not say that."""
        for line in self.out.splitlines():
            if part in line:
                return " ".join(line.split())
        raise OurError("demo.step", f"what the auditor's program says: {part}")


def verified(evidence: Path, *, records: Path | None = None, as_json: bool = False) -> Heard:
    """Verify a file of the auditor's folder by the root that lies beside it.

    WorldError demo.timeout, demo.process (it did not come to judge), file.*.
    """
    with tempfile.TemporaryDirectory(prefix="referral-auditor-") as place:
        folder = Path(place)
        for file in (evidence, evidence.with_name(ROOT)):
            disk.write(folder / file.name, disk.read(file, "evidence", _LARGEST), "evidence")
        command = [sys.executable, "-m", "referral_proto.cli", "verify", evidence.name, "--root", ROOT]
        command += [] if records is None else ["--records", os.fspath(records.absolute())]
        command += ["--json"] if as_json else []
        kept = {name: value for name, value in os.environ.items() if not name.startswith("REFERRAL_")}
        try:
            ran = subprocess.run(  # noqa: S603 - this program itself, with arguments made above
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                check=False,
                encoding="utf-8",
                cwd=folder,
                env={**kept, "PYTHONUTF8": "1"},
                timeout=_SECONDS,
            )
        except subprocess.TimeoutExpired:
            raise WorldError("demo.timeout", "auditor") from None
    if ran.returncode not in _ANSWERS:
        raise WorldError("demo.process", f"auditor, exit code {ran.returncode}")
    typed = f"referral verify {evidence.name} --root {ROOT}" + ("" if records is None else f" --records {records.name}")
    return Heard(typed, ran.returncode, ran.stdout)
