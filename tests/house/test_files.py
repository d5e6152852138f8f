"""Every file of the repository keeps the house rules that can be read off its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from tests.house import rules, tree


def complaints(rule: Callable[[str], list[str]], names: Iterable[str]) -> list[str]:
    return [f"{name}: {complaint}" for name in names for complaint in rule(tree.text(name))]


def test_no_file_names_a_registry_a_machine_or_a_key() -> None:
    assert complaints(rules.stranger, tree.files()) == []


def test_every_python_file_opens_with_its_law() -> None:
    assert complaints(rules.lawless, tree.written_python()) == []


def test_no_python_file_is_too_long() -> None:
    assert complaints(rules.long, tree.written_python()) == []


def test_every_file_is_named_after_something() -> None:
    assert [f"{name}: {c}" for name in tree.files() for c in rules.vague(name)] == []


def test_the_pure_floors_read_no_clock() -> None:
    pure = [name for name in tree.written_python() if name.startswith(tree.PURE_FLOORS)]
    assert complaints(rules.clock, pure) == []


def test_lock_files_hold_hashes_and_nothing_else() -> None:
    for name in (name for name in tree.files() if name.startswith("requirements/") and name.endswith(".txt")):
        for entry in tree.text(name).replace("\\\n", " ").splitlines():
            assert re.fullmatch(r"[\w.-]+==[\w.]+( ; [^@:]*)?( +--hash=sha256:[0-9a-f]{64})+", entry), (
                f"{name}: {entry[:60]}"
            )
