"""Two relays, three witnesses and two desks: what was sent is proved to its sender, over real lines, by itself."""

from __future__ import annotations

import signal
import time
from contextlib import closing
from pathlib import Path

from referral_proto.log.acknowledgement import acknowledge, read_acknowledgement
from referral_proto.log.checkpoint import verify_checkpoint
from referral_proto.log.receipt import Expected, verify_receipt
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.moment import Moment
from referral_proto.ports import Outcome
from tests.e2e.running import Running, running, until
from tests.e2e.witnesses import witness_folder, witnesses
from tests.relay.watched import Watched
from tests.relay.world import KH, TH

QUICK = (
    "[witnessing]\nidle_seconds = 0.2\n[outbox]\nidle_seconds = 0.05\n"
    "[proofs]\nbase_seconds = 0.5\ncap_seconds = 1.0\nidle_seconds = 0.1\ngather_seconds = 1.0\nlease_seconds = 2.0\n"
)


def test_from_the_desk_that_sends_to_the_desk_that_has_it(tmp_path: Path) -> None:
    watched = Watched.founded(Moment(int(time.time())))
    world = watched.world
    folders = [witness_folder(watched, tmp_path / name, name) for name in watched.witnesses]
    for operator in (TH, KH):
        world.relay_folder(tmp_path / operator, operator, QUICK)
    with witnesses(*folders), running(tmp_path / KH), closing(world.as_desk(TH)) as sender:
        first = Running(tmp_path / TH)
        first.says("ready")
        earlier, sealed = world.seal(TH, [KH], 2)
        sender.submit([earlier.envelope])
        until(lambda: _settled(watched, sender.outcomes(TH, 0), earlier.leaf))
        sender.submit([sealed.envelope])
        until(lambda: any(one.leaf == sealed.leaf for one in sender.outcomes(TH, 0)))
        # Whatever it was about to ask, another process goes on.
        assert first.stop(signal.SIGKILL) == -signal.SIGKILL
        with running(tmp_path / TH):
            until(lambda: _settled(watched, sender.outcomes(TH, 0), sealed.leaf))
            with closing(world.as_desk(KH)) as receiver:
                at = Moment(int(time.time()))
                said = acknowledge(world.agencies[KH].keys, sealed.leaf, TH, AcknowledgementKind.RECEIVED, at)
                ((_, code),) = receiver.acknowledge(KH, [said])
                assert code == ""
            until(lambda: bool(_of(sender.outcomes(TH, 0), sealed.leaf).proved.acknowledgement_receipt))
            found = _of(sender.outcomes(TH, 0), sealed.leaf)
        assert read_acknowledgement(found.proved.acknowledgement).said.kind is AcknowledgementKind.RECEIVED
        directory = world.directory
        note = found.proved.earlier_checkpoint
        before = verify_checkpoint(note, directory.log_signer(note), directory.witnesses(at))
        assert before.origin == KH and before.trusted_time is not None


def _of(outcomes: tuple[Outcome, ...], leaf: bytes) -> Outcome:
    (found,) = [one for one in outcomes if one.leaf == leaf]
    return found


def _settled(watched: Watched, outcomes: tuple[Outcome, ...], leaf: bytes) -> bool:
    """Whether its receipt is there and a quorum has cosigned its checkpoint."""
    receipt = next((one.proved.receipt for one in outcomes if one.leaf == leaf), b"")
    if not receipt:
        return False
    witnessed = watched.world.directory.witnesses(Moment(int(time.time())))
    expected = Expected(LogEventKind.DELIVERED, leaf, TH, KH)
    return verify_receipt(receipt, expected, watched.identity(KH), witnessed).trusted_time is not None
