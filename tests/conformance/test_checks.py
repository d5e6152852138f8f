"""The tables of `spec/04-checks.md` are true: each check has an id, a code and vectors that it refuses, and the code
that carries it out names it.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conformance.world import VECTORS

ROOT = VECTORS.parents[1]
FLOW = ROOT / "referral_proto" / "flow"
NUMBER = re.compile(r"[VADOR]-\d+")
ROW = re.compile(
    r"^\| (?P<check>[VADOR]-\d+) \| \[(?P<id>[A-Z]{3}-\d\d)\] \| [^|]+ \| (?P<code>[^|]+) \| (?P<vectors>[^|]+) \|$"
)


class Check(NamedTuple):
    """One row."""

    number: str
    identity: str
    code: str | None
    vectors: tuple[str, ...]


def checks() -> list[Check]:
    rows = []
    for line in (ROOT / "spec" / "04-checks.md").read_text("utf-8").splitlines():
        found = ROW.match(line)
        if found:
            code = found["code"].strip("` ")
            names = tuple(name.strip() for name in found["vectors"].removeprefix("valid: ").split(","))
            rows.append(Check(found["check"], found["id"], None if code == "—" else code, names))
    return rows


def vector(name: str, folder: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((VECTORS / folder / f"{name}.json").read_text("utf-8"))
    return found


@pytest.mark.req("CHK-01")
@pytest.mark.parametrize("check", checks(), ids=lambda check: f"{check.number}-{check.code}")
def test_every_check_has_vectors_that_it_refuses(check: Check) -> None:
    for name in check.vectors:
        if check.code is None:
            # Quarantine is no refusal: what comes out says that it happened.
            found = vector(name, "valid")
            outcome = found["expect"]["ok"]  # type: ignore[index]
            assert outcome["quarantined"] or outcome["unrecognised"]
        else:
            found = vector(name, "refused")
            assert found["expect"] == {"error": check.code}
        assert check.identity in found["requirements"], name  # type: ignore[operator]


def test_every_table_row_was_read() -> None:
    text = (ROOT / "spec" / "04-checks.md").read_text("utf-8")
    assert len(checks()) == len(re.findall(r"^\| [A-Z]-\d+ ", text, re.MULTILINE))
    levels = {"V": "COV", "A": "ADM", "O": "OPN"}
    for check in checks():
        letter, number = check.number.split("-")
        if letter in levels:
            assert check.identity == f"{levels[letter]}-{int(number):02}"


def test_the_code_and_the_page_have_the_same_checks() -> None:
    in_code = set()
    for path in ("cover", "admit", "unseal", "open"):
        comments = re.findall(r"#.*", (FLOW / f"{path}.py").read_text("utf-8"))
        in_code |= {number for comment in comments for number in NUMBER.findall(comment)}
    in_page = {check.number for check in checks()}
    assert in_code - in_page == set()
    assert in_page - in_code == {"R-1"}


def test_every_refusal_in_the_code_of_a_check_stands_in_the_page() -> None:
    raised = {code for name in ("cover", "admit", "unseal", "open") for code in refusals(FLOW / f"{name}.py")}
    raised |= refusals(ROOT / "referral_proto" / "crypto" / "body.py")
    assert raised - {check.code for check in checks()} == set()


def refusals(path: Path) -> set[str]:
    """The codes of the PeerErrors that a file raises by name."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "PeerError"
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


@pytest.mark.req("CHK-02")
def test_what_opening_refuses_for_a_secret_reason_has_one_code() -> None:
    secret = {check.code for check in checks() if check.number in {"O-3", "O-4", "O-5"}}
    assert secret == {"open.refused"}
    assert refusals(FLOW / "unseal.py") == refusals(ROOT / "referral_proto" / "crypto" / "hpke.py") == {"open.refused"}
