"""A witness as an operator has it: named by the founders, asked over HTTP, new logs at SIGHUP. And a relay's tiles."""

from __future__ import annotations

import json
import signal
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from reference_node.cli import main
from reference_node.keys import log_entry_file
from reference_node.witness.watched import entered
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.log.checkpoint import LogIdentity, sign_checkpoint, verify_checkpoint
from referral_proto.log.contradiction import from_heads
from referral_proto.log.head import Head
from referral_proto.log.submission import Submission, origin_hash
from referral_proto.log.tree import EMPTY_ROOT
from referral_proto.model.log import Receipt
from referral_proto.model.records import LogEntry
from referral_proto.moment import Moment
from referral_proto.trust.logs import log_entry
from referral_proto.wire import decode, encode
from tests.e2e.running import running, until
from tests.e2e.witnesses import Witness, witness_folder, witnesses
from tests.relay.watched import Watched
from tests.relay.world import KH, TH, deliveries, free_port


def posted(address: str, body: bytes) -> int:
    host, port = address.rsplit(":", 1)
    with closing(HTTPConnection(host, int(port), timeout=20)) as connection:
        connection.request("POST", "/add-checkpoint", body)
        return connection.getresponse().status


def got(address: str, path: str) -> tuple[int, bytes]:
    host, port = address.rsplit(":", 1)
    with closing(HTTPConnection(host, int(port), timeout=20)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()


def test_a_log_is_watched_as_soon_as_its_record_is_read(tmp_path: Path) -> None:
    now = Moment(int(time.time()))
    watched = Watched.founded(now)
    name = next(iter(watched.witnesses))
    folder = witness_folder(watched, tmp_path / "witness", name)
    record = folder / "records" / f"agency-{KH}.record"
    kept = record.read_bytes()
    for path in folder.glob(f"records/*{KH}*.record"):
        path.rename(path.with_suffix(".away"))
    empty = Submission(0, (), sign_checkpoint(Head(KH, 0, EMPTY_ROOT), watched.logs[KH], now)).body()
    with witnesses(folder) as (witness,):
        address = f"127.0.0.1:{watched.ports[name]}"
        assert posted(address, empty) == 404
        for path in folder.glob("records/*.away"):
            path.rename(path.with_suffix(".record"))
        assert record.read_bytes() == kept

        def known() -> bool:
            witness.process.send_signal(signal.SIGHUP)
            return posted(address, empty) == 200

        until(known)
        status, note = got(address, f"/{origin_hash(KH)}/checkpoint")
        assert (status, verify_checkpoint(note, watched.identity(KH)).size) == (200, 0)
        assert got(address, f"/{origin_hash('kh.nobody')}/checkpoint")[0] == 404


def test_a_log_of_the_settings_and_a_damaged_entry(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = Moment(int(time.time()))
    watched, outside = Watched.founded(now), LogKeys.create()
    name = next(iter(watched.witnesses))
    folder = witness_folder(watched, tmp_path / "witness", name)
    entry = folder / "other.entry"
    entry.write_bytes(encode(log_entry("vn.outside", outside, now)))
    with (folder / "witness.toml").open("a") as settings:
        settings.write('logs = ["other.entry"]\n')
    note = sign_checkpoint(Head("vn.outside", 1, bytes(32)), outside, now)
    with witnesses(folder):
        assert posted(f"127.0.0.1:{watched.ports[name]}", Submission(0, (), note).body()) == 200
    entry.write_bytes(entry.read_bytes()[:-1])
    arguments = ["--dir", str(folder), "--passphrase-file", str(folder / "passphrase"), "--json"]
    assert main(["witness", *arguments]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "witness.entry"


def test_the_doctor_and_the_port(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched = Watched.founded(Moment(int(time.time())))
    name = next(iter(watched.witnesses))
    folder = witness_folder(watched, tmp_path / "witness", name)
    folder.chmod(0o700)

    def looked() -> list[str]:
        capsys.readouterr()
        main(["doctor", "--dir", str(folder), "--json"])
        return [one["code"] for one in json.loads(capsys.readouterr().out)["findings"] if one["grade"] == "bad"]

    assert looked() == ["doctor.no-listener"]
    with witnesses(folder):
        assert looked() == []
        second = Witness(folder)
        assert second.ends(None) == 4
        assert "listen.in-use" in second.errors.read_text("utf-8")


def test_a_relay_serves_tiles_if_it_is_told_to(tmp_path: Path) -> None:
    watched, port = Watched.founded(Moment(int(time.time()))), free_port()
    watched.world.relay_folder(tmp_path / "relay", KH, f'[ledger]\ntiles = "127.0.0.1:{port}"\n')
    with running(tmp_path / "relay"):
        with closing(watched.world.as_relay(TH, KH)) as line:
            line.deliver(deliveries(watched.world.seal(TH, [KH]), KH))
        status, note = got(f"127.0.0.1:{port}", f"/{KH}/checkpoint")
        assert (status, verify_checkpoint(note, LogIdentity.of(KH, watched.logs[KH])).size) == (200, 1)
        assert got(f"127.0.0.1:{port}", f"/{KH}/tile/entries/000.p/1")[0] == 200


def test_an_entry_that_was_lost_is_made_again_and_contradicts_nothing(tmp_path: Path) -> None:
    watched = Watched.founded(Moment(int(time.time())))
    folder = tmp_path / "relay"
    watched.world.relay_folder(folder, KH)
    with running(folder), closing(watched.world.as_relay(TH, KH)) as line:
        (reply,) = line.deliver(deliveries(watched.world.seal(TH, [KH]), KH))
    file = log_entry_file(folder, KH)
    assert not file.exists()
    with running(folder):
        pass
    entry = decode(LogEntry, file.read_bytes())
    assert entered(entry) == watched.identity(KH)
    signed = decode(Receipt, reply.receipt).checkpoint
    assert from_heads(entry.possession, signed, watched.identity(KH)) is None
