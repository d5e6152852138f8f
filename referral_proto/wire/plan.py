"""Compiled plans: one straight-line reader and writer for each pair of message and model. No bytes, no policy.

`MessageToDict` costs ten times the field reads, so each pair gets a function of its own, written out once as source
from the descriptor and compiled. `Plan.source` shows it to whoever wonders.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from pydantic import BaseModel, ValidationError

from referral_proto.model.codes.code import Code
from referral_proto.moment import Moment

__all__ = ["Mismatch", "Plan", "compile_plan"]

_MAX_MOMENT: Final = 253_402_300_799
_ABSENT: Final = "absent"
_ABSENT_NUMBER: Final = 15
_KEPT: Final = "unrecognised"
_INTS: Final = frozenset(
    (
        FieldDescriptor.TYPE_INT32,
        FieldDescriptor.TYPE_INT64,
        FieldDescriptor.TYPE_UINT32,
        FieldDescriptor.TYPE_UINT64,
    )
)


class Mismatch(TypeError):
    """A model and its message disagree. Raised while importing, so that no such program ever runs."""


class Plan(typing.NamedTuple):
    """`read(message) -> dict` for the model's validator; `write(model, message)` fills an empty message."""

    model: type[BaseModel]
    descriptor: Descriptor
    read: Callable[[Any], dict[str, Any]]
    write: Callable[[Any, Any], None]
    source: str
    keeps_unknown: bool


class _Members(dict[int, Any]):
    """Number → member of a code list. What is missing is asked for each time: a peer's numbers are not remembered."""

    def __init__(self, code: type[Code]) -> None:
        super().__init__({int(member): member for member in code})
        self._from_wire = code.from_wire

    def __missing__(self, number: int) -> Any:
        return self._from_wire(number)


def _field_name(names: dict[int, str]) -> Callable[[int], Any]:
    def name(number: int) -> Any:
        return names.get(number) or (f"#{number}" if number != _ABSENT_NUMBER else number)

    return name


def _field_number(numbers: dict[str, int]) -> Callable[[str], int]:
    def number(name: str) -> int:
        return numbers[name] if name in numbers else int(name.removeprefix("#"))

    return number


def _unwrap(annotation: Any) -> tuple[Any, bool, bool]:
    """(the type of one item, optional?, repeated?) of a model field's annotation."""
    optional = repeated = False
    while True:
        origin = typing.get_origin(annotation)
        if isinstance(annotation, typing.NewType):
            annotation = annotation.__supertype__
        elif origin is typing.Annotated:
            annotation = typing.get_args(annotation)[0]
        elif origin in (types.UnionType, typing.Union):
            arms = [arm for arm in typing.get_args(annotation) if arm is not type(None)]
            if len(arms) != 1 or repeated:
                raise Mismatch(f"{annotation}: only X | None can be bound")
            annotation, optional = arms[0], True
        elif origin is tuple:
            item, *rest = typing.get_args(annotation)
            if rest != [...]:
                raise Mismatch(f"{annotation}: only tuple[X, ...] can be bound")
            annotation, repeated = item, True
        else:
            return annotation, optional, repeated


def _check(field: FieldDescriptor, item: Any, optional: bool, repeated: bool, where: str) -> str:
    """The kind of the field, or a Mismatch that names it."""
    if field.is_repeated != repeated:
        raise Mismatch(f"{where}: repeated in one, single in the other")
    if not repeated and not field.has_presence:
        raise Mismatch(f"{where}: must be `optional` on the wire")
    if repeated and optional:
        raise Mismatch(f"{where}: a repeated field is empty, never None")
    kind = field.type
    if kind == FieldDescriptor.TYPE_ENUM:
        if not (isinstance(item, type) and issubclass(item, Code)):
            raise Mismatch(f"{where}: an enum needs a Code list")
        _check_code(field, item, where)
        return "code"
    if kind == FieldDescriptor.TYPE_MESSAGE:
        if typing.cast(Descriptor, field.message_type).GetOptions().map_entry:
            raise Mismatch(f"{where}: maps have no canonical order")
        if not (isinstance(item, type) and issubclass(item, BaseModel)):
            raise Mismatch(f"{where}: a message needs a model")
        return "message"
    if kind in _INTS:
        expected: type = Moment if field.name.endswith("_at") or field.name == "at" else int
        if item is not expected:
            raise Mismatch(f"{where}: needs {expected.__name__}")
        return "moment" if expected is Moment else "plain"
    expected = {
        FieldDescriptor.TYPE_STRING: str,
        FieldDescriptor.TYPE_BYTES: bytes,
        FieldDescriptor.TYPE_BOOL: bool,
    }.get(kind, object)
    if item is not expected:
        raise Mismatch(f"{where}: the wire type does not fit {item}")
    return "plain"


def _check_code(field: FieldDescriptor, code: type[Code], where: str) -> None:
    enum = typing.cast(EnumDescriptor, field.enum_type)
    prefix = "".join("_" + c if c.isupper() else c for c in enum.name).lstrip("_").upper() + "_"
    wire = {v.name.removeprefix(prefix): v.number for v in enum.values if v.number}
    if wire != {member.name: int(member) for member in code}:
        raise Mismatch(f"{where}: {code.__name__} and {enum.name} differ")


def compile_plan(model: type[BaseModel], descriptor: Descriptor, nested: Callable[[type, Descriptor], Plan]) -> Plan:
    """Check `model` against `descriptor` and compile both directions. Raises Mismatch."""
    names = {f.name for f in descriptor.fields}
    own = {name for name in model.model_fields if name != _KEPT}
    if names != own:
        raise Mismatch(f"{model.__name__} and {descriptor.name} differ in {sorted(names ^ own)}")
    scope: dict[str, Any] = {"Moment": Moment, "new": int.__new__, "latest": _MAX_MOMENT}
    scope["has"] = GetMessageClass(descriptor).HasField
    reader, write = _Reader(), ["def write(x, m):"]
    for field in sorted(descriptor.fields, key=lambda f: f.number):
        name, number = field.name, field.number
        where = f"{model.__name__}.{name}"
        if field.containing_oneof is not None and len(field.containing_oneof.fields) > 1:
            raise Mismatch(f"{where}: only Section has a oneof")
        item, optional, repeated = _unwrap(model.model_fields[name].annotation)
        kind = _check(field, item, optional, repeated, where)
        if name == _ABSENT:
            kind = "message"
            scope[f"r{number}"], scope[f"w{number}"] = _absence_plan(descriptor, item)
        elif kind == "code":
            scope[f"k{number}"] = members = _Members(item)
            scope[f"r{number}"] = members.__getitem__
        elif kind == "message":
            plan = nested(item, typing.cast(Descriptor, field.message_type))
            scope[f"r{number}"], scope[f"w{number}"] = plan.read, plan.write
        reader.add(name, number, kind, optional, repeated)
        write += _writing(name, number, kind, repeated)
    keeps = _KEPT in model.model_fields
    if keeps:
        write += [f" if x.{_KEPT}: m.MergeFromString(x.{_KEPT})"]
    source = "\n".join([*reader.lines(), *write, " return None"])
    # The text is made from this project's own descriptors at import; no outside byte reaches it.
    exec(compile(source, f"<plan {descriptor.name}>", "exec"), scope)  # noqa: S102
    return Plan(model, descriptor, scope["read"], scope["write"], source, keeps)


def intern(plan: Plan, limit: int = 4096) -> Plan:
    """The same plan, but `read` gives a validated model, and the same one for the same values.

    For nouns that recur from message to message, are closed, hold required scalars only, and say nothing about a
    person. What is not valid comes as a dict, so that whoever validates the whole refuses it and names the place.
    """
    names = [field.name for field in sorted(plan.descriptor.fields, key=lambda f: f.number)]
    plain = not any(field.is_repeated or field.message_type for field in plan.descriptor.fields)
    required = all(plan.model.model_fields[name].is_required() for name in names)
    if plan.keeps_unknown or not plain or not required or len(names) < 2:
        raise Mismatch(f"{plan.model.__name__} cannot be interned")
    kept: dict[tuple[Any, ...], BaseModel] = {}
    key_of = attrgetter(*names)
    validate = plan.model.__pydantic_validator__.validate_python

    def keep(message: Message) -> Any:
        fields = plan.read(message)
        try:
            noun = validate(fields)
        except ValidationError:
            return fields
        if len(kept) >= limit:
            kept.clear()
        return kept.setdefault(key_of(noun), noun)

    taken = "".join(f"\n v{at} = m.{name}" for at, name in enumerate(names))
    values = "".join(f"v{at}, " for at in range(len(names)))
    sent = " and ".join(f"(v{at} or has(m, '{name}'))" for at, name in enumerate(names))
    source = f"def read(m):{taken}\n n = known(({values}))\n return n if n is not None and {sent} else keep(m)"
    scope: dict[str, Any] = {"known": kept.get, "keep": keep, "has": GetMessageClass(plan.descriptor).HasField}
    exec(compile(source, f"<plan {plan.descriptor.name}>", "exec"), scope)  # noqa: S102
    return plan._replace(read=scope["read"], source=source)


class _Reader:
    """The source of `read`. Each access to a message is a call into protobuf; this makes as few as it can."""

    def __init__(self) -> None:
        self._needed: list[tuple[str, int, str]] = []
        self._rest: list[str] = []

    def add(self, name: str, number: int, kind: str, optional: bool, repeated: bool) -> None:
        if repeated:
            # A slice is one call, an iteration one for each item.
            each = f"map(r{number}, v[:])" if kind in ("code", "message") else "v[:]"
            self._rest += [f" v = m.{name}", f" if v: o['{name}'] = tuple({each})"]
        elif kind == "message" and optional:
            self._rest += [f" if has(m, '{name}'): o['{name}'] = r{number}(m.{name})"]
        elif kind == "message":
            # An absent message reads as an empty one.
            self._rest += [f" v = r{number}(m.{name})", f" if v or has(m, '{name}'): o['{name}'] = v"]
        elif optional:
            self._rest += [f" if has(m, '{name}'):", f"  v = m.{name}", f"  o['{name}'] = {_value(kind, number, 'v')}"]
        else:
            self._needed.append((name, number, _value(kind, number, f"v{number}")))

    def lines(self) -> list[str]:
        found = ["def read(m):"]
        found += [f" v{number} = m.{name}" for name, number, _ in self._needed]
        found += [f" o = {{{', '.join(f'{name!r}: {value}' for name, _, value in self._needed)}}}"]
        # What must be there nearly always is: only a value like the default asks whether it was sent.
        found += [f" if not v{number} and not has(m, '{name}'): del o['{name}']" for name, number, _ in self._needed]
        return [*found, *self._rest, " return o"]


def _value(kind: str, number: int, value: str) -> str:
    if kind == "moment":
        # Out of range it stays an int: the model's validator then refuses it and names the field.
        return f"new(Moment, {value}) if 0 <= {value} <= latest else {value}"
    return f"k{number}[{value}]" if kind == "code" else value


def _writing(name: str, number: int, kind: str, repeated: bool) -> list[str]:
    if repeated and kind == "message":
        return [f" for i in x.{name}: w{number}(i, m.{name}.add())"]
    if repeated:
        return [f" if x.{name}: m.{name}.extend(x.{name})"]
    if kind == "message":
        return [f" v = x.{name}", f" if v is not None: m.{name}.SetInParent(); w{number}(v, m.{name})"]
    return [f" v = x.{name}", f" if v is not None: m.{name} = v"]


def _absence_plan(descriptor: Descriptor, absences: type[BaseModel]) -> tuple[Callable[..., Any], Callable[..., None]]:
    """Reader and writer: absence speaks of field numbers on the wire and of field names in the model."""
    names = {f.number: f.name for f in descriptor.fields if f.name != _ABSENT}
    to_name, to_number = _field_name(names), _field_number({name: number for number, name in names.items()})
    reasons = absences.model_fields["reason"].annotation
    assert isinstance(reasons, type) and issubclass(reasons, Code)

    def absence(message: Any) -> dict[str, Any]:
        out: dict[str, Any] = {}
        if message.HasField("field"):
            out["field"] = to_name(message.field)
        if message.HasField("reason"):
            out["reason"] = reasons.from_wire(message.reason)
        return out

    def absent(item: Any, message: Message) -> None:
        message.field = to_number(item.field)  # type: ignore[attr-defined]
        message.reason = item.reason  # type: ignore[attr-defined]

    return absence, absent
