"""The shelter whose chain a registrar, a thief and its own mistakes try: its records, and what a fold says of it."""

from __future__ import annotations

from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.model.records import Recovery
from referral_proto.moment import DAY, Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.standing import Status
from tests.trust.chains import NOW, agency, digest, entry, federation, keys, next_record

SHELTER = "th.shelter"
OLD, NEW, OTHER = keys(SHELTER), keys(SHELTER, 1), keys(SHELTER, 2)
TH, KH, INT = keys("th.registrar"), keys("kh.registrar"), keys("int.registrar")
FIRST = agency()
LONG_AGO = NOW.plus(-80 * DAY)
ROTATED = next_record(
    FIRST,
    TH,
    OLD,
    issued_at=NOW.plus(-40 * DAY),
    signing_keysets=(entry(OLD, revoked_at=NOW.plus(-30 * DAY)), entry(NEW, 1, not_before_at=NOW.plus(-40 * DAY))),
)
REVOKED = next_record(FIRST, TH, signing_keysets=(entry(OLD, revoked_at=NOW),))
NOTHING = next_record(FIRST, TH, issued_at=NOW.plus(1))
"""A record of the registrar alone that changes nothing."""
RECOVERY = next_record(
    FIRST,
    TH,
    KH,
    recovery=Recovery(second_country="kh"),
    signing_keysets=(entry(OLD, revoked_at=NOW), entry(NEW, 1, not_before_at=NOW.plus(-89 * DAY))),
)
LATER = NOW.plus(30 * DAY)
FEDERATION = federation()
SEEN = {FIRST: LONG_AGO, RECOVERY: NOW, NOTHING: NOW.plus(25 * DAY), REVOKED: NOW.plus(DAY)}


def fold(*records: bytes, at: Moment = LATER, seen: dict[bytes, Moment] | None = None) -> Directory:
    """Lenient, as nodes fold; `seen`: record → first sight."""
    sights = None if seen is None else {digest(one): moment for one, moment in seen.items()}
    return Directory.fold([federation(), *records], at=at, seen=sights, lenient=True)


def status(directory: Directory, held: SigningKeyset, at: Moment) -> Status:
    return directory.standing(SHELTER, held.id, at).status


def known(directory: Directory, held: SigningKeyset) -> bool:
    return held.id in directory.history(SHELTER).keysets


def codes(directory: Directory) -> list[str]:
    return [problem.code for problem in directory.problems]


def alarms(directory: Directory) -> list[str]:
    return [alarm.code for alarm in directory.alarms]
