"""Proof against logs, as files: kept once and never cleaned. Judges only what `judge` judges; accuses nobody by itself.

    log-ORIGIN-DIGEST.contradiction   a wire-encoded LogContradiction: two statements that one honest log cannot sign
    log-ORIGIN-DIGEST.seen.json       a checkpoint that somebody holds of a log, beside what its database holds

A slash in ORIGIN is written `_`. The first kind convicts the keeper of the log before anybody. The second shows that a
database lacks what its log has signed, and so that it was lost or restored from a copy.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from referral_proto.adapters import disk
from referral_proto.errors import PeerError, ReferralError, WorldError
from referral_proto.log.checkpoint import LogIdentity, read_head, verify_checkpoint
from referral_proto.log.contradiction import judge
from referral_proto.moment import Moment

__all__ = ["Proof", "keep_contradiction", "keep_sighting", "proofs_in", "proved"]

_NAME: Final = re.compile(r"log-([A-Za-z0-9._-]{1,200})-[0-9a-f]{16}\.(contradiction|seen\.json)", re.ASCII)
_MOST: Final = 100
"""Files in one folder: enough for any court, too little to fill a disk."""
_LARGEST: Final = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Proof:
    """A file of evidence against the log `origin`. contradiction: of the first kind."""

    path: Path
    origin: str
    contradiction: bool


def keep_contradiction(folder: Path, origin: str, evidence: bytes) -> Path:
    """Keep it; the same once. WorldError file.*."""
    return _keep(folder, origin, evidence, evidence, "contradiction")


def keep_sighting(folder: Path, origin: str, theirs: bytes, ours: bytes | None, shown_by: str, at: Moment) -> Path:
    """Keep a checkpoint of `origin` that `shown_by` holds, beside the newest of this database. WorldError file.*."""
    said = {
        "origin": origin,
        "shown_by": shown_by,
        "noticed_at": at.iso(),
        "theirs_base64": b64encode(theirs).decode("ascii"),
        "ours_base64": None if ours is None else b64encode(ours).decode("ascii"),
    }
    named = theirs.split(b"\n\n")[0] + b"\n\n" + (ours or b"").split(b"\n\n")[0]
    return _keep(folder, origin, (json.dumps(said, indent=1) + "\n").encode(), named, "seen.json")


def proofs_in(folder: Path) -> list[Proof]:
    """What lies there, by name; other files are passed over."""
    found = []
    for path in sorted(folder.glob("log-*")):
        match = _NAME.fullmatch(path.name)
        if match is not None:
            found.append(Proof(path, match[1].replace("_", "/"), match[2] == "contradiction"))
    return found


def proved(proof: Proof, known: Iterable[LogIdentity]) -> str:
    """What the file proves, in words; `known`: the keys under which the log signed.

    PeerError as `judge` and `verify_checkpoint`, trust.unknown-log (no keys are known); WorldError file.*.
    """
    data = disk.read(proof.path, "evidence", _LARGEST)
    failure: ReferralError = PeerError("trust.unknown-log", proof.origin)
    for identity in known:
        try:
            return _contradiction(data, identity) if proof.contradiction else _sighting(data, identity)
        except PeerError as error:
            failure = error
    raise failure


def _contradiction(data: bytes, identity: LogIdentity) -> str:
    found = judge(data, identity)
    kind = found.kind.name.lower().replace("_", " ")
    first = f"size {found.first.size:,} at {found.first_at.iso()}"
    return f"{kind}: it signed {first} and size {found.second.size:,} at {found.second_at.iso()}"


def _sighting(data: bytes, identity: LogIdentity) -> str:
    try:
        said = json.loads(data)
        theirs = b64decode(said["theirs_base64"], validate=True)
        ours = said["ours_base64"] and b64decode(said["ours_base64"], validate=True)
        by, at = str(said["shown_by"])[:100], str(said["noticed_at"])[:40]
    except (ValueError, KeyError, TypeError, Error):
        raise PeerError("note.malformed", "evidence") from None
    known = verify_checkpoint(theirs, identity)
    held = "nothing" if not ours else f"size {read_head(ours).size:,}"
    return f"it signed size {known.size:,} at {known.signed_at.iso()}, held by {by}; on {at} the database held {held}"


def _keep(folder: Path, origin: str, data: bytes, named: bytes, kind: str) -> Path:
    path = folder / f"log-{origin.replace('/', '_')}-{sha256(named).hexdigest()[:16]}.{kind}"
    if path.exists():
        return path
    if len(proofs_in(folder)) >= _MOST:
        raise WorldError("file.full", "evidence")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise WorldError("file.failed", "evidence") from None
    disk.write(path, data, "evidence", secret=True, replace=True)
    return path
