"""The codec's edges: what a hand-written `unrecognised` may not do, what costs nothing to refuse, what errors hold."""

from __future__ import annotations

import pytest
from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto, FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool

from referral_proto.errors import CallerError, PeerError
from referral_proto.model.base import Absence
from referral_proto.model.codes.exchange import AbsenceReason, SectionType
from referral_proto.model.envelope import Core, Envelope
from referral_proto.model.identity import Identity
from referral_proto.model.note import Note
from referral_proto.model.preview import Preview
from referral_proto.wire import canonical, decode, decode_section, encode_section
from referral_proto.wire.codec import has_unrecognised, section_type
from tests.conformance.tlv import number, tag, text, varint
from tests.conformance.wire_parts import CORE, PSEUDONYM, absent, identity, preview

NOTE = Note(text="An invented note.", language="en")


@pytest.mark.req("MOD-08")
@pytest.mark.parametrize(
    "smuggled",
    [
        pytest.param(text(1, "Another text."), id="a known field"),
        pytest.param(number(500, 1)[:-1], id="cut"),
        pytest.param(number(501, 1) + number(500, 1), id="out of order"),
        pytest.param(tag(500, 0) + varint(1, longer=1), id="not minimal"),
        pytest.param(tag(500, 3) + tag(500, 4), id="a group"),
        pytest.param(text(15, number(1, 5) + number(2, 1)), id="an absence"),
    ],
)
def test_unrecognised_bytes_that_are_not_what_they_say_are_the_callers_fault(smuggled: bytes) -> None:
    with pytest.raises(CallerError) as refused:
        encode_section(NOTE.model_copy(update={"unrecognised": smuggled}))
    assert (refused.value.code, refused.value.where) == ("model.invalid", "Note.unrecognised")


def test_what_is_unrecognised_is_flagged_at_every_depth() -> None:
    assert not has_unrecognised(decode_section(preview()))
    assert has_unrecognised(decode_section(preview(number(500, 1))))
    inside = decode_section(text(SectionType.CONSENT, text(4, number(1, 1) + number(40, 1))))
    assert has_unrecognised(inside)


@pytest.mark.req("MOD-05", "MOD-04")
def test_an_absence_is_closed_and_keeps_foreign_numbers() -> None:
    read = decode_section(identity(absent(2) + absent(500)))
    assert isinstance(read, Identity)
    assert read.absent == (
        Absence(field="birth_date", reason=AbsenceReason.REFUSED),
        Absence(field="#500", reason=AbsenceReason.REFUSED),
    )
    with pytest.raises(PeerError) as refused:
        decode_section(identity(text(15, number(1, 2) + number(2, 1) + number(9, 1))))
    assert refused.value.code == "wire.unknown-field"


@pytest.mark.req("WIR-13")
def test_what_is_too_large_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed(*_: object, **__: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr("referral_proto.wire.codec.parse", parsed)
    for model, size in ((Core, 8 * 1024), (Envelope, 4_608 * 1024)):
        with pytest.raises(PeerError) as refused:
            decode(model, bytes(size + 1))
        assert refused.value.code == "wire.too-large"


def test_a_stranger_cannot_keep_the_walk_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Millions of tiny unknown fields in a closed message are refused by protobuf's own speed, not field by field."""

    def walked(*_: object) -> None:
        raise AssertionError("walked")

    monkeypatch.setattr(canonical, "_walk", walked)
    with pytest.raises(PeerError) as refused:
        decode(Envelope, number(99, 1) * 1_000_000)
    assert refused.value.code == "wire.unknown-field"
    with pytest.raises(PeerError) as refused:
        decode(Core, CORE + number(1, 1))
    assert refused.value.code == "wire.not-canonical"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", 0),
        (b"\x12", 2),
        (b"\x10\x01", 0),
        (b"\x92\x06\x00", 98),
        (b"\x92", 0),
        (b"\x92\x80\x01\x00", 0),
        (text(2047, b""), 2047),
        (text(2048, b""), 0),
    ],
)
def test_the_type_is_read_from_the_first_tag(data: bytes, kind: int) -> None:
    assert section_type(data) == kind


def test_a_refusal_says_where() -> None:
    with pytest.raises(PeerError) as refused:
        decode_section(text(SectionType.CONSENT, text(1, number(1, 3))))
    assert (refused.value.code, refused.value.where) == ("wire.missing-field", "Consent.grants.0.recipient")


def test_a_section_is_itself_and_no_other() -> None:
    assert decode_section(encode_section(Preview(pseudonym="KX7T-B2MD-RH9Q-W4NC"))) == decode_section(preview())
    assert encode_section(NOTE)[:1] == b"\x72"
    assert decode_section(preview(head=PSEUDONYM)) != decode_section(identity())


@pytest.mark.req("WIR-16")
def test_the_walk_does_not_fall_into_a_deep_hole() -> None:
    """No message of today is recursive; should one become so, depth is bounded before the stack is."""
    nested = FieldDescriptorProto(
        name="deeper", number=1, type="TYPE_MESSAGE", label="LABEL_OPTIONAL", type_name=".Hole"
    )
    pool = DescriptorPool()
    file = FileDescriptorProto(
        name="hole.proto", syntax="proto3", message_type=[DescriptorProto(name="Hole", field=[nested])]
    )
    pool.AddSerializedFile(file.SerializeToString())  # type: ignore[no-untyped-call]
    hole = pool.FindMessageTypeByName("Hole")  # type: ignore[no-untyped-call]
    data = b""
    for _ in range(200):
        data = text(1, data)
    with pytest.raises(PeerError) as refused:
        canonical.unknown_fields(hole, data)
    assert refused.value.code == "wire.malformed"
