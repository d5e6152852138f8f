"""Witnesses as processes of their own, run as an operator runs them. Waits for what they say."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reference_node.layout import write_settings
from referral_proto.adapters import save_secret
from referral_proto.crypto.logkeys import WitnessKeys
from tests.house.tree import ROOT
from tests.relay.watched import Watched
from tests.relay.world import MEMORY_KIB, PASSPHRASE


def witness_folder(watched: Watched, folder: Path, name: str) -> Path:
    """Everything that `witness.toml` names, and the file with the passphrase."""
    folder.mkdir(parents=True)
    watched.world.write_records(folder / "records")
    seeds = b"".join(watched.witnesses[name].seeds())
    save_secret(folder / "witness.key", WitnessKeys.KIND, seeds, PASSPHRASE, MEMORY_KIB)
    write_settings(folder / "witness.toml", {"name": name, "listen": f"127.0.0.1:{watched.ports[name]}"})
    passphrase_file(folder)
    return folder


def passphrase_file(folder: Path) -> Path:
    file = folder / "passphrase"
    file.write_text(f"{PASSPHRASE}\n", "utf-8")
    file.chmod(0o600)
    return file


class Witness:
    """One witness process."""

    def __init__(self, folder: Path) -> None:
        self._err = (folder / "witness.err").open("ab")
        command = [sys.executable, "-m", "reference_node.cli", "witness", "--dir", str(folder)]
        self.process = subprocess.Popen(
            [*command, "--passphrase-file", str(folder / "passphrase")],
            stdout=subprocess.PIPE,
            stderr=self._err,
            cwd=ROOT,
            env={**os.environ, "PYTHONWARNINGS": "error"},
        )
        self.errors = folder / "witness.err"

    def ready(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().decode()
        assert line.startswith("ready witness "), self.errors.read_text("utf-8")[-2000:]
        return line.split()[2]

    def ends(self, number: int | None = signal.SIGTERM) -> int:
        if number is not None and self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._err.close()
        return code


@contextmanager
def witnesses(*folders: Path) -> Iterator[list[Witness]]:
    """They serve; those that still run are stopped in good order at the end."""
    found = [Witness(folder) for folder in folders]
    try:
        for one in found:
            one.ready()
        yield found
        for one in found:
            if one.process.poll() is None:
                assert one.ends() == 0, one.errors.read_text("utf-8")
    finally:
        for one in found:
            if one.process.poll() is None:
                one.process.kill()
            one.ends(None)
