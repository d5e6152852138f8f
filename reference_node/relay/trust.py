"""What the relay believes at the moment: its directory, its peers, and whether it may act on them.

A federation record that does not verify leaves what stood before in force; one agency's fault concerns that agency
alone. Both stand in the log.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

from reference_node.observe import Log, told
from reference_node.relay.peers import Peers
from reference_node.trust.keeper import TrustKeeper
from referral_proto.errors import CallerError, PeerError, WorldError
from referral_proto.ids import AgencyId
from referral_proto.model.records import RelayRecord
from referral_proto.ports import Clock
from referral_proto.trust.directory import Directory

__all__ = ["Trust"]


class Trust:
    """Read and refreshed by every thread; `directory` and `peers` are each replaced as a whole."""

    def __init__(self, keeper: TrustKeeper, desks: Sequence[tuple[AgencyId, bytes]], clock: Clock, log: Log) -> None:
        self.keeper = keeper
        self._desks, self._clock, self._log = desks, clock, log
        self.peers = Peers.of(keeper.directory, desks, clock.now())
        self._lock = Lock()
        self._cuts: list[Callable[[], None]] = []
        self._must_cut = False
        self._told: tuple[tuple[AgencyId, ...], tuple[AgencyId, ...]] = ((), ())
        self._tell()

    @property
    def directory(self) -> Directory:
        return self.keeper.directory

    def on_unpinned(self, cut: Callable[[], None]) -> None:
        """`cut` is called whenever a certificate is pinned no more: connections that show it must end. If it raises
        WorldError it is called again at the next look.
        """
        self._cuts.append(cut)

    def pin(self, desks: Sequence[tuple[AgencyId, bytes]]) -> None:
        """The certificates of desks, as the settings have them now: (agency, DER). In force at the next `refresh`."""
        self._desks = desks

    def must_agree(self, operator: AgencyId, agencies: Sequence[AgencyId], certificate: bytes) -> None:
        """The records name this relay for each of its agencies, and pin the certificate it shows; otherwise no peer
        would find or believe it. Raises CallerError settings.not-in-records.
        """
        for agency in agencies:
            try:
                relay = self.directory.relay_of(agency)
            except PeerError:
                raise CallerError("settings.not-in-records", agency) from None
            if relay.operator != operator or certificate not in relay.tls_certificates:
                raise CallerError("settings.not-in-records", agency)

    def refusal(self, *agencies: AgencyId) -> str:
        """The code for which nothing may be decided now, or nothing new about one of these agencies; else empty."""
        return self.keeper.refusal(*agencies)

    def withdrawn(self, agency: str) -> bool:
        """Whether the agency has left; False if nobody knows it."""
        try:
            return self.directory.withdrawn(agency, self._clock.now())
        except PeerError:
            return False

    def operator_of(self, agency: str) -> AgencyId | None:
        """Who operates the agency's relay; None if the records do not say."""
        try:
            return AgencyId(self.directory.relay_of(agency).operator)
        except PeerError:
            return None

    def relay(self, operator: AgencyId) -> RelayRecord:
        """The relay that an operator runs. Raises PeerError trust.unknown-relay, trust.agency-withdrawn."""
        if self.withdrawn(operator):
            raise PeerError("trust.agency-withdrawn", operator)
        for record in self.directory.relays():
            if record.operator == operator:
                return record
        raise PeerError("trust.unknown-relay", operator)

    def relays(self) -> list[RelayRecord]:
        """Every relay whose operator still takes part."""
        return [record for record in self.directory.relays() if not self.withdrawn(record.operator)]

    def refresh(self) -> None:
        """Take up what changed on the disk or by the passing of time, if it verifies."""
        self.keeper.refresh()
        with self._lock:
            before = self.peers
            # Anew each time: whoever leaves at a moment leaves at that moment.
            self.peers = Peers.of(self.directory, self._desks, self._clock.now())
            self._tell()
            if self.peers.lost(before):
                self._must_cut = True
                self._log.info("a certificate is pinned no more, so connections are renewed")
            if self._must_cut:
                self._cut()

    def _cut(self) -> None:
        try:
            for cut in self._cuts:
                cut()
        except WorldError as error:
            self._log.error("connections could not be renewed", **told(error))
        else:
            self._must_cut = False

    def _tell(self) -> None:
        found = (self.peers.confused, self.peers.unfit)
        if found == self._told:
            return
        self._told = found
        for operator in self.peers.confused:
            self._log.error("a relay's record pins the certificate of a desk", operator=operator)
        for operator in self.peers.unfit:
            self._log.error("a relay's record pins what is no certificate of it", operator=operator)
