"""Keys and certificates that are exchanged on disk while the node runs: noticed, read, and taken up if they are good.

A file that is half written, damaged or wrapped under another passphrase leaves what stood before in force and is told
of once; the next change is looked at again. The passphrase is kept in memory for that: the same memory holds the keys
that it unwraps, so whoever reads it has those already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

from reference_node.observe import Log, told
from referral_proto.errors import ReferralError

__all__ = ["Exchanged", "Renewing"]

T = TypeVar("T")
_Marks = tuple[tuple[int, int, int] | None, ...]


class Exchanged(Generic[T]):
    """What `read` makes of `files`; `value` is the last that could be made. May be used by several threads."""

    def __init__(self, files: Iterable[Path], read: Callable[[], T], log: Log) -> None:
        """Reads once. Raises as `read`."""
        self._files, self._read, self._log = tuple(files), read, log
        self._lock = Lock()
        # Noted before it is read: a change in between is seen at the next look.
        self._marks, self._digest = self._noted(), self._content()
        self.value = read()

    def look(self, *, anew: bool = False) -> bool:
        """Whether there is a new value. `anew`: try what was refused before once more. Raises nothing."""
        with self._lock:
            marks = self._noted()
            if marks == self._marks and not anew:
                return False
            content = self._content()
            self._marks = marks
            if content == self._digest and not anew:
                return False
            self._digest = content
            try:
                value = self._read()
            except ReferralError as error:
                self._log.warning("changed keys were not taken up, the old ones stay in use", **told(error))
                return False
            if value == self.value:
                return False
            self.value = value
            return True

    def _noted(self) -> _Marks:
        """Cheap to ask, and different after every way to exchange a file but one that means to hide it."""
        return tuple(_mark(file) for file in self._files)

    def _content(self) -> bytes:
        whole = sha256()
        for file in self._files:
            try:
                whole.update(sha256(file.read_bytes()).digest())
            except OSError:
                whole.update(bytes(32))
        return whole.digest()


def _mark(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


class Renewing:
    """A thread that looks at intervals, and when a signal asks for it. look: called with True when somebody asked."""

    def __init__(self, look: Callable[[bool], None], seconds: float, log: Log) -> None:
        self._look, self._seconds, self._log = look, seconds, log
        self._wake, self._stopping, self._asked = Event(), Event(), Event()
        self._thread = Thread(target=self._run, name="renewing", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def ask(self) -> None:
        """Look now. May be called by a signal's handler."""
        self._asked.set()
        self._wake.set()

    def drain(self) -> None:
        self._stopping.set()
        self._wake.set()

    def close(self, seconds: float) -> bool:
        """False if the thread still hangs."""
        self.drain()
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def turn(self) -> None:
        """Once."""
        asked = self._asked.is_set()
        self._asked.clear()
        self._look(asked)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.wait(self._seconds)
            self._wake.clear()
            if self._stopping.is_set():
                return
            try:
                self.turn()
            except Exception as error:  # noqa: BLE001 - without this thread new keys would never be seen
                self._log.error("renewing found a mistake", problem=type(error))
