"""An agency's keysets as one record after the other leaves them, and what its registrar may change of them alone.

Decides nothing about which records count (`agency`, `succession`). What a record says of a keyset is bounded here by
what no record can say: a recovered keyset counts from its recovery, a dropped or revoked one never comes back, and a
compromise is asserted by whoever signed that it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from referral_proto.crypto import possession
from referral_proto.crypto.keyset import HybridSignature, VerifyingKeyset
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, KeysetId
from referral_proto.model.records import AgencyRecord, LogEntry, SigningKeysetEntry
from referral_proto.moment import Moment
from referral_proto.trust.logs import LogPlace, enter_logs, narrows_logs
from referral_proto.trust.memory import FoldMemory

__all__ = ["Entered", "Known", "cut_short", "enter", "may_object", "narrows"]

_EARLIEST: Final = Moment(0)


class Known(NamedTuple):
    """A keyset. `agreed`: its entry as the agency itself, or a recovery, last changed it. `sight`: when this node first
    saw the record that enrolled it, None without first sights. `counts_from`: of a recovered keyset.
    """

    keys: VerifyingKeyset
    entry: SigningKeysetEntry
    dropped_at: Moment | None
    agreed: SigningKeysetEntry
    sight: Moment | None
    counts_from: Moment
    asserted_by: AgencyId | None


class Entered(NamedTuple):
    """What a record makes of the keysets and logs."""

    keysets: dict[KeysetId, Known]
    logs: dict[LogPlace, LogEntry]


def enter(
    keysets: Mapping[KeysetId, Known],
    logs: Mapping[LogPlace, LogEntry],
    record: AgencyRecord,
    effective: Moment | None,
    *,
    agreed: bool,
    signers: Sequence[AgencyId],
    sight: Moment | None,
    memory: FoldMemory | None = None,
) -> Entered:
    """The keysets and logs as the record has them; a keyset that it no longer lists ended when it was issued.
    `effective`: of a recovery. `agreed`: the agency signed. `signers`: the registrar, and who else signed
    and may assert.
    """
    listed: dict[KeysetId, Known] = {}
    for entry in record.signing_keysets:
        keys = _parsed(record.agency, entry, memory)
        old = keysets.get(keys.id)
        if old is None:
            _possessed(keys, record, entry, memory)
            # A recovered key counts from when the recovery took effect, whatever this or a later entry claims.
            known = Known(keys, entry, None, entry, sight, effective or _EARLIEST, None)
        elif old.dropped_at is not None or not _no_later(entry.revoked_at, old.entry.revoked_at):
            raise PeerError("trust.keyset-restored", record.agency)
        else:
            changed = effective is not None or (agreed and _ends(entry) != _ends(old.entry))
            known = old._replace(entry=entry, agreed=entry if changed else old.agreed)
        if entry.not_before_at < known.counts_from:
            known = known._replace(entry=entry.model_copy(update={"not_before_at": known.counts_from}))
        if old is None or entry.compromised_since_at != old.entry.compromised_since_at:
            known = known._replace(asserted_by=_asserter(entry, signers))
        listed[keys.id] = known
    for id_, old in keysets.items():
        if id_ not in listed:
            listed[id_] = old if old.dropped_at is not None else old._replace(dropped_at=record.issued_at)
    return Entered(listed, enter_logs(logs, record))


def _ends(entry: SigningKeysetEntry) -> tuple[Moment, Moment | None, Moment | None]:
    return entry.not_after_at, entry.revoked_at, entry.compromised_since_at


def _asserter(entry: SigningKeysetEntry, signers: Sequence[AgencyId]) -> AgencyId | None:
    """Who asserts a compromise: whom the entry names, if they signed; else the registrar, who did."""
    if entry.compromised_since_at is None:
        return None
    if entry.compromise_asserted_by in signers:
        return AgencyId(str(entry.compromise_asserted_by))
    return signers[0]


def _parsed(agency: str, entry: SigningKeysetEntry, memory: FoldMemory | None) -> VerifyingKeyset:
    def parsed() -> VerifyingKeyset:
        return VerifyingKeyset.parse(agency, entry.ed25519, entry.mldsa65)

    return parsed() if memory is None else memory.recall(("keyset", agency, entry.ed25519, entry.mldsa65), parsed)


def _possessed(
    keys: VerifyingKeyset, record: AgencyRecord, entry: SigningKeysetEntry, memory: FoldMemory | None
) -> None:
    sequence = record.sequence if entry.enrolled_in is None else entry.enrolled_in
    if sequence > record.sequence:
        raise PeerError("trust.possession", record.agency)
    proof = HybridSignature(entry.possession_ed25519, entry.possession_mldsa65)

    def checked() -> bool:
        possession.check(keys, sequence, proof)
        return True

    try:
        if memory is None:
            checked()
        else:
            memory.recall(("possession", keys.id, sequence, *proof), checked)
    except PeerError:
        raise PeerError("trust.possession", record.agency) from None


def may_object(known: Known, at: Moment) -> bool:
    """Whether the keyset still speaks for the agency at `at`, whatever its registrar alone said of it."""
    entry = known.agreed
    ends = (entry.not_after_at, entry.revoked_at, entry.compromised_since_at, known.dropped_at)
    begins = max(entry.not_before_at, known.counts_from)
    return begins <= at and all(end is None or at < end for end in ends)


def cut_short(known: Known) -> Moment | None:
    """When the keyset was dropped, if it was not over by then."""
    over = known.dropped_at is not None and known.entry.not_after_at <= known.dropped_at
    return None if over else known.dropped_at


def narrows(record: AgencyRecord, before: AgencyRecord, logs: Mapping[LogPlace, LogEntry]) -> bool:
    """Whether the registrar may say this alone. logs: all that were ever named."""
    held = {(e.ed25519, e.mldsa65): e for e in before.signing_keysets}
    for entry in record.signing_keysets:
        old = held.pop((entry.ed25519, entry.mldsa65), None)
        if old is None or entry.not_before_at != old.not_before_at or entry.not_after_at > old.not_after_at:
            return False
        if not _no_later(entry.revoked_at, old.revoked_at):
            return False
        if not _no_later(entry.compromised_since_at, old.compromised_since_at):
            return False
        # Who says that it leaked earlier says something new, under a name and a date of its own.
        same = old.compromised_since_at is not None and entry.compromised_since_at == old.compromised_since_at
        if same and _assertion(entry) != _assertion(old):
            return False
    if not narrows_logs(logs, before, record):
        return False
    # A keyset that is dropped would take its own past with it: it must stay, revoked.
    return not held and record.relay == before.relay and _no_later(record.withdrawn_at, before.withdrawn_at)


def _assertion(entry: SigningKeysetEntry) -> tuple[str | None, Moment | None]:
    return entry.compromise_asserted_by, entry.compromise_asserted_at


def _no_later(new: Moment | None, old: Moment | None) -> bool:
    return old is None or (new is not None and new <= old)
