"""Sightings: what this relay has seen of every log, held against what the log shows now and what others have seen.

A log that keeps two stories for two readers is found where they compare. Each verified checkpoint that comes along,
with a receipt or from a peer, must be the beginning of the newest one that its log shows; a log that cannot prove that
is asked again and, after a while, told of. One that is proved to contradict itself proves nothing more here.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final

from reference_node.observe import Log, Metrics, told
from reference_node.relay.backoff import delay
from reference_node.relay.confronting import accused, confront
from reference_node.relay.lines import Lines
from reference_node.relay.trust import Trust
from reference_node.settings import ProofSettings
from reference_node.store.engine import Database
from reference_node.store.relay import sightings as rows
from reference_node.store.relay.outbox import Timing
from reference_node.store.relay.sightings import Seen, Watch
from reference_node.witness.evidence import keep_contradiction
from referral_proto.errors import PeerError, ReferralError, WorldError
from referral_proto.ids import AgencyId
from referral_proto.log.checkpoint import Checkpoint, read_head
from referral_proto.log.contradiction import from_heads
from referral_proto.log.head import agency_of
from referral_proto.model.log import WitnessedCheckpoint
from referral_proto.ports import Clock, LogPost
from referral_proto.trust.notes import verify_note
from referral_proto.wire import decode, encode

__all__ = ["Sightings"]

_MOST_SHOWN: Final = 256
_PEERS: Final = 3
_PATIENCE: Final = 0.25
"""Seconds of computing that one peer's gossip is worth."""
_REMEMBERED: Final = 4096
_QUEUED: Final = 1024


class Sightings:
    """One thread (`turn`); everything else may be called from any. found: told the origin of a log that contradicts
    itself, once. evidence: folder for the files.
    """

    def __init__(
        self,
        database: Database,
        trust: Trust,
        clock: Clock,
        lines: Lines,
        settings: ProofSettings,
        evidence: Path,
        log: Log,
        metrics: Metrics,
        found: Callable[[str], object] = lambda _: None,
        draw: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        """Raises WorldError store.*."""
        self._database, self._trust, self._clock, self._lines = database, trust, clock, lines
        self._settings, self._evidence, self._log, self._metrics = settings, evidence, log, metrics
        self._found, self._draw = found, draw
        self._timing = Timing(int(settings.lease_seconds), int(settings.cap_seconds) + 1)
        self._lock, self._stopping = Lock(), Event()
        self._queue: deque[Seen] = deque(maxlen=_QUEUED)
        self._known: OrderedDict[tuple[str, int, bytes], None] = OrderedDict()
        self._forked: set[str] = set()
        self._alarmed: set[str] = set()
        self._thread = Thread(target=self._run, name="sightings", daemon=True)
        metrics.gauge("log_contradictions", lambda: float(len(self._forked)))
        metrics.gauge("logs_unproved", lambda: float(len(self._alarmed)))
        self._look()

    def start(self) -> None:
        self._thread.start()

    def drain(self) -> None:
        self._stopping.set()

    def close(self, seconds: float) -> bool:
        """False if the thread still hangs."""
        self.drain()
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def forked(self, origin: str) -> bool:
        """Whether the log is proved to contradict itself: its receipts prove nothing."""
        return origin in self._forked

    def see(self, note: bytes, checkpoint: Checkpoint) -> None:
        """A verified checkpoint came along. Costs nothing here; a checkpoint that was lost by a crash is no loss."""
        if not checkpoint.size or not self._is_new(checkpoint.origin, checkpoint.size, checkpoint.root):
            return
        # Nobody is woken: what comes within a second is entered in one transaction.
        with self._lock:
            self._queue.append(_seen(note, checkpoint))

    def shown(self, origins: Sequence[str] = (), most: int = _MOST_SHOWN) -> tuple[bytes, ...]:
        """WitnessedCheckpoints for peers: the newest of each log, or of those that are named. WorldError store.*."""
        with self._database.read() as connection:
            found = rows.newest(connection, origins, most)
        return tuple(encode(WitnessedCheckpoint(checkpoint=one.note, seen_at=at)) for one, at in found)

    def listen(self, peers: Callable[[int], Iterable[AgencyId]], own: Iterable[tuple[AgencyId, LogPost]]) -> None:
        """Hear what a few peers have seen, and look at the logs that are kept here. own: by whom each agency's log is
        shown. Raises nothing that a peer could cause.
        """
        for agency, post in own:
            self._overhear_own(agency, post)
        for operator in peers(_PEERS):
            try:
                heard = self._lines.logs(operator).seen_checkpoints(())
            except ReferralError as error:
                self._log.warning("a peer does not tell what it has seen", code=error.code, operator=operator)
                continue
            self._overhear(operator, heard[:_MOST_SHOWN])

    def joined(self, post: LogPost, first: tuple[bytes, Checkpoint], second: tuple[bytes, Checkpoint]) -> bool:
        """Whether the log proves that both verified checkpoints are of one tree; False if it proves the contrary, which
        is then kept. Raises PeerError and WorldError where it proves nothing, or does not answer.
        """
        one, other = _seen(*first), _seen(*second)
        evidence = confront(post, one, other, self._trust.directory, self._clock.now())
        if evidence is not None:
            self.contradicted(one.origin, evidence)
        return evidence is None

    def contradicted(self, origin: str, evidence: bytes) -> None:
        """Keep evidence that was found, and take no more proof from that log. Raises WorldError store.*."""
        self._database.write(lambda connection: rows.contradict(connection, origin, evidence))
        self._look()

    def turn(self) -> bool:
        """Enter what came along, then ask one log to prove what waits; False if there was nothing to do. What the
        thread does every second.
        """
        self._look()
        entered = self._enter()
        now = self._clock.now()
        with self._database.read() as connection:
            due = rows.due(connection, now, self._timing)
        if due is None:
            return entered
        watch = self._database.write(lambda connection: rows.claim(connection, due, now, self._timing))
        if watch is not None:
            self._ask(watch)
        return True

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.turn()
            except ReferralError as error:
                self._log.error("sightings cannot be kept", **told(error))
            except Exception as error:  # noqa: BLE001 - without this thread a log could keep two stories
                self._log.error("sightings found a mistake", problem=type(error))
            self._stopping.wait(self._settings.idle_seconds)

    def _enter(self) -> bool:
        with self._lock:
            came = list(self._queue)
            self._queue.clear()
        if not came:
            return False
        now = self._clock.now()
        due = now.plus(int(self._settings.gather_seconds))
        try:
            pairs = self._database.write(lambda connection: rows.enter(connection, came, now, due))
        except WorldError:
            with self._lock:
                self._queue.extendleft(reversed(came))
            raise
        for origin, first, second in pairs:
            self._hold_against(origin, first, second)
        return True

    def _hold_against(self, origin: str, first: bytes, second: bytes) -> None:
        try:
            who = accused(first, second, self._trust.directory, self._clock.now())
            evidence = from_heads(first, second, who)
        except PeerError as error:
            # Signed by other keys of the same log, or by some that ended: no evidence, and the log must prove it.
            self._log.warning("two checkpoints of a log are at odds", code=error.code, origin=origin)
            return
        if evidence is not None:
            self.contradicted(origin, evidence)

    def _ask(self, watch: Watch) -> None:
        """Have the log prove that all that was seen is the beginning of what it shows now."""
        now = self._clock.now()
        proved: list[Seen] = []
        newest: Seen | None = None
        problem: ReferralError | None = None
        try:
            owner = agency_of(watch.origin)[0]
            operator = self._trust.operator_of(owner)
            if operator is None:
                raise PeerError("trust.unknown-relay", owner)
            post = self._lines.logs(operator)
            newest = self._newest(post, watch.origin)
            for one in watch.seen:
                try:
                    evidence = confront(post, one, newest, self._trust.directory, now, last=True)
                except PeerError as error:
                    if self._worthless(one):
                        proved.append(one)
                    else:
                        problem = error
                    continue
                if evidence is not None:
                    self.contradicted(watch.origin, evidence)
                    return
                proved.append(one)
        except ReferralError as error:
            problem = error
        if problem is None and newest is not None:
            self._settled(watch, newest)
            return
        again = now + delay(watch.attempts, self._settings.base_seconds, self._settings.cap_seconds, self._draw)
        self._database.write(lambda connection: rows.unproved(connection, watch, proved, newest, now, again))
        self._tell_unproved(watch, problem)

    def _settled(self, watch: Watch, newest: Seen) -> None:
        now = self._clock.now()
        due = now.plus(int(self._settings.gather_seconds))
        self._database.write(lambda connection: rows.settle(connection, watch, newest, now, due))
        self._is_new(newest.origin, newest.size, newest.root)
        self._alarmed.discard(watch.origin)
        self._metrics.count("log_sightings", "proved", len(watch.seen))

    def _tell_unproved(self, watch: Watch, problem: ReferralError | None) -> None:
        self._metrics.count("log_sightings", "unproved")
        code = "" if problem is None else problem.code
        self._log.info("a log did not prove what was seen of it", origin=watch.origin, code=code)
        since = watch.unproved_since
        late = since is not None and self._clock.now() - since >= self._settings.unproved_seconds
        if late and watch.origin not in self._alarmed:
            self._alarmed.add(watch.origin)
            self._log.error("a log does not prove that it has one story", code="log.unproved", origin=watch.origin)

    def _newest(self, post: LogPost, origin: str) -> Seen:
        note = post.checkpoint(origin)
        if note is None:
            raise PeerError("relay.no-log", origin)
        checkpoint = self._verified(note)
        if checkpoint.origin != origin:
            raise PeerError("checkpoint.origin", origin)
        return _seen(note, checkpoint)

    def _verified(self, note: bytes) -> Checkpoint:
        """PeerError also where the keys did not stand then: whoever holds them may sign what they like."""
        return verify_note(note, self._trust.directory, self._clock.now()).checkpoint

    def _worthless(self, one: Seen) -> bool:
        """Whether nothing is to be demanded of a log for what was seen: its keys ended, or leaked, since."""
        try:
            self._verified(one.note)
        except PeerError as error:
            self._log.warning("a checkpoint is not held against its log", code=error.code, origin=one.origin)
            return True
        return False

    def _overhear_own(self, agency: AgencyId, post: LogPost) -> None:
        try:
            origins = {entry.origin for entry in self._trust.directory.logs(agency)}
        except PeerError as error:
            self._log.warning("a log that is kept here cannot be looked at", **told(error))
            return
        for origin in sorted(origins):
            try:
                note = post.checkpoint(origin)
                if note is not None:
                    self.see(note, self._verified(note))
            except ReferralError as error:
                self._log.warning("a log that is kept here cannot be looked at", **told(error))

    def _overhear(self, operator: AgencyId, heard: Sequence[bytes]) -> None:
        """What is known already costs no signature; a peer that keeps this thread busy is not heard out."""
        until = time.thread_time() + _PATIENCE
        for data in heard:
            if time.thread_time() > until:
                self._log.warning("a peer tells too much at once", operator=operator, count=len(heard))
                return
            try:
                note = decode(WitnessedCheckpoint, data).checkpoint
                head = read_head(note)
                if (head.origin, head.size, head.root) in self._known or not self._is_of_a_relay(head.origin):
                    continue
                self.see(note, self._verified(note))
            except PeerError as error:
                self._metrics.count("log_gossip", error.code)

    def _is_of_a_relay(self, origin: str) -> bool:
        """Whether it can be asked for proofs: the logs that desks keep are their own."""
        try:
            return bool(self._trust.directory.logs(agency_of(origin)[0]))
        except PeerError:
            return False

    def _is_new(self, origin: str, size: int, root: bytes) -> bool:
        key = (origin, size, root)
        with self._lock:
            new = key not in self._known
            self._known[key] = None
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return new

    def _look(self) -> None:
        """Take up what this process or another has found against logs, and see that the files are there."""
        with self._database.read() as connection:
            found = rows.contradictions(connection)
        for origin in found.keys() - self._forked:
            self._forked.add(origin)
            self._alarmed.discard(origin)
            self._log.error("a log contradicts itself", code="log.forked", origin=origin)
            self._metrics.count("log_findings", "contradiction")
            try:
                keep_contradiction(self._evidence, origin, found[origin])
            except ReferralError as error:
                self._log.error("evidence could not be kept as a file", **told(error))
            self._found(origin)


def _seen(note: bytes, checkpoint: Checkpoint) -> Seen:
    return Seen(checkpoint.origin, checkpoint.size, checkpoint.root, note, int(checkpoint.signed_at))
