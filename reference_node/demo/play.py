"""The play: all steps in their order, what each gave, and the name of the one that failed. Prints nothing.

prepare → start → offer → accept → request → result → prove → look → rotate → revoke → audit → tamper → drop →
backdate → seize → search → stop
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from reference_node import faults
from reference_node.demo import eyes
from reference_node.demo.attacks import Attacks
from reference_node.demo.exchange import Exchange, Passage
from reference_node.demo.planted import Word, planted
from reference_node.demo.proofs import Proofs
from reference_node.demo.search import Report, Searcher, blind_spots
from reference_node.demo.stage import KH, PARTIES, TH, WITNESSES, Stage, free_endpoints, set_stage
from reference_node.demo.trials import Trials
from reference_node.demo.troupe import Troupe
from reference_node.rpc.desk_client import DeskClient
from referral_proto import (
    AgencyId,
    CallerError,
    Leaf,
    Moment,
    OurError,
    Referral,
    ReferralError,
    WorldError,
    admit_for_dispatch,
)
from referral_proto.adapters import SystemClock, disk, load_directory, read_referral

__all__ = ["ATTACKS", "STEPS", "TRIALS", "Beat", "Outcome", "StepFailed", "example", "play"]

assert faults.DEMO  # the codes below are declared there

TRIALS: Final = ("rotate", "revoke", "seize")
ATTACKS: Final = ("tamper", "drop", "backdate")
_EXCHANGE: Final = ("offer", "accept", "request", "result")
STEPS: Final = (
    "prepare",
    "start",
    *_EXCHANGE,
    "prove",
    "look",
    *TRIALS[:2],
    "audit",
    *ATTACKS,
    "seize",
    "search",
    "stop",
)
_EXAMPLE: Final = "referral-th-kh.json"
_LARGEST: Final = 4 * 1024 * 1024
_SENT: Final = frozenset(("CONSENT", "IDENTITY"))


class StepFailed(Exception):
    """A step of the demonstration failed. `step`: its name; `cause`: why."""

    def __init__(self, step: str, cause: ReferralError) -> None:
        super().__init__(step)
        self.step, self.cause = step, cause


@dataclass(frozen=True, slots=True)
class Beat:
    """A step that is done. `seconds` it took; `facts` by name, ready for JSON."""

    step: str
    seconds: float
    facts: Mapping[str, Any]


@dataclass(slots=True)
class Outcome:
    """What the demonstration gave. `searched`: place → `running`, `ended` → what was searched there then. `proofs`,
    `audit`, `trials` and `attacks`, of these two each: what came out of it, ready for JSON.
    """

    beats: list[Beat] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    table: tuple[eyes.Row, ...] = ()
    proofs: Mapping[str, Any] = field(default_factory=dict)
    audit: Mapping[str, Any] = field(default_factory=dict)
    trials: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    attacks: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    searched: dict[str, dict[str, Report]] = field(default_factory=dict)
    words: tuple[Word, ...] = ()
    patterns: int = 0
    exit_codes: dict[str, int] = field(default_factory=dict)
    kept: Path | None = None


def example() -> Path:
    """The example that is shipped: beside this file in an installation, under `examples/` in a source tree."""
    installed = Path(__file__).with_name(_EXAMPLE)
    return installed if installed.exists() else Path(__file__).resolve().parents[2] / "examples" / _EXAMPLE


def play(source: Path, keep: Path | None, begins: Callable[[str], None], tell: Callable[[Beat], None]) -> Outcome:
    """Play it. `source`: the referral as JSON; `keep`: where everything stays, else it is deleted; `begins` is called
    with the name of each step, `tell` when it is done. Raises StepFailed. All processes are ended on return.
    """
    with ExitStack() as stack:
        return _Play(source, keep, begins, tell, stack).run()


class _Play:
    def __init__(
        self,
        source: Path,
        keep: Path | None,
        begins: Callable[[str], None],
        tell: Callable[[Beat], None],
        stack: ExitStack,
    ) -> None:
        self._source, self._keep, self._begins, self._tell, self._stack = source, keep, begins, tell, stack
        self._outcome = Outcome(kept=keep)

    def run(self) -> Outcome:
        with self._step("prepare") as facts:
            data, referral = self._read()
            words = planted(referral)
            stage = self._prepare()
            facts |= {"endpoints": dict(stage.endpoints), "records": len(list((stage.auditor / "records").iterdir()))}
        troupe = self._stack.enter_context(Troupe(stage))
        with self._step("start") as facts:
            troupe.begin()
            desks = {p.agency: self._desk(troupe, p.agency) for p in PARTIES}
            facts |= {"processes": [actor.name for actor in troupe.actors]}
        exchange = Exchange(data, desks, Searcher.of(_of(words, _SENT)), troupe.check)
        offer = self._exchange("offer", exchange.offer)
        accepted = self._exchange("accept", lambda: exchange.accept(offer))
        request = self._exchange("request", lambda: exchange.request(accepted))
        answer = self._exchange("result", lambda: exchange.result(request))
        proofs = Proofs(stage, desks, troupe.check)
        with self._step("prove") as proved:
            proved.update(proofs.prove(request, answer))
            self._outcome.proofs = proved
        with self._step("look") as facts:
            self._outcome.table = self._look(stage, desks, data, referral, words, request.leaf)
            facts |= {"parties": len(eyes.PARTIES_SEEING)}
        trials = Trials(stage, troupe, desks, exchange, self._stack)
        self._rotate(trials)
        with self._step("audit") as audited:
            audited.update(proofs.audit(request, answer, Searcher.of(words)))
            self._outcome.audit = audited
        self._attack(Attacks(stage, troupe, desks, exchange, proofs, self._stack), request.leaf)
        # Last: what a registrar says against itself makes all later evidence about its agency contested.
        with self._step("seize") as seized:
            seized.update(trials.seize())
            self._outcome.trials["seize"] = seized
        with self._step("search") as facts:
            troupe.check()
            self._search(stage, words, request, "running")
            facts |= {"words": len(words), "patterns": self._outcome.patterns}
        with self._step("stop") as facts:
            self._outcome.exit_codes = troupe.end()
            facts |= {"exit_codes": self._outcome.exit_codes}
            if any(self._outcome.exit_codes.values()):
                raise WorldError("demo.process", "exit code")
            # Once more: what a relay writes at its very end.
            self._search(stage, words, request, "ended")
        return self._outcome

    @contextmanager
    def _step(self, name: str) -> Iterator[dict[str, Any]]:
        begun, facts = time.monotonic(), dict[str, Any]()
        self._begins(name)
        try:
            yield facts
        except ReferralError as error:
            raise StepFailed(name, error) from None
        except OSError:
            raise StepFailed(name, WorldError("file.failed", "the demonstration's folder")) from None
        beat = Beat(name, time.monotonic() - begun, facts)
        self._outcome.beats.append(beat)
        self._tell(beat)

    def _exchange(self, name: str, send: Callable[[], Passage]) -> Passage:
        with self._step(name) as facts:
            passage = send()
            self._outcome.passages.append(passage)
            facts |= {"passage": passage}
        return passage

    def _rotate(self, trials: Trials) -> None:
        with self._step("rotate") as rotated:
            old, before, found = trials.rotate()
            rotated.update(found)
        with self._step("revoke") as revoked:
            revoked.update(trials.revoke(old, before))
        self._outcome.trials |= {"rotate": rotated, "revoke": revoked}

    def _attack(self, attacks: Attacks, leaf: Leaf) -> None:
        with self._step("tamper") as tampered:
            tampered.update(attacks.tamper(leaf))
        with self._step("drop") as dropped:
            lost, found = attacks.drop()
            dropped.update(found)
        with self._step("backdate") as backdated:
            backdated.update(attacks.backdate(lost))
        self._outcome.attacks = {"tamper": tampered, "drop": dropped, "backdate": backdated}

    def _desk(self, troupe: Troupe, agency: AgencyId) -> DeskClient:
        return self._stack.enter_context(DeskClient(troupe.socket(agency), Exchange.officer(agency)))

    def _read(self) -> tuple[bytes, Referral]:
        data = disk.read(self._source, "example", _LARGEST)
        referral = read_referral(data)
        missing = [name for name in ("preview", "consent", "identity") if getattr(referral, name) is None]
        if missing:
            raise CallerError("demo.example", missing[0])
        return data, referral

    def _prepare(self) -> Stage:
        folder = self._keep
        if folder is None:
            # Not the standard class: a desk that ends late may still write, and that must not be an error here.
            folder = Path(tempfile.mkdtemp(prefix="referral-demo-"))
            self._stack.callback(shutil.rmtree, folder, ignore_errors=True)
        elif folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
            raise CallerError("demo.not-empty", "--keep")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with free_endpoints() as endpoints:
            return set_stage(folder, endpoints, SystemClock().now())

    def _look(
        self,
        stage: Stage,
        desks: Mapping[AgencyId, DeskClient],
        data: bytes,
        referral: Referral,
        words: tuple[Word, ...],
        identity: Leaf,
    ) -> tuple[eyes.Row, ...]:
        passages = self._outcome.passages
        passed = {one.leaf: desks[one.sender].export(one.leaf) for one in passages}
        self._hand_covers(stage, passed)
        at = SystemClock().now()
        sights = {
            "Thai desk": eyes.desk_sight(stage, TH, desks[TH], passed, identity, data),
            "Thai relay": eyes.relay_sight(stage, TH, passed, identity, at),
            "Cambodian relay": eyes.relay_sight(stage, KH, passed, identity, at),
            "Cambodian desk": eyes.desk_sight(stage, KH, desks[KH], passed, identity),
            "auditor": eyes.auditor_sight(stage, identity, at),
        }
        preview = referral.preview
        assert preview is not None
        shown = [
            preview.pseudonym,
            *([preview.age_band.name] if preview.age_band else []),
            *(n.name for n in preview.needs),
        ]
        names, others = Searcher.of(_of(words, _SENT)), Searcher.of(_of(words, frozenset(("FAMILY", "HEALTH", "NOTE"))))
        return eyes.rows(sights, names, others, passages, shown)

    def _hand_covers(self, stage: Stage, passed: Mapping[Leaf, bytes]) -> None:
        """What the sending agencies give to the auditor."""
        directory = load_directory(stage.auditor / "records")
        for passage in self._outcome.passages:
            at: Moment = passage.shown.message.created_at
            cover = admit_for_dispatch(passed[passage.leaf], passage.sender, directory, at).cover()
            name = f"{len(list((stage.auditor / 'covers').iterdir())) + 1}-{passage.sender}.cover"
            disk.write(stage.auditor / "covers" / name, cover, "cover")

    def _search(self, stage: Stage, words: tuple[Word, ...], request: Passage, when: str) -> None:
        """No plain text on any disk; and the search is not blind: it finds what was planted, and what was told."""
        searcher = Searcher.of(words)
        self._outcome.words, self._outcome.patterns = words, searcher.patterns
        with tempfile.TemporaryDirectory(prefix="referral-control-") as control:
            missed = blind_spots(searcher, Path(control))
        if missed:
            raise OurError("demo.blind", missed[0])
        told = Searcher.of(_of(words, frozenset(("IDENTITY",))))
        if len(told.in_bytes(request.text)) != len(told.words):
            raise OurError("demo.blind", "the opened request")
        for place, folders in _places(stage).items():
            report = searcher.in_folders(*folders)
            self._outcome.searched.setdefault(place, {})[when] = report
            if report.finds:
                raise OurError("demo.plaintext", f"{place}: {report.finds[0].what} in {report.finds[0].file}")


def _of(words: tuple[Word, ...], sections: frozenset[str]) -> tuple[Word, ...]:
    return tuple(word for word in words if word.section in sections)


def _places(stage: Stage) -> dict[str, list[Path]]:
    halves = {f"{p.adjective} {half}": [stage.half(p.agency, half)] for half in ("relay", "desk") for p in PARTIES}
    witnesses = [stage.half(name, "witness") for name in WITNESSES.values()]
    return {**halves, "witnesses": witnesses, "auditor": [stage.auditor]}
