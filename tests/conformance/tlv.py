"""Protobuf by hand, canonical or not: tags, varints and fields as raw bytes. Knows no message."""

from __future__ import annotations


def varint(value: int, longer: int = 0) -> bytes:
    """Base-128; `longer` adds that many bytes that change nothing but the length."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    for _ in range(longer):
        out[-1] |= 0x80
        out.append(0)
    return bytes(out)


def tag(number: int, wire_type: int) -> bytes:
    """The tag of a field."""
    return varint(number << 3 | wire_type)


def number(field: int, value: int) -> bytes:
    """A varint field."""
    return tag(field, 0) + varint(value)


def text(field: int, value: bytes | str) -> bytes:
    """A length-delimited field: bytes, string, message or packed numbers."""
    data = value.encode() if isinstance(value, str) else value
    return tag(field, 2) + varint(len(data)) + data
