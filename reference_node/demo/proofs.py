"""The proofs: what the exchange left behind of itself, waited for at the desks, and handed to an auditor as one file.

A receipt is the recipient's relay's word until witnesses have cosigned it. All of it comes by itself, from the running
programs; nothing here makes a proof, and nothing is believed that was not verified.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from reference_node import faults
from reference_node.demo.auditor import verified
from reference_node.demo.exchange import Passage
from reference_node.demo.search import Searcher
from reference_node.demo.stage import Stage
from reference_node.desk.views import DeliveryView, Proof
from reference_node.rpc.desk_client import DeskClient
from referral_proto import AgencyId, Leaf, OurError, WorldError, decode
from referral_proto.adapters import SystemClock, load_directory
from referral_proto.adapters.evidence_files import write_evidence
from referral_proto.flow.evidence.bundle import read_bundle
from referral_proto.flow.evidence.report import Conclusion, Verdict
from referral_proto.flow.evidence.verify import verify_evidence
from referral_proto.log.checkpoint import verify_checkpoint
from referral_proto.model.codes.log import AcknowledgementKind, LogEventKind
from referral_proto.model.log import LogEvent, Receipt

__all__ = ["EXCHANGE", "Proofs"]

assert faults.DEMO  # the codes below are declared there

EXCHANGE: Final = "exchange.evidence"
_WAITING: Final = 60.0
_PAUSE: Final = 0.2


class Proofs:
    """`desks`: a client for each agency's desk, as they are now. `check`: raises if a process has ended."""

    def __init__(self, stage: Stage, desks: Mapping[AgencyId, DeskClient], check: Callable[[], None]) -> None:
        self._stage, self._desks, self._check = stage, desks, check

    def prove(self, request: Passage, answer: Passage) -> dict[str, Any]:
        """Each message's receipt, cosigned by the quorum, and the other desk's acknowledgement; and who opened what.

        WorldError demo.timeout, demo.process; OurError demo.step.
        """
        ways = [self.delivered(one.sender, one.leaf) for one in (request, answer)]
        bundle, accesses = self._bundle(request), self._accesses(request)
        directory = load_directory(self._stage.auditor / "records")
        at = SystemClock().now()
        receipts = []
        for passage, (states, way), message in zip((request, answer), ways, read_bundle(bundle).messages, strict=True):
            (delivery,) = message.deliveries
            receipt = decode(Receipt, delivery.receipt or b"")
            checkpoint = verify_checkpoint(
                receipt.checkpoint, directory.log_signer(receipt.checkpoint), directory.witnesses(at)
            )
            since = checkpoint.trusted_time
            if since is None or way.acknowledged_at is None:
                raise OurError("demo.step", "prove: trusted time")
            receipts.append(
                {
                    "leaf": passage.leaf.hex(),
                    "log": checkpoint.origin,
                    "index": receipt.index,
                    "states_seen": states,
                    "relay_says": decode(LogEvent, receipt.event).at.iso(),
                    "cosigned_since": since.iso(),
                    "cosigned_by": [name for name, _ in checkpoint.cosigned],
                    "quorum": directory.witnesses(at).quorum,
                    "acknowledged": AcknowledgementKind.RECEIVED.name,
                    "acknowledged_by": passage.recipient,
                    "acknowledged_at": way.acknowledged_at.iso(),
                }
            )
        return {"receipts": receipts, "access_log": accesses}

    def audit(self, request: Passage, answer: Passage, words: Searcher) -> dict[str, Any]:
        """Hand the whole exchange over as one file, and hear what the auditor's program says of it.

        OurError demo.step: anything but a proved exchange, or a word in it of `words`.
        """
        file = self._stage.auditor / EXCHANGE
        bundle = self._bundle(request)
        _must(not words.in_bytes(bundle), "audit: a word about the person")
        write_evidence(file, bundle)
        heard = verified(file, as_json=True)
        report = heard.document
        _must(heard.code == 0 and report["verdict"] == Verdict.PASSED.value, "audit: verdict")
        named = [(one["leaf"], one["kind"]) for one in report["messages"]]
        _must(named == [(one.leaf.hex(), one.kind.name) for one in (request, answer)], "audit: messages")
        shown = [one["kind"] for one in report["shown"]]
        expected = {Conclusion.SIGNED: 2, Conclusion.RECEIVED: 2, Conclusion.ANSWERS: 1}
        _must(all(shown.count(kind.value) == times for kind, times in expected.items()), "audit: what is shown")
        self._check()
        return {
            "file": EXCHANGE,
            "bytes": len(bundle),
            "command": heard.command,
            "exit_code": heard.code,
            "report": report,
        }

    def delivered(self, sender: AgencyId, leaf: Leaf, *, read: bool = True) -> tuple[list[str], DeliveryView]:
        """Wait until the sender's desk has a cosigned receipt, and with `read` the other desk's acknowledgement; the
        states that were seen on the way.
        """
        desk, end, states = self._desks[sender], time.monotonic() + _WAITING, list[str]()
        listed = desk.cases()
        while True:
            for way in [
                way for case in listed.cases for one in case.messages if one.leaf == leaf for way in one.deliveries
            ]:
                if way.proof.name not in states:
                    states.append(way.proof.name)
                if way.proof is Proof.COSIGNED and (not read or way.acknowledged is AcknowledgementKind.RECEIVED):
                    return states, way
            self._check()
            if time.monotonic() > end:
                raise WorldError("demo.timeout", f"receipt for {sender}")
            listed = desk.cases(revision=listed.revision, wait=1)

    def _bundle(self, request: Passage) -> bytes:
        """What the desk that asked can prove of the message and its answer, once nothing of it is missing."""
        desk, root = self._desks[request.sender], self._stage.authorities.pin
        bundle = b""

        def whole() -> bool:
            nonlocal bundle
            bundle = desk.evidence(request.leaf, show_control=True)
            return verify_evidence(bundle, root).verdict is Verdict.PASSED

        # Each export is itself an event that the log takes in, and that witnesses must cosign: less and less often.
        self.wait(whole, f"evidence at {request.sender}", slower=2.0)
        return bundle

    def _accesses(self, request: Passage) -> list[dict[str, Any]]:
        """The access log of the desk that opened the request, once witnesses have seen that it was opened."""
        agency = request.recipient

        def anchored() -> bool:
            found = [one for one in self._desks[agency].accesses() if one.kind is LogEventKind.OPENED]
            return any(one.leaf == request.leaf for one in found) and all(one.anchored_at for one in found)

        self.wait(anchored, f"access log at {agency}")
        return [
            {
                "agency": agency,
                "what": one.kind.name,
                "leaf": one.leaf and one.leaf.hex(),
                "who": one.actor,
                "at": one.at and one.at.iso(),
                "proved_since": one.anchored_at and one.anchored_at.iso(),
            }
            for one in self._desks[agency].accesses()
            if one.kind is not None
        ]

    def wait(self, until: Callable[[], bool], what: str, *, slower: float = 1.0) -> None:
        """Ask again and again, each pause `slower` times the one before. WorldError demo.timeout, demo.process."""
        end, pause = time.monotonic() + _WAITING, _PAUSE
        while not until():
            self._check()
            if time.monotonic() > end:
                raise WorldError("demo.timeout", what)
            time.sleep(pause)
            pause *= slower


def _must(held: bool, what: str) -> None:
    if not held:
        raise OurError("demo.step", what)
