"""The referral as an officer's program or editor writes it: JSON, read strictly. Errors name a place, never a value.

A misspelt field is refused, not dropped: what was meant to protect a person must not vanish silently.
"""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from difflib import get_close_matches
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError

from referral_proto.errors import CallerError
from referral_proto.model.referral import Referral

__all__ = ["LARGEST_REFERRAL", "read_referral"]

LARGEST_REFERRAL: Final = 4 * 1024 * 1024
"""Bytes; more than all sections together may hold once sealed."""


def read_referral(data: bytes) -> Referral:
    """The referral in `data`, UTF-8 JSON.

    Raises CallerError referral.not-json (where: line and column), .unknown-field, .missing-field, .invalid-value
    (where: the path of the field).
    """
    refusal: CallerError
    try:
        # Windows editors begin a file with a byte order mark.
        text = data.removeprefix(BOM_UTF8)
        json.loads(text, object_pairs_hook=_once)
        return Referral.model_validate_json(text)
    except json.JSONDecodeError as error:
        refusal = CallerError("referral.not-json", f"line {error.lineno}, column {error.colno}")
    except ValidationError as error:
        refusal = _refusal(error)
    except _Twice:
        refusal = CallerError("referral.not-json", "a field stands twice in one object")
    except (ValueError, RecursionError):
        refusal = CallerError("referral.not-json")
    # Raised outside the handlers: what they hold carries the person's data and must not ride along as context.
    raise refusal


class _Twice(Exception):
    """A name stands twice in one JSON object: programs disagree about which value counts."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Twice
    return found


def _refusal(error: ValidationError) -> CallerError:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    # A misspelt name is the cause when the right one is missing as well.
    first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])
    if first["type"] == "json_invalid":
        return CallerError("referral.not-json")
    path, model = _place(first["loc"])
    if first["type"] == "extra_forbidden":
        # The name that was typed is not repeated, since it is not ours; the nearest of our own names is.
        near = get_close_matches(str(first["loc"][-1]), list(model.model_fields) if model else (), n=1)
        hint = f"did you mean {near[0]}?" if near else "see docs/cli.md"
        return CallerError("referral.unknown-field", f"{path or 'the referral'}: {hint}")
    code = "referral.missing-field" if first["type"] == "missing" else "referral.invalid-value"
    return CallerError(code, path)


def _place(loc: tuple[int | str, ...]) -> tuple[str, type[BaseModel] | None]:
    """The known part of a path, and the model that stands there."""
    model: type[BaseModel] | None = Referral
    path: list[str] = []
    for step in loc:
        if isinstance(step, int):
            path.append(str(step))
            continue
        field = model.model_fields.get(step) if model is not None else None
        if field is None:
            break
        path.append(step)
        model = _inner(field.annotation)
    return ".".join(path), model


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _inner(part)) is not None), None)
