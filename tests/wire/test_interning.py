"""Law: a noun that recurs is one object, and remembering it changes no answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from referral_proto.errors import PeerError
from referral_proto.model.codes.exchange import DisclosureState, MessageKind, Purpose, SectionType
from referral_proto.model.control import Control, DisclosureRow
from referral_proto.v1 import control_pb2, section_pb2
from referral_proto.wire import decode_section, encode_section
from referral_proto.wire.canonical import descriptor_of
from referral_proto.wire.plan import Mismatch, Plan, compile_plan, intern

ROW = DisclosureRow(section=SectionType.IDENTITY, recipient=0, state=DisclosureState.GIVEN)
CONTROL = Control(kind=MessageKind.OFFER, thread=bytes(16), purpose=Purpose.REFERRAL_OFFER, table=(ROW, ROW))


def alone(model: type, descriptor: Any) -> Plan:
    raise AssertionError(f"{model} and {descriptor} stand in no row")


def row(**fields: int) -> Any:
    return control_pb2.DisclosureRow(**fields)


@pytest.fixture
def read() -> Callable[[Any], Any]:
    return intern(compile_plan(DisclosureRow, descriptor_of(control_pb2.DisclosureRow), alone), limit=2).read


def with_row(sent: Any) -> bytes:
    message = section_pb2.Section.FromString(encode_section(CONTROL.model_copy(update={"table": ()})))
    message.control.table.append(sent)
    return message.SerializeToString(deterministic=True)


def test_the_same_row_is_the_same_object() -> None:
    control = decode_section(encode_section(CONTROL))
    assert control == CONTROL
    assert isinstance(control, Control) and control.table[0] is control.table[1]


def test_a_default_that_was_not_sent_is_missing_whatever_was_seen_before() -> None:
    assert decode_section(with_row(row(section=5, recipient=0, state=1))).table == (ROW,)  # type: ignore[union-attr]
    with pytest.raises(PeerError) as refused:
        decode_section(with_row(row(section=5, state=1)))
    assert (refused.value.code, refused.value.where) == ("wire.missing-field", "Control.table.0.recipient")


@pytest.mark.parametrize("bad", [row(section=5, recipient=16, state=1), row(section=0, recipient=0, state=1)])
def test_what_is_not_valid_is_refused_each_time(bad: Any) -> None:
    for _ in range(2):
        with pytest.raises(PeerError) as refused:
            decode_section(with_row(bad))
        assert refused.value.code == "wire.invalid-value"


def test_what_is_not_valid_is_left_to_whoever_validates_the_whole(read: Callable[[Any], Any]) -> None:
    assert read(row(section=5, recipient=16, state=1)) == {"section": SectionType.IDENTITY, "recipient": 16, "state": 1}
    assert read(row()) == {}


def test_an_unknown_code_is_kept_and_flagged_each_time(read: Callable[[Any], Any]) -> None:
    sent = row(section=77, recipient=1, state=1)
    assert not read(sent).section.recognised
    assert read(sent) is read(sent)


def test_memory_is_bounded(read: Callable[[Any], Any]) -> None:
    first = read(row(section=1, recipient=0, state=1))
    for number in range(2, 5):
        read(row(section=number, recipient=0, state=1))
    again = read(row(section=1, recipient=0, state=1))
    assert again == first
    assert again is not first


def test_a_noun_with_more_than_required_scalars_is_not_interned() -> None:
    from referral_proto.model.control import Clock

    plan = compile_plan(Clock, descriptor_of(control_pb2.Clock), alone)
    assert intern(plan).model is Clock
    with pytest.raises(Mismatch):
        intern(plan._replace(keeps_unknown=True))
