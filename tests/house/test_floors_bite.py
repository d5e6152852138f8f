"""The floors hold: an empty shell of the project keeps every import contract, and each forbidden arrow breaks one."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house import tree

CONTRACTS = tomllib.loads(tree.text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
ARROWS = {
    "library-floors": ("referral_proto.model", "import referral_proto.flow"),
    "node-floors": ("reference_node.relay", "import reference_node.rpc"),
    "pure-core": ("referral_proto.flow", "import time"),
    "one-source-of-randomness": ("referral_proto.wire", "import secrets"),
    "generated-code": ("referral_proto.trust", "import referral_proto.v1"),
    "relay-cannot-open": ("reference_node.relay", "import referral_proto.flow.open"),
}


@pytest.fixture
def shell(tmp_path: Path) -> Path:
    """A project whose modules are those that the contracts name, all empty."""
    shutil.copy(tree.ROOT / "pyproject.toml", tmp_path)
    modules = {"referral_proto.flow.open"}
    for contract in CONTRACTS:
        for container in contract.get("containers", ()):
            modules |= {f"{container}.{name}" for layer in contract["layers"] for name in re.findall(r"\w+", layer)}
    for name in sorted(modules):
        folder = tmp_path / name.replace(".", "/")
        folder.mkdir(parents=True)
        for package in (folder, *folder.relative_to(tmp_path).parents):
            (tmp_path / package / "__init__.py").touch()
    return tmp_path


def judge(project: Path, contract: str) -> int:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--contract", contract]
    return subprocess.run(command, cwd=project, capture_output=True, check=False).returncode


def test_every_contract_is_shown_an_arrow() -> None:
    assert sorted(ARROWS) == sorted(contract["id"] for contract in CONTRACTS)


@pytest.mark.parametrize("contract", sorted(ARROWS))
def test_a_forbidden_arrow_breaks_its_contract(shell: Path, contract: str) -> None:
    assert judge(shell, contract) == 0
    module, arrow = ARROWS[contract]
    (shell / module.replace(".", "/") / "__init__.py").write_text(arrow + "\n", encoding="utf-8")
    assert judge(shell, contract) == 1


def test_a_module_on_no_floor_is_caught(shell: Path) -> None:
    (shell / "referral_proto" / "stray.py").touch()
    assert judge(shell, "library-floors") == 1
