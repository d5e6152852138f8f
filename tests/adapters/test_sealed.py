"""A sealed file is the envelope's bytes and nothing else; the clock tells whole seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from referral_proto.adapters import SystemClock, read_sealed, write_sealed
from referral_proto.errors import CallerError
from referral_proto.flow.admit import MAX_ENVELOPE
from referral_proto.ports import Clock


@pytest.mark.req("TRN-12")
def test_the_bytes_are_those_of_the_envelope(tmp_path: Path) -> None:
    write_sealed(tmp_path / "x.referral", b"envelope")
    assert (tmp_path / "x.referral").read_bytes() == b"envelope"
    assert read_sealed(tmp_path / "x.referral") == b"envelope"


def test_what_no_envelope_can_be_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "x.referral").open("wb") as opened:
        opened.truncate(MAX_ENVELOPE + 1)
    with pytest.raises(CallerError, match=r"file\.too-large"):
        read_sealed(tmp_path / "x.referral")


def test_the_clock_goes_on() -> None:
    clock: Clock = SystemClock()
    assert clock.now() <= clock.now()
