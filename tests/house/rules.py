"""The house rules that a machine can judge, as pure functions: text in, complaints out.

Law: a rule never reads a file or starts a program, so that `test_rules_bite.py` can show it a bad sample.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import PurePosixPath

LONGEST_FILE = 350
VAGUE_NAMES = frozenset({"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"})
CLOCKS = frozenset({"now", "today", "utcnow"})

# Spelled so that this file does not break its own rule.
REGISTRY_HOST = re.compile(r"py[p]i\.org|python[h]osted\.org|npm[j]s\.(?:org|com)|deb\.deb[i]an\.org", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w.~$}/-])/(?:w[o]rk/|r[o]ot/|h[o]me/\w|opt/py[p]i|opt/wh[e]els|tm[p]/w/)")
PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIV[A]TE KEY-----")

REQUIREMENT_ID = re.compile(r"[A-Z]{2,}-\d{2,}")
CITED_ID = re.compile(r"\[([A-Z]{2,}-\d{2,})\]")


def stranger(text: str) -> list[str]:
    """A registry host, a path of somebody's machine or a private key in a file that goes to strangers."""
    return [
        f"line {number}: {what}"
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in (
            ("registry host", REGISTRY_HOST),
            ("path of one machine", MACHINE_PATH),
            ("private key", PRIVATE_KEY),
        )
        if pattern.search(line)
    ]


def lawless(source: str) -> list[str]:
    """A Python file that does not open with its law."""
    return [] if ast.get_docstring(ast.parse(source)) else ["does not open with a docstring"]


def long(source: str) -> list[str]:
    """A file that does more than one thing."""
    lines = source.count("\n")
    return [f"{lines} lines, at most {LONGEST_FILE}"] if lines > LONGEST_FILE else []


def vague(path: str) -> list[str]:
    """A file or folder named after nothing of the domain."""
    return [f"{part!r} says nothing" for part in PurePosixPath(path).parts if part.split(".")[0].lower() in VAGUE_NAMES]


def clock(source: str) -> list[str]:
    """A read of the clock, where the moment must be handed in."""
    return [
        f"line {node.lineno}: reads the clock with {node.func.attr}()"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    ]


def table(source: str) -> dict[str, str]:
    """The lazy table of contents (`_TABLE`, name → module) of an `__init__.py`; empty if it has none."""
    for node in ast.parse(source).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(target, ast.Name) and target.id == "_TABLE" and isinstance(node.value, ast.Dict):  # type: ignore[attr-defined]
            return ast.literal_eval(node.value)  # type: ignore[attr-defined]
    return {}


def names_taken(source: str, tables: Mapping[str, Mapping[str, str]]) -> set[str]:
    """The modules that a file's imports reach through lazy tables, which import-linter cannot see.

    `tables` maps a package to its table; the answer holds `module.name` for each name taken from one.
    """
    return {
        f"{tables[node.module][alias.name]}.{alias.name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module in tables
        for alias in node.names
        if alias.name in tables[node.module]
    }


def unsorted(names: list[str]) -> list[str]:
    """A table of contents that is not in order, or lists a name twice."""
    return [] if names == sorted(set(names)) else ["the table of contents is not sorted, or names something twice"]


def requirements(toml: str) -> dict[str, str]:
    """`spec/requirements.toml` as id → one line. Raises ValueError at a malformed or repeated id."""
    found: dict[str, str] = {}
    for entry in tomllib.loads(toml)["requirement"]:
        identity, section, text = entry["id"], entry["section"], entry["text"]
        if not REQUIREMENT_ID.fullmatch(identity) or identity in found or not section or "\n" in text.strip():
            raise ValueError(f"requirement {identity!r}: malformed or repeated")
        found[identity] = text
    return found


def paragraphs(page: str) -> list[str]:
    """The paragraphs, list items and table rows of a Markdown page, without code."""
    prose = re.sub(r"^(```|~~~).*?^\1", "", page, flags=re.MULTILINE | re.DOTALL)
    prose = re.sub(r"`[^`\n]*`", "", prose)
    return [block for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*|]|\d+\.)\s)", prose) if block.strip()]


def nameless_musts(page: str) -> list[str]:
    """The paragraphs of a spec page that hold a MUST and no requirement id. The one that cites BCP 14 is exempt."""
    return [
        f"a MUST without an id: {' '.join(block.split())[:90]}"
        for block in paragraphs(page)
        if re.search(r"\bMUST\b", block)
        and not CITED_ID.search(block)
        and "RFC 2119" not in block
        and "BCP 14" not in block
    ]


def cited_in_page(page: str) -> set[str]:
    """The requirement ids that a spec page states."""
    return set(CITED_ID.findall(page))


def cited_in_test(source: str) -> set[str]:
    """The requirement ids in the `pytest.mark.req(...)` of a test file."""
    return {
        argument.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "req"
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def cited_in_vector(text: str) -> set[str]:
    """The requirement ids that a vector file names under `requirements`."""
    vector = json.loads(text)
    return set(vector.get("requirements", ())) if isinstance(vector, dict) else set()


def unproved(stated: set[str], in_pages: set[str], proved: set[str]) -> list[str]:
    """Requirements that a page, the list or the tests lack."""
    return [
        *(f"{i}: in a spec page, not in requirements.toml" for i in sorted(in_pages - stated)),
        *(f"{i}: in requirements.toml, in no spec page" for i in sorted(stated - in_pages)),
        *(f"{i}: has no test and no vector" for i in sorted(stated - proved)),
        *(f"{i}: named by a test, not in requirements.toml" for i in sorted(proved - stated)),
    ]
