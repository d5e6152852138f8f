"""The verbs, pure: (value, keys, moment) → value. No clock, no disk, no network; randomness comes from `crypto` only.

bytes ─verify_cover→ VerifiedCover      (auditor: public records)
bytes ─admit→ Admitted                  (relay and desk: public records)
Admitted ─unseal→ Unsealed ─open→ Opened (desk: opening keys)
"""

from __future__ import annotations
