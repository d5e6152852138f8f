"""The canonical profile (spec: wire): one value, one encoding. Reads bytes and descriptors; knows no model.

Fields ascend by number; varints and lengths are minimal; no field but a repeated one occurs twice; packable repeated
fields are packed and not empty; no groups, maps, floats or defaults that are left out. The fast path asks protobuf
itself: bytes without unknown fields are canonical exactly when they equal what protobuf makes of them again. The
walk below judges what that cannot: bytes with unknown fields, which sections keep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar, cast

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import DecodeError, Message

from referral_proto.errors import PeerError

__all__ = ["Parser", "Unknown", "descriptor_of", "merge_unknown", "parse", "unknown_fields"]

M = TypeVar("M", bound=Message)

_VARINT, _I64, _LEN, _I32 = 0, 1, 2, 5
_MAX_DEPTH: Final = 16
_PACKED_TYPES: Final = frozenset(
    (
        FieldDescriptor.TYPE_INT32,
        FieldDescriptor.TYPE_INT64,
        FieldDescriptor.TYPE_UINT32,
        FieldDescriptor.TYPE_UINT64,
        FieldDescriptor.TYPE_BOOL,
        FieldDescriptor.TYPE_ENUM,
    )
)

Unknown: TypeAlias = dict[tuple[int | str, ...], bytes]
"""Path of a message inside the section → the raw bytes of its unknown fields, in order."""


def descriptor_of(kind: type[Message]) -> Descriptor:
    """The descriptor of a generated class; its type stub also admits the C implementation's own."""
    return cast(Descriptor, kind.DESCRIPTOR)


def _message_type(field: FieldDescriptor) -> Descriptor:
    return cast(Descriptor, field.message_type)


class Parser(Generic[M]):
    """The methods of one generated class: looking one up on a message costs as much as calling it."""

    __slots__ = ("descriptor", "discard_unknown", "from_bytes", "name", "to_bytes")

    def __init__(self, kind: type[M]) -> None:
        self.descriptor = descriptor_of(kind)
        self.name = self.descriptor.name
        self.from_bytes: Callable[[bytes], M] = kind.FromString
        self.discard_unknown: Callable[[M], None] = kind.DiscardUnknownFields
        self.to_bytes: Callable[[M], bytes] = kind.SerializeToString


def parse(kind: Parser[M], data: bytes, closed: bool) -> tuple[M, bool]:
    """Parse canonical bytes. Returns the message without unknown fields, and whether there were any; a `closed` message
    may have none.

    Raises PeerError: wire.malformed, wire.not-canonical, wire.unknown-field.
    """
    try:
        message = kind.from_bytes(data)
    except (DecodeError, ValueError, TypeError):
        raise PeerError("wire.malformed", kind.name) from None
    kind.discard_unknown(message)
    # Only maps have more than one order, and the plans refuse maps.
    known = kind.to_bytes(message)
    if known == data:
        return message, False
    if closed:
        # No walk here: a stranger's envelope of some megabytes of tiny fields would keep it busy for seconds.
        whole = kind.to_bytes(kind.from_bytes(data))
        raise PeerError("wire.unknown-field" if whole != known else "wire.not-canonical", kind.name)
    if not unknown_fields(kind.descriptor, data):
        # The walk above refuses every known deviation by itself; this is the belt to its braces.
        raise PeerError("wire.not-canonical", kind.name)
    return message, True


class _Field(NamedTuple):
    number: int
    wire_type: int
    start: int  # of the tag
    body: int  # of the value, behind the length if there is one
    end: int


def _varint(data: bytes, at: int, end: int, where: str) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= end or shift > 63:
            raise PeerError("wire.malformed", where)
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            if (byte == 0 and shift) or value >= 1 << 64:
                raise PeerError("wire.not-canonical", where)
            return value, at
        shift += 7


def _fields(data: bytes, at: int, end: int, where: str) -> Iterator[_Field]:
    while at < end:
        start = at
        tag, at = _varint(data, at, end, where)
        number, wire_type = tag >> 3, tag & 7
        if not 0 < number < 1 << 29:
            raise PeerError("wire.malformed", where)
        body = at
        if wire_type == _VARINT:
            _, at = _varint(data, at, end, where)
        elif wire_type == _LEN:
            length, body = _varint(data, at, end, where)
            at = body + length
        elif wire_type in (_I64, _I32):
            at += 8 if wire_type == _I64 else 4
        else:
            raise PeerError("wire.not-canonical", where)
        if at > end:
            raise PeerError("wire.malformed", where)
        yield _Field(number, wire_type, start, body, at)


def unknown_fields(descriptor: Descriptor, data: bytes) -> Unknown:
    """Walk `data` as `descriptor`, hold it against the profile, and collect the fields the descriptor lacks.

    Raises PeerError: wire.malformed, wire.not-canonical.
    """
    found: Unknown = {}
    _walk(descriptor, data, 0, len(data), (), found)
    return found


def _walk(
    descriptor: Descriptor, data: bytes, start: int, end: int, path: tuple[int | str, ...], found: Unknown
) -> None:
    where = descriptor.name
    if len(path) > 2 * _MAX_DEPTH:
        raise PeerError("wire.malformed", where)
    last = 0
    count = 0
    oneofs: set[str] = set()
    unknown: list[bytes] = []
    by_number = descriptor.fields_by_number
    for field in _fields(data, start, end, where):
        known = by_number.get(field.number)
        repeats = field.number == last
        count = count + 1 if repeats else 0
        if field.number < last:
            raise PeerError("wire.not-canonical", where)
        last = field.number
        if known is None:
            unknown.append(data[field.start : field.end])
            continue
        packed = known.is_repeated and known.type in _PACKED_TYPES
        if (repeats and (packed or not known.is_repeated)) or not _wire_type_fits(known, field.wire_type, packed):
            raise PeerError("wire.not-canonical", where)
        oneof = known.containing_oneof
        if oneof is not None and len(oneof.fields) > 1:
            if oneof.name in oneofs:
                raise PeerError("wire.not-canonical", where)
            oneofs.add(oneof.name)
        if packed:
            _packed(known, data, field, where)
        elif known.type == FieldDescriptor.TYPE_MESSAGE:
            inner = (*path, known.name, count) if known.is_repeated else (*path, known.name)
            _walk(_message_type(known), data, field.body, field.end, inner, found)
        elif field.wire_type == _VARINT:
            _scalar(known, _varint(data, field.body, field.end, where)[0], where)
    if unknown:
        found[path] = b"".join(unknown)


def _wire_type_fits(known: FieldDescriptor, wire_type: int, packed: bool) -> bool:
    if packed:
        return wire_type == _LEN
    return wire_type == (_VARINT if known.type in _PACKED_TYPES else _LEN)


def _packed(known: FieldDescriptor, data: bytes, field: _Field, where: str) -> None:
    at = field.body
    if at == field.end:
        raise PeerError("wire.not-canonical", where)
    while at < field.end:
        value, at = _varint(data, at, field.end, where)
        _scalar(known, value, where)


def _scalar(known: FieldDescriptor, value: int, where: str) -> None:
    """A value outside its type's range would be cut on reading, so that two encodings meant the same."""
    kind = known.type
    if kind == FieldDescriptor.TYPE_BOOL:
        fits = value <= 1
    elif kind == FieldDescriptor.TYPE_UINT32:
        fits = value < 1 << 32
    elif kind in (FieldDescriptor.TYPE_INT32, FieldDescriptor.TYPE_ENUM):
        fits = value < 1 << 31 or value >= (1 << 64) - (1 << 31)
    else:
        fits = True
    if not fits:
        raise PeerError("wire.not-canonical", where)


def merge_unknown(descriptor: Descriptor, data: bytes) -> bytes:
    """Put every field of `data` into ascending order, recursively: protobuf writes unknown fields last."""
    return _merge(descriptor, data, 0, len(data))


def _merge(descriptor: Descriptor, data: bytes, start: int, end: int) -> bytes:
    parts: list[tuple[int, bytes]] = []
    for field in _fields(data, start, end, descriptor.name):
        known = descriptor.fields_by_number.get(field.number)
        piece = data[field.start : field.end]
        if known is not None and known.type == FieldDescriptor.TYPE_MESSAGE:
            inner = _merge(_message_type(known), data, field.body, field.end)
            # Reordering keeps the length, so tag and length bytes stand as they were.
            piece = data[field.start : field.body] + inner
        parts.append((field.number, piece))
    parts.sort(key=lambda part: part[0])
    return b"".join(piece for _, piece in parts)
