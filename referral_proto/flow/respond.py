"""respond: an answer to an opened message, addressed to its sender, in its thread, about its leaf. Seals nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from referral_proto.errors import CallerError, PeerError
from referral_proto.flow.minimise import Disclosure, Dropped, Intent, Minimised
from referral_proto.flow.open import ANSWERS, Opened
from referral_proto.ids import AgencyId, Digest, Leaf, ThreadId
from referral_proto.model.codes.exchange import (
    AnswerReason,
    DisclosureState,
    LegalBasis,
    MessageKind,
    SectionType,
)
from referral_proto.model.control import Clock, Control, DisclosureRow
from referral_proto.model.section import SECTION_TYPES, AnySection
from referral_proto.policy.consent import Reason
from referral_proto.policy.matrix import MATRIX_DIGEST, granted
from referral_proto.trust.directory import Directory

__all__ = ["Answer", "check_answer", "respond"]

_NEEDS_REASON: Final = frozenset((MessageKind.DECLINE,))


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered. `sections` are the answerer's own findings, such as the result of a verification."""

    kind: MessageKind
    reason: AnswerReason | None = None
    redirect_to: AgencyId | None = None
    asked: tuple[SectionType, ...] = ()
    clocks: tuple[Clock, ...] = ()
    sections: tuple[AnySection, ...] = field(default=(), repr=False)
    legal_basis: LegalBasis | None = None


def respond(opened: Opened, answer: Answer, directory: Directory) -> Minimised:
    """The answer as a disclosure to the sender alone. Sections pass the matrix for the purpose of the message that is
    answered; consent does not stand against telling a sender about a person whom it referred itself.

    Raises CallerError respond.not-a-request, respond.kind, respond.reason, model.invalid (two sections of one type);
    PeerError trust.unknown-agency.
    """
    core, control = opened.admitted.core, opened.control
    if opened.admitted.recipient is None:
        raise CallerError("respond.not-a-request")
    if answer.kind not in ANSWERS:
        raise CallerError("respond.kind")
    if answer.kind in _NEEDS_REASON and answer.reason is None:
        raise CallerError("respond.reason")
    if (answer.kind == MessageKind.REDIRECT) != (answer.redirect_to is not None):
        raise CallerError("respond.kind", "redirect_to")
    types = [SECTION_TYPES[type(s)] for s in answer.sections]
    if len(set(types)) != len(types):
        raise CallerError("model.invalid", "sections")
    sender = AgencyId(core.sender.agency)
    allowed = granted(control.purpose, directory.mandates(sender))
    kept = [s for s in answer.sections if SECTION_TYPES[type(s)] in allowed]
    dropped = [SECTION_TYPES[type(s)] for s in answer.sections if SECTION_TYPES[type(s)] not in allowed]
    rows = sorted(SECTION_TYPES[type(s)] for s in kept)
    leaf = Digest(opened.admitted.leaf)
    return Minimised(
        Disclosure(
            (sender,),
            Control(
                kind=answer.kind,
                thread=control.thread,
                heads=(leaf,),
                about=(leaf,),
                purpose=control.purpose,
                legal_basis=answer.legal_basis or control.legal_basis,
                clocks=answer.clocks,
                answer_reason=answer.reason,
                redirect_to=answer.redirect_to,
                asked=answer.asked,
                matrix_digest=MATRIX_DIGEST,
                table=tuple(DisclosureRow(section=s, recipient=0, state=DisclosureState.GIVEN) for s in rows),
            ),
            tuple((section, frozenset((0,))) for section in kept),
        ),
        tuple(Dropped(kind, sender, Reason.NOT_IN_MATRIX) for kind in dropped),
    )


def check_answer(opened: Opened, asked: Leaf, thread: ThreadId, asked_of: frozenset[AgencyId]) -> None:
    """Does this answer belong to the message `asked`, sent in `thread` to the agencies `asked_of`?

    PeerError answer.unrelated: an answer by somebody else, in another thread, or about another message; an offer
    shown as an answer has no `about` and never gets here.
    """
    control = opened.control
    right = (
        control.kind in ANSWERS
        and bytes(asked) in control.about
        and control.thread == thread
        and opened.admitted.core.sender.agency in asked_of
    )
    if not right:
        raise PeerError("answer.unrelated")


def intent_of(opened: Opened, kind: MessageKind) -> Intent:
    """The next message of the same thread to the same sender: its thread, its leaf as head, its purpose."""
    return Intent(
        kind=kind,
        purpose=opened.control.purpose,
        recipients=(AgencyId(opened.admitted.core.sender.agency),),
        thread=ThreadId(opened.control.thread),
        heads=(Digest(opened.admitted.leaf),),
    )
