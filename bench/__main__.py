"""`python -m bench`: everything by turns in one run, then one table or, with `--json`, one JSON object.

Exit code 0 if every limit holds, 1 if one was missed. Progress goes to standard error, and only to a terminal.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from importlib.metadata import version
from time import perf_counter
from typing import Protocol

from bench.codec import Codec
from bench.envelopes import Envelopes
from bench.evidence import measure_evidence
from bench.figures import Figure, table
from bench.log import measure_log
from bench.relay import measure_relay
from bench.samples import Match, Samples, take_turns
from bench.scene import make_scene
from bench.startup import Startup
from bench.trust import measure_trust

ROUNDS, QUICK_ROUNDS = 250, 20
BATCH, QUICK_BATCH, LARGE_BATCH = 1_000, 200, 10_000
PEERS = ("raw verify", "raw open", "python -c pass")
PACKAGES = ("cryptography", "protobuf", "pydantic", "grpcio")


class Group(Protocol):
    """Figures that belong together: what to time, and what to make of it."""

    def matches(self) -> list[Match]: ...

    def figures(self, taken: dict[str, Samples]) -> list[Figure]: ...


def main() -> int:
    """Measure, print, judge."""
    options = _options()
    rounds = QUICK_ROUNDS if options.quick else ROUNDS
    batch = QUICK_BATCH if options.quick else LARGE_BATCH if options.large else BATCH
    started, load = perf_counter(), os.getloadavg()[0]
    _say(f"setting the scene, with a batch of {batch:,}\n")
    scene = make_scene()
    envelopes = Envelopes(scene, rounds, batch)
    groups: list[Group] = [envelopes, Codec(scene), Startup(rounds)]
    taken = take_turns([match for group in groups for match in group.matches()], rounds, _progress)
    figures = [figure for group in groups for figure in group.figures(taken)]
    figures += measure_trust(scene, envelopes.sealed.envelope, _progress, quick=options.quick)
    figures += measure_log(_progress, quick=options.quick)
    figures += measure_evidence(QUICK_BATCH if options.quick else LARGE_BATCH, _progress, quick=options.quick)
    figures += measure_relay(_progress, quick=options.quick)
    noise = _noise(taken)
    about: dict[str, object] = {
        "seconds": round(perf_counter() - started, 1),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load before": round(load, 2),
        "load after": round(os.getloadavg()[0], 2),
        **{package: version(package) for package in PACKAGES},
    }
    _say("\r\033[K")
    if options.json:
        print(json.dumps({"about": about, "noise": noise, "figures": [f.as_json() for f in figures]}, indent=2))
    else:
        print(_report(figures, noise, about))
    return 1 if any(figure.passed is False for figure in figures) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="The program beside its limits and its peers.")
    parser.add_argument("--quick", action="store_true", help="fewer samples and smaller batches: a glance, no proof")
    parser.add_argument("--large", action="store_true", help=f"batches of {LARGE_BATCH:,} instead of {BATCH:,}")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    return parser.parse_args()


def _noise(taken: dict[str, Samples]) -> dict[str, float]:
    """How far the median of a peer moved from the first half of the run to the second, and between two matches."""
    moved = {}
    for name in PEERS:
        first, second = taken[name].halves()
        moved[f"{name}, second half beside the first"] = second.median / first.median - 1
    moved["raw open, one match beside another"] = taken["raw open, again"].median / taken["raw open"].median - 1
    return moved


def _report(figures: list[Figure], noise: dict[str, float], about: dict[str, object]) -> str:
    samples = max(figure.samples for figure in figures)
    return "\n".join(
        [
            table(figures),
            "",
            f"ratio: of medians, judged; up to {samples:,} samples on each side",
            *(f"noise: {name}: {change:+.1%}" for name, change in noise.items()),
            ", ".join(f"{name} {value}" for name, value in about.items()),
        ]
    )


def _progress(done: float) -> None:
    _say(f"\r\033[Kmeasuring, {done:.0%}")


def _say(text: str) -> None:
    if sys.stderr.isatty():
        print(text, end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
