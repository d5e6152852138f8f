"""Putting trust together as the settings say: mirror or folder, shelf, keeper, follower. The same for both halves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reference_node.observe import Log
from reference_node.settings import TrustSettings
from reference_node.trust.follow import Follower, Peered
from reference_node.trust.keeper import TrustKeeper
from reference_node.trust.shelf import OpeningShelf
from reference_node.trust.supply import HandSupply, MirrorSupply, Supply
from referral_proto.adapters import RecordsFolder, disk, records_from
from referral_proto.adapters.trust_fetch import FolderSource
from referral_proto.adapters.trust_mirror import TrustMirror
from referral_proto.errors import CallerError, ReferralError
from referral_proto.ids import AgencyId, Digest
from referral_proto.ports import Clock

__all__ = ["Believed", "believe"]

_LARGEST_ROOT: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Believed:
    """The keeper, and the mirror if there is one."""

    keeper: TrustKeeper
    mirror: TrustMirror | None

    def signed(self, records: Path) -> tuple[bytes, ...]:
        """The SignedRecords that are gone by, as they are on this machine's disk: for whoever shows them to an auditor.

        Raises as `records_from` and `TrustMirror.believed`.
        """
        held: list[bytes] = []
        with suppress(CallerError):
            held += records_from(records)
        if self.mirror is not None:
            held += self.mirror.believed()[0]
        return tuple(dict.fromkeys((*held, *self.keeper.shelf.records())))

    def follower(
        self, settings: TrustSettings, peers: Callable[[int], Sequence[Peered]], clock: Clock, log: Log
    ) -> Follower | None:
        """What refreshes the mirror; None without one."""
        if self.mirror is None:
            return None
        folder = None if settings.repository is None else FolderSource(settings.repository)
        return Follower(self.mirror, folder, peers, settings.evidence, clock, log)


def believe(
    settings: TrustSettings,
    records: Path,
    clock: Clock,
    log: Log,
    own: AgencyId | None = None,
    *,
    look_only: bool = False,
) -> Believed:
    """Read what is on this machine. A mirror that holds nothing yet is refreshed from `repository`, if that is set.

    own: the agency whose secret opening keys lie on this machine. look_only: write nothing.

    Raises CallerError trust.*, file.*, records.*; WorldError trust.*, file.*; PeerError trust.*.
    """
    root = None if settings.federation is None else Digest(bytes.fromhex(settings.federation))
    shelf = OpeningShelf(settings.opening, own)
    supply: Supply
    if settings.root is None:
        folder = RecordsFolder(
            records, root=root, first_seen=settings.first_seen, clock=clock.now, remember=not look_only
        )
        supply = HandSupply(folder, settings.checked, refuse=settings.refuse_unchecked)
        return Believed(TrustKeeper(supply, shelf, clock, log), None)
    mirror = TrustMirror(settings.mirror, disk.read(settings.root, "trust root", _LARGEST_ROOT), root)
    if settings.repository is not None and not look_only:
        try:
            mirror.refresh(FolderSource(settings.repository), clock.now())
        except ReferralError as error:
            log.warning("trust data could not be refreshed", code=error.code)
    supply = MirrorSupply(mirror, records, root)
    return Believed(TrustKeeper(supply, shelf, clock, log), mirror)
