"""Codes of consent: what the person decided, how, and what may override it.

Numbers and members are those of `codes.proto`, in its order; a number is never given another meaning. Lists only: no
rule about which code may stand where.
"""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = [
    "ConsentDecision",
    "ConsentForm",
    "ConsentGiver",
    "ConsentSummary",
    "OverrideGround",
]


class ConsentDecision(Code):
    """What the person decided on one purpose and one recipient."""

    GIVEN = 1
    REFUSED = 2
    WITHDRAWN = 3


class ConsentForm(Code):
    """How consent was given."""

    WRITTEN = 1
    ORAL = 2
    THUMBPRINT = 3
    WITNESSED = 4


class ConsentGiver(Code):
    """Who consented."""

    PERSON = 1
    GUARDIAN = 2
    PERSON_AND_GUARDIAN = 3
    CHILD_ASSENT_AND_GUARDIAN = 4


class ConsentSummary(Code):
    """What may be said about consent before any section is disclosed."""

    GIVEN_FOR_THIS_REFERRAL = 1
    GIVEN_IN_PART = 2
    NOT_YET_ASKED = 3
    REFUSED_NON_IDENTIFYING_ONLY = 4
    WITHDRAWN = 5
    GUARDIAN_TO_DECIDE = 6
    OVERRIDDEN = 7


class OverrideGround(Code):
    """The only grounds on which consent may be overridden."""

    DANGER_TO_LIFE = 1
    BEST_INTERESTS_OF_CHILD = 2
