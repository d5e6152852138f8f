"""The troupe: the processes of the demonstration, started as anybody would start them, and ended by their own id.

Each is the program itself (`referral-node relay`, `desk`, `witness`) and says one line when it serves. What it says
on stderr is kept in its folder.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Final, Self

from reference_node import faults
from reference_node.demo.stage import PARTIES, WITNESSES, Stage
from referral_proto import AgencyId, WorldError

__all__ = ["Actor", "Troupe"]

assert faults.DEMO  # the codes below are declared there

_READY: Final = re.compile(r"ready (?:relay|desk|witness) (\S+)\n")
_CODE: Final = re.compile(r"error \[([a-z0-9.-]+)\]")
_STARTING: Final = 60.0
_ENDING: Final = 30.0
_SHORT: Final = 60
"""Characters that the folder of a socket may have, of about a hundred in all."""


@dataclass(slots=True)
class Actor:
    """One process."""

    name: str
    folder: Path
    process: subprocess.Popen[str]
    serves: Event
    endpoint: str = ""

    def listen(self) -> None:
        """Read its first line, in a thread of its own."""
        assert self.process.stdout is not None
        match = _READY.fullmatch(self.process.stdout.readline())
        if match:
            self.endpoint = match[1]
        # Also when it ended without a word: whoever waits then looks at its exit code.
        self.serves.set()

    def said(self) -> str:
        """The code of its last error, if it told one."""
        try:
            found = _CODE.findall((self.folder / "stderr.txt").read_text(encoding="utf-8", errors="replace"))
        except OSError:
            return ""
        return found[-1] if found else ""


class Troupe:
    """Starts all, and ends them in the order in which nodes go to sleep: desks, relays, and witnesses last."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._sockets: tempfile.TemporaryDirectory[str] | None = None
        self.actors: list[Actor] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def socket(self, agency: AgencyId) -> Path:
        """A desk's socket: in a folder of its own with a short name, because a socket's path must be short."""
        if self._sockets is None:
            self._sockets = tempfile.TemporaryDirectory(prefix="rn-", dir=_short_folder())
        return Path(self._sockets.name, f"{agency}.sock")

    def begin(self, *parts: tuple[str, str]) -> None:
        """Start these halves and witnesses, or all, and wait until they serve. Raises WorldError demo.process,
        demo.timeout.
        """
        if not parts:
            # First, since a relay asks them before it serves.
            self.begin(*((name, "witness") for name in WITNESSES.values()))
            parts = tuple((party.agency, half) for party in PARTIES for half in ("relay", "desk"))
        for who, half in parts:
            self._start(who, half)
        for actor in self.actors:
            if not actor.serves.wait(_STARTING):
                raise WorldError("demo.timeout", f"start of {actor.name}")
            if not actor.endpoint:
                actor.process.wait()
                raise WorldError("demo.process", _place(actor))

    def check(self) -> None:
        """Raises WorldError demo.process if one has ended."""
        for actor in self.actors:
            if actor.process.poll() is not None:
                raise WorldError("demo.process", _place(actor))

    def stop(self, agency: AgencyId, half: str) -> None:
        """Tell one to stop and wait for it. Raises WorldError demo.process if it does not end well."""
        (actor,) = [actor for actor in self.actors if actor.name == f"{agency} {half}"]
        code = _ended(_told(actor))
        self.actors.remove(actor)
        if code:
            raise WorldError("demo.process", f"{actor.name}, exit code {code}")

    def end(self) -> dict[str, int]:
        """Tell each to stop and wait for it; its exit code by name. Idempotent."""
        codes: dict[str, int] = {}
        for half in ("desk", "relay", "witness"):
            ending = [actor for actor in self.actors if actor.name.endswith(half)]
            codes |= {actor.name: _ended(actor) for actor in [_told(actor) for actor in ending]}
        self.actors.clear()
        if self._sockets is not None:
            self._sockets.cleanup()
            self._sockets = None
        return codes

    def _start(self, who: str, half: str) -> None:
        folder = self._stage.half(who, half)
        command = [sys.executable, "-m", "reference_node.cli", half, "--dir", os.fspath(folder)]
        command += ["--passphrase-file", os.fspath(self._stage.passphrase_file)]
        if half == "desk":
            command += ["--socket", os.fspath(self.socket(AgencyId(who)))]
        with (folder / "stderr.txt").open("w", encoding="utf-8") as errors:
            process = subprocess.Popen(  # noqa: S603 - this program itself, with arguments made above
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                encoding="utf-8",
                env=_environment(os.environ),
                # Ctrl-C reaches the demonstration alone, which then ends them in order.
                start_new_session=True,
            )
        actor = Actor(f"{who} {half}", folder, process, Event())
        self.actors.append(actor)
        Thread(target=actor.listen, name=actor.name, daemon=True).start()


def _told(actor: Actor) -> Actor:
    actor.process.terminate()
    return actor


def _ended(actor: Actor) -> int:
    """The exit code of one that was told to stop; killed if it does not."""
    try:
        code = actor.process.wait(_ENDING)
    except subprocess.TimeoutExpired:
        actor.process.kill()
        code = actor.process.wait()
    if actor.process.stdout is not None:
        actor.process.stdout.close()
    return code


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """Nothing of the caller's that would send a half elsewhere; messages in English, so that codes can be read."""
    return {name: value for name, value in given.items() if not name.startswith("REFERRAL_")}


def _place(actor: Actor) -> str:
    said = actor.said()
    return f"{actor.name}: {said}" if said else f"{actor.name}, exit code {actor.process.poll()}"


def _short_folder() -> str | None:
    for place in (tempfile.gettempdir(), os.environ.get("XDG_RUNTIME_DIR", ""), "/tmp"):  # noqa: S108 - the folder in it is made 0700
        if place and len(os.fsencode(place)) <= _SHORT and os.access(place, os.W_OK):
            return place
    return None
