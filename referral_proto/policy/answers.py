"""What an answer may carry: kind of answer → section types. Data; what is not listed carries none.

The asker chooses the purpose, so the matrix alone would let it choose how much the answerer may say: an offer for
protection is no invitation to send a case file back. Rows are an example, to be confirmed by the agencies.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from referral_proto.model.codes.exchange import MessageKind as K
from referral_proto.model.codes.exchange import SectionType as S

__all__ = ["ANSWER_SECTIONS", "carried"]

ANSWER_SECTIONS: Final[Mapping[K, frozenset[S]]] = {
    K.VERIFICATION_RESULT: frozenset((S.IDENTITY,)),
    K.ASSESSMENT: frozenset((S.FAMILY, S.PROTECTION)),
    K.RETURN_CLEARED: frozenset((S.PROTECTION, S.TRAVEL)),
    K.RETURN_STOPPED: frozenset((S.PROTECTION,)),
    K.HANDOVER_CONFIRMED: frozenset((S.HANDOVER,)),
}
"""Sections that each kind of answer is made of."""


def carried(kind: K) -> frozenset[S]:
    """The section types that an answer of this kind may hold, before the matrix."""
    return ANSWER_SECTIONS.get(kind, frozenset())
