"""The log's messages as data: event, receipt, acknowledgement, checkpoint, contradiction. Sizes and
presence only; proves nothing.

All are closed. Whether a receipt proves its event is the business of the floor `log`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from referral_proto.model.base import Noun
from referral_proto.model.codes.log import AcknowledgementKind, LogContradictionKind, LogEventKind
from referral_proto.model.envelope import Agency, Bytes32, Ed25519Signature, Mldsa65Signature
from referral_proto.moment import Moment

__all__ = [
    "MAX_EVENT",
    "MAX_NOTE",
    "MAX_PATH",
    "Acknowledgement",
    "LogContradiction",
    "LogEvent",
    "Receipt",
    "SignedAcknowledgement",
    "WitnessedCheckpoint",
]

MAX_EVENT: Final = 1024
"""Bytes of an event."""
MAX_NOTE: Final = 256 * 1024
"""Bytes of a signed note: 64 signatures of ML-DSA-44 fit."""
MAX_PATH: Final = 63
"""Hashes of a proof; C2SP tlog-witness sets the same bound."""

Note = Annotated[bytes, Field(max_length=MAX_NOTE)]
Path = Annotated[tuple[Bytes32, ...], Field(max_length=MAX_PATH)]
Place = Annotated[int, Field(ge=0, lt=1 << 63)]

_ABOUT: Final = frozenset({"sender", "recipient", "opening_key", "related", "actor"})
_K = LogEventKind
_NEEDED: Final[Mapping[LogEventKind, frozenset[str]]] = {
    _K.DELIVERED: frozenset({"sender", "recipient", "opening_key"}),
    _K.RECEIVED: frozenset({"sender", "recipient"}),
    _K.UNREADABLE: frozenset({"sender", "recipient"}),
    _K.OPENED: frozenset({"actor"}),
    _K.DISCLOSED: frozenset({"recipient", "actor"}),
    _K.EXPORTED: frozenset({"actor"}),
    _K.ERASED: frozenset(),
    _K.DUMMY: frozenset(),
    _K.CONFLICT: frozenset({"sender", "recipient", "related"}),
    _K.OPENING_KEY: frozenset({"sender", "opening_key"}),
    _K.ORIGIN: frozenset({"sender"}),
    _K.ANCHORED: frozenset({"sender"}),
}
"""What an event of each kind says beside nonce, kind, subject and time. It says nothing else, but for `_MAY`."""
_MAY: Final[Mapping[LogEventKind, frozenset[str]]] = {
    _K.OPENED: frozenset({"sender"}),
    _K.DISCLOSED: frozenset({"sender"}),
    _K.EXPORTED: frozenset({"sender"}),
    _K.ERASED: frozenset({"sender", "actor"}),
}


class LogEvent(Noun):
    """One event. `at` is the word of whoever keeps the log; a kind that is not known here may say anything."""

    nonce: Bytes32
    kind: LogEventKind
    subject: Bytes32
    sender: Agency | None = None
    recipient: Agency | None = None
    opening_key: Bytes32 | None = None
    at: Moment
    related: Bytes32 | None = None
    actor: Bytes32 | None = None

    @model_validator(mode="after")
    def _says_what_its_kind_says(self) -> Self:
        if self.kind.recognised:
            said = {name for name in _ABOUT if getattr(self, name) is not None}
            needed = _NEEDED[self.kind]
            if not needed <= said <= needed | _MAY.get(self.kind, frozenset()):
                raise ValueError("an event says more, or less, than its kind does")
        return self


class Receipt(Noun):
    """Proof that `event` (exact bytes) is the leaf at `index` of the log whose checkpoint (signed note) comes along."""

    event: Annotated[bytes, Field(max_length=MAX_EVENT)]
    index: Place
    path: Path = ()
    checkpoint: Note


class WitnessedCheckpoint(Noun):
    """A checkpoint as one node shows it to another."""

    checkpoint: Note
    seen_at: Moment


class LogContradiction(Noun):
    """Two signed notes that one honest log, or one honest witness, cannot both have signed."""

    kind: LogContradictionKind
    witness: Annotated[str, Field(min_length=1, max_length=255)] | None = None
    first: Note
    second: Note
    beginning: Bytes32 | None = None
    proof: Path = ()
    index: Place | None = None
    first_leaf: Bytes32 | None = None
    first_path: Path = ()
    second_leaf: Bytes32 | None = None
    second_path: Path = ()


class Acknowledgement(Noun):
    """What a desk says about the envelope `leaf`: that it has it and can read it, or cannot. `at`: its own clock."""

    leaf: Bytes32
    sender: Agency
    recipient: Agency
    kind: AcknowledgementKind
    at: Moment


class SignedAcknowledgement(Noun):
    """An acknowledgement (exact bytes) under the signing keyset `keyset` of its recipient."""

    acknowledgement: Annotated[bytes, Field(max_length=512)]
    keyset: Bytes32
    ed25519: Ed25519Signature
    mldsa65: Mldsa65Signature
