"""The caseworker's commands against a desk on a socket: what they say, as people and as programs read it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.desk.test_inbound import made
from tests.desk.world import KH, TH, Desk
from tests.node_cli.conftest import Say

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "referral-th-kh.json"
Served = tuple[Desk, Path]


def test_an_offer_is_sent_listed_and_shown(say: Say, served: Served) -> None:
    desk, socket = served
    sent = say("refer", EXAMPLE, "--to", "kh.mosvy", "--restrict", "non-punishment", "--socket", socket)
    assert (sent.code, sent.err) == (0, "")
    first, *rows = sent.out.splitlines()
    match = re.fullmatch(r"sealed and stored: message ([0-9a-f]{16}), case ([0-9a-f]{16}), [0-9,]+ bytes", first)
    assert match
    assert "  Preview without identity, kh.mosvy: Given" in rows
    assert any(row.startswith("  Identity, kh.mosvy: Withheld (not-in-matrix)") for row in rows)
    listed = say("cases", "--socket", socket)
    assert listed.out.startswith(f"case {match[2]}: kh.mosvy, th.dsdw\n")
    assert re.search(rf"{match[1]}  Offer of a referral +to kh.mosvy +2026-11-21T09:00:00Z +queued", listed.out)
    desk.round()
    assert "delivered" in say("cases", "--socket", socket).out
    shown = say("show", match[1][:8], "--socket", socket)
    assert "KX7T-B2MD-RH9Q-W4NC" in shown.out
    assert "CHHOEUN" not in shown.out


def test_labels_in_the_caseworkers_language(say: Say, served: Served) -> None:
    _, socket = served
    leaf = say("refer", EXAMPLE, "--to", "kh.mosvy", "--socket", socket, "--json").document["leaf"]
    english = say("show", leaf, "--socket", socket).out
    khmer = say("show", leaf, "--socket", socket, "--lang", "km").out
    assert english != khmer
    assert re.search("[\u1780-\u17ff]{5}", khmer)


def test_an_answer_with_findings(say: Say, served: Served, tmp_path: Path) -> None:
    desk, socket = served
    question = made(KH, TH)
    desk.office.inbound.take_by_hand(question.envelope)
    findings = tmp_path / "findings.json"
    findings.write_text('{"preview": {"pseudonym": "KX7T-B2MD-RH9Q-W4NC"}}')
    common = ("--socket", socket, "--json")
    said = say("answer", question.leaf.hex()[:10], "--kind", "accept", "--findings", findings, *common)
    assert said.code == 0
    # An acceptance is made of no section: who asks does not choose how much is answered.
    withheld = {"section": "PREVIEW", "recipient": "kh.mosvy", "state": "WITHHELD", "reason": "not-in-answer"}
    assert said.document["disclosed"] == [withheld]
    shown = say("show", said.document["leaf"], *common).document
    assert shown["message"]["about"] == [question.leaf.hex()]
    assert shown["sections"] == {}
    assert shown["control"]["kind"] == "ACCEPT"


def test_a_case_is_continued_by_the_beginning_of_its_number(say: Say, served: Served) -> None:
    _, socket = served
    common = ("--socket", socket, "--json")
    first = say("refer", EXAMPLE, "--to", "kh.mosvy", *common).document
    second = say(
        *("refer", EXAMPLE, "--to", "kh.mosvy", "--kind", "verification-request"),
        *("--purpose", "nationality-verification", "--legal-basis", "consent", "--safeguard", "bilateral-agreement"),
        *("--case", first["case"][:8], "--about", first["leaf"][:8], *common),
    ).document
    assert second["case"] == first["case"]
    assert {row["section"] for row in second["disclosed"] if row["state"] == "GIVEN"} == {"CONSENT", "IDENTITY"}
    (case,) = say("cases", *common).document["cases"]
    assert [one["kind"] for one in case["messages"]] == ["OFFER", "VERIFICATION_REQUEST"]


def test_the_standing(say: Say, served: Served) -> None:
    desk, socket = served
    say("refer", EXAMPLE, "--to", "kh.mosvy", "--socket", socket)
    said = say("status", "--socket", socket)
    assert said.out.splitlines() == [
        "desk of th.dsdw: 1 cases",
        "waiting for the relay: 1; under way: 0",
        "the relay answered last: never",
    ]
    desk.office.inbound.take(b"unreadable", desk.office.courier._held.clock.now())
    assert "cannot be read: 1 (see `referral-node cases`)" in say("status", "--socket", socket).out
    assert "cannot be read [envelope.malformed]" in say("cases", "--socket", socket).out


def test_sealed_files_in_and_out(say: Say, served: Served, tmp_path: Path) -> None:
    _, socket = served
    sealed, file = made(KH, TH), tmp_path / "in.referral"
    file.write_bytes(sealed.envelope)
    leaf = sealed.leaf.hex()
    assert say("import", file, "--socket", socket).out == f"stored: message {leaf[:16]}\n"
    assert say("import", file, "--socket", socket).out == f"had come before: message {leaf[:16]}\n"
    out = tmp_path / "out.referral"
    assert say("export", leaf[:6], "-o", out, "--socket", socket).code == 0
    assert out.read_bytes() == sealed.envelope
    again = say("export", leaf, "-o", out, "--socket", socket)
    assert (again.code, "error [file.exists]" in again.err) == (2, True)
    assert say("export", leaf, "-o", out, "--force", "--socket", socket).code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (("show", "00ff00ff00"), 2, "desk.no-message"),
        (("show", "00"), 2, "desk.no-message"),
        (("refer", "nothing.json", "--to", "kh.mosvy"), 2, "file.not-found"),
        (("refer", EXAMPLE, "--to", "xx.nobody"), 3, "trust.unknown-agency"),
        (("refer", EXAMPLE, "--to", "kh.mosvy", "--purpose", "statistics"), 2, "policy.purpose"),
        (("refer", EXAMPLE, "--to", "th.dsdw"), 2, "seal.sender"),
        (("refer", EXAMPLE, "--to", "kh.mosvy", "--case", "00ff00ff00"), 2, "desk.no-case"),
        (("import", EXAMPLE), 3, "envelope.malformed"),
    ],
)
def test_refusals(say: Say, served: Served, arguments: tuple[object, ...], code: int, error: str) -> None:
    said = say(*arguments, "--socket", served[1], "--json")
    assert (said.code, said.document["error"]["code"]) == (code, error)
    assert f"error [{error}]" in said.err
    assert "Sreyleak" not in said.out + said.err


def test_a_desk_that_is_not_running(say: Say, tmp_path: Path) -> None:
    said = say("status", "--socket", tmp_path / "none.sock")
    assert said.code == 4
    assert said.err == (
        "error [desk.unreachable]: The desk does not answer\n"
        "do: Start it with `referral-node desk`, or name its folder with --dir\n"
    )
