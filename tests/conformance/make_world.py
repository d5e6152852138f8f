"""Makes the records of `spec/vectors/keys/` once. Signatures are hedged: made again, they would be other bytes."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from referral_proto.crypto import possession
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.ids import AgencyId
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.records import (
    AgencyName,
    AgencyRecord,
    FederationRecord,
    Limits,
    OpeningKeyRecord,
    PublicKeyset,
    Registrar,
    RelayRecord,
    SignedRecord,
    SigningKeysetEntry,
)
from referral_proto.moment import DAY
from referral_proto.trust.signed import record_digest, sign_record
from referral_proto.wire import decode
from tests.conformance import world
from tests.conformance.world import AT, LEFT, POLICE, SHELTER, A, B

YEAR = 365 * DAY
WARNING = "Test keys from published seeds. Never use them. The agencies are invented: XA and XB are no country's codes."
WINDOWS = {
    world.NOW: (-YEAR, YEAR, {}),
    world.EXPIRED: (-2 * YEAR, -DAY, {}),
    world.NOT_YET: (DAY, YEAR, {}),
    world.REVOKED: (-YEAR, YEAR, {"revoked_at": AT.plus(-DAY)}),
    world.COMPROMISED: (-YEAR, YEAR, {"compromised_since_at": AT.plus(-2 * DAY), "compromise_asserted_by": A}),
}
EPOCHS = {
    world.OLD: (-28 * DAY, -14 * DAY),
    world.CURRENT: (-DAY, 13 * DAY),
    world.NEXT: (13 * DAY, 27 * DAY),
}
MANDATES = {
    A: (Mandate.SOCIAL_WELFARE, Mandate.NATIONALITY_VERIFICATION),
    B: (Mandate.SOCIAL_WELFARE, Mandate.NATIONALITY_VERIFICATION),
    SHELTER: (Mandate.SHELTER,),
    POLICE: (Mandate.LAW_ENFORCEMENT,),
    LEFT: (Mandate.SHELTER,),
}
REGISTRARS = {"xa": A, "xb": B}


def epochs(name: AgencyId) -> Iterable[int]:
    """The opening keys that an agency of the world has published."""
    return () if name == LEFT else EPOCHS if name == B else (world.CURRENT,)


def public(keys: SigningKeyset) -> PublicKeyset:
    """The keyset as records write it."""
    return PublicKeyset(agency=keys.agency, ed25519=keys.public.ed25519, mldsa65=keys.public.mldsa65)


def federation(**other: Any) -> FederationRecord:
    """The founding record, with some fields set otherwise."""
    founders = (public(world.signing(A)), public(world.signing(B)))
    fields: dict[str, Any] = {
        "name": "An invented federation",
        "sequence": 0,
        "founders": founders,
        "threshold": 2,
        "registrars": tuple(
            Registrar(country=country, keyset=public(world.signing(agency))) for country, agency in REGISTRARS.items()
        ),
        "issued_at": AT.plus(-YEAR),
    }
    return FederationRecord(**(fields | other))


def entry(keys: SigningKeyset, sequence: int = 0, number: int = world.NOW) -> SigningKeysetEntry:
    """A keyset with its validity and its proof of possession."""
    begin, end, other = WINDOWS[number]
    proof = possession.prove(keys, sequence)
    return SigningKeysetEntry(
        ed25519=keys.public.ed25519,
        mldsa65=keys.public.mldsa65,
        not_before_at=AT.plus(begin),
        not_after_at=AT.plus(end),
        possession_ed25519=proof.ed25519,
        possession_mldsa65=proof.mldsa65,
        **other,
    )


def agency(name: AgencyId, **other: Any) -> AgencyRecord:
    """An agency's record, with some fields set otherwise."""
    numbers = WINDOWS if name == A else (world.NOW,)
    fields: dict[str, Any] = {
        "agency": name,
        "sequence": 0,
        "names": (AgencyName(text=f"Invented agency {name}", language="en"),),
        "organisation_type": OrganisationType.CENTRAL_GOVERNMENT_ORGANISATION,
        "mandates": MANDATES.get(name, (Mandate.SOCIAL_WELFARE,)),
        "relay": REGISTRARS.get(name[:2], name),
        "signing_keysets": tuple(entry(world.signing(name, number), number=number) for number in numbers),
        "issued_at": AT.plus(-YEAR),
        "withdrawn_at": AT.plus(-DAY) if name == LEFT else None,
    }
    return AgencyRecord(**(fields | other))


def opening_key(name: AgencyId, which: int = world.CURRENT, **other: Any) -> OpeningKeyRecord:
    """One epoch's opening key, with some fields set otherwise."""
    begin, end = EPOCHS[which]
    fields: dict[str, Any] = {
        "agency": name,
        "epoch": which,
        "xwing": world.opening(name, which).public.xwing,
        "not_before_at": AT.plus(begin),
        "not_after_at": AT.plus(end),
    }
    return OpeningKeyRecord(**(fields | other))


def relay(name: AgencyId, **other: Any) -> RelayRecord:
    """A relay's record; its certificate is not one."""
    fields: dict[str, Any] = {
        "operator": name,
        "sequence": 0,
        "endpoint": "127.0.0.1:7443",
        "tls_certificates": (f"not a certificate, only bytes in its place: {name}".encode().ljust(64, b"."),),
        "issued_at": AT.plus(-DAY),
    }
    return RelayRecord(**(fields | other))


def signed_agency(name: AgencyId, **other: Any) -> bytes:
    """An agency's record with its registrar's signature."""
    return sign_record(agency(name, **other), world.signing(REGISTRARS[name[:2]]))


def founding() -> bytes:
    """The federation record with both founders' signatures."""
    return sign_record(federation(), world.signing(A), world.signing(B))


def world_records() -> dict[str, bytes]:
    """Every record of the shared world."""
    made = {"federation": founding()}
    for name in MANDATES:
        made[f"agency {name}"] = signed_agency(name)
        for epoch in epochs(name):
            made[f"opening key {name} {epoch}"] = sign_record(opening_key(name, epoch), world.signing(name))
    for name in REGISTRARS.values():
        made[f"relay {name}"] = sign_record(relay(name), world.signing(name))
    return made


def strict_records(founding_record: bytes) -> dict[str, bytes]:
    """The next federation record: a day's lifetime and a minute's skew."""
    first = decode(SignedRecord, founding_record)
    record = federation(
        sequence=1,
        previous=record_digest(first.kind, first.record),
        limits=Limits(max_lifetime_seconds=DAY, max_skew_seconds=60),
    )
    return {"federation 1": sign_record(record, world.signing(A), world.signing(B))}


def keys_file(records: Mapping[str, bytes]) -> dict[str, Any]:
    """A file of `spec/vectors/keys/`."""
    return {"about": WARNING, "records": {name: b64encode(data).decode("ascii") for name, data in records.items()}}


def seeds() -> list[dict[str, str]]:
    """The secret halves, for whoever runs the vectors in another language."""
    return [*_signing_seeds(), *_opening_seeds()]


def _signing_seeds() -> Iterable[dict[str, str]]:
    for name in MANDATES:
        for number in WINDOWS if name == A else (world.NOW,):
            ed25519, mldsa65 = world.signing(name, number).seeds()
            yield {
                "agency": name,
                "keyset": world.signing(name, number).id.hex(),
                "ed25519_seed": ed25519.hex(),
                "mldsa65_seed": mldsa65.hex(),
            }


def _opening_seeds() -> Iterable[dict[str, str]]:
    for name in MANDATES:
        for epoch in epochs(name):
            key = world.opening(name, epoch)
            yield {"agency": name, "opening_key": key.id.hex(), "xwing_seed": key.seed.hex()}


def write() -> list[str]:
    """Make the files that are missing, and return their names."""
    made = []
    main, strict = world.VECTORS / "keys" / "world.json", world.VECTORS / "keys" / "strict.json"
    if not main.exists():
        _put(main, keys_file(world_records()) | {"seeds": seeds()})
        made.append(main.name)
    if not strict.exists():
        _put(strict, keys_file(strict_records(world.records()[0])))
        made.append(strict.name)
    founding_only = world.VECTORS / "keys" / "federation.json"
    if not founding_only.exists():
        _put(founding_only, keys_file({"federation": world.records()[0]}))
        made.append(founding_only.name)
    shelter_only = world.VECTORS / "keys" / "shelter.json"
    if not shelter_only.exists():
        frozen = json.loads(main.read_text("utf-8"))["records"][f"agency {SHELTER}"]
        _put(shelter_only, keys_file({f"agency {SHELTER}": world.content(frozen)}))
        made.append(shelter_only.name)
    return made


def _put(path: Path, value: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", "utf-8")
