"""`[trust]` as `init` writes it: complete, commented, true to the settings; and `records-checked`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from reference_node.settings import DeskSettings, RelaySettings, TrustSettings, load
from reference_node.trust.supply import checked_at
from reference_node.trust.table import trust_table
from referral_proto.moment import HOUR
from tests.node_cli.conftest import Say
from tests.relay.published import Published
from tests.relay.world import KH, START, World

CHEAP = ("--kdf-memory-kib", "64", "--endpoint", "relay.example:7443")


def home(tmp_path: Path) -> Path:
    made = tmp_path / "nodes"
    made.mkdir()
    return made


@pytest.mark.parametrize("half", ["relay", "desk"])
def test_every_key_stands_there_with_what_holds_without_it(half: str, tmp_path: Path) -> None:
    """Lines with # can be taken out of the comment as they are, and then say what was true before."""
    text = trust_table(half, root=False)
    without = tomllib.loads(text)["trust"]
    assert without == {}
    said = tomllib.loads(re.sub(r"^# (?=[a-z_]+ = )", "", text, flags=re.MULTILINE))["trust"]
    # A desk asks its own relay.
    assert set(TrustSettings.model_fields) - set(said) == (set() if half == "relay" else {"peers"})
    needed = {"root", "federation", "repository"}
    defaults = TrustSettings().model_dump(mode="json")
    assert {key: said[key] for key in said.keys() - needed} == {key: defaults[key] for key in said.keys() - needed}
    lines = text.splitlines()
    assert all(line.startswith("# ") for line in lines[lines.index("[trust]") + 1 :])


def test_a_node_made_with_a_root_file_follows_it(say: Say, tmp_path: Path, passphrase: Path) -> None:
    published = Published(World.founded(), tmp_path / "repository", START.plus(-HOUR))
    made = home(tmp_path)
    said = say(
        *("init", "th.dsdw", "--dir", made, "--trust-root", published.bootstrap),
        *("--passphrase-file", passphrase, *CHEAP),
    )
    assert (said.code, said.err) == (0, "")
    for settings in (
        load(RelaySettings, made / "th.dsdw" / "relay" / "relay.toml"),
        load(DeskSettings, made / "th.dsdw" / "desk" / "desk.toml"),
    ):
        assert settings.trust.root is not None
        assert settings.trust.root.read_bytes() == published.bootstrap.read_bytes()
        assert settings.trust.root.parent == settings.records.parent


def test_without_one_it_goes_by_hand(say: Say, tmp_path: Path, passphrase: Path) -> None:
    made = home(tmp_path)
    assert say("init", "th.dsdw", "--dir", made, "--passphrase-file", passphrase, *CHEAP).code == 0
    relay = made / "th.dsdw" / "relay" / "relay.toml"
    assert load(RelaySettings, relay).trust.root is None
    assert "[trust]" in relay.read_text("utf-8")


@pytest.mark.parametrize("kind", ["empty", "timestamp", "missing"])
def test_a_file_that_is_no_root_makes_nothing(kind: str, say: Say, tmp_path: Path, passphrase: Path) -> None:
    made, file = home(tmp_path), tmp_path / "root.json"
    if kind == "empty":
        file.write_bytes(b"")
    elif kind == "timestamp":
        published = Published(World.founded(), tmp_path / "repository", START.plus(-HOUR))
        file.write_bytes((published.folder / "metadata" / "timestamp.json").read_bytes())
    said = say("init", "th.dsdw", "--dir", made, "--trust-root", file, "--passphrase-file", passphrase, *CHEAP)
    assert (said.code, list(made.iterdir())) == (2, [])
    assert f"[{'file.not-found' if kind == 'missing' else 'trust.bootstrap'}]" in said.err


def test_records_that_were_checked(say: Say, tmp_path: Path) -> None:
    settings = World.founded().relay_folder(tmp_path / "relay", KH)
    said = say("records-checked", "--dir", tmp_path / "relay", "--json")
    assert (said.code, said.document["agencies"]) == (0, 3)
    noted = checked_at(settings.trust.checked)
    assert noted is not None and noted.iso() == said.document["checked_at"]
    assert say("records-checked", "--dir", tmp_path / "relay").code == 0


def test_records_that_cannot_be_read_were_not_checked(say: Say, tmp_path: Path) -> None:
    settings = World.founded().relay_folder(tmp_path / "relay", KH)
    (settings.records / "federation.record").unlink()
    assert say("records-checked", "--dir", tmp_path / "relay").code == 2
    assert checked_at(settings.trust.checked) is None


def test_a_half_that_follows_a_repository_needs_no_check(say: Say, tmp_path: Path) -> None:
    world = World.founded()
    published = Published(world, tmp_path / "repository", START.plus(-HOUR))
    world.relay_folder(tmp_path / "relay", KH, published.settings(folder=True))
    assert say("records-checked", "--dir", tmp_path / "relay").code == 2
