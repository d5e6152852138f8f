"""Keeps `spec/wire.lock.json`: every number and type that has gone out on the wire.

Law: the lock grows and never changes. A number that another country's software reads today means the same for ever,
so an entry is appended by this script and by nothing else, and no entry is edited or removed.

    wire_lock.py        append what the generated code has and the lock lacks; exit 1 if a locked entry changed
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    MethodDescriptorProto,
)

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "spec" / "wire.lock.json"

Entries = dict[str, str]
"""One line of the wire: `Core field 1` → `optional uint32 suite`. Flat: two locks differ as two sets do."""


def generated() -> Entries:
    """The entries of every module under `referral_proto/v1/`."""
    entries: Entries = {}
    for path in sorted((ROOT / "referral_proto" / "v1").glob("*_pb2.py")):
        module = import_module(f"referral_proto.v1.{path.stem}")
        file = FileDescriptorProto()
        module.DESCRIPTOR.CopyToProto(file)
        entries.update(describe(file))
    return entries


def describe(file: FileDescriptorProto) -> Iterator[tuple[str, str]]:
    """The entries of one `.proto` file, named inside its package."""
    for message in file.message_type:
        yield from _message(message, message.name)
    for enum in file.enum_type:
        yield from _enum(enum, enum.name)
    for service in file.service:
        for method in service.method:
            yield f"{service.name} method {method.name}", _method(method)


def changed(locked: Entries, current: Entries) -> list[str]:
    """What the lock holds and the code no longer does, or does differently. Empty if there were additions only."""
    return [
        f"{name}: locked as {meaning!r}, now {current.get(name, 'gone')!r}"
        for name, meaning in sorted(locked.items())
        if current.get(name) != meaning
    ]


def read(path: Path = LOCK) -> Entries:
    """The lock; empty before the first one is written."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _message(message: DescriptorProto, name: str) -> Iterator[tuple[str, str]]:
    for field in message.field:
        yield f"{name} field {field.number}", _field(message, field)
    for nested in message.nested_type:
        yield from _message(nested, f"{name}.{nested.name}")
    for enum in message.enum_type:
        yield from _enum(enum, f"{name}.{enum.name}")


def _enum(enum: EnumDescriptorProto, name: str) -> Iterator[tuple[str, str]]:
    for value in enum.value:
        yield f"{name} value {value.number}", value.name


def _field(message: DescriptorProto, field: FieldDescriptorProto) -> str:
    if field.type_name:
        kind = field.type_name.rsplit(".", 1)[-1]
    else:
        kind = FieldDescriptorProto.Type.Name(field.type).removeprefix("TYPE_").lower()
    if field.label == FieldDescriptorProto.LABEL_REPEATED:
        presence = "repeated"
    elif field.proto3_optional:
        presence = "optional"
    elif field.HasField("oneof_index"):
        presence = f"oneof {message.oneof_decl[field.oneof_index].name}"
    else:
        presence = "implicit"
    return f"{presence} {kind} {field.name}"


def _method(method: MethodDescriptorProto) -> str:
    request, response = (name.rsplit(".", 1)[-1] for name in (method.input_type, method.output_type))
    sides = ("stream " if method.client_streaming else "", "stream " if method.server_streaming else "")
    return f"{sides[0]}{request} -> {sides[1]}{response}"


def main() -> None:
    """Appends, or says what may not be changed."""
    locked, current = read(), generated()
    broken = changed(locked, current)
    if broken:
        sys.exit("wire_lock.py: the wire may grow and not change\n  " + "\n  ".join(broken))
    LOCK.write_text(json.dumps(current, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{LOCK.relative_to(ROOT)}: {len(current)} entries, {len(current) - len(locked)} new")


if __name__ == "__main__":
    main()
