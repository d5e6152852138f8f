"""Forms: what a caseworker's program hands to the desk, as JSON, read strictly. Errors name a place, never a value.

The referral is the library's. The answer is the node's own: what is answered, and the findings as the same sections.

    {"kind": "VERIFICATION_RESULT", "findings": {"identity": {"verification": {"outcome": "VERIFIED"}}}}
"""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import Field, ValidationError

from reference_node import faults
from referral_proto import Answer, CallerError, Referral, SectionType
from referral_proto.adapters.referral_json import read_referral
from referral_proto.model.base import Noun
from referral_proto.model.codes.exchange import AnswerReason, LegalBasis, MessageKind
from referral_proto.model.control import Clock
from referral_proto.model.kinds import Agency

__all__ = ["AnswerForm", "read_answer", "read_referral"]

assert faults.DESK  # the codes below are declared there

_FINDINGS = "findings"


class AnswerForm(Noun):
    """An answer without its findings."""

    kind: MessageKind
    reason: AnswerReason | None = None
    redirect_to: Agency | None = None
    asked: Annotated[tuple[SectionType, ...], Field(max_length=32)] = ()
    clocks: Annotated[tuple[Clock, ...], Field(max_length=16)] = ()
    legal_basis: LegalBasis | None = None


def read_answer(data: bytes) -> Answer:
    """Raises CallerError desk.form (where: the field), referral.* for the findings."""
    whole = _object(data)
    findings = whole.pop(_FINDINGS, None)
    referral = Referral() if findings is None else read_referral(json.dumps(findings).encode())
    refusal: CallerError
    try:
        form = AnswerForm.model_validate_json(json.dumps(whole))
    except ValidationError as error:
        refusal = CallerError("desk.form", _field(error))
    else:
        return Answer(
            kind=form.kind,
            reason=form.reason,
            redirect_to=form.redirect_to,
            asked=form.asked,
            clocks=form.clocks,
            sections=tuple(section for _, section in referral.sections()),
            legal_basis=form.legal_basis,
        )
    # Raised outside the handler: what it holds must not ride along as context.
    raise refusal


def _object(data: bytes) -> dict[str, Any]:
    place = ""
    try:
        whole = json.loads(data)
        if isinstance(whole, dict):
            return whole
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
    except (UnicodeDecodeError, RecursionError):
        pass
    raise CallerError("desk.form", place)


def _field(error: ValidationError) -> str:
    """The path of the first wrong field; a name that is not ours is not repeated."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    known = [str(step) for step in first["loc"] if isinstance(step, int) or step in _NAMES]
    return ".".join(known)


_NAMES = frozenset((*AnswerForm.model_fields, *Clock.model_fields))
