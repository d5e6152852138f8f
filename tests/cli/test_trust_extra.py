"""Without the extra `trust`, commands that need it say what to install; a request for enrolment needs none of it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.cli import trust_stage as ts
from tests.cli.trust_stage import day

pytestmark = pytest.mark.usefixtures("founded")
BARE = """
import sys
sys.modules["tuf"] = sys.modules["securesystemslib"] = None
from referral_proto.cli.program import main
sys.exit(main(sys.argv[1:]))
"""


def bare(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The program on a machine where python-tuf was never installed."""
    return subprocess.run(
        [sys.executable, "-c", BARE, "trust", *arguments], capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize(
    "words",
    [
        ("show", ts.REPOSITORY),
        ("verify", ts.REPOSITORY, "--bootstrap", "bootstrap.json"),
        ("country", "th", "--repository", ts.REPOSITORY, "-o", "x"),
        ("new-key", "root", "th.ministry", "-o", "x", "--public", "y", "--yes"),
    ],
    ids=lambda words: words[0],
)
def test_what_is_missing_is_named(words: tuple[str, ...]) -> None:
    ran = bare(*words)
    assert ran.returncode == 2
    assert "error [cli.trust-extra]" in ran.stderr
    assert "pip install 'referral-proto[trust]'" in ran.stderr
    said = bare(*words, "--json")
    assert json.loads(said.stdout)["error"]["code"] == "cli.trust-extra"


def test_help_and_a_request_need_none_of_it() -> None:
    assert "Commands:" in bare("--help").stdout
    words = ("--name", "en=Example", "--type", "ngo", "--mandate", "shelter", "--relay", "th.shelter", "--yes")
    ran = bare("enrol-request", "--key", "th.shelter.key", *words, "--at", day(2).iso(), "-o", "new.request")
    assert ran.returncode == 0, ran.stderr
