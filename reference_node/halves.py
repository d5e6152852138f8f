"""The running halves of a node: their parts, how they start, what a signal does, and how they stop.

A half runs until SIGTERM or SIGINT, then drains: it says so to its callers, finishes what is under way, and closes its
database. Everything that was acknowledged is durable before, so a half that is killed loses nothing either. SIGHUP
makes it look for new keys, certificates and records. What the parts are made of, `app.py` knows.
"""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Protocol

from reference_node import faults
from reference_node.observe import Log, Metrics, hush_libraries
from reference_node.settings import DeskSettings, RelaySettings

if TYPE_CHECKING:
    from reference_node.desk.office import Office
    from reference_node.relay.following import Following
    from reference_node.relay.intake import Intake
    from reference_node.relay.keeping import Keeping
    from reference_node.relay.mailbox import Mailbox
    from reference_node.relay.outbox import Outbox
    from reference_node.relay.proof_counter import ProofCounter
    from reference_node.relay.proofs import Proofs
    from reference_node.relay.sightings import Sightings
    from reference_node.relay.trust import Trust
    from reference_node.relay.upkeep import Upkeep
    from reference_node.rpc.desk_server import DeskServer
    from reference_node.rpc.server import RelayServer
    from reference_node.store.engine import Database
    from reference_node.trust.renewal import Renewing

__all__ = ["App", "DeskApp", "Part", "RelayApp"]

assert faults.LISTEN  # the codes below are declared there


class Part(Protocol):
    """Something that runs. `drain` begins nothing new and returns at once; `close` waits that long for what is under
    way, and says whether it ended by itself.
    """

    def drain(self) -> None: ...

    def close(self, seconds: float) -> bool: ...


class _Bell:
    """What wakes the main thread: a byte in a socket, which Python's own handler writes the moment a signal comes.

    A thread that waits for a lock can sleep through a signal that comes just before it falls asleep.
    """

    def __init__(self) -> None:
        self._ear, self._rope = socket.socketpair()
        self._rope.setblocking(False)
        self._answering = False

    def answer(self, numbers: Sequence[int]) -> None:
        """From now on these signals ring, and do nothing else. From the main thread."""
        signal.set_wakeup_fd(self._rope.fileno(), warn_on_full_buffer=False)
        self._answering = True
        for number in numbers:
            signal.signal(number, lambda *_: None)

    def ring(self, number: int) -> None:
        with suppress(OSError):
            self._rope.send(bytes([number]))

    def wait(self) -> int:
        """The number of the next signal."""
        return self._ear.recv(1)[0]

    def close(self) -> None:
        """Ring no more. Idempotent."""
        if self._answering:
            self._answering = False
            signal.set_wakeup_fd(-1)
        self._rope.close()
        self._ear.close()


class App:
    """Starts parts and stops them in the order given. endpoint: where it serves, once started."""

    renewing: Renewing

    def __init__(self, half: str, drain_seconds: float, log: Log) -> None:
        self.half, self.endpoint = half, ""
        self.log = log
        self._drain_seconds = drain_seconds
        self._bell = _Bell()
        self._stack = ExitStack()
        self._stack.callback(self._bell.close)

    def parts(self) -> Sequence[Part]:
        """What has to stop, in that order."""
        raise NotImplementedError

    def start(self) -> str:
        """Begin to serve; returns the endpoint. Raises WorldError listen.*, store.*."""
        raise NotImplementedError

    def on_close(self, close: Callable[[], object]) -> None:
        """Called after all parts have stopped, the last one first."""
        self._stack.callback(close)

    def stop(self) -> bool:
        """Drain, then close everything; False if something had to be cut off. Idempotent."""
        until = time.monotonic() + self._drain_seconds
        parts = self.parts()
        for part in parts:
            part.drain()
        finished = [part.close(max(0.1, until - time.monotonic())) for part in parts]
        self._stack.close()
        return all(finished)

    def look_again(self) -> None:
        """What SIGHUP does: look for new keys, certificates and records now."""
        self.renewing.ask()

    def tell_to_stop(self) -> None:
        """What SIGTERM does."""
        self._bell.ring(signal.SIGTERM)

    def run(self, announce: Callable[[str, str], None]) -> int:
        """Serve until told to stop; `announce(half, endpoint)` is called once it serves. Returns the exit code.

        Must be called from the main thread. Raises WorldError listen.*, store.*.
        """
        hush_libraries(self.log)
        self._bell.answer((signal.SIGTERM, signal.SIGINT, signal.SIGHUP))
        try:
            self.endpoint = self.start()
            self.log.info("it serves", endpoint=self.endpoint)
            announce(self.half, self.endpoint)
            while self._bell.wait() == signal.SIGHUP:
                self.look_again()
            self.log.info("it was told to stop")
        finally:
            finished = self.stop()
        if not finished:
            self.log.warning("not everything stopped in time", code="drain.unfinished")
        self.log.info("it has stopped")
        return 0


class RelayApp(App):
    """A relay, put together. The parts are public for tests and benches; nothing else reaches into them."""

    def __init__(
        self,
        settings: RelaySettings,
        log: Log,
        database: Database,
        trust: Trust,
        intake: Intake,
        mailbox: Mailbox,
        outbox: Outbox,
        upkeep: Upkeep,
        following: Following,
        server: RelayServer,
        metrics: Metrics,
        renewing: Renewing,
        proof_counter: ProofCounter,
        keeping: Keeping,
        proofs: Proofs,
        sightings: Sightings,
    ) -> None:
        super().__init__("relay", settings.drain_seconds, log)
        self.settings, self.database, self.trust, self.intake = settings, database, trust, intake
        self.mailbox, self.outbox, self.upkeep, self.following = mailbox, outbox, upkeep, following
        self.server, self.metrics, self.renewing, self.proof_counter = server, metrics, renewing, proof_counter
        self.keeping, self.proofs, self.sightings = keeping, proofs, sightings

    def parts(self) -> Sequence[Part]:
        # The server first: nothing must be taken in that the outbox would not see any more before the next start.
        return (
            self.server,
            self.renewing,
            self.following,
            self.outbox,
            self.proofs,
            self.sightings,
            self.upkeep,
            self.keeping,
        )

    def start(self) -> str:
        if self.settings.metrics is not None:
            self.on_close(self.metrics.serve(self.settings.metrics))
        self.upkeep.turn()
        self.keeping.check()
        self.endpoint = self.server.start()
        self.outbox.start()
        self.upkeep.start()
        self.following.start()
        self.keeping.start()
        self.proofs.start()
        self.sightings.start()
        self.renewing.start()
        return self.endpoint


class DeskApp(App):
    """A desk, put together."""

    def __init__(
        self,
        settings: DeskSettings,
        log: Log,
        database: Database,
        office: Office,
        server: DeskServer,
        metrics: Metrics,
        renewing: Renewing,
    ) -> None:
        super().__init__("desk", settings.drain_seconds, log)
        self.settings, self.database, self.office, self.server = settings, database, office, server
        self.metrics, self.renewing = metrics, renewing

    def parts(self) -> Sequence[Part]:
        # The server first: nothing more is queued that the courier would not see before the next start.
        return (self.server, self.renewing, self.office.courier)

    def start(self) -> str:
        if self.settings.metrics is not None:
            self.on_close(self.metrics.serve(self.settings.metrics))
        self.endpoint = self.server.start()
        self.office.courier.start()
        self.renewing.start()
        return self.endpoint
