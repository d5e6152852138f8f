"""Code lists of the trust records: what a record is, what an agency is entitled to do. Numbers: records.proto."""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = ["Mandate", "RecordKind"]


class RecordKind(Code):
    """What the bytes of a signed record are."""

    FEDERATION = 1
    AGENCY = 2
    RELAY = 3
    OPENING_KEY = 4


class Mandate(Code):
    """What an agency is entitled to do. The disclosure matrix grants sections to mandates, never to an agency."""

    COORDINATION = 1
    SOCIAL_WELFARE = 2
    SHELTER = 3
    CHILD_PROTECTION = 4
    HEALTH_CARE = 5
    LEGAL_AID = 6
    NATIONALITY_VERIFICATION = 7
    FAMILY_TRACING = 8
    REPATRIATION = 9
    REINTEGRATION = 10
    LAW_ENFORCEMENT = 11
    PROSECUTION = 12
    IMMIGRATION = 13
    CONSULAR = 14
    HOTLINE = 15
    OVERSIGHT = 16
