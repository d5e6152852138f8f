"""Trust at its intended size: 2,000 agencies in 20 countries, published, refreshed, folded, asked. All invented.

Never here: what trust means. What is timed once stands with the number of its samples; the lookups of one message take
turns with a whole `admit`, since their share is what the limit is about.
"""

from __future__ import annotations

import gc
import os
import statistics
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from bench.figures import Figure, beside
from bench.samples import Case, Match, take_turns
from bench.scene import AT, Scene
from referral_proto.adapters.trust_drafts import Signers, draft_country, draft_root, draft_targets, sign
from referral_proto.adapters.trust_fetch import FolderSource
from referral_proto.adapters.trust_keys import KeyRole, RepositoryKey
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.adapters.trust_repository import TrustRepository
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.opening import OpeningKey
from referral_proto.flow.admit import admit
from referral_proto.ids import AgencyId, OpeningKeyId, agency_id
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.moment import Moment
from referral_proto.trust import Directory
from referral_proto.trust.amend import set_mandates
from referral_proto.trust.issue import announce_relay, approve, found_federation, publish_opening_key, request_enrolment
from referral_proto.trust.memory import FoldMemory

__all__ = ["measure_trust"]

AGENCIES, QUICK_AGENCIES = 2_000, 200
COUNTRIES = tuple(f"x{letter}" for letter in "abcdefghijklmnopqrst")
TURNS, QUICK_TURNS = 3, 1
LOOKUPS, ROUNDS, QUICK_ROUNDS = 500, 200, 20
SHARE = 0.02
KIB, MIB = 1024, 1024 * 1024


@dataclass(slots=True)
class Registry:
    """One federation as its members hold it: keys, records by country, and opening keys, which relays serve."""

    registrars: dict[str, SigningKeyset]
    federation: bytes
    records: dict[str, list[bytes]] = field(default_factory=dict)
    opening: list[bytes] = field(default_factory=list)
    known: list[tuple[AgencyId, bytes, OpeningKeyId]] = field(default_factory=list)


def measure_trust(scene: Scene, envelope: bytes, progress: Callable[[float], None], *, quick: bool) -> list[Figure]:
    """Found a federation, publish it, follow it. `envelope` is one of the scene's. The folder is deleted."""
    agencies, turns = (QUICK_AGENCIES, QUICK_TURNS) if quick else (AGENCIES, TURNS)
    registry = _found(agencies)
    records = [registry.federation, *(one for own in registry.records.values() for one in own), *registry.opening]
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        figures = _refreshed(registry, folder, agencies, turns)
    progress(0.5)
    directory, folds = None, []
    for _ in range(turns):
        start = perf_counter()
        directory = Directory.fold(records, at=AT)
        folds.append(perf_counter() - start)
    assert directory is not None and len(directory.agencies()) == agencies and not directory.problems
    size = sum(map(len, records))
    figures.append(_once(f"fold of {len(records):,} records of {agencies:,} agencies", folds, f"{size / MIB:.1f} MiB"))
    figures.append(_folded_again(records, turns))
    figures += [_memory(records, remembered=remembered) for remembered in (False, True)]
    figures.append(_lookup(scene, envelope, registry, directory, QUICK_ROUNDS if quick else ROUNDS))
    progress(1.0)
    return figures


def _found(agencies: int) -> Registry:
    """Everybody's keys and records. Each country has one relay, and each agency one opening key."""
    registrars = {country: SigningKeyset.create(agency_id(f"{country}.registrar")) for country in COUNTRIES}
    founders = list(registrars.values())[:3]
    public = {country: keys.public for country, keys in registrars.items()}
    federation = found_federation("An invented one", [keys.public for keys in founders], 2, public, AT, *founders)
    registry = Registry(registrars, federation, {country: [] for country in COUNTRIES})
    for number in range(agencies):
        country = COUNTRIES[number % len(COUNTRIES)]
        keys = SigningKeyset.create(agency_id(f"{country}.agency-{number}"))
        operator = agency_id(f"{country}.agency-{number % len(COUNTRIES)}")
        request = request_enrolment(
            keys, {"en": f"Invented {number}"}, OrganisationType.NGO, (Mandate.SHELTER,), operator, AT
        )
        own = registry.records[country]
        own.append(approve(request, registrars[country]))
        if keys.agency == operator:
            own.append(announce_relay(keys, "relay.example:7443", (operator.encode().ljust(600, b"."),), AT))
        key = OpeningKey.create(keys.agency)
        registry.opening.append(publish_opening_key(keys, key.public, 0, AT))
        registry.known.append((keys.agency, keys.id, key.id))
    return registry


def _refreshed(registry: Registry, folder: Path, agencies: int, turns: int) -> list[Figure]:
    """A new node, a node with nothing new to learn, and a node that learns of one change."""
    place = folder / "repository"
    place.mkdir()
    repository, online = TrustRepository(place), _key(KeyRole.ONLINE)
    country_keys = {country: _key(KeyRole.COUNTRY) for country in COUNTRIES}
    _publish(repository, registry, country_keys, online)
    bootstrap = (place / "metadata" / "1.root.json").read_bytes()
    source = FolderSource(place)
    mirrors = [TrustMirror(folder / f"mirror-{turn}", bootstrap) for turn in range(turns)]
    records = [one for own in registry.records.values() for one in own]
    scratch, disk = [], []
    for turn, mirror in enumerate(mirrors):
        scratch.append(_timed(partial(mirror.refresh, source, AT)))
        disk.append(_timed(partial(_durable, folder / f"disk-{turn}", records)))
    cached = [_timed(partial(mirror.refresh, source, AT)) for mirror in mirrors]
    state, changed = mirrors[0].state(AT), []
    directory, fetched = state.fold(AT), len(state.records)
    assert fetched == agencies + len(COUNTRIES) + 1
    size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    for turn in range(turns):
        country = COUNTRIES[turn]
        amended = set_mandates(
            directory.history(registry.known[turn][0]), (Mandate.HEALTH_CARE,), AT, registry.registrars[country]
        )
        draft = draft_country(repository.current(f"country-{country}"), country, [amended], AT)
        repository.accept(sign(draft, country_keys[country]), AT, [amended])
        repository.publish(online, AT)
        changed.append(_timed(partial(mirrors[0].refresh, source, AT)))
    return [
        _beside_disk(
            f"refresh from scratch, {fetched:,} records", scratch, disk, f"{size / MIB:.1f} MiB, fold included"
        ),
        _once("refresh from cache, nothing new", cached),
        _once("refresh from cache, one record new", changed, "one agency is folded again"),
    ]


def _publish(
    repository: TrustRepository, registry: Registry, keys: dict[str, RepositoryKey], online: RepositoryKey
) -> None:
    root, targets = _key(KeyRole.ROOT), _key(KeyRole.TARGETS)
    countries = {country: Signers([key.public], 1) for country, key in keys.items()}
    drafted = draft_root(None, Signers([root.public], 1), Signers([targets.public], 1), Signers([online.public], 1), AT)
    repository.accept(sign(drafted, root), AT)
    top = sign(draft_targets(None, [registry.federation], countries, AT), targets)
    repository.accept(top, AT, [registry.federation])
    for country, records in registry.records.items():
        repository.accept(sign(draft_country(None, country, records, AT), keys[country]), AT, records)
    repository.publish(online, AT)


def _lookup(scene: Scene, envelope: bytes, registry: Registry, directory: Directory, rounds: int) -> Figure:
    """What `admit` asks of a directory for one message, for other agencies each time."""
    agencies = cycle(registry.known)

    def ask() -> None:
        for _ in range(LOOKUPS):
            agency, keyset, key = next(agencies)
            directory.opening_key(agency, key, AT)
            _ = directory.max_skew, directory.max_lifetime
            directory.signing_keyset(agency, keyset, AT)

    match = Match(
        (
            Case("lookup", ask, LOOKUPS),
            Case("admit beside", lambda: admit(envelope, scene.reader, scene.directory, AT)),
        )
    )
    taken = take_turns([match], rounds, lambda _: None)
    return beside("lookups of one message", taken["lookup"], "admit, all of it", taken["admit beside"], SHARE)


def _folded_again(records: list[bytes], turns: int) -> Figure:
    """What a node pays when it folds the same records again: a new opening key, a moment that came."""
    memory = FoldMemory()
    Directory.fold(records, at=AT, memory=memory)
    again = [_timed(partial(Directory.fold, records, at=AT.plus(turn), memory=memory)) for turn in range(turns)]
    return _once("fold again, remembered", again)


def _memory(records: Sequence[bytes], *, remembered: bool) -> Figure:
    """What the directory holds, in a process of its own: this one has seen too much."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        grown, left = pool.submit(_grown, list(records), remembered).result()
    return Figure(
        "memory of the directory" + (", with what a node remembers of it" if remembered else ""),
        "B",
        grown,
        grown,
        samples=1,
        note=f"resident; {left / MIB:.1f} MiB with its records",
    )


def _grown(records: list[bytes], remembered: bool) -> tuple[int, int]:
    """Resident bytes that a fold adds, and those with the records themselves."""
    small = Directory.fold(records[:1])
    gc.collect()
    before = _resident()
    memory = FoldMemory() if remembered else None
    directory = Directory.fold(records, at=Moment(AT), memory=memory)
    gc.collect()
    grown = _resident() - before
    assert directory.agencies() and not small.agencies()
    return grown, grown + sum(map(len, records))


def _resident() -> int:
    status = Path("/proc/self/status").read_text("ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")) * KIB


def _timed(call: Callable[[], object]) -> float:
    start = perf_counter()
    call()
    return perf_counter() - start


def _once(name: str, seconds: Sequence[float], note: str = "") -> Figure:
    """A figure of few samples, in milliseconds."""
    times = [1e3 * second for second in seconds]
    return Figure(name, "ms", statistics.fmean(times), statistics.median(times), samples=len(times), note=note)


def _beside_disk(name: str, seconds: Sequence[float], disk: Sequence[float], note: str) -> Figure:
    """The same beside what the disk alone takes to make as many files durable: no limit, since disks differ."""
    ours, theirs = _once(name, seconds), _once("", disk)
    share = ours.median / theirs.median
    return replace(
        ours,
        peer="as many durable files",
        peer_mean=theirs.mean,
        peer_median=theirs.median,
        ratio=share,
        ratio_of_means=ours.mean / theirs.mean,
        note=note,
    )


def _durable(folder: Path, records: Sequence[bytes]) -> None:
    folder.mkdir()
    for number, record in enumerate(records):
        with (folder / str(number)).open("wb") as file:
            file.write(record)
            file.flush()
            os.fsync(file.fileno())


def _key(role: KeyRole) -> RepositoryKey:
    return RepositoryKey.create(role, agency_id("int.operator"))
