"""Each package's table of contents is sorted, true and lazy, and no table is a way around the floors."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module

import pytest

from tests.house import rules, tree

HEAVY = {"alembic", "cryptography", "google.protobuf", "grpc", "pydantic", "rich", "sqlalchemy"}


@pytest.fixture(scope="module")
def tables() -> dict[str, dict[str, str]]:
    found = {tree.module(name): rules.table(tree.text(name)) for name in tree.packages()}
    return {package: table for package, table in found.items() if table}


@pytest.mark.parametrize("package", [tree.module(name) for name in tree.packages()])
def test_every_name_is_there_and_in_order(package: str) -> None:
    module = import_module(package)
    names = list(getattr(module, "__all__", []))
    assert rules.unsorted(names) == []
    assert [name for name in names if not hasattr(module, name)] == []


def test_a_table_names_every_entry_and_nothing_else(tables: dict[str, dict[str, str]]) -> None:
    assert "referral_proto" in tables
    for package, table in tables.items():
        module = import_module(package)
        assert list(table) == sorted(table), f"{package}: _TABLE is not sorted"
        assert list(module.__all__) == sorted(table), f"{package}: __all__ is not the table"
        assert set(table) <= set(dir(module))
        with pytest.raises(AttributeError, match="no attribute 'nothing_of_the_kind'"):
            module.nothing_of_the_kind  # noqa: B018 - the access is the test


def test_the_relay_takes_nothing_that_opens_an_envelope_from_a_table(tables: dict[str, dict[str, str]]) -> None:
    for name in (name for name in tree.written_python() if name.startswith("reference_node/relay/")):
        taken = rules.names_taken(tree.text(name), tables)
        assert not [path for path in taken if path.startswith(("referral_proto.flow.open.", "reference_node.desk."))], (
            name
        )


@pytest.mark.parametrize(
    "program",
    [
        pytest.param("import referral_proto; dir(referral_proto)", id="import referral_proto"),
        pytest.param("from referral_proto.cli import main; main()", id="referral --help"),
        pytest.param("from reference_node.cli import main; main()", id="referral-node --help"),
    ],
)
def test_starting_loads_nothing_heavy(program: str) -> None:
    report = "import atexit, sys; atexit.register(lambda: sys.stderr.write(' '.join(sys.modules))); "
    command = [sys.executable, "-c", report + program, "--help"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tree.ROOT)
    assert ran.returncode == 0, ran.stderr
    assert HEAVY & set(ran.stderr.split()) == set()


def test_the_stub_tells_type_checkers_what_the_table_says(tables: dict[str, dict[str, str]]) -> None:
    tree_of_stub = ast.parse((tree.ROOT / "referral_proto" / "__init__.pyi").read_text("utf-8"))
    said = {
        alias.name: node.module
        for node in tree_of_stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert said == tables["referral_proto"]
