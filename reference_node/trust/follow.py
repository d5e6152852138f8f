"""Following the trust repository: refresh the mirror from whoever can be asked, compare views, keep proof.

A peer that shows old data renews nothing, and one that shows other data than ours under the same version is evidence
that somebody was deceived: both signed files go to a folder that nothing ever cleans. What a peer says without a signed
file is its word alone: one file for each operator, which never stands in the way of proof.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from reference_node.observe import Log
from referral_proto.adapters import disk
from referral_proto.adapters.trust_fetch import TrustSource
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.adapters.trust_state import SplitView
from referral_proto.errors import PeerError, ReferralError
from referral_proto.ids import AgencyId
from referral_proto.moment import Moment
from referral_proto.ports import Clock, TrustPost

__all__ = ["EVIDENCE", "Follower", "Peered", "evidence_in"]

EVIDENCE: Final = "split-*.json"
_MOST_ASKED: Final = 3
"""Peers of one round: one may be behind, or show what somebody wants this node to see."""
_MOST_EVIDENCE: Final = 100
"""Proofs; of mere words there is one for each operator."""
_LARGEST_EVIDENCE: Final = 16 * 1024 * 1024


class Peered(NamedTuple):
    """A relay that may be asked."""

    operator: AgencyId
    post: TrustPost


class Follower:
    """folder: a repository on this machine, asked first. peers: relays to ask, drawn anew each round.

    evidence: where proof of split views is put.
    """

    def __init__(
        self,
        mirror: TrustMirror,
        folder: TrustSource | None,
        peers: Callable[[int], Sequence[Peered]],
        evidence: Path,
        clock: Clock,
        log: Log,
    ) -> None:
        self._mirror, self._folder, self._peers = mirror, folder, peers
        self._evidence, self._clock, self._log = evidence, clock, log

    def turn(self) -> bool:
        """One round; whether anybody's offer could be taken. Raises nothing that a peer could cause."""
        taken = self._folder is not None and self._refresh(self._folder, None)
        for operator, post in self._peers(_MOST_ASKED):
            taken |= self._refresh(post, operator)
            self._compare(operator, post)
        return taken

    def _refresh(self, source: TrustSource, operator: AgencyId | None) -> bool:
        of = {} if operator is None else {"operator": operator}
        try:
            refreshed = self._mirror.refresh(source, self._clock.now())
        except ReferralError as error:
            self._log.warning("trust data could not be refreshed", code=error.code, **of)
            return False
        if refreshed.fetched:
            self._log.info("trust data were refreshed", count=refreshed.fetched, **of)
        return True

    def _compare(self, operator: AgencyId, post: TrustPost) -> None:
        try:
            shown = post.snapshot()
            if shown is None or self._mirror.compare(*shown) is None:
                return
            theirs: bytes | None
            try:
                theirs = post.trust_file(f"metadata/{shown[0]}.snapshot.json")
            except PeerError:
                theirs = None
            split = self._mirror.compare(*shown, theirs)
            if split is not None:
                self._log.error("two views of the trust data", code="trust.split-view", operator=operator)
                self._keep(operator, split, self._clock.now())
        except ReferralError as error:
            self._log.warning("views could not be compared", code=error.code, operator=operator)

    def _keep(self, operator: AgencyId, split: SplitView, at: Moment) -> None:
        """Proof once for each pair of views, as many peers may show the same; mere words once for each operator."""
        view = f"{split.version}-{split.their_digest.hex()[:16]}"
        name = f"split-{view}.json" if split.proved else f"split-unproved-{operator}.json"
        if split.proved:
            proved = [one for one in evidence_in(self._evidence) if not one.startswith("split-unproved-")]
            if name in proved and _is_proof(self._evidence / name):
                return
            full = name not in proved and len(proved) >= _MOST_EVIDENCE
        else:
            full = (self._evidence / name).exists()
        if full:
            return
        proof = {
            "version": split.version,
            "shown_by": operator,
            "noticed_at": at.iso(),
            "our_digest": split.our_digest.hex(),
            "their_digest": split.their_digest.hex(),
            "both_are_signed": split.proved,
            "our_snapshot_base64": _text(split.ours),
            "their_snapshot_base64": _text(split.theirs),
        }
        try:
            self._evidence.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            self._log.error("evidence could not be kept", code="file.failed")
            return
        disk.write(self._evidence / name, (json.dumps(proof, indent=1) + "\n").encode(), "evidence", replace=True)


def evidence_in(folder: Path) -> list[str]:
    """Names of the proofs that lie there, sorted."""
    return sorted(path.name for path in folder.glob(EVIDENCE))


def _is_proof(file: Path) -> bool:
    """Files of earlier versions bear the name of a proof and may be mere words."""
    try:
        return json.loads(disk.read(file, "evidence", _LARGEST_EVIDENCE))["both_are_signed"] is True
    except (ReferralError, ValueError, KeyError, TypeError):
        return False


def _text(data: bytes | None) -> str | None:
    return None if data is None else b64encode(data).decode("ascii")
