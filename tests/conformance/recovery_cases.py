"""Verbs `fold` and `standing`: an agency that lost its keys, and whoever pretends that it did (family F21)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from referral_proto.model.records import Recovery
from referral_proto.moment import DAY, Moment
from tests.conformance import make_world as make
from tests.conformance import world
from tests.conformance.cases import base64, case
from tests.conformance.chain_cases import kept, second
from tests.conformance.record_cases import refuses
from tests.conformance.succession_cases import ALONE
from tests.conformance.world import AT, SHELTER, A, B, signing
from tests.trust.chains import digest

DELAY = 7 * DAY
BEGAN = AT.plus(-DAY)
"""When the recovery was issued; in most cases also when it was first seen."""
OLD, NEW = signing(SHELTER), signing(SHELTER, world.UNRECORDED)
Given = Callable[[], dict[str, Any]]


def recovery(*signers: Any, second_country: str = "xa", **other: Any) -> bytes:
    """The shelter's old keyset revoked and a new one enrolled; by both registrars unless said otherwise."""
    fields: dict[str, Any] = {
        "recovery": Recovery(second_country=second_country),
        "signing_keysets": (*kept(revoked_at=BEGAN), make.entry(NEW, 1)),
    }
    return second(*(signers or (signing(B), signing(A))), **(fields | other))


def objection(issued_at: Moment = AT) -> bytes:
    """The shelter still has its key, and says so."""
    return second(signing(B), OLD, signing_keysets=kept(), issued_at=issued_at)


def folded(at: Moment, *more: Callable[[], bytes], seen: Moment = BEGAN) -> Given:
    """What a node knows at `at` that first saw the first of `more` at `seen`."""

    def given() -> dict[str, Any]:
        made = [one() for one in more]
        first_seen = {digest(made[0]).hex(): seen.iso()} if made else {}
        return {
            "base": list(ALONE),
            "more": [base64(one) for one in made],
            "seen": first_seen,
            "at": at.iso(),
        }

    return given


def asked(keys: Any, received_at: Moment, given: Given) -> Given:
    """How a keyset of the shelter stood at `received_at`."""
    return lambda: given() | {"agency": SHELTER, "keyset": keys.id.hex(), "received_at": received_at.iso()}


def waits(name: str, about: str, given: Given, requirements: str = "REC-16") -> None:
    case(name, "fold", requirements, about, given)


def stood(name: str, about: str, given: Given, code: str | None = None) -> None:
    case(name, "standing", "REC-16 REC-20", about, given, code)


waits(
    "F21-recovery-pending",
    "The last second of the delay: the old keyset stands, and there is an alarm.",
    folded(BEGAN.plus(DELAY - 1), recovery),
)
waits(
    "F21-recovery-done",
    "The delay is over: the new keyset stands, the old one is revoked; the alarm stays.",
    folded(BEGAN.plus(DELAY), recovery),
)
waits(
    "F21-recovery-backdated",
    "It says that it was issued two months ago; the delay runs from when it was seen.",
    folded(AT.plus(DAY), lambda: recovery(issued_at=AT.plus(-60 * DAY)), seen=AT),
    "REC-16 REC-19",
)
waits(
    "F21-recovery-dated-ahead",
    "It is dated after it was seen: the delay runs from the later of the two.",
    folded(AT.plus(DELAY), lambda: recovery(issued_at=AT.plus(DAY)), seen=AT),
    "REC-16 REC-19",
)
stood(
    "F21-recovered-key-in-force",
    "The new keyset, from the second in which the recovery took effect.",
    asked(NEW, BEGAN.plus(DELAY), folded(BEGAN.plus(DELAY), recovery)),
)
stood(
    "F21-recovered-key-before",
    "The new keyset a second earlier, judged later: it did not count then.",
    asked(NEW, BEGAN.plus(DELAY - 1), folded(BEGAN.plus(DELAY), recovery)),
)
stood(
    "F21-lost-key-before",
    "The old keyset before the recovery: what it signed then stays.",
    asked(OLD, BEGAN.plus(-1), folded(BEGAN.plus(DELAY), recovery)),
)
stood(
    "F21-recovered-key-too-early",
    "During the delay nobody knows the new keyset.",
    asked(NEW, BEGAN.plus(DELAY - 1), folded(BEGAN.plus(DELAY - 1), recovery)),
    "trust.unknown-keyset",
)
refuses(
    "F21-recovery-by-the-second-country-alone",
    "REC-16",
    "trust.record-signature",
    "XA alone gives XB's shelter another key.",
    lambda: [recovery(signing(A))],
)
refuses(
    "F21-recovery-by-a-registrar-and-the-thief",
    "REC-16",
    "trust.recovery-unsupported",
    "XB's registrar and the new keyset itself.",
    lambda: [recovery(signing(B), NEW)],
)
refuses(
    "F21-recovery-own-country-twice",
    "REC-16",
    "trust.recovery-unsupported",
    "A country names itself as the second.",
    lambda: [recovery(signing(B), second_country="xb")],
)
refuses(
    "F21-recovery-by-a-country-without-registrar",
    "REC-16",
    "trust.recovery-unsupported",
    "The second country has no registrar.",
    lambda: [recovery(second_country="xc")],
)
refuses(
    "F21-two-recoveries",
    "REC-16 REC-09",
    "trust.record-fork",
    "Two recoveries of one agency, with different keys.",
    lambda: [recovery(), recovery(signing_keysets=(*kept(revoked_at=BEGAN), make.entry(signing(SHELTER, 9), 1)))],
)
case(
    "F21-recovery-with-an-unproved-key",
    "fold",
    "REC-16 KEY-08",
    "The proof of the new keyset was made for another record: when the delay is over it is refused all the same.",
    folded(BEGAN.plus(DELAY), lambda: recovery(signing_keysets=(*kept(revoked_at=BEGAN), make.entry(NEW, 0)))),
    "trust.possession",
)
