"""Following a repository: what a liar says takes no place from proof, and a slow source holds nobody up."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from reference_node.observe import open_log
from reference_node.settings import LogSettings
from reference_node.trust.follow import Follower, Peered, evidence_in
from referral_proto.adapters import trust_mirror
from referral_proto.adapters.trust_fetch import FolderSource, TrustFetcher
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, Digest
from referral_proto.moment import Moment
from tests.adapters.trust_world import AT, NGO, POLICE, SHELTER, World, relay


class Clock:
    def now(self) -> Moment:
        return AT.plus(10)


class Liar:
    """Names a digest and shows no file."""

    def __init__(self, version: int, digest: bytes) -> None:
        self._shown = version, Digest(digest)

    def snapshot(self) -> tuple[int, Digest]:
        return self._shown

    def trust_file(self, path: str) -> bytes:
        raise PeerError("trust.no-file")

    def opening_keys(self, agency: AgencyId) -> tuple[bytes, ...]:
        return ()


class Deceived(Liar):
    """Was shown another view, which was signed too."""

    def __init__(self, version: int, digest: bytes, source: FolderSource) -> None:
        super().__init__(version, digest)
        self._source = source

    def trust_file(self, path: str) -> bytes:
        return self._source.trust_file(path)


class Split:
    """Two views under one version, both signed; and a follower that has one of them."""

    def __init__(self, folder: Path) -> None:
        one, other = World(folder / "one"), World(folder / "other")
        mirror = one.mirror()
        mirror.refresh(one.source, AT)
        one.country("xb", AT.plus(9), [relay(POLICE, 1)])
        other.country("xa", AT.plus(9), [relay(SHELTER, 1)])
        for world in (one, other):
            world.publish(AT.plus(9))
        mirror.refresh(one.source, AT.plus(9))
        theirs = other.mirror()
        theirs.refresh(other.source, AT.plus(9))
        self.version = mirror.state(AT.plus(9)).snapshot_version
        digest = theirs.digest_at(self.version)
        assert digest is not None
        self.digest, self.evidence, self.peers = digest, folder / "evidence", list[Peered]()
        self.deceived = Deceived(self.version, digest, other.source)
        log = open_log(LogSettings(file=folder / "log"), "relay", NGO)
        self.follower = Follower(mirror, None, lambda _: self.peers, self.evidence, Clock(), log)

    def meet(self, operator: AgencyId, post: Any) -> None:
        self.follower._compare(operator, post)

    def kept(self) -> list[dict[str, Any]]:
        return [json.loads((self.evidence / name).read_text("utf-8")) for name in evidence_in(self.evidence)]

    def proofs(self) -> list[dict[str, Any]]:
        return [one for one in self.kept() if one["both_are_signed"]]


@pytest.fixture
def split(tmp_path: Path) -> Split:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    return Split(tmp_path)


@pytest.mark.req("TRU-13")
def test_what_is_said_first_does_not_take_the_place_of_its_proof(split: Split) -> None:
    split.meet(POLICE, Liar(split.version, split.digest))
    assert [one["both_are_signed"] for one in split.kept()] == [False]
    split.meet(NGO, split.deceived)
    assert [one["shown_by"] for one in split.proofs()] == [NGO]
    # Said and shown again, nothing is added.
    split.meet(POLICE, Liar(split.version, split.digest))
    split.meet(SHELTER, split.deceived)
    assert [one["shown_by"] for one in split.proofs()] == [NGO]
    assert len(split.kept()) == 2


def test_any_number_of_lies_is_one_file_and_keeps_no_proof_out(split: Split) -> None:
    for _ in range(120):
        split.meet(POLICE, Liar(split.version, os.urandom(32)))
    assert len(split.kept()) == 1
    split.meet(SHELTER, Liar(split.version, os.urandom(32)))
    split.meet(NGO, split.deceived)
    assert (len(split.kept()), len(split.proofs())) == (3, 1)


def test_mere_words_under_the_name_of_a_proof_give_way(split: Split) -> None:
    split.evidence.mkdir()
    for content in ('{"both_are_signed": false}', "garbage"):
        name = split.evidence / f"split-{split.version}-{split.digest.hex()[:16]}.json"
        name.write_text(content, "utf-8")
        split.meet(NGO, split.deceived)
        assert len(split.proofs()) == 1


@pytest.mark.req("TRU-16")
def test_a_source_that_is_too_slow_gives_way_to_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow one's round is over before its first file; the next one has a round of its own."""
    (tmp_path / "repository").mkdir()
    world = World(tmp_path / "repository")
    mirror: TrustMirror = world.mirror()
    slow, honest = (Deceived(1, bytes(32), world.source) for _ in range(2))

    def fetcher(source: Any) -> TrustFetcher:
        return TrustFetcher(source, seconds=0.0 if source is slow else 900.0)

    monkeypatch.setattr(trust_mirror, "TrustFetcher", fetcher)
    log = open_log(LogSettings(file=tmp_path / "log"), "relay", NGO)
    follow = partial(Follower, mirror, None, evidence=tmp_path / "evidence", clock=Clock(), log=log)
    assert not follow(peers=lambda _: [Peered(POLICE, slow)]).turn()
    assert '"code": "trust.repository-slow"' in (tmp_path / "log").read_text("utf-8")
    both = [Peered(POLICE, slow), Peered(SHELTER, honest)]
    assert follow(peers=lambda _: both).turn()
    assert mirror.state(AT).snapshot_version == 1
