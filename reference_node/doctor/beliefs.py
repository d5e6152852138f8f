"""What the doctor looks at in the trust data: age, clock, alarms, problems, the agency's own keys and their ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reference_node.doctor.findings import Finding, Grade
from reference_node.trust.believe import Believed
from reference_node.trust.ends import KEY_ENDS_SOON, OPENING_ENDS_SOON, keyset_ends
from reference_node.trust.follow import evidence_in
from referral_proto.crypto.keyset import VerifyingKeyset
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId
from referral_proto.moment import DAY, HOUR, Moment
from referral_proto.trust.standing import Status

__all__ = ["opening_key", "own_keyset", "signing_key", "trust"]


def trust(believed: Believed, evidence: Path) -> Iterator[Finding]:
    """Freshness, clock, problems, alarms, split views."""
    keeper = believed.keeper
    health = keeper.health()
    if health.code or health.age_seconds is None:
        yield Finding(Grade.BAD, "trust data", health.where, health.code)
    elif health.source == "records":
        days = f"last looked over {health.age_seconds // DAY} days ago"
        yield Finding(Grade.SOON, "trust data", days, "doctor.by-hand")
    else:
        until = health.expires_at.iso() if health.expires_at else "an unknown time"
        yield Finding(Grade.GOOD, "trust data", f"{health.age_seconds // HOUR} hours old, good until {until}")
    for notice in health.warnings:
        yield Finding(Grade.SOON, "trust data", notice.where, notice.code)
    for problem in keeper.directory.problems:
        yield Finding(Grade.SOON, "record", problem.agency, problem.code)
    for alarm in keeper.directory.alarms:
        when = f", takes effect {alarm.effective_at.iso()}" if alarm.effective_at else ""
        yield Finding(Grade.BAD, "alarm", f"{alarm.agency}{when}", alarm.code)
    for name in evidence_in(evidence):
        yield Finding(Grade.BAD, "alarm", name, "trust.split-view")


def own_keyset(believed: Believed, agency: AgencyId, now: Moment) -> Iterator[Finding]:
    """The agency's signing keysets in force, by their ends."""
    directory = believed.keeper.directory
    try:
        ends = keyset_ends(directory, agency, now)
    except PeerError as error:
        code = "doctor.not-enrolled" if error.code == "trust.unknown-agency" else error.code
        yield Finding(Grade.BAD, "agency", agency, code)
        return
    grade = Grade.BAD if ends <= now else Grade.SOON if ends <= now.plus(KEY_ENDS_SOON) else Grade.GOOD
    code = "" if grade is Grade.GOOD else "doctor.keyset-ends"
    yield Finding(grade, "signing keyset", f"until {ends.iso()}", code)


def signing_key(believed: Believed, keys: VerifyingKeyset, now: Moment) -> Finding:
    """Whether the records know the keyset that lies in the desk's folder; until then a desk uses the old."""
    try:
        good = believed.keeper.directory.standing(keys.agency, keys.id, now).status is Status.VALID
    except PeerError:
        good = False
    shown = keys.id.hex()[:16]
    return Finding(Grade.GOOD if good else Grade.BAD, "signing.key", shown, "" if good else "doctor.not-enrolled")


def opening_key(believed: Believed, agency: AgencyId, now: Moment) -> Finding:
    """The agency's opening key that others may use."""
    ends = believed.keeper.directory.opening_key_ends(agency, now)
    if ends is None:
        return Finding(Grade.BAD, "opening key", agency, "doctor.opening-key")
    epochs = [one.record.epoch for one in believed.keeper.shelf.of(agency)]
    text = f"until {ends.iso()}" + (f", epochs {', '.join(map(str, sorted(epochs)))}" if epochs else "")
    if ends <= now.plus(OPENING_ENDS_SOON):
        return Finding(Grade.SOON, "opening key", text, "doctor.opening-key")
    return Finding(Grade.GOOD, "opening key", text)
