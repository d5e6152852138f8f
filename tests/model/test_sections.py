"""Every section: the JSON law, silence about its values, and the few rules that a section can judge alone."""

from __future__ import annotations

import json
import pprint
import traceback
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from rich.pretty import pretty_repr

from referral_proto.ids import AgencyId
from referral_proto.model.base import Noun, Part, Section
from referral_proto.model.codes.consent import OverrideGround
from referral_proto.model.codes.exchange import LegalBasis, Purpose, SectionType
from referral_proto.model.codes.organisation import OfficerRole
from referral_proto.model.consent import Override
from referral_proto.model.contacts import Officer
from referral_proto.model.control import Control
from referral_proto.model.documents import Document
from referral_proto.model.identity import Identity
from referral_proto.model.names import NamePart, PersonName
from referral_proto.model.note import Note
from referral_proto.model.preview import Preview
from referral_proto.model.section import SECTION_MODELS, SECTION_TYPES
from referral_proto.moment import Moment
from tests.model.shapes import bare, fields_below, levels, nouns_below, types_of
from tests.strategies.sections import section, sections

ALL = list(SectionType)
PLANTED = "Somying-Planted-สมหญิง"


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("newer", [False, True])
@given(data=st.data())
def test_json_brings_back_the_same_section(kind: SectionType, newer: bool, data: st.DataObject) -> None:
    drawn = data.draw(section(kind, newer))
    model = SECTION_MODELS[kind]
    assert type(drawn) is model
    assert model.model_validate_json(drawn.model_dump_json()) == drawn
    # What is written by hand leaves out what is empty.
    assert model.model_validate_json(drawn.model_dump_json(exclude_defaults=True)) == drawn


@given(st.data())
def test_a_message_holds_each_type_once(data: st.DataObject) -> None:
    drawn = data.draw(sections())
    kinds = [SECTION_TYPES[type(one)] for one in drawn]
    assert len(set(kinds)) == len(kinds)
    assert SectionType.CONTROL not in kinds


@pytest.mark.parametrize("kind", ALL)
def test_the_type_of_a_section_is_its_name(kind: SectionType) -> None:
    assert SECTION_MODELS[kind].__name__.upper() == kind.name
    assert SECTION_TYPES[SECTION_MODELS[kind]] is kind


@pytest.mark.parametrize("kind", ALL)
def test_every_value_is_bounded(kind: SectionType) -> None:
    """A string, a run of bytes, a number and a list without an upper bound would be a way to fill a desk's memory."""
    for name, field in fields_below(SECTION_MODELS[kind]):
        for one, limits in levels(field.annotation, tuple(field.metadata)):
            if one in (str, bytes, int, tuple):
                assert limits.high is not None, name


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind is not SectionType.CONTROL])
def test_what_stands_in_a_section_keeps_what_a_newer_version_adds(kind: SectionType) -> None:
    below = nouns_below(SECTION_MODELS[kind]) - {bare(Section.model_fields["absent"].annotation)}
    assert [noun.__name__ for noun in below if not issubclass(noun, Part)] == []


def test_control_keeps_nothing_that_it_does_not_know() -> None:
    assert [noun.__name__ for noun in nouns_below(Control) if issubclass(noun, Part)] == []


@pytest.mark.parametrize("kind", ALL)
@given(data=st.data())
def test_no_value_is_shown(kind: SectionType, data: st.DataObject) -> None:
    drawn = data.draw(section(kind))
    empty = f"{type(drawn).__name__}()"
    assert repr(drawn) == pretty_repr(drawn) == empty
    assert f"{drawn!r} {drawn!s}" == f"{empty} "
    assert pprint.pformat([drawn]) == f"[{empty}]"


def test_no_planted_word_is_shown_at_any_depth() -> None:
    name = PersonName(parts=(NamePart(text=PLANTED, script="Thai"),))
    identity = Identity(names=(name,))
    note = Note(text=PLANTED, language="th")
    for shown in (name, identity, note, (name, note), {"it": identity}):
        assert PLANTED not in f"{shown!r} {shown!s} {pprint.pformat(shown)} {pretty_repr(shown)}"
        assert "Planted" not in f"{shown!r} {shown!s}"


def test_a_refusal_shows_no_value() -> None:
    with pytest.raises(ValidationError) as caught:
        Note(text=PLANTED + "\x07", language=PLANTED)
    shown = "".join(traceback.format_exception(caught.value)) + str(caught.value) + repr(caught.value)
    assert "Planted" not in shown.replace("PLANTED", "")
    with pytest.raises(ValidationError) as caught:
        Note.model_validate_json(json.dumps({"text": "x", "language": "th", "kind": PLANTED}))
    assert "Planted" not in str(caught.value)


@pytest.mark.parametrize("kind", ALL)
def test_a_section_is_frozen_strict_and_closed(kind: SectionType) -> None:
    config = SECTION_MODELS[kind].model_config
    assert config.get("frozen") is True
    assert config.get("strict") is True
    assert config.get("extra") == "forbid"
    assert config.get("hide_input_in_errors") is True


def test_python_values_must_be_of_the_very_type() -> None:
    note = Note(text="x", language="th", written_at=Moment(0))
    with pytest.raises(ValidationError, match="frozen"):
        note.text = "y"  # type: ignore[misc]
    refused: list[tuple[type[Noun], dict[str, Any]]] = [
        (Note, {"text": "x", "language": "th", "written_at": 0}),
        (Note, {"text": b"x", "language": "th"}),
        (Identity, {"citizenships": ["KH"]}),
        (Identity, {"sex": 1}),
        (Preview, {"pseudonym": "KX7T-B2MD-RH9Q-W4NC", "group_size": "3"}),
        (Preview, {"pseudonym": "KX7T-B2MD-RH9Q-W4NC", "name": "x"}),
    ]
    for model, fields in refused:
        with pytest.raises(ValidationError):
            model(**fields)


@pytest.mark.parametrize(
    "words",
    [
        "Sokha",
        "สมหญิง",
        "1-1037-02071-81-1",
        "1103-7020-7181-1234",
        "N0123456",
        "met him in Poipet",
        "+855 12 345 678",
        "kx7t-b2md-rh9q-w4nc",
        "SOKH-AMEA-SOKH-AMEA",
        "KX7T-B2MD-RH9Q-W4NC\n",
        "KX7T-B2MD-RH9Q-W4NC KX7T",
    ],
)
def test_no_name_number_or_story_fits_anywhere_in_a_preview(words: str) -> None:
    strings = [name for name, field in Preview.model_fields.items() if bare(field.annotation) is str]
    assert strings == ["pseudonym", "citizenships_claimed", "languages", "province"]
    filled: dict[str, Any] = {"pseudonym": "KX7T-B2MD-RH9Q-W4NC"}
    assert Preview(**filled).pseudonym == filled["pseudonym"]
    for name in strings:
        value: object = (words,) if name in ("citizenships_claimed", "languages") else words
        with pytest.raises(ValidationError):
            Preview(**filled | {name: value})
    with pytest.raises(ValidationError):
        Preview(**filled | {"absent": ({"field": words, "reason": None},)})


def test_a_preview_holds_codes_and_numbers_only() -> None:
    nested = {kind.__name__ for kind in types_of(Preview) if issubclass(kind, Noun)}
    assert nested == {"Absence"}


def test_free_narrative_stands_in_a_note_only() -> None:
    long = {
        name
        for model in SECTION_MODELS.values()
        for name, field in fields_below(model)
        for one, limits in levels(field.annotation, tuple(field.metadata))
        if one is str and (limits.high or 0) > 200
    }
    assert long == {"Note.text"}


def test_nothing_larger_than_a_digest_hangs_on_a_section() -> None:
    for model in SECTION_MODELS.values():
        for name, field in fields_below(model):
            for one, limits in levels(field.annotation, tuple(field.metadata)):
                if one is bytes and not name.endswith(".unrecognised"):
                    assert limits.high in (16, 32), name


def test_a_part_transliterates_another_part_of_the_same_name() -> None:
    thai, latin = NamePart(text="สมมติ", script="Thai"), NamePart(text="Sommut", script="Latn", transliteration_of=0)
    assert PersonName(parts=(thai, latin)).parts[1].transliteration_of == 0
    for parts in ((latin,), (latin, thai), (thai, latin.model_copy(update={"transliteration_of": 2}))):
        with pytest.raises(ValidationError, match="transliterates"):
            PersonName(parts=parts)
    with pytest.raises(ValidationError):
        PersonName(parts=())


def test_an_override_needs_two_officers() -> None:
    def override(second: str, agency: str | None = None) -> Override:
        return Override(
            ground=OverrideGround.DANGER_TO_LIFE,
            legal_basis=LegalBasis.VITAL_INTEREST,
            officer=Officer(role=OfficerRole.CASE_WORKER, reference="CW-1"),
            second_approver=Officer(
                role=OfficerRole.SUPERVISOR, reference=second, agency=AgencyId(agency) if agency else None
            ),
            approved_at=Moment(0),
            purpose=Purpose.PROTECTION,
        )

    assert override("SV-2").second_approver.reference == "SV-2"
    assert override("CW-1", "th.dsdw").second_approver.agency == "th.dsdw"
    with pytest.raises(ValidationError, match="two officers"):
        override("CW-1")
    with pytest.raises(ValidationError):
        Override.model_validate_json('{"ground": "DANGER_TO_LIFE", "legal_basis": "VITAL_INTEREST"}')


def test_json_reads_as_people_write_it() -> None:
    identity = Identity.model_validate_json(
        """{
          "names": [{"kind": "LEGAL", "parts": [{"text": "สมมติ", "script": "Thai", "role": "GIVEN"}]}],
          "birth_date": "2009-03", "birth_date_basis": "STATED",
          "birth_place": {"country": "KH", "gazetteer": "KH_NCDD", "code": "01020304"},
          "documents": [{"type": "BIRTH_CERTIFICATE", "number": "១២៣"}],
          "verification": {"status_at": "2026-12-05T00:00:00Z"},
          "absent": [{"field": "gender", "reason": "NOT_ASKED"}]
        }"""
    )
    assert identity.documents == (Document.model_validate_json('{"type": "BIRTH_CERTIFICATE", "number": "១២៣"}'),)
    assert identity.verification is not None
    assert identity.verification.status_at == Moment.parse("2026-12-05T00:00:00Z")
