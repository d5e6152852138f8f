"""Laws of the wire: what is written is read as it was, in one encoding, whatever a newer partner put into it."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.message import DecodeError
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from referral_proto.errors import PeerError
from referral_proto.model import envelope, records
from referral_proto.model.evidence import EvidenceBundle
from referral_proto.model.log import LogEvent
from referral_proto.model.section import SECTION_MODELS, SectionType
from referral_proto.v1 import section_pb2
from referral_proto.wire import decode, decode_section, encode, encode_section
from referral_proto.wire.bindings import CLOSED
from referral_proto.wire.canonical import descriptor_of, unknown_fields
from tests.conformance.tlv import number, tag, text, varint
from tests.strategies.sections import any_section, foreign_fields, noun, section

SHAPE = descriptor_of(section_pb2.Section)
TOP = [kind for kind in SectionType if kind is not SectionType.CONTROL]


@pytest.mark.req("WIR-02", "WIR-06", "MOD-02")
@pytest.mark.parametrize("kind", list(SectionType))
@given(data=st.data())
@settings(max_examples=settings().max_examples // 3)
def test_a_section_comes_back_as_it_was(kind: SectionType, data: st.DataObject) -> None:
    drawn = data.draw(section(kind))
    encoded = encode_section(drawn)
    assert decode_section(encoded) == drawn
    assert encode_section(decode_section(encoded)) == encoded
    assert unknown_fields(SHAPE, encoded) == {}


@pytest.mark.req("MOD-04", "MOD-07", "MOD-08", "WIR-12")
@pytest.mark.parametrize("kind", TOP)
@given(data=st.data())
@settings(max_examples=settings().max_examples // 3)
def test_what_a_newer_partner_sends_comes_back_as_it_was(kind: SectionType, data: st.DataObject) -> None:
    drawn = data.draw(section(kind, newer=True))
    encoded = encode_section(drawn)
    assert decode_section(encoded) == drawn
    assert encode_section(decode_section(encoded)) == encoded
    # The walk judges the order of every field, the unknown ones among them.
    unknown_fields(SHAPE, encoded)


# A log's event and a bundle hold what their kind asks for and no more, which no draw hits by chance: tests/log and
# test_evidence_laws have theirs.
@pytest.mark.parametrize(
    "model",
    [m for m in CLOSED if m not in (envelope.Envelope, LogEvent, EvidenceBundle)],
    ids=lambda model: model.__name__,
)
@given(data=st.data())
@settings(
    max_examples=settings().max_examples // 4,
    suppress_health_check=[HealthCheck.large_base_example, HealthCheck.data_too_large],
)
def test_a_closed_message_comes_back_as_it_was(model: type[Any], data: st.DataObject) -> None:
    drawn = data.draw(noun(model))
    encoded = encode(drawn)
    assume(len(encoded) <= CLOSED[model].limit)
    assert decode(model, encoded) == drawn
    assert encode(decode(model, encoded)) == encoded


@pytest.mark.req("WIR-11")
@pytest.mark.parametrize("model", [envelope.Core, envelope.Cover, records.OpeningKeyRecord], ids=lambda m: m.__name__)
@given(data=st.data())
@settings(
    max_examples=settings().max_examples // 4,
    suppress_health_check=[HealthCheck.large_base_example, HealthCheck.data_too_large],
)
def test_a_closed_message_refuses_whatever_it_does_not_know(model: type[Any], data: st.DataObject) -> None:
    foreign = data.draw(foreign_fields().filter(bool))
    with pytest.raises(PeerError) as refused:
        decode(model, encode(data.draw(noun(model))) + foreign)
    assert refused.value.code == "wire.unknown-field"


@given(data=st.data())
def test_one_value_has_one_encoding(data: st.DataObject) -> None:
    """Whatever is done to the bytes: what is still read and means the same has the same bytes."""
    drawn = data.draw(any_section(newer=True))
    encoded = encode_section(drawn)
    touched = data.draw(touched_bytes(encoded))
    try:
        read = decode_section(touched)
    except PeerError:
        return
    assert (read == drawn) == (touched == encoded)
    assert encode_section(read) == touched


@given(data=st.data())
def test_the_quick_way_and_the_walk_agree(data: st.DataObject) -> None:
    """The quick way (compare with protobuf's own deterministic bytes) is right exactly when the walk finds nothing."""
    bytes_ = data.draw(touched_bytes(encode_section(data.draw(any_section(newer=True)))) | loose_sections())
    try:
        message = section_pb2.Section.FromString(bytes_)
    except DecodeError:
        return
    message.DiscardUnknownFields()
    quick = message.SerializeToString(deterministic=True) == bytes_
    try:
        walked = unknown_fields(SHAPE, bytes_) == {}
    except PeerError:
        walked = False
    assert quick == walked


@st.composite
def touched_bytes(draw: st.DrawFn, data: bytes) -> bytes:
    """Some bytes changed, left out, doubled or put in."""
    out = bytearray(data)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(out)))
        match draw(st.sampled_from(["flip", "drop", "double", "insert"])):
            case "flip" if at < len(out):
                out[at] ^= draw(st.integers(1, 255))
            case "drop":
                del out[at : at + draw(st.integers(1, 8))]
            case "double":
                out[at:at] = out[at : at + draw(st.integers(1, 24))]
            case _:
                out[at:at] = draw(st.binary(min_size=1, max_size=6))
    return bytes(out)


@st.composite
def loose_sections(draw: st.DrawFn) -> bytes:
    """Fields of a preview and a consent in any order and any number, canonical or not, some of them unknown."""
    kind = draw(st.sampled_from([SectionType.PREVIEW, SectionType.CONSENT]))
    descriptor = SHAPE.fields_by_number[kind].message_type
    numbers = [*descriptor.fields_by_number, 500, 501]
    inner = b""
    for _ in range(draw(st.integers(0, 5))):
        field = draw(st.sampled_from(numbers))
        if draw(st.booleans()):
            inner += tag(field, 0) + varint(
                draw(st.integers(0, 2**64 - 1) | st.integers(0, 3)), draw(st.integers(0, 1))
            )
        else:
            inner += text(field, draw(st.sampled_from([b"", b"KH", b"\x01\x02", number(1, 1), text(15, number(1, 1))])))
    return text(kind, inner) * draw(st.integers(1, 2))


@pytest.mark.parametrize("kind", TOP)
def test_every_noun_below_a_section_is_reached_by_the_law_above(kind: SectionType) -> None:
    assert "unrecognised" in SECTION_MODELS[kind].model_fields
