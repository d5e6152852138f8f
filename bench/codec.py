"""Section bytes to validated models, beside the least that any code must do: parse, read every field, validate.

The peer is written out here for each message, straight-line, with a presence test for every singular field, and hands
pydantic the same dict. It checks no canonical form and keeps no unknown field.
"""

from __future__ import annotations

import typing
from collections.abc import Callable
from functools import partial
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from pydantic import BaseModel

from bench.figures import Figure, beside
from bench.samples import Case, Match, Samples
from bench.scene import Scene
from referral_proto.model.codes.code import Code
from referral_proto.model.section import SECTION_TYPES, AnySection
from referral_proto.moment import Moment
from referral_proto.v1.section_pb2 import Section
from referral_proto.wire import decode_section, encode_section

__all__ = ["Codec", "peer_decoder"]

LIMIT = 1.30


class Codec:
    """The scene's control and every section of its referral, one match for each."""

    def __init__(self, scene: Scene) -> None:
        sections = [scene.disclosure.control, *(section for _, section in scene.referral.sections())]
        self.sections: dict[str, AnySection] = {SECTION_TYPES[type(one)].name.lower(): one for one in sections}

    def matches(self) -> list[Match]:
        """Both sides give equal models, or there is nothing to compare."""
        found: list[Match] = []
        for name, section in self.sections.items():
            data, peer = encode_section(section), peer_decoder(type(section))
            assert peer(data) == decode_section(data) == section
            ours = Case(f"codec {name}", partial(decode_section, data))
            found.append(Match((ours, Case(f"codec peer {name}", partial(peer, data)))))
        return found

    def figures(self, taken: dict[str, Samples]) -> list[Figure]:
        return [
            beside(
                f"decode {name}, {len(encode_section(section))} B",
                taken[f"codec {name}"],
                "parse + read + validate",
                taken[f"codec peer {name}"],
                LIMIT,
            )
            for name, section in self.sections.items()
        ]


def peer_decoder(model: type[AnySection]) -> Callable[[bytes], Any]:
    """`bytes -> model` by protobuf, a reader written for the message, and the model's validator."""
    arm = SECTION_TYPES[model].name.lower()
    read = _reader(model, typing.cast(Descriptor, Section.DESCRIPTOR.fields_by_name[arm].message_type))
    parse, validate = Section.FromString, model.__pydantic_validator__.validate_python

    def decode(data: bytes) -> Any:
        return validate(read(getattr(parse(data), arm)))

    return decode


def _reader(model: type[BaseModel], descriptor: Descriptor) -> Callable[[Any], dict[str, Any]]:
    scope: dict[str, Any] = {"moment": Moment}
    lines = ["def read(m):", "    found = {}"]
    for field in descriptor.fields:
        name = field.name
        convert = _conversion(model, field, scope)
        if field.is_repeated:
            each = f"tuple([{convert('one')} for one in m.{name}])" if convert("one") != "one" else f"tuple(m.{name})"
            lines += [f"    if m.{name}:", f"        found[{name!r}] = {each}"]
        else:
            lines += [f"    if m.HasField({name!r}):", f"        found[{name!r}] = {convert(f'm.{name}')}"]
    exec("\n".join([*lines, "    return found"]), scope)  # noqa: S102
    return typing.cast("Callable[[Any], dict[str, Any]]", scope["read"])


def _conversion(model: type[BaseModel], field: FieldDescriptor, scope: dict[str, Any]) -> Callable[[str], str]:
    item = _item(model.model_fields[field.name].annotation)
    if field.type == FieldDescriptor.TYPE_ENUM:
        scope[f"code_{field.name}"] = item._value2member_map_
        return lambda value: f"code_{field.name}[{value}]"
    if field.type == FieldDescriptor.TYPE_MESSAGE:
        if field.name == "absent":
            scope["absence"] = _absence_reader(model, typing.cast(Descriptor, field.containing_type))
            return lambda value: f"absence({value})"
        scope[f"read_{field.name}"] = _reader(item, typing.cast(Descriptor, field.message_type))
        return lambda value: f"read_{field.name}({value})"
    if item is Moment:
        return lambda value: f"moment({value})"
    return lambda value: value


def _absence_reader(model: type[BaseModel], descriptor: Descriptor) -> Callable[[Any], dict[str, Any]]:
    names = {field.number: field.name for field in descriptor.fields}
    reasons = _item(_item(model.model_fields["absent"].annotation).model_fields["reason"].annotation)

    def read(message: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if message.HasField("field"):
            found["field"] = names[message.field]
        if message.HasField("reason"):
            found["reason"] = reasons._value2member_map_[message.reason]
        return found

    return read


def _item(annotation: Any) -> Any:
    """The class inside `X | None`, `tuple[X, ...]`, `Annotated[X, …]` and new types."""
    while not isinstance(annotation, type) or typing.get_origin(annotation) is not None:
        if isinstance(annotation, typing.NewType):
            annotation = annotation.__supertype__
        else:
            annotation = typing.get_args(annotation)[0]
    assert issubclass(annotation, (Code, BaseModel, str, bytes, int))
    return annotation
