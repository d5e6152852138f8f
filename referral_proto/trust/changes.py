"""What differs between two directories, and what in one of them will soon need a hand: for people who run things.

Compares what is in force, not files: two directories with the same answers have no differences.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from referral_proto.ids import AgencyId, short
from referral_proto.model.records import FederationRecord
from referral_proto.moment import DAY, Moment
from referral_proto.trust.agency import History
from referral_proto.trust.directory import Directory
from referral_proto.trust.standing import Status

__all__ = ["Change", "Expiry", "WARN_BEFORE", "What", "changes", "expiring"]

WARN_BEFORE: Final = 30 * DAY
"""Seconds before the end of a key or a certificate at which its operator is warned."""


class What(StrEnum):
    """Kinds of change."""

    AGENCY_ADDED = "agency-added"
    AGENCY_REMOVED = "agency-removed"
    AGENCY_WITHDRAWN = "agency-withdrawn"
    KEYSET_ADDED = "keyset-added"
    KEYSET_ENDED = "keyset-ended"
    KEYSET_CONTESTED = "keyset-contested"
    MANDATES = "mandates"
    NAMES = "names"
    RELAY = "relay"
    LOG_ADDED = "log-added"
    LOG_ENDED = "log-ended"
    LOG_COMPROMISED = "log-compromised"
    FEDERATION = "federation"
    KEY_ENDED = "key-ended"
    KEY_COMPROMISED = "key-compromised"
    WITNESSES = "witnesses"
    ALARM = "alarm"


class Change(NamedTuple):
    """One difference. `agency`: whom it concerns, a witness by its name. `detail` is never free text of a peer."""

    what: What
    agency: str
    detail: str


class Expiry(NamedTuple):
    """Something that ends soon and has no successor yet."""

    agency: AgencyId
    what: str
    ends_at: Moment


def changes(old: Directory, new: Directory, at: Moment) -> tuple[Change, ...]:
    """What is different in `new`, seen at `at`, in the order federation, agencies, alarms."""
    return tuple(_changes(old, new, at))


def _changes(old: Directory, new: Directory, at: Moment) -> Iterator[Change]:
    if old.chain.head != new.chain.head:
        yield Change(What.FEDERATION, "", f"{old.federation.sequence} → {new.federation.sequence}")
        yield from _federation_changes(old.federation, new.federation)
    before, after = set(old.agencies()), set(new.agencies())
    for agency in sorted(after - before):
        yield Change(What.AGENCY_ADDED, agency, "")
    for agency in sorted(before - after):
        yield Change(What.AGENCY_REMOVED, agency, "")
    for agency in sorted(before & after):
        yield from _agency_changes(old, new, agency, at)
    known = {(alarm.code, alarm.digest) for alarm in old.alarms}
    for alarm in new.alarms:
        if (alarm.code, alarm.digest) not in known:
            yield Change(What.ALARM, alarm.agency, alarm.code)


def _federation_changes(was: FederationRecord, now: FederationRecord) -> Iterator[Change]:
    ended = {one.key: one for one in was.ended}
    for one in now.ended:
        old = ended.get(one.key)
        since = one.compromised_since_at
        if since is not None and (old is None or old.compromised_since_at != since):
            yield Change(What.KEY_COMPROMISED, one.holder, f"{short(one.key)} since {since.iso()}")
        elif old is None:
            yield Change(What.KEY_ENDED, one.holder, short(one.key))
    if (was.witnesses, was.quorum) != (now.witnesses, now.quorum):
        names = ", ".join(one.name for one in now.witnesses)
        yield Change(What.WITNESSES, "", f"{now.quorum} of {names}" if names else "none")


def _agency_changes(old: Directory, new: Directory, agency: AgencyId, at: Moment) -> Iterator[Change]:
    was, now = old.history(agency), new.history(agency)
    if was.digest == now.digest:
        return
    if now.record.withdrawn_at is not None and was.record.withdrawn_at is None:
        yield Change(What.AGENCY_WITHDRAWN, agency, now.record.withdrawn_at.iso())
    for keyset_id in now.keysets:
        status = now.standing(keyset_id, at).status
        if keyset_id not in was.keysets:
            yield Change(What.KEYSET_ADDED, agency, short(keyset_id))
        elif status is not was.standing(keyset_id, at).status:
            contested = status is Status.CONTESTED
            yield Change(What.KEYSET_CONTESTED if contested else What.KEYSET_ENDED, agency, short(keyset_id))
    if was.record.mandates != now.record.mandates:
        yield Change(What.MANDATES, agency, ", ".join(m.name for m in now.record.mandates))
    if was.record.names != now.record.names:
        yield Change(What.NAMES, agency, "")
    if was.record.relay != now.record.relay:
        yield Change(What.RELAY, agency, now.record.relay)
    yield from _log_changes(was, now)


def _log_changes(was: History, now: History) -> Iterator[Change]:
    for place, entry in now.logs.items():
        old, since = was.logs.get(place), entry.compromised_since_at
        if old is None:
            yield Change(What.LOG_ADDED, now.agency, entry.origin)
        elif since is not None and since != old.compromised_since_at:
            yield Change(What.LOG_COMPROMISED, now.agency, f"{entry.origin} since {since.iso()}")
        elif entry.ended_at != old.ended_at:
            yield Change(What.LOG_ENDED, now.agency, entry.origin)


def expiring(directory: Directory, agency: AgencyId, at: Moment, within: int = WARN_BEFORE) -> tuple[Expiry, ...]:
    """What of this agency's ends within `within` seconds without a successor: signing keysets, opening keys."""
    found: list[Expiry] = []
    history = directory.history(agency)
    ends = [
        known.entry.not_after_at
        for id_, known in history.keysets.items()
        if history.standing(id_, at).status is Status.VALID
    ]
    if not ends or max(ends) <= at.plus(within):
        found.append(Expiry(agency, "signing-keyset", max(ends, default=at)))
    opening = directory.opening_key_ends(agency, at)
    # Opening keys live for days, so their warning comes a quarter of `within` before the end at the most.
    if opening is None or opening <= at.plus(min(within // 4, 3 * DAY)):
        found.append(Expiry(agency, "opening-key", opening or at))
    return tuple(found)
