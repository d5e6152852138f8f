"""Real logs before real witnesses over HTTP: a quorum makes time trusted, a fork stops the log, nobody else does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from reference_node.relay.standing import halts_of, require_whole, succeed
from reference_node.store.engine import Database
from reference_node.store.log import checkpoint, current_origin, events, find_log, witness_sizes
from reference_node.store.relay import open_relay
from reference_node.witness.evidence import proofs_in, proved
from referral_proto.errors import CallerError, WorldError
from referral_proto.log.checkpoint import read_head, verify_checkpoint
from referral_proto.log.contradiction import judge
from referral_proto.model.codes.log import LogContradictionKind, LogEventKind
from referral_proto.model.log import LogEvent
from referral_proto.trust.logs import log_entry
from referral_proto.wire import decode
from tests.relay.watched import Keeper, Watched
from tests.relay.world import KH, HandClock
from tests.store.log_database import database, server, url

__all__ = ["database", "server", "url"]


@pytest.fixture(scope="module")
def watched() -> Watched:
    return Watched.founded()


@pytest.fixture
def keeper(tmp_path: Path, watched: Watched, database: Database) -> Keeper:
    return Keeper(tmp_path / "relay", watched, database, HandClock())


@pytest.fixture
def three(tmp_path: Path, watched: Watched, keeper: Keeper) -> Iterator[dict[str, ExitStack]]:
    """Witnesses that listen, each to be stopped by itself."""
    stacks = {name: ExitStack() for name in watched.witnesses}
    for name, stack in stacks.items():
        stack.enter_context(watched.witness(tmp_path / "witnesses", name, keeper.clock))
    yield stacks
    for stack in stacks.values():
        stack.close()


def trusted(keeper: Keeper, size: int | None = None) -> bool:
    with keeper.database.read() as connection:
        number = find_log(connection, KH)
        assert number is not None
        note = checkpoint(connection, number, size)
    witnesses = keeper.trust.directory.witnesses(keeper.clock.now())
    return verify_checkpoint(note, keeper.watched.identity(KH), witnesses).trusted_time is not None


def gauge(keeper: Keeper, name: str) -> float:
    found = {family.name: family.samples[0].value for family in keeper.metrics.collect()}
    return float(found[f"referral_{name}"])


def test_a_quorum_cosigns_and_the_time_is_trusted(keeper: Keeper, three: dict[str, ExitStack]) -> None:
    keeper.grow(3)
    assert not trusted(keeper)
    keeper.witnessing.turn()
    assert trusted(keeper)
    assert (gauge(keeper, "log_uncosigned_events"), gauge(keeper, "witnesses_failing")) == (0, 0)
    keeper.grow(2, 1)
    keeper.witnessing.turn()
    assert trusted(keeper, 5) and trusted(keeper, 3)


def test_one_witness_less_is_a_quorum_two_less_is_none_and_nothing_stops(
    keeper: Keeper, three: dict[str, ExitStack]
) -> None:
    first, second, _ = three.values()
    first.close()
    keeper.grow(3)
    keeper.witnessing.turn()
    assert trusted(keeper)
    second.close()
    keeper.grow(4, 1)
    keeper.witnessing.turn()
    assert not trusted(keeper) and trusted(keeper, 3)
    assert gauge(keeper, "log_uncosigned_events") == 4
    assert gauge(keeper, "witnesses_failing") == 2
    assert not keeper.halts.halted() and not keeper.evidence.exists()
    said = keeper.told.read_text()
    # Once each, however often they are asked.
    keeper.witnessing.turn()
    assert said.count("a witness does not cosign") == 2 == keeper.told.read_text().count("a witness does not cosign")


def test_what_was_missed_is_made_up_for_when_witnesses_come_back(
    keeper: Keeper, watched: Watched, tmp_path: Path
) -> None:
    keeper.grow(3)
    keeper.witnessing.turn()
    assert gauge(keeper, "witnesses_failing") == 3
    with ExitStack() as stack:
        for name in watched.witnesses:
            stack.enter_context(watched.witness(tmp_path / "witnesses", name, keeper.clock))
        keeper.witnessing._troubles.clear()
        keeper.witnessing.turn()
        assert trusted(keeper)


def test_the_thread_is_woken_by_an_event(keeper: Keeper, three: dict[str, ExitStack]) -> None:
    keeper.witnessing.start()
    try:
        keeper.grow(2)
        keeper.witnessing.wake()
        while not trusted(keeper):
            keeper.witnessing.wake()
    finally:
        assert keeper.witnessing.close(10)


def test_a_witness_restored_from_a_backup_is_served_from_where_it_stands(
    keeper: Keeper, watched: Watched, three: dict[str, ExitStack], tmp_path: Path
) -> None:
    keeper.grow(3)
    keeper.witnessing.turn()
    name, stack = next(iter(three.items()))
    stack.close()
    for file in (tmp_path / "witnesses").glob(f"{name}.sqlite*"):
        file.unlink()
    with watched.witness(tmp_path / "witnesses", name, keeper.clock):
        keeper.grow(2, 1)
        keeper.witnessing.turn()
        with keeper.database.read() as connection:
            assert set(witness_sizes(connection, find_log(connection, KH) or 0).values()) == {5}


def fork(tmp_path: Path, watched: Watched, count: int) -> Keeper:
    """A database beside, with another history under the same keys."""
    other = open_relay(f"sqlite:///{tmp_path / 'fork.sqlite'}")
    made = Keeper(tmp_path / "fork", watched, other, HandClock())
    made.grow(count, 99)
    return made


@pytest.mark.parametrize(
    ("count", "kind"),
    [(3, LogContradictionKind.TWO_ROOTS), (5, LogContradictionKind.OTHER_BEGINNING)],
)
def test_a_fork_is_refused_evidenced_and_stopped(
    keeper: Keeper,
    watched: Watched,
    three: dict[str, ExitStack],
    tmp_path: Path,
    count: int,
    kind: LogContradictionKind,
) -> None:
    keeper.grow(3)
    keeper.witnessing.turn()
    forked = fork(tmp_path, watched, count)
    forked.witnessing.turn()
    assert forked.halts.refusal(KH) == "log.forked"
    with forked.database.read() as connection:
        assert witness_sizes(connection, find_log(connection, KH) or 0) == {}
    # Three witnesses showed the same.
    (proof,) = proofs_in(forked.evidence)
    assert (proof.origin, proof.contradiction) == (KH, True)
    assert judge(proof.path.read_bytes(), watched.identity(KH)).kind is kind
    assert proved(proof, [watched.identity(KH)]).startswith(kind.name.lower().replace("_", " "))
    assert forked.told.read_text().count("a log was stopped") == 1
    # The honest one goes on.
    keeper.grow(1, 1)
    keeper.witnessing.turn()
    assert trusted(keeper) and not keeper.halts.halted()
    assert halts_of(forked.evidence).refusal(KH) == "log.forked"
    forked.database.close()


def test_a_log_that_is_behind_is_stopped_with_the_witnesses_checkpoint_as_evidence(
    keeper: Keeper, watched: Watched, three: dict[str, ExitStack], tmp_path: Path
) -> None:
    keeper.grow(3)
    keeper.witnessing.turn()
    behind = fork(tmp_path, watched, 2)
    behind.witnessing.turn()
    assert behind.halts.refusal(KH) == "log.behind"
    (proof,) = proofs_in(behind.evidence)
    assert not proof.contradiction
    assert "it signed size 3" in proved(proof, [watched.identity(KH)])
    behind.database.close()


def start(keeper: Keeper) -> None:
    directory, now = keeper.trust.directory, keeper.clock.now()
    require_whole(keeper.database, directory, keeper.keys, now, 5.0, keeper.log)


def test_a_log_that_is_whole_may_start_also_when_nobody_answers(
    keeper: Keeper, three: dict[str, ExitStack], tmp_path: Path
) -> None:
    start(keeper)
    keeper.grow(3)
    keeper.witnessing.turn()
    start(keeper)
    assert "witness.too-few" not in keeper.told.read_text()
    for stack in three.values():
        stack.close()
    start(keeper)
    assert keeper.told.read_text().count("witness.too-few") == 1


def test_a_log_that_lost_events_or_all_of_them_does_not_start(
    keeper: Keeper, watched: Watched, three: dict[str, ExitStack], tmp_path: Path
) -> None:
    keeper.grow(3)
    keeper.witnessing.turn()
    empty = open_relay(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    lost = Keeper(tmp_path / "lost", watched, empty, HandClock())
    with pytest.raises(WorldError, match=r"log\.behind"):
        start(lost)
    lost.grow(3, 99)
    with pytest.raises(WorldError, match=r"log\.forked"):
        start(lost)
    empty.close()


def test_a_successor_names_the_head_that_witnesses_hold_and_is_watched_in_turn(
    keeper: Keeper, watched: Watched, three: dict[str, ExitStack], tmp_path: Path
) -> None:
    keeper.grow(3)
    keeper.witnessing.turn()
    with keeper.database.read() as connection:
        held = read_head(checkpoint(connection, find_log(connection, KH) or 0))
    empty = open_relay(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    lost = Keeper(tmp_path / "lost", watched, empty, HandClock())

    def opened() -> str:
        directory, now = lost.trust.directory, lost.clock.now()
        made = succeed(lost.database, directory, KH, lost.keys[KH], now, 5.0)
        assert made.lost == held
        return made.origin

    assert opened() == f"{KH}/2"
    with lost.database.read() as connection:
        assert current_origin(connection, KH) == f"{KH}/2"
        (first,) = events(connection, find_log(connection, f"{KH}/2") or 0, 0, 10)
    assert first.event is not None
    event = decode(LogEvent, first.event)
    assert (event.kind, event.subject) == (LogEventKind.ORIGIN, held.digest())
    start(lost)
    # Its witnesses do not know it until it is enrolled.
    lost.witnessing.turn()
    assert not lost.halts.halted()
    second = log_entry(f"{KH}/2", watched.logs[KH], lost.clock.now())
    name = next(iter(watched.witnesses))
    three[name].close()
    from referral_proto.trust.logs import identity_of

    with watched.witness(tmp_path / "witnesses", name, lost.clock, [identity_of(second)]):
        lost.witnessing._troubles.clear()
        lost.witnessing.turn()
        with lost.database.read() as connection:
            assert witness_sizes(connection, find_log(connection, f"{KH}/2") or 0) == {name: 1}
    empty.close()


def test_no_successor_without_a_quorum_of_answers_nor_without_a_loss(
    keeper: Keeper, three: dict[str, ExitStack]
) -> None:
    directory, now, keys = keeper.trust.directory, keeper.clock.now(), keeper.keys[KH]
    with pytest.raises(CallerError, match=r"witness\.nothing-lost"):
        succeed(keeper.database, directory, KH, keys, now, 5.0)
    keeper.grow(1)
    first, second, _ = three.values()
    first.close()
    second.close()
    with pytest.raises(WorldError, match=r"witness\.too-few"):
        succeed(keeper.database, directory, KH, keys, now, 5.0)
    with keeper.database.read() as connection:
        assert current_origin(connection, KH) == KH


def test_a_database_that_was_copied_and_grew_twice(keeper: Keeper, tmp_path: Path) -> None:
    """The copy of a log is the log, until both have grown."""
    if keeper.database.dialect != "sqlite":
        pytest.skip("files are copied")
    watched, clock = keeper.watched, keeper.clock
    keeper.grow(3)
    keeper.database.close()
    file = Path(str(keeper.database.engine.url.database))
    shutil.copy(file, tmp_path / "copy.sqlite")
    copied = Keeper(tmp_path / "copied", watched, open_relay(f"sqlite:///{tmp_path / 'copy.sqlite'}"), clock)
    with ExitStack() as stack:
        for name in watched.witnesses:
            stack.enter_context(watched.witness(tmp_path / "witnesses", name, clock))
        copied.witnessing.turn()
        keeper.witnessing.turn()
        assert trusted(keeper) and trusted(copied)
        keeper.grow(1, 1)
        copied.grow(1, 2)
        keeper.witnessing.turn()
        copied.witnessing.turn()
    assert (keeper.halts.halted(), copied.halts.halted()) == ((), (KH,))
    copied.database.close()
