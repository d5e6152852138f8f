"""Models to bytes and back: the only floor that knows both pydantic and protobuf.

`decode` and `decode_section` raise PeerError and nothing else, whatever the bytes; `encode` gives the one canonical
form (spec: wire).
"""

from __future__ import annotations

from referral_proto.wire.codec import decode, decode_section, encode, encode_section, has_unrecognised

__all__ = ["decode", "decode_section", "encode", "encode_section", "has_unrecognised"]
