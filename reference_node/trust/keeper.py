"""The keeper: the directory in force, folded again whenever records change or a moment comes that changes them.

Two questions, asked at each decision: what do the records say (`directory`), and may they be gone by now (`require`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Lock
from typing import Final

from reference_node.observe import Log, Metrics
from reference_node.trust.health import Health, Notice
from reference_node.trust.shelf import OpeningShelf
from reference_node.trust.supply import Supply
from referral_proto.errors import PeerError, ReferralError, WorldError
from referral_proto.ids import AgencyId, country_of
from referral_proto.moment import DAY, HOUR, Moment
from referral_proto.ports import Clock
from referral_proto.trust.directory import Directory

__all__ = ["TrustKeeper"]

_KEPT_BEYOND: Final = 24 * HOUR
"""Opening keys stay this long after the last envelope for them can come, in seconds."""
_CLOCK_WENT_BACK: Final = HOUR
_AGAIN: Final = DAY
"""Seconds after which what still lasts is told of again."""


class TrustKeeper:
    """Read by every thread, refreshed by one; `directory` is replaced as a whole."""

    def __init__(self, supply: Supply, shelf: OpeningShelf, clock: Clock, log: Log) -> None:
        """Folds once. Raises as `Supply.fold`."""
        self.supply, self.shelf = supply, shelf
        self._clock, self._log = clock, log
        self._lock = Lock()
        self._told: dict[tuple[str, str], Moment] = {}
        self._watched: list[Callable[[Directory, Moment], Iterator[Notice]]] = []
        self._judged: tuple[Moment, Health] | None = None
        self._shelved = shelf.records()
        self.folded_at = clock.now()
        self.directory: Directory = supply.fold(self.folded_at, self._shelved)
        self._due = _next_change(self.directory, self.folded_at)
        self.tell()

    def refresh(self) -> bool:
        """Fold again if there is a reason to; whether that happened. A change that does not verify leaves what stood
        before in force, and says so in the log.
        """
        with self._lock:
            now = self._clock.now()
            self._judged = None
            try:
                changed = self.supply.look()
                self.shelf.prune(now, self.directory.max_lifetime + _KEPT_BEYOND)
                shelved = self.shelf.records()
                if not (changed or shelved != self._shelved or self._moment_came(now)):
                    return False
                directory = self.supply.fold(now, shelved)
            except ReferralError as error:
                self._log.error("changed records were not taken up", code=error.code)
                return False
            self.directory, self.folded_at, self._shelved = directory, now, shelved
            self._due = _next_change(directory, now)
        self._log.info("changed records are in force", count=len(directory.agencies()))
        self.tell()
        return True

    def now(self) -> Moment:
        """By the clock that this keeper goes by."""
        return self._clock.now()

    def watch(self, look: Callable[[Directory, Moment], Iterator[Notice]]) -> None:
        """Notices besides those of the supply, such as keys that end soon."""
        self._watched.append(look)

    def warnings(self) -> tuple[Notice, ...]:
        """What is not wrong yet but needs attention now."""
        now = self._clock.now()
        more = (notice for look in self._watched for notice in look(self.directory, now))
        return (*self.health().warnings, *more)

    def health(self) -> Health:
        """How the data stands now. Cheap: judged once a second."""
        now, known = self._clock.now(), self._judged
        if known is not None and known[0] == now:
            return known[1]
        health = self.supply.health(now)
        self._judged = (now, health)
        return health

    def require(self, *agencies: AgencyId) -> None:
        """Nothing may be decided on data that is expired, too old or at odds with the clock, nor anything new about an
        agency whose registrar has not renewed.

        Raises WorldError trust.stale, trust.clock, trust.no-state; PeerError trust.country-expired.
        """
        health = self.health()
        if health.code:
            code = health.code if health.code in {"trust.clock", "trust.no-state"} else "trust.stale"
            raise WorldError(code, health.where)
        for agency in agencies:
            if country_of(agency) in health.expired:
                raise PeerError("trust.country-expired", agency)

    def refusal(self, *agencies: AgencyId) -> str:
        """The code with which `require` refuses, or nothing."""
        try:
            self.require(*agencies)
        except (WorldError, PeerError) as error:
            return error.code
        return ""

    def age(self) -> int | None:
        """Seconds since the trust data were made; None where records come by hand."""
        return self.health().age_seconds

    def older_than(self, moment: Moment) -> bool:
        """Whether the trust data were made before `moment`: somebody may have gone by newer ones then."""
        age = self.age()
        return age is None or self._clock.now().plus(-age) < moment

    def notices(self) -> tuple[str, ...]:
        """Codes of warnings, problems and alarms, each once, sorted."""
        found = {notice.code for notice in self.warnings()}
        found |= {problem.code for problem in self.directory.problems}
        return tuple(sorted(found | {alarm.code for alarm in self.directory.alarms}))

    def tell(self) -> None:
        """Log what somebody should look at: at once, and again once a day for as long as it lasts."""
        health, directory = self.health(), self.directory
        lines: dict[tuple[str, str], Callable[[], object]] = {}
        if health.code:
            lines[health.code, ""] = lambda: self._log.error(
                "nothing is decided on these trust data", code=health.code, **_cause(health.where)
            )
        for notice in self.warnings():
            lines[notice.code, notice.where] = lambda one=notice: self._log.warning(  # type: ignore[misc]
                "keys or trust data need attention", code=one.code, **_cause(one.where)
            )
        for problem in directory.problems:
            lines[problem.code, problem.agency] = lambda one=problem: self._log.warning(  # type: ignore[misc]
                "a trust record is not in force", code=one.code, **_agency(one.agency)
            )
        for alarm in directory.alarms:
            lines[alarm.code, alarm.digest.hex()] = lambda one=alarm: self._log.error(  # type: ignore[misc]
                "a trust alarm", code=one.code, agency=one.agency
            )
        now, told = self._clock.now(), self._told
        self._told = {}
        for mark, say in lines.items():
            last = told.get(mark)
            due = last is None or not last <= now < last.plus(_AGAIN)
            self._told[mark] = now if due or last is None else last
            if due:
                say()

    def gauges(self, metrics: Metrics) -> None:
        """What Prometheus may ask of trust."""
        metrics.gauge("trust_age_seconds", lambda: float(self.health().age_seconds or 0))
        metrics.gauge("trust_refuses", lambda: float(bool(self.health().code)))
        metrics.gauge("trust_warnings", lambda: float(len(self.warnings())))
        metrics.gauge("trust_alarms", lambda: float(len(self.directory.alarms)))
        metrics.gauge("trust_problems", lambda: float(len(self.directory.problems)))
        metrics.gauge("trust_expires_at", lambda: float(self.health().expires_at or 0))

    def _moment_came(self, now: Moment) -> bool:
        return (self._due is not None and self._due <= now) or now < self.folded_at - _CLOCK_WENT_BACK


def _cause(where: str) -> dict[str, str]:
    return {"cause": where.replace(" ", "-")} if where else {}


def _agency(agency: str) -> dict[str, str]:
    return {"agency": agency} if agency else {}


def _next_change(directory: Directory, at: Moment) -> Moment | None:
    """The next moment after `at` at which a fold of the same records says something else."""
    return min((moment for moment in _moments(directory) if moment is not None and moment > at), default=None)


def _moments(directory: Directory) -> Iterator[Moment | None]:
    for alarm in directory.alarms:
        yield alarm.effective_at
    for agency in directory.agencies():
        record = directory.agency(agency)
        yield record.withdrawn_at
        for entry in record.signing_keysets:
            yield entry.revoked_at
            yield entry.compromised_since_at
