"""Family F9: no envelope and no cover survives the change of a single byte, or the loss of its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from referral_proto.errors import PeerError
from referral_proto.flow.admit import admit
from referral_proto.flow.cover import verify_cover
from tests.conformance.forge import forge
from tests.conformance.world import AT, B, directory

FORGED = forge()


def judge_envelope(data: bytes) -> object:
    return admit(data, B, directory(), AT)


def judge_cover(data: bytes) -> object:
    return verify_cover(data, directory(), AT)


CASES = [
    pytest.param(judge_envelope, FORGED.envelope, id="envelope"),
    pytest.param(judge_cover, FORGED.cover, id="cover"),
]


def survivors(judge: Callable[[bytes], object], variants: list[bytes]) -> list[int]:
    """Places of the variants that pass. Anything but a PeerError escapes."""
    passed = []
    for place, variant in enumerate(variants):
        try:
            judge(variant)
        except PeerError:
            continue
        passed.append(place)
    return passed


@pytest.mark.req("WIR-16", "ADM-08", "COV-07")
@pytest.mark.parametrize(("judge", "data"), CASES)
@pytest.mark.parametrize("bit", [0x01, 0x80], ids=["lowest", "highest"])
def test_every_byte_counts(judge: Callable[[bytes], object], data: bytes, bit: int) -> None:
    judge(data)
    variants = [data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :] for at in range(len(data))]
    assert survivors(judge, variants) == []


@pytest.mark.req("WIR-10")
@pytest.mark.parametrize(("judge", "data"), CASES)
def test_every_truncation_is_noticed(judge: Callable[[bytes], object], data: bytes) -> None:
    assert survivors(judge, [data[:end] for end in range(len(data))]) == []


@pytest.mark.parametrize(("judge", "data"), CASES)
def test_nothing_may_stand_behind(judge: Callable[[bytes], object], data: bytes) -> None:
    assert survivors(judge, [data + bytes([byte]) for byte in range(256)] + [data + data]) == []
