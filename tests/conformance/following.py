"""Verbs `refresh` and `standing`: a node follows a trust repository; how a keyset stood when something was received.

The library's side of what `spec/README.md` asks of every implementation, as `verbs`.
"""

from __future__ import annotations

import tempfile
from base64 import b64decode
from pathlib import Path
from typing import Any

from referral_proto.adapters.trust_fetch import ServedSource
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.adapters.trust_paths import target_path
from referral_proto.errors import ReferralError
from referral_proto.ids import Digest
from referral_proto.moment import Moment
from referral_proto.trust.directory import Directory
from tests.conformance import make_repository, world

Given = dict[str, Any]
BOOTSTRAP = "metadata/1.root.json"


def refresh(given: Given) -> Given:
    """A node that holds `held`, or nothing, is offered `offered`, or has no line, and is asked at `at`."""
    at, held = Moment.parse(given["at"]), given["held"]
    with tempfile.TemporaryDirectory(prefix="vectors-") as folder:
        mirror = TrustMirror(Path(folder), make_repository.files()[BOOTSTRAP])
        then = at if held is None else Moment.parse(held["at"])
        if held is not None:
            mirror.refresh(ServedSource(_offered(held).get), then)
        if given["offered"] is not None:
            before = None if held is None else mirror.state(then)
            try:
                mirror.refresh(ServedSource(_offered(given["offered"]).get), at)
            except ReferralError:
                assert before is None or mirror.state(then) == before, "a refused refresh changed what is held"
                raise
        state = mirror.state(at)
    return {
        "root_version": state.root_version,
        "snapshot_version": state.snapshot_version,
        "snapshot_digest": state.snapshot_digest.hex(),
        "records": sorted(map(target_path, state.records)),
        "left_out": sorted([n.code, n.where] for n in state.warnings if n.code.startswith("trust.repository-")),
        "expired": sorted(state.expired),
    }


def _offered(said: Given) -> dict[str, bytes]:
    changed = {path: world.content(data) for path, data in said.get("changed", {}).items()}
    whole = make_repository.files(said["repository"]) | changed
    return {path: data for path, data in whole.items() if path not in said.get("removed", ())}


def standing(given: Given) -> Given:
    """How a keyset stood when something was received, by what is known at `at`."""
    received = None if given["received_at"] is None else Moment.parse(given["received_at"])
    found = folded(given).standing(given["agency"], bytes.fromhex(given["keyset"]), received)
    said = {
        "code": found.code,
        "since": found.since and found.since.iso(),
        "asserted_by": found.asserted_by,
        "asserted_at": found.asserted_at and found.asserted_at.iso(),
    }
    return {"status": found.status.value} | {name: value for name, value in said.items() if value}


def folded(given: Given) -> Directory:
    """The directory of the records in `base` and `more`, as they stand at `at`, first seen as `seen` says."""
    base = [record for name in given["base"] for record in world.records(name)]
    return Directory.fold(
        [*base, *(b64decode(one, validate=True) for one in given["more"])],
        root=Digest(bytes.fromhex(given["root"])) if "root" in given else None,
        at=Moment.parse(given["at"]) if "at" in given else None,
        seen={Digest(bytes.fromhex(one)): Moment.parse(moment) for one, moment in given.get("seen", {}).items()},
        lenient=given.get("lenient", False),
    )


def fold(given: Given) -> Given:
    """What comes out of `fold`; with `at` also the alarms, and which keysets are good then; with `lenient` what is not
    in force, and why.
    """
    directory = folded(given)
    said: Given = {
        "agencies": list(directory.agencies()),
        "max_lifetime": directory.max_lifetime,
        "max_skew": directory.max_skew,
    }
    if given.get("lenient", False):
        said["problems"] = sorted([one.code, one.agency] for one in directory.problems)
    if "at" not in given:
        return said
    at = Moment.parse(given["at"])
    alarms = [
        {"code": a.code, "agency": a.agency, "effective_at": a.effective_at and a.effective_at.iso()}
        for a in directory.alarms
    ]
    good = {name: sorted(k.id.hex() for k in directory.history(name).good(at)) for name in directory.agencies()}
    return said | {"alarms": alarms, "keysets": good}
