"""The two calls of C2SP tlog-witness over HTTP. Knows paths; the cosigner decides.

    POST <prefix>/add-checkpoint
    GET  <prefix>/<SHA-256 of an origin in hex>/checkpoint

Requests need no authentication: a checkpoint bears its log's signatures, an answer the witness's.
"""

from __future__ import annotations

from collections.abc import Callable

from reference_node.witness.cosigner import Cosigner
from reference_node.witness.listener import Answer, Listener
from referral_proto.log.submission import MAX_SUBMISSION

__all__ = ["WitnessServer"]


class WitnessServer(Listener):
    """Listens once it exists. `prefix`: path before both calls, such as `/witness`. told: each status that goes out."""

    def __init__(
        self, cosigner: Cosigner, host: str, port: int, prefix: str = "", told: Callable[[int], object] | None = None
    ) -> None:
        """Raises WorldError listen.in-use."""
        super().__init__(_Calls(cosigner, prefix, told or (lambda _: None)), host, port, "witness")


class _Calls:
    """A Site."""

    def __init__(self, cosigner: Cosigner, prefix: str, told: Callable[[int], object]) -> None:
        self._cosigner, self._prefix, self._told = cosigner, prefix, told
        self.largest = MAX_SUBMISSION

    def takes(self, path: str) -> bool:
        return path == f"{self._prefix}/add-checkpoint"

    def post(self, path: str, body: bytes) -> Answer:
        assert self.takes(path)
        answer = self._cosigner.add_checkpoint(body)
        self._told(answer.status)
        return answer

    def get(self, path: str) -> Answer:
        name, _, last = path.removeprefix(f"{self._prefix}/").rpartition("/")
        inside = path.startswith(f"{self._prefix}/") and last == "checkpoint"
        return self._cosigner.checkpoint(name) if inside else Answer(404)
