"""Draws sections, nouns and codes of any type from the annotations of the models. Knows no section by name.

A new field or section type is covered the moment it stands in `model/`. Values are valid, invented and small; what a
newer partner would send (codes and fields that this version lacks) is drawn only where `newer` asks for it.

    section(SectionType.IDENTITY)      any valid Identity
    any_section(newer=True)            any section, with unknown codes and fields in it
    noun(Document)                     any valid noun
"""

from __future__ import annotations

import functools
import re
import types
import typing
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from pydantic.fields import FieldInfo

from referral_proto.model.base import Absence, Noun, Section
from referral_proto.model.codes.code import Code
from referral_proto.model.codes.evidence import ClaimKind, EvidenceKind
from referral_proto.model.codes.exchange import AbsenceReason
from referral_proto.model.consent import Override
from referral_proto.model.evidence import Claim, EvidenceBundle, EvidenceDelivery
from referral_proto.model.names import PersonName
from referral_proto.model.section import SECTION_MODELS, AnySection, SectionType
from referral_proto.moment import Moment

MANY = 3
LONGEST = 60
FOREIGN_NUMBERS = st.integers(min_value=5_000, max_value=2**31 - 1)


class Bounds(NamedTuple):
    """What the constraints of one annotation allow."""

    low: int = 0
    high: int | None = None
    pattern: str | None = None


def bounds(metadata: Iterable[Any]) -> Bounds:
    """Fold pydantic's and annotated-types' constraints into one."""
    low, high, pattern = 0, None, None
    for item in metadata:
        if isinstance(item, FieldInfo):
            inner = bounds(item.metadata)
            low, high, pattern = max(low, inner.low), inner.high or high, inner.pattern or pattern
            continue
        low = next((v for n in ("min_length", "ge") if (v := getattr(item, n, None)) is not None), low)
        high = next((v for n in ("max_length", "le") if (v := getattr(item, n, None)) is not None), high)
        if (below := getattr(item, "lt", None)) is not None:
            high = below - 1
        pattern = getattr(item, "pattern", None) or pattern
    return Bounds(low, high, pattern)


def codes(kind: type[Code], newer: bool = False) -> SearchStrategy[Any]:
    """Members of a list; with `newer`, also numbers that it lacks."""
    known = st.sampled_from(list(kind))
    return known | FOREIGN_NUMBERS.map(kind) if newer else known


def moments() -> SearchStrategy[Moment]:
    """Any moment from 1970 to 9999."""
    return st.integers(min_value=0, max_value=253_402_300_799).map(Moment)


@st.composite
def foreign_fields(draw: st.DrawFn) -> bytes:
    """Canonical bytes of fields that no message of this version has: ascending numbers, varints and short strings."""
    numbers = draw(st.lists(st.integers(min_value=5_000, max_value=9_999), unique=True, max_size=2))
    out = b""
    for number in sorted(numbers):
        if draw(st.booleans()):
            out += varint(number << 3) + varint(draw(st.integers(min_value=0, max_value=2**64 - 1)))
        else:
            text = draw(st.binary(max_size=12))
            out += varint(number << 3 | 2) + varint(len(text)) + text
    return out


def varint(value: int) -> bytes:
    """A minimal base-128 varint."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def texts(limits: Bounds) -> SearchStrategy[str]:
    """Strings within the bounds that match the pattern."""
    high = min(limits.high or LONGEST, LONGEST)
    if limits.pattern is None:
        return st.text(min_size=limits.low, max_size=high)
    pattern = re.compile(limits.pattern.removeprefix("^").removesuffix("$"))
    return st.from_regex(pattern, fullmatch=True).filter(lambda text: limits.low <= len(text) <= high)


def values(annotation: Any, metadata: tuple[Any, ...] = (), newer: bool = False) -> SearchStrategy[Any]:
    """Values of one annotation, never None."""
    origin, arms = typing.get_origin(annotation), typing.get_args(annotation)
    if isinstance(annotation, typing.NewType):
        return values(annotation.__supertype__, metadata, newer)
    if origin is typing.Annotated:
        return values(arms[0], (*annotation.__metadata__, *metadata), newer)
    if origin in (types.UnionType, typing.Union):
        return st.one_of([values(arm, metadata, newer) for arm in arms if arm is not type(None)])
    limits = bounds(metadata)
    if origin is tuple:
        most = max(limits.low, min(limits.high or MANY, MANY))
        return st.lists(values(arms[0], (), newer), min_size=limits.low, max_size=most).map(tuple)
    if annotation is str:
        return texts(limits)
    if annotation is bytes:
        return st.binary(min_size=limits.low, max_size=max(limits.low, min(limits.high or LONGEST, LONGEST)))
    if annotation is bool:
        return st.booleans()
    if annotation is int:
        return st.integers(min_value=limits.low, max_value=2**31 - 1 if limits.high is None else limits.high)
    if annotation is Moment:
        return moments()
    if issubclass(annotation, Code):
        return codes(annotation, newer)
    return noun(annotation, newer)


def _transliterations(drawn: dict[str, Any]) -> dict[str, Any]:
    beyond = range(len(drawn["parts"]), 32)
    parts = tuple(
        part.model_copy(update={"transliteration_of": None}) if part.transliteration_of in (at, *beyond) else part
        for at, part in enumerate(drawn["parts"])
    )
    return drawn | {"parts": parts}


def _two_officers(drawn: dict[str, Any]) -> dict[str, Any]:
    assume(drawn["officer"].reference != drawn["second_approver"].reference)
    return drawn


def _claim(drawn: dict[str, Any]) -> dict[str, Any]:
    return drawn | {"kind": ClaimKind(77)}


def _delivery(drawn: dict[str, Any]) -> dict[str, Any]:
    return drawn if drawn.get("acknowledgement") else drawn | {"acknowledgement_receipt": None}


def _bundle(drawn: dict[str, Any]) -> dict[str, Any]:
    """An exchange, if it has messages."""
    assume(drawn.get("messages"))
    return drawn | {"kind": EvidenceKind.EXCHANGE, "access": None, "entries": ()}


REPAIRS: dict[type[Noun], Callable[[dict[str, Any]], dict[str, Any]]] = {
    PersonName: _transliterations,
    Override: _two_officers,
    Claim: _claim,
    EvidenceDelivery: _delivery,
    EvidenceBundle: _bundle,
}
"""Nouns whose fields depend on each other, and how a drawn one is made to hold."""


@st.composite
def _absences(draw: st.DrawFn, model: type[Section], drawn: dict[str, Any], newer: bool) -> tuple[Absence, ...]:
    empty = [name for name in model.numbers if drawn.get(name) in (None, ())]
    chosen = draw(st.sets(st.sampled_from(empty), max_size=MANY)) if empty else set()
    foreign = draw(st.sets(st.integers(5_000, 2**29 - 1), max_size=1)) if newer else set()
    fields = [name for name in model.numbers if name in chosen] + [f"#{number}" for number in sorted(foreign)]
    return tuple(Absence(field=field, reason=draw(codes(AbsenceReason, newer))) for field in fields)


@functools.cache
def noun(model: type[Noun], newer: bool = False) -> SearchStrategy[Any]:
    """Valid values of a model, at every depth."""
    fields = {
        name: values(field.annotation, tuple(field.metadata), newer) for name, field in model.model_fields.items()
    }
    # One draw says which optional fields are filled: about a quarter, or sections of nested nouns would grow large.
    mask = st.integers(min_value=0, max_value=2 ** len(fields) - 1)
    masks = st.just(0) | mask | st.builds(int.__and__, mask, mask)

    @st.composite
    def draw_noun(draw: st.DrawFn) -> Noun:
        drawn: dict[str, Any] = {}
        filled = draw(masks)
        for at, (name, field) in enumerate(model.model_fields.items()):
            if name == "unrecognised":
                drawn[name] = draw(foreign_fields()) if newer else b""
            elif name != "absent" and (field.is_required() or filled >> at & 1):
                drawn[name] = draw(fields[name])
        if model in REPAIRS:
            drawn = REPAIRS[model](drawn)
        if issubclass(model, Section):
            drawn["absent"] = draw(_absences(model, drawn, newer))
        return model(**drawn)

    return draw_noun()


def section(kind: SectionType, newer: bool = False) -> SearchStrategy[Any]:
    """Valid sections of one type. Control is closed: `newer` gives it unknown codes, never unknown fields."""
    return noun(SECTION_MODELS[kind], newer)


def any_section(newer: bool = False) -> SearchStrategy[AnySection]:
    """Valid sections of every type."""
    return st.sampled_from(list(SectionType)).flatmap(lambda kind: section(kind, newer))


def sections(newer: bool = False) -> SearchStrategy[list[AnySection]]:
    """What one message may hold beside its control section: sections of different types, in any order."""
    kinds = st.lists(st.sampled_from([k for k in SectionType if k is not SectionType.CONTROL]), unique=True, max_size=6)
    return kinds.flatmap(lambda chosen: st.tuples(*[section(kind, newer) for kind in chosen]).map(list))
