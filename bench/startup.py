"""How long a command takes to start, beside the bare interpreter; and what `import referral_proto` brings in."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial

from bench.figures import Figure, beside
from bench.samples import Case, Match, Samples

__all__ = ["Startup"]

LIMIT = 5.0
HEAVY = ("grpc", "sqlalchemy", "pydantic", "google.protobuf", "cryptography")
FORBIDDEN = ("grpc", "sqlalchemy", "pydantic")
BARE = [sys.executable, "-c", "pass"]
IMPORT = [sys.executable, "-c", "import referral_proto"]
HELP = [sys.executable, "-c", "from referral_proto.cli import main; main(['--help'])"]


class Startup:
    """Whole processes, started by turns."""

    def __init__(self, rounds: int) -> None:
        self.every = max(rounds // 10, 1)
        self.has_command = _run(HELP).returncode == 0

    def matches(self) -> list[Match]:
        commands = {"python -c pass": BARE, "import referral_proto": IMPORT}
        if self.has_command:
            commands["referral --help"] = HELP
        cases = tuple(Case(name, partial(_run, command)) for name, command in commands.items())
        return [Match(cases, every=self.every)]

    def figures(self, taken: dict[str, Samples]) -> list[Figure]:
        bare = taken["python -c pass"]
        brought = _brought()
        note = f"brings in {', '.join(brought) or 'none of'} {'' if brought else ', '.join(HEAVY)}".rstrip()
        figures = []
        if self.has_command:
            figures.append(beside("referral --help", taken["referral --help"], "python -c pass", bare, LIMIT))
        limit = LIMIT if not set(brought) & set(FORBIDDEN) else 0.0
        figures.append(
            beside("import referral_proto", taken["import referral_proto"], "python -c pass", bare, limit, note)
        )
        return figures


def _brought() -> list[str]:
    """Which heavy packages a bare import of the library loads."""
    ask = f"import sys, json, referral_proto; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    found: list[str] = json.loads(_run([sys.executable, "-c", ask]).stdout)
    return found


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)
