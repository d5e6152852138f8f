"""The desk's client: what the command line, the console and the demonstration call. Values in, values out.

Errors of the desk come back as what they were there: the same class, code and place.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import grpc

from reference_node import faults
from reference_node.desk.views import AccessView, AlarmView, CaseList, DeskStanding, Sent, Shown
from reference_node.rpc import desk_proofs, desk_wire
from referral_proto import (
    AgencyId,
    CallerError,
    Digest,
    Fault,
    Leaf,
    MessageKind,
    Moment,
    OurError,
    PeerError,
    Purpose,
    ReferralError,
    ThreadId,
    WorldError,
    explain,
)
from referral_proto.errors.codes import CATALOGUE
from referral_proto.model.codes.exchange import LegalBasis, TransferSafeguard, UseRestriction
from referral_proto.rpc.relay import CODE_KEY
from referral_proto.v1 import desk_pb2 as pb
from referral_proto.v1 import desk_pb2_grpc

__all__ = ["DeskClient"]

assert faults.DESK  # the codes below are declared there

_SECONDS: Final = 60.0
_CLASSES: Final[dict[Fault, type[ReferralError]]] = {
    Fault.CALLER: CallerError,
    Fault.PEER: PeerError,
    Fault.WORLD: WorldError,
    Fault.OURS: OurError,
}


class DeskClient:
    """One desk's socket. Every method raises what the desk raised, and WorldError desk.unreachable."""

    def __init__(self, path: Path, actor: str | None = None) -> None:
        """actor: the person for whom the desk is asked, as the access log is to name them."""
        self._metadata = desk_proofs.metadata_of(actor)
        self._channel = grpc.insecure_channel(f"unix:{path}", options=[*desk_wire.OPTIONS, ("grpc.enable_retries", 0)])
        self._stub: Any = desk_pb2_grpc.DeskStub(self._channel)

    def refer(
        self,
        referral: bytes,
        kind: MessageKind,
        purpose: Purpose,
        recipients: Iterable[AgencyId],
        *,
        thread: ThreadId | None = None,
        about: Iterable[Digest] = (),
        legal_basis: LegalBasis | None = None,
        transfer_safeguard: TransferSafeguard | None = None,
        use_restrictions: Iterable[UseRestriction] = (),
    ) -> Sent:
        """Minimise, seal and queue what the officer's JSON holds."""
        request = desk_wire.to_order(
            referral, kind, purpose, recipients, thread, about, legal_basis, transfer_safeguard, use_restrictions
        )
        return desk_wire.to_sent(self._call("Refer", request))

    def answer(self, leaf: Leaf, answer: bytes) -> Sent:
        """`answer`: JSON, see `reference_node.desk.forms`."""
        return desk_wire.to_sent(self._call("Answer", pb.AnswerRequest(leaf=leaf, answer=answer)))

    def cases(self, thread: ThreadId | None = None, *, revision: int | None = None, wait: int = 0) -> CaseList:
        """With `revision`: as soon as the desk's differs, at the latest after `wait` seconds (at most 30)."""
        request = pb.CasesRequest(thread=thread, revision=revision, wait_seconds=wait)
        return desk_wire.to_cases(self._call("Cases", request, wait))

    def show(self, leaf: Leaf) -> Shown:
        """One message, opened."""
        return desk_wire.to_shown(self._call("Show", pb.ShowRequest(leaf=leaf)))

    def export(self, leaf: Leaf) -> bytes:
        """The sealed envelope."""
        envelope: bytes = self._call("ExportSealed", pb.ExportSealedRequest(leaf=leaf)).envelope
        return envelope

    def bring(self, envelope: bytes) -> tuple[Leaf, bool]:
        """Take in a sealed envelope; its leaf, and whether it is new."""
        reply = self._call("ImportSealed", pb.ImportSealedRequest(envelope=envelope))
        return Leaf(reply.leaf), reply.fresh

    def status(self) -> DeskStanding:
        """How the desk stands with its relay."""
        return desk_wire.to_standing(self._call("Status", pb.StatusRequest()))

    def alarms(self, *, settled: bool = False) -> tuple[AlarmView, ...]:
        """What needs somebody's attention in the relay's log; `settled`: also what was seen to."""
        return desk_proofs.to_alarms(self._call("Alarms", pb.AlarmsRequest(settled=settled)))

    def settle_alarm(self, number: int) -> None:
        """Somebody has seen to it."""
        self._call("SettleAlarm", pb.SettleAlarmRequest(number=number))

    def evidence(
        self, leaf: Leaf, *, show_control: bool = False, non_response: bool = False, deadline: Moment | None = None
    ) -> bytes:
        """A bundle about one message and its answers."""
        request = pb.ExportEvidenceRequest(
            leaf=leaf, show_control=show_control, non_response=non_response, due_at=deadline
        )
        bundle: bytes = self._call("ExportEvidence", request).bundle
        return bundle

    def accesses(self) -> tuple[AccessView, ...]:
        """The access log."""
        return desk_proofs.to_accesses(self._call("AccessLog", pb.AccessLogRequest()))

    def access_evidence(self) -> bytes:
        """The access log as a bundle."""
        bundle: bytes = self._call("ExportAccessLog", pb.ExportAccessLogRequest()).bundle
        return bundle

    def close(self) -> None:
        self._channel.close()

    def _call(self, method: str, request: Any, more: float = 0) -> Any:
        refusal: ReferralError
        try:
            return getattr(self._stub, method)(request, timeout=_SECONDS + more, metadata=self._metadata)
        except grpc.RpcError as error:
            refusal = _error(error)
        raise refusal

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _error(error: Any) -> ReferralError:
    # What a stub raises is an RpcError that is also the call; the stubs of grpc do not say so.
    code = str(dict(error.trailing_metadata() or ()).get(CODE_KEY, ""))
    if code not in CATALOGUE:
        # No code: the call never reached a desk.
        return WorldError("desk.unreachable")
    return _CLASSES[explain(code).fault](code, str(error.details() or ""))
