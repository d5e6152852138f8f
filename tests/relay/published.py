"""The records of a relay's test world as a signed trust repository: invented founders, invented operator."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from referral_proto.adapters.trust_drafts import draft_country, draft_root, draft_targets
from referral_proto.adapters.trust_fetch import FolderSource
from referral_proto.adapters.trust_keys import KeyRole
from referral_proto.adapters.trust_repository import TrustRepository
from referral_proto.ids import AgencyId
from referral_proto.moment import Moment
from tests.adapters.trust_world import key, signed, signers
from tests.relay.world import World

FOUNDERS = (AgencyId("th.registrar"), AgencyId("kh.registrar"))
OPERATOR = AgencyId("th.operator")
COUNTRIES = {cc: signers(KeyRole.COUNTRY, [AgencyId(f"{cc}.registrar")], 1) for cc in ("th", "kh")}


class Published:
    """A repository in a folder. Everything is dated `at`, the moment of each step."""

    def __init__(self, world: World, folder: Path, at: Moment, *, timestamp_days: int = 7) -> None:
        self.folder, self._days = folder, timestamp_days
        folder.mkdir()
        self.repository = TrustRepository(folder)
        self.online = key(KeyRole.ONLINE, OPERATOR)
        both = signers(KeyRole.ROOT, FOUNDERS, 2), signers(KeyRole.TARGETS, FOUNDERS, 2)
        root = draft_root(None, *both, signers(KeyRole.ONLINE, [OPERATOR], 1), at)
        self.repository.accept(signed(root, *(key(KeyRole.ROOT, one) for one in FOUNDERS)), at)
        self.bootstrap = folder / "metadata" / "1.root.json"
        federation = [world.records["federation"]]
        targets = draft_targets(None, federation, COUNTRIES, at)
        self.repository.accept(signed(targets, *(key(KeyRole.TARGETS, one) for one in FOUNDERS)), at, federation)
        for country in COUNTRIES:
            self.country(country, at, [*_of(world, "agency", country), *_of(world, "relay", country)])
        self.publish(at)

    def country(self, country: str, at: Moment, records: Sequence[bytes]) -> None:
        draft = draft_country(self.repository.current(f"country-{country}"), country, records, at, 90)
        self.repository.accept(signed(draft, key(KeyRole.COUNTRY, AgencyId(f"{country}.registrar"))), at, records)

    def publish(self, at: Moment) -> None:
        self.repository.publish(self.online, at)

    @property
    def source(self) -> FolderSource:
        return FolderSource(self.folder)

    def settings(self, *, folder: bool) -> str:
        """`[trust]` for a relay: the repository's folder itself, or peers only."""
        where = f'repository = "{self.folder}"\n' if folder else ""
        return f'[trust]\nroot = "{self.bootstrap}"\n{where}'


def _of(world: World, kind: str, country: str) -> list[bytes]:
    return [record for name, record in world.records.items() if name.startswith(f"{kind}-{country}.")]
