"""The kinds of value: what fits and what does not, each at its edges."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ConfigDict, TypeAdapter, ValidationError

from referral_proto.model import kinds

STRICT = ConfigDict(strict=True, ser_json_bytes="hex", val_json_bytes="hex")

FITS: dict[str, list[Any]] = {
    "Text": ["x", "สมหญิง", "សុខា ", "ကျော်", "a\u200bb", "x" * 200, "É", "\U00020000"],
    "Narrative": ["first\nsecond\tthird", "x" * 60_000],
    "Reference": ["A", "CW-1", "case/2026.11_7"],
    "RecordNumber": ["N0123456", "อ. 123/2569", "១២៣"],
    "Pseudonym": ["KX7T-B2MD-RH9Q-W4NC", "B000-C111-D222-F333"],
    "PartialDate": ["1999", "2009-03", "2009-03-31", "2024-02-29", "2000-02-29", "1900-01-01", "2199-12-31"],
    "Country": ["TH", "KH"],
    "Subdivision": ["TH-27", "KH-1", "GB-ENG"],
    "PlaceCode": ["01020304", "270201", "THAPT"],
    "Language": ["km", "th", "zh-Hant-TW", "es-419", "kdt"],
    "Script": ["Thai", "Khmr", "Latn"],
    "IcdCode": ["F43.1", "6B40", "Z65"],
    "Agency": ["th.dsdw", "int.iom"],
    "Age": [0, 130],
    "SmallCount": [0, 100_000],
    "Hash": [bytes(32)],
    "Thread": [bytes(16)],
    "Bytes16": [bytes(16)],
}

FAILS: dict[str, list[Any]] = {
    "Text": ["", "x" * 201, "a\nb", "a\tb", "a\x00", "\x7f", "\x85", "a\u202eb", "a\u2066b", "a\u2028b", 1, b"x", None],
    "Narrative": ["", "x" * 60_001, "a\rb", "a\u202eb", "\x1b[31m"],
    "Reference": ["", "-a", "a-", "a b", "Sokha Example", "a@b", "x" * 65, "สค-1"],
    "RecordNumber": ["", "x" * 65, "a\nb"],
    "Pseudonym": ["KX7T-B2MD-RH9Q", "1X7T-B2MD-RH9Q-W4NC", "KX7T-B2MD-RH9Q-W4NC-KX7T", "KX7TB2MDRH9QW4NC"],
    "PartialDate": [
        "2569", "1899", "2200", "99", "2009-3", "2009-13", "2009-00", "2009-04-31", "2009-02-29", "1900-02-29",
        "2100-02-29", "2024-02-30", "2009-03-00", "2009-03-31\n", "31/03/2009", "2009-03-31T00:00:00Z", "", "๒๐๐๙",
    ],
    "Country": ["th", "THA", "T", "ไท"],
    "Subdivision": ["TH", "TH-", "th-27", "TH-1234", "27"],
    "PlaceCode": ["", "1", "a village", "x" * 17],
    "Language": ["Thai", "TH", "th_TH", "th-th", "x-private", "en-US-u-ca-buddhist"],
    "Script": ["thai", "THAI", "Latin"],
    "IcdCode": ["broken arm", "F4", "f43"],
    "Agency": ["TH.dsdw", "th", "th.dsdw\n", "th.-a", "th." + "a" * 41],
    "Age": [-1, 131, "7", True],
    "SmallCount": [-1, 100_001, 1.0, True],
    "Hash": [bytes(31), bytes(33), b"", "00" * 32],
    "Thread": [bytes(15), bytes(17)],
    "Bytes16": [bytes(15), bytes(17)],
}  # fmt: skip


def adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(getattr(kinds, name), config=STRICT)


def test_every_kind_has_its_edges_here() -> None:
    assert set(kinds.__all__) == set(FITS) == set(FAILS)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in FITS for value in FITS[name]])
def test_it_fits(name: str, value: object) -> None:
    kind = adapter(name)
    assert kind.validate_python(value) == value
    assert kind.validate_json(kind.dump_json(value)) == value


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in FAILS for value in FAILS[name]])
def test_it_does_not_fit(name: str, value: object) -> None:
    with pytest.raises(ValidationError):
        adapter(name).validate_python(value)


@given(st.dates())
def test_every_date_of_the_calendar_fits_and_no_other(date: Any) -> None:
    text = date.isoformat()
    kind = adapter("PartialDate")
    if 1900 <= date.year <= 2199:
        assert kind.validate_python(text) == text
    else:
        with pytest.raises(ValidationError):
            kind.validate_python(text)


@given(st.integers(1900, 2199), st.integers(0, 13), st.integers(0, 32))
def test_a_day_that_the_calendar_lacks_does_not_fit(year: int, month: int, day: int) -> None:
    import datetime

    text = f"{year:04}-{month:02}-{day:02}"
    try:
        datetime.date(year, month, day)
    except ValueError:
        with pytest.raises(ValidationError):
            adapter("PartialDate").validate_python(text)
    else:
        assert adapter("PartialDate").validate_python(text) == text


def test_a_lone_surrogate_is_no_text() -> None:
    with pytest.raises(ValidationError):
        adapter("Text").validate_python("\ud800")
