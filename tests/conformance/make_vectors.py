"""`make vectors`: writes missing vectors and the printed parts of the spec; rewrites a vector only on --rewrite.

A frozen vector is a promise to other implementations. Signing is hedged and rings are random, so that a vector made
again is another vector: a changed rule gets a new one beside the old, or the old one is removed by hand.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.conformance import make_repository, make_world, print_spec
from tests.conformance.cases import CASES, Case
from tests.conformance.verbs import outcome
from tests.conformance.world import VECTORS

FILES = (
    *("wire", "value", "cover", "seal", "admit", "address", "open", "message", "record", "chain", "key", "text"),
    *("enrolment", "succession", "recovery", "choice", "late", "repository", "attack"),
    *("log", "receipt", "evidence"),
)


def cases() -> list[Case]:
    """Every case, in the order of its file."""
    for name in FILES:
        import_module(f"tests.conformance.{name}_cases")
    assert len({one.id for one in CASES}) == len(CASES), "two cases of one name"
    return CASES


def path_of(one: Case) -> Path:
    """`valid/F00-open.json`, `refused/F02-….json`."""
    return VECTORS / ("valid" if one.error is None else "refused") / f"{one.id}.json"


def vector(one: Case) -> dict[str, Any]:
    """The vector of a case; an AssertionError if the library does not answer as the case says."""
    made = {
        "id": one.id,
        "about": one.about,
        "family": one.family,
        "requirements": list(one.requirements),
        "verb": one.verb,
        "given": one.given(),
    }
    found = outcome(made)
    assert found == {"error": one.error} if one.error else "ok" in found, f"{one.id}: {one.error} expected, not {found}"
    return made | {"expect": found}


def write(chosen: Iterable[Case], rewrite: bool) -> int:
    """Write what is missing, or everything; how many files were written."""
    count = 0
    for one in chosen:
        path = path_of(one)
        if rewrite or not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(vector(one), indent=1, ensure_ascii=False) + "\n", "utf-8")
            count += 1
    return count


def main(arguments: list[str]) -> int:
    """`python -m tests.conformance.make_vectors [--rewrite]`."""
    if arguments not in ([], ["--rewrite"]):
        sys.stderr.write("usage: make_vectors [--rewrite]\n")
        return 2
    made = make_world.write() + make_repository.write()
    # The cases read the world's records when they are imported.
    count = write(cases(), rewrite=arguments == ["--rewrite"])
    sys.stdout.write(
        f"{len(made)} key files, {count} of {len(CASES)} vectors, {print_spec.write()} spec files written\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
