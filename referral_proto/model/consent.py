"""Consent: what the person decided, for each purpose and each recipient, and how they were asked.

The record follows ISO/IEC TS 27560: `record` is its number, the receipt is what the person was given. Silence is not
consent; what a grant permits is decided in `policy`.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from referral_proto.model.base import Part, Section
from referral_proto.model.codes.consent import ConsentDecision, ConsentForm, ConsentGiver, OverrideGround
from referral_proto.model.codes.exchange import LegalBasis, Purpose, SectionType
from referral_proto.model.contacts import Interpreter, Officer
from referral_proto.model.documents import Attachment
from referral_proto.model.kinds import Agency, Bytes16, Country, Language
from referral_proto.moment import Moment

__all__ = ["Consent", "Grant", "Informed", "Override"]


class Grant(Part):
    """One decision: this purpose, this recipient (and those named onward), these sections, until `expires_at`."""

    purpose: Purpose
    recipient: Agency
    onward: Annotated[tuple[Agency, ...], Field(max_length=16)] = ()
    sections: Annotated[tuple[SectionType, ...], Field(min_length=1, max_length=32)]
    decision: ConsentDecision
    expires_at: Moment | None = None
    withdrawn_at: Moment | None = None


class Informed(Part):
    """The seven questions of HTCDS. Unset: not asked or not recorded."""

    agrees_to_interview: bool | None = None
    told_purpose: bool | None = None
    told_uses: bool | None = None
    told_research_use: bool | None = None
    told_right_to_see: bool | None = None
    told_how_long: bool | None = None
    told_how_to_withdraw: bool | None = None


class Override(Part):
    """Disclosure without consent: the ground, the law, and two officers who are not the same."""

    ground: OverrideGround
    legal_basis: LegalBasis
    officer: Officer
    second_approver: Officer
    approved_at: Moment
    purpose: Purpose | None = None
    sections: Annotated[tuple[SectionType, ...], Field(max_length=32)] = ()

    @model_validator(mode="after")
    def _two_officers(self) -> Self:
        first, second = self.officer, self.second_approver
        if (first.reference, first.agency) == (second.reference, second.agency):
            raise ValueError("an override needs two officers")
        return self


class Consent(Section):
    """The consent record. `home_state_veto`: the home state must not be told; `vetoed_states`: nor these."""

    grants: Annotated[tuple[Grant, ...], Field(max_length=128)] = ()
    home_state_veto: bool | None = None
    vetoed_states: Annotated[tuple[Country, ...], Field(max_length=16)] = ()
    informed: Informed | None = None
    form: ConsentForm | None = None
    giver: ConsentGiver | None = None
    given_at: Moment | None = None
    withdrawn_at: Moment | None = None
    language: Language | None = None
    interpreter: Interpreter | None = None
    officer: Officer | None = None
    witnesses: Annotated[tuple[Officer, ...], Field(max_length=4)] = ()
    override: Override | None = None
    record: Bytes16 | None = None
    receipt_given: bool | None = None
    evidence: Attachment | None = None
