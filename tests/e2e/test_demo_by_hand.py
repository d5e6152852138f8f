"""Without a network: the same sealed bytes go by hand from one country's desk to the other's relay, and count once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reference_node.cli import main
from reference_node.demo.stage import KH, TH, free_endpoints, set_stage
from reference_node.demo.troupe import Troupe
from reference_node.desk.views import CaseList
from reference_node.rpc.desk_client import DeskClient
from reference_node.store.desk.rows import State
from referral_proto.adapters import SystemClock
from tests.e2e.played import EXAMPLE

Ask = Callable[..., Any]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command of `referral-node` with --json and gives its document."""

    def run(*arguments: object, code: int = 0) -> Any:
        capsys.readouterr()
        assert main([*map(str, arguments), "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return run


def wait(desk: DeskClient, until: Callable[[CaseList], bool]) -> CaseList:
    listed = desk.cases()
    while not until(listed):
        listed = desk.cases(revision=listed.revision, wait=30)
    return listed


def states(listed: CaseList) -> list[State]:
    return [message.state for case in listed.cases for message in case.messages]


def test_a_referral_by_usb_stick(tmp_path: Path, ask: Ask) -> None:
    with free_endpoints() as endpoints:
        pass
    stage = set_stage(tmp_path, endpoints, SystemClock().now())
    stick = tmp_path / "stick.referral"
    with Troupe(stage) as troupe:
        # The Thai desk works without its relay, for days if need be.
        troupe.begin((TH, "desk"))
        th = ("--socket", troupe.socket(TH))
        sent = ask("refer", EXAMPLE, "--to", KH, *th)
        with DeskClient(troupe.socket(TH)) as desk:
            listed = wait(desk, lambda _: desk.status().code is not None)
        assert states(listed) == [State.QUEUED]
        standing = ask("status", *th)
        assert (standing["queued"], standing["code"], standing["contact_at"]) == (1, "net.unreachable", None)
        assert standing["retry_at"] is not None
        ask("export", sent["leaf"][:12], "-o", stick, *th)

        # In the other country the stick goes to the relay, which serves, and the desk has the mail.
        troupe.begin((KH, "relay"), (KH, "desk"))
        kh = ("--socket", troupe.socket(KH))
        relay = ("--dir", stage.half(KH, "relay"), "--passphrase-file", stage.passphrase_file)
        brought = ask("relay-import", stick, *relay)
        receipt = f"{stick.name}.receipt"
        assert brought == {"recipients": [{"agency": KH, "status": "ACCEPTED", "code": None, "receipt": receipt}]}
        assert stick.with_name(receipt).stat().st_size > 0
        with DeskClient(troupe.socket(KH)) as desk:
            wait(desk, lambda listed: states(listed) == [State.RECEIVED])
        shown = ask("show", sent["leaf"], *kh)
        assert list(shown["sections"]) == ["preview"]

        # Brought again, it is known; a damaged copy is refused with the reason, and nothing changes.
        assert ask("relay-import", stick, *relay)["recipients"][0]["status"] == "DUPLICATE"
        assert ask("import", stick, *kh) == {"leaf": sent["leaf"], "fresh": False}
        damaged = bytearray(stick.read_bytes())
        damaged[-1] ^= 1
        broken = tmp_path / "broken.referral"
        broken.write_bytes(damaged)
        assert ask("relay-import", broken, *relay, code=3)["error"]["code"] == "signature.invalid"
        assert ask("import", broken, *kh, code=3)["error"]["code"] == "signature.invalid"
        assert (
            ask("relay-import", stick, "--dir", stage.half(TH, "relay"), *relay[2:], code=3)["error"]["code"]
            == "relay.not-served"
        )

        # When the line is back, the same message arrives once more and counts once.
        troupe.begin((TH, "relay"))
        # New work wakes the desk, which would else come back by itself.
        ask("refer", EXAMPLE, "--to", KH, *th)
        with DeskClient(troupe.socket(TH)) as desk:
            wait(desk, lambda listed: states(listed) == [State.DELIVERED] * 2)
        with DeskClient(troupe.socket(KH)) as desk:
            wait(desk, lambda listed: states(listed) == [State.RECEIVED] * 2)
        assert set(troupe.end().values()) == {0}
