"""The composition root: what does not fit together is said before anything is opened to the world, and stopping is
orderly however often it is asked for."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from reference_node.app import RelayApp, build_relay
from reference_node.settings import RelaySettings
from referral_proto.errors import CallerError, ReferralError, WorldError
from tests.relay.world import KH, PASSPHRASE, SHELTER, TH, HandClock, World, free_port


def made(folder: Path, world: World | None = None, settings: str = "") -> tuple[World, RelaySettings]:
    world = world or World.founded()
    return world, world.relay_folder(folder / "relay", TH, settings)


def refused(settings: RelaySettings, passphrase: str = PASSPHRASE) -> ReferralError:
    with pytest.raises(ReferralError) as caught:
        build_relay(settings, passphrase, HandClock())
    return caught.value


def test_a_wrong_passphrase(tmp_path: Path) -> None:
    _, settings = made(tmp_path)
    assert refused(settings, "another").code == "key.wrong-passphrase"
    assert not (tmp_path / "relay" / "relay.sqlite").exists()


def test_a_certificate_that_the_records_do_not_pin(tmp_path: Path) -> None:
    world = World.founded()
    world.announce(TH, [world.relays[KH].der[:-1] + b"x"], 1)
    error = refused(made(tmp_path, world)[1])
    assert (type(error), error.code) == (CallerError, "settings.not-in-records")


def test_a_tenant_whose_record_names_another_relay(tmp_path: Path) -> None:
    world, settings = made(tmp_path)
    moved = World.founded(served=[(TH, TH), (SHELTER, KH), (KH, KH)])
    moved.announce(TH, [world.relays[TH].der], 1)
    moved.write_records(settings.records)
    error = refused(settings)
    assert (error.code, error.where) == ("settings.not-in-records", SHELTER)


def test_a_certificate_file_that_is_not_the_pinned_one(tmp_path: Path) -> None:
    world, settings = made(tmp_path)
    settings.desks[0].certificate.write_bytes(world.relays[KH].certificate)
    error = refused(settings)
    assert (error.code, error.where) == ("settings.pin", f"{TH}.crt")


def test_records_that_are_missing_or_damaged(tmp_path: Path) -> None:
    _, settings = made(tmp_path)
    (settings.records / "federation.record").write_bytes(b"damaged")
    assert refused(settings).code == "trust.no-federation"
    for file in settings.records.iterdir():
        file.unlink()
    assert refused(settings).code == "records.none"


def test_a_port_in_use_leaves_the_other_relay_alone(tmp_path: Path) -> None:
    world, settings = made(tmp_path)
    first = build_relay(settings, PASSPHRASE, HandClock())
    first.start()
    second = build_relay(settings, PASSPHRASE, HandClock())
    with pytest.raises(WorldError) as caught:
        second.start()
    assert (caught.value.code, caught.value.where) == ("listen.in-use", world.endpoint(TH))
    assert second.stop()
    desk = world.as_desk(TH)
    assert desk.collect(TH, 0) == ()
    desk.close()
    assert first.stop()


def test_stopping_twice_and_stopping_what_never_started(tmp_path: Path) -> None:
    app: RelayApp = build_relay(made(tmp_path)[1], PASSPHRASE, HandClock())
    assert app.stop()
    assert app.stop()


def test_metrics_while_it_runs(tmp_path: Path) -> None:
    address = f"127.0.0.1:{free_port()}"
    world, settings = made(tmp_path, settings=f'metrics = "{address}"\n')
    app = build_relay(settings, PASSPHRASE, HandClock())
    app.start()
    desk = world.as_desk(TH)
    desk.submit([world.seal(TH, [SHELTER])[0].envelope, b"garbage"])
    with urllib.request.urlopen(f"http://{address}/metrics", timeout=30) as answer:
        text = answer.read().decode()
    assert 'referral_submissions_total{kind="accepted"} 1.0' in text
    assert 'referral_submissions_total{kind="refused"} 1.0' in text
    assert "referral_outbox_depth" in text
    desk.close()
    assert app.stop()
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://{address}/metrics", timeout=30)
