"""Code lists of evidence: what a bundle is about, what somebody claims beside what is proved.

Numbers: evidence.proto.
"""

from __future__ import annotations

from referral_proto.model.codes.code import Code

__all__ = ["ClaimKind", "EvidenceKind"]


class EvidenceKind(Code):
    """What a bundle is about."""

    EXCHANGE = 1
    ACCESS = 2
    AUDIT = 3


class ClaimKind(Code):
    """What an agency says under its own signature. The sender's, but for the last: the log's agency's."""

    NO_ANSWER = 1
    ANSWER_DUE = 2
    NO_ACKNOWLEDGEMENT = 3
    UNEXPLAINED = 4
