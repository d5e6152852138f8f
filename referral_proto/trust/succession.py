"""Which of several records under one number of an agency's chain comes next. Judges no signature: `agency` has done so.

Each record was judged alone and would be good alone. Among them (spec: records):
- what was first seen stays: what comes later, with whatever date, displaces nothing;
- of those first seen together, and for who keeps no first sights: what the agency signed before what its registrar
  signed alone; of the registrar's the narrowest; two that the agency signed are a fork, and the chain stops;
- a recovery waits. The agency's own record that was seen before the recovery took effect ends it; the registrar alone
  does not; the agency's word without its registrar, an objection, halts it until a third hand signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, NamedTuple

from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, Digest, country_of
from referral_proto.model.records import AgencyRecord, SignedRecord
from referral_proto.moment import DAY, Moment
from referral_proto.trust.federation import Federation
from referral_proto.trust.signed import signed_by

__all__ = ["AHEAD", "Candidate", "Choice", "Kind", "choose", "narrowness", "only_first", "overruled", "refuse_ahead"]

AHEAD: Final = DAY
"""How far after now a record may be dated, in seconds: clocks differ, and a date far ahead would freeze the chain."""
_NEVER: Final = Moment(253_402_300_799)


class Kind(Enum):
    """Who speaks in a record."""

    OWN = 0
    """A keyset of the record before, and the registrar."""
    ALONE = 1
    """The registrar, who narrows."""
    RECOVERY = 2
    """Two countries' registrars, for an agency that lost its keys."""


class Candidate(NamedTuple):
    """A record that would be good alone. `sight`: since when it could be followed here, in seconds; the same for all
    where nobody keeps first sights. `begins`: from when what it says counts. `effective`: of a recovery.
    """

    digest: Digest
    record: AgencyRecord
    kind: Kind
    sight: int
    begins: Moment
    effective: Moment


@dataclass
class Choice:
    """`taken` is None while a recovery waits. `alarms`: code, the recovery's digest, when it takes effect."""

    taken: Candidate | None = None
    alarms: list[tuple[str, Digest, Moment]] = field(default_factory=list)
    passed_over: list[Candidate] = field(default_factory=list)


def refuse_ahead(record: AgencyRecord, at: Moment | None) -> None:
    """PeerError trust.dated-ahead; without a moment nothing is too far ahead."""
    if at is not None and record.issued_at > at + AHEAD:
        raise PeerError("trust.dated-ahead", record.agency)


def choose(candidates: Sequence[Candidate], objections: Sequence[Moment], overruled: bool, at: Moment) -> Choice:
    """What comes next at `at`. `objections`: when each was first seen; `overruled`: a third hand signed the recovery.

    PeerError trust.record-fork: nothing can be told to be the right one.
    """
    choice = Choice()
    own, own_fork = only_first([one for one in candidates if one.kind is Kind.OWN])
    alone = _narrowest([one for one in candidates if one.kind is Kind.ALONE])
    waiting = [one for one in candidates if one.kind is Kind.RECOVERY]
    recovery, two_recoveries = only_first(waiting)
    if own is not None or own_fork:
        spoken = own.begins if own is not None else min(one.begins for one in candidates if one.kind is Kind.OWN)
        opposed = [one for one in waiting if spoken < one.effective]
        choice.alarms += [("trust.recovery-opposed", one.digest, one.effective) for one in opposed]
        recovery = None if recovery in opposed else recovery
    if recovery is not None and (alone is None or recovery.sight <= alone.sight):
        halted = not overruled and any(seen < recovery.effective for seen in objections)
        if halted or at < recovery.effective:
            code = "trust.recovery-halted" if halted else "trust.recovery-pending"
        else:
            code, choice.taken = "trust.recovery-done", recovery
        choice.alarms.append((code, recovery.digest, recovery.effective))
    elif own_fork or (two_recoveries and own is None and alone is None):
        raise PeerError("trust.record-fork", candidates[0].record.agency)
    else:
        standing = [one for one in (own, alone) if one is not None]
        # Of one sight the agency's own goes first: `Kind` has them in that order.
        choice.taken = min(standing, key=lambda one: (one.sight, one.kind.value), default=None)
    told = {digest for _, digest, _ in choice.alarms}
    choice.passed_over = [one for one in candidates if one is not choice.taken and one.digest not in told]
    return choice


def only_first(candidates: Sequence[Candidate]) -> tuple[Candidate | None, bool]:
    """The one that was first seen; None and True if several were, together."""
    if not candidates:
        return None, False
    earliest = min(one.sight for one in candidates)
    first = [one for one in candidates if one.sight == earliest]
    return (first[0], False) if len(first) == 1 else (None, True)


def _narrowest(candidates: Sequence[Candidate]) -> Candidate | None:
    return min(candidates, key=lambda one: (one.sight, narrowness(one.record), one.digest), default=None)


def narrowness(record: AgencyRecord) -> tuple[int, int, int]:
    """The smaller, the narrower: the withdrawal; the sum of when each keyset ends or is contested; the mandates."""
    ends = sum(
        min(entry.not_after_at, entry.revoked_at or _NEVER, entry.compromised_since_at or _NEVER)
        for entry in record.signing_keysets
    )
    return (_NEVER if record.withdrawn_at is None else record.withdrawn_at), ends, len(record.mandates)


def overruled(signed: SignedRecord, record: AgencyRecord, federation: Federation) -> bool:
    """Whether a third hand signed the recovery too: the registrar of a third country, or as many founders as decide,
    one of whom at least is neither of the two registrars. Then the holder of a lost or stolen key halts it no longer.
    """
    if record.recovery is None:
        return False
    registrars = federation.registrars(record.issued_at)
    countries = {country_of(AgencyId(record.agency)), record.recovery.second_country}
    involved = {registrars[country].agency for country in countries if country in registrars}
    leaked = federation.compromised
    third = [one for country, one in registrars.items() if country not in countries and one.agency not in involved]
    if signed_by(signed, [one for one in third if one.id not in leaked]):
        return True
    named, threshold = federation.founders(record.issued_at)
    founders = [one for one in named if one.id not in leaked]
    found = signed_by(signed, founders)
    return len(found) >= threshold and any(one.id in found and one.agency not in involved for one in founders)
