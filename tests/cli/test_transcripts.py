"""The transcripts of `transcripts/` are what the command line really says, word for word.

`$ …` is a command; lines under it are stdout, `! …` stderr, `[3]` the exit code if it is not 0. `…` stands for anything
in a line. `python -m tests.cli.test_transcripts NAME` prints one as the command line says it now.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.cli.stage import Ran, perform

FOLDER = Path(__file__).parent / "transcripts"


def scenes(text: str) -> list[tuple[str, str]]:
    """Command and what is expected of it."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], ""))
        elif found and not line.startswith("#"):
            found[-1] = (found[-1][0], f"{found[-1][1]}{line}\n")
    return [(command, expected.rstrip("\n")) for command, expected in found]


def shown(ran: Ran) -> str:
    """What a transcript shows of a command."""
    errors = "".join(f"! {line}\n" for line in ran.err.splitlines())
    return f"{ran.out}{errors}{f'[{ran.code}]' if ran.code else ''}".rstrip("\n")


def matches(expected: str, said: str) -> bool:
    return re.fullmatch(re.escape(expected).replace(re.escape("…"), "[^\n]*"), said) is not None


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.txt")))
@pytest.mark.usefixtures("folder")
def test_it_says_what_the_transcript_says(name: str) -> None:
    for command, expected in scenes((FOLDER / f"{name}.txt").read_text(encoding="utf-8")):
        said = shown(perform(command))
        assert matches(expected, said), f"$ {command}\n{said}"


def test_an_ellipsis_matches_no_more_than_it_says() -> None:
    assert matches("leaf: …\nend", "leaf: ab12\nend")
    assert not matches("leaf: …\nend", "leaf: ab12\nmore\nend")
    assert not matches("leaf", "leaf and more")


if __name__ == "__main__":
    import os
    import tempfile

    from tests.cli.stage import build

    os.environ["REFERRAL_PASSPHRASE_FILE"] = "pass"
    with tempfile.TemporaryDirectory() as place:
        build(Path(place))
        os.chdir(place)
        lines = (FOLDER / f"{sys.argv[1]}.txt").read_text(encoding="utf-8").splitlines()
        for line, after in zip(lines, [*lines[1:], "#"], strict=True):
            # Other empty lines belong to what a command said.
            if line.startswith(("$ ", "#")) or (not line and after.startswith(("$ ", "#"))):
                sys.stdout.write(f"{line}\n")
            if line.startswith("$ "):
                sys.stdout.write(f"{shown(perform(line[2:]))}\n".lstrip("\n"))
