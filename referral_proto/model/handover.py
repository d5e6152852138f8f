"""Handover: place, time, two officers, how identity is checked, what goes along. No reason why the person travels.

One section serves both messages: proposed, and confirmed by each agency in a message that it signs itself.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from referral_proto.model.base import Part, Section
from referral_proto.model.codes.person import DocumentType
from referral_proto.model.codes.travel import (
    BelongingKind,
    ConditionAtHandover,
    HandoverResult,
    IdentityCheck,
    SignatureForm,
)
from referral_proto.model.contacts import Interpreter, Officer
from referral_proto.model.kinds import Agency, SmallCount
from referral_proto.model.places import Place
from referral_proto.moment import Moment

__all__ = ["Belonging", "Handover"]


class Belonging(Part):
    """A kind of belonging and how many pieces; values are on the paper that the person keeps."""

    kind: BelongingKind
    pieces: SmallCount | None = None
    received: bool | None = None


class Handover(Section):
    """One handover. `planned_at` was proposed, `happened_at` took place; `owner` answers for the case from then."""

    place: Place | None = None
    planned_at: Moment | None = None
    giving_agency: Agency | None = None
    giving_officer: Officer | None = None
    receiving_agency: Agency | None = None
    receiving_officer: Officer | None = None
    identity_checks: Annotated[tuple[IdentityCheck, ...], Field(max_length=8)] = ()
    belongings: Annotated[tuple[Belonging, ...], Field(max_length=16)] = ()
    documents: Annotated[tuple[DocumentType, ...], Field(max_length=16)] = ()
    interpreter: Interpreter | None = None
    companions: SmallCount | None = None
    result: HandoverResult | None = None
    happened_at: Moment | None = None
    condition: ConditionAtHandover | None = None
    person_signature: SignatureForm | None = None
    owner: Agency | None = None
