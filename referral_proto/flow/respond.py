"""respond: an answer to an opened message, addressed to its sender, in its thread, about its leaf. Seals nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from referral_proto.errors import CallerError, PeerError
from referral_proto.flow.minimise import Disclosure, Dropped, Intent, Minimised
from referral_proto.flow.open import ANSWERS, Opened
from referral_proto.ids import AgencyId, Digest, Leaf, ThreadId, country_of
from referral_proto.model.codes.exchange import (
    AnswerReason,
    DisclosureState,
    LegalBasis,
    MessageKind,
    SectionType,
)
from referral_proto.model.consent import Consent
from referral_proto.model.control import Clock, Control, DisclosureRow
from referral_proto.model.section import SECTION_TYPES, AnySection
from referral_proto.moment import Moment
from referral_proto.policy.answers import carried
from referral_proto.policy.consent import Reason, refused_by_consent
from referral_proto.policy.matrix import MATRIX_DIGEST, granted
from referral_proto.trust.directory import Directory

__all__ = ["Answer", "check_answer", "respond"]

_STANDS_AGAINST: Final = frozenset((Reason.HOME_STATE_VETO, Reason.CONSENT_REFUSED, Reason.CONSENT_WITHDRAWN))
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


def respond(opened: Opened, answer: Answer, directory: Directory, at: Moment) -> Minimised:
    """The answer as a disclosure to the sender alone.

    A section passes only if this kind of answer is made of it and the matrix grants it for the purpose
    of what is answered. A sender may be told about a person whom it referred itself without a further consent, but a
    consent among the findings that vetoes, refuses or was withdrawn stops it.

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
    consent = next((s for s in answer.sections if isinstance(s, Consent)), None)
    kept: list[AnySection] = []
    dropped: list[Dropped] = []
    for kind, section in zip(types, answer.sections, strict=True):
        reason = _withheld(kind, answer.kind, allowed, consent, opened, at)
        if reason is None:
            kept.append(section)
        else:
            dropped.append(Dropped(kind, sender, reason))
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
        tuple(dropped),
    )


def _withheld(
    kind: SectionType,
    answer: MessageKind,
    allowed: frozenset[SectionType],
    consent: Consent | None,
    opened: Opened,
    at: Moment,
) -> Reason | None:
    if kind not in carried(answer):
        return Reason.NOT_IN_ANSWER
    if kind not in allowed:
        return Reason.NOT_IN_MATRIX
    if consent is None:
        return None
    control, sender = opened.control, AgencyId(opened.admitted.core.sender.agency)
    # Which state is the home state is not known here: a veto on it shuts out the asking state, whichever it is.
    asking = frozenset((country_of(sender).upper(),))
    reason = refused_by_consent(consent, control.legal_basis, kind, control.purpose, sender, at, asking)
    return reason if reason in _STANDS_AGAINST else None


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
