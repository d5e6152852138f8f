"""A log that keeps two stories is found where two readers compare, and what is found convinces a third."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from reference_node.doctor.logs import against_logs
from reference_node.store.relay import sightings as rows
from reference_node.witness.evidence import proofs_in
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId
from referral_proto.log.checkpoint import read_head, sign_checkpoint, verify_checkpoint
from referral_proto.log.contradiction import judge
from referral_proto.log.head import Head
from referral_proto.model.codes.log import LogContradictionKind
from referral_proto.model.log import WitnessedCheckpoint
from referral_proto.moment import HOUR, Moment
from referral_proto.ports import DeliverStatus
from referral_proto.wire import decode, encode
from tests.relay.proving import Half, Rig
from tests.relay.rigs import Lying
from tests.relay.world import KH, SHELTER, TH


def see(half: Half, note: bytes) -> None:
    half.sightings.see(note, verify_checkpoint(note, half.trust.directory.log_signer(note)))


def newest(half: Half, origin: str = KH) -> Head:
    (shown,) = half.sightings.shown([origin])
    return read_head(decode(WitnessedCheckpoint, shown).checkpoint)


def waiting(half: Half) -> list[tuple[Any, ...]]:
    with half.database.read() as connection:
        return [tuple(row) for row in connection.execute(rows.select(rows.sighting.c.size, rows.sighting.c.joined))]


def asked(rig: Rig, call: str) -> int:
    return len([one for one in rig.calls if one[1] == call])


@pytest.mark.req("WIT-10")
def test_an_honest_log_proves_all_that_was_seen_of_it(rig: Rig) -> None:
    th = rig.halves[TH]
    for _ in range(4):
        rig.send()
    rig.send(SHELTER)
    th.watch()
    assert waiting(th) == [(5, 1)]
    assert newest(th).size == 5
    assert (th.sightings.forked(KH), th.found, asked(rig, "checkpoint")) == (False, [], 1)
    rig.calls.clear()
    th.watch()
    assert rig.calls == []


def test_nothing_is_asked_about_what_is_known(small: Rig) -> None:
    th = small.halves[TH]
    small.send()
    th.watch()
    small.calls.clear()
    for _ in range(3):
        see(th, small.halves[KH].note())
        th.watch()
    assert small.calls == []


@pytest.mark.req("WIT-10", "WIT-12")
def test_two_forks_shown_to_two_relays_meet_by_gossip(rig: Rig) -> None:
    """F14. Both relays have receipts that verify, under one size and two roots."""
    th, shelter = rig.halves[TH], rig.halves[SHELTER]
    rig.twin(KH, SHELTER)
    (ours,), (theirs,) = rig.send(TH), rig.send(SHELTER)
    assert th.outcome(ours.leaf).proved.receipt and shelter.outcome(theirs.leaf).proved.receipt
    th.watch()
    shelter.watch()
    assert not th.sightings.forked(KH)
    th.listen(SHELTER)
    assert th.sightings.forked(KH)
    assert (th.found, th.told("log.forked")) == ([KH], 1)
    judged_by_a_third_party(th, rig, LogContradictionKind.TWO_ROOTS)
    (finding,) = against_logs(th.trust.directory, th.settings.trust.evidence)
    assert (finding.grade, finding.code) == ("bad", "log.contradiction")
    assert finding.detail.startswith(f"{KH}: two roots: it signed size 1 ")
    # It is told once, also to the next process; the other relay finds it by itself.
    th.run()
    assert th.sightings.forked(KH)
    assert len(proofs_in(th.settings.trust.evidence)) == 1
    shelter.listen(TH)
    assert shelter.sightings.forked(KH)


@pytest.mark.req("WIT-10", "WIT-11")
def test_forks_of_different_sizes_are_told_apart_by_the_logs_own_answer(rig: Rig) -> None:
    th = rig.halves[TH]
    rig.twin(KH, SHELTER)
    rig.send(SHELTER, count=1)
    rig.clock.move(60)
    for _ in range(3):
        rig.send(TH)
    rig.halves[SHELTER].watch()
    th.watch()
    th.listen(SHELTER)
    assert not th.sightings.forked(KH)
    th.watch()
    assert th.sightings.forked(KH)
    judged_by_a_third_party(th, rig, LogContradictionKind.OTHER_BEGINNING)


@pytest.mark.req("WIT-11")
def test_a_log_that_was_rolled_back_shows_by_its_own_times(rig: Rig) -> None:
    th = rig.halves[TH]
    old = rig.twin(KH, SHELTER)
    for _ in range(3):
        rig.send(TH)
    th.watch()
    rig.clock.move(HOUR)
    rig.send(SHELTER)
    see(th, old.note())
    th.sightings.turn()
    assert th.sightings.forked(KH)
    judged_by_a_third_party(th, rig, LogContradictionKind.ROLLED_BACK)


def judged_by_a_third_party(half: Half, rig: Rig, kind: LogContradictionKind) -> None:
    """In a fresh process, from the file and the public keys alone."""
    (proof,) = proofs_in(half.settings.trust.evidence)
    assert proof.path.stat().st_mode & 0o777 == 0o600
    identity = rig.identity(KH)
    found = judge(proof.path.read_bytes(), identity)
    assert (found.kind, found.accused) == (kind, KH)
    program = (
        "import sys; from pathlib import Path\n"
        "from referral_proto.crypto.logkeys import Algorithm, NoteKey\n"
        "from referral_proto.log.checkpoint import LogIdentity\n"
        "from referral_proto.log.contradiction import judge\n"
        "file, origin, ed25519, mldsa44 = sys.argv[1:]\n"
        "keys = (NoteKey(kind, bytes.fromhex(key)) for kind, key in zip(Algorithm, (ed25519, mldsa44)))\n"
        "print(judge(Path(file).read_bytes(), LogIdentity(origin, *keys)).kind.name)"
    )
    public = [identity.ed25519.data.hex(), identity.mldsa44.data.hex()]
    command = [sys.executable, "-c", program, str(proof.path), KH, *public]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == kind.name


@pytest.mark.req("WIT-12")
def test_mail_goes_on_but_a_forked_log_proves_nothing_more(rig: Rig) -> None:
    th = rig.halves[TH]
    other = rig.twin(KH, SHELTER)
    (before,) = rig.send(TH)
    rig.send(SHELTER)
    see(th, other.note())
    th.watch()
    assert th.sightings.forked(KH)
    (sealed,) = rig.send(TH)
    rig.halves[KH].cosign()
    th.prove()
    found = th.outcome(sealed.leaf)
    assert (found.status, found.code, found.proved.receipt) == (DeliverStatus.ACCEPTED, "log.forked", b"")
    kept = th.outcome(before.leaf)
    assert (kept.code, kept.proved.receipt != b"") == ("log.forked", True)
    th.prove()
    assert len(th.outcomes()) == 2


def test_a_receipt_from_a_fork_does_not_hold_beside_one_in_its_place(small: Rig) -> None:
    """F22: one event now, another one in its place later."""
    th = small.halves[TH]
    (sealed,) = small.send()
    other = small.twin(KH, TH)
    other.intake.take([_delivery(sealed)], TH)
    other.cosign()
    before = th.outcome(sealed.leaf).proved.receipt
    th.prove()
    assert th.outcome(sealed.leaf).proved.receipt == before
    assert th.sightings.forked(KH)
    judged_by_a_third_party(th, small, LogContradictionKind.TWO_LEAVES)


def _delivery(sealed: Any) -> Any:
    from referral_proto.ports import Delivery

    return Delivery(sealed.envelope, KH)


@pytest.mark.parametrize("how", ["refuses", "garbage", "smaller", "none", "unreachable"])
def test_a_log_that_does_not_prove_is_asked_again_and_told_of_after_a_while(small: Rig, how: str) -> None:
    th, kh = small.halves[TH], small.halves[KH]
    small.send()
    first = kh.note()
    th.watch()
    small.send()
    small.send()

    def refuse(*_: Any) -> Any:
        raise PeerError("relay.no-log")

    said: dict[str, Any] = {
        "refuses": {"consistency": refuse},
        "garbage": {"consistency": lambda *_: (bytes(32), (bytes(32),))},
        "smaller": {"checkpoint": lambda *_: first},
        "none": {"checkpoint": lambda *_: None},
        "unreachable": {},
    }[how]
    small.liars[KH] = Lying(kh, **said)
    if how == "unreachable":
        small.cut.add(KH)
    th.watch()
    assert th.told("log.unproved") == 0 and len(waiting(th)) >= 2
    for _ in range(4):
        th.watch(3 * HOUR)
    assert th.told("log.unproved") == 1
    assert not th.sightings.forked(KH)
    small.liars.clear()
    small.cut.clear()
    th.watch(3 * HOUR)
    assert waiting(th) == [(3, 1)]


def test_gossip_of_forged_notes_changes_nothing(small: Rig) -> None:
    th, kh, shelter = small.halves[TH], small.halves[KH], small.halves[SHELTER]
    small.send()
    th.watch()
    at = small.clock.at
    stranger = LogKeys.create()
    honest = kh.note()
    heads = [Head(KH, 9, bytes(32)), Head("xx.nobody", 3, bytes(32)), Head(f"{KH}/desk", 3, bytes(32))]
    forged = [sign_checkpoint(head, stranger, at) for head in heads]
    half = honest.rsplit("— ".encode(), 1)[0]
    bad = [*(_witnessed(note, at) for note in (*forged, half, b"garbage\n\n")), b"garbage", _witnessed(honest, at)]
    small.liars[SHELTER] = Lying(shelter, seen_checkpoints=lambda _: tuple(bad))
    before = waiting(th)
    th.listen(SHELTER)
    th.watch()
    assert waiting(th) == before
    assert not th.sightings.forked(KH)


def _witnessed(note: bytes, at: Moment) -> bytes:
    return encode(WitnessedCheckpoint(checkpoint=note, seen_at=at))


def test_a_peer_that_tells_too_much_is_not_heard_out(small: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    th, kh, shelter = small.halves[TH], small.halves[KH], small.halves[SHELTER]
    note = _witnessed(sign_checkpoint(Head(KH, 9, bytes(32)), small.log_keys[KH], small.clock.at), small.clock.at)
    heard: list[int] = []
    ticks = iter(float(n) for n in range(10_000))
    monkeypatch.setattr("reference_node.relay.sightings.time.thread_time", lambda: next(ticks) / 10)

    def many(_: Sequence[str]) -> tuple[bytes, ...]:
        heard.append(1)
        return (note,) * 100_000

    small.liars[SHELTER] = Lying(shelter, seen_checkpoints=many)
    th.listen(SHELTER)
    assert heard == [1]
    assert "a peer tells too much at once" in th.log_file.read_text("ascii")
    assert kh.counter is not None


def test_a_relay_finds_by_gossip_that_its_own_log_has_another_story(small: Rig) -> None:
    kh = small.halves[KH]
    small.twin(KH, SHELTER)
    small.send(TH)
    small.send(SHELTER)
    small.halves[SHELTER].watch()
    kh.listen(SHELTER)
    assert kh.sightings.forked(KH)
    assert kh.found == [KH]


def test_what_a_relay_shows_is_the_newest_of_each_log(small: Rig) -> None:
    th, shelter = small.halves[TH], small.halves[SHELTER]
    small.send(TH)
    small.send(TH, SHELTER)
    th.watch()
    shown = th.counter.seen_checkpoints(())
    assert {read_head(decode(WitnessedCheckpoint, one).checkpoint).origin for one in shown} == {KH, SHELTER}
    assert th.counter.seen_checkpoints((KH,)) == th.sightings.shown([KH])
    shelter.listen(TH)
    shelter.watch()
    assert newest(shelter).origin == KH


def test_an_agency_is_not_blamed_for_what_somebody_else_signed(small: Rig) -> None:
    th = small.halves[TH]
    small.send()
    note = sign_checkpoint(Head(KH, 1, bytes(32)), LogKeys.create(), small.clock.at)
    with pytest.raises(PeerError):
        see(th, note)
    assert AgencyId(KH) not in th.found
