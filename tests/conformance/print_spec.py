"""Prints the parts of the spec that are data in the code: the disclosure matrix and the error codes. Drift-tested.

Between `<!-- printed: name -->` and `<!-- end -->` a page holds what this file prints, and nothing written by hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from referral_proto.errors import codes, repository
from referral_proto.model.codes.exchange import Purpose, SectionType
from referral_proto.model.codes.federation import Mandate
from referral_proto.policy.matrix import MATRIX, MATRIX_DIGEST, matrix_text

SPEC = Path(__file__).resolve().parents[2] / "spec"
AREAS = {
    "Identifiers and times": codes.IDS,
    "Wire": codes.WIRE,
    "Envelope, core, seal": codes.ENVELOPE,
    "Trust": codes.TRUST,
    "The trust repository": repository.REPOSITORY,
    "Publishing trust": repository.PUBLISH,
    "Opening and answering": codes.OPEN,
    "Disclosure and sealing": codes.POLICY,
    "Public keys and batches": codes.CRYPTO,
    "Key files and key texts": codes.KEYS,
    "What a relay says": codes.RELAY,
    "The line": codes.NET,
}


def matrix_table() -> str:
    """The matrix as Markdown: one row for each purpose and set of sections, with the mandates that get them."""
    rows: dict[tuple[int, tuple[SectionType, ...]], list[Mandate]] = {}
    for (purpose, mandate), sections in sorted(MATRIX.items()):
        rows.setdefault((purpose, tuple(sorted(sections))), []).append(Mandate(mandate))
    lines = ["| purpose | mandates of the recipient | section types |", "|---|---|---|"]
    for (purpose, sections), mandates in rows.items():
        holders = "every mandate" if len(mandates) == len(Mandate) else ", ".join(m.name for m in mandates)
        lines.append(f"| {Purpose(purpose).name} | {holders} | {', '.join(s.name for s in sections)} |")
    silent = [p.name for p in Purpose if not any(purpose == p for purpose, _ in MATRIX)]
    lines += ["", f"Purposes without a row, for which nothing is sent: {', '.join(silent)}.", ""]
    return "\n".join([*lines, f"Digest of this matrix: `{MATRIX_DIGEST.hex()}`"])


def error_table() -> str:
    """The catalogue as Markdown, area by area."""
    lines: list[str] = []
    for title, area in AREAS.items():
        lines += [f"### {title}", "", "| code | whose fault | what happened | what to do |", "|---|---|---|---|"]
        lines += [f"| `{code}` | {one.fault.value} | {one.what} | {one.do} |" for code, one in area.items()]
        lines.append("")
    return "\n".join(lines).rstrip()


def matrix_json() -> str:
    """The matrix for other languages: names, numbers, the text that is hashed, and its digest."""
    value = {
        "about": "The disclosure matrix: purpose and mandate of the recipient to section types. An example, to be "
        "confirmed by the agencies. What is not listed is not granted; CONTROL goes to every recipient.",
        "digest": MATRIX_DIGEST.hex(),
        "text": matrix_text(),
        "purposes": {p.name: int(p) for p in Purpose},
        "mandates": {m.name: int(m) for m in Mandate},
        "sections": {s.name: int(s) for s in SectionType},
        "granted": {
            p.name: {m.name: [s.name for s in sorted(MATRIX[p, m])] for m in Mandate if (p, m) in MATRIX}
            for p in Purpose
            if any((p, m) in MATRIX for m in Mandate)
        },
    }
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "matrix": ("08-disclosure.md", matrix_table),
    "errors": ("09-errors.md", error_table),
}


def printed(name: str, page: str) -> str:
    """`page` with its part `name` printed anew; a ValueError if it has no place for it."""
    place = re.compile(rf"(<!-- printed: {name} -->\n).*?(\n<!-- end -->)", re.DOTALL)
    if place.search(page) is None:
        raise ValueError(f"no place for {name}")
    return place.sub(lambda found: f"{found[1]}{PARTS[name][1]()}{found[2]}", page)


def expected() -> dict[Path, str]:
    """Every printed file as it should be."""
    pages = {SPEC / file: printed(name, (SPEC / file).read_text("utf-8")) for name, (file, _) in PARTS.items()}
    return pages | {SPEC / "disclosure-matrix.json": matrix_json()}


def write() -> int:
    """Bring every printed file up to date; how many were not."""
    stale = {path: text for path, text in expected().items() if not path.exists() or path.read_text("utf-8") != text}
    for path, text in stale.items():
        path.write_text(text, "utf-8")
    return len(stale)
