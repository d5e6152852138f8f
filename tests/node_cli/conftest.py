"""Fixtures for the commands of `referral-node`: how they are called, and a desk on a socket to talk to."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reference_node.cli import main
from reference_node.rpc.desk_server import DeskServer
from tests.desk.world import TH, Clock, Desk, PostOffice


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


Say = Callable[..., Said]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Runs a command in this process, without a terminal."""
    for name in ("REFERRAL_PASSPHRASE_FILE", "REFERRAL_DESK", "REFERRAL_LANG", "CREDENTIALS_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object) -> Said:
        capsys.readouterr()
        code = main([str(one) for one in arguments])
        found = capsys.readouterr()
        return Said(code, found.out, found.err)

    return run


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase"
    file.write_text("a passphrase of an invented node\n", encoding="utf-8")
    file.chmod(0o600)
    return file


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Desk, Path]]:
    """A desk of th.dsdw and the socket it serves."""
    clock = Clock()
    folder = tmp_path / "desk"
    folder.mkdir()
    one = Desk(TH, folder, clock, PostOffice(clock).box(TH))
    with tempfile.TemporaryDirectory(prefix="d-") as short:
        server = DeskServer(one.office, Path(short, "desk.sock"))
        server.start()
        yield one, Path(short, "desk.sock")
        server.close(5)
    one.database.close()
