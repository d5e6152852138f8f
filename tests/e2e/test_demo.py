"""The demonstration, once, as four real processes: what it says, what it leaves, and that it proves what it claims."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from reference_node.demo.planted import planted
from reference_node.demo.search import Searcher
from referral_proto import Moment, verify_cover
from referral_proto.adapters import load_directory, read_referral
from tests.e2e.played import EXAMPLE, Run, demo

PARTIES = ("Thai desk", "Thai relay", "Cambodian relay", "Cambodian desk", "auditor")
NAMES = ("CHHOEUN", "ស្រីល័ក្ខណ៍", "เชือน")


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with spaces and other scripts, far too long for a socket."""
    return tmp_path_factory.mktemp("demo") / "a long name with spaces" / ("កម្ពុជา" * 8) / "kept"


@pytest.fixture(scope="session")
def run(kept: Path) -> Run:
    return demo("--json", "--keep", kept)


def test_it_succeeds_and_says_one_json_document(run: Run) -> None:
    assert run.code == 0, run.err
    assert run.err == ""
    assert run.document["ok"] is True
    assert [step["step"] for step in run.document["steps"]] == [
        "prepare",
        "start",
        "offer",
        "accept",
        "request",
        "result",
        "look",
        "search",
        "stop",
    ]


def test_the_messages_and_what_each_gave(run: Run) -> None:
    told = [(one["kind"], one["from"], one["to"], one["given"]) for one in run.document["messages"]]
    assert told == [
        ("OFFER", "th.dsdw", "kh.mosvy", ["PREVIEW"]),
        ("ACCEPT", "kh.mosvy", "th.dsdw", []),
        ("VERIFICATION_REQUEST", "th.dsdw", "kh.mosvy", ["CONSENT", "IDENTITY"]),
        ("VERIFICATION_RESULT", "kh.mosvy", "th.dsdw", ["IDENTITY"]),
    ]
    assert all(one["bytes"] > 3309 and one["seconds"] > 0 for one in run.document["messages"])


def test_what_each_party_can_see(run: Run) -> None:
    seen = {row["what"]: [row[party] for party in PARTIES] for row in run.document["sees"]}
    assert seen["who wrote to whom, and when"] == ["yes"] * 5
    assert seen["that messages are genuine (both signatures)"] == ["4 of 4"] * 5
    assert seen["what kind of message, and for what purpose"] == ["yes", "no", "no", "yes", "no"]
    assert seen["name, birth date, document numbers"] == ["yes", "no", "no", "yes", "no"]
    assert seen["family, health, the story"] == ["yes", "no", "no", "no", "no"]


def test_all_processes_ended_by_themselves(run: Run) -> None:
    assert set(run.document["exit_codes"].values()) == {0}
    assert len(run.document["exit_codes"]) == 4


def test_every_disk_was_searched_while_it_was_written_to_and_after(run: Run) -> None:
    places = run.document["search"]["places"]
    assert set(places) == set(PARTIES)
    for place, reports in places.items():
        assert [report["finds"] for report in reports.values()] == [0, 0]
        if place != "auditor":
            # A running half has a write-ahead log and its index beside the database.
            assert reports["running"]["files"] == reports["ended"]["files"] + 2


def test_the_report_names_no_person(run: Run) -> None:
    words = planted(read_referral(EXAMPLE.read_bytes()))
    assert Searcher.of(words).in_bytes(run.out.encode()) == ()


def test_every_partys_files_are_left(run: Run, kept: Path) -> None:
    assert run.document["kept"] == str(kept)
    for agency in ("th.dsdw", "kh.mosvy"):
        assert (kept / agency / "relay" / "relay.sqlite").exists()
        assert (kept / agency / "desk" / "desk.sqlite").exists()
        assert not list((kept / agency / "relay").rglob("signing.key"))
        assert not list((kept / agency / "relay").rglob("opening-*.key"))
    assert len(list((kept / "auditor" / "covers").iterdir())) == 4
    assert not [file for file in (kept / "auditor").rglob("*") if file.suffix == ".key"]


def test_secret_files_are_the_owners_alone(run: Run, kept: Path) -> None:
    secret = [kept / "passphrase", *kept.rglob("*.key"), *kept.rglob("*.sqlite"), *kept.rglob("*.log")]
    assert len(secret) >= 12
    assert {stat.S_IMODE(file.stat().st_mode) for file in secret} == {0o600}
    halves = [kept / agency / half for agency in ("th.dsdw", "kh.mosvy") for half in ("relay", "desk")]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in halves} == {0o700}


def test_an_independent_look_finds_no_name_on_any_disk(run: Run, kept: Path) -> None:
    for file in (file for file in kept.rglob("*") if file.is_file()):
        data = file.read_bytes()
        for name in NAMES:
            assert name.encode() not in data, file
            assert name.encode("utf-16-le") not in data, file


def test_the_relays_handled_every_message(run: Run, kept: Path) -> None:
    for agency in ("th.dsdw", "kh.mosvy"):
        database = (kept / agency / "relay" / "relay.sqlite").read_bytes()
        assert all(bytes.fromhex(one["leaf"]) in database for one in run.document["messages"])


def test_the_auditor_verifies_with_what_is_left(run: Run, kept: Path) -> None:
    directory = load_directory(kept / "auditor" / "records")
    leaves = []
    for file in sorted((kept / "auditor" / "covers").iterdir()):
        cover = file.read_bytes()
        at = Moment(int(file.stat().st_mtime))
        leaves.append(verify_cover(cover, directory, at).leaf.hex())
    assert sorted(leaves) == sorted(one["leaf"] for one in run.document["messages"])


def test_the_desks_keep_sealed_envelopes_and_wrapped_keys(run: Run, kept: Path) -> None:
    database = sqlite3.connect(kept / "kh.mosvy" / "desk" / "desk.sqlite")
    try:
        rows = database.execute("SELECT length(envelope), length(wrapped_keys) FROM desk_message").fetchall()
    finally:
        database.close()
    assert len(rows) == 4
    assert all(envelope > 3309 and keys >= 12 + 16 + 1 + 33 for envelope, keys in rows)


def test_a_second_run_into_the_same_folder_is_refused_and_changes_nothing(run: Run, kept: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in kept.rglob("*")}
    again = demo("--json", "--keep", kept)
    assert again.code == 2
    assert (again.document["failed_step"], again.document["error"]["code"]) == ("prepare", "demo.not-empty")
    assert {file: file.stat().st_mtime_ns for file in kept.rglob("*")} == before
