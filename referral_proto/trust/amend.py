"""The next record of a chain: rotating, revoking, declaring a compromise, recovering, withdrawing, adding a country.

Each function returns a SignedRecord with the signatures it was given, often none: the rest travels as a file to those
who must sign (`issue.approve`). Nothing here decides whether the record will be believed; `agency` and `federation` do,
and `who_must_sign` says beforehand in words what they will ask for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from referral_proto.crypto import possession
from referral_proto.crypto.keyset import SigningKeyset, VerifyingKeyset
from referral_proto.errors import CallerError
from referral_proto.ids import AgencyId, KeysetId
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.records import (
    AgencyRecord,
    FederationRecord,
    Limits,
    LogEntry,
    PublicKeyset,
    Recovery,
    Registrar,
    SigningKeysetEntry,
    WitnessEntry,
)
from referral_proto.moment import DAY, Moment
from referral_proto.trust.agency import History
from referral_proto.trust.declare import ending
from referral_proto.trust.ended import with_ended
from referral_proto.trust.federation import Federation
from referral_proto.trust.signed import sign_record

__all__ = [
    "amend_federation",
    "declare_compromise",
    "declare_log_compromise",
    "move_relay",
    "recover",
    "revoke_keyset",
    "rotate_keyset",
    "set_logs",
    "set_mandates",
    "withdraw",
]


def _next(history: History, at: Moment, signers: Sequence[SigningKeyset], **changes: Any) -> bytes:
    before = history.record
    fields = {"sequence": before.sequence + 1, "previous": history.digest, "issued_at": at, "recovery": None}
    # Through the validator, not model_copy: what is signed must be a record that can be read again.
    record = AgencyRecord(**{name: getattr(before, name) for name in AgencyRecord.model_fields} | fields | changes)
    return sign_record(record, *signers)


def _entry(history: History, keyset_id: bytes) -> SigningKeysetEntry:
    known = history.keysets.get(KeysetId(keyset_id))
    if known is None:
        raise CallerError("issue.unknown-keyset")
    return known.entry


def _with(history: History, keyset_id: bytes, **changes: Any) -> tuple[SigningKeysetEntry, ...]:
    target = _entry(history, keyset_id)
    changed = SigningKeysetEntry(**{n: getattr(target, n) for n in SigningKeysetEntry.model_fields} | changes)
    return tuple(
        changed if (e.ed25519, e.mldsa65) == (target.ed25519, target.mldsa65) else e
        for e in history.record.signing_keysets
    )


def _enrolled(keys: SigningKeyset, sequence: int, begins: Moment, days: int) -> SigningKeysetEntry:
    proof = possession.prove(keys, sequence)
    return SigningKeysetEntry(
        ed25519=keys.public.ed25519,
        mldsa65=keys.public.mldsa65,
        not_before_at=begins,
        not_after_at=begins.plus(days * DAY),
        possession_ed25519=proof.ed25519,
        possession_mldsa65=proof.mldsa65,
        enrolled_in=sequence,
    )


def rotate_keyset(history: History, new: SigningKeyset, at: Moment, *signers: SigningKeyset, days: int = 365) -> bytes:
    """Enrol a further keyset beside those that still stand; needs the registrar and a keyset of the record before."""
    if new.agency != history.agency:
        raise CallerError("key.other-agency")
    added = _enrolled(new, history.record.sequence + 1, at, days)
    # Those that are over make room; the chain remembers them, and how they stood.
    kept = tuple(
        e for e in history.record.signing_keysets if at < e.not_after_at and (e.revoked_at is None or at < e.revoked_at)
    )
    return _next(history, at, signers, signing_keysets=(*kept, added))


def revoke_keyset(history: History, keyset_id: bytes, at: Moment, *signers: SigningKeyset) -> bytes:
    """End a keyset at `at`; what was received before stays valid. The registrar alone may do it."""
    return _next(history, at, signers, signing_keysets=_with(history, keyset_id, revoked_at=at))


def declare_compromise(
    history: History, keyset_id: bytes, since: Moment, by: AgencyId, at: Moment, *signers: SigningKeyset
) -> bytes:
    """Say that the keyset may have been in other hands since `since`: what came after is contested, and it ends now."""
    if since > at:
        raise CallerError("issue.invalid", "since")
    entries = _with(
        history,
        keyset_id,
        revoked_at=_entry(history, keyset_id).revoked_at or at,
        compromised_since_at=since,
        compromise_asserted_by=by,
        compromise_asserted_at=at,
    )
    return _next(history, at, signers, signing_keysets=entries)


def recover(
    history: History, new: SigningKeyset, second_country: str, at: Moment, *signers: SigningKeyset, days: int = 365
) -> bytes:
    """Replace keys that are lost: every keyset that stands ends, `new` begins when the delay has passed. Needs the
    registrar and the registrar of `second_country`, and is an alarm on every node.
    """
    if new.agency != history.agency:
        raise CallerError("key.other-agency")
    ended = tuple(
        e if e.revoked_at is not None else SigningKeysetEntry(**(dict(e) | {"revoked_at": at}))
        for e in history.record.signing_keysets
    )
    added = _enrolled(new, history.record.sequence + 1, at, days)
    return _next(
        history, at, signers, signing_keysets=(*ended, added), recovery=Recovery(second_country=second_country)
    )


def withdraw(history: History, at: Moment, *signers: SigningKeyset) -> bytes:
    """The agency takes no part any more from `at`. The registrar alone may do it."""
    return _next(history, at, signers, withdrawn_at=at)


def set_mandates(history: History, mandates: Sequence[Mandate], at: Moment, *signers: SigningKeyset) -> bytes:
    """What the agency is entitled to do; the registrar grants it."""
    return _next(history, at, signers, mandates=tuple(sorted(set(mandates))))


def move_relay(history: History, relay: AgencyId, at: Moment, *signers: SigningKeyset) -> bytes:
    """Another operator's relay receives for the agency; needs the registrar and a keyset of the record before."""
    return _next(history, at, signers, relay=relay)


def set_logs(history: History, logs: Sequence[LogEntry], at: Moment, *signers: SigningKeyset) -> bytes:
    """The agency's logs from now on; needs the registrar and a keyset of the record before. What is left out ends."""
    return _next(history, at, signers, logs=tuple(logs))


def declare_log_compromise(history: History, origin: str, since: Moment, at: Moment, *signers: SigningKeyset) -> bytes:
    """Say that the keys of the log may have been in other hands since `since`: what they signed counts only where a
    quorum cosigned it before. It ends now, if it had not. The registrar alone may do it. CallerError issue.invalid.
    """
    if since > at or origin not in {one.origin for one in history.logs.values()}:
        raise CallerError("issue.invalid", "since" if since > at else "origin")
    listed = {(one.origin, one.ed25519, one.mldsa44): one for one in history.record.logs}
    # Of logs that follow one another under one origin the keys that stood at that time, or later, are meant.
    meant = {
        place: one
        for place, one in history.logs.items()
        if one.origin == origin and (one.ended_at is None or one.ended_at > since)
    }
    if not meant:
        raise CallerError("issue.invalid", "since")
    for place, one in meant.items():
        earlier = min(since, one.compromised_since_at or since)
        ended = one.ended_at if one.ended_at is not None and one.ended_at <= at else at
        listed[place] = LogEntry(**(dict(one) | {"compromised_since_at": earlier, "ended_at": ended}))
    return _next(history, at, signers, logs=tuple(listed.values()))


def amend_federation(
    chain: Federation,
    at: Moment,
    *signers: SigningKeyset,
    founders: Sequence[VerifyingKeyset] | None = None,
    threshold: int | None = None,
    registrars: Mapping[str, VerifyingKeyset | None] | None = None,
    limits: Limits | None = None,
    witnesses: Sequence[WitnessEntry] | None = None,
    quorum: int | None = None,
) -> bytes:
    """The federation's next record with what is given changed. `registrars` adds or replaces countries; with None the
    country has left: what its registrar signed before stays in force.

    Needs the threshold of the founders before and of its own. Every key that then stands nowhere any more is listed as
    ended, in good order: what it signed before stands. Raises CallerError issue.invalid.
    """
    before = chain.current
    named = {r.country: r for r in before.registrars}
    for country, keys in (registrars or {}).items():
        if keys is None:
            named.pop(country, None)
        else:
            named[country] = Registrar(country=country, keyset=_public(keys))
    record = FederationRecord(
        name=before.name,
        sequence=before.sequence + 1,
        previous=chain.head,
        founders=before.founders if founders is None else tuple(_public(f) for f in founders),
        threshold=before.threshold if threshold is None else threshold,
        registrars=tuple(named[country] for country in sorted(named)),
        issued_at=at,
        profiles=before.profiles,
        limits=before.limits if limits is None else limits,
        witnesses=before.witnesses if witnesses is None else tuple(witnesses),
        quorum=_quorum(before, witnesses, quorum),
    )
    return sign_record(ending(before, record, with_ended(before, record, at)), *signers)


def _quorum(before: FederationRecord, witnesses: Sequence[WitnessEntry] | None, quorum: int | None) -> int | None:
    """As given; or as before, if the witnesses stay; or the smallest that is more than half of them."""
    if quorum is not None or witnesses is None:
        return before.quorum if quorum is None else quorum
    return len(witnesses) // 2 + 1 if witnesses else None


def _public(keys: VerifyingKeyset) -> PublicKeyset:
    return PublicKeyset(agency=keys.agency, ed25519=keys.ed25519, mldsa65=keys.mldsa65)
