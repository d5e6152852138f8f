"""What signing means, as lines: a record against the one before, a draft against the file in force. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from referral_proto.cli.record_facts import facts, signers
from referral_proto.trust.issue import read_record

__all__ = ["difference", "record_document"]

_BOOKKEEPING = frozenset({"sequence", "previous", "issued_at"})


def difference(before: bytes | None, after: bytes) -> Iterator[str]:
    """`+ name: …` and `- name: …` for what the record adds and takes away; every fact of a first record."""
    old = {} if before is None else facts(read_record(before)[1])
    new = facts(read_record(after)[1])
    for name in dict.fromkeys((*old, *new)):
        if name in _BOOKKEEPING:
            continue
        was, now = _list(old.get(name)), _list(new.get(name))
        label = name.replace("_", " ")
        yield from (f"- {label}: {one}" for one in was if one not in now)
        yield from (f"+ {label}: {one}" for one in now if one not in was)


def record_document(data: bytes) -> dict[str, Any]:
    """The record for --json: its facts and who has signed."""
    signed, inner = read_record(data)
    return {"record": facts(inner), "signers": signers(signed)}


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
