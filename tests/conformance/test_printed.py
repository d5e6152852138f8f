"""What the spec prints of the code has not drifted from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from referral_proto.crypto import labels
from referral_proto.crypto.digest import labelled_hash
from tests.conformance import print_spec


@pytest.mark.parametrize("path", sorted(print_spec.expected()), ids=lambda path: path.name)
def test_a_printed_file_is_up_to_date(path: Path) -> None:
    assert path.read_text("utf-8") == print_spec.expected()[path], "run `make vectors`"


def test_a_page_without_a_place_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no place"):
        print_spec.printed("matrix", "# A page\n")


@pytest.mark.req("DIS-07")
def test_the_matrix_for_other_languages_carries_its_own_proof() -> None:
    matrix = json.loads((print_spec.SPEC / "disclosure-matrix.json").read_text("utf-8"))
    assert labelled_hash(labels.MATRIX, matrix["text"].encode()).hex() == matrix["digest"]
    cells = {
        f"{purpose} {mandate} {','.join(sections)}"
        for purpose, mandates in matrix["granted"].items()
        for mandate, sections in mandates.items()
    }
    assert cells == set(matrix["text"].splitlines())


@pytest.mark.req("ENV-02")
def test_labels_stand_in_the_spec_letter_for_letter() -> None:
    page = (print_spec.SPEC / "03-envelope.md").read_text("utf-8")
    assert [label.decode() for label in labels.ALL if f"`{label.decode()}`" not in page] == []
    assert len(set(labels.ALL)) == len(labels.ALL)
