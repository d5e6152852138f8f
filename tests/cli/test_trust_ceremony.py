"""The commands of docs/key-ceremony.md work as they stand there, in their order, and give a federation that holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from referral_proto.cli.trust import group
from tests.cli import trust_stage as ts
from tests.cli.stage import perform

PAGE = Path(__file__).resolve().parents[2] / "docs" / "key-ceremony.md"
ASKING = re.compile(r"referral trust (?!show|verify)")
MAKING = re.compile(r"referral (?:keys new-|trust new-key)")


def commands(page: str) -> list[str]:
    """Every command; a block `founders` once for each founder, `countries` once for each registrar and country."""
    found: list[str] = []
    for who, block in re.findall(r"^```sh ?(\w*)\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        lines = block.replace("\\\n", " ").splitlines()
        for country, founder in ts.FOUNDERS.items() if who else (("th", "th.ministry"),):
            listed = {
                f"country{sign}th{end}": f"country{sign}{country}{end}" for sign, end in ((" ", " "), ("-", ".json"))
            }
            own = {"th.ministry": founder} | listed
            for line in lines:
                said = line
                for word, other in own.items() if who else ():
                    said = said.replace(word, other)
                found.append(said)
    return found


def test_the_ceremony_can_be_held(empty: Path) -> None:
    (empty / "pass").write_text(ts.PASSPHRASE, encoding="utf-8")
    (empty / "pass").chmod(0o600)
    (empty / "drafts").mkdir()
    (empty / "repository").mkdir()
    page = PAGE.read_text(encoding="utf-8")
    said = ""
    for command in commands(page):
        line = command.replace(" -o ", " --kdf-memory-kib 64 -o ", 1) if MAKING.match(command) else command
        ran = perform(line + (" --yes" if ASKING.match(line) else ""))
        assert ran.code == 0, f"{line}\n{ran.err}"
        said += ran.out
    assert "everything holds" in said
    assert "federation Example Federation, record 0" in said


@pytest.mark.parametrize("page", ["key-ceremony.md", "trust.md"])
def test_the_pages_name_only_commands_that_there_are(page: str) -> None:
    text = (PAGE.parent / page).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:referral |`)trust ([a-z-]+)", text))
    assert named
    assert named <= group.command.commands.keys()
