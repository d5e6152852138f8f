"""Law: a key has one text; the text gives back the key; any one character changed, added or lost is refused."""

from __future__ import annotations

import string
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.keytext import (
    fingerprint,
    opening_key_text,
    parse_opening_key,
    parse_signing_key,
    signing_key_text,
)
from referral_proto.crypto.labels import KEY_TEXT
from referral_proto.crypto.opening import OpeningKey
from referral_proto.errors import CallerError, PeerError
from referral_proto.ids import AgencyId

seeds = st.binary(min_size=32, max_size=32)
agencies = st.sampled_from(["th.dsdw", "kh.mosvy", "int.iom", "xa.a-1"]).map(AgencyId)

SIGNING_TEXT = signing_key_text(SigningKeyset.from_seeds(AgencyId("xa.shelter"), b"\x11" * 32, b"\x12" * 32).public)
OPENING_TEXT = opening_key_text(OpeningKey.from_seed(AgencyId("xa.shelter"), b"\x13" * 32).public)
TEXTS = [(SIGNING_TEXT, parse_signing_key), (OPENING_TEXT, parse_opening_key)]
characters = st.sampled_from(string.printable) | st.characters()


def refused(parse: object, text: str) -> bool:
    assert callable(parse)
    with pytest.raises(CallerError) as caught:
        parse(text)
    assert len(text) < 40 or text not in str(caught.value)
    return caught.value.code in {"key.text-malformed", "key.text-checksum"}


@given(agencies, seeds)
def test_the_text_gives_back_the_key(agency: AgencyId, seed: bytes) -> None:
    signing, opening = SigningKeyset.from_seeds(agency, seed, seed).public, OpeningKey.from_seed(agency, seed).public
    assert parse_signing_key(signing_key_text(signing)) == signing
    assert parse_opening_key(opening_key_text(opening)) == opening


@given(st.sampled_from(TEXTS), st.integers(min_value=0), characters)
def test_any_one_character_changed_is_refused(form: tuple[str, object], place: int, character: str) -> None:
    text, parse = form
    place %= len(text)
    if text[place] != character:
        assert refused(parse, text[:place] + character + text[place + 1 :])


@given(st.sampled_from(TEXTS), st.integers(min_value=0), characters)
def test_any_one_character_more_or_less_is_refused(form: tuple[str, object], place: int, character: str) -> None:
    text, parse = form
    place %= len(text) + 1
    assert refused(parse, text[:place] + character + text[place:])
    if place < len(text):
        assert refused(parse, text[:place] + text[place + 1 :])


@pytest.mark.parametrize("place", range(-6, 0))
def test_the_last_characters_have_one_spelling(place: int) -> None:
    for text, parse in TEXTS:
        for character in set(string.ascii_letters + string.digits + "-_=") - {text[place]}:
            altered = list(text)
            altered[place] = character
            assert refused(parse, "".join(altered))


@given(st.text(max_size=60))
def test_any_other_text_is_refused(text: str) -> None:
    for form, parse in TEXTS:
        assert refused(parse, text)
        assert refused(parse, form[: form.rindex(":") + 1] + text)


@pytest.mark.parametrize("change", [str.upper, str.swapcase, lambda t: t + "\n", lambda t: " " + t, lambda t: t + "=="])
def test_other_spellings_are_refused(change: object) -> None:
    assert callable(change)
    for text, parse in TEXTS:
        assert refused(parse, change(text))


def test_one_kind_is_not_read_as_the_other() -> None:
    assert refused(parse_signing_key, OPENING_TEXT)
    assert refused(parse_opening_key, SIGNING_TEXT)
    assert refused(parse_opening_key, OPENING_TEXT.replace("opening", "signing"))
    assert refused(parse_opening_key, OPENING_TEXT.replace(":1:", ":2:"))


def test_a_key_cannot_be_given_to_another_agency() -> None:
    for text, parse in TEXTS:
        with pytest.raises(CallerError, match=r"key\.text-checksum"):
            parse(text.replace("xa.shelter", "xb.shelter"))


def as_text(kind: str, payload: bytes) -> str:
    checksum = labelled_hash(KEY_TEXT, kind.encode(), b"xa.shelter", payload)[:4]
    return f"{kind}:1:xa.shelter:{urlsafe_b64encode(payload + checksum).decode().rstrip('=')}"


def test_it_is_the_formula_of_the_spec(keys: SigningKeyset, opening: OpeningKey) -> None:
    assert as_text("referral-signing-key", keys.public.ed25519 + keys.public.mldsa65) == SIGNING_TEXT
    assert as_text("referral-opening-key", opening.public.xwing) == OPENING_TEXT
    assert OPENING_TEXT.startswith("referral-opening-key:1:xa.shelter:")
    assert OPENING_TEXT.endswith("Z9JqFu1pZUwHJ4cV9KpuskoE")


def test_a_weak_key_with_a_right_checksum_is_refused(keys: SigningKeyset) -> None:
    weak = (1).to_bytes(32, "little") + keys.public.mldsa65
    with pytest.raises(PeerError, match=r"key\.weak"):
        parse_signing_key(as_text("referral-signing-key", weak))
    with pytest.raises(PeerError, match=r"key\.weak"):
        parse_opening_key(as_text("referral-opening-key", bytes(1216)))


def test_a_fingerprint_is_the_whole_identifier_in_groups(keys: SigningKeyset) -> None:
    shown = fingerprint(keys.id)
    assert bytes.fromhex(shown) == keys.id
    assert [len(group) for group in shown.split(" ")] == [4] * 16
