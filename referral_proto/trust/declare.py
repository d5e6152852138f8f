"""Declaring a founder's, a registrar's or a witness's key compromised: the federation's next record. Judges no record.

What comes of the declaration is decided where records are folded: `federation` for founders and witnesses, `registrars`
for what a registrar signed.
"""

from __future__ import annotations

from referral_proto.crypto.keyset import SigningKeyset, VerifyingKeyset
from referral_proto.errors import CallerError, PeerError
from referral_proto.model.records import EndedKey, FederationRecord, PublicKeyset, Registrar, WitnessEntry
from referral_proto.moment import Moment
from referral_proto.trust.ended import judge_ended, keyset_of, standing_keys, with_ended
from referral_proto.trust.federation import Federation
from referral_proto.trust.logs import witness_id
from referral_proto.trust.signed import sign_record

__all__ = ["declare_ended", "ending"]


def declare_ended(
    chain: Federation,
    at: Moment,
    holder: str,
    key: bytes,
    since: Moment,
    *signers: SigningKeyset,
    replacement: VerifyingKeyset | WitnessEntry | None = None,
    threshold: int | None = None,
    quorum: int | None = None,
) -> bytes:
    """The federation's next record, which says that a key may have been in other hands since `since`. It ends wherever
    it stands: `replacement` takes its place; without one its founder, country or witness is taken out. Of a key
    that had ended before, only the date is said, or moved back.

    holder: an agency, or a witness's name. key: keyset id, or witness id. Needs the threshold of the founders before,
    not counting a founder's key that it declares, and of its own.
    Raises CallerError issue.unknown-keyset, issue.invalid, issue.threshold, key.other-agency.
    """
    before = chain.current
    old = next((one for one in before.ended if one.key == key), None)
    if holder != (standing_keys(before).get(key) if old is None else old.holder):
        raise CallerError("issue.unknown-keyset")
    if since > at or (old is not None and (old.compromised_since_at or at) < since):
        raise CallerError("issue.invalid", "since")
    founders, registrars, witnesses = _without(before, key, replacement)
    needed = threshold or before.threshold
    if needed > len(founders):
        raise CallerError("issue.threshold")
    changes = {
        "sequence": before.sequence + 1,
        "previous": chain.head,
        "issued_at": at,
        "founders": founders,
        "registrars": registrars,
        "witnesses": witnesses,
        "threshold": needed,
        "quorum": _quorum(before, len(witnesses), quorum),
        "ended": (),
    }
    # Through the validator, not model_copy: what is signed must be a record that can be read again.
    record = FederationRecord(**(dict(before) | changes))
    said = EndedKey(holder=holder, key=key, ended_at=at if old is None else old.ended_at, compromised_since_at=since)
    ended = tuple(said if one.key == key else one for one in with_ended(before, record, at))
    return sign_record(ending(before, record, ended), *signers)


def ending(before: FederationRecord, record: FederationRecord, ended: tuple[EndedKey, ...]) -> FederationRecord:
    """`record` with its list of ended keys. CallerError issue.invalid: one of them would stand again."""
    whole = FederationRecord(**(dict(record) | {"ended": ended}))
    try:
        judge_ended(before, whole, standing_keys(whole))
    except PeerError:
        raise CallerError("issue.invalid", "a key that had ended") from None
    return whole


def _without(
    before: FederationRecord, key: bytes, replacement: VerifyingKeyset | WitnessEntry | None
) -> tuple[tuple[PublicKeyset, ...], tuple[Registrar, ...], tuple[WitnessEntry, ...]]:
    """Founders, registrars and witnesses, with `key` replaced or taken out."""
    keyset, entry = None, None
    if isinstance(replacement, WitnessEntry):
        entry = replacement
    elif replacement is not None:
        keyset = PublicKeyset(agency=replacement.agency, ed25519=replacement.ed25519, mldsa65=replacement.mldsa65)
    founders: list[PublicKeyset] = []
    registrars: list[Registrar] = []
    for founder in before.founders:
        if keyset_of(founder).id != key:
            founders.append(founder)
        elif keyset is not None:
            if keyset.agency != founder.agency:
                raise CallerError("key.other-agency")
            founders.append(keyset)
    for registrar in before.registrars:
        if keyset_of(registrar.keyset).id != key:
            registrars.append(registrar)
        elif keyset is not None:
            registrars.append(Registrar(country=registrar.country, keyset=keyset))
    witnesses = [entry if witness_id(one) == key else one for one in before.witnesses]
    return tuple(founders), tuple(registrars), tuple(one for one in witnesses if one is not None)


def _quorum(before: FederationRecord, number: int, given: int | None) -> int | None:
    """As given; as before if that still fits; or the smallest that is more than half of the witnesses."""
    if not number or given is not None:
        return given if number else None
    held = before.quorum or 0
    return held if number < 2 * held <= 2 * number else number // 2 + 1
