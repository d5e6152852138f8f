"""Which model is which message. Importing this module proves that every pair agrees, name by name and type by type.

A pair is found by name: `Identity` of `model.identity` is `message Identity`. Nothing is looked up at run time.
"""

from __future__ import annotations

from typing import Final, cast

from google.protobuf.descriptor import Descriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from pydantic import BaseModel

from referral_proto.model import envelope, records
from referral_proto.model.section import SECTION_MODELS, SectionType
from referral_proto.v1 import envelope_pb2, records_pb2, section_pb2
from referral_proto.wire.canonical import descriptor_of
from referral_proto.wire.plan import Mismatch, Plan, compile_plan

__all__ = ["CLOSED", "SECTIONS", "Binding", "binding_of"]

KIB: Final = 1024


class Binding:
    """A plan with its generated class and the largest size in bytes that is read."""

    __slots__ = ("limit", "message", "model", "name", "plan")

    def __init__(self, plan: Plan, limit: int) -> None:
        self.plan = plan
        self.model = plan.model
        self.message: type[Message] = GetMessageClass(plan.descriptor)
        self.name = plan.descriptor.name
        self.limit = limit


_plans: dict[tuple[type[BaseModel], str], Plan] = {}


def _plan(model: type, descriptor: Descriptor) -> Plan:
    if model.__name__ != descriptor.name:
        raise Mismatch(f"{model.__name__} cannot stand for {descriptor.name}")
    key = (model, descriptor.full_name)
    if key not in _plans:
        _plans[key] = compile_plan(model, descriptor, _plan)
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

_BY_MODEL: Final[dict[type[BaseModel], Binding]] = {b.model: b for b in SECTIONS.values()} | CLOSED


def binding_of(model: type[BaseModel]) -> Binding:
    """The binding of a closed type or a section's model; KeyError for anything else."""
    return _BY_MODEL[model]
