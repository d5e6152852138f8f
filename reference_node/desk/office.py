"""The office: one desk put together from its parts. Wires objects; every duty stands in the part that has it."""

from __future__ import annotations

from dataclasses import dataclass

from reference_node.desk.archive import Archive
from reference_node.desk.casekeys import KeyCabinet
from reference_node.desk.changes import Changes
from reference_node.desk.courier import Courier, Pace
from reference_node.desk.errands import Errands
from reference_node.desk.holdings import Holdings, Records
from reference_node.desk.inbound import Inbound
from reference_node.desk.outbound import Outbound
from reference_node.observe import Log
from reference_node.store.desk.cabinet import Cabinet
from reference_node.store.desk.mail import PostBook
from reference_node.store.engine import Database
from referral_proto.ports import Clock, KeyVault, Mailbox

__all__ = ["Office"]


@dataclass(frozen=True, slots=True)
class Office:
    """What a desk can do, for whoever serves it: `rpc/desk_server.py`, a test."""

    archive: Archive
    inbound: Inbound
    outbound: Outbound
    courier: Courier
    changes: Changes

    @classmethod
    def furnish(
        cls,
        *,
        database: Database,
        vault: KeyVault,
        kek: bytes,
        records: Records,
        mailbox: Mailbox,
        clock: Clock,
        log: Log,
        pace: Pace | None = None,
        errands: Errands | None = None,
    ) -> Office:
        """`kek`: 32 bytes. `mailbox`: the agency's own relay. `errands`: what the courier does for trust. The courier
        is not started yet.

        Raises CallerError desk.kek.
        """
        holdings = Holdings(
            agency=vault.agency,
            vault=vault,
            case_keys=KeyCabinet(kek),
            cabinet=Cabinet(database),
            book=PostBook(database),
            records=records,
            clock=clock,
            fetch_keys=(lambda _: None) if errands is None else errands.fetch_keys,
        )
        archive, inbound = Archive(holdings), Inbound(holdings)
        courier = Courier(holdings, archive, inbound, mailbox, pace or Pace(), log, errands)
        return cls(archive, inbound, Outbound(holdings, archive), courier, holdings.changes)
