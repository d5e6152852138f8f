"""The numbered checks as a report: which passed, which refused the file, which were not reached. Decides nothing.

The verdict is that of `verify_cover` and `admit`; this table only says in words where they stopped. Its order is the
order in which they work; a test compares it with the numbers in their code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from referral_proto.errors import PeerError
from referral_proto.flow.admit import admit, admit_for_dispatch
from referral_proto.flow.cover import verify_cover
from referral_proto.ids import AgencyId, Leaf
from referral_proto.model.envelope import Core, Cover, Envelope
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.standing import Standing
from referral_proto.trust.standing import Status as KeyStatus
from referral_proto.wire import decode

__all__ = ["COVER_CHECKS", "SEALED_CHECKS", "Check", "Result", "Status", "Verdict", "judge", "look"]


class Check(NamedTuple):
    """A numbered check, what it asks, and the codes with which it refuses."""

    id: str
    asks: str
    codes: tuple[str, ...]


_CORE: Final = (
    Check("V-2", "the signed header is canonical and holds nothing unknown", ("core.malformed",)),
    Check("V-3", "the cipher suite is known", ("core.suite",)),
    Check(
        "V-4",
        "recipients, times and list of sections have the allowed form",
        ("core.recipients", "core.reflected", "core.lifetime", "core.commitments"),
    ),
)
_CAP: Final = "the lifetime is within the federation's limit"
_KEYSET: Final = "the signing key belongs to the sender and was good at that time"
_OF_KEYSET: Final = (
    "trust.unknown-agency",
    "trust.unknown-keyset",
    "trust.keyset-not-valid",
    "trust.keyset-revoked",
    "trust.keyset-contested",
    "trust.agency-withdrawn",
)
_OF_SEAL: Final = ("seal.malformed", "signature.invalid")
_STANDING: Final = "V-6"
COVER_CHECKS: Final = (
    Check("V-1", "the cover is canonical and holds nothing unknown", ("envelope.malformed",)),
    *_CORE,
    Check("V-5", _CAP, ("core.lifetime",)),
    Check(_STANDING, _KEYSET, _OF_KEYSET),
    Check("V-7", "both signatures are over exactly these bytes", _OF_SEAL),
)
SEALED_CHECKS: Final = (
    Check("A-1", "the size is within the protocol's limit", ("envelope.too-large",)),
    Check("A-2", "the envelope is canonical and holds nothing unknown", ("envelope.malformed",)),
    *_CORE,
    Check("A-3", "there is one key ring for each recipient and one body for each section", ("envelope.counts",)),
    Check("A-4", "every part has one of the allowed sizes", ("envelope.body-size", "envelope.ring-size")),
    Check(
        "A-5",
        "the recipient is named, with an opening key that was good when the envelope was made",
        ("admit.not-recipient", "admit.opening-key"),
    ),
    Check("A-6", "the envelope is neither from the future nor expired", ("admit.from-future", "admit.expired")),
    Check("A-7", f"{_CAP}; {_KEYSET}", ("core.lifetime", *_OF_KEYSET)),
    Check("A-8", "both signatures are over exactly what came", _OF_SEAL),
)


_GOOD: Final = Standing(KeyStatus.VALID)


class Status(StrEnum):
    """What became of a check."""

    PASSED = "passed"
    FAILED = "failed"
    CONTESTED = "contested"
    INDETERMINATE = "indeterminate"
    NOT_REACHED = "not-reached"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the report."""

    check: Check
    status: Status


@dataclass(frozen=True, slots=True)
class Verdict:
    """`refusal` None: not refused; then `core` and `leaf` are verified, and `standing` says how the key stood."""

    sealed: bool
    results: tuple[Result, ...]
    refusal: PeerError | None
    core: Core | None = None
    leaf: Leaf | None = None
    standing: Standing = _GOOD


def look(data: bytes) -> tuple[Envelope | Cover, Core]:
    """What the bytes are, nothing verified. A cover reads as an envelope too, so it is tried first.

    Raises PeerError envelope.malformed, core.malformed.
    """
    whole: Envelope | Cover
    try:
        whole = decode(Cover, data)
    except PeerError:
        try:
            whole = decode(Envelope, data)
        except PeerError as error:
            raise PeerError("envelope.malformed", error.where) from None
    try:
        return whole, decode(Core, whole.core)
    except PeerError as error:
        raise PeerError("core.malformed", error.where) from None


def judge(
    data: bytes, recipient: AgencyId | None, directory: Directory, received: Moment | None, now: Moment
) -> Verdict:
    """Run every check that this file allows. Without `recipient` A-5 is not asked. A sealed file that nobody says was
    `received` before is judged as received `now`; of a cover the time then stays open (INDETERMINATE).

    A refusal whose code stands in no check is raised.
    """
    standing = _GOOD
    try:
        whole, core = look(data)
        sealed = isinstance(whole, Envelope)
    except PeerError:
        core, sealed = None, not _is_cover(data)
    checks = SEALED_CHECKS if sealed else COVER_CHECKS
    try:
        if not sealed:
            verified = verify_cover(data, directory, received)
            leaf, standing = verified.leaf, verified.standing
        elif recipient is not None:
            leaf = admit(data, recipient, directory, now if received is None else received).leaf
        else:
            # Without a recipient an envelope is judged as its sender's own relay would before it leaves.
            leaf = admit_for_dispatch(
                data, AgencyId(core.sender.agency if core else ""), directory, now if received is None else received
            ).leaf
    except PeerError as refusal:
        return Verdict(sealed, _results(checks, _place(checks, refusal, core), recipient), refusal)
    results = _results(checks, len(checks), recipient)
    if standing.status is not KeyStatus.VALID:
        unsure = Status(standing.status.value)
        results = tuple(Result(one.check, unsure) if one.check.id == _STANDING else one for one in results)
    return Verdict(sealed, results, None, core, leaf, standing)


def _is_cover(data: bytes) -> bool:
    try:
        decode(Cover, data)
    except PeerError:
        return False
    return True


def _place(checks: tuple[Check, ...], refusal: PeerError, core: Core | None) -> int:
    """Index of the check that refused."""
    places = [place for place, check in enumerate(checks) if refusal.code in check.codes]
    if not places:
        raise refusal
    # Only the lifetime is asked about twice: its form first, the federation's limit later.
    formless = core is None or core.expires_at <= core.created_at
    return places[0] if formless else places[-1]


def _results(checks: tuple[Check, ...], stop: int, recipient: AgencyId | None) -> tuple[Result, ...]:
    def status(place: int) -> Status:
        if place >= stop:
            return Status.FAILED if place == stop else Status.NOT_REACHED
        asked = recipient is not None or checks[place].id != "A-5"
        return Status.PASSED if asked else Status.NOT_ASKED

    return tuple(Result(check, status(place)) for place, check in enumerate(checks))
