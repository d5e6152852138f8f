"""When a desk begins to sign with a new keyset: once others can know it, or at once when the old one is no good."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from reference_node.desk.exchange import KeyExchange
from reference_node.keys import make_tls, save_tls
from reference_node.observe import open_log
from reference_node.settings import DeskSettings, LogSettings, load
from referral_proto import Directory, SigningKeyset
from referral_proto.adapters import KeyFileVault, save_signing_key
from referral_proto.moment import DAY, HOUR
from referral_proto.trust.amend import declare_compromise, rotate_keyset
from tests.desk.test_trust import REGISTRAR
from tests.desk.world import AGENCIES, START, TH, Clock, directory, records, registrars, vaults

PASSPHRASE, CHEAP = "a passphrase for tests alone", 64
NEW = SigningKeyset.create(TH)


class Exchanging:
    """A desk of th.dsdw whose new keyset lies in its file already."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.old = Clock(), vaults()[TH].signing
        (folder / "keys").mkdir()
        save_tls(make_tls(f"desk.{TH}", START), folder / "tls.key", folder / "tls.crt", PASSPHRASE, CHEAP)
        (folder / "relay.crt").write_bytes(make_tls(f"relay.{TH}", START).certificate)
        save_signing_key(folder / "keys" / "signing.key", self.old, PASSPHRASE, CHEAP)
        toml = f'agency = "{TH}"\n[relay]\nendpoint = "127.0.0.1:1"\noperator = "{TH}"\n'
        (folder / "desk.toml").write_text(toml, "utf-8")
        self.vault = KeyFileVault(folder / "keys", PASSPHRASE)
        self.keeper = SimpleNamespace(directory=directory(), refresh=lambda: None)
        self.used = 0
        self.log = folder / "log"
        self.exchange = KeyExchange(
            load(DeskSettings, folder / "desk.toml"),
            PASSPHRASE,
            self.vault,
            cast("Any", self.keeper),
            lambda _, __: None,
            self.count,
            self.clock,
            open_log(LogSettings(file=self.log), "desk", TH),
        )
        (folder / "keys" / "signing.key").unlink()
        save_signing_key(folder / "keys" / "signing.key", NEW, PASSPHRASE, CHEAP)

    def count(self) -> None:
        self.used += 1

    def signs_with(self, keys: SigningKeyset) -> bool:
        self.exchange.look(False)
        return self.vault.signing_keyset().id == keys.id

    def rotated(self) -> tuple[bytes, ...]:
        history = directory().history(TH)
        return (*records(*AGENCIES), rotate_keyset(history, NEW, self.clock.at, registrars()["th"], self.old))


@pytest.fixture
def desk(tmp_path: Path) -> Exchanging:
    return Exchanging(tmp_path)


def test_a_keyset_waits_until_it_is_known_and_then_until_others_know_it(desk: Exchanging) -> None:
    assert desk.signs_with(desk.old) and desk.signs_with(desk.old)
    assert desk.log.read_text("utf-8").count("waits until the records know it") == 1
    desk.clock.at = START.plus(HOUR)
    desk.keeper.directory = Directory.fold(desk.rotated(), at=desk.clock.at)
    assert desk.signs_with(desk.old)
    desk.clock.at = START.plus(2 * HOUR - 1)
    assert desk.signs_with(desk.old)
    desk.clock.at = START.plus(2 * HOUR)
    assert desk.used == 0
    assert desk.signs_with(NEW)
    assert desk.used == 1


def test_it_does_not_wait_for_a_keyset_that_is_no_good_any_more(desk: Exchanging) -> None:
    desk.clock.at = START.plus(DAY)
    made = desk.rotated()
    said = declare_compromise(
        Directory.fold(made, at=desk.clock.at).history(TH),
        desk.old.id,
        START,
        REGISTRAR,
        desk.clock.at,
        registrars()["th"],
    )
    desk.keeper.directory = Directory.fold((*made, said), at=desk.clock.at, lenient=True)
    assert desk.signs_with(NEW)
