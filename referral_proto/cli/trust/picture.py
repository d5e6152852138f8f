"""Trust data as one JSON-ready tree and as lines: the same facts for `show` and its --json. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from referral_proto.adapters.trust_drafts import read, tallies
from referral_proto.adapters.trust_repository import TrustRepository
from referral_proto.cli.voice import Style
from referral_proto.crypto.keyset import VerifyingKeyset
from referral_proto.crypto.keytext import fingerprint
from referral_proto.ids import AgencyId, KeysetId
from referral_proto.model.records import EndedKey, LogEntry, PublicKeyset, WitnessEntry
from referral_proto.moment import Moment
from referral_proto.trust.changes import expiring
from referral_proto.trust.directory import Directory
from referral_proto.trust.logs import witness_id
from referral_proto.trust.standing import Status

__all__ = ["lines", "picture", "role_changes", "roles"]

_STYLES = {Status.VALID: Style.GOOD, Status.CONTESTED: Style.BAD, Status.NOT_VALID: Style.QUIET}


def picture(directory: Directory, at: Moment, only: AgencyId | None = None) -> dict[str, Any]:
    """Federation, agencies, alarms, problems, what expires. PeerError trust.unknown-agency."""
    agencies = directory.agencies() if only is None else (only,)
    shown: dict[str, Any] = {"at": at.iso()}
    if only is None:
        shown["federation"] = _federation(directory, at)
    shown["agencies"] = [_agency(directory, agency, at) for agency in agencies]
    shown["alarms"] = [
        {"code": one.code, "agency": one.agency, "effective_at": one.effective_at and one.effective_at.iso()}
        for one in directory.alarms
        # One that nobody confirmed may have no record in force at all.
        if only in (None, one.agency)
    ]
    shown["problems"] = [
        {"code": one.code, "agency": one.agency} for one in directory.problems if only in (None, one.agency)
    ]
    shown["expiring"] = [
        {"agency": one.agency, "what": one.what, "ends_at": one.ends_at.iso()}
        for agency in agencies
        if not directory.withdrawn(agency, at)
        for one in expiring(directory, agency, at)
        # Opening keys are served by relays: a repository that has none says nothing about them.
        if one.what != "opening-key" or directory.opening_key_ends(agency, at) is not None
    ]
    return shown


def roles(repository: TrustRepository) -> list[dict[str, Any]]:
    """The repository's metadata in force: version, expiry, who of how many has signed."""
    root, targets = repository.current("root"), repository.current("targets")
    found: list[dict[str, Any]] = []
    for role in ("root", "targets", *repository.countries(), "snapshot", "timestamp"):
        held = repository.current(role)
        delegator = targets if role.startswith("country-") else root
        if held is None or delegator is None:
            found.append({"role": role, "version": None})
            continue
        whole = read(held).signed
        (tally,) = tallies(held, delegator)
        found.append(
            {
                "role": role,
                "version": whole.version,
                "expires_at": Moment(int(whole.expires.timestamp())).iso(),
                "threshold": tally.threshold,
                "signed": list(tally.signed),
                "unsigned": list(tally.unsigned),
            }
        )
    return found


def role_changes(old: TrustRepository | None, new: TrustRepository | None) -> Iterator[str]:
    """Roles whose version differs."""
    if old is None or new is None:
        return
    before = {one["role"]: one["version"] for one in roles(old)}
    for one in roles(new):
        was = before.pop(one["role"], None)
        if was != one["version"]:
            yield f"role {one['role']} {was or 'none'} → {one['version']}"
    yield from (f"role {role} {was} → none" for role, was in before.items())


def lines(shown: dict[str, Any]) -> Iterator[tuple[str, Style]]:
    """The picture for a person to read."""
    yield f"as it stands at {shown['at']}", Style.QUIET
    if "federation" in shown:
        yield from _federation_lines(shown["federation"])
    for one in shown.get("roles", ()):
        if one["version"] is None:
            yield f"role {one['role']}: nothing published", Style.MARK
        else:
            signed = f"{len(one['signed'])} signed, {one['threshold']} needed"
            yield f"role {one['role']}: version {one['version']}, until {one['expires_at']}, {signed}", Style.PLAIN
    for one in shown["agencies"]:
        yield from _agency_lines(one)
    for one in shown["alarms"]:
        effective = f", from {one['effective_at']}" if one["effective_at"] else ""
        yield f"alarm [{one['code']}]: {one['agency']}{effective}", Style.BAD
    for one in shown["problems"]:
        yield f"not in force [{one['code']}]: {one['agency'] or 'a record'}", Style.BAD
    for one in shown["expiring"]:
        yield f"ends soon: {one['what']} of {one['agency']}, {one['ends_at']}", Style.MARK


def _federation(directory: Directory, at: Moment) -> dict[str, Any]:
    record = directory.federation
    return {
        "name": record.name,
        "sequence": record.sequence,
        "root": directory.chain.root.hex(),
        "head": directory.chain.head.hex(),
        "threshold": record.threshold,
        "founders": [_named(one) for one in record.founders],
        "registrars": [{"country": one.country} | _named(one.keyset) for one in record.registrars],
        "witnesses": [_witness(directory, one, at) for one in record.witnesses],
        "quorum": record.quorum,
        "ended": [_ended(one) for one in record.ended],
        "recovery_delay_seconds": directory.chain.recovery_delay,
        "stale_limit_seconds": directory.chain.stale_limit,
    }


def _witness(directory: Directory, entry: WitnessEntry, at: Moment) -> dict[str, Any]:
    counted = {one.name for one in directory.witnesses(at).members}
    return {
        "name": entry.name,
        "country": entry.country,
        "url": entry.url,
        "key": fingerprint(witness_id(entry)),
        "counts": entry.name in counted,
    }


def _ended(one: EndedKey) -> dict[str, Any]:
    since = one.compromised_since_at
    return {
        "holder": one.holder,
        "key": fingerprint(one.key),
        "ended_at": one.ended_at.iso(),
        "compromised_since": since and since.iso(),
    }


def _named(keys: PublicKeyset) -> dict[str, str]:
    found = VerifyingKeyset.parse(keys.agency, keys.ed25519, keys.mldsa65)
    return {"agency": keys.agency, "key": fingerprint(found.id)}


def _agency(directory: Directory, agency: AgencyId, at: Moment) -> dict[str, Any]:
    history = directory.history(agency)
    record = history.record
    return {
        "agency": agency,
        "sequence": record.sequence,
        "names": {one.language: one.text for one in record.names},
        "mandates": [one.name for one in record.mandates],
        "relay": record.relay,
        "withdrawn_at": record.withdrawn_at and record.withdrawn_at.iso(),
        "keysets": [_keyset(directory, agency, id_, at) for id_ in history.keysets],
        "logs": [_log(one) for one in directory.logs(agency)],
    }


def _log(entry: LogEntry) -> dict[str, Any]:
    return {
        "origin": entry.origin,
        "from": entry.not_before_at.iso(),
        "ended_at": entry.ended_at and entry.ended_at.iso(),
        "compromised_since": entry.compromised_since_at and entry.compromised_since_at.iso(),
        "ed25519": entry.ed25519.hex(),
    }


def _keyset(directory: Directory, agency: AgencyId, keyset: KeysetId, at: Moment) -> dict[str, Any]:
    entry = directory.history(agency).keysets[keyset].entry
    standing = directory.standing(agency, keyset, at)
    return {
        "key": fingerprint(keyset),
        "status": standing.status.value,
        "why": standing.code,
        "from": entry.not_before_at.iso(),
        "until": entry.not_after_at.iso(),
        "revoked_at": entry.revoked_at and entry.revoked_at.iso(),
        "compromised_since": entry.compromised_since_at and entry.compromised_since_at.iso(),
        "asserted_by": entry.compromise_asserted_by,
        "asserted_at": entry.compromise_asserted_at and entry.compromise_asserted_at.iso(),
    }


def _federation_lines(federation: dict[str, Any]) -> Iterator[tuple[str, Style]]:
    yield f"federation {federation['name']}, record {federation['sequence']}", Style.HEAD
    yield f"  first record: {federation['root']}", Style.PLAIN
    yield f"  {federation['threshold']} of {len(federation['founders'])} founders sign", Style.PLAIN
    for one in federation["founders"]:
        yield f"  founder: {one['agency']}, key {one['key']}", Style.PLAIN
    for one in federation["registrars"]:
        yield f"  registrar of {one['country']}: {one['agency']}, key {one['key']}", Style.PLAIN
    for one in federation["witnesses"]:
        yield f"  witness of {one['country']}: {one['name']} at {one['url']}, key {one['key']}", Style.PLAIN
    if federation["witnesses"]:
        yield f"  {federation['quorum']} of {len(federation['witnesses'])} witnesses make a time trusted", Style.PLAIN
    for one in federation["ended"]:
        text = f"  ended: key {one['key']} of {one['holder']}, {one['ended_at']}"
        if one["compromised_since"]:
            yield f"{text}, compromised since {one['compromised_since']}", Style.BAD
        else:
            yield text, Style.QUIET


def _agency_lines(agency: dict[str, Any]) -> Iterator[tuple[str, Style]]:
    gone = f", withdrawn {agency['withdrawn_at']}" if agency["withdrawn_at"] else ""
    names = ", ".join(agency["names"].values())
    yield f"{agency['agency']} ({names}), record {agency['sequence']}, relay {agency['relay']}{gone}", Style.HEAD
    for one in agency["keysets"]:
        text = f"  {one['status']}: key {one['key']}, {one['from']} to {one['until']}"
        text += f", revoked {one['revoked_at']}" if one["revoked_at"] else ""
        if one["compromised_since"]:
            text += f", compromised since {one['compromised_since']}"
            text += f", says {one['asserted_by']} since {one['asserted_at']}"
        yield text, _STYLES.get(Status(one["status"]), Style.PLAIN)
    for one in agency["logs"]:
        ended = f", ended {one['ended_at']}" if one["ended_at"] else ""
        text = f"  log {one['origin']}, from {one['from']}{ended}"
        if one["compromised_since"]:
            yield f"{text}, compromised since {one['compromised_since']}", Style.BAD
        else:
            yield text, Style.QUIET if ended else Style.PLAIN
    if not agency["logs"] and not agency["withdrawn_at"]:
        yield "  no log: nobody can verify this agency's receipts", Style.MARK
