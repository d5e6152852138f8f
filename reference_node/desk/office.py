"""The office: one desk put together from its parts. Wires objects; every duty stands in the part that has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from reference_node.desk.accesslog import AccessLog
from reference_node.desk.alarms import Alarms
from reference_node.desk.archive import Archive
from reference_node.desk.audit import AuditLimits, Auditor
from reference_node.desk.casekeys import KeyCabinet
from reference_node.desk.changes import Changes
from reference_node.desk.courier import Courier, Pace
from reference_node.desk.errands import Errands
from reference_node.desk.holdings import Holdings, Records
from reference_node.desk.inbound import Inbound
from reference_node.desk.inspection import Inspection
from reference_node.desk.notary import Notary
from reference_node.desk.outbound import Outbound
from reference_node.observe import Log
from reference_node.store.desk.audits import AuditBook
from reference_node.store.desk.cabinet import Cabinet
from reference_node.store.desk.mail import PostBook
from reference_node.store.desk.receipts import ReceiptBook
from reference_node.store.engine import Database
from referral_proto.crypto.logkeys import LogKeys
from referral_proto.ports import Clock, DeskLogPost, KeyVault, Mailbox

__all__ = ["Office"]


@dataclass(frozen=True, slots=True)
class Office:
    """What a desk can do, for whoever serves it: `rpc/desk_server.py`, a test."""

    archive: Archive
    inbound: Inbound
    outbound: Outbound
    courier: Courier
    changes: Changes
    alarms: Alarms
    inspection: Inspection

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
        log_post: DeskLogPost | None = None,
        log_keys: LogKeys | None = None,
        signed_records: Callable[[], Iterable[bytes]] = tuple,
        evidence: Path | None = None,
        audit: AuditLimits | None = None,
        someone: str = "desk",
    ) -> Office:
        """`kek`: 32 bytes. `mailbox`: the agency's own relay; `log_post`: the same, for its log. `log_keys`: what the
        access log is signed with. `signed_records`: those in force, exact bytes. `evidence`: the folder for what an
        audit finds; `audit`: what a round of it may read. `someone`: who acts where a caller gives no name. `errands`:
        what the courier does for trust. The courier is not started yet.

        Raises CallerError desk.kek.
        """
        access = AccessLog(database, vault.agency, log_keys, clock, someone)
        holdings = Holdings(
            agency=vault.agency,
            vault=vault,
            case_keys=KeyCabinet(kek),
            cabinet=Cabinet(database),
            book=PostBook(database),
            receipts=ReceiptBook(database),
            access=access,
            records=records,
            clock=clock,
            fetch_keys=(lambda _: None) if errands is None else errands.fetch_keys,
        )
        archive, inbound = Archive(holdings), Inbound(holdings)
        audits = AuditBook(database)
        alarms = Alarms(audits, evidence, vault, signed_records, clock, log)
        notary = Notary(holdings, holdings.receipts, access, alarms, log_post, log)
        auditor = None if log_post is None else Auditor(holdings, audits, alarms, log_post, log, audit)
        courier = Courier(holdings, archive, inbound, mailbox, pace or Pace(), log, notary, alarms, auditor, errands)
        outbound, inspection = Outbound(holdings, archive), Inspection(holdings, archive, audits, signed_records)
        return cls(archive, inbound, outbound, courier, holdings.changes, alarms, inspection)
