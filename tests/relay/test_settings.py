"""Settings: what is misspelt or impossible is refused by name, and nothing secret shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from reference_node.settings import DeskSettings, RelaySettings, load
from reference_node.witness.settings import WitnessSettings
from referral_proto.errors import CallerError

LEAST = 'operator = "th.dsdw"\nagencies = ["th.dsdw"]\nlisten = "127.0.0.1:7443"\n'


def relay(folder: Path, text: str) -> RelaySettings:
    (folder / "relay.toml").write_text(text, "utf-8")
    return load(RelaySettings, folder / "relay.toml")


def test_the_least_and_where_things_are(tmp_path: Path) -> None:
    settings = relay(tmp_path, LEAST)
    assert settings.database == f"sqlite:///{tmp_path / 'relay.sqlite'}"
    assert (settings.records, settings.tls_key) == (tmp_path / "records", tmp_path / "tls.key")
    assert settings.limits.envelopes_per_call == 64
    assert settings.log.file is None


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    settings = relay(
        tmp_path,
        LEAST + 'records = "/somewhere/else"\ndatabase = "sqlite:///data/r.sqlite"\n[log]\nfile = "relay.log"\n'
        f'[[desks]]\nagency = "th.dsdw"\ncertificate = "desk.crt"\nfingerprints = ["{"ab" * 32}"]\n',
    )
    assert settings.records == Path("/somewhere/else")
    assert settings.database == f"sqlite:///{tmp_path / 'data' / 'r.sqlite'}"
    assert settings.log.file == tmp_path / "relay.log"
    assert settings.desks[0].certificate == tmp_path / "desk.crt"


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        (LEAST + "[limits]\nrate_per_secnd = 1.0\n", "settings.unknown-key", "relay.toml: limits.rate_per_secnd"),
        (LEAST + "colour = 1\n", "settings.unknown-key", "relay.toml: colour"),
        (LEAST.replace("listen", "# listen"), "settings.missing-key", "relay.toml: listen"),
        (LEAST.replace("th.dsdw", "TH.DSDW", 1), "settings.invalid", "relay.toml: operator"),
        (LEAST.replace("7443", "74430"), "settings.invalid", "relay.toml: listen"),
        (LEAST.replace("127.0.0.1", "a host"), "settings.invalid", "relay.toml: listen"),
        (LEAST.replace('["th.dsdw"]', "[]"), "settings.invalid", "relay.toml: agencies"),
        (LEAST + 'database = "mysql://x"\n', "settings.invalid", "relay.toml: database"),
        (LEAST + 'database = "sqlite:///:memory:"\n', "settings.invalid", "relay.toml: database"),
        (LEAST + "[limits]\nburst = 1\n", "settings.invalid", "relay.toml: limits"),
        (LEAST + "[limits]\nrate_per_second = inf\n", "settings.invalid", "relay.toml: limits.rate_per_second"),
        (LEAST + "[limits]\nenvelopes_per_call = 65\n", "settings.invalid", "relay.toml: limits.envelopes_per_call"),
        (LEAST + "[outbox]\nlease_seconds = 5\n", "settings.invalid", "relay.toml: outbox"),
        (LEAST + "[outbox]\nbase_seconds = 2000\n", "settings.invalid", "relay.toml: outbox"),
        (LEAST + 'metrics = "0.0.0.0:9464"\n', "settings.invalid", "relay.toml: metrics"),
        (LEAST + 'metrics = "example.org:9464"\n', "settings.invalid", "relay.toml: metrics"),
        (
            LEAST + "[retention]\nseen_margin_seconds = 10\n",
            "settings.invalid",
            "relay.toml: retention.seen_margin_seconds",
        ),
        (LEAST + "operator = 1\n", "settings.malformed", "relay.toml"),
        (LEAST + "\x00", "settings.malformed", "relay.toml"),
        ("", "settings.malformed", "relay.toml"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, code: str, where: str) -> None:
    with pytest.raises(CallerError) as caught:
        relay(tmp_path, text)
    assert caught.value.code == code
    assert caught.value.where.startswith(where)


def test_a_desk_must_be_of_an_agency_that_is_served(tmp_path: Path) -> None:
    pin = f'[[desks]]\nagency = "kh.mosvy"\ncertificate = "d.crt"\nfingerprints = ["{"ab" * 32}"]\n'
    with pytest.raises(CallerError) as caught:
        relay(tmp_path, LEAST + pin)
    assert caught.value.code == "settings.invalid"


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(CallerError) as caught:
        load(RelaySettings, tmp_path / "relay.toml")
    assert caught.value.code == "settings.missing"
    (tmp_path / "relay.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CallerError) as caught:
        load(RelaySettings, tmp_path / "relay.toml")
    assert caught.value.code == "settings.malformed"


def test_a_database_password_does_not_show(tmp_path: Path) -> None:
    settings = relay(tmp_path, LEAST + 'database = "postgresql+psycopg://relay:hidden@db.internal/relay"\n')
    assert "hidden" not in f"{settings!r} {settings}"
    with pytest.raises(CallerError) as caught:
        relay(tmp_path, LEAST + 'database = "postgres://relay:hidden@db.internal/relay"\n')
    assert "hidden" not in f"{caught.value!r} {caught.value}"


def test_a_desk(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_text(
        'agency = "th.dsdw"\n[relay]\nendpoint = "[::1]:7443"\noperator = "th.dsdw"\n', "utf-8"
    )
    settings = load(DeskSettings, tmp_path / "desk.toml")
    assert settings.relay.certificate == tmp_path / "relay.crt"
    assert settings.socket == tmp_path / "desk.sock"


def test_what_a_relay_does_about_its_logs(tmp_path: Path) -> None:
    plain = relay(tmp_path, LEAST)
    assert (plain.ledger.dummy_seconds, plain.ledger.tiles, plain.witnessing.call_seconds) == (None, None, 10.0)
    own = "[ledger]\ndummy_seconds = 3600\ntiles = '127.0.0.1:7444'\n[witnessing]\nstart_seconds = 1\n"
    assert relay(tmp_path, LEAST + own).ledger.tiles == "127.0.0.1:7444"
    for wrong in ("[ledger]\ntiles = true\n", "[ledger]\ndummy_seconds = 0\n", "[witnessing]\nquorum = 1\n"):
        with pytest.raises(CallerError, match=r"settings\."):
            relay(tmp_path, LEAST + wrong)


def test_what_a_witness_is_told(tmp_path: Path) -> None:
    least = "name = 'witness.th.example'\nlisten = '127.0.0.1:7500'\n"

    def witness(text: str) -> WitnessSettings:
        (tmp_path / "witness.toml").write_text(text)
        return load(WitnessSettings, tmp_path / "witness.toml")

    assert witness(least + "path = '/watch'\nlogs = ['one.entry']\n").logs == (tmp_path / "one.entry",)
    for wrong in (
        "path = 'watch'\n",
        "path = '/watch/'\n",
        "database = 'postgresql+psycopg://w@db/w'\n",
        "metrics = '0.0.0.0:9464'\n",
        "quorum = 2\n",
    ):
        with pytest.raises(CallerError, match=r"settings\."):
            witness(least + wrong)
