"""The scene that everything is measured on: four agencies, their records, and one referral. All of it is invented.

`th.dsdw` writes to three agencies of another country. The referral has the control section and three others, each of
about 512 bytes, as `minimise` makes them of the example, read by all three. Measures nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey

from bench.samples import Stopwatch
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.crypto.opening import OpeningKey
from referral_proto.flow.minimise import Disclosure, Intent, draft, minimise, new_thread
from referral_proto.flow.seal import Draft
from referral_proto.ids import AgencyId, Digest, OpeningKeyId, agency_id
from referral_proto.model.codes.exchange import ClockKind, LegalBasis, MessageKind, Purpose, SectionType
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.model.control import Clock
from referral_proto.model.referral import Referral
from referral_proto.model.section import AnySection
from referral_proto.moment import DAY, Moment
from referral_proto.trust import Directory
from referral_proto.trust.issue import approve, found_federation, publish_opening_key, request_enrolment

__all__ = ["AT", "Scene", "TimedKey", "make_scene"]

AT = Moment.parse("2026-11-21T12:00:00Z")
SENDER = agency_id("th.dsdw")
READERS = (agency_id("kh.mosvy"), agency_id("kh.shelter"), agency_id("kh.child-protection"))
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "referral-th-kh.json"
OFFERED, SENT = ("preview",), ("consent", "identity", "note")


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
    """`keys` sign with a stopwatch around `mldsa65`; `opening_keys` are the readers', in their order.

    `disclosure` and `draft`: the referral. `offer`: the message before it, control and preview.
    """

    keys: SigningKeyset
    mldsa65: MLDSA65PrivateKey
    watch: Stopwatch
    directory: Directory
    referral: Referral
    disclosure: Disclosure
    draft: Draft
    offer: Draft
    opening_keys: tuple[OpeningKey, ...]

    @property
    def reader(self) -> AgencyId:
        return READERS[0]

    @property
    def keyring(self) -> dict[OpeningKeyId, OpeningKey]:
        """The first reader's."""
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
    keys = SigningKeyset.create(SENDER)
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
    offer = replace(intent, kind=MessageKind.OFFER, purpose=Purpose.REFERRAL_OFFER, heads=(), about=())
    sent, offered = (
        minimise(_only(referral, names), one, directory, AT).disclosure
        for names, one in ((SENT, intent), (OFFERED, offer))
    )
    assert len(sent.sections) == 3 and all(len(readers) == 3 for _, readers in sent.sections)
    watch, mldsa65 = Stopwatch(), keys._mldsa65
    timed = SigningKeyset(keys.public, keys._ed25519, TimedKey(mldsa65, watch))  # type: ignore[arg-type]
    first, then = draft(offered, directory, AT), draft(sent, directory, AT)
    return Scene(timed, mldsa65, watch, directory, referral, sent, then, first, opening_keys)


def _records(sender: SigningKeyset, opening_keys: tuple[OpeningKey, ...]) -> list[bytes]:
    registrars = {country: SigningKeyset.create(agency_id(f"{country}.registrar")) for country in ("th", "kh")}
    public = {country: keys.public for country, keys in registrars.items()}
    name, kind = "An invented agency", OrganisationType.CENTRAL_GOVERNMENT_ORGANISATION
    records = [found_federation("An invented one", tuple(public.values()), 2, public, AT, *registrars.values())]
    agencies = {SENDER: sender} | {agency: SigningKeyset.create(agency) for agency in READERS}
    for agency, keys in agencies.items():
        request = request_enrolment(keys, {"en": name}, kind, (Mandate.SOCIAL_WELFARE,), agency, AT)
        records.append(approve(request, registrars[agency.split(".")[0]]))
    return [*records, *(publish_opening_key(agencies[key.agency], key.public, 0, AT) for key in opening_keys)]


def _only(referral: Referral, names: tuple[str, ...]) -> Referral:
    return Referral(**{name: getattr(referral, name) for name in names})


def _referral() -> Referral:
    """Sections of the example, with more grants, witnesses and evidence, so that the consent has its 512 bytes too."""
    example = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    sections = {name: example[name] for name in (*OFFERED, "screening", *SENT)}
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
