"""What stands in a model's annotations, for tests that speak of all models at once. Draws nothing."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from referral_proto.model.base import Noun
from tests.strategies.sections import Bounds, bounds


def bare(annotation: Any) -> type:
    """The type of one item: without Annotated, None, NewType and tuple."""
    origin, arms = typing.get_origin(annotation), typing.get_args(annotation)
    if isinstance(annotation, typing.NewType):
        return bare(annotation.__supertype__)
    if origin in (types.UnionType, typing.Union):
        return bare(next(arm for arm in arms if arm is not type(None)))
    if origin in (typing.Annotated, tuple):
        return bare(arms[0])
    assert isinstance(annotation, type)
    return annotation


def levels(annotation: Any, metadata: tuple[Any, ...] = ()) -> Iterator[tuple[type, Bounds]]:
    """Each level of an annotation with its bounds: a list first, then its items."""
    origin, arms = typing.get_origin(annotation), typing.get_args(annotation)
    if isinstance(annotation, typing.NewType):
        yield from levels(annotation.__supertype__, metadata)
    elif origin is typing.Annotated:
        yield from levels(arms[0], (*annotation.__metadata__, *metadata))
    elif origin in (types.UnionType, typing.Union):
        yield from levels(next(arm for arm in arms if arm is not type(None)), metadata)
    elif origin is tuple:
        yield tuple, bounds(metadata)
        yield from levels(arms[0])
    else:
        yield annotation, bounds(metadata)


def fields_below(model: type[Noun]) -> Iterator[tuple[str, FieldInfo]]:
    """`Noun.field` for every field of the model and of the nouns inside it."""
    for noun in nouns_below(model):
        for name, field in noun.model_fields.items():
            yield f"{noun.__name__}.{name}", field


def types_of(model: type[Noun]) -> Iterator[type]:
    """The bare type of each field."""
    return (bare(field.annotation) for field in model.model_fields.values())


def nouns_below(model: type[Noun]) -> set[type[Noun]]:
    """The model and every noun inside it."""
    found = {model}
    for kind in types_of(model):
        if issubclass(kind, Noun):
            found |= nouns_below(kind)
    return found
