"""Every MUST of the spec has an id, every id stands in `spec/requirements.toml`, and every id is proved by a test."""

from __future__ import annotations

from tests.house import rules, tree


def names(folder: str, suffix: str) -> list[str]:
    return [name for name in tree.files() if name.startswith(folder) and name.endswith(suffix)]


def pages() -> list[str]:
    return [name for name in names("spec/", ".md") if not name.startswith("spec/decisions/")]


def test_every_must_has_an_id() -> None:
    assert pages(), "the spec has no page"
    assert [f"{name}: {c}" for name in pages() for c in rules.nameless_musts(tree.text(name))] == []


def test_every_requirement_is_stated_and_proved() -> None:
    stated = set(rules.requirements(tree.text("spec/requirements.toml")))
    in_pages = set().union(*(rules.cited_in_page(tree.text(name)) for name in pages()))
    # This folder shows the rules bad samples, and so names requirements that do not exist.
    tests = [name for name in names("tests/", ".py") if not name.startswith("tests/house/")]
    proved = set().union(
        *(rules.cited_in_test(tree.text(name)) for name in tests),
        *(rules.cited_in_vector(tree.text(name)) for name in names("spec/vectors/", ".json")),
    )
    assert rules.unproved(stated, in_pages, proved) == []
