"""minimise: from everything that is known to what each recipient may have, before anything is sealed.

The matrix grants, consent narrows, and whatever was left out is reported with its reason. Nothing is added by anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from referral_proto.crypto import random
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.errors import CallerError
from referral_proto.flow.seal import Draft, Part, Reader, Sealed, seal_drafts
from referral_proto.ids import AgencyId, Digest, ThreadId
from referral_proto.model.codes.exchange import (
    AnswerReason,
    DisclosureState,
    LegalBasis,
    MessageKind,
    Purpose,
    SectionType,
    TransferSafeguard,
    UseRestriction,
)
from referral_proto.model.control import Clock, Control, DisclosureRow
from referral_proto.model.envelope import MAX_RECIPIENTS
from referral_proto.model.referral import Referral
from referral_proto.model.section import AnySection
from referral_proto.moment import DAY, Moment
from referral_proto.policy.consent import Reason, refused_by_consent
from referral_proto.policy.matrix import MATRIX_DIGEST, granted, purposes
from referral_proto.trust.directory import Directory
from referral_proto.wire import encode_section, has_unrecognised

__all__ = ["Disclosure", "Dropped", "Intent", "Minimised", "draft", "minimise", "new_thread", "seal"]


@dataclass(frozen=True, slots=True)
class Intent:
    """What the message is for: everything the control section says except what was disclosed."""

    kind: MessageKind
    purpose: Purpose
    recipients: tuple[AgencyId, ...]
    thread: ThreadId
    heads: tuple[Digest, ...] = ()
    about: tuple[Digest, ...] = ()
    legal_basis: LegalBasis | None = None
    transfer_safeguard: TransferSafeguard | None = None
    clocks: tuple[Clock, ...] = ()
    use_restrictions: tuple[UseRestriction, ...] = ()
    answer_reason: AnswerReason | None = None
    redirect_to: AgencyId | None = None
    asked: tuple[SectionType, ...] = ()
    participants: tuple[AgencyId, ...] = ()


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What is said to whom: the control section, and each section with the recipients (indexes) that may read it."""

    recipients: tuple[AgencyId, ...]
    control: Control
    sections: tuple[tuple[AnySection, frozenset[int]], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A section that `recipient` does not get, and why."""

    section: SectionType
    recipient: AgencyId
    reason: Reason


@dataclass(frozen=True, slots=True)
class Minimised:
    """What will be sent, and what was left out."""

    disclosure: Disclosure
    dropped: tuple[Dropped, ...]


def new_thread() -> ThreadId:
    """A thread of its own: 16 random bytes."""
    return ThreadId(random.token(16))


def minimise(referral: Referral, intent: Intent, directory: Directory, at: Moment) -> Minimised:
    """Keep, for each recipient, the sections that the matrix grants to its mandates for the purpose and that consent
    lets through at `at`.

    Raises CallerError policy.purpose, policy.recipient, policy.home-state,
    seal.too-many-recipients; PeerError trust.unknown-agency.
    """
    if intent.purpose not in purposes():
        raise CallerError("policy.purpose")
    if not intent.recipients or len(set(intent.recipients)) != len(intent.recipients):
        raise CallerError("policy.recipient")
    if len(intent.recipients) > MAX_RECIPIENTS:
        raise CallerError("seal.too-many-recipients")
    if referral.preview is not None and has_unrecognised(referral.preview):
        # A preview goes where no consent reaches: nothing that this version cannot read may ride in it.
        raise CallerError("model.invalid", "preview.unrecognised")
    home = _home_states(referral)
    consent = referral.consent
    if consent is not None and consent.home_state_veto and not home and not consent.vetoed_states:
        # A veto on a state that nobody wrote down would stop nothing: silence never permits.
        raise CallerError("policy.home-state")
    readers: dict[SectionType, set[int]] = {}
    dropped: list[Dropped] = []
    rows: list[DisclosureRow] = []
    for place, agency in enumerate(intent.recipients):
        allowed = granted(intent.purpose, directory.mandates(agency))
        for kind, _ in referral.sections():
            reason = Reason.NOT_IN_MATRIX if kind not in allowed else None
            reason = reason or refused_by_consent(
                referral.consent, intent.legal_basis, kind, intent.purpose, agency, at, home
            )
            if reason is None:
                readers.setdefault(kind, set()).add(place)
                rows.append(DisclosureRow(section=kind, recipient=place, state=DisclosureState.GIVEN))
                continue
            dropped.append(Dropped(kind, agency, reason))
            # Only what the matrix would grant is shown as withheld: that other sections exist is nobody's business.
            if reason is not Reason.NOT_IN_MATRIX:
                rows.append(DisclosureRow(section=kind, recipient=place, state=DisclosureState.WITHHELD))
        rows += [
            DisclosureRow(section=one.section, recipient=place, state=one.state)
            for one in referral.missing
            if one.section in allowed
        ]
    sections = tuple((section, frozenset(readers[kind])) for kind, section in referral.sections() if kind in readers)
    return Minimised(Disclosure(intent.recipients, _control(intent, rows), sections), tuple(dropped))


def _control(intent: Intent, rows: list[DisclosureRow]) -> Control:
    rows.sort(key=lambda row: (row.section, row.recipient))
    return Control(
        kind=intent.kind,
        thread=intent.thread,
        heads=intent.heads,
        about=intent.about,
        purpose=intent.purpose,
        legal_basis=intent.legal_basis,
        transfer_safeguard=intent.transfer_safeguard,
        clocks=intent.clocks,
        use_restrictions=intent.use_restrictions,
        answer_reason=intent.answer_reason,
        redirect_to=intent.redirect_to,
        asked=intent.asked,
        participants=intent.participants,
        matrix_digest=MATRIX_DIGEST,
        table=tuple(rows),
    )


def _home_states(referral: Referral) -> frozenset[str]:
    """Every state that the person is said to belong to, by any section: a veto shuts out all of them."""
    found: set[str] = set()
    if referral.preview is not None:
        found.update(referral.preview.citizenships_claimed)
    if referral.identity is not None:
        found.update(referral.identity.citizenships)
    return frozenset(found)


def draft(disclosure: Disclosure, directory: Directory, at: Moment, lifetime: int = 7 * DAY) -> Draft:
    """The disclosure as canonical bytes with the recipients' current opening keys; `lifetime` in seconds.

    Raises PeerError trust.*; CallerError seal.lifetime.
    """
    if not 0 < lifetime <= directory.max_lifetime:
        raise CallerError("seal.lifetime")
    return Draft(
        tuple(Reader(agency, directory.current_opening_key(agency, at)) for agency in disclosure.recipients),
        encode_section(disclosure.control),
        tuple(Part(encode_section(section), readers) for section, readers in disclosure.sections),
        at,
        at.plus(lifetime),
    )


def seal(
    disclosures: Sequence[Disclosure],
    keys: SigningKeyset,
    directory: Directory,
    at: Moment,
    lifetime: int = 7 * DAY,
) -> tuple[Sealed, ...]:
    """Seal what was minimised, one envelope for each disclosure; those with the same recipients share a signature."""
    return seal_drafts([draft(one, directory, at, lifetime) for one in disclosures], keys)
