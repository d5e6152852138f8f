"""Law: two nodes that were shown different snapshots under one version find out, and hold the signed proof of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tuf.api.metadata import MetaFile

from referral_proto.adapters.trust_drafts import read
from referral_proto.adapters.trust_keys import KeyRole
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.adapters.trust_reading import signed_digest
from referral_proto.errors import PeerError
from referral_proto.ids import Digest
from referral_proto.moment import HOUR
from tests.adapters import trust_world as tw
from tests.adapters.trust_forge import altered, republished
from tests.adapters.trust_world import AT, CountingSource, World

LATER = AT.plus(2 * HOUR)
PATH = "metadata/2.snapshot.json"


@pytest.fixture(scope="module")
def deceived(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, TrustMirror, TrustMirror]:
    """The operator shows one node a revocation, so to speak, and the other node nothing."""
    world = World(tmp_path_factory.mktemp("split"))
    one, other = world.mirror("one"), world.mirror("other")
    for node in (one, other):
        node.refresh(world.source, AT)
    hiding = republished(world.copy(), {}, world.online, LATER)
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1)])
    world.publish(LATER)
    one.refresh(world.source, LATER)
    other.refresh(CountingSource(hiding), LATER)
    return world, one, other


def test_equal_views_are_equal(deceived: tuple[World, TrustMirror, TrustMirror]) -> None:
    _, one, other = deceived
    digest = other.digest_at(1)
    assert digest is not None
    assert digest == one.digest_at(1)
    assert one.compare(1, digest) is None
    assert one.digest_at(3) is None
    assert one.compare(3, Digest(bytes(32))) is None


def test_different_views_of_one_version_are_a_split_view_with_proof(
    deceived: tuple[World, TrustMirror, TrustMirror],
) -> None:
    _, one, other = deceived
    digest, theirs = other.digest_at(2), other.file(PATH)
    assert digest is not None
    assert one.state(LATER).snapshot_version == other.state(LATER).snapshot_version == 2
    claimed = one.compare(2, digest)
    assert claimed is not None
    assert not claimed.proved
    found = one.compare(2, digest, theirs)
    assert found is not None
    assert found.proved
    assert found.ours == one.file(PATH)
    assert found.theirs == theirs
    assert (found.our_digest, found.their_digest) == (one.digest_at(2), digest)


def test_evidence_that_nobody_signed_proves_nothing(deceived: tuple[World, TrustMirror, TrustMirror]) -> None:
    _, one, other = deceived
    theirs = other.file(PATH)
    assert theirs is not None
    stranger = tw.key(KeyRole.ONLINE, tw.OPERATOR, 9)
    for forged in (
        altered(theirs, lambda signed: signed.update(version=2), stranger),
        altered(theirs, lambda signed: signed.update(version=7), stranger),
        other.file("metadata/timestamp.json"),
        b"{}",
    ):
        found = one.compare(2, Digest(bytes(32)), forged)
        assert found is not None
        assert not found.proved


@given(junk=st.binary(max_size=200), version=st.integers(1, 3))
def test_nothing_a_peer_says_raises(
    deceived: tuple[World, TrustMirror, TrustMirror], junk: bytes, version: int
) -> None:
    _, one, _ = deceived
    found = one.compare(version, Digest((junk + bytes(32))[:32]), junk)
    assert found is None or not found.proved


def test_the_digest_is_that_of_what_is_signed(deceived: tuple[World, TrustMirror, TrustMirror]) -> None:
    _, one, _ = deceived
    data = one.file(PATH)
    assert data is not None
    assert signed_digest(data) == signed_digest(read(data).to_bytes() + b"\n") == one.digest_at(2)
    with pytest.raises(PeerError):
        signed_digest(b"{")


@pytest.mark.req("TRU-12")
def test_what_was_acted_on_is_remembered_with_its_file(tmp_path: Path) -> None:
    world = World(tmp_path)
    mirror, digests = world.mirror(), []
    for number in range(4):
        at = AT.plus(number * HOUR)
        world.country("xb", at)
        digests.append(world.publish(at).snapshot_version)
        mirror.refresh(world.source, at)
    again = world.mirror()
    assert all(again.digest_at(version) for version in digests)
    found = again.compare(digests[0], Digest(bytes(32)))
    assert found is not None
    assert found.ours == (world.folder / "metadata" / f"{digests[0]}.snapshot.json").read_bytes()


def test_two_snapshots_of_one_version_shown_to_one_node(tmp_path: Path) -> None:
    world = World(tmp_path)
    mirror = world.mirror()
    mirror.refresh(world.source, AT)
    again = read(world.copy()["metadata/1.snapshot.json"])
    again.signed.unrecognized_fields["x-invented"] = "another"
    again.sign(world.online.signer)
    files = world.copy() | {"metadata/1.snapshot.json": again.to_bytes()}
    timestamp = read(files["metadata/timestamp.json"])
    meta = MetaFile.from_data(1, again.to_bytes(), ["sha256"])
    timestamp.signed.version, timestamp.signed.snapshot_meta = 2, meta
    timestamp.sign(world.online.signer)
    files["metadata/timestamp.json"] = timestamp.to_bytes()
    with pytest.raises(PeerError) as caught:
        mirror.refresh(CountingSource(files), LATER)
    assert caught.value.code == "trust.split-view"
    assert mirror.state(LATER).snapshot_digest == mirror.digest_at(1)
