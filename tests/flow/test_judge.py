"""A log is convicted by checkpoints that count: not by keys that had ended, or had leaked, when they signed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from referral_proto.errors import PeerError
from referral_proto.flow.judge import judge_contradiction
from referral_proto.log.checkpoint import LogIdentity, cosign, sign_checkpoint, with_cosignatures
from referral_proto.log.contradiction import from_heads
from referral_proto.log.head import Head
from referral_proto.moment import DAY, Moment
from referral_proto.trust.amend import set_logs
from referral_proto.trust.directory import Directory
from tests.flow.evidence_world import AT, NAMES, A, log_keys, records, signing, witness_keys

ENDED = AT.plus(-5 * DAY)
INSIDE, OUTSIDE = ENDED.plus(-DAY), ENDED.plus(DAY)
STANDING = Directory.fold(records())


def changed(**changes: Moment) -> Directory:
    """The registrar alone said something of A's log."""
    logs = [one.model_copy(update=changes) if one.origin == A else one for one in STANDING.logs(A)]
    record = set_logs(STANDING.history(A), logs, AT, signing("xa.registrar"))
    return Directory.fold([*records(), record])


CHANGED = {"ended": changed(ended_at=ENDED), "leaked": changed(compromised_since_at=ENDED)}


def evidence(at: Moment, cosigned: Sequence[Moment] = (), *, spoiled: bool = False) -> bytes:
    notes = []
    for root in (bytes(32), bytes([1]) * 32):
        head = Head(A, 3, root)
        lines = [
            line
            for name, time in zip(NAMES, cosigned, strict=False)
            for line in cosign(head, name, witness_keys(name), time)
        ]
        if spoiled:
            lines = list(cosign(Head(A, 4, root), NAMES[0], witness_keys(NAMES[0]), at))
        notes.append(with_cosignatures(sign_checkpoint(head, log_keys(A), at), lines))
    found = from_heads(notes[0], notes[1], LogIdentity.of(A, log_keys(A)))
    assert found is not None
    return found


@pytest.mark.req("LOG-30", "WIT-11")
@pytest.mark.parametrize("known", CHANGED.values(), ids=CHANGED)
def test_keys_that_ended_or_leaked_convict_by_what_a_quorum_saw_while_they_stood(known: Directory) -> None:
    for at, cosigned, code in (
        (OUTSIDE, (), "trust.log-not-standing"),
        (OUTSIDE, (OUTSIDE, OUTSIDE), "trust.log-not-standing"),
        (INSIDE, (OUTSIDE, OUTSIDE), "trust.log-not-standing"),
        (INSIDE, (), "trust.log-unbounded"),
        (INSIDE, (INSIDE,), "trust.log-unbounded"),
    ):
        with pytest.raises(PeerError) as refused:
            judge_contradiction(evidence(at, cosigned), known)
        assert refused.value.code == code
        # By the records from before their end they convicted, and who kept both still shows it.
        assert judge_contradiction(evidence(at, cosigned), STANDING).accused == A
    assert judge_contradiction(evidence(INSIDE, (INSIDE, INSIDE)), known).accused == A


@pytest.mark.req("WIT-11")
def test_a_bad_line_of_a_witness_excuses_no_log() -> None:
    assert judge_contradiction(evidence(INSIDE, spoiled=True), STANDING).accused == A
    for known in CHANGED.values():
        with pytest.raises(PeerError, match=r"trust\.log-unbounded"):
            judge_contradiction(evidence(INSIDE, spoiled=True), known)
