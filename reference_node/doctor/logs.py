"""What the doctor looks at in the logs: whether others can verify them, who watches them, proof that was found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from reference_node.doctor.findings import Finding, Grade
from reference_node.keys import log_key_file
from reference_node.trust.believe import Believed
from reference_node.witness.evidence import proofs_in, proved
from reference_node.witness.watched import identities, watchers
from referral_proto.adapters import disk
from referral_proto.errors import PeerError, ReferralError
from referral_proto.ids import AgencyId
from referral_proto.log.head import owner_of
from referral_proto.model.records import LogEntry
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from referral_proto.trust.logs import identity_of
from referral_proto.wire import decode

__all__ = ["against_logs", "enrolled"]

_LARGEST: Final = 16 * 1024


def enrolled(believed: Believed, agency: AgencyId, folder: Path, now: Moment) -> Finding:
    """Whether the records name the newest of the agency's logs whose entry lies in the relay's folder."""
    entries = _entries(folder, agency)
    if not entries:
        key = log_key_file(folder, agency)
        return Finding(Grade.SOON, "log", agency, "doctor.missing" if key.exists() else "doctor.log-key")
    newest = max(entries, key=lambda entry: entry.not_before_at)
    directory = believed.keeper.directory
    try:
        named = directory.current_log(newest.origin, now) == identity_of(newest)
    except PeerError:
        named = False
    if not named:
        return Finding(Grade.SOON, "log", newest.origin, "doctor.log-not-enrolled")
    who = watchers(directory, now)
    watched = f"{len(who.endpoints)} witnesses, of which {who.quorum} make a quorum" if who.endpoints else "no witness"
    return Finding(Grade.GOOD, "log", f"{newest.origin} is enrolled; {watched}")


def against_logs(directory: Directory, evidence: Path) -> Iterator[Finding]:
    """The proof that lies in the evidence folder, each file verified anew."""
    for proof in proofs_in(evidence):
        try:
            said = proved(proof, identities(directory, owner_of(proof.origin), proof.origin))
        except ReferralError as error:
            yield Finding(Grade.SOON, "log", f"{proof.path.name} proves nothing", error.code)
            continue
        code = "log.contradiction" if proof.contradiction else "log.behind"
        yield Finding(Grade.BAD, "log", f"{proof.origin}: {said} ({proof.path.name})", code)


def _entries(folder: Path, agency: AgencyId) -> list[LogEntry]:
    found: list[LogEntry] = []
    for path in folder.glob("log-*.entry"):
        try:
            entry = decode(LogEntry, disk.read(path, "log entry", _LARGEST))
            if owner_of(entry.origin) == agency:
                found.append(entry)
        except ReferralError:
            continue
    return found
