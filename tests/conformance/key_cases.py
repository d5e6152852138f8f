"""Verb `fold`, the keys inside records: weak, shared, or held by nobody (family F7)."""

from __future__ import annotations

from typing import Any

from referral_proto.crypto import possession, weak
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.model.codes.federation import RecordKind
from referral_proto.wire import encode
from tests.conformance import make_world as make
from tests.conformance.record_cases import NEW, XWING, _raw, enrolled, opened, refuses
from tests.conformance.tlv import text
from tests.conformance.world import SHELTER, opening, signing

Y_NOT_REDUCED = (2**255 - 19 + 3).to_bytes(32, "little")
OFF_CURVE = (2).to_bytes(32, "little")
MODULUS_OVER = b"\xff" * 1152 + XWING[1152:]


def _proof(keys: SigningKeyset, sequence: int) -> dict[str, Any]:
    proof = possession.prove(keys, sequence)
    return {"possession_ed25519": proof.ed25519, "possession_mldsa65": proof.mldsa65}


def _same_keys(owner: str) -> SigningKeyset:
    return SigningKeyset.from_seeds(NEW, *signing(owner).seeds())


def _same_ed25519(owner: str) -> SigningKeyset:
    return SigningKeyset.from_seeds(NEW, signing(owner).seeds()[0], signing(NEW).seeds()[1])


refuses(
    "F07-ed25519-small-order",
    "KEY-04",
    "key.weak",
    "The neutral point: one forged signature verifies for any message.",
    enrolled({"ed25519": b"\1" + bytes(31)}),
)
refuses(
    "F07-ed25519-order-eight",
    "KEY-04",
    "key.weak",
    "A point of order eight.",
    enrolled({"ed25519": weak._Y8.to_bytes(32, "little")}),
)
refuses(
    "F07-ed25519-not-reduced",
    "KEY-04",
    "key.malformed",
    "A second encoding of a point.",
    enrolled({"ed25519": Y_NOT_REDUCED}),
)
refuses("F07-ed25519-off-curve", "KEY-04", "key.malformed", "No point at all.", enrolled({"ed25519": OFF_CURVE}))
refuses(
    "F07-ed25519-short",
    "KEY-04 WIR-15",
    "trust.record-malformed",
    "31 bytes.",
    lambda: [
        _raw(
            RecordKind.AGENCY,
            encode(make.agency(NEW)).replace(text(1, signing(NEW).public.ed25519), text(1, bytes(31))),
        )
    ],
)
refuses("F07-mldsa65-zero", "KEY-05", "key.weak", "All zeros: anyone can sign.", enrolled({"mldsa65": bytes(1952)}))
refuses(
    "F07-mldsa65-zero-t1",
    "KEY-05",
    "key.weak",
    "A random rho before zeros is as bad.",
    enrolled({"mldsa65": bytes(range(32)) + bytes(1920)}),
)
refuses("F07-mlkem-zero", "KEY-06", "key.weak", "All zeros: anyone can read.", opened(xwing=bytes(1152) + XWING[1152:]))
refuses(
    "F07-mlkem-over-modulus",
    "KEY-06",
    "key.malformed",
    "Coefficients that are not below 3329.",
    opened(xwing=MODULUS_OVER),
)
refuses(
    "F07-x25519-small-order",
    "KEY-06",
    "key.weak",
    "A point with which every shared secret is zero.",
    opened(xwing=XWING[:1184] + b"\1" + bytes(31)),
)
refuses(
    "F07-x25519-not-reduced",
    "KEY-06",
    "key.malformed",
    "A second encoding of a point.",
    opened(xwing=XWING[:1184] + (2**255 - 19 + 9).to_bytes(32, "little")),
)
refuses(
    "F07-signing-key-of-two",
    "REC-08",
    "trust.key-shared",
    "Both keys of the shelter, enrolled again by another agency that holds them.",
    lambda: [make.signed_agency(NEW, signing_keysets=(make.entry(_same_keys(SHELTER)),))],
)
refuses(
    "F07-half-a-signing-key-of-two",
    "REC-08",
    "trust.key-shared",
    "Its Ed25519 key alone.",
    lambda: [make.signed_agency(NEW, signing_keysets=(make.entry(_same_ed25519(SHELTER)),))],
)
refuses(
    "F07-opening-key-of-two",
    "REC-08",
    "trust.key-shared",
    "The shelter's opening key, published by xb.welfare.",
    opened(xwing=opening(SHELTER).public.xwing),
)
refuses(
    "F07-no-possession",
    "KEY-08",
    "trust.possession",
    "Zeros in place of the proof.",
    enrolled({"possession_ed25519": bytes(64), "possession_mldsa65": bytes(3309)}),
)
refuses(
    "F07-possession-of-another-step",
    "KEY-08",
    "trust.possession",
    "A proof that was made for another step of its record.",
    enrolled(_proof(signing(NEW), 1)),
)
refuses(
    "F07-possession-by-another-key",
    "KEY-08",
    "trust.possession",
    "A proof made with another key.",
    enrolled(_proof(_same_keys(SHELTER), 0)),
)
refuses(
    "F07-possession-half",
    "KEY-08 KEY-07",
    "trust.possession",
    "The Ed25519 half alone.",
    enrolled({"possession_mldsa65": bytes(3309)}),
)
