"""Law: nothing is done that was not said before, nobody signs for another, what nodes would refuse is refused here."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

import pytest

from referral_proto.adapters.keyfiles import load_signing_key
from referral_proto.adapters.trust_keys import KeyRole, RepositoryKey
from referral_proto.cli.trust import group
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.trust.issue import request_enrolment
from tests.cli import trust_stage as ts
from tests.cli.stage import Ran
from tests.cli.trust_stage import day, good, refused, trust

REPOSITORY = ("--repository", ts.REPOSITORY)
REGISTRAR = ("--key", "th.ministry.key", *REPOSITORY)
pytestmark = pytest.mark.usefixtures("founded")


def files() -> set[str]:
    return {str(path) for path in Path().rglob("*") if path.is_file()}


def keyset() -> str:
    return Path("shelter.id").read_text(encoding="ascii")


def acts() -> dict[str, tuple[str, ...]]:
    """Every command that writes, ready to be run."""
    words = ("--name", "en=Example", "--type", "ngo", "--mandate", "shelter", "--relay", "th.shelter")
    agency = ("--key", "th.shelter.key", *REPOSITORY)
    online = ("--key", "online-int.operator.key")
    return {
        "new-key": ("root", "la.ministry", "--public", "out.json", *ts.CHEAP),
        "add-country": ("la", "--registrar", "th.shelter.pub", *REPOSITORY),
        "amend": ("--threshold", "3", *REPOSITORY),
        "root": REPOSITORY,
        "targets": REPOSITORY,
        "country": ("th", *REPOSITORY),
        "enrol-request": ("--key", "th.shelter.key", *words),
        "rotate": (*agency, "--new-key", "th.shelter.1.key"),
        "recover": ("--new-key", "th.shelter.1.key", "--second-country", "kh", *REPOSITORY),
        "move-relay": ("int.operator", *agency),
        "logs": ("--log", "log-th.shelter.entry", *agency),
        "witnesses": ("--witness", "witness-th.entry", *REPOSITORY),
        "compromise-key": (
            "kh.ministry",
            Path("kh.id").read_text("ascii"),
            "--since",
            day(1.5).iso(),
            *REPOSITORY,
            "--replacement",
            "kh.ministry.1.pub",
        ),
        "confirm": ("th", "--key", "int.secretariat.key", *REPOSITORY),
        "oppose": agency,
        "revoke": ("th.shelter", keyset(), *REGISTRAR),
        "compromise": ("th.shelter", keyset(), "--since", day(1.5).iso(), *REGISTRAR),
        "compromise-log": ("th.shelter", "th.shelter", "--since", day(1.8).iso(), *REGISTRAR),
        "withdraw": ("th.shelter", *REGISTRAR),
        "mandates": ("th.shelter", "--mandate", "hotline", *REGISTRAR),
        "approve": ("rotate.request", *REGISTRAR),
        "sign": ("root.draft", "--key", "root-int.secretariat.key", *REPOSITORY),
        "merge": ("root.draft", "root.draft"),
        "publish": (ts.REPOSITORY, *online),
        "refresh-timestamp": (ts.REPOSITORY, *online),
    }


def prepared(name: str) -> tuple[str, ...]:
    """The command's words, with what it needs in place."""
    ts.signing_key("th.shelter", 1)
    ts.signing_key("kh.ministry", 1)
    ts.log_keys("th.shelter", day(2))
    ts.witness_keys("th")
    Path("kh.id").write_text(ts.fingerprint("kh.ministry"), encoding="ascii")
    if name == "confirm":
        Path("out").mkdir()
    agency = ("--key", "th.shelter.key", "--new-key", "th.shelter.1.key", *REPOSITORY)
    good("rotate", *agency, "-o", "rotate.request", at=day(2))
    good("root", *REPOSITORY, "-o", "root.draft", at=day(2))
    if name == "compromise-log":
        good(
            "logs",
            "--key",
            "th.shelter.key",
            "--log",
            "log-th.shelter.entry",
            *REPOSITORY,
            "-o",
            "l.request",
            at=day(1),
        )
        ts.approve("l.request", "th", "logs.record", day(1.5))
        ts.publish_record("th", "logs.record", day(1.5))
    output = () if name in {"publish", "refresh-timestamp"} else ("-o", "out")
    return (name, *acts()[name], *output)


READING = {"show", "verify", "diff"}
FOUNDING = {"found"}
WRITING = sorted(set(group.command.commands) - READING - FOUNDING)
TIMELESS = {"new-key", "merge"}


@pytest.mark.parametrize("command", WRITING)
def test_nothing_is_done_without_a_yes(command: str) -> None:
    words = prepared(command)
    at = None if command in TIMELESS else day(2)
    before = files()
    stamp = Path(ts.REPOSITORY, "metadata", "timestamp.json").read_bytes()
    ran = trust(*words, at=at, yes=False)
    refused(ran, "cli.unconfirmed", 2)
    assert ran.err.startswith("plan: ")
    assert ran.out == ""
    assert files() == before
    assert Path(ts.REPOSITORY, "metadata", "timestamp.json").read_bytes() == stamp
    done = trust(*words, "--json", at=at)
    assert done.code == 0, done.err
    said = json.loads(done.out)
    assert {"done", "changes", "then"} <= said.keys()
    assert f"plan: {said['done']}" in done.err
    if command not in {"publish", "refresh-timestamp"}:
        refused(trust(*words, at=at), "file.exists", 2)


def test_a_yes_at_the_terminal_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for typed, code in (("no\n", 2), ("yes\n", 0)):
        monkeypatch.setattr(sys, "stdin", _Terminal(typed))
        assert trust("withdraw", "th.shelter", *REGISTRAR, "-o", "gone.record", at=day(2), yes=False).code == code
    assert Path("gone.record").exists()


class _Terminal:
    def __init__(self, typed: str) -> None:
        self._typed = typed

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        return self._typed


def test_an_error_is_one_document_too() -> None:
    ran = trust("show", "nowhere", "--json", yes=False)
    assert json.loads(ran.out)["error"]["code"] == "file.no-folder"
    ran = trust("withdraw", "th.shelter", *REGISTRAR, "-o", "x", "--json", at=day(2), yes=False)
    assert json.loads(ran.out)["error"]["code"] == "cli.unconfirmed"


def test_no_secret_is_ever_said_or_written_in_the_open() -> None:
    said = "".join(f"{ran.out}{ran.err}" for ran in _everything())
    secrets = [load_signing_key(Path(f"{one}.key"), ts.PASSPHRASE).seeds() for one in ("th.ministry", "th.shelter")]
    seeds = [seed for pair in secrets for seed in pair]
    seeds += [RepositoryKey.load(Path("online-int.operator.key"), KeyRole.ONLINE, ts.PASSPHRASE).seed]
    assert ts.PASSPHRASE not in said
    for seed in seeds:
        for written in (seed.hex(), base64.b64encode(seed).decode(), base64.urlsafe_b64encode(seed).decode()):
            assert written.rstrip("=") not in said
        assert [name for name in files() if seed in Path(name).read_bytes()] == []
    assert {Path(name).stat().st_mode & 0o777 for name in files() if name.endswith(".key")} == {0o600}


def _everything() -> list[Ran]:
    prepared("rotate")
    Path("confirmed").mkdir()
    ran = []
    for number, (name, words) in enumerate(acts().items()):
        file = {"new-key": f"{number}.key", "confirm": "confirmed"}.get(name, f"{number}.out")
        output = () if name in {"publish", "refresh-timestamp"} else ("-o", file)
        ran.append(trust(name, *words, *output, at=None if name in TIMELESS else day(2)))
    return [*ran, trust("show", ts.REPOSITORY, at=day(2), yes=False)]


def test_a_key_that_was_made_for_another_role_signs_nothing() -> None:
    prepared("root")
    for key in ("targets-th.ministry.key", "country-th.ministry.key", "th.ministry.key"):
        refused(trust("sign", "root.draft", "--key", key, *REPOSITORY, "-o", "x", at=day(2)), "key.kind", 2)
    refused(trust("publish", ts.REPOSITORY, "--key", "root-th.ministry.key", at=day(2)), "key.kind", 2)


def test_merging_says_who_has_signed_and_who_has_not() -> None:
    good("root", *REPOSITORY, "-o", "root.draft", at=day(2))
    good("sign", "root.draft", "--key", "root-th.ministry.key", *REPOSITORY, "-o", "half.json", at=day(2))
    ran = trust("merge", "root.draft", "half.json", *REPOSITORY, "-o", "whole.json", "--json")
    before, missing, *own = json.loads(ran.out)["changes"]
    assert before.startswith("by root 1, 2 must sign: th.ministry ")
    assert {"int.secretariat", "kh.ministry"} <= set(missing.split())
    assert own[0].startswith("by root 2, 2 must sign: th.ministry ")
    merged = trust("merge", f"federation-{ts.AT}-signed.record", "-o", "again.record", "--json")
    assert [line.split(",")[0] for line in json.loads(merged.out)["changes"]] == [
        "signed by th.ministry",
        "signed by kh.ministry",
    ]


def test_one_founder_alone_is_not_enough() -> None:
    good("root", *REPOSITORY, "-o", "root.draft", at=day(2))
    good("sign", "root.draft", "--key", "root-th.ministry.key", *REPOSITORY, "-o", "half.json", at=day(2))
    ran = trust("publish", ts.REPOSITORY, "half.json", "--key", "online-int.operator.key", at=day(2))
    refused(ran, "publish.signatures", 2)
    good("amend", "--threshold", "1", *REPOSITORY, "-o", "amend.record", at=day(2))
    good("sign", "amend.record", "--key", "th.ministry.key", *REPOSITORY, "-o", "half.record", at=day(2))
    good("targets", "--record", "half.record", *REPOSITORY, "-o", "t.json", at=day(2))
    targets = ts.signed_by_two("t.json", "targets-", day(2), *REPOSITORY)
    ran = trust("publish", ts.REPOSITORY, targets, "half.record", "--key", "online-int.operator.key", at=day(2))
    refused(ran, "trust.record-signature", 3)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("approve", "rotate.request", "--key", "kh.ministry.key"), "issue.not-entitled"),
        (("withdraw", "th.shelter", "--key", "kh.ministry.key"), "issue.not-entitled"),
        (("withdraw", "th.nobody", "--key", "th.ministry.key"), "trust.unknown-agency"),
        (("revoke", "th.shelter", "00" * 32, "--key", "th.ministry.key"), "issue.unknown-keyset"),
        (("approve", "th.shelter.record", "--key", "th.ministry.key"), "issue.already"),
        (("approve", "root.draft", "--key", "th.ministry.key"), "trust.record-malformed"),
        (("sign", "rotate.request", "--key", "kh.ministry.key"), "issue.not-entitled"),
    ],
)
def test_who_has_no_say_signs_nothing(words: tuple[str, ...], code: str) -> None:
    prepared("approve")
    ran = trust(*words, *REPOSITORY, "-o", "x", at=day(3))
    assert f"error [{code}]" in ran.err
    assert not Path("x").exists()


def test_a_compromise_cannot_begin_in_the_future() -> None:
    words = ("compromise", "th.shelter", keyset(), "--since", day(9).iso(), *REGISTRAR, "-o", "x")
    refused(trust(*words, at=day(2)), "issue.invalid", 2)


def test_the_key_of_another_agency_cannot_be_enrolled() -> None:
    stolen = load_signing_key(Path("th.shelter.key"), ts.PASSPHRASE)
    thief = type(stolen).from_seeds("th.thief", *stolen.seeds())  # type: ignore[arg-type]
    names = {"en": "Example thief"}
    request = request_enrolment(thief, names, OrganisationType.NGO, (Mandate.SHELTER,), "th.thief", day(2))  # type: ignore[arg-type]
    Path("thief.request").write_bytes(request)
    refused(trust("approve", "thief.request", *REGISTRAR, "-o", "x", at=day(2)), "trust.key-shared", 3)


def test_a_request_without_proof_of_possession_is_refused() -> None:
    ts.signing_key("th.clinic")
    keys = load_signing_key(Path("th.clinic.key"), ts.PASSPHRASE)
    names = {"en": "Example clinic"}
    request = request_enrolment(keys, names, OrganisationType.NGO, (Mandate.SHELTER,), keys.agency, day(2), sequence=1)
    Path("clinic.request").write_bytes(request.replace(b"Example clinic", b"Example klinik"))
    assert trust("approve", "clinic.request", *REGISTRAR, "-o", "x", at=day(2)).code == 3
    assert not Path("x").exists()


def test_a_record_that_no_list_names_is_not_published_in_silence() -> None:
    good("withdraw", "th.shelter", *REGISTRAR, "-o", "gone.record", at=day(2))
    ran = trust("publish", ts.REPOSITORY, "gone.record", "--key", "online-int.operator.key", at=day(2))
    refused(ran, "publish.incomplete", 2)
    listed = ts.country("th", ["gone.record"], day(2))
    ran = trust("publish", ts.REPOSITORY, listed, "--key", "online-int.operator.key", at=day(2))
    refused(ran, "publish.incomplete", 2)


def test_verify_refuses_another_root_and_damage_and_age() -> None:
    verify = ("verify", ts.REPOSITORY, "--bootstrap")
    assert trust(*verify, "bootstrap.json", at=day(2), yes=False).code == 0
    refused(trust(*verify, "th.ministry.pub", at=day(2), yes=False), "trust.bootstrap", 2)
    wrong = trust(*verify, "bootstrap.json", "--federation", "00" * 32, at=day(2), yes=False)
    refused(wrong, "trust.root", 3)
    refused(trust(*verify, "bootstrap.json", at=day(40), yes=False), "trust.repository-expired", 3)
    (record,) = Path(ts.REPOSITORY, "targets", "th").iterdir()
    record.write_bytes(record.read_bytes()[:-1] + b"\x00")
    refused(trust(*verify, "bootstrap.json", at=day(2), yes=False), "trust.repository-altered", 3)
    refused(trust("show", ts.REPOSITORY, at=day(2), yes=False), "trust.repository-altered", 3)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, "cli.unconfirmed"),
        ({"--threshold": "4"}, "issue.threshold"),
        ({"--root-key": "targets-th.ministry.json"}, "publish.keys"),
        ({"--root-key": "th.ministry.pub"}, "trust.repository-malformed"),
        ({"--founder": "th.ministry.key"}, "key.kind"),
        ({"--registrar": "th=root-th.ministry.json"}, "key.text-malformed"),
        ({"--registrar": "siam=th.ministry.pub"}, "issue.invalid"),
    ],
)
def test_what_cannot_be_founded_is_not_drafted(changed: dict[str, str], code: str) -> None:
    Path("new").mkdir()
    words = {
        "--name": "Example",
        "--threshold": "1",
        "--founder": "th.ministry.pub",
        "--registrar": "th=th.ministry.pub",
        "--root-key": "root-th.ministry.json",
        "--targets-key": "targets-th.ministry.json",
        "--online-key": "online-int.operator.json",
    }
    given = [word for pair in (words | changed).items() for word in pair]
    ran = trust("found", *given, "-o", "new", at=day(0), yes=bool(changed))
    assert f"error [{code}]" in ran.err
    assert list(Path("new").iterdir()) == []


def test_an_amendment_that_changes_nothing_is_not_made() -> None:
    refused(trust("amend", *REPOSITORY, "-o", "x", at=day(2)), "issue.already", 2)
    for words in (("--threshold", "4"), ("--without-founder", "la.ministry"), ("--without-country", "la")):
        assert trust("amend", *words, *REPOSITORY, "-o", "x", at=day(2)).code == 2
    assert not Path("x").exists()


def test_a_moment_before_the_record_in_force_is_refused() -> None:
    refused(trust("withdraw", "th.shelter", *REGISTRAR, "-o", "x", at=day(0.5)), "issue.invalid", 2)
