"""Every committed vector ends as it says, and together they cover what they promise to cover."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from referral_proto.errors import CallerError, explain
from referral_proto.errors.codes import CATALOGUE
from referral_proto.ids import agency_id
from tests.conformance import make_vectors
from tests.conformance.verbs import VERBS, outcome
from tests.conformance.world import VECTORS, opening, signing

FILES = sorted([*(VECTORS / "valid").glob("*.json"), *(VECTORS / "refused").glob("*.json")])
FAMILIES = {f"F{n}" for n in (0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 21, 22, 23)}
LARGEST = 8 * 1024 * 1024


def read(path: Path) -> dict[str, Any]:
    vector: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return vector


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_ends_as_it_says(path: Path) -> None:
    vector = read(path)
    assert json.loads(json.dumps(outcome(vector))) == vector["expect"]


def test_a_vector_has_one_form() -> None:
    for path in FILES:
        vector = read(path)
        assert set(vector) == {"id", "about", "family", "requirements", "verb", "given", "expect"}, path.name
        assert vector["id"] == path.stem
        assert re.fullmatch(r"F\d\d-[a-z0-9]+(-[a-z0-9]+)*", vector["id"]), path.name
        assert vector["family"] == f"F{int(vector['id'][1:3])}"
        assert vector["verb"] in VERBS
        assert vector["requirements"], path.name
        assert vector["about"].endswith("."), path.name
        (kind,) = vector["expect"]
        assert path.parent.name == {"ok": "valid", "error": "refused"}[kind]


def test_every_case_is_frozen_and_every_frozen_vector_has_its_case() -> None:
    frozen = {path.relative_to(VECTORS) for path in FILES}
    made = {make_vectors.path_of(case).relative_to(VECTORS) for case in make_vectors.cases()}
    assert frozen ^ made == set(), "run `make vectors`, or remove what no case makes"


def test_what_a_case_says_of_itself_is_what_was_frozen() -> None:
    for case in make_vectors.cases():
        vector = read(make_vectors.path_of(case))
        assert (vector["about"], tuple(vector["requirements"]), vector["verb"]) == (
            case.about,
            case.requirements,
            case.verb,
        ), case.id


def test_every_family_is_covered_and_refusals_outnumber_what_is_accepted() -> None:
    kinds = Counter(path.parent.name for path in FILES)
    assert {read(path)["family"] for path in FILES} >= FAMILIES
    assert kinds["refused"] > 2 * kinds["valid"]


def test_they_are_few_enough_to_carry() -> None:
    assert sum(path.stat().st_size for path in VECTORS.rglob("*.json")) < LARGEST


@pytest.mark.req("ERR-01")
def test_a_code_in_a_vector_is_explained() -> None:
    codes = {read(path)["expect"].get("error") for path in FILES} - {None}
    assert codes <= set(CATALOGUE)
    assert all(explain(code).do for code in codes)


def test_a_vector_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_vectors, "VECTORS", tmp_path)
    chosen = make_vectors.cases()[:2]
    assert make_vectors.write(chosen, rewrite=False) == 2
    before = [make_vectors.path_of(case).read_bytes() for case in chosen]
    make_vectors.path_of(chosen[0]).write_bytes(b"{}")
    assert make_vectors.write(chosen, rewrite=False) == 0
    assert make_vectors.path_of(chosen[0]).read_bytes() == b"{}"
    assert make_vectors.write(chosen, rewrite=True) == 2
    assert [make_vectors.path_of(case).read_bytes() for case in chosen] == before


def test_the_published_seeds_make_the_keys_of_the_records() -> None:
    world = json.loads((VECTORS / "keys" / "world.json").read_text("utf-8"))
    assert "Never use" in world["about"]
    made = {one.get("keyset") or one.get("opening_key") for one in world["seeds"]}
    for entry in world["seeds"]:
        agency = agency_id(entry["agency"])
        if "keyset" in entry:
            assert entry["keyset"] in {signing(agency, number).id.hex() for number in range(5)}
        else:
            assert entry["opening_key"] in {opening(agency, epoch).id.hex() for epoch in range(3)}
    assert len(made) == len(world["seeds"])


def test_only_errors_of_the_tree_are_outcomes() -> None:
    with pytest.raises(KeyError):
        outcome({"verb": "admit", "given": {}})
    with pytest.raises(CallerError):
        raise CallerError("id.malformed")
