"""How a command ends: by which exit code, with a full disk behind it, with nobody listening, with a mistake of ours."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from referral_proto.cli import inspect, program
from referral_proto.cli.program import COMMANDS, INTERRUPTED
from referral_proto.errors import Fault
from tests.cli.stage import referral

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "exit-codes.md"
COMMAND = [sys.executable, "-m", "referral_proto.cli"]


def test_the_page_says_what_the_program_does() -> None:
    page = PAGE.read_text(encoding="utf-8")
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)}
    assert documented == {0, INTERRUPTED} | {fault.exit_code for fault in Fault}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main([name, "--help"]) == 0
    assert f"Usage: referral {name}" in capsys.readouterr().out
    assert program.main([name, "-h"]) == 0


@pytest.mark.parametrize("group", [("keys",), ("keys", "record")], ids=" ".join)
def test_a_group_without_a_command_explains_itself(group: tuple[str, ...]) -> None:
    ran = referral(*group)
    assert (ran.code, ran.err) == (0, "")
    assert f"Usage: referral {' '.join(group)} " in ran.out


def test_every_command_and_option_stands_in_its_page() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")

    def options(command: click.Command) -> set[str]:
        own = {name for one in command.params for name in one.opts if name.startswith("--")}
        inner = command.commands.values() if isinstance(command, click.Group) else ()
        return own.union(*map(options, inner))

    for name in COMMANDS:
        assert f"## referral {name}" in page
        command = __import__(f"referral_proto.cli.{name}", fromlist=["command"]).command
        assert {option for option in options(command) if f"`{option}" not in page} == set(), name


def test_a_full_disk_behind_the_output_is_told(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*COMMAND, "inspect", "offer.referral"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ran.returncode == 4
    assert ran.stderr.splitlines()[0].startswith("error [cli.output]: ")
    assert len(ran.stderr.splitlines()) == 2


def test_a_reader_that_went_away_is_no_news(folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run([*COMMAND, "inspect", "offer.referral"], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (4, b"")


@pytest.mark.usefixtures("folder")
def test_a_mistake_of_ours_shows_its_place_and_no_content(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise ValueError("Sreyleak, born 2003-04-17")

    monkeypatch.setattr(inspect, "_facts", stumble)
    ran = referral("inspect", "offer.referral")
    assert ran.code == 1
    assert ran.err.startswith("error [ours.broken-promise]: ")
    assert "ValueError in referral_proto.cli.inspect, line " in ran.err
    assert "Sreyleak" not in ran.err + ran.out


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("error", "code"), [(PermissionError, "file.permission"), (TimeoutError, "file.failed")])
def test_what_the_machine_refuses_is_the_worlds(
    monkeypatch: pytest.MonkeyPatch, error: type[OSError], code: str
) -> None:
    def refuse(*_: object) -> None:
        raise error("Sreyleak.referral")

    monkeypatch.setattr(inspect, "_facts", refuse)
    ran = referral("inspect", "offer.referral")
    assert ran.code == 4
    assert f"error [{code}]" in ran.err
    assert "Sreyleak" not in ran.err


@pytest.mark.usefixtures("folder")
def test_an_interruption_has_a_code_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(inspect, "_facts", interrupt)
    assert referral("inspect", "offer.referral").code == INTERRUPTED


def test_help_loads_no_command_and_not_even_click() -> None:
    check = "import sys; from referral_proto.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    loaded = set(ran.stderr.split())
    assert {"click", "rich", "pydantic", "cryptography", "referral_proto.errors"}.isdisjoint(loaded)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_loads_the_protocol_only_when_it_runs(name: str) -> None:
    check = f"import sys, referral_proto.cli.{name}; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert {"rich", "pydantic", "cryptography", "google.protobuf"}.isdisjoint(ran.stdout.split())
