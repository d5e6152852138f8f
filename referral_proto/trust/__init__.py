"""Whom do we believe: signed records in, a directory out. Pure; the moment is given, nothing is fetched or stored."""

from __future__ import annotations

from referral_proto.trust.directory import Directory
from referral_proto.trust.signed import record_digest, sign_record, unsigned

__all__ = ["Directory", "record_digest", "sign_record", "unsigned"]
