"""A federation of two countries and the international organisations, as its repository is published. Makes, judges not.

All agencies are invented (XA and XB are no country's codes) and their keys come from seeds anybody can make again.
Three founders sign root and targets, two of them suffice; country xa needs two keys of its registrar, xb and int one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from referral_proto.adapters.trust_drafts import Signers, draft_country, draft_root, draft_targets, sign
from referral_proto.adapters.trust_fetch import FolderSource
from referral_proto.adapters.trust_keys import KeyRole, RepositoryKey
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.adapters.trust_repository import Published, TrustRepository
from referral_proto.crypto.keyset import SigningKeyset
from referral_proto.errors import PeerError
from referral_proto.ids import AgencyId, agency_id
from referral_proto.model.codes.federation import Mandate
from referral_proto.model.codes.organisation import OrganisationType
from referral_proto.moment import Moment
from referral_proto.trust.issue import announce_relay, approve, found_federation, request_enrolment

AT: Final = Moment.parse("2026-11-21T12:00:00Z")
FOUNDERS: Final = tuple(map(agency_id, ("xa.ministry", "xb.ministry", "int.secretariat")))
REGISTRARS: Final = {"xa": agency_id("xa.ministry"), "xb": agency_id("xb.ministry"), "int": FOUNDERS[2]}
OPERATOR: Final = agency_id("int.operator")
SHELTER: Final = agency_id("xa.shelter")
POLICE: Final = agency_id("xb.police")
NGO: Final = agency_id("int.ngo")


def seed(*parts: object) -> bytes:
    """32 bytes that anybody can make again."""
    return sha256(f"referral-proto test key, never use: {parts}".encode()).digest()


@cache
def keys(agency: AgencyId, number: int = 0) -> SigningKeyset:
    """An agency's signing keyset; a founder's and a registrar's sign records."""
    return SigningKeyset.from_seeds(agency, seed(agency, "ed", number), seed(agency, "ml", number))


@cache
def key(role: KeyRole, holder: AgencyId, number: int = 0) -> RepositoryKey:
    """A key of the repository."""
    return RepositoryKey(role, holder, seed(role, holder, number))


def signers(role: KeyRole, holders: Sequence[AgencyId], threshold: int, number: int = 0) -> Signers:
    """Their public halves."""
    return Signers([key(role, holder, number).public for holder in holders], threshold)


COUNTRY_HOLDERS: Final = {
    "xa": (agency_id("xa.ministry"), agency_id("xa.court")),
    "xb": (agency_id("xb.ministry"),),
    "int": (agency_id("int.secretariat"),),
}
COUNTRIES: Final = {cc: signers(KeyRole.COUNTRY, holders, len(holders)) for cc, holders in COUNTRY_HOLDERS.items()}


@cache
def federation() -> bytes:
    """The first federation record, signed by two founders."""
    publics = [keys(founder).public for founder in FOUNDERS]
    registrars = {country: keys(registrar).public for country, registrar in REGISTRARS.items()}
    return found_federation("Example Federation", publics, 2, registrars, AT, keys(FOUNDERS[0]), keys(FOUNDERS[1]))


@cache
def agency(name: AgencyId, registrar: AgencyId | None = None) -> bytes:
    """The first record of an agency, signed by its registrar."""
    by = registrar or REGISTRARS[name.split(".")[0]]
    names = {"en": f"Example {name}"}
    request = request_enrolment(keys(name), names, OrganisationType.NGO, (Mandate.SHELTER,), name, AT)
    return approve(request, keys(by))


@cache
def relay(name: AgencyId, sequence: int = 0) -> bytes:
    """A relay record of an agency that runs a relay."""
    return announce_relay(keys(name), "relay.example:8443", (seed(name, sequence, "tls") * 4,), AT, sequence)


def signed(draft: bytes, *by: RepositoryKey) -> bytes:
    """The draft with these signatures."""
    for one in by:
        draft = sign(draft, one)
    return draft


class World:
    """The repository of one operator, and who else is needed to publish in it."""

    def __init__(self, folder: Path, name: str = "repository") -> None:
        self.folder = folder / name
        self.folder.mkdir()
        self._scratch = folder
        self.repository = TrustRepository(self.folder)
        self.online = key(KeyRole.ONLINE, OPERATOR)
        self.root(AT)
        self.targets(AT, [federation()])
        self.country("xa", AT, [agency(SHELTER), relay(SHELTER)])
        self.country("xb", AT, [agency(POLICE), relay(POLICE)])
        self.country("int", AT, [agency(NGO)])
        self.publish(AT)
        self.bootstrap = (self.folder / "metadata" / "1.root.json").read_bytes()

    @property
    def source(self) -> FolderSource:
        """Where nodes fetch from."""
        return FolderSource(self.folder)

    def root(self, at: Moment, online: int = 0, by: Sequence[RepositoryKey] | None = None, **changes: Any) -> bytes:
        """A new root, signed by two founders unless said otherwise."""
        draft = draft_root(
            self.repository.current("root"),
            changes.pop("root", signers(KeyRole.ROOT, FOUNDERS, 2)),
            changes.pop("targets", signers(KeyRole.TARGETS, FOUNDERS, 2)),
            signers(KeyRole.ONLINE, [OPERATOR], 1, online),
            at,
            **changes,
        )
        root = signed(draft, *(by or [key(KeyRole.ROOT, founder) for founder in FOUNDERS[:2]]))
        self.repository.accept(root, at)
        self.online = key(KeyRole.ONLINE, OPERATOR, online)
        return root

    def targets(
        self, at: Moment, records: Sequence[bytes] = (), countries: Mapping[str, Signers] = COUNTRIES, days: int = 365
    ) -> None:
        """New top-level targets."""
        draft = draft_targets(self.repository.current("targets"), records, countries, at, days)
        by = [key(KeyRole.TARGETS, founder) for founder in FOUNDERS[:2]]
        self.repository.accept(signed(draft, *by), at, records)

    def country(self, country: str, at: Moment, records: Sequence[bytes] = (), days: int = 90) -> None:
        """New records of a country."""
        draft = draft_country(self.repository.current(f"country-{country}"), country, records, at, days)
        by = [key(KeyRole.COUNTRY, holder) for holder in COUNTRY_HOLDERS[country]]
        self.repository.accept(signed(draft, *by), at, records)

    def publish(self, at: Moment, **days: int) -> Published:
        """Snapshot and timestamp."""
        return self.repository.publish(self.online, at, **days)

    def mirror(self, name: str = "mirror") -> TrustMirror:
        """A node's mirror; the same name gives the same folder, as after a restart."""
        return TrustMirror(self._scratch / name, self.bootstrap)

    def copy(self) -> dict[str, bytes]:
        """Every file as it is now."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()
        }


class CountingSource:
    """Counts what is asked for; `altered` replaces files, `missing` takes them away, `failing` raises at a path."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.asked: list[str] = []
        self.failing: dict[str, Exception] = {}

    def trust_file(self, path: str) -> bytes:
        self.asked.append(path)
        if path in self.failing:
            raise self.failing[path]
        if path not in self.files:
            raise PeerError("trust.no-file")
        return self.files[path]

    @property
    def records(self) -> list[str]:
        """The records that were asked for."""
        return [path for path in self.asked if path.startswith("targets/")]
