"""The commands for auditors and inspectors against a desk on a socket, and what a caseworker sees of proof."""

from __future__ import annotations

import re
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reference_node.rpc.desk_server import DeskServer
from referral_proto import OpeningKey
from referral_proto.flow.evidence.report import Verdict
from referral_proto.flow.evidence.verify import verify_evidence
from tests.desk.audited import root
from tests.desk.ledger import LogOffice, opening_key_event
from tests.desk.world import KH, TH, Clock, Desk
from tests.node_cli.conftest import Say

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "referral-th-kh.json"


class Pair:
    """Two desks whose relays keep logs; the first is served on a socket."""

    def __init__(self, folder: Path, socket: Path) -> None:
        self.clock = Clock()
        self.office = LogOffice(self.clock)
        self.desks = []
        for agency in (TH, KH):
            (folder / agency).mkdir()
            self.desks.append(Desk(agency, folder / agency, self.clock, self.office.log_box(agency)))
        self.th, self.kh = self.desks
        self.socket = socket


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with tempfile.TemporaryDirectory(prefix="d-") as short:
        made = Pair(tmp_path, Path(short, "desk.sock"))
        server = DeskServer(made.th.office, made.socket)
        server.start()
        yield made
        server.close(5)
    for one in made.desks:
        one.database.close()


def test_a_caseworker_sees_how_well_a_delivery_is_proved(say: Say, pair: Pair) -> None:
    common = ("--socket", pair.socket)
    leaf = say("refer", EXAMPLE, "--to", "kh.mosvy", *common, "--json").document["leaf"][:16]
    pair.th.round()
    at = pair.clock.at.iso()
    unknown = "their desk has not answered for it yet"
    assert f"  {leaf} to kh.mosvy: delivered {at}, says our relay, {unknown}" in say("cases", *common).out
    pair.office.proofs(TH, cosigned=False)
    pair.th.round()
    assert "signed for by their relay, no witness has seen it yet" in say("show", leaf, *common).out
    pair.kh.round()
    pair.office.proofs(TH)
    pair.th.round()
    said = say("cases", *common).out
    assert f"  {leaf} to kh.mosvy: delivered, proved since {at}, their desk has it and can read it ({at})" in said
    (way,) = say("cases", *common, "--json").document["cases"][0]["messages"][0]["deliveries"]
    assert (way["proof"], way["since"], way["acknowledged"]) == ("COSIGNED", at, "RECEIVED")


@pytest.mark.req("EVI-03")
def test_evidence_is_written_for_the_owner_alone_and_verifies(say: Say, pair: Pair, tmp_path: Path) -> None:
    common = ("--socket", pair.socket)
    leaf = say("refer", EXAMPLE, "--to", "kh.mosvy", *common, "--json").document["leaf"]
    for one in (pair.th, pair.kh):
        one.round()
    pair.office.proofs(TH)
    pair.th.round()
    out = tmp_path / "exchange.evidence"
    said = say("evidence", leaf[:8], "--out", out, "--show-control", *common)
    assert (said.code, said.err) == (0, "")
    assert re.fullmatch(rf"written: evidence about message {leaf[:16]}, [0-9,]+ bytes\n", said.out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert verify_evidence(out.read_bytes(), root()).verdict is Verdict.PASSED
    again = say("evidence", leaf, "--out", out, *common)
    assert (again.code, "error [file.exists]" in again.err) == (2, True)
    assert say("evidence", leaf, "--out", out, "--force", *common, "--json").document["leaf"] == leaf


def test_silence_is_claimed_by_its_sender(say: Say, pair: Pair, tmp_path: Path) -> None:
    common = ("--socket", pair.socket)
    leaf = say("refer", EXAMPLE, "--to", "kh.mosvy", *common, "--json").document["leaf"]
    for one in (pair.th, pair.kh):
        one.round()
    pair.office.proofs(TH)
    pair.th.round()
    pair.clock.at = pair.clock.at.plus(7200)
    due, out = pair.clock.at.plus(-60).iso(), tmp_path / "silence.evidence"
    said = say("evidence", leaf, "--out", out, "--non-response", "--deadline", due, *common)
    assert (said.code, said.err) == (0, "")
    report = verify_evidence(out.read_bytes(), root(), at=pair.clock.at)
    assert "non-response" in {str(one.kind) for one in report.shown}
    assert say("evidence", leaf, "--out", out, "--deadline", due, *common).code == 2
    late = say(
        "evidence", leaf, "--out", out, "--force", "--non-response", "--deadline", "2030-01-01T00:00:00Z", *common
    )
    assert (late.code, "desk.deadline" in late.err) == (2, True)


def test_the_access_log_is_listed_and_exported(
    say: Say, pair: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    common = ("--socket", pair.socket)
    assert say("access-log", *common).out == "nothing yet\n"
    monkeypatch.setenv("REFERRAL_OFFICER", "Officer ๑")
    leaf = say("refer", EXAMPLE, "--to", "kh.mosvy", *common, "--json").document["leaf"]
    say("show", leaf, *common)
    pair.th.round()
    rows = say("access-log", *common).out.splitlines()[2:]
    assert re.match(rf"0 +disclosed to kh\.mosvy +{leaf[:16]} +desk-user: Officer ๑ +\S+Z +\S+Z", rows[0])
    assert re.match(rf"1 +opened +{leaf[:16]} +desk-user: Officer ๑ +\S+Z +\S+Z", rows[1])
    listed = say("access-log", *common, "--json").document["accesses"]
    assert [(one["kind"], one["anchored"]) for one in listed] == [("DISCLOSED", True), ("OPENED", True)]
    out = tmp_path / "access.evidence"
    said = say("access-log", "export", out, *common)
    assert (said.code, said.err) == (0, "")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert verify_evidence(out.read_bytes(), root()).verdict is Verdict.PASSED


def test_alarms_are_listed_until_somebody_settles_them(say: Say, pair: Pair) -> None:
    common = ("--socket", pair.socket)
    assert say("alarms", *common).out == "no alarms\n"
    foreign = OpeningKey.create(TH).id
    pair.office.logs[TH].append(opening_key_event(TH, foreign, pair.clock.now()))
    pair.th.round()
    assert "alarms about the relay: 1 (see `referral-node alarms`)" in say("status", *common).out
    assert say("status", *common, "--json").document["audit"] == {"code": None, "alarms": 1}
    said = say("alarms", *common).out
    assert said.startswith("alarm 1 [audit.opening-key], 2026-11-21T09:00:00Z: ")
    assert "  about: th.dsdw 0\n" in said
    (alarm,) = say("alarms", *common, "--json").document["alarms"]
    assert (pair.th.evidence / alarm["evidence"]).exists()
    assert say("alarms", "--settle", 1, *common).out == "no alarms\n"
    assert "  seen to: " in say("alarms", "--all", *common).out
    again = say("alarms", "--settle", 1, *common)
    assert (again.code, "desk.no-alarm" in again.err) == (2, True)
