"""Witnessing: every signed head goes to the witnesses until each has cosigned it. One thread, woken by each new event.

No transaction is open while a witness is asked. A witness that is down, slow or lying costs its own cosignature and a
growing pause. A witness that shows what this log has signed and the database does not hold stops the log: proof is put
aside first, and nothing more is signed.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final, NamedTuple

from sqlalchemy import Connection

from reference_node.observe import Log, Metrics, told
from reference_node.relay.backoff import delay
from reference_node.relay.halts import LogHalts
from reference_node.relay.trust import Trust
from reference_node.settings import WitnessingSettings
from reference_node.store.engine import Database
from reference_node.store.log import (
    StoredTree,
    add_cosignatures,
    checkpoint,
    current_origin,
    find_log,
    head_of,
    refuse_behind,
    submission,
    witness_sizes,
)
from reference_node.witness.evidence import keep_contradiction, keep_sighting
from reference_node.witness.gather import Collected, Endpoint, collect
from reference_node.witness.watched import Watchers, counts, watchers
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.errors import CallerError, PeerError, ReferralError, WorldError
from referral_proto.ids import AgencyId
from referral_proto.log.checkpoint import LogIdentity, read_head
from referral_proto.log.contradiction import from_beginning, from_heads
from referral_proto.log.submission import Submission
from referral_proto.log.tree import consistency_proof, root_at
from referral_proto.ports import Clock
from referral_proto.trust.directory import Directory

__all__ = ["Witnessing"]

_GATHER: Final = 0.25
"""Seconds: what is logged close together is shown to the witnesses once, not once for each delivery."""
_FIRST_PAUSE: Final = 1.0
_STOPS: Final = frozenset({"log.behind", "log.forked"})


@dataclass(slots=True)
class _Trouble:
    """A witness that did not cosign a log: why, how often in a row, and when it is asked again (monotonic seconds)."""

    code: str
    attempts: int
    again: float


class _Standing(NamedTuple):
    """A log of this relay: its number, the size of its newest checkpoint, and what each witness cosigned last."""

    number: int
    size: int
    known: Mapping[str, int]


class Witnessing:
    """keys: of each agency that is served. evidence: the folder where proof is put."""

    def __init__(
        self,
        database: Database,
        trust: Trust,
        keys: Mapping[AgencyId, LogKeys],
        halts: LogHalts,
        evidence: Path,
        clock: Clock,
        settings: WitnessingSettings,
        log: Log,
        metrics: Metrics,
    ) -> None:
        self._database, self._trust, self._keys, self._halts = database, trust, dict(keys), halts
        self._evidence, self._clock, self._settings, self._log = evidence, clock, settings, log
        self._lock, self._troubles = Lock(), dict[tuple[str, str], _Trouble]()
        self._lag: dict[str, int] = {}
        self._who: tuple[Directory, Watchers] | None = None
        self._stopping, self._woken = Event(), Event()
        self._thread = Thread(target=self._run, name="witnessing", daemon=True)
        metrics.gauge("log_uncosigned_events", lambda: float(max(self._lag.values(), default=0)))
        metrics.gauge("witnesses_failing", lambda: float(len({name for _, name in list(self._troubles)})))
        metrics.gauge("logs_halted", lambda: float(len(halts.halted())))

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """A log has grown."""
        self._woken.set()

    def drain(self) -> None:
        self._stopping.set()
        self._woken.set()

    def close(self, seconds: float) -> bool:
        """False if the thread still hangs."""
        self.drain()
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def turn(self) -> None:
        """Once around all logs. Raises nothing that a witness or a full disk could cause."""
        who = self._watchers()
        if not who.endpoints:
            self._forget(set())
            return
        served: set[str] = set()
        for agency, keys in self._keys.items():
            if self._stopping.is_set():
                return
            try:
                with self._database.read() as connection:
                    origin = current_origin(connection, agency)
                if not self._halts.refusal(origin):
                    served.add(origin)
                    self._serve(LogIdentity.of(origin, keys), who)
            except ReferralError as error:
                self._log.error("a log could not be shown to its witnesses", agency=agency, **told(error))
        self._forget(served)

    def _watchers(self) -> Watchers:
        """Read once for each directory: the keys of witnesses take longer to load than to use."""
        directory = self._trust.directory
        if self._who is None or self._who[0] is not directory:
            self._who = directory, watchers(directory, self._clock.now())
        return self._who[1]

    def _serve(self, log: LogIdentity, who: Watchers) -> None:
        standing = self._standing(log.origin)
        if standing is None:
            return
        behind = [one for one in who.endpoints if standing.known.get(one.witness.name, 0) < standing.size]
        asked = self._due(log.origin, behind)
        latest = self._clock.now().plus(self._trust.directory.max_skew)
        seconds = self._settings.call_seconds
        found = collect(self._sender(standing.number), log, asked, standing.known, latest=latest, seconds=seconds)
        gained = [one for one in found if one.lines]
        if gained:
            self._database.write(
                lambda connection: [add_cosignatures(connection, standing.number, g.size, g.lines) for g in gained]
            )
        for one in found:
            # One proof is enough: other witnesses show the same with other cosignatures.
            if one.seen is not None and not self._halts.refusal(log.origin):
                self._confront(log, standing.number, one)
            self._note(log.origin, one)
        self._measure(log.origin, who)

    def _standing(self, origin: str) -> _Standing | None:
        """None if nothing was signed yet."""
        with self._database.read() as connection:
            number = find_log(connection, origin)
            if number is None:
                return None
            try:
                size = read_head(checkpoint(connection, number)).size
            except CallerError:
                return None
            return _Standing(number, size, witness_sizes(connection, number))

    def _sender(self, number: int) -> Callable[[int], Submission]:
        def made(old: int) -> Submission:
            with self._database.read() as connection:
                made_of: Submission = submission(connection, number, old)
                return made_of

        return made

    def _confront(self, log: LogIdentity, number: int, found: Collected) -> None:
        """Does this database hold what the witness shows? Read anew: another process may have gone on meanwhile."""
        assert found.seen is not None
        if not counts(found.seen, log, self._trust.directory, self._clock.now()):
            self._log.warning(
                "a witness shows a checkpoint under keys that ended or leaked", code="trust.log-not-standing",
                origin=log.origin, witness=found.witness,
            )  # fmt: skip
            return
        with self._database.read() as connection:
            try:
                refuse_behind(connection, number, log, (found.seen,))
                return
            except WorldError as error:
                if error.code not in _STOPS:
                    raise
                code = error.code
            evidence, ours = _evidence(connection, number, log, found.seen)
        try:
            if evidence is not None:
                keep_contradiction(self._evidence, log.origin, evidence)
            else:
                now = self._clock.now()
                keep_sighting(self._evidence, log.origin, found.seen, ours, found.witness, now)
        except ReferralError as error:
            self._log.error("evidence could not be kept", origin=log.origin, **told(error))
        if self._halts.halt(log.origin, code):
            self._log.error("a log was stopped", code=code, origin=log.origin, witness=found.witness)

    def _due(self, origin: str, behind: Sequence[Endpoint]) -> list[Endpoint]:
        """Those that need not wait longer. Troubles with others are over: they left, or somebody else asked them."""
        moment, places = time.monotonic(), {(origin, one.witness.name): one for one in behind}
        with self._lock:
            for place in [place for place in self._troubles if place[0] == origin and place not in places]:
                del self._troubles[place]
            waiting = {place for place, trouble in self._troubles.items() if trouble.again > moment}
        return [one for place, one in places.items() if place not in waiting]

    def _forget(self, origins: set[str]) -> None:
        """Of logs that are not served any more nothing is waited for."""
        with self._lock:
            for place in [place for place in self._troubles if place[0] not in origins]:
                del self._troubles[place]
        for origin in self._lag.keys() - origins:
            del self._lag[origin]

    def _note(self, origin: str, found: Collected) -> None:
        """Say it once while it lasts, and again when it is over."""
        place, failure = (origin, found.witness), found.failure
        with self._lock:
            before = self._troubles.pop(place, None)
            if failure is not None:
                attempts = 1 if before is None else before.attempts + 1
                pause = delay(attempts, _FIRST_PAUSE, self._settings.cap_seconds, secrets.randbelow)
                self._troubles[place] = _Trouble(failure.code, attempts, time.monotonic() + pause)
        if failure is not None and (before is None or before.code != failure.code):
            self._log.warning("a witness does not cosign", code=failure.code, witness=found.witness, origin=origin)
        elif failure is None and before is not None:
            self._log.info("a witness cosigns again", witness=found.witness, origin=origin)

    def _measure(self, origin: str, who: Watchers) -> None:
        standing = self._standing(origin)
        if standing is None or not who.quorum:
            return
        names = {one.witness.name for one in who.endpoints}
        sizes = sorted((size for name, size in standing.known.items() if name in names), reverse=True)
        cosigned = sizes[who.quorum - 1] if len(sizes) >= who.quorum else 0
        self._lag[origin] = standing.size - cosigned

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                self.turn()
            except Exception as error:  # noqa: BLE001 - without this thread no receipt would ever become final
                self._log.error("witnessing found a mistake", problem=type(error))
            if self._woken.wait(self._pause()):
                self._stopping.wait(_GATHER)

    def _pause(self) -> float:
        moment = time.monotonic()
        with self._lock:
            waits = [trouble.again - moment for trouble in self._troubles.values()]
        return max(0.05, min([self._settings.idle_seconds, *waits]))


def _evidence(connection: Connection, number: int, log: LogIdentity, seen: bytes) -> tuple[bytes | None, bytes | None]:
    """A contradiction between what a witness holds and what this database has signed, if two statements show one; and
    the newest of the latter.
    """
    try:
        ours = checkpoint(connection, number)
    except CallerError:
        return None, None
    size, tree = read_head(seen).size, StoredTree(connection, number)
    own = read_head(ours).size
    try:
        if size >= own:
            return from_heads(seen, ours, log), ours
        if not 0 < size <= head_of(connection, number).head.size:
            return None, ours
        proof = tuple(consistency_proof(tree, size, own))
        return from_beginning(seen, ours, root_at(tree, size), proof, log), ours
    except PeerError:
        return None, ours
