"""Verb `fold`: keys that an enrolment or a rotation must not bring in, whoever signed for them (family F7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from referral_proto.crypto import possession
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.ids import agency_id
from referral_proto.model.records import Registrar
from referral_proto.trust.signed import sign_record
from tests.conformance import make_world as make
from tests.conformance import world
from tests.conformance.chain_cases import kept, second
from tests.conformance.record_cases import NEW, accepts, enrolled, refuses
from tests.conformance.world import SHELTER, A, B, signing

ORDER_FOUR = bytes(32)
T1_ONES = bytes(32) + b"\xff" * 1920
OTHER = agency_id("xb.other")


def rotated(held: SigningKeyset, **changes: Any) -> Callable[[], Sequence[bytes]]:
    """The shelter takes a further keyset: its registrar and its old keyset both sign."""

    def made() -> Sequence[bytes]:
        added = make.entry(held, 1).model_copy(update=changes)
        return [second(signing(B), signing(SHELTER), signing_keysets=(*kept(), added))]

    return made


def _named(agency: str, *seeds: bytes) -> SigningKeyset:
    return SigningKeyset.from_seeds(agency_id(agency), *seeds)


def _founded(**changes: Any) -> Callable[[], Sequence[bytes]]:
    return lambda: [sign_record(make.federation(**changes), signing(A), signing(B))]


def _proof_for(other: SigningKeyset) -> dict[str, Any]:
    proof = possession.prove(other, 0)
    return {"possession_ed25519": proof.ed25519, "possession_mldsa65": proof.mldsa65}


accepts(
    "F07-rotated",
    "KEY-08 REC-15",
    "A further keyset whose possession is proved for the second record.",
    rotated(signing(SHELTER, world.UNRECORDED), enrolled_in=1),
)
refuses(
    "F07-ed25519-order-four",
    "KEY-04",
    "key.weak",
    "Zeros are a point of order four.",
    enrolled({"ed25519": ORDER_FOUR}),
)
refuses("F07-mldsa65-ones", "KEY-05", "key.weak", "A t1 of ones.", enrolled({"mldsa65": T1_ONES}))
refuses(
    "F07-possession-of-another-agency",
    "KEY-08",
    "trust.possession",
    "The same two keys, proved under another agency's name: copied from its request.",
    enrolled(_proof_for(_named(OTHER, *signing(NEW).seeds()))),
)
refuses(
    "F07-possession-of-a-record-to-come",
    "KEY-08",
    "trust.possession",
    "The entry says that the keyset came in with a later record.",
    enrolled({"enrolled_in": 1} | _proof_for(signing(NEW))),
)
refuses(
    "F07-rotated-weak",
    "KEY-04",
    "key.weak",
    "Registrar and agency both sign for a point of small order.",
    rotated(signing(SHELTER, world.UNRECORDED), ed25519=b"\1" + bytes(31)),
)
refuses(
    "F07-rotated-without-possession",
    "KEY-08",
    "trust.possession",
    "Registrar and agency both sign for a keyset that nobody proved.",
    rotated(signing(SHELTER, world.UNRECORDED), possession_ed25519=bytes(64), possession_mldsa65=bytes(3309)),
)
refuses(
    "F07-rotated-with-the-proof-of-the-first",
    "KEY-08",
    "trust.possession",
    "The proof was made for the first record.",
    rotated(signing(SHELTER, world.UNRECORDED), **_proof_for(signing(SHELTER, world.UNRECORDED))),
)
refuses(
    "F07-rotated-into-anothers-keys",
    "REC-08",
    "trust.key-shared",
    "The shelter's second keyset is that of xb.welfare, which proved it.",
    rotated(_named(SHELTER, *signing(B).seeds())),
)
refuses(
    "F07-rotated-into-half-of-anothers-keys",
    "REC-08",
    "trust.key-shared",
    "Its ML-DSA key alone is that of xb.welfare.",
    rotated(_named(SHELTER, signing(SHELTER, world.UNRECORDED).seeds()[0], signing(B).seeds()[1])),
)
refuses(
    "F07-founder-weak",
    "KEY-04",
    "key.weak",
    "A founder's key with which anybody signs.",
    _founded(
        founders=(make.public(signing(A)).model_copy(update={"ed25519": b"\1" + bytes(31)}), make.public(signing(B)))
    ),
    (),
)
refuses(
    "F07-registrar-of-two-countries-under-two-names",
    "REC-08",
    "trust.key-shared",
    "One key registers for both countries, under two names.",
    _founded(
        registrars=(
            Registrar(country="xa", keyset=make.public(_named("xa.one", bytes(32), bytes(32)))),
            Registrar(country="xb", keyset=make.public(_named("xb.two", bytes(32), bytes(32)))),
        ),
    ),
    (),
)
