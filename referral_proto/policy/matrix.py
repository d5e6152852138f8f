"""The disclosure matrix: purpose × mandate of the recipient → section types. Data; what is not listed is not granted.

Control is not listed: every recipient reads it. The rows are an example, to be confirmed by the agencies; they follow
the least data that each step needs (spec: disclosure). The text form is what the digest in every control section names.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from referral_proto.crypto import labels
from referral_proto.crypto.digest import labelled_hash
from referral_proto.ids import Digest
from referral_proto.model.codes.exchange import Purpose as P
from referral_proto.model.codes.exchange import SectionType as S
from referral_proto.model.codes.federation import Mandate as M

__all__ = ["MATRIX", "MATRIX_DIGEST", "granted", "matrix_text", "purposes"]

_EVERYONE: Final = tuple(M)
_NOT_FOR_CONTROL: Final = tuple(m for m in M if m not in (M.IMMIGRATION, M.LAW_ENFORCEMENT, M.PROSECUTION))

_ROWS: Final[tuple[tuple[P, tuple[M, ...], tuple[S, ...]], ...]] = (
    (P.NOTIFICATION, _EVERYONE, (S.PREVIEW,)),
    (P.REFERRAL_OFFER, _NOT_FOR_CONTROL, (S.PREVIEW,)),
    (P.COORDINATION, (M.COORDINATION, M.HOTLINE), (S.PREVIEW,)),
    (
        P.PROTECTION,
        (M.SOCIAL_WELFARE, M.SHELTER, M.CHILD_PROTECTION),
        (S.PREVIEW, S.SCREENING, S.CONSENT, S.IDENTITY, S.CHILD, S.PROTECTION, S.HEALTH, S.LEGAL, S.NOTE),
    ),
    (
        P.SHELTER,
        (M.SOCIAL_WELFARE, M.SHELTER, M.CHILD_PROTECTION),
        (S.PREVIEW, S.CONSENT, S.IDENTITY, S.CHILD, S.PROTECTION, S.HEALTH, S.NOTE),
    ),
    (P.HEALTH_CARE, (M.HEALTH_CARE,), (S.PREVIEW, S.CONSENT, S.IDENTITY, S.CHILD, S.HEALTH)),
    (
        P.PSYCHOSOCIAL_SUPPORT,
        (M.HEALTH_CARE, M.SHELTER, M.SOCIAL_WELFARE),
        (S.PREVIEW, S.CONSENT, S.IDENTITY, S.CHILD, S.PROTECTION, S.HEALTH, S.NOTE),
    ),
    (P.LEGAL_AID, (M.LEGAL_AID,), (S.PREVIEW, S.SCREENING, S.CONSENT, S.IDENTITY, S.CHILD, S.LEGAL, S.NOTE)),
    (
        P.NATIONALITY_VERIFICATION,
        (M.NATIONALITY_VERIFICATION, M.CONSULAR, M.SOCIAL_WELFARE),
        (S.CONSENT, S.IDENTITY),
    ),
    (P.FAMILY_TRACING, (M.FAMILY_TRACING, M.SOCIAL_WELFARE), (S.CONSENT, S.IDENTITY, S.FAMILY)),
    (
        P.RISK_ASSESSMENT,
        (M.SOCIAL_WELFARE, M.SHELTER, M.CHILD_PROTECTION, M.REINTEGRATION),
        (S.PREVIEW, S.CONSENT, S.IDENTITY, S.FAMILY, S.CHILD, S.PROTECTION),
    ),
    (P.RETURN_TRAVEL, (M.IMMIGRATION, M.CONSULAR), (S.IDENTITY, S.TRAVEL)),
    (P.RETURN_TRAVEL, (M.REPATRIATION, M.SOCIAL_WELFARE), (S.CONSENT, S.IDENTITY, S.CHILD, S.TRAVEL)),
    (
        P.HANDOVER,
        (M.SOCIAL_WELFARE, M.SHELTER, M.REPATRIATION, M.CHILD_PROTECTION),
        (S.CONSENT, S.IDENTITY, S.CHILD, S.PROTECTION, S.TRAVEL, S.HANDOVER),
    ),
    (
        P.REINTEGRATION,
        (M.REINTEGRATION, M.SOCIAL_WELFARE, M.SHELTER),
        (S.PREVIEW, S.CONSENT, S.IDENTITY, S.FAMILY, S.CHILD, S.PROTECTION, S.HEALTH, S.REINTEGRATION, S.NOTE),
    ),
    (
        P.CHILD_PROTECTION,
        (M.CHILD_PROTECTION,),
        (S.PREVIEW, S.SCREENING, S.CONSENT, S.IDENTITY, S.FAMILY, S.CHILD, S.PROTECTION, S.HEALTH, S.LEGAL, S.NOTE),
    ),
    (
        P.IDENTIFICATION,
        (M.SOCIAL_WELFARE, M.SHELTER, M.CHILD_PROTECTION, M.LAW_ENFORCEMENT),
        (S.PREVIEW, S.SCREENING, S.CONSENT, S.CHILD),
    ),
    (P.PROSECUTION, (M.LAW_ENFORCEMENT, M.PROSECUTION), (S.SCREENING, S.CONSENT, S.LEGAL)),
    (P.WITNESS, (M.PROSECUTION, M.LEGAL_AID), (S.CONSENT, S.LEGAL)),
)


def _table() -> dict[tuple[int, int], frozenset[S]]:
    table: dict[tuple[int, int], set[S]] = {}
    for purpose, mandates, sections in _ROWS:
        for mandate in mandates:
            table.setdefault((purpose, mandate), set()).update(sections)
    return {cell: frozenset(sections) for cell, sections in table.items()}


MATRIX: Final = _table()
"""(purpose, mandate) → section types; a cell that is missing grants nothing."""


def matrix_text() -> str:
    """One line for each cell, sorted: `PURPOSE MANDATE SECTION,SECTION`, each ended by a line feed."""
    lines = [
        f"{P(purpose).name} {M(mandate).name} {','.join(s.name for s in sorted(sections))}\n"
        for (purpose, mandate), sections in sorted(MATRIX.items())
    ]
    return "".join(lines)


MATRIX_DIGEST: Final = Digest(labelled_hash(labels.MATRIX, matrix_text().encode()))
"""`TH(matrix, text)`: 32 bytes, named in each control section."""


def granted(purpose: int, mandates: Iterable[int]) -> frozenset[S]:
    """What an agency with `mandates` may receive for `purpose`: the union over its mandates, Control left out."""
    return frozenset().union(*(MATRIX.get((purpose, mandate), frozenset()) for mandate in mandates))


def purposes() -> frozenset[P]:
    """Purposes for which anything may be sent at all."""
    return frozenset(P(purpose) for purpose, _ in MATRIX)
