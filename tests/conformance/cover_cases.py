"""Verb `verify_cover`: who signed what, from public records alone (checks V-1 to V-6). F3, F6, F8, F11, F12."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from referral_proto.crypto import random
from referral_proto.moment import DAY
from tests.conformance import world
from tests.conformance.cases import base64, case, to_verify
from tests.conformance.forge import forge, pb
from tests.conformance.tlv import number
from tests.conformance.world import AT, LEFT, SHELTER, STRANGER, WEEK, A, B, opening, signing


def signed_only(**bends: Any) -> Callable[[], dict[str, Any]]:
    """A cover whose every step is right but for the bends."""
    return lambda: to_verify(forge(**bends).cover)


def accepts(name: str, requirements: str, about: str, given: Callable[[], dict[str, Any]]) -> None:
    case(name, "verify_cover", requirements, about, given)


def refuses(name: str, requirements: str, code: str, about: str, given: Callable[[], dict[str, Any]]) -> None:
    case(name, "verify_cover", requirements, about, given, code)


def _set(field: str, value: Any) -> Callable[[pb.Core], None]:
    return lambda core: setattr(core, field, value)


def _recipients(core: pb.Core, *chosen: tuple[str, bytes]) -> None:
    del core.recipients[:]
    core.recipients.extend(pb.Recipient(agency=agency, opening_key=key) for agency, key in chosen)


def _commitments(count: int) -> Callable[[list[bytes]], list[bytes]]:
    return lambda made: [*made, *(random.token(32) for _ in range(16))][:count]


accepts("F00-cover", "COV-01 COV-02 COV-07 ENV-17 ENV-20 ENV-21", "One message, signed alone.", signed_only())
accepts(
    "F12-cover-years-later",
    "COV-05 COV-06",
    "An auditor judges at the trusted time of receipt, whatever the day is; here the last second of the message.",
    lambda: to_verify(forge().cover, AT + WEEK - 1),
)
accepts(
    "F12-cover-contested",
    "COV-06 REC-12",
    "Somebody says that others held the keyset by then: the signature verifies, and its standing is told.",
    signed_only(keys=signing(A, world.COMPROMISED)),
)
accepts(
    "F12-cover-at-no-time",
    "COV-06 REC-12",
    "Nobody can say when the message was received.",
    lambda: to_verify(forge().cover) | {"at": None},
)
refuses("F08-cover-empty", "COV-01", "envelope.malformed", "No bytes.", lambda: {"cover": "", "at": AT.iso()})
refuses(
    "F08-cover-cut",
    "COV-01",
    "envelope.malformed",
    "The last byte is missing.",
    signed_only(cover_bytes=lambda c: c[:-1]),
)
refuses(
    "F08-cover-unknown-field",
    "COV-01 WIR-11",
    "envelope.malformed",
    "A field that no cover has.",
    signed_only(cover_bytes=lambda c: c + number(9, 1)),
)
refuses(
    "F08-cover-is-an-envelope",
    "COV-01",
    "envelope.malformed",
    "An envelope shown as a cover.",
    lambda: {"cover": base64(forge().envelope), "at": AT.iso()},
)
refuses(
    "F08-signed-core-unknown-field",
    "COV-02 WIR-11",
    "core.malformed",
    "The sender itself signed a core with an unknown field.",
    signed_only(core_bytes=lambda c: c + number(8, 1)),
)
refuses(
    "F08-signed-core-not-canonical",
    "COV-02 WIR-01",
    "core.malformed",
    "The sender itself signed a core that says its suite twice.",
    signed_only(core_bytes=lambda c: number(1, 1) + c),
)
refuses(
    "F08-signed-core-recut",
    "COV-02 WIR-01",
    "core.malformed",
    "Fields of a signed core in another order.",
    signed_only(core_bytes=lambda c: c[2:] + c[:2]),
)
refuses(
    "F06-suite-two", "COV-03 ENV-03", "core.suite", "A suite that is not known.", signed_only(core=_set("suite", 2))
)
refuses("F06-suite-zero", "COV-03 ENV-03", "core.suite", "No suite at all.", signed_only(core=_set("suite", 0)))
refuses("F11-no-recipient", "COV-04 ENV-05", "core.recipients", "A message to nobody.", signed_only(recipients=[]))
refuses(
    "F11-recipient-twice",
    "COV-04 ENV-05",
    "core.recipients",
    "One agency twice, with two of its keys.",
    signed_only(core=lambda c: _recipients(c, (B, opening(B).id), (B, opening(B, world.OLD).id))),
)
refuses(
    "F03-sender-is-recipient",
    "COV-04 ENV-05",
    "core.reflected",
    "A message to its own sender.",
    signed_only(recipients=[opening(B), opening(A)]),
)
refuses("F12-lifetime-none", "COV-04 ENV-06", "core.lifetime", "Expires when it begins.", signed_only(expires_at=AT))
refuses(
    "F12-lifetime-negative",
    "COV-04 ENV-06",
    "core.lifetime",
    "Expires before it begins.",
    signed_only(expires_at=AT - 1),
)
refuses(
    "F16-commitments-none",
    "COV-04 ENV-07",
    "core.commitments",
    "A core without sections.",
    signed_only(commitments=_commitments(0)),
)
refuses(
    "F16-commitments-three",
    "COV-04 ENV-07",
    "core.commitments",
    "Three sections: the number would tell.",
    signed_only(commitments=_commitments(3)),
)
refuses(
    "F16-commitments-five",
    "COV-04 ENV-07",
    "core.commitments",
    "Five sections: the number would tell.",
    signed_only(commitments=_commitments(5)),
)
refuses(
    "F12-lifetime-too-long",
    "COV-05 ENV-06",
    "core.lifetime",
    "One second more than thirty days.",
    signed_only(expires_at=AT + 30 * DAY + 1),
)
refuses(
    "F12-lifetime-over-the-federations",
    "COV-05 REC-13",
    "core.lifetime",
    "A day and a second, where the federation allows a day.",
    lambda: to_verify(forge(expires_at=AT + DAY + 1).cover, records=["keys/world.json", "keys/strict.json"]),
)
refuses(
    "F11-sender-unknown",
    "COV-06",
    "trust.unknown-agency",
    "An agency that is in no record.",
    signed_only(keys=signing(STRANGER)),
)
refuses(
    "F11-keyset-unknown",
    "COV-06",
    "trust.unknown-keyset",
    "A keyset that is not in the agency's record.",
    signed_only(keys=signing(A, world.UNRECORDED)),
)
refuses(
    "F07-keyset-of-another-agency",
    "COV-06 KEY-01",
    "trust.unknown-keyset",
    "The shelter signs with its own keyset and names xb.welfare as the sender.",
    signed_only(keys=signing(SHELTER), recipients=[opening(A)], core=lambda c: setattr(c.sender, "agency", B)),
)
refuses(
    "F12-keyset-expired",
    "COV-06 REC-12",
    "trust.keyset-not-valid",
    "The keyset's time was over.",
    signed_only(keys=signing(A, world.EXPIRED)),
)
refuses(
    "F12-keyset-not-yet",
    "COV-06 REC-12",
    "trust.keyset-not-valid",
    "The keyset's time has not begun.",
    signed_only(keys=signing(A, world.NOT_YET)),
)
refuses(
    "F11-sender-withdrawn",
    "COV-06 REC-12",
    "trust.agency-withdrawn",
    "An agency that had left a day ago.",
    signed_only(keys=signing(LEFT)),
)
refuses(
    "F12-keyset-revoked",
    "COV-06 REC-12",
    "trust.keyset-revoked",
    "The keyset was revoked a day ago.",
    signed_only(keys=signing(A, world.REVOKED)),
)
