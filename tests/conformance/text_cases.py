"""Verbs `hash`, `key_text`, `key_file`: the labelled hash, keys as text, secrets in files (families F7 and F23)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from referral_proto.crypto import labels
from referral_proto.crypto.digest import Label, labelled_hash, lp
from referral_proto.crypto.keyfile import wrap_key
from referral_proto.crypto.keytext import opening_key_text, signing_key_text
from referral_proto.policy.matrix import matrix_text
from tests.conformance.cases import base64, case
from tests.conformance.world import SHELTER, A, opening, seed, signing

Made = Callable[[], dict[str, Any]]
PASSPHRASE = "an invented passphrase"
SIGNING = signing_key_text(signing(A).public)
OPENING = opening_key_text(opening(A).public)


def hashes(name: str, requirements: str, about: str, label: Label, *parts: bytes) -> None:
    case(name, "hash", requirements, about, lambda: {"label": label.decode(), "parts": [p.hex() for p in parts]})


def text(
    name: str, requirements: str, about: str, written: str, error: str | None = None, kind: str = "signing"
) -> None:
    case(name, "key_text", requirements, about, lambda: {"kind": kind, "text": written}, error)


def file(
    name: str,
    requirements: str,
    about: str,
    made: Callable[[], bytes],
    error: str | None = None,
    passphrase: str = PASSPHRASE,
) -> None:
    case(name, "key_file", requirements, about, lambda: {"file": base64(made()), "passphrase": passphrase}, error)


def wrapped(passphrase: str = PASSPHRASE) -> bytes:
    """A key file that costs little."""
    payload = seed(A, "ed25519", 0) + seed(A, "mldsa65", 0)
    return wrap_key("signing-key", payload, passphrase, memory_kib=64, iterations=1)


def flipped(at: int) -> Callable[[], bytes]:
    """A key file with one bit turned."""

    def made() -> bytes:
        data = bytearray(wrapped())
        data[at] ^= 1
        return bytes(data)

    return made


def asking_for(memory_kib: int, iterations: int) -> Callable[[], bytes]:
    """A key file whose header asks for these costs, with a checksum that is right."""

    def made() -> bytes:
        data = wrapped()
        start = len(labels.KEY_FILE.prefix) + len(lp(b"signing-key"))
        header = (
            data[:start] + memory_kib.to_bytes(4, "big") + iterations.to_bytes(4, "big") + data[start + 8 : start + 44]
        )
        ciphertext = data[start + 44 : -32]
        return header + ciphertext + labelled_hash(labels.KEY_FILE, header, ciphertext)

    return made


def _retyped(written: str, at: int) -> str:
    other = "A" if written[at] != "A" else "B"
    return written[:at] + other + written[at + 1 :]


hashes("F23-hash-nothing", "ENV-01", "No part.", labels.RINGS)
hashes("F23-hash-one-empty", "ENV-01", "One empty part differs from none.", labels.RINGS, b"")
hashes("F23-hash-ab-c", "ENV-01", "Two parts.", labels.RINGS, b"ab", b"c")
hashes("F23-hash-a-bc", "ENV-01", "The same bytes in a row, cut elsewhere.", labels.RINGS, b"a", b"bc")
hashes("F23-hash-other-label", "ENV-01 ENV-02", "The same parts under another label.", labels.BODIES, b"a", b"bc")
hashes(
    "F23-hash-keyset",
    "KEY-01",
    "The identifier of xa.welfare's signing keyset.",
    labels.SIGNING_KEYSET,
    A.encode(),
    signing(A).public.ed25519,
    signing(A).public.mldsa65,
)
hashes(
    "F23-hash-opening-key",
    "KEY-02",
    "The identifier of xa.welfare's opening key.",
    labels.OPENING_KEY,
    A.encode(),
    opening(A).public.xwing,
)
hashes(
    "F23-hash-commitment",
    "ENV-09",
    "A commitment: message id, index, salt, section.",
    labels.SECTION,
    bytes(range(16)),
    bytes(4),
    bytes(range(32)),
    b"\x0a\x00",
)
hashes("F23-hash-matrix", "DIS-07", "The disclosure matrix in force.", labels.MATRIX, matrix_text().encode())

text("F07-text-signing", "KEY-09", "A signing keyset as text.", SIGNING)
text("F07-text-opening", "KEY-09 KEY-03", "An opening key as text.", OPENING, kind="opening")
text("F07-text-space", "KEY-09", "A space at the end.", SIGNING + " ", "key.text-malformed")
text(
    "F07-text-padding", "KEY-09", "Base64 padding that is not written.", OPENING + "=", "key.text-malformed", "opening"
)
text(
    "F07-text-other-alphabet",
    "KEY-09",
    "The alphabet with + and /.",
    SIGNING.replace("-", "+").replace("referral+signing+key", "referral-signing-key"),
    "key.text-malformed",
)
text("F07-text-other-kind", "KEY-09", "An opening key where a signing key belongs.", OPENING, "key.text-malformed")
text(
    "F07-text-other-version",
    "KEY-09",
    "A version that is not known.",
    SIGNING.replace(":1:", ":2:"),
    "key.text-malformed",
)
text("F07-text-cut", "KEY-09", "The last four letters are missing.", SIGNING[:-4], "key.text-malformed")
text("F07-text-slip", "KEY-10", "One letter was typed wrong.", _retyped(SIGNING, 1000), "key.text-checksum")
text(
    "F07-text-other-agency",
    "KEY-10",
    "Another agency's name before the same key.",
    SIGNING.replace(A, SHELTER),
    "key.text-checksum",
)
text(
    "F07-text-bad-agency",
    "KEY-09",
    "A name that is no agency's.",
    SIGNING.replace(A, "XA.welfare"),
    "key.text-malformed",
)

file("F07-file", "KEY-11", "A key file with little cost.", wrapped)
file(
    "F07-file-nfc",
    "KEY-14",
    "A passphrase typed with a combining accent opens what was wrapped with the single sign.",
    lambda: wrapped("caf\u00e9"),
    None,
    "cafe\u0301",
)
file(
    "F07-file-wrong-passphrase", "KEY-13", "Another passphrase.", wrapped, "key.wrong-passphrase", "another passphrase"
)
file("F07-file-empty-passphrase", "KEY-11", "No passphrase.", wrapped, "key.passphrase", "")
file("F07-file-cut", "KEY-13", "A half-written file.", lambda: wrapped()[:-1], "key.damaged")
file("F07-file-header-bit", "KEY-13", "One bit of the salt.", flipped(80), "key.damaged")
file("F07-file-ciphertext-bit", "KEY-13", "One bit of the ciphertext.", flipped(-40), "key.damaged")
file("F07-file-of-another-kind", "KEY-13", "No key file at all.", lambda: b"referral-signing-key" * 10, "key.damaged")
file(
    "F07-file-too-much-memory",
    "KEY-12",
    "A file that asks for 2 GiB.",
    asking_for(2 * 1024 * 1024, 1),
    "key.file-costs",
)
file(
    "F07-file-too-many-rounds",
    "KEY-12",
    "A file that asks for 10,000 rounds.",
    asking_for(64, 10_000),
    "key.file-costs",
)
