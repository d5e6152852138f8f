"""`referral-node init`: what it makes, whose it is, and that it writes over nothing and leaves nothing half-made."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from reference_node.app import build_desk, build_relay
from reference_node.keys import KEK
from reference_node.settings import DeskSettings, RelaySettings, load
from referral_proto import CallerError, WorldError
from referral_proto.adapters import KeyFileVault
from referral_proto.model.records import AgencyRecord
from referral_proto.trust.issue import read_record
from tests.node_cli.conftest import Say

CHEAP = ("--kdf-memory-kib", "64")
REACHED = ("--endpoint", "relay.example:7443")
SECRET = "a passphrase of an invented node"


def modes(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): stat.S_IMODE(path.lstat().st_mode) for path in sorted(folder.rglob("*"))}


def test_a_whole_node(say: Say, tmp_path: Path, passphrase: Path) -> None:
    made = tmp_path / "nodes"
    made.mkdir()
    said = say("init", "th.dsdw", "--dir", made, "--listen", "127.0.0.1:7443", "--passphrase-file", passphrase, *CHEAP)
    assert (said.code, said.err) == (0, "")
    found = modes(made)
    folders = {name for name in found if (made / name).is_dir()}
    assert {found[name] for name in folders} == {0o700}
    assert {name: mode for name, mode in found.items() if name.endswith(".key")} == {
        "th.dsdw/desk/keys/kek.key": 0o600,
        "th.dsdw/desk/keys/log.key": 0o600,
        "th.dsdw/desk/keys/opening-0.key": 0o600,
        "th.dsdw/desk/keys/signing.key": 0o600,
        "th.dsdw/desk/tls.key": 0o600,
        "th.dsdw/relay/log-th.dsdw.key": 0o600,
        "th.dsdw/relay/tls.key": 0o600,
    }
    relay = load(RelaySettings, made / "th.dsdw" / "relay" / "relay.toml")
    desk = load(DeskSettings, made / "th.dsdw" / "desk" / "desk.toml")
    assert (relay.operator, relay.agencies, relay.listen) == ("th.dsdw", ("th.dsdw",), "127.0.0.1:7443")
    assert (desk.agency, desk.relay.operator, desk.relay.endpoint) == ("th.dsdw", "th.dsdw", "127.0.0.1:7443")
    vault = KeyFileVault(desk.keys, SECRET)
    assert vault.agency == "th.dsdw"
    assert len(vault.secret(*KEK)) == 32
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in made.rglob("*") if path.is_file())


def test_nothing_is_written_over(say: Say, tmp_path: Path, passphrase: Path) -> None:
    arguments = ("init", "th.dsdw", "--dir", tmp_path, "--passphrase-file", passphrase, *CHEAP, *REACHED)
    assert say(*arguments).code == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    said = say(*arguments, "--json")
    assert said.code == 2
    assert (said.document["error"]["code"], said.document["error"]["where"]) == ("file.exists", "th.dsdw/relay")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_disk_that_fails_leaves_nothing(
    say: Say, tmp_path: Path, passphrase: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "nodes"
    made.mkdir()
    real, count = os.fsync, [0]

    def full(descriptor: int) -> None:
        count[0] += 1
        if count[0] > 7:
            raise OSError(errno.ENOSPC, "full")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    said = say("init", "th.dsdw", "--dir", made, "--passphrase-file", passphrase, *CHEAP, *REACHED)
    monkeypatch.undo()
    assert said.code == 4
    assert "error [file.full]" in said.err
    assert [path for path in made.rglob("*") if path.name != "th.dsdw"] == []
    assert say("init", "th.dsdw", "--dir", made, "--passphrase-file", passphrase, *CHEAP, *REACHED).code == 0


def test_each_half_on_its_own_machine(say: Say, tmp_path: Path, passphrase: Path) -> None:
    here, there = tmp_path / "desk machine", tmp_path / "relay machine"
    here.mkdir()
    there.mkdir()
    common = ("--passphrase-file", passphrase, *CHEAP, *REACHED)
    assert say("init", "kh.ngo", "--dir", here, "--half", "desk", "--operator", "kh.mosvy", *common).code == 0
    assert modes(here).keys() & {"kh.ngo/relay", "kh.ngo/desk/relay.crt"} == set()
    assert load(DeskSettings, here / "kh.ngo" / "desk" / "desk.toml").relay.operator == "kh.mosvy"
    pinned = here / "kh.ngo" / "desk" / "tls.crt"
    arguments = ("init", "kh.ngo", "--dir", there, "--half", "relay", "--desk-certificate", pinned)
    assert say(*arguments, *common).code == 0
    assert list((there / "kh.ngo").iterdir()) == [there / "kh.ngo" / "relay"]
    assert not list(there.rglob("signing.key"))
    assert (there / "kh.ngo" / "relay" / "desk.crt").read_bytes() == pinned.read_bytes()


def test_the_request_for_the_registrar(say: Say, tmp_path: Path, passphrase: Path) -> None:
    said = say(
        *("init", "th.dsdw", "--dir", tmp_path, "--name", "en=An example", "--name", "th=ตัวอย่าง", "--type", "ngo"),
        *("--mandate", "shelter", "--mandate", "social-welfare", "--passphrase-file", passphrase, *CHEAP, "--json"),
        *REACHED,
    )
    assert said.code == 0
    _, record = read_record(Path(said.document["made"][-1]).read_bytes())
    assert isinstance(record, AgencyRecord)
    assert [name.text for name in record.names] == ["An example", "ตัวอย่าง"]
    assert [mandate.name for mandate in record.mandates] == ["SOCIAL_WELFARE", "SHELTER"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("TH.DSDW",),
        ("th.dsdw", "--half", "relay"),
        ("th.dsdw", "--operator", "th.other"),
        ("th.dsdw", "--mandate", "shelter"),
        ("th.dsdw", "--kdf-memory-kib", "many"),
    ],
)
def test_what_does_not_fit_together_makes_nothing(
    arguments: tuple[str, ...], say: Say, tmp_path: Path, passphrase: Path
) -> None:
    made = tmp_path / "nodes"
    made.mkdir()
    said = say("init", *arguments, "--dir", made, *REACHED, "--passphrase-file", passphrase)
    assert said.code == 2
    assert list(made.iterdir()) == []


@pytest.mark.parametrize("half", [(), ("--half", "desk")])
@pytest.mark.parametrize("listen", [(), ("--listen", "[::]:7443"), ("--listen", ":::7443"), ("--listen", ":7443")])
def test_an_endpoint_that_nobody_can_dial_is_not_guessed(
    half: tuple[str, ...], listen: tuple[str, ...], say: Say, tmp_path: Path, passphrase: Path
) -> None:
    made = tmp_path / "nodes"
    made.mkdir()
    said = say("init", "th.dsdw", "--dir", made, *half, *listen, "--passphrase-file", passphrase, *CHEAP)
    assert (said.code, list(made.iterdir())) == (2, [])
    assert "--endpoint" in said.err


def test_without_a_passphrase_or_a_terminal_nothing_is_made(say: Say, tmp_path: Path) -> None:
    made = tmp_path / "nodes"
    made.mkdir()
    said = say("init", "th.dsdw", "--dir", made, *REACHED)
    assert (said.code, list(made.iterdir())) == (2, [])
    assert "error [key.no-passphrase]" in said.err


def test_a_wrong_passphrase_says_so(say: Say, tmp_path: Path, passphrase: Path) -> None:
    assert say("init", "th.dsdw", "--dir", tmp_path, "--passphrase-file", passphrase, *CHEAP, *REACHED).code == 0
    wrong = tmp_path / "wrong"
    wrong.write_text("another")
    wrong.chmod(0o600)
    for half in ("relay", "desk"):
        said = say(half, "--dir", tmp_path / "th.dsdw" / half, "--passphrase-file", wrong, "--json")
        assert (said.code, said.document["error"]["code"]) == (2, "key.wrong-passphrase")


def test_a_node_without_its_registrars_records_says_what_is_missing(say: Say, tmp_path: Path, passphrase: Path) -> None:
    assert say("init", "th.dsdw", "--dir", tmp_path, "--passphrase-file", passphrase, *CHEAP, *REACHED).code == 0
    home = tmp_path / "th.dsdw"
    with pytest.raises(CallerError, match=r"trust\.no-federation"):
        build_relay(load(RelaySettings, home / "relay" / "relay.toml"), SECRET)
    with pytest.raises(CallerError, match=r"trust\.no-federation"):
        build_desk(load(DeskSettings, home / "desk" / "desk.toml"), SECRET)


def test_a_damaged_key_file_is_told_from_a_wrong_passphrase(say: Say, tmp_path: Path, passphrase: Path) -> None:
    assert say("init", "th.dsdw", "--dir", tmp_path, "--passphrase-file", passphrase, *CHEAP, *REACHED).code == 0
    file = tmp_path / "th.dsdw" / "desk" / "keys" / "signing.key"
    file.write_bytes(file.read_bytes()[:-5])
    with pytest.raises(WorldError, match=r"key\.damaged"):
        build_desk(load(DeskSettings, tmp_path / "th.dsdw" / "desk" / "desk.toml"), SECRET)
