"""One generic codec: model ↔ canonical bytes. Knows no message by name; everything comes from `bindings`.

Reading a peer's bytes raises only PeerError; the place it names is a field path, never a value.
"""

from __future__ import annotations

from typing import Any, TypeVar

from google.protobuf.message import DecodeError
from pydantic import BaseModel, ValidationError

from referral_proto.errors import CallerError, PeerError
from referral_proto.model.section import AnySection
from referral_proto.v1 import section_pb2
from referral_proto.wire.bindings import BINDINGS, SECTIONS, Binding
from referral_proto.wire.canonical import Parser, merge_unknown, parse, unknown_fields

__all__ = ["compose", "decode", "decode_section", "encode", "encode_section", "has_unrecognised", "section_type"]

N = TypeVar("N", bound=BaseModel)

_ARMS: dict[int, tuple[Binding, str]] = {int(kind): (b, kind.name.lower()) for kind, b in SECTIONS.items()}
_SECTION = section_pb2.Section
_PARSER = Parser(_SECTION)
_SECTION_SHAPE = _PARSER.descriptor
_BY_MODEL = {b.model: (b, name) for b, name in _ARMS.values()}


def _refusal(error: ValidationError, name: str) -> PeerError:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    code = "wire.missing-field" if first["type"] == "missing" else "wire.invalid-value"
    return PeerError(code, ".".join([name, *map(str, first["loc"])]))


def _validated(binding: Binding, fields: dict[str, Any]) -> Any:
    try:
        return binding.validate(fields)
    except ValidationError as error:
        refusal = _refusal(error, binding.name)
    # Raised outside the handler: the ValidationError holds the peer's values and must not ride along as context.
    raise refusal


def encode(model: BaseModel) -> bytes:
    """The canonical bytes of a closed model (spec: wire)."""
    binding = BINDINGS[type(model)]
    message = binding.message()
    binding.write(model, message)
    return message.SerializeToString(deterministic=True)


def compose(model: type[BaseModel], **fields: Any) -> bytes:
    """The canonical bytes of a closed model that this program makes itself, from fields that are known to be good;
    nested nouns are dicts. What the model would refuse is not noticed here: nothing that came from outside goes in.
    """
    return BINDINGS[model].message(**fields).SerializeToString(deterministic=True)


def decode(model: type[N], data: bytes) -> N:
    """Read a closed model. Raises PeerError: wire.malformed, .not-canonical, .unknown-field, .missing-field,
    .invalid-value, .too-large.
    """
    binding = BINDINGS[model]
    if len(data) > binding.limit:
        raise PeerError("wire.too-large", binding.name)
    message, _ = parse(binding.parser, data, True)
    result: N = _validated(binding, binding.read(message))
    return result


def encode_section(section: AnySection) -> bytes:
    """A section inside its Section arm, canonical; unknown fields that came with it stand where they stood."""
    binding, arm = _BY_MODEL[type(section)]
    message = _SECTION()
    inner = getattr(message, arm)
    inner.SetInParent()
    if not (binding.keeps_unknown and has_unrecognised(section)):
        binding.write(section, inner)
        return message.SerializeToString(deterministic=True)
    data, honest = b"", False
    try:
        binding.write(section, inner)
        data = merge_unknown(_SECTION_SHAPE, message.SerializeToString(deterministic=True))
        # Whoever writes a referral by hand could hide a known field among the unrecognised ones: only the way back
        # shows that nothing was.
        honest = decode_section(data) == section
    except (DecodeError, PeerError):
        pass
    if not honest:
        raise CallerError("model.invalid", f"{binding.name}.unrecognised")
    return data


def section_type(data: bytes) -> int:
    """The arm's number of a section's bytes, read from the first tag alone; 0 if there is none.

    Enough to sort sections; `decode_section` judges them.
    """
    if not data or data[0] & 7 != 2:
        return 0
    if data[0] < 0x80:
        return data[0] >> 3
    return (data[0] & 0x7F | data[1] << 7) >> 3 if len(data) > 1 and data[1] < 0x80 else 0


def decode_section(data: bytes) -> AnySection:
    """Read any section; unknown fields and unknown codes are kept and flagged, the control section's are refused.

    Raises PeerError: as `decode`, and wire.wrong-section for an arm that this version does not know.
    """
    found = _ARMS.get(section_type(data))
    if found is None:
        raise PeerError("wire.wrong-section", "Section")
    binding, arm = found
    if len(data) > binding.limit:
        raise PeerError("wire.too-large", binding.name)
    message, unknown = parse(_PARSER, data, not binding.keeps_unknown)
    fields = binding.read(getattr(message, arm))
    if unknown:
        _keep(fields, data, arm)
    section: AnySection = _validated(binding, fields)
    return section


def _keep(fields: dict[str, Any], data: bytes, arm: str) -> None:
    for path, raw in unknown_fields(_SECTION_SHAPE, data).items():
        # Absence is closed: a reason that is understood by half would be misunderstood.
        if path[:1] != (arm,) or "absent" in path:
            raise PeerError("wire.unknown-field", "Section")
        place: Any = fields
        for step in path[1:]:
            place = place[step]
        place["unrecognised"] = raw


def has_unrecognised(noun: Any) -> bool:
    """Whether a section, or any noun in it, carries fields of a newer version."""
    if isinstance(noun, BaseModel):
        return bool(getattr(noun, "unrecognised", b"")) or any(map(has_unrecognised, noun.__dict__.values()))
    return isinstance(noun, tuple) and any(map(has_unrecognised, noun))
