"""Verbs `verify_cover`, `standing` and `fold`: keys that ended or leaked, before and after what they signed (F13)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from referral_proto.moment import DAY, Moment
from referral_proto.trust.signed import sign_record
from tests.conformance import make_world as make
from tests.conformance import world
from tests.conformance.cases import base64, case, to_verify
from tests.conformance.chain_cases import kept, second
from tests.conformance.forge import forge
from tests.conformance.record_cases import BASE, XWING, given, refuses
from tests.conformance.succession_cases import ALONE
from tests.conformance.world import AT, LEFT, SHELTER, A, B, opening, signing

SENT = AT.plus(-3 * DAY)
ENDED = AT.plus(-DAY)
LEAKED = AT.plus(-2 * DAY)
OLD = signing(SHELTER)
Given = Callable[[], dict[str, Any]]


def cover(at: Moment, keys: Any, *more: Callable[[], bytes]) -> Given:
    """A cover that `keys` signed three days ago, received at `at`, judged by all that is known today."""

    def made() -> dict[str, Any]:
        recipient = opening(A) if keys.agency == SHELTER else opening(B)
        forged = forge(keys=keys, created_at=SENT, recipients=[recipient])
        return to_verify(forged.cover, at) | (_known(*more) if more else {})

    return made


def _known(*more: Callable[[], bytes]) -> dict[str, Any]:
    return {"records": list(ALONE), "more": [base64(one()) for one in more]}


def told(name: str, about: str, given: Given) -> None:
    case(name, "verify_cover", "COV-06 COV-08 REC-20", about, given)


def refused(name: str, code: str, about: str, given: Given) -> None:
    case(name, "verify_cover", "COV-06 REC-20", about, given, code)


def rotated_away() -> bytes:
    """The shelter's next record lists another keyset only."""
    return second(signing(B), OLD, signing_keysets=(make.entry(signing(SHELTER, world.UNRECORDED), 1),))


def leaked_then_revoked() -> bytes:
    """The registrar: in other hands for two days, revoked since yesterday."""
    said = {"compromised_since_at": LEAKED, "compromise_asserted_by": B, "compromise_asserted_at": ENDED}
    return second(signing(B), signing_keysets=kept(revoked_at=ENDED, **said))


def asked(received_at: Moment | None) -> Given:
    """How the leaked and revoked keyset stood then."""
    return lambda: (
        given(ALONE, lambda: [leaked_then_revoked()])
        | {
            "agency": SHELTER,
            "keyset": OLD.id.hex(),
            "received_at": received_at and received_at.iso(),
        }
    )


def relayed(at: Moment | None, keys: Any) -> Given:
    """A relay record that claims to have been signed ten days ago, folded at `at` or with all that is known."""
    relay = make.relay(A, sequence=1, issued_at=AT.plus(-10 * DAY), endpoint="127.0.0.1:1")
    return lambda: given(BASE, lambda: [sign_record(relay, keys)]) | ({} if at is None else {"at": at.iso()})


told(
    "F13-cover-before-the-revocation",
    "Received a second before the keyset was revoked: it stays valid.",
    cover(ENDED.plus(-1), signing(A, world.REVOKED)),
)
refused(
    "F13-cover-at-the-revocation",
    "trust.keyset-revoked",
    "Received in the second of the revocation.",
    cover(ENDED, signing(A, world.REVOKED)),
)
told(
    "F13-cover-before-the-expiry",
    "Received in the last second of the keyset.",
    cover(ENDED.plus(-1), signing(A, world.EXPIRED)),
)
refused(
    "F13-cover-at-the-expiry",
    "trust.keyset-not-valid",
    "Received in the second in which its time was over.",
    cover(ENDED, signing(A, world.EXPIRED)),
)
told(
    "F13-cover-before-the-withdrawal", "Received a second before the agency left.", cover(ENDED.plus(-1), signing(LEFT))
)
refused(
    "F13-cover-at-the-withdrawal",
    "trust.agency-withdrawn",
    "Received in the second in which it left.",
    cover(ENDED, signing(LEFT)),
)
told(
    "F13-cover-before-the-compromise",
    "Received a second before others are said to have held the keyset.",
    cover(LEAKED.plus(-1), signing(A, world.COMPROMISED)),
)
told(
    "F13-cover-at-the-compromise",
    "Received in the second since which others are said to hold it: contested.",
    cover(LEAKED, signing(A, world.COMPROMISED)),
)
told(
    "F13-cover-before-the-keyset-was-dropped",
    "The next record lists another keyset; this came before it.",
    cover(ENDED.plus(-1), OLD, rotated_away),
)
refused(
    "F13-cover-after-the-keyset-was-dropped",
    "trust.keyset-revoked",
    "This came in the second of the next record.",
    cover(ENDED, OLD, rotated_away),
)
told(
    "F13-cover-between-compromise-and-revocation",
    "Received when the keyset had leaked and nobody knew: contested.",
    cover(ENDED.plus(-1), OLD, leaked_then_revoked),
)
refused(
    "F13-cover-after-compromise-and-revocation",
    "trust.keyset-revoked",
    "A revocation weighs more than a contest.",
    cover(ENDED, OLD, leaked_then_revoked),
)
for _name, _about, _at in (
    ("F13-standing-valid", "A second before the leak.", LEAKED.plus(-1)),
    ("F13-standing-contested", "In the second of the leak: contested, by whom and since when is told.", LEAKED),
    ("F13-standing-not-valid", "In the second of the revocation.", ENDED),
    ("F13-standing-indeterminate", "Nobody can say when it was received.", None),
):
    case(_name, "standing", "REC-20", _about, asked(_at))
case(
    "F13-standing-of-an-unknown-keyset",
    "standing",
    "REC-20 COV-06",
    "No record ever named this keyset, whenever it was received.",
    lambda: asked(None)() | {"keyset": bytes(32).hex()},
    "trust.unknown-keyset",
)

refuses(
    "F13-opening-key-backdated-by-a-leaked-keyset",
    "REC-07 REC-21",
    "trust.record-signature",
    "Its epoch begins before the leak; whoever holds the keyset can say so today.",
    lambda: [
        sign_record(
            make.opening_key(A, world.NEXT, epoch=9, xwing=XWING, not_before_at=AT.plus(-10 * DAY)),
            signing(A, world.COMPROMISED),
        )
    ],
)
case(
    "F13-relay-backdated-by-a-revoked-keyset",
    "fold",
    "REC-06 REC-21",
    "Mail for a whole agency would go where a revoked keyset says, dated before it was revoked.",
    relayed(None, signing(A, world.REVOKED)),
    "trust.record-signature",
)
case(
    "F13-relay-at-the-revocation",
    "fold",
    "REC-06 REC-21",
    "The same in the second of the revocation.",
    relayed(ENDED, signing(A, world.REVOKED)),
    "trust.record-signature",
)
case(
    "F13-relay-before-the-revocation",
    "fold",
    "REC-06 REC-21",
    "The same a second earlier: it counts.",
    relayed(ENDED.plus(-1), signing(A, world.REVOKED)),
)
