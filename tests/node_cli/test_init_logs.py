"""`referral-node init`: the keys of logs and witnesses, and the entries that the records are to hold of them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from reference_node.keys import load_log_keys, load_witness_keys
from reference_node.layout import entries_in
from reference_node.settings import load
from reference_node.witness.settings import WitnessSettings
from referral_proto.log.checkpoint import verify_checkpoint
from referral_proto.model.records import AgencyRecord, WitnessEntry
from referral_proto.trust.issue import read_record
from referral_proto.trust.logs import identity_of, witness_of
from referral_proto.wire import decode
from tests.node_cli.conftest import Say

CHEAP = ("--kdf-memory-kib", "64")
SECRET = "a passphrase of an invented node"
ASKED = ("--name", "en=Invented", "--type", "central-government-organisation", "--mandate", "social-welfare")


def test_both_logs_have_keys_and_entries_that_prove_them(say: Say, tmp_path: Path, passphrase: Path) -> None:
    listen = ("--listen", "127.0.0.1:7443")
    said = say("init", "th.dsdw", "--dir", tmp_path, *listen, *ASKED, "--passphrase-file", passphrase, *CHEAP)
    assert said.code == 0, said.err
    relay, desk = tmp_path / "th.dsdw" / "relay", tmp_path / "th.dsdw" / "desk"
    first, second = entries_in(relay, desk)
    assert (first.origin, second.origin) == ("th.dsdw", "th.dsdw/desk")
    for entry in (first, second):
        assert verify_checkpoint(entry.possession, identity_of(entry)).size == 0
    assert load_log_keys(relay, first.origin, SECRET).ed25519.data == first.ed25519  # type: ignore[arg-type]
    assert first.ed25519 != second.ed25519
    _, record = read_record((desk / "enrolment.request").read_bytes())
    assert isinstance(record, AgencyRecord) and record.logs == (first, second)


def witness(say: Say, folder: Path, passphrase: Path, *more: object) -> int:
    arguments = ("--country", "th", "--dir", folder, "--passphrase-file", passphrase, *CHEAP)
    return say("init", "--witness", "witness.th.example", *arguments, *more).code


def test_a_witness(say: Say, tmp_path: Path, passphrase: Path) -> None:
    assert witness(say, tmp_path, passphrase, "--listen", "127.0.0.1:7500", "--url", "https://w.example/watch") == 0
    folder = tmp_path / "witness.th.example" / "witness"
    settings = load(WitnessSettings, folder / "witness.toml")
    assert (settings.name, settings.listen, settings.path) == ("witness.th.example", "127.0.0.1:7500", "/watch")
    entry = decode(WitnessEntry, (folder / "witness.entry").read_bytes())
    assert (entry.name, entry.country, entry.url) == ("witness.th.example", "th", "https://w.example/watch")
    keys = load_witness_keys(settings.key, SECRET)
    assert {key.key for key in witness_of(entry).keys} == {keys.ed25519, keys.mldsa44}
    assert stat.S_IMODE(settings.key.stat().st_mode) == 0o600
    before = settings.key.read_bytes()
    assert witness(say, tmp_path, passphrase, "--listen", "127.0.0.1:7500") == 2
    assert settings.key.read_bytes() == before


def test_its_facts_as_json(say: Say, tmp_path: Path, passphrase: Path) -> None:
    said = say(
        *("init", "--witness", "w.example", "--country", "kh", "--dir", tmp_path, "--listen", "127.0.0.1:7500"),
        *("--passphrase-file", passphrase, "--json", *CHEAP),
    )
    found = said.document
    assert (found["witness"], found["url"], len(found["mldsa44"])) == ("w.example", "http://127.0.0.1:7500", 2624)
    assert Path(found["entry"]).is_file()


@pytest.mark.parametrize(
    "more",
    [
        ("--witness", "w.example"),
        ("--witness", "w.example", "--country", "th"),  # nobody can dial 0.0.0.0
        ("--witness", "w/x", "--country", "th", "--url", "http://w.example"),
        ("--witness", "w.example", "--country", "thailand", "--url", "http://w.example"),
        ("--witness", "w.example", "--country", "th", "--url", "ftp://w.example"),
        ("th.dsdw", "--witness", "w.example", "--country", "th", "--url", "http://w.example"),
        ("th.dsdw", "--country", "th"),
        (),
    ],
)
def test_what_does_not_go_together(say: Say, tmp_path: Path, passphrase: Path, more: tuple[str, ...]) -> None:
    said = say("init", *more, "--dir", tmp_path, "--passphrase-file", passphrase, *CHEAP)
    assert said.code == 2
    assert list(tmp_path.rglob("*.key")) == []
