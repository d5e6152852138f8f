"""One change of an agency's record, from draft to file: what differs, what nodes would say, who must sign next.

A change that no further signature could bring into force is refused before anybody signs it. Decides no trust: it folds
the records as nodes will.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from referral_proto.cli import options
from referral_proto.cli.trust.plan import Plan, agree, done, keep

if TYPE_CHECKING:
    from referral_proto.cli.trust.folder import Held
    from referral_proto.crypto.keyset import SigningKeyset, VerifyingKeyset
    from referral_proto.ids import AgencyId
    from referral_proto.model.records import AgencyRecord, SignedRecord
    from referral_proto.moment import Moment
    from referral_proto.trust.agency import History
    from referral_proto.trust.directory import Directory
    from referral_proto.trust.federation import Federation

__all__ = ["Change", "approve_change", "load_signer", "propose"]

Change = Callable[["History", "Moment"], bytes]
"""The next record of a chain, unsigned."""
_OBJECTION = "until then it halts the recovery wherever it is put into a node's records folder"
_PUBLISH = "in force once it is published: `referral trust country --record`, then `publish`"


def propose(
    title: str,
    agency: AgencyId,
    change: Change,
    repository: Path,
    at: Moment | None,
    signer: SigningKeyset | None,
    output: Path,
    *,
    yes: bool,
    as_json: bool,
) -> None:
    """Draft a change of `agency`'s record, sign it with `signer` if there is one, and write it."""
    from pydantic import ValidationError

    from referral_proto.cli.trust.folder import open_folder
    from referral_proto.errors import CallerError

    now = options.moment(at)
    held = open_folder(repository, now, timely_only=True)
    history = held.directory.history(agency)
    if history.record.issued_at > now:
        raise CallerError("issue.invalid", "issued_at")
    try:
        data = change(history, now)
    except ValidationError:
        raise CallerError("issue.invalid", "record") from None
    _settle(title, data, held, now, signer, output, yes=yes, as_json=as_json)


def approve_change(
    data: bytes, repository: Path, at: Moment | None, signer: SigningKeyset, output: Path, *, yes: bool, as_json: bool
) -> None:
    """Add the signature of a registrar, or of the agency itself, to a request or a change.

    Raises CallerError issue.not-entitled, issue.already; PeerError trust.*, key.*.
    """
    from referral_proto.cli.trust.folder import open_folder
    from referral_proto.errors import CallerError
    from referral_proto.model.records import AgencyRecord
    from referral_proto.trust.issue import approve, read_record, refuse_ahead

    now = options.moment(at)
    refuse_ahead(data, now)
    held = open_folder(repository, now, timely_only=True)
    approve(data)
    _, record = read_record(data)
    if not isinstance(record, AgencyRecord):
        raise CallerError("issue.invalid", "kind")
    title = f"{signer.agency} signs record {record.sequence} of {record.agency}"
    _settle(title, data, held, now, signer, output, yes=yes, as_json=as_json)


def load_signer(key: Path, passphrase_file: Path | None) -> SigningKeyset:
    """The signing keyset of a key file. As `load_signing_key`."""
    from referral_proto.adapters.keyfiles import load_signing_key

    return load_signing_key(key, options.passphrase(passphrase_file))


def _settle(
    title: str,
    data: bytes,
    held: Held,
    now: Moment,
    signer: SigningKeyset | None,
    output: Path,
    *,
    yes: bool,
    as_json: bool,
) -> None:
    from referral_proto.cli.trust.facts import difference, record_document
    from referral_proto.errors import CallerError
    from referral_proto.model.records import AgencyRecord
    from referral_proto.trust.issue import read_record
    from referral_proto.trust.signed import countersign, record_digest

    signed, record = read_record(data)
    assert isinstance(record, AgencyRecord)
    before = _before(held, record.agency)
    # By its date alone a recovery may seem to be in force, where an objection halts it until one more signs.
    more = record.recovery is not None and signer is not None and signer.id not in {s.keyset for s in signed.signatures}
    if before is not None and _digest(before) == record_digest(signed.kind, signed.record) and not more:
        raise CallerError("issue.already", record.agency)
    if signer is not None:
        if signer.id not in {keys.id for keys in _entitled(held, record)}:
            raise CallerError("issue.not-entitled", signer.agency)
        # Signed in memory only: nothing leaves this program before the plan has its yes.
        data = countersign(data, signer)
    then = _outcome(held, data, now)
    plan = Plan(title, tuple(difference(before, data)), then)
    agree(plan, yes=yes, as_json=as_json)
    keep(output, data, "record")
    done(plan, record_document(data), as_json=as_json)


def _before(held: Held, agency: str) -> bytes | None:
    from referral_proto.trust.signed import sign_record

    # Unsigned: the record in force is wanted for what it says.
    return sign_record(held.directory.agency(agency)) if agency in held.directory.agencies() else None


def _digest(data: bytes) -> bytes:
    from referral_proto.trust.issue import read_record
    from referral_proto.trust.signed import record_digest

    signed, _ = read_record(data)
    return record_digest(signed.kind, signed.record)


def _registrars(held: Held, record: AgencyRecord) -> dict[str, VerifyingKeyset | None]:
    """Whose signature a record needs beside the agency's: country → registrar."""
    from referral_proto.ids import AgencyId, country_of

    countries = [country_of(AgencyId(record.agency))]
    if record.recovery is not None:
        countries.append(record.recovery.second_country)
    return {country: held.directory.chain.registrar(country, record.issued_at) for country in countries}


def _entitled(held: Held, record: AgencyRecord) -> list[VerifyingKeyset]:
    from referral_proto.crypto.keyset import VerifyingKeyset

    if record.agency in held.directory.agencies():
        # The keysets of the record before: a new key cannot speak for itself.
        own = held.directory.history(record.agency).good(record.issued_at)
    else:
        own = [VerifyingKeyset.parse(record.agency, one.ed25519, one.mldsa65) for one in record.signing_keysets]
    # A third country's registrar, or the founders, bring a recovery into force over the objection of a stolen key.
    third = [] if record.recovery is None else _third_hands(held.directory.chain, record.issued_at)
    return own + third + [keys for keys in _registrars(held, record).values() if keys is not None]


def _third_hands(chain: Federation, at: Moment) -> list[VerifyingKeyset]:
    founders, _ = chain.founders(at)
    return [*founders, *chain.registrars(at).values()]


def _outcome(held: Held, data: bytes, now: Moment) -> tuple[str, ...]:
    """What is next, in words. Raises PeerError if no further signature could bring the record into force."""
    from referral_proto.cli.trust.folder import trial
    from referral_proto.errors import PeerError
    from referral_proto.model.records import AgencyRecord
    from referral_proto.trust.issue import read_record

    signed, record = read_record(data)
    assert isinstance(record, AgencyRecord)
    missing = _missing(held, signed, record)
    tried = trial(held.records, held.directory.problems, [data], now)
    to_sign = tuple(f"the registrar of {country} signs it: `referral trust approve`" for country in missing)
    if not tried.code:
        if to_sign:
            # Beside a record that its registrar signed, one that nobody registered is passed over without a word.
            halted = {one.agency for one in tried.directory.alarms if one.code == "trust.recovery-halted"}
            return (*to_sign, _OBJECTION) if record.agency in halted else to_sign
        _in_force(tried.directory, data, record.agency)
        own = [alarm for alarm in tried.directory.alarms if alarm.agency == record.agency and alarm.effective_at]
        waits = [
            f"an alarm on every node; in force from {alarm.effective_at.iso()} unless the agency speaks up with a key"
            for alarm in own
            if alarm.code == "trust.recovery-pending" and alarm.effective_at is not None
        ]
        opposes = [
            "it opposes a recovery that waits, and the recovery falls: tell both registrars and the founding states"
            for alarm in own
            if alarm.code == "trust.recovery-opposed"
        ]
        return (_PUBLISH, *waits, *opposes)
    incomplete = {"trust.record-signature", "trust.recovery-unsupported"}
    if tried.code in incomplete and to_sign:
        return to_sign
    raise PeerError(tried.code, tried.agency)


def _in_force(directory: Directory, data: bytes, agency: str) -> None:
    """PeerError if the record has no part in the agency's chain, for a reason that was there before."""
    from referral_proto.errors import PeerError

    history, digest = directory.history(agency), _digest(data)
    if history.digest != digest and digest not in {alarm.digest for alarm in history.alarms}:
        raise history.problem or PeerError("trust.chain", agency)


def _missing(held: Held, signed: SignedRecord, record: AgencyRecord) -> list[str]:
    present = {one.keyset for one in signed.signatures}
    return [c for c, keys in _registrars(held, record).items() if keys is None or keys.id not in present]
