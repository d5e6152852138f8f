"""`referral verify` and `referral evidence` on files: what they say, and how they end."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from referral_proto.adapters import SystemClock, save_signing_key, write_record
from referral_proto.adapters.evidence_files import write_evidence
from referral_proto.cli import voice
from referral_proto.flow.evidence.claim import read_claim, sign_claim
from referral_proto.log.checkpoint import LogIdentity, sign_checkpoint
from referral_proto.log.contradiction import from_heads
from referral_proto.log.head import Head
from referral_proto.model.codes.evidence import ClaimKind
from referral_proto.moment import DAY
from tests.cli.stage import referral
from tests.flow.evidence_world import AT, DUE, A, B, log_keys, played, records, revoked, root, signing


@pytest.fixture
def auditor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An auditor's folder: root.json, a bundle, the federation's records."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(SystemClock, "now", lambda _: AT.plus(9 * DAY))
    for name in ("REFERRAL_LANG", "REFERRAL_RECORDS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "records").mkdir()
    for number, record in enumerate(records()):
        write_record(tmp_path / "records" / f"{number}.record", record)
    write_evidence(tmp_path / "exchange.evidence", played().bundle())
    assert referral("evidence", "root", "--records", "records", "--out", "root.json").code == 0
    return tmp_path


def test_the_root_file_names_the_federation(auditor: Path) -> None:
    said = json.loads((auditor / "root.json").read_text("utf-8"))
    assert said["federation"] == "An invented federation" and said["root"] == root().hex()
    again = referral("evidence", "root", "--records", "records", "--out", "root.json")
    assert again.code == 2 and "file.exists" in again.err


def test_the_report_says_what_is_shown_whose_word_it_is_and_what_was_not_looked_at(auditor: Path) -> None:
    ran = referral("verify", "exchange.evidence", "--root", "root.json")
    assert ran.code == 0 and ran.err == ""
    assert "verdict: passed" in ran.out
    assert f"Message 2 is an answer of {B} to message 1." in ran.out
    assert f"received by the relay (relay of {B})" in ran.out
    assert "--records DIR adds those that you hold" in ran.out
    assert f"judged by this machine's clock, at {AT.plus(9 * DAY).iso()}" in ran.out
    assert (
        "adds those" not in referral("verify", "exchange.evidence", "--root", "root.json", "--records", "records").out
    )


def test_the_document_holds_every_check(auditor: Path) -> None:
    ran = referral("verify", "exchange.evidence", "--root", "root.json", "--json")
    said = json.loads(ran.out)
    assert ran.code == 0 and said["verdict"] == "passed" and said["kind"] == "EXCHANGE"
    assert {one["id"] for one in said["checks"]} == {f"E-{number}" for number in range(1, 13)}
    assert [one["kind"] for one in said["shown"]] == ["signed", "received", "signed", "received", "answers"]


def test_a_damaged_bundle_is_refused(auditor: Path) -> None:
    bundle = bytearray(played().bundle())
    bundle[5000] ^= 1
    write_evidence(auditor / "bad.evidence", bytes(bundle))
    ran = referral("verify", "bad.evidence", "--root", "root.json")
    assert ran.code == 3 and "verdict: failed" in ran.out and "[evidence.damaged]" in ran.out
    assert ran.err.startswith("error [evidence.refused]: ")


def test_a_newer_bundle_leaves_it_open(auditor: Path) -> None:
    write_evidence(auditor / "newer.evidence", played().bundle().replace(b"evidence\x10\x01", b"evidence\x10\x02", 1))
    ran = referral("verify", "newer.evidence", "--root", "root.json", "--json")
    assert ran.code == 2 and json.loads(ran.out)["verdict"] == "indeterminate"


def test_a_revocation_among_the_auditors_records(auditor: Path) -> None:
    write_record(auditor / "records" / "later.record", revoked(AT.plus(30)))
    ran = referral("verify", "exchange.evidence", "--root", "root.json", "--records", "records")
    assert ran.code == 3 and "[trust.keyset-revoked]" in ran.out and f"{A}: up to record 1" in ran.out


def test_evidence_asks_for_the_root_and_everything_else_for_records(auditor: Path) -> None:
    assert "Missing option '--root'" in referral("verify", "exchange.evidence").err
    (auditor / "a.cover").write_bytes(played().asked.cover)
    assert "Missing option '--records'" in referral("verify", "a.cover").err
    assert "V-7" in referral("verify", "a.cover", "--records", "records").out
    (auditor / "bad.json").write_text('{"root": 1}', "utf-8")
    ran = referral("verify", "exchange.evidence", "--root", "bad.json")
    assert ran.code == 2 and "evidence.root-file" in ran.err


def test_many_bundles_make_a_summary_and_the_worst_decides(auditor: Path) -> None:
    (auditor / "all").mkdir()
    for number in range(3):
        claim = sign_claim(signing(A), ClaimKind.ANSWER_DUE, DUE, leaf=played().asked.leaf, recipient=B, due_at=DUE)
        write_evidence(auditor / "all" / f"{number}.evidence", played().bundle(claim))
    ran = referral("verify", "all", "--root", "root.json")
    assert ran.code == 0 and ran.out.splitlines()[-1].split() == ["bundles", "3"] and ran.err == ""
    write_evidence(auditor / "all" / "bad.evidence", played().bundle()[:-1])
    (auditor / "all" / "empty.evidence").write_bytes(b"")
    ran = referral("verify", "all", "exchange.evidence", "--root", "root.json", "--json")
    said = json.loads(ran.out)
    assert ran.code == 3 and said["files"] == 6
    assert said["counts"] == {"passed": 4, "indeterminate": 0, "contested": 0, "failed": 2}
    assert [one["code"] for one in said["not_passed"]] == ["evidence.damaged", "file.empty"]
    assert "2 of 6 files" in ran.err


def test_a_bar_goes_to_a_terminal_alone_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal, pipe = Terminal(), io.StringIO()
    monkeypatch.setattr("sys.stderr", terminal)
    voice.progress(2_500, 10_000, ", 2 not passed")
    voice.progress(10_000, 10_000)
    assert "[#######.......................] 2,500 of 10,000, 2 not passed" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\033[K")
    monkeypatch.setattr("sys.stderr", pipe)
    voice.progress(1, 2)
    assert pipe.getvalue() == ""


def test_an_empty_folder_verifies_nothing(auditor: Path) -> None:
    (auditor / "none").mkdir()
    ran = referral("verify", "none", "--root", "root.json")
    assert ran.code == 2 and "evidence.no-file" in ran.err


def test_a_contradiction_names_who_told_two_stories(auditor: Path) -> None:
    heads = (Head(A, 3, bytes(32)), Head(A, 3, bytes([1]) * 32))
    first, second = (sign_checkpoint(head, log_keys(A), AT) for head in heads)
    evidence = from_heads(first, second, LogIdentity.of(A, log_keys(A)))
    assert evidence is not None
    write_evidence(auditor / "two.contradiction", evidence)
    ran = referral("verify", "two.contradiction", "--records", "records", "--root", "root.json")
    assert ran.code == 0 and f"proved: {A} signed two statements" in ran.out


def test_a_bundle_out_of_files(auditor: Path) -> None:
    sent, proved = played().asked, played().there
    for name, data in (
        ("asked.cover", sent.cover),
        ("receipt", proved.receipt),
        ("acknowledgement", proved.acknowledgement),
        ("acknowledgement-receipt", proved.acknowledgement_receipt),
        ("earlier-checkpoint", proved.earlier_checkpoint),
    ):
        (auditor / name).write_bytes(data)
    pieces = ("receipt", "acknowledgement", "acknowledgement-receipt", "earlier-checkpoint")
    options = [word for piece in pieces for word in (f"--{piece}", piece)]
    arguments = (
        "evidence",
        "export",
        "--cover",
        "asked.cover",
        *options,
        "--records",
        "records",
        "--out",
        "one.evidence",
    )
    ran = referral(*arguments)
    assert ran.code == 0 and "nothing was verified" in ran.out
    assert referral("verify", "one.evidence", "--root", "root.json").code == 0
    assert referral(*arguments[:4], "--records", "records", "--out", "two.evidence").code == 0
    # A cover alone: nobody can say when it was received.
    ran = referral("verify", "two.evidence", "--root", "root.json")
    assert ran.code == 2 and "verdict: indeterminate" in ran.out and "[evidence.no-time]" in ran.out


def test_a_claim_by_the_key_file_of_the_sender(auditor: Path) -> None:
    save_signing_key(auditor / "a.key", signing(A), "an invented passphrase", 8)
    (auditor / "pass").write_text("an invented passphrase\n", "utf-8")
    (auditor / "pass").chmod(0o600)
    about = ("--leaf", played().asked.leaf.hex(), "--recipient", B, "--at", DUE.plus(60).iso())
    keys = ("--key", "a.key", "--passphrase-file", "pass")
    assert referral("evidence", "claim", "no-answer", *keys, *about, "--out", "a.claim").code == 0
    assert read_claim((auditor / "a.claim").read_bytes()).said.kind is ClaimKind.NO_ANSWER
    ran = referral("evidence", "claim", "answer-due", *keys, *about, "--out", "b.claim")
    assert ran.code == 2 and "model.invalid" in ran.err


@pytest.mark.req("EVI-10")
def test_a_claim_from_the_future_is_refused(auditor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = sign_claim(signing(A), ClaimKind.ANSWER_DUE, DUE, leaf=played().asked.leaf, recipient=B, due_at=DUE)
    write_evidence(auditor / "ahead.evidence", played().bundle(claim))
    assert referral("verify", "ahead.evidence", "--root", "root.json").code == 0
    monkeypatch.setattr(SystemClock, "now", lambda _: DUE.plus(-3600))
    ran = referral("verify", "ahead.evidence", "--root", "root.json")
    assert ran.code == 3 and "[evidence.claim-ahead]" in ran.out
