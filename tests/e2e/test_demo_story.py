"""The demonstration as a story for people, and how it fails: with the step's name, and with nothing left running."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from reference_node.demo.play import STEPS, Beat, StepFailed, play
from tests.e2e.played import EXAMPLE, ROOT, changed_example, children, demo


def test_the_story_reads_in_one_minute(tmp_path: Path) -> None:
    run = demo(TMPDIR=str(tmp_path))
    assert run.code == 0, run.err
    assert run.err == ""
    numbered = re.findall(r"^(\d+)\. (.*)$", run.out, re.MULTILINE)
    assert [int(number) for number, _ in numbered] == list(range(1, 15))
    assert "th.dsdw → kh.mosvy" in run.out
    for code in ("trust.keyset-revoked", "trust.keyset-unsupported", "trust.unknown-keyset"):
        assert run.out.count(f"[{code}]") == 1
    for code in ("witness.refused", "audit.unexplained", "receipt.backdated"):
        assert run.out.count(f"[{code}]") == 1
    assert "proved: kh.mosvy signed two statements that cannot both be true" in run.out
    assert "Message 2 is an answer of kh.mosvy to message 1." in run.out
    assert run.out.count("$ referral verify") == 4
    assert "lost: none" in run.out
    assert len(run.out.split()) < 800
    assert max(map(len, run.out.splitlines())) <= 120
    # Nothing stays behind when nothing is to be kept.
    assert list(tmp_path.iterdir()) == []


def test_an_example_that_is_broken_fails_at_once(tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    file.write_bytes(EXAMPLE.read_bytes().replace(b'"birth_date":', b'"birthdate":'))
    run = demo("--json", "--example", file)
    assert run.code == 2
    assert (run.document["ok"], run.document["failed_step"]) == (False, "prepare")
    assert run.document["error"]["code"] == "referral.unknown-field"
    assert "2003" not in run.out + run.err


def test_a_word_on_a_relays_disk_makes_it_fail(tmp_path: Path) -> None:
    # A number that every relay's settings hold: as if the relay had written the document number down.
    number = [{"type": "PASSPORT", "number": "[[desks]]", "issuer_country": "KH"}]
    run = demo("--json", "--example", changed_example(tmp_path, documents=number))
    assert (run.code, run.document["failed_step"]) == (1, "search")
    assert run.document["error"]["code"] == "demo.plaintext"
    assert run.document["error"]["where"] == "Thai relay: document number (identity) in relay.toml"


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_it_is_stopped_with_all_that_it_started(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    command = [sys.executable, "-u", "-m", "reference_node.cli", "demo", "--keep", str(kept)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if line.startswith("2. "):
                break
        mine = children(running.pid)
        assert len(mine) == 7
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 130
    assert not [pid for pid in mine if Path("/proc", str(pid)).exists()]


@pytest.mark.skipif(sys.platform != "linux", reason="finds its own child processes in /proc")
@pytest.mark.parametrize("dies_in", ["request", "audit"])
def test_a_relay_that_dies_is_named_and_nothing_is_left_running(tmp_path: Path, dies_in: str) -> None:
    kept, done = tmp_path / "kept", list[Beat]()

    def begins(step: str) -> None:
        if step == dies_in:
            (pid,) = [pid for pid, line in children(os.getpid()).items() if str(kept / "kh.mosvy" / "relay") in line]
            os.kill(pid, signal.SIGKILL)

    with pytest.raises(StepFailed) as failed:
        play(EXAMPLE, kept, begins, done.append)
    assert (failed.value.step, failed.value.cause.code) == (dies_in, "demo.process")
    assert failed.value.cause.where.startswith("kh.mosvy relay")
    assert tuple(beat.step for beat in done) == STEPS[: STEPS.index(dies_in)]
    assert not [line for line in children(os.getpid()).values() if str(kept) in line]
