"""A monitor with nothing but HTTP rebuilds a log from its tiles; what is not there is 404."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from reference_node.relay.tiles import Tiles
from reference_node.store.engine import Database
from reference_node.store.log import append, open_log, sign
from reference_node.store.relay import open_relay
from referral_proto.crypto.merkle import leaf_hash
from referral_proto.errors import WorldError
from referral_proto.log.checkpoint import LogIdentity, verify_checkpoint
from referral_proto.log.head import Head
from referral_proto.log.tiles import TILE_WIDTH, Tile, read_bundle, tiles_of
from referral_proto.log.tree import root_at
from tests.log.world import AT, KEYS, LOG, RECIPIENT, Memory, event

SIZE = TILE_WIDTH * 2 + 7
SECOND = f"{RECIPIENT}/2"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = open_relay(f"sqlite:///{tmp_path_factory.mktemp('tiles') / 'relay.sqlite'}")

    def fill(connection: object) -> None:
        number = open_log(connection, RECIPIENT)  # type: ignore[arg-type]
        append(connection, number, [event(n) for n in range(SIZE)])  # type: ignore[arg-type]
        sign(connection, number, KEYS, AT)  # type: ignore[arg-type]
        other = open_log(connection, SECOND)  # type: ignore[arg-type]
        append(connection, other, [event(1)])  # type: ignore[arg-type]
        sign(connection, other, KEYS, AT)  # type: ignore[arg-type]
        open_log(connection, "kh.empty")  # type: ignore[arg-type]

    opened.write(fill)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def tiles(database: Database) -> Iterator[Tiles]:
    served = Tiles(database, "127.0.0.1:0")
    served.start()
    yield served
    served.close(5)


def ask(tiles: Tiles, path: str, method: str = "GET") -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(*tiles.address, timeout=10)
    try:
        connection.request(method, path)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def fetched(tiles: Tiles, path: str) -> bytes:
    response, body = ask(tiles, path)
    assert response.status == 200, path
    return body


def test_a_monitor_rebuilds_the_root_from_hashes_and_from_entries(tiles: Tiles) -> None:
    head = verify_checkpoint(fetched(tiles, f"/{RECIPIENT}/checkpoint"), LOG)
    assert head.size == SIZE
    hashes = Memory()
    for tile in tiles_of(head.size):
        data = fetched(tiles, f"/{RECIPIENT}/{tile.path()}")
        pieces = [data[at : at + 32] for at in range(0, len(data), 32)]
        assert len(pieces) == tile.width
        if tile.level == 0:
            hashes.append(pieces)
        else:
            assert hashes.nodes(tile.places()) == pieces
    assert root_at(hashes, head.size) == head.root
    leaves: list[bytes] = []
    for number in range(-(-SIZE // TILE_WIDTH)):
        bundle = Tile(None, number, min(TILE_WIDTH, SIZE - number * TILE_WIDTH))
        leaves += [leaf_hash(one) for one in read_bundle(fetched(tiles, f"/{RECIPIENT}/{bundle.path()}"))]
    assert Memory(leaves).root == head.root


def test_each_log_has_its_own_place(tiles: Tiles) -> None:
    note = fetched(tiles, f"/{SECOND}/checkpoint")
    assert verify_checkpoint(note, LogIdentity.of(SECOND, KEYS)).head == Head(SECOND, 1, Memory(
        [leaf_hash(read_bundle(fetched(tiles, f"/{SECOND}/tile/entries/000.p/1"))[0])]
    ).root)  # fmt: skip


def test_whole_tiles_may_be_kept_for_good_and_checkpoints_not(tiles: Tiles) -> None:
    whole, _ = ask(tiles, f"/{RECIPIENT}/tile/0/000")
    assert "immutable" in whole.headers["Cache-Control"]
    partial, _ = ask(tiles, f"/{RECIPIENT}/tile/0/002.p/7")
    assert "immutable" not in partial.headers["Cache-Control"]
    head, _ = ask(tiles, f"/{RECIPIENT}/checkpoint")
    assert (head.headers["Cache-Control"], head.headers["Content-Type"]) == ("no-cache", "text/plain; charset=utf-8")


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/checkpoint",
        "/kh.nobody/checkpoint",
        "/kh.empty/checkpoint",
        f"/{RECIPIENT}/desk/checkpoint",
        f"/{RECIPIENT}/3/checkpoint",
        f"/{RECIPIENT}/1/checkpoint",
        f"/{RECIPIENT}/02/checkpoint",
        f"/{RECIPIENT}/checkpoint?x=1",
        f"/{RECIPIENT}/tile/0/002",
        f"/{RECIPIENT}/tile/0/002.p/8",
        f"/{RECIPIENT}/tile/0/002.p/0",
        f"/{RECIPIENT}/tile/0/2",
        f"/{RECIPIENT}/tile/00/000",
        f"/{RECIPIENT}/tile/1/001",
        f"/{RECIPIENT}/tile/64/000",
        f"/{RECIPIENT}/tile/entries/003",
        f"/{RECIPIENT}/tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        f"/{RECIPIENT}/../{RECIPIENT}/checkpoint",
        "/" + "a" * 4000,
    ],
)
def test_what_is_not_there_is_404_without_a_word(tiles: Tiles, path: str) -> None:
    response, body = ask(tiles, path)
    assert (response.status, body) == (404, b"")


def test_nothing_can_be_posted(tiles: Tiles) -> None:
    connection = HTTPConnection(*tiles.address, timeout=10)
    connection.request("POST", f"/{RECIPIENT}/checkpoint", b"")
    assert connection.getresponse().status == 404
    connection.close()


def test_a_port_in_use_is_said(tiles: Tiles, database: Database) -> None:
    with pytest.raises(WorldError, match=r"listen\.in-use"):
        Tiles(database, "{}:{}".format(*tiles.address))


def test_a_damaged_database_is_503_and_never_a_wrong_hash(tmp_path: Path) -> None:
    import sqlite3

    opened = open_relay(f"sqlite:///{tmp_path / 'relay.sqlite'}")

    def fill(connection: object) -> None:
        append(connection, open_log(connection, RECIPIENT), [event(n) for n in range(3)])  # type: ignore[arg-type]

    opened.write(fill)
    raw = sqlite3.connect(tmp_path / "relay.sqlite")
    raw.execute("DROP TRIGGER log_node_there")
    raw.execute("DELETE FROM log_node WHERE level = 0 AND number = 1")
    raw.commit()
    raw.close()
    served = Tiles(opened, "127.0.0.1:0")
    served.start()
    response, body = ask(served, f"/{RECIPIENT}/tile/0/000.p/3")
    assert (response.status, body) == (503, b"")
    served.close(5)
    opened.close()
