"""The desk's service on a Unix socket, for programs of the desk's own user. Never on a network: answers are in clear.

Who reads is entered in the access log under the name of the desk's own user, since nobody else can open the socket, and
behind it the name that the calling program gives for the person in front of it: its word.

The socket is made with mode 0600 in one step, so that nobody else can connect in between. Errors travel as a gRPC
status with the code in trailing metadata and the place in the details; neither holds content.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Final

import grpc
from google.protobuf.empty_pb2 import Empty
from google.protobuf.message import Message

from reference_node import faults
from reference_node.desk.forms import read_answer
from reference_node.desk.office import Office
from reference_node.rpc import desk_proofs, desk_wire
from referral_proto import Fault, ReferralError, WorldError
from referral_proto.ids import thread_id
from referral_proto.rpc.relay import CODE_KEY
from referral_proto.v1 import desk_pb2 as pb

__all__ = ["DeskServer"]

assert faults.DESK  # the codes below are declared there

_THREADS: Final = 8
_WAITING: Final = 4
"""Callers that may wait for a change at once: the other threads stay free for work."""
_LONGEST_WAIT: Final = 30
_LONGEST_PATH: Final = 100
"""Bytes; the limit of the system is 107 on Linux and 103 elsewhere."""
_STATUS: Final = {
    Fault.CALLER: grpc.StatusCode.INVALID_ARGUMENT,
    Fault.PEER: grpc.StatusCode.FAILED_PRECONDITION,
    Fault.WORLD: grpc.StatusCode.UNAVAILABLE,
    Fault.OURS: grpc.StatusCode.INTERNAL,
}


class DeskServer:
    """Serves one office on one socket."""

    def __init__(self, office: Office, path: Path) -> None:
        self._path, self._office = path, office
        self._bound = False
        self._workers = ThreadPoolExecutor(_THREADS, "desk-api")
        self._server = grpc.server(self._workers, options=desk_wire.OPTIONS)
        self._server.add_generic_rpc_handlers((_Desk(office).handlers(),))

    @property
    def endpoint(self) -> str:
        return f"unix:{self._path}"

    def start(self) -> str:
        """Listen; returns the endpoint. Raises WorldError desk.socket: another desk serves it, the path is too long or
        cannot be written.
        """
        if len(os.fsencode(self._path)) > _LONGEST_PATH or _answers(self._path):
            raise WorldError("desk.socket")
        before = os.umask(0o177)
        try:
            # What a desk that was killed left behind.
            self._path.unlink(missing_ok=True)
            self._server.add_insecure_port(self.endpoint)
            self._bound = True
        except (OSError, RuntimeError):
            raise WorldError("desk.socket") from None
        finally:
            os.umask(before)
        self._server.start()
        return self.endpoint

    def drain(self) -> None:
        """Wake those who wait for a change; calls are still served."""
        self._office.changes.tell()

    def close(self, seconds: float) -> bool:
        """Take no more calls, give those under way so many seconds. False if some had to be cut off. Idempotent."""
        stopped = self._server.stop(seconds).wait(seconds + 1.0)
        self._workers.shutdown(wait=False, cancel_futures=True)
        if self._bound:  # else the socket at that place is another desk's, which goes on serving
            self._path.unlink(missing_ok=True)
        return stopped


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(os.fspath(path))
        except OSError:
            return False
    return True


class _Desk:
    """Each method: read the request, one use case, write the answer."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._waiting = BoundedSemaphore(_WAITING)

    def handlers(self) -> grpc.GenericRpcHandler[Any, Any]:
        """The service of desk.proto."""
        methods: dict[str, tuple[Callable[[Any, str | None], Message], type[Message]]] = {
            "Refer": (self.refer, pb.ReferRequest),
            "Answer": (self.answer, pb.AnswerRequest),
            "Cases": (self.cases, pb.CasesRequest),
            "Show": (self.show, pb.ShowRequest),
            "ExportSealed": (self.export, pb.ExportSealedRequest),
            "ImportSealed": (self.bring, pb.ImportSealedRequest),
            "Status": (self.status, pb.StatusRequest),
            "Alarms": (self.alarms, pb.AlarmsRequest),
            "SettleAlarm": (self.settle_alarm, pb.SettleAlarmRequest),
            "ExportEvidence": (self.export_evidence, pb.ExportEvidenceRequest),
            "AccessLog": (self.access_log, pb.AccessLogRequest),
            "ExportAccessLog": (self.export_access_log, pb.ExportAccessLogRequest),
        }
        return grpc.method_handlers_generic_handler(
            pb.DESCRIPTOR.services_by_name["Desk"].full_name,
            {
                name: grpc.unary_unary_rpc_method_handler(
                    _guarded(work),
                    request_deserializer=request.FromString,
                    response_serializer=lambda message: message.SerializeToString(),
                )
                for name, (work, request) in methods.items()
            },
        )

    def refer(self, request: pb.ReferRequest, actor: str | None) -> pb.ReferResponse:
        sent = self._office.outbound.refer(desk_wire.order_of(request), actor)
        self._office.courier.nudge()
        rows = desk_wire.from_disclosed(sent.disclosed)
        return pb.ReferResponse(leaf=sent.leaf, thread=sent.thread, size=sent.size, disclosed=rows)

    def answer(self, request: pb.AnswerRequest, actor: str | None) -> pb.AnswerResponse:
        sent = self._office.outbound.answer(desk_wire.leaf_of(request.leaf), read_answer(request.answer), actor)
        self._office.courier.nudge()
        rows = desk_wire.from_disclosed(sent.disclosed)
        return pb.AnswerResponse(leaf=sent.leaf, thread=sent.thread, size=sent.size, disclosed=rows)

    def cases(self, request: pb.CasesRequest, _: str | None) -> pb.CasesResponse:
        thread = thread_id(request.thread) if request.HasField("thread") else None
        seconds = min(request.wait_seconds, _LONGEST_WAIT)
        if seconds and request.HasField("revision") and self._waiting.acquire(blocking=False):
            try:
                self._office.changes.wait(request.revision, seconds)
            finally:
                self._waiting.release()
        return desk_wire.from_cases(self._office.archive.cases(thread))

    def show(self, request: pb.ShowRequest, actor: str | None) -> pb.ShowResponse:
        return desk_wire.from_shown(self._office.archive.show(desk_wire.leaf_of(request.leaf), actor))

    def export(self, request: pb.ExportSealedRequest, actor: str | None) -> pb.ExportSealedResponse:
        return pb.ExportSealedResponse(envelope=self._office.archive.sealed(desk_wire.leaf_of(request.leaf), actor))

    def bring(self, request: pb.ImportSealedRequest, _: str | None) -> pb.ImportSealedResponse:
        taken = self._office.inbound.take_by_hand(request.envelope)
        return pb.ImportSealedResponse(leaf=taken.leaf, fresh=taken.fresh)

    def status(self, _: pb.StatusRequest, __: str | None) -> pb.StatusResponse:
        return desk_wire.from_status(self._office.courier.standing())

    def alarms(self, request: pb.AlarmsRequest, _: str | None) -> pb.AlarmsResponse:
        return desk_proofs.from_alarms(self._office.alarms.waiting(settled=request.settled))

    def settle_alarm(self, request: pb.SettleAlarmRequest, _: str | None) -> pb.SettleAlarmResponse:
        self._office.alarms.settle(request.number)
        self._office.changes.tell()
        return pb.SettleAlarmResponse()

    def export_evidence(self, request: pb.ExportEvidenceRequest, actor: str | None) -> pb.ExportEvidenceResponse:
        bundle = self._office.inspection.evidence(
            desk_wire.leaf_of(request.leaf),
            actor,
            show_control=request.show_control,
            non_response=request.non_response,
            deadline=desk_proofs.moment_of(request.due_at) if request.HasField("due_at") else None,
        )
        return pb.ExportEvidenceResponse(bundle=bundle)

    def access_log(self, _: pb.AccessLogRequest, __: str | None) -> pb.AccessLogResponse:
        return desk_proofs.from_accesses(self._office.inspection.accesses())

    def export_access_log(self, _: pb.ExportAccessLogRequest, actor: str | None) -> pb.ExportAccessLogResponse:
        return pb.ExportAccessLogResponse(bundle=self._office.inspection.access_evidence(actor))


def _guarded(work: Callable[[Any, str | None], Message]) -> Callable[[Any, grpc.ServicerContext], Message]:
    """The method with its errors turned into a status. No exception reaches gRPC, which would log its text."""

    def method(request: Any, context: grpc.ServicerContext) -> Message:
        try:
            return work(request, desk_proofs.actor_of(context.invocation_metadata()))
        except ReferralError as error:
            code, where, fault = error.code, error.where, error.fault
        except Exception:  # noqa: BLE001 - see above
            code, where, fault = "ours.broken-promise", "", Fault.OURS
        context.set_trailing_metadata(((CODE_KEY, code),))
        context.set_code(_STATUS[fault])
        # A place is a field path or the role of a file; details travel as ASCII.
        context.set_details(where.encode("ascii", "replace").decode())
        return Empty()

    return method
