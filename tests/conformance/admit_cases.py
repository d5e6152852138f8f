"""Verb `admit`: form, counts, sizes, and bytes that were touched (A-1 to A-4, A-8). F8 to F10, F16, F23."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from referral_proto.flow.admit import MAX_ENVELOPE
from tests.conformance.cases import case, to_admit
from tests.conformance.forge import NOTE, PREVIEW, edited, forge, message, pb
from tests.conformance.seal_cases import batch
from tests.conformance.world import AT, SHELTER, B, opening

Made = Callable[[], dict[str, Any]]


def made(recipient: Any = B, at: int = AT, **bends: Any) -> Made:
    """An envelope whose every step is right but for the bends."""
    return lambda: to_admit(forge(**bends).envelope, recipient, at)


def touched(edit: Callable[[pb.Envelope], object], recipient: Any = B, **bends: Any) -> Made:
    """An envelope after somebody without keys laid hands on it."""
    return lambda: to_admit(edited(forge(**bends), edit), recipient)


def accepts(name: str, requirements: str, about: str, given: Made, verb: str = "admit") -> None:
    case(name, verb, requirements, about, given)


def refuses(name: str, requirements: str, code: str, about: str, given: Made, verb: str = "admit") -> None:
    case(name, verb, requirements, about, given, code)


def flipped(place: Callable[[pb.Envelope], bytes], offset: int = 0) -> Made:
    """One bit turned in the first place where `place` stands in the envelope."""

    def given() -> dict[str, Any]:
        data = bytearray(forge().envelope)
        at = data.index(place(pb.Envelope.FromString(bytes(data)))) + offset
        data[at] ^= 1
        return to_admit(bytes(data))

    return given


def _swapped(field: str) -> Callable[[pb.Envelope], None]:
    def swap(envelope: pb.Envelope) -> None:
        parts = list(getattr(envelope, field))
        parts[0], parts[1] = parts[1], parts[0]
        del getattr(envelope, field)[:]
        getattr(envelope, field).extend(parts)

    return swap


def _recut(envelope: pb.Envelope) -> None:
    # 256 + 1024 bytes cut as 1024 + 256: the same bytes in a row, in sizes that are allowed.
    joined = b"".join(envelope.bodies)
    sizes = [len(body) for body in envelope.bodies]
    place = next(i for i in range(3) if sizes[i] != sizes[i + 1])
    sizes[place], sizes[place + 1] = sizes[place + 1], sizes[place]
    del envelope.bodies[:]
    for size in sizes:
        envelope.bodies.append(joined[:size])
        joined = joined[size:]


def _rings_recut(envelope: pb.Envelope) -> None:
    envelope.rings[0], envelope.rings[1] = envelope.rings[0] + envelope.rings[1][:1], envelope.rings[1][1:]


def _long_note() -> list[bytes]:
    return message(NOTE.model_copy(update={"text": "An invented note. " * 30}))


def _stretched(bodies: list[bytes]) -> list[bytes]:
    return [bodies[0] + b"\0", *bodies[1:]]


accepts(
    "F00-admit", "ADM-01 ADM-02 ADM-03 ADM-04 ADM-08 ENV-11", "One message, one recipient, decoys beside it.", made()
)
accepts(
    "F00-admit-two-recipients",
    "ADM-03 ADM-05",
    "The second of two recipients.",
    made(SHELTER, sections=message(PREVIEW, readers=2), recipients=[opening(B), opening(SHELTER)]),
)
accepts("F00-admit-of-a-batch", "ADM-08 ENV-18", "One of three in a batch.", lambda: to_admit(batch(3)[1].envelope))
accepts(
    "F00-admit-eight-bodies",
    "ADM-03 ENV-07 ENV-14",
    "Five sections, filled up to eight bodies; rings of 1,392 bytes.",
    made(sections=[*message(PREVIEW), *message(NOTE)[1:], *message(NOTE)[1:], *message(NOTE)[1:]]),
)
refuses(
    "F08-envelope-too-large",
    "ADM-01 WIR-13",
    "envelope.too-large",
    "One byte more than 4,500,000.",
    lambda: {"envelope": {"repeat": "00", "times": MAX_ENVELOPE + 1}, "recipient": B, "at": AT.iso()},
)
refuses("F09-nothing", "ADM-02", "envelope.malformed", "No bytes.", lambda: to_admit(b""))
refuses(
    "F09-cut", "ADM-02 WIR-10", "envelope.malformed", "The last byte is missing.", made(envelope_bytes=lambda e: e[:-1])
)
refuses(
    "F08-envelope-unknown-field",
    "ADM-02 WIR-11",
    "envelope.malformed",
    "A field that no envelope has.",
    made(envelope_bytes=lambda e: e + b"\x28\x01"),
)
refuses(
    "F08-envelope-twice",
    "ADM-02 WIR-04",
    "envelope.malformed",
    "Two envelopes in one file, which protobuf would merge.",
    made(envelope_bytes=lambda e: e + e),
)
refuses(
    "F08-envelope-is-a-cover",
    "ADM-03",
    "envelope.counts",
    "A cover shown as an envelope, which it resembles field by field.",
    lambda: to_admit(forge().cover),
)
refuses(
    "F09-core-bit",
    "COV-07",
    "signature.invalid",
    "One bit of a commitment.",
    flipped(lambda e: pb.Core.FromString(e.core).commitments[1], 5),
)
refuses("F09-ring-bit", "ADM-08", "signature.invalid", "One bit of a ring.", flipped(lambda e: e.rings[0], 700))
refuses(
    "F09-body-bit",
    "ADM-08",
    "signature.invalid",
    "One bit of a body, or of a decoy.",
    flipped(lambda e: e.bodies[3], 255),
)
refuses(
    "F09-ed25519-bit",
    "COV-07",
    "signature.invalid",
    "One bit of the Ed25519 half.",
    flipped(lambda e: e.seal.ed25519, 63),
)
refuses(
    "F09-mldsa65-bit",
    "COV-07",
    "signature.invalid",
    "One bit of the ML-DSA half.",
    flipped(lambda e: e.seal.mldsa65, 3308),
)
refuses(
    "F16-ring-missing",
    "ADM-03",
    "envelope.counts",
    "Two recipients, one ring.",
    touched(lambda e: e.rings.pop(), recipients=[opening(B), opening(SHELTER)]),
)
refuses(
    "F16-ring-too-many",
    "ADM-03",
    "envelope.counts",
    "A ring that belongs to nobody, signed with the rest.",
    made(rings=lambda r: [*r, r[0]]),
)
refuses(
    "F16-body-missing",
    "ADM-03",
    "envelope.counts",
    "Four commitments, three bodies, signed so.",
    made(bodies=lambda b: b[:3]),
)
refuses(
    "F16-body-too-many",
    "ADM-03",
    "envelope.counts",
    "Four commitments, five bodies, signed so.",
    made(bodies=lambda b: [*b, b[0]]),
)
refuses(
    "F16-body-of-257",
    "ADM-04 ENV-11",
    "envelope.body-size",
    "A body of a size that tells its length, signed so.",
    made(bodies=_stretched),
)
refuses(
    "F16-body-empty", "ADM-04 ENV-11", "envelope.body-size", "An empty decoy.", made(bodies=lambda b: [*b[:3], b""])
)
refuses(
    "F16-ring-longer",
    "ADM-04 ENV-14",
    "envelope.ring-size",
    "A ring for five bodies where there are four.",
    made(rings_plain=lambda r: [r[0] + bytes(32)]),
)
refuses(
    "F16-ring-shorter",
    "ADM-04 ENV-14",
    "envelope.ring-size",
    "A ring that shows how many sections were granted.",
    made(rings_plain=lambda r: [r[0][:64]]),
)
refuses(
    "F23-rings-recut",
    "ADM-04",
    "envelope.ring-size",
    "One byte moved from a ring to the one before.",
    touched(_rings_recut, recipients=[opening(B), opening(SHELTER)]),
)
refuses(
    "F23-bodies-recut",
    "ADM-08 ENV-01",
    "signature.invalid",
    "The same bytes in a row, cut in other allowed sizes.",
    touched(_recut, sections=_long_note()),
)
refuses(
    "F10-bodies-exchanged",
    "ADM-08",
    "signature.invalid",
    "Two bodies have changed places.",
    touched(_swapped("bodies")),
)
