"""`referral-node relay-log`: what an operator reads, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from reference_node.store.log import append, open_log, sign
from reference_node.store.relay import open_relay
from reference_node.witness.evidence import keep_contradiction
from referral_proto.ids import Leaf
from referral_proto.log.checkpoint import sign_checkpoint
from referral_proto.log.contradiction import from_heads
from referral_proto.log.event import delivered
from referral_proto.log.head import Head
from referral_proto.moment import Moment
from tests.node_cli.conftest import Say
from tests.relay.watched import Watched
from tests.relay.world import KH, PASSPHRASE, TH


@pytest.fixture(scope="module")
def watched() -> Watched:
    import time

    return Watched.founded(Moment(int(time.time())))


@pytest.fixture
def relay(tmp_path: Path, watched: Watched) -> Path:
    """A relay's folder with one event in its log, and no witness that answers."""
    folder = tmp_path / "relay"
    settings = watched.world.relay_folder(folder, KH)
    database = open_relay(settings.database)
    at = watched.world.at

    def fill(connection: object) -> None:
        number = open_log(connection, KH)  # type: ignore[arg-type]
        append(connection, number, [delivered(Leaf(bytes(32)), TH, KH, bytes(32), at)])  # type: ignore[arg-type]
        sign(connection, number, watched.logs[KH], at)  # type: ignore[arg-type]

    database.write(fill)
    database.close()
    (folder / "passphrase").write_text(f"{PASSPHRASE}\n")
    (folder / "passphrase").chmod(0o600)
    return folder


def test_status_for_people_and_for_programs(say: Say, relay: Path, watched: Watched) -> None:
    said = say("relay-log", "status", "--dir", relay)
    assert said.code == 0, said.err
    lines = [line.split() for line in said.out.splitlines()]
    assert [KH, "1", "0", "none", "yes"] in lines
    assert [[KH, name, "witness.unreachable"] in lines for name in watched.witnesses] == [True] * 3
    (log,) = say("relay-log", "status", "--dir", relay, "--json").document["logs"]
    assert (log["size"], log["cosigned_size"], log["trusted_time"], log["quorum"]) == (1, 0, None, 2)
    assert log["signed_at"] == watched.world.at.iso()


def test_no_successor_while_nobody_can_tell_what_was_signed(say: Say, relay: Path) -> None:
    arguments = ("--dir", relay, "--passphrase-file", relay / "passphrase", "--json")
    said = say("relay-log", "new-origin", KH, *arguments)
    assert (said.code, said.document["error"]["code"]) == (4, "witness.too-few")
    said = say("relay-log", "new-origin", TH, *arguments)
    assert (said.code, said.document["error"]["code"]) == (2, "relay.not-tenant")
    assert list(relay.glob("*.entry")) == []
    assert say("relay-log", "status", "--dir", relay, "--json").document["logs"][0]["origin"] == KH


def test_evidence_is_listed_with_what_it_proves(say: Say, relay: Path, watched: Watched) -> None:
    said = say("relay-log", "evidence", "--dir", relay)
    assert (said.code, said.out) == (0, "No proof against any log was found.\n")
    at = watched.world.at
    data = from_heads(
        *(sign_checkpoint(Head(KH, 3, bytes([n]) * 32), watched.logs[KH], at) for n in (1, 2)), watched.identity(KH)
    )
    assert data is not None
    path = keep_contradiction(relay / "evidence", KH, data)
    said = say("relay-log", "evidence", "--dir", relay)
    assert said.code == 0 and path.name in said.out and "two roots" in said.out
    path.write_bytes(data[:-1])
    said = say("relay-log", "evidence", "--dir", relay)
    assert said.code == 3 and "proves nothing here" in said.out


@pytest.mark.parametrize("arguments", [(), ("status", "--dir", "nowhere"), ("new-origin",), ("nonsense",)])
def test_usage(say: Say, arguments: tuple[str, ...]) -> None:
    assert say("relay-log", *arguments).code in {0, 2}
