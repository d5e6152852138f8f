"""What may be said to whom: the disclosure matrix and what narrows it. Data and pure rules; silence never permits."""

from __future__ import annotations

from referral_proto.policy.matrix import MATRIX_DIGEST, granted, matrix_text

__all__ = ["MATRIX_DIGEST", "granted", "matrix_text"]
