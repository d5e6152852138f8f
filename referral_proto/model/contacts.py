"""People who act for an agency, and ways to reach someone safely. An officer is a role and a reference, no name."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from referral_proto.model.base import Part
from referral_proto.model.codes.organisation import OfficerRole
from referral_proto.model.codes.protection import ContactMethod, ContactOwner, ContactRule
from referral_proto.model.codes.screening import InterpreterKind
from referral_proto.model.kinds import Agency, Language, Reference, Text

__all__ = ["Interpreter", "Officer", "SafeContact"]


class Officer(Part):
    """Who acted. `reference` is resolved inside the officer's own agency and nowhere else."""

    role: OfficerRole
    reference: Reference
    agency: Agency | None = None


class Interpreter(Part):
    """Who interpreted, from which language. `conflict_declared`: the interpreter knows someone who is involved."""

    kind: InterpreterKind
    language: Language | None = None
    reference: Reference | None = None
    conflict_declared: bool | None = None


class SafeContact(Part):
    """A way to reach someone that the person called safe, and what to mind."""

    method: ContactMethod
    owner: ContactOwner | None = None
    value: Text | None = None
    agency: Agency | None = None
    language: Language | None = None
    rules: Annotated[tuple[ContactRule, ...], Field(max_length=16)] = ()
