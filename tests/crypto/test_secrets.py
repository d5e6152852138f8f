"""Law: no repr, text, exception or pickle of this package holds a byte of a key, a passphrase or a section."""

from __future__ import annotations

import copy
import pickle
import traceback
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import FrozenInstanceError

import pytest

from referral_proto.crypto import body, hpke, keyfile, keytext, labels, random
from referral_proto.crypto.keyset import HybridSignature, SigningKeyset, VerifyingKeyset
from referral_proto.crypto.memory import SealMemory
from referral_proto.crypto.opening import OpeningKey, OpeningPublicKey
from referral_proto.errors import ReferralError
from referral_proto.ids import AgencyId

# Planted: each is found wherever it shows, in any of the spellings below.
ED25519, MLDSA65, XWING = (f"planted {name} key ".encode().ljust(32, b"!") for name in ("first", "second", "third"))
PASSPHRASE, SECTION, SALT = "planted passphrase", b"planted section about a person", b"planted salt".ljust(32, b"!")
BODY_KEY = b"planted body key".ljust(32, b"!")
PLANTED = [ED25519, MLDSA65, XWING, PASSPHRASE.encode(), SECTION, SALT, BODY_KEY]

SIGNING = SigningKeyset.from_seeds(AgencyId("xa.shelter"), ED25519, MLDSA65)
OPENING = OpeningKey.from_seed(AgencyId("xa.shelter"), XWING)
STATEMENT = labels.SEAL.prefix + b"statement"


def spellings(secret: bytes) -> Iterator[str]:
    part = secret[:12]
    yield from (part.decode(), part.hex(), repr(part)[2:-1], part.hex(" "), str(list(part))[1:-1])
    yield from (b64encode(part).decode(), urlsafe_b64encode(part).decode())
    yield str(int.from_bytes(secret, "big"))


def leaks(text: str) -> list[bytes]:
    return [secret for secret in PLANTED if any(spelling in text for spelling in spellings(secret))]


def test_the_search_finds_what_it_looks_for() -> None:
    assert leaks(f"key: {ED25519!r}") == [ED25519]
    assert leaks(f"key: {MLDSA65.hex()}") == [MLDSA65]
    assert leaks(b64encode(XWING).decode()) == [XWING]


@pytest.mark.parametrize(
    "thing",
    [
        SIGNING,
        OPENING,
        SIGNING.public,
        OPENING.public,
        SIGNING.sign(STATEMENT, labels.SEAL),
        [SIGNING, {"key": OPENING}],
        SealMemory(),
    ],
    ids=lambda thing: type(thing).__name__,
)
def test_nothing_shows_in_a_repr(thing: object) -> None:
    public = [SIGNING.public.ed25519, SIGNING.public.mldsa65[:32], OPENING.public.xwing[:32]]
    for text in (repr(thing), str(thing), f"{thing}", f"{thing!a}"):
        assert leaks(text) == []
        assert not [key for key in public if repr(key)[2:-1] in text or key.hex() in text]
        assert len(text) < 120


FAILURES: dict[str, Callable[[], object]] = {
    "keyset from short seed": lambda: SigningKeyset.from_seeds(AgencyId("xa.shelter"), ED25519, MLDSA65[:-1]),
    "opening key from long seed": lambda: OpeningKey.from_seed(AgencyId("xa.shelter"), XWING + b"!"),
    "verifying keyset": lambda: VerifyingKeyset.parse("xa.shelter", ED25519, MLDSA65),
    "opening public key": lambda: OpeningPublicKey.parse("xa.shelter", XWING * 38),
    "unlabelled statement": lambda: SIGNING.sign(SECTION, labels.SEAL),
    "signature": lambda: SIGNING.public.verify(STATEMENT, labels.SEAL, HybridSignature(ED25519, MLDSA65)),
    "unwrap": lambda: hpke.unwrap(OPENING, SECTION * 60, SALT),
    "open body": lambda: body.open_body(BODY_KEY, SALT, 0, SECTION.ljust(256, b"!")),
    "open body, padding": lambda: body.open_body(BODY_KEY, SALT, 1, body.seal_body(BODY_KEY, SALT, 0, SALT, SECTION)),
    "section too large": lambda: body.seal_body(BODY_KEY, SALT, 0, SALT, SECTION * 10_000),
    "wrong passphrase": lambda: keyfile.unwrap_key(
        keyfile.wrap_key("kind", ED25519, "another", memory_kib=8, iterations=1), PASSPHRASE
    ),
    "unspeakable passphrase": lambda: keyfile.wrap_key("kind", ED25519, PASSPHRASE + "\ud800"),
    "damaged file": lambda: keyfile.unwrap_key(ED25519, PASSPHRASE),
    "payload too large": lambda: keyfile.wrap_key("kind", ED25519 * 4096, PASSPHRASE),
    "key text": lambda: keytext.parse_signing_key("referral-signing-key:1:xa.shelter:" + ED25519.decode()),
}


@pytest.mark.parametrize("name", FAILURES)
def test_nothing_shows_in_an_exception(name: str) -> None:
    with pytest.raises(ReferralError) as caught:
        FAILURES[name]()
    error = caught.value
    chain = [error, error.__cause__, error.__context__]
    source = "".join(traceback.format_exception(error))
    for text in (str(error), repr(error), repr(error.args), error.where, *map(repr, chain)):
        assert leaks(text) == []
    # Tracebacks quote lines of source, in which the planted names stand, never their values.
    assert leaks(source) == []


@pytest.mark.parametrize("secret", [SIGNING, OPENING], ids=["signing", "opening"])
def test_secrets_are_neither_pickled_nor_copied(secret: object) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="neither pickled nor copied"):
            pickle.dumps(secret, protocol)
    for duplicate in (copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="neither pickled nor copied"):
            duplicate(secret)


@pytest.mark.parametrize("secret", [SIGNING, OPENING], ids=["signing", "opening"])
def test_secrets_are_frozen_and_equal_only_to_themselves(secret: SigningKeyset | OpeningKey) -> None:
    with pytest.raises(FrozenInstanceError):
        secret.public = None  # type: ignore[misc, assignment]
    again = type(secret).create(AgencyId("xa.shelter"))
    assert secret != again
    assert not hasattr(secret, "__dict__")


def test_random_bytes_have_their_length_and_differ() -> None:
    assert [len(random.token(size)) for size in (0, 1, 16, 32)] == [0, 1, 16, 32]
    assert random.token(32) != random.token(32)


def test_shuffle_and_draw_lose_and_invent_nothing() -> None:
    items = list(range(50))
    random.shuffle(items)
    assert sorted(items) == list(range(50))
    assert items != list(range(50))
    assert {random.draw("ab") for _ in range(200)} == {"a", "b"}
