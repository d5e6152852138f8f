"""The referral's JSON is read strictly, and no error repeats a word of it."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.adapters import read_referral
from referral_proto.errors import CallerError
from referral_proto.model.referral import Referral
from tests.cli.stage import EXAMPLE

PLANTED = "Sreyleak"


def failure(data: bytes | object) -> tuple[str, str]:
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(CallerError) as caught:
        read_referral(text)
    error = caught.value
    assert PLANTED not in f"{error!r} {error} {error.__cause__!r} {error.__context__!r}"
    return error.code, error.where


def test_the_example_is_read() -> None:
    example = EXAMPLE.read_bytes()
    assert read_referral(example) == Referral.model_validate_json(example)


def test_the_mark_that_windows_editors_put_first_does_not_disturb() -> None:
    assert read_referral(b"\xef\xbb\xbf{}") == Referral()


@pytest.mark.parametrize(
    ("written", "code", "where"),
    [
        ({"identity": {PLANTED: 1}}, "referral.unknown-field", "identity: see docs/cli.md"),
        ({"identity": {"brith_date": PLANTED}}, "referral.unknown-field", "identity: did you mean birth_date?"),
        ({"identiy": {}}, "referral.unknown-field", "the referral: did you mean identity?"),
        (
            {"identity": {"parents": [{"relation": "MOTHER"}, {"relation": "FATHER", "name": PLANTED}]}},
            "referral.unknown-field",
            "identity.parents.1: did you mean names?",
        ),
        ({"identity": {"birth_date": PLANTED}}, "referral.invalid-value", "identity.birth_date"),
        ({"identity": {"sex": PLANTED}}, "referral.invalid-value", "identity.sex"),
        ({"preview": {}}, "referral.missing-field", "preview.pseudonym"),
        ({"preview": {"pseudonim": PLANTED}}, "referral.unknown-field", "preview: did you mean pseudonym?"),
        (
            {"identity": {"names": [{"parts": [{"text": PLANTED}]}]}},
            "referral.missing-field",
            "identity.names.0.parts.0.script",
        ),
        ([PLANTED], "referral.invalid-value", ""),
        (b'{"identity": {"birth_date": "Sreyleak"', "referral.not-json", "line 1, column 39"),
        (b'{"note": {}, "note": {}}', "referral.not-json", "a field stands twice in one object"),
        (b"\xff\xfe\xfa", "referral.not-json", ""),
        (b"[" * 100_000, "referral.not-json", ""),
        (b'{"family": {"children": ' + b"9" * 5000 + b"}}", "referral.not-json", ""),
        (b'{"family": {"children": NaN}}', "referral.invalid-value", "family.children"),
    ],
)
def test_a_mistake_is_placed_and_not_repeated(written: object, code: str, where: str) -> None:
    assert failure(written) == (code, where)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_referral_or_a_callers_error(data: bytes) -> None:
    with suppress(CallerError):
        read_referral(data)


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda one: st.lists(one, max_size=3))
)
def test_any_value_of_a_field_is_taken_or_refused(value: object) -> None:
    with suppress(CallerError):
        read_referral(json.dumps({"identity": {"birth_date": value}}).encode())
