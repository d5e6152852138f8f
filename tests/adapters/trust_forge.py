"""What somebody with stolen keys can publish: repositories that the honest tools refuse to make. For attacks only."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from tuf.api.metadata import Metadata, MetaFile, Snapshot, Timestamp

from referral_proto.adapters.trust_drafts import ISSUED_AT, read
from referral_proto.adapters.trust_keys import RepositoryKey
from referral_proto.moment import DAY, Moment

Files = dict[str, bytes]


def altered(metadata: bytes, change: Callable[[dict[str, Any]], object], *by: RepositoryKey) -> bytes:
    """Metadata whose signed part was changed, signed anew by these keys only."""
    tree = json.loads(metadata)
    change(tree["signed"])
    whole = read(json.dumps({"signatures": [], "signed": tree["signed"]}).encode())
    for key in by:
        whole.sign(key.signer, append=True)
    return whole.to_bytes()


def republished(
    files: Mapping[str, bytes],
    changed: Mapping[str, bytes],
    online: RepositoryKey,
    at: Moment,
    *,
    jump: int = 1,
    hashes: bool = True,
) -> Files:
    """The repository with these role files in it, whatever they hold, under a new snapshot and timestamp."""
    made = dict(files)
    timestamp = read(made["metadata/timestamp.json"]).signed
    meta = dict(read(made[f"metadata/{timestamp.snapshot_meta.version}.snapshot.json"]).signed.meta)
    for role, data in changed.items():
        version = json.loads(data)["signed"]["version"]
        made[f"metadata/{version}.{role}.json"] = data
        meta[f"{role}.json"] = _meta(version, data, hashes)
    version = timestamp.snapshot_meta.version + jump
    snapshot = _signed(Snapshot(version=version, meta=meta), online, at, 30)
    made[f"metadata/{version}.snapshot.json"] = snapshot
    pointer = Timestamp(version=timestamp.version + jump, snapshot_meta=_meta(version, snapshot, hashes))
    made["metadata/timestamp.json"] = _signed(pointer, online, at, 7)
    return made


def _meta(version: int, data: bytes, hashes: bool) -> MetaFile:
    return MetaFile.from_data(version, data, ["sha256"]) if hashes else MetaFile(version)


def _signed(signed: Any, online: RepositoryKey, at: Moment, days: int) -> bytes:
    signed.expires = datetime.fromtimestamp(at.plus(days * DAY), UTC)
    signed.unrecognized_fields[ISSUED_AT] = at.iso()
    whole: Metadata[Any] = Metadata(signed)
    whole.sign(online.signer)
    return whole.to_bytes()
