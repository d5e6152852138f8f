"""What the relay believes at the moment: its directory and its peers, refreshed from the records folder.

A federation record that does not verify leaves what stood before in force; one agency's fault concerns that agency
alone. Both stand in the log.
"""

from __future__ import annotations

from collections.abc import Sequence

from reference_node.observe import Log, told
from reference_node.relay.peers import Peers
from referral_proto.adapters import RecordsFolder
from referral_proto.errors import CallerError, PeerError, ReferralError
from referral_proto.ids import AgencyId
from referral_proto.model.records import RelayRecord
from referral_proto.trust.directory import Directory

__all__ = ["Trust"]


class Trust:
    """Read by every thread, refreshed by one; `directory` and `peers` are each replaced as a whole."""

    def __init__(self, folder: RecordsFolder, desks: Sequence[tuple[AgencyId, bytes]], log: Log) -> None:
        self._folder, self._desks, self._log = folder, desks, log
        self.directory: Directory = folder.directory
        self.peers = Peers.of(self.directory, desks)
        self._tell()

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

    def operator_of(self, agency: str) -> AgencyId | None:
        """Who operates the agency's relay; None if the records do not say."""
        try:
            return AgencyId(self.directory.relay_of(agency).operator)
        except PeerError:
            return None

    def relay(self, operator: AgencyId) -> RelayRecord:
        """The relay that an operator runs. Raises PeerError trust.unknown-relay."""
        for record in self.directory.relays():
            if record.operator == operator:
                return record
        raise PeerError("trust.unknown-relay", operator)

    def refresh(self) -> None:
        """Take up changed records, if there are any and the federation's own verify."""
        try:
            if not self._folder.refresh():
                return
        except ReferralError as error:
            self._log.error("changed records were not taken up", **told(error))
            return
        directory = self._folder.directory
        self.peers = Peers.of(directory, self._desks)
        self.directory = directory
        self._log.info("changed records are in force", count=len(directory.agencies()))
        self._tell()

    def _tell(self) -> None:
        for problem in self.directory.problems:
            self._log.warning("a record is not in force", subject=problem.agency, code=problem.code)
        for operator in self.peers.confused:
            self._log.error("a relay's record pins the certificate of a desk", operator=operator)
        for operator in self.peers.unfit:
            self._log.error("a relay's record pins what is no certificate of it", operator=operator)
