"""Sections, cores and covers as raw bytes, and how a case says that they are read or refused. Verb `decode`."""

from __future__ import annotations

from referral_proto.model.codes.exchange import AbsenceReason, ClockKind, MessageKind, Purpose, SectionType
from tests.conformance.cases import Given, base64, case
from tests.conformance.tlv import number, text
from tests.conformance.world import AT, CURRENT, NOW, WEEK, A, B, opening, signing

PSEUDONYM = text(1, "KX7T-B2MD-RH9Q-W4NC")
THREAD = bytes(range(16))
CONTROL_HEAD = number(1, MessageKind.OFFER) + text(2, THREAD)
CONTROL = CONTROL_HEAD + number(4, Purpose.REFERRAL_OFFER)
CLOCK = number(1, ClockKind.DECISION) + number(2, AT)
SENDER = text(1, A) + text(2, signing(A, NOW).id)
RECIPIENT = text(1, B) + text(2, opening(B, CURRENT).id)
TIMES = number(5, AT) + number(6, AT + WEEK)
COMMITMENTS = b"".join(text(7, bytes([i]) * 32) for i in range(4))
CORE = number(1, 1) + text(2, THREAD) + text(3, SENDER) + text(4, RECIPIENT) + TIMES + COMMITMENTS
SEAL = number(1, 0) + text(3, bytes(64)) + text(4, bytes(3309))
COVER = text(1, CORE) + text(2, bytes(32)) + text(3, bytes(32)) + text(4, SEAL)
FIRST_ABSENT = number(1, 2) + number(2, AbsenceReason.REFUSED)
GRANT = number(1, Purpose.SHELTER) + text(2, B)


def preview(rest: bytes = b"", head: bytes = PSEUDONYM) -> bytes:
    """A preview in its arm."""
    return text(SectionType.PREVIEW, head + rest)


def identity(inside: bytes = b"") -> bytes:
    """An identity in its arm."""
    return text(SectionType.IDENTITY, inside)


def control(inside: bytes = CONTROL) -> bytes:
    """A control section in its arm."""
    return text(SectionType.CONTROL, inside)


def absent(field: int, reason: int = AbsenceReason.REFUSED) -> bytes:
    """One entry of `absent`."""
    return text(15, number(1, field) + number(2, reason))


def reads(name: str, requirements: str, data: bytes, about: str, message: str = "Section") -> None:
    """Bytes that are read, and written again as they were."""
    case(f"F08-{name}", "decode", requirements, about, lambda: given(data, message))


def refuses(name: str, requirements: str, code: str, data: bytes, about: str, message: str = "Section") -> None:
    """Bytes that are refused."""
    case(f"F08-{name}", "decode", requirements, about, lambda: given(data, message), f"wire.{code}")


def given(data: bytes, message: str) -> Given:
    """What the verb takes."""
    alike = len(data) > 1000 and data == data[:1] * len(data)
    return {"message": message, "bytes": {"repeat": data[:1].hex(), "times": len(data)} if alike else base64(data)}
