"""Which model is which message. Importing this module proves that every pair agrees, name by name and type by type.

A pair is found by name: `Identity` of `model.identity` is `message Identity`. Nothing is looked up at run time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from google.protobuf.descriptor import Descriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from pydantic import BaseModel

from referral_proto.model import envelope, evidence, log, records
from referral_proto.model.control import DisclosureRow
from referral_proto.model.section import SECTION_MODELS, SectionType
from referral_proto.v1 import envelope_pb2, evidence_pb2, log_pb2, records_pb2, section_pb2
from referral_proto.wire.canonical import Parser, descriptor_of
from referral_proto.wire.plan import Mismatch, Plan, compile_plan, intern

__all__ = ["BINDINGS", "CLOSED", "SECTIONS", "Binding"]

KIB: Final = 1024


class Binding:
    """A plan taken apart for use: parse, read, validate, write; the generated class; the largest size in bytes."""

    __slots__ = ("keeps_unknown", "limit", "message", "model", "name", "parser", "read", "validate", "write")

    def __init__(self, plan: Plan, limit: int) -> None:
        self.model = plan.model
        self.message: type[Message] = GetMessageClass(plan.descriptor)
        self.parser: Parser[Message] = Parser(self.message)
        self.name = plan.descriptor.name
        self.limit = limit
        self.read, self.write = plan.read, plan.write
        self.validate: Callable[[Any], Any] = plan.model.__pydantic_validator__.validate_python
        self.keeps_unknown = plan.keeps_unknown


_RECURRING: Final = (envelope.Sender, envelope.Recipient, DisclosureRow)
"""The same few agencies, keys and table cells stand in message after message."""

_plans: dict[tuple[type[BaseModel], str], Plan] = {}


def _plan(model: type, descriptor: Descriptor) -> Plan:
    if model.__name__ != descriptor.name:
        raise Mismatch(f"{model.__name__} cannot stand for {descriptor.name}")
    key = (model, descriptor.full_name)
    if key not in _plans:
        plan = compile_plan(model, descriptor, _plan)
        _plans[key] = intern(plan) if model in _RECURRING else plan
    return _plans[key]


CLOSED: Final[dict[type[BaseModel], Binding]] = {
    model: Binding(_plan(model, descriptor_of(message)), limit)
    for model, message, limit in (
        (envelope.Envelope, envelope_pb2.Envelope, 4_608 * KIB),
        (envelope.Core, envelope_pb2.Core, 8 * KIB),
        (envelope.Cover, envelope_pb2.Cover, 16 * KIB),
        (records.SignedRecord, records_pb2.SignedRecord, 256 * KIB),
        (records.FederationRecord, records_pb2.FederationRecord, 192 * KIB),
        (records.AgencyRecord, records_pb2.AgencyRecord, 128 * KIB),
        (records.RelayRecord, records_pb2.RelayRecord, 32 * KIB),
        (records.OpeningKeyRecord, records_pb2.OpeningKeyRecord, 4 * KIB),
        (records.LogEntry, records_pb2.LogEntry, 12 * KIB),
        (records.WitnessEntry, records_pb2.WitnessEntry, 4 * KIB),
        (records.LogEntry, records_pb2.LogEntry, 16 * KIB),
        (records.WitnessEntry, records_pb2.WitnessEntry, 4 * KIB),
        (log.LogEvent, log_pb2.LogEvent, 1 * KIB),
        (log.Receipt, log_pb2.Receipt, 264 * KIB),
        (log.Acknowledgement, log_pb2.Acknowledgement, 512),
        (log.SignedAcknowledgement, log_pb2.SignedAcknowledgement, 8 * KIB),
        (log.WitnessedCheckpoint, log_pb2.WitnessedCheckpoint, 260 * KIB),
        (log.LogContradiction, log_pb2.LogContradiction, 528 * KIB),
        (evidence.EvidenceBundle, evidence_pb2.EvidenceBundle, evidence.MAX_BUNDLE),
        (evidence.Claim, evidence_pb2.Claim, 512),
        (evidence.SignedClaim, evidence_pb2.SignedClaim, 8 * KIB),
    )
}
"""Messages in which an unknown field refuses the whole."""

SECTIONS: Final[dict[SectionType, Binding]] = {
    SectionType(field.number): Binding(
        _plan(SECTION_MODELS[SectionType(field.number)], cast(Descriptor, field.message_type)), 256 * KIB
    )
    for field in section_pb2.Section.DESCRIPTOR.oneofs_by_name["kind"].fields
}
"""The arms of Section. The control section is closed, the others keep what they do not know."""

if set(SECTIONS) != set(SectionType) or {f.name for f in section_pb2.Section.DESCRIPTOR.fields} != {
    t.name.lower() for t in SectionType
}:
    raise Mismatch("Section's arms and SectionType differ")

BINDINGS: Final[dict[type[BaseModel], Binding]] = {b.model: b for b in SECTIONS.values()} | CLOSED
"""The binding of each closed type and of each section's model."""
