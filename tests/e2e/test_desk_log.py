"""Two nodes and three witnesses as real processes: a referral is proved, acknowledged, audited, its reading told."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from reference_node.desk.views import DeliveryView, Proof
from reference_node.rpc.desk_client import DeskClient
from referral_proto import Leaf, MessageKind, Purpose
from referral_proto.flow.evidence.report import Verdict
from referral_proto.flow.evidence.verify import verify_evidence
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.model.records import SignedRecord
from referral_proto.moment import Moment
from referral_proto.trust.signed import record_digest
from referral_proto.wire import decode
from tests.desk.world import EXAMPLE
from tests.e2e.desks import desk_folder
from tests.e2e.running import running, until
from tests.e2e.witnesses import witness_folder, witnesses
from tests.relay.watched import Watched
from tests.relay.world import KH, TH

QUICK = (
    "[witnessing]\nidle_seconds = 0.2\n[outbox]\nidle_seconds = 0.05\n"
    "[proofs]\nbase_seconds = 0.5\ncap_seconds = 1.0\nidle_seconds = 0.1\ngather_seconds = 1.0\nlease_seconds = 2.0\n"
)
PACE = 'poll_seconds = 0.2\nbackoff_cap_seconds = 0.5\nofficer = "an invented officer"\n'


def way(client: DeskClient, leaf: Leaf) -> DeliveryView | None:
    found = [d for case in client.cases().cases for m in case.messages if m.leaf == leaf for d in m.deliveries]
    return found[0] if found else None


@pytest.mark.timeout(180)
def test_sent_received_read_and_proved(tmp_path: Path) -> None:
    watched = Watched.founded(Moment(int(time.time())))
    world = watched.world
    signed = decode(SignedRecord, world.records["federation"])
    root = record_digest(signed.kind, signed.record)
    folders = [witness_folder(watched, tmp_path / name, name) for name in watched.witnesses]
    for operator in (TH, KH):
        world.relay_folder(tmp_path / f"relay-{operator}", operator, QUICK)
        desk_folder(world, tmp_path / f"desk-{operator}", operator, PACE)
    with (
        witnesses(*folders),
        running(tmp_path / f"relay-{TH}"),
        running(tmp_path / f"relay-{KH}"),
        running(tmp_path / f"desk-{TH}", half="desk"),
        running(tmp_path / f"desk-{KH}", half="desk"),
        DeskClient(tmp_path / f"desk-{TH}" / "desk.sock") as th,
        DeskClient(tmp_path / f"desk-{KH}" / "desk.sock", "Officer One") as kh,
    ):
        leaf = th.refer(EXAMPLE, MessageKind.OFFER, Purpose.REFERRAL_OFFER, (KH,)).leaf
        until(lambda: any(m.leaf == leaf for case in kh.cases().cases for m in case.messages))
        kh.show(leaf)

        def proved() -> bool:
            one = way(th, leaf)
            return one is not None and one.proof is Proof.COSIGNED and one.acknowledged is AcknowledgementKind.RECEIVED

        until(proved)
        until(lambda: bool(kh.accesses()) and kh.accesses()[0].anchored_at is not None)
        assert [(one.kind, one.actor) for one in kh.accesses()] == [
            (LogEventKind.OPENED, "an invented officer: Officer One")
        ]
        answer = kh.answer(leaf, b'{"kind": "ACCEPT"}').leaf
        until(lambda: any(m.leaf == answer for case in th.cases().cases for m in case.messages))

        def whole() -> bool:
            return verify_evidence(th.evidence(leaf, show_control=True), root).verdict is Verdict.PASSED

        until(whole)
        report = verify_evidence(th.evidence(leaf, show_control=True), root)
        assert [one.kind for one in report.summaries] == [MessageKind.OFFER, MessageKind.ACCEPT]
        assert verify_evidence(kh.access_evidence(), root).kind is not None
        for client in (th, kh):
            standing = client.status()
            assert (standing.audit_code, standing.audit_alarms, standing.acknowledging) == (None, 0, 0)
            assert client.alarms() == ()
