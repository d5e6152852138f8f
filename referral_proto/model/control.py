"""The control section: what a message is, why it is sent, by when it must be answered, who was given what.

Readable by every recipient of the envelope, so nothing about the person stands here. Closed: no absences, no unknown
fields. Whether a control fits its envelope and its thread is judged in `flow`.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from referral_proto.model.base import Noun
from referral_proto.model.codes.case import Service
from referral_proto.model.codes.exchange import (
    AnswerReason,
    CaseOutcome,
    ClockKind,
    DisclosureState,
    LegalBasis,
    MessageKind,
    Purpose,
    SectionType,
    TransferSafeguard,
    UseRestriction,
)
from referral_proto.model.codes.organisation import OfficerRole
from referral_proto.model.kinds import Agency, Hash, Reference, Thread
from referral_proto.moment import Moment

__all__ = ["Clock", "Control", "DisclosureRow"]


class Clock(Noun):
    """A deadline that this message sets or repeats. Its length comes from the corridor profile, never from code."""

    kind: ClockKind
    due_at: Moment


class DisclosureRow(Noun):
    """What became of one section type for one recipient; `recipient` is the index in the core's list."""

    section: SectionType
    recipient: Annotated[int, Field(ge=0, le=15)]
    state: DisclosureState


class Control(Noun):
    """Index 0 of every message.

    `heads`: leaves of the newest messages of the thread that the sender has seen. `about`: leaves of the messages that
    this one answers, revokes, erases or could not read. `matrix_digest`, `profile_digest`: the rules that were
    applied. `erased_at`: since when an erasure is in effect. The officer is named by role and by a reference that
    means something inside the agency only.
    """

    kind: MessageKind
    thread: Thread
    heads: Annotated[tuple[Hash, ...], Field(max_length=64)] = ()
    purpose: Purpose
    legal_basis: LegalBasis | None = None
    transfer_safeguard: TransferSafeguard | None = None
    clocks: Annotated[tuple[Clock, ...], Field(max_length=16)] = ()
    use_restrictions: Annotated[tuple[UseRestriction, ...], Field(max_length=32)] = ()
    matrix_digest: Hash | None = None
    profile_digest: Hash | None = None
    table: Annotated[tuple[DisclosureRow, ...], Field(max_length=512)] = ()
    participants: Annotated[tuple[Agency, ...], Field(max_length=64)] = ()
    answer_reason: AnswerReason | None = None
    redirect_to: Agency | None = None
    asked: Annotated[tuple[SectionType, ...], Field(max_length=32)] = ()
    services: Annotated[tuple[Service, ...], Field(max_length=32)] = ()
    about: Annotated[tuple[Hash, ...], Field(max_length=64)] = ()
    outcome: CaseOutcome | None = None
    erased_at: Moment | None = None
    officer_role: OfficerRole | None = None
    officer_reference: Reference | None = None
