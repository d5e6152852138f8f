"""Public keys as text that people send, print and read to each other. Never a secret key: those have files only.

    referral-signing-key:1:<agency>:<base64url, no padding, of ed25519(32) ‖ mldsa65(1952) ‖ checksum(4)>
    referral-opening-key:1:<agency>:<base64url, no padding, of xwing(1216) ‖ checksum(4)>
    checksum = first 4 bytes of TH(key-text, kind, agency, payload)          kind: what stands before the first colon

The checksum finds slips of the hand and of the clipboard; it proves nothing about who owns a key. That is what the
fingerprint is for, compared over another channel, and the registrar's signature. One key has one text: spaces, line
ends and other spellings of the same bytes are refused, so whoever reads from a file strips them first.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from referral_proto.crypto.digest import labelled_hash
from referral_proto.crypto.keyset import VerifyingKeyset
from referral_proto.crypto.labels import KEY_TEXT
from referral_proto.crypto.opening import OpeningPublicKey
from referral_proto.crypto.weak import ED25519_SIZE, MLDSA65_SIZE, XWING_SIZE
from referral_proto.errors import CallerError
from referral_proto.ids import AgencyId, agency_id

__all__ = ["fingerprint", "opening_key_text", "parse_opening_key", "parse_signing_key", "signing_key_text"]

_SIGNING: Final = "referral-signing-key"
_OPENING: Final = "referral-opening-key"
_VERSION: Final = "1"
_CHECKSUM_SIZE: Final = 4


def signing_key_text(public: VerifyingKeyset) -> str:
    """About 2,700 characters of ASCII, one line."""
    return _write(_SIGNING, public.agency, public.ed25519 + public.mldsa65)


def parse_signing_key(text: str) -> VerifyingKeyset:
    """CallerError `key.text-malformed` or `key.text-checksum`; PeerError `key.weak` or `key.malformed`."""
    agency, payload = _read(_SIGNING, text, ED25519_SIZE + MLDSA65_SIZE)
    return VerifyingKeyset(agency, payload[:ED25519_SIZE], payload[ED25519_SIZE:])


def opening_key_text(public: OpeningPublicKey) -> str:
    """About 1,700 characters of ASCII, one line."""
    return _write(_OPENING, public.agency, public.xwing)


def parse_opening_key(text: str) -> OpeningPublicKey:
    """CallerError `key.text-malformed` or `key.text-checksum`; PeerError `key.weak` or `key.malformed`."""
    agency, payload = _read(_OPENING, text, XWING_SIZE)
    return OpeningPublicKey(agency, payload)


def fingerprint(identifier: bytes) -> str:
    """A keyset's or opening key's identifier for people to compare: 16 groups of four hex digits."""
    digits = identifier.hex()
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def _write(kind: str, agency: AgencyId, payload: bytes) -> str:
    checked = payload + _checksum(kind, agency, payload)
    return f"{kind}:{_VERSION}:{agency}:{_encode(checked)}"


def _read(kind: str, text: str, size: int) -> tuple[AgencyId, bytes]:
    if text.count(":") != 3 or not text.startswith(f"{kind}:{_VERSION}:"):
        raise CallerError("key.text-malformed")
    name, encoded = text.split(":")[2:]
    try:
        agency = agency_id(name)
        checked = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    except (CallerError, ValueError):
        raise CallerError("key.text-malformed") from None
    # The decoder skips foreign characters and ignores spare bits: only the way back shows that this is the one text.
    if len(checked) != size + _CHECKSUM_SIZE or _encode(checked) != encoded:
        raise CallerError("key.text-malformed")
    payload = checked[:-_CHECKSUM_SIZE]
    if checked[-_CHECKSUM_SIZE:] != _checksum(kind, agency, payload):
        raise CallerError("key.text-checksum")
    return agency, payload


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _checksum(kind: str, agency: AgencyId, payload: bytes) -> bytes:
    return labelled_hash(KEY_TEXT, kind.encode(), agency.encode(), payload)[:_CHECKSUM_SIZE]
