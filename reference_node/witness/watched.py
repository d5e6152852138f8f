"""Who watches whom, as the records have it: a witness's logs, and a log's witnesses. Reads no file, asks nobody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reference_node.witness.gather import Endpoint
from referral_proto.crypto.logkeys import WitnessKeys
from referral_proto.errors import PeerError, ReferralError
from referral_proto.log.checkpoint import LogIdentity, verify_checkpoint
from referral_proto.log.head import owner_of
from referral_proto.model.records import LogEntry
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.logs import identity_of, stood, witness_of
from referral_proto.trust.notes import verify_note

__all__ = ["Watchers", "counts", "entered", "identities", "watched", "watchers"]


class Watchers(NamedTuple):
    """The witnesses that the newest federation record names, and how many make a quorum; 0 where it names none."""

    endpoints: tuple[Endpoint, ...]
    quorum: int


def watchers(directory: Directory, at: Moment) -> Watchers:
    """Who is asked to cosign at `at`."""
    entries = directory.federation.witnesses
    endpoints = tuple(Endpoint(witness_of(entry), entry.url) for entry in entries)
    return Watchers(endpoints, directory.witnesses(at).quorum if endpoints else 0)


def watched(
    directory: Directory, at: Moment, more: Iterable[LogIdentity], keys: WitnessKeys
) -> tuple[tuple[LogIdentity, ...], tuple[str, ...]]:
    """The logs that stand at `at` in the records, and `more`; a log of the records comes before one of the same origin.

    Second: origins that are not watched, because their keys cannot be used or are the witness's own.
    """
    found = {log.origin: log for log in more}
    unfit: list[str] = []
    for agency in directory.agencies():
        if directory.withdrawn(agency, at):
            continue
        for entry in directory.logs(agency):
            if not stood(entry, at):
                continue
            try:
                found[entry.origin] = identity_of(entry)
            except ReferralError:
                unfit.append(entry.origin)
    own = {keys.ed25519, keys.mldsa44}
    unfit += [log.origin for log in found.values() if {log.ed25519, log.mldsa44} & own]
    return tuple(log for log in found.values() if log.origin not in unfit), tuple(sorted(set(unfit)))


def entered(entry: LogEntry) -> LogIdentity:
    """The log of an entry that came by hand, whose possession is proved. PeerError trust.log-possession, key.*."""
    identity = identity_of(entry)
    try:
        empty = verify_checkpoint(entry.possession, identity).size == 0
    except PeerError:
        empty = False
    if not empty:
        raise PeerError("trust.log-possession", entry.origin)
    return identity


def identities(directory: Directory, agency: str, origin: str) -> tuple[LogIdentity, ...]:
    """All keys under which the log ever signed, going by the records, ended ones too; none if nobody knows the agency.
    Whether what they signed still says anything: `counts`.
    """
    try:
        entries = directory.logs(agency)
    except PeerError:
        return ()
    return tuple(identity_of(entry) for entry in entries if entry.origin == origin)


def counts(note: bytes, log: LogIdentity, directory: Directory, at: Moment) -> bool:
    """Whether a checkpoint under `log`'s keys may stop it. Keys that no record names can only be the keeper's own, and
    nobody says that they ended.
    """
    if log not in identities(directory, owner_of(log.origin), log.origin):
        return True
    try:
        return verify_note(note, directory, at).log == log
    except PeerError:
        return False
