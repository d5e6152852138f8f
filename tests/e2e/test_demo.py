"""The demonstration, once, as real processes: what it says, what it leaves, and that it proves what it claims."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reference_node.demo.planted import planted
from reference_node.demo.search import Searcher
from referral_proto import Directory, Moment, verify_cover
from referral_proto.adapters import KeyFileVault, load_directory, read_referral
from referral_proto.adapters.trust_mirror import TrustMirror
from tests.e2e.played import EXAMPLE, Run, demo

PARTIES = ("Thai desk", "Thai relay", "Cambodian relay", "Cambodian desk", "auditor")
WITNESSES = ["witness.th", "witness.kh", "witness.int"]
NAMES = ("CHHOEUN", "ស្រីល័ក្ខណ៍", "เชือน")


FOUNDERS = ["th.registrar", "kh.registrar", "int.registrar"]


def of_trials(run: Run) -> list[str]:
    """The leaves of the messages that passed during and after the changes of keys."""
    return [leaf for trial in run.document["trust"].values() for leaf in trial.get("messages", [])]


def refusals(kept: Path) -> list[str]:
    """The codes with which the Cambodian relay refused what the Thai relay's line brought, in order."""
    log = (kept / "kh.mosvy" / "relay" / "relay.log").read_text("utf-8").splitlines()
    found = [line for line in map(json.loads, log) if line["event"] == "an envelope was refused"]
    return [line["code"] for line in found if line["status"] == "refused"]


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
        "prove",
        "look",
        "rotate",
        "revoke",
        "audit",
        "tamper",
        "drop",
        "backdate",
        "seize",
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
    assert len(run.document["exit_codes"]) == 7


def test_every_disk_was_searched_while_it_was_written_to_and_after(run: Run) -> None:
    places = run.document["search"]["places"]
    assert set(places) == {*PARTIES, "witnesses"}
    for place, reports in places.items():
        assert [report["finds"] for report in reports.values()] == [0, 0]
        # What runs has a write-ahead log beside its database.
        journals = {"auditor": 0, "witnesses": 3}.get(place, 1)
        assert (reports["running"]["journals"], reports["ended"]["journals"]) == (journals, 0)


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
        assert all(bytes.fromhex(leaf) in database for leaf in of_trials(run))


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
    assert len(rows) == 4 + len(of_trials(run))
    assert all(envelope > 3309 and keys >= 12 + 16 + 1 + 33 for envelope, keys in rows)


def verify(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The auditor's program, in a folder that knows nothing of this one."""
    command = [sys.executable, "-m", "referral_proto.cli", "verify", *arguments]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8", cwd=folder, timeout=60)


def test_each_message_is_receipted_cosigned_and_acknowledged(run: Run) -> None:
    receipts = run.document["proofs"]["receipts"]
    assert [(one["leaf"], one["log"]) for one in receipts] == [
        (one["leaf"], one["to"]) for one in run.document["messages"][2:]
    ]
    for one in receipts:
        assert set(one["cosigned_by"]) <= set(WITNESSES)
        assert len(one["cosigned_by"]) >= one["quorum"] == 2
        assert (one["acknowledged"], one["acknowledged_by"]) == ("RECEIVED", one["log"])
        assert Moment.parse(one["cosigned_since"]) + 5 >= Moment.parse(one["relay_says"])


def test_the_access_log_says_who_opened_what_and_witnesses_saw_it(run: Run) -> None:
    log = [one for one in run.document["proofs"]["access_log"] if one["what"] == "OPENED"]
    assert [one["leaf"] for one in log] == [one["leaf"] for one in run.document["messages"] if one["to"] == "kh.mosvy"]
    assert {(one["agency"], one["who"]) for one in log} == {("kh.mosvy", "case desk: Officer Two")}
    assert all(one["proved_since"] for one in log)


def test_the_kept_exchange_verifies_anywhere_with_its_root_and_nothing_else(
    run: Run, kept: Path, tmp_path: Path
) -> None:
    for name in ("exchange.evidence", "root.json"):
        shutil.copy(kept / "auditor" / name, tmp_path / name)
    heard = verify(tmp_path, "exchange.evidence", "--root", "root.json", "--json")
    assert heard.returncode == 0, heard.stderr
    found = json.loads(heard.stdout)
    told = run.document["audit"]["report"]
    assert found | {"judged_at": told["judged_at"]} == told
    assert (found["verdict"], {one["status"] for one in found["checks"]}) == ("passed", {"passed", "not-shown"})
    assert [(one["leaf"], one["kind"]) for one in found["messages"]] == [
        (one["leaf"], one["kind"]) for one in run.document["messages"][2:]
    ]
    for kind, times in (("signed", 2), ("received", 2), ("answers", 1)):
        assert [one["kind"] for one in found["shown"]].count(kind) == times


def test_the_kept_exchange_names_no_person_and_no_other_root_believes_it(run: Run, kept: Path, tmp_path: Path) -> None:
    data = (kept / "auditor" / "exchange.evidence").read_bytes()
    assert Searcher.of(planted(read_referral(EXAMPLE.read_bytes()))).in_bytes(data) == ()
    said = json.loads((kept / "auditor" / "root.json").read_text("utf-8"))
    (tmp_path / "root.json").write_text(json.dumps(said | {"root": "00" * 32}), "utf-8")
    assert verify(tmp_path, str(kept / "auditor" / "exchange.evidence"), "--root", "root.json").returncode == 3
    (tmp_path / "changed.evidence").write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    root = str(kept / "auditor" / "root.json")
    assert verify(tmp_path, "changed.evidence", "--root", root).returncode == 3


def test_a_rewritten_log_is_refused_by_each_witness_and_convicted(run: Run, kept: Path, tmp_path: Path) -> None:
    told = run.document["attacks"]["tamper"]
    assert told["witnesses"] == dict.fromkeys(WITNESSES, "witness.refused")
    auditor = kept / "auditor"
    given = ("--root", str(auditor / "root.json"), "--records", str(auditor / "records"))
    heard = verify(tmp_path, str(auditor / "two-stories.contradiction"), *given)
    assert heard.returncode == 0, heard.stderr
    assert told["said"][0] == "proved: kh.mosvy signed two statements that cannot both be true"
    assert told["said"][0] in heard.stdout
    # Each witness keeps what it was shown.
    for name in WITNESSES:
        database = sqlite3.connect(kept / name / "witness" / "witness.sqlite")
        try:
            kept_there = database.execute("SELECT DISTINCT origin FROM evidence").fetchall()
        finally:
            database.close()
        assert kept_there == [("kh.mosvy",)]


def test_a_relay_that_logged_and_dropped_is_shown_by_its_own_desk(run: Run, kept: Path, tmp_path: Path) -> None:
    told = run.document["attacks"]["drop"]
    assert (told["noticed_by"], told["code"]) == ("kh.mosvy", "audit.unexplained")
    assert told["receipt_since"] is not None
    auditor = kept / "auditor"
    heard = verify(tmp_path, str(auditor / "dropped.evidence"), "--root", str(auditor / "root.json"))
    assert heard.returncode == 0, heard.stderr
    assert told["said"][-1] in " ".join(heard.stdout.split())
    assert "nothing that stands behind this entry" in told["said"][-1]


def test_a_backdated_receipt_fails_though_witnesses_cosigned_it(run: Run, kept: Path, tmp_path: Path) -> None:
    told = run.document["attacks"]["backdate"]
    assert Moment.parse(told["claimed"]) < Moment.parse(told["made"])
    auditor = kept / "auditor"
    heard = verify(tmp_path, str(auditor / "backdated.evidence"), "--root", str(auditor / "root.json"), "--json")
    assert heard.returncode == 3
    found = json.loads(heard.stdout)
    doubtful = {one["id"]: (one["status"], one["code"]) for one in found["checks"] if one["status"] != "passed"}
    assert found["verdict"] == "failed"
    assert doubtful["E-7"] == ("failed", "receipt.backdated")
    assert next(one["status"] for one in found["checks"] if one["id"] == "E-6") == "passed"
    assert [said for said in told["said"] if "[receipt.backdated]" in said]


def test_a_key_changes_and_no_message_is_lost(run: Run, kept: Path) -> None:
    rotated = run.document["trust"]["rotate"]
    assert rotated["old"] != rotated["new"]
    assert (len(set(rotated["messages"])), rotated["lost"]) == (4, 0)
    vault = KeyFileVault(kept / "th.dsdw" / "desk" / "keys", (kept / "passphrase").read_text())
    assert vault.signing_keyset().id.hex() == rotated["new"]


def test_a_revoked_key_is_refused_by_the_other_country(run: Run, kept: Path) -> None:
    revoked = run.document["trust"]["revoke"]
    assert revoked["keyset"] == run.document["trust"]["rotate"]["old"]
    assert (revoked["refused_by"], revoked["code"]) == ("kh.mosvy", "trust.keyset-revoked")
    assert revoked["earlier_message"] == "VALID"
    assert refusals(kept) == ["trust.keyset-revoked", "trust.unknown-keyset"]


def test_a_registrar_alone_replaces_no_key(run: Run, kept: Path) -> None:
    seized = run.document["trust"]["seize"]
    assert (seized["by"], seized["code"]) == ("th.registrar", "trust.keyset-unsupported")
    assert seized["why"] == "A registrar alone tried to change an agency's key"
    assert seized["noticed_by"] == ["th.dsdw", "kh.mosvy"]
    assert seized["message"]["code"] == "trust.unknown-keyset"
    assert seized["keyset_in_force"] == run.document["trust"]["rotate"]["new"]


@pytest.mark.parametrize("half", ["th.dsdw/relay", "th.dsdw/desk", "kh.mosvy/relay", "kh.mosvy/desk"])
def test_every_half_went_by_the_repository(run: Run, kept: Path, half: str) -> None:
    mirror = TrustMirror(kept / half / "trust", (kept / half / "trust-root.json").read_bytes())
    records, seen, root = mirror.believed()
    at = Moment(int((kept / "federation" / "metadata" / "timestamp.json").stat().st_mtime))
    directory = Directory.fold(records, root=root, seen=seen, at=at, lenient=True)
    assert [founder.agency for founder in directory.federation.founders] == FOUNDERS
    assert directory.federation.threshold == 2
    history, told = directory.history("th.dsdw"), run.document["trust"]
    assert history.problem is not None
    assert history.problem.code == "trust.keyset-unsupported"
    assert [keys.id.hex() for keys in history.good(at)] == [told["rotate"]["new"]]
    assert history.standing(bytes.fromhex(told["rotate"]["old"]), at).code == "trust.keyset-revoked"
    # What the Cambodian desk found is about its relay's log; nobody saw two views of the trust data.
    assert {file.name.split(".")[0] for file in (kept / half).glob("evidence/*")} <= {"audit"}


def test_no_registrars_key_is_on_any_disk(run: Run, kept: Path) -> None:
    assert {file.suffix for file in (kept / "federation").rglob("*") if file.is_file()} == {".json", ".record"}
    assert {file.parent.name for file in kept.rglob("*.key")} == {"relay", "desk", "keys", "witness"}


def test_a_second_run_into_the_same_folder_is_refused_and_changes_nothing(run: Run, kept: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in kept.rglob("*")}
    again = demo("--json", "--keep", kept)
    assert again.code == 2
    assert (again.document["failed_step"], again.document["error"]["code"]) == ("prepare", "demo.not-empty")
    assert {file: file.stat().st_mtime_ns for file in kept.rglob("*")} == before
