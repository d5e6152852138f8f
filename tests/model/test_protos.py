"""The protos tell an integrator in another language what the models refuse: the words above each field stay true.

Names, types and numbers are compared by the codec's bindings; here only presence, counts and the order of numbers.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from referral_proto.model.base import Noun, Section
from referral_proto.model.section import SECTION_MODELS
from tests.model.shapes import levels, nouns_below

PROTOS = Path(__file__).resolve().parents[2] / "protos" / "referral_proto" / "v1"
MESSAGE = re.compile(r"^message (\w+) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"((?:  //[^\n]*\n)*)  (?:optional|repeated) \w+ (\w+) = (\d+);\n")
NOUNS = sorted({noun for model in SECTION_MODELS.values() for noun in nouns_below(model)}, key=lambda n: n.__name__)


@pytest.fixture(scope="module")
def messages() -> dict[str, list[tuple[str, str, int]]]:
    """Message → (comment, field, number) of each field."""
    return {
        name: [(comment, field, int(number)) for comment, field, number in FIELD.findall(body)]
        for path in PROTOS.glob("*.proto")
        for name, body in MESSAGE.findall(path.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("noun", [noun for noun in NOUNS if noun.__name__ != "Absence"])
def test_the_comment_of_each_field_is_true(noun: type[Noun], messages: dict[str, list[tuple[str, str, int]]]) -> None:
    for comment, name, _ in messages[noun.__name__]:
        field = noun.model_fields[name]
        assert ("Required." in comment) == field.is_required(), name
        kind, limits = next(levels(field.annotation, tuple(field.metadata)))
        if kind is tuple:
            assert f"{limits.low} to {limits.high}." in comment or f"At most {limits.high}." in comment, name
        elif kind in (str, bytes) and limits.high in (16, 32, 64, 200, 60_000) and not name.endswith("_date"):
            assert str(limits.high) in comment, name


@pytest.mark.parametrize("noun", [noun for noun in NOUNS if noun.__name__ != "Absence"])
def test_fields_stand_in_the_order_of_their_numbers(
    noun: type[Noun], messages: dict[str, list[tuple[str, str, int]]]
) -> None:
    fields = messages[noun.__name__]
    assert [number for _, _, number in fields] == list(range(1, len(fields) + 1)) or issubclass(noun, Section)
    assert [number for _, _, number in fields] == sorted({number for _, _, number in fields})
    own = [name for name in noun.model_fields if name not in ("absent", "unrecognised")]
    assert [name for _, name, _ in fields if name != "absent"] == own
