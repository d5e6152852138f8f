"""The authorities of the demonstration: three founders, who are also the registrars, and the repository they publish.

    Thailand, Cambodia, an international organisation     each a founder and a registrar; two of three change anything
    DIR/federation/                                       the trust repository, as any file server would show it

Their keys live in memory, as the keys of a real registrar lie off-line, and are gone when the demonstration ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from referral_proto import AgencyId, CallerError, Directory, Moment, SigningKeyset, WorldError
from referral_proto.adapters.trust_drafts import Signers, draft_country, draft_root, draft_targets, merge, sign
from referral_proto.adapters.trust_keys import KeyRole, RepositoryKey
from referral_proto.adapters.trust_paths import country_role, digest_of
from referral_proto.adapters.trust_repository import TrustRepository
from referral_proto.ids import Digest
from referral_proto.model.records import WitnessEntry
from referral_proto.trust.agency import History
from referral_proto.trust.issue import approve, found_federation

__all__ = ["COUNTRIES", "THRESHOLD", "Authorities"]

COUNTRIES: Final = ("th", "kh", "int")
"""Each has a founder and a registrar; `int` is the international organisation's."""
THRESHOLD: Final = 2


class Authorities:
    """`root`: the repository's first root, which nodes get by hand. `federation`: the first federation record."""

    def __init__(self, folder: Path, at: Moment, witnesses: Sequence[WitnessEntry] = ()) -> None:
        """Found the federation, which names the witnesses, and its repository, a new folder. More than half of the
        witnesses are a quorum. Raises CallerError file.exists; WorldError file.*.
        """
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            raise CallerError("file.exists", "federation") from None
        except OSError:
            raise WorldError("file.failed", "federation") from None
        self.folder = folder
        self._registrars = {one: SigningKeyset.create(_holder(one)) for one in COUNTRIES}
        self._countries = {one: RepositoryKey.create(KeyRole.COUNTRY, _holder(one)) for one in COUNTRIES}
        self._online = RepositoryKey.create(KeyRole.ONLINE, _holder("int"))
        public = {one: keys.public for one, keys in self._registrars.items()}
        name = "Example federation of the demonstration"
        signing = list(self._registrars.values())[:THRESHOLD]
        founders = tuple(public.values())
        self.federation = found_federation(name, founders, THRESHOLD, public, at, *signing, witnesses=witnesses)
        self._records = [self.federation]
        self._repository = TrustRepository(folder)
        self.root = self._found(at)
        # The international organisation has no agency here, and says so.
        self.add("int", [], at)

    @property
    def pin(self) -> Digest:
        """Digest of the first federation record, which nodes get by hand."""
        return digest_of(self.federation)

    def approve(self, country: str, request: bytes) -> bytes:
        """The record with the signature of that country's registrar, and of nobody else. Raises as `issue.approve`."""
        return approve(request, self._registrars[country])

    def history(self, agency: AgencyId, at: Moment) -> History:
        """What the published records say of an agency."""
        return Directory.fold(self._records, root=self.pin, at=at, lenient=True).history(agency)

    def add(self, country: str, records: list[bytes], at: Moment) -> None:
        """Put a country's further records into the repository. Its registrar alone does this: whether a record is
        believed is for the nodes to judge.
        """
        before = self._repository.current(country_role(country))
        draft = draft_country(before, country, records, at)
        self._repository.accept(sign(draft, self._countries[country]), at, records)
        self._records += records

    def publish(self, at: Moment) -> int:
        """Show what was added, under a new timestamp; its version."""
        return self._repository.publish(self._online, at).timestamp_version

    def _found(self, at: Moment) -> bytes:
        """Root and targets, each signed by as many founders as are needed; and who signs for each country."""
        held = {
            role: [RepositoryKey.create(role, _holder(one)) for one in COUNTRIES]
            for role in (KeyRole.ROOT, KeyRole.TARGETS)
        }
        founders = {role: Signers([key.public for key in keys], THRESHOLD) for role, keys in held.items()}
        online = Signers([self._online.public], 1)
        root = _signed(
            draft_root(None, founders[KeyRole.ROOT], founders[KeyRole.TARGETS], online, at), held[KeyRole.ROOT]
        )
        self._repository.accept(root, at)
        countries = {one: Signers([key.public], 1) for one, key in self._countries.items()}
        targets = _signed(draft_targets(None, [self.federation], countries, at), held[KeyRole.TARGETS])
        self._repository.accept(targets, at, [self.federation])
        return root


def _holder(country: str) -> AgencyId:
    return AgencyId(f"{country}.registrar")


def _signed(draft: bytes, keys: list[RepositoryKey]) -> bytes:
    """As two founders would: each signs a copy, and the copies are put together."""
    return merge(*(sign(draft, key) for key in keys[:THRESHOLD]))
