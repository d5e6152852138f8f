"""Old keys of a log, in the hands of a thief and of one lying witness, stop nothing and convict nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from reference_node.relay.judging import Judge
from reference_node.relay.standing import require_whole, succeed
from reference_node.store.relay import open_relay
from reference_node.witness.listener import Answer, Listener
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.errors import CallerError, PeerError, WorldError
from referral_proto.log.checkpoint import cosign, sign_checkpoint, with_cosignatures
from referral_proto.log.head import Head
from referral_proto.model.log import WitnessedCheckpoint
from referral_proto.model.records import LogEntry
from referral_proto.moment import DAY, HOUR, Moment
from referral_proto.trust.amend import set_logs
from referral_proto.trust.logs import log_entry
from referral_proto.wire import encode
from tests.relay.proving import NAMES, Half, Rig
from tests.relay.rigs import Lying, new_sqlite
from tests.relay.watched import Keeper, Watched
from tests.relay.world import KH, SHELTER, START, TH, HandClock

OLD = LogKeys.create()
ENDED = START.plus(-10 * HOUR)
TIMES = {"outside": START, "inside": ENDED.plus(-HOUR)}
FORGED = Head(KH, 10**6, bytes([7]) * 32)


def older(how: str) -> LogEntry:
    end = {"ended": {"ended_at": ENDED}, "leaked": {"compromised_since_at": ENDED}, "standing": {}}[how]
    return log_entry(KH, OLD, START.plus(-20 * DAY)).model_copy(update=end)


class Shows:
    """A witness's site that shows one note, whatever it is asked."""

    largest = 0

    def __init__(self, note: bytes) -> None:
        self._note = note

    def takes(self, path: str) -> bool:
        return False

    def post(self, path: str, body: bytes) -> Answer:
        return Answer(409, b"%d\n" % FORGED.size, "text/x.tlog.size")

    def get(self, path: str) -> Answer:
        return Answer(200, self._note)


@pytest.fixture(params=["ended", "leaked"])
def watched(request: pytest.FixtureRequest) -> Watched:
    return replaced(request.param)


def replaced(how: str) -> Watched:
    made = Watched.founded()
    world = made.world
    entries = [older(how), *world.directory.agency(KH).logs]
    signers = world.agencies[KH].keys, world.registrars["kh"]
    world.records["agency-again"] = set_logs(world.directory.history(KH), entries, START.plus(-HOUR), *signers)
    return made


@pytest.fixture
def keeper(tmp_path: Path, watched: Watched) -> Iterator[Keeper]:
    database = open_relay(new_sqlite(tmp_path))
    yield Keeper(tmp_path / "relay", watched, database, HandClock())
    database.close()


@contextmanager
def shown(watched: Watched, notes: dict[str, bytes]) -> Iterator[None]:
    with ExitStack() as stack:
        for name, note in notes.items():
            served = Listener(Shows(note), "127.0.0.1", watched.ports[name], "witness")
            served.start()
            stack.callback(served.stop)
        yield


def forged(watched: Watched, at: Moment, *names: str, by: LogKeys = OLD) -> bytes:
    lines = [line for name in names for line in cosign(FORGED, name, watched.witnesses[name], at)]
    return with_cosignatures(sign_checkpoint(FORGED, by, at), lines)


def start(keeper: Keeper) -> None:
    require_whole(keeper.database, keeper.trust.directory, keeper.keys, keeper.clock.now(), 5.0, keeper.log)


@pytest.mark.req("WIT-08", "LOG-30")
@pytest.mark.parametrize("at", TIMES.values(), ids=TIMES)
def test_one_lying_witness_with_an_old_key_does_not_keep_a_relay_from_starting(
    keeper: Keeper, watched: Watched, tmp_path: Path, at: Moment
) -> None:
    liar, *honest = watched.witnesses
    with ExitStack() as stack:
        for name in honest:
            stack.enter_context(watched.witness(tmp_path / "witnesses", name, keeper.clock))
        stack.enter_context(shown(watched, {liar: forged(watched, at, liar)}))
        keeper.grow(3)
        keeper.witnessing.turn()
        start(keeper)
        assert not keeper.halts.halted() and not keeper.evidence.exists()
    assert "keys that ended or leaked" in keeper.told.read_text()


@pytest.mark.req("WIT-08", "LOG-30")
def test_what_a_quorum_holds_under_old_keys_still_stops_a_log_that_lost_it(keeper: Keeper, watched: Watched) -> None:
    at = TIMES["inside"]
    one, other, third = watched.witnesses
    bad = with_cosignatures(forged(watched, at), cosign(Head(KH, 1, bytes(32)), one, watched.witnesses[one], at))
    with shown(watched, {one: bad, other: forged(watched, at, other)}):
        start(keeper)
        with pytest.raises(CallerError, match=r"witness\.nothing-lost"):
            succeed(keeper.database, keeper.trust.directory, KH, keeper.keys[KH], keeper.clock.now(), 5.0)
    with (
        shown(watched, {one: bad, other: forged(watched, at, other), third: forged(watched, at, third)}),
        pytest.raises(WorldError, match=r"log\.behind"),
    ):
        start(keeper)


@pytest.mark.req("WIT-08")
def test_a_log_under_keys_that_stand_is_stopped_by_what_one_witness_holds(tmp_path: Path) -> None:
    watched = replaced("standing")
    database = open_relay(new_sqlite(tmp_path))
    keeper = Keeper(tmp_path / "relay", watched, database, HandClock())
    name = next(iter(watched.witnesses))
    with shown(watched, {name: forged(watched, START, name)}), pytest.raises(WorldError, match=r"log\.behind"):
        start(keeper)
    database.close()


@pytest.mark.req("WIT-08", "LOG-30")
def test_while_it_runs_a_relay_is_not_stopped_by_its_own_key_once_that_leaked(tmp_path: Path) -> None:
    watched = Watched.founded()
    world = watched.world
    entries = [one.model_copy(update={"compromised_since_at": ENDED}) for one in world.directory.agency(KH).logs]
    at = START.plus(-HOUR)
    world.records["agency-again"] = set_logs(world.directory.history(KH), entries, at, world.registrars["kh"])
    database = open_relay(new_sqlite(tmp_path))
    keeper = Keeper(tmp_path / "relay", watched, database, HandClock())
    keeper.grow(3)
    name = next(iter(watched.witnesses))
    with shown(watched, {name: forged(watched, START, name, by=watched.logs[KH])}):
        keeper.witnessing.turn()
    assert not keeper.halts.halted()
    database.close()


@pytest.fixture(params=["ended", "leaked"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    made = Rig(tmp_path, lambda: new_sqlite(tmp_path), older=(older(request.param),))
    yield made
    made.close()


def heads(rig: Rig, at: Moment, *names: str) -> list[bytes]:
    made = []
    for root in (bytes(32), bytes([1]) * 32):
        head = Head(KH, 9, root)
        lines = [line for name in names for line in cosign(head, name, rig.witness_keys[name], at)]
        made.append(with_cosignatures(sign_checkpoint(head, OLD, at), lines))
    return made


def hear(half: Half, rig: Rig, notes: list[bytes]) -> None:
    told = tuple(encode(WitnessedCheckpoint(checkpoint=note, seen_at=START)) for note in notes)
    rig.liars[SHELTER] = Lying(rig.halves[SHELTER], seen_checkpoints=lambda _: told)
    half.listen(SHELTER)
    half.watch()


@pytest.mark.req("WIT-10", "LOG-30")
@pytest.mark.parametrize(("when", "code"), [("outside", "trust.log-not-standing"), ("inside", "trust.log-unbounded")])
def test_gossip_under_old_keys_convicts_no_log_and_halts_no_relay(rig: Rig, when: str, code: str) -> None:
    rig.send()
    for half in (rig.halves[TH], rig.halves[KH]):
        hear(half, rig, heads(rig, TIMES[when], NAMES[0]))
        assert not half.sightings.forked(KH) and half.found == []
        assert half.counted("log_gossip", code) == 2
    with pytest.raises(PeerError) as refused:
        Judge(rig.halves[TH].trust, rig.clock, lambda _: False).checkpoint(heads(rig, TIMES[when])[0], KH)
    assert refused.value.code == code


@pytest.mark.req("WIT-10", "LOG-30")
def test_what_a_quorum_cosigned_while_the_keys_stood_convicts_as_before(rig: Rig) -> None:
    th = rig.halves[TH]
    hear(th, rig, heads(rig, TIMES["inside"], *NAMES[:2]))
    assert th.sightings.forked(KH) and th.found == [KH]


@pytest.mark.req("LOG-30")
def test_what_was_seen_of_a_log_before_its_keys_were_known_to_have_leaked_is_let_go(tmp_path: Path) -> None:
    rig = Rig(tmp_path, lambda: new_sqlite(tmp_path), older=(older("standing"),))
    th = rig.halves[TH]
    rig.send()
    th.watch()
    hear(th, rig, heads(rig, TIMES["inside"])[:1])
    th.watch(3 * HOUR)
    before = th.counted("log_sightings", "unproved")
    assert before and not th.sightings.forked(KH)
    old, now = rig.world.directory.agency(KH).logs
    assert now.ed25519 == rig.log_keys[KH].ed25519.data
    leaked = old.model_copy(update={"compromised_since_at": ENDED})
    record = set_logs(rig.world.directory.history(KH), [leaked, now], START.plus(-HOUR), rig.world.registrars["kh"])
    rig.world.records["agency-again"] = record
    learn(th, rig)
    th.watch(3 * HOUR)
    assert th.counted("log_sightings", "unproved") == before and not th.sightings.forked(KH)
    assert th.told("log.unproved") == 0
    rig.close()


def learn(half: Half, rig: Rig) -> None:
    """Another process of the relay, with the records of now."""
    from reference_node.relay.trust import Trust
    from reference_node.trust.believe import believe

    rig.world.write_records(half.settings.records)
    believed = believe(half.settings.trust, half.settings.records, rig.clock, half.log)
    half.trust = Trust(believed.keeper, [], rig.clock, half.log)
    half.run()
