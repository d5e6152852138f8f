"""`referral-node doctor` over whole folders: what is wrong is named, with what to do, and nothing changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reference_node.cli import main
from reference_node.keys import make_tls, save_tls
from referral_proto.adapters import SystemClock, save_opening_key, save_secret, save_signing_key
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.moment import DAY, Moment
from tests.e2e.running import running
from tests.relay.world import KH, MEMORY_KIB, PASSPHRASE, TH, World


def now() -> Moment:
    return SystemClock().now()


def looked(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """The exit code, and findings by code (by topic where all is good)."""
    code = main(["doctor", "--dir", str(folder), "--json", *more])
    found = json.loads(capsys.readouterr().out)
    assert found["good"] == (code == 0)
    return code, {one["code"] or one["topic"]: one for one in found["findings"]}


def desk_folder(world: World, folder: Path, *, stranger: bool = False) -> Path:
    """A desk of kh.mosvy; `stranger`: with a certificate that its relay does not pin."""
    folder.mkdir(mode=0o700)
    (folder / "keys").mkdir(mode=0o700)
    agency = world.agencies[KH]
    identity = make_tls(f"desk.{KH}", now()) if stranger else agency.desk
    save_tls(identity, folder / "tls.key", folder / "tls.crt", PASSPHRASE, MEMORY_KIB)
    (folder / "relay.crt").write_bytes(world.relays[KH].certificate)
    save_signing_key(folder / "keys" / "signing.key", agency.keys, PASSPHRASE, MEMORY_KIB)
    save_opening_key(folder / "keys" / "opening-1.key", agency.opening, PASSPHRASE, MEMORY_KIB)
    save_secret(folder / "keys" / "kek.key", "case-kek", bytes(32), PASSPHRASE, MEMORY_KIB)
    world.write_records(folder / "records")
    (folder / "desk.toml").write_text(
        f'agency = "{KH}"\n[relay]\nendpoint = "{world.endpoint(KH)}"\noperator = "{KH}"\n', "utf-8"
    )
    (folder / "passphrase").write_text(PASSPHRASE, "utf-8")
    (folder / "passphrase").chmod(0o600)
    return folder


def test_a_relay_that_is_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world, folder = World.founded(now()), tmp_path / "kh"
    world.relay_folder(folder, KH)
    folder.chmod(0o700)
    before = sorted(folder.rglob("*"))
    code, found = looked(folder, capsys)
    assert (code, found["doctor.no-listener"]["grade"]) == (4, "bad")
    assert found["doctor.by-hand"]["grade"] == "soon"
    assert sorted(folder.rglob("*")) == before
    with running(folder):
        code, found = looked(folder, capsys)
        assert code == 0
        assert found["relay"]["grade"] == "good"


def test_what_ends_soon_and_what_others_can_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world, folder = World.founded(now()), tmp_path / "kh"
    world.relays[KH] = make_tls(f"relay.{KH}", now().plus(-811 * DAY))
    world.relay_folder(folder, KH)
    (folder / "tls.key").chmod(0o644)
    _, found = looked(folder, capsys)
    assert found["doctor.certificate-ends"]["grade"] == "soon"
    assert found["doctor.mode"]["detail"].startswith(("tls.key", "kh"))
    assert main(["doctor", "--dir", str(folder)]) == 4
    said = capsys.readouterr().out
    assert "Make a new one" in said and "0600" in said


def test_a_desk_that_its_relay_does_not_know_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = World.founded(now())
    world.relay_folder(tmp_path / "relay", KH)
    good = desk_folder(world, tmp_path / "good")
    stranger = desk_folder(world, tmp_path / "stranger", stranger=True)
    with running(tmp_path / "relay"):
        asking = ("--passphrase-file", str(good / "passphrase"))
        assert looked(good, capsys, *asking)[1]["relay"]["grade"] == "good"
        assert looked(stranger, capsys, *asking)[1]["doctor.handshake"]["grade"] == "bad"
        assert looked(good, capsys)[1]["doctor.not-asked"]["grade"] == "soon"
    assert looked(good, capsys, *asking)[1]["doctor.no-listener"]["grade"] == "bad"


def test_an_agency_that_nobody_knows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = World.founded(now())
    folder = desk_folder(world, tmp_path / "desk")
    (folder / "records" / f"agency-{KH}.record").unlink()
    _, found = looked(folder, capsys)
    assert found["doctor.not-enrolled"]["detail"] == KH
    assert found["doctor.opening-key"]["grade"] == "bad"
    assert TH not in json.dumps(found)


def test_a_signing_key_that_the_records_do_not_know(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = World.founded(now())
    folder = desk_folder(world, tmp_path / "desk")
    asking = ("--passphrase-file", str(folder / "passphrase"))
    assert looked(folder, capsys, *asking)[1]["signing.key"]["grade"] == "good"
    (folder / "keys" / "signing.key").unlink()
    save_signing_key(folder / "keys" / "signing.key", SigningKeyset.create(KH), PASSPHRASE, MEMORY_KIB)
    assert looked(folder, capsys, *asking)[1]["doctor.not-enrolled"]["topic"] == "signing.key"


def test_records_that_nobody_checked_and_a_clock_that_is_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for days, code in ((-60, "doctor.records-unchecked"), (60, "trust.clock")):
        world, folder = World.founded(now().plus(days * DAY)), tmp_path / str(days)
        world.relay_folder(folder, KH)
        assert looked(folder, capsys)[1][code]["grade"] == "soon"
