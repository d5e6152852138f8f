"""Files of evidence: bundles (`*.evidence`), and the root that an auditor holds (`root.json`). Judges nothing.

    {"federation": "…", "root": "<64 hex digits: digest of the first federation record>", "note": "…"}

The root is what everything hangs on: it comes to the auditor by another way than the evidence.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from referral_proto.adapters import disk
from referral_proto.errors import CallerError, PeerError, WorldError
from referral_proto.ids import Digest, digest
from referral_proto.model.codes.federation import RecordKind
from referral_proto.model.evidence import MAX_BUNDLE
from referral_proto.model.records import FederationRecord, SignedRecord
from referral_proto.trust.signed import record_digest, unsigned
from referral_proto.wire import decode

__all__ = [
    "LARGEST",
    "SUFFIX",
    "evidence_in",
    "read_evidence",
    "read_root",
    "root_text",
    "write_evidence",
    "write_root",
]

SUFFIX: Final = ".evidence"
LARGEST: Final = MAX_BUNDLE
MOST_FILES: Final = 200_000
_ROLE: Final = "evidence"
_ROOT: Final = "root file"
_HEX: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NOTE: Final = "Digest of the federation's first record. Compare it with the one that a founding state published."


def read_evidence(path: Path, role: str = _ROLE) -> bytes:
    """The bytes of a bundle, or of any other file that is to be verified. Raises as `disk.read`."""
    return disk.read(path, role, LARGEST)


def write_evidence(path: Path, bundle: bytes, *, replace: bool = False) -> None:
    """Whole or not at all. Raises as `disk.write`."""
    disk.write(path, bundle, _ROLE, replace=replace)


def evidence_in(folder: Path) -> list[Path]:
    """Every bundle in the folder, by name; folders in it are not looked into.

    CallerError evidence.no-file; WorldError file.permission, file.failed.
    """
    try:
        found = sorted(one for one in folder.iterdir() if one.suffix == SUFFIX and not one.name.startswith("."))
    except PermissionError:
        raise WorldError("file.permission", _ROLE) from None
    except OSError:
        raise WorldError("file.failed", _ROLE) from None
    if not found or len(found) > MOST_FILES:
        raise CallerError("evidence.no-file")
    return found


def read_root(path: Path) -> Digest:
    """The root of a root file. CallerError evidence.root-file; and as `disk.read`."""
    data = disk.read(path, _ROOT, 64 * 1024)
    try:
        said = json.loads(data)
        root = said["root"]
        if not isinstance(root, str) or _HEX.fullmatch(root) is None or set(said) - {"federation", "root", "note"}:
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CallerError("evidence.root-file") from None
    return digest(bytes.fromhex(root))


def root_text(records: list[bytes]) -> tuple[str, Digest]:
    """The text of the root file for the federation whose first record is among these, and the root itself.

    CallerError trust.no-federation: there is none, or more than one.
    """
    found: dict[Digest, str] = {}
    for data in records:
        try:
            signed = decode(SignedRecord, data)
            if signed.kind is not RecordKind.FEDERATION:
                continue
            record = unsigned(FederationRecord, signed)
        except PeerError:
            continue
        if record.previous is None:
            found[record_digest(signed.kind, signed.record)] = record.name
    if len(found) != 1:
        raise CallerError("trust.no-federation")
    ((root, name),) = found.items()
    return json.dumps(
        {"federation": name, "root": root.hex(), "note": _NOTE}, ensure_ascii=False, indent=2
    ) + "\n", root


def write_root(path: Path, text: str, *, replace: bool = False) -> None:
    """Raises as `disk.write`."""
    disk.write(path, text.encode(), _ROOT, replace=replace)
