"""Absence: unknown, refused, withheld, not asked differ from each other and from empty; none stands beside a value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from referral_proto.model.base import Absence, Section
from referral_proto.model.codes.exchange import AbsenceReason
from referral_proto.model.identity import Identity
from referral_proto.model.section import SECTION_MODELS, SectionType
from referral_proto.v1 import section_pb2
from tests.strategies.sections import section

WITH_ABSENCES = [kind for kind, model in SECTION_MODELS.items() if issubclass(model, Section)]


def absent(*fields: str, reason: AbsenceReason = AbsenceReason.REFUSED) -> tuple[Absence, ...]:
    return tuple(Absence(field=field, reason=reason) for field in fields)


def test_every_section_but_control_may_say_why() -> None:
    assert set(SectionType) - set(WITH_ABSENCES) == {SectionType.CONTROL}


@pytest.mark.parametrize("kind", WITH_ABSENCES)
def test_the_numbers_are_those_of_the_message(kind: SectionType) -> None:
    message = section_pb2.Section.DESCRIPTOR.fields_by_number[kind].message_type
    assert message is not None
    model = SECTION_MODELS[kind]
    assert issubclass(model, Section)
    assert {field.name: field.number for field in message.fields} == {**model.numbers, "absent": 15}


def test_the_reason_is_told_apart_from_empty() -> None:
    for reason in AbsenceReason:
        assert Identity(absent=absent("birth_date", reason=reason)).why_absent("birth_date") is reason
    assert Identity().why_absent("birth_date") is None
    assert Identity(birth_date="1999").why_absent("birth_date") is None
    unknown = Identity(absent=absent("birth_date", reason=AbsenceReason(9))).why_absent("birth_date")
    assert unknown is not None
    assert not unknown.recognised
    with pytest.raises(KeyError):
        Identity().why_absent("birthdate")


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param(("birthdate",), id="no such field"),
        pytest.param(("absent",), id="absent itself"),
        pytest.param(("unrecognised",), id="bookkeeping"),
        pytest.param(("birth_date", "birth_date"), id="twice"),
        pytest.param(("sex", "birth_date"), id="out of order"),
        pytest.param(("#500", "birth_date"), id="a foreign number before a known field"),
        pytest.param(("#500", "#499"), id="foreign numbers out of order"),
        pytest.param(("#500", "#500"), id="a foreign number twice"),
        pytest.param(("#2",), id="the number of a field that has a name"),
        pytest.param(("#15",), id="the number of absent"),
        pytest.param(("#0",), id="zero"),
        pytest.param(("#007",), id="leading zeros"),
        pytest.param(("#536870912",), id="above the largest field number"),
        pytest.param(("",), id="empty"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(fields: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError):
        Identity(absent=absent(*fields))


def test_a_field_that_a_newer_version_calls_absent_is_kept_by_number() -> None:
    identity = Identity(absent=absent("names", "birth_date", "photo", "#17", "#536870911"))
    assert identity.why_absent("photo") is AbsenceReason.REFUSED


@pytest.mark.parametrize("kind", WITH_ABSENCES)
@given(data=st.data())
def test_a_filled_field_is_never_absent(kind: SectionType, data: st.DataObject) -> None:
    drawn = data.draw(section(kind))
    model = type(drawn)
    for name in model.numbers:
        alone = {**dict(drawn), "absent": absent(name)}
        if getattr(drawn, name) in (None, ()):
            assert model(**alone).why_absent(name) is AbsenceReason.REFUSED
        else:
            with pytest.raises(ValidationError, match="has a value"):
                model(**alone)
