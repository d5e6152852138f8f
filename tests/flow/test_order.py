"""The order of the checks: what is wrong in two ways is refused for the first."""

from __future__ import annotations

from typing import Any

import pytest

from referral_proto.errors import PeerError
from referral_proto.flow.admit import MAX_ENVELOPE, admit, admit_for_dispatch
from referral_proto.flow.cover import verify_cover
from referral_proto.flow.open import open_envelope
from referral_proto.model.codes.exchange import MessageKind
from tests.conformance import world
from tests.conformance.forge import NOTE, PREVIEW, control, encode_section, forge
from tests.conformance.tlv import number, text
from tests.conformance.world import AT, SHELTER, WEEK, A, B, directory, keyring, opening, signing

BAD_SEAL: dict[str, Any] = {"seal": lambda seal: setattr(seal, "ed25519", bytes(64))}


def refused(judge: Any, *arguments: Any) -> str:
    with pytest.raises(PeerError) as found:
        judge(*arguments)
    return found.value.code


@pytest.mark.req("CHK-01")
@pytest.mark.parametrize(
    ("bends", "recipient", "at", "code"),
    [
        pytest.param(
            {"envelope_bytes": lambda e: e.ljust(MAX_ENVELOPE + 1)}, B, AT, "envelope.too-large", id="A-1, A-2"
        ),
        pytest.param(
            {"core": lambda c: setattr(c, "suite", 2), "rings": lambda r: r * 2}, B, AT, "core.suite", id="V-3, A-3"
        ),
        pytest.param({"rings": lambda r: [r[0], b""]}, B, AT, "envelope.counts", id="A-3, A-4"),
        pytest.param(
            {"bodies": lambda b: [*b[:3], b""], "rings": lambda _: [b""]}, B, AT, "envelope.body-size", id="A-4, A-4"
        ),
        pytest.param({"rings": lambda _: [b""]}, SHELTER, AT, "envelope.ring-size", id="A-4, A-5"),
        pytest.param({}, SHELTER, AT + WEEK, "admit.not-recipient", id="A-5, A-6"),
        pytest.param({"recipients": [opening(B, world.OLD)]}, B, AT + WEEK, "admit.opening-key", id="A-5 again, A-6"),
        pytest.param({"keys": signing(A, world.REVOKED)}, B, AT + WEEK, "admit.expired", id="A-6, A-7"),
        pytest.param({"keys": signing(A, world.REVOKED)} | BAD_SEAL, B, AT, "trust.keyset-revoked", id="A-7, A-8"),
    ],
)
def test_admit(bends: dict[str, Any], recipient: Any, at: Any, code: str) -> None:
    assert refused(admit, forge(**bends).envelope, recipient, directory(), type(AT)(at)) == code


@pytest.mark.req("CHK-01")
@pytest.mark.parametrize(
    ("bends", "code"),
    [
        pytest.param(
            {"core_bytes": lambda c: b"", "cover_bytes": lambda c: c + b"\0"}, "envelope.malformed", id="V-1, V-2"
        ),
        pytest.param({"core_bytes": lambda c: number(1, 2) + c[2:] + number(8, 1)}, "core.malformed", id="V-2, V-3"),
        pytest.param({"core": lambda c: setattr(c, "suite", 2), "recipients": []}, "core.suite", id="V-3, V-4"),
        pytest.param({"recipients": [], "expires_at": AT}, "core.recipients", id="V-4 by its rows"),
        pytest.param({"recipients": [opening(A)], "expires_at": AT}, "core.reflected", id="V-4 by its rows again"),
        pytest.param({"expires_at": AT + 60 * WEEK, "keys": signing(A, world.REVOKED)}, "core.lifetime", id="V-5, V-6"),
        pytest.param({"keys": signing(A, world.REVOKED)} | BAD_SEAL, "trust.keyset-revoked", id="V-6, V-7"),
        pytest.param(
            {"seal": lambda s: (setattr(s, "index", 1), setattr(s, "ed25519", bytes(64)))}, "seal.malformed", id="V-7"
        ),
    ],
)
def test_verify_cover(bends: dict[str, Any], code: str) -> None:
    assert refused(verify_cover, forge(**bends).cover, directory(), AT) == code


@pytest.mark.req("CHK-01")
@pytest.mark.parametrize(
    ("sections", "code"),
    [
        pytest.param(
            [encode_section(PREVIEW), encode_section(PREVIEW), encode_section(PREVIEW)], "open.control", id="O-6, O-7"
        ),
        pytest.param(
            [encode_section(control(NOTE)), encode_section(PREVIEW), encode_section(PREVIEW)],
            "open.repeated-section",
            id="O-7, O-8",
        ),
        pytest.param([encode_section(control(NOTE, kind=MessageKind.ACCEPT))], "open.table", id="O-8, O-9"),
        pytest.param(
            [encode_section(control(PREVIEW, kind=MessageKind.ACCEPT)), text(2, b"\0")], "open.control", id="O-9, O-11"
        ),
    ],
)
def test_open(sections: list[bytes], code: str) -> None:
    admitted = admit(forge(sections).envelope, B, directory(), AT)
    assert refused(open_envelope, admitted, keyring(B), directory()) == code


@pytest.mark.req("CHK-01", "ADM-09")
def test_dispatch() -> None:
    expired = forge(keys=signing(A, world.REVOKED), **BAD_SEAL).envelope
    assert refused(admit_for_dispatch, expired, B, directory(), AT.plus(WEEK)) == "admit.not-sender"
    assert refused(admit_for_dispatch, expired, A, directory(), AT.plus(WEEK)) == "admit.expired"
    # Nobody's opening key is asked for on the way out.
    unknown = forge(recipients=[opening(B, world.UNPUBLISHED)]).envelope
    assert admit_for_dispatch(unknown, A, directory(), AT).recipient is None
