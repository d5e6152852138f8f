"""`referral-node doctor` and the logs: keys that nobody enrolled, and proof that was found."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from reference_node.cli import main
from reference_node.keys import log_entry_file, save_log_entry
from reference_node.witness.evidence import keep_contradiction
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.log.checkpoint import sign_checkpoint
from referral_proto.log.contradiction import from_heads
from referral_proto.log.head import Head
from referral_proto.moment import DAY, Moment
from referral_proto.wire import encode
from tests.relay.watched import Watched
from tests.relay.world import KH


def looked(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    main(["doctor", "--dir", str(folder), "--json"])
    found = json.loads(capsys.readouterr().out)
    return [one for one in found["findings"] if one["topic"] == "log"]


def test_a_log_that_is_enrolled_and_one_that_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched = Watched.founded(Moment(int(time.time())))
    watched.world.relay_folder(tmp_path / "relay", KH)
    (one,) = looked(tmp_path / "relay", capsys)
    assert one["code"] == "doctor.missing"
    log_entry_file(tmp_path / "relay", KH).write_bytes(encode(watched.entries[KH][0]))
    (one,) = looked(tmp_path / "relay", capsys)
    assert one["grade"] == "good" and "3 witnesses, of which 2 make a quorum" in one["detail"]
    save_log_entry(tmp_path / "relay", f"{KH}/2", LogKeys.create(), watched.world.at)
    (one,) = looked(tmp_path / "relay", capsys)
    assert (one["grade"], one["code"], one["detail"]) == ("soon", "doctor.log-not-enrolled", f"{KH}/2")


def test_proof_is_judged_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched = Watched.founded(Moment(int(time.time())))
    settings = watched.world.relay_folder(tmp_path / "relay", KH)
    log_entry_file(tmp_path / "relay", KH).write_bytes(encode(watched.entries[KH][0]))
    at = watched.world.at.plus(-DAY)
    notes = [sign_checkpoint(Head(KH, 3, bytes([n]) * 32), watched.logs[KH], at) for n in (1, 2)]
    data = from_heads(*notes, watched.identity(KH))
    assert data is not None
    path = keep_contradiction(settings.trust.evidence, KH, data)
    found = looked(tmp_path / "relay", capsys)
    assert [(one["grade"], one["code"]) for one in found if path.name in one["detail"]] == [
        ("bad", "log.contradiction")
    ]
    path.write_bytes(data[:-1])
    found = looked(tmp_path / "relay", capsys)
    assert [one["grade"] for one in found if path.name in one["detail"]] == ["soon"]
