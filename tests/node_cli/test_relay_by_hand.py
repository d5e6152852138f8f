"""`relay-import` leaves the receipts beside the sealed file, to be carried back; `relay-export` needs no passphrase."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from referral_proto.adapters import write_sealed
from referral_proto.ids import AgencyId
from referral_proto.log.checkpoint import LogIdentity
from referral_proto.log.receipt import Expected, verify_receipt
from referral_proto.model.codes.log import LogEventKind
from referral_proto.moment import Moment
from tests.node_cli.conftest import Say
from tests.relay.world import KH, PASSPHRASE, SHELTER, TH, World


@pytest.mark.req("LOG-10")
@pytest.mark.parametrize("recipients", [(TH,), (TH, SHELTER)])
def test_receipts_lie_beside_the_file(say: Say, tmp_path: Path, recipients: tuple[AgencyId, ...]) -> None:
    world = World.founded(Moment(int(time.time())))
    world.relay_folder(tmp_path / "relay", TH)
    (sealed,) = world.seal(KH, recipients)
    stick, secret = tmp_path / "stick.referral", tmp_path / "passphrase"
    write_sealed(stick, sealed.envelope)
    secret.write_text(PASSPHRASE, "utf-8")
    secret.chmod(0o600)
    for status in ("ACCEPTED", "DUPLICATE"):
        ended = say("relay-import", stick, "--dir", tmp_path / "relay", "--passphrase-file", secret, "--json")
        assert ended.code == 0
        rows = ended.document["recipients"]
        assert [(row["agency"], row["status"]) for row in rows] == [(agency, status) for agency in recipients]
        for agency, row in zip(recipients, rows, strict=True):
            name = "stick.referral.receipt" if len(recipients) == 1 else f"stick.referral.{agency}.receipt"
            assert row["receipt"] == name
            one = world.agencies[agency]
            expected = Expected(LogEventKind.DELIVERED, sealed.leaf, KH, agency, one.opening.id)
            receipt = (tmp_path / name).read_bytes()
            assert verify_receipt(receipt, expected, LogIdentity.of(agency, one.log_keys)).index == 0
    spoken = say("relay-import", stick, "--dir", tmp_path / "relay", "--passphrase-file", secret)
    assert "receipt to carry back: stick.referral." in spoken.out
    taken = say("relay-export", sealed.leaf.hex(), "-o", tmp_path / "again.referral", "--dir", tmp_path / "relay")
    assert taken.code == 0
    assert (tmp_path / "again.referral").read_bytes() == stick.read_bytes()


def test_what_is_refused_leaves_no_receipt(say: Say, tmp_path: Path) -> None:
    world = World.founded(Moment(int(time.time())))
    world.relay_folder(tmp_path / "relay", TH)
    (sealed,) = world.seal(KH, [TH])
    stick, secret = tmp_path / "stick.referral", tmp_path / "passphrase"
    write_sealed(stick, sealed.envelope[:-40] + bytes(40))
    secret.write_text(PASSPHRASE, "utf-8")
    secret.chmod(0o600)
    assert say("relay-import", stick, "--dir", tmp_path / "relay", "--passphrase-file", secret).code == 3
    assert sorted(one.name for one in tmp_path.iterdir()) == ["passphrase", "relay", "stick.referral"]
