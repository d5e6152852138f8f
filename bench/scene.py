"""The scene that everything is measured on: four agencies, their records, and one referral. All of it is invented.

Sender `th.dsdw` writes to three agencies of another country; control and three sections, each of about 512 bytes, as
`minimise` makes them, read by all three. Measures nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey

from bench.samples import Stopwatch
from referral_proto.crypto import possession
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.opening import OpeningKey
from referral_proto.flow.minimise import Disclosure, Intent, draft, minimise, new_thread
from referral_proto.flow.seal import Draft
from referral_proto.ids import AgencyId, Digest, OpeningKeyId, agency_id
from referral_proto.model.codes.exchange import ClockKind, LegalBasis, MessageKind, Purpose, SectionType
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.control import Clock
from referral_proto.model.records import (
    AgencyName,
    AgencyRecord,
    FederationRecord,
    OpeningKeyRecord,
    PublicKeyset,
    Registrar,
    SigningKeysetEntry,
)
from referral_proto.model.referral import Referral
from referral_proto.model.section import AnySection
from referral_proto.moment import DAY, Moment
from referral_proto.trust import Directory, sign_record

__all__ = ["AT", "Scene", "TimedKey", "make_scene"]

AT = Moment.parse("2026-11-21T12:00:00Z")
SENDER = agency_id("th.dsdw")
READERS = (agency_id("kh.mosvy"), agency_id("kh.shelter"), agency_id("kh.child-protection"))
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "referral-th-kh.json"
NOT_SENT = ("preview", "screening")


class TimedKey:
    """An ML-DSA key that says how long it signed: its time is drawn by lot, and the lot is not what is measured."""

    def __init__(self, key: Any, watch: Stopwatch) -> None:
        self._key = key
        self._watch = watch

    def sign(self, statement: bytes, context: bytes) -> bytes:
        start = perf_counter_ns()
        signature: bytes = self._key.sign(statement, context)
        self._watch.spent = perf_counter_ns() - start
        return signature

    def __getattr__(self, name: str) -> Any:
        return getattr(self._key, name)


@dataclass(frozen=True, slots=True)
class Scene:
    """`keys` sign with a stopwatch around `mldsa65`; `keyring` is the first reader's, `opening_keys` all readers'."""

    keys: SigningKeyset
    mldsa65: MLDSA65PrivateKey
    watch: Stopwatch
    directory: Directory
    draft: Draft
    disclosure: Disclosure
    referral: Referral
    opening_keys: tuple[OpeningKey, ...]

    @property
    def reader(self) -> AgencyId:
        return READERS[0]

    @property
    def keyring(self) -> dict[OpeningKeyId, OpeningKey]:
        return {self.opening_keys[0].id: self.opening_keys[0]}

    @property
    def sections(self) -> tuple[bytes, ...]:
        """The bytes of all four sections, control first."""
        return (self.draft.control, *(part.section for part in self.draft.parts))

    @property
    def models(self) -> tuple[AnySection, ...]:
        """The same as models."""
        return (self.disclosure.control, *(section for section, _ in self.disclosure.sections))


def make_scene() -> Scene:
    """Keys, records and referral; the keys are new in each run."""
    keys = {agency: SigningKeyset.create(agency) for agency in (SENDER, *READERS)}
    opening_keys = tuple(OpeningKey.create(agency) for agency in READERS)
    directory = Directory.fold(_records(keys, opening_keys))
    referral = _referral()
    intent = Intent(
        MessageKind.REFERRAL,
        Purpose.PROTECTION,
        READERS,
        new_thread(),
        heads=tuple(Digest(bytes([n]) * 32) for n in range(1, 9)),
        about=(Digest(bytes([1]) * 32),),
        legal_basis=LegalBasis.CONSENT,
        clocks=tuple(Clock(kind=ClockKind(n), due_at=AT.plus(n * DAY)) for n in (1, 2)),
        participants=(SENDER, *READERS),
    )
    disclosure = minimise(referral.model_copy(update=dict.fromkeys(NOT_SENT)), intent, directory, AT).disclosure
    offer = replace(intent, kind=MessageKind.OFFER, purpose=Purpose.REFERRAL_OFFER, about=())
    assert len(disclosure.sections) == 3 and all(len(readers) == 3 for _, readers in disclosure.sections)
    watch = Stopwatch()
    plain = keys[SENDER]
    timed = SigningKeyset(plain.public, plain._ed25519, TimedKey(plain._mldsa65, watch))  # type: ignore[arg-type]
    return Scene(
        timed, plain._mldsa65, watch, directory, draft(disclosure, directory, AT), disclosure, referral, opening_keys
    )


def _records(keys: dict[AgencyId, SigningKeyset], opening_keys: tuple[OpeningKey, ...]) -> list[bytes]:
    th, kh = keys[SENDER], keys[READERS[0]]
    federation = FederationRecord(
        name="An invented federation",
        sequence=0,
        founders=(_public(th), _public(kh)),
        threshold=2,
        registrars=(Registrar(country="th", keyset=_public(th)), Registrar(country="kh", keyset=_public(kh))),
        issued_at=AT,
    )
    records = [sign_record(federation, th, kh)]
    for agency, own in keys.items():
        registrar = th if agency.startswith("th.") else kh
        records.append(sign_record(_agency(own), registrar))
    records += [
        sign_record(
            OpeningKeyRecord(
                agency=key.agency,
                epoch=1,
                xwing=key.public.xwing,
                not_before_at=AT,
                not_after_at=AT.plus(14 * DAY),
            ),
            keys[key.agency],
        )
        for key in opening_keys
    ]
    return records


def _public(keys: SigningKeyset) -> PublicKeyset:
    return PublicKeyset(agency=keys.agency, ed25519=keys.public.ed25519, mldsa65=keys.public.mldsa65)


def _agency(keys: SigningKeyset) -> AgencyRecord:
    proof = possession.prove(keys, 0)
    return AgencyRecord(
        agency=keys.agency,
        sequence=0,
        names=(AgencyName(text="An invented agency", language="en"),),
        organisation_type=OrganisationType(1),
        mandates=(Mandate.SOCIAL_WELFARE,),
        relay=keys.agency,
        signing_keysets=(
            SigningKeysetEntry(
                ed25519=keys.public.ed25519,
                mldsa65=keys.public.mldsa65,
                not_before_at=AT,
                not_after_at=AT.plus(300 * DAY),
                possession_ed25519=proof.ed25519,
                possession_mldsa65=proof.mldsa65,
            ),
        ),
        issued_at=AT,
    )


def _referral() -> Referral:
    """Sections of the example with grants to the three readers; what has no grant for protection stays at home."""
    example = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    sections = {name: example[name] for name in ("preview", "screening", "consent", "identity", "note")}
    purposes = (Purpose.PROTECTION, Purpose.NATIONALITY_VERIFICATION, Purpose.SHELTER)
    given = [SectionType.CONSENT.name, SectionType.IDENTITY.name, SectionType.NOTE.name]
    sections["consent"]["grants"] = [
        {"purpose": purpose.name, "recipient": reader, "sections": given, "decision": "GIVEN"}
        for purpose in purposes
        for reader in READERS
    ]
    sections["consent"] |= {
        "home_state_veto": False,
        "vetoed_states": [],
        "evidence": {"kind": "CONSENT_FORM", "digest": "ab" * 32, "custodian": SENDER},
        "witnesses": [{"role": "SHELTER_STAFF", "reference": f"st-20{n}", "agency": SENDER} for n in range(3)],
    }
    return Referral.model_validate_json(json.dumps(sections))
