"""What the demonstration prepares: records that fold, keys where they belong, ports that are free."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from reference_node.demo.stage import KH, PARTIES, ROOT, TH, WITNESSES, Stage, free_endpoints, set_stage
from reference_node.settings import DeskSettings, RelaySettings, load
from reference_node.witness.settings import WitnessSettings
from referral_proto import CallerError, Moment
from referral_proto.adapters import KeyFileVault, load_directory
from referral_proto.adapters.evidence_files import read_root
from referral_proto.log.head import desk_origin

AT = Moment.parse("2026-11-21T09:00:00Z")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    endpoints = {who: f"127.0.0.1:{1001 + n}" for n, who in enumerate((TH, KH, *WITNESSES.values()))}
    return set_stage(tmp_path_factory.mktemp("stage"), endpoints, AT)


def test_everybody_has_the_same_records_and_they_fold(stage: Stage) -> None:
    folders = [stage.half(p.agency, half) / "records" for p in PARTIES for half in ("relay", "desk")]
    folders.append(stage.auditor / "records")
    contents = [{file.name: file.read_bytes() for file in folder.iterdir()} for folder in folders]
    assert all(one == contents[0] for one in contents)
    directory = load_directory(folders[0])
    assert directory.agencies() == (KH, TH)
    assert directory.relay_of(TH).endpoint == "127.0.0.1:1001"
    for agency in (TH, KH):
        assert directory.current_opening_key(agency, AT).agency == agency


def test_keys_lie_with_the_desks_alone(stage: Stage) -> None:
    for agency in (TH, KH):
        vault = KeyFileVault(stage.half(agency, "desk") / "keys", stage.passphrase)
        assert vault.agency == agency
        assert {file.name for file in stage.half(agency, "relay").glob("*.key")} == {"tls.key", f"log-{agency}.key"}
    assert list(stage.auditor.rglob("*.key")) == []
    assert stage.passphrase not in repr(stage)


def test_nothing_is_written_over(stage: Stage) -> None:
    with pytest.raises(CallerError, match=r"file\.exists"):
        set_stage(stage.folder, stage.endpoints, AT)


def test_the_federation_names_three_witnesses_and_the_agencies_their_logs(stage: Stage) -> None:
    directory = load_directory(stage.auditor / "records")
    named = {one.country: (one.name, one.url) for one in directory.federation.witnesses}
    assert named == {country: (name, f"http://{stage.endpoints[name]}") for country, name in WITNESSES.items()}
    assert (len(named), directory.witnesses(AT).quorum) == (3, 2)
    for agency in (TH, KH):
        assert {one.origin for one in directory.logs(agency)} == {agency, desk_origin(agency)}
    assert read_root(stage.auditor / ROOT) == stage.authorities.pin


def test_every_witness_knows_where_trust_comes_from(stage: Stage) -> None:
    for name in WITNESSES.values():
        settings = load(WitnessSettings, stage.half(name, "witness") / "witness.toml")
        assert (settings.name, settings.listen) == (name, stage.endpoints[name])
        assert settings.trust.root is not None
        assert settings.trust.root.read_bytes() == stage.authorities.root
        assert settings.trust.federation == stage.authorities.pin.hex()
        assert settings.trust.repository is not None
        assert settings.trust.repository.resolve() == stage.authorities.folder.resolve()


def test_every_half_knows_where_trust_comes_from(stage: Stage) -> None:
    for half in (stage.half(party.agency, half) for party in PARTIES for half in ("relay", "desk")):
        file = half / f"{half.name}.toml"
        trust = (load(RelaySettings, file) if half.name == "relay" else load(DeskSettings, file)).trust
        assert trust.root is not None
        assert trust.root.read_bytes() == stage.authorities.root
        assert trust.federation == stage.authorities.pin.hex()
        assert trust.repository is not None
        assert trust.repository.resolve() == stage.authorities.folder.resolve()


def test_ports_are_free_and_differ() -> None:
    with free_endpoints() as endpoints:
        pass
    assert len(set(endpoints.values())) == len(PARTIES) + len(WITNESSES)
    for endpoint in endpoints.values():
        host, port = endpoint.rsplit(":", 1)
        with socket.socket() as one:
            one.bind((host, int(port)))


def test_the_example_is_where_the_program_looks_for_it() -> None:
    from reference_node.demo.play import example

    assert example() == Path(__file__).resolve().parents[2] / "examples" / "referral-th-kh.json"
    assert "invented person" in example().read_text(encoding="utf-8")
