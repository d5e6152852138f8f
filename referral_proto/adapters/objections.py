"""Objections that a person put into the records folder: an agency's word against a recovery, without its registrar.

No registrar lists them, so they come by hand, from the agency, to whoever runs a node. Only what bears signatures in
the agency's own name is taken: whatever a registrar signed comes through the repository. Whether it halts anything is
decided by `trust`. It counts from when its file was last written here.
"""

from __future__ import annotations

from pathlib import Path

from referral_proto.adapters import disk
from referral_proto.adapters.records import SUFFIX
from referral_proto.errors import CallerError, PeerError, WorldError
from referral_proto.model.records import AgencyRecord
from referral_proto.moment import Moment
from referral_proto.trust.issue import read_record

__all__ = ["objections_from"]

_LARGEST = 256 * 1024
_MOST = 1_000


def objections_from(folder: Path) -> dict[bytes, Moment]:
    """Each objection in the folder, and when its file was last written. What cannot be read is none."""
    found: dict[bytes, Moment] = {}
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == SUFFIX) if folder.is_dir() else []
    except OSError:
        return {}
    for path in paths:
        try:
            data, written = disk.read(path, "record", _LARGEST), Moment(int(path.stat().st_mtime))
        except (CallerError, PeerError, WorldError, OSError, ValueError):
            continue
        if _objects(data):
            found[data] = written
        if len(found) >= _MOST:
            break
    return found


def _objects(data: bytes) -> bool:
    try:
        signed, record = read_record(data)
    except PeerError:
        return False
    if not isinstance(record, AgencyRecord) or record.recovery is not None:
        return False
    return {one.signer for one in signed.signatures} == {record.agency}
