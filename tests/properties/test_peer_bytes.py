"""A peer's bytes raise PeerError and nothing else, wherever they enter, and no error holds a piece of them."""

from __future__ import annotations

import traceback
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referral_proto.errors import PeerError
from referral_proto.flow.admit import admit, admit_for_dispatch
from referral_proto.flow.cover import verify_cover
from referral_proto.flow.open import open_envelope
from referral_proto.trust.directory import Directory
from referral_proto.wire import decode, decode_section, encode_section
from referral_proto.wire.bindings import CLOSED
from referral_proto.wire.codec import section_type
from tests.conformance.forge import PREVIEW, forge, message
from tests.conformance.wire_parts import CONTROL
from tests.conformance.world import AT, A, B, directory, keyring, records
from tests.properties.test_wire_laws import loose_sections, touched_bytes
from tests.strategies.sections import any_section

PLANTED = "Somying-Planted-Name"
FORGED = forge()


def only_peer_errors(judge: Callable[[bytes], object], data: bytes) -> None:
    """Judge; a PeerError is an answer, and what it says is free of the bytes."""
    try:
        judge(data)
    except PeerError as error:
        assert PLANTED not in "".join(traceback.format_exception(error)) + repr(error.args)  # noqa: PT017 - a value is as good


@pytest.mark.req("WIR-16")
@given(st.binary(max_size=400))
def test_random_bytes(data: bytes) -> None:
    section_type(data)
    only_peer_errors(decode_section, data)
    only_peer_errors(lambda d: admit(d, B, directory(), AT), data)
    only_peer_errors(lambda d: admit_for_dispatch(d, A, directory(), AT), data)
    only_peer_errors(lambda d: verify_cover(d, directory(), AT), data)
    only_peer_errors(lambda d: Directory.fold([records()[0], d]), data)
    for model in CLOSED:
        only_peer_errors(lambda d, m=model: decode(m, d), data)  # type: ignore[misc]


@pytest.mark.req("WIR-16")
@given(st.data())
def test_sections_that_were_touched(data: st.DataObject) -> None:
    drawn = encode_section(data.draw(any_section(newer=True)))
    only_peer_errors(decode_section, data.draw(touched_bytes(drawn) | loose_sections()))


@pytest.mark.req("WIR-16")
@given(st.data())
def test_envelopes_and_covers_that_were_touched(data: st.DataObject) -> None:
    only_peer_errors(lambda d: admit(d, B, directory(), AT), data.draw(touched_bytes(FORGED.envelope)))
    only_peer_errors(lambda d: verify_cover(d, directory(), AT), data.draw(touched_bytes(FORGED.cover)))


@pytest.mark.req("WIR-16")
@given(st.data())
@settings(max_examples=settings().max_examples // 2)
def test_records_that_were_touched(data: st.DataObject) -> None:
    chosen = data.draw(st.integers(0, len(records()) - 1))
    touched = data.draw(touched_bytes(records()[chosen]))
    only_peer_errors(Directory.fold, [records()[0], touched])  # type: ignore[arg-type]
    only_peer_errors(lambda r: Directory.fold(r, lenient=True), [records()[0], touched])  # type: ignore[arg-type]


@pytest.mark.req("WIR-16")
@given(st.data())
@settings(max_examples=settings().max_examples // 2)
def test_a_signed_core_with_anything_in_it(data: st.DataObject) -> None:
    """A sender that is enrolled signs whatever it likes."""
    forged = forge(core_bytes=lambda core: data.draw(touched_bytes(core)))
    only_peer_errors(lambda d: admit(d, B, directory(), AT), forged.envelope)
    only_peer_errors(lambda d: verify_cover(d, directory(), AT), forged.cover)


@pytest.mark.req("WIR-16", "CHK-02")
@given(st.data())
def test_sealed_sections_with_anything_in_them(data: st.DataObject) -> None:
    """A sender that is enrolled commits to whatever it likes, and seals it as it should."""
    garbage = st.binary(max_size=60) | loose_sections() | touched_bytes(encode_section(PREVIEW))
    first = data.draw(st.sampled_from(message(PREVIEW)[:1]) | touched_bytes(message(PREVIEW)[0]) | garbage)
    rest = data.draw(st.lists(garbage, max_size=3))
    admitted = admit(forge([first, *rest]).envelope, B, directory(), AT)
    only_peer_errors(lambda _: open_envelope(admitted, keyring(B), directory()), b"")


@pytest.mark.req("CHK-02")
@given(st.data())
@settings(max_examples=settings().max_examples // 2)
def test_bodies_and_rings_with_anything_in_them(data: st.DataObject) -> None:
    def plain(padded: list[tuple[int, bytes]]) -> dict[int, bytes]:
        return {
            index: data.draw(st.binary(min_size=len(text), max_size=len(text)) | st.just(text))
            for index, text in padded
        }

    def keys(rings: list[bytes]) -> list[bytes]:
        return [data.draw(st.binary(min_size=128, max_size=128) | st.just(ring)) for ring in rings]

    admitted = admit(forge(padded=plain, rings_plain=keys).envelope, B, directory(), AT)
    only_peer_errors(lambda _: open_envelope(admitted, keyring(B), directory()), b"")


@pytest.mark.req("ERR-02")
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x12" + bytes([2 + len(PLANTED), 0x0A, len(PLANTED)]) + PLANTED.encode(), id="preview"),
        pytest.param(
            b"\x72" + bytes([6 + len(PLANTED), 0x0A, len(PLANTED)]) + PLANTED.encode() + b"\x12\x02!!", id="note"
        ),
        pytest.param(
            b"\x0a"
            + bytes([len(CONTROL) + 2 + len(PLANTED)])
            + CONTROL
            + b"\x72"
            + bytes([len(PLANTED)])
            + PLANTED.encode(),
            id="control",
        ),
        pytest.param(PLANTED.encode() * 9, id="no section"),
    ],
)
def test_a_refusal_names_a_place_and_no_content(data: bytes) -> None:
    with pytest.raises(PeerError) as refused:
        decode_section(data)
    only_peer_errors(decode_section, data)
    assert refused.value.__context__ is None or PLANTED not in repr(refused.value.__context__)
