"""A fork of the whole repository, signed by all its keys: two nodes act on it, and comparing brings it to light."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from tuf.api.metadata import Root

from reference_node.doctor.visit import visit_relay
from reference_node.trust.follow import evidence_in
from referral_proto.adapters.trust_drafts import read, read_as
from referral_proto.ids import AgencyId
from referral_proto.moment import HOUR
from referral_proto.trust.amend import withdraw
from tests.relay.published import Published
from tests.relay.relays import Pair
from tests.relay.world import KH, SHELTER, START, TH, World


class Forked:
    """Whoever holds every key shows th.dsdw that th.shelter has left, and kh.mosvy that nothing has happened."""

    def __init__(self, folder: Path) -> None:
        self.world = World.founded()
        before = START.plus(-HOUR)
        self.shown = {to: Published(self.world, folder / f"shown-to-{to}", before) for to in (TH, KH)}
        self.pair = Pair(folder, self.world, own={to: one.settings(folder=True) for to, one in self.shown.items()})

    def fork(self) -> None:
        now = self.pair.clock.now()
        history = self.world.directory.history(SHELTER)
        self.shown[TH].country("th", now, [withdraw(history, now, self.world.registrars["th"])])
        self.shown[KH].country("th", now, [])
        for one in self.shown.values():
            one.publish(now)

    def follow(self) -> None:
        """Twice: at the first turn the one who asks first is ahead, and there is nothing to compare."""
        for to in (TH, KH, TH, KH):
            self.pair.apps[to].following.turn()

    def log(self, of: AgencyId) -> str:
        return (self.pair.apps[of].settings.records.parent / "relay.log").read_text("utf-8")


@pytest.fixture
def forked(tmp_path: Path) -> Iterator[Forked]:
    made = Forked(tmp_path)
    yield made
    made.pair.close()


@pytest.mark.req("TRU-13")
def test_a_fork_with_every_signature_is_found_named_and_kept(forked: Forked) -> None:
    forked.follow()
    for one in forked.pair.apps.values():
        # As long as both were shown the same there is nothing to tell.
        assert evidence_in(one.settings.trust.evidence) == []
    forked.fork()
    forked.follow()
    shown = {to: forked.pair.apps[to].following.counter.snapshot() for to in (TH, KH)}
    views = {to: one for to, one in shown.items() if one is not None}
    assert views[TH][0] == views[KH][0] and views[TH][1] != views[KH][1]
    # Each acts on what it was shown.
    assert forked.pair.apps[TH].trust.withdrawn(SHELTER)
    assert not forked.pair.apps[KH].trust.withdrawn(SHELTER)
    for own, other in ((TH, KH), (KH, TH)):
        app = forked.pair.apps[own]
        (name,) = evidence_in(app.settings.trust.evidence)
        proof = json.loads((app.settings.trust.evidence / name).read_text("utf-8"))
        assert (proof["version"], proof["shown_by"], proof["both_are_signed"]) == (views[own][0], other, True)
        assert {proof["our_digest"], proof["their_digest"]} == {digest.hex() for _, digest in views.values()}
        assert '"code": "trust.split-view"' in forked.log(own)
        assert next(value for key, value in gauges(app.metrics) if key == "referral_trust_split_views") == 1.0
        found = {one.code: one for one in visit_relay(app.settings, forked.pair.clock)}
        assert (found["trust.split-view"].grade, found["trust.split-view"].detail) == ("bad", name)


def test_the_evidence_convinces_whoever_has_the_root_alone(forked: Forked) -> None:
    forked.follow()
    forked.fork()
    forked.follow()
    folder = forked.pair.apps[KH].settings.trust.evidence
    proof = json.loads((folder / evidence_in(folder)[0]).read_text("utf-8"))
    root = read_as(Root, forked.shown[KH].bootstrap.read_bytes())
    for whose in ("our", "their"):
        snapshot = read(b64decode(proof[f"{whose}_snapshot_base64"]))
        root.verify_delegate("snapshot", snapshot.signed_bytes, snapshot.signatures)
        assert snapshot.signed.version == proof["version"]
        assert sha256(snapshot.signed_bytes).hexdigest() == proof[f"{whose}_digest"]


def gauges(metrics: object) -> list[tuple[str, float]]:
    return [
        (sample.name, sample.value)
        for family in metrics.collect()  # type: ignore[attr-defined]
        for sample in family.samples
    ]
