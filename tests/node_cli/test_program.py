"""How `referral-node` starts and ends: fast, in one voice, with the documented exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from reference_node.cli.program import COMMANDS
from tests.node_cli.conftest import Say


def test_help_loads_nothing_but_the_table() -> None:
    program = "from reference_node.cli import main; main(['--help']); import sys; sys.exit(','.join(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    loaded = set(ran.stderr.strip().split(","))
    assert not loaded & {
        "click",
        "rich",
        "pydantic",
        "grpc",
        "sqlalchemy",
        "alembic",
        "cryptography",
        "google.protobuf",
    }
    assert all(f"  {name} " in ran.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_and_has_json(name: str, say: Say) -> None:
    command = getattr(import_module(f"reference_node.cli.{COMMANDS[name][0]}"), f"{name.replace('-', '_')}_command")
    assert isinstance(command, click.Command)
    said = say(name, "--help")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"Usage: referral-node {name} ")
    assert "--json" in said.out


def test_a_command_that_is_none(say: Say) -> None:
    said = say("relais")
    assert (said.code, said.out) == (2, "")
    assert said.err == "error [cli.usage]: There is no such command\ndo: See referral-node --help\n"


def test_a_wrong_option_as_json(say: Say) -> None:
    said = say("status", "--nothing", "--json")
    assert said.code == 2
    assert said.document["error"]["code"] == "cli.usage"


def test_the_version(say: Say) -> None:
    assert say("--version").out.startswith("referral-node ")


@pytest.mark.parametrize("half", ["relay", "desk"])
def test_a_folder_that_is_no_node(half: str, say: Say, tmp_path: Path) -> None:
    said = say(half, "--dir", tmp_path)
    assert said.code == 2
    assert f"error [settings.missing]: There is no settings file (at {half}.toml)" in said.err


def test_a_mistake_of_ours_shows_its_place_and_never_its_text(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("CHHOEUN Sreyleak")

    monkeypatch.setattr("reference_node.cli.viewing.reach", broken)
    said = say("status", "--json")
    assert said.code == 1
    assert said.document["error"]["code"] == "ours.broken-promise"
    assert "RuntimeError in reference_node.cli.viewing" in said.document["error"]["where"]
    assert "CHHOEUN" not in said.out + said.err


@pytest.mark.parametrize("command", ["relay", "doctor", "demo"])
def test_without_the_nodes_packages_it_says_what_to_install(command: str, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "class Bare:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name.partition('.')[0] in ('alembic', 'grpc', 'prometheus_client', 'rich', 'sqlalchemy',"
        " 'structlog', 'tuf'):\n"
        "            raise ModuleNotFoundError(name=name)\n"
        "sys.meta_path.insert(0, Bare())\n"
        "from reference_node.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    where = () if command == "demo" else ("--dir", str(tmp_path))
    ran = subprocess.run(
        [sys.executable, "-c", program, command, *where, "--json"], capture_output=True, text=True, check=False
    )
    error = json.loads(ran.stdout)["error"]
    assert (ran.returncode, error["code"], error["fault"]) == (2, "cli.extra-missing", "caller")
    assert error["do"] == "Install referral-proto[node]"


def test_a_module_of_our_own_that_is_missing_is_our_mistake(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise ModuleNotFoundError(name="reference_node.nowhere")

    monkeypatch.setattr("reference_node.cli.viewing.reach", missing)
    said = say("status", "--json")
    assert (said.code, said.document["error"]["code"]) == (1, "ours.broken-promise")


@pytest.mark.parametrize(
    ("raised", "code"), [(PermissionError("CHHOEUN"), "file.permission"), (OSError("CHHOEUN"), "file.failed")]
)
def test_a_disk_or_a_machine_that_fails_is_no_mistake_of_ours(
    raised: OSError, code: str, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise raised

    monkeypatch.setattr("reference_node.cli.viewing.reach", fails)
    said = say("status", "--json")
    assert (said.code, said.document["error"]["code"]) == (4, code)
    assert "CHHOEUN" not in said.out + said.err


def test_an_interrupt_ends_with_130(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reference_node.cli.viewing.reach", interrupted)
    assert say("status").code == 130


def test_a_reader_who_leaves_is_no_error() -> None:
    program = f"{sys.executable} -m reference_node.cli --help | head -c 1"
    ran = subprocess.run(["sh", "-c", program], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("r", "")
