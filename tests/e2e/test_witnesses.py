"""Three witnesses, a quorum of two, a relay: real processes, HTTP, mTLS and files. What one loses or forges shows."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reference_node.cli import main
from reference_node.store.log import events, find_log
from reference_node.store.relay import open_relay
from reference_node.witness.evidence import proofs_in
from referral_proto.log.checkpoint import Checkpoint, verify_checkpoint
from referral_proto.log.contradiction import judge
from referral_proto.model.codes.log import LogContradictionKind, LogEventKind
from referral_proto.model.log import LogEvent, Receipt
from referral_proto.moment import Moment
from referral_proto.ports import DeliverStatus, Reply
from referral_proto.wire import decode
from tests.e2e.running import Running, running, until
from tests.e2e.witnesses import Witness, passphrase_file, witness_folder, witnesses
from tests.relay.watched import Watched
from tests.relay.world import KH, TH, deliveries

ACCEPTED, RETRY = DeliverStatus.ACCEPTED, DeliverStatus.RETRY
QUICK = "[witnessing]\ncap_seconds = 1.0\nidle_seconds = 1.0\n"


Say = Callable[..., tuple[int, Any]]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs a command in this process; its exit code, and what its --json says."""

    def run(*arguments: object) -> tuple[int, Any]:
        capsys.readouterr()
        code = main([*map(str, arguments), "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run


class Case:
    """A watched relay of kh.mosvy, and the witnesses' folders."""

    def __init__(self, folder: Path) -> None:
        self.watched = Watched.founded(Moment(int(time.time())))
        self.relay = folder / "relay"
        self.watched.world.relay_folder(self.relay, KH, QUICK)
        self.passphrase = passphrase_file(self.relay)
        self.folders = [witness_folder(self.watched, folder / name, name) for name in self.watched.witnesses]

    def deliver(self) -> Reply:
        """One fresh envelope, over the line."""
        with closing(self.watched.world.as_relay(TH, KH)) as line:
            (reply,) = line.deliver(deliveries(self.watched.world.seal(TH, [KH]), KH))
        return reply

    def standing(self, reply: Reply) -> Checkpoint:
        """Under which checkpoint the relay proves it now."""
        assert reply.leaf is not None
        with closing(self.watched.world.as_relay(TH, KH)) as line:
            (proved,) = line.inclusion(KH, [reply.leaf])
        return self.judged(decode(Receipt, proved.receipt).checkpoint)

    def judged(self, note: bytes) -> Checkpoint:
        directory = self.watched.world.directory
        now = Moment(int(time.time()))
        return verify_checkpoint(note, directory.log_signer(note), directory.witnesses(now), now.plus(60))

    def final(self, reply: Reply) -> Callable[[], bool]:
        return lambda: self.standing(reply).trusted_time is not None

    def copy(self, name: str) -> None:
        """The database of the relay, which does not run."""
        with closing(sqlite3.connect(self.relay / "relay.sqlite")) as source:
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.relay / "relay.sqlite", self.relay / name)

    def restore(self, name: str) -> None:
        for file in self.relay.glob("relay.sqlite-*"):
            file.unlink()
        shutil.copy(self.relay / name, self.relay / "relay.sqlite")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def test_receipts_become_final_while_a_quorum_stands(case: Case) -> None:
    with witnesses(*case.folders) as three, running(case.relay) as relay:
        first = case.deliver()
        assert first.status is ACCEPTED
        assert case.judged(decode(Receipt, first.receipt).checkpoint).cosigned == ()
        until(case.final(first))
        assert three[0].ends(signal.SIGKILL) == -signal.SIGKILL
        second = case.deliver()
        until(case.final(second))
        assert three[1].ends(signal.SIGKILL) == -signal.SIGKILL
        third = case.deliver()
        assert third.status is ACCEPTED
        until(lambda: relay.errors().count("a witness does not cosign") >= 2)
        assert case.standing(third).trusted_time is None
        assert case.standing(second).trusted_time is not None
        # One comes back from its own book, and makes up for what it missed.
        again = Witness(case.folders[0])
        again.ready()
        until(case.final(third))
        assert again.ends() == 0


def test_a_restored_backup_does_not_start_and_its_successor_names_it(case: Case, say: Say) -> None:
    with witnesses(*case.folders):
        with running(case.relay):
            until(case.final(case.deliver()))
        case.copy("backup.sqlite")
        with running(case.relay):
            lost = case.deliver()
            until(case.final(lost))
            held = case.standing(lost).head
        case.restore("backup.sqlite")
        refused = Running(case.relay)
        assert refused.ends() == 4
        assert refused.errors().splitlines()[-1] == "log.behind"

        code, opened = say("relay-log", "new-origin", KH, "--dir", case.relay, "--passphrase-file", case.passphrase)
        assert code == 0, opened
        assert (opened["origin"], opened["replaces"], opened["replaced_size"]) == (f"{KH}/2", KH, held.size)
        assert Path(opened["entry"]).is_file()
        with running(case.relay):
            reply = case.deliver()
            assert reply.status is ACCEPTED
        with closing(open_relay(f"sqlite:///{case.relay / 'relay.sqlite'}")) as database, database.read() as connection:
            number = find_log(connection, f"{KH}/2")
            assert number is not None
            found = [decode(LogEvent, one.event) for one in events(connection, number, 0, 9) if one.event is not None]
        assert [event.kind for event in found] == [LogEventKind.ORIGIN, LogEventKind.DELIVERED]
        assert found[0].subject == held.digest()
        (log,) = say("relay-log", "status", "--dir", case.relay)[1]["logs"]
        assert (log["origin"], log["size"], log["enrolled"], log["cosigned_size"]) == (f"{KH}/2", 2, False, 0)


def test_a_copy_that_runs_beside_is_refused_evidenced_and_stopped(case: Case, say: Say) -> None:
    with witnesses(*case.folders), running(case.relay):
        until(case.final(case.deliver()))
    case.copy("copy.sqlite")
    with witnesses(*case.folders), running(case.relay):
        until(case.final(case.deliver()))
    case.copy("honest.sqlite")
    case.restore("copy.sqlite")
    # No witness answers: a relay on a bad line starts, and says so.
    with running(case.relay) as relay:
        assert "too few witnesses could be asked about a log" in relay.errors()
        assert case.deliver().status is ACCEPTED
        with witnesses(*case.folders):
            until(lambda: "a log was stopped" in relay.errors())
            refused = case.deliver()
            assert (refused.status, refused.receipt) == (RETRY, b"")
    (proof,) = proofs_in(case.relay / "evidence")
    found = judge(proof.path.read_bytes(), case.watched.identity(KH))
    assert (found.kind, found.accused) == (LogContradictionKind.TWO_ROOTS, KH)
    code, document = say("relay-log", "evidence", "--dir", case.relay)
    (row,) = document["evidence"]
    assert (code, row["origin"], row["code"]) == (0, KH, None) and "two roots" in row["proves"]
    with witnesses(*case.folders):
        refused_start = Running(case.relay)
        assert refused_start.ends() == 4
        assert refused_start.errors().splitlines()[-1] == "log.forked"
        # The honest database under the same evidence: stopped until a successor is opened.
        case.restore("honest.sqlite")
        with running(case.relay):
            assert case.deliver().status is RETRY


@pytest.mark.parametrize("how", ["truncated", "overwritten"])
def test_a_damaged_file_is_said_and_never_signed(case: Case, how: str) -> None:
    with running(case.relay):
        assert case.deliver().status is ACCEPTED
    case.copy("whole.sqlite")
    case.restore("whole.sqlite")
    file = case.relay / "relay.sqlite"
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2] if how == "truncated" else data[:8192] + b"\xa5" * (len(data) - 8192))
    relay = Running(case.relay)
    assert relay.ends() == 4
    assert relay.errors().splitlines()[-1] == "store.damaged"


def test_a_hash_that_was_changed_stops_the_log_and_nothing_is_signed(case: Case) -> None:
    with running(case.relay):
        assert case.deliver().status is ACCEPTED
    with closing(sqlite3.connect(case.relay / "relay.sqlite")) as raw, raw:
        raw.execute("DROP TRIGGER log_node_kept")
        raw.execute("UPDATE log_node SET hash = zeroblob(32)")
    with running(case.relay):
        reply = case.deliver()
        assert (reply.status, reply.receipt) == (RETRY, b"")
    with closing(sqlite3.connect(case.relay / "relay.sqlite")) as raw:
        assert raw.execute("SELECT COUNT(*) FROM log_checkpoint").fetchone() == (1,)


def test_a_witness_without_settings_or_with_a_wrong_passphrase_says_so(case: Case, say: Say) -> None:
    folder = case.folders[0]
    (folder / "passphrase").write_text("another one\n", "utf-8")
    for place, expected in ((folder, "key.wrong-passphrase"), (case.relay, "settings.missing")):
        code, document = say("witness", "--dir", place, "--passphrase-file", folder / "passphrase")
        assert (code, document["error"]["code"]) == (2, expected)
