"""F15: no relay's database, WAL, log or file holds a word of what was sealed, a passphrase or a private key; and the
search that says so finds what it looks for where it was planted."""

from __future__ import annotations

import base64
import shutil
import sqlite3
import time
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_private_key

from referral_proto.moment import Moment
from referral_proto.ports import Delivery
from tests.e2e.running import running, until
from tests.relay.world import KH, PASSPHRASE, SECRET, SHELTER, TH, World


def needles(world: World) -> dict[str, bytes]:
    """What must not be found, in every form in which a careless line would write it."""
    words = {"secret": SECRET, "name": b"Sokha Invented", "birth date": b"2009-04-01", "document": b"N0000000"}
    for name, relay in world.relays.items():
        number = load_pem_private_key(relay.private_key, None).private_numbers().private_value  # type: ignore[union-attr]
        words[f"key of {name}"] = number.to_bytes(32, "big")
    words["passphrase"] = PASSPHRASE.encode()
    for name, word in list(words.items()):
        words[f"{name} in hex"] = word.hex().encode()
        for shift in range(3):
            # Base64 of a word inside a longer text, at each of the three alignments.
            inner = base64.b64encode(bytes(shift) + word)[4:-4]
            words[f"{name} in base64, {shift}"] = inner
        words[f"{name} in utf-16"] = word.decode("latin-1").encode("utf-16-le")
    return words


def found(folder: Path, words: dict[str, bytes]) -> list[str]:
    return [
        f"{name} in {file.relative_to(folder)}"
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for name, word in words.items()
        if word in file.read_bytes()
    ]


def test_nothing_planted_is_found_and_the_search_would_find_it(tmp_path: Path) -> None:
    world = World.founded(Moment(int(time.time())))
    for operator in (TH, KH):
        world.relay_folder(tmp_path / operator, operator, '[log]\nfile = "relay.log"\nlevel = "debug"\n')
    copy = tmp_path / "copy"
    with running(tmp_path / TH), running(tmp_path / KH):
        desk, line, receiver = world.as_desk(TH), world.as_relay(TH, KH), world.as_desk(KH)
        sealed = world.seal(TH, [KH, SHELTER], 10)
        desk.submit([one.envelope for one in sealed])
        # Plaintext that somebody sends by mistake is refused, and must not be logged for that.
        desk.submit([SECRET, SECRET * 100])
        line.deliver([Delivery(SECRET, KH), Delivery(world.twin(sealed[0].envelope), KH)])
        until(lambda: len(desk.outcomes(TH, 0)) == 20)
        receiver.confirm(KH, receiver.collect(KH, 0)[-1].cursor)
        # While they run, so that the WAL is among the files.
        shutil.copytree(tmp_path / TH, copy / TH)
        shutil.copytree(tmp_path / KH, copy / KH)
        for one in (desk, line, receiver):
            one.close()
    names = {file.name for file in copy.rglob("*")}
    assert {"relay.sqlite", "relay.sqlite-wal", "relay.log", "relay.err", "relay.toml", "tls.key"} <= names
    words = needles(world)
    assert found(copy, words) == []
    assert "an envelope came" in (copy / KH / "relay.log").read_text("utf-8")

    with sqlite3.connect(copy / KH / "relay.sqlite") as connection:
        connection.execute("INSERT INTO envelope VALUES (?, ?, 1, 'th.dsdw', 1)", (bytes(32), b"." * 9000 + SECRET))
    connection.close()
    with (copy / TH / "relay.log").open("ab") as log:
        log.write(base64.b64encode(b"xy" + SECRET + b"z"))
    hits = found(copy, words)
    assert any(hit.startswith("name in kh.mosvy/relay.sqlite") for hit in hits)
    assert any(hit.startswith("secret in base64") and hit.endswith("relay.log") for hit in hits)
