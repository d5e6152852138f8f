"""The commands of docs/key-ceremony.md work as they stand there, in their order, and give a federation that holds."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

import pytest

from referral_proto.adapters import SystemClock
from referral_proto.cli.trust import group
from referral_proto.moment import Moment
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


def test_the_ceremony_can_be_held(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute goes by between two commands: nobody types faster."""
    minutes = count(SystemClock().now(), 60)
    clock = [Moment(next(minutes))]
    monkeypatch.setattr(SystemClock, "now", lambda _: clock[0])
    (empty / "pass").write_text(ts.PASSPHRASE, encoding="utf-8")
    (empty / "pass").chmod(0o600)
    for folder in ("drafts", "repository", "confirmed"):
        (empty / folder).mkdir()
    for country in ts.FOUNDERS:
        ts.witness_keys(country)
    ts.log_keys("th.shelter", SystemClock().now())
    page = PAGE.read_text(encoding="utf-8")
    said = plans = ""
    for command in commands(page):
        line = command.replace(" -o ", " --kdf-memory-kib 64 -o ", 1) if MAKING.match(command) else command
        if " KEY --since TIME " in line:
            since = SystemClock().now().plus(-60).iso()
            line = line.replace(" KEY --since TIME ", f" {ts.fingerprint('th.ministry')} --since {since} ")
        clock[0] = Moment(next(minutes))
        ran = perform(line + (" --yes" if ASKING.match(line) else ""))
        assert ran.code == 0, f"{line}\n{ran.err}"
        said, plans = said + ran.out, plans + ran.err
    assert said.count("everything holds") == 3
    assert "nobody new believes th.shelter until it is confirmed" in plans
    assert "federation Example Federation, record 0" in said


@pytest.mark.parametrize("page", ["key-ceremony.md", "trust.md"])
def test_the_pages_name_only_commands_that_there_are(page: str) -> None:
    text = (PAGE.parent / page).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:referral |`)trust ([a-z-]+)", text))
    assert named
    assert named <= group.command.commands.keys()
