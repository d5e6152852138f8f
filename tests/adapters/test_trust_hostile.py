"""Law: a hostile repository's bytes raise only PeerError or WorldError, and the last good state stays as it was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.adapters import trust_fetch
from referral_proto.adapters.trust_drafts import merge, read, role_of, summary, tallies
from referral_proto.adapters.trust_keys import KeyRole, RepositoryPublicKey
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.adapters.trust_reading import MOST_RECORDS
from referral_proto.errors import PeerError, ReferralError, WorldError
from referral_proto.moment import HOUR
from tests.adapters import trust_world as tw
from tests.adapters.trust_forge import altered, republished
from tests.adapters.trust_world import AT, CountingSource, World

LATER = AT.plus(2 * HOUR)
XB_KEY = tw.key(KeyRole.COUNTRY, tw.COUNTRY_HOLDERS["xb"][0])
TOP_KEYS = [tw.key(KeyRole.TARGETS, founder) for founder in tw.FOUNDERS]
NEW = ("2.root.json", "timestamp.json", "2.snapshot.json", "2.targets.json", "2.country-xb.json", "police.relay.1")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


class Node(NamedTuple):
    """A published world, the folder its mirrors are in, the files of its second version."""

    world: World
    folder: Path
    files: dict[str, bytes]

    def __repr__(self) -> str:
        return "Node"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """A node that holds version 1, and the files of version 2, in which every role changed."""
    folder = tmp_path_factory.mktemp("hostile")
    world = World(folder)
    world.mirror().refresh(world.source, AT)
    world.root(LATER)
    world.targets(LATER)
    world.country("xb", LATER, [tw.relay(tw.POLICE, 1)])
    world.publish(LATER)
    return Node(world, folder, world.copy())


def scratch(node: Node) -> TrustMirror:
    """A mirror that holds the first version."""
    shutil.rmtree(node.folder / "scratch", ignore_errors=True)
    shutil.copytree(node.folder / "mirror", node.folder / "scratch")
    return node.world.mirror("scratch")


def attempt(node: Node, files: dict[str, bytes]) -> tuple[str, TrustMirror]:
    """The code of the refusal, empty if there was none, and the mirror. A refused refresh has changed nothing."""
    world, mirror = node.world, scratch(node)
    before = mirror.state(LATER)
    try:
        mirror.refresh(CountingSource(files), LATER)
    except (PeerError, WorldError) as error:
        assert mirror.state(LATER) == world.mirror("scratch").state(LATER) == before
        return error.code, mirror
    return "", mirror


def outcome(node: Node, files: dict[str, bytes]) -> str:
    """The code of the refusal."""
    return attempt(node, files)[0]


def named(files: dict[str, bytes], part: str) -> str:
    return next(path for path in files if part in path)


@given(part=st.sampled_from(NEW), junk=st.binary(max_size=300))
def test_any_bytes_in_any_file(node: Node, part: str, junk: bytes) -> None:
    _, _, files = node
    assert outcome(node, files | {named(files, part): junk}).startswith(("trust.repository-", "key."))


@given(part=st.sampled_from(NEW), place=st.integers(0, 10_000), change=st.integers(1, 255))
def test_any_flipped_byte_in_any_file(node: Node, part: str, place: int, change: int) -> None:
    _, _, files = node
    path = named(files, part)
    data = bytearray(files[path])
    data[place % len(data)] ^= change
    code, mirror = attempt(node, files | {path: bytes(data)})
    # One space for another, or in what nobody signed: then nothing that counts has changed.
    honest = attempt(node, files)[1] if not code else mirror
    assert code.startswith(("trust.", "key.")) or mirror.state(LATER) == honest.state(LATER)


def _places(tree: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [at, *(place for key, value in inner for place in _places(value, (*at, key)))]


@given(part=st.sampled_from(NEW[:5]), where=st.integers(0, 10_000), value=json_values, signed=st.booleans())
def test_any_value_in_any_place_of_the_metadata(node: Node, part: str, where: int, value: Any, signed: bool) -> None:
    """Even signed by the right keys, since keys can be stolen. What is let through is a repository that makes sense."""
    world, _, files = node
    path = named(files, part)
    tree = json.loads(files[path])
    places = _places(tree["signed"])
    place = places[where % len(places)]
    if place:
        holder = tree["signed"]
        for key in place[:-1]:
            holder = holder[key]
        holder[place[-1]] = value
    else:
        tree["signed"] = value
    changed = files | {path: json.dumps(tree).encode()}
    if signed and part in NEW[2:5] and isinstance(tree["signed"], dict):
        role = part.split(".")[1]
        by = {"targets": TOP_KEYS, "country-xb": [XB_KEY], "snapshot": [world.online]}[role]
        try:
            changed = republished(files, {role: altered(changed[path], lambda _: None, *by)}, world.online, LATER)
        except (PeerError, KeyError, TypeError, ValueError):
            return
    _, mirror = attempt(node, changed)
    assert mirror.state(LATER).fold(LATER).agencies()


@pytest.mark.parametrize(
    "junk",
    [
        b"[" * 100_000,
        b"{" * 100_000,
        b'{"signed":' * 50_000,
        b"9" * 100_000,
        b'{"a":' + b"9" * 100_000 + b"}",
        b"\xff\xfe",
    ],
)
@pytest.mark.parametrize("part", NEW)
def test_shapes_that_break_parsers(node: Node, part: str, junk: bytes) -> None:
    _, _, files = node
    assert outcome(node, files | {named(files, part): junk}).startswith("trust.repository-")


@pytest.mark.parametrize("part", NEW)
@pytest.mark.req("TRU-16")
def test_a_file_that_is_too_large(node: Node, part: str) -> None:
    _, _, files = node
    huge = files | {named(files, part): b"x" * (trust_fetch.LARGEST_FILE + 1)}
    assert outcome(node, huge) == "trust.repository-too-large"


@pytest.mark.parametrize("part", NEW[1:])
def test_a_file_that_is_not_there(node: Node, part: str) -> None:
    _, _, files = node
    gone = {path: data for path, data in files.items() if part not in path}
    assert outcome(node, gone) == "trust.repository-incomplete"


@pytest.mark.parametrize(("limit", "value"), [("MOST_FILES", 2), ("MOST_BYTES", 1000)])
def test_a_repository_without_end(node: Node, monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    _, _, files = node
    monkeypatch.setattr(trust_fetch, limit, value)
    assert outcome(node, files) == "trust.repository-too-large"


@pytest.mark.parametrize(
    "name",
    [
        "xb/../xa/shelter.agency.1.record",
        "xb/../../../current.json",
        "/etc/passwd",
        "xb//police.agency.1.record",
        "xb/police.agency.01.record",
        "xb/Police.agency.1.record",
        "xb/police.opening-key.1.record",
        "xb/police.agency.1.record/",
        "xb/police.agency.1.record\n",
        "xb/\u0e01.agency.1.record",
        "xb/" + "a" * 5000 + ".agency.1.record",
        "",
    ],
)
def test_names_that_are_no_names_are_left_out(node: Node, name: str) -> None:
    def add(signed: dict[str, Any]) -> None:
        signed["targets"][name] = {"length": 1, "hashes": {"sha256": "00" * 32}}

    assert _notice(node, add).startswith("trust.repository-")


@pytest.mark.parametrize(
    "entry",
    [
        {"length": 256 * 1024 + 1, "hashes": {"sha256": "00" * 32}},
        {"length": 0, "hashes": {"sha256": "00" * 32}},
        {"length": 1, "hashes": {"sha512": "00" * 64}},
        {"length": 1, "hashes": {"sha256": "00" * 32, "md5": "00" * 16}},
        {"length": 1, "hashes": {"sha256": "0" * 63 + "G"}},
        {"length": 1, "hashes": {"sha256": "../../../../current"}},
    ],
)
def test_entries_that_cannot_be_records_are_left_out(node: Node, entry: dict[str, Any]) -> None:
    def add(signed: dict[str, Any]) -> None:
        signed["targets"]["xb/invented.agency.0.record"] = entry

    assert _notice(node, add) == "trust.repository-record"


@pytest.mark.req("TRU-16")
def test_thousands_of_targets_are_not_even_asked_for(node: Node) -> None:
    def add(signed: dict[str, Any]) -> None:
        for number in range(MOST_RECORDS):
            signed["targets"][f"xb/a{number}.agency.0.record"] = {"length": 9, "hashes": {"sha256": f"{number:064x}"}}

    assert _notice(node, add) == "trust.repository-crowded"


@pytest.mark.req("TRU-16")
def test_large_records_are_counted_before_they_are_asked_for(node: Node) -> None:
    def add(signed: dict[str, Any]) -> None:
        for number in range(600):
            entry = {"length": 256 * 1024, "hashes": {"sha256": f"{number:064x}"}}
            signed["targets"][f"xb/a{number}.agency.0.record"] = entry

    assert _notice(node, add) == "trust.repository-crowded"


def _notice(node: Node, change: Callable[[dict[str, Any]], None]) -> str:
    """The code about country xb, whose own key signed the change; nothing of the change is in force."""
    forged = altered(node.files["metadata/2.country-xb.json"], change, XB_KEY)
    source = CountingSource(republished(node.files, {"country-xb": forged}, node.world.online, LATER))
    mirror = scratch(node)
    refreshed = mirror.refresh(source, LATER)
    assert not [path for path in source.records if "a0." in path or "invented" in path]
    assert mirror.state(LATER).fold(LATER).agencies() == ("int.ngo", "xa.shelter", "xb.police")
    (notice,) = [one for one in refreshed.notices if one.where == "country-xb"]
    return notice.code


@given(st.binary(max_size=300) | json_values.map(lambda value: json.dumps(value).encode()))
def test_files_that_are_handed_around_raise_nothing_else_either(node: Node, junk: bytes) -> None:
    world, _, _ = node
    for call in (
        lambda: role_of(junk),
        lambda: read(junk),
        lambda: summary(junk),
        lambda: tallies(junk, world.bootstrap),
        lambda: merge(world.bootstrap, junk),
        lambda: world.repository.accept(junk, AT),
        lambda: RepositoryPublicKey.parse(junk),
    ):
        with pytest.raises(PeerError) as caught:
            call()
        assert isinstance(caught.value, ReferralError)
