"""An opened message as indented lines for a person to read. Pure; nothing of it is stored, logged or sent.

Said apart, always: what has a value, what has none and why, what has none and nobody said why, what a newer version
wrote and this one cannot read, and what was kept from view because it should not have been sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from referral_proto.cli.voice import Style
from referral_proto.cli.words import Words
from referral_proto.crypto.keytext import fingerprint
from referral_proto.flow.open import Opened
from referral_proto.model.base import Noun, Section
from referral_proto.model.codes.code import Code
from referral_proto.model.codes.exchange import DisclosureState, SectionType
from referral_proto.model.names import PersonName
from referral_proto.moment import Moment

__all__ = ["Line", "lines", "section_lines"]

_APART = frozenset({"absent", "unrecognised"})
_IN_TABLE = frozenset({"table"})


class Line(NamedTuple):
    """`depth` steps of indentation."""

    depth: int
    text: str
    style: Style = Style.PLAIN


def lines(opened: Opened, words: Words) -> Iterator[Line]:
    """The whole message: head, control, who was given what, the sections, and what is not shown."""
    yield from _head(opened, words)
    yield Line(0, "")
    yield Line(0, words.code(SectionType.CONTROL), Style.HEAD)
    yield from _fields(opened.control, words, 1, _IN_TABLE)
    yield Line(1, words.phrase("table"))
    yield from _table(opened, words)
    for one in opened.sections:
        yield Line(0, "")
        yield Line(0, words.code(one.type), Style.HEAD)
        yield from _section(one.section, words)
    yield from _kept_back(opened, words)


def section_lines(section: Noun, words: Words) -> Iterator[Line]:
    """One section: its fields, one step in, and what it does not say."""
    yield from _section(section, words)


def _head(opened: Opened, words: Words) -> Iterator[Line]:
    core, control = opened.admitted.core, opened.control
    yield Line(0, f"{words.code(control.kind)}: {words.code(control.purpose)}", Style.HEAD)
    yield Line(1, f"{words.phrase('from')}: {core.sender.agency}")
    yield Line(1, f"{words.phrase('to')}: {', '.join(one.agency for one in core.recipients)}")
    yield Line(1, f"{words.phrase('made')}: {core.created_at.iso()}")
    yield Line(1, f"{words.phrase('leaf')}: {opened.admitted.leaf.hex()}")
    yield Line(1, f"{words.phrase('key')}: {fingerprint(core.sender.keyset)}")
    yield Line(1, f"{words.phrase('checked')} {opened.admitted.at.iso()}", Style.GOOD)


def _table(opened: Opened, words: Words) -> Iterator[Line]:
    agencies = [one.agency for one in opened.admitted.core.recipients]
    for row in opened.control.table:
        style = Style.PLAIN if row.state == DisclosureState.GIVEN else Style.MARK
        text = f"{words.code(row.section)}, {agencies[row.recipient]}: {words.code(row.state)}"
        yield Line(2, text, style)
    if not opened.control.table:
        yield Line(2, words.phrase("control-only"), Style.QUIET)


def _kept_back(opened: Opened, words: Words) -> Iterator[Line]:
    if opened.quarantined or opened.unrecognised or opened.other_matrix:
        yield Line(0, "")
        yield Line(0, words.phrase("not-shown"), Style.HEAD)
    for kind in opened.quarantined:
        yield Line(1, f"{words.code(kind)}: {words.phrase('quarantined')}", Style.BAD)
    for number in opened.unrecognised:
        yield Line(1, f"{words.phrase('section-type')} {number}: {words.phrase('newer')}", Style.MARK)
    if opened.other_matrix:
        yield Line(1, words.phrase("other-matrix"), Style.MARK)


def _section(section: Noun, words: Words) -> Iterator[Line]:
    yield from _fields(section, words, 1, frozenset())
    if not isinstance(section, Section):
        return
    for absence in section.absent:
        yield Line(
            1,
            f"{words.field(type(section), absence.field)}: {words.phrase('no-value')}, {words.code(absence.reason)}",
            Style.MARK,
        )
    excused = {absence.field for absence in section.absent}
    silent = [
        words.field(type(section), field)
        for field in section.numbers
        if getattr(section, field) in (None, ()) and field not in excused
    ]
    if silent:
        yield Line(1, f"{words.phrase('silent')}: {', '.join(silent)}", Style.QUIET)


def _fields(noun: Noun, words: Words, depth: int, apart: frozenset[str]) -> Iterator[Line]:
    for field in type(noun).model_fields:
        value = getattr(noun, field)
        if field not in _APART | apart and value not in (None, ()):
            yield from _value(words.field(type(noun), field), value, words, depth)
    foreign = getattr(noun, "unrecognised", b"")
    if foreign:
        yield _foreign(len(foreign), words, depth)


def _value(label: str, value: Any, words: Words, depth: int) -> Iterator[Line]:
    if isinstance(value, PersonName):
        yield from _name(label, value, words, depth)
    elif isinstance(value, Noun):
        yield Line(depth, f"{label}:")
        yield from _fields(value, words, depth + 1, frozenset())
    elif isinstance(value, tuple) and isinstance(value[0], Noun):
        for place, one in enumerate(value, 1):
            yield from _value(label if len(value) == 1 else f"{label} {place}", one, words, depth)
    elif isinstance(value, tuple):
        style = Style.PLAIN if all(map(_known, value)) else Style.MARK
        yield Line(depth, f"{label}: {', '.join(_plain(one, words) for one in value)}", style)
    elif isinstance(value, str) and "\n" in value:
        yield Line(depth, f"{label}:")
        for line in value.splitlines():
            yield Line(depth + 1, line)
    else:
        yield Line(depth, f"{label}: {_plain(value, words)}", Style.PLAIN if _known(value) else Style.MARK)


def _name(label: str, name: PersonName, words: Words, depth: int) -> Iterator[Line]:
    """One line for each script, the parts in their order."""
    kind = "" if name.kind is None else f" ({words.code(name.kind)})"
    yield Line(depth, f"{label}{kind}:")
    scripts = dict.fromkeys(part.script for part in name.parts)
    for script in scripts:
        parts = [part for part in name.parts if part.script == script]
        roles = " + ".join(words.code(part.role) if part.role else "?" for part in parts)
        yield Line(depth + 1, f"{script}: {' '.join(part.text for part in parts)} ({roles})")
    foreign = sum(len(part.unrecognised) for part in (name, *name.parts))
    if foreign:
        yield _foreign(foreign, words, depth + 1)


def _foreign(size: int, words: Words, depth: int) -> Line:
    text = f"{words.phrase('fields')} {words.phrase('newer')}: {size} {words.phrase('bytes')}"
    return Line(depth, text, Style.MARK)


def _known(value: Any) -> bool:
    return not isinstance(value, Code) or value.recognised


def _plain(value: Any, words: Words) -> str:
    if isinstance(value, Code):
        return words.code(value)
    if isinstance(value, Moment):
        return value.iso()
    if isinstance(value, bool):
        return words.phrase("yes" if value else "no")
    return value.hex() if isinstance(value, bytes) else str(value)
