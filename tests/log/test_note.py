"""Signed notes: C2SP's own examples verify, whatever is not exact is refused, strangers' signatures change nothing."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.crypto.logkeys import Algorithm, NoteKey
from referral_proto.errors import CallerError, PeerError
from referral_proto.log.note import (
    MAX_LINES,
    MAX_NOTE,
    Note,
    SignatureLine,
    SignatureType,
    VerifierKey,
    parse_lines,
    parse_note,
    render_lines,
    render_note,
    verify_text,
)
from tests.log.world import KEYS, OTHER_KEYS

# The example of C2SP signed-note, section "Verifier keys".
EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE_SIGNATURE = "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
EXAMPLE = f"This is an example message.\n\n\N{EM DASH} example.com/foo {EXAMPLE_SIGNATURE}\n".encode()

NAME = "log.example/a"
KEY = VerifierKey(NAME, SignatureType.ED25519, KEYS.ed25519)
TEXT = b"first\n\nthird \xe0\xb8\x81\n"
LINE = SignatureLine(NAME, KEY.key_id, KEYS.sign_ed25519(TEXT))
GOOD = render_note(TEXT, (LINE,))
STRANGER = VerifierKey("stranger.example", SignatureType.ED25519, OTHER_KEYS.ed25519)


def refused(data: bytes, keys: tuple[VerifierKey, ...] = (KEY,)) -> str:
    with pytest.raises(PeerError) as caught:
        verify_text(parse_note(data), keys)
    return caught.value.code


def test_the_example_of_the_specification_verifies() -> None:
    key = VerifierKey.parse(EXAMPLE_KEY)
    assert (key.name, key.type, key.text()) == ("example.com/foo", SignatureType.ED25519, EXAMPLE_KEY)
    assert verify_text(parse_note(EXAMPLE), (key,)) == (key,)
    note = parse_note(EXAMPLE)
    assert render_note(note.text, note.lines) == EXAMPLE
    altered = EXAMPLE.replace(b"an example", b"no example")
    assert refused(altered, (key,)) == "note.signature"


def test_the_text_ends_at_the_last_empty_line() -> None:
    assert parse_note(GOOD) == Note(TEXT, (LINE,))
    assert verify_text(parse_note(GOOD), (KEY, STRANGER)) == (KEY,)


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_no_altered_byte_verifies(at: int, change: int) -> None:
    bad = bytearray(GOOD)
    bad[at] ^= change
    assert refused(bytes(bad)) in {"note.malformed", "note.signature", "note.unsigned"}


def test_no_beginning_of_a_note_verifies() -> None:
    for size in range(len(GOOD)):
        assert refused(GOOD[:size]) in {"note.malformed", "note.signature"}


@pytest.mark.req("LOG-07")
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        TEXT,
        TEXT + b"\n",
        GOOD.removesuffix(b"\n"),
        GOOD + b"\n",
        GOOD + b"x\n",
        GOOD.replace(b"first", b"fi\rst"),
        GOOD.replace(b"first", b"fi\x00st"),
        GOOD.replace(b"first", b"fi\tst"),
        GOOD.replace(b"first", b"fi\xffst"),
        GOOD.replace(b"\xe2\x80\x94", b"-"),
        GOOD.replace(b"\xe2\x80\x94 ", b"\xe2\x80\x94  "),
        GOOD.replace(NAME.encode(), b"log.exa+mple"),
        GOOD.replace(NAME.encode(), "log.exa\u2003mple".encode()),
        GOOD.replace(NAME.encode(), b""),
        TEXT + b"\n\xe2\x80\x94 " + NAME.encode() + b" " + b64encode(KEY.key_id) + b"\n",
        TEXT + b"\n\xe2\x80\x94 " + NAME.encode() + b" \n",
        TEXT + b"\n\xe2\x80\x94 " + NAME.encode() + b"\n",
        GOOD.replace(b"=\n", b"\n"),
        GOOD.replace(b"=\n", b"==\n"),
    ],
)
def test_a_note_of_another_form_is_refused(data: bytes) -> None:
    assert data != GOOD
    assert refused(data) == "note.malformed"


def test_base64_has_one_spelling() -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    encoded = b64encode(bytes(5)).decode()
    assert encoded == "AAAAAAA="
    parse_lines(f"\N{EM DASH} {NAME} {encoded}\n".encode())
    # The last sign before the padding has two bits that no byte needs.
    for other in alphabet[1:4]:
        with pytest.raises(PeerError, match=r"note\.malformed"):
            parse_lines(f"\N{EM DASH} {NAME} AAAAAA{other}=\n".encode())


def test_a_stranger_changes_nothing() -> None:
    same_name = SignatureLine(NAME, bytes(4), bytes(64))
    same_id = SignatureLine("other.example", KEY.key_id, bytes(64))
    for lines in ((same_name, same_id, LINE), (LINE, same_id, same_name)):
        assert verify_text(Note(TEXT, lines), (KEY,)) == (KEY,)
    assert refused(render_note(TEXT, (same_name, same_id))) == "note.unsigned"
    assert refused(GOOD, ()) == "note.unsigned"


def test_one_bad_signature_of_a_known_key_refuses_the_note() -> None:
    bad = SignatureLine(NAME, KEY.key_id, bytes(64))
    assert refused(render_note(TEXT, (LINE, bad))) == "note.signature"
    assert refused(render_note(TEXT, (bad, LINE))) == "note.signature"
    assert refused(render_note(TEXT, (SignatureLine(NAME, KEY.key_id, LINE.signature + b"\0"),))) == "note.signature"


@pytest.mark.parametrize("count", [16, MAX_LINES])
def test_many_signatures_are_read(count: int) -> None:
    others = [SignatureLine(f"w{number}.example", bytes(4), bytes(2428)) for number in range(count - 1)]
    note = parse_note(render_note(TEXT, (*others, LINE)))
    assert len(note.lines) == count and verify_text(note, (KEY,)) == (KEY,)


@pytest.mark.req("LOG-07")
def test_too_many_signatures_or_bytes_are_refused() -> None:
    others = [SignatureLine(f"w{number}.example", bytes(4), bytes(64)) for number in range(MAX_LINES)]
    assert refused(render_note(TEXT, (*others, LINE))) == "note.too-large"
    assert refused(b"x" * MAX_NOTE + GOOD) == "note.too-large"


def test_a_verifier_key_is_read_back_for_every_type() -> None:
    for kind in SignatureType:
        key = VerifierKey(NAME, kind, KEYS.mldsa44 if kind.algorithm is Algorithm.MLDSA44 else KEYS.ed25519)
        assert VerifierKey.parse(key.text()) == key
    ids = {VerifierKey(NAME, kind, KEYS.ed25519).key_id for kind in (SignatureType(1), SignatureType(4))}
    assert len(ids) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com/foo",
        "example.com/foo+530d903a",
        EXAMPLE_KEY.replace("530d903a", "530d903b"),
        EXAMPLE_KEY.replace("530d903a", "530D903A"),
        EXAMPLE_KEY.replace("foo", "fo o"),
        EXAMPLE_KEY + " ",
        EXAMPLE_KEY.replace("+Aeky", "+Beky"),
        "x\ud800+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ],
)
def test_a_verifier_key_that_is_not_exact_is_refused(text: str) -> None:
    with pytest.raises(CallerError, match=r"note\.key"):
        VerifierKey.parse(text)


@pytest.mark.parametrize(
    ("algorithm", "data", "code"),
    [
        (Algorithm.ED25519, bytes([1]) + bytes(31), "key.weak"),
        (Algorithm.ED25519, bytes(31), "key.malformed"),
        (Algorithm.MLDSA44, bytes(1312), "key.weak"),
        (Algorithm.MLDSA44, b"rho of 32 bytes, whatever it is.."[:32] + b"\xff" * 1280, "key.weak"),
        (Algorithm.MLDSA44, bytes(1952), "key.malformed"),
    ],
)
def test_a_key_under_which_anybody_signs_is_refused(algorithm: Algorithm, data: bytes, code: str) -> None:
    with pytest.raises(PeerError) as caught:
        NoteKey(algorithm, data)
    assert caught.value.code == code


def test_two_keys_of_one_name_and_id_are_the_callers_mistake() -> None:
    twin = VerifierKey(NAME, SignatureType.ED25519, OTHER_KEYS.ed25519)
    twin.__dict__["key_id"] = KEY.key_id
    with pytest.raises(CallerError, match=r"note\.key"):
        verify_text(parse_note(GOOD), (KEY, twin))


@given(st.binary(max_size=400))
def test_whatever_a_peer_sends_only_a_peer_error_comes_out(data: bytes) -> None:
    for attempt in (data, TEXT + b"\n" + data, TEXT + b"\n" + render_lines((LINE,)) + data):
        try:
            parse_note(attempt)
        except PeerError:
            continue
