"""Every code, section, field, absence and error has one label in each language, spelled so that it can be searched.

The labels are read by caseworkers; whether they are good Thai and Khmer is for people to say (docs/translations.md).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections import defaultdict
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.model.codes.exchange import AbsenceReason, Purpose, SectionType
from referral_proto.model.codes.person import Gender
from referral_proto.model.codes.trafficking import ExploitationType, Platform
from referral_proto.model.codes.wording import LANGUAGES, label, labels
from tests.model import missing_labels

BRANDS = {f"Platform.{one.name}" for one in Platform} - {
    f"Platform.{one.name}" for one in (Platform.OTHER, Platform.GAME, Platform.DATING_SITE, Platform.JOB_SITE)
}
SCRIPTS = {"en": re.compile("[A-Za-z0-9]"), "th": re.compile("[\u0e01-\u0e5b]"), "km": re.compile("[\u1780-\u17f9]")}
# Words of a programmer's format, and signs that cannot be seen.
FORBIDDEN = re.compile("[{}%<>\x00-\x1f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\\$\\(|  ")
# Two ways of typing that look right and are never found: doubled vowel signs and letters put together from parts.
THAI_TYPOS = re.compile(
    "\u0e40\u0e40|\u0e4d\u0e32|[\u0e31\u0e34-\u0e3a]{2}|[\u0e48-\u0e4b]{2}|[\u0e48-\u0e4b][\u0e31\u0e34-\u0e3a]"
)
KHMER_SYLLABLE = re.compile(
    "[\u1780-\u17b3][\u17c9\u17ca]?(?:\u17d2[\u1780-\u17a2])*[\u17c9\u17ca]?[\u17b6-\u17c5]?[\u17c6\u17cb-\u17d0]?[\u17c6-\u17c8]?"
    "|[\u17d4-\u17d7]"
)

other_languages = pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
every_language = pytest.mark.parametrize("language", LANGUAGES)


def misspelled(text: str) -> list[str]:
    """Words that no keyboard of the language would type."""
    wrong = [word for word in re.findall("[\u1780-\u17ff]+", text) if KHMER_SYLLABLE.sub("", word)]
    return wrong + THAI_TYPOS.findall(text)


@every_language
def test_nothing_lacks_a_label_and_no_label_is_needless(language: str) -> None:
    assert missing_labels.gaps(language) == [], "run: python -m tests.model.missing_labels"


def test_the_english_of_an_error_is_what_was_translated() -> None:
    assert missing_labels.reworded() == []


@every_language
def test_a_file_names_nothing_twice(language: str) -> None:
    file = files("referral_proto.model.codes").joinpath("labels", f"{language}.json")
    pairs: list[tuple[str, str]] = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=list)
    assert len({key for key, _ in pairs}) == len(pairs)


@every_language
def test_labels_are_plain_text_in_their_own_script(language: str) -> None:
    foreign = [script for other, script in SCRIPTS.items() if other not in ("en", language)]
    for key, text in labels(language).items():
        assert text == unicodedata.normalize("NFC", text).strip(), key
        assert not FORBIDDEN.search(text), key
        assert SCRIPTS[language].search(text) or key in BRANDS, key
        assert not any(script.search(text) for script in foreign), key


@every_language
def test_labels_are_spelled_so_that_they_can_be_searched(language: str) -> None:
    assert {key: misspelled(text) for key, text in labels(language).items() if misspelled(text)} == {}


@pytest.mark.parametrize("text", ["เเรงงาน", "คําสั่ง", "ผู้้เสียหาย", "ក្\u200b", "កា្រ", "ស្្រី"])
def test_the_check_of_spelling_bites(text: str) -> None:
    assert misspelled(text) or FORBIDDEN.search(text)


@every_language
def test_no_two_of_one_list_or_noun_look_alike(language: str) -> None:
    alike: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, text in labels(language).items():
        if not key.startswith("error."):
            alike[key.rpartition(".")[0], text.casefold()].append(key)
    assert [keys for keys in alike.values() if len(keys) > 1] == []


@other_languages
def test_two_errors_that_differ_in_english_differ_in_every_language(language: str) -> None:
    keys = [key for key in labels("en") if key.startswith("error.") and key.endswith(".what")]
    english = {labels("en")[key] for key in keys}
    assert len({labels(language)[key] for key in keys}) == len(english)


@other_languages
def test_numbers_commands_and_samples_survive_translation(language: str) -> None:
    sample = re.compile(r"--?[a-z][a-z-]+|[A-Z]+_[A-Z_]+|\bth\.dsdw\b|\d[\d,:TZ-]*|\*\.\w+|\bdocs/\S+\.md\b")
    for key, text in labels("en").items():
        for word in sample.findall(text) if key.startswith("error.") else ():
            assert word in labels(language)[key], key


def test_a_code_a_key_and_the_language_of_a_region_find_their_label() -> None:
    assert label(ExploitationType.FORCED_LABOUR, "en") == "Forced labour"
    assert label("ExploitationType.FORCED_LABOUR", "th") == "แรงงานบังคับ"
    assert label(ExploitationType.FORCED_LABOUR, "km-KH") == "ពលកម្មដោយបង្ខំ"
    assert label("field.Identity.birth_date", "th-TH") == "วันเกิด"
    assert label("error.admit.expired.what", "en") == "The envelope came after its expiry"


def test_section_types_and_absences_have_one_wording() -> None:
    for language in LANGUAGES:
        assert label(SectionType.IDENTITY, language) == label("section.IDENTITY", language)
        assert label(AbsenceReason.REFUSED, language) == label("absence.REFUSED", language)
        assert label("AbsenceReason.REFUSED", language) == label("absence.REFUSED", language)


def test_what_every_section_inherits_is_labelled_once() -> None:
    assert label("field.Health.absent", "en") == label("field.Section.absent", "en")
    assert label("field.Document.unrecognised", "km") == label("field.Part.unrecognised", "km")


def test_what_a_newer_partner_sends_is_shown_by_its_number() -> None:
    assert label(Gender(77), "en") == "Unrecognised code 77"
    assert label(Gender(77), "th") == "รหัสที่ไม่รู้จัก 77"
    assert label(SectionType(77), "km") == "កូដមិនស្គាល់ 77"
    assert label("Gender.UNRECOGNISED_77", "en") == "Unrecognised code 77"
    assert label("field.Identity.#37", "en") == "Unrecognised field 37"


def test_a_language_that_is_not_there_speaks_english() -> None:
    assert label(Purpose.SHELTER, "lo") == label(Purpose.SHELTER, "") == label(Purpose.SHELTER, "../en") == "Shelter"
    with pytest.raises(KeyError):
        labels("../en")


def test_what_no_language_knows_is_said_by_its_name() -> None:
    assert label("Purpose.NOT_INVENTED_YET", "th") == "NOT_INVENTED_YET"
    assert label("field.Identity.not_there", "km") == "not_there"
    assert label("error.not.invented.what", "th") == "An error that this version does not know"


@given(st.text(), st.text())
def test_no_key_and_no_language_is_an_error(key: str, language: str) -> None:
    assert isinstance(label(key, language), str)


def test_a_language_is_read_when_it_is_asked_for() -> None:
    program = """
from referral_proto.model.codes import wording
from referral_proto.model.codes.exchange import Purpose
assert wording._read.cache_info().currsize == 0
wording.label(Purpose.SHELTER, "th")
assert wording._read.cache_info().currsize == 1
import sys
assert "pydantic" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
