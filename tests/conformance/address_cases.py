"""Verbs `admit` and `dispatch`: for whom, when, by whom (A-5 to A-8, D-1). Families F1 to F3, F11, F12."""

from __future__ import annotations

from typing import Any

from referral_proto.crypto import random
from referral_proto.crypto.hpke import ring_info, wrap
from referral_proto.moment import DAY
from tests.conformance import world
from tests.conformance.admit_cases import _swapped, accepts, made, refuses, touched
from tests.conformance.cases import to_admit
from tests.conformance.forge import forge, pb
from tests.conformance.world import AT, POLICE, SHELTER, WEEK, A, B, opening, signing


def _rewrapped(envelope: pb.Envelope) -> None:
    # A recipient who opened the ring wraps the same keys for somebody else and puts him into the core.
    core = pb.Core.FromString(envelope.core)
    core.recipients[0].agency, core.recipients[0].opening_key = SHELTER, opening(SHELTER).id
    envelope.core = core.SerializeToString(deterministic=True)


def _ring_only(envelope: pb.Envelope) -> None:
    envelope.rings[0] = wrap(opening(SHELTER).public, random.token(128), ring_info(bytes(32), 0))


def _sender_changed(envelope: pb.Envelope) -> None:
    core = pb.Core.FromString(envelope.core)
    core.sender.agency, core.sender.keyset = SHELTER, signing(SHELTER).id
    envelope.core = core.SerializeToString(deterministic=True)


def _dispatch(sender: str, at: int = AT) -> dict[str, Any]:
    given = to_admit(forge().envelope, at=at)
    return {name: value for name, value in given.items() if name != "recipient"} | {"sender": sender}


accepts("F12-skew-at-its-bound", "ADM-06", "Made exactly five minutes in the future.", made(at=AT - 300))
accepts("F12-last-second", "ADM-06", "The last second of its life.", made(at=AT + WEEK - 1))
accepts(
    "F00-dispatch", "ADM-09", "The sender's own relay, before the envelope leaves.", lambda: _dispatch(A), "dispatch"
)
refuses(
    "F11-rings-exchanged",
    "ADM-08",
    "signature.invalid",
    "Two rings have changed places.",
    touched(_swapped("rings"), recipients=[opening(B), opening(SHELTER)]),
)
refuses(
    "F11-not-a-recipient", "ADM-05", "admit.not-recipient", "Brought to an agency that is not named.", made(SHELTER)
)
refuses("F03-returned-to-sender", "ADM-05", "admit.not-recipient", "A's own message brought back to A.", made(A))
refuses(
    "F01-ring-for-a-third",
    "ADM-05",
    "admit.not-recipient",
    "A recipient wraps the keys for a third agency and leaves the core as it is.",
    touched(_ring_only, SHELTER),
)
refuses(
    "F01-core-for-a-third",
    "ADM-08",
    "signature.invalid",
    "A recipient also names the third agency in the core.",
    touched(_rewrapped, SHELTER),
)
refuses(
    "F02-sender-changed",
    "ADM-08",
    "signature.invalid",
    "Another agency's name over A's signature.",
    touched(_sender_changed),
)
refuses(
    "F11-opening-key-unknown",
    "ADM-05",
    "admit.opening-key",
    "A key of the recipient that no record holds.",
    made(recipients=[opening(B, world.UNPUBLISHED)]),
)
refuses(
    "F11-opening-key-over",
    "ADM-05 REC-12",
    "admit.opening-key",
    "A key whose epoch was over when the message was made.",
    made(recipients=[opening(B, world.OLD)]),
)
refuses(
    "F11-opening-key-next",
    "ADM-05 REC-12",
    "admit.opening-key",
    "A key whose epoch had not begun.",
    made(recipients=[opening(B, world.NEXT)]),
)
refuses(
    "F11-opening-key-of-another",
    "ADM-05 KEY-02",
    "admit.opening-key",
    "The key of another agency under this one's name.",
    made(POLICE, core=lambda c: setattr(c.recipients[0], "agency", POLICE)),
)
refuses("F12-future", "ADM-06", "admit.from-future", "Five minutes and a second in the future.", made(at=AT - 301))
refuses(
    "F12-future-of-the-federation",
    "ADM-06 REC-13",
    "admit.from-future",
    "A minute and a second, where the federation allows a minute.",
    lambda: to_admit(forge(expires_at=AT + DAY).envelope, at=AT - 61, records=["keys/world.json", "keys/strict.json"]),
)
refuses("F12-expired", "ADM-06", "admit.expired", "The second in which it expires is too late.", made(at=AT + WEEK))
refuses(
    "F12-lifetime-too-long-to-admit",
    "ADM-07 COV-05",
    "core.lifetime",
    "One second more than thirty days.",
    made(expires_at=AT + 30 * DAY + 1),
)
refuses(
    "F12-keyset-contested",
    "ADM-07 COV-06 REC-12",
    "trust.keyset-contested",
    "Others may have held the keyset for two days: an auditor is told, a relay refuses.",
    made(keys=signing(A, world.COMPROMISED)),
)
refuses(
    "F02-dispatch-of-another",
    "ADM-09",
    "admit.not-sender",
    "A desk hands in what another agency signed.",
    lambda: _dispatch(B),
    "dispatch",
)
refuses(
    "F12-dispatch-expired",
    "ADM-09 ADM-06",
    "admit.expired",
    "A desk hands in what has expired.",
    lambda: _dispatch(A, AT + WEEK),
    "dispatch",
)
