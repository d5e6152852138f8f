"""How long a command takes to start, beside the bare interpreter; and what `import referral_proto` brings in."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

from bench.figures import Figure, beside
from bench.samples import Case, Match, Samples

__all__ = ["Startup"]

LIMIT = 5.0
HEAVY = ("grpc", "sqlalchemy", "pydantic", "google.protobuf", "cryptography")
FORBIDDEN = ("grpc", "sqlalchemy", "pydantic")
BARE = [sys.executable, "-c", "pass"]
IMPORT = [sys.executable, "-c", "import referral_proto"]
HELP = [str(Path(sys.executable).with_name("referral")), "--help"]


class Startup:
    """Whole processes, started by turns."""

    def __init__(self, rounds: int) -> None:
        self.every = max(rounds // 15, 1)

    def matches(self) -> list[Match]:
        commands = {"python -c pass": BARE, "import referral_proto": IMPORT, "referral --help": HELP}
        cases = tuple(Case(name, partial(_run, command)) for name, command in commands.items())
        return [Match(cases, times=3, every=self.every)]

    def figures(self, taken: dict[str, Samples]) -> list[Figure]:
        bare, brought = taken["python -c pass"], _brought()
        loaded = f"loads {', '.join(brought)}" if brought else f"loads none of {', '.join(HEAVY)}"
        # An import that brings in what it must not fails, however fast it was.
        limit = 0.0 if set(brought) & set(FORBIDDEN) else LIMIT
        return [
            beside("referral --help", taken["referral --help"], "python -c pass", bare, LIMIT),
            beside("import referral_proto", taken["import referral_proto"], "python -c pass", bare, limit, loaded),
        ]


def _brought() -> list[str]:
    """Which heavy packages a bare import of the library loads."""
    ask = f"import sys, json, referral_proto; print(json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    found: list[str] = json.loads(_run([sys.executable, "-c", ask]).stdout)
    return found


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=True)
