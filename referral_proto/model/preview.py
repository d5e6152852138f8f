"""The preview: what an agency must know to say yes or no, and nothing that tells who the person is.

No name, no document, no address and no free text can stand here: every string has a pattern that fits codes only.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from referral_proto.model.base import Section
from referral_proto.model.codes.case import Need, ReferralReason, RiskFlag, Service, Urgency
from referral_proto.model.codes.consent import ConsentSummary
from referral_proto.model.codes.person import AgeBand, AgeBasis, ChildFlag, CitizenshipStatus, Gender, Sex
from referral_proto.model.codes.screening import InterpreterNeed
from referral_proto.model.codes.trafficking import DecisionMaker, ExploitationType, TraffickingStatus
from referral_proto.model.kinds import Country, Language, Pseudonym, SmallCount, Subdivision
from referral_proto.moment import Moment

__all__ = ["Preview"]


class Preview(Section):
    """The offer. `province` is where the person is now, no finer; `answer_due_at` is when an answer is needed.

    `group_size` and `group_children` count the people of a batch that is announced before anyone is referred.
    """

    pseudonym: Pseudonym
    age_band: AgeBand | None = None
    age_basis: AgeBasis | None = None
    child_flag: ChildFlag | None = None
    sex: Sex | None = None
    gender: Gender | None = None
    citizenships_claimed: Annotated[tuple[Country, ...], Field(max_length=8)] = ()
    citizenship_status: CitizenshipStatus | None = None
    languages: Annotated[tuple[Language, ...], Field(max_length=8)] = ()
    interpreter_need: InterpreterNeed | None = None
    urgency: Urgency | None = None
    province: Subdivision | None = None
    needs: Annotated[tuple[Need, ...], Field(max_length=32)] = ()
    reasons: Annotated[tuple[ReferralReason, ...], Field(max_length=16)] = ()
    services: Annotated[tuple[Service, ...], Field(max_length=32)] = ()
    trafficking_status: TraffickingStatus | None = None
    decided_by: DecisionMaker | None = None
    exploitation_types: Annotated[tuple[ExploitationType, ...], Field(max_length=32)] = ()
    risk_flags: Annotated[tuple[RiskFlag, ...], Field(max_length=32)] = ()
    consent_summary: ConsentSummary | None = None
    answer_due_at: Moment | None = None
    group_size: SmallCount | None = None
    group_children: SmallCount | None = None
