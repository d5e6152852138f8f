"""What consent takes away from the matrix. Consent never adds a section, and silence never permits one.

Answers one question: may this section go to this recipient for this purpose at this moment? A reason means no.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from referral_proto.ids import AgencyId, country_of
from referral_proto.model.codes.consent import ConsentDecision
from referral_proto.model.codes.exchange import LegalBasis, Purpose, SectionType
from referral_proto.model.consent import Consent, Grant
from referral_proto.moment import Moment

__all__ = ["WITHOUT_CONSENT", "Reason", "refused_by_consent"]

WITHOUT_CONSENT: Final = frozenset((SectionType.CONTROL, SectionType.PREVIEW))
"""Section types that identify nobody and may go where the matrix allows without consent."""


class Reason(StrEnum):
    """Why a section was not disclosed to a recipient."""

    NOT_IN_MATRIX = "not-in-matrix"
    NOT_IN_ANSWER = "not-in-answer"
    NO_CONSENT = "no-consent"
    CONSENT_REFUSED = "consent-refused"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    CONSENT_EXPIRED = "consent-expired"
    CONSENT_FOR_OTHERS = "consent-for-others"
    HOME_STATE_VETO = "home-state-veto"
    OVERRIDE_OTHER = "override-for-other"


def refused_by_consent(
    consent: Consent | None,
    legal_basis: LegalBasis | None,
    section: SectionType,
    purpose: Purpose,
    recipient: AgencyId,
    at: Moment,
    home_states: frozenset[str] = frozenset(),
) -> Reason | None:
    """None where consent, or another basis that is recorded as it must be, lets the section through.

    `home_states` are ISO 3166 alpha-2 codes of the states that a home-state veto shuts out.
    """
    if consent is not None and _vetoed(consent, recipient, home_states):
        return Reason.HOME_STATE_VETO
    if section in WITHOUT_CONSENT:
        return None
    if consent is None:
        return Reason.NO_CONSENT
    if consent.override is not None and legal_basis != LegalBasis.CONSENT:
        override = consent.override
        covers = not override.sections or section in override.sections
        fits = override.purpose in (None, purpose) and override.legal_basis == legal_basis
        return None if covers and fits else Reason.OVERRIDE_OTHER
    if consent.withdrawn_at is not None and consent.withdrawn_at <= at:
        return Reason.CONSENT_WITHDRAWN
    return _by_grants(consent.grants, section, purpose, recipient, at)


def _vetoed(consent: Consent, recipient: AgencyId, home_states: frozenset[str]) -> bool:
    country = country_of(recipient).upper()
    return country in consent.vetoed_states or (consent.home_state_veto is True and country in home_states)


def _by_grants(
    grants: tuple[Grant, ...], section: SectionType, purpose: Purpose, recipient: AgencyId, at: Moment
) -> Reason | None:
    relevant = [grant for grant in grants if grant.purpose == purpose and section in grant.sections]
    if not relevant:
        return Reason.NO_CONSENT
    own = [grant for grant in relevant if grant.recipient == recipient]
    if not own:
        return Reason.CONSENT_FOR_OTHERS
    # One refusal outweighs every permission: the last word of the person is not guessed from the order of a list.
    if any(grant.decision == ConsentDecision.REFUSED for grant in own):
        return Reason.CONSENT_REFUSED
    if any(
        grant.decision == ConsentDecision.WITHDRAWN or (grant.withdrawn_at is not None and grant.withdrawn_at <= at)
        for grant in own
    ):
        return Reason.CONSENT_WITHDRAWN
    given = [grant for grant in own if grant.decision == ConsentDecision.GIVEN]
    if not given:
        return Reason.NO_CONSENT
    if all(grant.expires_at is not None and grant.expires_at <= at for grant in given):
        return Reason.CONSENT_EXPIRED
    return None
