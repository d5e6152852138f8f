"""Starting and stopping relay and desk processes. Waits for what a process says, never for time to pass."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from tests.house.tree import ROOT


class Running:
    """One process. What it says on stderr goes to `relay.err` (`desk.err`) beside its settings."""

    def __init__(self, folder: Path, *options: str, half: str = "relay") -> None:
        self.folder, self._half = folder, half
        self._err = (folder / f"{half}.err").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", f"tests.e2e.{half}_process", str(folder), *options],
            stdout=subprocess.PIPE,
            stderr=self._err,
            cwd=ROOT,
            env={**os.environ, "PYTHONWARNINGS": "error"},
        )

    def says(self, word: str) -> str:
        """Read lines until one starts with `word`; fails if the process ends before."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.decode().split()[0] == word:
                return line.decode().strip()
        raise AssertionError(f"ended with {self.process.wait()}: {self.errors()[-2000:]}")

    def errors(self) -> str:
        return (self.folder / f"{self._half}.err").read_text("utf-8")

    def ends(self) -> int:
        """Wait for its end; the exit code, negative for a signal."""
        code = self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._err.close()
        return code

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.ends()


@contextmanager
def running(folder: Path, *options: str, half: str = "relay") -> Iterator[Running]:
    """A half that serves; stopped at the end in good order, if it still runs."""
    relay = Running(folder, *options, half=half)
    try:
        relay.says("ready")
        yield relay
        if relay.process.poll() is None:
            assert relay.stop() == 0, relay.errors()
    finally:
        if relay.process.poll() is None:
            relay.process.kill()
        relay.ends()


def until(done: Callable[[], bool]) -> None:
    """Wait for what another process does; the test's own timeout is the limit."""
    while not done():
        Event().wait(0.02)
