"""Keys of founders, registrars and witnesses that ended: what a federation record must say of them. Pure, judges form.

The list only grows. A key that stands on it stands nowhere else again; a compromise may be declared later, and its date
may move back in time, never forward: whoever could take it back could make what a thief signed good again.
"""

from __future__ import annotations

from collections.abc import Iterable

from referral_proto.crypto.keyset import VerifyingKeyset
from referral_proto.errors import PeerError
from referral_proto.model.records import EndedKey, FederationRecord, PublicKeyset
from referral_proto.moment import Moment
from referral_proto.trust.logs import witness_id

__all__ = ["compromises", "judge_ended", "keyset_of", "standing_keys", "with_ended"]


def keyset_of(public: PublicKeyset) -> VerifyingKeyset:
    """PeerError key.malformed, key.weak."""
    return VerifyingKeyset.parse(public.agency, public.ed25519, public.mldsa65)


def standing_keys(record: FederationRecord) -> dict[bytes, str]:
    """Id of each key that stands in the record, and who holds it: an agency, or a witness by its name."""
    keysets = (*record.founders, *(one.keyset for one in record.registrars))
    found: dict[bytes, str] = {keyset_of(one).id: one.agency for one in keysets}
    return found | {witness_id(one): one.name for one in record.witnesses}


def compromises(record: FederationRecord) -> dict[bytes, Moment]:
    """Key id → since when it may have been in other hands, for those that were declared compromised."""
    return {one.key: one.compromised_since_at for one in record.ended if one.compromised_since_at is not None}


def judge_ended(before: FederationRecord | None, record: FederationRecord, standing: Iterable[bytes]) -> None:
    """The list of `record`, which follows `before`. `standing`: ids of the keys that stand in it.

    Raises PeerError trust.record-malformed, trust.keyset-restored, trust.chain.
    """
    listed = {one.key: one for one in record.ended}
    if len(listed) != len(record.ended) or any(
        max(one.ended_at, one.compromised_since_at or one.ended_at) > record.issued_at for one in record.ended
    ):
        raise PeerError("trust.record-malformed", "ended")
    if not listed.keys().isdisjoint(standing):
        raise PeerError("trust.keyset-restored", "federation")
    for old in () if before is None else before.ended:
        new = listed.get(old.key)
        if new is None or (new.holder, new.ended_at) != (old.holder, old.ended_at):
            raise PeerError("trust.chain", "federation")
        was, now = old.compromised_since_at, new.compromised_since_at
        if was is not None and (now is None or now > was):
            raise PeerError("trust.chain", "federation")


def with_ended(before: FederationRecord, record: FederationRecord, at: Moment) -> tuple[EndedKey, ...]:
    """The list before, and every key of `before` that stands nowhere in `record`."""
    stay = standing_keys(record)
    gone = [(key, holder) for key, holder in standing_keys(before).items() if key not in stay]
    return (*before.ended, *(EndedKey(holder=holder, key=key, ended_at=at) for key, holder in gone))
