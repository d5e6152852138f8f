"""What goes to a witness and what monitors fetch: bytes and back, in one spelling; the examples are C2SP's."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_proto.errors import PeerError
from referral_proto.log.submission import MAX_SUBMISSION, Submission, origin_hash, parse_size, parse_submission
from referral_proto.log.tiles import Tile, entry_bundle, parse_tile, read_bundle, tiles_of
from referral_proto.log.tree import Place
from tests.log.world import Memory, leaves, mth, note

HASH = b64encode(bytes(32))
NOTE = note(Memory(leaves(3)))

hashes = st.lists(st.binary(min_size=32, max_size=32), max_size=63).map(tuple)


@given(st.integers(0, 2**63 - 1), hashes)
def test_a_submission_is_read_back(old: int, proof: tuple[bytes, ...]) -> None:
    submission = Submission(old, proof, NOTE)
    assert parse_submission(submission.body()) == submission


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\n\n" + NOTE,
        b"old 1\n" + NOTE,
        b"old 01\n\n" + NOTE,
        b"old  1\n\n" + NOTE,
        b"old -1\n\n" + NOTE,
        b"old +1\n\n" + NOTE,
        b"Old 1\n\n" + NOTE,
        b"old 1 \n\n" + NOTE,
        b"old 9223372036854775808\n\n" + NOTE,
        b"old 1\r\n\n" + NOTE,
        b"old 1\n" + HASH[:-1] + b"\n\n" + NOTE,
        b"old 1\n" + b64encode(bytes(31)) + b"\n\n" + NOTE,
        b"old 1\n" + b64encode(bytes(33)) + b"\n\n" + NOTE,
        b"old 1\n\xff\n\n" + NOTE,
        b"old 1\n" + (HASH + b"\n") * 64 + b"\n" + NOTE,
    ],
)
def test_a_submission_of_another_form_is_refused(body: bytes) -> None:
    with pytest.raises(PeerError, match=r"note\.malformed"):
        parse_submission(body)


def test_a_submission_has_a_largest_size() -> None:
    with pytest.raises(PeerError, match=r"note\.too-large"):
        parse_submission(b"old 0\n\n" + b"x" * MAX_SUBMISSION)


def test_a_size_is_read_in_one_spelling() -> None:
    assert parse_size(b"20852014\n") == 20852014 and parse_size(b"0\n") == 0
    for bad in (b"", b"7", b"07\n", b"7\n\n", b"-7\n", b"9223372036854775808\n", b"x\n"):
        with pytest.raises(PeerError, match=r"note\.malformed"):
            parse_size(bad)


def test_a_log_is_named_by_the_hash_of_its_origin() -> None:
    assert origin_hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_tile_paths_are_those_of_the_specification() -> None:
    assert Tile(0, 1234067).path() == "tile/0/x001/x234/067"
    assert Tile(63, 0, 1).path() == "tile/63/000.p/1"
    assert Tile(None, 999, 255).path() == "tile/entries/999.p/255"


@given(st.none() | st.integers(0, 63), st.integers(0, 2**60), st.integers(1, 256))
def test_a_tile_is_read_back(level: int | None, number: int, width: int) -> None:
    tile = Tile(level, number, width)
    assert parse_tile(tile.path()) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/001/001",
        "tile/0/x001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/999",
        "tile/0/000/",
        "tile/entries/000\n",
        "tile/data/000",
        "tile/0/" + "x999/" * 40 + "999",
        "../tile/0/000",
    ],
)
def test_a_path_in_another_spelling_is_refused(path: str) -> None:
    with pytest.raises(PeerError, match=r"wire\.malformed"):
        parse_tile(path)


def test_the_tiles_of_a_tree_are_those_of_the_specification() -> None:
    tiles = list(tiles_of(70_000))
    by_level = {level: [tile for tile in tiles if tile.level == level] for level in (0, 1, 2)}
    assert [len(found) for found in by_level.values()] == [274, 2, 1]
    assert [by_level[0][-1].width, by_level[1][-1].width, by_level[2][-1].width] == [112, 17, 1]
    assert [(t.level, t.width) for t in tiles_of(256)] == [(0, 256), (1, 1)]
    assert all(tile.within(70_000) for tile in tiles) and not any(tile.within(69_999) for tile in (by_level[0][-1],))
    assert list(tiles_of(0)) == []


def test_a_tile_holds_the_hashes_of_the_definition() -> None:
    many = leaves(600)
    tree = Memory(many)
    assert tree.nodes(Tile(0, 2, 88).places()) == list(many[512:600])
    assert tree.nodes(Tile(1, 0, 2).places()) == [mth(many[:256]), mth(many[256:512])]
    assert Tile(1, 0, 2).places() == (Place(8, 0), Place(8, 1))


@given(st.lists(st.binary(max_size=40), max_size=9))
def test_a_bundle_is_read_back(entries: list[bytes]) -> None:
    data = entry_bundle(entries)
    assert read_bundle(data) == tuple(entries)
    for cut in range(1, len(data)):
        try:
            read_bundle(data[:cut])
        except PeerError:
            continue
